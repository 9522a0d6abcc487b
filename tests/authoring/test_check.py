"""Each mistake, made on purpose, is found, with its place and its mend."""

import io

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_output

from helpers.authoring.check import check
from helpers.paths import NOTEBOOKS


def cell_with(notebook, text):
    (cell,) = [cell for cell in notebook.cells if text in cell.source]
    return cell


def changed(old, new):
    """A mistake typed into a cell."""
    return lambda small: small.code(old, new)


def added(source, *outputs):
    """A mistake in a cell added at the end, with these outputs stored in it."""
    return lambda small: small.edit(
        lambda notebook: notebook.cells.append(new_code_cell(source, outputs=list(outputs)))
    )


def untag(small):
    small.edit(lambda notebook: cell_with(notebook, 'dataset = "synthetic"').metadata.pop("tags"))


def lose_alt_text(small):
    small.edit(
        lambda notebook: cell_with(notebook, "tilfredshed.figure()").outputs[0].metadata.clear()
    )


def keep_a_panel(small):
    panel = new_output(
        "display_data",
        data={
            "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
            "text/plain": "VBox()",
        },
    )
    small.edit(lambda notebook: cell_with(notebook, "open_page").outputs.append(panel))


def forget_the_page(small):
    (small.root / "notebooks" / "ny.ipynb").write_bytes(small.notebook.read_bytes())


def lose_the_notebook(small):
    small.notebook.unlink()


def merge_badly(small):
    (small.root / "notebooks" / "ny.ipynb").write_text("<<<<<<< HEAD\n", encoding="utf-8")


def shown(frame):
    return new_output(
        "execute_result",
        data={
            "text/html": frame.to_html(max_rows=6, show_dimensions=True),
            "text/plain": str(frame),
        },
        execution_count=1,
    )


FIGURE, PROSE = "tilfredshed.figure()", "Hvor tilfredse har borgerne"
TWO = pd.DataFrame({"respondent": ["a", "b"], "alder": ["20-29", "30-39"]})
MANY = pd.DataFrame({"alder": ["20-29"] * 400, "koen": ["Mand"] * 400})
PICTURE = new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"})
ERROR = new_output("error", ename="UserError", evalue="Nej", traceback=[])
CELL = "notebooks/tema-4-tilfredshed.ipynb, celle "
# a cell added at the end
ADDED = (
    f"{CELL}{len(nbformat.read(NOTEBOOKS / 'tema-4-tilfredshed.ipynb', as_version=4).cells) + 1}"
)
MISTAKES = {
    "a long cell": (
        changed(FIGURE, FIGURE + "\n# mere" * 10),
        CELL + "9, linje 11",
        "11 linjer lang",
        "højst 10 linjer",
    ),
    "a loop": (added("for _ in ():\n    pass"), ADDED + ", linje 1", "»for«", "helpers.page"),
    "a function": (
        added("def vis():\n    return side"),
        ADDED + ", linje 1",
        "»def«",
        "helpers.page",
    ),
    "a guard": (
        added("try:\n    side\nexcept Exception:\n    side"),
        ADDED + ", linje 1",
        "»try«",
        "helpers.page",
    ),
    "broken Python": (
        changed(FIGURE, "tilfredshed.figure("),
        CELL + "9, linje 1",
        "ikke gyldig Python: Parentesen »(« bliver aldrig lukket",
        "Ret den",
    ),
    "no tag": (
        untag,
        "notebooks/tema-4-tilfredshed.ipynb:",
        "mærket »parameters«",
        "Giv den første kodecelle",
    ),
    "no parameter": (
        changed('\ndataset = "synthetic"', ""),
        CELL + "2",
        "Parameteren »dataset« mangler",
        'dataset = "synthetic"',
    ),
    "answer": (
        changed(
            'say.groups(tilfredshed_efter_koen, "Meget tilfreds"',
            'say.groups(tilfredshed_efter_koen, "Meget tilfredse"',
        ),
        CELL + "16, linje 3",
        "ikke svaret »Meget tilfredse«",
        "»Meget tilfreds«",
    ),
    "named answer": (
        changed('sure="negative"', 'sure="negativ"'),
        CELL + "8, linje 5",
        "ikke svaret »negativ«",
        "»negative«",
    ),
    "question": (
        changed('side.finding("tilfredshed", by="koen"', 'side.finding("tilfredshd", by="koen"'),
        CELL + "16, linje 1",
        "intet spørgsmål »tilfredshd«",
        "»tilfredshed«",
    ),
    "breakdown": (changed('by="koen"', 'by="kon"'), CELL + "16, linje 1", "»kon«", "»koen«"),
    "group": (
        added(
            'side.tell(say.shares(tilfredshed_efter_koen, "{x} af mændene.", x=("Mænd", "Meget '
            'tilfreds")))'
        ),
        ADDED + ", linje 1",
        "ingen gruppe »Mænd«",
        "kodebogen",
    ),
    "answer by municipality": (
        added('side.municipalities("tilfredshed", "positiv").figure()'),
        ADDED + ", linje 1",
        "ikke svaret »positiv«",
        "»positive«",
    ),
    "a typed number": (
        changed(PROSE, f"{PROSE} på 5.778 svar"),
        CELL + "5, linje 1",
        "»5.778«",
        "say.shares",
    ),
    "a typed share": (
        changed("{sure} er utilfredse", "71 pct. er utilfredse"),
        CELL + "8, linje 5",
        "»71«",
        "say.shares",
    ),
    "a typed claim": (
        changed(PROSE, f"De fleste er tilfredse. {PROSE}"),
        CELL + "5, linje 1",
        "»fleste« er en påstand",
        "say.most_common",
    ),
    "a typed comparison": (
        changed(PROSE, f"Kvinder er mere tilfredse end mænd. {PROSE}"),
        CELL + "5, linje 1",
        "»mere tilfredse end mænd« er en påstand",
        "say.groups",
    ),
    "a claim in an untested sentence": (
        changed("er utilfredse eller meget utilfredse.", "er utilfredse, flest blandt kvinder."),
        CELL + "8, linje 5",
        "»flest« er en påstand",
        "say.most_common",
    ),
    "no alt text": (lose_alt_text, CELL + "9", "ingen alternativ tekst", ".figure()"),
    "a picture without alt text": (
        added("tegn()", PICTURE),
        ADDED,
        "ingen alternativ tekst",
        ".figure()",
    ),
    "respondents": (added("svar.head()", shown(TWO)), ADDED, "enkeltpersoner", "side.finding"),
    "many rows": (
        added("svar", shown(MANY)),
        ADDED,
        "enkeltpersoner eller en lang rå tabel",
        "side.finding",
    ),
    "printed respondents": (
        added("print(svar)", new_output("stream", text=TWO.to_string())),
        ADDED,
        "enkeltpersoner",
        "side.finding",
    ),
    "a panel": (keep_a_panel, CELL + "3", "panel", "make notebooks"),
    "an error": (added("x", ERROR), ADDED, "gemt med en fejl", "Ret cellen"),
    "a forgotten page": (
        forget_the_page,
        "notebooks/ny.ipynb:",
        "står ikke i book/pages.yaml",
        "slug: ny",
    ),
    "a lost notebook": (lose_the_notebook, "book/pages.yaml", "findes ikke", "slet linjen"),
    "a bad merge": (merge_badly, "notebooks/ny.ipynb:", "ikke en notebook", "git checkout"),
}


