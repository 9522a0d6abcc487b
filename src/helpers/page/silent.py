"""What those who did not answer could change: when they would turn a conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import pandas as pd

from helpers.not_none import not_none
from helpers.page.beside import Line
from helpers.page.danish import listed, number, pct, quoted
from helpers.page.display import Html, Text
from helpers.page.findings import Finding, Row
from helpers.page.sentences import NOTHING, Sentence, filled, is_hidden
from helpers.page.tables import SIGNS, STUB, html_table, share_text
from helpers.page.telling import lower_border
from helpers.statistics.nonresponse import HALF, Silent, bounds, turning_point
from helpers.survey.codebook import Codebook
from helpers.survey.questions import FilterRule, Question

MAJORITY = "Over {maal} af alle inviterede {enhed} ville svare {svar}"
MINORITY = "Under {maal} af alle inviterede {enhed} ville svare {svar}"
ALSO = "ville svare det"
ENOUGH = "{konklusion}, hvis mindst {graense} af dem, der ikke svarede, også {ogsaa}."
NO_MORE = "{konklusion}, hvis højst {graense} af dem, der ikke svarede, {ogsaa}."
WHATEVER = "{konklusion}, uanset hvad de, der ikke svarede, ville have svaret."

CAPTION = "Hvad de, der ikke svarede, kunne ændre"
OPENER = "Vis, hvad de, der ikke svarede, kunne ændre"
CONCLUSION, ANSWERED, POINT = "Konklusion", "Blandt svarene", "Vendepunkt"
LOWEST, HIGHEST = "Lavest", "Højest"
UNTOLD, STANDS, EVERYBODY = "kan ikke siges", "vender ikke", "alle har svaret"
ENDS = (
    "Lavest og højest: andelen blandt alle inviterede, hvis ingen, eller alle, af dem, der "
    "ikke svarede, ville have givet svaret. Der er ikke gættet på, hvad de mener."
)
TURNS = (
    "Vendepunkt: konklusionen holder for alle inviterede, medmindre så få (»under«) eller så "
    "mange (»over«) af dem, der ikke svarede, ville have givet svaret. »Vender ikke«: den "
    "holder, uanset hvad de ville have svaret."
)
SCREENED = (
    "Blandt dem, der ikke svarede, regnes også de, der blev sorteret fra, fordi "
    "spørgsmålene ikke gjaldt dem. Det gør vendepunkterne forsigtige."
)
LEFT_OUT = "Her vides det ikke, hvor mange der skulle have haft spørgsmålet, men ikke svarede."


@dataclass(frozen=True)
class Turn:
    """On which side of the limit a share lies, and the turning point (0-1) of the end of its class
    that is against that; None where the silent cannot turn it."""

    over: bool
    point: float | None

    @property
    def border(self) -> str:
        """The turning point in whole per cent, rounded to where the conclusion still holds: if no
        fewer than this, or no more. There must be one."""
        point = not_none(self.point)
        if not self.over:
            return f"{lower_border(point)} pct."
        # At the point itself it is exactly half, which is no majority.
        return f"{number(floor(in_per_cent(point)) + 1)} pct."


def silent_of(finding: Finding, row: Row, country: Silent | None = None) -> Silent | None:
    """How many took part where a finding's share is from, of how many who were invited to.

    `country` is the whole country's in a survey of municipalities, which add up to it. None where
    it is not known, for a question that was put to some, for a group that is no municipality, and
    for a weighted share, which guesses at the silent already.
    """
    question = next(one for one in finding.questions if one.id == row.question)
    if row.is_weighted or not put_to_everybody(question, finding.codebook):
        return None
    known = finding.participations.get(place_of(finding, row))
    if known is not None:
        return Silent(known.respondents, known.everybody)
    is_sum = finding.codebook.municipality_question and place_of(finding, row) == finding.whole
    return country if is_sum else None


def place_of(finding: Finding, row: Row) -> str:
    """Where a share is from: its place, or its group in a finding that is broken down."""
    return row.group if finding.breakdown and row.group else row.place


def put_to_everybody(question: Question, codebook: Codebook) -> bool:
    """Whether a question on what people think or did was put to all who took part."""
    rule = question.asked_if
    if isinstance(rule, FilterRule):
        rule = codebook.filters[rule.filter].rule
    return question.role == "answer" and rule in (None, codebook.participation)


def on_question(finding: Finding, row: Row, took_part: Silent) -> Silent:
    """The same of the share's own question, which a few may have skipped; they are silent too.
    Where the base may be rounded, as few answered as it can stand for. It must not be hidden."""
    base = not_none(row.base)
    least = base - finding.rules.base_to // 2 if row.has_base_to(finding.rules.base_to) else base
    return Silent(min(least, took_part.respondents), took_part.invited)


def turn_of(row: Row, silent: Silent, limit: float = HALF) -> Turn | None:
    """Where a share turns; None where it may lie on either side of the limit."""
    low, high = not_none(row.low), not_none(row.high)
    if low <= limit <= high:
        return None
    over = low > limit
    return Turn(over, turning_point(low if over else high, silent, limit))


def turning(
    finding: Finding,
    answer: str,
    majority: str = MAJORITY,
    minority: str = MINORITY,
    also: str = ALSO,
    *,
    group: str = "",
    limit: float = HALF,
    enough: str = ENOUGH,
    no_more: str = NO_MORE,
    same: str = WHATEVER,
    country: Silent | None = None,
) -> Sentence:
    """That over (`majority`) or under (`minority`) `limit` of all invited would give the answer,
    if at least (`enough`) or at most (`no_more`) so many of the silent would; or whatever they
    would (`same`).

    The conclusions are clauses without a full stop ("Flertallet er tilfreds"), and `also` is what
    the silent would have to be too ("er det"). Names in a conclusion: svar, enhed, maal; in the
    three sentences: konklusion, graense, ogsaa. Nothing where it is not known how many are silent,
    nobody is, or the share may lie on either side of the limit. `country` as in `silent_of`.
    """
    row = finding.row(answer, group)
    took_part = silent_of(finding, row, country)
    if took_part is None or finding.is_withheld:
        return NOTHING
    if row.hidden:
        return is_hidden(finding, [row])
    silent = on_question(finding, row, took_part)
    turn = turn_of(row, silent, limit)
    if turn is None or not silent.number:
        return NOTHING
    said = {"svar": quoted(finding.short(row.answer)), "enhed": finding.codebook.unit.plural}
    conclusion = (majority if turn.over else minority).format(maal=limit_text(limit), **said)
    if turn.point is None:
        return filled(same, [row], konklusion=conclusion)
    condition = enough if turn.over else no_more
    return filled(condition, [row], konklusion=conclusion, graense=turn.border, ogsaa=also)


def limit_text(limit: float) -> str:
    return "halvdelen" if limit == HALF else pct(limit)


def in_per_cent(share: float) -> float:
    """A share (0-1) in per cent, without the last digits in which sums of fractions differ."""
    return round(100 * share, 6)


def bounds_table(
    *lines: Line, limit: float = HALF, folded: bool = True, country: Silent | None = None
) -> Html | Text:
    """One row per share: what is concluded, the share among those who answered, the lowest and the
    highest it can be among all invited, and where the conclusion turns.

    Shares of which it is not known how many are silent are named below; nothing where all are such.
    """
    known = [(line, silent_of(line.finding, line.row, country)) for line in lines]
    shown = [(line, silent) for line, silent in known if silent]
    if not shown:
        return Text("")
    frame = pd.DataFrame([record(line, silent, limit) for line, silent in shown])
    left_out = [line.label for line, silent in known if not silent]
    close = too_close(limit) if UNTOLD in set(frame[CONCLUSION]) else []
    named = listed(map(quoted, left_out))
    missing = [f"Ikke med i tabellen: {named}. {LEFT_OUT}"] if left_out else []
    sources = dict.fromkeys(line.finding.source for line, _ in shown)
    notes = [
        *taking_part(shown),
        ENDS,
        TURNS,
        *close,
        *who_is_silent(shown),
        *hidden_signs(shown),
        *missing,
        *sources,
    ]
    return html_table(frame, "tabel-frafald", CAPTION, "Resultat", notes, folded, opener=OPENER)


def record(line: Line, took_part: Silent, limit: float) -> dict[str, str]:
    """A share's line in the table: the bounds hold for all that its class can be."""
    row = line.row
    if row.hidden:
        rest = dict.fromkeys((LOWEST, HIGHEST, POINT), "")
        return {STUB: line.label, CONCLUSION: "", ANSWERED: SIGNS[row.hidden], **rest}
    silent = on_question(line.finding, row, took_part)
    turn = turn_of(row, silent, limit)
    low, high = bounds(not_none(row.low), silent).low, bounds(not_none(row.high), silent).high
    return {
        STUB: line.label,
        CONCLUSION: conclusion_text(turn, limit),
        ANSWERED: share_text(row),
        LOWEST: f"{number(floor(in_per_cent(low)))} pct.",
        HIGHEST: f"{number(ceil(in_per_cent(high)))} pct.",
        POINT: point_text(turn) if silent.number else EVERYBODY,
    }


