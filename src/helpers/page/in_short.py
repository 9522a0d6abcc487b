"""What there is to say of any question: for pages of a survey that nobody has written about yet."""

from __future__ import annotations

from dataclasses import replace

from helpers.page.contrasts import groups
from helpers.page.danish import quoted
from helpers.page.findings import Finding
from helpers.page.markdown import as_text
from helpers.page.sentences import NOTHING, Sentence, filled, is_hidden
from helpers.page.telling import told

POSITIVE = "positive"
ANSWERED = "{andel} har svaret {svar}."
STATEMENT = "{udsagn}: {andel} har svaret {svar}."
DIFFER = (
    "Flest har svaret {svar} til {hoejest} ({hoejeste_andel}) og færrest til {lavest} "
    "({laveste_andel})."
)
UNEVEN = (
    "Ikke lige mange har svaret {svar} til alt; andelen går fra {laveste_andel} ({lavest}) til "
    "{hoejeste_andel} ({hoejest})."
)
ALIKE = (
    "Omtrent lige mange har svaret {svar} til alt: fra {laveste_andel} ({lavest}) til "
    "{hoejeste_andel} ({hoejest})."
)
RANGE = "Andelen, der har svaret {svar}, går fra {laveste_andel} til {hoejeste_andel}."
EACH = "{hoejeste_andel} har svaret {svar} til hvert af dem."
SAME = "Lige mange har svaret {svar} til alt ({hoejeste_andel})."


def answered(finding: Finding, answer: str) -> Sentence:
    """The share that gave an answer, or one of those that a combined answer adds up."""
    row = finding.row(answer)
    if row.hidden:
        return is_hidden(finding, [row])
    return filled(ANSWERED, [row], andel=told(row), svar=quoted(finding.short(row.answer)))


def statements(finding: Finding, answer: str = "") -> tuple[Sentence, ...]:
    """A sentence per statement of a battery: the share that gave the answer, by default the
    positive ones where the codebook has them, else the first option."""
    rows = [finding.row(answer or main_answer(finding), group) for group in finding.groups]
    return tuple(
        filled(
            STATEMENT,
            [row],
            udsagn=quoted(row.group),
            andel=told(row),
            svar=quoted(finding.short(row.answer)),
        )
        for row in rows
        if not row.hidden
    )


def main_answer(finding: Finding) -> str:
    return POSITIVE if POSITIVE in finding.question.combined else finding.answers[0]


def headed(finding: Finding, said: Sentence) -> Sentence:
    """The sentence with what the question is about in front of it; nothing where it is nothing."""
    title = (finding.question.battery_short if finding.is_battery else finding.question.short) or ""
    title = title.rstrip(" …:")
    about = f"**{as_text(title)}{'' if title.endswith('?') else ':'}** "
    return replace(said, text=about + said.text) if said.text else NOTHING


def across_statements(finding: Finding) -> Sentence:
    """To which statements of a battery most and fewest gave the main answer; where that cannot be
    told, between which shares they lie."""
    answer = main_answer(finding)
    said = groups(finding, answer, DIFFER, DIFFER, ALIKE, SAME, UNEVEN)
    rows = [row for group in finding.groups if not (row := finding.row(answer, group)).hidden]
    if said.text or finding.is_withheld or not rows:
        return said
    ends = [told(end(rows, key=lambda row: row.share or 0)) for end in (min, max)]
    return filled(
        EACH if ends[0] == ends[1] else RANGE,
        rows,
        svar=quoted(finding.short(rows[0].answer)),
        laveste_andel=ends[0],
        hoejeste_andel=ends[1],
    )
