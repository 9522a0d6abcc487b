"""A table as it stands in a file: every column a dictionary of the texts written in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.errors import UserError
from helpers.importing.letters import composed

ROW_ONE = "Overskriften skal fylde én række og navngive hver kolonne."


@dataclass(frozen=True)
class RawTable:
    """One dictionary array of texts per column; a blank cell is missing. `file` is what errors call
    it.

    `wordings` is what stands above a column whose name had to be changed, because another column
    has it too. `formulas` are the columns with formulas that have no stored result: where they are.
    """

    file: str
    columns: dict[str, pa.DictionaryArray]
    wordings: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def texts(self, name: str) -> list[str]:
        """The different texts of a column."""
        return self.columns[name].dictionary.to_pylist()

    def sample(self, name: str) -> list[str]:
        """Some of the different texts of a column."""
        return self.columns[name].dictionary.slice(0, 1000).to_pylist()

    def codes(self, name: str) -> np.ndarray:
        """One number per row: the place of its text among `texts`, -1 where the cell is blank."""
        indices = pc.fill_null(self.columns[name].indices, -1)
        return indices.to_numpy(zero_copy_only=False).astype(np.int64)

    def wording(self, name: str) -> str:
        """What stands above a column."""
        return self.wordings.get(name, name)


def encoded(values: pa.Array | Sequence[str | None]) -> pa.DictionaryArray:
    """A column of texts (None is blank) as a dictionary array."""
    array = values if isinstance(values, pa.Array) else pa.array(values, type=pa.string())
    return array if isinstance(array, pa.DictionaryArray) else array.dictionary_encode()


def from_texts(file: str, names: list[str], columns: Sequence) -> RawTable:
    """A table of columns of texts. Raises UserError when a name is used twice."""
    check_names(names, file)
    table = RawTable(file, {name: encoded(column) for name, column in zip(names, columns)})
    check_header_once(table)
    return table


def from_wordings(
    file: str, wordings: list[str], columns: Sequence, names: Sequence[str] = ()
) -> tuple[RawTable, dict[str, int]]:
    """A table whose columns are called what stands above them (or `names`); where that is the same,
    also by their place; and each column's number among `columns`. Columns without a name are left
    out when they are empty or number the rows.

    Raises UserError when another column has no name.
    """
    kept: dict[str, pa.DictionaryArray] = {}
    changed: dict[str, str] = {}
    places: dict[str, int] = {}
    for place, (wording, column) in enumerate(zip(wordings, map(encoded, columns))):
        called = names[place] if names else wording
        if not called and (column.null_count == len(column) or numbers_rows(column)):
            continue
        if not called:
            raise UserError(f"{file}, række 1: kolonne {place + 1} har intet navn. {ROW_ONE}")
        name = called if called not in kept else f"{called} (kolonne {place + 1})"
        if name != wording and wording:
            changed[name] = wording
        kept[name], places[name] = column, place
    table = RawTable(file, kept, changed)
    check_header_once(table)
    return table, places


def numbers_rows(column: pa.DictionaryArray) -> bool:
    """Whether a column holds 1, 2, 3 ... or 0, 1, 2 ..., as R and pandas write in front of a
    table."""
    texts = column.dictionary.to_pylist()
    if column.null_count or len(texts) != len(column):
        return False
    return any(texts == [str(start + row) for row in range(len(texts))] for start in (0, 1))


def check_header_once(table: RawTable) -> None:
    """Raises UserError when the first row repeats the column names."""
    first = ((name, array[0].as_py()) for name, array in table.columns.items())
    if len(table) and all(cell == table.wording(name) for name, cell in first):
        raise UserError(f"{table.file}, række 2: overskriften står to gange. Slet den ene række.")


def from_series(series: pd.Series) -> pa.DictionaryArray:
    """A column of numbers, dates, booleans or texts as the texts that a CSV file would hold."""
    codes, values = pd.factorize(series)
    texts = pa.array([written(value) for value in values], type=pa.string())
    return texts.take(pa.array(codes, type=pa.int64(), mask=codes < 0)).dictionary_encode()


def written(value: object) -> str | None:
    """A cell's value as text: a whole number without decimals, a date as 2020-05-27, a truth value
    as 1 or 0."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, (bool, np.bool_)):
        return "1" if value else "0"
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            return None
        return str(int(value)) if value == int(value) else repr(float(value))
    return composed(str(value)).strip() or None


def check_names(names: list[str], file: str) -> None:
    """Raises UserError when two columns have the same name, or one has none."""
    seen: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if not name:
            raise UserError(f"{file}, række 1: kolonne {place} har intet navn. {ROW_ONE}")
        if name in seen:
            raise UserError(
                f"{file}, række 1: kolonne {seen[name]} og kolonne {place} har samme navn. "
                "Omdøb eller slet den ene."
            )
        seen[name] = place


def without_blank_rows(table: RawTable) -> tuple[RawTable, str]:
    """The table without rows in which nothing stands: they are nobody. And how many, and where the
    first one stood, in words."""
    blank = np.ones(len(table), dtype=bool)
    for name in table.columns:
        blank &= table.codes(name) < 0
        if not blank.any():
            return table, ""
    kept = pa.array(~blank)
    columns = {name: column.filter(kept) for name, column in table.columns.items()}
    return replace(table, columns=columns), (
        f"{table.file}: {int(blank.sum())} tomme rækker er sprunget over (den første efter række "
        f"{int(blank.argmax()) + 1}); rækkernes numre tæller dem ikke med."
    )
