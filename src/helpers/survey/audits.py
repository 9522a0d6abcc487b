"""The audits of a dataset's surveys, looked up for the command line."""

from pathlib import Path

import pandas as pd

from helpers.survey.dataset import Dataset, open_dataset
from helpers.survey.editions import find_edition
from helpers.survey.following import changed
from helpers.survey.release import audit_of, releasable
from helpers.survey.suppression.audit import CAUSES, Audit
from helpers.survey.suppression.differencing import Publication, differenced
from helpers.survey.tabulation import tabulate


def audits(dataset: str | Path = "synthetic", survey: str | None = None, municipality: str | None = None) -> dict[str, Audit]:
    """The audit of each survey of a dataset; with a `municipality` of its edition alone. Raises UserError for an unknown name."""
    opened = open_dataset(dataset)
    found = {}
    for name in (survey,) if survey else opened.manifest.surveys:
        audit, estimates = audit_of(opened, name), releasable(opened, name)
        if municipality is None:
            found[name] = audit
        elif survey or estimates.codebook.municipality_question:  # without one the survey has the country's edition alone
            found[name] = audit.of((find_edition(municipality, estimates.editions).slug,))
    return found


def audit_table(found: dict[str, Audit]) -> pd.DataFrame:
    """One row per survey and cause: what the cause is, how many estimates it hides, and their share of all in per cent."""
    rows = [{"undersøgelse": survey, "årsag": audit.meaning(cause), "skjulte": audit.total(cause),
             "pct. af alle tal": round(100 * audit.total(cause) / max(audit.total("estimates"), 1), 1)}
            for survey, audit in found.items() for cause in CAUSES if audit.total(cause)]
    return pd.DataFrame(rows, columns=["undersøgelse", "årsag", "skjulte", "pct. af alle tal"])


def attack_table(found: dict[str, Audit]) -> pd.DataFrame:
    """One row per survey: its estimates, the hidden ones and their share, and how the attack went."""
    rows = [{"undersøgelse": survey, "tal": audit.total("estimates"), "skjulte": audit.hidden, "pct.": round(100 * audit.share_hidden, 1),
             "angrebet": audit.total("attacked"), "fundet": audit.total("recovered"), "kendt i forvejen": audit.total("known"),
             "snævreste interval, personer": audit.narrowest, "fundet uden andet trin": audit.total("without")} for survey, audit in found.items()]
    return pd.DataFrame(rows)


def recovered_by_differencing(dataset: str | Path, against: str | Path, survey: str) -> int:
    """How many hidden numbers two publications of a survey tell together, when the earlier one is `against`."""
    earlier, later = open_dataset(against), open_dataset(dataset)
    people = sum(changed(earlier.answers(survey), later.answers(survey), later.codebook(survey)).values())
    return int(sum(found.sum() for found in differenced(publication(earlier, survey), publication(later, survey), later.codebook(survey), people)))


def publication(dataset: Dataset, survey: str) -> Publication:
    return Publication(releasable(dataset, survey).protected.estimates, tabulate(dataset.codebook(survey), dataset.answers(survey)))
