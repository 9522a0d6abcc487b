"""The measurements as a page of Markdown with charts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from helpers.page.danish import decimal, listed, number
from helpers.press.run.pool import default_jobs
from speed.parts import Row, Size

TITLES = {
    "kernel": "Hvad en kørsel koster, når der intet er at køre",
    "ways": "At køre notebooks: de samme sider på flere måder",
    "site": "Hele webstedet",
    "growth": "Flere udgaver",
    "respondents": "Flere svar",
}
INTRODUCTION = """\
# Målinger

Skrevet af `make bench` på en maskine med {kerner} kerner og {hukommelse} GB hukommelse. Målingerne
i en del er lavet i samme kørsel, måderne på skift. Stikprøven af notebooks er {notebooks}, kørt for
{udgaver}; {omgange}. Tallet for en måde er den hurtigste omgang. Hukommelse er det højeste,
processen og dens børn holdt på én gang, i MB; delt hukommelse er talt én gang, hvor systemet kan
sige det.
"""


def write_report(rows: dict[str, list[Row]], size: Size, folder: Path) -> Path:
    """Writes benchmarks.md and its charts in `folder`. Returns the page."""
    import psutil

    parts = [
        INTRODUCTION.format(
            kerner=default_jobs(),
            hukommelse=number(round(psutil.virtual_memory().total / 1e9)),
            notebooks=listed(size.notebooks),
            udgaver=listed(size.editions),
            omgange=f"{number(size.rounds)} omgange" if size.rounds > 1 else "én omgang",
        )
    ]
    for name, found in rows.items():
        chart = draw(
            TITLES[name],
            [row for row in found if row.unit == "s" or row.unit.startswith("s pr. ")],
            folder / "benchmarks" / f"{name}.svg",
        )
        parts.append(
            f"## {TITLES[name]}\n\n![{alt(TITLES[name], found)}](benchmarks/{chart.name})\n\n"
            f"{table(found)}\n"
        )
    page = folder / "benchmarks.md"
    page.write_text("\n".join(parts), encoding="utf-8")
    return page


def cells(row: Row) -> tuple[str, ...]:
    """A row as a reader sees it: what, value with unit, memory, target, and whether it is met."""
    sign = "højst" if row.at_most else "mindst"
    target = "" if row.limit is None else f"{sign} {decimal(row.limit, 2)}"
    return (
        row.what + (f" ({row.note})" if row.note else ""),
        f"{decimal(row.value, 2)} {row.unit}",
        "" if not row.memory else number(round(row.memory)),
        target,
        {None: "", True: "holdt", False: "ikke holdt"}[row.met],
    )


HEADINGS = ("Måling", "Resultat", "Hukommelse (MB)", "Mål", "")


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| " + " | ".join(line) + " |"
        for line in (HEADINGS, ("---", "---:", "---:", "---", "---"), *map(cells, rows))
    ]
    return "\n".join(lines)


def alt(title: str, rows: Iterable[Row]) -> str:
    """The chart in words."""
    return f"{title}: " + "; ".join(
        f"{row.what} {decimal(row.value, 2)} {row.unit}" for row in rows
    )


def draw(title: str, rows: list[Row], path: Path) -> Path:
    """A bar per row, written as SVG with the same bytes for the same values."""
    import matplotlib
    from matplotlib.figure import Figure

    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context({"svg.hashsalt": "kontaktbogen", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 0.5 * len(rows) + 1.1), layout="constrained")
        axes = figure.add_subplot()
        bars = axes.barh([row.what for row in rows], [row.value for row in rows], color="#1f5f8b")
        axes.bar_label(bars, [f"{decimal(row.value, 2)} {row.unit}" for row in rows], padding=4)
        axes.invert_yaxis()
        axes.margins(x=0.25)
        axes.set_xticks([])
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.set_title(title, loc="left")
        figure.savefig(path, format="svg", metadata={"Date": None})
    return path
