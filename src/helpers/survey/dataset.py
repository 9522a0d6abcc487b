"""A dataset: one collection round of answers, with a manifest that says what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from helpers.digests import content_digest
from helpers.errors import UserError
from helpers.paths import DATA, RULES
from helpers.survey.codebook import Codebook, codebook_path, load_codebook, main_of
from helpers.survey.frame import PRINTED, Frame, frame_counts
from helpers.survey.yaml_lines import parse

MANIFEST = "dataset.yaml"
UNKNOWN = "ikke oplyst"  # the period of answers without dates


class Imported(BaseModel):
    """The export that answers were read from. `invited` is None when a common link was used and
    nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    files: dict[str, str]  # name: sha256
    when: str
    rows: int
    invited: int | None = None
    completed: int
    screened_out: int
    left_out: tuple[str, ...] = ()


class SurveyFile(BaseModel):
    """Where one survey's answers lie, and what they are: title, period, source and seed where they
    are the survey's own.

    `codebook` names a codebook in the dataset's folder, for a survey that the project has none
    of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    respondents: int
    sha256: str
    codebook: str | None = None
    title: str | None = None
    period: str | None = None
    source: str | None = None
    seed: int | None = None
    imported: Imported | None = None
    # municipalities whose answers came through one link, so that nobody knows who stayed silent
    common_links: tuple[str, ...] = ()


class Manifest(BaseModel):
    """What a dataset is: its title, its period, whether it is synthetic, and where it comes
    from.

    `report` marks the round that the two reports print: only there their numbers, frame and
    background are the dataset's own. `follows` names an earlier state of the same answers: new ones
    are held back until there are enough of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    period: str
    synthetic: bool
    report: bool = False
    # the folder of the dataset that was published before this one, of the same round
    follows: str | None = None
    source: str
    seed: int | None = None
    surveys: dict[str, SurveyFile]

    @property
    def dated(self) -> str:
        """The period; "" where the answers have no dates."""
        return "" if self.period == UNKNOWN else self.period

    @property
    def has(self) -> frozenset[str]:
        """What pages may need: the surveys with answers, "report" for the reports' round, and
        "synthetic"."""
        flags = {"report": self.report, "synthetic": self.synthetic}
        return frozenset(self.surveys) | {name for name, is_so in flags.items() if is_so}

    def of(self, survey: str) -> Manifest:
        """The manifest as it reads for one survey: its own title, period, source and seed where it
        has them."""
        entry = self.surveys.get(survey)
        own = {name: getattr(entry, name, None) for name in ("title", "period", "source", "seed")}
        return self.model_copy(
            update={name: value for name, value in own.items() if value is not None}
        )


