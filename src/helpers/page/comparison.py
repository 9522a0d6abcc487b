"""The municipalities beside each other: one answer's share in each, with its uncertainty, in Danish alphabetical order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.figure import Figure

from helpers.page.canvas import INK, QUIET, SMALL, Key, Sheet, new_sheet, own_style, to_svg
from helpers.page.danish import listed, number, pct, quoted, sentence
from helpers.page.display import Html, Picture
from helpers.page.figures import BAR, BENCHMARK, notes
from helpers.page.findings import Finding, Row
from helpers.page.contrasts import NOTABLE_GAP
from helpers.page.sentences import Sentence, exceeds
from helpers.page.tables import SIGNS, STUB, html_table
from helpers.page.uncertainty import LEVEL, differs, wilson
from helpers.survey.disclosure import LOW_BASE
from helpers.survey.rounding import per_cent


@dataclass(frozen=True)
class Comparison:
    """The share of one answer in every municipality and in the whole country; `finding` is broken down by municipality."""

    finding: Finding
    answer: str

    @property
    def record(self) -> dict:
        """The question to `Page` that this comparison answers."""
        arguments = {"question": self.finding.question.id, "answer": self.answer}
        return {"verb": "municipalities", "survey": self.finding.codebook.survey, "arguments": arguments,
                "title": f"{self.finding.question.short}, kommunerne"}

    @property
    def rows(self) -> tuple[Row, ...]:
        """One row per municipality, in Danish alphabetical order."""
        return tuple(self.finding.row(self.answer, group) for group in self.finding.groups)

    @property
    def total(self) -> Row:
        return self.finding.row(self.answer)

    @property
    def label(self) -> str:
        return self.finding.label(self.answer)

    def figure(self) -> Picture:
        """A dot and a line per municipality: the share and its 95 per cent interval, and a line for the whole country."""
        with own_style():
            return Picture(to_svg(draw(self)), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words."""
        each = [f"{row.group or 'Hele landet'} {'skjult' if row.hidden else pct(row.share)}" for row in (*self.rows, self.total)]
        shares = sentence(f"Andelen, der har svaret {quoted(self.label)}, i hver kommune: {listed(each)}.")
        return f"{shares} {self.tell()} {self.finding.source}"

    def table(self, folded: bool = True) -> Html:
        """One row per municipality: base, share and the ends of its interval."""
        caption = f"{self.finding.wording} Andel, der har svaret {quoted(self.label)}."
        name = f"tabel-kommuner-{self.finding.question.id}"
        used = {row.hidden for row in self.rows if row.hidden}
        signs = [f"{sign} {self.finding.rules.reason(why)}." for why, sign in SIGNS.items() if why in used]
        frame = pd.DataFrame([record(row) for row in (*self.rows, self.total)])
        return replace(html_table(frame, name, caption, "Kommune", [*signs, *notes(self.finding)], folded), record=self.record)

    def tell(self) -> Sentence:
        """Which municipalities are clearly above or below the country, all compared at once; or that none is.

        "Clearly" takes a gap of NOTABLE_GAP, and the country's share outside an interval widened for the number of
        comparisons, so that chance alone singles a municipality out in one such comparison of twenty.
        """
        if self.total.hidden:
            return Sentence(f"Andelen i hele landet er {self.finding.reason(self.total)}.", hidden=True)
        land, shown = self.total.share, [row for row in self.rows if not row.hidden]
        apart = [row for row in shown if exceeds(abs(row.share - land), NOTABLE_GAP, or_equal=True)
                 and differs(row.count, row.base, land, comparisons=len(shown))]
        over, under = ([row for row in apart if (row.share > land) == above] for above in (True, False))
        parts = [f"{word} i {listed(f'{row.group} ({pct(row.share)})' for row in rows)}"
                 for word, rows in (("højere", over), ("lavere", under)) if rows]
        if not parts:
            return Sentence(f"Ingen kommune skiller sig ud fra hele landet ({pct(land)}) ud over, hvad tilfældet kan forklare.")
        return Sentence(sentence(f"Sammenlignet med hele landet ({pct(land)}) er andelen {listed(parts)}."))

    def data(self) -> pd.DataFrame:
        """One row per municipality: count, base, share and interval (0-1, missing when hidden)."""
        return pd.DataFrame([
            {"municipality": row.group, "answer": row.answer, "count": row.count, "base": row.base, "share": row.share,
             "low": interval(row)[0], "high": interval(row)[1]} for row in self.rows
        ])


def record(row: Row) -> dict[str, str]:
    """A municipality's line in the table."""
    name, base = row.group or "Hele landet", SIGNS[LOW_BASE] if row.base is None else number(row.base)
    if row.hidden:
        return {STUB: name, "N": base, "Andel": SIGNS[row.hidden], "Interval": SIGNS[row.hidden]}
    low, high = interval(row)
    return {STUB: name, "N": base, "Andel": pct(row.share), "Interval": f"{per_cent(low)}-{pct(high)}"}


def interval(row: Row) -> tuple[float | None, float | None]:
    """The ends of the share's 95 per cent interval, or nothing when the share is hidden."""
    return (None, None) if row.hidden else wilson(row.count, row.base)


def draw(comparison: Comparison) -> Figure:
    """The comparison's figure."""
    rows, land = comparison.rows, comparison.total
    start, limit = scale(comparison)
    keys = [Key(f"Kommune, med {pct(LEVEL)} interval", BAR, marker="o")]
    keys += [] if land.hidden else [Key(f"Hele landet ({pct(land.share)})", BENCHMARK, marker="D")]
    sheet = new_sheet([row.group for row in rows], keys, notes(comparison.finding), limit=limit, start=start)
    if not land.hidden:
        sheet.axes.axvline(100 * land.share, color=BENCHMARK, linewidth=1.2)
        sheet.axes.plot(100 * land.share, 0, marker="D", markersize=6, color=BENCHMARK, clip_on=False)
    for centre, row in zip(sheet.centres, rows):
        draw_interval(sheet, centre, row)
    return sheet.figure


def scale(comparison: Comparison) -> tuple[int, int]:
    """Where the x-axis starts and ends: the tens around everything that is shown."""
    shown = [row for row in (*comparison.rows, comparison.total) if not row.hidden]
    ends = [100 * end for row in shown for end in interval(row)] or [0, 100]
    start, limit = int(min(ends) // 10 * 10), int(-(-max(ends) // 10) * 10)
    return start, max(limit, start + 10)


def draw_interval(sheet: Sheet, centre: float, row: Row) -> None:
    """A municipality's dot and line, and its numbers at the right edge."""
    low, high = interval(row)
    text = "skjult" if row.hidden else f"{pct(row.share)} ({per_cent(low)}-{per_cent(high)})"
    edge = sheet.limit + 6 / sheet.points_per_cent
    sheet.axes.text(edge, centre, text, size=SMALL, color=QUIET if row.hidden else INK, va="center", clip_on=False)
    if not row.hidden:
        sheet.axes.plot([100 * low, 100 * high], [centre, centre], color=BAR, linewidth=2, solid_capstyle="butt")
        sheet.axes.plot(100 * row.share, centre, marker="o", markersize=7, color=BAR, markeredgecolor="white")
