"""All measurements in one run, which can be stopped and goes on where it was: `make bench`, or
`python tests/benchmarks/speed/run.py [--quick] [--fresh] [--preview] [--only PART ...]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpers.errors import UserError, nearest
from helpers.paths import BUILD, ROOT
from speed.measure import Kept
from speed.parts import PARTS, QUICK, WHOLE, Row
from speed.preview_time import measure_preview
from speed.report import TITLES, table, write_report
from speed.stock import against_stock


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


def main() -> None:
    """Runs what the command line asks for, and prints the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a sample; docs/ is left alone")
    parser.add_argument("--fresh", action="store_true", help="also what a stopped run measured")
    parser.add_argument("--preview", action="store_true", help="from a saved change to the page")
    parser.add_argument("--only", action="append", default=[], choices=PARTS)
    said = parser.parse_args()
    if said.preview:
        print(measure_preview().to_csv(index=False), end="")
        return
    rows, page = bench(said.only, said.quick, said.fresh, lambda text: print(text, flush=True))
    for name, found in rows.items():
        print(f"\n{TITLES[name]}\n{table(found)}")
    print(page)


if __name__ == "__main__":
    main()
