"""Free text: what people wrote is masked in a reading list, and goes nowhere else; the themes that
an analyst codes it in are answers, and what is not coded yet is in no base."""

import re
from collections import Counter

import openpyxl
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from invented_texts import (
    CODEBOOK,
    FIRST,
    THEMES,
    WROTE,
    canary,
    code,
    invented,
    written,
)

from helpers.errors import UserError
from helpers.importing import import_and_tell, import_survey
from helpers.importing.masking import masks_of
from helpers.importing.reading_list import read_list
from helpers.paths import DATA
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import open_folder
from helpers.survey.free_text import HEADINGS, is_reading_list

CANARY = re.compile(rb"qux[a-j]{4}")
LABELS = (*THEMES, "Andet")


@pytest.fixture(scope="module")
def people():
    return invented()


@pytest.fixture
def place(tmp_path, people):
    """(export, codebook, output folder, reading list)."""
    export, codebook = written(tmp_path, people)
    output = tmp_path / "ud" / "foraar"
    return export, codebook, output, tmp_path / "ud" / "foraar-tekster" / "laeseliste-elever.xlsx"


def imported(place, **more):
    export, codebook, output, _ = place
    return import_and_tell(export, str(codebook), output, **more)


def answers_in(folder) -> pd.DataFrame:
    return open_folder(str(folder)).answers("elever")


def changed(path, change) -> None:
    """Changes the rows of a reading list as an analyst does; `change` gets them as cells."""
    book = openpyxl.load_workbook(path)
    change(list(book["Tekster"].iter_rows(min_row=2)), book["Tekster"])
    book.save(path)


# ---- masking -----------------------------------------------------------------------------------


def test_nothing_personal_is_left_on_the_list_and_the_rest_can_be_read(place, people):
    imported(place)
    listed = {CANARY.search(one.text.encode())[0].decode(): one.text for one in read_list(place[3])}
    wrote = [number for number, bits in enumerate(people.personal) if bits]
    assert len(wrote) == len(listed) == WROTE
    for number in wrote:
        text, bits = listed[canary(number)], people.personal[number]
        first, last, cpr, street, town, phone, mail = bits
        seen = re.sub(r"\[[a-zæøå-]+\]", " ", text).casefold()
        for bit in (first, last, *first.split("-"), cpr, street, town, phone, mail):
            assert not re.search(rf"\b{re.escape(bit.casefold())}\b", seen), (bit, text)
        assert not re.search(r"\d", seen), text
    kept = [all(words in " ".join(listed.values()) for words in THEMES.values())]
    assert all(kept)
    plain = "Spørg, cpr, som bor på i, ring eller skriv til"
    shown = re.sub(r"\s*\[[a-zæøå-]+\]", "", listed[canary(0)]).split(". ")[1]
    assert shown.replace("tlf. ", "") == plain


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mødet med Gunvald gik fint.", "Mødet med [navn] gik fint."),
        ("Lars Bo Kjærsholm-Quist var sød", "[navn] var sød"),
        ("jørgen fra århus", "[navn] fra [sted]"),
        ("Annas bror i Hundesteds havn", "[navn] bror i [sted] havn"),
        ("født 12. maj 1980", "født [dato]"),
        ("cpr: 010180–1234", "cpr: [cpr-nummer]"),
        ("010180\u00ad1234 og 0 1 0 1 8 0 1 2 3 4", "[cpr-nummer] og [cpr-nummer]"),
        ("nr. 0101801234, 20304050", "nr. [tal]"),
        ("ring 0045 20 30 40 50", "ring [telefonnummer]"),
        ("7100 vejle og 8000 Ukendtby", "[sted] og [sted]"),
        ("i 2020 var 3 af 10 væk", "i [tal] var 3 af 10 væk"),
        ("anna snabel-a mail punktum dk", "[e-mail]"),
        ("se www.anna.dk/hjem eller min-side.dk", "se [link] eller [link]"),
        ("SAGSBEHANDLEREN SVARER IKKE", "SAGSBEHANDLEREN SVARER IKKE"),
        ("Søndre Skole er god", "[sted] er god"),
        ("bor på skovgade", "bor på [adresse]"),
        ("Jeg vil gerne have, at De ringer. Personalet er venligt!",) * 2,
    ],
)
def test_what_is_masked(tmp_path, text, masked):
    path = tmp_path / "elever.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    assert masks_of(load_codebook(path)).masked(text) == masked


