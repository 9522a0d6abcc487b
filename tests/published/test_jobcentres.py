"""The transcription of the jobcentres' report: its table in whole jobcentres, and its words as
intervals."""

import pytest

from helpers.reports.published import load_exceptions, load_published
from helpers.survey.codebook import load_codebook

# Table 1, typed from the report; one row per target group, in the report's order.
TABLE_1 = {
    "formaal_nyledige": (26.8, 0.0, 43.7, 4.2, 0.0, 25.4),
    "formaal_jobparate": (23.6, 0.0, 48.6, 4.2, 2.8, 20.8),
    "formaal_aktivitetsparate": (2.8, 0.0, 16.7, 1.4, 44.4, 34.7),
    "formaal_unge": (6.9, 25.0, 13.9, 2.8, 18.1, 33.3),
    "formaal_syge": (0.0, 0.0, 8.3, 0.0, 48.6, 43.1),
    "formaal_ressourceforloeb": (1.4, 1.4, 8.3, 0.0, 50.0, 38.9),
}


@pytest.fixture(scope="module")
def published():
    return load_published("jobcentres")


def in_tenths(count, base):
    """The share in tenths of a per cent, halves up, in whole numbers only."""
    return (2 * 1000 * count + base) // (2 * base)


def counts_of(shares, base):
    """For each printed share the counts out of `base` that give it."""
    return [
        [count for count in range(base + 1) if in_tenths(count, base) == round(10 * share)]
        for share in shares
    ]


@pytest.mark.parametrize(
    ("item", "base"), [(item, 71 if item == "formaal_nyledige" else 72) for item in TABLE_1]
)
def test_table_1_is_whole_jobcentres(published, item, base):
    rows = published[(published["question"] == item) & (published["kind"] == "table")]
    shares = rows[rows["statistic"] == "share"]
    assert (
        tuple(shares["value"]) == TABLE_1[item]
        and tuple(shares["answers"]) == load_codebook("jobcentres").question(item).labels
    )
    (counts,) = zip(*counts_of(TABLE_1[item], base))
    assert sum(counts) == base
    assert list(shares["note"]) == [f"{count} af {base}" for count in counts]
    assert list(rows.loc[rows["statistic"] == "base", "value"]) == [base] and set(rows["base"]) == {
        base
    }


def test_the_bases_of_table_1_are_the_only_ones_that_fit():
    def fits(shares, base):
        candidates = counts_of(shares, base)
        return all(candidates) and sum(map(min, candidates)) <= base <= sum(map(max, candidates))

    fitting = {
        item: {base for base in range(60, 95) if fits(shares, base)}
        for item, shares in TABLE_1.items()
    }
    assert fitting["formaal_nyledige"] == {71}
    assert all(bases == {72} for item, bases in fitting.items() if item != "formaal_nyledige")


@pytest.mark.parametrize(
    ("page", "question", "answers", "value"),
    [
        (1, "metoder", "Video", 71),
        (6, "metoder", "Video", 71),
        (2, "deltagelse", "Har besvaret", 77),
        (2, "andel_nyledige", "76-100 pct.", 79),
        (6, "telefon_og_video", "Meget godt | Godt", 93),
        (6, "fremover", "En klar styrkelse | En styrkelse", 94),
        (9, "meningsfulde_dialog", "Meget enig | Enig", 51),
        (9, "digital", "Ja, for første gang", 64),
        (9, "digital", "Nej, men vi overvejer at gøre det", 25),
        (10, "service_akut", "Ja", 98),
    ],
)
def test_a_number_read_again(published, page, question, answers, value):
    rows = published[
        (published["page"] == page)
        & (published["question"] == question)
        & (published["statistic"] == "share")
    ]
    assert value in list(rows.loc[rows["answers"] == answers, "value"])


@pytest.mark.parametrize(
    ("page", "question", "low", "high"),
    [
        (1, "henvendelser", 85, 95),
        (1, "sagde_ja", 65, 75),
        (1, "service_match", 100, 100),
        (1, "andel_unge", 60, 100),
        (2, "andel_unge", 55, 65),
        (10, "niveau", 55, 65),
        (10, "service_brancheskift", 85, 95),
    ],
)
def test_words_stand_for_an_interval(published, page, question, low, high):
    rows = published[
        (published["page"] == page)
        & (published["question"] == question)
        & (published["test"] == "between")
    ]
    assert (low, high) in set(zip(rows["low"], rows["high"]))


def test_98_per_cent_cannot_be_out_of_72():
    assert 98 not in {(200 * count + 72) // 144 for count in range(73)}


def test_the_contradiction_between_a_tenth_and_a_percentage_is_an_exception():
    assert [one.rows for one in load_exceptions("jobcentres")] == [("j01-05",)]


def test_options_that_the_report_does_not_name_are_marked():
    codebook = load_codebook("jobcentres")
    assert {option.source for option in codebook.question("brancher").options} == {"inferred"}
    assert {option.source for option in codebook.question("digital").options} == {"printed"}
