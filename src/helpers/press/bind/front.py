"""What an edition's front page says first: the headline, the key figures, what stands most firmly,
and where a municipality differs. All of it is told as the pages tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import release_key
from helpers.disclosure.weighted import weighting_key
from helpers.not_none import not_none
from helpers.page import contrasts
from helpers.page.findings import Finding, Row
from helpers.page.firmest import Claim, firmest
from helpers.page.key_figures import card
from helpers.page.markdown import as_text
from helpers.page.page import Page, open_page
from helpers.page.sentences import Sentence, paragraph
from helpers.page.standings import make_differences
from helpers.page.telling import briefly
from helpers.press.material import Material, Subject
from helpers.press.outline import Headline, Outline
from helpers.press.run.fingerprint import digest
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.rounding import per_cent


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
class Front:
    """What the front page of an edition says, in Markdown: of the headline, how many answered, what
    stands most firmly and where it differs; the key figures are HTML."""

    headline: Result | None
    headline_told: str
    answered: str
    figures: str
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
    claims = [Claim(one.question, one.answer, one.text) for one in every]
    cards = "".join(
        card(found[one].line(one.text, one.answer), f"{one.page}.html" if one.page in slugs else "")
        for one in outline.key_figures
    )
    known = side.releasable.answered_of_invited(side.edition)
    return Front(
        result(found[headline], headline) if headline else None,
        headline_told(side, headline, found[headline]) if headline else "",
        str(side.taking_part()) if known else "",
        cards,
        tuple(side.said.told([one]) for one in firmest(claims, side.finding, side.compared_by)),
        tuple(map(str, apart(side, headline))),
        next((page.slug for page in outline.pages if page.scope == "places"), ""),
    )


def result(finding: Finding, about: Headline) -> Result:
    """A share in the finding's edition."""
    row = finding.row(about.answer)
    if row.is_shown:
        return shown(finding, row)
    return Result("", None, None, None, finding.reason(row))


def shown(finding: Finding, row: Row) -> Result:
    low, high = finding.interval(row)
    return Result(briefly(row), per_cent(not_none(row.share)), per_cent(low), per_cent(high))


def headline_told(side: Page, about: Headline, finding: Finding) -> str:
    """How the headline stands against the rest of the country and the other municipalities."""
    has_places = side.releasable.codebook.municipality_question is not None
    rank = [side.rank(about.question, about.answer)] if has_places else []
    return paragraph([contrasts.country(finding, about.answer), *rank])


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
