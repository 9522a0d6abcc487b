"""The pages on the jobcentres: the print's Table 1, sentences that follow the answers, and no such
page for a municipality."""

import re
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from answers import by_rules_alone

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import load_rules
from helpers.page import open_page, say
from helpers.page.page import Page
from helpers.paths import DATA, NOTEBOOKS
from helpers.press.outline import load_outline
from helpers.press.run.execution import cut
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import COUNTRY
from helpers.survey.tabulation import tabulate

PAGES = {"jobcentre-ledige", "jobcentre-virksomheder", "jobcentre-metode", "side-om-side"}
# The report, p. 5, as printed; columns in the questionnaire's order.
TABLE_1 = {
    "Ny-ledige (ledige under covid-19-krisen)": "26,8 0,0 43,7 4,2 0,0 25,4",
    "Øvrige jobparate": "23,6 0,0 48,6 4,2 2,8 20,8",
    "Aktivitetsparate kontanthjælpsmodtagere": "2,8 0,0 16,7 1,4 44,4 34,7",
    "Unge på uddannelseshjælp": "6,9 25,0 13,9 2,8 18,1 33,3",
    "Sygedagpengemodtagere": "0,0 0,0 8,3 0,0 48,6 43,1",
    "Ressourceforløbsydelsesmodtagere": "1,4 1,4 8,3 0,0 50,0 38,9",
}
MANIFEST = Manifest(
    title="Prøve", period="foråret", synthetic=True, report=True, source="opdigtet", surveys={}
)


@pytest.fixture(scope="module")
def answers():
    return open_dataset("synthetic").answers("jobcentres")


def page(answers, manifest=MANIFEST):
    codebook = load_codebook("jobcentres")
    return Page(
        COUNTRY,
        Releasable(by_rules_alone(tabulate(codebook, answers), codebook, load_rules()), manifest),
    )


def with_answers(answers, question, given):
    """The same jobcentres, where those who answered a question gave these answers instead."""
    changed = answers.copy()
    answered = changed.index[changed[question].notna()]
    changed[question] = pd.Categorical(
        changed[question], categories=changed[question].cat.categories
    )
    changed.loc[answered, question] = (list(given) + [given[-1]] * len(answered))[: len(answered)]
    return changed


