"""`kontaktbogen bench`: all measurements in one run, which can be stopped and goes on where it
was."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from helpers.authoring.bench.measure import Kept
from helpers.authoring.bench.parts import PARTS, QUICK, WHOLE, Row
from helpers.authoring.bench.report import write_report
from helpers.authoring.bench.stock import against_stock
from helpers.errors import UserError, nearest
from helpers.paths import BUILD, ROOT


def bench(
    only: Collection[str] = (),
    quick: bool = False,
    fresh: bool = False,
    say: Callable[[str], None] = print,
) -> tuple[dict[str, list[Row]], Path]:
    """The rows of each part, and the report with its charts. What a stopped run has measured is
    used; `fresh` measures it again.

    A quick run measures a sample and leaves docs/ alone. Raises UserError for an unknown part."""
    for name in only:
        if name not in PARTS:
            raise UserError(
                f"Der er ingen del »{name}«. {nearest(name, tuple(PARTS))} Delene er: "
                f"{', '.join(PARTS)}."
            )
    size, folder = (QUICK if quick else WHOLE), BUILD / "bench" / ("quick" if quick else "whole")
    kept = Kept(folder, say, fresh)
    rows = {
        name: part(kept, size, folder) for name, part in PARTS.items() if not only or name in only
    }
    if {"ways", "site"} <= rows.keys():
        rows["site"] += against_stock(kept, folder, rows)
    target = folder if quick or only else ROOT / "docs"
    return rows, write_report(rows, size, target)
