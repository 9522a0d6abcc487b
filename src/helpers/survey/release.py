"""Releasable estimates: the only thing a page can open."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.files import replacing
from helpers.paths import BUILD
from helpers.survey import codebook as codebook_module
from helpers.survey.codebook import Codebook
from helpers.survey.comparisons import Families
from helpers.survey.dataset import Dataset, Manifest
from helpers.survey.disclosure import Protected, Rules, load_rules
from helpers.survey.editions import COUNTRY, Edition, editions_of
from helpers.survey.sample import invited
from helpers.survey.shelved import Shelved, read_estimates, write_estimates
from helpers.survey.suppression.audit import Audit, audit
from helpers.survey.suppression.protection import protection_of
from helpers.survey.tabulation import tabulate

if TYPE_CHECKING:
    from helpers.survey.weighting.released import Weighting


@dataclass(frozen=True)
class Releasable:
    """A dataset's estimates of one survey, after disclosure control. With a `weighting` they have weighted shares too."""

    protected: Protected | Shelved
    manifest: Manifest
    invited: Mapping[str, int] = field(default_factory=dict)  # per municipality whose sample is known
    weighting: Weighting | None = None

    @property
    def codebook(self) -> Codebook:
        return self.protected.codebook

    @property
    def rules(self) -> Rules:
        return self.protected.rules

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The whole country and each municipality, in Danish order."""
        question = self.codebook.municipality_question
        return editions_of(question.labels if question else ())

    @cached_property
    def read(self) -> dict[tuple[str, str, str], pd.DataFrame]:
        """The tables that were asked for, by (edition, question, breakdown); a page asks for most of them several times."""
        return {}

    @cached_property
    def rows(self) -> dict[str, dict]:
        """Each table's row numbers in its edition, by the edition and then by (question, breakdown)."""
        return {}

    @cached_property
    def comparisons(self) -> Families:
        """Which answers differ between groups by more than chance, theme by theme."""
        return Families(self.protected.of, self.codebook, self.weighting.p_values if self.weighting else None)

    def table(self, question: str, breakdown: str | None = None, edition: str = COUNTRY.slug) -> pd.DataFrame:
        """One row per (group, answer) of a question, in the codebook's order, combined answers last in each group.

        Columns: edition, question, breakdown, group, answer, combined, count, base, share (0-1), hidden (a reason or "").
        Raises UserError when there is no such question or breakdown.
        """
        key = (edition, question, breakdown or "")
        if key not in self.read:
            self.codebook.question(question)
            if breakdown:
                self.codebook.breakdown(breakdown)
            estimates = self.protected.of(edition)
            if edition not in self.rows:
                self.rows[edition] = estimates.groupby(["question", "breakdown"], observed=True, sort=False).indices
            table = estimates.iloc[self.rows[edition].get(key[1:], [])].reset_index(drop=True)
            self.read[key] = table.astype(dict.fromkeys(["edition", "question", "breakdown", "group", "answer", "hidden"], str))
        return self.read[key].copy()  # which nobody's changes reach

    def base(self, question: str, edition: str = COUNTRY.slug, breakdown: str = "", group: str = "") -> int | None:
        """How many answered the question in a group, or None when that is hidden."""
        table = self.table(question, breakdown, edition)
        base = table.loc[table["group"] == group, "base"]
        return None if base.empty or pd.isna(base.iloc[0]) else int(base.iloc[0])

    def respondents(self, edition: str = COUNTRY.slug) -> int | None:
        """How many people stand behind an edition: the base of the first question that everybody is asked. None when hidden."""
        everybody = next((q for q in self.codebook.tabulated if q.asked_if is None and q.role == "background"), None)
        return self.base(everybody.id, edition) if everybody else None


def release_key(dataset: Dataset, survey: str) -> str:
    """A hash of all that the estimates depend on: the answers, the codebook, the rules and the code of the survey floor."""
    digest = hashlib.sha256(dataset.fingerprint(survey).encode())
    floor = Path(codebook_module.__file__).parent
    sources = [*sorted(floor.glob("*.py")), *sorted(floor.glob("suppression/*.py"))]
    for path in (dataset.codebook_path(survey), dataset.rules_path, *sources):
        digest.update(path.read_bytes())
    if dataset.earlier:
        digest.update(release_key(dataset.earlier, survey).encode())
    return digest.hexdigest()[:16]


def stored_estimates(dataset: Dataset, survey: str) -> tuple[Path, Path]:
    """The files with the protected estimates and with their audit; worked out when they are not there."""
    estimates = BUILD / "estimates" / f"{survey}-{release_key(dataset, survey)}.parquet"
    counts = estimates.with_name(f"{estimates.stem}-audit.parquet")
    if not (estimates.exists() and counts.exists()):
        codebook = dataset.codebook(survey)
        tabulated = tabulate(codebook, dataset.answers(survey))
        before = read_estimates(stored_estimates(dataset.earlier, survey)[0]) if dataset.earlier else None
        protection = protection_of(tabulated, codebook, load_rules(dataset.rules_path), before)
        with replacing(counts) as unfinished:
            audit(protection, tabulated).counts.to_parquet(unfinished, index=False)
        write_estimates(protection.protected.estimates, estimates)
    return estimates, counts


def audit_of(dataset: Dataset, survey: str) -> Audit:
    """What is hidden in a dataset's estimates and why, and how the attack on them went."""
    return Audit(load_rules(dataset.rules_path), pd.read_parquet(stored_estimates(dataset, survey)[1]))


def releasable(dataset: Dataset, survey: str) -> Releasable:
    """The dataset's releasable estimates; computed once, then read from _build/estimates."""
    rules, codebook = load_rules(dataset.rules_path), dataset.codebook(survey)
    stored, _ = stored_estimates(dataset, survey)
    manifest = dataset.manifest.of(survey)
    return opened(Stored(stored, manifest.model_dump_json(), tuple(invited(dataset, codebook).items()), codebook, rules, manifest))


@dataclass(frozen=True)
class Stored:
    """Stored estimates, told from others by their file (whose name is the key of codebook, rules and answers), manifest and sample."""

    path: Path
    told: str
    sample: tuple[tuple[str, int], ...]
    codebook: Codebook = field(compare=False)
    rules: Rules = field(compare=False)
    manifest: Manifest = field(compare=False)


@lru_cache(maxsize=8)
def opened(stored: Stored) -> Releasable:
    """The stored estimates, each edition's read once in a process: a page and its narrow figures then share what is worked out from them."""
    return Releasable(Shelved(stored.path, stored.codebook, stored.rules), stored.manifest, dict(stored.sample))
