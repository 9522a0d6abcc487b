"""The explorer's data: the codebooks once, and one file of published shares per survey and edition,
so that a page loads only what it shows.

A share is in the files as the book's pages tell it, and no more exactly. What is hidden is not in
them; a letter in its place says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.disclosure.number_ids import MEAN, SHARE, NumberIds, plain, round_id
from helpers.disclosure.release import Releasable
from helpers.disclosure.taking_part import participation_of
from helpers.not_none import not_none
from helpers.page import figures
from helpers.page.danish import listed, quoted
from helpers.page.findings import Row
from helpers.page.findings_made import (
    duplicate,
    participations,
    possible_groups,
    rate_of,
    row_of,
    source_of,
)
from helpers.page.mean_rows import MeanRow
from helpers.page.means_made import every_mean
from helpers.page.notice import synthetic_words
from helpers.page.tables import SIGNS, SMALL_BASE
from helpers.page.telling import lower_border, upper_border
from helpers.page.uncertainty import interval_note
from helpers.statistics.intervals import published_ends
from helpers.statistics.participation import answers_behind
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition, slug
from helpers.survey.questions import Question
from helpers.survey.rounding import per_cent
from helpers.survey.scores import Scale

LETTERS = "abcdefgh"
PLAIN = re.compile(r"[A-Za-z0-9ÆØÅæøå\W]*")  # \W: signs
COARSE, BELOW, ABOVE = "~", "<", ">"  # what a share that is told in steps begins with in a file


@dataclass(frozen=True)
class PageLink:
    """A page of the book: that of the `questions` it names (ids of questions or batteries), else of
    its theme."""

    slug: str
    title: str
    questions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Explored:
    """A survey to explore: its estimates, the editions that have a book, the books' pages on it,
    and what follows the source of every number."""

    releasable: Releasable
    bound: Sequence[Edition]
    pages: Sequence[PageLink] = ()
    note: str = ""

    @property
    def slug(self) -> str:
        """The survey in addresses and file names: "borgerne", "jobcentrene"."""
        return slug(self.releasable.codebook.unit.definite_plural)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions to choose from. The whole country is always there, for municipalities are
        shown beside it."""
        return tuple(
            edition
            for edition in self.releasable.editions
            if edition in {*self.bound, self.releasable.country}
        )


def codebook_data(explored: Explored) -> dict:
    """What the page needs to know of a survey's questions, breakdowns and editions."""
    releasable = explored.releasable
    codebook, rules = releasable.codebook, releasable.rules
    ids = NumberIds(round_id(releasable.manifest), codebook)
    return {
        "source": f"{source_of(releasable)} {explored.note}".strip(),
        "origin": releasable.manifest.source,
        "unit": {
            "singular": codebook.unit.singular,
            "plural": codebook.unit.plural,
            "all": codebook.unit.definite_plural,
        },
        "apart": told_apart(codebook),
        "smallBase": SMALL_BASE,
        "baseTo": rules.base_to,
        "reasons": {letter: rules.reason(code) for code, letter in letters(releasable).items()},
        "signs": {letter: SIGNS[code] for code, letter in letters(releasable).items()},
        "editions": [edition_names(explored, edition) for edition in explored.editions],
        "country": releasable.country.address,
        "parts": parts(codebook, explored.pages),
        "round": ids.round,
        "survey": codebook.survey,
        "measure": SHARE,
        "meanMeasure": MEAN,
        "questions": {
            question.id: question_data(question, codebook.is_of_places(question))
            | {"words": not_plain(ids.answers[question.id])}
            for question in codebook.tabulated
        }
        | batteries(codebook)
        | {scale.id: index_data(scale) for scale in codebook.scales if scale.is_index},
        "breakdowns": [
            {
                "id": breakdown.id,
                "title": breakdown.title,
                "groups": [group.label for group in breakdown.groups],
                "words": not_plain(ids.groups[breakdown.id]),
            }
            for breakdown in codebook.breakdowns
        ],
    }


def not_plain(words: Mapping[str, str]) -> dict[int, str]:
    """The words in ids that the page cannot make of the wordings alone, by their numbers: those
    with a digest, and those of other letters."""
    return {
        at: word
        for at, (label, word) in enumerate(words.items())
        if word != plain(label) or not PLAIN.fullmatch(label)
    }


def told_apart(codebook: Codebook) -> str:
    """Why no answers of the survey are broken down, as sentences; nothing where they are."""
    unit = codebook.unit
    if not unit.institution:
        return ""
    return (
        f"{unit.definite_plural.capitalize()} vises kun samlet og kun for "
        f"{codebook.places.whole}. Opdelt ville de enkelte {unit.plural} kunne genkendes."
    )


