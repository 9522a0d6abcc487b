"""A table as it stands in a file: every column a dictionary of the texts written in it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.errors import UserError


@dataclass(frozen=True)
class RawTable:
    """One dictionary array of texts per column; a blank cell is missing. `file` is what errors call it."""

    file: str
    columns: dict[str, pa.DictionaryArray]

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
        return pc.fill_null(self.columns[name].indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)


def encoded(values) -> pa.DictionaryArray:
    """A column of texts (None is blank) as a dictionary array."""
    array = values if isinstance(values, pa.Array) else pa.array(values, type=pa.string())
    return array.dictionary_encode() if not isinstance(array, pa.DictionaryArray) else array


def from_texts(file: str, names: list[str], columns: list) -> RawTable:
    """A table of columns of texts. Raises UserError when a name is used twice."""
    check_names(names, file)
    table = RawTable(file, {name: encoded(column) for name, column in zip(names, columns)})
    check_header_once(table)
    return table


def check_header_once(table: RawTable) -> None:
    """Raises UserError when the first row repeats the column names."""
    if len(table) and all(array[0].as_py() == name for name, array in table.columns.items()):
        raise UserError(f"{table.file}, række 2: overskriften står to gange. Slet den ene række.")


def from_series(series: pd.Series) -> pa.DictionaryArray:
    """A column of numbers, dates, booleans or texts as the texts that a CSV file would hold."""
    codes, values = pd.factorize(series)
    texts = pa.array([written(value) for value in values], type=pa.string())
    return texts.take(pa.array(codes, type=pa.int64(), mask=codes < 0)).dictionary_encode()


def written(value) -> str | None:
    """A cell's value as text: a whole number without decimals, a date as 2020-05-27, a truth value as 1 or 0."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, (bool, np.bool_)):
        return "1" if value else "0"
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else str(int(value)) if value == int(value) else repr(float(value))
    return str(value).strip() or None


def check_names(names: list[str], file: str) -> None:
    """Raises UserError when two columns have the same name, or one has none."""
    seen: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if not name:
            raise UserError(f"{file}, række 1: kolonne {place} har intet navn. Overskriften skal fylde én række og navngive hver kolonne.")
        if name in seen:
            raise UserError(f"{file}, række 1: kolonne {seen[name]} og kolonne {place} har samme navn. Omdøb eller slet den ene.")
        seen[name] = place