def test_what_the_printed_comments_say_can_still_be_read():
    """Eight comments that the jobcentres' report prints, with no name in them: people's own words,
    which no list here was made of."""
    printed = yaml.safe_load((DATA / "published" / "comments.yaml").read_text(encoding="utf-8"))
    masks = masks_of(load_codebook("jobcentres"))
    texts = [one["text"] for one in printed["comments"]]
    lost = sum(masks.masked(text).count("[") for text in texts)
    assert lost / sum(len(text.split()) for text in texts) < 0.05


@given(st.text(max_size=80) | st.from_regex(r"([A-ZÆa-zå]{1,9}[ .,-]{1,2}|\d{1,5}[ -]?){1,9}"))
def test_a_masked_text_stays_as_it_is(text):
    masks = masks_of(load_codebook("citizens"))
    once = masks.masked(text)
    assert masks.masked(once) == once
    assert not re.search(r"\d{4}|\w@\w", once)


# ---- coding ------------------------------------------------------------------------------------


def test_coded_themes_are_answers_and_the_texts_are_not(place, people):
    done = imported(place)
    assert any(
        "1.000 tekster, 0 kodet, 0 »udelad«, 1.000 ikke kodet" in one for one in done.notices
    )
    assert answers_in(done.folder)[f"forslag: {LABELS[0]}"].isna().all()
    code(place[3])
    done = imported(place)
    answers = answers_in(done.folder)
    for label in LABELS:
        column = answers[f"forslag: {label}"].astype(object)
        wanted = [pd.NA if about is None else label in about for about in people.about]
        assert [str(one) for one in column] == [str(one) for one in wanted]
    dropped = sum(bool(b) and a is None for a, b in zip(people.about, people.personal))
    told = f"1.000 tekster, {1000 - dropped} kodet, {dropped} »udelad«, 0 ikke kodet endnu"
    assert dropped and any(told in one for one in done.notices)


def test_no_text_is_in_the_dataset_or_what_is_told(place, capsys):
    for _ in range(2):
        done = imported(place)
        code(place[3])
    files = [path for path in done.folder.rglob("*") if path.is_file()]
    said = "\n".join((*done.counted, *done.notices, *capsys.readouterr()))
    assert len(files) > 4
    for content in (said.encode(), *(path.read_bytes() for path in files)):
        assert not CANARY.search(content) and not any(name.encode() in content for name in FIRST)
    assert (place[3].parent / ".gitignore").read_text(encoding="utf-8").endswith("*\n")


def test_a_part_that_is_coded_from_the_top_is_a_random_part(place, people):
    """Whoever codes the first 300 has as many of each theme as chance gives, and is told when some
    are passed over."""
    imported(place)
    code(place[3], 300)
    done = imported(place)
    answers = answers_in(done.folder)
    coded = answers["forslag: Andet"].notna()
    assert "700 ikke kodet endnu" in "".join(done.notices)
    assert "tilfældigt udsnit" not in "".join(done.notices)
    for label in LABELS:
        share = answers.loc[coded, f"forslag: {label}"].mean()
        among = [label in about for about in people.about if about is not None]
        assert abs(share - sum(among) / len(among)) < 0.09  # three standard errors of 270
    changed(place[3], lambda rows, _: rows[0][3].__setattr__("value", None))
    assert "1 tekster uden tema står over den sidste kodede" in "".join(imported(place).notices)


