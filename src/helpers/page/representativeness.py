"""Representativeness: the answers beside the sampling frame, for the whole country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import pandas as pd

from helpers.disclosure.release import Releasable
from helpers.errors import UserError
from helpers.not_none import not_none
from helpers.page.danish import listed, number, pct, points, quoted, signed_points
from helpers.page.display import Html, Text
from helpers.page.sentences import NOTHING, Sentence, exceeds, filled, joined
from helpers.page.tables import GAP, STUB, html_table
from helpers.statistics.corrections import RATE
from helpers.survey.editions import COUNTRY
from helpers.survey.frame import Frame
from helpers.survey.questions import Places, Question

OVER = "{grupper} fylder mere blandt besvarelserne end i stikprøven."
UNDER = "{grupper} fylder mindre."
ALIKE = "Besvarelserne fordeler sig omtrent som stikprøven."
UNKNOWN = (
    "Det er ikke opgjort, hvordan de, der fik skemaet, fordeler sig på {spoergsmaal}. "
    "Besvarelserne kan derfor ikke holdes op mod en "
    "stikprøve."
)
HIDDEN = "Hvordan besvarelserne fordeler sig, kan ikke vises, for nogle af tallene er skjult."
# a group this far from its share of the sample is over- or under-represented
REPRESENTED_APART = 0.05


TOOK_PART = "{svar} af de {inviterede}, der fik skemaet, har svaret ({andel})."
NOT_COUNTED = (
    "Det er ikke opgjort, hvem der fik skemaet. Det vides derfor ikke, om de, der har svaret, "
    "ligner de andre."
)


@dataclass(frozen=True)
class FrameRow:
    """One group: how many were invited, and how many answered (missing when hidden)."""

    label: str
    invited: int
    answered: int | None


@dataclass(frozen=True)
class Representation:
    """The sample and the answers by one background question, one row per group; always the whole
    country."""

    question: Question
    rows: tuple[FrameRow, ...]
    source: str
    places: Places
    is_split: bool = True  # into places

    @property
    def is_known(self) -> bool:
        """Whether anybody knows how many were invited."""
        return bool(self.rows)

    @property
    def invited(self) -> int:
        return sum(row.invited for row in self.rows)

    @property
    def answered(self) -> int:
        """How many answered in all, as far as it is shown."""
        return sum(row.answered or 0 for row in self.rows)

    @property
    def title(self) -> str:
        where = f" {self.places.in_whole}" if self.is_split else ""
        return f"{self.question.short}: stikprøven og besvarelserne{where}"

    def row(self, label: str) -> FrameRow:
        """The group with this label. Raises UserError when there is none."""
        for row in self.rows:
            if row.label == label:
                return row
        raise UserError(
            f"Stikprøven har ingen gruppe »{label}«. Grupperne er: "
            f"{', '.join(row.label for row in self.rows)}."
        )

    def difference(self, row: FrameRow) -> float:
        """The group's share of the answers minus its share of the sample (0-1). The group must not
        be hidden."""
        return not_none(row.answered) / self.answered - row.invited / self.invited

    def table(self, folded: bool = False) -> Html | Text:
        """One row per group: counts and shares in the sample and among the answers, and the
        difference. Nothing without a sample."""
        if not self.is_known:
            return Text("")
        records = [self.record(row) for row in self.rows]
        records.append(
            {
                STUB: "I alt",
                "Stikprøve, antal": number(self.invited),
                "Stikprøve, andel": pct(1.0),
                "Besvarelser, antal": number(self.answered),
                "Besvarelser, andel": pct(1.0),
                GAP: "",
            }
        )
        notes = [
            "Forskel = andel af besvarelserne minus andel af stikprøven, regnet på tal, der ikke "
            "er afrundet.",
            self.source,
        ]
        made = html_table(
            pd.DataFrame(records),
            f"tabel-stikproeve-{self.question.id}",
            self.title,
            self.question.short,
            notes,
            folded,
        )
        return replace(
            made,
            record={
                "verb": "representation",
                "arguments": {"question": self.question.id},
                "title": self.title,
            },
        )

    def record(self, row: FrameRow) -> dict[str, str]:
        sample = {
            STUB: row.label,
            "Stikprøve, antal": number(row.invited),
            "Stikprøve, andel": pct(row.invited / self.invited),
        }
        if row.answered is None:
            return sample | dict.fromkeys(
                ("Besvarelser, antal", "Besvarelser, andel", GAP), "skjult"
            )
        return {
            **sample,
            "Besvarelser, antal": number(row.answered),
            "Besvarelser, andel": pct(row.answered / self.answered),
            GAP: signed_points(self.difference(row)),
        }

    def data(self) -> pd.DataFrame:
        """One row per group: invited, answered, and the difference between their shares (0-1)."""
        return pd.DataFrame(
            [
                {
                    "group": row.label,
                    "invited": row.invited,
                    "answered": row.answered,
                    "difference": None if row.answered is None else self.difference(row),
                }
                for row in self.rows
            ],
            columns=["group", "invited", "answered", "difference"],
        )

    def tell(
        self,
        over: str = OVER,
        under: str = UNDER,
        alike: str = ALIKE,
        at_least: float = REPRESENTED_APART,
        unknown: str = UNKNOWN,
    ) -> Sentence:
        """Which groups are over- and under-represented by `at_least` (0-1) or more; that none is;
        or that nobody knows who was invited (`unknown`).

        Both lists are of everybody there is to list, so that chance has no part in it.
        """
        if not self.is_known:
            return filled(unknown, spoergsmaal=quoted(self.question.short))
        if self.answered == 0 or any(row.answered is None for row in self.rows):
            return filled(HIDDEN, hidden=True)
        apart = [
            row for row in self.rows if exceeds(abs(self.difference(row)), at_least, or_equal=True)
        ]
        more, fewer = (
            [row for row in apart if (self.difference(row) > 0) == above] for above in (True, False)
        )
        told = [
            filled(
                template,
                rows,
                grupper=listed(
                    f"{self.name(row)} ({points(self.difference(row))})" for row in rows
                ),
            )
            for template, rows in ((over, more), (under, fewer))
            if rows
        ]
        return joined(told) if told else filled(alike, self.rows)

    def largest(self, template: str, n: int = 2) -> Sentence:
        """The largest groups of the sample, {grupper}; nothing when nobody knows who was
        invited."""
        if not self.is_known:
            return NOTHING
        ranked = sorted(self.rows, key=lambda row: -row.invited)
        rows = [row for row in ranked if row.invited >= ranked[min(n, len(ranked)) - 1].invited]
        return filled(
            template,
            rows,
            grupper=listed(f"{self.name(row)} ({pct(row.invited / self.invited)})" for row in rows),
        )

    def furthest(self, template: str) -> Sentence:
        """How far any group is from its share of the sample at most, {afstand}; nothing where it is
        not known."""
        if (
            not self.is_known
            or self.answered == 0
            or any(row.answered is None for row in self.rows)
        ):
            return NOTHING
        gap = max(abs(self.difference(row)) for row in self.rows)
        # "at most" is rounded up
        return filled(template, self.rows, afstand=points(ceil(100 * gap - 1e-9) / 100))

    def no_pattern(self, template: str) -> Sentence:
        """That the groups' size and how well they are represented do not certainly go together
        (Spearman's rank correlation); nothing where they do, or where it is not known."""
        if (
            not self.is_known
            or len(self.rows) < 3
            or any(row.answered is None for row in self.rows)
        ):
            return NOTHING
        from scipy.stats import spearmanr  # here, because it takes half a second to load

        size, rate = (
            [row.invited for row in self.rows],
            [not_none(row.answered) / row.invited for row in self.rows],
        )
        return filled(template, self.rows) if spearmanr(size, rate).pvalue > RATE else NOTHING

    def name(self, row: FrameRow) -> str:
        """A group as words in a sentence."""
        if self.question.type == "municipality" or self.question.id == self.places.question:
            return row.label
        phrases = {option.label: option.phrase for option in self.question.options}
        return phrases.get(row.label) or quoted(row.label)


def representation(
    releasable: Releasable, frame: Frame, question: str, source: str
) -> Representation:
    """The sample and the answers by a background question; without rows when the frame has no such
    table."""
    codebook = releasable.codebook
    answered = releasable.table(question, "", COUNTRY.slug).set_index("answer")["count"]
    rows = tuple(
        FrameRow(
            label, invited, None if pd.isna(answered.get(label, 0)) else int(answered.get(label, 0))
        )
        for label, invited in frame.get(question, {}).items()
    )
    return Representation(
        codebook.question(question),
        rows,
        source,
        codebook.places,
        codebook.municipality_question is not None,
    )


def taking_part(known: tuple[int, int] | None) -> Sentence:
    """How many answered of how many who were asked to, where both are known; else that they are
    not."""
    if known is None:
        return filled(NOT_COUNTED)
    answered, asked = known
    return filled(
        TOOK_PART, svar=number(answered), inviterede=number(asked), andel=pct(answered / asked)
    )


COMMON_LINK = (
    "{kommuner} sendte skemaet ud som ét fælles link. Der findes derfor ingen oplysninger om dem, "
    "der fik det dér uden at svare, "
    "og i opgørelserne efter {baggrunde} indgår kun dem fra {kommuner}, som svarede"
)
COMMON_EVERYWHERE = COMMON_LINK + (
    ". Det samme gælder opgørelsen efter {sted}, for det vides ikke, hvor mange der blev inviteret."
)
COMMON_KNOWN = COMMON_LINK + (
    "; i opgørelsen efter {sted} indgår alle inviterede ({inviterede}). Stikprøven er derfor på "
    "{alle}, når den opgøres på "
    "{steder}, men på {del_af} i de andre opgørelser."
)
NO_COMMON_LINK = (
    "{intet_sted} har brugt et fælles link, så stikprøven er den samme i alle opgørelserne."
)


def common_links(
    places: tuple[str, ...], municipalities: Representation, *others: Representation
) -> Sentence:
    """Which municipalities used one link for everybody, and what that does to the sample; nothing
    when the sample is not known."""
    known, words = [one for one in others if one.is_known], municipalities.places
    if not municipalities.is_known or not known:
        return NOTHING
    if not places:
        return filled(NO_COMMON_LINK, intet_sted=words.none)
    told = {
        "kommuner": listed(places),
        "sted": words.singular,
        "steder": words.plural,
        "baggrunde": listed(one.question.short.lower() for one in known),
    }
    part = known[0].invited
    if part == municipalities.invited:
        return filled(COMMON_EVERYWHERE, values=told)
    invited = listed(
        f"{number(municipalities.row(place).invited)} {words.at} {place}" for place in places
    )
    return filled(
        COMMON_KNOWN,
        values=told,
        inviterede=invited,
        alle=number(municipalities.invited),
        del_af=number(part),
    )
