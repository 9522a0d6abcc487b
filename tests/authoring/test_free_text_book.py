"""A book of a survey with a free text: the themes are all over it, and of 1,000 texts no word."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest
from commands import ran
from invented_texts import FIRST, THEMES, code, invented, written

LIST = Path("data", "real", "svar-tekster", "laeseliste-elever.xlsx")
# Of every text, of its CPR number and its e-mail; and the names that are nobody else's.
CANARY = re.compile(
    rb"qux[a-j]{4}|\b\d\d ?01 ?80 ?-? ?1\d{3}\b|@eksempel\.dk|Gunvaldine|Kvistborgsen|Al-Hassan"
)


@pytest.fixture(scope="module")
def people():
    return invented()


@pytest.fixture(scope="module")
def said():
    """What all commands have printed."""
    return []


@pytest.fixture(scope="module")
def run(said):
    def called(folder: Path, *words: str, fails: bool = False) -> str:
        done = ran(folder, *words, fails=fails)
        said.append(done.stdout + done.stderr)
        return said[-1] if fails else done.stdout

    return called


@pytest.fixture(scope="module")
def book(tmp_path_factory, people, run):
    """The book, its texts coded, built for all schools and one of them."""
    place = tmp_path_factory.mktemp("fritekst")
    export, codebook = written(place, people)
    words = ("--from", str(export), "--codebook", str(codebook))
    run(place, "new-book", "bog", *words)
    folder = place / "bog"
    code(folder / LIST)
    (own,) = (folder / "data" / "codebook").glob("*.yaml")
    run(folder, "import", str(export), "--survey", own.stem, "--output", "data/real/svar")
    run(folder, "build", "--municipality", "Alle skoler", "--municipality", "Skovskolen")
    return folder


def contents(folder: Path):
    """Every file's name and content but the reading list's; of a workbook or deck also what is
    packed in it."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        if path == folder / LIST:
            continue
        yield path.as_posix(), path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from ((f"{path}/{name}", packed.read(name)) for name in packed.namelist())


def test_no_word_of_a_text_is_anywhere_but_on_the_list(book, said):
    searched = [*contents(book), ("udskrift", "".join(said).encode())]
    assert len(searched) > 300 and any(name.endswith("sharedStrings.xml") for name, _ in searched)
    assert [(name, found[0]) for name, one in searched if (found := CANARY.search(one))] == []
    # so would the list itself be found, whose canaries no mask knows
    with zipfile.ZipFile(book / LIST) as packed:
        listed = b"".join(packed.read(name) for name in packed.namelist())
    assert len(set(re.findall(rb"qux[a-j]{4}", listed))) == 1_000
    assert not any(f">{name}<".encode() in listed for name in FIRST)


def test_the_themes_are_in_estimates_page_workbook_and_explorer(book, people, run):
    about = [one for one in people.about if one is not None]
    rows = json.loads(run(book, "table", "forslag", "--format", "json"))
    shares = {row["answer"]: row["share"] for row in rows}
    for theme in (*THEMES, "Andet"):
        wanted = sum(theme in one for one in about) / len(about)
        assert shares[theme] == pytest.approx(wanted, abs=0.006)
    assert {row["base"] for row in rows} == {len(about)}
    site = book / "_build" / "site"
    for kind in ("alle-skoler/tema-1*.html", "udforsk/**/*.js*", "alle-skoler/**/*.xlsx"):
        found = "".join(text_of(path) for path in site.glob(kind))
        assert found and all(theme in found for theme in THEMES), kind
    page = "".join(text_of(path) for path in site.glob("skovskolen/tema-1*.html"))
    assert "talt er de, hvis tekst er læst og kodet i temaer" in page


def text_of(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as packed:
        return packed.read("xl/sharedStrings.xml").decode()


def test_audit_finds_nothing(book, run):
    audit = run(book, "audit")
    for line in ("nøjagtigt", "sikkert ingen", "sikkert alle", "kun ét svar tilbage"):
        assert re.search(rf"│ {line} +│ 0 +│", audit), audit


def test_a_list_among_what_is_put_on_the_site_is_refused(book, run):
    site = book / "_build" / "site"
    before = sorted(path for path in site.rglob("*"))
    placed = book / "book" / "_static" / "svar.xlsx"  # whatever it is called
    shutil.copy(book / LIST, placed)
    told = run(book, "build", "--municipality", "Skovskolen", "--no-downloads", fails=True)
    placed.unlink()
    assert "svar.xlsx" in told and "læseliste" in told
    assert sorted(path for path in site.rglob("*")) == before


def test_a_page_that_reads_the_list_is_refused(book, run):
    (path,) = (book / "notebooks").glob("tema-1*.ipynb")
    written = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(written, 4)
    reads = f"import openpyxl\nopenpyxl.load_workbook({str(book / LIST)!r})"
    notebook.cells.append(nbformat.v4.new_code_cell(reads))
    nbformat.write(notebook, path)
    told = run(book, "build", "--municipality", "Skovskolen", "--no-downloads", fails=True)
    path.write_text(written, encoding="utf-8")
    assert "læseliste" in told and path.name in told and "celle" in told


def test_the_list_is_no_dataset_and_no_key_rests_on_it(book, run):
    told = run(book, "build", "--dataset", str(LIST.parent), fails=True)
    assert "dataset.yaml" in told
    records = [path for path, one in contents(book / "_build") if b"laeseliste" in one]
    assert records == []


def test_git_ignores_the_list_and_check_refuses_it(book, run):
    git = ["git", "-C", str(book)]
    subprocess.run([*git, "init", "-q"], check=True)
    ignored = subprocess.run([*git, "check-ignore", str(LIST)], capture_output=True)
    assert ignored.returncode == 0
    renamed = book / "noter.xlsx"
    shutil.copy(book / LIST, renamed)
    subprocess.run([*git, "add", "-f", str(LIST), renamed.name], check=True)
    told = run(book, "check", fails=True)
    subprocess.run([*git, "rm", "-q", "--cached", str(LIST), renamed.name], check=True)
    renamed.unlink()
    lines = [line for line in told.splitlines() if "læseliste" in line]
    assert len(lines) == 2 and any(LIST.name in line for line in lines)
