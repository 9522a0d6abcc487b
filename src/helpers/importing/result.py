"""What an import has found, before it is written."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.importing.contradictions import Outcome
from helpers.importing.linking import Mapping
from helpers.importing.progress import Progress
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import People
from helpers.importing.routing_check import Checked
from helpers.importing.sampling import Frame


@dataclass(frozen=True)
class Result:
    """An export read and checked: the answers to write, and what the report says; `texts`
    is what is told of free texts."""

    export: SurveyExport
    mapping: Mapping
    answers: pd.DataFrame
    people: People
    checked: Checked
    progress: Progress
    frame: Frame
    outcomes: list[Outcome]
    period: str
    texts: tuple[str, ...] = ()