def edition_names(explored: Explored, edition: Edition) -> dict:
    """What an edition is called, whether it has a book, and what its notice and its intervals
    say."""
    releasable = explored.releasable
    note = interval_note(
        participation_of(releasable, edition),
        "" if edition.is_country else edition.name,
        rate_of(releasable, edition),
    )
    notice = (
        synthetic_words(edition, releasable.manifest, releasable.codebook)
        if releasable.manifest.synthetic
        else ""
    )
    return {
        "slug": edition.address,
        "name": edition.name,
        "country": edition.is_country,
        "bound": edition in explored.bound,
        "interval": note,
        "notice": notice,
    }


def question_data(question: Question, is_of_places: bool) -> dict:
    single = set(question.labels)
    text = f"{question.stem} {question.text}" if question.battery else question.text
    return {
        "short": question.short,
        "text": text,
        "asked": question.asked_of,
        "answers": list(question.labels),
        "sums": [sum_.label for sum_ in question.combined.values() if sum_.label not in single],
        "dontKnow": question.labels.index(question.dont_know)
        if question.dont_know in question.labels
        else -1,
        "multiple": question.type == "multiple",
        "background": question.role == "background",
        "country": is_of_places,
    }


def index_data(scale: Scale) -> dict:
    """An index as a question without answers, which has means alone."""
    return {
        **question_data(scale.questions[0], is_of_places=False),
        "short": scale.short,
        "text": f"Gennemsnit af {listed(quoted(one.short) for one in scale.questions)}.",
        "answers": [],
        "sums": [],
        "dontKnow": -1,
    }


def batteries(codebook: Codebook) -> dict:
    """Each battery as one question whose groups are its statements."""
    names = dict.fromkeys(question.battery for question in codebook.tabulated if question.battery)
    items = {name: codebook.battery(name) for name in names}
    return {
        name: {
            **question_data(these[0], is_of_places=False),
            "short": these[0].battery_short,
            "text": not_none(these[0].stem).rstrip(":"),
            "items": [item.id for item in these],
            "statements": [item.text for item in these],
            "statement": these[0].items_title or "Udsagn",
        }
        for name, these in items.items()
    }


def parts(codebook: Codebook, pages: Sequence[PageLink]) -> list[dict]:
    """The questions under the pages of the book that they belong to, in the codebook's order; a
    battery before its statements."""
    found: dict[tuple[str, str], list[str]] = {}
    for question in codebook.tabulated:
        ids = found.setdefault(part_of(question, pages), [])
        if question.battery and question.battery not in ids:
            ids.append(question.battery)
        ids.append(question.id)
    indexes = [scale.id for scale in codebook.scales if scale.is_index]
    if indexes:
        found[("", "Indeks")] = indexes
    return [
        {"slug": slug, "title": title, "questions": ids} for (slug, title), ids in found.items()
    ]


def part_of(question: Question, pages: Sequence[PageLink]) -> tuple[str, str]:
    """The slug and title of the question's page: the first that names it, or that of its theme, or
    the appendix for background questions."""
    start = f"tema-{question.theme}-" if question.theme else "bilag-"
    page = next(
        (
            page
            for page in pages
            if page.questions & {question.id, question.battery} or page.slug.startswith(start)
        ),
        None,
    )
    return (
        (page.slug, page.title)
        if page
        else ("", f"Tema {question.theme}" if question.theme else "Baggrund")
    )


def letters(releasable: Releasable) -> dict[str, str]:
    """A letter for each reason for hiding that occurs."""
    codes = sorted(
        code for code in releasable.published.estimates["hidden"].astype(str).unique() if code
    )
    return dict(zip(codes, LETTERS))


def edition_data(releasable: Releasable, edition: Edition) -> dict:
    """question -> breakdown ("" for none) -> per group [its number, base, cells, ends, counts,
    lengths].

    Group number -1 is everybody. `cells` has one share per answer, then per sum, as `cell` gives
    it. `ends` are the ends of the shares' 95 per cent intervals in whole per cent, low and high in
    turn, as on the book's pages, or 0 where there are none. `counts` has one count per share, or is
    0 where they are not told. `lengths` are the parts of one bar in whole per cent, or 0 where the
    cells in proportion to each other are right. A group is hidden whole: [its number, the letter of
    the reason]. Where the question has scores, a shown group's mean follows as text, and as a part
    of the scale in per cent.
    """
    reason = letters(releasable)
    groups: dict = {}
    for estimate in shown_estimates(releasable, edition):
        name = (estimate.question, estimate.breakdown, estimate.group)
        groups.setdefault(name, []).append(estimate)
    numbers = {
        breakdown.id: {group.label: at for at, group in enumerate(breakdown.groups)}
        for breakdown in releasable.codebook.breakdowns
    }
    tables: dict = {}
    for (question, by, group), estimates in groups.items():
        why, number = estimates[0].hidden, numbers[by][group] if by else -1
        asked = releasable.codebook.question(question)
        told = [reason[why]] if why else group_data(estimates, edition, asked)
        tables.setdefault(question, {}).setdefault(by, []).append([number, *told])
    for by, row in every_mean(releasable, edition):
        number = numbers[by][row.group] if by else -1
        add_mean(tables.setdefault(row.scale.id, {}), by, number, row)
    return tables


