"""The explorer's data: the codebooks once, and one file of counts per survey and edition, so that a page loads only what it shows.

Shares are not stored: the page divides count by base. What is hidden is not in the files; a letter in its place says why.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.page.making import duplicate, participations, possible_groups, source_of
from helpers.page.notice import synthetic_words
from helpers.page.tables import SIGNS, SMALL_BASE
from helpers.page.uncertainty import LEVEL, interval_note, participation_of, population_of
from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY, Edition, slug
from helpers.survey.inference.intervals import in_population, interval_ends
from helpers.survey.questions import Question
from helpers.survey.release import Releasable
from helpers.survey.rounding import per_cent

LETTERS = "abcdefgh"


@dataclass(frozen=True)
class PageLink:
    """A page of the book: that of the `questions` it names (ids of questions or batteries), else of its theme."""

    slug: str
    title: str
    questions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Explored:
    """A survey to explore: its estimates, the editions that have a book, the books' pages on it, and what follows the source of every number."""

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
        """The editions to choose from. The whole country is always there, for municipalities are shown beside it."""
        return tuple(edition for edition in self.releasable.editions if edition in {*self.bound, COUNTRY})


def codebook_data(explored: Explored) -> dict:
    """What the page needs to know of a survey's questions, breakdowns and editions."""
    releasable = explored.releasable
    codebook, rules = releasable.codebook, releasable.rules
    return {
        "source": f"{source_of(releasable)} {explored.note}".strip(),
        "origin": releasable.manifest.source,
        "unit": {"singular": codebook.unit.singular, "plural": codebook.unit.plural, "all": codebook.unit.definite_plural},
        "apart": told_apart(codebook),
        "smallBase": SMALL_BASE,
        "reasons": {letter: rules.reason(code) for code, letter in letters(releasable).items()},
        "signs": {letter: SIGNS[code] for code, letter in letters(releasable).items()},
        "editions": [edition_names(explored, edition) for edition in explored.editions],
        "country": COUNTRY.slug,
        "parts": parts(codebook, explored.pages),
        "questions": {question.id: question_data(question) for question in codebook.tabulated} | batteries(codebook),
        "breakdowns": [{"id": breakdown.id, "title": breakdown.title, "groups": [group.label for group in breakdown.groups]}
                       for breakdown in codebook.breakdowns],
    }


def told_apart(codebook: Codebook) -> str:
    """Why no answers of the survey are broken down, as sentences; nothing where they are."""
    unit = codebook.unit
    if not unit.institution:
        return ""
    return f"{unit.definite_plural.capitalize()} vises kun samlet og kun for hele landet. Opdelt ville de enkelte {unit.plural} kunne genkendes."


def edition_names(explored: Explored, edition: Edition) -> dict:
    """What an edition is called, whether it has a book, and what its notice and its intervals say."""
    releasable = explored.releasable
    note = interval_note(participation_of(releasable, edition), "" if edition.is_country else edition.name)
    notice = synthetic_words(edition, releasable.manifest, releasable.codebook) if releasable.manifest.synthetic else ""
    return {"slug": edition.slug, "name": edition.name, "country": edition.is_country, "bound": edition in explored.bound, "interval": note,
            "notice": notice}


def question_data(question: Question) -> dict:
    single = set(question.labels)
    text = f"{question.stem} {question.text}" if question.battery else question.text
    return {
        "short": question.short, "text": text, "asked": question.asked_of, "answers": list(question.labels),
        "sums": [sum_.label for sum_ in question.combined.values() if sum_.label not in single],
        "dontKnow": question.labels.index(question.dont_know) if question.dont_know in question.labels else -1,
        "multiple": question.type == "multiple", "background": question.role == "background",
        "country": question.type == "municipality",
    }


def batteries(codebook: Codebook) -> dict:
    """Each battery as one question whose groups are its statements."""
    names = dict.fromkeys(question.battery for question in codebook.tabulated if question.battery)
    items = {name: codebook.battery(name) for name in names}
    return {name: {**question_data(these[0]), "short": these[0].battery_short, "text": these[0].stem.rstrip(":"), "items": [item.id for item in these],
                   "statements": [item.text for item in these], "statement": these[0].items_title or "Udsagn"}
            for name, these in items.items()}


