"""What is read from an executed page: order, headings, sentences, and nothing twice."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.disclosure.number_ids import NumberIds
from helpers.errors import UserError
from helpers.survey.codebook import load_codebook
from helpers.takeaway.figure_links import add_links, view_of
from helpers.takeaway.plain_text import points_in, sentences_in
from helpers.takeaway.shown import RECORD, name_of, read_page

CODEBOOKS = (load_codebook("citizens"), load_codebook("jobcentres"))
SURVEYS = tuple(NumberIds("syntetisk-foraaret", codebook) for codebook in CODEBOOKS)


@pytest.fixture(scope="module")
def theme(pages, notebooks):
    slug, path = notebooks["Vejle"][1]
    return read_page(nbformat.read(path, as_version=4), slug, pages["Vejle"])


def test_the_edition_is_not_in_the_title(theme):
    assert theme.title == "Et tema"


def test_a_figure_and_its_table_are_one_in_the_order_of_the_page(theme):
    assert [shown.name for shown in theme.shown] == [
        "tilfredshed",
        "tilfredshed-maalgruppe",
        "kanal",
        "emner-ledige-maalgruppe",
        "udsagn",
        "koen",
    ]


def test_what_is_shown_is_what_the_page_answers(theme, pages):
    assert theme.shown[1].subject == pages["Vejle"].finding("tilfredshed", by="maalgruppe")
    assert theme.shown[4].subject == pages["Vejle"].battery("udsagn")


def test_the_figure_is_the_page_s_own(theme):
    assert theme.shown[0].svg == theme.shown[0].subject.figure().svg


def test_sentences_stand_by_the_figure_they_are_about(theme):
    first, by_group, channel = theme.shown[:3]
    assert first.heading == "Tilfredshed" and by_group.heading == "Målgrupperne"
    assert len(first.told) == 1 and "er tilfredse" in first.told[0].sentences[0]
    assert channel.told == ()


def test_an_unknown_record_says_so(pages):
    notebook = new_notebook(
        cells=[
            new_code_cell(
                "", outputs=[new_output("display_data", {}, metadata={RECORD: {"verb": "slet"}})]
            )
        ]
    )
    with pytest.raises(UserError, match="ukendt oplysning.*'slet'"):
        read_page(notebook, "tema", pages["Vejle"])


def test_names_are_safe_in_addresses():
    record = {
        "verb": "municipalities",
        "places": "kommunerne",
        "arguments": {"answer": "I meget høj eller i høj grad", "question": "interesse"},
    }
    assert name_of(record) == "kommunerne-interesse-i-meget-hoej-eller-i-hoej-grad"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("81 pct. er glade. 5 pct. er ikke.", ("81 pct. er glade.", "5 pct. er ikke.")),
        ("Andelen er 81 pct. Det er højere.", ("Andelen er 81 pct.", "Det er højere.")),
        (
            "Andelen er 81 pct. 6 pct. er utilfredse.",
            ("Andelen er 81 pct.", "6 pct. er utilfredse."),
        ),
        (
            "Flest har svaret »Før d. 12. marts 2020« (74 pct.). Resten kom til.",
            ("Flest har svaret »Før d. 12. marts 2020« (74 pct.).", "Resten kom til."),
        ),
        ("**Fem** er enige.\n\nTo er ikke.", ("Fem er enige.", "To er ikke.")),
        ("Læs mere i [Tema 1](tema-1.ipynb).", ("Læs mere i Tema 1.",)),
    ],
)
def test_sentences_are_cut_between_sentences(text, expected):
    assert sentences_in(text) == expected


def test_a_list_is_read_as_points():
    assert points_in("- Et.\n- **To**.") == ("Et.", "To.") and points_in("Ikke en liste.") == ()


WORDS = st.text("abcdefghijklmnopqrstuvwxyzæøå", min_size=2, max_size=8).filter(
    lambda word: word not in ("nr", "kl", "ca", "fx", "jf", "mio", "eks", "hhv", "inkl")
)
SENTENCES = st.lists(
    st.lists(WORDS, min_size=2, max_size=5).map(lambda words: " ".join(words).capitalize() + "."),
    min_size=1,
    max_size=5,
)


@given(SENTENCES)
def test_no_word_is_lost(sentences):
    assert sentences_in(" ".join(sentences)) == tuple(sentences)


def test_every_link_under_a_figure_leads_to_a_file(notebooks, exported):
    slug, path = notebooks["Vejle"][1]
    notebook = add_links(nbformat.read(path, as_version=4), slug, "vejle", SURVEYS)
    html = "".join(
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "figure-files" in output["data"].get("text/html", "")
    )
    links = [part.split('"')[0] for part in html.split('href="')[1:]]
    files, views, here = (
        [link for link in links if link.startswith(start)]
        for start in ("hent/", "../udforsk/", "#")
    )
    assert (len(files), len(views), len(here)) == (6 * 3, 6, 6) and len(links) == 6 * 5
    assert all((exported["Vejle"].folder / link).is_file() for link in files)
    assert (
        views[1]
        == "../udforsk/index.html#spoergsmaal=tilfredshed&amp;opdeling=maalgruppe&amp;udgave=vejle"
    )


def test_a_figure_is_linked_to_by_its_id_once_on_a_page(pages):
    side = pages["Vejle"]
    findings = [side.finding("tilfredshed", by="koen"), side.battery("udsagn")]
    shown = [one.figure()._repr_mimebundle_() for one in (*findings, findings[0])]
    cells = [
        new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)])
        for data, metadata in shown
    ]
    notebook = add_links(new_notebook(cells=cells), "tema", "vejle", SURVEYS)
    lines = [cell.outputs[1]["data"]["text/html"] for cell in notebook.cells]
    for line, name in zip(lines, ("tilfredshed.koen", "udsagn.alle")):
        number = f"syntetisk-foraaret.citizens.vejle.{name}"
        assert number in [finding.table_id for finding in findings]
        assert f' id="{number}"' in line and f'<a href="#{number}">Link til tallene' in line
    assert " id=" not in lines[2] and 'href="#' not in lines[2]


@pytest.mark.parametrize(
    "record, view",
    [
        (
            {"verb": "finding", "survey": "jobcentres", "arguments": {"question": "digital"}},
            "undersoegelse=jobcentrene&spoergsmaal=digital&udgave=hele-landet",
        ),
        (
            {
                "verb": "municipalities",
                "arguments": {"question": "tilfredshed", "answer": "positive"},
            },
            "spoergsmaal=tilfredshed&opdeling=kommune&udgave=hele-landet",
        ),
        ({"verb": "beside", "arguments": {}}, ""),
    ],
)
def test_a_figure_leads_to_the_same_numbers_in_the_explorer(record, view):
    assert view_of(record, "hele-landet", CODEBOOKS) == view
