"""The tables: great_tables' markup with a caption and scoped headers, and colours that follow the
page, dark or light."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import pandas as pd
from great_tables import GT

from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE, WEIGHTED_FEW
from helpers.not_none import not_none
from helpers.page.danish import decimal, number, pct, signed_points
from helpers.page.display import Html
from helpers.page.figure_memory import made_once
from helpers.page.findings import Finding, Row
from helpers.page.telling import briefly, gap_in_steps
from helpers.statistics.comparisons import MINIMUM_GROUP, Comparison
from helpers.statistics.corrections import RATE
from helpers.statistics.differences import RAO_SCOTT
from helpers.statistics.paired import COCHRAN, RANDOM_ORDERS
from helpers.survey.rounding import per_cent

SIGNS = {LOW_BASE: "*", RECOGNISABLE: "**", WEIGHTED_FEW: "°"}
SMALL_BASE = 100
PLACE, STUB = "place", "stub"
INTERVAL = "Interval, pct."
GAP = "Forskel i procentpoint"
APART = "†"
SAME_PEOPLE = "Cochrans Q, for det er de samme, der har svaret på alle rækker"
WEIGHTED_TEST = "Rao og Scotts prøve, som tager højde for vægtene"
TEST = "Pearsons chi i anden-prøve, ved få svar en eksakt prøve"
OPENER = "Vis tallene i en tabel"
# great_tables' own style sheet fixes dark text on white and restyles every table of the page; this
# one does neither.
CSS = """
#{id} {{overflow-x: auto}}
#{id} table {{border-collapse: collapse; width: 100%; margin: .5rem 0; color: inherit; background: transparent; font-size: .875rem;
  line-height: 1.35; font-variant-numeric: tabular-nums}}
#{id} caption {{caption-side: top; text-align: left; font-weight: 600; padding: .25rem 0 .5rem; color: inherit}}
#{id} th, #{id} td {{padding: .25rem .5rem; border: 0; border-bottom: 1px solid rgba(128, 128, 128, .45); color: inherit;
  background: transparent; vertical-align: top; text-align: right; white-space: normal}}
#{id} th {{font-weight: 600; vertical-align: bottom}}
#{id} .gt_left {{text-align: left}}
#{id} td.gt_left {{text-align: left}}
#{id} th[scope=row] {{font-weight: 400; text-align: left; vertical-align: top}}
#{id} .gt_group_heading {{text-align: left; padding-top: .75rem}}
#{id} .gt_sourcenote {{text-align: left; border: 0; font-size: .8125rem}}
"""  # noqa: E501
# A table of texts: room for the last column, which explains.
TEXTS_CSS = """#{id} th[scope=row] {{white-space: nowrap}}
#{id} td.gt_left:last-child {{min-width: 18rem}}
"""


def table(finding: Finding, folded: bool = True, digits: int = 0) -> Html:
    """The finding's numbers. One row per answer; with groups, one row per group (or per answer,
    when there are many)."""
    if not finding.groups:
        frame, stub = by_answer(finding, digits), "Svar"
    elif finding.question.type == "multiple":
        frame, stub = answers_by_group(finding), "Svar"
    else:
        frame, stub = groups_by_answer(finding, digits), finding.title_of_groups
    name = "-".join(
        [
            "tabel",
            finding.question.battery or finding.question.id,
            *([finding.breakdown.id] if finding.breakdown else []),
        ]
    )
    return html_table(
        frame, name, finding.caption, stub, [*interval_notes(finding), *notes(finding)], folded
    )


def by_answer(finding: Finding, digits: int = 0) -> pd.DataFrame:
    """One row per answer: count where it is told, share and its interval here, share in the
    country, and the difference."""
    records = []
    for answer in (*finding.answers, *finding.combined):
        row = finding.row(answer)
        counted = {"Antal": count_text(row)} if has_counts(finding) else {}
        record = {STUB: label(finding, answer), **counted, "Andel": share_text(row, digits)}
        if finding.has_intervals:
            record[INTERVAL] = interval_text(finding, row)
        if not finding.edition.is_country:
            land = finding.row(answer, place=finding.whole)
            record |= {
                finding.whole: share_text(land),
                GAP: gap_text(row, land),
            }
        records.append(record)
    return pd.DataFrame(records)


def groups_by_answer(finding: Finding, digits: int = 0) -> pd.DataFrame:
    """One row per group and place: the share of each answer, and the base."""
    groups = finding.groups if finding.is_battery else (*finding.groups, "")
    cell = share_and_count if counts_matter(finding) else share_text
    records = []
    for place in finding.places:
        for group in groups:
            rows = {
                answer: finding.row(answer, group, place)
                for answer in (*finding.answers, *finding.combined)
            }
            shares = {
                label(finding, answer): cell(row, digits) + interval_after(finding, row)
                for answer, row in rows.items()
            }
            records.append(
                {
                    PLACE: place,
                    STUB: finding.short(group) or "I alt",
                    **shares,
                    "N": base_text(rows[finding.answers[0]]),
                }
            )
    return pd.DataFrame(records)


def answers_by_group(finding: Finding) -> pd.DataFrame:
    """One row per answer and place: the share in each group. The last row of a place is the
    base."""
    groups = (*finding.groups, "")
    records = []
    for place in finding.places:
        for answer in (*finding.answers, *finding.combined):
            shares = {
                finding.short(group) or "I alt": share_text(finding.row(answer, group, place))
                for group in groups
            }
            records.append({PLACE: place, STUB: label(finding, answer), **shares})
        bases = {
            finding.short(group) or "I alt": base_text(
                finding.row(finding.answers[0], group, place)
            )
            for group in groups
        }
        records.append({PLACE: place, STUB: "N", **bases})
    return pd.DataFrame(records)


def label(finding: Finding, answer: str) -> str:
    """An answer's name in a table; what adds up several options says so, and what differs between
    the groups has a mark."""
    name = f"I alt: {answer}" if answer in finding.combined else answer
    return f"{name} {APART}" if finding.beyond_chance(answer) else name


def interval_text(finding: Finding, row: Row) -> str:
    """The ends of a share's interval in whole per cent: "79-83"."""
    if row.hidden:
        return SIGNS[row.hidden]
    return (
        ""
        if row.share is None
        else "-".join(number(per_cent(end)) for end in finding.interval(row))
    )


