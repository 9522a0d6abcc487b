"""The explorer used as a reader uses it: by keyboard, with a link, by ear, on a phone."""

import csv
import math
import re
from pathlib import Path

import pytest
from statsmodels.stats.proportion import proportion_confint

from helpers.page.danish import number, pct, short_label
from helpers.takeaway.number_table import published_rows

WHY = "Andele fra få svar er rundet af til trin, så ingen kan kendes."
CHOICE = "spoergsmaal=tilfredshed&opdeling=maalgruppe&udgave=vejle"


def cells(page):
    """The table's rows as lists of text, row headers first."""
    return page.evaluate(
        "[...document.querySelectorAll('#tabel tbody tr')].map(row => [...row.cells].map(cell => "
        "cell.textContent))"
    )


def head(page):
    """The table's column headers."""
    return page.locator("#tabel thead th").all_text_contents()


def ends(row):
    """Wilson's interval in whole per cent, by statsmodels, with the variance of an even spread in
    the class.

    Nobody knows how many of the invented people were asked. An open class has an open interval.
    """
    variance, answers = row.share * (1 - row.share), row.base
    if row.step > 0:
        answers = variance / (variance / row.base + (row.high - row.low) ** 2 / 12)
    low, high = proportion_confint(row.share * answers, answers, 0.05, method="wilson")
    if row.step > 0:
        low, high = low if row.low > 0 else 0, high if row.high < 1 else 1
    return "-".join(str(int(100 * end + 0.5)) for end in (low, high))


def told(row):
    """A published share in the words of a table, from its class alone."""
    if row.hidden:
        return "skjult*"
    if row.step > 0 and row.low == 0:
        return f"under {math.ceil(round(100 * row.high, 6))} pct."
    if row.step > 0 and row.high == 1:
        return f"over {math.ceil(round(100 * row.low, 6)) - 1} pct."
    return f"ca. {pct(row.share)}" if row.step > 1 else pct(row.share)


def gap(own, land):
    """The difference from the country between two shares as they are shown."""
    if "skjult*" in (own, land):
        return "skjult*"
    if re.match("under|over", own) or re.match("under|over", land):
        return ""
    here, there = (int(re.search(r"\d+", text)[0]) for text in (own, land))
    sign = "+" if here > there else "−" if here < there else ""
    return f"{'ca. ' if 'ca.' in own + land else ''}{sign}{abs(here - there)}"


@pytest.mark.parametrize("edition", ["hele-landet", "vejle"])
@pytest.mark.parametrize(
    "question, breakdown",
    [("tilfredshed", "maalgruppe"), ("initiativ", "alder"), ("udsagn_hjalp", "koen")],
)
def test_the_table_equals_the_releasable_estimates(
    explore, estimates, question, breakdown, edition
):
    page = explore(f"spoergsmaal={question}&opdeling={breakdown}&udgave={edition}&landet=nej")
    tables = [
        estimates.table(question, breakdown, edition),
        estimates.table(question, None, edition),
    ]
    expected = []
    for table in tables:
        for group, rows in table.groupby("group", sort=False):
            texts = [
                told(row) + ("" if row.hidden else f" ({ends(row)})") for row in rows.itertuples()
            ]
            base = rows["base"].iloc[0]
            answered = "skjult*" if rows["hidden"].iloc[0] else number(int(base))
            expected.append([group or "I alt", *texts, answered])
    assert cells(page) == expected
    rounded = [cell for row in expected for cell in row if re.match("ca|under|skjult", cell)]
    assert rounded or edition == "hele-landet"


@pytest.mark.parametrize(
    "question, kinds",
    [
        ("tilfredshed", {""}),
        ("emner_syge", {"ca. ", "under"}),
        ("video", {"ca. ", "under"}),
    ],
)
def test_without_a_breakdown_the_municipality_stands_beside_the_country(
    explore, estimates, question, kinds
):
    page = explore(f"spoergsmaal={question}&udgave=albertslund")
    here, land = (
        estimates.table(question, None, edition) for edition in ("albertslund", "hele-landet")
    )
    expected = [
        [told(own), ends(own), told(other), gap(told(own), told(other))]
        for own, other in zip(here.itertuples(), land.itertuples(), strict=True)
    ]
    assert [row[1:] for row in cells(page)] == expected
    assert head(page) == ["Svar", "Andel", "Interval", "Hele landet", "Forskel i procentpoint"]
    assert {re.match("ca. |under|", cell)[0] for cell, *_ in expected} >= kinds
    assert "Forskelle er regnet på de viste andele." in page.inner_text("#noter")


