"""How the deck looks: a white page, one rule, one typeface, and the notice of synthetic answers at
the foot of every slide."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lxml import etree
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout, SlideMaster
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Length, Pt

from helpers.not_none import not_none
from helpers.takeaway.about import About
from helpers.takeaway.reproducible import DATE

Box = tuple[Length, Length, Length, Length]  # left, top, width, height

INK, SOFT, ACCENT, TINT, LINE = "1D2733", "4A5766", "0B4F6C", "F2F6F8", "B9C4CE"
NOTICE, NOTICE_INK = "FFF3D1", "453300"
FONT = "Arial"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, INNER = Inches(0.7), Inches(11.93)
TITLE_BOX = (LEFT, Inches(0.45), INNER, Inches(1.0))
SUBTITLE_BOX = (LEFT, Inches(1.5), INNER, Inches(0.42))
KICKER_BOX = (LEFT, Inches(0.12), INNER, Inches(0.26))
TITLE_SIZES, TITLE_LINES = (24, 20), 2
CHART_TOP, NOTES_END = Inches(1.98), Inches(6.92)
NOTE, POINT_GAP = Pt(11), 10
# of NOTE's size: a line's height, and how many characters surely fit in one
NOTE_LINE, NOTE_CHARACTERS = (Inches(0.185), 150)
FOOT = Inches(6.98)
TITLE_LAYOUT, ONLY_TITLE = "Titel", "Titel og diagram"
LAYOUTS = {"Title Slide": TITLE_LAYOUT, "Title Only": ONLY_TITLE}
COLOURS = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": ACCENT,
    "lt2": TINT,
    "accent1": "3D83C2",
    "accent2": "082642",
    "accent3": "C06A1E",
    "accent4": "4E2408",
    "accent5": "B8B8B8",
    "accent6": "F0F0F0",
    "hlink": ACCENT,
    "folHlink": SOFT,
}


def new_show(about: About) -> Show:
    """An empty deck in 16:9 with two layouts of our own, Danish, and nothing in it that says who
    made it or when."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    set_properties(show, about)
    keep_layouts(show)
    set_theme(show.slide_master)
    for owner in (show.slide_master, *show.slide_layouts):
        for shape in owner.placeholders:
            place(shape)
    return show


def set_properties(show: Show, about: About) -> None:
    core = show.core_properties
    core.title, core.subject, core.author = f"{about.book} · {about.place}", about.title, about.book
    core.comments, core.keywords, core.category, core.last_modified_by = (
        about.short_notice,
        "",
        "",
        about.book,
    )
    core.language, core.created, core.modified, core.revision = "da-DK", DATE, DATE, 1


def keep_layouts(show: Show) -> None:
    """The two layouts in use, under Danish names; the template's others go."""
    for layout in list(show.slide_layouts):
        if layout.name in LAYOUTS:
            layout._element.cSld.set("name", LAYOUTS[layout.name])
        else:
            show.slide_layouts.remove(layout)


def set_theme(master: SlideMaster) -> None:
    """One typeface and the book's colours."""
    part = next(
        relation.target_part
        for relation in master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    theme = etree.fromstring(part.blob)
    theme.set("name", "Kontaktbogen")
    for font in theme.iter(qn("a:latin")):
        font.set("typeface", FONT)
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    for name, colour in COLOURS.items():
        slot = scheme.find(qn(f"a:{name}"))
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", colour)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def place(shape: BaseShape) -> None:
    """A placeholder of the master or a layout where this deck has it."""
    kind = shape.placeholder_format.type.name
    if kind in ("TITLE", "CENTER_TITLE"):
        shape.left, shape.top, shape.width, shape.height = TITLE_BOX
    elif kind == "DATE":
        shape._element.getparent().remove(shape._element)
    elif kind == "FOOTER":
        shape.left, shape.top, shape.width, shape.height = LEFT, FOOT, Inches(10.5), Inches(0.34)
    elif kind == "SLIDE_NUMBER":
        shape.left, shape.top, shape.width, shape.height = (
            Emu(LEFT + INNER - Inches(0.8)),
            FOOT,
            Inches(0.8),
            Inches(0.34),
        )
    else:
        shape.left, shape.top, shape.width, shape.height = LEFT, Inches(2.0), INNER, Inches(4.5)


def layout_of(show: Show, name: str) -> SlideLayout:
    return next(layout for layout in show.slide_layouts if layout.name == name)


def add_slide(
    show: Show, about: About, title: str, size: Length | None = None, over: str = ""
) -> Slide:
    """A slide with its title, a rule and what it belongs to above it, and the foot."""
    slide = show.slides.add_slide(layout_of(show, ONLY_TITLE))
    set_title(slide, title, size or fitting(title))
    add_rule(slide, LEFT, Inches(0.4), Inches(0.9))
    if over and over != title:
        write(slide, KICKER_BOX, [over], Pt(12), SOFT, name="Afsnit")
    add_foot(slide, about)
    return slide


def add_subtitle(slide: Slide, text: str) -> None:
    """The line below the title, in the size it has room for; what has none is in the notes."""
    for size, most in ((14, 1), (11, 2)):
        if lines_of(text, size) <= most:
            write(slide, SUBTITLE_BOX, [text], Pt(size), SOFT, name="Spørgsmål")
            return


def fits(title: str) -> bool:
    """Whether a title takes at most two lines in the smallest size of titles."""
    return lines_of(title, TITLE_SIZES[-1]) <= TITLE_LINES


def fitting(title: str) -> Length:
    """The largest size in which the title takes at most two lines."""
    fit = (size for size in TITLE_SIZES if lines_of(title, size) <= TITLE_LINES)
    return Pt(next(fit, TITLE_SIZES[-1]))


def text_width(text: str, size: float) -> float:
    """The width of a text, in points, in a face that is as wide as the bold of `FONT` or wider and
    which is at hand wherever the deck is made."""
    return size * sum(map(letter_width, text))


@lru_cache(maxsize=1024)
def letter_width(letter: str) -> float:
    """The width of a letter of one point."""
    font = FontProperties(family="DejaVu Sans", size=1)
    return float(TextToPath().get_text_width_height_descent(letter, font, False)[0])


def lines_of(text: str, size: float, width: Length = INNER) -> int:
    """How many lines a text surely fits in."""
    lines, line = 1, ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size) > width.pt:
            lines, line = lines + 1, word
        else:
            line = longer
    return lines


