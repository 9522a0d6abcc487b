"""Development over time: what is said of two rounds, and of questions that were changed between
them."""

from dataclasses import replace

import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.proportion import confint_proportions_2indep

from helpers.page.development import make_development, names_of
from helpers.page.question_changes import changes
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import Manifest

CODEBOOK = load_codebook("citizens")
MANIFEST = Manifest(title="Prøve", period="2020", synthetic=True, source="opdigtet", surveys={})


def round_of(settled, page_of, satisfied, others, period, place="Vejle"):
    """A round in which so many of two municipalities' people were satisfied, or were not."""
    cells = {
        (name, "6.1 - Dagpengemodtager"): {"Tilfreds": satisfied, "Utilfreds": others}
        for name in (place, "Hjørring")
    }
    return page_of(
        settled("tilfredshed", cells),
        place,
        manifest=MANIFEST.model_copy(update={"period": period}),
        only="tilfredshed",
    )


@pytest.fixture(scope="module")
def compared(settled, page_of):
    """A function from the two rounds' people in Vejle to what the newer one's page tells."""

    def tell(before, after, place="Vejle"):
        old, new = (
            round_of(settled, page_of, *before, "2020", place),
            round_of(settled, page_of, *after, "2021"),
        )
        return make_development(
            new.finding("tilfredshed"), "positive", [old.releasable, new.releasable]
        )

    return tell


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((100, 100), (160, 40), "er steget fra 50 pct. (2020) til 80 pct."),
        ((160, 40), (100, 100), "er faldet fra 80 pct. (2020) til 50 pct."),
        ((1000, 1000), (1080, 920), "er steget lidt, fra 50 pct. (2020) til 54 pct."),
        ((1080, 920), (1000, 1000), "er faldet lidt, fra 54 pct. (2020) til 50 pct."),
        ((500, 500), (520, 480), "er omtrent den samme som før: 50 pct. (2020) og 52 pct. nu."),
        (
            (100, 100),
            (104, 96),
            "var 50 pct. (2020) og er nu 52 pct.; svarene er for få til at sige, om den har "
            "flyttet sig.",
        ),
        (
            (20, 20),
            (20, 20),
            "var omkring 50 pct. (2020) og er nu omkring 50 pct.; svarene er for få",
        ),
    ],
)
def test_what_is_said_follows_the_test_and_the_interval(compared, before, after, told):
    """Moved when the test says so ("lidt" below five points), level when Newcombe's interval is
    within ten points, else neither."""
    assert told in str(compared(before, after).tell())
    people = [(count, count + other) for count, other in (after, before)]
    certain = chi2_contingency([before, after], correction=False).pvalue < 0.05
    gap = abs(people[0][0] / people[0][1] - people[1][0] / people[1][1])
    ends = confint_proportions_2indep(*people[0], *people[1], method="newcomb", compare="diff")
    assert certain == ("er steget" in told or "er faldet" in told)
    assert (certain and gap < 0.05) == ("lidt" in told)
    assert (not certain and max(map(abs, ends)) < 0.10) == ("omtrent den samme" in told)


def test_figure_table_and_alt_text_have_every_round_and_place(compared):
    development = compared((100, 100), (160, 40))
    assert [
        (line.who, line.label, line.row.share, line.row.base) for line in development.lines
    ] == [
        ("Vejle", "2020", 0.5, 200),
        ("Vejle", "2021", 0.8, 200),
        ("Hele landet", "2020", 0.5, 400),
        ("Hele landet", "2021", 0.8, 400),
    ]
    # counts are told of the country's totals only
    assert [line.row.count for line in development.lines] == [
        None,
        None,
        200,
        320,
    ]
    alt, table = development.alt(), development.table().html
    assert "Vejle, 2020: 50 pct. (43-57)" in alt and "Hele landet, 2021: 80 pct. (76-84)" in alt
    assert development.figure().alt == alt and "43-57" in table and "Hele landet" in table
    assert development.record["arguments"] == {"question": "tilfredshed", "answer": "positive"}


def test_a_municipality_that_was_not_there_and_a_hidden_share_are_said(compared):
    assert "Der er ingen svar at sammenligne med fra 2020. Vejle var ikke med." in str(
        compared((100, 100), (160, 40), place="Aarhus").tell()
    )
    assert "I målingen fra 2020 er andelen" in str(compared((2, 5), (160, 40)).tell())
    hidden = compared((160, 40), (2, 5))
    assert "skjult" in str(hidden.tell()) and "80 pct." not in str(hidden.tell())


def test_one_round_stands_alone(settled, page_of):
    page = round_of(settled, page_of, 100, 100, "2020")
    alone = make_development(page.finding("tilfredshed"), "positive", [page.releasable])
    assert "kun én måling" in str(alone.tell()) and [line.label for line in alone.lines] == [
        "2020",
        "2020",
    ]


def reworded(**update):
    """The codebook as it might have been before: one question otherwise."""
    questions = tuple(
        q.model_copy(update=update) if q.id == "tilfredshed" else q for q in CODEBOOK.questions
    )
    return CODEBOOK.model_copy(update={"questions": questions})


OPTIONS = CODEBOOK.question("tilfredshed").options


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (CODEBOOK, ()),
        (reworded(text="Er du glad?"), ("Ordlyden er ændret; dengang lød den »Er du glad?«",)),
        (
            reworded(options=OPTIONS[:-1]),
            (f"»{OPTIONS[-1].label}« er kommet til blandt svarmulighederne.",),
        ),
        (
            reworded(options=(*OPTIONS, OPTIONS[0].model_copy(update={"label": "Nej"}))),
            ("»Nej« er gået ud af svarmulighederne.",),
        ),
        (reworded(options=OPTIONS[::-1]), ("Svarmulighederne stod i en anden rækkefølge.",)),
        (reworded(id="anden"), ("Spørgsmålet blev ikke stillet.",)),
        (
            reworded(asked_if=CODEBOOK.question("modtagelse").asked_if, asked_of="nogle"),
            (
                "Dengang blev spørgsmålet stillet til nogle; nu er det stillet til "
                f"{CODEBOOK.question('tilfredshed').asked_of}.",
            ),
        ),
    ],
)
def test_what_was_changed_in_a_question_is_said(before, told):
    assert changes(before, CODEBOOK, "tilfredshed", "positive") == told


def test_a_changed_question_is_shown_but_never_said_to_have_moved(settled, page_of):
    old, new = (
        round_of(settled, page_of, 100, 100, "2020"),
        round_of(settled, page_of, 160, 40, "2021"),
    )
    estimates = old.releasable.published
    earlier = tuple(
        q.model_copy(update={"text": "Er du glad?"}) if q.id == "tilfredshed" else q
        for q in estimates.codebook.questions
    )
    changed = replace(
        old.releasable,
        published=replace(
            estimates, codebook=estimates.codebook.model_copy(update={"questions": earlier})
        ),
    )
    told = str(
        make_development(new.finding("tilfredshed"), "positive", [changed, new.releasable]).tell()
    )
    assert (
        "steget" not in told
        and "kan ikke uden videre sammenlignes" in told
        and "»Er du glad?«" in told
        and "50 pct." in told
    )


def test_rounds_with_the_same_period_are_told_apart():
    same = [MANIFEST, MANIFEST]
    assert len(set(names_of(same))) == 2 and names_of([MANIFEST]) == [MANIFEST.period]


def test_synthetic_answers_beside_real_ones_are_said_to_be_so():
    real = MANIFEST.model_copy(update={"synthetic": False, "period": "2021"})
    assert names_of([MANIFEST, real]) == ["2020, syntetiske svar", "2021"]
