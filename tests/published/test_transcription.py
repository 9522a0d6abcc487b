"""The transcription of the citizens' report: complete, consistent with itself, and right where it
was read again by eye."""

from fractions import Fraction
from itertools import product

import pandas as pd
import pytest

from helpers.reports.claims import TESTS
from helpers.reports.published import SEPARATOR, load_exceptions, load_published
from helpers.reports.reconcile import STATISTICS
from helpers.survey.codebook import load_codebook
from helpers.survey.frame import frame_counts
from helpers.survey.rounding import half_up


@pytest.fixture(scope="module")
def published():
    return load_published("citizens")


def found(published, **cells):
    chosen = published
    for column, wanted in cells.items():
        chosen = chosen[chosen[column] == wanted]
    return chosen


def test_a_careful_reading_gives_more_than_500_rows(published):
    assert len(published) > 500
    assert published["row_id"].is_unique
    assert published["page"].is_monotonic_increasing


# Typed from the notes under the figures, page by page.
PRINTED_N = {
    12: [5778],
    13: [5779],
    14: [4812],
    15: [780],
    17: [5456],
    18: [5299],
    19: [133],
    20: [5456],
    21: [5456],
    22: [4732],
    23: [1580],
    24: [4052],
    25: [1531],
    26: [4050] * 4,
    29: [2897],
    30: [2163],
    31: [390],
    32: [319],
    34: [5778],
    35: [5778],
    37: [5778],
    38: [5778],
    39: [5778],
    41: [5778],
    44: [5778],
    45: [5778],
}


def test_every_page_has_its_n(published):
    notes = published[(published["kind"] == "note") & (published["statistic"] == "base")]
    assert {page: list(rows) for page, rows in notes.groupby("page")["value"]} == PRINTED_N


def test_the_report_has_rows_on_every_page_with_results(published):
    assert set(published["page"]) == {
        5,
        7,
        8,
        *range(12, 16),
        *range(17, 27),
        *range(28, 33),
        34,
        35,
        *range(37, 47),
    }


# Page, place, answer (its beginning), group (its beginning) and value, typed from the report.
READ_AGAIN = [
    (5, "brødtekst", "6.1", "", 46),
    (7, "hovedkonklusion", "Det gjorde en medarbejder", "", 56),
    (8, "hovedkonklusion", "Det er vanskeligt", "", 33),
    (12, "brødtekst", "Det gjorde en medarbejder", "6.2", 38),
    (13, "figur", "Ja, fire gange", "6.6", 18),
    (13, "figur", "Ja, to eller tre", "6.1", 49),
    (13, "figur", "Ja, én", "6.4", 20),
    (13, "figur", "Ja, én", "", 30),
    (14, "figur", "Hverken", "", 12),
    (15, "figur", "Ved ikke", "", 20),
    (17, "figur", "Via mail", "", 14),
    (17, "brødtekst", "Via fysisk", "", 1),
    (18, "figur", "Godt", "", 37),
    (19, "figur", "Hverken", "", 13),
    (20, "figur", "I nogen grad", "", 21),
    (21, "figur", "I meget høj", "6.6", 37),
    (22, "figur", "Jeg føler mig", "", 29),
    (22, "brødtekst", "Det er lettere at tale", "", 12),
    (23, "figur", "Det er besværligt", "", 28),
    (24, "figur", "Slet ikke", "", 28),
    (25, "brødtekst", "Positiv", "6.4", 26),
    (25, "figur", "Overvejende positiv", "", 25),
    (29, "figur", "Rådgivning", "", 24),
    (29, "brødtekst", "Generel", "6.2", 26),
    (30, "figur", "Opfølgning på min plan", "", 26),
    (31, "figur", "Igangværende", "", 42),
    (31, "figur", "Mine muligheder", "", 15),
    (32, "figur", "Opfølgning på min uddannelsesplan", "", 19),
    (32, "figur", "Hjælp til CV", "", 5),
    (34, "brødtekst", "Meget tilfreds", "Lang", 44),
    (35, "figur", "Tilfreds", "6.1", 44),
    (35, "brødtekst", "Meget tilfreds", "6.6", 51),
    (37, "figur", "D. 12. marts", "", 26),
    (38, "figur", "6-12", "", 23),
    (41, "figur", "Kvinde", "", 62),
    (44, "brødtekst", "Folkeskole", "", 14),
    (45, "brødtekst", "6.3", "", 7),
]


