"""The codebook's reference is what the schema says, and what the schema refuses is told to an
analyst: in Danish, with file and line."""

import re
from copy import deepcopy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.authoring.reference.codebook_reference import EXAMPLE, PAGE, PARTS, reference
from helpers.errors import UserError
from helpers.survey.codebook import Codebook, load_codebook, read_codebook
from helpers.survey.yaml_lines import Record

EXPANDED = {"battery", "battery_short", "stem"}  # what no author writes
RIGHT = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
ENGLISH = re.compile(r"\b(field|should|input|valid|value|required|expected|error)\b", re.IGNORECASE)


def test_the_page_is_what_the_schema_says():
    assert PAGE.read_text(encoding="utf-8") == reference(), "make reference skriver siden igen"


def records(model, seen=None):
    """The schema's records that a codebook can hold."""
    seen = set() if seen is None else seen
    if model in seen:
        return seen
    seen.add(model)
    for field in model.model_fields.values():
        for found in within(field.annotation):
            records(found, seen)
    return seen


def within(kind):
    if isinstance(kind, type) and issubclass(kind, Record):
        yield kind
    for part in getattr(kind, "__args__", ()):
        yield from within(part)


def test_every_part_and_every_field_is_on_the_page():
    assert {model for model, _, _ in PARTS} == records(Codebook)
    page = PAGE.read_text(encoding="utf-8")
    for model, title, _ in PARTS:
        section = page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        for name, field in model.model_fields.items():
            written = f"\n`{field.alias or name}` (" in section
            assert written != (name in EXPANDED), (title, name)
            assert bool(field.description) == written, (title, name)


def test_the_example_is_a_codebook_with_every_type_but_that_of_municipalities():
    example = load_codebook(EXAMPLE)
    kinds = {question["type"] for question in RIGHT["questions"]}
    assert kinds == {"single", "multiple", "battery"}
    assert (
        example.municipality_question.id == "skole" and example.places.in_whole == "på alle skoler"
    )
    assert example.question("cykelsti").asked_if.answers == ("Cykel",)
    assert example.question("idraet").voluntary and example.by_place.id == "skole"


def places_of(content, at=()):
    """Every place in the codebook: the path to a name's value or a list's part."""
    parts = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in parts:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places_of(value, (*at, key))


PLACES = list(places_of(RIGHT))


def damaged(place, damage):
    content = deepcopy(RIGHT)
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    damage(inner, place[-1])
    return content


def misspelt(inner, key):
    if isinstance(inner, dict):
        inner[f"{key}x"] = inner.pop(key)
    else:
        inner[key] = {"stavefejl": 1}


def missing(inner, key):
    del inner[key]


def of_another_type(inner, key):
    inner[key] = 7 if isinstance(inner[key], dict | list) else {"a": [1]}


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from([misspelt, missing, of_another_type]))
def test_a_damaged_codebook_is_read_right_or_refused_with_its_line(place, damage):
    text = yaml.safe_dump(damaged(place, damage), allow_unicode=True, sort_keys=False)
    path = EXAMPLE.with_name("skadet.yaml")
    try:
        read(path, text)
    except UserError as error:
        said = re.fullmatch(rf"{re.escape(str(path))}, linje (\d+): (.+)", str(error), re.DOTALL)
        assert said and 1 <= int(said[1]) <= text.count("\n") + 1, error
        assert not ENGLISH.search(said[2].replace("skadet.yaml", "")), error


def read(path, text):
    """The codebook that a text would be in a file."""
    from unittest import mock

    with (
        mock.patch.object(type(path), "read_text", lambda *_, **__: text),
        mock.patch.object(type(path), "read_bytes", lambda _: text.encode()),
        mock.patch.object(type(path), "is_file", lambda _: True),
    ):
        return read_codebook(path, text.encode())


@pytest.mark.parametrize("name", ["survey", "title", "unit", "questions"])
def test_a_field_that_must_be_there_is_missed_by_name(name):
    with pytest.raises(UserError, match=f"{name}: feltet mangler"):
        text = yaml.safe_dump({key: value for key, value in RIGHT.items() if key != name})
        read(EXAMPLE.with_name("skadet.yaml"), text)
