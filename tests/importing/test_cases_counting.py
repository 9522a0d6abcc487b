"""Who counts: the right respondents and bases from exports that cut, rename, renumber or leave out
what they rest on.

The truths are people made here and counted by hand, or counted in the file's own cells.
"""

import csv
import hashlib
from pathlib import Path

import forms
import numpy as np
import pandas as pd
import pyreadstat
import pytest
from ruamel.yaml import YAML

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.importing import export_surveyxact, import_and_tell, import_survey
from helpers.importing.exporting import Column, columns_of, write_form
from helpers.importing.likeness import Room, is_beginning, one_word_apart
from helpers.importing.progress import progress_in
from helpers.survey.codebook import load_codebook
from helpers.survey.routing import asked

CASES = Path(__file__).parent / "cases"
SURE = "Jeg er sikker på at jeg ikke har haft nogen kontakt til jobcenteret i perioden"
QUESTIONNAIRE = [question for question in forms.CODEBOOK.questions if question.role != "background"]


def text(name):
    return forms.CODEBOOK.question(name).text


def screened_people(count=80, seed=11):
    """People, and which of them say at the second screening question that they had no contact."""
    people = forms.people(count, seed)
    asked_twice = people.index[people["sikker"].notna()]
    assert len(asked_twice) > 5
    return people, asked_twice[:5]


def screened_columns(people, out, silent=None):
    """The columns of an export in which `out` give the answer that screens out."""
    columns = columns_of(people, forms.CODEBOOK, silent)
    place = next(place for place, column in enumerate(columns) if column.structure[0] == "sikker")
    cells = columns[place].cells.copy()
    cells[out] = next(code for code, label in columns[place].labels if label == SURE)
    columns[place] = Column(columns[place].structure, columns[place].labels, cells)
    return columns


def anonymous(columns):
    """The columns with names that say nothing, so that wordings alone tell the questions."""
    number, renamed = {}, []
    for column in columns:
        name, variable, *rest = column.structure
        known = name in ("respondentid", "statoverall")
        said = name if known else f"s_{number.setdefault(name, len(number) + 1)}"
        renamed.append(
            Column(
                (said, variable if known else f"v_{len(renamed)}", *rest),
                column.labels,
                column.cells,
            )
        )
    return renamed


def reworded(columns, name, change):
    """The columns with the wording of one question, or of all for "", changed."""
    return [
        Column(
            (
                *c.structure[:4],
                change(c.structure[4]) if name in ("", c.structure[0]) else c.structure[4],
                *c.structure[5:],
            ),
            c.labels,
            c.cells,
        )
        for c in columns
    ]


def kept(people, out):
    """Those of the people who count, numbered as a dataset numbers them."""
    left = people.drop(index=out).reset_index(drop=True)
    return left.assign(respondent=range(1, len(left) + 1))


def corrected(folder, change):
    """The mapping file of a stopped import, corrected."""
    yaml = YAML()
    yaml.width = 4096
    content = yaml.load(folder / "kobling-citizens.yaml")
    change(content["questions"])
    yaml.dump(content, folder.parent / "rettet.yaml")
    return folder.parent / "rettet.yaml"


# ---- 1. nothing that decides who counts goes missing in silence ----------------------------------


def test_a_screening_question_that_spss_cut_at_255_bytes_screens_all_the_same(tmp_path):
    people, out = screened_people()
    path = forms.write_sav(screened_columns(people, out), tmp_path / "svar.sav", with_sets=False)
    labels = pyreadstat.read_sav(path, metadataonly=True)[1].column_names_to_labels.values()
    cut = next(label for label in labels if label.startswith("Er du sikker"))
    assert len(cut) < len(text("sikker")) and text("sikker").startswith(cut)
    forms.assert_same(
        forms.imported(import_survey(path, output=tmp_path / "ud")), kept(people, out)
    )


