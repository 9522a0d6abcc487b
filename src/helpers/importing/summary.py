"""What an analyst is told of an import: how many were counted, what to look at with its effect,
and the whole report."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.importing import import_report as report
from helpers.importing.contradictions import Checks, Outcome
from helpers.importing.deciding import deciding
from helpers.importing.filled_answers import OUTSIDE_DECIDING
from helpers.importing.import_report import list_lines, thousands
from helpers.importing.labelling import OUTSIDE
from helpers.importing.matching import AGED
from helpers.importing.privacy import dropped_columns
from helpers.importing.result import Result
from helpers.importing.wording import code_of, is_code
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

UNASKED = "svar_uden_at_vaere_spurgt"
ROWS = {  # what happened to whole rows, in words
    "status_uklar": "rækker har ikke netop én status og er udeladt.",
    "svar_trods_status": "rækker har svar, selv om status siger, at der ikke er svaret; "
    "de er udeladt.",
    "gennemfoert_uden_svar": "rækker er gennemført uden et eneste svar og er udeladt.",
    "nogen_svar_uden_svar": "rækker har status »Nogen svar« og intet svar; "
    "de tæller som inviterede, der ikke svarede.",
    "dobbelt_ens": "rækker gentager en respondent og er udeladt.",
    "svar_efter_frasortering": "svar, der sorterer fra, er siden trukket tilbage; "
    "de, der gav dem, tæller med.",
}
ENOUGH = 100  # answers to a question before it says something that nobody chose an option
LISTED = 8


def counted_lines(result: Result, to_look_at: list[str]) -> list[str]:
    """Three lines: who was invited and answered, who of them counts and how much they answered,
    and whether to look further."""
    people, out = result.people, int(result.people.screened_out.sum())
    took_part, whole = took_part_and_finished(result)
    invited = "ikke kendt" if result.frame.invited is None else thousands(result.frame.invited)
    others = len(result.answers) - took_part
    silent = f" {thousands(others)} uden svar har også en række." if others else ""
    things = {0: "Intet særligt at se på.", 1: "Se på: det, der står herunder."}
    many = f"Se på: de {len(to_look_at)} ting, der står herunder."
    answered = int((people.answered & (people.respondents | people.screened_out)).sum())
    return [
        f"Inviterede: {invited}. Svarede: {thousands(answered)}. "
        f"Sorteret fra af deres svar: {thousands(out)}.",
        f"Respondenter: {thousands(took_part)}, heraf {thousands(whole)} med hele skemaet og "
        f"{thousands(took_part - whole)} med en del af det.{silent}",
        things.get(len(to_look_at), many),
    ]


def took_part_and_finished(result: Result) -> tuple[int, int]:
    """How many respondents answered anything, and how many of them the whole questionnaire."""
    people = result.people
    return (
        int((people.answered & people.respondents).sum()),
        int((people.completed & people.respondents).sum()),
    )


def notices(result: Result, codebook: Codebook) -> list[str]:
    """What to look at: what was assumed, left out or taken away, each with its effect."""
    parts = (
        assumed,
        only_alike,
        left_out,
        outside,
        unasked,
        rows_taken_away,
        unrouted,
        unknown_options,
        never_chosen,
        free_texts,
    )
    return [line for part in parts for line in part(result, codebook)]


def base_of(result: Result, question: Question) -> int:
    """How many answered a question."""
    return int(result.answers[question.columns[0]].notna().sum())


def base_told(result: Result, question: Question, fewer: int) -> str:
    """A question's base, beside what it would be with so many more."""
    base = base_of(result, question)
    return f"Basen er {thousands(base)} og ikke {thousands(base + fewer)}."


def assumed(result: Result, codebook: Codebook) -> Iterator[str]:
    """What was assumed without a status, and what that makes of the bases."""
    if not result.progress.assumed:
        return
    took_part, whole = took_part_and_finished(result)
    names = ", ".join(result.progress.last)
    yield (
        "Eksporten har ingen status. Hvor langt hver kom, er læst af det sidste svar"
        f"{f' ({names} er stillet til sidst)' if names else ''}: {thousands(whole)} nåede det "
        f"sidste spørgsmål, {thousands(took_part - whole)} holdt op før."
    )
    for name, count in result.checked.not_reached.items():
        if count:
            yield (
                f"{name}: {thousands(count)} spurgte satte intet kryds og gik ikke videre; de "
                f"er ikke talt med. {base_told(result, codebook.question(name), count)}"
            )


def only_alike(result: Result, _: Codebook) -> Iterator[str]:
    """The questions whose wording in the export is only like the codebook's."""
    for name, link in result.mapping.links.items():
        if link.apart:
            yield (
                f"{name}: kolonnen {link.columns[0]} er taget, fordi den ligner ({link.how}: "
                f"{link.apart}). Er det et andet spørgsmål, så skriv »findes ikke« i "
                "koblingsfilen."
            )


def left_out(result: Result, codebook: Codebook) -> Iterator[str]:
    """The questions that the analyst says were not put, and what would have rested on them."""
    decides = deciding(codebook)
    for name in result.mapping.left_out:
        effect = f" Det afgør ellers, {decides[name]}." if name in decides else ""
        yield f"{name}: ikke stillet, siger koblingsfilen.{effect}"


def outcomes_of(
    result: Result, codebook: Codebook, *kinds: str
) -> Iterator[tuple[Question, int, list[Outcome]]]:
    """The questions with findings of these kinds: how many of them are among the respondents, and
    the findings."""
    for question in codebook.questions:
        columns = result.mapping.links[question.id].columns
        found = [
            outcome
            for outcome in result.outcomes
            if outcome.kind in kinds and outcome.column in columns and outcome.count
        ]
        if found:
            counted = (result.people.respondents[outcome.positions].sum() for outcome in found)
            yield question, int(sum(counted)), found