def test_codes_stay_with_their_texts_when_the_export_changes(place, people):
    """New rows, others gone and all in another order; a text that the analyst has masked further,
    and sorted the list by."""
    imported(place)
    code(place[3])

    def further(rows, sheet):
        rows[5][2].value = "mere er skjult"
        cells = [[cell.value for cell in row] for row in rows]
        for row, values in zip(rows, sorted(cells, key=lambda one: one[2])):
            for cell, value in zip(row, values):
                cell.value = value

    changed(place[3], further)
    before = imported(place).folder
    kept = answers_in(before)
    more = people.table.sample(frac=1, random_state=1)
    new = more.head(7).assign(**{"Hvad kunne din skole gøre bedre?": "mere idræt"})
    pd.concat([more, new]).to_csv(place[0], index=False, sep=";", encoding="utf-8-sig")
    done = imported(place)
    assert "7 ikke kodet endnu" in "".join(done.notices)
    columns = [f"forslag: {label}" for label in LABELS]

    def counted(answers):
        return Counter(map(str, answers[["glad", *columns]].astype(str).to_numpy().tolist()))

    assert counted(answers_in(done.folder).head(len(more))) == counted(kept)
    assert "mere er skjult" in [one.text for one in read_list(place[3])]


def test_a_list_masked_less_than_now_keeps_its_codes(place, monkeypatch):
    """More names become known: the texts' numbers change, and their codes do not."""
    from helpers.importing import theme_coding

    with monkeypatch.context() as patch:
        known = theme_coding.masks_of

        def fewer(codebook):
            masks = known(codebook)
            return type(masks)(frozenset(), masks.places, masks.ordinary | {"anna"}, masks.phrases)

        patch.setattr(theme_coding, "masks_of", fewer)
        imported(place)
        code(place[3])
        earlier = answers_in(imported(place).folder)
    assert "Anna" in "".join(one.text for one in read_list(place[3]))
    now = answers_in(imported(place).folder)
    pd.testing.assert_frame_equal(now, earlier)
    assert "Anna" not in "".join(one.text for one in read_list(place[3]))


def test_a_later_state_of_a_round_takes_its_codes_over(place, tmp_path):
    first = imported(place).folder
    code(place[3])
    imported(place)
    later = import_survey(place[0], str(place[1]), tmp_path / "ud" / "senere", follows=first)
    pd.testing.assert_frame_equal(answers_in(later), answers_in(first))
    assert (tmp_path / "ud" / "senere-tekster" / place[3].name).is_file()


def test_who_was_not_asked_is_in_no_base_though_they_wrote(place, people):
    text = yaml.safe_load(CODEBOOK)
    text["questions"][1]["asked_if"]["answers"] = ["Glad"]
    place[1].write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    imported(place)
    code(place[3])
    done = imported(place)
    answers = answers_in(done.folder)
    assert not answers.loc[answers["glad"] != "Glad", "forslag: Andet"].notna().any()
    assert "svar fra folk, der ikke skulle spørges" in "".join(done.notices)


# ---- what is told ------------------------------------------------------------------------------


def mistaken(place, change) -> str:
    """What an import says of a list after `change`; dataset and list stay as they were."""
    imported(place)
    code(place[3])
    changed(place[3], change)
    before = [path.read_bytes() for path in (place[3], place[2] / "elever.parquet")]
    with pytest.raises(UserError) as error:
        imported(place)
    assert before == [path.read_bytes() for path in (place[3], place[2] / "elever.parquet")]
    assert not CANARY.search(str(error.value).encode()) and str(place[3]) in str(error.value)
    return str(error.value)


def test_an_unknown_theme_is_told_and_not_quoted(place):
    said = mistaken(place, lambda rows, _: rows[3][3].__setattr__("value", "Andet; Mere rro"))
    assert "række 5, kolonne »temaer«: et tema på 8 tegn" in said and "»Mere ro«" in said
    assert "rro" not in said and "options" in said


def test_a_text_that_is_coded_twice_is_told(place):
    def twice(rows, sheet):
        row = [cell.value for cell in rows[0]]
        sheet.append([*row[:3], "Lektier; Bedre mad; Mere ro; Andet"])

    assert "række 1002, kolonne »temaer«: teksten står også i række 2" in mistaken(place, twice)


