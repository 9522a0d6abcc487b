"""Where the press finds its material and leaves its work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.errors import UserError
from helpers.paths import ROOT

PAGE_LIMIT = 600  # seconds, where nothing is said


@dataclass(frozen=True)
class Project:
    """The folders of one project; a test points `root` at a small one."""

    root: Path = ROOT

    @property
    def config(self) -> Path:
        return self.root / "_config.yml"

    @property
    def page_limit(self) -> float:
        """Seconds that a page may take to run: what _config.yml says under `execute`. Raises
        UserError when that is no such number."""
        import yaml

        written = self.config.read_text(encoding="utf-8") if self.config.is_file() else ""
        settings = yaml.safe_load(written) or {}
        limit = (settings.get("execute") or {}).get("timeout", PAGE_LIMIT)
        if isinstance(limit, bool) or not isinstance(limit, int | float) or limit <= 0:
            raise UserError(
                f"{self.config}: »timeout« under »execute« er {limit!r}, men skal være det antal "
                f"sekunder, en side må tage om at køre, fx {PAGE_LIMIT}."
            )
        return limit

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
