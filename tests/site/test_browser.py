"""The site in a browser without network: nothing fails, nothing is asked for elsewhere, and it can
be used."""

import io
import re

import pytest
from axe import COLOURS, RULES, violations
from kinds import kinds
from matplotlib.image import imread

# English words that no Danish word is spelled like; scripts of the theme and of Sphinx write some
# of their own.
ENGLISH = re.compile(
    r"\b(the|(?<!walk "
    r")and|of|is|are|you|your|this|these|with|from|page|pages|results?|found|matching|query|click|show|hide|close|next|"
    r"previous|loading|error|warning|search|searching|please|choose|copy|copied|download|light|dark|toggle|contents|back|about|"
    r"table|figure|source|not)\b",
    re.IGNORECASE,
)
# All that is shown or read out, but names in code: pages for analysts quote files and commands.
SPOKEN = """[...document.querySelectorAll('body *')].filter(one => !one.closest('code, pre'))
    .flatMap(one => [
        ...['alt', 'title', 'aria-label', 'placeholder', 'data-bs-title', 'data-bs-original-title',
            'label'].map(name => one.getAttribute(name) || ''),
        ...(['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(one.tagName) ? []
            : [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data))])"""
# What the keyboard must be able to reach.
OPERATED = "a[href], button, input, select, summary, [tabindex='0']"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", kinds())
def test_a_page_loads_whole_fits_the_screen_and_is_accessible(visit, address, width):
    # Without transitions: a colour on its way from one to another is nobody's contrast.
    page = visit(
        address,
        viewport={"width": width, "height": 844},
        color_scheme="light",
        reduced_motion="reduce",
    )
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        if scheme == "dark":
            page.emulate_media(color_scheme=scheme)
            page.reload()
            page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
            "siden ruller vandret"
        )
        broken = page.evaluate(
            "[...document.images].filter(image => image.complete && "
            "!image.naturalWidth).map(image => image.src)"
        )
        assert broken == []
        assert violations(page, rules) == []
    assert [
        (match[0], text.strip())
        for text in page.evaluate(SPOKEN)
        for match in ENGLISH.finditer(text)
    ] == []


def test_english_is_told_from_danish():
    danish = (
        "Menuen viser indholdet. Du kan åbne en fil, hente tallene og gå til forsiden i en "
        "anden udgave; alle de andre er skjult."
    )
    assert not ENGLISH.search(danish) and all(
        ENGLISH.search(text)
        for text in ("Search Results", "Toggle primary sidebar", "Hide the table", "Copy link")
    )