def stored(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def test_table_1_stands_on_the_page_as_it_is_printed():
    texts = [
        output.data["text/plain"]
        for cell in stored("jobcentre-ledige").cells
        if cell.get("source", "").startswith("formaal.table")
        for output in cell.outputs
    ]
    rows = {
        line.split(" | ")[1]: line.split(" | ")[2:]
        for line in texts[0].splitlines()
        if line.startswith("Hele landet | ")
    }
    assert {
        group: " ".join(re.match(r"([\d,]+) pct\. \(", cell)[1] for cell in cells[:-1])
        for group, cells in rows.items()
    } == TABLE_1
    counts = {
        group: [int(re.search(r"\((\d+)\)", cell)[1]) for cell in cells[:-1]]
        for group, cells in rows.items()
    }
    assert [sum(each) for each in counts.values()] == [71, 72, 72, 72, 72, 72]
    assert [cells[-1] for cells in rows.values()] == ["71", "72", "72", "72", "72", "72"]


def test_bases_that_differ_between_items_are_told_as_a_span(answers):
    side = page(answers)
    assert side.battery("formaal").bases == "N = 71 til 72"
    assert side.battery("andel_kontakt").bases == "N = 72"
    assert (
        side.battery("service").title_of_groups == "Spørgsmål"
        and side.battery("meningsfulde").title_of_groups == "Udsagn"
    )


def test_everybody_is_said_of_all_and_of_no_fewer(answers):
    def told(given):
        finding = page(with_answers(answers, "borgernes_modtagelse", given)).finding(
            "borgernes_modtagelse"
        )
        return str(say.everybody(finding, "Alle {x.base}.", "{x.talt}.", x="positive"))

    assert told(["Positivt"]) == "Alle 72."
    assert told(["Negativt", "Positivt"]) == "99 pct. (71 af 72)."


def test_a_comparison_of_two_surveys_follows_both(answers):
    citizens = open_page().finding("telefon").line("borgere", "positive")

    def told(good):
        given = ["Godt"] * good + ["Dårligt"]
        line = (
            page(with_answers(answers, "telefon_og_video", given))
            .finding("telefon_og_video")
            .line("jobcentre", "positive")
        )
        return str(say.against(line, citizens, "mere {en}", "ens {en}", "mindre {en}"))

    assert [told(72), told(65), told(40)] == ["Mere 100 pct.", "Ens 90 pct.", "Mindre 56 pct."]


def test_intervals_are_those_of_ninety_four_jobcentres(answers):
    finding = page(answers).finding("metoder")
    # Score interval under the hypergeometric variance, solved by hand: (p - 51/72)^2 = z^2 p (1 -
    # p) / n, n = 72 * 93 / 22.
    n, share, z = 72 * 93 / 22, 51 / 72, 1.959963984540054
    low, high = finding.interval(finding.row("Video"))
    for end in (low, high):
        assert (end - share) ** 2 == pytest.approx(z**2 * end * (1 - end) / n)
    everybody = page(answers).finding("deltagelse")
    assert tuple(everybody.interval(everybody.row("Har besvaret"))) == pytest.approx(
        (72 / 94, 72 / 94)
    )


def test_what_was_never_printed_is_not_published(answers):
    side = page(answers)
    lines = side.printed("brancher", "metoder").plain.splitlines()
    assert all(
        "ikke offentliggjort" in line
        for line in lines
        if "brancher" in line and "rapporten" not in line
    )
    assert any(line.endswith("| Video | 71 pct. | 1 og 6") for line in lines)
    assert "opdigtede" in str(side.unprinted(side.finding("brancher")))
    real = page(answers, MANIFEST.model_copy(update={"synthetic": False}))
    assert str(real.unprinted(real.finding("brancher"))) == ""


def test_no_value_is_quoted_that_the_report_has_not_printed(answers):
    published = pd.read_csv(DATA / "published" / "jobcentres.csv", dtype=str, keep_default_na=False)
    known = {value.replace(".", ",") for value in published["value"]} | {
        f"{value},0" for value in published["value"]
    }
    for line in (
        page(answers)
        .printed("maalgrupper", "sagde_ja", "formaal", "metoder", "digital", "niveau")
        .plain.splitlines()
    ):
        for number in re.findall(
            r"\b([\d,]+)(?= pct\. \||(?: \(udledt\))? \|)", line.split(" | ", 2)[-1]
        ):
            assert number in known, line


def test_notice_and_source_name_those_who_did_not_answer():
    side = open_page(survey="jobcentres")
    assert (
        "ikke givet af jobcentre" in side.notice().plain
        and "borgere" not in side.notice().plain.split("Svarene")[1].split(".")[0]
    )
    assert side.finding("metoder").source.endswith("ikke givet af jobcentre.")
    assert open_page().survey("jobcentres").finding("metoder").rows == side.finding("metoder").rows


def test_a_municipality_has_none_of_the_pages_and_neither_has_a_dataset_without_jobcentres():
    outline = load_outline()

    def slugs(*chosen):
        return {found.slug for found in outline.for_edition(*chosen).pages}

    assert slugs(True) >= PAGES and PAGES.isdisjoint(slugs(False))
    assert (
        PAGES.isdisjoint(slugs(True, ("citizens",)))
        and slugs(True, ("citizens", "jobcentres")) >= PAGES
    )
    assert "Jobcentrene" not in [part.title for part in outline.for_edition(False).parts]


def test_the_main_conclusions_have_the_jobcentres_in_the_whole_country_only():
    def headings(municipality):
        run = SimpleNamespace(dataset="synthetic", municipality=municipality)
        return [
            cell.source.splitlines()[0]
            for cell in cut(stored("hovedkonklusioner"), run).cells
            if cell.cell_type == "markdown"
        ]

    assert "## Set fra jobcentrene" in headings("Hele landet")
    assert not [
        heading
        for heading in headings("Vejle")
        if "obcentrene" in heading and heading.startswith("#")
    ]
