"""Every layout with every kind of noise, against the truth: `python
tests/benchmarks/import_layouts.py [people] [seed]`.

Prints wrong cells per layout and noise; a stop is shown with the questions that it names, and after
»;« what the rest gives once a mapping file names their columns. Ends with 1 when a cell is wrong,
or a stop is not for headings that say two things.
"""

import sys
import tempfile
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).parents[1]),
    str(Path(__file__).parents[1] / "importing"),
]

import layouts  # noqa: E402
from cell_by_cell import compare, everybody, not_told_apart  # noqa: E402
from noise import NOISES  # noqa: E402


def cell(layout: str, noise: str, people, silent) -> tuple[str, bool]:
    """What the table says of one layout with one noise, and whether it is as it should be."""
    with tempfile.TemporaryDirectory() as place:
        plain = compare(layout, NOISES[noise], people, silent, Path(place), named=False)
    if not plain.stopped:
        return str(plain.wrong), plain.wrong == 0
    allowed = not_told_apart(
        layout, NOISES[noise], layouts.fields_of(people, silent, layouts.CODEBOOK, NOISES[noise])
    )
    with tempfile.TemporaryDirectory() as place:
        named = compare(layout, NOISES[noise], people, silent, Path(place))
    rest = "stop" if named.stopped else str(named.wrong)
    return f"stop {len(plain.unfound)}; {rest}", bool(
        plain.unfound
    ) and plain.unfound <= allowed and rest == "0"


def main(count: int, seed: int) -> int:
    people, silent = everybody(count, seed)
    wrong = []
    print(f"{count} respondents, seed {seed}")
    print(" ".join([f"{'':20}", *(f"{name:>15}" for name in NOISES)]))
    for layout in layouts.ALL:
        cells = []
        for noise in NOISES:
            text, right = cell(layout, noise, people, silent)
            cells.append(f"{text + ('' if right else ' !'):>15}")
            wrong += [] if right else [f"{layout} / {noise}: {text}"]
        print(" ".join([f"{layout:20}", *cells]), flush=True)
    print("\n".join(wrong) or "Nothing is wrong.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 150,
            int(sys.argv[2]) if len(sys.argv) > 2 else 21,
        )
    )