def interval_after(finding: Finding, row: Row) -> str:
    """The interval in parentheses after the shares that sum a table up: the combined answers';
    nothing after the others."""
    if not row.combined or row.share is None or not finding.has_intervals or counts_matter(finding):
        return ""
    return f" ({interval_text(finding, row)})"


def has_counts(finding: Finding) -> bool:
    """Whether counts are told of the edition's own shares."""
    return any(row.count is not None for row in finding.rows if row.place == finding.edition.name)


def counts_matter(finding: Finding) -> bool:
    """Whether so few answered that a per cent is about one of them, and counts belong beside the
    shares."""
    return all(row.count is not None and not_none(row.base) < SMALL_BASE for row in finding.rows)


def share_and_count(row: Row, digits: int = 0) -> str:
    return SIGNS[row.hidden] if row.hidden else f"{share_text(row, digits)} ({number(row.count)})"


def share_text(row: Row, digits: int = 0) -> str:
    if row.hidden:
        return SIGNS[row.hidden]
    if digits and row.step == 0:
        return f"{decimal(100 * not_none(row.share), digits)} pct."
    return briefly(row)


def count_text(row: Row) -> str:
    return SIGNS[row.hidden] if row.hidden else "" if row.count is None else number(row.count)


def base_text(row: Row) -> str:
    return SIGNS[LOW_BASE] if row.base is None else number(row.base)


def gap_text(row: Row, land: Row) -> str:
    """The difference from the country between the two shares as they are shown, or the sign of what
    hides it; nothing where a share is only told to be below or above something."""
    if row.hidden or land.hidden:
        return SIGNS[row.hidden or land.hidden]
    if any(one.is_below or one.is_above for one in (row, land)):
        return ""
    about = "ca. " if row.is_coarse or land.is_coarse else ""
    return f"{about}{signed_points(gap_in_steps(row, land))}"


def notes(finding: Finding) -> list[str]:
    """Base, who was asked, what the signs mean, and the source."""
    used = {row.hidden for row in finding.rows if row.hidden}
    signs = [f"{sign} {finding.rules.reason(why)}." for why, sign in SIGNS.items() if why in used]
    if not finding.edition.is_country and not finding.groups:
        signs.append("Forskelle er regnet på de viste andele.")
    if is_weighted(finding):
        signs.append("Antal og N er optalte svar; andelene er vægtet.")
    return [
        f"{finding.bases}. Stillet til {finding.asked_of}.",
        *apart_notes(finding),
        *signs,
        finding.source,
    ]


def interval_notes(finding: Finding) -> list[str]:
    """What the intervals of the table are, if it has any."""
    if not finding.has_intervals or (
        finding.groups
        and (not finding.combined or finding.question.type == "multiple" or counts_matter(finding))
    ):
        return []
    return [f"{'Interval i parentes' if finding.groups else 'Interval'}: {finding.interval_note}."]