@pytest.mark.parametrize(
    "choice, is_rounded",
    [
        ("tilfredshed&udgave=hele-landet", False),
        ("emner_syge&udgave=albertslund", True),
        ("koen&udgave=vejle", False),
        ("tilfredshed&opdeling=maalgruppe&udgave=vejle", True),
    ],
)
def test_a_rounded_share_says_why_it_is_rounded(explore, choice, is_rounded):
    page = explore(f"spoergsmaal={choice}&landet=nej")
    rounded = bool(re.search(r"ca\. \d|under \d|over \d", page.text_content("#tabel")))
    assert rounded == is_rounded == (WHY in page.inner_text("#diagram"))


@pytest.mark.parametrize(
    "choice, is_told",
    [
        ("koen&udgave=vejle", True),
        ("tilfredshed&udgave=hele-landet", True),
        ("tilfredshed&udgave=vejle", False),
    ],
)
def test_counts_are_in_the_table_where_they_are_told(explore, estimates, choice, is_told):
    page = explore(f"spoergsmaal={choice}&landet=nej")
    question, edition = choice.split("&udgave=")
    table = estimates.table(question, None, edition)
    assert ("Antal" in head(page)) == is_told == bool(table["count"].notna().all())
    if is_told:
        assert [row[1] for row in cells(page)] == [number(int(count)) for count in table["count"]]
    assert ("rundet til nærmeste 5" in page.inner_text("#noter")) != is_told


def test_the_most_common_answer_is_true_of_what_people_answered(explore, estimates, truth):
    """Of questions without sums: what is named as the most common is, by counts the page never
    sees."""
    page, level, clear = explore("spoergsmaal=kanal&udgave=vejle&landet=nej"), 0, 0
    for edition in ("vejle", "albertslund", "hele-landet"):
        page.select_option("#udgave", edition)
        for question in estimates.codebook.tabulated:
            sums = {one.label for one in question.combined.values()} - set(question.labels)
            if question.type == "municipality" or (sums and question.role == "answer"):
                continue
            page.evaluate(
                f"location.hash = 'spoergsmaal={question.id}&udgave={edition}&landet=nej'"
            )
            page.wait_for_function(
                """chosen => chosen.every(([name, value]) =>
                document.getElementById(name).value === value)""",
                arg=[["spoergsmaal", question.id], ["udgave", edition]],
            )
            said = re.search(
                r"Flest har svaret (.*?) \((hver )?(.*?)\)", page.text_content("#melding")
            )
            rows = estimates.table(question.id, None, edition).itertuples()
            table = [row for row in rows if not row.combined]
            if said is None:
                assert table[0].hidden or len({told(row) for row in table}) == 1, question.id
                continue
            named = re.findall("»(.*?)«", said[1])
            assert [short_label(row.answer) for row in table if told(row) == said[3]] == named
            assert bool(said[2]) == (len(named) > 1)
            mine = (truth["edition"] == edition) & (truth["question"] == question.id)
            counted = truth[mine & (truth["breakdown"] == "") & ~truth["combined"]]
            most = counted[counted["count"] == counted["count"].max()]
            assert set(map(short_label, most["answer"])) <= set(named)
            level, clear = level + (len(named) > 1), clear + (len(named) == 1)
    assert level > 3 and clear > 10


