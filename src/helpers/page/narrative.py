"""Sentences that hold where they stand: each is bound to a test on the same finding that the figure shows.

A notebook gives the Danish template; the helper fills in numbers and names, chooses the template that is true in the edition,
and says so when an estimate is hidden. Use it as `say`:

    side.tell(say.shares(tilfredshed, "{glade} af borgerne er tilfredse eller meget tilfredse.", glade="positive"))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.page.danish import listed, number, pct, points, quoted, sentence, short_label
from helpers.page.uncertainty import differs, wilson
from helpers.page.words import in_words
from helpers.survey.disclosure import FEW_ANSWERS, LOW_BASE
from helpers.survey.editions import COUNTRY
from helpers.survey.rounding import half_up

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row

# What the vague words mean. "Hvordan siderne skal læses" (book/laesevejledning.md) tells the reader the same.
SMALL_SPREAD = 0.10   # groups no further apart than this: "ingen nævneværdige forskelle"
NOTABLE_GAP = 0.05    # a municipality must be this far from the country, and beyond chance, to be "højere" or "lavere"
MINIMUM_GROUP = 30    # smaller groups are not compared
NEARLY_ALL = 0.95     # groups left out of a comparison are mentioned when those compared are fewer than this

DIFFER = ("Andelen, der har svaret {svar}, er højest blandt {hoejest} ({hoejeste_andel}) og lavest blandt {lavest} "
          "({laveste_andel}).")
ALIKE = ("Der er ingen nævneværdige forskelle på andelen, der har svaret {svar}: Den går fra {laveste_andel} blandt {lavest} "
         "til {hoejeste_andel} blandt {hoejest}.")
NOT_COMPARED = "(Grupper med skjulte tal eller færre end {mindst} svar er ikke sammenlignet.)"
SAME = "Andelen, der har svaret {svar}, er den samme i alle de sammenlignede grupper: {hoejeste_andel}."
TOO_FEW = "Grupperne kan ikke sammenlignes her, for det kræver mindst to grupper med viste tal og mindst {mindst} svar i hver."
SIMILAR = "Det er omtrent som i hele landet, hvor andelen er {landet}."
HIGHER = "Det er højere end i hele landet, hvor andelen er {landet}."
LOWER = "Det er lavere end i hele landet, hvor andelen er {landet}."


@dataclass(frozen=True)
class Sentence:
    """A sentence that is true where it stands. `hidden` tells that it stands in for an estimate that may not be shown."""

    text: str
    hidden: bool = False

    def __str__(self) -> str:
        return self.text


NOTHING = Sentence("")
PARAGRAPH = "\n\n"


@dataclass(frozen=True)
class Quantity:
    """One estimate inside a template: `{x}` is the share, `{x.antal}` the count, `{x.i_ord}` the share in words."""

    row: Row
    unit: str

    @property
    def antal(self) -> str:
        return number(self.row.count)

    @property
    def base(self) -> str:
        return number(self.row.base)

    @property
    def i_ord(self) -> str:
        return in_words(self.row.share, self.unit)

    def __str__(self) -> str:
        return pct(self.row.share)


def question(finding: Finding) -> Sentence:
    """The question's wording and whom it was put to."""
    return Sentence(f"*Spørgsmål:* {quoted(finding.wording)} *Stillet til:* {finding.asked_of}.{PARAGRAPH}")


def shares(finding: Finding, template: str, **answers: str | tuple[str, str]) -> Sentence:
    """The template with shares filled in; each name stands for an answer, or for a pair (group, answer)."""
    rows = {name: finding.row(*reversed(wanted)) if isinstance(wanted, tuple) else finding.row(wanted)
            for name, wanted in answers.items()}
    hidden = [row for row in rows.values() if row.hidden]
    if hidden:
        return is_hidden(finding, hidden)
    quantities = {name: Quantity(row, finding.codebook.unit.plural) for name, row in rows.items()}
    return filled(template, **quantities)


def most_common(finding: Finding, one: str = "Flest har svaret {svar} ({andel}).",
                several: str = "Flest har svaret {svar} (hver {andel}).") -> Sentence:
    """The answer that most people gave; several when they are level in whole per cent."""
    rows = [finding.row(answer) for answer in finding.answers]
    if not can_rank(finding, rows):
        return is_hidden(finding, [row for row in rows if row.hidden])
    best = max(row.percent or 0 for row in rows)
    winners = [row for row in rows if row.percent == best]
    return filled(one if len(winners) == 1 else several, svar=listed(quoted(short_label(row.answer)) for row in winners), andel=pct(winners[0].share))


def top(finding: Finding, template: str, n: int = 3, skip: tuple[str, ...] = ("Andet", "Ved ikke")) -> Sentence:
    """The `n` most common answers with their shares, in order, and those level with the last; `skip` names answers left out."""
    rows = [finding.row(answer) for answer in finding.answers]
    if not can_rank(finding, rows):
        return is_hidden(finding, [row for row in rows if row.hidden])
    ranked = sorted((row for row in rows if row.count and row.answer not in skip), key=lambda row: -row.count)
    chosen = [row for row in ranked if row.percent >= ranked[min(n, len(ranked)) - 1].percent]
    return filled(template, svar=listed(f"{quoted(short_label(row.answer))} ({pct(row.share)})" for row in chosen))


