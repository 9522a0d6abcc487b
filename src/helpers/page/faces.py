"""A finding as a page shows it: the record, and its faces beside it. What the faces are made of
knows the record alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from helpers.errors import nearest
from helpers.page import alt, figures, tables
from helpers.page.beside import Line
from helpers.page.display import Html, Picture, Text
from helpers.page.figure_look import made_look
from helpers.page.findings import TOTAL, Finding

SIZE = "size"


@dataclass(frozen=True)
class ShownFinding(Finding):
    """A finding that a notebook asks for its figure, table and alt text."""

    def figure(
        self,
        order: str | Sequence[str] = (),
        highlight: str | Sequence[str] = (),
        colours: Mapping[str, str] = MappingProxyType({}),
        width: float = 1.0,
    ) -> Picture | Text:
        """The finding as a chart with its alt text; the kind of chart follows from the question.
        Nothing where it is withheld.

        `order` names what comes first, or is "size"; `highlight` answers that stand out; `colours`
        answers' colours, by the names of `figure_look.PALETTE`; `width` is a part of the page's.
        Raises UserError for what the finding or the palette does not have.
        """
        first = by_size(self) if order == SIZE else [self.name(name) for name in several(order)]
        look = made_look(
            first,
            [self.label(name) for name in several(highlight)],
            {self.label(name): colour for name, colour in colours.items()},
            width,
        )
        return replace(self, look=look).drawn()

    def name(self, given: str) -> str:
        """A group's or an answer's label, from what an author calls it."""
        known = (*self.question.combined, *self.answers, *self.combined)
        statements = [question.id for question in self.questions if self.is_battery]
        is_group = given not in known and nearest(given, (*self.groups, *statements))
        return self.group(given) if is_group else self.label(given)

    def drawn(self) -> Picture | Text:
        """The chart, as it is asked for."""
        panels = self.question.type == "multiple" and self.groups
        if self.is_withheld or (panels and not any(self.base(group) for group in self.groups)):
            return Text("")
        return Picture(figures.svg(self), self.alt(), self.record)

    def table(self, folded: bool = True, digits: int = 0) -> Html | Text:
        """The finding's numbers as a table; `folded` lays it under a line that opens it, `digits`
        are the decimals of exact shares. Nothing where it is withheld."""
        if self.is_withheld:
            return Text("")
        return replace(tables.table(self, folded, digits), record=self.record)

    def alt(self) -> str:
        """What the chart shows, in words, for those who cannot see it."""
        return alt.text(self)

    def line(self, label: str, answer: str, group: str = TOTAL) -> Line:
        """One of the shares under a label of its own, to stand beside others."""
        return Line(label, self, self.row(answer, group))


def several(names: str | Sequence[str]) -> Sequence[str]:
    """One name or several as several."""
    return (names,) if isinstance(names, str) else names


def by_size(finding: Finding) -> tuple[str, ...]:
    """The answers, or the groups by their first answer's share, the largest first; "Ved ikke" and
    what is hidden last."""
    by_group = finding.groups and finding.question.type != "multiple"
    first = (*finding.combined, *finding.answers)[0]
    rows = {
        name: finding.row(first, name) if by_group else finding.row(name)
        for name in (finding.groups if by_group else finding.answers)
    }
    return tuple(
        sorted(
            rows,
            key=lambda name: (name == finding.question.dont_know, -(rows[name].share or -1)),
        )
    )
