"""A book of another survey, from its export to the site: every command works in the new folder, and
nothing in it is about the survey that this project began with."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from commands import called, run

SCHOOLS = ("Skovskolen", "Åskolen", "Søndre Skole")
SATISFIED = ["Meget tilfreds", "Tilfreds", "Hverken eller", "Utilfreds", "Meget utilfreds"]
AGREE = ["Helt enig", "Delvist enig", "Hverken enig eller uenig", "Delvist uenig", "Helt uenig"]
STATEMENTS = ["Jeg føler mig tryg", "Jeg lærer noget nyt", "Jeg bliver hørt"]
OTHERS = re.compile(r"borger|jobcent|kommun|hele landet|\blandet\b|2020|nedlukning", re.IGNORECASE)


def pupils(unit: bool) -> pd.DataFrame:
    """A flat export of 400 pupils: nine questions, one of them asked of some."""
    random, count = np.random.default_rng(4), 400
    skole = random.choice(SCHOOLS, count, p=[0.5, 0.3, 0.2])
    lift = np.where(skole == SCHOOLS[1], 0.4, 0.0)
    glad = np.minimum((random.random(count) * (1 - lift) * 5).astype(int), 4)
    cykler = random.choice(["Cykel", "Bus", "Bil"], count)
    table = {
        "Skole": skole,
        "Køn": random.choice(["Dreng", "Pige"], count),
        "Hvor tilfreds er du samlet set med din skole?": np.array(SATISFIED)[glad],
        "Hvordan kommer du i skole?": cykler,
        "Hvor tilfreds er du med cykelstierne?": np.where(
            cykler == "Cykel", random.choice(SATISFIED, count), ""
        ),
        **{
            f"Hvor enig er du i følgende? - {one}": random.choice(AGREE, count)
            for one in STATEMENTS
        },
        "Skriv gerne mere": [f"Min mor hedder Anna nr. {at}" for at in range(count)],
    }
    frame = pd.DataFrame(table)
    return frame if unit else frame.drop(columns="Skole")


@pytest.fixture(scope="module", params=["skoler", "uden enhed"])
def book(request, tmp_path_factory):
    """A new book, built; by school, and of all pupils under one."""
    place = tmp_path_factory.mktemp("ny")
    unit = request.param == "skoler"
    pupils(unit).to_csv(place / "svar.csv", sep=";", index=False)
    chosen = ("--unit", "Skole") if unit else ()
    told = run(place, "new-book", "bog", "--from", "svar.csv", "--title", "Trivsel", *chosen)
    assert "Gå gættene igennem: bog/gaet.md" in told
    run(place / "bog", "build")
    return place / "bog", unit


def pages_of(site: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in site.rglob("*.html")
    }


def test_every_edition_is_there(book):
    folder, unit = book
    site = folder / "_build" / "site"
    editions = {path.parent.name for path in site.glob("*/hovedkonklusioner.html")}
    schools = {"skovskolen", "aaskolen", "soendre-skole"}
    assert editions == ({"alle-skoler", *schools} if unit else {"alle-svar"})
    files = {path.suffix for path in site.rglob("trivsel-*")}
    assert files == {".xlsx", ".pptx", ".pdf", ".csv", ".json"}
    listed = run(folder, "list")
    assert all(name in listed for name in SCHOOLS) == unit


def test_nothing_is_about_another_survey(book):
    """What readers see, and every address, of pages, explorer, contents and search."""
    site = book[0] / "_build" / "site"
    for name, page in pages_of(site).items():
        for tag in page(["script", "style"]):
            tag.decompose()
        text = page.get_text(" ") + " ".join(
            str(tag.get(key, ""))
            for tag in page.find_all(True)
            for key in ("href", "src", "alt", "title", "aria-label")
        )
        assert OTHERS.findall(text) == [], name
    for path in site.rglob("searchindex.js"):
        assert not OTHERS.search(path.read_text(encoding="utf-8")), path


def test_what_anybody_wrote_is_nowhere(book):
    folder, _ = book
    assert "Skriv gerne mere" in (folder / "gaet.md").read_text(encoding="utf-8")
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (
            ".html",
            ".js",
            ".csv",
            ".ipynb",
            ".yaml",
            ".parquet",
        ):
            assert b"Anna nr." not in path.read_bytes(), path


def test_check_and_audit_find_nothing(book):
    folder, _ = book
    said, missing = run(folder, "check").strip().splitlines()
    assert said == "Alt er i orden." and missing.startswith(
        "Før offentliggørelse skrives i book/udgiver.yaml: navn, logo, mail"
    )
    audit = run(folder, "audit")
    for line in ("nøjagtigt", "sikkert ingen", "sikkert alle", "kun ét svar tilbage"):
        assert re.search(rf"│ {line} +│ 0 +│", audit), audit


def test_the_codebook_is_what_the_pupils_were_asked(book):
    folder, unit = book
    (path,) = (folder / "data" / "codebook").glob("*.yaml")
    drafted = yaml.safe_load(path.read_text(encoding="utf-8"))
    by_text = {question["text"]: question for question in drafted["questions"]}
    satisfied = by_text["Hvor tilfreds er du samlet set med din skole?"]
    assert satisfied["options"] == SATISFIED and satisfied["ordered"]
    assert satisfied["combined"]["positive"]["options"] == SATISFIED[:2]
    assert by_text["Hvor tilfreds er du med cykelstierne?"]["asked_if"] == {
        "question": by_text["Hvordan kommer du i skole?"]["id"],
        "answers": ["Cykel"],
    }
    (battery,) = (one for one in drafted["questions"] if one["type"] == "battery")
    assert [item["text"] for item in battery["items"]] == STATEMENTS
    assert ("Skole" in by_text) == unit
    assert drafted["places"].get("plural") == ("skoler" if unit else None)


def test_the_sentence_about_a_school_is_the_schools(book):
    folder, unit = book
    if not unit:
        return
    pages = pages_of(folder / "_build" / "site")
    truth = pupils(True)
    column = "Hvor tilfreds er du samlet set med din skole?"
    own = truth.loc[truth["Skole"] == SCHOOLS[1], column].isin(SATISFIED[:2]).mean()
    every = truth[column].isin(SATISFIED[:2]).mean()
    (theme,) = (name for name in pages if name.startswith("aaskolen/tema-1"))
    text = re.sub(r"\s+", " ", pages[theme].find("article").get_text())
    assert f"{own:.0%}".replace("%", " pct.") in text
    assert f"Det er højere end på alle skoler under ét ({every:.0%}".replace("%", " pct.") in text


def test_a_page_more_and_the_export_again(book):
    folder, unit = book
    run(folder, "new-page", "tema-9-mere", "--title", "Mere")
    run(folder, "import", "../svar.csv", "--output", "data/real/svar")
    assert run(folder, "table", first_question(folder))
    edition = ("--unit", SCHOOLS[0]) if unit else ()
    run(folder, "build", "--no-downloads", *edition)
    assert list((folder / "_build" / "site").glob("*/tema-9-mere.html"))


def first_question(folder: Path) -> str:
    (path,) = (folder / "data" / "codebook").glob("*.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))["questions"][0]["id"]


def test_the_stored_outputs_are_those_of_a_run(book):
    for path in (book[0] / "notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        assert any(cell.get("outputs") for cell in cells), path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fuld", "--from", "svar.csv"), "er der allerede"),
        (("bog", "--from", "mangler.csv"), "findes ikke"),
        (("bog", "--from", "svar.csv", "--unit", "Klasse"), "ingen kolonne »Klasse«"),
        (("bog", "--from", "tom.csv"), "tom.csv"),
        (("bog", "--from", "svar.csv", "--codebook", "anden.yaml"), "anden.yaml"),
    ],
)
def test_what_goes_wrong_is_said_and_leaves_nothing(words, said, tmp_path):
    pupils(True).to_csv(tmp_path / "svar.csv", sep=";", index=False)
    (tmp_path / "tom.csv").write_text("", encoding="utf-8")
    (tmp_path / "anden.yaml").write_text("survey: x\ntitle: X\n", encoding="utf-8")
    (tmp_path / "fuld").mkdir()
    (tmp_path / "fuld" / "min.txt").write_text("min", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    code, _, error = called("new-book", *words, folder=tmp_path)
    assert code == 1 and error.startswith("Fejl: ") and said in error
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
