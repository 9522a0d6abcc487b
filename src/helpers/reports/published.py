"""The numbers and claims that a report prints, checked against the codebook when they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pydantic import BaseModel, ConfigDict

from helpers.errors import UserError, nearest
from helpers.paths import DATA
from helpers.reports.claims import TESTS
from helpers.reports.tally import labels_of
from helpers.survey.codebook import Codebook, load_codebook
from helpers.survey.frame import frame_counts
from helpers.survey.yaml_lines import parse

FOLDER = DATA / "published"
SEPARATOR = " | "
KINDS = ("text", "chart", "note", "table", "claim")
READINGS = ("printed", "settled", "uncertain", "lost")
STATISTICS = (
    "share",
    "count",
    "base",
    "difference",
    "groups",
    "frame_count",
    "frame_share",
    "representation",
    "share_somewhere",
    "claim",
)
NUMBERS = ("value", "precision", "base", "low", "high")
TEXTS = (
    "row_id",
    "kind",
    "place",
    "question",
    "breakdown",
    "group",
    "answers",
    "statistic",
    "test",
    "compare",
    "reading",
    "note",
)
COLUMNS = (
    "row_id",
    "page",
    "kind",
    "place",
    "question",
    "breakdown",
    "group",
    "answers",
    "statistic",
    "value",
    "precision",
    "base",
    "test",
    "compare",
    "low",
    "high",
    "reading",
    "note",
)


class Contradiction(BaseModel):
    """Rows that no answers can satisfy together with the rows they contradict, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: tuple[str, ...]
    contradicts: tuple[str, ...]
    reason: str


class Exceptions(BaseModel):
    """The file of exceptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exceptions: tuple[Contradiction, ...]


def one_of(*allowed: str) -> pa.Check:
    return pa.Check.isin(
        allowed, error=f"her skal stå en af: {', '.join(word or '(tom)' for word in allowed)}"
    )


def schema() -> pa.DataFrameSchema:
    """What each column may hold by itself."""
    columns = {name: pa.Column(str) for name in TEXTS} | {
        name: pa.Column(float, nullable=True) for name in NUMBERS
    }
    columns |= {
        "row_id": pa.Column(
            str,
            [
                pa.Check.str_matches(r"^[a-z]+\d\d-\d\d+$", error="et rækkenavn ser ud som b12-01"),
                pa.Check(lambda ids: ~ids.duplicated(), error="rækkenavnet står to gange"),
            ],
        ),
        "page": pa.Column(int, pa.Check.ge(1, error="sidetallet skal være mindst 1")),
        "kind": pa.Column(str, one_of(*KINDS)),
        "statistic": pa.Column(str, one_of(*STATISTICS)),
        "test": pa.Column(str, one_of("", *TESTS)),
        "reading": pa.Column(str, one_of(*READINGS)),
        "precision": pa.Column(
            float, pa.Check.gt(0, error="værdien af sidste ciffer er over 0"), nullable=True
        ),
        "base": pa.Column(float, pa.Check.ge(0, error="et antal er ikke under 0"), nullable=True),
    }
    return pa.DataFrameSchema({name: columns[name] for name in COLUMNS}, strict=True)


def load_published(
    survey: str, path: Path | None = None, codebook: Codebook | None = None
) -> pd.DataFrame:
    """The numbers and claims that the survey's report prints, in the file's order.

    One row per printed number or claim; columns as data/published/README.md has them, numbers in
    per cent, percentage points or people, missing where the file is empty. Raises UserError that
    names file, row and column of a bad value.
    """
    path = path or FOLDER / f"{survey}.csv"
    codebook = codebook or load_codebook(survey)
    published = with_numbers(read_text(path), path)
    try:
        schema().validate(published, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise UserError(first_failure(errors.failure_cases, published, path)) from None
    frame = frame_counts(codebook)
    for row in published.to_dict("records"):
        for column, mistake in mistakes(row, codebook, frame):
            raise UserError(bad_value(path, row["row_id"], column, row[column], mistake))
    return published


def load_exceptions(survey: str, folder: Path = FOLDER) -> tuple[Contradiction, ...]:
    """The contradictions among the survey's published rows. Raises UserError for a mistake in the
    file or an unknown row."""
    path = folder / "exceptions.yaml"
    known = {
        name: set(read_text(folder / f"{name}.csv")["row_id"]) for name in published_surveys(folder)
    }
    everything = parse(path, Exceptions).exceptions if path.exists() else ()
    for contradiction in everything:
        for row_id in (*contradiction.rows, *contradiction.contradicts):
            if not any(row_id in ids for ids in known.values()):
                raise UserError(
                    f"{path}: rækken »{row_id}« findes ikke i de trykte tal. Ret navnet, og prøv "
                    "igen."
                )
    return tuple(one for one in everything if set(one.rows) <= known.get(survey, set()))


def published_surveys(folder: Path = FOLDER) -> tuple[str, ...]:
    """The surveys whose printed numbers are in the project."""
    return tuple(sorted(path.stem for path in folder.glob("*.csv")))


def read_text(path: Path) -> pd.DataFrame:
    """The file as text, every cell a string. Raises UserError when it is missing or has other
    columns."""
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise UserError(f"Filen {path} med de trykte tal findes ikke.") from None
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise UserError(
            f"{path} kan ikke læses som kommasepareret UTF-8. Gem den sådan, og prøv igen."
        ) from None
    if tuple(table.columns) != COLUMNS:
        wrong = sorted(set(COLUMNS) ^ set(table.columns)) or ["rækkefølgen"]
        raise UserError(
            f"{path}: kolonnerne skal være {', '.join(COLUMNS)}. Det afviger: {', '.join(wrong)}."
        )
    return table


def with_numbers(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The same with numbers as numbers. Raises UserError at the first cell that is not one."""
    converted = {
        name: pd.to_numeric(table[name].replace("", None), errors="coerce")
        for name in ("page", *NUMBERS)
    }
    for name, numbers in converted.items():
        wrong = table.index[numbers.isna() & ((table[name] != "") | (name == "page"))]
        if len(wrong):
            raise UserError(
                bad_value(
                    path,
                    table["row_id"][wrong[0]],
                    name,
                    table[name][wrong[0]],
                    "her skal stå et tal med decimalpunktum",
                )
            )
    kinds = {"page": "int64"} | dict.fromkeys(NUMBERS, "float64")
    return table.assign(**converted).astype(kinds)


