"""What stands most firmly among results: the surest differences between groups, then the surest
majorities and minorities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from helpers.not_none import not_none
from helpers.page import contrasts
from helpers.page.findings import Finding
from helpers.page.outcome_words import compare_groups
from helpers.page.sentences import Sentence, filled
from helpers.page.telling import told

MOST_FIRMLY = 3  # so many are told
HALF = 0.5
DIFFER = f"Andelen, der {{tekst}}, {contrasts.EXTREMES}"
SLIGHT = (
    "Andelen, der {tekst}, er lidt højere blandt {hoejest} ({hoejeste_andel}) end blandt {lavest} "
    "({laveste_andel})."
)
MOST, FEW = "Et sikkert flertal ({andel}) {tekst}.", "Et sikkert mindretal ({andel}) {tekst}."


@dataclass(frozen=True)
class Claim:
    """A result that may be told: an answer to a question, and in words whose share it is, after
    "andelen, der …"."""

    question: str
    answer: str
    text: str


Found = tuple[float, Sentence]  # what to sort by, the surest lowest
Ask = Callable[..., Finding]


def firmest(
    claims: Sequence[Claim], ask: Ask, compared_by: Callable[[str], Iterable[str]]
) -> list[Sentence]:
    """At most MOST_FIRMLY sentences, the surest first: differences between the groups that each
    claim is compared by, and of the claims after the first that have none, majorities and
    minorities. `ask` gives a claim's finding, as `Page.finding` does."""
    apart, sided = list[Found](), list[Found]()
    for claim in claims:
        grouped = [ask(claim.question, by=by) for by in compared_by(claim.question)]
        if found := surest_difference(grouped, claim):
            apart.append(found)
        elif claim != claims[0]:
            sided += of_half(ask(claim.question), claim)
    ordered = [*sorted(apart, key=lambda one: one[0]), *sorted(sided, key=lambda one: one[0])]
    return [said for _, said in ordered[:MOST_FIRMLY]]


def surest_difference(findings: Iterable[Finding], claim: Claim) -> Found | None:
    """The surest difference between groups with its corrected p-value; None where none is
    certain."""
    certain = [
        (not_none(finding.comparison(claim.answer)).corrected, finding)
        for finding in findings
        if not finding.is_withheld and compare_groups(finding, claim.answer).outcome.is_certain
    ]
    if not certain:
        return None
    p, finding = min(certain, key=lambda one: one[0])
    return p, contrasts.groups(finding, claim.answer, differ=DIFFER, slight=SLIGHT, text=claim.text)


def of_half(finding: Finding, claim: Claim) -> list[Found]:
    """That a result certainly holds for more, or for less, than half; nothing where that cannot be
    told."""
    row = finding.row(claim.answer)
    if not row.is_shown:
        return []
    low, high = finding.interval(row)
    if low <= HALF <= high:
        return []
    template = MOST if low > HALF else FEW
    distance = abs(not_none(row.share) - HALF) / (high - low or 1)
    return [(-distance, filled(template, [row], andel=told(row), tekst=claim.text))]
