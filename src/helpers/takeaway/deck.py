"""The deck: one slide per figure, with a native chart, the finding as its title, and base and
source below."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.util import Pt

from helpers.not_none import not_none
from helpers.page.beside import Beside
from helpers.page.comparison import Comparison
from helpers.page.danish import quoted, sentence
from helpers.page.faces import ShownFinding
from helpers.page.findings import Finding
from helpers.page.own_figure import Own
from helpers.page.shown_means import ShownMeans
from helpers.page.weighed import Weighed
from helpers.survey.questions import Places
from helpers.takeaway import deck_design as design
from helpers.takeaway.about import About
from helpers.takeaway.captions import below_chart, caption, hidden_reasons, notes
from helpers.takeaway.chart_plan import chart_plan
from helpers.takeaway.native_chart import draw
from helpers.takeaway.reproducible import frozen
from helpers.takeaway.shown import Heading, PageContents, Shown, Told

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject

POINTS_PER_SLIDE = 6
# A sentence that begins so tells where numbers are from, not what they say.
ABOUT_NUMBERS = (
    "Rapportens tal ",
    "Rapporten har kun ",
    "Udledt af ",
    "Prøven bag ordene",
    "Et forspring mellem svar",
    "Læsevejledningen fortæller",
)

# A sentence, and another in parentheses after it.
ASIDE = re.compile(r"(.*\.) \(([^()]*\.)\)")


def deck(about: About, pages: Sequence[PageContents]) -> bytes:
    """The edition's deck: the same bytes for the same pages. Pages with neither figure nor computed
    text are left out."""
    show = design.new_show(about)
    design.add_cover(show, about)
    for page in pages:
        slides = list(plan(page, about.places))
        if slides:
            design.add_section(show, about, page.title)
        for slide in slides:
            if isinstance(slide, Shown):
                add_finding(show, about, slide)
            else:
                design.add_points(show, about, *slide)
    design.add_closing(show, about)
    out = io.BytesIO()
    show.save(out)
    return frozen(out.getvalue())


def plan(page: PageContents, places: Places) -> Iterator[Shown | tuple[str, tuple[str, ...]]]:
    """The page's slides: its figures; of a page without figures, its computed text as points under
    its headings."""
    pictured = [
        shown
        for shown in page.shown
        if shown.svg and (isinstance(shown.subject, Own) or chart_plan(shown.subject))
    ]
    if pictured or page.shown:
        yield from pictured
        return
    heading = ""
    points: list[str] = []
    for part in (*page.parts, Heading(2, "")):
        if isinstance(part, Heading):
            slides = spread(points)
            yield from (
                (f"{heading} ({at} af {len(slides)})" if len(slides) > 1 else heading, some)
                for at, some in enumerate(slides, start=1)
            )
            heading, points = part.text, []
        elif isinstance(part, Told):
            points += joined(
                [said for said in part.sentences if not said.startswith(ABOUT_NUMBERS)], places
            )


def spread(points: Sequence[str]) -> list[tuple[str, ...]]:
    """The points on as few slides as they need, about as many on each."""
    slides = -(-len(points) // POINTS_PER_SLIDE)
    ends = [len(points) * at // slides for at in range(slides + 1)] if slides else []
    return [tuple(points[start:end]) for start, end in zip(ends, ends[1:])]


def joined(sentences: Sequence[str], places: Places) -> list[str]:
    """The sentences as points; one that leans on the one before stays with it."""
    leaning = ("Det er ", f"{sentence(places.in_whole)} ", f"{places.none} ")
    points: list[str] = []
    for said in sentences:
        if points and said.startswith(leaning):
            points[-1] += f" {said}"
        else:
            points.append(said)
    return points


def add_finding(show: Show, about: About, shown: Shown) -> Slide:
    """One slide: the sentence that states the finding, the question, the chart, base and source;
    the rest in the notes."""
    stated, rest = headline(shown)
    title, aside = without_aside(stated)
    slide = design.add_slide(show, about, title)
    asked = (
        f"Spørgsmål: {quoted(shown.subject.wording)}"
        if isinstance(shown.subject, Finding)
        else caption(shown.subject)
    )
    design.write(slide, design.SUBTITLE_BOX, [asked], Pt(14), design.SOFT, name="Spørgsmål")
    below = [*below_chart(shown.subject), *hidden_note(shown.subject), *aside]
    chart_box, notes_box = design.boxes(below)
    if isinstance(shown.subject, Own):
        design.add_picture(slide, shown.subject.png, chart_box, alt(shown.subject))
    else:
        draw(slide, not_none(chart_plan(shown.subject)), chart_box, alt(shown.subject))
    design.write(slide, notes_box, below, design.NOTE, design.SOFT, name="Grundlag og kilde")
    design.set_notes(slide, speaker_notes(shown, about, title, rest, below))
    return slide


def alt(subject: Subject) -> str:
    """The figure in words, as its page has it; TypeError for what is a table only."""
    if isinstance(subject, Own):
        return subject.alt
    if isinstance(subject, ShownFinding | Comparison | Beside | Weighed | ShownMeans):
        return subject.alt()
    raise TypeError(f"no figure of {type(subject).__name__}")


def without_aside(stated: str) -> tuple[str, list[str]]:
    """The sentence and what stands after it in parentheses: a title is to be short, and the
    reservation belongs below the chart."""
    found = ASIDE.fullmatch(stated)
    return (found[1], [found[2]]) if found else (stated, [])


def hidden_note(subject: Subject) -> list[str]:
    """That some numbers are left out, and why; nothing when none is."""
    why = hidden_reasons(subject)
    return [f"Ikke alle tal vises. Nogle er {' eller '.join(why)}."] if why else []


def headline(shown: Shown) -> tuple[str, list[str]]:
    """The slide's title and the sentences left for the notes. Of a list of points the heading is
    the title; without any text it is the question in a few words."""
    told = [sentence for text in shown.told if not text.points for sentence in text.sentences]
    points = [sentence for text in shown.told if text.points for sentence in text.sentences]
    stating = [sentence for sentence in told if not sentence.startswith(ABOUT_NUMBERS)]
    if stating and not points:
        return stating[0], [sentence for sentence in told if sentence != stating[0]]
    return shown.heading if points and shown.heading else topic(shown), [*points, *told]


def topic(shown: Shown) -> str:
    """What a figure is about, in a few words."""
    if not isinstance(shown.subject, Finding):
        return shown.heading or caption(shown.subject)
    by = f" efter {shown.subject.breakdown.title.lower()}" if shown.subject.breakdown else ""
    return f"{shown.subject.question.short}{by}"


def speaker_notes(
    shown: Shown, about: About, title: str, rest: list[str], below: Sequence[str]
) -> list[str]:
    """What the speaker needs: the other sentences, what was asked of whom, base, source, and what
    hidden means."""
    lines = [
        title,
        *rest,
        "",
        caption(shown.subject),
        *dict.fromkeys((*notes(shown.subject), *below)),
    ]
    if not isinstance(shown.subject, Finding | Own):
        lines += ["Stregerne er 95 pct. intervaller."]
    return [*lines, *([about.notice] if about.notice else [])]
