"""The municipalities beside each other: one answer's share in each, with its uncertainty, in Danish alphabetical order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.figure import Figure

from helpers.page import funnel
from helpers.page.danish import listed, number, quoted, sentence
from helpers.page.display import Html, Picture
from helpers.page.drawings import drawn_svg
from helpers.page.figures import notes
from helpers.page.findings import Finding, Row
from helpers.page.sentences import NOTHING, Sentence, filled, is_hidden, joined
from helpers.page.tables import INTERVAL, SIGNS, STUB, html_table, interval_text, share_text
from helpers.page.telling import briefly, told
from helpers.page.uncertainty import interval_note
from helpers.survey.disclosure.rules import LOW_BASE
from helpers.survey.editions import COUNTRY

NONE_OUTSIDE = "Ingen kommune ligger uden for tragten omkring hele landet ({landet})."
NONE_FAR = "Ingen kommune ligger uden for tragtens yderste grænse omkring hele landet ({landet})."
OUTSIDE = "Uden for tragtens yderste grænse omkring hele landet ({landet}) ligger {kommuner}."
BETWEEN = "Mellem de to grænser ligger {kommuner}; hver for sig kan de være tilfældige."
DIFFERENT = "Ser man på alle kommuner under ét, er forskellene større, end tilfældet kan forklare."
MAYBE = "Ser man på alle kommuner under ét, kan forskellene være tilfældige."


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

    @property
    def shown(self) -> tuple[Row, ...]:
        """The municipalities whose share is not hidden."""
        return tuple(row for row in self.rows if not row.hidden)

    @property
    def places(self) -> tuple[funnel.Place, ...]:
        """The municipalities that are shown, each with where it lies in the funnel; none when the country's share is hidden."""
        return () if self.total.hidden else tuple(funnel.placed(row, self.total.share) for row in self.shown)

    def figure(self) -> Picture:
        """A funnel: each municipality's share against its number of answers, between the limits around the country's share."""
        return Picture(drawn_svg(self, draw), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words: what it finds, then each municipality's share."""
        kind = f"Tragtplot: andelen, der har svaret {quoted(self.label)}, mod antallet af svar i hver kommune."
        each = [f"{row.group} {briefly(row)}" for row in self.shown]
        parts = [kind, self.tell().text, f"{listed(each)}.", self.missing(), self.finding.source]
        return " ".join(sentence(part) for part in parts if part)

    def missing(self) -> str:
        """How many municipalities are not in the figure, and why; nothing when all are."""
        hidden = [row for row in self.rows if row.hidden]
        reasons = listed(dict.fromkeys(self.finding.reason(row) for row in hidden))
        return f"{number(len(hidden))} af {number(len(self.rows))} kommuner er ikke med i figuren: {reasons}." if hidden else ""

    def table(self, folded: bool = True) -> Html:
        """One row per municipality: base, share and the ends of its interval."""
        caption = f"{self.finding.wording} Andel, der har svaret {quoted(self.label)}."
        name = f"tabel-kommuner-{self.finding.question.id}"
        used = {row.hidden for row in self.rows if row.hidden}
        signs = [f"{sign} {self.finding.rules.reason(why)}." for why, sign in SIGNS.items() if why in used]
        frame = pd.DataFrame([record(self.finding, row) for row in (*self.rows, self.total)])
        lines = [f"Interval: {interval_note(None)}{narrower(self.finding)}.", *signs, *notes(self.finding)]
        return replace(html_table(frame, name, caption, "Kommune", lines, folded), record=self.record)

    def tell(self) -> Sentence:
        """Which municipalities lie outside the funnel's outer limits, and which between the two; or that none does.

        Chance alone puts a municipality outside the outer limits once in five hundred, and outside the inner once in twenty.
        """
        evidence = (*self.rows, self.total)
        if self.total.hidden:
            return is_hidden(self.finding, [self.total])
        far, near = (self.named(zone) for zone in (funnel.OUTSIDE, funnel.BETWEEN))
        land = told(self.total)
        if not far and not near:
            return joined([filled(NONE_OUTSIDE, evidence, landet=land), self.together()])
        first = filled(OUTSIDE if far else NONE_FAR, evidence, landet=land, kommuner=far)
        second = filled(BETWEEN, evidence, kommuner=near) if near else NOTHING
        return joined([first, second, self.together()])

    def together(self) -> Sentence:
        """Whether the municipalities differ by more than chance, all of them seen at once; nothing where fewer than two are shown."""
        test = self.finding.comparison(self.answer)
        return NOTHING if test is None else filled(DIFFERENT if test.beyond_chance else MAYBE, self.rows)

    def named(self, zone: str) -> str:
        """The municipalities in a part of the funnel in words, with their shares, above and below the country."""
        inside = [place for place in self.places if place.zone == zone]
        sides = [(word, [place for place in inside if (place.share > self.total.share) == above]) for word, above in (("over", True), ("under", False))]
        return listed(f"{listed(f'{place.name} ({place.text})' for place in places)} {word}" for word, places in sides if places)

    def data(self) -> pd.DataFrame:
        """One row per municipality: base, share, the ends of its class and of its interval (0-1, missing when hidden)."""
        return pd.DataFrame([
            {"municipality": row.group, "answer": row.answer, "base": row.base, "share": row.share, "from": row.low, "below": row.high,
             **self.finding.ends(row)} for row in self.rows
        ])


def narrower(finding: Finding) -> str:
    """That the municipalities' intervals take into account how many of those invited have answered, where that is known."""
    return ", gjort smallere efter, hvor stor en del af kommunens inviterede der har svaret" if finding.participations else ""


def record(finding: Finding, row: Row) -> dict[str, str]:
    """A municipality's line in the table."""
    name, base = row.group or COUNTRY.name, SIGNS[LOW_BASE] if row.base is None else number(row.base)
    return {STUB: name, "N": base, "Andel": share_text(row), INTERVAL: interval_text(finding, row)}


def draw(comparison: Comparison) -> Figure:
    """The comparison's figure."""
    limits = " og ".join(funnel.level_text(level) for level in (funnel.WARNING, funnel.OUTER))
    meaning = f"Tragten: her ligger {limits} af kommunerne, hvis kun tilfældet skiller dem fra hele landet."
    axis = "Antal svar i kommunen, regnet om til lige vægte" if any(row.is_weighted for row in comparison.rows) else "Antal svar i kommunen"
    notes_ = [meaning, *filter(None, [comparison.missing()]), *notes(comparison.finding)]
    return funnel.draw(comparison.places, 0.5 if comparison.total.hidden else comparison.total.share, axis, notes_)