def test_a_choice_can_be_made_by_keyboard_alone(explore):
    page = explore("spoergsmaal=tilfredshed&udgave=hele-landet")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "udgave":
            break
    page.keyboard.type("Vejle")
    page.wait_for_function("location.hash.includes('udgave=vejle')")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.hash.includes('opdeling=maalgruppe')")
    page.wait_for_function(
        "document.querySelector('#overskrift').textContent === 'Samlet tilfredshed efter "
        "målgruppe, Vejle'"
    )
    assert page.evaluate("document.activeElement.id") == "opdeling"
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert reached[:5] == ["landet", "tabel", "kopier", "hent", "laes"]


def test_the_other_survey_is_chosen_by_keyboard_and_says_why_it_is_not_broken_down(explore):
    page = explore(CHOICE)
    page.focus("#undersoegelse")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "document.querySelector('#overskrift').textContent.endsWith(', jobcentrene')"
    )
    assert (
        page.evaluate("document.activeElement.id") == "undersoegelse"
        and "undersoegelse=jobcentrene" in page.url
    )
    assert (
        page.inner_text("#udgave") == "Hele landet"
        and page.inner_text("#opdeling") == "Ingen (alle samlet)"
    )
    why = (
        "Jobcentrene vises kun samlet og kun for hele landet. Opdelt ville de enkelte jobcentre "
        "kunne genkendes."
    )
    assert page.inner_text(f"#{page.get_attribute('#opdeling', 'aria-describedby')}") == why
    assert why in page.text_content("#melding") and page.is_visible("#tabel table")


def test_an_address_that_asks_for_the_jobcentres_broken_down_gets_them_together_and_the_reason(
    explore, jobcentres
):
    page = explore("undersoegelse=jobcentrene&spoergsmaal=digital&opdeling=maalgruppe&udgave=vejle")
    rows = jobcentres.table("digital")
    answers = rows[~rows["combined"]]
    assert [row[1:3] for row in cells(page)][: len(answers)] == [
        [str(row.count), pct(row.share)] for row in answers.itertuples()
    ]
    assert "kunne genkendes" in page.inner_text("#opdeling-hjaelp") and page.is_hidden(
        "#landet-felt"
    )


def test_every_question_to_the_jobcentres_can_be_shown_with_its_numbers(explore, jobcentres):
    page = explore("undersoegelse=jobcentrene")
    questions = page.evaluate(
        "[...document.querySelectorAll('#spoergsmaal option')].map(option => option.value)"
    )
    assert {question.id for question in jobcentres.codebook.tabulated} <= set(questions)
    for question in questions:
        page.select_option("#spoergsmaal", question)
        page.wait_for_function(
            f"location.hash.endsWith('spoergsmaal={question}&udgave=hele-landet')"
        )
        text = page.text_content("#resultat")
        assert page.is_visible("#tabel table") and not re.search("undefined|NaN|null|_", text), (
            question
        )


def test_with_few_answers_the_counts_stand_beside_the_shares(explore, jobcentres):
    page = explore("undersoegelse=jobcentrene&spoergsmaal=formaal")
    first = jobcentres.table("formaal_nyledige")
    assert cells(page)[0][1:-1] == [
        f"{pct(row.share)} ({row.count})" for row in first.itertuples() if not row.combined
    ]
    assert (
        "I parentes: antal svar." in page.inner_text("#noter")
        and page.inner_text("#tabel th") == "Målgruppe"
    )


def test_a_breakdown_that_an_edition_does_not_have_is_missed_in_words(explore):
    page = explore("spoergsmaal=tilfredshed&opdeling=kommune&udgave=vejle")
    assert (
        page.inner_text("#opdeling-hjaelp")
        == "Spørgsmålet er ikke opdelt på kommune i udgaven Vejle."
    )
    page.select_option("#udgave", "hele-landet")
    page.select_option("#opdeling", "kommune")
    page.wait_for_function(
        "document.querySelector('#overskrift').textContent === 'Samlet tilfredshed efter kommune, "
        "hele landet'"
    )
    assert page.is_hidden("#opdeling-hjaelp")


