"""YAML is read as ruamel.yaml reads it, line numbers included, but for what looks like a number or
a date and is not plainly one: that is text."""

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from helpers.errors import UserError
from helpers.paths import ROOT
from helpers.survey.yaml_lines import line_of, parse, read_yaml

FILES = [
    *sorted((ROOT / "data").rglob("*.yaml")),
    ROOT / "_config.yml",
    ROOT / "book" / "pages.yaml",
]


def places(node, here=()):
    """Every place in what ruamel.yaml has read, with its line."""
    mapping = isinstance(node, dict)
    for step, inner in node.items() if mapping else enumerate(node):
        line = (node.lc.key(step) if mapping else node.lc.item(step))[0] + 1
        yield (*here, step), line
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*here, step))


def names_as_text(node):
    if isinstance(node, dict):
        return {str(name): names_as_text(value) for name, value in node.items()}
    return [names_as_text(value) for value in node] if isinstance(node, list) else node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_project_s_own_files_read_the_same_with_the_same_lines(path):
    others = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    content = read_yaml(path)
    assert content == names_as_text(others)
    expected = list(places(others))
    assert (
        expected
        and [
            (place, line)
            for place, line in expected
            if line_of(content, tuple(s if isinstance(s, int) else str(s) for s in place)) != line
        ]
        == []
    )


PLAIN = [
    "~",
    "null",
    "",
    "0",
    "-1",
    "+1",
    "2020",
    "1.50",
    "-0.5",
    "1.0e-7",
    ".5",
    "true",
    "TRUE",
    "False",
]
TEXT = [
    *("no", "Nej", "yes", "on", "off", "tRue", "12 a", "1,5", "1.2.3", "5-9", "1e5x", "1:30"),
    *("'1'", "'true'", '"0"'),
]
TEXT_HERE = [
    "=",
    "0123",
    "0630",
    "0o17",
    "0x1F",
    "1_000",
    "2020-04-01",
    "1e3",
    ".inf",
    ".NaN",
    "08",
]


def value_of(path, written):
    path.write_text(f"a: {written}\n", encoding="utf-8")
    return read_yaml(path)["a"]


@pytest.mark.parametrize("written", [*PLAIN, *TEXT])
def test_a_value_is_what_ruamel_yaml_says(tmp_path, written):
    mine = value_of(tmp_path / "x.yaml", written)
    other = YAML(typ="safe", pure=True).load(f"a: {written}\n")["a"]
    assert mine == other and type(mine) is type(other)
    assert isinstance(mine, str) == (written in TEXT)


@pytest.mark.parametrize("written", TEXT_HERE)
def test_what_is_no_plain_number_stays_as_it_is_written(tmp_path, written):
    assert value_of(tmp_path / "x.yaml", written) == written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "linje 3: .*»a« står to gange"),
        ("a: 1\nb: [1, 2\nc: 3\n", "linje 3: filen er ikke gyldig YAML"),
        ("a: 1\nb: *ukendt\n", "linje 2: filen er ikke gyldig YAML"),
        ("a: \x07\n", "ikke gyldig YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, text, said):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=rf"x\.yaml, {said}" if "linje" in said else said):
        read_yaml(path)


class Number(BaseModel):
    a: int


def test_a_file_is_read_again_when_it_has_changed_and_missed_when_it_is_gone(tmp_path):
    path = tmp_path / "x.yaml"
    for number in (1, 2):
        path.write_text(f"a: {number}\n")
        assert parse(path, Number).a == number
    path.write_text("a: 1\na: 1\n")
    with pytest.raises(UserError, match="står to gange"):
        parse(path, Number)
    path.unlink()
    with pytest.raises(UserError, match="findes ikke"):
        parse(path, Number)
