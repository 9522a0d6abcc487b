"""Numbers and comparisons typed in book/*.md, where they stand in every edition whatever the
answers are.

A number may be a date, a page, a target group's own number, or what the report prints on the page
that the sentence refers to: "5.778 personer (s. 5)". A comparison may be the report's, with its
page, or a word that is quoted (»flest«) or explained in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers.authoring.checks.typed import DECIDE, NUMBERED, claimed
from helpers.authoring.problems import Problem
from helpers.reports.published import load_published, published_surveys
from helpers.survey.codebook import Codebook, main_of

MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
DATE = re.compile(rf"\b\d{{1,2}}\. (?:{MONTHS})\b(?: \d{{4}})?|\b(?:19|20)\d\d\b")
PAGES = re.compile(r"\bs\. (\d+)(?:(?:,| og) (\d+))*")
# What is no narrative: facts, remarks, code, addresses, quoted words, words that are explained.
NOT_SAID = re.compile(r"\{\{.*?\}\}|<!--.*?-->|<[^>]+>|`[^`]*`|\]\([^)]*\)|»[^«]*«|\*\*[^*]+\*\*")
FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"\d[\d.]*\d|\d")
SENTENCE = re.compile(r"[^.!?:]+(?:[.!?:](?!\s+[A-ZÆØÅ*-]|\s*$)[^.!?:]*)*[.!?:]*")
MEND = (
    "Brug en oplysning som {{ svar }}, eller henvis til rapportens side med »(s. 5)«, hvis det "
    "er dér, tallet er trykt."
)


def prose_problems(folder: Path, root: Path, codebooks: Iterable[Codebook]) -> list[Problem]:
    """Digits and comparisons in the prose pages in `folder`, by file and line."""
    codebooks = tuple(codebooks)
    printed = numbers_by_page(codebooks)
    labels = sorted(
        {number for codebook in codebooks for number in codes_of(codebook)}, key=len, reverse=True
    )
    return [
        problem
        for path in sorted(folder.glob("*.md"))
        for problem in page_problems(path, root, printed, labels)
    ]


def page_problems(
    path: Path, root: Path, printed: dict[int, set[str]], labels: list[str]
) -> list[Problem]:
    found, file = [], path.relative_to(root).as_posix()
    text = FENCE.sub(lambda code: "\n" * code[0].count("\n"), path.read_text(encoding="utf-8"))
    for line, words in enumerate(text.splitlines(), start=1):
        for sentence in SENTENCE.findall(NOT_SAID.sub(" ", words)):
            pages = {
                int(number)
                for reference in PAGES.finditer(sentence)
                for number in re.findall(r"\d+", reference[0])
            }
            found += [
                Problem(file, 0, line, f"Tallet »{number}« er skrevet ind i teksten.", MEND)
                for number in numbers_in(sentence, labels)
                if not any(number in printed.get(page, ()) for page in pages)
            ]
            if not pages and not sentence.rstrip().endswith("?"):
                found += [
                    Problem(
                        file,
                        0,
                        line,
                        f"»{claim}« er en påstand om tallene, som måske ikke er sand i alle "
                        "udgaver.",
                        DECIDE,
                    )
                    for _, claim in claimed(line, sentence)
                ]
    return found


def numbers_in(sentence: str, labels: list[str]) -> list[str]:
    """The numbers of a sentence that are no date, page, theme or code of the codebook."""
    for known in (DATE, PAGES, NUMBERED):
        sentence = known.sub(" ", sentence)
    for label in labels:
        sentence = re.sub(rf"(?<![\d.]){re.escape(label)}(?![\d])", " ", sentence)
    return NUMBER.findall(sentence)


def codes_of(codebook: Codebook) -> set[str]:
    """The numbers that answers begin with: "6.1" of "6.1 - Dagpengemodtager"."""
    labels = (label for question in codebook.questions for label in question.labels)
    return {found[0] for label in labels if (found := re.match(r"\d\.\d(?= - )", label))}


def numbers_by_page(codebooks: Iterable[Codebook]) -> dict[int, set[str]]:
    """Every number that the main survey's report prints, as it is printed, by its page."""
    codebook, pages = main_of(codebooks), dict[int, set[str]]()
    if codebook.survey in published_surveys():
        rows = load_published(codebook.survey, codebook=codebook)
        for page, value in zip(rows["page"], rows["value"]):
            if pd.notna(value):
                pages.setdefault(int(page), set()).add(f"{value:,.0f}".replace(",", "."))
    return pages