@pytest.mark.parametrize(("page", "place", "answer", "group", "value"), READ_AGAIN)
def test_a_number_read_again(published, page, place, answer, group, value):
    rows = found(published, page=page, place=place, statistic="share")
    rows = rows[
        rows["answers"].str.startswith(answer)
        & ~rows["answers"].str.contains(SEPARATOR, regex=False)
    ]
    rows = rows[rows["group"].str.startswith(group) if group else rows["group"] == ""]
    assert list(rows["value"]) == [value]


@pytest.mark.parametrize(
    ("page", "first", "value"),
    [
        (7, "Meget tilfreds | Tilfreds", 81),
        (7, "Ja, to eller tre gange", 56),
        (8, "I mindre grad | Slet ikke", 8),
        (13, "Ja, fire gange eller flere | Ja, to eller tre gange", 84),
        (18, "Dårligt | Meget dårligt", 2),
        (24, "I mindre grad | Slet ikke", 42),
        (25, "Overvejende negativ | Negativ", 10),
        (26, "Meget enig | Enig", 12),
        (38, "2-3 år | Mere end 3 år", 9),
    ],
)
def test_a_sum_of_answers_read_again(published, page, first, value):
    assert value in list(found(published, page=page, answers=first, statistic="share")["value"])


def test_counts_in_running_text(published):
    counts = published[(published["statistic"] == "count") & (published["kind"] == "text")]
    assert list(zip(counts["page"], counts["value"])) == [
        (15, 71),
        (17, 89),
        (17, 133),
        (19, 133),
        (19, 89),
        (19, 133),
    ]


def test_every_claim_and_statistic_is_known_to_the_reconciler(published):
    claims = found(published, statistic="claim")
    assert len(claims) > 100 and set(claims["test"]) <= set(TESTS)
    assert set(published["statistic"]) - {"claim"} <= set(STATISTICS)


def test_what_was_settled_or_is_uncertain_says_how(published):
    unclear = published[published["reading"] != "printed"]
    assert not unclear.empty and (unclear["note"].str.len() > 20).all()


@pytest.mark.parametrize(
    ("question", "sample"),
    [("alder", 28444), ("koen", 28444), ("kommune", 30756), ("maalgruppe", 28444)],
)
def test_tables_add_up_and_their_shares_follow_from_their_counts(published, question, sample):
    cells = found(published, kind="table", question=question).pivot(
        index="answers", columns="statistic", values="value"
    )
    total = cells.index.str.contains(SEPARATOR, regex=False)
    rows = cells[~total]
    assert rows["count"].sum() == cells[total]["count"].item() == 5778
    assert rows["frame_count"].sum() == cells[total]["frame_count"].item() == sample
    answers, frame = 100 * rows["count"] / 5778, 100 * rows["frame_count"] / sample
    for exact, printed in (
        (answers, "share"),
        (frame, "frame_share"),
        (answers - frame, "representation"),
    ):
        assert [int(half_up(value)) for value in exact] == list(rows[printed].astype(int))


def test_the_frame_files_say_what_the_tables_print(published):
    frame = frame_counts(load_codebook("citizens"))
    printed = found(published, statistic="frame_count")
    printed = printed[~printed["answers"].str.contains(SEPARATOR, regex=False)]
    for question, rows in printed.groupby("question"):
        assert dict(zip(rows["answers"], rows["value"].astype(int))) == frame[question]


def test_single_choice_charts_sum_to_a_whole(published):
    codebook = load_codebook("citizens")
    charts = published[(published["kind"] == "chart") & (published["statistic"] == "share")]
    checked = 0
    for (question, group), rows in charts.groupby(["question", "group"]):
        if codebook.question(question).type == "single" and not rows["value"].isna().any():
            assert 98 <= rows["value"].sum() <= 102, (question, group)
            checked += 1
    assert checked > 15


def test_lost_labels_leave_room_for_what_is_missing(published):
    charts = published[
        (published["kind"] == "chart")
        & (published["statistic"] == "share")
        & (published["question"] != "alder")
    ]
    for _, rows in charts.groupby(["question", "group"]):
        if rows["value"].isna().any() and not rows["question"].str.startswith("emner").any():
            assert rows["value"].sum() <= 100.5 + len(rows) / 2


