"""The deck: one slide per figure, with a native chart, the finding as its title, and base and
source below; what a talk has no time for stands after the last of them, as an appendix."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pptx.presentation import Presentation as Show
from pptx.slide import Slide

from helpers.not_none import not_none
from helpers.page.danish import quoted
from helpers.page.findings import Finding
from helpers.page.own_figure import Own
from helpers.page.uncertainty import AT_LEVEL
from helpers.survey.questions import Places
from helpers.takeaway import deck_design as design
from helpers.takeaway.about import About
from helpers.takeaway.captions import alt, below_chart, caption, hidden_reasons, notes
from helpers.takeaway.chart_plan import chart_plan
from helpers.takeaway.headlines import ABOUT_NUMBERS, Headline, headline, leans
from helpers.takeaway.native_chart import draw
from helpers.takeaway.reproducible import frozen
from helpers.takeaway.shown import Heading, PageContents, Shown

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject

POINTS_PER_SLIDE = 6
MOST, FIXED = 30, 3  # slides before the appendix; of them cover, contents and closing
APPENDIX = "Bilag"


@dataclass(frozen=True)
class Planned:
    """A slide before it is drawn: the page it is from, its title, and a figure or points."""

    page: str
    title: str
    part: Shown | tuple[str, ...]
    rank: tuple[bool, bool, int]  # what a talk can spare, and as the how many-th of its page


def deck(about: About, pages: Sequence[PageContents]) -> bytes:
    """The edition's deck: the same bytes for the same pages. Pages with neither figure nor computed
    text are left out; more than `MOST` slides go on in an appendix."""
    show = design.new_show(about)
    main, rest = divided([slide for page in pages for slide in planned(page, about.places)])
    design.add_cover(show, about)
    design.add_points(show, about, "Indhold", contents(main, rest))
    for slide in main:
        add_planned(show, about, slide)
    design.add_closing(show, about)
    if rest:
        design.add_section(show, about, APPENDIX)
    for slide in rest:
        add_planned(show, about, slide)
    out = io.BytesIO()
    show.save(out)
    return frozen(out.getvalue())


def planned(page: PageContents, places: Places) -> Iterator[Planned]:
    """The page's slides. First to stay in a talk are the points of pages without figures, then
    figures of everybody, then those of groups; last what the book itself calls an appendix."""
    seen = {False: 0, True: 0}
    for part in plan(page, places):
        grouped = isinstance(part, Shown) and bool(getattr(part.subject, "groups", ()))
        at = seen[grouped] if isinstance(part, Shown) else -1
        seen[grouped] += 1
        title, held = (
            (headline_of(part, places).title, part)
            if isinstance(part, Shown)
            else (part[0], part[1])
        )
        yield Planned(page.title, title, held, (page.title.startswith(APPENDIX), grouped, at))


def divided(slides: Sequence[Planned]) -> tuple[list[Planned], list[Planned]]:
    """The slides of the talk and those of the appendix, both in reading order, and no two with the
    same title: a second one begins with its page."""
    titled: list[Planned] = []
    for slide in slides:
        taken = {other.title for other in titled}
        if slide.title in taken:
            slide = replace(slide, title=f"{slide.page}: {slide.title}")
        number = 2
        while slide.title in taken:
            slide, number = replace(slide, title=f"{slide.title} ({number})"), number + 1
        titled.append(slide)
    order = sorted(range(len(titled)), key=lambda at: titled[at].rank)
    kept = set(order[: MOST - FIXED])
    return (
        [slide for at, slide in enumerate(titled) if at in kept],
        [slide for at, slide in enumerate(titled) if at not in kept],
    )


def contents(main: Sequence[Planned], rest: Sequence[Planned]) -> list[str]:
    """Which slides are about what, and what stands in the appendix."""
    lines = []
    for page in dict.fromkeys(slide.page for slide in main):
        own = [at for at, slide in enumerate(main, start=FIXED) if slide.page == page]
        lines.append(f"{page}: dias {between(own[0], own[-1])}")
    if rest:
        first = FIXED + len(main) + 2
        lines.append(
            f"{APPENDIX} med bogens andre figurer: dias {between(first, first + len(rest) - 1)}"
        )
    return lines


def between(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def add_planned(show: Show, about: About, slide: Planned) -> None:
    if isinstance(slide.part, Shown):
        add_finding(show, about, slide.part, slide.title, slide.page)
    else:
        design.add_points(show, about, slide.title, slide.part, slide.page)


def plan(page: PageContents, places: Places) -> Iterator[Shown | tuple[str, tuple[str, ...]]]:
    """The page's slides: its figures, and its key figures as points; of a page without figures, all
    its computed text as points under its headings."""
    pictured = [
        shown
        for shown in page.shown
        if shown.svg and (isinstance(shown.subject, Own) or chart_plan(shown.subject))
    ]
    heading = ""
    points: list[str] = []
    waiting: list[Shown] = []
    for part in (*page.parts, Heading(2, "")):
        if isinstance(part, Heading):
            told = page.title if part.level == 1 else part.text  # without the edition
            slides = spread(points)
            yield from (
                (f"{heading} ({at} af {len(slides)})" if len(slides) > 1 else heading, some)
                for at, some in enumerate(slides, start=1)
            )
            yield from waiting
            heading, points, waiting = told, [], []
        elif isinstance(part, Shown):
            waiting += [part] if part in pictured else []
        elif part.key or not page.shown:
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
    points: list[str] = []
    for said in sentences:
        if points and leans(said, places):
            points[-1] += f" {said}"
        else:
            points.append(said)
    return points


def add_finding(show: Show, about: About, shown: Shown, title: str, page: str) -> Slide:
    """One slide: the sentence that states the finding, the question, the chart, base and source;
    the rest in the notes."""
    said = headline_of(shown, about.places)
    slide = design.add_slide(show, about, title, over=page)
    about_what = caption(shown.subject)
    if isinstance(shown.subject, Finding):
        about_what = f"Spørgsmål: {quoted(shown.subject.wording)}"
    if about_what != title:
        design.add_subtitle(slide, about_what)
    below = [*said.aside, *below_chart(shown.subject), *hidden_note(shown.subject)]
    chart_box, notes_box = design.boxes(below)
    if isinstance(shown.subject, Own):
        design.add_picture(slide, shown.subject.png, chart_box, alt(shown.subject))
    else:
        draw(slide, not_none(chart_plan(shown.subject)), chart_box, alt(shown.subject))
    if below:
        design.write(slide, notes_box, below, design.NOTE, design.SOFT, name="Grundlag og kilde")
    design.set_notes(slide, speaker_notes(shown, about, title, said.rest, below))
    return slide


def hidden_note(subject: Subject) -> list[str]:
    """That some numbers are left out, and why; nothing when none is."""
    why = hidden_reasons(subject)
    return [f"Ikke alle tal vises. Nogle er {' eller '.join(why)}."] if why else []


def headline_of(shown: Shown, places: Places) -> Headline:
    """The slide's title, in two lines; of a list of points the heading is the title."""
    return headline(shown, places, design.fits, shown.heading)


def speaker_notes(
    shown: Shown, about: About, title: str, rest: Sequence[str], below: Sequence[str]
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
        lines += [f"Stregerne er {AT_LEVEL}intervaller."]
    return [*lines, *([about.notice] if about.notice else [])]
