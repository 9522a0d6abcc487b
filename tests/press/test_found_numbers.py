"""A copied number is found again: by its id, its table's, an address or the words around it."""

import re

import pytest
from counted import to_five
from typer.testing import CliRunner

from helpers.cli.program import main, program
from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.page.page import open_page
from helpers.paths import ROOT
from helpers.press.found_numbers import find
from helpers.takeaway.figure_csv import csv
from helpers.takeaway.number_table import published_rows

ROUND = "syntetisk-12-marts-27-maj-2020.citizens"
SATISFIED = f"{ROUND}.vejle.tilfredshed.alle.meget-tilfreds.andel"


@pytest.fixture(scope="module")
def answers():
    people = open_dataset("synthetic").answers("citizens")
    return people[people["kommune"] == "Vejle"]


def ends(text):
    """The ends of a class in words as shares."""
    low, high, _ = (float(part.replace(",", ".")) for part in re.findall(r"\d+(?:,\d+)?", text))
    return low / 100, high / 100


def test_it_says_what_the_number_is_and_where_it_is_from(answers):
    (found,) = find(SATISFIED).to_dict("records")
    given = answers["tilfredshed"].dropna()
    share = (given == "Meget tilfreds").mean()
    low, high = ends(found["klasse"])
    assert low <= share < high and found["vist som"] == f"{100 * share:.0f} pct."
    assert (found["N"], found["svar"], found["gruppe"]) == (len(given), "Meget tilfreds", "I alt")
    assert found["spørgsmål"].startswith("tilfredshed: Hvor tilfreds har du samlet set været")
    assert found["udgave"] == "Vejle" and "syntetiske svar" in found["måling"]
    assert all((ROOT / found[name]).is_file() for name in ("kodebog", "svarfil"))


def test_it_says_on_which_page_it_stands():
    (found,) = find(f"{ROUND}.hele-landet.tilfredshed.alle.tilfreds.andel").to_dict("records")
    table = f"{ROUND}.hele-landet.tilfredshed.alle"
    assert found["står på"] == (
        f"hele-landet/tema-4-tilfredshed.html#{table}, "
        "udforsk/index.html#spoergsmaal=tilfredshed&udgave=hele-landet"
    )


def test_a_mean_is_a_number_too(answers):
    (found,) = find(f"{ROUND}.vejle.tilfredshed.alle.gennemsnit").to_dict("records")
    points = {"Meget tilfreds": 5, "Tilfreds": 4, "Hverken tilfreds eller utilfreds": 3}
    points |= {"Utilfreds": 2, "Meget utilfreds": 1}
    scores = answers["tilfredshed"].astype(object).map(points).dropna()
    low, high = (100 * end for end in ends(found["klasse"]))
    assert low <= scores.mean() < high and found["N"] == to_five(len(scores))
    assert found["vist som"] == f"{scores.mean():.2f}".replace(".", ",")
    assert found["svar"] == "" and found["står på"].startswith("vejle/bilag-4-gennemsnit.html")


def test_a_hidden_number_is_said_to_be_hidden_and_why():
    side = open_page("Vejle")
    number = next(
        one for one, by, row in published_rows(side.releasable, side.edition) if row.hidden and by
    )
    (found,) = find(number).to_dict("records")
    assert found["skjult"].startswith("skjult, fordi") and found["vist som"] == ""
    assert found["klasse"] == "" and found["N"] is None


@pytest.mark.parametrize(
    "copied",
    [
        f"https://kl.dk/bog/vejle/tema-4-tilfredshed.html#{ROUND}.vejle.tilfredshed.koen",
        f"{ROUND}.vejle.tilfredshed.koen",
    ],
)
def test_an_address_or_a_table_s_id_gives_the_whole_table(copied):
    found = find(copied)
    assert set(found["gruppe"]) == {"Køn: Mand", "Køn: Kvinde", "Køn: Andet"}
    assert len(found) == 3 * (8 + 1) and all(
        found["id"].str.startswith(f"{ROUND}.vejle.tilfredshed.koen.")
    )


def test_a_battery_s_id_gives_its_statements():
    found = find(f"{ROUND}.vejle.udsagn.alle")
    asked = {question.id for question in open_page().releasable.codebook.battery("udsagn")}
    assert {one.partition(":")[0] for one in found["spørgsmål"]} == asked and len(asked) == 4


@pytest.mark.parametrize(
    "copied",
    [
        "tilfredshed; Meget tilfreds; Vejle; I alt",
        "Vejle;tilfredshed;I alt;Meget tilfreds;nej;;867;0,390000;1;0,385;0,395;;Kilde: Syntetiske",
        "I alt\tMeget tilfreds\t39 pct.\tvejle\ttilfredshed",
    ],
)
def test_the_words_around_a_number_find_it_too(copied):
    assert list(find(copied)["id"]) == [SATISFIED]


def test_a_line_of_a_figure_s_file_finds_its_number():
    lines = csv(open_page("Vejle").finding("tilfredshed")).decode("utf-8-sig").splitlines()
    line = next(one for one in lines if one.startswith("Vejle;tilfredshed;I alt;Meget tilfreds;"))
    assert SATISFIED in line and list(find(line)["id"]) == [SATISFIED]


@pytest.mark.parametrize(
    "wrong, told",
    [
        (SATISFIED.replace("meget-", "megt-"), f"Mente du »{SATISFIED}«"),
        (SATISFIED.replace("tilfredshed", "tilfredshet"), "Mente du »tilfredshed«"),
        (SATISFIED.replace("vejle", "vejl"), "Mente du »vejle«"),
        (SATISFIED.replace("2020", "2021"), "Vælg tallets datasæt med --dataset"),
        ("noget helt andet", "Skriv et id"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest(wrong, told):
    with pytest.raises(UserError, match=re.escape(told)):
        find(wrong)


def test_the_command_prints_one_number_line_by_line():
    printed = CliRunner().invoke(program(), ["find", SATISFIED])
    told = dict(re.split(r"\s{2,}", line, maxsplit=1) for line in printed.output.splitlines())
    assert printed.exit_code == 0 and told["vist som"] == "39 pct." and "skjult" not in told


def test_an_unknown_id_ends_the_command_with_an_error(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["kontaktbogen", "find", f"{SATISFIED}x"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (
        ended.value.code == 1 and said.out == "" and said.err.startswith("Fejl: Der er intet tal")
    )
