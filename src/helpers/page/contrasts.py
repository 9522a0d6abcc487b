"""Sentences that compare: groups with each other, and a municipality with the whole country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.page.danish import listed, number, pct, points, quoted, short_label
from helpers.page.sentences import NOTHING, Sentence, exceeds, filled
from helpers.page.uncertainty import differs
from helpers.survey.editions import COUNTRY

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row

# What the vague words mean. book/laesevejledning.md tells the reader.
SMALL_SPREAD = 0.10   # groups no further apart than this: "ingen nævneværdige forskelle"
NOTABLE_GAP = 0.05    # a municipality must be this far from the country, and beyond chance, to be "højere" or "lavere"
MINIMUM_GROUP = 30    # smaller groups are not compared
NEARLY_ALL = 0.95     # groups left out of a comparison are mentioned when those compared are fewer than this

DIFFER = ("Andelen, der har svaret {svar}, er højest blandt {hoejest} ({hoejeste_andel}) og lavest blandt {lavest} "
          "({laveste_andel}).")
ALIKE = ("Der er ingen nævneværdige forskelle på andelen, der har svaret {svar}: Den går fra {laveste_andel} blandt {lavest} "
         "til {hoejeste_andel} blandt {hoejest}.")
NOT_COMPARED = "(Grupper med skjulte tal eller færre end {mindst} svar er ikke sammenlignet.)"
UNSURE = ("Andelen, der har svaret {svar}, går fra {laveste_andel} blandt {lavest} til {hoejeste_andel} blandt {hoejest}, men "
          "der er så få svar, at forskellen kan være tilfældig.")
SAME = "Andelen, der har svaret {svar}, er den samme i alle de sammenlignede grupper: {hoejeste_andel}."
TOO_FEW = "Grupperne kan ikke sammenlignes her, for det kræver mindst to grupper med viste tal og mindst {mindst} svar i hver."
SIMILAR = "Det er omtrent som i hele landet ({landet})."
HIGHER = "Det er højere end i hele landet ({landet})."
LOWER = "Det er lavere end i hele landet ({landet})."


def groups(finding: Finding, answer: str, differ: str = DIFFER, alike: str = ALIKE, unsure: str = UNSURE,
           same: str = SAME) -> Sentence:
    """Where the share is highest and lowest among the groups (`differ`), that they hardly differ (`alike`), or that they may
    differ by chance (`unsure`: the intervals of the highest and the lowest overlap).

    Groups with fewer than MINIMUM_GROUP answers are left out; when they are many, the sentence says so. Groups that are level
    in whole per cent are named together. Names in a template: svar, hoejest, hoejeste_andel, lavest, laveste_andel, forskel.
    """
    compared = comparable(finding, answer)
    if len(compared) < 2:
        return Sentence(TOO_FEW.format(mindst=number(MINIMUM_GROUP)), hidden=True)
    high, low = max(compared, key=lambda row: row.share), min(compared, key=lambda row: row.share)
    highest, lowest = ([finding.phrase(row.group) for row in compared if row.percent == end.percent] for end in (high, low))
    template = template_for(finding, low, high, differ, alike, unsure, same)
    told = filled(
        template, svar=quoted(short_label(finding.label(answer))),
        hoejest=listed(highest), hoejeste_andel=pct(high.share), lavest=listed(lowest), laveste_andel=pct(low.share),
        forskel=points(high.share - low.share),
    )
    return told if cover(finding, compared) else replace(told, note=NOT_COMPARED.format(mindst=number(MINIMUM_GROUP)))


def template_for(finding: Finding, low: Row, high: Row, differ: str, alike: str, unsure: str, same: str) -> str:
    """The template that is true of the lowest and the highest group."""
    if low.percent == high.percent:
        return same
    if not exceeds(high.share - low.share, SMALL_SPREAD):
        return alike
    return differ if set_apart(finding, low, high) else unsure


def set_apart(finding: Finding, low: Row, high: Row) -> bool:
    """Whether the intervals of two shares do not overlap."""
    return finding.interval(low).high < finding.interval(high).low


def cover(finding: Finding, compared: list[Row]) -> bool:
    """Whether the compared groups are nearly all of those who answered, so that what is left out need not be mentioned."""
    return sum(row.base for row in compared) >= NEARLY_ALL * (finding.base() or 0)


def comparable(finding: Finding, answer: str) -> list[Row]:
    """The groups' shares that are shown and rest on enough answers to be compared."""
    rows = [finding.row(answer, group) for group in finding.groups]
    return [row for row in rows if not row.hidden and row.base >= MINIMUM_GROUP]


def spread(rows: list[Row]) -> float:
    """From the lowest share to the highest."""
    return max(row.share for row in rows) - min(row.share for row in rows)


def across(findings: tuple[Finding, ...], answer: str) -> Sentence:
    """Whether the share differs between groups, over several breakdowns at once: each that does with its ends, then the rest."""
    possible = [finding for finding in findings if len(comparable(finding, answer)) > 1]
    if not possible:
        return Sentence(TOO_FEW.format(mindst=number(MINIMUM_GROUP)), hidden=True)
    apart = [finding for finding in possible if exceeds(spread(comparable(finding, answer)), SMALL_SPREAD)]
    told = [groups(finding, answer) for finding in apart]
    if alike := titles(finding for finding in possible if finding not in apart):
        svar = quoted(short_label(possible[0].label(answer)))
        told.append(Sentence(f"Andelen, der har svaret {svar}, viser ingen nævneværdige forskelle efter {alike}."))
    if left_out := titles(finding for finding in findings if finding not in possible):
        told.append(Sentence(f"Der er for få viste svar til at sammenligne efter {left_out}."))
    return Sentence(" ".join(one.text for one in told), note=next((one.note for one in told if one.note), ""))


def titles(findings: Iterable[Finding]) -> str:
    """The breakdowns' names as a list in words."""
    return listed(finding.breakdown.title.lower() for finding in findings)


def country(finding: Finding, answer: str, group: str = "", similar: str = SIMILAR, higher: str = HIGHER,
            lower: str = LOWER) -> Sentence:
    """The municipality against the whole country; nothing in the country's own edition.

    "Højere" and "lavere" take a gap of NOTABLE_GAP, and the country's share outside the municipality's 95 per cent interval.
    """
    if finding.edition.is_country:
        return NOTHING
    home, land = finding.row(answer, group), finding.row(answer, group, COUNTRY.name)
    if home.hidden or land.hidden:
        return NOTHING if land.hidden else filled("I hele landet har {landet} svaret {svar}.", landet=pct(land.share),
                                                  svar=quoted(short_label(land.answer)))
    notable = exceeds(abs(home.share - land.share), NOTABLE_GAP, or_equal=True) and differs(home.count, home.base, land.share)
    template = similar if not notable else higher if home.share > land.share else lower
    return filled(template, landet=pct(land.share), sted=finding.edition.name)
