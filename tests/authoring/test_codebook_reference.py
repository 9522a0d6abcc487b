"""The codebook's reference is what the schema says."""

import yaml

from helpers.authoring.reference.codebook_reference import EXAMPLE, PAGE, PARTS, reference
from helpers.survey.codebook import Codebook, load_codebook
from helpers.survey.yaml_lines import Record

EXPANDED = {"battery", "battery_short", "stem", "turned", "free_text"}  # what no author writes
RIGHT = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


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
    assert kinds == {"single", "multiple", "battery", "text"}
    assert example.municipality_question.id == "skole"
    assert example.places.in_whole == "på alle skoler under ét"
    assert example.question("cykelsti").asked_if.answers == ("Cykel",)
    assert example.question("idraet").voluntary and example.by_place.id == "skole"
