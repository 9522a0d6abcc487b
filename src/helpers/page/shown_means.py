"""Means as figure, table and alt text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.figure import Figure

from helpers.not_none import not_none
from helpers.page.canvas import Key, Sheet, new_sheet
from helpers.page.colours import BAR, BENCHMARK, INK, QUIET, RATHER_NEGATIVE, SCALE
from helpers.page.comparison import RANKS, ranks_told
from helpers.page.danish import decimal, listed, number, quoted
from helpers.page.display import Html, Picture
from helpers.page.figure_memory import drawn_svg
from helpers.page.mean_rows import MeanRow, Means
from helpers.page.tables import PLACE, SIGNS, STUB, html_table
from helpers.page.uncertainty import AT_LEVEL
from helpers.survey.editions import slug
from helpers.survey.scores import Scale

LOOKS = ((BAR, "o"), (BENCHMARK, "D"), (RATHER_NEGATIVE, "s"), (SCALE[0], "^"))
# per cent of the scale's length: the space beside it, and the bars there
GAP, DISTRIBUTION = 10, 60


@dataclass(frozen=True)
class ShownMeans(Means):
    """Means that a notebook asks for their figure, table and alt text."""

    def figure(self) -> Picture:
        """A mark and a line per mean: the mean on its scale and its interval, and beside it how the
        answers spread, the lowest score to the left."""
        return Picture(drawn_svg(self, draw), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words."""
        kind = f"Gennemsnit med {AT_LEVEL}intervaller: {self.title}."
        each = [
            f"{self.label(row)}{self.where(row)}: {told(row) if row.mean else 'skjult'}"
            for row in self.rows
        ]
        return " ".join([kind, f"{'; '.join(each)}.", *ends(self), self.source])

    def where(self, row: MeanRow) -> str:
        """The place a row is of, where its label does not say it."""
        several = self.breakdown is None and len(self.places) > 1
        return f", {row.place}" if several else ""

    def table(self, folded: bool = True) -> Html:
        """One row per mean: base, mean, interval and the scores' standard deviation; ranks too
        where the groups are places."""
        name = "-".join(["tabel-gennemsnit", *(slug(scale.id) for scale in self.scales)])
        name = f"{name}-{self.breakdown.id if self.breakdown else self.verb}"
        frame = pd.DataFrame([self.cells(row) for row in self.rows])
        stub = self.breakdown.title if self.breakdown else "Gennemsnit af"
        made = html_table(frame, name[:80], self.caption, stub, self.notes(), folded)
        return replace(made, record=self.record)

    def cells(self, row: MeanRow) -> dict[str, str]:
        sign = SIGNS.get(row.hidden, "")
        ranks = {RANKS: ranks_told(self.ranks.get(row.group))} if self.ranked else {}
        place = {PLACE: row.place} if self.breakdown is None else {}
        return {
            **place,
            STUB: self.label(row),
            "N": sign or number(row.base or 0),
            "Gennemsnit": sign or row.text,
            "Interval": sign or row.interval_text,
            "Spredning": sign or (decimal(row.mean.sd, 1) if row.mean else ""),
            **ranks,
        }

    def notes(self) -> list[str]:
        """What the numbers are, whom they are of, what the signs mean, and the source."""
        used = {row.hidden for row in self.rows if row.hidden}
        signs = [f"{sign} {self.rules.reason(why)}." for why, sign in SIGNS.items() if why in used]
        missing = "N er dem, der har fået point; svar som »Ved ikke« er ikke med."
        ranks = (
            ["Plads: mellem hvilke numre gennemsnittet ligger, når det højeste er nr. 1."]
            if self.ranked
            else []
        )
        interval = f"Interval: {AT_LEVEL}konfidensinterval."
        return [*ends(self), *indexes(self), missing, interval, *ranks, *signs, self.source]