@dataclass(frozen=True)
class Dataset:
    """A folder with `dataset.yaml` and one Parquet file per survey."""

    folder: Path
    manifest: Manifest

    def answers(self, survey: str) -> pd.DataFrame:
        """One row per respondent, columns as the codebook has them. Raises UserError when the file
        is missing or damaged."""
        path = self.path(survey)
        try:
            answers = pd.read_parquet(path)
        except FileNotFoundError:
            raise UserError(
                f"Datasættet mangler filen {path}. Dan det igen, eller hent filen tilbage."
            ) from None
        except (pa.ArrowException, OSError, ValueError) as error:
            raise UserError(
                f"{path} kan ikke læses som Parquet; filen er beskadiget eller af en anden slags "
                f"({type(error).__name__}). Dan datasættet igen."
            ) from None
        self.check_intact(survey)
        check_columns(answers, self.codebook(survey), path)
        if answers.empty:
            raise UserError(
                f"{path}: der er ingen svar i datasættet. Læs en eksport med svar ind, eller "
                "udelad datasættet."
            )
        return answers

    @property
    def main(self) -> str:
        """The survey that the editions are of."""
        return main_of(self.codebook(name) for name in self.manifest.surveys).survey

    def codebook(self, survey: str) -> Codebook:
        """The survey's codebook: the dataset's own, or else the project's. Raises UserError when it
        is another survey's."""
        path = self.codebook_path(survey)
        codebook = load_codebook(path)
        if codebook.survey != survey:
            raise UserError(
                f"{path} er kodebog for »{codebook.survey}«, men {MANIFEST} i {self.folder} "
                f"bruger den til »{survey}«. "
                "Ret et af navnene."
            )
        return codebook

    def codebook_path(self, survey: str) -> Path:
        """The file with the survey's codebook."""
        own = self.entry(survey).codebook
        return self.folder / own if own else codebook_path(survey)

    def frame(self, survey: str) -> Frame:
        """How many were invited, {question: {option: people}}; empty when nobody knows. Raises
        UserError for a damaged file."""
        own = self.folder / "frame" / survey
        return frame_counts(
            self.codebook(survey), PRINTED if self.manifest.report and not own.is_dir() else own
        )

    @property
    def rules_path(self) -> Path:
        """The file with the rules of disclosure control that the dataset goes by: its own, or the
        project's."""
        own = self.folder / RULES.name
        return own if own.exists() else RULES

    def path(self, survey: str) -> Path:
        """The file with this survey's answers. Raises UserError when the dataset has none."""
        return self.folder / self.entry(survey).file

    def entry(self, survey: str) -> SurveyFile:
        """What the manifest says of the survey. Raises UserError when the dataset has no answers to
        it."""
        if survey not in self.manifest.surveys:
            has = ", ".join(self.manifest.surveys) or "ingen"
            raise UserError(
                f"Datasættet {self.folder} har ingen svar på undersøgelsen »{survey}«. Det har: "
                f"{has}."
            )
        return self.manifest.surveys[survey]

    def check_intact(self, survey: str) -> None:
        """Raises UserError when the file is no longer the one that the manifest was written for."""
        if self.fingerprint(survey) != self.entry(survey).sha256:
            raise UserError(
                f"{self.path(survey)} er ikke den fil, som {MANIFEST} er skrevet til (sha256 "
                "passer ikke): den er beskadiget eller "
                "ændret bagefter. Dan datasættet igen, eller hent filen tilbage."
            )

    def fingerprint(self, survey: str) -> str:
        """A hash of the answers as they lie on disk. Raises UserError when the file is missing."""
        path = self.path(survey)
        try:
            return content_digest(path)
        except OSError:
            raise UserError(
                f"Datasættet mangler filen {path}. Dan det igen, eller hent filen tilbage."
            ) from None


def check_columns(answers: pd.DataFrame, codebook: Codebook, path: Path) -> None:
    """Raises UserError when a question's column is missing, or when an answer is not among the
    question's options."""
    for question in codebook.tabulated:
        for column in question.columns:
            if column not in answers.columns:
                raise UserError(
                    f"{path}: kolonnen »{column}« mangler (spørgsmålet »{question.id}«)."
                )
        if question.type == "single":
            unknown = sorted(
                set(answers[question.id].dropna().unique()) - set(question.labels), key=str
            )
            if unknown:
                row = int(answers.index[answers[question.id] == unknown[0]][0]) + 1
                raise UserError(
                    f"{path}: kolonnen »{question.id}«, række {row}: et svar er ikke blandt "
                    "kodebogens svarmuligheder."
                )


def open_folder(name: str) -> Dataset:
    """One dataset by its folder, or by its name in data/."""
    folder = Path(name)
    if not folder.is_dir() and (DATA / folder).is_dir():
        folder = DATA / folder
    if not folder.is_dir():
        raise UserError(
            f"Datasættet »{name}« findes ikke. Angiv en mappe med filen {MANIFEST}, eller "
            "»synthetic«."
        )
    return Dataset(folder.resolve(), parse(folder / MANIFEST, Manifest))
