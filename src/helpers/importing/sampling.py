"""The sampling frame: everybody who was invited, counted by what is known of those who never
answered too."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.importing.respondents import People
from helpers.importing.status import REJECTED, SENT, Status
from helpers.survey.codebook import Codebook
from helpers.survey.danish_order import in_danish_order

ENOUGH = 10  # answers from a municipality before it is no accident that nobody there was silent


@dataclass(frozen=True)
class Frame:
    """One table per background (columns label, sample), how many were invited, and what a reader
    should know of it.

    `invited` is None when the answers came through a common link and nobody knows how many got it;
    `common_links` are the municipalities where that is so.
    """

    tables: dict[str, pd.DataFrame]
    invited: int | None
    notes: tuple[str, ...]
    common_links: tuple[str, ...] = ()


def sampling_frame(
    given: pd.DataFrame, people: People, codebook: Codebook, status: Status, known_share: float
) -> Frame:
    """The frame that the rows of an export make up."""
    answering = people.respondents | people.screened_out
    if codebook.participation:
        return Frame(
            {},
            int(people.invited.sum()),
            ("Alle inviterede har en række i datasættet; de, der ikke svarede, også.",),
        )
    silent = people.invited & ~answering
    if not silent.any():
        why = (
            "eksporten har ingen status"
            if not status
            else "ingen har status som inviteret uden svar"
        )
        return Frame(
            {},
            None,
            (
                f"Der er ingen stikprøve at holde svarene op imod: {why}. Svarene er formentlig "
                "samlet ind med et fælles link.",
            ),
        )
    notes = []
    if status and not status.is_(SENT, REJECTED).any():
        notes.append(
            "Ingen har status Distribueret; stikprøven er dem, der åbnede skemaet uden at svare, "
            "og dem, der svarede."
        )
    tables = {}
    for question in codebook.questions:
        if question.role != "background" or question.type == "multiple":
            continue
        values = given[question.id]
        known = values[silent].notna().mean()
        if known < known_share:
            notes.append(
                f"{question.short}: ukendt for dem, der ikke svarede, og derfor ikke en del af "
                "stikprøven."
            )
            continue
        if unknown := int(values[people.invited].isna().sum()):
            notes.append(
                f"{question.short}: ukendt for {unknown} af de inviterede; de er ikke "
                "med i fordelingen."
            )
        counts = values[people.invited].value_counts()
        labels = question.labels or values.cat.categories
        tables[question.id] = pd.DataFrame(
            {"label": labels, "sample": [int(counts.get(label, 0)) for label in labels]}
        )
    municipality = codebook.municipality_question
    if municipality and municipality.id in tables:
        links = without_frame(given[municipality.id], silent, answering)
        notes += [
            (
                f"{name}: alle i eksporten har svaret, så kommunen har brugt et fælles link. "
                "Stikprøven tæller dens besvarelser."
            )
            for name in links
        ]
    else:
        links = ()
    return Frame(tables, int(people.invited.sum()), tuple(notes), links)


def without_frame(
    municipality: pd.Series, silent: np.ndarray, answering: np.ndarray
) -> tuple[str, ...]:
    """The municipalities where everybody in the export answered: they used a common link."""
    answers = municipality[answering].value_counts()
    return tuple(
        in_danish_order(set(answers.index[answers >= ENOUGH]) - set(municipality[silent].dropna()))
    )
