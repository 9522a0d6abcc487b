"""The import of an export tried on a drafted codebook: which columns it takes, and what it would
stop for."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from ruamel.yaml import YAML

from helpers.drafting.drafted import Drafted
from helpers.errors import UserError
from helpers.importing.contradictions import Checks, Outcome, stopping
from helpers.importing.filled_answers import given_answers
from helpers.importing.fitting import fitted
from helpers.importing.importer import checked_answers
from helpers.importing.linking import Entry, Mapping, link_all, linked_by_file
from helpers.importing.progress import Progress, progress_in
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import people_in
from helpers.importing.status import COMPLETED, status_of
from helpers.survey.codebook import Codebook
from helpers.survey.yaml_lines import Reader

NOWHERE = Path("kobling.yaml")


def codebook_in(text: str) -> Codebook:
    """The codebook that a YAML text is. Raises UserError for a reference that points at nothing."""
    raw = Codebook.model_validate(yaml.load(text, Loader=Reader))
    for _, mistake in raw.mistakes():
        raise UserError(mistake)
    return raw.resolved()


@dataclass(frozen=True)
class Trial:
    """An export as it is imported with a codebook: the columns that are found (`mapping`), the
    mapping file that is needed for it, and the questions that no column can be taken for, with the
    reason."""

    export: SurveyExport
    codebook: Codebook
    mapping: Mapping
    mapping_text: str | None
    lost: dict[str, str]

    @cached_property
    def given(self) -> pd.DataFrame:
        """What every row says, in the codebook's columns."""
        return given_answers(self.export, self.mapping, self.codebook)[0]

    @cached_property
    def progress(self) -> Progress:
        """How far everybody came."""
        return progress_in(self.given, self.codebook, bool(status_of(self.export)))

    @cached_property
    def people(self) -> np.ndarray:
        """Which rows are respondents."""
        status, finished = status_of(self.export), self.progress.finished
        return people_in(self.export, self.given, self.codebook, status, finished)[0].respondents

    @cached_property
    def reached(self) -> dict[str, np.ndarray]:
        """Per question, who came at least so far: answered a later one, or finished."""
        status = status_of(self.export)
        done = status.is_(COMPLETED) if status else np.zeros(len(self.given), dtype=bool)
        return {question: later | done for question, later in self.progress.went_on.items()}

    def stops(self, checks: Checks) -> list[Outcome]:
        """What the import would stop for."""
        today = datetime.date.today()
        result = checked_answers(self.export, self.mapping, self.codebook, checks, today)
        return stopping(result.outcomes, checks)

    def question_of(self, outcome: Outcome) -> str:
        """The question that a finding is in; "" when it is in none."""
        links = self.mapping.links.values()
        return next((link.question for link in links if outcome.column in link.columns), "")


def tried(raw: SurveyExport, codebook: Codebook, questions: Sequence[Drafted]) -> Trial:
    """The import tried: by itself, and with a mapping file for the questions whose columns it does
    not find by itself."""
    export = fitted(raw, codebook)
    alone = link_all(export, codebook)
    entries, lost = {}, {}
    columns = {name: own for one in questions for name, own in one.columns.items()}
    for one in questions:
        for name, asked in zip(one.ids, one.block.asked):
            link = alone.links.get(name)
            if link and not asked.codes and is_right(link.columns, columns[name], asked.kind):
                continue
            wanted = entry_of(columns[name], codebook, name, asked.codes)
            try:
                linked_by_file(codebook.question(name), Entry(**wanted), export, NOWHERE)
            except UserError:
                lost[name] = reason_of(alone, name)
            else:
                entries[name] = wanted
    text = mapping_file(codebook.survey, entries) if entries else None
    mapping = linked(export, codebook, text) if text and not lost else alone
    return Trial(export, codebook, mapping, text, lost)


def is_right(found: Sequence[str], wanted: Sequence[str], kind: str) -> bool:
    """Whether the import finds the columns that the draft is made of."""
    return kind == "packed" or set(found) == set(wanted)


def reason_of(mapping: Mapping, name: str) -> str:
    found = next((one.reason for one in mapping.unmatched if one.question == name), "")
    return found or "indlæsningen tager en anden kolonne for spørgsmålet"


def entry_of(columns: Sequence[str], codebook: Codebook, name: str, codes: dict[str, str]) -> dict:
    """What the mapping file says of a question."""
    question = codebook.question(name)
    if question.type == "multiple":
        return {"variables": dict(zip(question.labels, columns))}
    return {"variable": columns[0]} | ({"answers": codes} if codes else {})


def mapping_file(survey: str, entries: dict[str, dict]) -> str:
    file = YAML()
    file.width = 4096
    stream = StringIO()
    file.dump({"survey": survey, "questions": entries}, stream)
    return stream.getvalue()


def linked(export: SurveyExport, codebook: Codebook, text: str) -> Mapping:
    """The mapping with a mapping file's text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NOWHERE
        path.write_text(text, encoding="utf-8")
        return link_all(export, codebook, path)
