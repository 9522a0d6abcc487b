"""The jobcentres' synthetic answers, counted without the package's own counting, and what was
proved about them."""

import os
import shutil
import subprocess
import sys
from fractions import Fraction

import pandas as pd
import pytest
from count import Count, answers, half_up, holds, stated_rows

from helpers.errors import UserError
from helpers.paths import DATA
from helpers.reports.published import load_exceptions
from helpers.survey.codebook import load_codebook, surveys
from helpers.synthesis import prove, synthesize
from helpers.synthesis.printed_rows import published_rows
from helpers.synthesis.proofs import solve
from helpers.synthesis.recipe import load_recipe


@pytest.fixture(scope="module")
def centres():
    return answers("jobcentres")


@pytest.fixture(scope="module")
def count(centres):
    return Count(centres)


def test_every_published_row_is_reproduced(count):
    rows = stated_rows("jobcentres")
    assert len(rows) == 129
    assert [row["row_id"] for row in rows if not holds(row, count)] == []


# ---- Table 1, typed from the report: shares in tenths of a per cent, and the base they must be of

PURPOSES = (
    "Rekruttering til konkret job",
    "Opfølgning på uddannelsespålæg",
    "Vejledning om/opfølgning på jobsøgning",
    "Dialog om opkvalificering",
    "Opfølgning på igangsat aktivitet",
    "Andet (uddyb venligst)",
)
TABLE_1 = {
    "formaal_nyledige": (71, (268, 0, 437, 42, 0, 254)),
    "formaal_jobparate": (72, (236, 0, 486, 42, 28, 208)),
    "formaal_aktivitetsparate": (72, (28, 0, 167, 14, 444, 347)),
    "formaal_unge": (72, (69, 250, 139, 28, 181, 333)),
    "formaal_syge": (72, (0, 0, 83, 0, 486, 431)),
    "formaal_ressourceforloeb": (72, (14, 14, 83, 0, 500, 389)),
}


@pytest.mark.parametrize("item", TABLE_1)
def test_table_1_to_the_printed_decimal_in_whole_jobcentres(count, item):
    base, tenths = TABLE_1[item]
    counts = [count.count(item, [purpose]) for purpose in PURPOSES]
    assert sum(counts) == count.base(item) == base
    assert [half_up(Fraction(1000 * number, base), Fraction(1)) for number in counts] == list(
        tenths
    )


# ---- Who was asked -------------------------------------------------------------------------------


def test_72_answered_5_in_part_and_the_rest_not(centres):
    assert dict(centres["deltagelse"].value_counts()) == {
        "Har besvaret": 72,
        "Har delvist besvaret": 5,
        "Har ikke besvaret": 17,
    }
    silent = centres[centres["deltagelse"] != "Har besvaret"]
    assert silent.drop(columns=["respondent", "deltagelse"]).isna().all(axis=None)


TARGET_GROUPS = {
    "formaal_nyledige": "Ny-ledige (ledige under covid-19-krisen)",
    "formaal_jobparate": "Øvrige jobparate",
    "formaal_aktivitetsparate": "Aktivitetsparate kontanthjælpsmodtagere",
    "formaal_unge": "Unge på uddannelseshjælp",
    "formaal_syge": "Sygedagpengemodtagere",
    "formaal_ressourceforloeb": "Ressourceforløbsydelsesmodtagere",
}


@pytest.mark.parametrize("item", TARGET_GROUPS)
def test_the_purpose_is_told_by_those_who_had_contact(centres, count, item):
    assert (count.answered(item) == count.ticked("maalgrupper", TARGET_GROUPS[item])).all()


def test_all_other_questions_are_answered_by_all_72_but_one(centres, count):
    questions = {column.split(": ")[0] for column in centres} - {
        "respondent",
        "deltagelse",
        *TARGET_GROUPS,
    }
    asked = centres["deltagelse"] == "Har besvaret"
    skipped = {question: int((asked & ~count.answered(question)).sum()) for question in questions}
    assert {question: number for question, number in skipped.items() if number} == {
        "service_akut": 6
    }


def test_the_jobcentre_without_contact_with_the_newly_unemployed_reached_the_fewest_of_them(
    centres, count
):
    without = (centres["deltagelse"] == "Har besvaret") & ~count.ticked(
        "maalgrupper", TARGET_GROUPS["formaal_nyledige"]
    )
    assert list(centres.loc[without, "andel_nyledige"]) == ["0-25 pct."]


# ---- Plausible jobcentres ------------------------------------------------------------------------