def test_only_what_a_choice_needs_is_loaded(explore):
    page = explore("spoergsmaal=tilfredshed&udgave=hele-landet")
    loaded = "Object.keys(kontaktbogen.tables)"
    assert page.evaluate(loaded) == ["borgerne/hele-landet"]
    page.select_option("#udgave", "vejle")
    page.wait_for_function("document.querySelector('#overskrift').textContent.endsWith('Vejle')")
    assert page.evaluate(loaded) == ["borgerne/hele-landet", "borgerne/vejle"]
    page.select_option("#undersoegelse", "jobcentrene")
    page.wait_for_function(
        "document.querySelector('#overskrift').textContent.endsWith('jobcentrene')"
    )
    assert page.evaluate(loaded) == [
        "borgerne/hele-landet",
        "borgerne/vejle",
        "jobcentrene/hele-landet",
    ]


def test_each_answer_of_a_question_has_a_colour_of_its_own(explore):
    page = explore("undersoegelse=jobcentrene&spoergsmaal=formaal")
    colours = page.evaluate(
        "[...document.querySelectorAll('.x-swatch')].map(one => one.style.background)"
    )
    assert len(set(colours)) == len(colours) == 6


def test_the_choice_is_announced(explore, estimates):
    page = explore(CHOICE)
    page.select_option("#spoergsmaal", "kanal")
    page.wait_for_function(
        "document.querySelector('#melding').textContent.startsWith('Kontaktform')"
    )
    told = page.text_content("#melding")
    assert page.get_attribute("#melding", "role") == "status"
    assert (
        f"{number(estimates.base('kanal', 'vejle'))} borgere har svaret" in told
        and "efter målgruppe, Vejle" in told
    )


def test_the_address_holds_the_choice_and_gives_it_back(explore):
    page = explore(CHOICE)
    page.select_option("#udgave", "albertslund")
    page.wait_for_function("location.hash.includes('albertslund')")
    page.uncheck("#landet")
    page.wait_for_function("location.hash.endsWith('landet=nej')")
    address = page.evaluate("location.hash.slice(1)")
    again = explore(address)
    again.wait_for_function(
        "document.querySelector('#overskrift').textContent.endsWith('Albertslund')"
    )
    assert (
        again.input_value("#opdeling") == "maalgruppe"
        and not again.is_checked("#landet")
        and cells(again) == cells(page)
    )
    page.go_back()
    page.wait_for_function("document.querySelector('#landet').checked")


def test_an_address_that_makes_no_sense_shows_something_anyway(explore):
    page = explore("spoergsmaal=findes-ikke&opdeling=%3Cscript%3E&udgave=atlantis")
    assert page.inner_text("#overskrift") == "Samlet tilfredshed, hele landet"


def test_hidden_numbers_have_their_reason(explore):
    page = explore(CHOICE)
    assert any(
        "skjult*" in row for row in cells(page)
    ) and "I parentes: 95-procents-konfidensinterval" in page.inner_text("#noter")
    notes = page.inner_text("#noter").splitlines()
    assert [note for note in notes if note.startswith("* skjult, fordi færre end 10 har svaret, ")]


def test_the_chart_is_an_image_in_words_and_its_colours_are_named(explore):
    page = explore(CHOICE)
    assert page.get_attribute("#diagram [role=img]", "aria-label").startswith(
        "Stablede søjler. Samlet tilfredshed efter målgruppe, Vejle."
    )
    assert "Meget tilfreds" in page.inner_text("#diagram ul")


def limit(table):
    """Where the chart's bars end: at 50 per cent when no bar or interval reaches further."""
    highest = max(int(ends(row).split("-")[1]) for row in table.itertuples())
    return 50 if max(highest, 100 * table["share"].max()) <= 50 else 100


@pytest.mark.parametrize(
    "question, edition",
    [
        ("kanal", "hele-landet"),
        ("emner_syge", "albertslund"),
        ("emner_syge", "vejle"),
    ],
)
def test_bars_are_as_long_as_the_middle_of_what_the_numbers_say(
    explore, estimates, question, edition
):
    page = explore(f"spoergsmaal={question}&udgave={edition}&landet=nej")
    table = estimates.table(question, None, edition)
    widths = page.evaluate(
        "[...document.querySelectorAll('#diagram .x-bar')].map(bar => parseFloat(bar.style.width))"
    )
    drawn = [width * limit(table) / 100 for width in widths]
    assert drawn == pytest.approx([100 * share for share in table["share"]], abs=0.51)


