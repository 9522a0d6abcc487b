"""Shares from several questions, and from several surveys, under each other with their
intervals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd
from matplotlib.figure import Figure

from helpers.not_none import not_none
from helpers.page.canvas import Key, Sheet, new_sheet
from helpers.page.colours import BAR, BENCHMARK, INK, QUIET, RATHER_NEGATIVE
from helpers.page.danish import listed, number, quoted, sentence
from helpers.page.display import Html, Picture, Text
from helpers.page.figure_memory import drawn_svg
from helpers.page.findings import Finding, Row
from helpers.page.outcome_words import compare_two
from helpers.page.sentences import Sentence, filled, is_hidden
from helpers.page.tables import SIGNS, STUB, base_text, html_table, share_text
from helpers.page.telling import briefly, gap_told, told
from helpers.page.uncertainty import AT_LEVEL
from helpers.statistics.outcomes import Outcome
from helpers.survey.editions import slug
from helpers.survey.rounding import per_cent

MANY = 6  # bases are no longer told one by one
LOWER = 4  # points between the middle of a row and the marks in it, where there are two
BRACKETS = (
    f"I parentes: {AT_LEVEL}intervallet, i pct. Over og under: andelen er kun vist som over eller "
    "under et antal procent, og dens mærke er tegnet efter skøn."
)
LOOKS = ((BAR, "o"), (BENCHMARK, "D"), (RATHER_NEGATIVE, "s"))


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
    def is_benchmark(self) -> bool:
        """Whether it is the whole's in an edition of one place."""
        return self.finding.edition.name != self.row.place == self.finding.whole

    @property
    def record(self) -> dict:
        """Which of which finding's shares it is."""
        elsewhere = self.row.place if self.row.place != self.finding.edition.name else ""
        row = {"answer": self.row.answer, "group": self.row.group, "place": elsewhere}
        return {
            "label": self.label,
            "of": self.finding.record,
            "row": {name: value for name, value in row.items() if value},
            **({"who": self.who} if self.who else {}),
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
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """The lines that stand in one row of the figure: those after each other with one label."""
        return tuple(tuple(row) for _, row in groupby(self.lines, key=lambda line: line.label))

    @property
    def looks(self) -> tuple[str, ...]:
        """What sets the lines apart: who answered, or where."""
        return tuple(dict.fromkeys(line.look for line in self.lines))

    def figure(self) -> Picture | Text:
        """A mark and a line per share: the share and its 95 per cent interval, in a colour and a
        shape per survey. Nothing where there are no shares."""
        if not self.lines:
            return Text("")
        return Picture(drawn_svg(self, draw), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words."""
        each = [f"{line.look}, {line.label}: {shown(line)}" for line in self.lines]
        return " ".join(
            [
                sentence(f"{self.title}: andele med {AT_LEVEL}intervaller."),
                f"{'; '.join(each)}.",
                *sources(self),
            ]
        )

    def table(self, folded: bool = True) -> Html | Text:
        """One row per share: who answered, base, share and the ends of its interval. Nothing where
        there are no shares."""
        if not self.lines:
            return Text("")
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
        Key(f"{sentence(look)}, med {AT_LEVEL}interval", colour, marker=marker)
        for look, (colour, marker) in looks.items()
    ]
    labels = [sentence(row[0].label) for row in beside.rows]
    texts = [shown(first) for first, *_ in beside.rows]
    foot = [bases(beside), *what_brackets_are(beside), *sources(beside)]
    sheet = new_sheet(labels, keys, foot, [(100, text) for text in texts])
    for centre, text, (first, *others) in zip(sheet.centres, texts, beside.rows):
        sheet.write_beside(centre, 100, text, QUIET if first.row.hidden else INK)
        for line in (*others, first):
            apart = LOWER if line in others else -LOWER if others else 0
            draw_line(sheet, centre + apart, line, *looks[line.look])
    return sheet.figure


def what_brackets_are(beside: Beside) -> list[str]:
    """How the numbers at the edge of the figure are read, where some are told by a bound alone."""
    return [BRACKETS] if any(line.row.is_open for line in beside.lines if line.interval) else []


def bases(beside: Beside) -> str:
    """The bases behind the lines that look alike: all of them, or between which they lie where they
    are many."""
    told = []
    for look in beside.looks:
        rows = [line.row for line in beside.lines if line.look == look]
        texts = list(dict.fromkeys(map(base_text, rows)))
        known = sorted(row.base for row in rows if row.base)
        many = known and (len(texts) > MANY or len(rows) > len(texts) > 1)
        said = " til ".join(map(number, (known[0], known[-1]))) if many else listed(texts)
        told.append(f"{sentence(look)}: N = {said}.")
    return " ".join(told)


def draw_line(sheet: Sheet, centre: float, line: Line, colour: str, marker: str) -> None:
    """A share's mark and interval."""
    if line.interval:
        low, high = line.interval
        sheet.draw_interval(centre, 100 * low, 100 * high, colour, 2)
        sheet.draw_mark(centre, 100 * not_none(line.row.share), marker, 7, colour)