def add_mean(own: dict, by: str, number: int, row: MeanRow) -> None:
    """Writes a mean after what is told of the same group; of an index it is all that is told."""
    told = next((one for one in own.get(by, ()) if one[0] == number), None)
    if row.mean is None or (told is None and not row.scale.is_index):
        return
    if told is None:
        own.setdefault(by, []).append(told := [number, row.base, [], 0, 0, 0])
    if len(told) > 2:  # a group whose shares are hidden has no mean
        told += [f"{row.text} ({row.interval_text})", round(100 * row.mean.part)]


def shown_estimates(releasable: Releasable, edition: Edition) -> Iterator[Any]:
    """An edition's estimates that a page would show or say are hidden, with their `ends`."""
    codebook = releasable.codebook
    table = with_intervals(releasable.published.of(edition.slug), releasable, edition)
    estimates: Iterator[Any] = table.itertuples(name="Estimate", index=False)
    for estimate in estimates:
        if belongs(estimate, codebook.question(estimate.question), codebook, edition):
            yield estimate


def group_data(estimates: list, edition: Edition, question: Question) -> list:
    """What is told of a group: its base, cells, ends, counts and the lengths of one bar's parts."""
    rows = [row_of(estimate, edition, question.id, estimate.group) for estimate in estimates]
    ends = [end for estimate in estimates for end in estimate.ends]
    counts = [row.count for row in rows]
    parts = rows[: len(question.labels)]
    lengths = figures.fitted_parts(parts) if question.type == "single" else []
    return [
        rows[0].base,
        [cell(row) for row in rows],
        ends or 0,
        0 if None in counts else counts,
        lengths or 0,
    ]


def cell(row: Row) -> int | str:
    """A share in whole per cent; "~40" where it is told in larger steps, "<8" or ">92" at the
    ends."""
    if row.is_below:
        return f"{BELOW}{upper_border(not_none(row.high))}"
    if row.is_above:
        return f"{ABOVE}{lower_border(not_none(row.low))}"
    percent = not_none(row.percent)
    return f"{COARSE}{percent}" if row.is_coarse else percent


def with_intervals(rows: pd.DataFrame, releasable: Releasable, edition: Edition) -> pd.DataFrame:
    """An edition's estimates with a column `ends`: low and high in whole per cent; none where the
    share is hidden, or tells who has answered. The same as `interval_of` gives, for all of them at
    once.
    """
    inferred = {one.id for one in releasable.codebook.tabulated if one.role == "answer"}
    told = rows[rows["share"].notna() & rows["question"].isin(inferred)]
    share, width = told["share"].to_numpy(float), (told["high"] - told["low"]).to_numpy(float)
    low, high = published_ends(share, width, independent_answers(told, releasable, edition))
    pairs = ((per_cent(start), per_cent(end)) for start, end in zip(low, high))
    found = dict(zip(told.index, pairs))
    ends = [found.get(at, ()) for at in rows.index]
    return rows.assign(ends=pd.Series(ends, index=rows.index, dtype=object))


def independent_answers(told: pd.DataFrame, releasable: Releasable, edition: Edition) -> np.ndarray:
    """How many answers each share rests on; more than its base where it is known how many were
    asked."""
    asked = {"": participations(releasable, [edition], None)} | {
        by.id: participations(releasable, [edition], by) for by in releasable.codebook.breakdowns
    }
    found = []
    names = ["question", "breakdown", "group", "base"]
    rows: Iterator[Any] = told[names].itertuples(name="Share", index=False)
    for row in rows:
        took_part, base = asked[row.breakdown], int(row.base)
        among = took_part.get(row.group, took_part.get(edition.name))
        found.append(answers_behind(row.question, base, base, among))
    return np.array(found, float)


def belongs(row: Any, question: Question, codebook: Codebook, edition: Edition) -> bool:
    """Whether a page would show the row: no screening, no group that was never asked, no sum that
    is one option over again."""
    if (
        question.role == "screening"
        or duplicate(row, question)
        or (codebook.is_of_places(question) and not edition.is_country)
    ):
        return False
    return not row.breakdown or row.group in possible_groups(
        question, codebook.breakdown(row.breakdown)
    )


def script(name: str, value: dict) -> str:
    """A script that stores a value: pages opened as files may load scripts, but not fetch data."""
    return f"{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
