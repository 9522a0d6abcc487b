"""Shares from several questions, and from several surveys, under each other with their
intervals."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.figure import Figure

from helpers.not_none import not_none
from helpers.page.canvas import INK, QUIET, Key, Sheet, new_sheet
from helpers.page.danish import listed, number, pct, quoted, sentence
from helpers.page.display import Html, Picture
from helpers.page.figure_memory import drawn_svg
from helpers.page.figures import BAR, BENCHMARK, NEUTRAL
from helpers.page.findings import Finding, Row
from helpers.page.outcome_words import compare_two
from helpers.page.sentences import Sentence, filled, is_hidden
from helpers.page.tables import SIGNS, STUB, base_text, html_table, share_text
from helpers.page.telling import briefly, gap_told, told
from helpers.page.uncertainty import LEVEL
from helpers.statistics.outcomes import Outcome
from helpers.survey.editions import slug
from helpers.survey.rounding import per_cent

LOOKS = ((BAR, "o"), (BENCHMARK, "D"), (NEUTRAL, "s"))


@dataclass(frozen=True)
class Line:
    """One share under a label of its own. `who` is what sets it apart from the others; by default
    who answered: "borgere"."""

    label: str
    finding: Finding
    row: Row
    who: str = ""

    @property
    def look(self) -> str:
        """What decides its colour and shape."""
        return self.who or self.unit

    @property
    def record(self) -> dict:
        """Which of which finding's shares it is."""
        row = {"answer": self.row.answer, "group": self.row.group}
        return {
            "label": self.label,
            "of": self.finding.record,
            "row": {name: value for name, value in row.items() if value},
        }

    @property
    def unit(self) -> str:
        """What those who answered are called: "borgere"."""
        return self.finding.codebook.unit.plural

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends (0-1) of the share's 95 per cent interval, or None when the share is hidden."""
        return None if self.row.hidden else self.finding.interval(self.row)


