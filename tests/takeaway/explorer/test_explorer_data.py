"""The explorer's files: every published share as it is published, and nothing else."""

import json
from math import ceil, floor

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.page.page import Page
from helpers.survey.editions import find_edition
from helpers.takeaway.explorer import write_explorer
from helpers.takeaway.explorer.explorer_data import edition_data, letters

EVERYBODY_MAY_KNOW = {"koen", "alder", "kommune"}  # who has answered, of a place as a whole


def stored(path):
    """The value that a data file gives to its name."""
    return json.loads(path.read_text(encoding="utf-8").split("=", 1)[1].rstrip().removesuffix(";"))


@pytest.fixture(scope="module")
def vejle(explorer):
    return stored(explorer.parent / "tal" / "borgerne" / "vejle.js")


@pytest.fixture(scope="module")
def released():
    """Both surveys of the synthetic dataset, as they are released."""
    dataset = open_dataset("synthetic")
    return {survey: releasable(dataset, survey) for survey in dataset.manifest.surveys}


@pytest.fixture(scope="module")
def written(released):
    """{survey: [(edition, its data)]}"""
    return {
        survey: [(edition, edition_data(estimates, edition)) for edition in estimates.editions]
        for survey, estimates in released.items()
    }


def groups_in(data, estimates, edition):
    """(question, breakdown, group, its published rows) for each group in an edition's data."""
    codebook = estimates.codebook
    names = {one.id: [group.label for group in one.groups] for one in codebook.breakdowns}
    # A combined answer that is an option over again is in no face.
    options = {question.id: set(question.labels) for question in codebook.tabulated}
    rows = {}
    for row in estimates.published.of(edition.slug).itertuples(name="Row", index=False):
        if not (row.combined and row.answer in options[row.question]):
            rows.setdefault((row.question, row.breakdown, row.group), []).append(row)
    for question, breakdowns in data.items():
        for by, groups in breakdowns.items():
            for group in groups:
                name = names[by][group[0]] if by else ""
                assert by or group[0] == -1
                yield question, by, group, rows[question, by, name]


def told_too_much(group, rows, reason):
    """What a group in a file tells that is not published so, in words; nothing for a sound one."""
    if rows[0].hidden:
        reasons = [reason.get(letter) for letter in group[1:]]
        return [] if reasons == [rows[0].hidden] else ["something of a hidden group"]
    _, base, cells, ends, counts, lengths, *_ = group  # a mean may follow
    wrong = [] if base == rows[0].base and type(base) is int else ["another base"]
    wrong += [] if len(cells) == len(rows) else ["another number of answers"]
    wrong += [f"{cell} of {row}" for cell, row in zip(cells, rows) if not as_published(cell, row)]
    exact = [int(row.count) for row in rows if pd.notna(row.count)]
    wrong += [] if counts == (exact or 0) else ["a count that is not told"]
    wrong += [] if lengths == 0 or drawn_as_told(lengths, rows) else ["a part outside its class"]
    whole = all(type(end) is int for end in ends or ())
    return wrong + ([] if whole and len(ends or cells * 2) == 2 * len(cells) else ["no intervals"])


def intervals(group):
    """The pairs of ends in a group's data."""
    ends = group[3] if len(group) > 2 and group[3] else []
    return list(zip(ends[::2], ends[1::2]))


def drawn_as_told(lengths, rows):
    """Whether the parts of a bar are whole per cent of 100, each within its published class."""
    parts = [row for row in rows if not row.combined]
    return (
        len(lengths) == len(parts)
        and abs(sum(lengths) - 100) <= len(parts) / 2
        and all(type(length) is int for length in lengths)
        and all(
            100 * row.low - 0.51 <= length <= 100 * row.high + 0.51
            for length, row in zip(lengths, parts)
        )
    )


def as_published(cell, row):
    """Whether a cell is no finer than the row's class, and within it."""
    if type(cell) is int:
        closed = row.step == 0 or not (row.low == 0 or row.high == 1)
        return row.step <= 1 and closed and cell == floor(100 * row.share + 0.5 + 1e-9)
    sign, number = cell[0], float(cell[1:].replace(",", "."))
    if sign == "~":
        return row.step > 1 and number % row.step == 0 and abs(number - 100 * row.share) < 1e-6
    low, high = 100 * row.low, 100 * row.high
    # the top class holds its lower end, and is over what is below that
    rounded = (ceil(low - 1e-9) - 1, ceil(high - 1e-9))
    if number < 1 or number > 99:
        rounded = round((ceil(10 * low - 1e-9) - 1) / 10, 6), round(high, 6)
    if sign == "<":
        return row.step > 0 and low == 0 and number == rounded[1]
    return sign == ">" and row.step > 0 and high == 100 and number == rounded[0]