@pytest.mark.parametrize("by", ["alder", "maalgruppe"])
def test_a_part_of_a_stacked_bar_is_in_its_class_and_as_long_as_its_number(explore, estimates, by):
    """As the browser draws them; a number gives way only where the others leave it no room."""
    page = explore(f"spoergsmaal=tilfredshed&opdeling={by}&udgave=vejle&landet=nej")
    table = estimates.table("tilfredshed", by, "vejle")
    table = table[~table["combined"] & (table["hidden"] == "")]
    bars = page.evaluate("""[...document.querySelectorAll('.x-row:not(.x-row--total) .x-stack')]
        .map(bar => [...bar.children].map(part => [part.getBoundingClientRect().width
            / bar.getBoundingClientRect().width, part.textContent]))""")
    groups = [rows for _, rows in table.groupby("group", sort=False)]
    assert len(bars) == len(groups) >= 2
    unsure = any(row.low == 0 and row.high > 0.05 for row in table.itertuples())
    assert ("stykket tegnet efter skøn" in page.inner_text("#diagram .x-why")) == unsure
    for parts, rows in zip(bars, groups):
        lengths, texts = zip(*parts)
        assert sum(lengths) == pytest.approx(1, abs=0.001)
        bounds = (rows["low"] == 0) | (rows["high"] == 1)
        room = 1 - rows["share"][~bounds].sum()
        widest, narrowest = rows["high"][bounds].sum(), rows["low"][bounds].sum()
        for length, text, row, bound in zip(lengths, texts, rows.itertuples(), bounds):
            assert row.low - 0.006 <= length <= row.high + 0.006
            if narrowest + 0.25 * (widest - narrowest) <= room <= widest and not bound:
                assert length == pytest.approx(row.share, abs=0.006)
            assert text.split()[:1] in (["under"], []) if row.low == 0 else text[:5] != "under"
        assert any(text.startswith(("ca. ", "over ")) for text in texts) or max(lengths) < 0.18


@pytest.mark.parametrize(
    "question, edition", [("kanal", "hele-landet"), ("emner_syge", "albertslund")]
)
def test_a_line_shows_the_interval_of_a_bar(explore, estimates, question, edition):
    page = explore(f"spoergsmaal={question}&udgave={edition}&landet=nej")
    table = estimates.table(question, None, edition)
    scale = limit(table) / 100
    drawn = page.evaluate(
        "[...document.querySelectorAll('.x-whisker')].map(line => [parseFloat(line.style.left), "
        "parseFloat(line.style.width)])"
    )
    lines = [f"{round(left * scale)}-{round((left + width) * scale)}" for left, width in drawn]
    assert lines == [ends(row) for row in table.itertuples()]


