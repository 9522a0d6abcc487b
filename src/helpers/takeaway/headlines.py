"""What a figure says in a line: of the page's own sentences the one that states the finding, for
the page and for the slide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from helpers.page.beside import Beside
from helpers.page.danish import sentence
from helpers.page.findings import Finding
from helpers.page.in_short import headed
from helpers.page.mean_rows import Means
from helpers.page.narrative import IN_SHORT, in_short, top
from helpers.page.own_figure import Own
from helpers.survey.questions import Places
from helpers.takeaway.captions import caption
from helpers.takeaway.plain_text import sentences_in
from helpers.takeaway.shown import Shown
from helpers.takeaway.title_borne import shows_as_told

# A sentence that begins so tells where numbers are from, not what they say.
ABOUT_NUMBERS = (
    "Rapportens tal ",
    "Rapporten har kun ",
    "Prøven bag ordene",
    "Et forspring mellem svar",
    "Læsevejledningen fortæller",
    "Ordene på siden",
    "Omtrent som ",
    "Siges ingen af delene",
)
# A sentence that tells what cannot be told, or holds on a condition, which is no title.
CAVEAT = re.compile(
    r"\bfor (?:få|små)\b|\b(?:er|bliver) skjult\b|kan ikke (?:siges|vises)|\bmedmindre\b|\bhvis\b"
)
# A sentence whose words point back at the one before.
LEANS = re.compile(
    r"(?:Det (?:er|gælder)|De (?:to|\d+)|Den er|Her er|Så|At|Nogle|Forskellen til) |"
    r"Rapporten skriver |"
    r".*\b(?:af dem (?!,)|at den\b|har haft det\b|tilbudt det\b)"
)
# A sentence, and another in parentheses after it.
ASIDE = re.compile(r"(.*\.) \(([^()]*\.)\)")


@dataclass(frozen=True)
class Headline:
    """A figure's title; what belongs below it instead; and the other sentences told of it."""

    title: str
    aside: tuple[str, ...]
    rest: tuple[str, ...]


def headline(
    shown: Shown, places: Places, fits: Callable[[str], bool], listed: str = ""
) -> Headline:
    """The first sentence that says something is the title, if it stands alone and `fits`; else it
    stands below, and the title is the question in a few words. Of a list of points the title is
    what it is `listed` under."""
    told = [said for text in shown.told if not text.points for said in text.sentences]
    points = [said for text in shown.told if text.points != text.key for said in text.sentences]
    stating = [said for said in told if not said.startswith(ABOUT_NUMBERS)]
    if points or not stating:
        title = listed if points and listed else topic(shown, fits)
        return Headline(title, (), (*points, *told))
    rest = tuple(said for said in told if said != stating[0])
    title, *aside = without_aside(stating[0])
    fails = CAVEAT.search(title) or leans(title, places) or not fits(title)
    if fails or not shows_as_told(shown.subject, title):
        return Headline(topic(shown, fits), (title, *aside), rest)
    return Headline(title, tuple(aside), rest)


def in_a_sentence(finding: Finding) -> str:
    """What a question is about and its most common answer, or the positive share; nothing of
    groups, and where it is hidden or takes a reservation."""
    if finding.groups and not finding.is_battery:
        return ""
    several = finding.question.type == "multiple"
    made = headed(finding, top(finding, IN_SHORT, n=1)) if several else in_short(finding)
    said = sentences_in(made.text)
    return said[0] if len(said) == 1 and not made.hidden else ""


def leans(said: str, places: Places) -> bool:
    """Whether a sentence cannot be understood without the one before."""
    return said.startswith(f"{sentence(places.in_whole)} ") or bool(LEANS.match(said))


def without_aside(stated: str) -> tuple[str, ...]:
    """The sentence, and what stands after it in parentheses: a title is to be short, and the
    reservation belongs below the chart."""
    found = ASIDE.fullmatch(stated)
    return found.groups() if found else (stated,)


def topic(shown: Shown, fits: Callable[[str], bool]) -> str:
    """What a figure is about, in a few words, with what there is to say of any question where that
    is one sentence."""
    subject = shown.subject
    if isinstance(subject, Own | Means | Beside) and fits(subject.title):
        return subject.title
    if not isinstance(subject, Finding):
        return shown.heading or caption(subject)
    if fits(said := in_a_sentence(subject)) and said:
        return said
    short = (subject.is_battery and subject.question.battery_short) or subject.question.short
    by = f" efter {subject.breakdown.title.lower()}" if subject.breakdown else ""
    return f"{short}{by}" if fits(short) else shown.heading or caption(subject)
