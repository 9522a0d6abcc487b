"""The command as an analyst types it: what it prints, and how it fails."""

import csv
import io
import json
import sys

import pytest

from helpers import cli


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs `kontaktbogen` with these words; gives exit code, stdout and stderr."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["kontaktbogen", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


def test_a_table_as_json_has_the_printed_per_cent(run):
    code, out, _ = run("table", "initiativ", "--format", "json")
    percent = {row["answer"]: row["percent"] for row in json.loads(out)}
    assert code == 0
    assert percent == {  # the report's chart on page 12
        "Det gjorde jeg selv": 15,
        "Det gjorde en medarbejder fra jobcenteret": 56,
        "Jeg har selv taget kontakt, men det har medarbejderen fra jobcenteret også": 28,
        "Ved ikke": 2,
    }


def test_csv_and_json_say_the_same(run):
    _, as_json, _ = run("table", "tilfredshed", "--by", "maalgruppe", "--format", "json")
    _, as_csv, _ = run("table", "tilfredshed", "--by", "maalgruppe", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(as_csv)))
    assert [(row["group"], row["answer"], row["percent"]) for row in rows] == [
        (row["group"], row["answer"], "" if row["percent"] is None else str(row["percent"])) for row in json.loads(as_json)]


@pytest.mark.parametrize("written", ["Vejle", "vejle kommune", "0630", "630"])
def test_a_municipality_however_it_is_written(run, written):
    code, out, _ = run("table", "tilfredshed", "--municipality", written, "--format", "json")
    assert code == 0
    assert {(row["edition"], row["base"]) for row in json.loads(out)} == {("vejle", 867)}  # 867 answered, page 43


def test_a_battery_and_a_question_in_variants_are_asked_for_by_their_common_name(run):
    _, battery, _ = run("table", "udsagn", "--format", "json")
    _, variants, _ = run("table", "emner", "--format", "json")
    assert len({row["question"] for row in json.loads(battery)}) == 4
    assert len({row["question"] for row in json.loads(variants)}) == 4


def test_questions_lists_every_wording(run):
    code, out, _ = run("questions", "--survey", "citizens", "--format", "json")
    texts = [row["text"] for row in json.loads(out)]
    assert code == 0 and "Hvem tog initiativ til kontakten?" in texts and len(texts) == 30


def test_no_hidden_number_is_printed(run):
    _, out, _ = run("table", "tilfredshed", "--by", "maalgruppe", "--municipality", "Albertslund", "--format", "json")
    hidden = [row for row in json.loads(out) if row["hidden"]]
    assert hidden and all(row["count"] is None and row["share"] is None and row["percent"] is None for row in hidden)


@pytest.mark.parametrize(("words", "code", "said"), [
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
])
def test_a_mistake_is_said_in_danish_without_a_traceback(run, words, code, said):
    ended, out, err = run(*words)
    assert ended == code and out == ""
    assert err.startswith("Fejl: ") and said in err and "Traceback" not in err


def test_reconcile_leaves_nothing_unexplained(run):
    code, out, _ = run("reconcile", "--format", "json")
    rows = [row for row in json.loads(out) if row["survey"] == "citizens"]
    assert code == 0 and len(rows) > 500
    assert {row["status"] for row in rows} <= {"genskabt", "umulig", "ulæselig"}


@pytest.mark.parametrize(("question", "survey"), [("formaal", "jobcentres"), ("metoder", "jobcentres"), ("tilfredshed", "citizens")])
def test_the_survey_follows_from_the_question(run, question, survey):
    code, out, _ = run("table", question, "--format", "json")
    assert code == 0 and {row["survey"] for row in json.loads(out)} == {survey}


def test_table_1_as_csv_is_in_whole_jobcentres(run):
    _, out, _ = run("table", "formaal_unge", "--format", "csv")
    counts = [int(row["count"]) for row in csv.DictReader(io.StringIO(out))]
    assert counts == [5, 18, 10, 2, 13, 24]  # table 1 of the report, of 72


def test_questions_and_reconcile_cover_both_surveys(run):
    _, questions, _ = run("questions", "--format", "json")
    _, reconciled, _ = run("reconcile", "--format", "json")
    assert {row["survey"] for row in json.loads(questions)} == {"citizens", "jobcentres"}
    rows = [row for row in json.loads(reconciled) if row["survey"] == "jobcentres"]
    assert len(rows) == 130 and [row["row_id"] for row in rows if row["status"] != "genskabt"] == ["j01-05"]


@pytest.mark.parametrize(("words", "made"), [([], ["citizens", "jobcentres"]), (["--survey", "jobcentres"], ["jobcentres"])])
def test_synthesize_makes_all_surveys_or_one_and_shows_how_far_it_is(run, monkeypatch, tmp_path, words, made):
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