def boxes(notes: Sequence[str]) -> tuple[Box, Box]:
    """Where the chart goes and where the notes below it: the notes take the lines they need, and
    the chart what is left."""
    lines = sum(-(-len(note) // NOTE_CHARACTERS) for note in notes)
    top = Emu(NOTES_END - lines * NOTE_LINE)
    chart = (LEFT, CHART_TOP, INNER, Emu(top - CHART_TOP - Inches(0.06)))
    return chart, (LEFT, top, INNER, Emu(NOTES_END - top))


def set_title(slide: Slide, title: str, size: Length, colour: str = ACCENT) -> None:
    frame = not_none(slide.shapes.title).text_frame
    frame.text = title
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    style(frame, size, colour, bold=True)


def style(
    frame: TextFrame,
    size: Length,
    colour: str,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """One look for all of a text frame; the language is Danish, for spelling and for reading
    aloud."""
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = size, bold, FONT
            run.font.color.rgb = RGBColor.from_string(colour)
            run._r.get_or_add_rPr().set("lang", "da-DK")


def write(
    slide: Slide,
    box: Box,
    lines: Sequence[str],
    size: Length,
    colour: str,
    name: str,
    gap: Length = Pt(0),
) -> Shape:
    """A text box with one paragraph per line."""
    shape = slide.shapes.add_textbox(*box)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = "\n".join(lines)
    style(frame, size, colour)
    for paragraph in frame.paragraphs:
        paragraph.space_after = gap
    return shape


def add_rule(slide: Slide, left: Length, top: Length, width: Length) -> None:
    """A short rule, which decorates and says nothing."""
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, Pt(3))
    rule.name = "Streg"
    rule.fill.solid()
    rule.fill.fore_color.rgb = RGBColor.from_string("C06A1E")
    rule.line.fill.background()
    rule.shadow.inherit = False
    mark_decorative(rule)
    slide.shapes._spTree.remove(rule._element)
    slide.shapes._spTree.insert(2, rule._element)


def mark_decorative(shape: Shape) -> None:
    """Screen readers pass over it."""
    properties = shape._element.nvSpPr.cNvPr
    extensions = etree.SubElement(properties, qn("a:extLst"))
    extension = etree.SubElement(
        extensions, qn("a:ext"), uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
    )
    etree.SubElement(
        extension,
        "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative",
        nsmap={"adec": "http://schemas.microsoft.com/office/drawing/2017/decorative"},
    ).set("val", "1")


def add_foot(slide: Slide, about: About) -> None:
    """The edition, the notice of synthetic answers if they are, and the slide's number, as the
    layout's own placeholders."""
    for shape in slide.slide_layout.placeholders:  # type: ignore[misc]  # the stubs' own mistake
        if shape.placeholder_format.type.name in ("FOOTER", "SLIDE_NUMBER"):
            slide.shapes._spTree.append(copy.deepcopy(shape._element))
    for shape in slide.placeholders:
        if shape.placeholder_format.type.name == "FOOTER":
            shape.name = "Om tallene"
            said = filter(None, (about.book, about.place, about.short_notice))
            shape.text_frame.text = " · ".join(said)
            shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            style(
                shape.text_frame,
                Pt(11),
                NOTICE_INK if about.short_notice else SOFT,
                bold=bool(about.short_notice),
            )
            if about.short_notice:
                shape.fill.solid()
                shape.fill.fore_color.rgb = RGBColor.from_string(NOTICE)
        elif shape.placeholder_format.type.name == "SLIDE_NUMBER":
            shape.name = "Sidetal"
            style(shape.text_frame, Pt(11), SOFT, align=PP_ALIGN.RIGHT)


def add_cover(show: Show, about: About) -> Slide:
    """The first slide: what, where, when, how many, and whether the answers are real."""
    slide = show.slides.add_slide(layout_of(show, ONLY_TITLE))
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = LEFT, Inches(1.9), INNER, Inches(1.5)
    set_title(slide, about.title, Pt(38))
    write(slide, (LEFT, Inches(3.5), INNER, Inches(0.6)), [about.place], Pt(26), INK, name="Udgave")
    facts = [f"{about.period} · {about.respondents} svar", f"Datasæt: {about.dataset}"]
    write(
        slide,
        (LEFT, Inches(4.25), INNER, Inches(0.8)),
        facts,
        Pt(16),
        SOFT,
        name="Om undersøgelsen",
        gap=Pt(4),
    )
    add_notice(slide, about, Inches(5.5))
    add_rule(slide, LEFT, Inches(1.7), Inches(1.6))
    add_foot(slide, about)
    return slide


def add_notice(slide: Slide, about: About, top: Length) -> None:
    """The full notice in a box of its own."""
    if not about.notice:
        return
    shape = write(
        slide,
        (LEFT, top, INNER, Inches(1.1)),
        [about.notice],
        Pt(14),
        NOTICE_INK,
        name="Varsel om syntetiske svar",
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(NOTICE)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Inches(0.2)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def add_section(show: Show, about: About, title: str) -> Slide:
    """A slide between two pages of the book."""
    slide = add_slide(show, about, title, Pt(34))
    heading = not_none(slide.shapes.title)
    heading.left, heading.top, heading.width, heading.height = (
        LEFT,
        Inches(2.9),
        INNER,
        Inches(1.4),
    )
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor.from_string(TINT)
    rule = next(shape for shape in slide.shapes if shape.name == "Streg")
    rule.top = Inches(2.7)
    return slide


def height(points: Sequence[str], size: float) -> float:
    """The room that points take, in points."""
    return sum(1.2 * size * lines_of(point, size) + POINT_GAP for point in points)


def add_points(
    show: Show, about: About, title: str, points: Sequence[str], over: str = ""
) -> Slide:
    """A slide of computed sentences."""
    slide = add_slide(show, about, title, over=over)
    shape = write(
        slide,
        (LEFT, Inches(1.7), INNER, Inches(4.9)),
        points,
        Pt(next((size for size in (20, 18, 16) if height(points, size) <= 345), 14)),
        INK,
        name="Hovedpunkter",
        gap=Pt(POINT_GAP),
    )
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Inches(0.3)))
        properties.set("indent", str(-Inches(0.3)))
        etree.SubElement(properties, qn("a:buChar")).set("char", "•")
    set_notes(slide, [*points, *([about.notice] if about.notice else [])])
    return slide


def add_picture(slide: Slide, png: bytes, box: Box, alt: str) -> None:
    """A figure in dots, as large as the box has room for, with an alt text."""
    left, top, width, height = box
    picture = slide.shapes.add_picture(io.BytesIO(png), left, top)
    scale = min(width / picture.width, height / picture.height)
    picture.width, picture.height = (
        Emu(int(picture.width * scale)),
        Emu(int(picture.height * scale)),
    )
    picture.left = Emu(left + (width - picture.width) // 2)
    picture.name = "Figur"
    described: Any = picture._element.nvPicPr
    described.cNvPr.set("descr", alt)


def set_notes(slide: Slide, lines: Sequence[str]) -> None:
    """What the speaker reads."""
    not_none(slide.notes_slide.notes_text_frame).text = "\n".join(lines)


def add_closing(show: Show, about: About) -> Slide:
    """The last slide: where the numbers come from and what is hidden."""
    slide = add_slide(show, about, "Om tallene")
    why_hidden = "; ".join(sign.lstrip("* ") for sign in about.signs)
    lines = [
        *(f"{name}: {value}" for name, value in about.facts),
        "Andelene er regnet af dem, der har svaret på spørgsmålet (N), og vises i hele procent.",
        "Jo færre der har svaret, jo større trin rundes andelene til (»ca.«, »under«, »over«),"
        " så ingens svar kan regnes ud.",
        f"Små grupper er skjult, så ingen kan genkendes: {why_hidden}.",
    ]
    write(
        slide,
        (LEFT, Inches(1.6), INNER, Inches(3.6)),
        lines,
        Pt(16),
        INK,
        name="Om tallene i præsentationen",
        gap=Pt(8),
    )
    add_notice(slide, about, Inches(5.5))
    return slide
