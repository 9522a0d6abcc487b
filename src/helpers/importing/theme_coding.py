"""Free texts become a multiple choice of the themes that an analyst has coded them in; the texts
themselves go no further than the reading list.

A text is known by its masked words, so that its code stays with it however often the export is read
again. Who wrote nothing, or something that is not coded yet, is in no base.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.errors import UserError, nearest
from helpers.importing.contradictions import Outcome, outcome
from helpers.importing.import_report import thousands
from helpers.importing.masking import Masks, masks_of
from helpers.importing.raw import written
from helpers.importing.reading_list import LONGEST, Key, Listed, list_path, read_list
from helpers.importing.respondents import questions_in
from helpers.importing.result import Result
from helpers.importing.stops import at_most
from helpers.importing.summary import UNASKED
from helpers.importing.wording import folded
from helpers.survey.codebook import Codebook
from helpers.survey.free_text import BETWEEN, NO_ANSWER
from helpers.survey.questions import Question
from helpers.survey.routing import asked

Themes = frozenset[str] | None  # None: what is written is no answer


@dataclass(frozen=True)
class Texts:
    """What respondents wrote to a question, masked: one per respondent, "" of who wrote nothing."""

    question: Question
    masked: list[str]

    @property
    def keys(self) -> list[Key | None]:
        """What each respondent's text is known by."""
        key = {text: key_of(self.question.id, text) for text in set(self.masked)}
        return [key[text] if text else None for text in self.masked]

    @property
    def by_key(self) -> dict[Key, str]:
        """The different texts, in an order that has nothing to do with who wrote them or what."""
        return dict(sorted({key: text for key, text in zip(self.keys, self.masked) if key}.items()))


def key_of(question: str, masked: str) -> Key:
    """What a masked text is known by; it tells no more than the mask does."""
    return question, f"t{hashlib.sha256(f'{question}: {masked}'.encode()).hexdigest()[:12]}"


def with_themes(
    result: Result, codebook: Codebook, folder: Path, published: Path | None = None
) -> tuple[Result, list[Listed]]:
    """The result with the themes of its free texts as answers, and the texts for the reading list
    of the dataset in `folder`.

    The codes are those of the list that lies there, and for texts that it does not have those of
    the `published` dataset that this one follows. Raises UserError for what is wrong on the list.
    """
    masks = masks_of(codebook)
    texts, outcomes = [], list(result.outcomes)
    for question in (question for question in codebook.questions if question.free_text):
        masked, unasked = masked_texts(question, result, codebook, masks)
        texts.append(Texts(question, masked))
        outcomes += [unasked] if unasked else []
    present = {key: text for one in texts for key, text in one.by_key.items()}
    path = list_path(folder, codebook)
    own = found_again(read_list(path), present, masks)
    themes, mistakes = coded(own, codebook, present)
    if mistakes:
        lines = [f"{path}: læselisten kan ikke bruges; intet er skrevet:", *at_most(mistakes)]
        raise UserError("\n".join([*lines, "Ret rækkerne, gem og luk filen, og indlæs igen."]))
    listed = {one.key: one for one in own}
    if published:
        earlier = found_again(read_list(list_path(published, codebook)), present, masks)
        new = [one for one in earlier if one.key not in listed]
        themes |= coded(new, codebook, present)[0]
        listed |= {one.key: one for one in new}
    told = [line for one in texts for line in told_of(one, themes, path)]
    columns = {name: ticks for one in texts for name, ticks in columns_of(one, themes).items()}
    answers = result.answers.assign(**columns)
    return replace(result, answers=answers, outcomes=outcomes, texts=tuple(told)), [
        replace(listed.get(key, Listed(*key, text)), row=0) for key, text in present.items()
    ]


def masked_texts(
    question: Question, result: Result, codebook: Codebook, masks: Masks
) -> tuple[list[str], Outcome | None]:
    """What each respondent wrote to a question that was put to them, masked ("" where that is
    nothing), and where something was written by somebody who was not asked."""
    link, rows = result.mapping.links[question.id], np.flatnonzero(result.people.respondents)
    if not link.columns:
        return [""] * len(rows), None
    cells = result.export.answers[link.columns[0]].iloc[rows].astype(object)
    raw = np.array([written(cell) or "" if pd.notna(cell) else "" for cell in cells], dtype=object)
    raw[[not folded(text) for text in raw]] = ""  # signs alone are no answer
    put_to = np.ones(len(rows), dtype=bool)
    rule = question.asked_if
    if rule and not questions_in(rule, codebook) & set(result.mapping.left_out):
        put_to = asked(codebook, question, result.answers).to_numpy()
    strange = (raw != "") & ~put_to
    masked = {text: masks.masked(text[:LONGEST])[:LONGEST] for text in set(raw[put_to])}
    file, of = result.export.source.data_file, int((raw != "").sum())
    return (
        [masked[text] if there else "" for text, there in zip(raw, put_to)],
        outcome(UNASKED, file, rows[strange], link.columns[0], of),
    )


