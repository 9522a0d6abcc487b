"""Stable ids of published numbers: what a number is, in words that an address and a file name take.

The parts are round, survey, edition, question, breakdown and group (or "alle"), answer and measure,
with a full stop between: "foraaret-2026.elever.skovskolen.trivsel.alle.enig.andel". They
come from the wordings, never from an order. An id is also an XML name and a part of an address.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import slug
from helpers.survey.questions import Question

# what is measured
SHARE, WEIGHTED_SHARE = "andel", "vaegtet-andel"
MEAN, WEIGHTED_MEAN = "gennemsnit", "vaegtet-gennemsnit"
EVERYBODY = "alle"
SYNTHETIC, REAL = "syntetisk", "svar"
LONGEST = 40  # letters of a wording
DIGITS = 6  # of a digest


def round_id(manifest: Manifest) -> str:
    """A collection round's name in ids: when it was, or else its title; it says of synthetic
    answers that they are."""
    kind = SYNTHETIC if manifest.synthetic else REAL
    return f"{kind}-{word(manifest.dated or manifest.title)}"


def word(text: str) -> str:
    """A wording as one word: "Meget enig eller enig" -> meget-enig-eller-enig; of a long one its
    beginning and a digest."""
    whole = plain(text)
    if len(whole) <= LONGEST:
        return whole or digest(text)
    return f"{whole[: LONGEST + 1].rpartition('-')[0] or whole[:LONGEST]}-{digest(text)}"


def plain(text: str) -> str:
    """The letters and digits of a wording, with a hyphen for all that stands between them."""
    return "-".join(filter(None, map(slug, re.findall(r"[^\W_]+", text))))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def words(labels: Iterable[str]) -> dict[str, str]:
    """A word for each label; those that would have the same ("< 5", "> 5") have a digest too."""
    found = {label: word(label) for label in labels}
    times = Counter(found.values())
    return {
        label: made if times[made] == 1 else f"{made}-{digest(label)}"
        for label, made in found.items()
    }


@dataclass(frozen=True)
class NumberIds:
    """The ids of a survey's numbers in one round (`round_id`)."""

    round: str
    codebook: Codebook

    @cached_property
    def answers(self) -> dict[str, dict[str, str]]:
        """Question -> answer, an option or a sum -> its word."""
        return {one.id: words(dict.fromkeys(answers_of(one))) for one in self.codebook.tabulated}

    @cached_property
    def groups(self) -> dict[str, dict[str, str]]:
        """Breakdown -> group -> its word."""
        return {by.id: words(one.label for one in by.groups) for by in self.codebook.breakdowns}

    def edition(self, place: str) -> str:
        """What the ids of an edition's numbers begin with, by the edition's name."""
        return f"{self.round}.{self.codebook.survey}.{slug(place)}"

    def table(self, place: str, question: str, breakdown: str = "") -> str:
        """The id of a table: what those of its numbers begin with. A battery's is its own."""
        return f"{self.edition(place)}.{question}.{breakdown or EVERYBODY}"

    def number(
        self,
        place: str,
        question: str,
        breakdown: str,
        group: str,
        answer: str,
        measure: str = SHARE,
    ) -> str:
        """The id of one number; `breakdown` and `group` are "" of everybody, and `answer` is of a
        mean, whose `question` may be an index."""
        among = [self.groups[breakdown][group]] if breakdown else []
        given = [self.answers[question][answer]] if answer else []
        return ".".join((self.table(place, question, breakdown), *among, *given, measure))


def answers_of(question: Question) -> tuple[str, ...]:
    """All that a question has a share of: its options, and what adds several of them up."""
    return (*question.labels, *(sum_.label for sum_ in question.combined.values()))
