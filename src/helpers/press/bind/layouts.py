"""The theme's page layouts, compiled once for all books and builds: they are the same in every
book, and to compile them takes longer than a page does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sphinx.jinja2glue import BuiltinTemplateLoader

BRIDGE = f"{__name__}.KeptLayouts"  # the name by which Sphinx finds it
FOLDER: ContextVar[Path | None] = ContextVar("folder", default=None)


class Kept(FileSystemBytecodeCache):
    """Compiled layouts, told apart by the last of their path: in which book a layout lies makes no
    difference, and what it says is looked at anyway."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key("/".join((name, *Path(filename or "").parts[-2:])))

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (EOFError, ValueError, TypeError, UnpicklingError):
            bucket.reset()  # a damaged file: the layout is compiled anew


class KeptLayouts(BuiltinTemplateLoader):
    """Sphinx's own way to layouts, with a memory."""

    def init(self, builder, theme=None, dirs=None) -> None:
        super().init(builder, theme, dirs)
        if folder := FOLDER.get():
            folder.mkdir(parents=True, exist_ok=True)
            self.environment.bytecode_cache = Kept(str(folder))


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Keeps the layouts that are compiled meanwhile in a folder."""
    token = FOLDER.set(folder)
    try:
        yield
    finally:
        FOLDER.reset(token)
