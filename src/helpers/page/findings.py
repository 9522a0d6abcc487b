"""A finding: one frozen record that a page shows as figure, table, sentence and alt text, so that
they cannot disagree. It knows none of these faces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.disclosure.number_ids import SHARE, NumberIds
from helpers.disclosure.rules import Rules
from helpers.errors import UserError, nearest
from helpers.not_none import not_none
from helpers.page.danish import listed, number, short_among
from helpers.page.figure_look import Look
from helpers.page.uncertainty import Interval, interval_note, interval_of
from helpers.statistics.comparisons import ITEMS, REST, Comparison, Family
from helpers.statistics.paired import Paired
from helpers.statistics.participation import Participation, answers_behind
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Breakdown, Question
from helpers.survey.rounding import per_cent

TOTAL = ""


@dataclass(frozen=True)
class Row:
    """One published share: of the `base` people in a group of a place, how many gave the answer.
    `hidden` is a reason or "".

    `share` (0-1) stands for its class, from `low` to below `high`; `step` is its step in per cent,
    0 where it is exact, and only then there may be a `count`. On a weighted page the share is
    weighted, and `effective_base` is what the weights leave of the base.
    """

    place: str
    question: str
    group: str
    answer: str
    combined: bool
    share: float | None
    low: float | None
    high: float | None
    step: float | None
    base: int | None
    hidden: str = ""
    count: int | None = None
    effective_base: float | None = None

    @property
    def is_weighted(self) -> bool:
        return self.effective_base is not None

    @property
    def is_shown(self) -> bool:
        """Whether the share is told."""
        return not self.hidden and bool(self.base)

    @property
    def is_coarse(self) -> bool:
        """Whether the share is told in steps of more than one per cent."""
        return bool(self.step and self.step > 1)

    @property
    def is_below(self) -> bool:
        """Whether all that is told is that few gave the answer, or nobody."""
        return bool(self.step) and self.low == 0

    @property
    def is_above(self) -> bool:
        """Whether all that is told is that nearly everybody gave the answer, or everybody."""
        return bool(self.step) and self.high == 1

    @property
    def width(self) -> float:
        """How wide the share's class is (0-1)."""
        return 0.0 if self.share is None else not_none(self.high) - not_none(self.low)

    @property
    def is_open(self) -> bool:
        """Whether all that is told is one end of what the share can be."""
        return self.is_below or self.is_above

    @property
    def effective(self) -> float | None:
        """How many equally weighted answers the share rests on; without weights the base."""
        return self.base if self.effective_base is None else self.effective_base

    def has_base_to(self, nearest: int) -> bool:
        """Whether its base, which must not be hidden, may be one that is told to the nearest so
        many."""
        return nearest > 1 and self.count is None and not_none(self.base) % nearest == 0

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, or None when it is hidden."""
        return None if self.share is None else per_cent(self.share)


@dataclass(frozen=True)
class Finding:
    """The answers to a question (or to a battery's statements), by group if so asked, with the
    country's beside them.

    `rows` has the edition's own rows first, in the codebook's order, and in a municipality's
    edition then the country's. Group "" is everybody. In a battery the groups are its
    statements.
    """

    edition: Edition
    codebook: Codebook
    questions: tuple[Question, ...]
    breakdown: Breakdown | None
    rows: tuple[Row, ...]
    rules: Rules
    source: str
    is_battery: bool = False
    about: str = ""  # the answer that its page is about, which a figure in words begins with
    # by place, where it is known who was asked
    participations: Mapping[str, Participation] = field(default_factory=dict)
    response_rate: float | None = None  # of the edition's invited (0-1), where that is known
    family: Family | None = None  # the comparisons of its theme, tested together
    # as `Releasable.pairs_of`
    pairs: Callable[[str, str], pd.DataFrame | None] | None = field(
        default=None, compare=False, repr=False
    )
    round: str = ""  # what its numbers' ids begin with, as `round_id` has it
    measure: str = SHARE  # what they end with
    look: Look = Look()  # how its figure is asked for

    @property
    def question(self) -> Question:
        return self.questions[0]

    @cached_property
    def ids(self) -> NumberIds:
        """The ids of its round's numbers."""
        return NumberIds(self.round, self.codebook)

    @property
    def table_id(self) -> str:
        """What the ids of the edition's own numbers in it begin with."""
        by = self.breakdown.id if self.breakdown else ""
        name = not_none(self.question.battery) if self.is_battery else self.question.id
        return self.ids.table(self.edition.name, name, by)

    def number_id(self, row: Row) -> str:
        """The stable id of one of its shares."""
        by, group = (self.breakdown.id, row.group) if self.breakdown and row.group else ("", "")
        return self.ids.number(row.place, row.question, by, group, row.answer, self.measure)

    @property
    def record(self) -> dict:
        """The question to `Page` that this finding answers."""
        survey = {"survey": self.codebook.survey}
        if self.is_battery:
            return {
                "verb": "battery",
                **survey,
                **self.look.record,
                "arguments": {"battery": self.question.battery},
                "title": self.wording,
            }
        by = {
            name: value
            for name, value in (("by", self.breakdown and self.breakdown.id), ("about", self.about))
            if value
        }
        grouped = f" efter {self.breakdown.title.lower()}" if self.breakdown else ""
        return {
            "verb": "finding",
            **survey,
            **self.look.record,
            "arguments": {"question": self.question.id, **by},
            "title": f"{self.question.short}{grouped}",
        }

    @property
    def wording(self) -> str:
        """The question as the respondents read it; of a statement alone, the battery's question and
        the statement."""
        stem = (self.question.stem or "").rstrip(":")
        return stem if self.is_battery else f"{stem}: {self.question.text}".removeprefix(": ")

    @property
    def caption(self) -> str:
        """The wording, and what the answers are broken down by."""
        by = f" Opdelt på {self.breakdown.title.lower()}." if self.breakdown else ""
        return f"{self.wording}{by}"

    @property
    def asked_of(self) -> str:
        return not_none(self.question.asked_of)

    @property
    def answers(self) -> tuple[str, ...]:
        """The answer options in the questionnaire's order."""
        return self.look.arranged(self.question.labels)

    @property
    def combined(self) -> tuple[str, ...]:
        """The answers that add up several options."""
        single = set(self.question.labels)
        return tuple(c.label for c in self.question.combined.values() if c.label not in single)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the codebook's order, without the total."""
        named = dict.fromkeys(row.group for row in self.rows if row.group != TOTAL)
        return self.look.arranged(named)

    @property
    def places(self) -> tuple[str, ...]:
        """The edition's name, and in a municipality's edition also the country's."""
        return tuple(dict.fromkeys((self.edition.name, self.whole)))

    @property
    def whole(self) -> str:
        """What the country's edition is called: "Hele landet"."""
        return self.codebook.places.whole_name

    @property
    def title_of_groups(self) -> str:
        return (
            self.question.items_title or "Udsagn"
            if self.is_battery
            else self.breakdown.title
            if self.breakdown
            else ""
        )

    def row(self, answer: str, group: str = TOTAL, place: str | None = None) -> Row:
        """One estimate. `answer` is an option's wording or the name of a combined answer
        ("positive"); `group` a group's label or a statement's id. Raises UserError with the nearest
        when there is none."""
        wanted = (place or self.edition.name, self.group(group), self.label(answer))
        for row in self.rows:
            if (row.place, row.group, row.answer) == wanted:
                return row
        raise UserError(
            f"Der er intet tal for »{wanted[2]}«, »{wanted[1] or 'alle'}« i {wanted[0]} på "
            f"»{self.question.id}«."
        )

    def label(self, answer: str) -> str:
        """The answer's wording, from its wording (with or without its examples) or from the name of
        a combined answer."""
        if answer in self.question.combined:
            return self.question.combined[answer].label
        if answer in (*self.answers, *self.combined):
            return answer
        without_examples = [one for one in self.answers if self.short(one) == answer]
        if len(without_examples) == 1:
            return without_examples[0]
        known = (*self.question.combined, *self.answers)
        raise UserError(
            f"»{self.question.id}« har ikke svaret »{answer}«. {nearest(answer, known)} Mulige: "
            f"{', '.join(known)}."
        )

    def short(self, label: str) -> str:
        """An answer or a group as a chart or a sentence has it: without examples and code, unless
        another would be called the same."""
        return short_among(label, (*self.question.labels, *self.groups))

    def group(self, group: str) -> str:
        """The group's label, from its label or from a statement's id."""
        label = (
            {question.id: question.text for question in self.questions}.get(group, group)
            if self.is_battery
            else group
        )
        if label in (TOTAL, *self.groups):
            return label
        raise UserError(
            f"Der er ingen gruppe »{group}« i »{self.question.id}«. {nearest(group, self.groups)} "
            f"Grupperne er: {', '.join(self.groups) or 'ingen'}."
        )

    def phrase(self, group: str) -> str:
        """The people of a group as words in a sentence: "sygedagpengemodtagere"."""
        phrases = {g.label: g.phrase for g in self.breakdown.groups} if self.breakdown else {}
        return phrases.get(group, f"»{group}«")

    def base(self, group: str = TOTAL, place: str | None = None) -> int | None:
        """How many answered in a group, or None when that is hidden."""
        group = self.groups[0] if self.is_battery and group == TOTAL else group
        return self.row(self.answers[0], group, place).base

    def base_text(self, place: str | None = None) -> str:
        """The base as a reader sees it: "5.778", "71 til 72" when a battery's items differ, or that
        it is hidden."""
        bases = (
            {self.base(group, place) for group in self.groups}
            if self.is_battery
            else {self.base(place=place)}
        )
        shown = sorted(base for base in bases if base is not None)
        hidden = [f"under {number(self.rules.minimum_base)} (skjult)"] if None in bases else []
        return " til ".join(
            [*hidden, *dict.fromkeys(number(base) for base in (*shown[:1], *shown[-1:]))]
        )

    @property
    def bases(self) -> str:
        """The base in each place: "N = 5.778", or "N = 867 (Vejle) og 5.778 (Hele landet)"."""
        several = len(self.places) > 1
        each = [
            f"{self.base_text(place)}{f' ({place})' if several else ''}" for place in self.places
        ]
        return f"N = {listed(each)}"

    def reason(self, row: Row) -> str:
        """Why a row is hidden, in words."""
        return self.rules.reason(row.hidden)

    def interval(self, row: Row) -> Interval:
        """The ends of the share's 95 per cent interval; the row must not be hidden."""
        return interval_of(
            row.question,
            not_none(row.share),
            row.width,
            not_none(row.effective),
            not_none(row.base),
            self.participation(row),
        )

    def participation(self, row: Row) -> Participation | None:
        """Who took part where a share is from; a group may be a municipality."""
        return self.participations.get(row.group, self.participations.get(row.place))

    def answers_behind(self, row: Row) -> float:
        """How many independent answers a share rests on; infinitely many where all have
        answered."""
        return answers_behind(
            row.question, not_none(row.effective), not_none(row.base), self.participation(row)
        )

    @property
    def interval_note(self) -> str:
        """What the intervals of the edition's own shares are."""
        participation = self.participations.get(self.edition.name)
        note = interval_note(
            participation, "" if self.edition.is_country else self.edition.name, self.response_rate
        )
        return (
            f"{note}, med vægtenes ekstra usikkerhed"
            if any(row.is_weighted for row in self.rows)
            else note
        )

    @property
    def has_intervals(self) -> bool:
        """Whether its faces show intervals: not for background questions, which tell who has
        answered and estimate nothing."""
        return self.question.role == "answer" and any(row.is_shown for row in self.rows)

    def comparison(self, answer: str) -> Comparison | None:
        """The test of whether an answer's share differs between the groups, or the statements; None
        where there are not two to compare."""
        if self.family is None:
            return None
        if self.is_battery:
            return self.family.of(not_none(self.question.battery), ITEMS, self.label(answer))
        if self.breakdown is None:
            return None
        return self.family.of(self.question.id, self.breakdown.id, self.label(answer))

    def beyond_chance(self, answer: str) -> bool:
        """Whether an answer's share differs between the groups by more than chance, all comparisons
        of the theme corrected together."""
        comparison = self.comparison(answer)
        return comparison is not None and comparison.beyond_chance

    def differs_from_rest(self, row: Row) -> bool:
        """Whether a municipality's share differs from the rest of the country's by more than
        chance, as above."""
        if self.family is None or row.group and not self.is_battery:
            return False
        found = self.family.of(row.question, REST, row.answer)
        return found is not None and found.beyond_chance

    def pair(self, answer: str, first: str, second: str) -> Paired | None:
        """Two of a battery's statements (their ids) held against each other in an answer, or two
        answers (and `answer` "") to a question, among the same people; None where that is not
        told."""
        if not self.pairs:
            return None
        subject = not_none(self.question.battery) if answer else self.question.id
        label = answer and self.label(answer)
        if label not in self.pairs_read:
            self.pairs_read[label] = paired_in(self.pairs(subject, label))
        return self.pairs_read[label].get((first, second))

    @cached_property
    def pairs_read(self) -> dict[str, dict[tuple[str, str], Paired]]:
        """The pairs that were asked for, by the answer they are of; each is asked for again and
        again."""
        return {}

    @property
    def is_withheld(self) -> bool:
        """Whether nearly nobody in a municipality answered, so that there is nothing to show of
        it."""
        return not self.edition.is_country and all(
            row.hidden for row in self.rows if row.place == self.edition.name
        )

    def data(self) -> pd.DataFrame:
        """One row per place, group and answer: base, share (0-1, missing when hidden) with its step
        in per cent and the ends of its class (`from`, `below`), count where it is exact, the reason
        it is hidden, whether only one end of its class is told (`open`), and the interval's ends
        (0-1, missing for background questions)."""
        records = [
            {
                "place": row.place,
                "question": row.question,
                "group": row.group,
                "answer": row.answer,
                "combined": row.combined,
                "count": row.count,
                "base": row.base,
                "share": row.share,
                "step": row.step,
                "from": row.low,
                "below": row.high,
                "hidden": self.reason(row) if row.hidden else "",
                "open": row.is_open,
                **self.ends(row),
            }
            for row in self.rows
        ]
        kinds: dict[str, Any] = {
            **dict.fromkeys(("share", "step", "from", "below", "low", "high"), "Float64"),
            **dict.fromkeys(("count", "base"), "Int64"),
            # in the questionnaire's order, which figures and pivot tables follow
            "place": pd.CategoricalDtype(list(self.places)),
            "group": pd.CategoricalDtype([*self.groups, TOTAL]),
            "answer": pd.CategoricalDtype([*self.answers, *self.combined]),
        }
        return pd.DataFrame(records).astype(kinds)

    def ends(self, row: Row) -> dict[str, float | None]:
        """The ends of the share's interval as `low` and `high`; None where there is none to
        show."""
        low, high = (
            self.interval(row) if self.has_intervals and row.share is not None else (None, None)
        )
        return {"low": low, "high": high}


def paired_in(pairs: pd.DataFrame | None) -> dict[tuple[str, str], Paired]:
    """Every two of the pairs' answers or statements held against each other, in either order; none
    where that is not told."""
    found = {}
    rows: Iterable[Any] = [] if pairs is None else pairs.itertuples()
    for row in rows:
        gap, low, high, base = row.gap, row.low, row.high, int(row.base)
        found[row.first, row.second] = Paired(row.p, gap, low, high, base)
        found[row.second, row.first] = Paired(row.p, -gap, -high, -low, base)
    return found
