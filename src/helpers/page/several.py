"""Sentences about several shares at once: of one thing that several questions ask about, each of
its own people (a topic in every target group's list; each share under a label of its own,
`Finding.line`), or of several answers to a question."""

from __future__ import annotations

from helpers.not_none import not_none
from helpers.page.beside import Line
from helpers.page.danish import listed, number, pct
from helpers.page.findings import Finding
from helpers.page.outcome_words import compare_groups, compare_two
from helpers.page.sentences import NOTHING, Sentence, filled, is_hidden
from helpers.page.telling import told
from helpers.statistics.outcomes import Outcome

RECURS = 0.15  # a topic recurs where so large a part (0-1) of each group has it


def recurring(lines: tuple[Line, ...], template: str) -> Sentence:
    """That something recurs in all the groups; nothing where one of them hardly has it or is
    hidden.

    Names in a template: {mindst} and {mest} are the smallest and the largest share, {hvor_mindst}
    and {hvor_mest} whose they are.
    """
    rows = [line.row for line in lines]
    if any(row.hidden for row in rows) or min(not_none(row.low) for row in rows) < RECURS:
        return NOTHING
    return filled(template, rows, values=ends(lines))


def most_in(lines: tuple[Line, ...], template: str) -> Sentence:
    """That the first group has something certainly more than each of the others; nothing where it
    has not, or where that cannot be told.

    Names in a template: {mest} is the first share and {hvor_mest} whose it is, {andre} the others
    with theirs.
    """
    first, *others = lines
    if first.row.hidden:
        return is_hidden(first.finding, [first.row])
    shown = [line for line in others if not line.row.hidden]
    found = [compare_two((first.finding, first.row), (line.finding, line.row)) for line in shown]
    if len(shown) < len(others) or not all(
        one.outcome.is_certain and one.is_higher for one in found
    ):
        return NOTHING
    others_told = listed(f"{line.label} ({told(line.row)})" for line in shown)
    return filled(
        template,
        [line.row for line in (first, *shown)],
        mest=told(first.row),
        hvor_mest=first.label,
        andre=others_told,
    )


def share_of(line: Line) -> float:
    """The share of a line that is not hidden."""
    return not_none(line.row.share)


def ends(lines: tuple[Line, ...]) -> dict[str, str]:
    """The smallest and the largest share, and whose they are."""
    low, high = (pick(lines, key=share_of) for pick in (min, max))
    return {
        "mindst": told(low.row),
        "mest": told(high.row),
        "hvor_mindst": low.label,
        "hvor_mest": high.label,
    }


def varies(lines: tuple[Line, ...], template: str) -> Sentence:
    """That something is not as common in all the groups: the largest share is certainly above the
    smallest; else nothing.

    Names in a template as in `recurring`.
    """
    shown = [line for line in lines if not line.row.hidden]
    if len(shown) < 2:
        return NOTHING
    low, high = (pick(shown, key=share_of) for pick in (min, max))
    found = compare_two((high.finding, high.row), (low.finding, low.row))
    return (
        filled(template, [line.row for line in shown], values=ends(tuple(shown)))
        if found.outcome.is_certain
        else NOTHING
    )


def explained(finding: Finding, answer: str, cause: Finding, why: str, template: str) -> Sentence:
    """That the group lowest in an answer is the highest in another, which may explain it: {gruppe}
    and its share of the latter, {andel}. Nothing where either is not certain, or where they are not
    the same one group."""
    found, causing = compare_groups(finding, answer), compare_groups(cause, why)
    if finding.is_withheld or not (found.outcome.is_certain and causing.outcome.is_certain):
        return NOTHING
    lowest, highest = found.lowest, causing.highest
    if [row.group for row in lowest] != [row.group for row in highest] or len(lowest) != 1:
        return NOTHING
    return filled(
        template,
        (*found.rows, *causing.rows),
        gruppe=finding.phrase(lowest[0].group),
        andel=told(highest[0]),
    )


def all_gave(finding: Finding, template: str, *answers: str) -> Sentence:
    """That everybody gave each of some answers, {base} people; nothing where one of them is hidden
    or was not given by all."""
    rows = [finding.row(answer) for answer in answers]
    everybody = all(row.step == 0 and row.share == 1 for row in rows)
    return filled(template, rows, base=number(not_none(rows[0].base))) if everybody else NOTHING


def together(finding: Finding, template: str, *answers: str) -> Sentence:
    """The share of some answers together, {andel}; nothing where one of them is told in steps or is
    hidden."""
    rows = [finding.row(answer) for answer in answers]
    counts = [row.count for row in rows if row.count is not None]
    if len(counts) < len(rows):
        return NOTHING
    return filled(template, rows, andel=pct(sum(counts) / not_none(rows[0].base)))


def between_groups(finding: Finding, answer: str, template: str, but: str = "") -> Sentence:
    """The smallest and the largest share, {mindst} and {mest}, among the groups (of a battery: the
    statements) other than `but`; nothing where one of them is hidden."""
    rows = [finding.row(answer, group) for group in finding.groups if group != finding.group(but)]
    if any(row.hidden for row in rows):
        return NOTHING
    low, high = (pick(rows, key=lambda row: not_none(row.share)) for pick in (min, max))
    return filled(template, rows, mindst=told(low), mest=told(high))


def same_overall(finding: Finding, template: str) -> Sentence:
    """That the groups gave the answers alike on the whole: shown of all answers but one at most;
    else nothing."""
    if finding.is_withheld:
        return NOTHING
    outcomes = [compare_groups(finding, answer).outcome for answer in finding.answers]
    alike = sum(found == Outcome.ALIKE for found in outcomes)
    return (
        filled(template, finding.rows, outcome=Outcome.ALIKE)
        if alike >= len(outcomes) - 1
        else NOTHING
    )
