"""What an edition's front page says first: the headline, the key figures, what stands most firmly,
and where a municipality differs. All of it is told as the pages tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import release_key
from helpers.disclosure.weighted import weighting_key
from helpers.not_none import not_none
from helpers.page import contrasts
from helpers.page.findings import Finding, Row
from helpers.page.markdown import as_text
from helpers.page.outcome_words import compare_groups
from helpers.page.page import Page, open_page
from helpers.page.sentences import Sentence, filled
from helpers.page.standings import make_differences
from helpers.page.telling import briefly, told
from helpers.press.material import Material, Subject
from helpers.press.outline import Headline, Outline
from helpers.press.run.fingerprint import digest
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.rounding import per_cent

FIRM = 3  # so many conclusions
HALF = 0.5
WHOSE = "Andelen, der {text}, "
DIFFER = WHOSE + contrasts.EXTREMES
SLIGHT = (
    WHOSE + "er lidt højere blandt {hoejest} ({hoejeste_andel}) end blandt {lavest} "
    "({laveste_andel})."
)
MOST, FEW = "Et sikkert flertal ({andel}) {text}.", "Et sikkert mindretal ({andel}) {text}."


@dataclass(frozen=True)
class Result:
    """A share in an edition: as it is told and in whole per cent, with the ends of its interval, or
    why it is hidden."""

    text: str
    percent: int | None
    low: int | None
    high: int | None
    hidden: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A result with the country's beside it (None in the country's own edition, "" where it is
    hidden), and the page that tells more."""

    about: Headline
    result: Result
    country: str | None
    page: str


@dataclass(frozen=True)
class Front:
    """What the front page of an edition says, in Markdown: of the headline, how many answered, what
    stands most firmly and where it differs; the key figures are its own."""

    headline: KeyFigure | None
    headline_told: str
    answered: str
    figures: tuple[KeyFigure, ...]
    firm: tuple[str, ...]
    apart: tuple[str, ...]
    apart_page: str


def numbers_key(material: Material) -> str:
    """The key of all numbers that a front page can rest on, and of what makes them."""
    dataset, survey = open_dataset(material.dataset), material.codebooks[0].survey
    weighted = material.weighting != UNWEIGHTED
    return digest(
        release_key(dataset, survey),
        repr(dataset.frame(survey)),
        weighting_key(dataset, survey) if weighted else "",
    )


def front(subject: Subject, outline: Outline, material: Material) -> Front:
    """What the front page of an edition says. Raises UserError for a key figure that the survey
    does not have."""
    name, weighting = subject.edition.name, material.weighting
    side = open_page(name, material.dataset, weighting=weighting, panel=False)
    headline, slugs = outline.headline, {page.slug for page in outline.pages}
    every = (*filter(None, [headline]), *outline.key_figures)
    found = {one: side.finding(one.question) for one in every}
    figures = {one: key_figure(found[one], one, slugs) for one in every}
    known = side.releasable.answered_of_invited(side.edition)
    return Front(
        figures.get(headline) if headline else None,
        headline_told(side, headline, found[headline]) if headline else "",
        str(side.taking_part()) if known else "",
        tuple(figures[one] for one in outline.key_figures),
        tuple(map(str, firm(side, every))),
        tuple(map(str, apart(side, headline))),
        next((page.slug for page in outline.pages if page.scope == "places"), ""),
    )


def key_figure(finding: Finding, about: Headline, slugs: set[str]) -> KeyFigure:
    land = finding.row(about.answer, place=finding.whole)
    beside = "" if land.hidden or not land.base else briefly(land)
    return KeyFigure(
        about,
        result(finding, about),
        None if finding.edition.is_country else beside,
        about.page if about.page in slugs else "",
    )


def result(finding: Finding, about: Headline) -> Result:
    """A share in the finding's edition."""
    row = finding.row(about.answer)
    return (
        Result("", None, None, None, finding.reason(row))
        if row.hidden or not row.base
        else shown(finding, row)
    )


def shown(finding: Finding, row: Row) -> Result:
    low, high = finding.interval(row)
    return Result(briefly(row), per_cent(not_none(row.share)), per_cent(low), per_cent(high))


def headline_told(side: Page, about: Headline, finding: Finding) -> str:
    """How the headline stands against the rest of the country and the other municipalities."""
    has_places = side.releasable.codebook.municipality_question is not None
    return str(
        side.tell(
            contrasts.country(finding, about.answer),
            *([side.rank(about.question, about.answer)] if has_places else []),
        )
    )


def firm(side: Page, results: tuple[Headline, ...]) -> list[Sentence]:
    """The conclusions that stand most firmly: the surest differences between groups, one per
    result; then the surest majorities and minorities among the other results."""
    found = {about: surest for about in results if (surest := between_groups(side, about))}
    ordered = sorted(found.values(), key=lambda one: one[0])
    halves = [one for about in results[1:] if about not in found for one in of_half(side, about)]
    ordered += sorted(halves, key=lambda one: one[0])
    return [sentence for _, sentence in ordered[:FIRM]]


def between_groups(side: Page, about: Headline) -> tuple[float, Sentence] | None:
    """The surest difference between groups in a result with its corrected p-value; None where none
    is certain."""
    certain = []
    text = as_text(about.text).replace("{", "{{").replace("}", "}}")
    for by in side.releasable.codebook.question(about.question).compared_by:
        finding = side.finding(about.question, by=by)
        if finding.is_withheld or not compare_groups(finding, about.answer).outcome.is_certain:
            continue
        certain.append((not_none(finding.comparison(about.answer)).corrected, finding))
    if not certain:
        return None
    p, finding = min(certain, key=lambda one: one[0])
    templates = (template.replace("{text}", text) for template in (DIFFER, SLIGHT))
    return p, contrasts.groups(finding, about.answer, *templates)


def of_half(side: Page, about: Headline) -> Iterator[tuple[float, Sentence]]:
    """That a result certainly holds for more, or for less, than half, the surest with the lowest
    number; nothing where that cannot be told."""
    finding = side.finding(about.question)
    row = finding.row(about.answer)
    if row.hidden or not row.base:
        return
    low, high = finding.interval(row)
    if low > HALF or high < HALF:
        distance = abs(not_none(row.share) - HALF) / (high - low or 1)
        template = MOST if low > HALF else FEW
        yield -distance, filled(template, [row], andel=told(row), text=about.text)


def apart(side: Page, headline: Headline | None) -> tuple[Sentence, ...]:
    """Where a municipality differs from the rest of the country; of the country, which
    municipalities do in the headline. Nothing in a survey without them."""
    if side.releasable.codebook.municipality_question is None:
        return ()
    if not side.edition.is_country:
        return make_differences(side.releasable, side.edition, ranked=False).tell(in_short=True)
    if headline is None:
        return ()
    said = side.municipalities(headline.question, headline.answer).tell()
    return (replace(said, text=f"**Andelen, der {as_text(headline.text)}:** {said.text}"),)
