"""The cheapest swap is the cheapest of all, whatever is passed over on the way to it."""

import numpy as np
import pytest

from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import open_dataset
from helpers.survey.disclosure import load_rules, primary
from helpers.survey.suppression.columns import Columns
from helpers.survey.suppression.complementary import places_of
from helpers.survey.suppression.moves import moves_of
from helpers.survey.suppression.swaps import Market
from helpers.survey.suppression.tables import BARRED, COUNTRY_PLACE, tables_of
from helpers.survey.tabulation import tabulate

LIMITS = (0.0, 8.0, BARRED)


@pytest.fixture(scope="module", params=["alder", "maalgruppe"])
def market(request):
    """The tables of a breakdown in three towns, with what the rules hide by themselves."""
    codebook, answers = load_codebook("citizens"), open_dataset("synthetic").answers("citizens")
    chosen = answers[answers["kommune"].isin(["Albertslund", "Esbjerg", "Vejle"])]
    estimates = tabulate(codebook, chosen.assign(kommune=chosen["kommune"].astype(str).astype("category")))
    first, columns = primary(estimates, codebook, load_rules()), Columns(codebook)
    tables = tables_of(estimates, request.param, places_of(estimates), columns, first.hidden != "", first.base_hidden)
    return Market(tables, moves_of(columns), columns.of_questions({request.param}))


def all_prices(market, place, group, column):
    """The prices of all swaps that change a count, one corner after the other; for the country, of all that a town takes part in."""
    towns, found = range(1, len(market.cost)), []
    for move in market.usable_for(column):
        for sign in (1, -1):
            for beside in set(range(len(market.tables.groups))) - {group}:
                first = {(place, group): sign, (place, beside): -sign}
                if place == COUNTRY_PLACE:
                    others = [{(town, group): sign, (town, beside): -sign} for town in towns]
                else:
                    others = [{(COUNTRY_PLACE, group): sign, (COUNTRY_PLACE, beside): -sign}]
                    others += [{(town, group): -sign, (town, beside): sign} for town in towns if town != place]
                for other in others:
                    corners = first | other
                    if all((market.made if made == 1 else market.undone)[where][move] for where, made in corners.items()):
                        found.append(sum(market.cost[where][move] for where in corners))
    return [price for price in found if np.isfinite(price)]


def test_no_swap_is_cheaper_and_none_dearer_than_it_may_be_is_taken(market):
    random, tried = np.random.default_rng(8), {True: 0, False: 0}
    left = market.left()
    for place, group, column in [left[number] for number in random.choice(len(left), 12, replace=False)] + left[-4:]:
        prices = all_prices(market, place, group, column)
        least = min(prices, default=1.0)
        for most in (*LIMITS, least * (1 + 1e-9), least * (1 - 1e-9)):
            swap, affordable = market.cheapest(place, group, column, most), [price for price in prices if price <= most]
            tried[bool(affordable)] += 1
            if affordable:
                assert swap.price == pytest.approx(min(affordable)), (place, group, column, most)
                assert (place, group) in {corner[:2] for corner in swap.corners} and market.moves.change[swap.move, column]
            else:
                assert swap is None or place == COUNTRY_PLACE  # within the country alone, where no town has the table
    assert min(tried.values()) > 3, tried
