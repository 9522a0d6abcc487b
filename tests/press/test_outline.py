"""The page order: which edition gets which pages, and what a mistake in it says."""

import pytest

from helpers.errors import UserError
from helpers.press.outline import load_outline
from helpers.press.project import Project


def slugs(outline):
    return [page.slug for page in outline.pages]


def test_a_page_for_the_country_only_is_not_in_a_municipality(project):
    outline = load_outline(project)
    assert slugs(outline.for_edition(country=True)) == ["introduktion", "tema", "kommunerne"]
    assert slugs(outline.for_edition(country=False)) == ["introduktion", "tema"]


def test_a_part_without_pages_is_left_out(project):
    assert [
        part.title
        for part in load_outline(project).only(("kommunerne",)).for_edition(country=False).parts
    ] == []


def test_only_keeps_the_reading_order(project):
    assert slugs(load_outline(project).only(("tema", "introduktion"))) == ["introduktion", "tema"]


def test_an_unknown_page_is_named_with_the_nearest(project):
    with pytest.raises(UserError, match="»temaa«.*Mente du »tema«"):
        load_outline(project).only(("temaa",))


def test_a_missing_file_is_an_error_with_its_line(project):
    (project.notebooks / "tema.ipynb").unlink()
    with pytest.raises(UserError, match=r"pages\.yaml, linje 7: Filen .*tema\.ipynb findes ikke"):
        load_outline(project)


def test_a_page_listed_twice_is_an_error_with_its_line(project):
    path = project.book / "pages.yaml"
    path.write_text(path.read_text() + "      - {slug: tema, title: Igen, source: notebook}\n")
    with pytest.raises(UserError, match="linje 9: Siden »tema« står der allerede"):
        load_outline(project)


def test_the_projects_own_order_has_every_page_of_the_report():
    every = slugs(load_outline(Project()).for_edition(country=False))
    assert (
        every.index("hovedkonklusioner")
        < every.index("tema-1-etablering")
        < every.index("tema-4-tilfredshed")
        < every.index("bilag-1-baggrund")
    )
    assert {"kommunerne", "afstemning"}.isdisjoint(every)


def test_a_municipality_is_told_which_pages_of_its_parts_only_the_country_has():
    """So that no appendix seems forgotten where the numbers skip one."""
    own = load_outline().for_edition(country=False)
    elsewhere = [page.slug for page in own.elsewhere]
    assert elsewhere == ["kommunerne", "bilag-2-vaegtning", "afstemning"]
    assert not load_outline().for_edition(country=True).elsewhere
