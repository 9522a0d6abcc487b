"""Numbers and comparisons typed in book/*.md are found, and what the allowances are for is not."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.authoring.checks.typed import typed_problems
from helpers.authoring.checks.typed_in_prose import prose_problems
from helpers.authoring.notebook import read_notebook
from helpers.paths import ROOT
from helpers.survey.codebook import load_codebook, surveys
from helpers.survey.questions import Option

CODEBOOKS = [load_codebook(survey) for survey in surveys()]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("## Anbefaling 0-10 (2)", 0),
        ("## Anbefaling 0-10 (2), som 71 pct. gav", 1),
        ("## Antal svar: 5", 1),
        ("# Se [siden](tema-1-de-6-film.ipynb)", 0),
        ('q_9 = side.finding("q_9")', 0),
        ('q_8 = side.finding("q_8")', 1),
    ],
)
def test_the_codebooks_own_names_and_words_may_have_digits(tmp_path, cell, found):
    question = CODEBOOKS[0].questions[0]
    options = tuple(Option(label=str(number)) for number in range(11))
    numbered = question.model_copy(
        update={"id": "q_9", "short": "Anbefaling 0-10 (2)", "options": options}
    )
    codebook = CODEBOOKS[0].model_copy(update={"questions": (numbered,), "breakdowns": ()})
    make = new_markdown_cell if cell.startswith("#") else new_code_cell
    nbformat.write(new_notebook(cells=[make(cell)]), tmp_path / "side.ipynb")
    written = read_notebook(tmp_path / "side.ipynb", tmp_path)
    assert len(typed_problems(written, [codebook])) == found


def found_in(tmp_path, text):
    (tmp_path / "side.md").write_text(f"# Side\n\n{text}\n", encoding="utf-8")
    return [
        (problem.file, problem.line, problem.message)
        for problem in prose_problems(tmp_path, tmp_path, CODEBOOKS)
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I alt har 71 pct. svaret.", "»71«"),
        ("Rapporten bygger på 5.777 svar (s. 5).", "»5.777«"),
        ("Der er 5.778 svar.", "»5.778«"),
        ("Der er 5.778 svar (s. 6).", "»5.778«"),
        ("De fleste er tilfredse.", "»fleste«"),
        ("Andelen er højest i byerne.", "»højest«"),
    ],
)
def test_a_planted_mistake_is_found_with_its_line(tmp_path, text, named):
    ((file, line, message),) = found_in(tmp_path, text)
    assert (file, line) == ("side.md", 3) and named in message


@pytest.mark.parametrize(
    "text",
    [
        "Rapporten bygger på svar fra 5.778 personer (s. 5).",
        "Den 11. marts 2020 lukkede landet, og den 27. maj åbnede det.",
        "Se s. 12 og 14, tema 2 og bilag 1.",
        "| 6.1 | Dagpengemodtagere |",
        "Ord som »flest« og »højest« er bundet til en prøve.",
        "- **Højest og lavest:** Forskellen er stor.",
        "Der er {{ svar_i_alt }} svar.",
        "Hvem har svaret oftest, og hvor er andelen højest?",
        "De fleste blev ringet op (s. 4).",
        "`s[5]` og\n\n```\nx = 7\n```",
    ],
)
def test_what_is_allowed_is_not_found(tmp_path, text):
    assert found_in(tmp_path, text) == []


def test_the_books_own_prose_has_none():
    assert prose_problems(ROOT / "book", ROOT, CODEBOOKS) == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('side.tell(say.shares(x, "{a}, altså de fleste, er glade.", a="positive"))', True),
        ('side.tell("Andelen er højest her.")', True),
        ('side.tell(say.everybody(x, "Alle {a}.", "De fleste, {a}.", a="positive"))', True),
        ('side.tell(say.groups(x, "positive", differ="Den er højest blandt {hoejest}."))', False),
        ('side.tell(say.shares(x, "{a} er glade.", a="Er mest glad, når flest er med"))', False),
    ],
)
def test_a_comparison_in_a_text_that_no_test_decides_is_found(tmp_path, code, is_found):
    path = tmp_path / "side.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), path)
    assert bool(typed_problems(read_notebook(path, tmp_path), CODEBOOKS)) == is_found


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        (
            'side.tell(side.reported("b14-02", "Rapporten skriver {trykt} pct. (s. {side})."))',
            False,
        ),  # it is looked up
        ('side.tell(side.reported("b14-02", "Rapporten skriver 83 pct."))', True),
        ('side.tell("b14-02")', True),
    ],
)
def test_the_name_of_a_printed_number_is_no_number(tmp_path, code, is_found):
    path = tmp_path / "side.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), path)
    assert bool(typed_problems(read_notebook(path, tmp_path), CODEBOOKS)) == is_found
