"""Random damage beyond the catalogue: whatever happens to the bytes or the cells, an import ends
well or in Danish."""

import shutil

import forms
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.errors import UserError
from helpers.importing import import_survey

EXAMPLES = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    place = tmp_path_factory.mktemp("fuzz")
    truth = forms.people(25, seed=5)
    return truth, {
        form: forms.write(form, place / form, truth, forms.silent_people(5))
        for form in ("semicolon", "tab", "workbook", "sav", "plain_csv", "parquet")
    }


def attempt(path, output):
    shutil.rmtree(output, ignore_errors=True)
    try:
        return import_survey(path, output=output)
    except UserError as error:
        assert str(error)
        assert not output.exists()


@EXAMPLES
@given(
    form=st.sampled_from(("semicolon", "tab", "workbook", "sav", "plain_csv", "parquet")),
    part=st.sampled_from(("dataset", "structure", "labels")),
    at=st.floats(0, 1),
    junk=st.binary(min_size=0, max_size=40),
    kept=st.integers(0, 60),
)
def test_bytes_replaced_anywhere(fresh, tmp_path, form, part, at, junk, kept):
    source = fresh[1][form]
    folder = tmp_path / "in"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source if source.is_dir() else source.parent, folder)
    path = folder / f"{part}.csv" if source.is_dir() else folder / source.name
    content = path.read_bytes()
    start = int(at * len(content))
    path.write_bytes(content[:start] + junk + content[start + kept :])
    attempt(folder if source.is_dir() else path, tmp_path / "out")


CELL = st.one_of(
    st.none(),
    st.integers(-3, 120).map(str),
    st.text(max_size=12),
    st.sampled_from(
        ("Ja", "Nej", "Ved ikke", "Positiv", "Aarhus", "1.0", "\ufeff", "' OR 1=1", "=A1")
    ),
)


@EXAMPLES
@given(st.data())
def test_cells_replaced_anywhere(fresh, tmp_path, data):
    table = forms.plain_table(fresh[0]).astype(object)
    for _ in range(data.draw(st.integers(1, 6))):
        table.iloc[
            data.draw(st.integers(0, len(table) - 1)), data.draw(st.integers(0, table.shape[1] - 1))
        ] = data.draw(CELL)
    path = tmp_path / "svar.csv"
    table.to_csv(path, index=False, sep=";", encoding="utf-8", errors="replace")
    folder = attempt(path, tmp_path / "out")
    if folder:
        found = forms.imported(folder)
        labels = {
            question.id: set(question.labels)
            for question in forms.CODEBOOK.questions
            if question.type == "single"
        }
        assert all(set(found[name].dropna()) <= allowed for name, allowed in labels.items())


@EXAMPLES
@given(st.text(max_size=400))
def test_any_text_is_no_traceback(tmp_path, text):
    path = tmp_path / "svar.csv"
    path.write_text(text, encoding="utf-8", errors="replace")
    assert attempt(path, tmp_path / "out") is None
