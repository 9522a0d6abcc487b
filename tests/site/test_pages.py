"""Every page of every edition, read as HTML: whole, Danish, accessible, and sufficient unto
itself."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Comment

# What the theme says in English unless told otherwise.
ENGLISH = re.compile(
    r"\b(search|toggle|contents|next|previous|skip to|copyright|back to top|on this page|color "
    r"mode|light|dark|system settings|"
    r"print|download|home|main|page|show|hide|click|expand|collapse|announcement|created "
    r"using|last updated|theme)\b",
    re.IGNORECASE,
)
SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-bs-title")


@pytest.fixture(scope="session")
def pages(site):
    """Every HTML page of the site: its address below the site's folder, and its tree."""
    paths = sorted(site.rglob("*.html"))
    return {
        PurePosixPath(path.relative_to(site)): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in paths
    }


@pytest.fixture(scope="session")
def book_pages(pages):
    return {
        address: page
        for address, page in pages.items()
        if len(address.parts) == 2 and address.parts[0] != "udforsk"
    }


def links(page):
    """(tag, address) for everything on the page that leads or loads."""
    return [
        (tag, tag[name])
        for tag in page.find_all(True)
        for name in ("href", "src", "data-src", "poster", "action")
        if tag.get(name)
    ]


def exists(site, address, target):
    """Whether a relative link from a page leads to a file of the site, and to an element of it
    where it names one."""
    parts = urlsplit(target)
    path = (site / address).parent / unquote(parts.path) if parts.path else site / address
    if not path.is_file():
        return False
    if parts.path.endswith("udforsk/index.html"):
        return True  # its fragment is a choice, which test_explorer_page.py follows
    return not parts.fragment or f'id="{unquote(parts.fragment)}"' in path.read_text(
        encoding="utf-8"
    )


def test_every_edition_has_every_page_of_its_outline(pages, material, outline):
    expected = {
        PurePosixPath(name)
        for name in ("index.html", "tilgaengelighed.html", "404.html", "udforsk/index.html")
    }
    for subject in material.subjects:
        names = [
            "index",
            "search",
            *(page.slug for page in outline.for_edition(subject.edition.is_country).pages),
        ]
        expected |= {PurePosixPath(subject.edition.slug, f"{name}.html") for name in names}
    assert set(pages) == expected


def test_nothing_is_loaded_from_elsewhere(pages):
    foreign = [
        (str(address), tag.name, target)
        for address, page in pages.items()
        for tag, target in links(page)
        if tag.name != "a" and urlsplit(target).netloc
    ]
    assert foreign == []


def test_no_style_sheet_or_script_loads_from_elsewhere(site):
    named = re.compile(
        r"""(?:url\(|@import\s+|import\s*\(|importScripts\()\s*["']?(?:https?:)?//"""
    )
    assert [
        str(path)
        for path in site.rglob("*")
        if path.suffix in (".css", ".js") and named.search(path.read_text(encoding="utf-8"))
    ] == []


def test_every_link_leads_somewhere(site, pages):
    dead = [
        (str(address), target)
        for address, page in pages.items()
        for tag, target in links(page)
        if not urlsplit(target).scheme and not exists(site, address, target.split("?")[0])
    ]
    assert dead == []


def test_the_switcher_leads_to_the_same_page_or_the_front_page(site, book_pages, material):
    for address, page in book_pages.items():
        targets = [a["href"] for a in page.select(".edition-switch__list a")]
        expected = [f"../{subject.edition.slug}/{address.name}" for subject in material.subjects]
        expected = [
            target if exists(site, address, target) else target.replace(address.name, "index.html")
            for target in expected
        ]
        assert targets == [*expected, "../index.html"], address
        assert [a["href"] for a in page.select(".edition-switch__list a[aria-current]")] == [
            f"../{address}"
        ]


def test_every_page_is_danish(pages):
    assert {page.html["lang"] for page in pages.values()} == {"da"}