def found_again(listed: Sequence[Listed], present: dict[Key, str], masks: Masks) -> list[Listed]:
    """The list's rows under the numbers that their texts have now: more may be masked than when the
    list was written."""
    result = []
    for one in listed:
        if one.key not in present:
            now = key_of(one.question, masks.masked(one.text))
            one = replace(one, nr=now[1], text=present[now]) if now in present else one
        result.append(one)
    return result


def coded(
    listed: Sequence[Listed], codebook: Codebook, present: dict[Key, str]
) -> tuple[dict[Key, Themes], list[str]]:
    """The themes of each text that has any, and what is wrong, row by row. Nothing that is written
    on the list is quoted."""
    themes: dict[Key, Themes] = {}
    rows: dict[Key, int] = {}
    mistakes = []
    for one in (one for one in listed if one.themes):
        key, read = one.key, themes_in(one, codebook, present)
        if isinstance(read, str):
            mistakes.append(f"  række {one.row}, {read}")
        elif key in themes and themes[key] != read:
            mistakes.append(
                f"  række {one.row}, kolonne »temaer«: teksten står også i række {rows[key]} og "
                "har andre temaer dér. Slet den ene række."
            )
        else:
            themes[key], rows[key] = read, one.row
    return themes, mistakes


def themes_in(one: Listed, codebook: Codebook, present: dict[Key, str]) -> Themes | str:
    """The themes that stand beside a text, or what is wrong with them."""
    question = codebook.by_id.get(one.question)
    if question is None or not question.free_text:
        return "kolonne »spørgsmål«: det er intet spørgsmål af type text i kodebogen."
    if one.key not in present:
        return (
            "kolonne »nr«: eksporten har ikke teksten. Skriv nummeret, som det var, eller slet "
            "rækken, hvis svaret er trukket tilbage."
        )
    said = [part for part in one.themes.split(BETWEEN) if folded(part)]
    if NO_ANSWER in map(folded, said):
        return None if len(said) == 1 else f"kolonne »temaer«: »{NO_ANSWER}« skal stå alene."
    known = {folded(label): label for label in question.labels}
    for part in said:
        if folded(part) not in known:
            return (
                f"kolonne »temaer«: et tema på {len(part.strip())} tegn er ikke blandt kodebogens. "
                f"{nearest(part.strip(), question.labels)} Nye temaer skrives under »options« ved "
                f"»{question.id}«."
            )
    return frozenset(known[folded(part)] for part in said)


def columns_of(texts: Texts, themes: dict[Key, Themes]) -> dict[str, pd.Series]:
    """The columns of the question's themes, missing of who wrote nothing and what is not coded."""
    given = [themes.get(key) if key else None for key in texts.keys]
    return {
        texts.question.column(label): pd.Series(
            pd.array([pd.NA if one is None else label in one for one in given], dtype="boolean")
        )
        for label in texts.question.labels
    }


def told_of(texts: Texts, themes: dict[Key, Themes], path: Path) -> Iterator[str]:
    """How many texts are coded and how many are left, and what that makes of the base."""
    keys = [key for key in texts.keys if key]
    if not keys:
        return
    dropped = sum(key in themes and themes[key] is None for key in keys)
    left = [key for key in keys if key not in themes]
    base = len(keys) - dropped - len(left)
    name = texts.question.id
    yield (
        f"{name}: {thousands(len(keys))} tekster, {thousands(base)} kodet, {thousands(dropped)} "
        f"»{NO_ANSWER}«, {thousands(len(left))} ikke kodet endnu. Basen er {thousands(base)}. "
        f"Læselisten, som ikke må udgives: {path}"
    )
    last = max((key for key in keys if key in themes), default=None)
    skipped = len({key for key in left if last and key < last})
    if skipped:
        yield (
            f"{name}: {thousands(skipped)} tekster uden tema står over den sidste kodede. Kod dem "
            "også: Ellers er de kodede ikke et tilfældigt udsnit."
        )
