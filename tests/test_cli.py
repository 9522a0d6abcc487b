"""The command as an analyst types it: what it prints, and how it fails."""

import csv
import io
import json

import pandas as pd
import pytest
from commands import called as run

from helpers.cli.printing import Format, print_frame
from helpers.disclosure.audit import Audit
from helpers.disclosure.audits import audits
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import stored
from helpers.survey.tabulation import tabulate


def test_a_table_as_json_has_the_printed_per_cent():
    code, out, _ = run("table", "initiativ", "--format", "json")
    percent = {row["answer"]: round(100 * row["share"]) for row in json.loads(out)}
    assert code == 0
    assert percent == {  # the report's chart on page 12
        "Det gjorde jeg selv": 15,
        "Det gjorde en medarbejder fra jobcenteret": 56,
        "Jeg har selv taget kontakt, men det har medarbejderen fra jobcenteret også": 28,
        "Ved ikke": 2,
    }


def test_csv_and_json_say_the_same():
    _, as_json, _ = run("table", "tilfredshed", "--by", "maalgruppe", "--format", "json")
    _, as_csv, _ = run("table", "tilfredshed", "--by", "maalgruppe", "--format", "csv")
    rows, also = list(csv.DictReader(io.StringIO(as_csv))), json.loads(as_json)
    texts, numbers = ("group", "answer", "hidden"), ("share", "low", "high", "step", "base")
    for names, read in ((texts, str), (numbers, number)):
        told = [[read(row[name]) for name in names] for row in rows]
        assert len(told) > 20 and told == [[read(row[name]) for name in names] for row in also]


def number(cell):
    """A number of a cell, or None for an empty one."""
    return None if cell in ("", None) else pytest.approx(float(cell))


def test_a_total_of_the_country_is_exact_and_a_group_is_told_in_steps():
    _, total, _ = run("table", "tilfredshed", "--format", "json")
    for row in json.loads(total):
        assert row["share"] == row["low"] == row["high"] and row["step"] == 0
        assert row["share"] == pytest.approx(row["count"] / row["base"])
    by_age = ("--by", "alder", "--municipality", "Vejle")
    _, groups, _ = run("table", "tilfredshed", *by_age, "--format", "json")
    shown = [row for row in json.loads(groups) if not row["hidden"]]
    assert shown
    for row in shown:
        assert row["count"] is None and row["step"] >= 1 and row["base"] % 5 == 0
        assert row["low"] < row["share"] < row["high"]


def test_a_table_is_printed_with_its_steps():
    code, out, _ = run("table", "tilfredshed", "--by", "koen", "--municipality", "Jammerbugt")
    assert code == 0
    assert all(word in out for word in ("tilfredshed", "Kvinde", "share", "step", "base"))


@pytest.mark.parametrize("written", ["Vejle", "vejle kommune", "0630", "630"])
def test_a_municipality_however_it_is_written(written):
    code, out, _ = run("table", "tilfredshed", "--municipality", written, "--format", "json")
    assert code == 0
    # 867 answered, page 43
    assert {(row["edition"], row["base"]) for row in json.loads(out)} == {("vejle", 867)}


def test_a_battery_and_a_question_in_variants_are_asked_for_by_their_common_name():
    _, battery, _ = run("table", "udsagn", "--format", "json")
    _, variants, _ = run("table", "emner", "--format", "json")
    assert len({row["question"] for row in json.loads(battery)}) == 4
    assert len({row["question"] for row in json.loads(variants)}) == 4


def test_questions_lists_every_wording():
    code, out, _ = run("questions", "--survey", "citizens", "--format", "json")
    texts = [row["text"] for row in json.loads(out)]
    assert code == 0 and "Hvem tog initiativ til kontakten?" in texts and len(texts) == 30


def test_no_hidden_number_is_printed():
    _, out, _ = run(
        "table",
        "tilfredshed",
        "--by",
        "maalgruppe",
        "--municipality",
        "Albertslund",
        "--format",
        "json",
    )
    hidden = [row for row in json.loads(out) if row["hidden"]]
    numbers = ("count", "base", "share", "low", "high", "step")
    assert hidden and all(row[name] is None for row in hidden for name in numbers)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["table", "tilfredshedd"], 1, "»tilfredshed«"),
        (["table", "tilfredshed", "--by", "kon"], 1, "»koen«"),
        (["table", "tilfredshed", "--municipality", "Vejel"], 1, "»Vejle«"),
        (["table", "sikker"], 1, "ingen tabel"),
        (["table", "koen", "--by", "koen"], 1, "efter sig selv"),
        (["table", "tilfredshed", "--dataset", "findes-ikke"], 1, "findes ikke"),
        (["table", "tilfredshed", "--format", "xml"], 2, "--format"),
        (["table"], 2, "mangler"),
        (["tabel"], 2, "Kommandoen findes ikke"),
        (["table", "tilfredshed", "--kommune", "Vejle"], 2, "--kommune findes ikke"),
    ],
)
def test_a_mistake_is_said_in_danish_without_a_traceback(words, code, said):
    ended, out, err = run(*words)
    assert ended == code and out == ""
    assert err.startswith("Fejl: ") and said in err and "Traceback" not in err


