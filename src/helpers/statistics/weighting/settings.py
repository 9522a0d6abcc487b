"""How answers are weighted: the declared choices, read from data/weighting.yaml."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from helpers.paths import DATA
from helpers.survey.yaml_lines import Record, parse

SETTINGS = DATA / "weighting.yaml"
UNWEIGHTED, SAMPLE = "uden", "stikproeve"  # what a page can be asked for


class MergedOptions(Record):
    """Options of a question that count as one group of its margin."""

    label: str
    options: tuple[str, ...] = Field(min_length=1)


class Margin(Record):
    """A question whose answers shall be distributed as the frame is; options not in `groups` are a
    group each."""

    question: str
    groups: tuple[MergedOptions, ...] = ()

    def group_of(self, option: str) -> str:
        """The group that an option belongs to."""
        return next((group.label for group in self.groups if option in group.options), option)


class OwnLink(Record):
    """Places where nobody knows who was asked: the frame's other tables count their answers instead
    of those asked."""

    question: str
    options: tuple[str, ...] = Field(min_length=1)


class Settings(Record):
    """The choices: margins, and in people how near each must come; `cap` is the largest weight in
    average weights."""

    margins: tuple[Margin, ...] = Field(min_length=1)
    own_link: OwnLink | None = None
    cap: float = Field(default=5.0, gt=1)
    tolerance: float = Field(default=1e-7, gt=0)
    iterations: int = Field(default=500, ge=1)


def load_settings(path: Path = SETTINGS) -> Settings:
    """The settings in force. Raises UserError that names the line of a mistake."""
    return parse(path, Settings)