def bad_value(path: Path, row_id: str, column: str, value: object, mistake: str) -> str:
    return (
        f"{path}, rækken {row_id or '(uden navn)'}, kolonnen »{column}«: »{value}« kan ikke "
        f"bruges; {mistake}. Ret den, og prøv igen."
    )


def first_failure(failures: pd.DataFrame, published: pd.DataFrame, path: Path) -> str:
    """The first broken check, in Danish."""
    first = failures.sort_values("index", kind="stable").iloc[0]
    row_id = published["row_id"].get(first["index"], "")
    return bad_value(
        path,
        row_id,
        first["column"],
        published[first["column"]].get(first["index"], ""),
        str(first["check"]),
    )


def mistakes(row: dict, codebook: Codebook, frame: dict) -> Iterator[tuple[str, str]]:
    """Yields (column, mistake) for a row whose cells do not fit each other or the codebook."""
    is_claim = row["statistic"] == "claim"
    if bool(row["test"]) != is_claim:
        yield "test", "et udsagn skal have en prøve, og kun et udsagn"
    if pd.isna(row["value"]) != (is_claim or row["reading"] == "lost"):
        yield "value", "kun udsagn og tabte tal er uden værdi"
    if row["question"] not in codebook.by_id:
        yield "question", unknown_question(row["question"], codebook)
        return
    yield from label_mistakes(row, codebook, frame)
    yield from group_mistakes(row, codebook, frame)


def unknown_question(question: str, codebook: Codebook) -> str:
    return f"spørgsmålet er ikke i kodebogen. {nearest(question, list(codebook.by_id))}".rstrip()


def split_lists(row: dict) -> dict[str, tuple[str, ...]]:
    """The row's cells that hold several names, split."""
    return {
        name: tuple(filter(None, row[name].split(SEPARATOR))) for name in ("answers", "compare")
    }


def label_mistakes(row: dict, codebook: Codebook, frame: dict) -> Iterator[tuple[str, str]]:
    compared = row["compare"].split(SEPARATOR) if row["test"] == "base_is" else [row["question"]]
    for question in compared:
        if question not in codebook.by_id:
            yield "compare", unknown_question(question, codebook)
            return
    asked = [codebook.question(question) for question in compared]
    # Who gave an answer that is screened out is not in the results, but a note may name the answer.
    labels = [
        label
        for question in asked
        for label in (*labels_of(question, frame), *question.screened_out)
    ]
    for answer in filter(None, row["answers"].split(SEPARATOR)):
        if answer not in labels:
            yield (
                "answers",
                f"»{answer}« er ikke et svar på spørgsmålet. {nearest(answer, labels)}".rstrip(),
            )
        elif labels.count(answer) > 1:
            yield "answers", f"»{answer}« hører til flere af de spørgsmål, der sammenlignes med"


def group_mistakes(row: dict, codebook: Codebook, frame: dict) -> Iterator[tuple[str, str]]:
    known = {breakdown.id: breakdown for breakdown in codebook.breakdowns}
    if row["breakdown"] and row["breakdown"] not in known:
        yield (
            "breakdown",
            f"der kan ikke opdeles sådan. {nearest(row['breakdown'], list(known))}".rstrip(),
        )
        return
    if row["group"] and not row["breakdown"]:
        yield "breakdown", "en gruppe skal have en opdeling"
        return
    breakdown = known.get(row["breakdown"])
    groups = [group.label for group in breakdown.groups] if breakdown else []
    if breakdown and not groups:
        groups = list(frame.get(breakdown.question, ()))
    named = [("group", row["group"])] if row["group"] else []
    if row["test"] != "base_is":
        named += [("compare", group) for group in split_lists(row)["compare"]]
    for column, group in named:
        if group not in groups:
            yield column, f"gruppen findes ikke i opdelingen. {nearest(group, groups)}".rstrip()
