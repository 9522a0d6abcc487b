"""The municipalities most like one's own: about as many answers, and spread alike on a background
question. Worked out of published shares alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.disclosure.release import Releasable
from helpers.page.beside import Beside, Line
from helpers.page.danish import listed, number, pct, quoted
from helpers.page.findings_made import make_finding
from helpers.page.sentences import NOTHING, Sentence, filled
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Question

ALIKE = 3  # so many are found
SIZE = 2  # no more than so many times as large, or as small

RULE = (
    "Lignende {steder} er her dem, der har mellem {mindst} og {mest} svar, og hvor svarene efter "
    "{baggrund} fordeler sig mest som i {sted}: {navne}. Forskellen er 0 pct., når to fordelinger "
    "er ens, og 100 pct., når de intet har til fælles."
)
NONE = "Ingen andre {steder} har mellem {mindst} og {mest} svar, så ingen ligner {sted} nok."


@dataclass(frozen=True)
class Similar(Beside):
    """A share in one's own municipality, in those most like it, the most alike first, and in the
    country (in whose own edition it stands alone); `apart` is how differently (0-1) each of them is
    composed."""

    edition: Edition
    codebook: Codebook
    by: Question
    arguments: tuple[tuple[str, str], ...]
    size: int
    apart: tuple[tuple[str, float], ...]

    @property
    def record(self) -> dict:
        """The question to `Page` that this answers."""
        arguments = dict(self.arguments)
        survey = self.codebook.survey
        return {
            "verb": "similar",
            "survey": survey,
            "arguments": arguments,
            "title": self.title,
        }

    def tell(self) -> Sentence:
        """Which municipalities are like it, and by what rule; nothing in the country's edition, or
        where its own size is hidden."""
        if self.edition.is_country or not self.size:
            return NOTHING
        return filled(
            RULE if self.apart else NONE,
            [line.row for line in self.lines],
            steder=self.codebook.places.plural,
            sted=self.edition.name,
            mindst=number(-(-self.size // SIZE)),
            mest=number(self.size * SIZE),
            baggrund=self.by.short.lower(),
            navne=listed(f"{name} (forskel {pct(far)})" for name, far in self.apart),
        )


def make_similar(
    releasable: Releasable, edition: Edition, question: str, answer: str, by: str
) -> Similar:
    """A share in the municipalities most like an edition's own. Raises UserError for an unknown
    name."""
    codebook = releasable.codebook
    place, background = codebook.by_place, codebook.question(by)
    composed = make_finding(releasable, releasable.country, by, place.id)
    sizes = {group: composed.base(group) or 0 for group in composed.groups}
    size = sizes.get(edition.name, 0)
    parts = {
        group: {answer: composed.row(answer, group).share for answer in composed.answers}
        for group in composed.groups
    }
    near = {
        group: difference(parts[group], parts[edition.name])
        for group, people in sizes.items()
        if group != edition.name and size and size <= people * SIZE and people <= size * SIZE
    }
    apart = tuple(sorted(near.items(), key=lambda one: one[1])[:ALIKE])
    finding = make_finding(releasable, releasable.country, question, place.id)
    names = [edition.name, *(name for name, _ in apart)] if apart else []
    places = codebook.places.plural
    lines = [Line(name, finding, finding.row(answer, name), places) for name in names]
    if apart or edition.is_country:
        lines.append(Line(finding.whole, finding, finding.row(answer), finding.whole))
    title = f"{finding.question.short}: {quoted(finding.short(finding.label(answer)))}"
    arguments = (("question", question), ("answer", answer), ("by", by))
    return Similar(title, tuple(lines), edition, codebook, background, arguments, size, apart)


def difference(one: Mapping[str, float | None], other: Mapping[str, float | None]) -> float:
    """How large a part (0-1) of one's answers would have to move to be spread as the other's: half
    the sum of what each share differs by, with those that are hidden in either as one."""
    shown = [name for name in one if one[name] is not None and other[name] is not None]
    shares = [[part[name] or 0 for name in shown] for part in (one, other)]
    rests = [1 - sum(part) for part in shares]
    gaps = (abs(a - b) for a, b in zip(*(part + [rest] for part, rest in zip(shares, rests))))
    return sum(gaps) / 2
