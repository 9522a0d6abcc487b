"""What stands above the columns of a plain table: one row of wordings, or the rows of a survey
system."""

import re
from dataclasses import dataclass, replace

import pyarrow as pa

from helpers.importing.wording import folded, is_code

IMPORT_ID = re.compile(r"""["']ImportId["']""")
# Qualtrics' own columns before it wrote a third row, and what its second row says of them.
OWN = {
    "startdate": "start date",
    "enddate": "end date",
    "responseid": "response id",
    "v1": "responseid",
    "recordeddate": "recorded date",
    "finished": "finished",
    "status": "response type",
}
CHOSEN = re.compile(
    r"\s+[-–]\s+(?:Selected Choices?|Valgt valgmulighed|Valgt svar)(?=\s+[-–]\s|\s*$)"
)
CODED = re.compile(r"^([A-Za-z]\w{0,30}(?:\[\w{1,30}\])*)\.\s+(?=\S)")
DONE, BEGUN = "Gennemført", "Nogen svar"
TRUE, FALSE = {"true", "1", "sand", "yes", "ja"}, {"false", "0", "falsk", "no", "nej"}
STATUS = "Samlet status"
# below a question without options
RESPONSE = {"response", "open ended response"}
NO_OPTION = {"", *RESPONSE, "svar", "besvarelse", "åbent svar"}
LEAST_SAID = 2  # times that a row of options says so


@dataclass(frozen=True)
class Heading:
    """The columns' names (empty when only wordings are known), their wordings, and their cells."""

    wordings: list[str]
    columns: list[pa.DictionaryArray]
    names: list[str]


def understood(wordings: list[str], columns: list[pa.DictionaryArray]) -> Heading:
    """The heading, whatever the system: further rows of it are taken out of the cells, codes in
    front of wordings are names, and a system's own word for having finished is a status."""
    heading = Heading(wordings, columns, [])
    rows = qualtrics_rows(heading)
    if rows:
        heading = with_wordings_below(heading, rows)
    elif is_two_rows(heading):
        heading = with_options_below(heading)
    elif sum(bool(CODED.match(wording)) for wording in wordings) > len(wordings) * 0.8:
        names = [match[1] if (match := CODED.match(wording)) else wording for wording in wordings]
        heading = replace(
            heading, names=names, wordings=[CODED.sub("", wording) for wording in wordings]
        )
    return with_status(heading)


def cell(column: pa.DictionaryArray, row: int) -> str:
    """What is written in a row, "" where nothing is."""
    return (column[row].as_py() or "") if len(column) > row else ""


def qualtrics_rows(heading: Heading) -> int:
    """How many rows of wordings and identifiers stand below the names in an export from
    Qualtrics."""
    if any(IMPORT_ID.search(cell(column, 1)) for column in heading.columns):
        return 2
    own = sum(
        OWN.get(folded(name), "-") == folded(cell(column, 0))
        for name, column in zip(heading.wordings, heading.columns)
    )
    return int(own >= 2)


def with_wordings_below(heading: Heading, rows: int) -> Heading:
    """The heading with the wordings of the first row of cells, which is no answer."""
    below = [
        CHOSEN.sub("", cell(column, 0)) or name
        for name, column in zip(heading.wordings, heading.columns)
    ]
    return Heading(
        below, [without_first(column, rows) for column in heading.columns], heading.wordings
    )


def without_first(column: pa.DictionaryArray, rows: int) -> pa.DictionaryArray:
    """The column without its first cells, whose texts are forgotten."""
    return column.slice(rows).cast(pa.string()).dictionary_encode()


def is_two_rows(heading: Heading) -> bool:
    """Whether the options of a question stand in a second row, the question above the first only.

    A person's answers are not taken for it: below an option there is nothing but the option, as
    some systems write their ticks, or the row says "Response" below questions without options.
    """
    below = [cell(column, 0) for column in heading.columns]
    said = sum(folded(text) in RESPONSE for text in below)
    if heading.wordings[0] and said >= LEAST_SAID and said >= sum(map(bool, below)) / 4:
        return True
    unnamed = [column for name, column in zip(heading.wordings, heading.columns) if not name]
    options = [cell(column, 0) for column in unnamed]
    if (
        len(unnamed) < 2
        or not all(options)
        or any(map(is_code, options))
        or not heading.wordings[0]
    ):
        return False
    repeated = [
        set(column.dictionary.to_pylist()) == {option} for option, column in zip(options, unnamed)
    ]
    ticked = [
        alone for alone, column in zip(repeated, unnamed) if len(column) - column.null_count > 1
    ]
    return sum(ticked) > len(unnamed) / 4


def with_options_below(heading: Heading) -> Heading:
    """The heading with each question carried on to the right, and each option behind its
    question."""
    wordings, question = [], ""
    for name, column in zip(heading.wordings, heading.columns):
        question = name or question
        option = cell(column, 0)
        wordings.append(question if folded(option) in NO_OPTION else f"{question} - {option}")
    return Heading(wordings, [without_first(column, 1) for column in heading.columns], [])


def with_status(heading: Heading) -> Heading:
    """The heading with Qualtrics' »Finished« and LimeSurvey's date of submission told as a
    status."""
    names = [folded(name) for name in heading.names or heading.wordings]
    columns, wordings = list(heading.columns), list(heading.wordings)
    if "finished" in names and {"progress", "responseid", "recordeddate"} & set(names):
        place = names.index("finished")
        words = [
            DONE if folded(text) in TRUE else BEGUN if folded(text) in FALSE else text
            for text in columns[place].dictionary.to_pylist()
        ]
        columns[place] = (
            pa.array(words, pa.string()).take(columns[place].indices).dictionary_encode()
        )
    elif "submitdate" in names and {"lastpage", "startlanguage"} & set(names):
        place = names.index("submitdate")
        done = [DONE if sent else BEGUN for sent in columns[place].indices.is_valid().to_pylist()]
        columns[place] = pa.array(done, pa.string()).dictionary_encode()
    else:
        return heading
    kept = heading.names or list(heading.wordings)
    wordings[place] = STATUS
    return Heading(wordings, columns, kept)