def parts(codebook: Codebook, pages: Sequence[PageLink]) -> list[dict]:
    """The questions under the pages of the book that they belong to, in the codebook's order; a battery before its statements."""
    found: dict[tuple[str, str], list[str]] = {}
    for question in codebook.tabulated:
        ids = found.setdefault(part_of(question, pages), [])
        if question.battery and question.battery not in ids:
            ids.append(question.battery)
        ids.append(question.id)
    return [{"slug": slug, "title": title, "questions": ids} for (slug, title), ids in found.items()]


def part_of(question: Question, pages: Sequence[PageLink]) -> tuple[str, str]:
    """The slug and title of the question's page: the first that names it, or that of its theme, or the appendix for background questions."""
    start = f"tema-{question.theme}-" if question.theme else "bilag-"
    page = next((page for page in pages if page.questions & {question.id, question.battery} or page.slug.startswith(start)), None)
    return (page.slug, page.title) if page else ("", f"Tema {question.theme}" if question.theme else "Baggrund")


def letters(releasable: Releasable) -> dict[str, str]:
    """A letter for each reason for hiding that occurs."""
    codes = sorted(code for code in releasable.protected.estimates["hidden"].astype(str).unique() if code)
    return dict(zip(codes, LETTERS))


def edition_data(releasable: Releasable, edition: Edition) -> dict:
    """question -> breakdown ("" for none) -> one list per group: [group's number, base, [count per answer, then per sum], ends].

    A count or base that is hidden is the letter of its reason. Group number -1 is everybody. `ends` are the ends of the shares'
    95 per cent intervals in whole per cent, [low, high] per count or 0 where there is none, as on the book's pages.
    """
    codebook, reason = releasable.codebook, letters(releasable)
    rows = with_intervals(releasable.protected.of(edition.slug), releasable, edition)
    tables: dict = {}
    for row in rows.itertuples(name="Estimate", index=False):
        question = codebook.question(row.question)
        if not belongs(row, question, codebook, edition):
            continue
        groups = tables.setdefault(row.question, {}).setdefault(row.breakdown, {})
        base, counts, ends = groups.setdefault(row.group, (shown(row.base, reason.get(row.hidden, "")), [], []))
        counts.append(shown(row.count, reason.get(row.hidden, "")))
        ends.append(row.ends if question.role == "answer" else 0)
    numbers = {breakdown.id: {group.label: at for at, group in enumerate(breakdown.groups)} for breakdown in codebook.breakdowns}
    return {question: {by: [[numbers[by][group] if by else -1, base, counts, ends if any(ends) else 0] for group, (base, counts, ends) in groups.items()]
                       for by, groups in breakdowns.items()} for question, breakdowns in tables.items()}


def with_intervals(rows: pd.DataFrame, releasable: Releasable, edition: Edition) -> pd.DataFrame:
    """An edition's estimates with a column `ends`: [low, high] in whole per cent, or 0 where the share is hidden or nobody answered."""
    rows = rows[["question", "breakdown", "group", "answer", "combined", "count", "base", "hidden"]]
    place = participations(releasable, [edition], None)
    each = {breakdown.id: participations(releasable, [edition], breakdown) for breakdown in releasable.codebook.breakdowns}
    known = rows["count"].notna() & rows["base"].gt(0).fillna(False)
    effective = []
    for row in rows[known].itertuples(name="Estimate", index=False):
        asked = each.get(row.breakdown, place)
        population = population_of(row.question, int(row.base), asked.get(row.group, asked.get(edition.name)))
        effective.append(in_population(int(row.base), int(row.base), population))
    shares = (rows.loc[known, "count"] / rows.loc[known, "base"]).to_numpy(float)
    low, high = interval_ends(shares, np.array(effective, float), LEVEL)
    ends = pd.Series(0, index=rows.index, dtype=object)
    ends[known] = pd.Series([[per_cent(start), per_cent(end)] for start, end in zip(low, high)], index=rows.index[known], dtype=object)
    return rows.assign(ends=ends)


def belongs(row, question: Question, codebook: Codebook, edition: Edition) -> bool:
    """Whether a page would show the row: no screening, no group that was never asked, no sum that is one option over again."""
    if question.role == "screening" or duplicate(row, question) or (question.type == "municipality" and not edition.is_country):
        return False
    return not row.breakdown or row.group in possible_groups(question, codebook.breakdown(row.breakdown))


def shown(value, letter: str) -> int | str:
    """The number, or in its place the letter that says why it is hidden."""
    return letter if pd.isna(value) else int(value)


def script(name: str, value: dict) -> str:
    """A script that stores a value: pages opened as files may load scripts, but not fetch data."""
    return f"{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
