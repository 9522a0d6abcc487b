"""The table appendix: a workbook with one sheet per page, all numbers in one long table, and the
codebook."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from helpers.page.own_figure import Own
from helpers.survey.codebook import Codebook
from helpers.takeaway import codebook_sheets
from helpers.takeaway.about import About
from helpers.takeaway.captions import alt, caption, estimates, notes
from helpers.takeaway.chart_plan import chart_plan
from helpers.takeaway.grids import Column, Grid, class_of, grid, share
from helpers.takeaway.reproducible import DATE, frozen
from helpers.takeaway.sheet_chart import add_chart, add_picture
from helpers.takeaway.shown import Heading, PageContents, Shown, Told
from helpers.takeaway.worksheet import Formats, Writer, formats_of, sheet_name

FRONT, ALL, CODEBOOK, GROUPS = "Om tabellerne", "Alle tal", "Kodebog", "Grupper"
CHARTS = "Diagrammernes tal"


def workbook(about: About, codebooks: Sequence[Codebook], pages: Sequence[PageContents]) -> bytes:
    """The edition's workbook: the same bytes for the same numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": f"{about.book} · {about.place}: tabeller",
            "subject": about.title,
            "author": about.book,
            "company": "",
            "comments": about.notice,
            "created": DATE,
        }
    )
    formats = formats_of(book)
    names = sheet_names(pages)
    front = book.add_worksheet(FRONT)
    sheets = [Writer(book.add_worksheet(name), formats) for name in names]
    write_long(book.add_worksheet(ALL), formats, long_table(pages), about)
    write_long(book.add_worksheet(CODEBOOK), formats, codebook_sheets.answers(codebooks), about)
    write_long(book.add_worksheet(GROUPS), formats, codebook_sheets.groups(codebooks), about)
    numbers = Writer(book.add_worksheet(CHARTS), formats)
    numbers.set_up(about, widths=(60, *[22] * 8))
    numbers.notice(about.notice)
    for page, sheet in zip(pages, sheets):
        write_page(book, sheet, numbers, page, about)
    write_front(
        Writer(front, formats),
        about,
        [
            *zip(names, (page.title for page in pages)),
            (ALL, "Alle tal i én lang tabel"),
            (CODEBOOK, "Spørgsmål og svarmuligheder"),
            (GROUPS, "Opdelingernes grupper"),
            (CHARTS, "Det, diagrammerne under tabellerne er tegnet af, i procent eller point"),
        ],
    )
    book.close()
    return frozen(out.getvalue())


def sheet_names(pages: Sequence[PageContents]) -> list[str]:
    names: list[str] = []
    for page in pages:
        names.append(sheet_name(page.title, taken=names))
    return names


def write_front(sheet: Writer, about: About, contents: Sequence[tuple[str, str]]) -> None:
    """What the workbook is, whether its answers are real, what its signs mean, and links to its
    sheets."""
    sheet.set_up(about, widths=(30, 90))
    sheet.line(f"{about.title}: tabeller", "title")
    sheet.notice(about.notice)
    for name, value in about.facts:
        sheet.pair(name, value)
    sheet.gap()
    sheet.line("Sådan læses tabellerne", "heading")
    for text in (
        "Tabellerne er bogens: de samme tal, i samme rækkefølge og under de samme overskrifter.",
        "Andele er regnet af dem, der har svaret på spørgsmålet (N), og står som tal, der kan "
        "regnes videre på; cellerne viser hele procent.",
        "Jo færre der har svaret, jo større trin rundes andelene til (»ca.«, »under«, »over«), "
        f"så ingens svar kan regnes ud. Arket »{ALL}« har hver andels trin.",
        f"Skjulte tal: {'; '.join(about.signs)}.",
    ):
        sheet.line(text, "paragraph")
    sheet.gap()
    sheet.line("Ark", "heading")
    for name, title in contents:
        sheet.link(name, title)