def label_of(published, question, group, answer):
    """The label of one answer in the figures, or None where it is lost or settled from a sum."""
    rows = found(
        published, kind="chart", statistic="share", question=question, group=group, answers=answer
    )
    return (
        None
        if rows.empty or rows["reading"].eq("uncertain").any() or rows["value"].isna().any()
        else rows["value"].iloc[0]
    )


def test_every_printed_sum_is_the_sum_of_the_rounded_labels(published):
    sums = found(published, kind="text", statistic="share")
    sums = sums[sums["answers"].str.contains(SEPARATOR, regex=False)]
    added = {}
    for row in sums.itertuples():
        labels = [
            label_of(published, row.question, row.group, answer)
            for answer in row.answers.split(SEPARATOR)
        ]
        if None not in labels:
            assert sum(labels) == row.value, row.row_id
            added[row.row_id] = labels
    assert added["b14-02"] == [63, 20]  # 83, although the people are 84 per cent
    assert {tuple(labels) for labels in added.values()} >= {
        (18, 66),
        (14, 28),
        (25, 29, 23),
        (4, 5),
    }


# Row, the printed sum and the labels that are known; the rest of the sum is what the row says.
REST_OF_A_SUM = [
    ("b26-15", 66, (39,), {26, 27, 28}),
    ("b26-17", 61, (39,), {21, 22, 23}),
    ("b26-18", 12, (9,), {2, 3, 4}),
]


@pytest.mark.parametrize(("row_id", "whole", "known", "admitted"), REST_OF_A_SUM)
def test_a_label_that_is_the_rest_of_a_sum_is_uncertain(published, row_id, whole, known, admitted):
    row = found(published, row_id=row_id).iloc[0]
    assert row["value"] == whole - sum(known) and row["reading"] == "uncertain"
    # Exact shares in hundredths, a little inside the rounding intervals.
    exact = [range(100 * value - 50, 100 * value + 50, 5) for value in (whole, *known)]
    rests = {Fraction(first - sum(others), 100) for first, *others in product(*exact)}
    assert {int(half_up(float(rest))) for rest in rests} == admitted
    assert f"{min(admitted)}-{max(admitted)} pct." in row["note"]


def test_the_label_that_is_lost_on_page_21_could_be_another(published):
    # Each target group is taken to be as large a part of the 5,456 as of all; »Anden ydelse« gives
    # anything.
    people = {
        group[:3]: value
        for group, value in found(published, page=45, kind="chart", statistic="count")
        .set_index("answers")["value"]
        .items()
    }
    bases = {group: number * 5456 / 5778 for group, number in people.items()}

    def lost(group, labels):
        total, others = (
            Fraction(30) * 5456,
            [(value, bases[name]) for name, value in labels.items()],
        )
        slack = 5456 / 2 + sum(base for _, base in others) / 2
        rest = float(total) - sum(value * base for value, base in others)
        return [
            int(half_up(bound / bases[group]))
            for bound in (rest - slack - 100 * bases["And"], rest + slack)
        ]

    assert lost("6.4", {"6.3": 25, "6.6": 31, "6.1": 31, "6.2": 28}) == [3, 41]
    assert lost("6.2", {"6.4": 25, "6.3": 31, "6.6": 31, "6.1": 28}) == [23, 69]
    notes = set(found(published, page=21, answers="I høj grad", reading="uncertain")["note"])
    assert len(notes) == 1 and "3-41 og 23-69 pct." in notes.pop()


def test_exceptions_name_rows_of_the_report(published):
    exceptions = load_exceptions("citizens")
    assert {row for one in exceptions for row in one.rows} >= {
        "b13-40",
        "b07-14",
        "b14-02",
        "b24-11",
        "b26-14",
        "b43-03",
        "b43-73",
        "b43-74",
    }
    assert all(
        one.reason and set(one.contradicts) <= set(published["row_id"]) for one in exceptions
    )


def test_the_intervals_of_printed_shares_are_half_a_digit_to_each_side(published):
    shares = published[(published["statistic"] == "share") & published["value"].notna()]
    pd.testing.assert_series_equal(
        shares["high"] - shares["low"], shares["precision"], check_names=False
    )
    pd.testing.assert_series_equal(
        (shares["high"] + shares["low"]) / 2, shares["value"], check_names=False
    )
