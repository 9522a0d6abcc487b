"""What the report prints on a question, answer by answer, and what it has not published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.errors import UserError
from helpers.page.danish import decimal, listed, number
from helpers.page.display import Html
from helpers.page.tables import PLACE, STUB, html_table
from helpers.reports.published import SEPARATOR, load_published
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

NOT_PUBLISHED = "ikke offentliggjort"
QUOTATION = re.compile("»[^«]*«")
# per cent: a claim as narrow as "9 ud af 10" gives a number, "mere end halvdelen" does not
WIDEST = 10
SETTLED, UNCERTAIN = "settled", "uncertain"


def table(codebook: Codebook, questions: Sequence[str]) -> Html:
    """One row per answer to the questions or batteries: what the report prints of it and where, or
    that it is not published."""
    published = load_published(codebook.survey, codebook=codebook)
    asked = [question for name in questions for question in codebook.battery(name)]
    records = [record for question in asked for record in rows_of(question, published)]
    notes = [
        f"Rapporten: {codebook.report}.",
        "»Udledt« er regnet ud af andre trykte tal. »Usikker læsning« kan forstås på flere måder.",
    ]
    name = f"tabel-trykt-{questions[0]}"
    return html_table(
        pd.DataFrame(records),
        name,
        "Det trykker rapporten om figurernes tal",
        "Svar",
        notes,
        folded=True,
        left=("Trykt i rapporten", "Side"),
        opener="Vis, hvad rapporten trykker",
    )


def rows_of(question: Question, published: pd.DataFrame) -> list[dict[str, str]]:
    """A line per option, and per sum of options that the report prints something about."""
    title = f"{question.stem}: {question.text}" if question.battery else question.text
    rows = rows_about(question, published)
    sums = dict.fromkeys(answers for answers in rows["answers"] if SEPARATOR in answers)
    lines = []
    for answers in (*question.labels, *sums):
        told = rows[rows["answers"] == answers]
        texts = dict.fromkeys(words(row) for row in told.itertuples())
        pages = listed(number(page) for page in sorted(set(told["page"])))
        lines.append(
            {
                PLACE: title,
                STUB: answers.replace(SEPARATOR, " eller "),
                "Trykt i rapporten": " · ".join(texts) or NOT_PUBLISHED,
                "Side": pages,
            }
        )
    return lines


def rows_about(question: Question, published: pd.DataFrame) -> pd.DataFrame:
    """The printed shares, counts and claims about the answers to a question."""
    own = published[
        (published["question"] == question.id)
        & published["statistic"].isin(("share", "count", "claim"))
    ]
    return own[own["answers"].ne("") & own["test"].ne("base_is") & own["breakdown"].eq("")]


def words(row: Any) -> str:
    """A printed number with its unit, or a claim in the report's words."""
    if row.statistic == "claim" or pd.isna(row.value):
        quotation = QUOTATION.match(row.note)
        return quotation[0] if quotation else row.note.split(":")[0]
    text = (
        number(int(row.value))
        if row.statistic == "count"
        else f"{decimal(row.value, 0 if row.precision >= 1 else 1)} pct."
    )
    return text + {SETTLED: " (udledt)", UNCERTAIN: " (usikker læsning)"}.get(row.reading, "")


def known_answers(rows: pd.DataFrame) -> set[str]:
    """The answers (or sums of answers) whose number the rows tell."""
    tells = rows["statistic"].ne("claim") | (rows["high"] - rows["low"]).le(WIDEST)
    return set(rows.loc[tells, "answers"])


def unprinted(codebook: Codebook, questions: Sequence[Question]) -> bool | None:
    """Whether the report prints nothing on these questions' answers (True), or only on some of them
    (None); else False."""
    published = load_published(codebook.survey, codebook=codebook)
    known = {question.id: known_answers(rows_about(question, published)) for question in questions}
    if not any(known.values()):
        return True
    return (
        False if all(set(question.labels) <= known[question.id] for question in questions) else None
    )


def without_number(codebook: Codebook, question: Question, answers: Sequence[str]) -> list[str]:
    """Those of the answers whose own number the report does not print."""
    known = known_answers(rows_about(question, load_published(codebook.survey, codebook=codebook)))
    return [
        answer for answer in answers if SEPARATOR.join(question.options_of(answer)) not in known
    ]


def row(codebook: Codebook, row_id: str) -> Any:
    """One printed number or claim, by its name in data/published. Raises UserError for an unknown
    name."""
    published = load_published(codebook.survey, codebook=codebook)
    found = published[published["row_id"] == row_id]
    if found.empty:
        raise UserError(f"»{row_id}« er ikke en række i data/published/{codebook.survey}.csv.")
    return next(found.itertuples())
