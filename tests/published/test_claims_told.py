"""Every claim that the reports make in words stands in a sentence of the national edition.

The pages are built once, as `make book` builds them; what is up to date is taken from its store.
"""

import re

import pandas as pd
import pytest

from helpers.authoring.claims_in_book import MOST_SILENT, Text, claims_of_book, judge, sums
from helpers.paths import DATA
from helpers.press.outline import load_outline
from helpers.reports.claim_places import load_traces

PER_CENT = re.compile(r"(\d+) pct\.")
# How the target groups are called in running text.
STEMS = {
    "6.1": "dagpenge",
    "6.2": "jobparate",
    "6.3": "aktivitetsparate",
    "6.4": "uddannelseshjælp",
    "6.6": "sygedagpenge",
}
EVERYBODY = re.compile(r"^Alle \d")


@pytest.fixture(scope="module")
def registry():
    """The rows of both registries, read without the project's own reader."""
    tables = [
        pd.read_csv(DATA / "published" / f"{survey}.csv", dtype=str, keep_default_na=False)
        for survey in ("citizens", "jobcentres")
    ]
    return pd.concat(tables).set_index("row_id")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The claims table of the national edition."""
    return claims_of_book(output=tmp_path_factory.mktemp("udsagn") / "site", progress=False)


def test_every_claim_is_traced_exactly_once(registry):
    traced = [row for trace in load_traces() for row in trace.claims]
    assert sorted(traced) == sorted(registry.index[registry["statistic"] == "claim"])


def test_claims_are_traced_to_pages_of_the_national_edition():
    pages = {page.slug for page in load_outline().for_edition(country=True).pages}
    assert {trace.page for trace in load_traces()} <= pages


def test_the_opposite_of_a_direction_is_not_taken_for_it(found, registry):
    """ "Højest blandt A, lavest blandt B" has the same words when A and B change places."""
    traces, held = {trace.claims[0]: trace for trace in load_traces()}, 0
    for one in found[found["verdict"] == "sagt"].itertuples():
        row = registry.loc[one.rows.split()[0]]
        if row["test"] not in ("highest", "lowest") or row["group"][:3] not in STEMS:
            continue
        own = STEMS[row["group"][:3]]
        for other in STEMS.values():
            if other != own and stands_in(other, one.sentence):
                opposite = exchanged(one.sentence, own, other)
                verdict = judge(traces[row.name], Text(((opposite,),))).verdict
                assert verdict != "sagt", (row.name, opposite)
                held += 1
    assert held >= 6


def stands_in(stem: str, sentence: str) -> bool:
    return bool(re.search(rf"\b{stem}", sentence))


def exchanged(sentence: str, one: str, other: str) -> str:
    """The sentence with two target groups in each other's place."""
    swap = {one: other, other: one}
    return re.sub(rf"\b({one}|{other})", lambda found: swap[found[0]], sentence)


@pytest.mark.parametrize("verdict", ["modsagt", "skjult", "mangler"])
def test_the_book_says_what_the_reports_say(found, verdict):
    wrong = found[found["verdict"] == verdict]
    assert wrong.empty, "\n".join(
        f"{row.rows} ({row.place}) {row.claim}: {row.sentence}" for row in wrong.itertuples()
    )


def test_few_claims_are_passed_over(found):
    assert sums(found)["tavs"] <= MOST_SILENT == 3


def test_a_number_in_the_sentence_lies_where_the_claim_says(found, registry):
    """Words are found as words; the number beside them is held against the claim's interval."""
    held = 0
    for one in found[found["verdict"] == "sagt"].itertuples():
        shares = numbers_in(one.sentence)
        for row in registry.loc[one.rows.split()].query("test == 'between'").itertuples():
            low, high = float(row.low) - 0.5, float(row.high) + 0.5  # shares are rounded
            assert not shares or any(low <= share <= high for share in shares), (row.Index, one)
            held += bool(shares)
    assert held > 50


def numbers_in(sentence: str) -> list[int]:
    """The shares that a sentence tells, in per cent; "Alle 72 …" is all of them."""
    everybody = [100] if EVERYBODY.match(sentence) else []
    return [int(number) for number in PER_CENT.findall(sentence)] + everybody
