"""Delimited text files: which encoding and separator they have, and their cells.

Parsing of large files is left to Arrow; Python's csv module names the row when something is wrong.
"""

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from helpers.errors import UserError
from helpers.importing.letters import composed, may_change
from helpers.importing.raw import RawTable, check_header_once, check_names

SEPARATORS = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "lodret streg"}
MARKS = {
    b"\xff\xfe": ("utf-16-le", "UTF-16LE"),
    b"\xfe\xff": ("utf-16-be", "UTF-16BE"),
    b"\xef\xbb\xbf": ("utf-8", "UTF-8 med BOM"),
}
AGAIN = "Hent eksporten igen."
SAMPLE = 200
DECLARED = re.compile(rb"\s*\"?sep=(.)\"?[ \t]*(?:\n|\Z)", re.IGNORECASE)  # Excel's own first line


@dataclass(frozen=True)
class Text:
    """A text file's content as UTF-8 without a byte order mark, lines ended by one character, and
    the encoding it had. `declared` is the separator that its first line named, if it did."""

    file: str
    content: bytes
    encoding: str
    declared: str = ""

    @property
    def ends_whole(self) -> bool:
        """Whether the last line is ended, as a system ends the files it writes."""
        return self.content.endswith(b"\n")

    @property
    def garbled(self) -> bool:
        """Whether Danish letters have been through two encodings (æ as Ã¦)."""
        return "Ã".encode() in self.content and any(
            pair.encode() in self.content for pair in ("Ã¦", "Ã¸", "Ã¥", "Ã˜", "Ã…", "Ã†")
        )


def decode(content: bytes, file: str) -> Text:
    """The content as text. Raises UserError when it is empty, cut inside a character or no text at
    all."""
    if not content.strip(b"\x00\r\n \t"):
        raise UserError(f"{file}: filen er tom. {AGAIN}")
    encoding, name, start = encoding_of(content)
    try:
        text = content[start:].decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: start + error.start].count(b"\n") + 1
        raise UserError(
            f"{file}, række {line}: filen kan ikke læses som {name}; den er beskadiget eller "
            f"klippet over. {AGAIN}"
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise UserError(
            f"{file}, række {line}: filen indeholder en nulbyte og er derfor beskadiget. {AGAIN}"
        )
    whole = content[start:] if encoding == "utf-8" else text.encode()
    whole = composed(text).encode() if may_change(whole) else whole
    whole = whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    declared = DECLARED.match(whole)
    if declared:
        whole = whole[declared.end() :]
    if not whole.strip():
        raise UserError(f"{file}: filen er tom. {AGAIN}")
    return Text(file, whole, name, declared[1].decode(errors="replace") if declared else "")


def encoding_of(content: bytes) -> tuple[str, str, int]:
    """(Python's name, the name for people, the length of the byte order mark) of the encoding."""
    for mark, (encoding, name) in MARKS.items():
        if content.startswith(mark):
            return encoding, name, len(mark)
    sample = content[:4096]
    for encoding, name, zeros in (
        ("utf-16-le", "UTF-16LE", sample[1::2]),
        ("utf-16-be", "UTF-16BE", sample[::2]),
    ):
        if len(sample) > 3 and zeros.count(0) > 0.6 * len(zeros):
            return encoding, name, 0
    try:
        content.decode("utf-8")
        return "utf-8", "ASCII" if content.isascii() else "UTF-8", 0
    except UnicodeDecodeError:
        return "cp1252", "Windows-1252 (ANSI)", 0


def separator_of(text: Text) -> str:
    """The character between cells: the one that splits the first row into most cells and later rows
    into as many."""
    sample = text.content[:1_000_000].decode("utf-8", errors="ignore")
    scores = {}
    # The one that the file names is taken, unless it does not split the header.
    declared = [text.declared] if text.declared in SEPARATORS else []
    if declared and len(next(iter(records(sample, text.declared, text.file, 1)), [])) > 1:
        return text.declared
    for separator in SEPARATORS:
        widths = [len(row) for row in records(sample, separator, text.file, SAMPLE)]
        same = sum(width in (widths[0], widths[0] + 1) for width in widths)
        scores[separator] = (widths[0] > 1, same * widths[0], widths[0])
    best = max(scores, key=scores.__getitem__)
    if not scores[best][0]:
        raise UserError(
            f"{text.file}, række 1: overskriften har kun én kolonne. Celler skal være adskilt af "
            "semikolon, komma eller tabulator."
        )
    return best


def records(content: str, separator: str, file: str, limit: int | None = None) -> list[list[str]]:
    """The cells of each row that is not empty. Raises UserError when a cell is longer than any
    answer."""
    try:
        rows = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
        return list(islice((row for row in rows if row), limit))
    except csv.Error:
        raise UserError(
            f"{file}: en celle er uden ende; et anførselstegn er ikke lukket. {AGAIN}"
        ) from None


def read_records(text: Text, separator: str) -> list[list[str]]:
    """All rows of a small file."""
    return records(text.content.decode(), separator, text.file)


def header_of(text: Text, separator: str) -> tuple[list[str], int]:
    """The column names, and how many bytes the header takes."""
    stream = io.BytesIO(text.content)
    try:
        names = next(
            row
            for row in csv.reader((line.decode() for line in stream), delimiter=separator)
            if row
        )
    except (csv.Error, StopIteration):
        raise UserError(
            f"{text.file}, række 1: overskriften er uden ende; et anførselstegn er ikke lukket. "
            f"{AGAIN}"
        ) from None
    # csv pulls whole lines, so the stream stands where the header ends.
    return [name.strip() for name in names], stream.tell()


def read_table(text: Text, separator: str) -> RawTable:
    """The file's cells, its first row being the column names. Raises UserError that names the first
    bad row."""
    names, columns = read_cells(text, separator)
    check_names(names, text.file)
    table = RawTable(text.file, dict(zip(names, columns)))
    check_header_once(table)
    return table


def read_cells(text: Text, separator: str) -> tuple[list[str], list[pa.DictionaryArray]]:
    """What stands above the columns, and the columns. Raises UserError that names the first bad
    row."""
    names, start = header_of(text, separator)
    body = text.content[start:].rstrip(b"\n")
    if not body:
        named = names[
            : max((place for place, name in enumerate(names, start=1) if name), default=0)
        ]
        return named, [pa.array([], pa.string()).dictionary_encode() for _ in named]
    first = records(body[:1_000_000].decode("utf-8", errors="ignore"), separator, text.file, 1)
    width = len(next(iter(first), []))
    # Some dialects end each row with a separator too many.
    spare = int(width == len(names) + 1)
    cells = parse(text, body, separator, len(names) + spare)
    if spare and cells.column(len(names)).null_count < len(cells):
        raise UserError(
            f"{text.file}, række 2: rækkerne har flere celler end overskriftens {len(names)} "
            f"kolonner. {AGAIN}"
        )
    columns = [one_chunk(cells.column(place)) for place in range(len(names))]
    while names and not names[-1] and columns[-1].null_count == len(columns[-1]):
        names.pop(), columns.pop()
    check_swallowed(text.file, columns, separator)
    return names, columns


def parse(text: Text, body: bytes, separator: str, width: int) -> pa.Table:
    cell = pa.dictionary(pa.int32(), pa.string())
    names = [str(place) for place in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body + b"\n"),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 24),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values=b'"' in body
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, cell), null_values=[""], strings_can_be_null=True
            ),
        )
        return table.unify_dictionaries()
    except pa.ArrowInvalid:
        # Arrow's own message quotes the row, which is a person's answers.
        raise UserError(ragged_row(text.file, body, separator, width)) from None