def test_reconcile_leaves_nothing_unexplained():
    code, out, _ = run("reconcile", "--format", "json")
    rows = [row for row in json.loads(out) if row["survey"] == "citizens"]
    assert code == 0 and len(rows) > 500
    assert {row["status"] for row in rows} <= {"genskabt", "umulig", "ulæselig"}


def test_reconcile_sums_up_in_a_table():
    code, out, _ = run("reconcile")
    assert code == 0 and "Afstemning" in out
    words = ("citizens", "jobcentres", "genskabt", "umulig", "ulæselig", "uforklaret")
    assert all(word in out for word in words)


def test_audit_tells_what_is_hidden_how_exact_the_rest_is_and_what_the_attack_finds():
    code, out, err = run("audit")
    assert code == 0 and "Fejl" not in err
    titles = ("Skjulte tal efter årsag", "Udgaverne", "Angrebet på det viste")
    assert all(title in out for title in titles)
    assert "Færre end 10 i gruppen har svaret" in out and "Hele landet" in out and "Vejle" in out


def test_the_shares_of_an_audit_are_those_of_the_published_estimates():
    shown = pd.read_parquet(stored(open_dataset("synthetic"), "citizens").estimates)
    which = ("--survey", "citizens", "--municipality", "Vejle")
    code, out, _ = run("audit", *which, "--format", "json")
    told = sum(row["skjulte"] for row in json.loads(out))
    answered = (tabulated("vejle")["base"] > 0).to_numpy()
    hidden = (shown[shown["edition"] == "vejle"]["hidden"] != "").to_numpy()
    assert code == 0 and told == (hidden & answered).sum() > 100


def tabulated(edition):
    dataset = open_dataset("synthetic")
    estimates = tabulate(dataset.codebook("citizens"), dataset.answers("citizens"))
    return estimates[estimates["edition"] == edition]


def test_an_audit_that_finds_an_answer_fails(monkeypatch):
    found = audits("synthetic", "citizens")["citizens"]
    counts = found.counts.assign(exact=[2, *found.counts["exact"][1:]])
    leaking = {"citizens": Audit(found.rules, counts)}
    monkeypatch.setattr("helpers.disclosure.audits.audits", lambda *_: leaking)
    code, out, err = run("audit")
    assert code == 1 and "Angrebet på det viste" in out
    assert f"{2 + found.found} svar i små grupper kan regnes ud" in err and "Traceback" not in err


def test_an_audit_against_the_same_publication_finds_that_nothing_is_told_otherwise():
    words = ("--survey", "jobcentres", "--against", "synthetic")
    code, _, err = run("audit", *words, "--format", "json")
    assert code == 0 and "Sammen med synthetic fortæller 0 viste tal" in err


@pytest.mark.parametrize(
    ("question", "survey"),
    [("formaal", "jobcentres"), ("metoder", "jobcentres"), ("tilfredshed", "citizens")],
)
def test_the_survey_follows_from_the_question(question, survey):
    code, out, _ = run("table", question, "--format", "json")
    assert code == 0 and {row["survey"] for row in json.loads(out)} == {survey}


def test_table_1_as_csv_is_in_whole_jobcentres():
    _, out, _ = run("table", "formaal_unge", "--format", "csv")
    counts = [int(row["count"]) for row in csv.DictReader(io.StringIO(out))]
    assert counts == [5, 18, 10, 2, 13, 24]  # table 1 of the report, of 72


def test_questions_and_reconcile_cover_both_surveys():
    _, questions, _ = run("questions", "--format", "json")
    _, reconciled, _ = run("reconcile", "--format", "json")
    assert {row["survey"] for row in json.loads(questions)} == {"citizens", "jobcentres"}
    rows = [row for row in json.loads(reconciled) if row["survey"] == "jobcentres"]
    assert len(rows) == 130 and [row["row_id"] for row in rows if row["status"] != "genskabt"] == [
        "j01-05"
    ]


@pytest.mark.parametrize(
    ("words", "made"),
    [([], ["citizens", "jobcentres"]), (["--survey", "jobcentres"], ["jobcentres"])],
)
def test_synthesize_makes_all_surveys_or_one_and_shows_how_far_it_is(
    monkeypatch, tmp_path, words, made
):
    import helpers.synthesis

    asked = []

    def synthesize(survey, folder, progress):
        progress("Finder antal", 0.5)
        asked.append((survey, folder))

    monkeypatch.setattr(helpers.synthesis, "synthesize", synthesize)
    code, out, err = run("synthesize", "--output", str(tmp_path), *words)
    assert code == 0 and str(tmp_path) in out
    assert asked == [(survey, tmp_path) for survey in made]
    assert all(f"{survey}: færdig" in err for survey in made)


def test_brackets_in_a_wording_are_text(capsys):
    print_frame(pd.DataFrame({"answer": ["[b]Ja[/b]", "[link=x]Nej"]}), Format.TABLE, "[i]Er[/i]")
    printed = capsys.readouterr().out
    assert all(text in printed for text in ("[b]Ja[/b]", "[link=x]Nej", "[i]Er[/i]"))
