"""An imported layout held against the truth, cell by cell; and which questions its headings cannot
tell apart."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import forms
import layouts
import pandas as pd
import spssforms
from noise import Noise
from ruamel.yaml import YAML

from helpers.errors import UserError
from helpers.importing import import_survey
from helpers.importing.linking import link_all
from helpers.importing.reading import read_by_content, read_export
from helpers.survey.codebook import Codebook
from helpers.survey.routing import asked

# How a layout joins a question with an option, and a battery with an item; "" where the two are not
# joined in a heading.
JOINED = {
    "sep_csv": ("{}: {}", "{}: {}"),
    "redcap": ("{} (choice={})", "{} - {}"),
    "lime_texts": ("{} [{}]", "{} [{}]"),
    "lime_codes": ("", ""),
    "lime_codes_6": ("", ""),
    "qualtrics": ("{} - Selected Choice - {}", "{} - {}"),
    "option_text": ("{} / {}", "{} / {}"),
    "two_rows": ("", ""),
    **dict.fromkeys(
        (
            "forms_csv",
            "forms_commas",
            "list_parquet",
            "extended",
            "extended_without_sets",
            "categories",
        ),
        ("", "{} - {}"),
    ),
    **dict.fromkeys(("options_alone", "options_without_sets"), ("{1}", "{} - {}")),
    **dict.fromkeys(layouts.xactforms.XACT, ("", "")),
}


@dataclass(frozen=True)
class Compared:
    """How many cells were wrong; or which questions stopped the import, or why it stopped."""

    wrong: int = 0
    unfound: frozenset[str] = frozenset()
    stopped: str = ""


def everybody(
    count: int, seed: int, codebook: Codebook = forms.CODEBOOK
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Respondents, and invited people who were silent. A layout does not tell a skipped box from an
    empty one, so nobody skips them."""
    people = forms.people(count, seed)
    for question in codebook.questions:
        if question.type == "multiple":
            put_to = asked(codebook, question, people)
            for column in question.columns:
                people[column] = people[column].mask(put_to & people[column].isna(), False)
    return people, forms.silent_people(count // 5, seed + 1)


def not_told_apart(layout: str, noise: Noise, fields: list) -> set[str]:
    """The questions of which two columns have the same heading once it is cut off."""
    boxes, items = JOINED.get(layout, ("{} - {}", "{} - {}"))
    headings: dict[str, list[tuple[str, str]]] = {}
    for field in fields:
        form = boxes if field.is_box else items
        if noise.cut and field.question and field.tail and form:
            group = field.question if field.is_box else field.head
            headings.setdefault(group, []).append(
                (field.question, noise.heading(form.format(field.head, field.tail)))
            )
    return {
        question
        for found in headings.values()
        for question, heading in found
        if Counter(text for _, text in found)[heading] > 1
    }


def compare(
    layout: str,
    noise: Noise,
    people: pd.DataFrame,
    silent: pd.DataFrame,
    place: Path,
    named: bool = True,
) -> Compared:
    """Imports the layout. Where `named`, a mapping file names the columns of questions that the
    headings do not tell apart."""
    fields = layouts.fields_of(people, silent, forms.CODEBOOK, noise)
    path = layouts.write(layout, place / "in", people, silent, forms.CODEBOOK, noise, fields)
    wanted = people.assign(uddannelse=None) if noise.missing else people
    entries = {"uddannelse": {"variable": "findes ikke"}} if noise.missing else {}
    if named:
        entries |= columns_by_place(layout, path, fields, not_told_apart(layout, noise, fields))
    mapping = write_mapping(place, entries) if entries else None
    try:
        found = forms.plain(
            forms.imported(import_survey(path, output=place / "out", mapping_file=mapping))
        )
    except UserError as error:
        export = read_export(path, forms.CODEBOOK)
        return Compared(
            0,
            frozenset(one.question for one in link_all(export, forms.CODEBOOK, mapping).unmatched),
            str(error),
        )
    truth = forms.plain(wanted)
    if len(found) != len(truth):
        return Compared(wrong=truth.size)
    return Compared(int(((found != truth) & ~(found.isna() & truth.isna())).to_numpy().sum()))


def columns_by_place(layout: str, path: Path, fields: list, questions: set[str]) -> dict[str, dict]:
    """Mapping entries for questions, by where their columns stand in the file."""
    if not questions:
        return {}
    if layout in spssforms.SPSS:
        names = {field.id: f"v{place}" for place, field in enumerate(fields)}
    else:
        variables = [variable.name for variable in read_by_content(path).variables]
        first = {field.question: field for field in reversed(fields) if field.is_box}
        kept = (
            fields
            if len(variables) == len(fields)
            else [field for field in fields if not field.is_box or first[field.question] is field]
        )
        names = {field.id: name for field, name in zip(kept, variables, strict=True)}
    entries: dict[str, dict] = {}
    for field in fields:
        if field.question in questions and field.is_box:
            entries.setdefault(field.question, {"variables": {}})["variables"][
                field.id.removeprefix(f"{field.question}: ")
            ] = names[field.id]
        elif field.question in questions:
            entries[field.question] = {"variable": names[field.id]}
    return entries


def write_mapping(place: Path, entries: dict) -> Path:
    yaml = YAML()
    yaml.width = 4096
    yaml.dump({"survey": "citizens", "questions": entries}, place / "kobling.yaml")
    return place / "kobling.yaml"
