"""A table of texts as HTML that a screen reader can follow: every header has a scope, and where
rows stand in groups, every cell names its headers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape
from itertools import chain, count

import pandas as pd

PLACE, STUB = "place", "stub"
NOT_IN_ID = re.compile(r"[^\w.:-]+")
TABLE = """<thead>

<tr class="gt_col_headings">
{heads}
</tr>
</thead>
<tbody class="gt_table_body">
{body}
</tbody>
{foot}
"""
FOOT = "<tfoot>{}</tfoot>"
HEAD = (
    '  <th class="gt_col_heading gt_columns_bottom_border {side}" rowspan="1" colspan="1" '
    'scope="col"{id}>{text}</th>'
)
GROUP = """  <tr class="gt_group_heading_row">
    <th class="gt_group_heading" colspan="{width}" scope="colgroup" id="{id}">{text}</th>
  </tr>"""
ROW_HEAD = '    <th scope="row" id="{id}" class="gt_row gt_left gt_stub">{text}</th>'
CELL = '    <td{headers} class="gt_row {side}">{text}</td>'
NOTE = (
    '<tr class="gt_sourcenotes"><td class="gt_sourcenote" colspan="{width}">'
    '<span class="gt_from_md">{text}</span></td></tr>'
)


def table_markup(
    frame: pd.DataFrame, name: str, stub: str, notes: Sequence[str], left: Collection[str]
) -> str:
    """The frame's texts as a table whose ids begin with `name`. Column STUB holds the row headers,
    which the table calls `stub`, and column PLACE (if any) the row groups; the columns in `left`
    are text, the others numbers."""
    columns = [column for column in map(str, frame) if column not in (STUB, PLACE)]
    used: list[str] = []
    ids = [new_id(name, label, used) for label in (stub, *columns)]
    sides = ["gt_left" if column in (STUB, *left) else "gt_right" for column in (STUB, *columns)]
    heads = [
        HEAD.format(side=side, id=f' id="{own}"' if label else "", text=escape(label))
        for side, own, label in zip(sides, ids, (stub, *columns))
    ]
    body = []
    for group, rows in groups_of(frame.reset_index(drop=True)):
        above = new_id(name, group, used) if group else ""
        if group:
            body.append(GROUP.format(width=len(heads), id=above, text=escape(group)))
        for at, *cells in rows[[STUB, *columns]].itertuples(name=None):
            body.append(row_markup(cells, f"{name}-stub-{at + 1}", above, ids, sides))
    foot = "".join(NOTE.format(width=len(heads), text=escape(note)) for note in notes)
    return TABLE.format(
        heads="\n".join(heads), body="\n".join(body), foot=foot and FOOT.format(foot)
    )


def row_markup(
    cells: Sequence[object], own: str, group: str, columns: Sequence[str], sides: Sequence[str]
) -> str:
    """A row whose first cell is its header and has the id `own`; those after it name their headers
    where it stands in a group, for else the headers' scopes say it all."""
    first, *others = (escape(str(cell)) for cell in cells)
    made = [
        CELL.format(
            headers=f' headers="{group} {own} {column}"' if group else "", side=side, text=text
        )
        for text, column, side in zip(others, columns[1:], sides[1:])
    ]
    return "\n".join(["  <tr>", ROW_HEAD.format(id=own, text=first), *made, "  </tr>"])


def groups_of(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The row groups by their labels, in the order in which they are met; without any, all rows
    under no label."""
    if PLACE not in frame:
        return [("", frame)]
    return [(place, frame[frame[PLACE] == place]) for place in frame[PLACE].unique()]


def new_id(table: str, label: str, used: list[str]) -> str:
    """An id made of a header's label, unlike those `used` before, to which it is added."""
    base = f"{table}-{NOT_IN_ID.sub('-', label).strip('-') or 'column'}"
    found = next(one for one in chain([base], (f"{base}-{n}" for n in count(2))) if one not in used)
    used.append(found)
    return found
