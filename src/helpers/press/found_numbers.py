"""A published number found again by its id, or by the words that stand around it: what it is, how
it is published, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.disclosure.lookup import named
from helpers.disclosure.number_ids import WEIGHTED_MEAN, WEIGHTED_SHARE, round_id
from helpers.disclosure.opening import open_rounds
from helpers.disclosure.release import Releasable
from helpers.disclosure.weighted import SAMPLE, UNWEIGHTED, estimates_of
from helpers.errors import UserError, nearest
from helpers.not_none import not_none
from helpers.page.danish import number
from helpers.page.findings import Row
from helpers.page.mean_rows import MeanRow
from helpers.page.means_made import every_mean
from helpers.page.own_data import EVERYBODY
from helpers.page.page import open_page
from helpers.page.tables import APART
from helpers.page.telling import briefly
from helpers.paths import ROOT, STANDARD
from helpers.press.number_pages import pages_of
from helpers.press.project import Project
from helpers.survey.dataset import Dataset
from helpers.survey.editions import Edition
from helpers.survey.questions import Question
from helpers.takeaway.codebook_sheets import wording
from helpers.takeaway.explorer.explorer_page import FOLDER as EXPLORER
from helpers.takeaway.figure_links import view_of
from helpers.takeaway.number_table import published_rows

PART = r"[\w-]+"
ID = re.compile(rf"{PART}(?:\.{PART}){{3,}}")  # at least round, survey, edition and question


@dataclass(frozen=True)
class Found:
    """A number: its id, what it is of, how it is shown, and the release and edition it is in.
    `subject` is the id of a question or an index."""

    id: str
    subject: str
    breakdown: str
    group: str
    answer: str
    shown: str
    within: str
    base: int | None
    hidden: str
    dataset: Dataset
    releasable: Releasable
    edition: Edition
    weighting: str = UNWEIGHTED

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked: one question, or those of an index."""
        codebook = self.releasable.codebook
        own = codebook.by_id.get(self.subject)
        return (own,) if own else codebook.scale(self.subject).questions

    def told(self, pages: Sequence[str]) -> dict[str, str | int | None]:
        """All that is known of it, by Danish names; of a hidden one why it is hidden."""
        codebook, manifest = self.releasable.codebook, self.releasable.manifest
        by = codebook.breakdown(self.breakdown).title if self.breakdown else ""
        kind = "syntetiske svar" if manifest.synthetic else "rigtige svar"
        return {
            "id": self.id,
            "vist som": self.shown,
            "klasse": self.within,
            "N": self.base,
            "skjult": self.releasable.rules.reason(self.hidden) if self.hidden else "",
            "spørgsmål": f"{self.subject}: {' | '.join(map(wording, self.questions))}",
            "stillet til": self.questions[0].asked_of,
            "gruppe": f"{by}: {self.group}" if by else EVERYBODY,
            "svar": self.answer,
            "udgave": self.edition.name,
            "måling": f"{manifest.title} ({manifest.period}; {kind})",
            "står på": ", ".join((*pages, self.explored)),
            "kodebog": in_project(self.dataset.codebook_path(codebook.survey)),
            "svarfil": in_project(self.dataset.path(codebook.survey)),
        }

    @property
    def explored(self) -> str:
        """Where in the explorer it is."""
        own = self.releasable.codebook
        arguments = {"question": self.subject, "by": self.breakdown}
        record = {"verb": "finding", "survey": own.survey, "arguments": arguments}
        main = self.dataset.codebook(self.dataset.main)
        others = (own,) if own.survey != main.survey else ()
        view = view_of(record, self.edition.address, (main, *others))
        return f"{EXPLORER}/index.html#{view}"


