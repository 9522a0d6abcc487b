"""Finding a report's claims in pages, on a page written by hand, and the command for it."""

import csv
import io
import re
import sys

import pandas as pd
import pytest

from helpers.authoring import claims_in_book as claims_room
from helpers.authoring.claims_in_book import (
    claims_table,
    complaint,
    for_a_person,
    judge,
    read_page,
    sentences_of,
    sums,
)
from helpers.cli import numbers, program
from helpers.errors import UserError
from helpers.reports import published
from helpers.reports.claim_places import Trace, load_traces, printed_claims

PAGE = """
<html><body><nav><p>Menuen siger, at flest er glade.</p></nav><article>
<h1>Tema 9<a class="headerlink" href="#">#</a></h1>
<p><em>Spørgsmål:</em> »Hvor glad er du? Svar <br>ærligt.« <em>Stillet til:</em> alle.</p>
<h2>Glæden</h2>
<p>81 pct. er glade
eller meget glade. 5 pct. er kede af det. Flest glade er der blandt
<strong>sygedagpengemodtagere</strong> (ca. 51 pct., jf. rapporten s. 12) og færrest blandt
dagpengemodtagere.</p>
<p>Andelen af unge på uddannelseshjælp er skjult, fordi for få har svaret.</p>
<ul><li><p>Mænd: 40 pct.</p></li><li>Kvinder: 60 pct.</li></ul>
<figure><figcaption><strong>Mænd er gladest.</strong> <span>Andele i pct.</span></figcaption>
<picture><img alt="Figuren viser biler"></picture></figure>
<details><summary>Vis tallene</summary><table><tr><td>Om cykler</td></tr></table></details>
<h3>Alderen</h3>
<p>Der er ingen nævneværdige forskelle efter alder.</p>
</article></body></html>
"""


@pytest.fixture
def text():
    return read_page(PAGE)


def trace(*says, **more):
    return Trace(claims=("x01-01",), page="tema-9", says=says, **more)


def test_a_page_is_its_running_text_by_section(text):
    assert [section[0] for section in text.sections] == ["Tema 9", "Glæden", "Alderen"]
    assert text.sections[1][-3:] == ("Mænd: 40 pct.", "Kvinder: 60 pct.", "Mænd er gladest.")
    everything = " ".join(text.paragraphs)
    left_out = ("biler", "Andele i pct.", "cykler", "Vis tallene", "Menuen", "#", "  ")
    assert not any(word in everything for word in left_out)


@pytest.mark.parametrize(
    "paragraph, expected",
    [
        (
            "81 pct. er glade. 5 pct. er kede af det.",
            ["81 pct. er glade.", "5 pct. er kede af det."],
        ),
        ("Fra 71 pct. til 85 pct. Det er meget.", ["Fra 71 pct. til 85 pct.", "Det er meget."]),
        ("99 pct. (71 af 72) er med. Ingen andre.", ["99 pct. (71 af 72) er med.", "Ingen andre."]),
        (
            "Se s. 12 og ca. 40 andre, fx mail mv., i 6.2 - Jobparat.",
            ["Se s. 12 og ca. 40 andre, fx mail mv., i 6.2 - Jobparat."],
        ),
        ("N = 5.778. Alle er fra den 12. marts.", ["N = 5.778.", "Alle er fra den 12. marts."]),
        ("Man brugte mail osv. Video er sjælden.", ["Man brugte mail osv.", "Video er sjælden."]),
        (
            "»Er det godt? Svar ja. Eller nej.« Stillet til: alle.",
            ["»Er det godt? Svar ja. Eller nej.«", "Stillet til: alle."],
        ),
        (
            "Flest svarer »Ja. Nej« (jf. bilag 1). »Nej« er sjældent!",
            ["Flest svarer »Ja. Nej« (jf. bilag 1).", "»Nej« er sjældent!"],
        ),
        ("Uden punktum", ["Uden punktum"]),
    ],
)
def test_a_paragraph_parts_into_its_sentences(paragraph, expected):
    assert sentences_of(paragraph) == expected
    assert " ".join(sentences_of(paragraph)) == paragraph