@pytest.mark.parametrize("letters", [60, 120, 255])
def test_wordings_cut_anywhere_match_or_stop_where_two_readings_are_possible(letters, tmp_path):
    people, out = screened_people()
    columns = anonymous(screened_columns(people, out, forms.silent_people(30)))
    path = write_form(
        reworded(columns, "", lambda wording: wording[:letters]), tmp_path / "ind", "tab"
    )
    items = {question.id for question in forms.CODEBOOK.questions if question.battery}
    names = [
        f"{question.stem} - {question.text}"[:letters]
        for question in forms.CODEBOOK.questions
        if question.battery
    ]
    if len(set(names)) == len(names):
        forms.assert_same(
            forms.imported(import_survey(path, output=tmp_path / "ud")), kept(people, out)
        )
        return
    with pytest.raises(UserError) as stopped:
        import_survey(path, output=tmp_path / "ud")
    named = {line.split(":")[0].strip() for line in str(stopped.value).splitlines()[1:-1]}
    assert named == items and "passer på flere spørgsmål" in str(stopped.value)


def test_options_cut_at_60_letters_match(tmp_path):
    people, out = screened_people()
    columns = [
        Column(
            (*c.structure[:6], c.structure[6][:60]),
            tuple((code, label[:60]) for code, label in c.labels),
            c.cells,
        )
        for c in anonymous(screened_columns(people, out))
    ]
    forms.assert_same(
        forms.imported(
            import_survey(write_form(columns, tmp_path / "ind", "comma"), output=tmp_path / "ud")
        ),
        kept(people, out),
    )


def test_one_word_more_in_the_screening_question_stops_until_it_is_confirmed(tmp_path):
    people, out = screened_people()
    columns = reworded(
        screened_columns(people, out),
        "sikker",
        lambda wording: wording.replace("Er du sikker", "Er du helt sikker"),
    )
    path = write_form(anonymous(columns), tmp_path / "ind", "semicolon")
    with pytest.raises(
        UserError,
        match="sikker: ordlyden ligner kun kodebogens .»helt« er føjet til.*hvem der er respondent",
    ) as stopped:
        import_survey(path, output=tmp_path / "ud")
    column = str(stopped.value).split("(måske ")[1].split(")")[0]
    with pytest.raises(UserError):  # the file as it was written confirms nothing
        import_survey(
            path,
            output=tmp_path / "ud",
            mapping_file=tmp_path / "ud-afvist" / "kobling-citizens.yaml",
        )

    confirmed = corrected(
        tmp_path / "ud-afvist", lambda questions: questions["sikker"].update(variable=column)
    )
    forms.assert_same(
        forms.imported(import_survey(path, output=tmp_path / "ud", mapping_file=confirmed)),
        kept(people, out),
    )


@pytest.mark.parametrize(
    "name", ["sikker", "hyppighed", "initiativ", "kommune", "maalgruppe", "foerste_dag"]
)
def test_a_question_that_others_rest_on_never_goes_missing_in_silence(name, tmp_path):
    people, out = screened_people()
    columns = [column for column in screened_columns(people, out) if column.structure[0] != name]
    path = write_form(columns, tmp_path / "ind", "semicolon")
    with pytest.raises(UserError, match=f"{name}: ingen kolonne"):
        import_survey(path, output=tmp_path / "ud")
    absent = corrected(
        tmp_path / "ud-afvist", lambda questions: questions[name].update(variable="findes ikke")
    )
    done = import_and_tell(path, output=tmp_path / "ud", mapping_file=absent)
    assert any(
        notice.startswith(f"{name}: ikke stillet, siger koblingsfilen. Det afgør ellers, ")
        for notice in done.notices
    )
    assert len(forms.imported(done.folder)) == len(people) - (0 if name == "sikker" else len(out))


def test_an_empty_column_is_a_missing_question(tmp_path):
    people, out = screened_people()
    columns = [
        Column(
            c.structure,
            c.labels,
            np.full(len(c.cells), "", dtype=object) if c.structure[0] == "sikker" else c.cells,
        )
        for c in screened_columns(people, out)
    ]
    with pytest.raises(
        UserError, match="kolonne sikker: Næsten ingen svar på et spørgsmål, som andet hviler på"
    ):
        import_survey(write_form(columns, tmp_path / "ind", "semicolon"), output=tmp_path / "ud")


