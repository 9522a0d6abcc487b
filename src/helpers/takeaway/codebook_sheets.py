"""The codebook as tables."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.takeaway.grids import Column, Grid

KINDS = {"single": "ét svar", "multiple": "flere svar", "municipality": "ét svar"}
FREE_TEXT = "fri tekst, kodet i temaer"


def answers(codebooks: Sequence[Codebook]) -> Grid:
    """One row per answer option of each tabulated question, and per sum of options."""
    titles = (
        "Undersøgelse",
        "Spørgsmål",
        "Side i rapporten",
        "Ordlyd",
        "Type",
        "Stillet til",
        "Svar",
        "Lagt sammen af",
        "Ordlyd fra",
    )
    rows = []
    for codebook, question in ((book, each) for book in codebooks for each in book.tabulated):
        about = (
            codebook.title,
            question.id,
            question.page,
            wording(question),
            FREE_TEXT if question.free_text else KINDS[question.type],
            question.asked_of,
        )
        rows += [
            (
                *about,
                option.label,
                "",
                "rapporten" if option.source == "printed" else "sluttet af rapportens tal og tekst",
            )
            for option in question.options
        ]
        rows += [(*about, sum_.label, " | ".join(sum_.options), "") for sum_ in question.sums]
    return Grid(
        tuple(
            Column(title, "count" if title == "Side i rapporten" else "text") for title in titles
        ),
        tuple(rows),
    )


def wording(question: Question) -> str:
    """The question as asked; a battery's statement after what it was introduced by."""
    return f"{question.stem} {question.text}" if question.stem else question.text


def groups(codebooks: Sequence[Codebook]) -> Grid:
    """One row per group of a breakdown and answer option that it is made of."""
    rows = [
        (codebook.title, breakdown.title, group.label, option)
        for codebook in codebooks
        for breakdown in codebook.breakdowns
        for group in breakdown.groups
        for option in group.options
    ]
    return Grid(
        (Column("Undersøgelse"), Column("Opdeling"), Column("Gruppe"), Column("Svar, der indgår")),
        tuple(rows),
    )
