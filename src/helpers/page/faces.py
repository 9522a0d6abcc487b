"""A finding as a page shows it: the record, and its faces beside it. What the faces are made of
knows the record alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.page import alt, figures, tables
from helpers.page.beside import Line
from helpers.page.display import Html, Picture, Text
from helpers.page.findings import TOTAL, Finding


@dataclass(frozen=True)
class ShownFinding(Finding):
    """A finding that a notebook asks for its figure, table and alt text."""

    def figure(self) -> Picture | Text:
        """The finding as a chart with its alt text; the kind of chart follows from the question.
        Nothing where it is withheld."""
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