def one_chunk(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """The column as one array, blanks and cells of spaces missing."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    texts = pc.utf8_trim_whitespace(array.dictionary)
    if texts.equals(array.dictionary):
        return array
    return pc.if_else(pc.equal(texts, ""), None, texts).take(array.indices).dictionary_encode()


def ragged_row(file: str, body: bytes, separator: str, width: int) -> str:
    """Where the first row with too few or too many cells is, in words."""
    for number, row in enumerate(records(body.decode(), separator, file), start=2):
        if len(row) != width:
            last = number > 2 and body.decode().count("\n") + 2 <= number
            why = (
                "Filen er klippet over."
                if last
                else "Et skilletegn eller anførselstegn i en celle er ikke skrevet rigtigt."
            )
            return (
                f"{file}, række {number}: rækken har {len(row)} celler, men overskriften har "
                f"{width}. {why} {AGAIN}"
            )
    return (
        f"{file}: rækkerne kan ikke skilles ad i {width} kolonner; et anførselstegn er ikke "
        f"lukket. {AGAIN}"
    )


def check_swallowed(file: str, columns: list[pa.DictionaryArray], separator: str) -> None:
    """Raises UserError when a quotation mark that is not closed has made several rows into one
    cell."""
    for place, array in enumerate(columns, start=1):
        lines = array.dictionary.filter(pc.match_substring(array.dictionary, "\n"))
        for value in lines.to_pylist():
            if max(line.count(separator) for line in value.splitlines()) >= max(
                3, len(columns) // 2
            ):
                raise UserError(
                    f"{file}, kolonne {place}: en celle rummer hele rækker; et anførselstegn er "
                    f"ikke lukket. {AGAIN}"
                )


def decimal_of(texts: list[str]) -> str:
    """The decimal sign that these numbers are written with, or "" when none has decimals."""
    for sign, name in ((",", "komma"), (".", "punktum")):
        if any(
            text.count(sign) == 1 and text.replace(sign, "", 1).lstrip("+-").isdigit()
            for text in texts
        ):
            return name
    return ""