def outside(result: Result, codebook: Codebook) -> Iterator[str]:
    """The values that are no options, and what leaving them out makes of the bases."""
    for question, count, found in outcomes_of(result, codebook, OUTSIDE, OUTSIDE_DECIDING):
        codes = {code_of(value) for outcome in found for value in outcome.values if is_code(value)}
        shown = f" (fx {', '.join(sorted(codes, key=int)[:3])})" if codes else ""
        aged = AGED in result.mapping.links[question.id].how
        values = "aldre uden for aldersgrupperne" if aged else "værdier uden for svarmulighederne"
        effect = (
            f"; {thousands(count)} kryds mangler."
            if question.type == "multiple"
            else f". {base_told(result, question, count)}"
        )
        number = thousands(sum(outcome.count for outcome in found))
        yield f"{question.id}: {number} {values}{shown} er udeladt{effect}"


def unasked(result: Result, codebook: Codebook) -> Iterator[str]:
    """The answers to questions that were not put, and what leaving them out makes of the bases."""
    for question, count, _ in outcomes_of(result, codebook, UNASKED):
        yield (
            f"{question.id}: {thousands(count)} svar fra folk, der ikke skulle spørges, er "
            f"udeladt. {base_told(result, question, count)}"
        )


def rows_taken_away(result: Result, _: Codebook) -> Iterator[str]:
    """The rows that are not counted, or counted otherwise than they say."""
    for outcome in result.outcomes:
        if outcome.kind in ROWS and outcome.count:
            yield f"{thousands(outcome.count)} {ROWS[outcome.kind]}"


def unrouted(result: Result, codebook: Codebook) -> Iterator[str]:
    """The questions whose routing cannot be checked, and what their bases are then."""
    for name in result.checked.unrouted:
        base = thousands(base_of(result, codebook.question(name)))
        yield (
            f"{name}: kan ikke kontrolleres, fordi eksporten mangler det spørgsmål, der afgør, "
            f"hvem der spørges. Basen er de {base}, der har svaret."
        )


def unknown_options(result: Result, codebook: Codebook) -> Iterator[str]:
    """The options that an export with labels of its own does not have."""
    for question in codebook.questions:
        link = result.mapping.links[question.id]
        if question.type != "single" or not link.columns:
            continue
        said = set(link.answers.values()) if result.export.by_name[link.columns[0]].labels else None
        absent = [
            f"»{label}«"
            for label in (*question.labels, *question.screened_out)
            if said is not None and label not in said
        ]
        if absent:
            yield (
                f"{question.id}: eksporten har ikke svarmuligheden {', '.join(absent)}, så "
                "ingen kan have valgt den."
            )


def never_chosen(result: Result, codebook: Codebook) -> Iterator[str]:
    """The options that nobody chose, in questions that many answered."""
    empty = [
        f"{question.id} »{label}«"
        for question in codebook.tabulated
        if base_of(result, question) >= ENOUGH
        for label in question.labels
        if not chosen(result.answers, question, label)
    ]
    if empty:
        more = f" og {len(empty) - LISTED} til" if len(empty) > LISTED else ""
        yield f"Ingen har valgt: {', '.join(empty[:LISTED])}{more}."


def free_texts(result: Result, _: Codebook) -> Iterator[str]:
    """How many of the free texts are coded, and where they are read."""
    yield from result.texts


def chosen(answers: pd.DataFrame, question: Question, label: str) -> bool:
    """Whether anybody chose an option."""
    if question.type == "multiple":
        return bool(answers[question.column(label)].fillna(False).any())
    return bool((answers[question.id] == label).any())


def success_report(result: Result, codebook: Codebook, checks: Checks) -> list[str]:
    """The report of an import that went well: who was counted, what to look at, and then
    everything else."""
    to_look_at = notices(result, codebook)
    verdict = "  \n".join(counted_lines(result, to_look_at))
    dropped = dropped_columns(result.export, result.mapping.columns)
    return [
        *report.opening(result.export, codebook, verdict, list_lines("Se på", to_look_at)),
        *report.outcome_lines(result.outcomes, checks),
        *list_lines("Baser", base_lines(result)),
        *list_lines("Stikprøven", frame_lines(result, codebook)),
        *report.dropped_lines(dropped),
        *report.mapping_lines(result.mapping, codebook),
    ]


def base_lines(result: Result) -> list[str]:
    """How people are counted who left all boxes of a question empty."""
    went_on = [
        f"{name}: {thousands(count)} spurgte satte intet kryds; de tæller med i basen."
        for name, count in result.checked.nothing_ticked.items()
        if count
    ]
    stopped = [
        f"{name}: {thousands(count)} spurgte holdt op, før de satte et kryds eller gik "
        "videre; de tæller ikke med i basen."
        for name, count in result.checked.not_reached.items()
        if count
    ]
    return [*went_on, *stopped]


def frame_lines(result: Result, codebook: Codebook) -> list[str]:
    """What is known of those who were invited."""
    frame = result.frame
    invited = [] if frame.invited is None else [f"Inviterede i alt: {thousands(frame.invited)}."]
    tables = ", ".join(f"frame/{codebook.survey}/{name}.csv" for name in frame.tables)
    return [*invited, *frame.notes, *([f"Tabeller: {tables}."] if tables else [])]
