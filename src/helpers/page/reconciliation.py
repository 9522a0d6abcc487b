"""The report's printed numbers beside the numbers of the dataset, for the reader who wants to
check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.page.danish import decimal, number, quoted
from helpers.page.display import Html
from helpers.page.narrative import numbers
from helpers.page.printed_answers import QUOTATION
from helpers.page.sentences import Sentence
from helpers.page.tables import STUB, html_table
from helpers.reports.published import SEPARATOR, load_published
from helpers.reports.reconcile import (
    IMPOSSIBLE,
    LOST,
    REPRODUCED,
    STATUSES,
    UNEXPLAINED,
    reconcile_dataset,
)
from helpers.survey.codebook import Codebook

PER_CENT, POINTS = ("share", "frame_share", "share_somewhere"), ("difference", "representation")
HOLDS, FAILS, UNDECIDED = "holder", "holder ikke", "kan ikke afgøres"
MEANING = {
    REPRODUCED: "Datasættet giver det trykte tal, eller udsagnet holder.",
    IMPOSSIBLE: "Ingen svar kan give tallet sammen med rapportens øvrige tal; det er bevist.",
    UNEXPLAINED: "Datasættet giver et andet tal, uden at der er en forklaring.",
    LOST: "Tallet kan ikke læses i den udgave af rapporten, der ligger til grund.",
}


@dataclass(frozen=True)
class Reconciliation:
    """Every printed number and claim of the report with its verdict: the rows of
    `reconcile_dataset`."""

    rows: pd.DataFrame
    codebook: Codebook
    source: str

    def count(self, status: str | None = None) -> int:
        """How many rows have a status, or how many there are."""
        return len(self.rows if status is None else self.rows[self.rows["status"] == status])

    def tell(self, template: str) -> Sentence:
        """The template with {alle}, {genskabt}, {umulig}, {uforklaret} and {ulaeselig} filled
        in."""
        return numbers(
            template,
            alle=self.count(),
            genskabt=self.count(REPRODUCED),
            umulig=self.count(IMPOSSIBLE),
            uforklaret=self.count(UNEXPLAINED),
            ulaeselig=self.count(LOST),
        )

    def summary(self) -> Html:
        """One row per status: how many numbers and claims have it, and what it means."""
        frame = pd.DataFrame(
            [
                {STUB: status, "Antal": number(self.count(status)), "Betydning": MEANING[status]}
                for status in STATUSES
            ]
        )
        made = html_table(
            frame,
            "tabel-status",
            "Trykte tal og udsagn efter status",
            "Status",
            [self.source],
            folded=False,
            left=("Betydning",),
        )
        record = {
            "verb": "reconciliation",
            "survey": self.codebook.survey,
            "arguments": {},
            "title": "Afstemning med rapporten",
        }
        return replace(made, record=record)

    def deviating(self) -> Html:
        """One row per printed number or claim that is not reproduced."""
        chosen = self.rows[self.rows["status"] != REPRODUCED]
        return self.listing(
            chosen, "tabel-afvigelser", "Trykte tal og udsagn, der ikke er genskabt", folded=False
        )

    def pages(self, first: int, last: int) -> Html:
        """One row per printed number or claim on the report's pages from `first` to `last`."""
        chosen = self.rows[self.rows["page"].between(first, last)]
        name = f"tabel-side-{first}-{last}"
        return self.listing(
            chosen,
            name,
            f"Rapportens side {first}-{last}: {number(len(chosen))} tal og udsagn",
            folded=True,
        )

    def claims(self) -> Html:
        """One row per claim that the report makes in words: where, whether it holds in the dataset,
        and what it was tested on."""
        noted = load_published(self.codebook.survey, codebook=self.codebook).set_index("row_id")[
            "note"
        ]
        rows = self.rows[self.rows["statistic"] == "claim"]
        rows = rows.assign(note=rows["row_id"].map(noted))
        asked = {
            question.id: question.battery or question.id for question in self.codebook.questions
        }
        rows = rows.assign(
            claim=[quotation(note) for note in rows["note"]], asked=rows["question"].map(asked)
        )
        records = [
            {
                STUB: number(page),
                "Udsagn": claim,
                "Dom": verdict(group),
                "Prøvet på": " ".join(dict.fromkeys(map(self.tested_on, group.itertuples()))),
            }
            for (page, claim, _), group in rows.groupby(["page", "claim", "asked"], sort=False)
        ]
        name, caption = (
            f"tabel-udsagn-{self.codebook.survey}",
            f"Rapportens udsagn og deres dom: {number(len(records))} udsagn",
        )
        notes = [f"Rapporten: {self.codebook.report}.", self.source]
        return html_table(
            pd.DataFrame(records),
            name,
            caption,
            "Side",
            notes,
            folded=True,
            left=("Udsagn", "Dom", "Prøvet på"),
            opener=caption,
        )

    def tested_on(self, row: Any) -> str:
        """The question, the answers and the figure that a claim turns on."""
        return (
            f"{self.subject(row)}: "
            f"{row.explanation.removesuffix(f'{row.note.rstrip(chr(46))}.').strip()}"
        )

    def listing(self, chosen: pd.DataFrame, name: str, caption: str, folded: bool) -> Html:
        columns = ("Hvad", "Trykt", "Genskabt", "Status", "Forklaring")
        records = [
            {STUB: f"{row.page} ({row.row_id})", **dict(zip(columns, self.texts(row)))}
            for row in chosen.itertuples()
        ]
        frame = pd.DataFrame(records, columns=[STUB, *columns])
        return html_table(
            frame,
            name,
            caption,
            "Side",
            [self.source],
            folded,
            left=("Hvad", "Status", "Forklaring"),
            opener=caption,
        )

    def texts(self, row: Any) -> tuple[str, ...]:
        """What is printed, the two numbers, the status and its explanation, as a reader sees
        them."""
        reproduced = measured(row.statistic, row.reproduced, exact=True)
        return (
            self.subject(row),
            measured(row.statistic, row.printed, exact=False),
            reproduced,
            row.status,
            row.explanation,
        )

    def subject(self, row: Any) -> str:
        """What the number is about: the question, the answers, the group, and where it stands."""
        answers = " eller ".join(
            quoted(answer) for answer in row.answers.split(SEPARATOR) if answer
        )
        parts = [self.codebook.question(row.question).short, answers, row.group, row.place]
        return " · ".join(part for part in parts if part)


