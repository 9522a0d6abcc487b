"""The reading guide's figure: invented numbers in one of the book's own charts, with a number on
each part that the list below it explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Transform

from helpers.disclosure.rules import LOW_BASE, Rules
from helpers.page import figures
from helpers.page.canvas import NARROW, SMALL, own_style, text_width, to_svg
from helpers.page.colours import POSITIVE, WHITE
from helpers.page.faces import ShownFinding
from helpers.page.findings import Row
from helpers.page.uncertainty import AT_LEVEL
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Option, Question

PLACE, SOURCE = "Eksempelby", "Tallene er opdigtede og kun et eksempel."
ANSWERS = ("Hver dag", "Hver uge", "Hver måned", "Aldrig")
# share, step in per cent and the whole's share, by answer; the last is hidden
OWN = ((0.4, 1, 0.8), (0.3, 1, 0.16), (0.2, 10, 0.12), (None, None, 0.1))
BASE, WHOLE_BASE = 110, 2000
MARK, AWAY = 7.5, 13  # points: half a mark's width, and from a text to its mark's middle


def example(codebook: Codebook, rules: Rules) -> ShownFinding:
    """The invented finding."""
    question = Question(
        id="eksempel",
        text="Hvor ofte cykler du?",
        short="Cykling",
        type="single",
        ordered=True,
        options=tuple(Option(label=answer) for answer in ANSWERS),
        asked_of="alle i eksemplet",
    )
    edition = Edition("eksempel", PLACE, PLACE)
    whole = codebook.places.whole_name
    rows = [
        row_of(place, answer, share, step, base)
        for place, base, at in ((PLACE, BASE, 0), (whole, WHOLE_BASE, 2))
        for answer, told in zip(ANSWERS, OWN)
        for share, step in [(told[at], told[1] if at == 0 else 1)]
    ]
    return ShownFinding(edition, codebook, (question,), None, tuple(rows), rules, SOURCE)


def row_of(place: str, answer: str, share: float | None, step: float | None, base: int) -> Row:
    if share is None or step is None:
        return Row(place, "eksempel", "", answer, False, None, None, None, None, None, LOW_BASE)
    half = step / 200
    return Row(place, "eksempel", "", answer, False, share, share - half, share + half, step, base)


def explained(finding: ShownFinding) -> list[str]:
    """What each numbered part is, in order."""
    whole = finding.whole
    hidden = finding.reason(finding.row(ANSWERS[-1]))
    return [
        f"Søjlen er andelen i {PLACE}. Tallet står for enden af den.",
        f"Stregen er usikkerheden, et {AT_LEVEL}interval: Den rigtige andel ligger efter al "
        "sandsynlighed et sted på stregen.",
        f"Ruden er andelen i {whole.lower()}.",
        "»Ca.« betyder, at tallet er rundet til et større trin, fordi få har svaret. I teksten "
        "står der »omkring«.",
        f"Andelen er {hidden}.",
        f"N er antallet af svar: i {PLACE} og i {whole.lower()}.",
    ]


def draw(finding: ShownFinding) -> Figure:
    """The chart with its marks."""
    figure = figures.draw(finding)
    for number, (place, (x, y)) in enumerate(parts(figure, finding), start=1):
        figure.text(
            x,
            y,
            str(number),
            transform=place,
            size=SMALL,
            color=WHITE,
            ha="center",
            va="center_baseline",
            zorder=5,
            bbox={"boxstyle": "circle,pad=0.2", "facecolor": POSITIVE, "edgecolor": "none"},
        )
    return figure


def parts(figure: Figure, finding: ShownFinding) -> Iterator[tuple[Transform, tuple[float, float]]]:
    """Where each mark stands, found by the texts beside the parts: the bar, its interval, the
    whole's diamond, a rounded number, a hidden one, and N."""
    values = [text_with(figure, figures.value_text(finding, finding.row(one))) for one in ANSWERS]
    first, second, rounded, hidden = values
    scale = first.get_transform().transform
    per_point = 1 / abs(scale((1, 0))[0] - scale((0, 0))[0])  # per cent
    high = 100 * finding.interval(finding.row(ANSWERS[0])).high
    whole = 100 * (finding.row(ANSWERS[1], place=finding.whole).share or 0)
    yield beside(first, 2 * MARK * per_point)
    yield beside(first, high + AWAY * per_point)
    yield beside(second, whole - AWAY * per_point)
    for text in (rounded, hidden):
        width = text_width(text.get_text()) + AWAY
        yield beside(text, text.get_position()[0] + width * per_point)
    notes = text_with(figure, "N = ")
    width = text_width(notes.get_text(), SMALL) + AWAY
    yield notes.get_transform(), (notes.get_position()[0] + width, notes.get_position()[1] + 3)


def text_with(figure: Figure, start: str) -> Text:
    """The text on a figure that begins so."""
    texts = (one for one in figure.findobj(Text) if isinstance(one, Text))
    return next(one for one in texts if one.get_text().startswith(start))


def beside(text: Text, x: float) -> tuple[Transform, tuple[float, float]]:
    """A place on the row of a text, at so many per cent."""
    return text.get_transform(), (x, text.get_position()[1])


def svgs(finding: ShownFinding) -> dict[str, str]:
    """The drawings, wide and narrow, by how their names end."""
    made = {}
    for end, layout in (("", None), ("-smal", NARROW)):
        with own_style(layout):
            made[end] = to_svg(draw(finding))
    return made


def listed(said: Sequence[str]) -> str:
    """What the marks are, as a list that is numbered as they are."""
    items = (f"<li>{escape(one)}</li>" for one in said)
    return "".join(chain(['<ol class="figure-marks">'], items, ["</ol>"]))
