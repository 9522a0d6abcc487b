"""Where the press finds its material and leaves its work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.paths import ROOT


@dataclass(frozen=True)
class Project:
    """The folders of one project; a test points `root` at a small one."""

    root: Path = ROOT

    @property
    def config(self) -> Path:
        return self.root / "_config.yml"

    @property
    def book(self) -> Path:
        return self.root / "book"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def lock(self) -> Path:
        return self.root / "requirements.txt"

    @property
    def executed(self) -> Path:
        """Finished pages: one folder per edition, one notebook per page."""
        return self.root / "_build" / "pages"

    @property
    def books(self) -> Path:
        """Bound editions: one Jupyter Book source folder each, with its HTML in `_build/html`."""
        return self.root / "_build" / "books"

    @property
    def site(self) -> Path:
        return self.root / "_build" / "site"