def test_no_two_jobcentres_are_alike_and_none_is_sorted_to_its_place(centres):
    assert (
        not centres.drop(columns="respondent")
        .dropna(how="all")
        .loc[centres["deltagelse"] == "Har besvaret"]
        .duplicated()
        .any()
    )
    assert list(centres["respondent"]) == list(range(1, 95))
    first = centres.loc[centres["respondent"] <= 47, "deltagelse"]
    assert 25 <= (first == "Har besvaret").sum() <= 45


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("andel_jobparate", "andel_syge"),
        ("andel_unge", "andel_ressourceforloeb"),
        ("telefon_og_video", "fremover"),
        ("meningsfulde_medarbejdere", "meningsfulde_dialog"),
    ],
)
def test_answers_of_the_same_jobcentre_go_together(centres, one, other):
    known = centres[
        centres[[one, other]].notna().all(axis=1)
        & (centres[[one, other]] != "Ved ikke").all(axis=1)
    ]
    assert known[one].cat.codes.corr(known[other].cat.codes, method="spearman") > 0.1


# ---- Proofs --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proofs():
    return {proof.row: proof for proof in prove("jobcentres")}


@pytest.mark.parametrize(
    "row_id", [row_id for one in load_exceptions("jobcentres") for row_id in one.rows]
)
def test_an_exception_is_proved(proofs, row_id):
    assert proofs[row_id].stands


@pytest.mark.parametrize(("skipping", "possible"), [(0, False), (5, False), (6, True), (32, True)])
def test_98_per_cent_takes_six_who_skipped_the_question(skipping, possible):
    codebook = load_codebook("jobcentres")
    recipe = (
        load_recipe("jobcentres", codebook)
        .routing_only()
        .model_copy(update={"unanswered": {"service_akut": skipping}})
    )
    rows = [row for row in published_rows("jobcentres") if row.row_id != "j01-05"]
    found = solve(codebook, recipe, rows)
    assert (found.feasible, found.infeasible) == (possible, not possible)
    # The same without a solver: one "no" among so many answers.
    assert possible == any(
        half_up(Fraction(100 * (base - 1), base), Fraction(1)) == 98
        for base in range(72 - skipping, 73)
    )


# ---- Making them again ---------------------------------------------------------------------------

MAKE = "import sys; from helpers.synthesis import synthesize; synthesize('jobcentres', sys.argv[1])"


def test_the_answers_come_out_the_same_byte_for_byte_and_leave_the_other_survey_alone(tmp_path):
    kept, made = DATA / "synthetic", tmp_path / "igen"
    shutil.copytree(kept, made)
    (made / "jobcentres.parquet").unlink()
    # Another hash seed, so that an order taken from a set would show.
    subprocess.run(
        [sys.executable, "-c", MAKE, str(made)],
        check=True,
        timeout=120,
        env=os.environ | {"PYTHONHASHSEED": "54321"},
    )
    for name in ("jobcentres.parquet", "citizens.parquet", "dataset.yaml"):
        assert (made / name).read_bytes() == (kept / name).read_bytes()


@pytest.fixture
def empty_answers(monkeypatch):
    """Makes every survey's answers an empty file, in no time."""
    from helpers.synthesis import dataset_made as making
    from helpers.synthesis import dataset_written as writing

    monkeypatch.setattr(
        making, "make_people", lambda *arguments: type("Nobody", (), {"count": 0})()
    )
    monkeypatch.setattr(writing, "parquet_bytes", lambda people: b"")


def test_the_order_of_making_does_not_show(tmp_path, empty_answers):
    orders = {
        "en": ("citizens", "jobcentres"),
        "to": ("jobcentres", "citizens"),
        "tre": ("jobcentres", "citizens", "jobcentres"),
    }
    for folder, order in orders.items():
        for survey in order:
            synthesize(survey, tmp_path / folder)
    manifests = {
        (tmp_path / folder / "dataset.yaml").read_text(encoding="utf-8") for folder in orders
    }
    assert len(manifests) == 1


def test_synthetic_answers_are_not_put_among_real_ones(tmp_path, empty_answers):
    synthesize("citizens", tmp_path)
    manifest = tmp_path / "dataset.yaml"
    real = manifest.read_text(encoding="utf-8").replace("synthetic: true", "synthetic: false")
    manifest.write_text(real, encoding="utf-8")
    with pytest.raises(UserError, match="rigtige svar"):
        synthesize("jobcentres", tmp_path)
    assert manifest.read_text(encoding="utf-8") == real


def test_a_survey_without_a_recipe_is_named(tmp_path):
    with pytest.raises(UserError, match="»foraeldre«.*citizens, jobcentres"):
        synthesize("foraeldre", tmp_path)


def test_no_question_of_one_survey_has_the_name_of_anothers():
    names = [
        name
        for survey in surveys()
        for name in {
            key
            for question in load_codebook(survey).questions
            for key in (question.id, question.battery, question.variant_of)
            if key
        }
    ]
    assert pd.Series(names).is_unique
