"""What every download says of itself: which edition, which answers, and whether anybody gave
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.book_title import book_title
from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import LOW_BASE
from helpers.page.danish import number
from helpers.page.notice import synthetic_words
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Places

SHORT_NOTICE = "Syntetiske svar, ikke givet af {}"


@dataclass(frozen=True)
class About:
    """An edition's facts in words. `notice` and `short_notice` are empty when the answers are
    real."""

    book: str  # what the books are called together
    edition: Edition
    places: Places
    title: str
    place: str
    period: str
    dataset: str
    source: str
    respondents: str
    notice: str
    short_notice: str
    signs: tuple[str, ...]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Name and value, for a list."""
        return (
            ("Udgave", self.place),
            ("Periode", self.period),
            ("Antal svar", self.respondents),
            ("Datasæt", self.dataset),
            ("Kilde", self.source),
        )


def about(releasable: Releasable, edition: Edition, codebooks: Sequence[Codebook]) -> About:
    """The facts of an edition; `codebooks` are the surveys that its pages show."""
    manifest, rules = releasable.manifest, releasable.rules
    return About(
        book=book_title(),
        edition=edition,
        places=releasable.codebook.places,
        title=releasable.codebook.title,
        place=edition.name if edition.is_country else releasable.codebook.places.full(edition.name),
        period=manifest.period,
        dataset=manifest.title,
        source=manifest.source,
        respondents=respondents(releasable, edition),
        notice=f"Syntetiske svar. {synthetic_words(edition, manifest, *codebooks)}"
        if manifest.synthetic
        else "",
        short_notice=SHORT_NOTICE.format(
            " eller ".join(codebook.unit.plural for codebook in codebooks)
        )
        if manifest.synthetic
        else "",
        signs=(f"* {rules.reason(LOW_BASE)}",),
    )


def respondents(releasable: Releasable, edition: Edition) -> str:
    """How many answered."""
    answered = releasable.respondents(edition.slug)
    return "skjult" if answered is None else number(answered)
