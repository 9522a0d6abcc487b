"""Which options a column may be, by its heading and its cells, and how well they say so."""

from dataclasses import dataclass, replace

import pandas as pd

from helpers.importing.heads import (
    ALONE,
    CUT,
    EXACT,
    Heads,
    is_full,
    option_said,
    splits,
    uncounted,
)
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.ticking import are_ticks, may_be_ticks, tick_of
from helpers.importing.wording import match_one
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

LABEL_ROOM = 80  # SPSS cuts value labels at 120 bytes; entities and æøå take more than one
BOX_KINDS = ("raw", "single", "multiple")


@dataclass(frozen=True)
class Claim:
    """An option that a column may be, and how well its heading says so (0 is best)."""

    question: Question
    label: str
    level: int

    @property
    def key(self) -> tuple[str, str]:
        return self.question.id, self.label


Claims = dict[str, list[Claim]]


def all_claims(export: SurveyExport, codebook: Codebook) -> Claims:
    """What each column may be by its heading, the best alone, when its cells can be ticks."""
    heads = Heads(codebook)
    longest = max((len(heading(variable)) for variable in export.variables), default=0)
    counted = uncounted([variable.text for variable in export.variables])
    claims: Claims = {}
    for variable in export.variables:
        if variable.kind in BOX_KINDS:
            full = is_full(heading(variable), longest)
            own = text_ticked(export.answers[variable.name])
            found = claims_of(variable, heads, codebook, full, own)
            if not found and (base := counted.get(variable.text)):
                found = claims_of(replace(variable, text=base), heads, codebook, full, own)
            claims[variable.name] = best(found)
    return {
        name: kept for name, found in claims.items() if (kept := ticked_ones(found, export, name))
    }


def heading(variable: Variable) -> str:
    """What stands above the column."""
    return variable.written or (
        f"{variable.text} - {variable.option}" if variable.option else variable.text
    )


def option_texts(variable: Variable) -> tuple[str, ...]:
    """What a cell of the column can hold that says its option: the end of the heading, or the only
    label that is no word for a tick."""
    said = [label for _, label in variable.labels if tick_of(label) is None]
    return (
        variable.option or variable.item,
        *(said if len(said) == 1 and len(variable.labels) <= 2 else ()),
    )


def text_ticked(values: pd.Series) -> tuple[str, ...]:
    """The text that ticks a box, when there is one only and it is no word for a tick."""
    texts = values.cat.categories if isinstance(values.dtype, pd.CategoricalDtype) else ()
    return tuple(text for text in map(str, texts) if len(texts) == 1 and tick_of(text) is None)


def claims_of(
    variable: Variable, heads: Heads, codebook: Codebook, full: bool, own: tuple[str, ...]
) -> list[Claim]:
    """Every option that a heading can say, of a question that it names, or else of any; `own` is
    the text in the cells, which tells options of the same beginning apart."""
    said = [(variable.text, variable.option)] if variable.option else []
    labels = [(variable.text, label) for label in (*option_texts(variable)[1:], *own)]
    found = []
    for head, tail in (*said, *splits(variable.text), *splits(variable.option), *labels):
        questions, how = heads.questions(head)
        if not questions and (head, tail) in labels:
            questions, how = heads.called(head), CUT
        for question in questions:
            fitting = tuple(filter(None, (match_one(text, question.labels) for text in own)))
            room = full or len(tail) > LABEL_ROOM
            if option := option_said(tail, fitting or question.labels, room):
                found.append(Claim(question, option[0], how + option[1]))
    names_question = variable.kind != "multiple" and heads.questions(variable.text)[0]
    return found if found or names_question else claims_alone(variable, codebook, full)


def claims_alone(variable: Variable, codebook: Codebook, full: bool) -> list[Claim]:
    """The options that a heading without a question can say."""
    text = variable.option or variable.text
    full = full or len(text) > LABEL_ROOM
    found = []
    for question in codebook.questions:
        option = option_said(text, question.labels, full) if question.type == "multiple" else None
        if option and option[1] in (EXACT, CUT):
            found.append(Claim(question, option[0], ALONE + option[1]))
    return found


def best(claims: list[Claim]) -> list[Claim]:
    """The claims of the best level, each option once."""
    level = min((claim.level for claim in claims), default=0)
    return list({claim.key: claim for claim in claims if claim.level == level}.values())


def ticked_ones(claims: list[Claim], export: SurveyExport, name: str) -> list[Claim]:
    """The claims that the column's cells allow; where the heading is no more than an option, they
    have to be ticks."""
    values, own = export.answers[name], option_texts(export.by_name[name])
    return [
        claim
        for claim in claims
        if (are_ticks if claim.level >= ALONE else may_be_ticks)(values, claim.label, *own)
    ]


def without_worse(claims: Claims) -> Claims:
    """The claims without those to an option that another column's heading says better ("Andet", and
    "Andet, notér")."""
    level: dict[tuple[str, str], int] = {}
    for claim in (claim for found in claims.values() for claim in found):
        level[claim.key] = min(level.get(claim.key, claim.level), claim.level)
    kept = {
        name: [claim for claim in found if claim.level == level[claim.key]]
        for name, found in claims.items()
    }
    return {name: found for name, found in kept.items() if found}