@pytest.mark.parametrize(("mistake", "place", "message", "mend"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_with_its_place_and_its_mend(small, mistake, place, message, mend):
    mistake(small)
    lines = [str(problem) for problem in check(small.project, run=False)]
    assert [
        line for line in lines if line.startswith(place) and message in line and mend in line
    ], lines
    assert all("\n" not in line for line in lines)


@pytest.mark.parametrize(
    ("answer", "is_found"),
    [
        ("Via video", False),
        ("Via video (fx Skype, Facetime, Zoom eller Teams)", False),
        ("Via vide", True),
    ],
)
def test_an_answer_may_be_named_without_its_examples(small, answer, is_found):
    added(f'kanal = side.finding("kanal")\nside.tell(say.country(kanal, "{answer}"))')(small)
    assert (
        bool([line for line in map(str, check(small.project, run=False)) if f"»{answer}«" in line])
        == is_found
    )


def test_a_function_that_draws_may_loop_and_its_cell_be_longer(small):
    drawing = [
        "def tegn(ax, data):",
        "    for share in data.share:",
        *["    ax.axvline(share)"] * 9,
        'side.own_figure(tegn, tilfredshed.data(), title="Streger", alt="Streger.")',
    ]
    added("\n".join(drawing))(small)
    found = "\n".join(map(str, check(small.project, run=False)))
    assert "linjer lang" not in found and "programmerer" not in found


def test_a_notebook_without_mistakes_has_none_and_runs_only_once(small, monkeypatch):
    assert check(small.project) == []
    # nothing is run the second time
    monkeypatch.setattr("helpers.authoring.checks.stale.try_out", None)
    assert check(small.project) == []


def test_outputs_that_a_run_no_longer_gives_are_found(small):
    small.edit(
        lambda notebook: (
            cell_with(notebook, "tilfredshed.table()")
            .outputs[0]
            .data.update({"text/plain": "noget andet"})
        )
    )
    (problem,) = check(small.project)
    assert (
        str(problem).startswith(CELL + "10:")
        and "gemte udskrift" in problem.message
        and "make notebooks" in problem.mend
    )


def test_a_notebook_that_does_not_run_is_found(small):
    small.edit(lambda notebook: notebook.cells.append(new_code_cell("side.findes_ikke")))
    (problem,) = check(small.project)
    assert problem.file.endswith("tema-4-tilfredshed.ipynb")
    assert "»Page« har ikke »findes_ikke«" in problem.message
    assert ", linje 1: side.findes_ikke" in problem.message


def parquet(frame):
    made = io.BytesIO()
    frame.to_parquet(made)
    return made.getvalue()


def workbook(frame):
    made = io.BytesIO()
    frame.to_excel(made, index=False)
    return made.getvalue()


PEOPLE = pd.DataFrame(
    {
        "initiativ": ["Det gjorde jeg selv"] * 9,
        "hyppighed": ["Ved ikke"] * 9,
        "tilfredshed": ["Tilfreds"] * 9,
    }
)
KEYS = pd.DataFrame({"RespondentId": range(9), "Svar": ["x"] * 9})
REAL = "title: Vores\nperiod: 2020\nsynthetic: false\nsource: os\nsurveys: {}\n"
FILES = [
    ("data/2021/dataset.yaml", REAL, "rigtige svar"),
    ("svar.parquet", parquet(PEOPLE), "enkeltpersoner"),
    ("svar.sav", b"$FL2", "enkeltpersoner"),
    ("svar.xlsx", workbook(PEOPLE), "respondent"),
    ("svar.csv", PEOPLE.to_csv(index=False), "respondent"),
    ("noegler.csv", KEYS.to_csv(sep=";", index=False), "respondent"),
    ("note.md", "Ring til 010190-1234 i morgen.\n", "CPR"),
]


@pytest.mark.parametrize(("name", "content", "message"), FILES, ids=[name for name, *_ in FILES])
def test_real_answers_on_their_way_into_git_are_found(small, name, content, message):
    small.add(name, content)
    (problem,) = check(small.project, run=False)
    assert problem.file == name and message in problem.message and problem.mend
    assert "010190" not in str(problem)


def test_what_is_nobodys_answer_may_go_into_git(small):
    small.add("data/2021/dataset.yaml", REAL.replace("false", "true"))
    small.add("data/2021/svar.parquet", parquet(PEOPLE))
    small.add(
        "tal.csv",
        pd.DataFrame({"question": ["initiativ"] * 9, "count": range(9)}).to_csv(index=False),
    )
    # no such day, too long, a decimal
    small.add("note.md", "Ordre 320190-1234 og 1234567890123 koster 0101.901234 kr.\n")
    assert check(small.project, run=False) == []


def test_an_answer_file_that_git_is_not_given_is_nobody_elses_business(small):
    (small.root / "svar.sav").write_bytes(b"$FL2")
    assert check(small.project, run=False) == []


def test_this_project_has_none_of_the_mistakes_that_are_seen_without_a_run():
    assert check(run=False) == []


def test_the_command_prints_a_line_per_problem_and_fails(copy):
    path = copy.root / "notebooks" / "kommunerne.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[4].source += "\n\n12 kommuner er med."
    nbformat.write(notebook, path)
    ended = copy.kontaktbogen("check", "--no-run")
    first, *_ = ended.stdout.splitlines()
    assert (
        ended.returncode == 1
        and first.startswith("notebooks/kommunerne.ipynb, celle 5, linje ")
        and "»12«" in first
    )
    assert ended.stdout.splitlines()[-1] == "1 ting skal rettes."


def test_the_hook_stops_a_commit_until_it_is_mended(copy):
    copy.run("git", "init", "-q", ".")
    assert copy.kontaktbogen("check", "--install-hook").returncode == 0
    (copy.root / "notebooks" / "kommunerne.ipynb").unlink()
    copy.run("git", "add", "CHANGELOG.md", "book")
    refused = copy.run("git", "commit", "-qm", "Uden notebook")
    assert refused.returncode == 1 and "book/pages.yaml" in refused.stdout + refused.stderr
    pages = copy.root / "book" / "pages.yaml"
    pages.write_text(
        "".join(
            line
            for line in pages.read_text().splitlines(keepends=True)
            if "slug: kommunerne" not in line
        )
    )
    done = copy.run("git", "commit", "-qm", "Uden siden")
    assert done.returncode == 0, done.stdout + done.stderr
    (copy.root / "tests" / "ny.py").write_text("import os\n")
    refused = copy.run("git", "commit", "-qm", "Uden form", "--allow-empty")
    assert refused.returncode == 1 and "ruff check --fix" in refused.stderr


def test_another_hook_is_left_alone(small, monkeypatch):
    from helpers.authoring.hook import install_hook
    from helpers.errors import UserError

    hook = small.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    with pytest.raises(UserError, match="anden krog"):
        install_hook(small.root)
    assert hook.read_text() == "#!/bin/sh\n"
