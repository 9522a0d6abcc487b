"""Each exception is proved again; and what can be reproduced cannot pass for an exception."""

import pytest

from helpers.reports.published import Contradiction, load_exceptions
from helpers.survey.codebook import load_codebook
from helpers.synthesis import prove
from helpers.synthesis.printed_rows import excepted_rows, published_rows, with_municipalities
from helpers.synthesis.proofs import solve
from helpers.synthesis.recipe import load_recipe


@pytest.fixture(scope="module")
def proofs():
    return {proof.row: proof for proof in prove("citizens")}


@pytest.mark.parametrize(
    "row_id", [row_id for one in load_exceptions("citizens") for row_id in one.rows]
)
def test_an_exception_is_proved(proofs, row_id):
    proof = proofs[row_id]
    assert proof.rest_feasible, "the rest of the report must have a solution"
    assert proof.infeasible_with_rest, "the row must be impossible together with the rest"
    assert proof.conflicting, "the rows named in `contradicts` must suffice to exclude it"
    assert proof.stands


@pytest.fixture(scope="module")
def if_anybody_may_skip():
    """Solves for rows by name when anybody may have skipped the question on page 15."""
    codebook = with_municipalities(load_codebook("citizens"))
    recipe = load_recipe("citizens", codebook).routing_only()
    recipe = recipe.model_copy(
        update={"unanswered": recipe.unanswered | {"accept": codebook.respondents}}
    )
    rows = {row.row_id: row for row in published_rows("citizens")}
    return lambda names: solve(codebook, recipe, [rows[name] for name in names])


def test_83_per_cent_is_impossible_even_if_anybody_skipped_the_question_that_follows(
    if_anybody_may_skip,
):
    # b15-08 reads the note as if all who were asked answered; without it, 780 may be fewer than
    # were asked.
    rest = [
        row.row_id
        for row in published_rows("citizens")
        if row.row_id not in excepted_rows("citizens") | {"b15-08"}
    ]
    assert if_anybody_may_skip(rest).feasible
    assert if_anybody_may_skip([*rest, "b14-02"]).infeasible
    # What excludes it is that 2 per cent said »Ved ikke« on page 12; they would be fewer than 1.5.
    without = [name for name in rest if name != "b12-12"]
    assert if_anybody_may_skip([*without, "b14-02"]).feasible


def test_what_83_per_cent_is_said_to_contradict_suffices_even_if_anybody_skipped(
    if_anybody_may_skip,
):
    (listed,) = [one for one in load_exceptions("citizens") if "b14-02" in one.rows]
    assert "b15-08" not in listed.contradicts
    assert if_anybody_may_skip([*listed.contradicts, "b14-02"]).infeasible
    for needed in listed.contradicts:
        assert if_anybody_may_skip(
            [*(name for name in listed.contradicts if name != needed), "b14-02"]
        ).feasible, needed


def test_a_row_that_can_be_reproduced_is_no_exception():
    listed = load_exceptions("citizens")
    claimed = Contradiction(
        rows=("b14-10",), contradicts=("b14-08",), reason="63 pct. er slet ikke umuligt"
    )
    (found,) = prove("citizens", (*listed, claimed), of=claimed.rows)
    assert not found.stands


def test_an_exception_left_out_leaves_the_rest_without_a_solution():
    shortened = tuple(one for one in load_exceptions("citizens") if "b13-40" not in one.rows)
    (found,) = prove("citizens", shortened, of=shortened[0].rows[:1])
    assert not found.rest_feasible
