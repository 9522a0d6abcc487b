"""Whether the numbers that a figure prints bear out the title above it.

A sentence may leave out groups of which too little is known, and say so in the next one; as a title
it stands alone, over a figure that has them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.not_none import not_none
from helpers.page.beside import Beside
from helpers.page.danish import quoted
from helpers.page.findings import Finding, Row
from helpers.page.telling import told
from helpers.takeaway.captions import estimates

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject

HIGHEST = re.compile(r"\b(?:flest|mest|størst|højest|oftest|hyppigst)", re.IGNORECASE)
LOWEST = re.compile(r"\b(?:færrest|mindst|lavest|sjældnest)", re.IGNORECASE)
SHARE = re.compile(r"(?:(?:omkring|under|over) )?\d+(?:,\d+)? pct\.", re.IGNORECASE)


def shows_as_told(subject: Subject, title: str) -> bool:
    """Whether the shares that a title tells stand in the figure, where it has nothing but shares
    beside each other, and none of the groups that are shown lies beyond those that the title calls
    the highest and the lowest."""
    shown = [(finding, row) for finding, row in estimates(subject) if not row.hidden]
    if isinstance(subject, Beside):
        texts = {told(row).casefold() for _, row in shown}
        if not {one.casefold() for one in SHARE.findall(title)} <= texts:
            return False
    home = [(finding, row) for finding, row in shown if row.place == finding.edition.name]
    groups = sorted((one for one in home if one[1].group), key=answer_of)
    answers = [(f, row) for f, row in home if f is subject and not (row.group or row.combined)]
    return most_borne(answers, title) and all(
        ends_borne([*each], title) for _, each in groupby(groups, key=answer_of)
    )


def answer_of(estimate: tuple[Finding, Row]) -> tuple[str, str]:
    row = estimate[1]
    return row.question, row.answer


def ends_borne(groups: Sequence[tuple[Finding, Row]], title: str) -> bool:
    """Whether no group's share of an answer lies beyond those that the title names with theirs."""
    named = [
        not_none(row.percent)
        for finding, row in groups
        if finding.phrase(row.group) in title and told(row) in title
    ]
    shares = [not_none(row.percent) for _, row in groups]
    return not named or not (
        (HIGHEST.search(title) and max(shares) > max(named))
        or (LOWEST.search(title) and min(shares) < min(named))
    )


def most_borne(answers: Sequence[tuple[Finding, Row]], title: str) -> bool:
    """Whether no answer has a larger share than those that the title calls the most common."""
    named, others = (
        [
            not_none(row.percent)
            for finding, row in answers
            if (quoted(finding.short(row.answer)) in title) == wanted
        ]
        for wanted in (True, False)
    )
    return not (HIGHEST.search(title) and named and max(others, default=0) > min(named))
