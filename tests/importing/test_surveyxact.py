"""The general reader on a small export made like the public samples: another survey, in
Norwegian."""

import numpy as np
import pytest

from helpers.errors import UserError
from helpers.importing import read_surveyxact

STRUCTURE = """questionName;variableName;questionType;subType;questionText;choiceValue;choiceText
respondentid;responde;Open;Double;Respondent-ID;;
v_1;v_1_1;Closed;Multiple;Hvilke fag hadde du? (flere kryss er mulig);1;"Natur; miljø "
v_1;v_1_2;Closed;Multiple;Hvilke fag hadde du? (flere kryss er mulig);16;Annet
s_6;s_6;Closed;Single;Når bestemte du deg?;;
p_01;p_01;Closed;Single;Hvor enig er du? - Det var lett ;;
p_02;p_02;Closed;Single;Hvor enig er du? - Det var gøy;;
s_1;s_1;Open;String;Hvilke fag hadde du? - Annet;;
difftime;difftime;Open;Double;Svartid;;
created;created;Open;Date;Opprettet;;
statoverall;stato_1;Closed;Multiple;Samlet status;1;Ny
statoverall;stato_2;Closed;Multiple;Samlet status;2;Distribuert
statoverall;stato_3;Closed;Multiple;Samlet status;3;Noen svar
statoverall;stato_4;Closed;Multiple;Samlet status;4;Gjennomført
statoverall;stato_5;Closed;Multiple;Samlet status;5;Frafalt
"""
LABELS = """v_1_1;0;Ikke valgt
v_1_1;1;Valgt
v_1_2;0;Ikke valgt
v_1_2;1;Valgt
s_6;8;På barneskolen
s_6;15;På ungdomsskolen
s_6;10;Vet ikke
p_01;1;Enig
p_01;2;Uenig
p_02;1;Enig
p_02;2;Uenig
"""
DATASET = """responde;v_1_1;v_1_2;s_6;p_01;p_02;s_1;difftime;created;stato_1;stato_2;stato_3;stato_4;stato_5
1;1;0;15;1;2;"noe ""helt"" annet;
over to linjer";135,407;2021-09-02 18:49:08;0;0;0;1;0
2;0;0;;;;;;;0;1;0;0;0
3;0;1;8;;1;;66,4;2021-09-02;0;0;1;0;0
4;0;0;99;1;1;;;2021-02-30;0;0;0;1;0
"""  # noqa: E501


@pytest.fixture
def folder(tmp_path):
    for name, text in (("dataset", DATASET), ("structure", STRUCTURE), ("labels", LABELS)):
        (tmp_path / f"{name}.csv").write_bytes(text.encode("cp1252"))
    return tmp_path


def test_how_it_was_read(folder):
    source = read_surveyxact(folder).source
    assert (source.encoding, source.separator, source.decimal) == ("ASCII", "semikolon", "komma")
    assert [file.name for file in source.files] == ["dataset.csv", "structure.csv", "labels.csv"]


def test_labels_keep_the_order_of_the_file(folder):
    values = read_surveyxact(folder).answers["s_6"]
    assert list(values.cat.categories) == ["På barneskolen", "På ungdomsskolen", "Vet ikke"]
    assert values.astype(object).where(values.notna(), None).tolist() == [
        "På ungdomsskolen",
        None,
        "På barneskolen",
        None,
    ]


def test_multiple_choice_is_a_boolean_per_option_found_by_position(folder):
    export = read_surveyxact(folder)
    question = next(question for question in export.questions if question.name == "v_1")
    assert [variable.option for variable in question.variables] == ["Natur; miljø", "Annet"]
    assert question.columns == ("v_1_1", "v_1_2")
    ticks = (
        export.answers[list(question.columns)]
        .astype(object)
        .where(export.answers[list(question.columns)].notna(), None)
    )
    assert ticks.to_numpy().tolist() == [[True, False], [None, None], [False, True], [False, False]]


def test_batteries_are_grouped_by_their_stem(folder):
    batteries = read_surveyxact(folder).batteries
    assert {stem: [item.item for item in items] for stem, items in batteries.items()} == {
        "Hvor enig er du?": ["Det var lett", "Det var gøy"]
    }


def test_open_answers_numbers_and_dates(folder):
    answers = read_surveyxact(folder).answers
    assert answers["s_1"][0] == 'noe "helt" annet;\nover to linjer'
    assert answers["difftime"].tolist()[0] == 135.407 and np.isnan(answers["difftime"][1])
    assert str(answers["created"][2].date()) == "2021-09-02"


def test_unreadable_values_are_problems_and_missing(folder):
    problems = read_surveyxact(folder).problems
    assert problems[["kind", "row", "column", "value"]].to_numpy().tolist() == [
        ["uden_for_svarmuligheder", 5, "s_6", "99"],
        ["umulig_dato", 5, "created", "tekst på 10 tegn (vises ikke)"],
    ] or problems["value"].tolist() == ["99", "en dato (vises ikke)"]


def test_long_column_names_are_resolved_through_the_structure(folder):
    path = folder / "dataset.csv"
    path.write_bytes(
        path.read_bytes()
        .replace(b"responde;", b"respondentid;")
        .replace(b"stato_4", b"statoverall_4")
    )
    export = read_surveyxact(folder)
    assert (
        export.by_name["statoverall_4"].option == "Gjennomført"
        and export.by_name["respondentid"].kind == "number"
    )
    assert "står ikke" not in " ".join(export.source.notes)


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        (
            "structure",
            b"variableName",
            b"navn",
            "structure.csv, række 1: kolonnen variablename mangler",
        ),
        (
            "structure",
            b"p_02;p_02",
            b"p_02;p_01",
            "structure.csv, række 7: variablens navn »p_01« står to gange",
        ),
        ("labels", b"p_01;2;Uenig", b"p_01;2", "labels.csv, række 9: rækken har 2 celler"),
        (
            "labels",
            b"p_01;2;Uenig",
            b"p_01;1;Uenig",
            "labels.csv, række 9: værdien 1 for variablen »p_01« har to forskellige tekster",
        ),
        (
            "dataset",
            b"2;0;0;;;;;;;0;1;0;0;0",
            b"2;0;0;;;;;;;0;1;0;0",
            "dataset.csv, række 3: rækken har 13 celler, men overskriften har 14",
        ),
    ],
)
def test_errors_name_file_and_row(folder, part, old, new, message):
    path = folder / f"{part}.csv"
    path.write_bytes(path.read_bytes().replace(old, new))
    with pytest.raises(UserError, match=message.replace("(", r"\(")):
        read_surveyxact(folder)
