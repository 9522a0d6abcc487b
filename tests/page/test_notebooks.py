"""The notebooks read as pages: headings in Markdown, one helper call a cell, no typed numbers,
outputs that can be checked."""

import ast
import re

import nbformat
import pytest

from helpers.paths import NOTEBOOKS
from helpers.press.outline import load_outline
from helpers.reports.published import load_published, published_surveys
from helpers.survey.codebook import load_codebook, surveys

# a new page is tested as soon as it has a place
PAGES = tuple(page.slug for page in load_outline().pages if page.source == "notebook")
PARAMETERS = 'municipality = "Hele landet"\ndataset = "synthetic"\nweighting = "uden"'


def read(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


@pytest.fixture(params=PAGES)
def notebook(request):
    return read(request.param)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_one_cell_holds_the_parameters_and_the_next_opens_the_page(notebook):
    tagged = [
        number
        for number, cell in enumerate(code(notebook))
        if "parameters" in cell.metadata.get("tags", [])
    ]
    assert tagged == [0] and code(notebook)[0].source == PARAMETERS
    assert re.search(
        r"^side = open_page\(municipality, dataset(, survey=\"\w+\")?, weighting=weighting\)\Z",
        code(notebook)[1].source,
        flags=re.M,
    )
    assert code(notebook)[2].source == "side.notice()"


def test_headings_have_one_top_and_skip_no_level(notebook):
    levels = [len(found) for found in re.findall(r"^(#+) ", "\n".join(prose(notebook)), flags=re.M)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))


def test_code_cells_are_short_and_plain(notebook):
    banned = (
        ast.FunctionDef,
        ast.ClassDef,
        ast.Try,
        ast.For,
        ast.While,
        ast.Lambda,
        ast.ListComp,
        ast.GeneratorExp,
        ast.DictComp,
    )
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 10
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, banned)]
        assert cell.source.count(".figure()") <= 1


