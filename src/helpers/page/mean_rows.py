"""Means of scores as a page shows them: one frozen record for figure, table, sentence and alt
text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.disclosure.rules import Rules
from helpers.not_none import not_none
from helpers.page.danish import decimal, listed, short_among
from helpers.statistics.intervals import Interval
from helpers.statistics.means import Mean, mean_interval
from helpers.statistics.ranks import RankSet, rank_sets
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Breakdown
from helpers.survey.scores import Scale

FINE = 0.05  # steps on a scale from 1 to 5 up to which a mean is told with two decimals


@dataclass(frozen=True)
class MeanRow:
    """One published mean: of a scale, in a group ("" for everybody) of a place.

    `mean` is None where it is `hidden` (a reason), or where nobody has a score; `base` is how many
    have one, and `parts` the shares (0-1) of the scored answers among them, the lowest score first,
    where all are shown."""

    scale: Scale
    place: str
    group: str
    mean: Mean | None
    low: float | None
    high: float | None
    step: float | None
    base: int | None
    hidden: str = ""
    parts: tuple[float, ...] = ()
    id: str = ""  # its stable id

    @property
    def is_coarse(self) -> bool:
        """Whether the mean is told in steps too long for two decimals."""
        return bool(self.step) and not_none(self.step) > FINE * self.scale.stretch

    @property
    def is_above(self) -> bool:
        """Whether all that is told is what the mean is over."""
        return bool(self.step) and self.high == self.scale.highest

    @property
    def is_open(self) -> bool:
        """Whether all that is told is one end of what the mean can be."""
        return self.is_above or (bool(self.step) and self.low == self.scale.lowest)

    @property
    def text(self) -> str:
        """The mean as it is told: "4,18", "ca. 4,0", "over 4,9"."""
        if self.mean is None:
            return ""
        digits = 1 if self.is_coarse else 2
        if self.is_above:
            return f"over {decimal(not_none(self.low), digits)}"
        if self.is_open:
            return f"under {decimal(not_none(self.high), digits)}"
        told = decimal(self.mean.value, digits)
        return f"ca. {told}" if self.is_coarse else told

    @property
    def interval(self) -> Interval | None:
        """The ends of its 95 per cent interval, on the scale."""
        return mean_interval(self.mean) if self.mean else None

    @property
    def interval_text(self) -> str:
        """The interval: "4,15-4,20"."""
        if self.interval is None:
            return ""
        digits = 1 if self.is_coarse else 2
        return "-".join(decimal(end, digits) for end in self.interval)


@dataclass(frozen=True)
class Means:
    """Means beside each other, in the order of `rows`: of several scales in each of `places`, or of
    one scale in the groups of a breakdown, everybody last; `ranked` where the groups are places."""

    title: str
    edition: Edition
    codebook: Codebook
    scales: tuple[Scale, ...]
    breakdown: Breakdown | None
    rows: tuple[MeanRow, ...]
    rules: Rules
    source: str
    verb: str = "means"
    ranked: bool = False

    @property
    def record(self) -> dict:
        """The question to `Page` that these means answer."""
        by = {"by": self.breakdown.id} if self.breakdown else {}
        return {
            "verb": self.verb,
            "survey": self.codebook.survey,
            "arguments": {"scales": [scale.id for scale in self.scales], **by},
            "title": self.title,
        }

    @property
    def caption(self) -> str:
        """What the means are of, and what they are broken down by."""
        by = f" Opdelt på {self.breakdown.title.lower()}." if self.breakdown else ""
        return f"Gennemsnit af point: {listed(scale.short for scale in self.scales)}.{by}"

    @property
    def places(self) -> tuple[str, ...]:
        """What stands beside each other under each label: places, rounds, or with and without
        weights."""
        return tuple(dict.fromkeys(row.place for row in self.rows))

    def label(self, row: MeanRow) -> str:
        """What a row is called beside the others."""
        if self.breakdown is None:
            return row.scale.short
        return short_among(row.group, [other.group for other in self.rows]) or (
            "I alt" if row.place == self.edition.name and len(self.places) == 1 else row.place
        )

    def row(self, scale: str, group: str = "", place: str = "") -> MeanRow:
        """One of the means; KeyError where there is none."""
        wanted = (scale, group, place or self.edition.name)
        return {(row.scale.id, row.group, row.place): row for row in self.rows}[wanted]

    @cached_property
    def ranks(self) -> dict[str, RankSet]:
        """Between which ranks each group's mean lies for certain; 1 is the highest. Only of means
        broken down by place."""
        shown = [row for row in self.rows if row.group and row.mean] if self.ranked else []
        means = [not_none(row.mean) for row in shown]
        sets = rank_sets([mean.value for mean in means], [mean.variance for mean in means])
        return dict(zip((row.group for row in shown), sets))

    def reason(self, row: MeanRow) -> str:
        return self.rules.reason(row.hidden)

    def data(self) -> pd.DataFrame:
        """One row per mean: scale, place, group, base, mean on the scale with its step and the ends
        of its class (`from`, `below`) and interval (`low`, `high`), the scores' standard deviation,
        and why it is hidden."""
        return pd.DataFrame(
            [
                {
                    "scale": row.scale.id,
                    "place": row.place,
                    "group": row.group,
                    "base": row.base,
                    "mean": row.mean and row.mean.value,
                    "step": row.step,
                    "from": row.low,
                    "below": row.high,
                    "low": row.interval and row.interval.low,
                    "high": row.interval and row.interval.high,
                    "sd": row.mean and row.mean.sd,
                    "hidden": self.reason(row) if row.hidden else "",
                }
                for row in self.rows
            ]
        )
