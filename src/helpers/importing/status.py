"""Who answered: what a system's status says of each row."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers.importing.contradictions import Outcome, outcome
from helpers.importing.labelling import UNLABELLED
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.wording import folded

NEW, SENT, PARTIAL, COMPLETED, REJECTED, UNCLEAR = (
    "ny",
    "distribueret",
    "nogen svar",
    "gennemført",
    "frafaldet",
    "uklar",
)
# SurveyXact's five in Danish, Norwegian, English, German and Swedish.
NAMES = {
    NEW: {"ny", "new", "neu"},
    SENT: {
        "distribueret",
        "distribuert",
        "distributed",
        "versendet",
        "udsendt",
        "distribuerad",
        "sendt",
    },
    PARTIAL: {
        "nogen svar",
        "nogle svar",
        "noen svar",
        "some answers",
        "partially completed",
        "partially complete",
        "partial",
        "teilweise abgeschlossen",
        "delvist gennemført",
        "delvist besvaret",
        "ufuldstændig",
        "några svar",
        "påbegyndt",
    },
    COMPLETED: {
        "gennemført",
        "gjennomført",
        "completed",
        "complete",
        "abgeschlossen",
        "afsluttet",
        "genomförd",
        "besvaret",
    },
    REJECTED: {
        "frafaldet",
        "frafalt",
        "rejected",
        "abgelehnt",
        "afvist",
        "declined",
        "avböjd",
        "dropped out",
    },
}
ORDER = (NEW, SENT, PARTIAL, COMPLETED, REJECTED)
STATUS_TEXTS = {"samlet status", "overall status", "gesamtstatus", "samlad status", "status"}
STATUS_NAMES = {"statoverall", "samletstatus", "samlet status", "status"}
SYSTEM = (
    "statinternal",
    "statcompletion",
    "statcreation",
    "statdistribution",
    "statsource",
    "statcollect",
    "statoverall",
)


@dataclass(frozen=True)
class Status:
    """What each row's status is (a name from ORDER, or UNCLEAR), and in which columns it stands:
    none when the export has no status."""

    columns: tuple[str, ...]
    of_row: np.ndarray

    def __bool__(self) -> bool:
        return bool(self.columns)

    def is_(self, *names: str) -> np.ndarray:
        return np.isin(self.of_row, names)


def named(text: str) -> str:
    """Which status a wording names; "" when it names none."""
    word = folded(text)
    return next((status for status, names in NAMES.items() if word in names), "")


def status_of(export: SurveyExport) -> Status:
    """The status of every row, from five dummy columns or from one column of names."""
    for question in export.questions:
        if folded(question.name) not in STATUS_NAMES and folded(question.text) not in STATUS_TEXTS:
            continue
        if question.kind == "multiple":
            return from_dummies(export, question.variables)
        values = export.answers[question.columns[0]]
        if question.kind in ("single", "raw") and any(
            named(str(label)) for label in values.cat.categories
        ):
            return from_names(values, question.columns)
    return Status((), np.array([], dtype=str))


def from_dummies(export: SurveyExport, variables: tuple[Variable, ...]) -> Status:
    """The status of rows in which exactly one dummy is ticked. Unknown wordings are taken in
    SurveyXact's order."""
    names = [named(variable.option) for variable in variables]
    if not all(names) and len(variables) == len(ORDER):
        names = list(ORDER)
    ticked = np.stack(
        [
            export.answers[variable.name].to_numpy(dtype=bool, na_value=False)
            for variable in variables
        ],
        axis=1,
    )
    of_row = np.array([name or UNCLEAR for name in names], dtype=object)[ticked.argmax(axis=1)]
    of_row[ticked.sum(axis=1) != 1] = UNCLEAR
    return Status(tuple(variable.name for variable in variables), of_row.astype(str))


def from_names(values: pd.Series, columns: tuple[str, ...]) -> Status:
    names = np.array([*(named(str(label)) or UNCLEAR for label in values.cat.categories), UNCLEAR])
    return Status(columns, names[values.cat.codes.to_numpy()])


def unlabelled_status(export: SurveyExport, status: Status) -> list[Outcome]:
    """The codes in the status columns that have no label: they say that labels and data do not
    belong together."""
    found = [(name, export.problems_in(name, UNLABELLED)) for name in status.columns]
    filled = {name: int(export.answers[name].notna().sum()) + len(read) for name, read in found}
    return [
        outcome(UNLABELLED, export.source.data_file, [], name, filled[name], before=read)
        for name, read in found
        if len(read)
    ]


def without_never_answered(export: SurveyExport) -> SurveyExport:
    """The export with unticked boxes missing where status says that the person never answered."""
    status = status_of(export)
    if not status:
        return export
    never = status.is_(NEW, SENT, REJECTED)
    blanked = {
        variable.name: blanked_where(never, export.answers[variable.name])
        for variable in export.variables
        if variable.kind == "multiple"
        and variable.question.casefold() not in SYSTEM
        and variable.name not in status.columns
    }
    return replace(export, answers=export.answers.assign(**blanked))


def blanked_where(never: np.ndarray, values: pd.Series) -> pd.Series:
    """The ticks, missing where nobody answered; a tick that is there all the same stays."""
    ticked = values.to_numpy(dtype=bool, na_value=False)
    return pd.Series(
        pd.arrays.BooleanArray(ticked, values.isna().to_numpy() | (never & ~ticked)),
        index=values.index,
    )
