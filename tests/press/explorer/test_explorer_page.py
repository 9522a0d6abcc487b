"""The explorer used as a reader uses it: by keyboard, with a link, by ear, on a phone."""

import re

import pytest
from statsmodels.stats.proportion import proportion_confint

from helpers.page.danish import number, pct

CHOICE = "spoergsmaal=tilfredshed&opdeling=maalgruppe&udgave=vejle"


def cells(page):
    """The table's rows as lists of text, row headers first."""
    return page.evaluate("[...document.querySelectorAll('#tabel tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))")


def ends(row):
    """Wilson's interval in whole per cent, by statsmodels; nobody knows how many of the invented people were asked."""
    return "-".join(str(int(100 * end + 0.5)) for end in proportion_confint(row.count, row.base, 0.05, method="wilson"))


@pytest.mark.parametrize("edition", ["hele-landet", "vejle"])
@pytest.mark.parametrize("question, breakdown", [("tilfredshed", "maalgruppe"), ("initiativ", "alder"), ("udsagn_hjalp", "koen")])
def test_the_table_equals_the_releasable_estimates(explore, estimates, question, breakdown, edition):
    page = explore(f"spoergsmaal={question}&opdeling={breakdown}&udgave={edition}&landet=nej")
    tables = [estimates.table(question, breakdown, edition), estimates.table(question, None, edition)]
    expected = []
    for table in tables:
        for group, rows in table.groupby("group", sort=False):
            texts = [f"{pct(row.share)} ({ends(row)})" if not row.hidden else "skjult*" if row.hidden == "faa_svar" else "skjult**" for row in rows.itertuples()]
            base = rows["base"].iloc[0]
            expected.append([group or "I alt", *texts, "skjult**" if rows["hidden"].iloc[0] == "lav_base" else number(int(base))])
    assert cells(page) == expected


def test_without_a_breakdown_the_municipality_stands_beside_the_country(explore, estimates):
    page = explore("spoergsmaal=tilfredshed&udgave=vejle")
    here, land = (estimates.table("tilfredshed", None, edition) for edition in ("vejle", "hele-landet"))
    for row, own, all_ in zip(cells(page), here.itertuples(), land.itertuples(), strict=True):
        assert row[4] == pct(all_.share)
        if own.hidden:
            assert row[1:4] == ["skjult*"] * 3 and row[5] == "skjult*"
        else:
            gap = 100 * (own.share - all_.share)
            assert row[1:4] == [number(int(own.count)), pct(own.share), ends(own)]
            assert row[5] == ("" if abs(gap) < 0.5 else "+" if gap > 0 else "−") + str(int(abs(gap) + 0.5))


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
    page.wait_for_function("document.querySelector('#overskrift').textContent === 'Samlet tilfredshed efter målgruppe, Vejle'")
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
    page.wait_for_function("document.querySelector('#overskrift').textContent.endsWith(', jobcentrene')")
    assert page.evaluate("document.activeElement.id") == "undersoegelse" and "undersoegelse=jobcentrene" in page.url
    assert page.inner_text("#udgave") == "Hele landet" and page.inner_text("#opdeling") == "Ingen (alle samlet)"
    why = "Jobcentrene vises kun samlet og kun for hele landet. Opdelt ville de enkelte jobcentre kunne genkendes."
    assert page.inner_text(f"#{page.get_attribute('#opdeling', 'aria-describedby')}") == why
    assert why in page.text_content("#melding") and page.is_visible("#tabel table")


def test_an_address_that_asks_for_the_jobcentres_broken_down_gets_them_together_and_the_reason(explore, jobcentres):
    page = explore("undersoegelse=jobcentrene&spoergsmaal=digital&opdeling=maalgruppe&udgave=vejle")
    rows = jobcentres.table("digital")
    answers = rows[~rows["combined"]]
    assert [row[1:3] for row in cells(page)][:len(answers)] == [[str(row.count), pct(row.share)] for row in answers.itertuples()]
    assert "kunne genkendes" in page.inner_text("#opdeling-hjaelp") and page.is_hidden("#landet-felt")


def test_every_question_to_the_jobcentres_can_be_shown_with_its_numbers(explore, jobcentres):
    page = explore("undersoegelse=jobcentrene")
    questions = page.evaluate("[...document.querySelectorAll('#spoergsmaal option')].map(option => option.value)")
    assert {question.id for question in jobcentres.codebook.tabulated} <= set(questions)
    for question in questions:
        page.select_option("#spoergsmaal", question)
        page.wait_for_function(f"location.hash.endsWith('spoergsmaal={question}&udgave=hele-landet')")
        text = page.text_content("#resultat")
        assert page.is_visible("#tabel table") and not re.search("undefined|NaN|null|_", text), question


