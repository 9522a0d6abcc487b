"""Each exception is proved again; and what can be reproduced cannot pass for an exception."""

import pytest

from helpers.survey.published import Contradiction, load_exceptions
from helpers.synthesis import prove


@pytest.fixture(scope="module")
def proofs():
    return {proof.row: proof for proof in prove("citizens")}


@pytest.mark.parametrize("row_id", [row_id for one in load_exceptions("citizens") for row_id in one.rows])
def test_an_exception_is_proved(proofs, row_id):
    proof = proofs[row_id]
    assert proof.rest_feasible, "the rest of the report must have a solution"
    assert proof.infeasible_with_rest, "the row must be impossible together with the rest"
    assert proof.conflicting, "the rows named in `contradicts` must suffice to exclude it"
    assert proof.stands


def test_a_row_that_can_be_reproduced_is_no_exception():
    listed = load_exceptions("citizens")
    claimed = Contradiction(rows=("b14-10",), contradicts=("b14-08",), reason="63 pct. er slet ikke umuligt")
    found = {proof.row: proof for proof in prove("citizens", (*listed, claimed))}
    assert not found["b14-10"].stands


def test_an_exception_left_out_leaves_the_rest_without_a_solution():
    shortened = tuple(one for one in load_exceptions("citizens") if "b13-40" not in one.rows)
    assert not any(proof.rest_feasible for proof in prove("citizens", shortened))