@dataclass(frozen=True)
class Beside:
    """Shares to be seen together, in the order given. They need not answer the same question; each
    keeps its own base."""

    title: str
    lines: tuple[Line, ...]

    @property
    def record(self) -> dict:
        """The question to `Page` that this answers: each line's finding and which of its shares."""
        return {
            "verb": "beside",
            "title": self.title,
            "lines": [line.record for line in self.lines],
        }

    @property
    def looks(self) -> tuple[str, ...]:
        """What sets the lines apart: who answered, or where."""
        return tuple(dict.fromkeys(line.look for line in self.lines))

    def figure(self) -> Picture:
        """A mark and a line per share: the share and its 95 per cent interval, in a colour and a
        shape per survey."""
        return Picture(drawn_svg(self, draw), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words."""
        each = [f"{line.look}, {line.label}: {shown(line)}" for line in self.lines]
        return " ".join(
            [
                sentence(f"{self.title}: andele med {pct(LEVEL)} intervaller."),
                f"{'; '.join(each)}.",
                *sources(self),
            ]
        )

    def table(self, folded: bool = True) -> Html:
        """One row per share: who answered, base, share and the ends of its interval."""
        frame = pd.DataFrame([record(line) for line in self.lines])
        name = f"tabel-side-om-side-{slug(self.title)}"
        used = {line.row.hidden for line in self.lines if line.row.hidden}
        signs = [
            f"{sign} {self.lines[0].finding.rules.reason(why)}."
            for why, sign in SIGNS.items()
            if why in used
        ]
        made = html_table(
            frame,
            name,
            self.title,
            "Andel af",
            [*questions(self), *signs, *sources(self)],
            folded,
            left=("Hvem",),
        )
        return replace(made, record=self.record)

    def data(self) -> pd.DataFrame:
        """One row per share: label, unit, question, answer, group, base, share, the ends of its
        class and of its interval (0-1, missing when hidden), and count where it is exact."""
        return pd.DataFrame(
            [
                {
                    "label": line.label,
                    "unit": line.look,
                    "question": line.row.question,
                    "answer": line.row.answer,
                    "group": line.row.group,
                    "count": line.row.count,
                    "base": line.row.base,
                    "share": line.row.share,
                    "from": line.row.low,
                    "below": line.row.high,
                    "low": line.interval and line.interval[0],
                    "high": line.interval and line.interval[1],
                }
                for line in self.lines
            ]
        )


UNTOLD = "Det gælder {en} af {hvem_en} og {to} af {hvem_to}."


def against(
    first: Line, second: Line, more: str, alike: str, less: str, untold: str = UNTOLD
) -> Sentence:
    """The template that is true of two shares: the first is certainly the larger (`more`) or the
    smaller (`less`), they are certainly close (`alike`), or the answers are too few to tell
    (`untold`), when the shares stand without a word of which is the larger.

    Names in a template: {en} and {to} are the shares, {hvem_en} and {hvem_to} who answered,
    {forskel} the size of the gap in percentage points.
    """
    for line in (first, second):
        if line.row.hidden:
            return is_hidden(line.finding, [line.row])
    one, other = first.row, second.row
    found = compare_two((first.finding, one), (second.finding, other))
    certain = more if found.is_higher else less
    template = (
        certain if found.outcome.is_certain else alike if found.outcome == Outcome.ALIKE else untold
    )
    return filled(
        template,
        (one, other),
        outcome=found.outcome,
        en=told(one),
        to=told(other),
        forskel=gap_told(one, other),
        hvem_en=first.unit,
        hvem_to=second.unit,
    )


def shown(line: Line) -> str:
    """A share and its interval: "71 pct. (65-76)"."""
    if line.row.hidden:
        return "skjult"
    low, high = not_none(line.interval)
    return f"{briefly(line.row)} ({per_cent(low)}-{per_cent(high)})"


def record(line: Line) -> dict[str, str]:
    ends = (
        SIGNS[line.row.hidden]
        if line.row.hidden
        else "-".join(number(per_cent(end)) for end in not_none(line.interval))
    )
    return {
        STUB: line.label,
        "Hvem": sentence(line.look),
        "N": base_text(line.row),
        "Andel": share_text(line.row),
        "Interval": ends,
    }


def questions(beside: Beside) -> list[str]:
    """What was asked, and of whom, one note per question."""
    notes = dict.fromkeys(
        (
            f"{sentence(line.unit)}: {quoted(line.finding.wording)} Stillet til "
            f"{line.finding.asked_of}."
        )
        for line in beside.lines
    )
    return list(notes)


def sources(beside: Beside) -> list[str]:
    return list(dict.fromkeys(line.finding.source for line in beside.lines))


def draw(beside: Beside) -> Figure:
    """The figure."""
    looks = dict(zip(beside.looks, LOOKS))
    keys = [
        Key(f"{sentence(look)}, med {pct(LEVEL)} interval", colour, marker=marker)
        for look, (colour, marker) in looks.items()
    ]
    bases = [
        f"{sentence(look)}: N = {listed(dict.fromkeys(base_texts(beside, look)))}."
        for look in beside.looks
    ]
    sheet = new_sheet(
        [line.label for line in beside.lines], keys, [" ".join(bases), *sources(beside)]
    )
    for centre, line in zip(sheet.centres, beside.lines):
        draw_line(sheet, centre, line, *looks[line.look])
    return sheet.figure


def base_texts(beside: Beside, look: str) -> list[str]:
    """The bases of the lines that look alike."""
    return [base_text(line.row) for line in beside.lines if line.look == look]


def draw_line(sheet: Sheet, centre: float, line: Line, colour: str, marker: str) -> None:
    """A share's mark and interval, and its numbers at the right edge."""
    edge = sheet.limit + 8 / sheet.points_per_cent
    sheet.write(centre, edge, shown(line), colour=QUIET if line.row.hidden else INK)
    if line.interval:
        low, high = line.interval
        sheet.draw_interval(centre, 100 * low, 100 * high, colour, 2)
        sheet.draw_mark(centre, 100 * not_none(line.row.share), marker, 7, colour)