def test_a_broken_rule_would_be_found(visit):
    page = visit("vejle/introduktion.html")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img "
        'src="data:,"><p style="color: #999; background: #fff">svag</p>\')'
    )
    assert [line.split()[0] for line in violations(page)] == ["color-contrast", "image-alt"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "tilgaengelighed.html",
        "udforsk/index.html#udgave=vejle",
        "vejle/tema-4-tilfredshed.html",
        "hele-landet/bilag-1-baggrund.html",
    ],
)
def test_everything_is_reached_from_the_keyboard_and_seen_when_it_is(visit, address, width):
    page = visit(address, viewport={"width": width, "height": 844})
    page.evaluate(
        "document.querySelectorAll('details:not(.edition-switch__box)').forEach(fold => { "
        "fold.open = true; })"
    )
    page.wait_for_timeout(100)  # fields that scroll are marked when a table has unfolded
    wanted = page.evaluate(
        """operated => {
        const all = [...document.querySelectorAll(operated)].filter(one =>
            one.checkVisibility({checkVisibilityCSS: true}) && !one.disabled
            && !one.closest('[inert]') && getComputedStyle(one).visibility !== 'hidden');
        all.forEach((one, at) => { one.dataset.stop = at; });
        return all.length;
    }""",
        OPERATED,
    )
    reached, unseen = set(), []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
            const one = document.activeElement, style = getComputedStyle(one),
                box = one.getBoundingClientRect();
            const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
                || style.boxShadow !== 'none';
            return {at: one.dataset.stop, seen: seen && box.width > 0 && box.height > 0,
                html: one.outerHTML.slice(0, 120)};
        }""")
        if stop["at"] is None:
            continue
        reached.add(int(stop["at"]))
        unseen += [] if stop["seen"] else [stop["html"]]
    missed = page.evaluate(
        "reached => [...document.querySelectorAll('[data-stop]')].filter(one => "
        "!reached.includes(+one.dataset.stop)).map(one => one.outerHTML.slice(0, 120))",
        sorted(reached),
    )
    assert missed == [] and unseen == []


def test_the_switcher_opens_the_same_page_of_another_edition(visit):
    page = visit("hele-landet/tema-1-etablering.html")
    page.click(".edition-switch summary")
    page.click(".edition-switch__list >> text=Vejle")
    page.wait_for_load_state("load")
    assert page.url.endswith("/vejle/tema-1-etablering.html") and page.inner_text("h1").endswith(
        "Vejle"
    )


def test_the_switcher_works_from_the_keyboard_and_closes_with_escape(visit):
    page = visit("hele-landet/tema-1-etablering.html")
    page.focus(".edition-switch summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".edition-switch__list")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.is_visible(".edition-switch__list")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_switcher_works_without_scripts(visit):
    page = visit("vejle/introduktion.html", java_script_enabled=False)
    page.click(".edition-switch summary")
    page.click(".edition-switch__list >> text=Hele landet")
    assert page.url.endswith("/hele-landet/introduktion.html")


def test_search_finds_pages_of_its_own_edition_in_danish(visit):
    page = visit("vejle/search.html?q=tilfredshed")
    page.wait_for_selector(".search-summary:not(:empty)")  # the sum is written after the last hit
    assert page.inner_text(".search-summary").startswith("Antal fundne steder i denne udgave: ")
    assert all(
        "/vejle/" in link.evaluate("a => a.href")
        for link in page.query_selector_all("#search-results li a")
    )


def test_a_search_without_hits_says_so_in_danish(visit):
    page = visit("vejle/search.html?q=xyzzy")
    page.wait_for_selector(".search-summary:not(:empty)")
    assert page.inner_text(".search-summary").startswith("Intet sted i denne udgave passer")


def test_the_first_tab_stop_skips_to_the_content(visit):
    page = visit("vejle/introduktion.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Gå til indholdet"


def test_a_phone_gets_figures_that_fit_it_and_a_screen_the_wide_ones(visit):
    for width, ending in ((390, "-smal.svg"), (1280, ".svg")):
        page = visit("vejle/tema-1-etablering.html", viewport={"width": width, "height": 844})
        sizes = "[...document.querySelectorAll('.figure img')].map(image => image.offsetHeight)"
        before = page.evaluate(sizes)
        page.evaluate("for (const image of document.images) image.loading = 'eager'")
        page.wait_for_function("[...document.images].every(image => image.complete)")
        assert page.evaluate(sizes) == pytest.approx(before, abs=1)  # the place was kept
        shown = page.evaluate(
            "[...document.querySelectorAll('.figure img')].map(image => [image.currentSrc, "
            "image.getBoundingClientRect().right])"
        )
        assert shown and all(
            address.endswith(ending)
            and address.endswith("-smal.svg") == (width == 390)
            and right <= width
            for address, right in shown
        )


@pytest.mark.parametrize("system", ["light", "dark"])
def test_figures_are_as_dark_as_the_page_whatever_the_system_says(visit, system):
    page = visit("vejle/tema-4-tilfredshed.html", color_scheme=system)
    figure = page.locator(".figure img").first
    for theme, corner in (("dark", (20, 25, 31)), ("light", (255, 255, 255))):
        while page.evaluate("document.documentElement.dataset.mode") != theme:
            page.click(".theme-switch-button")
        page.wait_for_timeout(100)
        assert corner_of(figure) == corner
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print", color_scheme=system)
    assert corner_of(figure) == (255, 255, 255)


def test_figures_follow_the_system_where_colours_are_forced(visit):
    for system, corner in (("dark", (20, 25, 31)), ("light", (255, 255, 255))):
        page = visit("vejle/tema-4-tilfredshed.html", color_scheme=system, forced_colors="active")
        assert corner_of(page.locator(".figure img").first) == corner


def corner_of(figure):
    """The colour of a figure's own page, in the corner where nothing is drawn."""
    shown = imread(io.BytesIO(figure.screenshot()), format="png")
    return tuple(int(round(255 * part)) for part in shown[-30, -30, :3])