def test_a_row_that_is_not_in_the_export_is_told(place):
    def other(rows, _):
        rows[8][1].value, rows[8][2].value = "t123", "noget andet"

    said = mistaken(place, other)
    assert "række 10, kolonne »nr«: eksporten har ikke teksten" in said and "123" not in said


def test_a_row_of_no_question_and_a_no_answer_with_themes_are_told(place):
    def both(rows, _):
        rows[0][0].value, rows[1][3].value = "glad", "Udelad; Andet"

    said = mistaken(place, both)
    assert "række 2, kolonne »spørgsmål«" in said and "»udelad« skal stå alene" in said


def test_a_list_without_its_headings_is_told(place):
    def headless(_, sheet):
        sheet["D1"].value = "noter"

    said = mistaken(place, headless)
    assert all(heading in said for heading in HEADINGS)


def test_signs_are_no_answer_and_a_text_like_a_formula_is_a_text(place, people):
    written = ["=1+1 er ikke nok ro", "...", " - ", "?", *["maden er kedelig"] * 5]
    table = people.table.head(9).assign(**{"Hvad kunne din skole gøre bedre?": written})
    table.to_csv(place[0], index=False, sep=";", encoding="utf-8-sig")
    assert "6 tekster, 0 kodet" in "".join(imported(place).notices)
    assert {one.text for one in read_list(place[3])} == {written[0], written[-1]}
    code(place[3])
    assert "6 tekster, 6 kodet" in "".join(imported(place).notices)


def test_an_unreadable_list_is_told(place):
    imported(place)
    place[3].write_bytes(b"PK\x03\x04 ikke en projektmappe")
    with pytest.raises(UserError, match="laeseliste-elever.xlsx"):
        imported(place)


def test_a_text_question_is_never_guessed_to_be_a_column_of_options(place, people):
    table = people.table.rename(columns={"Hvad kunne din skole gøre bedre?": "Andet felt"})
    table.to_csv(place[0], index=False, sep=";", encoding="utf-8-sig")
    with pytest.raises(UserError, match="forslag"):
        imported(place)
    mapping = place[2].with_name("foraar-afvist") / "kobling-elever.yaml"
    said = yaml.safe_load(mapping.read_text(encoding="utf-8"))
    assert said["questions"]["forslag"] == {"variable": None}
    said["questions"]["forslag"] = {"variable": "Andet felt"}
    mapping.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    assert "1.000 tekster" in "".join(imported(place, mapping_file=mapping).notices)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda q: q["options"].append("A; B"), "skiller temaer"),
        (lambda q: q["options"].append("Udelad"), "intet svar"),
        (lambda q: q.update(options=[]), "ingen svarmuligheder"),
        (lambda q: q.update(free_text=True), "type: text"),
    ],
)
def test_a_codebook_that_cannot_be_is_told(tmp_path, change, told):
    content, path = yaml.safe_load(CODEBOOK), tmp_path / "elever.yaml"
    change(content["questions"][1])
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError, match=told):
        load_codebook(path)


@pytest.mark.parametrize("where", ["asked_if", "breakdown"])
def test_nothing_rests_on_themes(tmp_path, where):
    content, path = yaml.safe_load(CODEBOOK), tmp_path / "elever.yaml"
    if where == "asked_if":
        content["questions"][2]["asked_if"] = {"question": "forslag", "answers": ["Andet"]}
    else:
        content["breakdowns"][0]["question"] = "forslag"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError, match="fri tekst"):
        load_codebook(path)


def test_a_list_is_known_whatever_it_is_called(place):
    imported(place)
    content = place[3].read_bytes()
    assert is_reading_list(content)
    assert is_reading_list("Spørgsmål;Nr;Tekst;Temaer\r\na;b;c;d".encode("utf-8-sig"))
    assert not is_reading_list(b"label,sample\nPige,3") and not is_reading_list(b"PK\x03\x04")
