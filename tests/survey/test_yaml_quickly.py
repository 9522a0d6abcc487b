"""The quick YAML reader says the same as the thorough one, or nothing."""

import pytest

from helpers.paths import ROOT
from helpers.survey.yaml_lines import plain, read_quickly, read_yaml


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "data").rglob("*.yaml")), ROOT / "_config.yml", ROOT / "book" / "pages.yaml"],
    ids=lambda path: path.name,
)
def test_the_project_s_own_files_read_the_same(path):
    assert read_quickly(path.read_bytes()) in (None, plain(read_yaml(path)))


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "Nej",
        "yes",
        "on",
        "off",
        "0123",
        "0o17",
        "0x1F",
        "1:30",
        "1_000",
        "~",
        "null",
        "",
        "2020-04-01",
        "1e3",
        ".5",
        "=",
        "-1",
        "+1",
        "1.50",
        "1.",
        "true",
        "TRUE",
        "tRue",
        "2020",
        "12 a",
        "1,5",
        "0",
        "-0",
        "08",
        "1.2.3",
        ".inf",
        ".NaN",
        "5-9",
        "1e5x",
        "'1'",
    ],
)
def test_a_value_is_read_the_same_or_left_to_the_thorough_reader(tmp_path, value):
    path = tmp_path / "x.yaml"
    path.write_text(f"a: {value}\n")
    quick = read_quickly(path.read_bytes())
    assert quick is None or (
        quick == plain(read_yaml(path))
        and isinstance(plain(read_yaml(path))["a"], type(quick["a"]))
    )


def test_a_key_that_stands_twice_is_left_to_the_thorough_reader(tmp_path):
    (tmp_path / "x.yaml").write_text("a: 1\na: 2\n")
    assert read_quickly((tmp_path / "x.yaml").read_bytes()) is None


def test_the_codebook_is_read_quickly():
    assert read_quickly((ROOT / "data" / "codebook" / "citizens.yaml").read_bytes())
