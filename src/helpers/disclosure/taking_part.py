"""Who took part in an edition, as what is published tells it."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from helpers.statistics.participation import Participation
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition


class Published(Protocol):
    """What has to be known of a survey's published shares."""

    @property
    def codebook(self) -> Codebook: ...

    @property
    def invited(self) -> Mapping[str, int]: ...

    def table(self, question: str) -> pd.DataFrame: ...

    def respondents(self, edition: str) -> int | None: ...


def participation_of(published: Published, edition: Edition) -> Participation | None:
    """Who took part in a survey of everybody, or in a municipality whose sample is known; None
    elsewhere, and where it is hidden."""
    rule = published.codebook.participation
    if rule is None:
        return participation_in(published, edition)
    table = published.table(rule.question)
    answered = table[table["answer"].isin(rule.answers)]
    if answered.empty or answered["count"].isna().any():
        return None
    return Participation(rule.question, int(answered["count"].sum()), int(answered["base"].iloc[0]))


def participation_in(published: Published, edition: Edition) -> Participation | None:
    """How many of a municipality's invited took part; None when either number is not known."""
    invited = published.invited.get(edition.name)
    respondents = published.respondents(edition.slug)
    if invited is None or respondents is None or not 0 < respondents <= invited:
        return None
    return Participation("", respondents, invited)
