"""The words that a draft knows options, background and systems' own columns by: words.yaml, in five
languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from helpers.importing.wording import folded
from helpers.survey.yaml_lines import Record, parse

WORDS = Path(__file__).parent / "words.yaml"


class UnitWords(Record):
    """What respondents belong to: its forms in Danish, and the words that say it."""

    singular: str
    definite: str
    plural: str
    definite_plural: str
    neuter: bool = False
    at: str
    words: tuple[str, ...]

    @property
    def places(self) -> dict[str, str | bool]:
        """The codebook's words for these places; nobody knows whether they are all there are."""
        forms = self.model_dump(exclude={"words"}, exclude_defaults=True)
        return forms | {
            "named": "{navn} Kommune" if self.singular == "kommune" else "{navn}",
            "whole": f"alle {self.plural}",
            "rest": f"de andre {self.plural}",
        }


class Words(Record):
    """The content of words.yaml."""

    scales: dict[str, dict[int, tuple[str, ...]]]
    amounts: dict[str, tuple[tuple[str, ...], ...]]
    usual: tuple[tuple[str, ...], ...]
    middle: tuple[str, ...]
    dont_know: tuple[str, ...]
    not_asked: tuple[str, ...]
    other: tuple[str, ...]
    bounds: tuple[str, ...]
    months: tuple[str, ...]
    years: tuple[str, ...]
    below: tuple[str, ...]
    background: dict[str, tuple[str, ...]]
    sexes: tuple[str, ...]
    units: tuple[UnitWords, ...]
    which: tuple[str, ...]
    weights: tuple[str, ...]
    system: tuple[str, ...]
    system_endings: tuple[str, ...]
    ages: tuple[str, ...]
    birth: tuple[str, ...]
    openings: tuple[tuple[str, str], ...]


@cache
def words() -> Words:
    return parse(WORDS, Words)


@cache
def known(kind: str) -> frozenset[str]:
    """One of the flat lists of words.yaml, folded."""
    return frozenset(map(folded, getattr(words(), kind)))


def says(text: str, kind: str) -> bool:
    """Whether a text is one of the words of a kind and nothing else."""
    return folded(text) in known(kind)


def mentions(text: str, some: tuple[str, ...] | frozenset[str]) -> str:
    """The first of some words that stands in a text as whole words; "" when none does."""
    said = f" {folded(text.replace('_', ' '))} "
    return next((word for word in some if f" {folded(word)} " in said), "")


def unit_said(*texts: str) -> UnitWords | None:
    """What some texts say that respondents belong to."""
    for unit in words().units:
        if any(mentions(text, unit.words) for text in texts):
            return unit
    return None


def is_dont_know(label: str) -> bool:
    """Whether an option is no answer but that there is none: "Ved ikke", or two such in one."""
    parts = [part for part in re.split(r"[/,(]| eller | or ", label) if folded(part)]
    return bool(parts) and (
        says(label, "dont_know")
        or all(says(part, "dont_know") or says(part, "not_asked") for part in parts)
        and any(says(part, "dont_know") for part in parts)
    )


def is_other(label: str) -> bool:
    """Whether an option is "Andet", with what it asks to be written or without."""
    first = re.split(r"[,:;(–-]", label)[0]
    return says(first, "other")
