"""From notebooks to a site, in small: two editions of a project with three pages."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell
from tiny import tiny_notebook, tiny_project

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable, stored
from helpers.errors import UserError
from helpers.press.bind import site
from helpers.press.build import build, catalogue
from helpers.press.project import Project
from helpers.press.run.fingerprint import files_below
from helpers.statistics.comparisons import Families

EDITIONS = ("Vejle", "Hele landet", "0430")


def make(project, **options):
    return build(
        project=project,
        **{"municipalities": EDITIONS, "progress": False, "downloads": False, **options},
    )


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small project that has been built once, and is only looked at."""
    project = Project(tiny_project(tmp_path_factory.mktemp("lille") / "projekt"))
    make(project)
    return project


def test_the_front_page_is_what_comes_back(project):
    assert make(project, municipalities=["Vejle"]) == project.site / "index.html"


def test_the_shelf_lists_the_editions_in_danish_order(built):
    text = (built.site / "index.html").read_text()
    places = [
        text.index(f'href="{slug}/index.html"')
        for slug in ("hele-landet", "faaborg-midtfyn", "vejle")
    ]
    assert places == sorted(places)


def test_each_page_names_its_own_municipality(built):
    for slug, name in (
        ("vejle", "Vejle"),
        ("faaborg-midtfyn", "Faaborg-Midtfyn"),
        ("hele-landet", "Hele landet"),
    ):
        text = (built.site / slug / "tema.html").read_text()
        assert (
            f"I {name} er 81 pct. tilfredse" in text
            and f'alt="Figur for {name}: 81 pct. er tilfredse"' in text
        )
        assert f"<h1>Et tema · {name}</h1>" in text


def test_a_page_for_the_country_only_is_reached_at_the_front_page_elsewhere(built):
    text = (built.site / "hele-landet" / "kommunerne.html").read_text()
    assert 'href="../vejle/index.html"' in text and "../vejle/kommunerne.html" not in text
    assert 'href="../hele-landet/kommunerne.html" aria-current="true"' in text


def test_prose_knows_its_edition(built):
    assert "Om Vejle." in (built.site / "vejle" / "introduktion.html").read_text()


def test_neither_code_nor_source_is_published(built):
    names = set(everything(built.site))
    assert not [
        name for name in names if name.endswith((".ipynb", ".py", ".md")) or "_sources" in name
    ]
    assert "IPython" not in (built.site / "vejle" / "tema.html").read_text()


def test_an_edition_s_comparisons_are_worked_out_before_its_pages(project):
    dataset = open_dataset("synthetic")
    files = [
        stored(dataset, "citizens").comparisons(slug)
        for slug in ("vejle", "faaborg-midtfyn", "esbjerg")
    ]
    for path in files:
        path.unlink(missing_ok=True)
    of = releasable(dataset, "citizens")
    of.comparisons.close_all_but()
    assert of.comparisons.kept("vejle") is None  # and is asked for again when it is there
    make(project, municipalities=["Vejle", "0430"])
    assert [path.is_file() for path in files] == [True, True, False]
    own = Families(of.published.of, of.codebook, took_part=of.took_part, items=of.items_of)
    for question in of.codebook.tabulated:
        assert (
            of.comparisons.of("vejle", question).comparisons
            == own.of("vejle", question).comparisons
        )
    assert (
        of.comparisons.kept("vejle") is not None
        and len(of.comparisons.of("vejle", of.codebook.question("tilfredshed")).comparisons) > 10
    )


def test_two_builds_give_the_same_bytes(built, tmp_path):
    again = Project(tiny_project(tmp_path / "et" / "helt" / "andet" / "sted"))
    make(again)
    assert everything(again.site) == everything(built.site)


def test_a_second_build_runs_and_binds_nothing(project):
    make(project)
    stamps = {
        path: path.stat().st_mtime_ns
        for folder in (project.executed, project.books)
        for path in folder.rglob("*")
        if path.is_file()
    }
    make(project)
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}


def test_a_changed_notebook_changes_its_page_in_every_edition(project):
    make(project, municipalities=["Vejle"])
    notebook = tiny_notebook("Et nyt tema")
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    make(project, municipalities=["Vejle"])
    assert "<h1>Et nyt tema · Vejle</h1>" in (project.site / "vejle" / "tema.html").read_text()


def test_a_page_taken_out_of_the_order_leaves_the_site(project):
    make(project, municipalities=["Vejle"])
    make(project, municipalities=["Vejle"], only=["introduktion"])
    assert not (project.site / "vejle" / "tema.html").exists()


def test_the_inventory_says_what_is_there(built):
    inventory = json.loads((built.site / "kontaktbogen.json").read_text())
    assert list(inventory["editions"]) == ["hele-landet", "faaborg-midtfyn", "vejle"]
    assert inventory["editions"]["vejle"] == ["index", "introduktion", "tema", "search"]


def break_notebook(project):
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell("if municipality == 'Vejle': raise ValueError('midtvejs')"))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")