def test_with_few_answers_the_counts_stand_beside_the_shares(explore, jobcentres):
    page = explore("undersoegelse=jobcentrene&spoergsmaal=formaal")
    first = jobcentres.table("formaal_nyledige")
    assert cells(page)[0][1:-1] == [f"{pct(row.share)} ({row.count})" for row in first.itertuples() if not row.combined]
    assert "I parentes: antal svar." in page.inner_text("#noter") and page.inner_text("#tabel th") == "Målgruppe"


def test_a_breakdown_that_an_edition_does_not_have_is_missed_in_words(explore):
    page = explore("spoergsmaal=tilfredshed&opdeling=kommune&udgave=vejle")
    assert page.inner_text("#opdeling-hjaelp") == "Spørgsmålet er ikke opdelt på kommune i udgaven Vejle."
    page.select_option("#udgave", "hele-landet")
    page.select_option("#opdeling", "kommune")
    page.wait_for_function("document.querySelector('#overskrift').textContent === 'Samlet tilfredshed efter kommune, hele landet'")
    assert page.is_hidden("#opdeling-hjaelp")


def test_only_what_a_choice_needs_is_loaded(explore):
    page = explore("spoergsmaal=tilfredshed&udgave=hele-landet")
    loaded = "Object.keys(kontaktbogen.tables)"
    assert page.evaluate(loaded) == ["borgerne/hele-landet"]
    page.select_option("#udgave", "vejle")
    page.wait_for_function("document.querySelector('#overskrift').textContent.endsWith('Vejle')")
    assert page.evaluate(loaded) == ["borgerne/hele-landet", "borgerne/vejle"]
    page.select_option("#undersoegelse", "jobcentrene")
    page.wait_for_function("document.querySelector('#overskrift').textContent.endsWith('jobcentrene')")
    assert page.evaluate(loaded) == ["borgerne/hele-landet", "borgerne/vejle", "jobcentrene/hele-landet"]


def test_each_answer_of_a_question_has_a_colour_of_its_own(explore):
    page = explore("undersoegelse=jobcentrene&spoergsmaal=formaal")
    colours = page.evaluate("[...document.querySelectorAll('.x-swatch')].map(one => one.style.background)")
    assert len(set(colours)) == len(colours) == 6


def test_the_choice_is_announced(explore, estimates):
    page = explore(CHOICE)
    page.select_option("#spoergsmaal", "kanal")
    page.wait_for_function("document.querySelector('#melding').textContent.startsWith('Kontaktform')")
    told = page.text_content("#melding")
    assert page.get_attribute("#melding", "role") == "status"
    assert f"{number(estimates.base('kanal', 'vejle'))} borgere har svaret" in told and "efter målgruppe, Vejle" in told


def test_the_address_holds_the_choice_and_gives_it_back(explore):
    page = explore(CHOICE)
    page.select_option("#udgave", "albertslund")
    page.wait_for_function("location.hash.includes('albertslund')")
    page.uncheck("#landet")
    page.wait_for_function("location.hash.endsWith('landet=nej')")
    address = page.evaluate("location.hash.slice(1)")
    again = explore(address)
    again.wait_for_function("document.querySelector('#overskrift').textContent.endsWith('Albertslund')")
    assert again.input_value("#opdeling") == "maalgruppe" and not again.is_checked("#landet") and cells(again) == cells(page)
    page.go_back()
    page.wait_for_function("document.querySelector('#landet').checked")


def test_an_address_that_makes_no_sense_shows_something_anyway(explore):
    page = explore("spoergsmaal=findes-ikke&opdeling=%3Cscript%3E&udgave=atlantis")
    assert page.inner_text("#overskrift") == "Samlet tilfredshed, hele landet"


def test_hidden_numbers_have_their_reason(explore):
    page = explore(CHOICE)
    assert any("skjult*" in row for row in cells(page)) and "I parentes: 95 pct. konfidensinterval" in page.inner_text("#noter")
    assert "* skjult, fordi færre end 5 har givet svaret, eller fordi så lille et tal ellers kunne regnes ud." in page.inner_text("#noter")


def test_the_chart_is_an_image_in_words_and_its_colours_are_named(explore):
    page = explore(CHOICE)
    assert page.get_attribute("#diagram [role=img]", "aria-label").startswith("Stablede søjler. Samlet tilfredshed efter målgruppe, Vejle.")
    assert "Meget tilfreds" in page.inner_text("#diagram ul")