@pytest.mark.parametrize(("rows", "stops"), [(2, False), (3, True)])
def test_a_screening_answer_that_is_written_otherwise_stops(rows, stops, tmp_path):
    export = forms.plain_table(forms.people(100, seed=11))
    export.loc[range(rows), text("hyppighed")] = "Nej, slet ikke"
    path = forms.write_plain("plain_csv", tmp_path, export)
    if stops:
        with pytest.raises(UserError, match="spørgsmål, der afgør, hvem der tæller med, 3 af"):
            import_survey(path, output=tmp_path / "ud")
        return
    done = import_and_tell(path, output=tmp_path / "ud")
    left = forms.imported(done.folder)["hyppighed"].notna().sum()
    assert (
        f"hyppighed: 2 værdier uden for svarmulighederne er udeladt. "
        f"Basen er {left} og ikke {left + 2}." in done.notices
    )


def test_a_small_edit_in_another_question_is_taken_and_told(tmp_path):
    people = forms.people(60, seed=11)
    columns = reworded(
        columns_of(people, forms.CODEBOOK),
        "tilfredshed",
        lambda wording: wording.replace("samlet set ", ""),
    )
    columns = reworded(
        columns,
        "tilfredshed",
        lambda wording: wording.replace("tilfreds har", "tilfreds samlet har"),
    )
    columns = anonymous(columns)
    path = write_form(columns, tmp_path / "to", "semicolon")
    # two places are no small edit
    with pytest.raises(UserError, match="tilfredshed: ingen kolonne"):
        import_survey(path, output=tmp_path / "nej")

    columns = anonymous(
        reworded(
            columns_of(people, forms.CODEBOOK),
            "tilfredshed",
            lambda wording: wording.replace("samlet ", ""),
        )
    )
    done = import_and_tell(
        write_form(columns, tmp_path / "et", "semicolon"), output=tmp_path / "ud"
    )
    forms.assert_same(forms.imported(done.folder), people)
    assert any(
        notice.startswith("tilfredshed: kolonnen") and "»samlet« mangler" in notice
        for notice in done.notices
    )
    assert "ligner: »samlet« mangler" in done.report.read_text()
    assert "# LIGNER: »samlet« mangler." in (done.folder / "kobling-citizens.yaml").read_text()


ROOM = Room(400, 100, 500)


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ("Hvor tilfreds er du samlet set med dit jobcenter?", ""),
        ("Hvor tilfreds er du med jeres jobcenter?", ""),
        ("Hvor tilfreds er du helt samlet set med jeres jobcenter", "»helt« er føjet til"),
        ("Hvor tilfreds er du set med jeres jobcenter?", "»samlet« mangler"),
        ("Hvor utilfreds er du samlet set med jeres jobcenter?", ""),
        ("Hvor tilfreds er du ikke samlet set med jeres jobcenter?", ""),
        ("Hvor tilfreds er du samlet set med jeres 3 jobcenter?", ""),
        ("Hvor tilfreds er du samlet set med jeres skole?", ""),
        ("Hvor tilfreds er du samlet set med jeres jobcentre?", "»jobcentre« står for »jobcenter«"),
    ],
)
def test_what_a_small_edit_is(said, apart):
    assert (
        one_word_apart(said, "Hvor tilfreds er du samlet set med jeres jobcenter?", ROOM) == apart
    )


@pytest.mark.parametrize(
    ("said", "is_cut"),
    [
        ("Er du sikker på, at du ikke har været i kontakt med jobcenter", True),
        ("12. Er du sikker på, at du ikke har været i kontakt med jobcenter&n", True),
        ("Er du sikker på, at du ikke har været i kontakt?", False),
        ("Er du sikker", False),
        (text("sikker"), False),
        ("Er du helt sikker på, at du ikke har været i kontakt med job", False),
    ],
)
def test_what_a_beginning_is(said, is_cut):
    assert is_beginning(said, text("sikker"), Room(60, 0, 60)) is is_cut