def names_of_printed_rows(cell):
    """The names of rows in data/published that a cell asks for; their numbers are looked up
    there."""
    calls = [
        node
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    named = {call.args[0].value for call in calls if call.func.attr == "reported"}
    known = (
        {row_id for survey in published_surveys() for row_id in load_published(survey)["row_id"]}
        if named
        else set()
    )
    assert named <= known, named - known
    return named


def test_no_number_is_typed(notebook):
    """Digits stand in theme names, in question wordings (data) and in code, never in what is
    said."""
    codebooks = [load_codebook(survey) for survey in surveys()]
    quoted = {
        label
        for codebook in codebooks
        for question in codebook.questions
        for label in (*question.labels, question.text)
    }
    quoted |= {
        group.label
        for codebook in codebooks
        for breakdown in codebook.breakdowns
        for group in breakdown.groups
    }
    quoted |= {page.slug for page in load_outline().pages}
    for text in prose(notebook):
        assert not re.search(r"\d", re.sub(r"(Tema|Bilag|tema|bilag)[ -]\d", "", text)), text
    for cell in code(notebook)[1:]:
        printed = names_of_printed_rows(cell)
        for node in ast.walk(ast.parse(cell.source)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value not in quoted | printed
            ):
                assert not re.search(r"\d", node.value), node.value


COMPARING = (
    "groups",
    "across",
    "country",
    "against",
    "most_in",
    "varies",
    "runner_up",
    "same_overall",
)


def test_a_page_that_compares_says_once_what_its_words_mean(notebook):
    text = "\n".join(cell.source for cell in code(notebook))
    if any(f"say.{name}(" in text for name in COMPARING):
        assert text.count("say.method()") == 1


def is_of_means(assigned, call):
    """Whether a table is of what `side.means` and its like gave."""
    value = assigned.get(getattr(call.func.value, "id", ""))
    return isinstance(value, ast.Call) and "mean" in getattr(value.func, "attr", "")


def held_against_each_other(name):
    """(question, breakdown) of each finding whose groups a page compares: in a sentence, or in a
    table, which marks what differs."""
    tree = ast.parse("\n".join(cell.source for cell in code(read(name))))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assigned = {
        node.targets[0].id: node.value for node in ast.walk(tree) if isinstance(node, ast.Assign)
    }
    compared = [
        call.func.value if call.func.attr == "table" else call.args[0]
        for call in calls
        if call.func.attr in (*COMPARING, "told_means", "table")
        and not (call.func.attr == "table" and is_of_means(assigned, call))  # which has no marks
    ]
    for found in (assigned.get(one.id) if isinstance(one, ast.Name) else one for one in compared):
        by = [
            ast.literal_eval(word.value)
            for word in getattr(found, "keywords", ())
            if word.arg == "by"
        ]
        for breakdown in ([by[0]] if isinstance(by[0], str) else by[0]) if by else ():
            yield found.args[0].value, breakdown


def test_what_the_book_compares_is_what_the_codebook_says():
    """For that is corrected together; a comparison too few, and its marks are too many; one too
    many, and the others are too few."""
    planned = {
        (question.id, breakdown)
        for survey in surveys()
        for question in load_codebook(survey).questions
        for breakdown in question.compared_by
    }
    background = {
        question.id
        for question in load_codebook("citizens").questions
        if question.role == "background"
    }
    compared = {
        one
        for name in PAGES
        if not name.startswith("vaerktoej")
        for one in held_against_each_other(name)
        if one[0] not in background
    }
    assert len(compared) > 10 and compared - planned == set()
    battery = {question.id for question in load_codebook("citizens").battery("udsagn")}
    assert {one for one in planned - compared if one[0] not in battery} == set()


def test_stored_outputs_are_complete_and_without_trace_of_when(notebook):
    assert (
        set(notebook.metadata) == {"kernelspec", "language_info"}
        and notebook.metadata.kernelspec.name == "python3"
    )
    for cell in code(notebook):
        assert set(cell.metadata) <= {"tags"}
        assert all(output.output_type == "execute_result" for output in cell.outputs)


def test_each_figure_has_its_alt_text_in_the_outputs_metadata(notebook):
    figures = [
        output
        for cell in code(notebook)
        for output in cell.outputs
        if "image/svg+xml" in output.data
    ]
    for output in figures:
        assert len(output.metadata["image/svg+xml"]["alt"]) > 40
    drawn = (".figure(", "side.own_figure(")
    assert len(figures) == sum(any(one in cell.source for one in drawn) for cell in code(notebook))


def test_each_figure_is_followed_by_its_table(notebook):
    cells = code(notebook)
    for cell, after in zip(cells, cells[1:]):
        if cell.source.endswith(".figure()"):
            assert after.source.startswith(cell.source.replace(".figure()", ".table("))


def test_every_question_of_the_report_has_its_figure():
    drawn = set()
    for name in PAGES:
        text = "\n".join(cell.source for cell in code(read(name)))
        variables = dict(re.findall(r'(\w+) = side\.(?:finding|battery)\("(\w+)"', text))
        drawn |= {
            variables[name]
            for name in re.findall(r"^(\w+)\.figure\(\)", text, flags=re.M)
            if name in variables
        }
    asked = {
        question.battery or question.id
        for survey in surveys()
        for question in load_codebook(survey).tabulated
        if question.type != "municipality"
    }
    assert asked <= drawn


def test_the_reports_broken_down_charts_are_there():
    text = "\n".join(cell.source for name in PAGES for cell in code(read(name)))
    for question in ("hyppighed", "interesse", "tilfredshed"):
        found = re.search(rf'(\w+) = side\.finding\("{question}", by="maalgruppe"', text)
        assert found and f"{found[1]}.figure()" in text


def test_links_lead_to_pages_that_are_there(notebook):
    for target in re.findall(r"\]\(([^)]+)\)", "\n".join(prose(notebook))):
        assert (NOTEBOOKS / target).is_file()


def headings(name):
    return re.findall(r"^#+ (.+)$", "\n".join(prose(read(name))), flags=re.M)


def test_key_figures_and_answers_lead_to_sections_that_are_there():
    led = 0
    for name in PAGES:
        for cell in code(read(name)):
            for call in (one for one in ast.walk(ast.parse(cell.source)) if is_method(one)):
                if call.func.attr == "summary" and call.args:
                    sections = [(name, ast.literal_eval(key)) for key in call.args[0].keys]
                elif call.func.attr == "key_figures":
                    given = {one.arg: ast.literal_eval(one.value) for one in call.keywords}
                    sections = [(given["page"], given.get("section"))]
                else:
                    continue
                led += len(sections)
                assert all(one is None or one in headings(page) for page, one in sections)
    assert led > 20


def is_method(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