def test_no_english_word_of_the_theme_is_left(pages):
    found = set()
    for page in pages.values():
        spoken = [tag[name] for tag in page.find_all(True) for name in SPOKEN if tag.get(name)]
        # pages for analysts quote names in code
        shown = [
            text
            for text in page.find_all(string=True)
            if not text.find_parent(["script", "style", "code", "pre"])
            and not isinstance(text, Comment)
        ]
        found |= {
            (match[0], text.strip())
            for text in (*spoken, *shown)
            for match in ENGLISH.finditer(text)
        }
    assert found == set()


def test_each_page_names_its_own_municipality_and_is_the_only_one_of_its_title(
    book_pages, material
):
    names = {subject.edition.slug: subject.edition.name for subject in material.subjects}
    titles = [
        page.title.string for address, page in book_pages.items() if address.name != "search.html"
    ]
    assert len(set(titles)) == len(titles)
    for address, page in book_pages.items():
        assert (
            page.select_one(".edition-switch__box summary .edition-switch__name").text
            == names[address.parts[0]]
        )
        if address.name != "search.html":
            assert page.select_one("article h1").text.endswith(names[address.parts[0]]), address


def test_no_page_of_a_municipality_names_another(book_pages, material):
    names = {subject.edition.slug: subject.edition.name for subject in material.municipalities}
    for address, page in book_pages.items():
        # The background page may list the municipalities that took part.
        if address.parts[0] in names and address.stem.startswith(("tema", "hovedkonklusioner")):
            text = page.select_one("article").text
            assert not [
                other
                for other in names.values()
                if other != names[address.parts[0]] and re.search(rf"\b{other}\b", text)
            ], address


def test_a_synthetic_dataset_is_never_mistaken_for_a_real_one(pages, material):
    assert material.manifest.synthetic
    assert [
        str(address)
        for address, page in pages.items()
        if "Syntetiske svar" not in getattr(page.select_one(".notice"), "text", "")
    ] == []
    assert all("opdigtede" in page.select_one(".notice").text for page in pages.values())


def test_every_image_has_an_alt_text_of_its_own(book_pages):
    for address, page in book_pages.items():
        # one that is drawn dark as well says the same in both
        images = page.select("img:not(.only-dark *)")
        texts = [image.get("alt", "") for image in images]
        assert len(images) == len(page.select("img")) - len(page.select(".only-light img"))
        assert all(len(text) > 20 and not text.endswith((".svg", ".png")) for text in texts), (
            address
        )
        assert len(set(texts)) == len(texts), address


def test_one_title_and_headings_that_skip_no_level(pages):
    for address, page in pages.items():
        levels = [
            int(tag.name[1])
            for tag in page.select("main h1, main h2, main h3, main h4, main h5, main h6")
        ]
        assert levels.count(1) == 1 and levels[0] == 1, address
        assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:])), address


def test_ids_are_unique(pages):
    for address, page in pages.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(set(ids)) == len(ids), address


def test_every_button_link_and_field_has_a_name(pages):
    for address, page in pages.items():
        for tag in page.select("button, a[href], summary, input, select"):
            label = page.select_one(f'label[for="{tag["id"]}"]') if tag.get("id") else None
            assert tag.get("aria-label") or tag.text.strip() or label and label.text.strip(), (
                address,
                tag,
            )


def test_every_table_has_a_caption_and_header_cells_with_scope(book_pages):
    for address, page in book_pages.items():
        for table in page.select(".cell_output table"):
            assert table.caption and table.caption.text.strip(), address
            assert table.select("th[scope]"), address
            assert not [cell for cell in table.select("th") if not cell.text.strip()], address


def test_the_keyboard_can_skip_to_the_content(pages):
    for address, page in pages.items():
        target = page.select_one('a[href^="#"]')["href"]
        assert page.select_one(target).name in ("main", "section"), address


def test_no_code_and_no_respondent_is_published(site):
    assert [
        str(path)
        for path in site.rglob("*")
        if path.suffix in (".ipynb", ".py", ".parquet", ".csv")
    ] == []


def test_search_finds_danish_words_by_their_stem(site):
    index = (site / "vejle" / "searchindex.js").read_text(encoding="utf-8")
    assert '"tilfreds' in index or "tilfreds:" in index
