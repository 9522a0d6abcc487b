"""The explorer of invented people and jobcentres, written to a folder, and a browser that opens it
with the network cut."""

import shutil
from pathlib import Path

import pytest
from answers import by_rules_alone, random_answers

from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import load_rules
from helpers.paths import ROOT
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import COUNTRY
from helpers.survey.tabulation import municipalities_in, tabulate
from helpers.takeaway.explorer import Explored, PageLink, write_explorer

MANIFEST = Manifest(
    title="Prøve", period="foråret", synthetic=True, report=True, source="opdigtet", surveys={}
)
PAGES = [
    PageLink("tema-4-tilfredshed", "Tema 4: Tilfredshed"),
    PageLink("bilag-1-baggrund", "Bilag 1: Baggrundsoplysninger"),
]
JOBCENTRE_PAGES = [
    PageLink("jobcentre-ledige", "Jobcentrene og de ledige", frozenset({"formaal", "digital"}))
]


@pytest.fixture(scope="session")
def people():
    """The answers of 900 people in four municipalities."""
    return random_answers(load_codebook("citizens"), 900)


@pytest.fixture(scope="session")
def truth(people):
    """What the people answered, counted; the explorer's makers never see it."""
    return tabulate(load_codebook("citizens"), people)


@pytest.fixture(scope="session")
def estimates(people, truth):
    """The people's releasable estimates."""
    codebook = load_codebook("citizens")
    named = codebook.for_municipalities(municipalities_in(people, codebook))
    return Releasable(by_rules_alone(truth, named, load_rules()), MANIFEST)


@pytest.fixture(scope="session")
def jobcentres():
    """The releasable estimates of 94 jobcentres."""
    codebook = load_codebook("jobcentres")
    return Releasable(
        by_rules_alone(tabulate(codebook, random_answers(codebook, 94)), codebook, load_rules()),
        MANIFEST,
    )


@pytest.fixture(scope="session")
def surveys(estimates, jobcentres):
    """Both surveys; all editions but Hjørring's have books."""
    bound = [edition for edition in estimates.editions if edition.name != "Hjørring"]
    assert COUNTRY in bound
    return [Explored(estimates, bound, PAGES), Explored(jobcentres, bound, JOBCENTRE_PAGES)]


@pytest.fixture(scope="session")
def explorer(surveys, tmp_path_factory):
    """The explorer's page."""
    site = tmp_path_factory.mktemp("websted")
    (site / "_static").mkdir()
    for name in ("kontaktbogen.css", "skrift.css"):
        shutil.copy(ROOT / "book" / "_static" / name, site / "_static")
    return write_explorer(site, surveys)


@pytest.fixture
def explore(browser, explorer):
    """Opens the explorer from disk at a choice; afterwards nothing may have been asked for
    elsewhere, and nothing have failed."""
    troubles, contexts = [], []

    def deny(route):
        troubles.append(f"beder om {route.request.url}")
        route.abort()

    def opened(choice="", **options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.route(lambda url: not url.startswith(("file:", "data:", "blob:")), deny)
        page = context.new_page()
        page.on("requestfailed", lambda request: troubles.append(f"fik ikke {request.url}"))
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and troubles.append(message.text),
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{Path(explorer).as_uri()}#{choice}")
        page.wait_for_selector("#resultat:not([hidden])")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