def break_prose(project):
    (project.book / "introduktion.md").write_text(
        "# Introduktion\n\n[død henvisning](findes-ikke.md)\n"
    )


@pytest.mark.parametrize(
    "break_it, said", [(break_notebook, "ValueError: midtvejs"), (break_prose, "findes-ikke")]
)
def test_the_last_good_site_stays_when_a_build_fails_midway(project, break_it, said):
    make(project)
    before = everything(project.site)
    break_it(project)
    with pytest.raises(UserError, match=said):
        make(project)
    assert everything(project.site) == before
    assert [path.name for path in project.site.parent.iterdir() if path.name.startswith(".")] == []


def test_the_last_good_site_stays_when_the_new_one_cannot_be_put_there(project, monkeypatch):
    make(project)
    before = everything(project.site)
    (project.book / "introduktion.md").write_text("# Ny introduktion\n")
    rename = os.rename

    def full_disk(source, target):
        if Path(source).name == "new":
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", full_disk)
    monkeypatch.setattr(site, "exchange", lambda *_: False)  # which needs no room
    with pytest.raises(UserError, match="forrige websted er urørt"):
        make(project)
    assert everything(project.site) == before


def test_somebody_elses_folder_is_not_replaced(project, tmp_path):
    folder = tmp_path / "Dokumenter"
    folder.mkdir()
    (folder / "brev.txt").write_text("Kære")
    with pytest.raises(UserError, match="rummer andet end Kontaktbogen"):
        make(project, output=folder)
    assert (folder / "brev.txt").read_text() == "Kære"


def test_an_output_that_cannot_be_written_says_so_at_once(project, tmp_path):
    (tmp_path / "fil").write_text("")
    for output in (tmp_path / "fil", tmp_path / "fil" / "websted"):
        with pytest.raises(UserError, match="--output"):
            make(project, output=output)
    assert not project.executed.exists()


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="rettigheder gælder ikke for root"
)
def test_a_folder_without_permission_says_so(project, tmp_path):
    locked = tmp_path / "låst"
    locked.mkdir(mode=0o500)
    with pytest.raises(UserError, match="få skriveadgang"):
        make(project, output=locked / "websted")


def test_a_process_that_the_system_ends_is_told_in_words(project):
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    with pytest.raises(UserError, match="lukket af systemet.*--jobs 1"):
        make(project, municipalities=["Vejle"])


def test_an_unknown_municipality_says_which_there_are(project):
    with pytest.raises(UserError, match="»Vejl«.*Vejle.*Udgaverne er: Hele landet, Albertslund"):
        make(project, municipalities=["Vejl"])


def test_a_missing_dataset_and_a_damaged_one_say_what_to_do(project, tmp_path):
    with pytest.raises(UserError, match="findes ikke. Angiv en mappe"):
        make(project, dataset=tmp_path / "intet")
    (tmp_path / "dataset.yaml").write_text(
        yaml.safe_dump(
            {
                "title": "Prøve",
                "period": "2020",
                "synthetic": True,
                "source": "prøve",
                "surveys": {
                    "citizens": {"file": "citizens.parquet", "respondents": 1, "sha256": ""}
                },
            }
        )
    )
    with pytest.raises(UserError, match="mangler filen"):
        make(project, dataset=tmp_path)
    (tmp_path / "citizens.parquet").write_bytes(b"PAR1 ikke rigtigt")
    with pytest.raises(UserError, match="kan ikke læses som Parquet"):
        make(project, dataset=tmp_path)
    open_dataset().answers("citizens").iloc[1:].to_parquet(tmp_path / "citizens.parquet")
    with pytest.raises(UserError, match="sha256 passer ikke"):
        make(project, dataset=tmp_path)
    assert not project.site.exists()


def test_stock_jupyter_book_builds_a_bound_edition(built, tmp_path):
    book = built.books / "vejle"
    stock = "import sys; from jupyter_book.cli.main import main; main(sys.argv[1:])"
    options = [
        "build",
        str(book),
        "-W",
        "-n",
        "--keep-going",
        "--all",
        "--path-output",
        str(tmp_path),
    ]
    result = subprocess.run([sys.executable, "-c", stock, *options], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    theirs, own = (
        # what is told of a page where it is shared is put in when the book is bound
        re.sub("(?s)<!--om-->.*<!--/om-->", "", (folder / "_build/html/tema.html").read_text())
        for folder in (tmp_path, book)
    )
    assert theirs == own and "<h1" in own


def test_the_catalogue_lists_editions_and_pages(project):
    editions, pages = catalogue(project=project)
    assert list(editions["udgave"])[:7] == [
        "Hele landet",
        "Albertslund",
        "Esbjerg",
        "Fredensborg",
        "Fredericia",
        "Frederiksberg",
        "Faaborg-Midtfyn",
    ]
    assert list(pages["findes i"]) == ["alle udgaver", "alle udgaver", "Hele landet"]
