"""What stands on which page of a new book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.survey.codebook import Codebook
from helpers.survey.editions import slug
from helpers.survey.questions import Question

POSITIVE = "positive"  # the combined answer that a page tells of first
OVERALL = ("samlet", "alt i alt", "helhed", "overall", "sammantaget", "insgesamt")
KEY_FIGURES = 5  # on a front page beside the headline
LONGEST = 30  # letters of a title in an address
WHOLE = "Svarene"  # the one theme of a codebook that has none


@dataclass(frozen=True)
class Theme:
    """A page: its place among the themes, its title, and its questions in the questionnaire's
    order; of a battery the first statement."""

    number: int
    title: str
    questions: tuple[Question, ...]

    @property
    def slug(self) -> str:
        words = slug(self.title).split("-")
        short = [word for at, word in enumerate(words) if len("-".join(words[: at + 1])) <= LONGEST]
        return "-".join(["tema", str(self.number), *filter(None, short)])


@dataclass(frozen=True)
class Plan:
    """A new book: its themes, the background questions, what its questions are broken down by, and
    the question whose share is on the front page, if there is one."""

    codebook: Codebook
    themes: tuple[Theme, ...]
    background: tuple[Question, ...]
    by: tuple[str, ...]
    headline: Question | None

    @property
    def telling(self) -> tuple[Question, ...]:
        """The questions that a share can be told of in a sentence, the headline first."""
        every = [question for theme in self.themes for question in theme.questions]
        told = [question for question in every if tells(question)]
        return tuple(sorted(told, key=lambda question: question is not self.headline))

    @property
    def key_figures(self) -> tuple[tuple[Question, str], ...]:
        """The results that a front page shows, the headline first, each with the page that tells
        more."""
        return tuple(
            (question, theme.slug)
            for question in self.telling[: KEY_FIGURES + 1]
            for theme in self.themes
            if question in theme.questions
        )

    @property
    def has_places(self) -> bool:
        """Whether there are several editions."""
        return self.codebook.municipality_question is not None


def plan_of(codebook: Codebook, titles: Mapping[int, str]) -> Plan:
    """The plan of a codebook; `titles` are its themes' by number, as far as they are known."""
    asked = heads(codebook)
    answers = [question for question in asked if question.role == "answer"]
    numbers = sorted({question.theme for question in answers if question.theme})
    asked_in = {theme: tuple(q for q in answers if q.theme == theme) for theme in numbers}
    themes = [
        Theme(at, titles.get(theme, about(questions[0])), questions)
        for at, (theme, questions) in enumerate(asked_in.items(), start=1)
    ]
    if others := tuple(question for question in answers if not question.theme):
        themes.append(Theme(len(themes) + 1, WHOLE, others))
    background = [
        question
        for question in asked
        if question.role == "background" and not codebook.is_of_places(question)
    ]
    return Plan(codebook, tuple(themes), tuple(background), breakdowns(codebook), headline(answers))


def about(question: Question) -> str:
    """What a question is about, in a heading."""
    return (question.battery_short or question.short).rstrip(" …")


def heads(codebook: Codebook) -> list[Question]:
    """The questions that are tabulated, each battery once."""
    first: dict[str, Question] = {}
    for question in codebook.tabulated:
        first.setdefault(question.battery or question.id, question)
    return list(first.values())


def breakdowns(codebook: Codebook) -> tuple[str, ...]:
    """What answers are broken down by, without the places."""
    return tuple(
        one.id
        for one in codebook.breakdowns
        if not codebook.is_of_places(codebook.question(one.question))
    )


def tells(question: Question) -> bool:
    return POSITIVE in question.combined and not question.battery


def headline(questions: list[Question]) -> Question | None:
    """The question of the whole if one asks of it, else the first whose share can be told."""
    told = [question for question in questions if tells(question)]
    whole = (q for q in told if any(word in q.text.casefold() for word in OVERALL))
    return next(whole, told[0] if told else None)