def test_a_table_wider_than_the_phone_is_scrolled_from_the_keyboard(visit):
    page = visit(
        "hele-landet/bilag-1-baggrund.html", unfolded=True, viewport={"width": 390, "height": 844}
    )
    boxes = page.evaluate("""[...document.querySelectorAll('main *')]
        .filter(one => one.scrollWidth > one.clientWidth + 1
            && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
        .map(one => [one.tabIndex, one.getAttribute('role'), one.getAttribute('aria-label')])""")
    assert boxes and all(
        tab == 0 and role in ("region", "group") and name for tab, role, name in boxes
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address", ["hele-landet/afstemning.html", "hele-landet/jobcentre-ledige.html"]
)
def test_a_table_of_texts_is_seen_whole_and_says_what_each_cell_is(visit, address, width):
    page = visit(address, unfolded=True, viewport={"width": width, "height": 844})
    tables = page.evaluate("""[...document.querySelectorAll('table:has(td.gt_left)')].map(table => {
        const box = table.parentElement;
        const first = [...table.tBodies[0].rows].find(row => row.querySelector('td'));
        const cells = [...first.querySelectorAll('td')];
        const before = cell => getComputedStyle(cell, '::before').content;
        return [box.scrollWidth - box.clientWidth,
            cells.map(cell => before(cell).includes(cell.dataset.kol)),
            cells.map(cell => cell.dataset.kol),
            [...table.tHead.rows[0].cells].slice(1).map(cell => cell.textContent)];
    })""")
    assert tables and all(hidden <= 1 and names == heads for hidden, _, names, heads in tables)
    assert all(all(said) == (width == 390) for _, said, _, _ in tables)


def test_nothing_moves_for_who_asks_for_rest(visit):
    page = visit("vejle/tema-4-tilfredshed.html", reduced_motion="reduce")
    moving = page.evaluate("""[...document.querySelectorAll('*')].filter(one => {
            const style = getComputedStyle(one);
            return parseFloat(style.transitionDuration) > 0.01
                || parseFloat(style.animationDuration) > 0.01 || style.scrollBehavior === 'smooth';
        }).map(one => one.outerHTML.slice(0, 80))""")
    assert moving == []


def test_on_paper_there_is_text_and_no_menu(visit):
    page = visit("vejle/tema-4-tilfredshed.html")
    page.emulate_media(media="print")
    for hidden in (
        ".edition-switch",
        ".bd-sidebar-primary",
        ".figure-files",
        ".prev-next-area",
        ".theme-switch-button",
    ):
        assert not any(one.is_visible() for one in page.query_selector_all(hidden)), hidden
    assert (
        page.is_visible("article h1")
        and page.is_visible(".figure img")
        and page.is_visible(".notice")
    )
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(one.is_visible() for one in page.query_selector_all(".cell_output table caption"))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.is_visible(".cell_output table caption")


def test_the_readers_choice_of_colours_holds_on_the_shelf(visit):
    page = visit("vejle/introduktion.html", color_scheme="light")
    while page.evaluate("document.documentElement.dataset.mode") != "dark":
        page.click(".theme-switch-button")
    page.goto(page.url.replace("vejle/introduktion.html", "index.html"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
