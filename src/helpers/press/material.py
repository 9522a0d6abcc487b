"""The editions to be made from a dataset, and what a reader is told about each."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.disclosure.number_ids import NumberIds, round_id
from helpers.disclosure.opening import open_rounds
from helpers.disclosure.rules import Rules
from helpers.disclosure.weighted import choice, estimates_of
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import Edition, find_edition
from helpers.survey.questions import Places


@dataclass(frozen=True)
class Subject:
    """One edition with its number of respondents; None when that number is hidden."""

    edition: Edition
    respondents: int | None


@dataclass(frozen=True)
class Material:
    """What all editions share: the dataset's manifest and folder, the disclosure rules, and every
    edition there is.

    `earlier` are the folders of the collection rounds before it, the oldest first.
    """

    manifest: Manifest
    rules: Rules
    folder: Path
    subjects: tuple[Subject, ...]
    # the survey that has the editions first, then the dataset's others
    codebooks: tuple[Codebook, ...] = ()
    earlier: tuple[Path, ...] = ()
    weighting: str = UNWEIGHTED
    margins: tuple[str, ...] = ()  # what the shares are weighted by, in words
    ids: tuple[NumberIds, ...] = ()  # of the numbers of each codebook's survey

    @property
    def dataset(self) -> str:
        """The rounds as a notebook's parameter names them (`dataset.open_rounds`)."""
        return os.pathsep.join(map(str, (*self.earlier, self.folder)))

    @property
    def has(self) -> frozenset[str]:
        """What pages may need: the surveys with answers, "report", and "rounds" when there are
        several."""
        return self.manifest.has | (frozenset({"rounds"}) if self.earlier else frozenset())

    @property
    def places(self) -> Places:
        """What the editions are."""
        return self.codebooks[0].places

    def where(self, subject: Subject) -> str:
        """Where an edition's answers are from, inside a sentence: " i Vejle Kommune"; "" of the
        whole."""
        name = self.places.full(subject.edition.name)
        return "" if subject.edition.is_country else f" {self.places.at} {name}"

    @property
    def country(self) -> Subject:
        return next(subject for subject in self.subjects if subject.edition.is_country)

    @property
    def municipalities(self) -> tuple[Subject, ...]:
        return tuple(subject for subject in self.subjects if not subject.edition.is_country)

    def chosen(self, names: Iterable[str | int] | None) -> tuple[Subject, ...]:
        """The editions with these names, in the order of the shelf; all of them for None. Raises
        UserError for an unknown name."""
        if names is None:
            return self.subjects
        wanted = {
            find_edition(name, [subject.edition for subject in self.subjects]) for name in names
        }
        return tuple(subject for subject in self.subjects if subject.edition in wanted)


def load_material(
    dataset: str | Path, survey: str | None = None, weighting: str = UNWEIGHTED
) -> Material:
    """The editions of a dataset. Computes its releasable estimates if they are not stored; raises
    UserError for a bad dataset."""
    *earlier, opened = open_rounds(dataset)
    survey = survey or opened.main
    estimates = estimates_of(opened, survey, weighting)
    for one in earlier:
        estimates_of(one, survey, weighting)  # now, and not by several pages at once
    subjects = tuple(
        Subject(edition, estimates.respondents(edition.slug)) for edition in estimates.editions
    )
    margins = (
        tuple(
            estimates.codebook.question(question).short.lower()
            for question in estimates.weighting.questions
        )
        if estimates.weighting
        else ()
    )
    others = tuple(opened.codebook(name) for name in opened.manifest.surveys if name != survey)
    codebooks = (estimates.codebook, *others)
    return Material(
        opened.manifest.of(survey),
        estimates.rules,
        opened.folder,
        subjects,
        codebooks,
        tuple(one.folder for one in earlier),
        choice(weighting),
        margins,
        tuple(NumberIds(round_id(opened.manifest.of(one.survey)), one) for one in codebooks),
    )