def test_a_claim_is_said_where_all_its_words_stand_in_one_sentence(text):
    assert judge(trace("GLADE", "flest | højest", "sygedagpenge"), text).verdict == "sagt"
    words = judge(trace("glade", "flest", "sygedagpenge"), text).words
    assert words.startswith("Flest glade er der blandt sygedagpengemodtagere (ca. 51 pct., jf.")
    assert words.endswith("blandt dagpengemodtagere.")
    assert judge(trace("81 pct.", "kede af"), text).verdict == "mangler"  # in a sentence each
    assert judge(trace("glade eller meget glade"), text).verdict == "sagt"  # over two lines


def test_words_are_found_from_their_beginning(text):
    assert judge(trace("færrest", "dagpengemodtagere"), text).verdict == "sagt"
    assert judge(trace("glade", "uddannelse"), text).verdict == "mangler"
    assert judge(trace("alderen"), text).verdict == "sagt"
    assert judge(trace("lderen"), text).verdict == "mangler"


def test_paragraphs_and_sections_are_wider(text):
    words = ("81 pct.", "kede af det")
    assert judge(trace(*words, within="paragraph"), text).verdict == "sagt"
    assert judge(trace(*words, "kvinder", within="paragraph"), text).verdict == "mangler"
    assert judge(trace(*words, "kvinder", within="section"), text).verdict == "sagt"
    under_the_next = (*words, "ingen nævneværdige")
    assert judge(trace(*under_the_next, within="section"), text).verdict == "mangler"


def test_what_is_said_and_contradicted_is_contradicted(text):
    said, denied = ("flest", "sygedagpenge"), "Der er ingen nævneværdige forskelle efter alder."
    found = judge(trace(*said, never=("ingen nævneværdige forskelle.*alder",)), text)
    assert (found.verdict, found.words) == ("modsagt", denied)
    across = trace(*said, never=("flest.*ingen nævneværdige",))  # two sentences
    assert judge(across, text).verdict == "sagt"
    silent = trace(silent="Tallet er tabt.", never=("^Der er ingen",))
    assert judge(silent, text).verdict == "modsagt"


def test_a_number_that_is_withheld_is_told_from_one_that_is_forgotten(text):
    assert judge(trace("unge", "uddannelseshjælp", "mindst"), text).verdict == "skjult"
    assert judge(trace("kvinder", "mindst"), text).verdict == "mangler"
    assert judge(trace("traktorer"), text).verdict == "mangler"
    silent = judge(trace(silent="Tallet er  tabt."), text)
    assert (silent.verdict, silent.words) == ("tavs", "Tallet er tabt.")


CLAIMS = pd.DataFrame(
    {
        "survey": "citizens",
        "page": [7, 7, 8],
        "note": [
            "»de er glade«: over halvdelen",
            "»de er glade«: i hver",
            "Uden citat: det og det",
        ],
    },
    index=["b07-01", "b07-02", "b08-01"],
)
SAID = Trace(claims=("b07-01", "b07-02"), page="tema-9", says=("glade",))
FORGOTTEN = Trace(claims=("b08-01",), page="tema-9", says=("traktorer",))


def found_of(*traces):
    return claims_table(traces, CLAIMS, {"tema-9": read_page(PAGE)})


def test_the_table_follows_the_report_and_quotes_it():
    found = found_of(FORGOTTEN, SAID)
    assert list(found["claim"]) == ["»de er glade«", "Uden citat"]
    assert list(found["verdict"]) == ["sagt", "mangler"]
    assert list(found["rows"]) == ["b07-01 b07-02", "b08-01"] and list(found["page"]) == [7, 8]
    assert list(for_a_person(found)["række"]) == ["b07-01 +1", "b08-01"]
    assert sums(found) == {"sagt": 1, "modsagt": 0, "skjult": 0, "tavs": 0, "mangler": 1}
    assert "1 mangler" in complaint(found) and "traktorer" in found["sentence"].iloc[1]


