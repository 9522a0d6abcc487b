"""Releasable estimates: the only thing a page can open."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import helpers
from helpers.disclosure.audit import Audit, audit
from helpers.disclosure.estimates_file import Shelved, write_estimates
from helpers.disclosure.protected_means import protected_means
from helpers.disclosure.protection import protection_of
from helpers.disclosure.published_means import NO_MEANS, Means
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import Rules, load_rules
from helpers.disclosure.shares import Published
from helpers.disclosure.shares import respondents as told_by_tables
from helpers.disclosure.taking_part import participation_of
from helpers.disclosure.weights_told import Weighting
from helpers.files import mark_used, replacing
from helpers.installed import COUNTING, environment
from helpers.paths import BUILD
from helpers.statistics.comparisons import Families, compared
from helpers.statistics.pairs import paired_comparisons
from helpers.statistics.participation import Participation
from helpers.survey.codebook import Codebook
from helpers.survey.counting import rows_by
from helpers.survey.dataset import Dataset, Manifest
from helpers.survey.editions import COUNTRY, Edition, editions_of
from helpers.survey.mean_scores import mean_scores
from helpers.survey.sample import invited, invited_in_all, populations, respondents
from helpers.survey.tabulation import tabulate


@dataclass(frozen=True)
class Tables:
    """An edition's estimates with texts in place of categories, and the row numbers of each table,
    by (question, breakdown)."""

    estimates: pd.DataFrame
    rows: Mapping[tuple[str, str], np.ndarray]

    @cached_property
    def asked(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The tables that were asked for; a page asks for most of them several times."""
        return {}

    def table(self, which: tuple[str, str]) -> pd.DataFrame:
        """The rows of one table, read once; none when there is no such table."""
        if which not in self.asked:
            self.asked[which] = self.rows_of(which)
        return self.asked[which].copy()  # which nobody's changes reach

    def rows_of(self, which: tuple[str, str]) -> pd.DataFrame:
        rows = self.rows.get(which, np.array([], int))
        # as all tables are: a slice copies nothing
        together = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
        return self.estimates.iloc[slice(rows[0], rows[-1] + 1) if together else rows].reset_index(
            drop=True
        )


def tables_of(estimates: pd.DataFrame) -> Tables:
    """An edition's estimates, ready to be asked for tables."""
    texts = dict.fromkeys(["edition", "question", "breakdown", "group", "answer", "hidden"], str)
    return Tables(
        estimates.astype(texts),
        rows_by(estimates, ["question", "breakdown"]),
    )


