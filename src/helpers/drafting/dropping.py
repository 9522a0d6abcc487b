"""Which columns of an export are no questions, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from helpers.drafting.packed_answers import pieces_of
from helpers.drafting.vocabulary import known, mentions, unit_said, words
from helpers.importing.labelling import UNLABELLED, to_dates
from helpers.importing.privacy import NAMED, what_it_is
from helpers.importing.records import ExportQuestion, SurveyExport
from helpers.importing.status import SYSTEM
from helpers.importing.wording import folded, is_code

PERSONAL = ("CPR-nummer", "e-mail", "telefonnummer", "navn", "adresse", "nøgle til personen")
MOST_NUMBERS = 11  # of a scale in numbers: 0 to 10
MOST_OPTIONS = 60  # of a question that the file has no labels for
OFTEN = 10  # times that a long text is given on average, before it is an option
MOSTLY = 0.8


@dataclass(frozen=True)
class Dropped:
    """A column that is not in the codebook, and why, in Danish."""

    column: str
    why: str


def dropped_because(unit: ExportQuestion, export: SurveyExport, status: set[str]) -> str:
    """Why a column is no question, in Danish; "" when it may be one."""
    variable, values = unit.variables[0], export.answers[unit.columns[0]]
    if set(unit.columns) & status:
        return "status: fortæller, hvem der har svaret, og bruges af indlæsningen"
    if is_system(unit):
        return "systemets egen oplysning"
    if set(unit.columns) & export.formulas.keys():
        return "formler, hvis resultater ikke er gemt; åbn filen i Excel, og gem den"
    if all(not export.answers[name].notna().any() for name in unit.columns) and not labelled(unit):
        return "ingen svar i kolonnen"
    if unit.kind == "multiple":
        return ""
    if mentions(unit.name, known("weights")) or mentions(unit.text, known("weights")):
        return "ligner en vægt; vægte beregnes af bogen selv"
    if unit.kind == "date" or is_dates(values):
        return "dato eller tidspunkt"
    closed = bool(variable.labels)
    what = what_it_is(variable, values)
    if what == "fritekst" and not (unit.kind == "raw" and is_closed(export, variable.name)):
        if all(map(is_number, texts_in(values))):
            return ""
        return "fritekst; kan røbe, hvem der har skrevet, og indgår ikke (se type: text)"
    if mentions(unit.name, known("birth")) or (not closed and mentions(unit.text, known("birth"))):
        return "personoplysning: fødselsdag eller -år; lav aldersgrupper, hvis alder skal med"
    named = bool(re.search(dict(NAMED)["navn"], folded(f"{unit.name} {unit.text}")))
    if what == "navn" and not named and not closed and is_closed(export, variable.name):
        return ""  # words with capitals that come back: places, not persons
    if what == "navn" and not named and not closed:
        return "ligner personers navne; er det steder, kan den vælges med --unit"
    if what in PERSONAL and not closed and not is_asked(unit, values):
        return f"personoplysning: {what}"
    if not closed and is_constant(values) and unit.kind != "multiple":
        return "det samme står i alle rækker"
    return ""


def too_many(unit: ExportQuestion, export: SurveyExport) -> str:
    """Why a column without options is no question, in Danish."""
    if len(export.problems_in(unit.columns[0], UNLABELLED)):
        return "koder uden etiket; filens etiketter og svar passer ikke sammen, eller det er tal"
    if word := unit_said(unit.name, unit.text):
        column = unit.columns[0]
        return f"ligner en {word.singular} med mange værdier; vælg den med --unit {column}"
    if all(map(is_number, texts_in(export.answers[unit.columns[0]]))):
        return "tal; lav grupper af dem i eksporten, hvis de skal med"
    return "for mange forskellige svar til at være svarmuligheder"


def labelled(unit: ExportQuestion) -> bool:
    return any(variable.labels for variable in unit.variables) and unit.kind == "single"


def is_system(unit: ExportQuestion) -> bool:
    """Whether a system made the column for itself: by its name or what stands above it."""
    names = {folded(unit.name), folded(unit.text), *map(folded, unit.columns)}
    ends = tuple(words().system_endings)
    return (
        unit.name.casefold().startswith(SYSTEM)
        or bool(names & known("system"))
        or any(name.replace(" ", "_").endswith(ends) for name in names)
    )


def is_asked(unit: ExportQuestion, values: pd.Series) -> bool:
    """Whether a heading is a question and few answers are given to it, so that a word in it that
    persons are known by ("navn") is about something else."""
    return unit.text.rstrip(" :*").endswith("?") and values.nunique() <= MOST_NUMBERS


def texts_in(values: pd.Series) -> list[str]:
    """The different texts of a column."""
    return [str(text) for text in values.dropna().unique()]


def is_dates(values: pd.Series) -> bool:
    texts = [text for text in texts_in(values)[:200] if not is_code(text)]
    dates = to_dates([text.replace("T", " ")[:19] for text in texts]) if texts else pd.Series()
    return bool(texts) and dates.notna().mean() > MOSTLY


def is_constant(values: pd.Series) -> bool:
    return values.nunique() == 1 and len(values) > 1


def is_closed(export: SurveyExport, column: str) -> bool:
    """Whether the texts of a column come back so often that they are options, though long ones."""
    values = export.category(column)
    few = values.nunique() <= MOST_OPTIONS and values.notna().sum() >= OFTEN * values.nunique()
    return bool(few) or bool(pieces_of(values))


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(?:[.,]\d+)?", text.strip()))
