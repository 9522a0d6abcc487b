"""Several shares of every municipality at once: what a heat map is drawn of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.page.comparison import Comparison
from helpers.page.danish import listed, number, sentence
from helpers.page.findings import Row
from helpers.page.telling import briefly


@dataclass(frozen=True)
class KeyShares:
    """Shares of every municipality and of the whole country, each under a name of its own."""

    comparisons: Mapping[str, Comparison]

    @property
    def rows(self) -> dict[str, tuple[Row, ...]]:
        """Per share its rows: the municipalities in Danish alphabetical order, and the country."""
        return {name: (*one.rows, one.total) for name, one in self.comparisons.items()}

    def data(self) -> pd.DataFrame:
        """One row per municipality, and the whole country; one column per share (0-1, missing when
        hidden)."""
        first = next(iter(self.comparisons.values()))
        places = [row.group or first.finding.whole for row in (*first.rows, first.total)]
        columns = {name: [row.share for row in rows] for name, rows in self.rows.items()}
        index = pd.Index(places, name=sentence(first.words.singular))
        return pd.DataFrame(columns, index=index, dtype="Float64")

    def alt(self) -> str:
        """The shares in words: per share between what the municipalities lie, and the country's."""
        first = next(iter(self.comparisons.values()))
        each = [
            f"{name} {self.span(name)}, {first.words.in_whole} {briefly(one.total)}"
            for name, one in self.comparisons.items()
            if not one.total.hidden
        ]
        return sentence(
            f"varmekort: et felt for hver af {number(len(first.rows))} {first.words.plural} på "
            f"{listed([name.lower() for name in self.comparisons])}. {'; '.join(each)}."
        )

    def span(self, name: str) -> str:
        """From which share to which the municipalities lie: "fra 76 pct. til 88 pct."."""
        shown = sorted(self.comparisons[name].shown, key=lambda row: row.share or 0)
        return f"fra {briefly(shown[0])} til {briefly(shown[-1])}" if shown else "skjult"

    def note(self) -> str:
        """That shares are in coarser steps than one per cent, where some are; nothing else."""
        steps = [row.step for rows in self.rows.values() for row in rows if row.is_coarse]
        return (
            f"Andele af få svar er rundet til trin på op til {number(max(filter(None, steps)))} "
            "procentpoint."
            if steps
            else ""
        )