def test_every_question_can_be_shown_in_every_breakdown(explore):
    page = explore(CHOICE)
    shown = page.evaluate("""async () => {
        const go = async hash => {
            if (location.hash === hash) return;
            const moved = new Promise(done => addEventListener('hashchange', done, {once: true}));
            location.hash = hash;
            await moved;
        };
        const options = id => [...document.querySelectorAll(`#${id} option`)], seen = [];
        const values = id => options(id).map(option => option.value);
        for (const question of values('spoergsmaal')) {
            await go(`#spoergsmaal=${question}&udgave=vejle`);
            for (const by of values('opdeling')) {
                await go(`#spoergsmaal=${question}&opdeling=${by}&udgave=vejle`);
                seen.push([question, by, document.querySelector('#opdeling').value,
                    document.querySelector('#resultat').textContent]);
            }
        }
        return seen;
    }""")
    assert len({question for question, *_ in shown}) > 25 and len(shown) > 150
    for question, wanted, chosen, text in shown:
        assert chosen == wanted and not re.search("undefined|NaN|null", text), (question, wanted)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "choice",
    [
        CHOICE,
        "spoergsmaal=emner_ledige&opdeling=maalgruppe&udgave=vejle",
        "spoergsmaal=udsagn&udgave=hele-landet",
    ],
)
def test_it_fits_the_screen(explore, choice, width, scheme):
    page = explore(choice, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


@pytest.mark.parametrize(
    "question, breakdown, edition",
    [
        ("tilfredshed", "", "vejle"),
        ("tilfredshed", "maalgruppe", "vejle"),
        ("tilfredshed", "", "hele-landet"),
        ("koen", "", "vejle"),
    ],
)
def test_numbers_can_be_taken_along(explore, estimates, question, breakdown, edition):
    page = explore(f"spoergsmaal={question}&opdeling={breakdown}&udgave={edition}&landet=nej")
    with page.expect_download() as download:
        page.click("#hent")
    titles, *lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    named = [name for name in (question, breakdown, edition) if name]
    assert download.value.suggested_filename == f"{'-'.join(named)}.csv"
    assert titles.split(";") == [
        "sted",
        "gruppe",
        "svar",
        "antal",
        "N",
        "andel (pct.)",
        "vist som",
        "interval fra (pct.)",
        "interval til (pct.)",
        "skjult",
        "gennemsnit",
        "id",
        "kilde",
    ]
    tables = [estimates.table(question, by, edition) for by in dict.fromkeys([breakdown, ""])]
    rows = [row for table in tables for row in table.itertuples()]
    for line, row in zip(lines, rows, strict=True):
        _, _, answer, *numbers, hidden, _, _, source = line.split(";")
        assert answer.removeprefix("I alt: ") == row.answer and "Syntetiske svar" in source
        assert bool(hidden) == bool(row.hidden)
        if row.hidden:
            assert numbers == [""] * 6
            continue
        background = estimates.codebook.question(question).role == "background"
        shown, interval = told(row), ["", ""] if background else ends(row).split("-")
        share = "" if re.match("under|over", shown) else re.search(r"\d+", shown)[0]
        assert numbers == [
            "" if row.step else str(row.count),
            str(row.base),
            share,
            shown,
            *interval,
        ]


@pytest.mark.parametrize(
    "question, breakdown",
    [("emner_ledige", "maalgruppe"), ("hyppighed", "alder"), ("udsagn", ""), ("kommune", "")],
)
def test_a_number_has_the_id_here_that_it_has_in_the_other_files(
    explore, estimates, question, breakdown
):
    page = explore(f"spoergsmaal={question}&opdeling={breakdown}&udgave=hele-landet&landet=nej")
    with page.expect_download() as download:
        page.click("#hent")
    lines = csv.DictReader(
        Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines(), delimiter=";"
    )
    asked = {item.id for item in estimates.codebook.battery(question)}
    expected = [
        number
        for number, by, row in published_rows(estimates, estimates.country)
        if row.question in asked and by in ("", breakdown)
    ]
    found = [line["id"] for line in lines]
    assert sorted(found) == sorted(expected) and len(found) > 3


def test_it_leads_to_the_book_only_where_there_is_one(explore):
    page = explore(CHOICE)
    assert page.get_attribute("#laes", "href") == "../vejle/tema-4-tilfredshed.html"
    assert page.get_attribute("#til-bogen", "href") == "../vejle/index.html"
    page = explore("undersoegelse=jobcentrene&spoergsmaal=digital")
    assert page.get_attribute("#laes", "href") == "../hele-landet/jobcentre-ledige.html"


def test_it_says_that_the_answers_are_synthetic_in_the_edition_s_own_words(explore):
    page = explore(CHOICE)
    assert "opdigtede" in page.inner_text("aside.notice") and "Vejle Kommune" in page.inner_text(
        "aside.notice"
    )


def test_without_scripts_it_says_where_the_numbers_are(browser, explorer):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer.as_uri())
    assert "Alle tal står også i bøgernes tabeller" in page.inner_text("main")
    context.close()


def test_no_word_is_english(explore):
    page = explore(CHOICE)
    text = page.inner_text("body")
    assert not re.findall(
        r"\b(the|and|show|choose|copy|download|hidden|loading|chart|table|all)\b",
        text,
        re.IGNORECASE,
    )
    assert page.get_attribute("html", "lang") == "da"
