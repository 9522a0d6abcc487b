"""Weights against the frame, against a solution found another way, and at the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.statistics.weighting.settings import Margin, OwnLink, Settings, load_settings
from helpers.statistics.weighting.trimming import design_effect, trim
from helpers.statistics.weighting.weights import weights
from helpers.survey.codebook import load_codebook
from helpers.survey.frame import frame_counts

CODEBOOK = load_codebook("citizens")
MEN, WOMEN, OTHER = "Mand", "Kvinde", "Andet"
YOUNG, OLD = "20-29 år", "50-59 år"
SEX_AND_AGE = Settings(margins=(Margin(question="koen"), Margin(question="alder")))
WITH_PLACE = Settings(
    margins=(Margin(question="koen"), Margin(question="kommune")),
    own_link=OwnLink(question="kommune", options=("Frederiksberg",)),
)


def people(*rows):
    """Answers of people given as (how many, sex, age, municipality)."""
    columns = {"koen": 1, "alder": 2, "kommune": 3}
    return pd.DataFrame(
        {
            name: pd.Categorical([row[i] for row in rows for _ in range(row[0])])
            for name, i in columns.items()
        }
    )


SAMPLE = people(
    (30, MEN, YOUNG, "Vejle"),
    (10, MEN, OLD, "Vejle"),
    (25, WOMEN, YOUNG, "Vejle"),
    (5, WOMEN, OLD, "Vejle"),
)
FRAME = {"koen": {MEN: 500, WOMEN: 500}, "alder": {YOUNG: 600, OLD: 400}}


def newton(dummies, totals):
    """Raking's weights by another road: exp(dummies @ b) with b from Newton's method on the dual
    problem."""
    b = np.zeros(dummies.shape[1])
    b[0] = np.log(totals[0] / len(dummies))
    for _ in range(200):
        w = np.exp(dummies @ b)
        step = np.linalg.lstsq(
            dummies.T @ (w[:, None] * dummies), totals - dummies.T @ w, rcond=None
        )[0]
        b = b + step * min(1.0, 2.0 / max(np.abs(step).max(), 1e-12))
    return np.exp(dummies @ b)


def dual(answers, frame):
    """The same weights as `weights` without cap and own links, by `newton`."""
    questions = list(frame)
    columns, totals = [np.ones(len(answers))], [sum(frame[questions[0]].values())]
    for question in questions:
        for option, count in list(frame[question].items())[1:]:
            columns.append((answers[question] == option).to_numpy(float))
            totals.append(count)
    return newton(np.column_stack(columns), np.array(totals, float))


def test_weights_equal_newtons():
    found = weights(SAMPLE, CODEBOOK, FRAME, SEX_AND_AGE)
    assert found.raked == pytest.approx(dual(SAMPLE, FRAME), rel=1e-8)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.sampled_from([MEN, WOMEN]),
            st.sampled_from([YOUNG, "30-39 år", OLD]),
            st.just("Vejle"),
        ),
        min_size=6,
        max_size=15,
    ),
    st.lists(st.integers(50, 400), min_size=4, max_size=4),
)
def test_margins_equal_the_frame_and_newtons_weights(rows, sizes):
    answers = people(
        *[(1, sex, age, "Vejle") for sex in (MEN, WOMEN) for age in (YOUNG, "30-39 år", OLD)], *rows
    )
    total = sum(sizes)
    frame = {
        "koen": {MEN: sizes[0], WOMEN: total - sizes[0]},
        "alder": {YOUNG: sizes[1], "30-39 år": sizes[2], OLD: total - sizes[1] - sizes[2]},
    }
    found = weights(answers, CODEBOOK, frame, SEX_AND_AGE)
    for question, options in frame.items():
        for option, count in options.items():
            assert found.raked[(answers[question] == option).to_numpy()].sum() == pytest.approx(
                count, abs=1e-6
            )
    assert found.raked == pytest.approx(dual(answers, frame), rel=1e-6)
    assert found.weight.max() <= SEX_AND_AGE.cap * found.weight.mean() * (1 + 1e-9)
    assert found.weight.sum() == pytest.approx(total)
    assert found.design_effect >= 1 and found.effective_base <= len(answers)


def test_the_projects_own_frame_is_reached():
    answers = open_dataset("synthetic").answers("citizens")
    frame = frame_counts(CODEBOOK)
    found = weights(answers, CODEBOOK, frame, load_settings())
    assert (found.margins["raked"] - found.margins["people"]).abs().max() < 1e-6
    elsewhere = (answers["kommune"] != "Frederiksberg").to_numpy()
    # As the report counts: those asked in eleven municipalities and those who answered in
    # Frederiksberg.
    once = np.where(elsewhere, found.raked, 1.0)
    for question in ("koen", "maalgruppe"):
        for option, count in frame[question].items():
            assert once[(answers[question] == option).to_numpy()].sum() == pytest.approx(
                count, abs=1e-6
            )
    for option, count in frame["kommune"].items():
        assert found.raked[(answers["kommune"] == option).to_numpy()].sum() == pytest.approx(
            count, abs=1e-6
        )
    assert found.raked.sum() == pytest.approx(30756)
    assert found.cut == int((found.raked > 5 * found.raked.mean()).sum())


def test_a_low_cap_leaves_a_gap_that_is_reported():
    strict = SEX_AND_AGE.model_copy(update={"cap": 1.5})
    found = weights(SAMPLE, CODEBOOK, FRAME, strict)
    assert found.cut == 15 and found.weight.max() == pytest.approx(1.5 * found.weight.mean())
    old = (SAMPLE["alder"] == OLD).to_numpy()
    assert found.gap >= 0.4 - found.weight[old].sum() / 1000 > 0.05
    assert found.margins.set_index("group")["gap"][OLD] == pytest.approx(
        found.weight[old].sum() / 1000 - 0.4
    )


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50), st.floats(1.01, 10))
def test_trimming_keeps_the_sum_the_order_and_the_cap(values, cap):
    before = np.array(values)
    after = trim(before, cap)
    assert after.sum() == pytest.approx(before.sum()) and after.max() <= cap * before.mean() * (
        1 + 1e-9
    )
    assert (np.diff(after[np.argsort(before)]) >= -1e-9 * before.mean()).all()
    assert trim(after, cap) == pytest.approx(after)


def test_design_effect_is_one_plus_the_relative_variance():
    some = np.array([1.0, 2.0, 3.0, 10.0])
    assert design_effect(some) == pytest.approx(1 + some.var() / some.mean() ** 2)
    assert design_effect(np.full(7, 3.3)) == pytest.approx(1)


def test_a_place_with_its_own_link_weighs_as_many_as_it_asked():
    answers = people(
        (20, MEN, YOUNG, "Vejle"),
        (20, WOMEN, YOUNG, "Vejle"),
        (6, MEN, YOUNG, "Frederiksberg"),
        (4, WOMEN, YOUNG, "Frederiksberg"),
    )
    # 300 asked in Vejle, 100 in Frederiksberg; the table of sex counts Frederiksberg's ten answers:
    # 300 + 10.
    frame = {"koen": {MEN: 206, WOMEN: 104}, "kommune": {"Vejle": 300, "Frederiksberg": 100}}
    found = weights(answers, CODEBOOK, frame, WITH_PLACE)
    assert list(found.weight[-10:]) == pytest.approx([10.0] * 10)
    assert found.raked[:20] == pytest.approx(10.0) and found.raked[20:40] == pytest.approx(5.0)
    assert found.margins.set_index(["question", "group"])["people"].to_dict() == {
        ("koen", MEN): 200,
        ("koen", WOMEN): 100,
        ("kommune", "Vejle"): 300,
        ("kommune", "Frederiksberg"): 100,
    }


REFUSED = {
    "har svaret, så ingen kan veje for": lambda: weights(
        SAMPLE, CODEBOOK, {**FRAME, "koen": {MEN: 499, WOMEN: 500, OTHER: 1}}, SEX_AND_AGE
    ),
    "stikprøven har ingen": lambda: weights(
        SAMPLE, CODEBOOK, {**FRAME, "koen": {MEN: 1000, WOMEN: 0}}, SEX_AND_AGE
    ),
    "ikke det samme antal": lambda: weights(
        SAMPLE, CODEBOOK, {**FRAME, "koen": {MEN: 500, WOMEN: 501}}, SEX_AND_AGE
    ),
    "det har stikprøven ikke": lambda: weights(
        SAMPLE, CODEBOOK, {**FRAME, "koen": {MEN: 1000}}, SEX_AND_AGE
    ),
    "ikke opgjort på det": lambda: weights(SAMPLE, CODEBOOK, {"koen": FRAME["koen"]}, SEX_AND_AGE),
    "ingen besvarelser at vægte": lambda: weights(SAMPLE.iloc[:0], CODEBOOK, FRAME, SEX_AND_AGE),
    "besvarelser mangler det": lambda: weights(
        SAMPLE.assign(koen=SAMPLE["koen"].cat.remove_categories(MEN)), CODEBOOK, FRAME, SEX_AND_AGE
    ),
    "alle grupper til at passe": lambda: (
        weights(  # every young one is a man and every old one a woman
            people((10, MEN, YOUNG, "Vejle"), (10, WOMEN, OLD, "Vejle")),
            CODEBOOK,
            FRAME,
            SEX_AND_AGE,
        )
    ),
    "passer ikke sammen": lambda: weights(
        people((5, MEN, YOUNG, "Vejle"), (5, WOMEN, YOUNG, "Frederiksberg")),
        CODEBOOK,
        {"koen": {MEN: 50, WOMEN: 40}, "kommune": {"Vejle": 100, "Frederiksberg": 10}},
        WITH_PLACE,
    ),
    "færre med »Kvinde«": lambda: weights(
        people((5, MEN, YOUNG, "Vejle"), (5, WOMEN, YOUNG, "Frederiksberg")),
        CODEBOOK,
        {"koen": {MEN: 102, WOMEN: 3}, "kommune": {"Vejle": 100, "Frederiksberg": 10}},
        WITH_PLACE,
    ),
    "slår »90 år« sammen": lambda: weights(
        SAMPLE,
        CODEBOOK,
        FRAME,
        Settings.model_validate(
            {
                "margins": [
                    {"question": "alder", "groups": [{"label": "Gamle", "options": [OLD, "90 år"]}]}
                ]
            }
        ),
    ),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_cannot_be_weighted_is_refused_in_danish(message):
    with pytest.raises(UserError, match=message):
        REFUSED[message]()


def test_merged_groups_count_as_one():
    merged = Settings.model_validate(
        {
            "margins": [
                {"question": "koen"},
                {
                    "question": "alder",
                    "groups": [{"label": "Voksne", "options": [YOUNG, "30-39 år", OLD]}],
                },
            ]
        }
    )
    frame = {
        "koen": {MEN: 500, WOMEN: 500},
        "alder": {"0-9 år": 0, YOUNG: 500, "30-39 år": 100, OLD: 400},
    }
    found = weights(SAMPLE, CODEBOOK, frame, merged)
    assert list(found.margins["group"]) == [MEN, WOMEN, "Voksne"]
    assert found.raked[:40] == pytest.approx(500 / 40)


def test_settings_name_the_line_of_a_mistake(tmp_path):
    path = tmp_path / "weighting.yaml"
    path.write_text("margins:\n  - question: koen\ncap: 0.5\n", encoding="utf-8")
    with pytest.raises(UserError, match="linje 3"):
        load_settings(path)
