"""The attack finds what an outsider finds: tried on the release of exact counts that came before,
which gave numbers away.

`exact_release.npz` says per estimate of `tabulate` (in its order) what that release did: 0 shown, 1
known to be nobody ("–"), 2 hidden; and whether the base was hidden. The figures that it is held
against were found by others, with equations of their own.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from helpers.disclosure.attack import NONE, Places, places_of
from helpers.disclosure.bounds import Bounds, Shares, tightened
from helpers.disclosure.equations import Equations, equations_of

SHOWN, NOBODY, HIDDEN = 0, 1, 2
BEFORE = Path(__file__).with_name("exact_release.npz")
OTHER_BENEFIT = (("maalgruppe",), frozenset(["Anden ydelse"]))
NO_SHARES = Shares(*[np.zeros(0, dtype=np.int64)] * 5)


def bounds_of_exact_release(case, questionnaire) -> tuple[Bounds, Equations, Places]:
    """What the equations of a questionnaire said of the counts that were released exactly."""
    stored, truth, equations = np.load(BEFORE), case.estimates, equations_of(questionnaire)
    places = places_of(truth, equations, questionnaire.editions, questionnaire.codebook)
    code = stored["code"]
    base_shown = ~np.unpackbits(stored["base_hidden"])[: len(truth)].astype(bool)
    size = len(equations.people), len(questionnaire.editions)
    least, most = np.zeros(size), np.full(size, float(len(case.answers)))
    for shown, number, value in (
        (base_shown, places.base, truth["base"]),
        (code != HIDDEN, places.number, truth["count"]),
    ):
        there = shown & (number != NONE) & (truth["question"] != "kommune").to_numpy()
        least[number[there], places.edition[there]] = most[number[there], places.edition[there]] = (
            value.to_numpy()[there]
        )
    return tightened(equations, Bounds(least, most), NO_SHARES), equations, places


def found(case, questionnaire) -> tuple[int, int, int]:
    """How many hidden counts follow: those of somebody, those of nobody, and those of people on
    another benefit in some group."""
    bounds, equations, places = bounds_of_exact_release(case, questionnaire)
    truth = case.estimates
    hidden = (
        (np.load(BEFORE)["code"] == HIDDEN)
        & (places.number != NONE)
        & (truth["question"] != "kommune").to_numpy()
    )
    hidden &= (truth["breakdown"] != "kommune").to_numpy()
    at = places.number[hidden], places.edition[hidden]
    known = bounds.least[at] == bounds.most[at]
    count = truth["count"].to_numpy()[hidden]
    assert (bounds.least[at] <= count).all() and (count <= bounds.most[at]).all()
    in_tables = {number for number in equations.cell.values() if number is not None}
    others = [
        number
        for number, people in enumerate(equations.people)
        if OTHER_BENEFIT in people and number not in in_tables
    ]
    apart = (bounds.least[others] == bounds.most[others]) & (bounds.least[others] > 0)
    return int((known & (count > 0)).sum()), int((known & (count == 0)).sum()), int(apart.sum())


def without(questionnaire, *names):
    """The questionnaire without what is known of boxes or of implications."""
    nowhere = {
        name: {
            question: ~everywhere for question, everywhere in getattr(questionnaire, name).items()
        }
        for name in names
        if name != "implications"
    }
    return replace(
        questionnaire, **nowhere, **({"implications": ()} if "implications" in names else {})
    )


def test_it_finds_what_others_found_in_the_exact_release(case):
    """48 counts: 4 by routing through a breakdown (and others, that combined answers side by side
    give), 12 because everybody ticks a box, and those of variants of a question that divide the
    population; and 24 zeros because who has been unemployed for six months was so before the
    lockdown."""
    somebody, nobody, others = found(case, case.questionnaire)
    boxless = found(case, without(case.questionnaire, "ticked", "alone"))
    assert boxless[0] >= 4 and somebody - boxless[0] >= 12
    assert others >= 28
    assert nobody - found(case, without(case.questionnaire, "implications"))[1] == 24


@pytest.fixture(scope="module")
def leaked(case):
    """The numbers of the exact release that followed, by number and edition, and their counts."""
    bounds, equations, places = bounds_of_exact_release(case, case.questionnaire)
    truth = case.estimates
    hidden = (
        (np.load(BEFORE)["code"] == HIDDEN)
        & (places.number != NONE)
        & (truth["question"] != "kommune").to_numpy()
    )
    known = np.zeros(bounds.least.shape, bool)
    known[places.number[hidden], places.edition[hidden]] = True
    in_tables = {number for number in equations.cell.values() if number is not None}
    for number, people in enumerate(equations.people):
        if OTHER_BENEFIT in people and number not in in_tables:
            # that nobody is in an empty group tells nothing
            known[number] = bounds.least[number] > 0
    return known & (bounds.least == bounds.most)


def test_none_of_them_follows_from_published_shares(case, leaked):
    """Neither the counts nor the zeros. A zero that a large group tells of itself is the group's
    own."""
    attackable = case.protection.attackable
    bounds = attackable.bounds(attackable.told(case.protection.coarser))
    still = leaked & (bounds.least == bounds.most)
    assert leaked.sum() > 60
    assert not still.any(), [
        (case.equations.people[number], case.questionnaire.editions[edition])
        for number, edition in zip(*np.nonzero(still))
    ]


def test_no_group_has_one_answer_left(case):
    """In 31 groups of the exact release only one option was not "–": whoever knew a member knew the
    answer."""
    truth, places, code = case.estimates, case.protection.attackable.places, np.load(BEFORE)["code"]
    small = (
        (truth["base"] > 0)
        & (truth["base"] < 10)
        & ~truth["combined"]
        & (truth["breakdown"] != "kommune")
    ).to_numpy() & (places.number != NONE)
    keys = ["edition", "question", "breakdown", "group"]
    left = (
        truth[keys]
        .astype(str)
        .assign(possible=code != NOBODY, most=case.protection.found.most > 0)[small]
        .groupby(keys)
        .sum()
    )
    assert (left["possible"] == 1).sum() >= 31
    assert (left["most"] >= 2).all()


def test_bounds_hold_the_truth_and_nothing_is_sure(case):
    """Over all groups under the limit: nothing exact, nobody, everybody, or one option left."""
    truth, found_, places = case.estimates, case.protection.found, case.protection.attackable.places
    there = places.number != NONE
    count = truth["count"].to_numpy()
    assert (found_.least[there] <= count[there]).all() and (
        count[there] <= found_.most[there]
    ).all()
    assert not (found_.kind[~found_.of_many] != "").any()