def groups(finding: Finding, answer: str, differ: str = DIFFER, alike: str = ALIKE, same: str = SAME) -> Sentence:
    """Where the share is highest and lowest among the groups, or that they hardly differ.

    Groups with fewer than MINIMUM_GROUP answers are left out; when they are many, the sentence says so. Groups that are level in whole per
    cent are named together. Names in a template: svar, hoejest, hoejeste_andel, lavest, laveste_andel, forskel.
    """
    compared = comparable(finding, answer)
    if len(compared) < 2:
        return Sentence(TOO_FEW.format(mindst=number(MINIMUM_GROUP)), hidden=True)
    percents = [row.percent for row in compared]
    high, low = max(compared, key=lambda row: row.share), min(compared, key=lambda row: row.share)
    template = differ if exceeds(spread(compared), SMALL_SPREAD) else alike if min(percents) < max(percents) else same
    told = filled(
        template, svar=quoted(short_label(finding.label(answer))),
        hoejest=listed(finding.phrase(row.group) for row in compared if row.percent == max(percents)), hoejeste_andel=pct(high.share),
        lavest=listed(finding.phrase(row.group) for row in compared if row.percent == min(percents)), laveste_andel=pct(low.share),
        forskel=points(high.share - low.share),
    )
    return told if cover(finding, compared) else Sentence(f"{told} {NOT_COMPARED.format(mindst=number(MINIMUM_GROUP))}")


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
    told = [str(groups(finding, answer)) for finding in apart]
    if alike := titles(finding for finding in possible if finding not in apart):
        svar = quoted(short_label(possible[0].label(answer)))
        told.append(f"Andelen, der har svaret {svar}, viser ingen nævneværdige forskelle efter {alike}.")
    if left_out := titles(finding for finding in findings if finding not in possible):
        told.append(f"Der er for få viste svar til at sammenligne efter {left_out}.")
    return Sentence(" ".join(told))


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
        return NOTHING if land.hidden else filled("I hele landet er andelen {landet}.", landet=pct(land.share))
    notable = exceeds(abs(home.share - land.share), NOTABLE_GAP, or_equal=True) and differs(home.count, home.base, land.share)
    template = similar if not notable else higher if home.share > land.share else lower
    return filled(template, landet=pct(land.share), sted=finding.edition.name)


def part_of_base(finding: Finding, group: str, template: str) -> Sentence:
    """How large a part of those asked belong to a group: {andel}, {antal}, {base}, {i_ord}."""
    part, whole = finding.base(group), finding.base()
    if part is None or whole is None:
        return Sentence(f"Hvor mange der er {finding.phrase(group)}, er {finding.rules.reason(LOW_BASE)}.", hidden=True)
    return filled(template, andel=pct(part / whole), antal=number(part), base=number(whole),
                  i_ord=in_words(part / whole, finding.codebook.unit.plural))


def uncertainty(finding: Finding, answer: str, template: str = (
        "Der er {base} svar bag. Med så mange svar rækker den statistiske usikkerhed fra {lav} til {hoej}.")) -> Sentence:
    """How sure the share is: the ends of its 95 per cent interval."""
    row = finding.row(answer)
    if row.hidden:
        return is_hidden(finding, [row])
    low, high = wilson(row.count, row.base)
    return filled(template, base=number(row.base), lav=pct(low), hoej=pct(high), andel=pct(row.share))


def numbers(template: str, **values: int) -> Sentence:
    """The template with whole numbers filled in, as counts are written in Danish."""
    return filled(template, **{name: number(value) for name, value in values.items()})


def filled(template: str, **values) -> Sentence:
    return Sentence(sentence(template.format(**values)))


def is_hidden(finding: Finding, rows: list[Row]) -> Sentence:
    """That estimates are hidden, and why; never what they might be."""
    if any(row.hidden == LOW_BASE and not row.group for row in rows):
        return Sentence(f"Svarene på {quoted(finding.wording)} er {finding.rules.reason(LOW_BASE)}.", hidden=True)
    who = [f"{quoted(row.answer)}{f' blandt {finding.phrase(row.group)}' if row.group else ''}" for row in rows]
    return Sentence(f"Andelen, der har svaret {listed(who)}, er {finding.reason(rows[0])}.", hidden=True)


def can_rank(finding: Finding, rows: list[Row]) -> bool:
    """Whether the most common answer is certain: what is hidden is too small to be it."""
    largest = max((row.count for row in rows if not row.hidden), default=0)
    return all(not row.hidden or (row.hidden == FEW_ANSWERS and largest >= finding.rules.minimum_count) for row in rows)


def exceeds(difference: float, limit: float, or_equal: bool = False) -> bool:
    """Whether a difference of shares is over a limit; what is equal to the twelfth decimal counts as equal."""
    gap = half_up(difference - limit, "1e-12")
    return gap > 0 or (or_equal and gap == 0)
