"""Representativeness: the answers beside the sampling frame, for the whole country."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from helpers.errors import UserError
from helpers.page.danish import listed, number, pct, points, quoted, sentence, signed_points
from helpers.page.display import Html
from helpers.page.contrasts import NOTABLE_GAP
from helpers.page.sentences import Sentence, exceeds
from helpers.page.tables import STUB, html_table
from helpers.paths import DATA
from helpers.survey.codebook import Question
from helpers.survey.editions import COUNTRY
from helpers.survey.release import Releasable


@dataclass(frozen=True)
class FrameRow:
    """One group: how many were invited, and how many answered (missing when hidden)."""

    label: str
    invited: int
    answered: int | None


@dataclass(frozen=True)
class Representation:
    """The sample and the answers by one background question, one row per group; always the whole country."""

    question: Question
    rows: tuple[FrameRow, ...]
    source: str

    @property
    def invited(self) -> int:
        return sum(row.invited for row in self.rows)

    @property
    def answered(self) -> int:
        """How many answered in all, as far as it is shown."""
        return sum(row.answered or 0 for row in self.rows)

    def row(self, label: str) -> FrameRow:
        """The group with this label. Raises UserError when there is none."""
        for row in self.rows:
            if row.label == label:
                return row
        raise UserError(f"Stikprøven har ingen gruppe »{label}«. Grupperne er: {', '.join(row.label for row in self.rows)}.")

    def difference(self, row: FrameRow) -> float:
        """The group's share of the answers minus its share of the sample (0-1). The group must not be hidden."""
        return row.answered / self.answered - row.invited / self.invited

    def table(self, folded: bool = False) -> Html:
        """One row per group: counts and shares in the sample and among the answers, and the difference."""
        records = [self.record(row) for row in self.rows]
        records.append({STUB: "I alt", "Stikprøve, antal": number(self.invited), "Stikprøve, andel": pct(1.0),
                        "Besvarelser, antal": number(self.answered), "Besvarelser, andel": pct(1.0), "Forskel i procentpoint": ""})
        caption = f"{self.question.short}: stikprøven og besvarelserne i hele landet"
        notes = ["Forskel = andel af besvarelserne minus andel af stikprøven, regnet på tal, der ikke er afrundet.", self.source]
        made = html_table(pd.DataFrame(records), f"tabel-stikproeve-{self.question.id}", caption, self.question.short, notes, folded)
        return replace(made, record={"verb": "representation", "arguments": {"question": self.question.id}, "title": caption})

    def record(self, row: FrameRow) -> dict[str, str]:
        sample = {STUB: row.label, "Stikprøve, antal": number(row.invited), "Stikprøve, andel": pct(row.invited / self.invited)}
        if row.answered is None:
            return sample | dict.fromkeys(("Besvarelser, antal", "Besvarelser, andel", "Forskel i procentpoint"), "skjult")
        return {**sample,
                "Besvarelser, antal": number(row.answered), "Besvarelser, andel": pct(row.answered / self.answered),
                "Forskel i procentpoint": signed_points(self.difference(row))}

    def data(self) -> pd.DataFrame:
        """One row per group: invited, answered, and the difference between their shares (0-1)."""
        return pd.DataFrame([{"group": row.label, "invited": row.invited, "answered": row.answered, "difference": None if row.answered is None else self.difference(row)} for row in self.rows])

    def tell(self, over: str = "{grupper} fylder mere blandt besvarelserne end i stikprøven.",
             under: str = "{grupper} fylder mindre.", alike: str = "Besvarelserne fordeler sig omtrent som stikprøven.") -> Sentence:
        """Which groups are over- and under-represented by NOTABLE_GAP or more; or that none is."""
        if self.answered == 0:
            return Sentence("Besvarelserne er skjult, fordi der er for få af dem.", hidden=True)
        apart = [row for row in self.rows if row.answered is not None and exceeds(abs(self.difference(row)), NOTABLE_GAP, or_equal=True)]
        told = [sentence(template.format(grupper=listed(f"{quoted(row.label)} ({points(self.difference(row))})" for row in rows)))
                for template, rows in ((over, [row for row in apart if self.difference(row) > 0]),
                                       (under, [row for row in apart if self.difference(row) < 0])) if rows]
        return Sentence(" ".join(told) or alike)


def representation(releasable: Releasable, question: str, source: str) -> Representation:
    """The sample and the answers by a background question. Raises UserError when data/frame has no such table."""
    path = DATA / "frame" / f"{question}.csv"
    if not path.is_file():
        known = sorted(file.stem for file in path.parent.glob("*.csv") if file.stem != "kommuner")
        raise UserError(f"Der er ingen stikprøve opgjort på »{question}«. Der er: {', '.join(known)}.")
    invited = pd.read_csv(path).set_index("label")["sample"]
    answered = releasable.table(question, "", COUNTRY.slug).set_index("answer")["count"]
    rows = tuple(FrameRow(label, int(invited[label]), None if pd.isna(answered.get(label, 0)) else int(answered.get(label, 0))) for label in invited.index)
    return Representation(releasable.codebook.question(question), rows, source)
