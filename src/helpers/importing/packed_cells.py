"""Several answers in one cell, as forms write them: each option of the codebook a column of ticks.

Only the codebook's options are found in the cells. What else is written there may be a person's own
words: it makes no column, and is told by where it stands and how long it is.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.importing.audience import Audience, told_apart
from helpers.importing.contradictions import Outcome, outcome
from helpers.importing.heads import Heads
from helpers.importing.labelling import OUTSIDE
from helpers.importing.records import SurveyExport
from helpers.importing.wording import cleaned, folded
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

SIGNS = ("\x1f", ";", "\n", "|", ",", "/")
# So many of a column's cells have to be options alone: where several questions can be meant, and
# where one can.
READ, ENOUGH = 0.9, 0.5
LONGEST = 400  # pieces of a cell; no questionnaire has as many options


@dataclass(frozen=True)
class Cells:
    """A question's answers as they stand in one column: which options every different text names,
    and which texts are not options alone."""

    column: str
    sign: str
    ticked: dict[str, np.ndarray]  # per option, one boolean per different text
    strange: np.ndarray  # one boolean per different text


def cells_of(
    export: SurveyExport, codebook: Codebook, found: set[str], used: set[str]
) -> dict[str, Cells]:
    """The column of each question that no boxes were `found` for and whose answers stand together
    in a column's cells."""
    heads, audience = Heads(codebook), Audience(export, codebook)
    columns: dict[tuple[str, ...], list[str]] = {}
    for variable in export.variables:
        if variable.kind in ("raw", "text", "single") and variable.name not in used:
            called = [one.id for one in heads.called(variable.text) if one.id not in found]
            columns.setdefault(tuple(called), []).append(variable.name)
    result = {}
    for heading, names in columns.items():
        share = READ if len(heading) > 1 else ENOUGH
        for question, cells in under_one_heading(heading, names, share, audience).items():
            result[question] = cells
    return result


def under_one_heading(
    called: tuple[str, ...], names: list[str], share: float, audience: Audience
) -> dict[str, Cells]:
    """The columns under a heading as the questions that are `called` so, where there is one way."""
    export, by_id = audience.export, audience.codebook.by_id
    read: dict[str, dict[str, Cells]] = {}
    for name in names:
        values = export.category(name)
        every = {one: read_cells(values, name, by_id[one], share) for one in called}
        if kept := {question: cells for question, cells in every.items() if cells}:
            read[name] = kept  # what people wrote beside an option stands under the same heading
    answered = {name: export.answers[name].notna().to_numpy() for name in read}
    fitting = {
        name: {one for one in read[name] if audience.fits(answered[name], by_id[one])}
        for name in read
    }
    having = [one for one in called if any(one in fits for fits in fitting.values())]
    left = [name for name in read if answered[name].any() or len(read) == len(having)]
    written = {name: export.category(name).cat.codes.to_numpy() for name in left}
    told = told_apart(written, fitting, having)
    return {question: read[name][question] for question, name in told.items()}


def read_cells(values: pd.Series, name: str, question: Question, share: float) -> Cells | None:
    """The column read as a question's answers; None when less than a share of its cells are, or
    when one can be read in two ways."""
    texts = [str(category) for category in values.cat.categories]
    sizes = np.bincount(values.cat.codes[values.cat.codes >= 0], minlength=len(texts))
    best = None
    for sign in SIGNS if texts else SIGNS[:1]:
        read = [options_in(text, sign, question.labels) for text in texts]
        whole = sum(size for one, size in zip(read, sizes) if one is not None and not one[1])
        if whole >= share * sizes.sum() and (best is None or whole > best[0]):
            best = (whole, sign, read)
    if best is None:
        return None
    _, sign, read = best
    sure = [one for one in read if one is not None]
    if len(sure) < len(read):
        return None
    ticked = {
        label: np.array([label in options for options, _ in sure], dtype=bool)
        for label in question.labels
    }
    return Cells(name, sign, ticked, np.array([strange for _, strange in sure], dtype=bool))


def options_in(text: str, sign: str, labels: tuple[str, ...]) -> tuple[frozenset[str], bool] | None:
    """The options that a cell names, and whether something else stands there too; None when it can
    be read in two ways.

    An option may have the sign in it: pieces are put together as far as they make an option.
    """
    pieces = [cleaned(piece) for piece in cleaned_around(text, sign).split(sign)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > LONGEST:
        return frozenset(), True
    known, most = known_options(labels, sign)
    # Per place, the fewest pieces so far that are no option, and the sets of options that are read
    # with so few.
    ways: list[tuple[int, set[frozenset[str]]]] = [(0, {frozenset()})]
    for end in range(1, len(pieces) + 1):
        fewest, sets = ways[end - 1][0] + 1, set(ways[end - 1][1])
        for start in range(max(0, end - most), end):
            label = known.get(folded(" ".join(pieces[start:end])))
            if label and ways[start][0] <= fewest:
                new = {options | {label} for options in ways[start][1]}
                fewest, sets = (
                    (ways[start][0], new) if ways[start][0] < fewest else (fewest, sets | new)
                )
        ways.append((fewest, set(list(sets)[:4])))
    fewest, sets = ways[-1]
    return (next(iter(sets)), fewest > 0) if len(sets) == 1 else None


def cleaned_around(text: str, sign: str) -> str:
    """The text with its entities read first, where their semicolons would be taken for the sign."""
    return cleaned(text) if sign == ";" and "&" in text else text


@lru_cache(maxsize=500)
def known_options(labels: tuple[str, ...], sign: str) -> tuple[dict[str, str], int]:
    """The options by their folded words, and of how many pieces one is made at most."""
    return {folded(label): label for label in labels}, max(
        (label.count(sign) + 1 for label in labels), default=1
    )


def strange_cells(cells: Cells, values: pd.Series, file: str, column: str) -> list[Outcome]:
    """Where something else than options stands."""
    rows = np.flatnonzero(np.append(cells.strange, False)[values.cat.codes])
    written = values.iloc[rows].astype(object).to_numpy()
    return (
        [outcome(OUTSIDE, file, rows, column, int(values.notna().sum()), written)]
        if len(rows)
        else []
    )
