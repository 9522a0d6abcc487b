"""Alt text: what a figure finds, in words, with the same numbers as the table and the sentences."""

from __future__ import annotations

from helpers.page.danish import listed, quoted, sentence
from helpers.page.figures import group_label, is_share, stacked_groups
from helpers.page.findings import Finding, Row
from helpers.page.leaders import leading
from helpers.page.outcome_words import compare_groups
from helpers.page.telling import briefly
from helpers.page.uncertainty import AT_LEVEL
from helpers.statistics.outcomes import Outcome

MOST = 3


def text(finding: Finding) -> str:
    """The figure's point, what it is, the numbers behind it, the base and the source."""
    parts = [
        point(finding),
        f"{kind(finding)} {quoted(finding.wording)}",
        *message(finding),
        *figure_notes(finding),
        f"N = {finding.base_text()}. Stillet til {finding.asked_of}.",
        finding.source,
    ]
    return " ".join(sentence(part) for part in parts if part)


def figure_notes(finding: Finding) -> list[str]:
    """That the bars have intervals, which the table tells."""
    drawn = finding.has_intervals and not finding.groups and not is_share(finding)
    return (
        [f"Hver søjle har en streg for sit {AT_LEVEL}interval; intervallerne står i tabellen."]
        if drawn
        else []
    )


def kind(finding: Finding) -> str:
    """What sort of chart it is, up to the question."""
    if finding.is_battery:
        return f"Stablede søjler, én per {finding.title_of_groups.lower()}:"
    if finding.breakdown:
        return f"Søjler opdelt på {finding.breakdown.title.lower()}:"
    return "Én stablet søjle:" if is_share(finding) else "Søjlediagram:"


def message(finding: Finding) -> list[str]:
    """The numbers: of groups the main answer's share in each, else the main answers' shares."""
    if is_nominal_battery(finding):
        return [most_common_per_group(finding)]
    answers = main_answers(finding)
    if finding.groups:
        return [per_group(finding, answers[0])]
    return [shares(finding, answers, place) for place in finding.places]


def is_nominal_battery(finding: Finding) -> bool:
    """Whether it is a battery whose answers have no order, nor a main answer."""
    plain = not finding.combined and not finding.question.ordered
    return finding.is_battery and plain and not is_two(finding)


def main_answers(finding: Finding) -> list[str]:
    """The answer that the page is about, or the combined answers, or else the most common ones in
    order (all, when there are few)."""
    if finding.about:
        return [finding.about]
    if finding.combined and finding.question.role == "answer":
        return list(finding.combined)
    if finding.groups or is_share(finding):
        return list(finding.answers)
    return sorted(finding.answers, key=lambda answer: -(finding.row(answer).share or 0))[:MOST]


def shares(finding: Finding, answers: list[str], place: str) -> str:
    """The answers' shares in a place."""
    each = [
        f"{quoted(finding.short(answer))} {value(finding.row(answer, place=place))}"
        for answer in answers
    ]
    return f"{place}: {listed(each)}."


def per_group(finding: Finding, answer: str) -> str:
    """The answer's share in each group."""
    rows = [finding.row(answer, group) for group in stacked_groups(finding)]
    each = [f"{group_label(finding, row.group)}: {value(row)}" for row in rows]
    where = "" if finding.edition.is_country else f" i {finding.edition.name}"
    return f"Andel{where}, der har svaret {quoted(finding.short(answer))}: {'; '.join(each)}."


def point(finding: Finding) -> str:
    """What the chart shows: of groups which are certainly the highest and the lowest, or that they
    are close, else the most common answer; nothing where that cannot be told."""
    if not finding.groups:
        leaders = [quoted(finding.short(row.answer)) for row in leading(finding)[0]]
        return f"Det hyppigste svar er {listed(leaders)}." if leaders else ""
    if is_nominal_battery(finding):
        return ""
    compared = compare_groups(finding, main_answers(finding)[0])
    if compared.outcome.is_certain:
        high, low = (
            listed(finding.phrase(row.group) for row in rows)
            for rows in (compared.highest, compared.lowest)
        )
        return f"Højest blandt {high}, lavest blandt {low}."
    return "Grupperne ligger tæt på hinanden." if compared.outcome == Outcome.ALIKE else ""


def is_two(finding: Finding) -> bool:
    """Whether there are but two answers, so that one tells the other."""
    return len(finding.answers) <= 2


def most_common_per_group(finding: Finding) -> str:
    """The most common answer to each item of a battery whose answers have no order; answers that
    are level are named together."""
    each = [
        f"{finding.short(group)}: {most_common(finding, group)}"
        for group in stacked_groups(finding)
    ]
    return f"Det hyppigste svar: {'; '.join(each)}."


def most_common(finding: Finding, group: str) -> str:
    """A group's most common answer, or that it is hidden, or that the numbers are too coarse to
    say."""
    leaders, others = leading(finding, group)
    if not leaders:
        return "skjult" if any(row.hidden for row in others) else "kan ikke siges"
    return f"{listed(quoted(finding.short(row.answer)) for row in leaders)} {value(leaders[0])}"


def value(row: Row) -> str:
    return "skjult" if row.hidden else briefly(row)