def write_page(
    book: xlsxwriter.Workbook, sheet: Writer, numbers: Writer, page: PageContents, about: About
) -> None:
    """A page's tables, charts and key figures under its headings; of a page without tables, its
    sentences."""
    sheet.set_up(about, widths=(44, *[13] * 14))
    sheet.line(f"{page.title} · {about.place}", "title")
    sheet.notice(about.notice)
    sheet.keep_head()
    waiting: list[Heading] = []
    breaks: list[int] = []  # on paper a chart stands below its table, and not over two sheets
    for part in page.parts:
        if isinstance(part, Heading) and part.level > 1:
            waiting = [heading for heading in waiting if heading.level < part.level] + [part]
        elif isinstance(part, Shown) or (isinstance(part, Told) and (part.key or not page.shown)):
            if isinstance(part, Shown) and part.svg:
                breaks.append(sheet.row)
            for heading in waiting:
                sheet.line(heading.text, "heading" if heading.level == 2 else "subheading")
            waiting = []
            if isinstance(part, Told):
                write_told(sheet, part)
            else:
                write_shown(book, sheet, numbers, part)
    sheet.sheet.set_h_pagebreaks(breaks[1:])
    sheet.print_to(max((len(grid(part.subject).columns) for part in page.shown), default=0))


def write_told(sheet: Writer, told: Told) -> None:
    for sentence in told.sentences:
        sheet.line(f"• {sentence}" if told.points else sentence, "paragraph")
    sheet.gap()


def write_shown(book: xlsxwriter.Workbook, sheet: Writer, numbers: Writer, part: Shown) -> None:
    """A table between its caption and its notes, and its chart where the page has a figure."""
    sheet.line(caption(part.subject), "caption")
    sheet.table(grid(part.subject), part.name)
    for note in notes(part.subject):
        sheet.line(note, "note")
    sheet.gap()
    plan = chart_plan(part.subject) if part.svg else None
    if plan:
        numbers.line(caption(part.subject), "caption")
        add_chart(book, sheet, numbers, plan, alt(part.subject))
    elif isinstance(part.subject, Own) and part.subject.png:
        add_picture(sheet, part.subject.png, alt(part.subject))


def long_table(pages: Sequence[PageContents]) -> Grid:
    """Every estimate of the workbook: one row per page, finding, place, question, group and answer.

    Counts stand where they are told. A share's step is 0 where it is exact and has no class. The
    last column is the number's stable id.
    """
    texts = ("Side", "Tabel", "Sted", "Spørgsmål", "Gruppe", "Svar", "Lagt sammen")
    columns = (
        *map(Column, texts),
        Column("Antal", "count"),
        Column("N", "count"),
        Column("Andel", "share"),
        Column("Trin, pct.", "number"),
        Column("Fra", "end"),
        Column("Til under", "end"),
        Column("Skjult"),
        Column("Id"),
    )
    rows = []
    for page in pages:
        for shown in page.shown:
            for finding, row in estimates(shown.subject):
                rows.append(
                    (
                        page.title,
                        shown.name,
                        row.place,
                        row.question,
                        row.group or "I alt",
                        row.answer,
                        "ja" if row.combined else "nej",
                        row.count,
                        row.base,
                        None if row.hidden else share(row),
                        *class_of(row),
                        finding.reason(row) if row.hidden else "",
                        finding.number_id(row),
                    )
                )
    return Grid(columns, tuple(rows))


def write_long(sheet: Worksheet, formats: Formats, long: Grid, about: About) -> None:
    """A table that fills its sheet, with filters and a frozen heading; its first line says whether
    the answers are real."""
    writer = Writer(sheet, formats)
    writer.set_up(
        about,
        widths=[
            min(
                60,
                max(
                    10,
                    2
                    + max(
                        len(str(row[at] or ""))
                        for row in (*long.rows, [c.title for c in long.columns])
                    ),
                ),
            )
            for at in range(len(long.columns))
        ],
    )
    writer.line(about.short_notice and f"{about.short_notice}.", "note")
    sheet.freeze_panes(writer.row + 1, 0)
    writer.table(long, sheet.get_name(), filters=True)