@dataclass(frozen=True)
class Releasable:
    """A dataset's estimates of one survey, after disclosure control. With a `weighting` they have
    weighted shares too."""

    published: Published | Shelved
    manifest: Manifest
    # per municipality whose sample is known
    invited: Mapping[str, int] = field(default_factory=dict)
    invited_in_all: int | None = None  # in the whole country, where that is known
    weighting: Weighting | None = None
    # an edition's unweighted comparisons, or None where they are not stored
    compared: Callable[[str], pd.DataFrame | None] | None = None
    # the same people's answers held against each other, in every edition
    paired: Callable[[], pd.DataFrame] | None = None
    # the tests of batteries' statements, in every edition
    items: Callable[[], pd.DataFrame] | None = None
    # the published means of scores
    scored: Callable[[], Means] | None = None
    # how many took part, person by person, by the slug of each edition
    counted: Mapping[str, int] = field(default_factory=dict)

    @property
    def codebook(self) -> Codebook:
        return self.published.codebook

    @property
    def rules(self) -> Rules:
        return self.published.rules

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The whole country and each municipality, in Danish order."""
        question = self.codebook.municipality_question
        return editions_of(question.labels if question else (), self.codebook.places.whole_name)

    @property
    def country(self) -> Edition:
        """The whole country's edition, or that of what the codebook has in its place."""
        return self.editions[0]

    @cached_property
    def editions_read(self) -> dict[str, Tables]:
        """The tables of the editions that were asked for."""
        return {}

    def tables(self, edition: str) -> Tables:
        """All tables of an edition. To read them takes longer than what is then asked of them."""
        if edition not in self.editions_read:
            self.editions_read[edition] = tables_of(self.published.of(edition))
        return self.editions_read[edition]

    @cached_property
    def asked(self) -> dict[tuple[str, str, str | None], Any]:
        """What pages have made of the estimates, by edition, question and breakdown: a page asks
        for the same several times."""
        return {}

    def close_all_but(self, *editions: str) -> None:
        """Forgets the tables and comparisons of other editions, which a process that goes through
        all of them would gather."""
        for other in self.editions_read.keys() - set(editions):
            del self.editions_read[other]
        for key in [key for key in self.asked if key[0] not in editions]:
            del self.asked[key]
        self.comparisons.close_all_but(*editions)

    @cached_property
    def comparisons(self) -> Families:
        """Which answers differ between groups by more than chance, theme by theme."""
        weighted, stored = (
            (self.weighting.p_values, None) if self.weighting else (None, self.compared)
        )
        return Families(
            self.published.of, self.codebook, weighted, stored, self.took_part, self.items_of
        )

    @cached_property
    def participations(self) -> dict[str, Participation]:
        """Who took part, by the name of each edition where that is known."""
        found = {edition.name: participation_of(self, edition) for edition in self.editions}
        return {name: participation for name, participation in found.items() if participation}

    def answered_of_invited(self, edition: Edition) -> tuple[int, int] | None:
        """How many took part in an edition, of how many who were asked to; None where either is not
        known."""
        if known := self.participations.get(edition.name):
            return known.respondents, known.everybody
        answered = self.respondents() if edition.is_country else None
        return (answered, self.invited_in_all) if answered and self.invited_in_all else None

    def took_part(self, edition: str, group: str = "") -> Participation | None:
        """Who took part in an edition, by its slug, or in a group that is a municipality."""
        names = {one.slug: one.name for one in self.editions}
        return self.participations.get(group, self.participations.get(names[edition]))

    def items_of(self, edition: str) -> pd.DataFrame | None:
        """An edition's tests of batteries' statements, as `pairs` has them; None where there are
        none."""
        return None if self.items is None else of_edition(self.items(), edition)

    @cached_property
    def means(self) -> Means:
        """The published means of what has scores in the codebook."""
        return self.scored() if self.scored else NO_MEANS

    def pairs_of(self, edition: str, subject: str, answer: str = "") -> pd.DataFrame | None:
        """What is known of the same people's answers to a question, or of a battery's statements
        and an answer: one row per pair, as `pairs` has them; None where there are none."""
        if self.paired is None:
            return None
        found = of_edition(self.paired(), edition)
        return found[(found["subject"] == subject) & (found["answer"] == answer)]

    def table(
        self, question: str, breakdown: str | None = None, edition: str = COUNTRY.slug
    ) -> pd.DataFrame:
        """One row per (group, answer) of a question, in the codebook's order, combined answers last
        in each group.

        Columns as in `Published`: edition, question, breakdown, group, answer, combined, share, low
        and high (0-1), step (per cent), base, count (where it is exact), hidden (a reason or "").
        Raises UserError when there is no such question or breakdown.
        """
        self.codebook.question(question)
        if breakdown:
            self.codebook.breakdown(breakdown)
        return self.tables(edition).table((question, breakdown or ""))

    def base(
        self, question: str, edition: str = COUNTRY.slug, breakdown: str = "", group: str = ""
    ) -> int | None:
        """How many answered the question in a group, or None when that is hidden."""
        table = self.table(question, breakdown, edition)
        base = table.loc[table["group"] == group, "base"]
        return None if base.empty or pd.isna(base.iloc[0]) else int(base.iloc[0])

    def respondents(self, edition: str = COUNTRY.slug) -> int | None:
        """How many people stand behind an edition, exactly; None where that is not told."""
        if self.answered:
            return (
                self.answered.get(edition)
                if self.answered.get(edition, 0) >= self.rules.minimum_base
                else None
            )
        # An invented release without answers behind it.
        everybody = next((q for q in self.codebook.tabulated if q.asked_if is None), None)
        return self.base(everybody.id, edition) if everybody else None

    @cached_property
    def answered(self) -> dict[str, int]:
        """How many answered in each municipality and in the country, by slug; empty where that is
        not told."""
        return dict(self.counted) or told_by_tables(self.published.of(COUNTRY.slug), self.codebook)


def of_edition(rows: pd.DataFrame, edition: str) -> pd.DataFrame:
    """The rows of one edition."""
    return rows[rows["edition"] == edition]