def quotation(note: str) -> str:
    """The report's words, in quotation marks where the registry has them so."""
    found = QUOTATION.match(note)
    return found[0] if found else note.split(":")[0]


def verdict(rows: pd.DataFrame) -> str:
    """Of a claim that is tested on one or more rows: it holds when all of them do."""
    undecided = rows["status"].eq(LOST) | (
        rows["status"].eq(UNEXPLAINED) & rows["reproduced"].isna()
    )
    if (rows["status"].ne(REPRODUCED) & ~undecided).any():
        return FAILS
    return UNDECIDED if undecided.any() else HOLDS


def measured(statistic: str, value: float, exact: bool) -> str:
    """A printed or reproduced number with its unit; reproduced shares have one more digit than the
    printed ones."""
    if pd.isna(value):
        return "udsagn" if statistic == "claim" and not exact else ""
    if statistic in PER_CENT or statistic in POINTS:
        unit = "pct." if statistic in PER_CENT else "procentpoint"
        return f"{number(int(value)) if value == int(value) else decimal(value, 1)} {unit}"
    return "" if statistic == "claim" else number(int(value))


def reconciliation(
    dataset: str | Path, survey: str, codebook: Codebook, source: str
) -> Reconciliation:
    """The survey's reconciliation with a dataset."""
    return Reconciliation(reconcile_dataset(dataset, survey), codebook, source)
