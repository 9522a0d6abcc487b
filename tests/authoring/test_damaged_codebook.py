"""Each field of the codebook damaged in turn: what is said of it is Danish, of that field, and
names its line, which is found here by PyYAML's own marks."""

import json
import re

import pytest
import yaml

from helpers.authoring.reference.codebook_reference import EXAMPLE, MUNICIPAL, PARTS
from helpers.errors import UserError
from helpers.survey.codebook import Codebook, load_codebook
from helpers.survey.yaml_lines import Record, parse, read_yaml

# Values that name something elsewhere in the codebook, by the record that they stand in.
REFERENCES = {
    "AnswerRule": ("question", "answers"),
    "FilterRule": ("filter",),
    "Combined": ("options",),
    "Group": ("options",),
    "Breakdown": ("question",),
    "Places": ("question",),
    "Question": ("dont_know", "neutral", "compared_by", "breakdowns"),
}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENGLISH = re.compile(r"\b(input|should|field|valid|value|or|required|extra)\b", re.IGNORECASE)
NONSENSE = "vrøvl"
EXAMPLES = (EXAMPLE, MUNICIPAL)
REQUIRED = {
    (model.__name__, field.alias or name)
    for model, _, _ in PARTS
    for name, field in model.model_fields.items()
    if field.is_required()
}


def fields(record, at=()):
    """Yields (place, record, the field's name in the file) for all that is written in a record."""
    for field in sorted(record.model_fields_set):
        name = type(record).model_fields[field].alias or field
        yield (*at, name), record, name
        for steps, part in parts(getattr(record, field)):
            yield from fields(part, (*at, name, *steps))


def parts(value):
    """The records in a field's value, and how to get there."""
    if isinstance(value, Record):
        return [((), value)]
    steps = enumerate(value) if isinstance(value, tuple) else ()
    steps = value.items() if isinstance(value, dict) else steps
    return [((step,), part) for step, part in steps if isinstance(part, Record)]


def found(content, at):
    for step in at:
        content = content[step]
    return content


def written():
    """Each field of the examples that stands in the file by name (an option may be just a text)."""
    for example in EXAMPLES:
        content = read_yaml(example)
        for at, record, name in fields(parse(example, Codebook)):
            if isinstance(found(content, at[:-1]), dict):
                yield example, at, type(record).__name__, name


WRITTEN = list(written())
# The same, but one of a list alone.
PLACES = list(
    {(one[0], *(step for step in one[1] if isinstance(step, str))): one for one in WRITTEN}.values()
)
ALTERNATIVES = ("FilterRule", "AllRule", "AnyRule", "NotRule")  # each has one field


def test_the_examples_load_and_use_every_field():
    assert [load_codebook(one).survey for one in EXAMPLES] == ["trivsel", "borgere"]
    used = {(record, name) for _, _, record, name in WRITTEN}
    there = {
        (model.__name__, field.alias or name)
        for model, _, _ in PARTS
        for name, field in model.model_fields.items()
        if field.description
    }
    assert len(used) > 60 and there - used == set()


# ---- damage ------------------------------------------------------------------------------------


# PyYAML may have been built without its C part.
class Plainly(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    """Writes what is the same twice, and none of it by reference."""

    def ignore_aliases(self, data):
        return True


def said_of(tmp_path, example, damage, at):
    """What is said of an example whose record at `at[:-1]` is changed by `damage`, the damaged
    file and the line that is named; nothing where it still loads."""
    content = json.loads(json.dumps(read_yaml(example)))
    damage(found(content, at[:-1]), at[-1])
    path = tmp_path / "kodebog.yaml"
    text = yaml.dump(content, allow_unicode=True, sort_keys=False, Dumper=Plainly)
    path.write_text(text, encoding="utf-8")
    try:
        load_codebook(path)
    except UserError as error:
        named = re.match(rf"{re.escape(str(path))}, linje (\d+): (.+)\Z", str(error))
        assert named and ENGLISH.search(named[2]) is None, error
        assert "AnswerRule" not in named[2] and named[2].endswith("Ret linjen, og prøv igen."), (
            error
        )
        return named[2], int(named[1]), yaml.compose(text, Loader=LOADER)
    return "", 0, None


def lines_of(node, at):
    """The lines on which a part of the file begins and ends, by PyYAML's own marks."""
    begins = node.start_mark.line + 1
    for step in at:
        if isinstance(node, yaml.MappingNode):
            key, node = next(pair for pair in node.value if pair[0].value == step)
            begins = key.start_mark.line + 1
        else:
            node = node.value[step]
            begins = node.start_mark.line + 1
    return begins, node.end_mark.line + 1


def rename(record, name):
    record[f"{name}x"] = record.pop(name)


def mistype(record, name):
    record[name] = [[NONSENSE]] if isinstance(record[name], str) else NONSENSE


def misname(record, name):
    """Another name in the place of one that is known elsewhere in the codebook."""
    record[name] = NONSENSE if isinstance(record[name], str) else [NONSENSE, *record[name][1:]]


@pytest.mark.parametrize(
    ("example", "at", "kind", "name"), PLACES, ids=["-".join(map(str, one[1])) for one in PLACES]
)
def test_a_field_that_is_missing_wrong_or_misspelt_is_told_with_its_line(
    tmp_path, example, at, kind, name
):
    said, line, tree = said_of(tmp_path, example, rename, at)
    renamed = (*at[:-1], f"{name}x")
    assert f"{name}x: feltet findes ikke" in said and line == lines_of(tree, renamed)[0]

    said, line, tree = said_of(tmp_path, example, mistype, at)
    assert f"{name}: " in said or f"{name}.0: " in said
    assert lines_of(tree, at)[0] <= line <= lines_of(tree, at)[1]

    said, line, tree = said_of(tmp_path, example, dict.pop, at)
    if (kind, name) in REQUIRED:
        # an empty rule lacks any of them
        lacks = "" if kind in ALTERNATIVES else name
        assert f"{lacks}: feltet mangler" in said
        begins, ends = lines_of(tree, at[:-1])
        assert begins <= line <= ends


@pytest.mark.parametrize(
    ("example", "at"),
    [(one, at) for one, at, kind, name in PLACES if name in REFERENCES.get(kind, ())],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else value,
)
def test_a_reference_to_what_is_not_there_is_told_with_its_line(tmp_path, example, at):
    said, line, tree = said_of(tmp_path, example, misname, at)
    # a rule is named by the field that it stands in
    outer = next((n for n, step in enumerate(at) if step in ("asked_if", "rule")), len(at) - 2)
    begins, ends = lines_of(tree, at[: outer + 1])
    assert NONSENSE in said and begins <= line <= ends