def ends(means: Means) -> list[str]:
    """What the ends of the scale are; one sentence where all scales have the same. Of several, also
    which answer has the most points where a statement's are turned."""
    said = {
        f"Skalaen går fra {end(scale, scale.lowest)} til {end(scale, scale.highest)}."
        for scale in means.scales
    }
    if len(said) == 1:
        return list(said)
    scales = {(scale.lowest, scale.highest) for scale in means.scales}
    turned = [scale for scale in means.scales if scale.questions[0].turned and not scale.is_index]
    most = {f"Vendt: det højeste er {end(scale, scale.highest)}." for scale in turned}
    return [
        *(f"Skalaen går fra {number(low)} til {number(high)}." for low, high in sorted(scales)),
        *sorted(most),
    ]


def end(scale: Scale, points: float) -> str:
    """An end of the scale, and the answer that gives so many points: "5 (»Meget tilfreds«)"."""
    scores = scale.questions[0].score
    answer = next(label for label, score in scores.items() if score == points)
    return f"{number(points)} ({quoted(answer)})"


def indexes(means: Means) -> Iterator[str]:
    """What each index is made of, and how many of its questions must be answered."""
    for scale in means.scales:
        if scale.is_index:
            parts = listed(quoted(one.short) for one in scale.questions)
            yield (
                f"{scale.short}: gennemsnit af {parts}, for dem, der har svaret på mindst "
                f"{number(scale.at_least)} af de {number(len(scale.questions))}."
            )


def told(row: MeanRow) -> str:
    """A mean and its interval: "4,18 (4,15-4,20)"."""
    return f"{row.text} ({row.interval_text})" if row.mean else ""


def draw(means: Means) -> Figure:
    """The figure."""
    looks = dict(zip(means.places, LOOKS))
    spread = any(row.parts for row in means.rows)
    limit = 100 + (GAP + DISTRIBUTION if spread else 0)
    alone = len(looks) == 1
    keys = [
        Key(f"{'Gennemsnit' if alone else place}, med {AT_LEVEL}interval", colour, marker=marker)
        for place, (colour, marker) in looks.items()
    ]
    notes = [*ends(means), means.source]
    if spread:
        notes.insert(1, "Til højre: hvordan svarene fordeler sig, de laveste point til venstre.")
    labels = [
        "" if row.place != means.places[0] and means.breakdown is None else means.label(row)
        for row in means.rows
    ]
    texts = [(limit, told(row) or "skjult") for row in means.rows]
    total = means.breakdown is not None and not means.rows[-1].group
    scale = list(ticks(means.scales[0]))
    sheet = new_sheet(labels, keys, notes, texts, total=total, limit=limit, ticks=scale)
    for centre, row in zip(sheet.centres, means.rows):
        draw_mean(sheet, centre, row, *looks[row.place])
    return sheet.figure


def ticks(scale: Scale) -> Iterator[tuple[float, str]]:
    """The scores along the scale, at most five or so."""
    points = sorted({points for one in scale.questions for points in one.score.values()})
    every = max(1, (len(points) - 1) // 4)
    for one in points[::every]:
        yield 100 * (one - scale.lowest) / scale.range, number(one)


def draw_mean(sheet: Sheet, centre: float, row: MeanRow, colour: str, marker: str) -> None:
    """A mean's mark and interval, the spread of the answers, and the numbers at the right edge."""
    sheet.write_beside(centre, sheet.limit, told(row) or "skjult", INK if row.mean else QUIET)
    if row.mean is None:
        return
    low, high = (100 * (end - row.scale.lowest) / row.scale.range for end in not_none(row.interval))
    sheet.draw_interval(centre, low, high, colour, 2)
    sheet.draw_mark(centre, 100 * row.mean.part, marker, 6, colour)
    left = 100.0 + GAP
    for part, fill in zip(row.parts, colours(len(row.parts))):
        width = DISTRIBUTION * part
        sheet.draw_bar(centre, width, 9, left, facecolor=fill, edgecolor=QUIET, linewidth=0.5)
        left += width


def colours(number_of_parts: int) -> list[str]:
    """The scale's colours from the lowest score to the highest."""
    return [
        SCALE[-1 - round(at * (len(SCALE) - 1) / max(number_of_parts - 1, 1))]
        for at in range(number_of_parts)
    ]