def too_close(limit: float) -> list[str]:
    return [
        f"»{UNTOLD.capitalize()}«: andelen kan, som den er vist, ligge på begge sider af "
        f"{limit_text(limit)}."
    ]


def conclusion_text(turn: Turn | None, limit: float) -> str:
    return f"{'over' if turn.over else 'under'} {limit_text(limit)}" if turn else UNTOLD


def point_text(turn: Turn | None) -> str:
    if turn is None:
        return ""
    return STANDS if turn.point is None else f"{'under' if turn.over else 'over'} {turn.border}"


def taking_part(shown: Sequence[tuple[Line, Silent]]) -> list[str]:
    """How many did not take part, once per place and survey."""
    told = {(place_of(line.finding, line.row), line.unit): silent for line, silent in shown}
    return [
        f"{place}: {number(silent.number)} af {number(silent.invited)} inviterede {unit} "
        "har ikke svaret."
        for (place, unit), silent in told.items()
    ]


def who_is_silent(shown: Sequence[tuple[Line, Silent]]) -> list[str]:
    """Who is counted among the silent besides those who never answered."""
    codebooks = {line.finding.codebook.survey: line.finding.codebook for line, _ in shown}
    told = []
    for codebook in codebooks.values():
        if rule := codebook.participation:
            options = codebook.question(rule.question).options
            others = [option.name for option in options if option.label not in rule.answers]
            told.append(f"Dem, der ikke svarede: {'; '.join(others)}.")
        elif any(question.role == "screening" for question in codebook.questions):
            told.append(SCREENED)
    return told


def hidden_signs(shown: Sequence[tuple[Line, Silent]]) -> list[str]:
    """What the signs of hidden shares mean."""
    hidden = [line for line, _ in shown if line.row.hidden]
    meaning = {line.row.hidden: line.finding.reason(line.row) for line in hidden}
    return [f"{sign} {meaning[why]}." for why, sign in SIGNS.items() if why in meaning]
