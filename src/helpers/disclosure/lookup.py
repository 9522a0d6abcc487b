"""Tables and questions looked up by name, across the surveys of a dataset."""

from pathlib import Path

import pandas as pd

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import Releasable, releasable
from helpers.errors import UserError, nearest
from helpers.paths import STANDARD
from helpers.survey.codebook import Codebook, load_codebook, surveys
from helpers.survey.dataset import Dataset
from helpers.survey.editions import find_edition
from helpers.survey.questions import Question

ROW = (
    "survey",
    "edition",
    "question",
    "text",
    "breakdown",
    "group",
    "answer",
    "combined",
    "share",
    "low",
    "high",
    "step",
    "base",
    "count",
    "hidden",
)


def named(codebook: Codebook, name: str) -> tuple[Question, ...]:
    """The tabulated questions that `name` means: a question's id, a battery's, or the common id of
    its variants."""
    return tuple(q for q in codebook.tabulated if name in (q.id, q.battery, q.variant_of))


def survey_with(name: str, dataset: Dataset) -> str:
    """The dataset's survey that has this question. Raises UserError with the nearest ids when none
    has, or several have."""
    codebooks = [dataset.codebook(survey) for survey in dataset.manifest.surveys]
    having = [codebook.survey for codebook in codebooks if named(codebook, name)]
    if len(having) == 1:
        return having[0]
    if having:
        raise UserError(
            f"Spørgsmålet »{name}« findes i flere undersøgelser: {', '.join(having)}. Vælg en med "
            "--survey."
        )
    if screening := [codebook.survey for codebook in codebooks if name in codebook.by_id]:
        return screening[0]
    known = {
        key
        for codebook in codebooks
        for q in codebook.tabulated
        for key in (q.id, q.battery, q.variant_of)
        if key
    }
    raise UserError(
        f"Der er intet spørgsmål »{name}«. {nearest(name, sorted(known))} Se dem alle med: "
        "kontaktbogen questions"
    )


def look_up(
    name: str,
    by: str | None = None,
    municipality: str | None = None,
    dataset: str | Path = STANDARD,
    survey: str | None = None,
) -> pd.DataFrame:
    """The releasable estimates of a question, a battery or a variant group.

    One row per (question, group, answer): `share` (0-1) stands for its class, from `low` to below
    `high`; `step` is its step in per cent, 0 where it is exact, and then there is a `count`. A
    hidden estimate has none of these, and `hidden` says why. Raises UserError for an unknown
    question, breakdown or municipality.
    """
    opened = open_dataset(dataset)
    chosen = survey or survey_with(name, opened)
    estimates = releasable(opened, chosen)
    questions = named(estimates.codebook, name)
    if not questions:
        estimates.codebook.question(name)  # an unknown id is an error of its own
        raise UserError(f"»{name}« afgør kun, hvem der indgår i undersøgelsen, og har ingen tabel.")
    edition = find_edition(municipality, estimates.editions)
    tables = [one_table(estimates, question, by, edition.slug) for question in questions]
    return pd.concat(tables, ignore_index=True)


def one_table(
    estimates: Releasable, question: Question, by: str | None, edition: str
) -> pd.DataFrame:
    if by and estimates.codebook.breakdown(by).question == question.id:
        raise UserError(f"»{question.id}« kan ikke opdeles efter sig selv. Udelad --by.")
    table = estimates.table(question.id, by, edition)
    if by and table.empty:
        if (
            estimates.codebook.breakdown(by).id not in question.breakdowns
            and question.role == "background"
        ):
            raise UserError(
                f"»{question.id}« er en baggrundsoplysning og opdeles ikke på »{by}«: Sådan en "
                "tabel kan udpege enkelte. Udelad --by."
            )
        raise UserError(
            f"Opdelingen »{by}« findes kun for {estimates.codebook.places.whole}. Udelad "
            "--municipality."
        )
    return table.assign(survey=estimates.codebook.survey, text=question.text)[list(ROW)]


def question_list(survey: str | None = None, dataset: str | Path | None = None) -> pd.DataFrame:
    """One row per question of the project's surveys, and of the dataset's if one is given,
    screening questions too.

    Columns: survey, question, battery (or the common id of variants), type, role, page, asked_of,
    text, stem, options, and what the report does not print but the codebook infers: `source` of the
    wording, and `inferred_options`.
    """
    opened = open_dataset(dataset) if dataset else None
    known = dict.fromkeys(surveys(), load_codebook) | (
        dict.fromkeys(opened.manifest.surveys, opened.codebook) if opened else {}
    )
    if survey and survey not in known:
        raise UserError(
            f"Der er ingen undersøgelse »{survey}«. Undersøgelserne er: {', '.join(known)}."
        )
    codebooks = [known[name](name) for name in ((survey,) if survey else known)]
    return pd.DataFrame(
        {
            "survey": codebook.survey,
            "question": q.id,
            "battery": q.battery or q.variant_of or "",
            "type": q.type,
            "role": q.role,
            "page": q.page,
            "asked_of": q.asked_of,
            "text": q.text,
            "stem": q.stem or "",
            "source": q.source,
            "options": [*q.labels, *q.screened_out],
            "inferred_options": [o.label for o in q.options if o.source == "inferred"],
        }
        for codebook in codebooks
        for q in codebook.questions
    )
