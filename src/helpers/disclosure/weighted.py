"""Weighted estimates as pages may see them: rounded, never where the unweighted estimate is hidden,
and only on large groups.

Why weights do not open a hidden cell: docs/decisions/0003-inference.md. Sums of weights and
unrounded shares stay in here.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.disclosure.bounds import Shares as Bounded
from helpers.disclosure.precision import PER_CENT, WHOLE, classes_of, rounded_down
from helpers.disclosure.protection import protection_of
from helpers.disclosure.published_means import Means, weighted_means
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.release import Releasable, releasable, release_key
from helpers.disclosure.rules import WEIGHTED_FEW, Rules
from helpers.disclosure.shares import Published, rows_of, scoped
from helpers.disclosure.weights_told import Weighting
from helpers.errors import UserError, nearest
from helpers.files import mark_used
from helpers.paths import BUILD
from helpers.statistics import weighting
from helpers.statistics.weighting.settings import (
    SAMPLE,
    SETTINGS,
    UNWEIGHTED,
    Settings,
    load_settings,
)
from helpers.statistics.weighting.weighted_shares import (
    DIFFERENCE,
    WEIGHTED,
    difference_per_answer,
    weighted_tabulation,
)
from helpers.statistics.weighting.weights import Weights, weights
from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Dataset
from helpers.survey.editions import COUNTRY
from helpers.survey.mean_scores import mean_scores
from helpers.survey.tabulation import tabulate

CHOICES = (UNWEIGHTED, SAMPLE)
FINEST = 1  # weighted shares are released in whole per cent at most
PARTS = 10**6  # a weighted share as a whole number of parts
KEYS = ["edition", "question", "breakdown", "group", "answer", "combined"]


class NoWeights(UserError):
    """The answers cannot be weighted; the message is a sentence that says why."""


def choice(text: str) -> str:
    """The weighting that a parameter names. Raises UserError that lists what there is."""
    wanted = str(text).strip().casefold().replace("ø", "oe")
    if wanted not in CHOICES:
        raise UserError(
            f"Vægtningen »{text}« findes ikke. {nearest(wanted, CHOICES)} Mulige: "
            f"{', '.join(CHOICES)}."
        )
    return wanted


def estimates_of(dataset: Dataset, survey: str, weighting: str = UNWEIGHTED) -> Releasable:
    """The survey's releasable estimates, weighted if asked for; a survey of everybody there is has
    no sample and stays unweighted.

    Raises NoWeights when the answers cannot be weighted.
    """
    plain = releasable(dataset, survey)
    return (
        plain
        if choice(weighting) == UNWEIGHTED or asks_everybody(plain.codebook)
        else weighted(dataset, survey, plain, tests=True)
    )


def asks_everybody(codebook: Codebook) -> bool:
    """Whether the survey was put to everybody there is, so that there is no sample to weight to."""
    return codebook.participation is not None


def weighted(dataset: Dataset, survey: str, plain: Releasable, tests: bool = False) -> Releasable:
    """The estimates with weighted shares and effective bases; computed once, then read from
    _build/estimates.

    `tests` adds the weighted tests of group differences, which take half a minute. Raises NoWeights
    when it cannot be done.
    """
    settings = settings_for(dataset, survey)
    folder = (
        BUILD
        / "estimates"
        / f"{survey}-{weighting_key(dataset, survey)}-{SAMPLE}{'-test' if tests else ''}"
    )
    if not folder.is_dir():
        store(folder, dataset, survey, plain, settings, tests)
    mark_used(folder)
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    parts = {
        name: pd.read_parquet(folder / f"{name}.parquet") for name in ("shares", "margins", "tests")
    }
    made = Weighting(parts["margins"], tests=parts["tests"], cap=settings.cap, **facts)
    shown = with_weights(plain.published.estimates, parts["shares"], plain.codebook, plain.rules)
    return replace(
        plain,
        published=Published(shown, plain.codebook, plain.rules),
        weighting=made,
        scored=lambda: Means(pd.read_parquet(folder / "means.parquet")),
    )


def settings_for(dataset: Dataset, survey: str) -> Settings:
    """The choices in force for the dataset. Raises NoWeights when nobody knows who was asked.

    The report's tables of the sample count a municipality with a common link in two ways; other
    datasets count it in one.
    """
    codebook, frame = dataset.codebook(survey), dataset.frame(survey)
    if asks_everybody(codebook):
        raise NoWeights(
            f"Svarene kan ikke vægtes, for alle {codebook.unit.plural} er spurgt, og der er ingen "
            "stikprøve at vægte efter."
        )
    if not frame:
        raise NoWeights(
            "Svarene kan ikke vægtes, for datasættet har ingen opgørelse af, hvem der fik skemaet "
            "(stikprøven)."
        )
    settings = load_settings()
    known = tuple(margin for margin in settings.margins if margin.question in frame)
    if not known:
        raise NoWeights(
            "Svarene kan ikke vægtes, for stikprøven er ikke opgjort på noget af det, som "
            "data/weighting.yaml vægter efter."
        )
    link = settings.own_link if dataset.manifest.report else None
    return settings.model_copy(update={"margins": known, "own_link": link})


def store(
    folder: Path, dataset: Dataset, survey: str, plain: Releasable, settings: Settings, tests: bool
) -> None:
    """Computes the weights and what comes of them, and writes it whole or not at all."""
    codebook, answers = dataset.codebook(survey), dataset.answers(survey)
    try:
        found = weights(answers, codebook, dataset.frame(survey), settings)
    except UserError as error:
        raise NoWeights(f"Svarene kan ikke vægtes: {error}") from None
    estimates = weighted_tabulation(codebook, answers, found.weight)
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    unfinished.mkdir(parents=True, exist_ok=True)
    shares = released(estimates, plain)
    if tells(shares, codebook, answers, plain.rules, found.weight):
        shutil.rmtree(unfinished)
        raise NoWeights(
            "Svarene kan ikke vægtes, for vægtede andele ved siden af de uvægtede ville røbe svar "
            "i små grupper."
        )
    shares.to_parquet(unfinished / "shares.parquet", index=False)
    found.margins.to_parquet(unfinished / "margins.parquet", index=False)
    scores = mean_scores(codebook, answers, found.weight)
    means = weighted_means(scores, codebook, plain.rules, plain.means, plain.published.estimates)
    means.rows.to_parquet(unfinished / "means.parquet", index=False)
    tested(estimates, plain, tests).to_parquet(unfinished / "tests.parquet", index=False)
    (unfinished / "facts.json").write_text(json.dumps(facts_of(found)), encoding="utf-8")
    try:
        unfinished.replace(folder)
    except OSError:  # another process was first, with the same content
        shutil.rmtree(unfinished)


def facts_of(found: Weights) -> dict[str, float | int]:
    """What the weights cost, as numbers about all respondents."""
    return {
        "respondents": len(found.weight),
        "design_effect": found.design_effect,
        "cut": found.cut,
        "largest": float(found.raked.max() / found.raked.mean()),
    }


def released(estimates: pd.DataFrame, plain: Releasable) -> pd.DataFrame:
    """The weighted shares of the answers that are shown unweighted, in the same steps and never
    finer than whole per cent, by KEYS.

    `effective_base` is how many equally weighted answers each rests on, rounded down as bases
    are.
    """
    rules, published = plain.rules, plain.published.estimates
    answers = {question.id for question in plain.codebook.tabulated if question.role == "answer"}
    joined = (
        published[[*KEYS, "base", "step", "hidden"]]
        .astype(dict.fromkeys(KEYS, str))
        .merge(
            estimates[[*KEYS, *WEIGHTED]].astype(dict.fromkeys(KEYS, str)),
            on=KEYS,
            how="left",
            validate="1:1",
        )
    )
    scope = rows_of(published, plain.codebook, rules).scope
    shown = (joined["hidden"] == "").to_numpy() & joined["question"].isin(answers).to_numpy()
    rows, base = joined[shown], joined["base"][shown].to_numpy(np.int64)
    step = np.rint(np.maximum(rows["step"].to_numpy(float), FINEST) * PER_CENT).astype(np.int64)
    parts = np.rint(rows["weighted_share"].to_numpy() * PARTS).astype(np.int64)
    classes = classes_of(
        parts,
        np.full(len(rows), PARTS),
        base,
        step,
        scoped(rules.ends, scope[shown], base).astype(int),
    )
    told = rounded_down(rows["effective_base"].to_numpy(), rules.base_to)
    return rows[KEYS].assign(
        share=classes.middle,
        low=classes.low / WHOLE,
        high=classes.high / WHOLE,
        step=step / PER_CENT,
        effective_base=told,
    )


def tells(
    shares: pd.DataFrame,
    codebook: Codebook,
    answers: pd.DataFrame,
    rules: Rules,
    weight: np.ndarray,
) -> bool:
    """Whether the weighted shares beside the unweighted ones make somebody sure of an answer in a
    small group.

    Whoever knows the largest and the smallest weight knows within what the unweighted share is:
    with all the weight that can be on the one side, and on the other.
    """
    questionnaire = questionnaire_of(codebook, answers)
    protection = protection_of(tabulate(codebook, answers), questionnaire, rules)
    truth, places = protection.attackable.truth, protection.attackable.places
    texts = dict.fromkeys(KEYS, str)
    beside = truth[KEYS].astype(texts).merge(shares.astype(texts), on=KEYS, how="left")
    large = (truth["base"] >= rules.minimum_weighted_base) & (
        (truth["edition"] == COUNTRY.slug) | (truth["breakdown"] == "")
    )
    at = (
        beside["share"].notna().to_numpy()
        & large.to_numpy()
        & (places.number >= 0)
        & (places.base >= 0)
    )
    ratio = float(weight.max() / weight.min())
    low, high = (beside[name].to_numpy(float)[at] for name in ("low", "high"))
    ends = (
        np.floor(WHOLE * low / (low + (1 - low) * ratio)),
        np.ceil(WHOLE * high * ratio / (high * ratio + 1 - high)),
    )
    more = Bounded(
        places.edition[at],
        places.number[at],
        places.base[at],
        *(end.astype(np.int64) for end in ends),
    )
    found = protection.attackable.attacked(protection.coarser, more)
    return bool(((found.kind != "") & ~found.of_many).any())


def tested(estimates: pd.DataFrame, plain: Releasable, wanted: bool) -> pd.DataFrame:
    """The weighted tests of what is shown, their p rounded to what a correction needs."""
    if not wanted:
        return pd.DataFrame(
            {
                name: pd.Series(dtype="object" if name not in ("groups", "p") else float)
                for name in DIFFERENCE
            }
        )
    published = plain.published.estimates
    shown = (
        estimates[KEYS]
        .astype(str)
        .merge(
            published[KEYS]
            .astype(str)
            .assign(
                shown=(published["hidden"] == "")
                & (published["edition"] == COUNTRY.slug)
                & (published["base"] >= plain.rules.minimum_weighted_base)
            ),
            on=KEYS,
            how="left",
        )["shown"]
    )
    tests = difference_per_answer(
        estimates, shown.fillna(False).astype(bool).set_axis(estimates.index)
    )
    return tests.astype(dict.fromkeys(("edition", "question", "breakdown", "answer"), str)).assign(
        p=tests["p"].round(6)
    )


def with_weights(
    estimates: pd.DataFrame, shares: pd.DataFrame, codebook: Codebook, rules: Rules
) -> pd.DataFrame:
    """The published shares with weighted ones in their place, and a column `effective_base` that
    other shares have none of.

    Small groups, and all groups inside a municipality, are hidden. Background questions tell who
    has answered, and stay as they are.
    """
    answers = estimates["question"].isin(
        [question.id for question in codebook.tabulated if question.role == "answer"]
    )
    crossed = (estimates["edition"] != COUNTRY.slug) & (estimates["breakdown"] != "")
    few = (
        answers
        & (estimates["hidden"] == "")
        & (crossed | (estimates["base"].fillna(0) < rules.minimum_weighted_base).astype(bool))
    )
    texts = dict.fromkeys(KEYS, str)
    weighted = (
        estimates[KEYS]
        .astype(texts)
        .merge(shares.astype(texts), on=KEYS, how="left", validate="1:1")
        .set_index(estimates.index)
    )
    taken = answers & (estimates["hidden"] == "") & ~few
    told = {
        name: estimates[name].where(~taken, weighted[name]).mask(few)
        for name in ("share", "low", "high", "step")
    }
    blank = {name: estimates[name].mask(few) for name in ("count", "base")}
    hidden = estimates["hidden"].astype(str).mask(few, WEIGHTED_FEW).astype("category")
    return estimates.assign(
        **told, **blank, hidden=hidden, effective_base=weighted["effective_base"].where(taken)
    )


def weighting_key(dataset: Dataset, survey: str) -> str:
    """A hash of all that the weighted estimates depend on besides the unweighted: the frame, the
    choices, and the code."""
    digest = hashlib.sha256(release_key(dataset, survey).encode())
    code = Path(weighting.__file__).parent
    for path in (SETTINGS, *sorted(code.glob("*.py"))):
        digest.update(path.read_bytes())
    digest.update(json.dumps([dataset.frame(survey), dataset.manifest.report]).encode())
    return digest.hexdigest()[:16]
