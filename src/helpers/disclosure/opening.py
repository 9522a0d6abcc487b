"""Datasets as they may be published: of several collection rounds, and of one that follows
another."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.disclosure.rules import load_rules
from helpers.errors import UserError
from helpers.paths import STANDARD
from helpers.survey.dataset import Dataset, open_folder
from helpers.survey.following import changed, too_few


def open_rounds(names: str | Path = STANDARD) -> tuple[Dataset, ...]:
    """The datasets of a list of folders (as in PATH: with a colon between, or on Windows a
    semicolon): a survey's collection rounds, the oldest first. A dataset that follows a published
    one gives way to it as long as too few answers are new. Raises UserError when one is missing,
    unreadable or there twice."""
    rounds = tuple(publishable(open_folder(name)) for name in str(names).split(os.pathsep) if name)
    if len({one.folder for one in rounds}) < len(rounds):
        raise UserError(
            f"Det samme datasæt er angivet to gange: {names}. Angiv hver måling én gang, den "
            "ældste først."
        )
    return rounds or (publishable(open_folder(str(names))),)


def open_dataset(name: str | Path = STANDARD) -> Dataset:
    """The dataset in a folder; a bare name means a folder in data/, and of several rounds it is the
    newest, given last.

    Raises UserError when it is not there or not readable.
    """
    return open_rounds(name)[-1]


def publishable(dataset: Dataset) -> Dataset:
    """The dataset, or what is published of the one that it follows, when a municipality has too few
    new answers. Raises UserError when that one is not there."""
    follows = dataset.manifest.follows
    if not follows:
        return dataset
    earlier = publishable(open_folder(str(dataset.folder / follows)))
    for survey in set(dataset.manifest.surveys) & set(earlier.manifest.surveys):
        people = changed(earlier.answers(survey), dataset.answers(survey), dataset.codebook(survey))
        if too_few(people, load_rules(dataset.rules_path).minimum_base):
            return earlier
    return dataset
