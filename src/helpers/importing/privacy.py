"""What in an export is personal, by the columns' names and by what is in them. Only answers to the
codebook pass."""

import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.importing.records import SurveyExport, Variable
from helpers.importing.status import SYSTEM
from helpers.importing.wording import folded, is_code

# Looked for in names and wordings, the first that fits.
NAMED = (
    ("CPR-nummer", r"\bcpr|personnummer|person nr|personnr|fødselsdato|birth"),
    ("e-mail", r"\be?mail|e post|\bepost"),
    ("telefonnummer", r"telefonn|telephone|\bphone|\bmobil|\btlf|^telefon$"),
    ("navn", r"\bnavn|fornavn|efternavn|\bname\b|^forn$|^ettern$|kontaktperson"),
    ("adresse", r"adresse|address|postnr|postnummer|\bvejnavn|\bip adr"),
    (
        "nøgle til personen",
        r"respondent ?id|^responde$|^id$|\bnøgle|\bkey\b|externalkey|unique|generated",
    ),
)
# Looked for in every text of a column; RE2 has no lookaround.
WRITTEN = (
    ("CPR-nummer", r"(^|\D)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}($|\D)"),
    ("e-mail", r"[^\s@]+@[^\s@]+\.[^\s@]{2,}"),
    ("telefonnummer", r"(^|[^\d.,:-])(\+45 ?|0045 ?)?[2-9]\d( ?\d{2}){3}($|[^\d.,:-])"),
)
FULL_NAME = re.compile(r"^[A-ZÆØÅÉÖÄ][\wéüöä]+(?:[ -][A-ZÆØÅÉÖÄ][\wéüöä.]*)+$")
LOOKED_AT = 2_000


def dropped_columns(export: SurveyExport, used: set[str]) -> dict[str, str]:
    """The columns that were not imported, each with what it is; never with a value."""
    return {
        variable.name: what_it_is(variable, export.answers[variable.name])
        for variable in export.variables
        if variable.name not in used
    }


def what_it_is(variable: Variable, values: pd.Series) -> str:
    """What an unused column is: a kind of personal information, free text, a system's own or not in
    the codebook."""
    if variable.question.casefold().startswith(SYSTEM):
        return "systemets egen oplysning"
    texts = unique_texts(values) if variable.kind in ("raw", "text") else pa.array([], pa.string())
    written = next(
        (
            kind
            for kind, pattern in WRITTEN
            if pc.any(pc.match_substring_regex(texts, pattern)).as_py()
        ),
        "",
    )
    named = next(
        (
            kind
            for kind, pattern in NAMED
            if any(
                re.search(pattern, folded(text).replace("_", " "))
                for text in (variable.name, variable.question, variable.text)
            )
        ),
        "",
    )
    if written or named:
        return written or named
    some = texts.slice(0, LOOKED_AT).to_pylist()
    if some and sum(bool(FULL_NAME.match(text)) for text in some) > len(some) / 2:
        return "navn"
    if variable.kind == "text" or is_free_text(some, len(texts), len(values)):
        return "fritekst"
    return "ikke i kodebogen"


def unique_texts(values: pd.Series) -> pa.Array:
    """The different texts of a column."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return pa.array([str(category) for category in values.cat.categories], pa.string())
    return pc.unique(pa.array(values, pa.string())).drop_null()


def is_free_text(some: list[str], unique: int, rows: int) -> bool:
    """Whether a column reads as people's own words: long, or nearly a new text in every row."""
    looked_at = [text for text in some if not is_code(text)]
    words = sum(len(text.split()) > 3 for text in looked_at)
    return bool(looked_at) and (
        words > len(looked_at) / 2 or (len(looked_at) > 20 and unique > rows / 2)
    )