# ---- 3. without a status, answers tell how far people came ---------------------------------------


def test_drop_outs_without_a_status_are_recognised_by_where_their_answers_end(tmp_path):
    codebook = load_codebook(CASES / "tilfredshed2024.yaml")
    done = import_and_tell(
        CASES / "uden-status-0-1.csv", str(CASES / "tilfredshed2024.yaml"), tmp_path / "ud"
    )
    with (CASES / "uden-status-0-1.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    boxes = [place for place, name in enumerate(header) if "flere kryds" in name]
    background = len(header) - 3  # the last three are answered by nobody who left before
    came_to = [
        max(
            (
                place
                for place, cell in enumerate(row[:background])
                if (cell == "1" if place in boxes else cell)
            ),
            default=-1,
        )
        for row in rows
    ]
    respondents = [(row, last) for row, last in zip(rows, came_to) if last >= 0]
    found = pd.read_parquet(done.folder / "tilfredshed2024.parquet")
    assert len(found) == len(respondents) == 522
    first = next(place for place in boxes if header[place].startswith("Hvad kunne hjælpe"))
    base = sum(last >= first for _, last in respondents)
    assert base == found[codebook.question("hjaelp").columns[0]].notna().sum() == 478
    contact = header.index("Hvordan har du senest haft kontakt med jobcenteret?")
    subjects = sum(
        bool(row[contact]) and row[contact] != "Jeg har ikke haft kontakt" and last >= boxes[0]
        for row, last in respondents
    )
    assert subjects == found[codebook.question("emne").columns[0]].notna().sum()
    assert done.counted[:2] == (
        "Inviterede: 900. Svarede: 522. Sorteret fra af deres svar: 0.",
        "Respondenter: 522, heraf 455 med hele skemaet og 67 med en del af det.",
    )
    assert any(notice.startswith("Eksporten har ingen status.") for notice in done.notices)
    assert any(
        notice.startswith("hjaelp: 44 spurgte") and notice.endswith("Basen er 478 og ikke 522.")
        for notice in done.notices
    )


def broken_off(people, seed):
    """A plain export without status in which people stop anywhere, boxes 0 after that; and who has
    answered each question."""
    random = np.random.default_rng(seed)
    export = forms.plain_table(people).drop(columns="Samlet status")
    stops = random.integers(1, 2 * len(QUESTIONNAIRE), len(people))
    truth = {}
    reached = np.zeros(len(people), dtype=bool)
    for place, question in reversed(list(enumerate(QUESTIONNAIRE))):
        names = [
            c
            if question.type == "multiple"
            else f"{question.stem} - {question.text}"
            if question.battery
            else question.text
            for c in question.columns
        ]
        gone = stops <= place
        if question.type == "multiple":
            ticked = export[names].eq("Valgt").any(axis=1).to_numpy() & ~gone
            export[names] = (
                export[names]
                .where(~pd.Series(gone), None)
                .replace({"Valgt": 1, "Ikke valgt": 0})
                .fillna(0)
                .astype(int)
            )
            truth[question.id] = (
                asked(forms.CODEBOOK, question, people).to_numpy() & ~gone & (ticked | reached)
            )
            given = ticked
        else:
            export[names[0]] = export[names[0]].where(~pd.Series(gone), None)
            truth[question.id] = given = export[names[0]].notna().to_numpy()
        reached = reached | (given if question.role == "answer" else False)
    return export, truth


@pytest.mark.parametrize("seed", range(4))
def test_who_left_before_a_question_has_not_answered_it(seed, tmp_path):
    people = forms.people(200, seed + 20)
    export, truth = broken_off(people, seed)
    found = forms.imported(
        import_survey(forms.write_plain("plain_csv", tmp_path, export), output=tmp_path / "ud")
    )
    answered = np.logical_or.reduce(list(truth.values()))
    assert len(found) == answered.sum()
    for question in QUESTIONNAIRE:
        if question.type == "multiple":
            assert (
                found[question.columns[0]].notna().tolist() == truth[question.id][answered].tolist()
            ), question.id


def test_background_from_a_register_tells_nothing_of_how_far_people_came():
    people = forms.people(100, seed=5)
    left = people.index[:40]
    given = people.copy()
    for question in QUESTIONNAIRE[1:]:
        for column in question.columns:
            given.loc[left, column] = None
    assert progress_in(given, forms.CODEBOOK, has_status=False).last == ()
    asked_last = given.copy()
    asked_last.loc[left, ["uddannelse", "koen"]] = None
    assert set(progress_in(asked_last, forms.CODEBOOK, has_status=False).last) == {
        "uddannelse",
        "koen",
    }
    assert not progress_in(asked_last, forms.CODEBOOK, has_status=True).last


# ---- 4. codes and labels that do not belong together ---------------------------------------------


def recoded(columns, name, labels=None, cells=None):
    """The columns with the codes of one question's labels, or of its cells, changed."""
    return [
        Column(
            c.structure,
            tuple(((labels or {}).get(code, code), label) for code, label in c.labels),
            np.array([(cells or {}).get(cell, cell) for cell in c.cells], dtype=object),
        )
        if c.structure[0] == name
        else c
        for c in columns
    ]


def test_labels_from_0_beside_data_from_1_stop(tmp_path):
    people = forms.people(120, seed=3)
    columns = recoded(
        columns_of(people, forms.CODEBOOK),
        "tilfredshed",
        labels={str(code): str(code - 1) for code in range(1, 7)},
    )
    for form in ("semicolon", "workbook"):
        with pytest.raises(
            UserError,
            match="kolonne tilfreds: Kode, som filens egne etiketter ikke har .6; "
            "etiketterne er til 0, 1, 2, 3, 4, 5.",
        ):
            import_survey(write_form(columns, tmp_path / form, form), output=tmp_path / "ud")
    with pytest.raises(UserError, match="etiketterne er til 0, 1"):
        import_survey(
            forms.write_sav(columns, tmp_path / "svar.sav", with_sets=True), output=tmp_path / "ud"
        )


def test_a_code_without_a_label_stops_and_the_mapping_file_says_what_it_is(tmp_path):
    people = forms.people(120, seed=3)
    path = write_form(
        recoded(columns_of(people, forms.CODEBOOK), "tilfredshed", cells={"6": "14"}),
        tmp_path / "ind",
        "semicolon",
    )
    with pytest.raises(UserError, match="etiketter ikke har .14;"):
        import_survey(path, output=tmp_path / "ud")
    unanswered = tmp_path / "ud-afvist" / "kobling-citizens.yaml"
    assert "RET: 14 har ingen etiket i filen" in unanswered.read_text()
    with pytest.raises(UserError, match="svaret »14« til »tilfredshed« mangler kodebogens svar"):
        import_survey(path, output=tmp_path / "ud", mapping_file=unanswered)

    said = corrected(
        tmp_path / "ud-afvist",
        lambda questions: questions["tilfredshed"]["answers"].update({"14": "Ved ikke"}),
    )
    forms.assert_same(
        forms.imported(import_survey(path, output=tmp_path / "ud", mapping_file=said)), people
    )
    dropped = corrected(
        tmp_path / "ud-afvist",
        lambda questions: questions["tilfredshed"]["answers"].update({"14": "udelad"}),
    )
    found = forms.imported(import_survey(path, output=tmp_path / "ud", mapping_file=dropped))
    without = people.assign(
        tilfredshed=people["tilfredshed"].where(people["tilfredshed"] != "Ved ikke")
    )
    forms.assert_same(found, without)


def test_a_box_or_a_status_with_a_code_of_no_label_stops(tmp_path):
    columns = columns_of(forms.people(60, seed=3), forms.CODEBOOK)
    for name in ("kanal", "statoverall"):
        place = [place for place, column in enumerate(columns) if column.structure[0] == name][-2]
        cells = columns[place].cells.copy()
        cells[7] = "2"
        changed = [
            *columns[:place],
            Column(columns[place].structure, columns[place].labels, cells),
            *columns[place + 1 :],
        ]
        with pytest.raises(UserError, match="etiketter ikke har .2; etiketterne er til 0, 1"):
            import_survey(write_form(changed, tmp_path / name, "semicolon"), output=tmp_path / "ud")


def test_values_and_ages_that_are_dropped_are_told_at_once_with_their_effect(tmp_path):
    people = forms.people(100, seed=7)
    people["alder"] = people["alder"].where(people["alder"] != "0-9 år", "20-29 år")
    export = forms.plain_table(people)
    export[text("alder")] = people["alder"].astype(object).map(lambda label: label.split("-")[0])
    export.loc[[3, 4], text("alder")] = "345"
    export.loc[5, text("alder")] = "34,5"
    satisfied = export.index[export[text("tilfredshed")].notna()][:2]
    export.loc[satisfied, text("tilfredshed")] = "Kanon"
    done = import_and_tell(forms.write_plain("plain_csv", tmp_path, export), output=tmp_path / "ud")
    base = people["tilfredshed"].notna().sum()
    assert (
        "alder: 3 aldre uden for aldersgrupperne (fx 345) er udeladt. Basen er 97 og ikke 100."
        in done.notices
    )
    assert (
        f"tilfredshed: 2 værdier uden for svarmulighederne er udeladt. "
        f"Basen er {base - 2} og ikke {base}." in done.notices
    )


def test_an_option_that_nobody_chose_is_told(tmp_path):
    people = forms.people(150, seed=7)
    people["tilfredshed"] = people["tilfredshed"].where(
        people["tilfredshed"] != "Meget tilfreds", "Tilfreds"
    )
    done = import_and_tell(
        write_form(columns_of(people, forms.CODEBOOK), tmp_path / "ind", "comma"),
        output=tmp_path / "ud",
    )
    assert any(
        notice.startswith("Ingen har valgt:") and "tilfredshed »Meget tilfreds«" in notice
        for notice in done.notices
    )


def own_dataset(folder, **options):
    """A dataset with a codebook of its own: the project's with some options renamed, and people who
    gave them."""
    folder.mkdir()
    content = (Path("data/codebook/citizens.yaml")).read_text()
    people = forms.people(90, seed=13)
    for old, new in options.items():
        name, label = (
            old.split("__")[0],
            {"tilfredshed__": "Meget tilfreds", "kanal__": "Via telefon"}[
                f"{old.split('__')[0]}__"
            ],
        )
        content = (
            content.replace(f"[{label},", f"['{new}',")
            .replace(f"- {label}\n", f"- '{new}'\n")
            .replace(f"[{label}]", f"['{new}']")
            .replace(f"{{{label}: ", f"{{'{new}': ")
        )
        people = people.rename(columns={f"{name}: {label}": f"{name}: {new}"})
        if name in people:
            people[name] = people[name].cat.rename_categories({label: new})
    (folder / "citizens.yaml").write_text(content)
    people.to_parquet(folder / "citizens.parquet", index=False)
    digest = hashlib.sha256((folder / "citizens.parquet").read_bytes()).hexdigest()
    (folder / "dataset.yaml").write_text(
        "title: Egen\nperiod: maj\nsource: prøve\nsynthetic: false\nsurveys:\n  citizens:\n"
        "    file: citizens.parquet\n    respondents: 90\n"
        f"    sha256: {digest}\n    codebook: citizens.yaml\n"
    )
    return open_dataset(folder)


@pytest.mark.parametrize("dialect", ["semicolon", "comma", "tab", "workbook"])
@pytest.mark.parametrize(
    "options",
    [
        {"tilfredshed": 'Særdeles "tilfreds"'},
        {"kanal": "Over telefonen; fastnet"},
        {"tilfredshed": "=1+1", "kanal": "007"},
    ],
)
def test_a_dataset_is_exported_with_its_own_codebook_and_comes_back_as_it_was(
    options, dialect, tmp_path
):
    dataset = own_dataset(tmp_path / "egen", **options)
    exported = export_surveyxact(dataset, tmp_path / "ud", dialect)
    folder = import_survey(exported, str(dataset.codebook_path("citizens")), tmp_path / "igen")
    wanted = dataset.answers("citizens")
    pd.testing.assert_frame_equal(
        forms.imported(folder)[list(wanted)].astype(object),
        wanted.astype(object),
        check_dtype=False,
    )


def test_letters_that_a_dialect_does_not_have_are_an_error_and_nothing_is_written(tmp_path):
    dataset = own_dataset(tmp_path / "egen", tilfredshed="Meget ☺ tilfreds")
    with pytest.raises(UserError, match="Tegnet »☺« findes ikke i formen semicolon"):
        export_surveyxact(dataset, tmp_path / "ud", "semicolon")
    assert (
        not (tmp_path / "ud").exists()
        and export_surveyxact(dataset, tmp_path / "ud", "tab").exists()
    )


# ---- 2. how many answered is counted -------------------------------------------------------------


def test_respondents_are_counted_and_not_inferred_from_one_question(tmp_path):
    from helpers.survey.sample import invited_in_all, populations, respondents

    people, silent = forms.people(200, seed=17), forms.silent_people(300)
    people.loc[:29, "tilfredshed"] = None
    people.loc[30:40, "kommune"] = None
    people.loc[50:80, "uddannelse"] = None
    dataset = open_dataset(
        import_survey(
            write_form(columns_of(people, forms.CODEBOOK, silent), tmp_path / "ind", "tab"),
            output=tmp_path / "ud",
        )
    )
    codebook, answers = dataset.codebook("citizens"), dataset.answers("citizens")
    found = respondents(codebook, answers)
    assert found["hele-landet"] == 200
    assert (
        found["laesoe"] == (people["kommune"] == "Læsø").sum()
        and sum(found.values()) - 200 == 200 - 11
    )
    assert populations(dataset, codebook, answers)["laesoe"] == (
        found["laesoe"],
        found["laesoe"] + (silent["kommune"] == "Læsø").sum(),
    )
    assert invited_in_all(dataset, codebook) == 500


def test_an_edition_without_municipalities_counts_its_respondents_too(tmp_path):
    from helpers.survey.sample import invited_in_all, respondents

    dataset = open_dataset(
        import_survey(
            CASES / "uden-status-0-1.csv", str(CASES / "tilfredshed2024.yaml"), tmp_path / "ud"
        )
    )
    codebook, answers = dataset.codebook("tilfredshed2024"), dataset.answers("tilfredshed2024")
    assert answers["koen"].notna().sum() == 469  # who answered the first background question
    assert (
        respondents(codebook, answers) == {"hele-landet": 522}
        and invited_in_all(dataset, codebook) == 900
    )


def test_where_everybody_has_a_row_those_who_took_part_are_counted():
    from helpers.survey.sample import respondents

    synthetic = open_dataset("synthetic")
    answers = synthetic.answers("jobcentres")
    assert respondents(synthetic.codebook("jobcentres"), answers) == {
        "hele-landet": (answers["deltagelse"] == "Har besvaret").sum()
    }


# ---- 8. and the same kind of fault elsewhere -----------------------------------------------------


def test_the_report_says_first_how_many_and_the_terminal_says_the_same(tmp_path):
    people, out = screened_people()
    columns = screened_columns(people, out, forms.silent_people(40))
    place = {
        column.structure[6]: place
        for place, column in enumerate(columns)
        if column.structure[0] == "statoverall"
    }
    for row in (20, 21, 22):  # somewhere not among those who are screened out
        assert row not in out
        columns[place["Gennemført"]].cells[row], columns[place["Nogen svar"]].cells[row] = "0", "1"
    done = import_and_tell(
        write_form(columns, tmp_path / "ind", "semicolon"), output=tmp_path / "ud"
    )
    assert done.counted[0] == "Inviterede: 120. Svarede: 80. Sorteret fra af deres svar: 5."
    assert done.counted[1] == "Respondenter: 75, heraf 72 med hele skemaet og 3 med en del af det."
    lines = [line.strip() for line in done.report.read_text().splitlines()]
    assert tuple(lines[2:5]) == done.counted
    assert [line.removeprefix("- ") for line in lines if line.startswith("- ")][
        : len(done.notices)
    ] == list(done.notices)


def test_a_column_called_id_is_the_respondents_only_when_most_rows_have_one_of_their_own(tmp_path):
    people = forms.people(60, seed=19)
    export = forms.plain_table(people).drop(columns="Respondent-ID")
    export.insert(0, "id", np.arange(60) % 9)
    forms.assert_same(
        forms.imported(
            import_survey(forms.write_plain("plain_csv", tmp_path, export), output=tmp_path / "ud")
        ),
        people,
    )
    export["id"] = np.arange(60)
    export["sagsnummer"] = [0, 0, *range(2, 60)]
    with_double = pd.concat([export, export.iloc[[8]]])
    path = forms.write_plain("plain_csv", tmp_path, with_double)
    forms.assert_same(forms.imported(import_survey(path, output=tmp_path / "ud")), people)
    said = tmp_path / "kobling.yaml"
    said.write_text("survey: citizens\nrespondent: sagsnummer\nquestions: {}\n")
    with pytest.raises(
        UserError, match="kolonne sagsnummer: Samme respondent to gange med forskellige svar"
    ):
        import_survey(path, output=tmp_path / "ud", mapping_file=said)
    said.write_text("survey: citizens\nrespondent: sagsnr\nquestions: {}\n")
    with pytest.raises(
        UserError, match="linje 2: eksporten har ingen kolonne »sagsnr«. Mente du »sagsnummer«"
    ):
        import_survey(path, output=tmp_path / "ud", mapping_file=said)


@pytest.mark.parametrize(
    ("named", "settled"),
    [
        ("Kommunenavn", True),
        ("Bopælskommune", True),
        ("Hvilken kommune arbejder du i?", False),
        ("Arbejdskommune", False),
    ],
)
def test_a_municipality_that_may_be_another_than_where_people_live_has_to_be_confirmed(
    named, settled, tmp_path
):
    people = forms.people(60, seed=19)
    path = forms.write_plain(
        "plain_csv", tmp_path, forms.plain_table(people).rename(columns={"Kommune": named})
    )
    if settled:
        forms.assert_same(forms.imported(import_survey(path, output=tmp_path / "ud")), people)
        return
    with pytest.raises(UserError, match="kommune: "):
        import_survey(path, output=tmp_path / "ud")


def test_background_that_is_not_known_of_all_is_told_of_the_frame(tmp_path):
    silent = forms.silent_people(100)
    silent.loc[:4, "koen"] = None
    done = import_and_tell(
        write_form(columns_of(forms.people(60), forms.CODEBOOK, silent), tmp_path / "ind", "tab"),
        output=tmp_path / "ud",
    )
    assert (
        "Køn: ukendt for 5 af de inviterede; de er ikke med i fordelingen."
        in done.report.read_text()
    )
    assert pd.read_csv(done.folder / "frame" / "citizens" / "koen.csv")["sample"].sum() == 155


def test_letters_nobody_sees_and_letters_in_two_parts_make_no_difference(tmp_path):
    import unicodedata

    people = forms.people(60, seed=19)
    export = forms.plain_table(people).rename(
        columns=lambda name: unicodedata.normalize(
            "NFD", name.replace("jobcenter", "job\u00adcenter")
        )
    )
    export = export.map(
        lambda cell: (
            unicodedata.normalize("NFD", cell).replace("-", "\u2011")
            if isinstance(cell, str)
            else cell
        )
    )
    path = forms.write_plain("plain_utf16", tmp_path, export)
    forms.assert_same(forms.imported(import_survey(path, output=tmp_path / "ud")), people)