def apart_notes(finding: Finding) -> list[str]:
    """What the mark of answers that differ between the groups means, or that none does; nothing
    where nothing was compared."""
    answers = (*finding.answers, *finding.combined)
    if not any(finding.comparison(answer) for answer in answers):
        return []
    marked = any(finding.beyond_chance(answer) for answer in answers)
    where = "" if finding.edition.is_country else f" i {finding.edition.name}"
    one, several = ("række", "rækkerne") if finding.is_battery else ("gruppe", "grupperne")
    found = (
        (
            f"{APART} Andelen med dette svar er forskellig fra {one} til {one}{where}, mere end "
            "tilfældet kan forklare."
        )
        if marked
        else f"Intet af svarene skiller {several}{where} ad, mere end tilfældet kan forklare."
    )
    return [
        f"{found} {test_note([made for answer in answers if (made := finding.comparison(answer))])}"
    ]


def test_note(comparisons: Sequence[Comparison]) -> str:
    """How the groups were tested, and how many comparisons were corrected together."""
    methods = {one.test.method for one in comparisons}
    test = (
        WEIGHTED_TEST
        if RAO_SCOTT in methods
        else SAME_PEOPLE
        if methods & {COCHRAN, RANDOM_ORDERS}
        else TEST
    )
    return (
        f"Hvert svar er prøvet for sig med {test}, og temaets {number(comparisons[0].among)} "
        "sammenligninger er korrigeret samlet "
        f"(Benjamini og Hochberg, {pct(RATE)}). Færre end {number(MINIMUM_GROUP)} svar er ikke "
        "sammenlignet."
    )


def is_weighted(finding: Finding) -> bool:
    """Whether the finding's shares are weighted."""
    return any(row.is_weighted for row in finding.rows)


def html_table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    stub: str,
    source_notes: Sequence[str],
    folded: bool,
    left: Sequence[str] = (),
    opener: str = OPENER,
) -> Html:
    """A frame of texts as an accessible table. Column `stub` holds the row headers, column `place`
    (if any) the row groups; the columns in `left` are text, the others numbers. A folded table lies
    under a line that says `opener`."""
    several = PLACE in frame and frame[PLACE].nunique() > 1
    shown = frame if several else frame.drop(columns=PLACE, errors="ignore")
    told = repr(
        (name, stub, list(source_notes), list(left), list(shown.columns), shown.to_numpy().tolist())
    )
    raw = made_once(told, lambda: markup(shown, name, stub, source_notes, left))
    html = with_caption(raw, name, escape(caption), CSS + TEXTS_CSS if left else CSS)
    if not several:  # with one header per row and column, scope says it all
        html = re.sub(r' headers="[^"]*"', "", html)
    if folded:
        html = f"<details><summary>{escape(opener)}</summary>\n{html}</details>"
    return Html(html, plain_table(frame, caption, source_notes))


def markup(
    frame: pd.DataFrame, name: str, stub: str, source_notes: Sequence[str], left: Sequence[str]
) -> str:
    """great_tables' markup of a frame of texts, which it escapes itself."""
    # great_tables writes its texts one by one, which Arrow is slow at
    with pd.option_context("mode.string_storage", "python"):
        made = GT(
            frame,
            rowname_col=STUB,
            groupname_col=PLACE if PLACE in frame else None,
            id=name,
            locale="da",
        ).tab_stubhead(stub)
        made = made.cols_align("right").cols_align("left", columns=list(left))
        for note in source_notes:
            made = made.tab_source_note(note)
        return made.as_raw_html()


def with_caption(raw: str, name: str, caption: str, css: str) -> str:
    """great_tables' markup with the book's style sheet in place of its own, and a caption."""
    style = f"<style>{css.format(id=name)}</style>"
    html = re.sub(r"<style>.*?</style>", lambda _: style, raw, flags=re.DOTALL)
    # a wide table scrolls by keyboard too
    region = f'<div id="{name}" role="region" aria-label="{caption}" tabindex="0">'
    html = re.sub(r"<div id=[^>]*>", lambda _: region, html, count=1)
    return (
        re.sub(
            r"(<table [^>]*>)",
            lambda found: f"{found[1]}\n<caption>{caption}</caption>",
            html,
            count=1,
        ).strip()
        + "\n"
    )


def plain_table(frame: pd.DataFrame, caption: str, source_notes: Sequence[str]) -> str:
    """The same in plain text, for a terminal."""
    names = [{STUB: "", PLACE: ""}.get(name, name) for name in frame.columns]
    lines = [" | ".join(cells) for cells in (names, *frame.itertuples(index=False, name=None))]
    return "\n".join([caption, *lines, *source_notes])
