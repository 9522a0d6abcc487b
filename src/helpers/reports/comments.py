"""What respondents wrote in their own words, as a report prints it, checked when it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import field_validator

from helpers.errors import UserError, nearest
from helpers.reports.published import FOLDER
from helpers.survey.codebook import Codebook, load_codebook, surveys
from helpers.survey.yaml_lines import Record, line_of, parse, read_yaml

FILE = "comments.yaml"
SOFT_HYPHEN = "\u00ad"


class Comment(Record):
    """One printed comment: whose report prints it, on which page, which question or battery it is
    `about`, and its `text`, word for word, with the report's own quotation marks if it has any."""

    survey: str
    page: int
    about: str
    text: str

    @field_validator("page")
    @classmethod
    def counts_from_one(cls, page: int) -> int:
        if page < 1:
            raise ValueError("sidetallet skal være mindst 1")
        return page

    @field_validator("text")
    @classmethod
    def is_said(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("kommentaren er tom")
        # What a text extraction leaves behind, and the respondent never wrote.
        if text != " ".join(text.split()) or SOFT_HYPHEN in text:
            raise ValueError(
                "kommentaren må ikke have linjeskift, bløde bindestreger eller ekstra mellemrum"
            )
        return text


class Comments(Record):
    """The file of comments."""

    comments: tuple[Comment, ...]


def load_comments(
    survey: str, path: Path | None = None, codebook: Codebook | None = None
) -> tuple[Comment, ...]:
    """The comments that the survey's report prints, in the file's order; none where it prints none.

    Raises UserError that names the file and the line of a page under 1, of an empty comment or one
    that is there twice, and of a question that the survey's codebook does not have.
    """
    path = path or FOLDER / FILE
    every = parse(path, Comments).comments
    own = tuple(comment for comment in every if comment.survey == survey)
    questions = known_questions(codebook or load_codebook(survey)) if own else ()
    for place, field, mistake in mistakes(every, survey, questions):
        line = line_of(read_yaml(path), ("comments", place, field))
        raise UserError(
            f"{path}, linje {line}: comments.{place}.{field}: {mistake} Ret linjen, og prøv igen."
        )
    return own


def known_questions(codebook: Codebook) -> tuple[str, ...]:
    """The ids of the codebook's questions and batteries."""
    both = ((question.battery, question.id) for question in codebook.questions)
    return tuple(dict.fromkeys(key for keys in both for key in keys if key))


def mistakes(
    comments: tuple[Comment, ...], survey: str, questions: tuple[str, ...]
) -> Iterator[tuple[int, str, str]]:
    """Yields (place in the file, field, mistake) of comments that do not fit the codebook, or are
    there twice."""
    seen: set[tuple[str, str, str]] = set()
    known = {*surveys(), survey}  # a dataset may bring a survey of its own
    for place, comment in enumerate(comments):
        if comment.survey not in known:
            hint = nearest(comment.survey, sorted(known))
            yield place, "survey", f"undersøgelsen »{comment.survey}« findes ikke. {hint}".rstrip()
        if comment.survey == survey and comment.about not in questions:
            hint = nearest(comment.about, questions)
            mistake = f"spørgsmålet »{comment.about}« er ikke i kodebogen. {hint}".rstrip()
            yield place, "about", mistake
        if (comment.survey, comment.about, comment.text) in seen:
            yield place, "text", "kommentaren står to gange."
        seen.add((comment.survey, comment.about, comment.text))
