"""The same check before every commit, as a plain git hook: no network, and nothing beyond what the
project has installed."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.authoring.checks.index import git
from helpers.errors import UserError

MARK = "# Kontaktbogen"
HOOK = """#!/bin/sh
{mark}: stopper en commit, som CI ville afvise. Spring over med: git commit --no-verify
if ! {{ "{python}" -m ruff check --quiet && "{python}" -m ruff format --check --quiet; }}; then
    echo "Python-koden har en anden form end husets. Ret den med: ruff check --fix; ruff format" >&2
    exit 1
fi
exec "{python}" -m helpers.cli check
"""


def install_hook(root: Path) -> Path:
    """Writes the hook where git looks for it. Returns its path. Raises UserError outside git, or
    when another hook is there."""
    said = git(root, "rev-parse", "--git-path", "hooks").decode().strip()
    if not said:
        raise UserError(
            f"{root} er ikke et git-lager, så der er ingen commit at tjekke. Kør »git init« "
            "først, eller hent projektet med »git clone«."
        )
    path = root / said / "pre-commit"
    if path.is_file() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
        raise UserError(
            f"Der er allerede en anden krog i {path}. Kald »kontaktbogen check« fra den, eller "
            "flyt den, og prøv igen."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HOOK.format(mark=MARK, python=Path(sys.executable).as_posix()),
        encoding="utf-8",
        newline="\n",
    )
    path.chmod(0o755)
    return path
