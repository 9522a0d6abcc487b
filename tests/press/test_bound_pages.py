"""A book's source files of its pages are made again when the page, the maker or the files
themselves have changed, and only then."""

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.digests import recall
from helpers.press.bind import bound_pages
from helpers.press.bind.bound_pages import place_pages


def write_page(path, text):
    path.write_text(
        nbformat.writes(new_notebook(cells=[new_markdown_cell(text, id="celle-0")])),
        encoding="utf-8",
    )


def test_what_has_changed_is_made_again_and_the_rest_left(tmp_path, monkeypatch):
    folder, memory, pages = (
        tmp_path / "bog",
        tmp_path / "pages.json",
        [(slug, tmp_path / f"{slug}.ipynb") for slug in ("tema", "bilag")],
    )
    for slug, path in pages:
        write_page(path, f"# {slug}")
    made = []

    def bound_page(text, slug, edition, surveys):
        made.append(slug)
        return real(text, slug, edition, surveys)

    real = bound_pages.bound_page
    monkeypatch.setattr(bound_pages, "bound_page", bound_page)

    def place(maker="en"):
        made.clear()
        names = place_pages(pages, "vejle", folder, memory, maker, ())
        assert (
            names == {"tema.ipynb", "bilag.ipynb"} and "# " in (folder / "tema.ipynb").read_text()
        )
        return set(made)

    assert place() == {"tema", "bilag"}
    assert place() == set()
    write_page(pages[0][1], "# Ny titel")
    assert place() == {"tema"} and "Ny titel" in (folder / "tema.ipynb").read_text()
    (folder / "bilag.ipynb").write_text("{}")
    assert place() == {"bilag"}
    (folder / "bilag.ipynb").unlink()
    assert place() == {"bilag"}
    assert place("en anden") == {"tema", "bilag"}
    memory.write_text("{")
    assert place("en anden") == {"tema", "bilag"} and recall(memory).keys() == {"tema", "bilag"}