def test_bars_are_as_long_as_the_numbers(explore, estimates):
    page = explore("spoergsmaal=kanal&udgave=hele-landet")
    table = estimates.table("kanal")
    widths = page.evaluate("[...document.querySelectorAll('#diagram .x-bar')].map(bar => parseFloat(bar.style.width))")
    limit = 50 if table["share"].max() <= 0.505 else 100
    assert [round(width * limit / 100) for width in widths] == [int(pct(share).split()[0]) for share in table["share"]]


def test_a_line_shows_the_interval_of_a_bar(explore, estimates):
    page = explore("spoergsmaal=kanal&udgave=hele-landet")
    table = estimates.table("kanal")
    limit = 50 if table["share"].max() <= 0.505 else 100
    drawn = page.evaluate("[...document.querySelectorAll('.x-whisker')].map(line => [parseFloat(line.style.left), parseFloat(line.style.width)])")
    assert [f"{round(left * limit / 100)}-{round((left + width) * limit / 100)}" for left, width in drawn] == [ends(row) for row in table.itertuples()]


def test_every_question_can_be_shown_in_every_breakdown(explore):
    page = explore(CHOICE)
    shown = page.evaluate("""async () => {
        const go = async hash => {
            if (location.hash === hash) return;
            const moved = new Promise(done => addEventListener('hashchange', done, {once: true}));
            location.hash = hash;
            await moved;
        };
        const values = id => [...document.querySelectorAll(`#${id} option`)].map(option => option.value), seen = [];
        for (const question of values('spoergsmaal')) {
            await go(`#spoergsmaal=${question}&udgave=vejle`);
            for (const by of values('opdeling')) {
                await go(`#spoergsmaal=${question}&opdeling=${by}&udgave=vejle`);
                seen.push([question, by, document.querySelector('#opdeling').value, document.querySelector('#resultat').textContent]);
            }
        }
        return seen;
    }""")
    assert len({question for question, *_ in shown}) > 25 and len(shown) > 150
    for question, wanted, chosen, text in shown:
        assert chosen == wanted and not re.search("undefined|NaN|null", text), (question, wanted)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("choice", [CHOICE, "spoergsmaal=emner_ledige&opdeling=maalgruppe&udgave=vejle", "spoergsmaal=udsagn&udgave=hele-landet"])
def test_it_fits_the_screen(explore, choice, width, scheme):
    page = explore(choice, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_numbers_can_be_taken_along(explore, estimates):
    page = explore("spoergsmaal=tilfredshed&udgave=vejle&landet=nej")
    with page.expect_download() as download:
        page.click("#hent")
    text = open(download.value.path(), encoding="utf-8-sig").read().splitlines()
    assert download.value.suggested_filename == "tilfredshed-vejle.csv" and text[0] == "sted;gruppe;svar;antal;N;andel;interval fra (pct.);interval til (pct.);skjult;kilde"
    for line, row in zip(text[1:], estimates.table("tilfredshed", None, "vejle").itertuples(), strict=True):
        count, base, share, low, high, hidden, source = line.split(";")[3:]
        assert f"{low}-{high}" == ("-" if row.hidden else ends(row))
        assert (count, base) == (("", str(row.base)) if row.hidden else (str(row.count), str(row.base))) and "Syntetiske svar" in source
        assert bool(hidden) == bool(row.hidden) and (row.hidden or float(share.replace(",", ".")) == pytest.approx(row.share, abs=1e-6))


def test_it_leads_to_the_book_only_where_there_is_one(explore):
    page = explore(CHOICE)
    assert page.get_attribute("#laes", "href") == "../vejle/tema-4-tilfredshed.html"
    assert page.get_attribute("#til-bogen", "href") == "../vejle/index.html"
    page = explore("undersoegelse=jobcentrene&spoergsmaal=digital")
    assert page.get_attribute("#laes", "href") == "../hele-landet/jobcentre-ledige.html"


def test_it_says_that_the_answers_are_synthetic_in_the_edition_s_own_words(explore):
    page = explore(CHOICE)
    assert "opdigtede" in page.inner_text("aside.notice") and "Vejle Kommune" in page.inner_text("aside.notice")


def test_without_scripts_it_says_where_the_numbers_are(browser, explorer):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer.as_uri())
    assert "Alle tal står også i bøgernes tabeller" in page.inner_text("main")
    context.close()


def test_no_word_is_english(explore):
    page = explore(CHOICE)
    text = page.inner_text("body")
    assert not re.findall(r"\b(the|and|show|choose|copy|download|hidden|loading|chart|table|all)\b", text, re.IGNORECASE)
    assert page.get_attribute("html", "lang") == "da"
