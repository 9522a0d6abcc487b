"""The site in a browser without network: nothing fails, nothing is asked for elsewhere, and it can be used."""

from pathlib import Path

import pytest

KINDS = ["index.html", "hele-landet/index.html", "vejle/introduktion.html", "vejle/laesevejledning.html", "vejle/hovedkonklusioner.html",
         "faaborg-midtfyn/tema-1-etablering.html", "hele-landet/tema-2-kontaktform.html", "vejle/bilag-1-baggrund.html",
         "hele-landet/kommunerne.html", "hele-landet/jobcentre-ledige.html", "hele-landet/side-om-side.html", "hele-landet/afstemning.html", "vejle/search.html?q=tilfredse"]


@pytest.fixture
def visit(browser, site):
    """Opens a page of the site from disk with the network cut; afterwards nothing may have gone wrong."""
    troubles, contexts = [], []

    def deny(route):
        troubles.append(f"beder om {route.request.url}")
        route.abort()

    def opened(address, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.route(lambda url: not url.startswith(("file:", "data:")), deny)
        page = context.new_page()
        page.on("requestfailed", lambda request: troubles.append(f"fik ikke {request.url}"))
        page.on("console", lambda message: message.type in ("error", "warning") and troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{Path(site).as_uri()}/{address}")
        page.wait_for_load_state("load")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", KINDS)
def test_a_page_loads_whole_and_fits_the_screen(visit, address, width, scheme):
    page = visit(address, viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), "siden ruller vandret"
    broken = page.evaluate("[...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src)")
    assert broken == []


def test_the_switcher_opens_the_same_page_of_another_edition(visit):
    page = visit("hele-landet/tema-1-etablering.html")
    page.click(".edition-switch summary")
    page.click(".edition-switch__list >> text=Vejle")
    page.wait_for_load_state("load")
    assert page.url.endswith("/vejle/tema-1-etablering.html") and page.inner_text("h1").endswith("Vejle")


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
    assert all("/vejle/" in link.evaluate("a => a.href") for link in page.query_selector_all("#search-results li a"))


def test_a_search_without_hits_says_so_in_danish(visit):
    page = visit("vejle/search.html?q=xyzzy")
    page.wait_for_selector(".search-summary:not(:empty)")
    assert page.inner_text(".search-summary").startswith("Intet sted i denne udgave passer")


def test_the_first_tab_stop_skips_to_the_content(visit):
    page = visit("vejle/introduktion.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Gå til indholdet"


def test_a_figure_wider_than_the_phone_is_scrolled_from_the_keyboard(visit):
    page = visit("vejle/tema-1-etablering.html", viewport={"width": 390, "height": 844})
    box = page.wait_for_selector(".cell_output[data-scrolls]:has(> img)")
    assert (box.get_attribute("tabindex"), box.get_attribute("aria-label")) == ("0", "Figur, der kan rulles vandret")


def test_the_readers_choice_of_colours_holds_on_the_shelf(visit):
    page = visit("vejle/introduktion.html", color_scheme="light")
    while page.evaluate("document.documentElement.dataset.mode") != "dark":
        page.click(".theme-switch-button")
    page.goto(page.url.replace("vejle/introduktion.html", "index.html"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