def release_key(dataset: Dataset, survey: str) -> str:
    """A hash of all that the estimates depend on: the answers, the codebook, the rules, the code of
    the rooms that work them out, and what is installed of what these count with."""
    digest = hashlib.sha256(dataset.fingerprint(survey).encode())
    digest.update(environment(*COUNTING).encode())
    house = Path(helpers.__file__).parent
    sources = [
        path
        for room in ("survey", "statistics", "disclosure")
        for path in sorted((house / room).glob("*.py"))
    ]
    for path in (dataset.codebook_path(survey), dataset.rules_path, *sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Stored:
    """The files of what is worked out once for a dataset: protected estimates, their audit, and
    each edition's comparisons."""

    estimates: Path

    @property
    def audit(self) -> Path:
        return self.estimates.with_name(f"{self.estimates.stem}-audit.parquet")

    @property
    def items(self) -> Path:
        return self.estimates.with_name(f"{self.estimates.stem}-items.parquet")

    @property
    def pairs(self) -> Path:
        return self.estimates.with_name(f"{self.estimates.stem}-pairs.parquet")

    @property
    def means(self) -> Path:
        return self.estimates.with_name(f"{self.estimates.stem}-means.parquet")

    @property
    def people(self) -> Path:
        return self.estimates.with_name(f"{self.estimates.stem}-people.json")

    def read_people(self) -> dict[str, int]:
        """How many took part, by the slug of each edition."""
        return json.loads(self.people.read_text())

    def read_means(self) -> Means:
        """The published means."""
        return Means(pd.read_parquet(self.means))

    def read_items(self) -> pd.DataFrame:
        """The tests of batteries' statements."""
        return pd.read_parquet(self.items)

    def read_pairs(self) -> pd.DataFrame:
        """The same people's answers held against each other."""
        return pd.read_parquet(self.pairs)

    @property
    def are_there(self) -> bool:
        """Whether all that is worked out once is there."""
        return all(
            path.exists()
            for path in (
                self.audit,
                self.means,
                self.items,
                self.pairs,
                self.people,
                self.estimates,
            )
        )

    def comparisons(self, edition: str) -> Path:
        return self.estimates.with_name(f"{self.estimates.stem}-comparisons") / f"{edition}.parquet"

    def read_comparisons(self, edition: str) -> pd.DataFrame | None:
        """An edition's comparisons, or None where `store_comparisons` has not been there."""
        path = self.comparisons(edition)
        return pd.read_parquet(path) if path.is_file() else None


def stored(dataset: Dataset, survey: str) -> Stored:
    """What is worked out for a dataset; estimates and audit are worked out now when they are not
    there."""
    files = Stored(BUILD / "estimates" / f"{survey}-{release_key(dataset, survey)}.parquet")
    if not files.are_there:
        codebook = dataset.codebook(survey)
        answers = dataset.answers(survey)
        protection = protection_of(
            tabulate(codebook, answers),
            questionnaire_of(codebook, answers),
            load_rules(dataset.rules_path),
        )
        scores = mean_scores(codebook, answers)
        means = protected_means(scores, protection, codebook, protection.published.rules)
        with replacing(files.audit) as unfinished:
            audit(protection, means).counts.to_parquet(unfinished, index=False)
        with replacing(files.means) as unfinished:
            means.means.rows.to_parquet(unfinished, index=False)
        store_pairs(dataset, codebook, answers, files)
        with replacing(files.people) as unfinished:
            unfinished.write_text(json.dumps(respondents(codebook, answers)))
        write_estimates(protection.published.estimates, files.estimates)
    mark_used(files.estimates)
    return files


def store_pairs(dataset: Dataset, codebook: Codebook, answers: pd.DataFrame, files: Stored) -> None:
    """Works out what is known of the same people's answers to several questions."""
    made = paired_comparisons(codebook, answers, populations(dataset, codebook, answers))
    for rows, path in ((made.items, files.items), (made.pairs, files.pairs)):
        with replacing(path) as unfinished:
            rows.to_parquet(unfinished, index=False)


def store_comparisons(dataset: Dataset, survey: str, edition: str) -> None:
    """Works out an edition's comparisons for all its pages, unless they are there: a page without
    them makes those of its theme."""
    path = stored(dataset, survey).comparisons(edition)
    if not path.is_file():
        with replacing(path) as unfinished:
            compared(releasable(dataset, survey).comparisons, edition).to_parquet(
                unfinished, index=False
            )


def audit_of(dataset: Dataset, survey: str) -> Audit:
    """What is hidden in a dataset's estimates and why, and how the attack on them went."""
    return Audit(load_rules(dataset.rules_path), pd.read_parquet(stored(dataset, survey).audit))


def releasable(dataset: Dataset, survey: str) -> Releasable:
    """The dataset's releasable estimates; computed once, then read from _build/estimates."""
    rules, codebook = load_rules(dataset.rules_path), dataset.codebook(survey)
    files, manifest = stored(dataset, survey), dataset.manifest.of(survey)
    return opened(
        Source(
            files,
            manifest.model_dump_json(),
            tuple(invited(dataset, codebook).items()),
            invited_in_all(dataset, codebook),
            codebook,
            rules,
            manifest,
        )
    )


@dataclass(frozen=True)
class Source:
    """What a release is read from, told from others by its files (whose names are the key of
    codebook, rules and answers), manifest and sample."""

    files: Stored
    told: str
    sample: tuple[tuple[str, int], ...]
    invited_in_all: int | None
    codebook: Codebook = field(compare=False)
    rules: Rules = field(compare=False)
    manifest: Manifest = field(compare=False)


@lru_cache(maxsize=8)
def opened(source: Source) -> Releasable:
    """The stored estimates, each edition's read once in a process: a page and its narrow figures
    then share what is worked out from them."""
    shelved = Shelved(source.files.estimates, source.codebook, source.rules)
    return Releasable(
        shelved,
        source.manifest,
        dict(source.sample),
        source.invited_in_all,
        compared=source.files.read_comparisons,
        paired=lru_cache(source.files.read_pairs),
        items=lru_cache(source.files.read_items),
        scored=lru_cache(source.files.read_means),
        counted=source.files.read_people(),
    )
