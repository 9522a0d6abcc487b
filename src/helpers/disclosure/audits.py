"""The audits of a dataset's surveys, looked up for the command line."""

from pathlib import Path

import pandas as pd

from helpers.disclosure.attack import EVERYBODY, EXACT, NOBODY, ONE_LEFT
from helpers.disclosure.audit import (
    CAUSES,
    COARSE,
    FOUND_OF_MANY,
    MEANS,
    MEANS_HIDDEN,
    WHOLE,
    Audit,
)
from helpers.disclosure.differencing import learnt
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.release import audit_of, releasable
from helpers.disclosure.rules import load_rules
from helpers.disclosure.witnesses import Witnessed, witnessed
from helpers.paths import STANDARD
from helpers.survey.editions import find_edition
from helpers.survey.following import changed, too_few
from helpers.survey.tabulation import tabulate


def audits(
    dataset: str | Path = STANDARD, survey: str | None = None, municipality: str | None = None
) -> dict[str, Audit]:
    """The audit of each survey of a dataset; with a `municipality` of its edition alone. Raises
    UserError for an unknown name."""
    opened = open_dataset(dataset)
    found = {}
    for name in (survey,) if survey else opened.manifest.surveys:
        audit, estimates = audit_of(opened, name), releasable(opened, name)
        if municipality is None:
            found[name] = audit
        elif (
            survey or estimates.codebook.municipality_question
        ):  # without one the survey has the country's edition alone
            found[name] = audit.of((find_edition(municipality, estimates.editions).slug,))
    return found


def audit_table(found: dict[str, Audit]) -> pd.DataFrame:
    """One row per survey and cause: what the cause is, how many estimates it hides, and their share
    of all in per cent."""
    rows = [
        {
            "undersøgelse": survey,
            "årsag": audit.meaning(cause),
            "skjulte": audit.total(cause),
            "pct. af alle tal": percent(audit, cause),
        }
        for survey, audit in found.items()
        for cause in CAUSES
        if audit.total(cause)
    ]
    return pd.DataFrame(rows, columns=["undersøgelse", "årsag", "skjulte", "pct. af alle tal"])


def edition_table(found: dict[str, Audit], dataset: str | Path = STANDARD) -> pd.DataFrame:
    """One row per survey and edition of a dataset: its estimates, and how many per cent are hidden,
    told in whole per cent, and in coarser steps."""
    rows = []
    for survey, audit in found.items():
        editions = releasable(open_dataset(dataset), survey).editions
        names = {edition.slug: edition.name for edition in editions}
        for edition in audit.counts["edition"]:
            one = audit.of((edition,))
            rows.append(
                {
                    "undersøgelse": survey,
                    "udgave": names[edition],
                    "tal": one.total("estimates"),
                    "skjult, pct.": round(100 * one.share(one.hidden), 1),
                    "hele procent, pct.": percent(one, WHOLE),
                    "trin på 5 og grovere, pct.": percent(one, COARSE),
                }
            )
    return pd.DataFrame(rows)


def attack_table(found: dict[str, Audit]) -> pd.DataFrame:
    """One row per survey: its estimates, the hidden ones and how exactly the others are told, and
    what the attack is sure of."""
    rows = [
        {
            "undersøgelse": survey,
            "tal": audit.total("estimates"),
            "skjulte": audit.hidden,
            "skjult, pct.": round(100 * audit.share(audit.hidden), 1),
            "i hele procent, pct.": percent(audit, WHOLE),
            "i trin på 5 og grovere, pct.": percent(audit, COARSE),
            "gennemsnit": audit.total(MEANS),
            "skjulte gennemsnit": audit.total(MEANS_HIDDEN),
            "angrebet i små grupper": audit.total("attacked"),
            "nøjagtigt": audit.total(EXACT),
            "sikkert ingen": audit.total(NOBODY),
            "sikkert alle": audit.total(EVERYBODY),
            "kun ét svar tilbage": audit.total(ONE_LEFT),
            "ingen, som en stor gruppe selv fortæller": audit.total(FOUND_OF_MANY),
        }
        for survey, audit in found.items()
    ]
    return pd.DataFrame(rows)


def percent(audit: Audit, name: str) -> float:
    """A total as per cent of all estimates, with one decimal."""
    return round(100 * audit.share(audit.total(name)), 1)


def learnt_together(dataset: str | Path, against: str | Path, survey: str) -> int:
    """How many published shares and means of a survey are told otherwise than in the publication
    `against`, where too few answers are new."""
    earlier, later = open_dataset(against), open_dataset(dataset)
    minimum = load_rules(later.rules_path).minimum_base
    people = changed(earlier.answers(survey), later.answers(survey), later.codebook(survey))
    few, nationally = too_few(people, minimum), sum(people.values()) < minimum
    before, after = (releasable(one, survey) for one in (earlier, later))
    shares = learnt(before.published.estimates, after.published.estimates, few, nationally)
    return shares + learnt(before.means.rows, after.means.rows, few, nationally)


def witnesses(dataset: str | Path, survey: str, sample: int) -> Witnessed:
    """For how many of a sample of counts in small groups there are other tables that look the same
    as those published."""
    opened = open_dataset(dataset)
    answers, rules = opened.answers(survey), load_rules(opened.rules_path)
    questionnaire = questionnaire_of(opened.codebook(survey), answers)
    return witnessed(
        protection_of(tabulate(opened.codebook(survey), answers), questionnaire, rules),
        questionnaire.codebook,
        answers,
        sample,
    )
