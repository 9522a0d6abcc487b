"""What readers on a phone, on the keyboard or with their ears get: room for a finger, whole names,
the typeface, and figures that can be walked through."""

import re

import pytest

from helpers.page import open_page
from helpers.page.canvas import text_width
from helpers.page.telling import briefly

LEAST = 24  # pixels, WCAG 2.2's 2.5.8
# Links in a line of text are exempt: the line decides their height.
TARGETS = """[...document.querySelectorAll('a[href], button, summary, input, select')]
    .filter(one => one.checkVisibility({checkVisibilityCSS: true}))
    .filter(one => !one.closest('dialog:not([open])'))
    .filter(one => getComputedStyle(one).display !== 'inline'
        || !one.closest('p, li, td, dd, figcaption'))
    .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 100)])
    .filter(([box]) => box.width && box.right > 0 && box.bottom > 0)
    .map(([box, html]) => [Math.round(10 * box.width) / 10, Math.round(10 * box.height) / 10,
        html])"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "vejle/index.html",
        "vejle/tema-4-tilfredshed.html",
        "udforsk/index.html#udgave=vejle",
        "vejle/search.html?q=tilfredse",
    ],
)
def test_what_is_pointed_at_has_room_for_a_finger(visit, address, width):
    page = visit(address, unfolded=True, viewport={"width": width, "height": 800})
    found = page.evaluate(TARGETS)
    assert len(found) >= 5
    assert [one for one in found if one[0] < LEAST or one[1] < LEAST] == []


@pytest.mark.parametrize("edition", ["hele-landet", "vejle", "faaborg-midtfyn"])
def test_the_edition_s_name_is_whole_on_the_smallest_phone(visit, edition):
    page = visit(f"{edition}/index.html", viewport={"width": 320, "height": 640})
    shown, clipped, right = page.evaluate("""() => {
        const name = document.querySelector('.edition-switch__name'), box = name.closest('summary');
        return [name.textContent, box.scrollWidth > box.clientWidth + 1,
            box.getBoundingClientRect().right];
    }""")
    assert shown and not clipped and right <= 320
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_typeface_is_the_book_s_and_as_wide_as_it_was_measured(visit):
    page = visit("vejle/tema-4-tilfredshed.html")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').length") >= 2
    svg = open_page("Vejle").finding("tilfredshed").figure().svg
    svg = svg[svg.index("<svg") :]
    page.set_content(svg)
    page.evaluate("document.fonts.load('16px Bogskrift')")
    page.wait_for_function("document.fonts.check('16px Bogskrift')")
    texts = page.evaluate(
        "[...document.querySelectorAll('text')].map(one => [one.textContent.trim(), "
        "parseFloat(getComputedStyle(one).fontSize), one.getComputedTextLength()])"
    )
    assert len(texts) > 10
    for text, size, width in texts:
        assert width == pytest.approx(text_width(text, size), rel=0.01, abs=0.3), text


def test_a_figure_is_walked_through_by_keyboard_and_told_as_it_is_published(visit):
    page = visit("vejle/tema-4-tilfredshed.html")
    tones = "window.AudioContext = class { constructor() { window.heard = []; } " + (
        "get destination() { return this; } get currentTime() { return 0; } "
        "createGain() { return {gain: {setValueAtTime() {}, exponentialRampToValueAtTime() {}}, "
        "connect: to => to}; } createOscillator() { return {frequency: {set value(hertz) { "
        "window.heard.push(hertz); }}, connect: to => to, start() {}, stop() {}}; } };"
    )
    page.evaluate(f"() => {{ {tones} }}")
    assert "gennemgaa" not in page.content()
    finding = open_page("Vejle").finding("tilfredshed")
    button = page.locator(f'[id="{finding.table_id}"] button')
    button.focus()
    page.keyboard.press("Enter")
    said = page.locator('.figure-walk [role="slider"]')
    said.wait_for()
    heard = []
    for _ in finding.answers:
        heard.append(said.inner_text())
        page.keyboard.press("ArrowDown")
    rows = [(finding.row(one), finding.row(one, place=finding.whole)) for one in finding.answers]
    assert heard == [
        f"{answer}: {briefly(here)}, hele landet {briefly(land)}".rstrip(".") + "."
        for answer, (here, land) in zip(finding.answers, rows)
    ]
    pitches = page.evaluate("window.heard")[: len(rows)]
    order = sorted(range(len(rows)), key=lambda at: rows[at][0].percent)
    assert [pitches[at] for at in order] == sorted(pitches)
    page.keyboard.press("Home")
    assert said.inner_text() == heard[0]
    page.keyboard.press("l")
    count = page.evaluate("window.heard.length")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("window.heard.length") == count and said.inner_text() == heard[1]
    page.keyboard.press("Escape")
    assert not said.count() and button.evaluate("one => one === document.activeElement")


def test_a_hidden_number_is_told_with_its_reason(visit):
    # groups that cannot be told apart lie folded
    page = visit("vejle/tema-2-kontaktform.html", unfolded=True)
    page.locator('[id$=".interesse.maalgruppe"] button').click()
    said, heard = page.locator('.figure-walk [role="slider"]'), []
    for _ in range(20):
        heard.append(said.inner_text())
        page.keyboard.press("ArrowDown")
    assert any("skjult, fordi færre end" in text for text in heard)
    assert any(re.search(r"I meget høj grad: \d+ pct\.$", text) for text in heard)


def test_every_figure_that_offers_a_walk_has_a_table_to_walk_through(visit):
    for address in ("vejle/tema-2-kontaktform.html", "hele-landet/kommunerne.html"):
        page = visit(address, unfolded=True)
        for button in page.query_selector_all(".figure-files button"):
            button.click()
            said = page.wait_for_selector('.figure-walk [role="slider"]')
            assert re.search(r"\S: .*[\dnt]", said.inner_text()), button.inner_text()
            page.keyboard.press("Escape")


def test_the_link_to_a_figure_s_numbers_is_copied_and_leads_back_to_them(visit):
    page = visit("vejle/tema-4-tilfredshed.html", permissions=["clipboard-read", "clipboard-write"])
    name = open_page("Vejle").finding("tilfredshed").table_id
    link = page.locator(f'[id="{name}"] a[href^="#"]')
    link.click()
    page.wait_for_function("document.body.textContent.includes('Linket er kopieret')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url and copied.endswith(f"/vejle/tema-4-tilfredshed.html#{name}")
    page.wait_for_function("!document.body.textContent.includes('Linket er kopieret')")
    assert link.inner_text().startswith("Link til tallene")