@pytest.mark.parametrize("survey", ["citizens", "jobcentres"])
def test_no_file_of_any_edition_tells_more_than_is_published(released, written, survey):
    estimates, seen = released[survey], {}
    reason = {letter: code for code, letter in letters(estimates).items()}
    for edition, made in written[survey]:
        data = json.loads(json.dumps(made))
        for question, by, group, rows in groups_in(data, estimates, edition):
            assert not told_too_much(group, rows, reason), (edition.name, question, by, group)
            cells = [] if rows[0].hidden else group[2]
            kinds = {cell[0] if isinstance(cell, str) else "whole" for cell in cells}
            for kind in kinds or {"hidden"}:
                seen[kind] = seen.get(kind, 0) + 1
    wanted = {"whole", "hidden", "~", "<", ">"} if survey == "citizens" else {"whole"}
    assert set(seen) == wanted and min(seen.values()) > 10


@pytest.mark.parametrize("survey", ["citizens", "jobcentres"])
def test_every_published_mean_is_there_as_published(released, written, survey):
    """Each mean's text against the published class, read from the release by itself."""
    estimates, told = released[survey], 0
    names = {one.id: [group.label for group in one.groups] for one in estimates.codebook.breakdowns}
    for edition, data in written[survey]:
        own = estimates.means.rows["edition"] == edition.slug
        rows = estimates.means.rows[own].query("hidden == '' and base > 0")
        classes = {(row.scale, row.breakdown, row.group): row for row in rows.itertuples()}
        for scale, breakdowns in data.items():
            for by, groups in breakdowns.items():
                for group in (one for one in groups if len(one) > 6):
                    row = classes.pop((scale, by, names[by][group[0]] if by else ""))
                    *word, number, _ = group[6].split()
                    shown = float(number.replace(",", "."))
                    end = {("over",): row.low, ("under",): row.high}.get(tuple(word), row.mean)
                    assert shown == pytest.approx(end, abs=0.0051 if not row.step else 0.051)
                    told += 1
        # what is left are groups that the questionnaire asks nobody of, or with shares hidden
        assert all(row.breakdown for row in classes.values())
    assert told > (1_000 if survey == "citizens" else 4)


@pytest.mark.parametrize("survey", ["citizens", "jobcentres"])
def test_counts_are_told_of_the_country_s_totals_and_of_who_has_answered_only(
    released, written, survey
):
    estimates, counted = released[survey], 0
    for edition, data in written[survey]:
        for question, breakdowns in data.items():
            for by, groups in breakdowns.items():
                for _, base, *told in groups:
                    if told and told[2]:
                        counted += 1
                        cells, _, counts, *_ = told
                        known = question in EVERYBODY_MAY_KNOW and by in ("", "kommune")
                        assert known or (edition.is_country and not by)
                        single = len(estimates.codebook.question(question).labels)
                        assert max(counts) <= base and len(counts) == len(cells) >= single
    assert counted >= len(estimates.codebook.tabulated) - 1


def test_the_files_hold_a_cell_for_every_published_share(released):
    estimates = released["citizens"]
    edition = find_edition("Vejle", estimates.editions)
    codebook = estimates.codebook
    table = estimates.published.of("vejle")
    table = table[table["hidden"] == ""]
    screening = {question.id for question in codebook.questions if question.role == "screening"}
    table = table[~table["question"].isin(screening | {"kommune"})]
    again = {(question.id, answer) for question in codebook.tabulated for answer in question.labels}
    shown = [
        row
        for row in table.itertuples()
        if not row.combined or (row.question, row.answer) not in again
    ]
    data = edition_data(estimates, edition)
    groups = [group for by in data.values() for groups in by.values() for group in groups]
    assert sum(len(group[2]) for group in groups if len(group) > 2) == len(shown) > 1000


@pytest.mark.parametrize(
    "question, breakdown",
    [
        ("tilfredshed", "maalgruppe"),
        ("tilfredshed", ""),
        ("kanal", "alder"),
        ("udsagn_hjalp", "koen"),
        ("alder", ""),
    ],
)
def test_what_a_reader_knows_of_a_cell_is_true_of_the_answers(vejle, truth, question, breakdown):
    mine = (truth["edition"] == "vejle") & (truth["question"] == question)
    mine &= truth["breakdown"] == breakdown
    counted = truth[mine].groupby("group", sort=False, observed=True)
    shown = 0
    for (_, rows), (_, base, *told) in zip(counted, vejle[question][breakdown], strict=True):
        assert bool(told) == (rows["base"].iloc[0] >= 10)
        if not told:
            continue
        assert abs(base - rows["base"].iloc[0]) <= 2
        for percent, cell in zip(100 * rows["count"] / rows["base"], told[0]):
            shown += 1
            number = cell if isinstance(cell, int) else float(cell[1:].replace(",", "."))
            near = 0.5 if isinstance(cell, int) else 12.5  # half of the largest step
            open_ = {"<": percent < number, ">": percent >= number}
            assert open_.get(str(cell)[0], abs(percent - number) <= near)
    assert shown >= 2