def in_project(path: Path) -> str:
    """A file by its place in the project, where it lies there."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def class_in_words(row: Row | MeanRow) -> str:
    """Within what a number is: "fra 37,5 til under 42,5 pct., i trin af 5"."""
    if row.hidden or row.base is None:
        return ""
    if not row.step:
        return "nøjagtig"
    factor, unit = (1, "point") if isinstance(row, MeanRow) else (100, "pct.")
    low, high = (number(round(factor * not_none(end), 4)) for end in (row.low, row.high))
    return f"fra {low} til under {high} {unit}, i trin af {number(row.step)}"


def find(text: str, dataset: str | Path = STANDARD, project: Project = Project()) -> pd.DataFrame:
    """The numbers that `text` means, one row each: those of an id (of a number or of a whole table,
    also in an address), or those that all words between semicolons, tabs or lines are about.

    Raises UserError with the nearest when there is none.
    """
    held = ID.findall(text)
    found = by_id(held[-1], dataset) if held else by_words(text, dataset)
    questions = [question for one in found for question in one.questions]
    names = {question.battery or question.id for question in questions}
    sides = [
        open_page(edition.municipality or "", dataset, weighting=weighting, panel=False)
        for edition, weighting in {(one.edition, one.weighting) for one in found}
    ]
    where = pages_of(names | {one.subject for one in found}, sides, project)
    return pd.DataFrame([one.told(tuple(where.get(one.id, ()))) for one in found])


def by_id(wanted: str, dataset: str | Path) -> list[Found]:
    """The number with this id, or those of the table with it."""
    measured, survey, place, name, *_ = wanted.split(".")
    weighting = (
        SAMPLE if wanted.endswith((f".{WEIGHTED_SHARE}", f".{WEIGHTED_MEAN}")) else UNWEIGHTED
    )
    rounds = {
        f"{round_id(one.manifest.of(each))}.{each}": one
        for one in open_rounds(dataset)
        for each in one.manifest.surveys
    }
    if f"{measured}.{survey}" not in rounds:
        raise UserError(
            f"»{wanted}« er ikke et tal i datasættet, hvis id'er begynder med "
            f"{' eller '.join(f'»{one}«' for one in rounds)}. Vælg tallets datasæt med --dataset."
        )
    opened = rounds[f"{measured}.{survey}"]
    releasable = estimates_of(opened, survey, weighting)
    edition = edition_of(place, releasable)
    found = list(numbers_in(opened, releasable, edition, weighting))
    scales = {scale.id for scale in releasable.codebook.scales} & {name}
    asked = {one.id for one in named(releasable.codebook, name)} | scales
    asked = asked or {releasable.codebook.question(name).id}
    rest = wanted.split(".", 4)[4:]
    starts = tuple(".".join((measured, survey, place, one, *rest)) for one in asked)
    exact = [one for one in found if one.id == wanted]
    within = [one for one in found if one.id.startswith(tuple(f"{it}." for it in starts))]
    if not exact and not within:
        known = [one.id for one in found if one.subject in asked]
        raise UserError(
            f"Der er intet tal »{wanted}«. {nearest(wanted, known)} Se spørgsmålets tal med: "
            f"kontaktbogen find {measured}.{survey}.{place}.{name}"
        )
    return exact or within


def edition_of(place: str, releasable: Releasable) -> Edition:
    known = {edition.address: edition for edition in releasable.editions}
    if place not in known:
        raise UserError(
            f"Der er ingen udgave »{place}«. {nearest(place, known)} Udgaverne er: "
            f"{', '.join(known)}."
        )
    return known[place]


def numbers_in(
    dataset: Dataset, releasable: Releasable, edition: Edition, weighting: str = UNWEIGHTED
) -> Iterator[Found]:
    """All numbers of an edition."""
    place = (dataset, releasable, edition, weighting)
    for name, by, row in published_rows(releasable, edition):
        shown = "" if row.hidden or row.share is None else briefly(row)
        what = (row.question, by, row.group, row.answer)
        yield Found(name, *what, shown, class_in_words(row), row.base, row.hidden, *place)
    for by, mean in every_mean(releasable, edition):
        what = (mean.scale.id, by, mean.group, "")
        yield Found(mean.id, *what, mean.text, class_in_words(mean), mean.base, mean.hidden, *place)


def by_words(text: str, dataset: str | Path) -> list[Found]:
    """The newest round's numbers that most of the words are about, as a page's table or a file has
    them: the edition's name, question, group and answer. What is none of these (shares, sources)
    counts for nothing, and an edition by itself is no number."""
    pieces = {plain(piece) for piece in re.split(r"[;\t|\n]", text)}
    opened, scores = open_rounds(dataset)[-1], dict[int, list[Found]]()
    for survey in opened.manifest.surveys:
        releasable = estimates_of(opened, survey)
        meant = [one for one in releasable.editions if plain(one.name) in pieces]
        for edition in meant or [releasable.country]:
            where = {plain(edition.name), plain(EVERYBODY)}
            for one in numbers_in(opened, releasable, edition):
                matched = pieces & words_of(one)
                if matched - where:
                    scores.setdefault(len(matched), []).append(one)
    if not scores:
        raise UserError(
            f"Der er intet tal for »{text.strip()}«. Skriv et id, som det står i en figurs "
            "CSV-fil, eller spørgsmål, gruppe, svar og udgave med semikolon imellem: "
            'kontaktbogen find "tilfredshed; Meget tilfreds; Vejle".'
        )
    return scores[max(scores)]


def words_of(found: Found) -> set[str]:
    """The words that a number stands under."""
    asked = (text for one in found.questions for text in (one.short, one.text, wording(one)))
    measure = found.answer or "gennemsnit"
    names = (found.subject, found.group or EVERYBODY, measure, found.edition.name)
    return {*map(plain, (*names, *asked))}


def plain(piece: str) -> str:
    """Words as they are compared: without the marks that a table gives an answer."""
    return piece.replace(APART, "").strip(' "»«').casefold().removeprefix("i alt: ")