def test_three_claims_may_be_passed_over_in_silence():
    silent = Trace(claims=("b07-01",), page="tema-9", silent="Tallet er tabt.")
    assert complaint(found_of(*[silent] * 3)) == ""
    assert "4 tavs (højst 3)" in complaint(found_of(*[silent] * 4))


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command on a mapping made up; gives its exit code and what it printed."""
    monkeypatch.setitem(program.COMMANDS, "claims", numbers.claims_command)

    def run(*traces, words=()):
        table = found_of(*traces)
        monkeypatch.setattr(claims_room, "claims_of_book", lambda dataset, progress: table)
        monkeypatch.setattr(sys, "argv", ["kontaktbogen", "claims", *words])
        with pytest.raises(SystemExit) as ended:
            program.main()
        return ended.value.code, *capsys.readouterr()

    return run


def test_the_command_is_content_when_all_is_said(run):
    code, out, error = run(SAID)
    assert code == 0 and not error
    assert "»de er glade«" in out
    assert re.search(r"sagt\s*│\s*1", out) and re.search(r"mangler\s*│\s*0", out)


@pytest.mark.parametrize(
    "wrong, verdict",
    [
        (FORGOTTEN, "mangler"),
        (FORGOTTEN.model_copy(update={"says": ("glade",), "never": ("kede af",)}), "modsagt"),
        (FORGOTTEN.model_copy(update={"says": ("unge", "uddannelse", "mindst")}), "skjult"),
    ],
)
def test_the_command_fails_when_a_claim_is_not_said(run, wrong, verdict):
    code, out, error = run(SAID, wrong, words=["--format", "csv"])
    assert code == 1 and error.startswith("Fejl: ") and f"1 {verdict}" in error
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(out))] == ["sagt", verdict]


@pytest.fixture
def mapping(tmp_path):
    """Writes a mapping beside a registry of three claims and gives the path."""
    line = dict.fromkeys(published.COLUMNS, "") | {"statistic": "claim", "test": "between"}
    rows = [line | {"row_id": row, "page": row[1:3], "note": "»…«"} for row in CLAIMS.index]
    rows.append(line | {"row_id": "b08-02", "page": "8", "statistic": "share", "test": ""})
    registry = pd.DataFrame(rows, columns=published.COLUMNS)
    registry.to_csv(tmp_path / "citizens.csv", index=False)

    def write(content):
        path = tmp_path / "sentences.yaml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


WHOLE = """sentences:
  - claims: [b07-01, b07-02]
    page: tema-9
    says: [glade]
  - claims: [b08-01]
    page: tema-9
    silent: Tallet er tabt.
"""


def test_a_whole_mapping_is_read(mapping):
    path = mapping(WHOLE)
    claims = [one.claims for one in load_traces(path, ["tema-9"])]
    assert claims == [("b07-01", "b07-02"), ("b08-01",)]
    assert list(printed_claims(path.parent).index) == ["b07-01", "b07-02", "b08-01"]


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ("b07-02]", "b07-2]", 2, "»b07-2« er ikke et udsagn"),
        ("b07-02]", "b08-02]", 2, "»b08-02« er ikke et udsagn"),  # a number, not a claim
        ("b07-02]", "b07-01]", 2, "»b07-01« står allerede"),
        ("[b08-01]", "[b08-01, b07-02]", 5, "»b07-02« står allerede"),
        ("b07-02]", "b08-01]", 2, "hver sin side i rapporten"),
        ("page: tema-9", "page: tema-8", 3, "ingen side »tema-8«. Mente du »tema-9«"),
        ("says: [glade]", "siger: [glade]", 4, "feltet findes ikke"),
        ("says: [glade]", "says: [glade, ' | ']", 4, "brudstykke er tomt"),
        ("says: [glade]", "says: [glade]\n    never: ['(']", 5, "ikke et regulært udtryk"),
        ("says: [glade]", "says: [glade]\n    silent: Begge dele.", 2, "enten says eller silent"),
        ("    says: [glade]\n", "", 2, "enten says eller silent"),
        ("[b08-01]", "[]", 5, "mindst én række"),
    ],
)
def test_a_mistake_is_named_with_its_line(mapping, old, new, line, words):
    path = mapping(WHOLE.replace(old, new, 1))
    with pytest.raises(UserError, match=f"linje {line}:") as error:
        load_traces(path, ["tema-9"])
    assert words in str(error.value)


def test_claims_that_stand_nowhere_are_named(mapping):
    path = mapping(WHOLE.replace(", b07-02", "").replace("[b08-01]", "[b07-02]"))
    with pytest.raises(UserError, match=r"står der ikke: b08-01\. Skriv"):
        load_traces(path)