def test_the_intervals_are_those_of_the_classes_by_statsmodels(vejle, estimates):
    """Nobody knows how many of the invented people were asked."""
    checked, edition = 0, find_edition("Vejle", estimates.editions)
    for question, by, group, rows in groups_in(vejle, estimates, edition):
        background = estimates.codebook.question(question).role == "background"
        assert (not intervals(group)) == (background or bool(rows[0].hidden))
        for pair, row in zip(intervals(group), rows):
            checked += 1
            variance = row.share * (1 - row.share)
            answers = variance / (variance / row.base + (row.high - row.low) ** 2 / 12)
            low, high = proportion_confint(row.share * answers, answers, 0.05, method="wilson")
            # an open class is open
            low, high = (low if row.low > 0 else 0, high if row.high < 1 else 1)
            assert pair == (int(100 * low + 0.5), int(100 * high + 0.5)), (question, by, row)
    assert checked > 1000


@pytest.mark.parametrize(
    "survey, question, by, place",
    [
        ("citizens", "tilfredshed", "maalgruppe", "Hele landet"),
        ("citizens", "tilfredshed", "kommune", "Hele landet"),
        ("citizens", "tilfredshed", "maalgruppe", "Vejle"),
        ("citizens", "kanal", "alder", "Vejle"),
        ("jobcentres", "digital", None, "Hele landet"),
    ],
)
def test_the_intervals_are_those_of_the_book_s_pages(released, survey, question, by, place):
    estimates = released[survey]
    edition = find_edition(place, estimates.editions)
    finding = Page(edition, estimates).finding(question, **({"by": by} if by else {}))
    own = [row for row in finding.rows if row.place == edition.name and not row.hidden]
    pages = {(row.group, row.answer): finding.interval(row) for row in own}
    table, found = edition_data(estimates, edition)[question][by or ""], 0
    for _, _, group, rows in groups_in({question: {by or "": table}}, estimates, edition):
        for pair, row in zip(intervals(group), rows):
            found += 1
            assert pair == tuple(int(100 * end + 0.5) for end in pages[row.group, row.answer])
    assert found >= 4


def test_there_is_a_file_per_survey_and_edition_and_no_other(explorer):
    files = {
        folder.name: sorted(path.stem for path in folder.iterdir())
        for folder in (explorer.parent / "tal").iterdir()
    }
    assert files == {
        "borgerne": ["albertslund", "faaborg-midtfyn", "hele-landet", "vejle"],
        "jobcentrene": ["hele-landet"],
    }


def test_the_jobcentres_are_nowhere_broken_down(explorer, jobcentres):
    tables = stored(explorer.parent / "tal" / "jobcentrene" / "hele-landet.js")
    assert set(tables) == {question.id for question in jobcentres.codebook.tabulated}
    assert {breakdown for breakdowns in tables.values() for breakdown in breakdowns} == {""}


def test_the_files_are_small_enough_to_load_at_once(explorer):
    weight = sum(path.stat().st_size for path in explorer.parent.iterdir() if path.is_file())
    largest = sorted(path.stat().st_size for path in (explorer.parent / "tal").rglob("*.js"))[-2:]
    assert weight + sum(largest) < 215_000


def test_the_same_estimates_give_the_same_bytes(explorer, surveys, tmp_path):
    again = write_explorer(tmp_path, surveys).parent
    for path in explorer.parent.rglob("*.*"):
        assert (again / path.relative_to(explorer.parent)).read_bytes() == path.read_bytes()


def test_the_page_explains_the_signs_that_the_tables_have(explorer, estimates):
    text = (explorer.parent / "kodebog.js").read_text(encoding="utf-8")
    book = json.loads(text.split("=", 1)[1].rstrip().removesuffix(";"))["surveys"]["borgerne"]
    assert book["signs"] == {"a": "*"} and "færre end 10 har svaret" in book["reasons"]["a"]


def test_nothing_of_it_leads_out_of_the_site(explorer):
    for path in explorer.parent.rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "://" not in text and "/home/" not in text and "/tmp/" not in text, path.name
