"""What the measurements of speed say of themselves."""

from speed import parts
from speed.many_answers import many_answers
from speed.measure import Kept, Measured, timed
from speed.parts import QUICK, WHOLE, Row, worker
from speed.report import table, write_report

from helpers.disclosure.opening import open_dataset
from helpers.paths import NOTEBOOKS
from helpers.press.build import catalogue


def test_a_stopped_run_goes_on_where_it_was(tmp_path):
    made = []

    def measure():
        made.append(1)
        return Measured(1.5, 10.0, {"inner": 1.0})

    first = Kept(tmp_path, say=lambda text: None).get("noget", measure)
    again = Kept(tmp_path, say=lambda text: None).get("noget", measure)
    assert first == again and len(made) == 1
    assert (
        Kept(tmp_path, say=lambda text: None, fresh=True).get("noget", measure) == first
        and len(made) == 2
    )


def test_a_timed_process_counts_the_memory_of_its_children():
    child = "import time; x = bytearray(60_000_000); time.sleep(1.5)"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); "
        f"print('{{\"inner\": 1}}')"
    )
    found = timed("-c", parent)
    assert found.memory > 60 and found.seconds > 1.5 and found.said == {"inner": 1}


def test_a_target_is_met_or_not_and_the_report_says_which(tmp_path):
    rows = [
        Row("hurtig", 1.0, "s", limit=2.0),
        Row("langsom", 3.0, "s", limit=2.0),
        Row("gange", 13.0, "gange", limit=12, at_most=False),
    ]
    assert [row.met for row in rows] == [True, False, True]
    assert "| langsom | 3,00 s |  | højst 2,00 | ikke holdt |" in table(rows)
    page = write_report({"ways": rows}, QUICK, tmp_path)
    assert (
        "mindst 12,00 | holdt |" in page.read_text()
        and (tmp_path / "benchmarks" / "ways.svg").is_file()
    )


def test_invented_answers_are_as_many_as_asked_for_in_as_many_municipalities(tmp_path):
    dataset = open_dataset(many_answers(tmp_path / "svar", 700, 98))
    answers = dataset.answers("citizens")
    assert (
        len(answers) == 700
        and len(answers["kommune"].cat.categories) == 98
        and dataset.manifest.synthetic
    )


def test_the_sample_is_of_pages_and_editions_that_there_are():
    editions, pages = catalogue()
    for size in (QUICK, WHOLE):
        assert set(size.editions) <= set(editions["udgave"])
        assert set(size.notebooks) <= set(pages.loc[pages["findes i"] == "alle udgaver", "side"])


def test_the_run_alone_is_measured_in_forks():
    found = worker("run", [(str(NOTEBOOKS / "hovedkonklusioner.ipynb"), "Vejle")])
    assert 0 < found.said["inner"] < found.seconds


def test_what_is_counted_is_put_aside_and_comes_back_also_after_a_stopped_run(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(parts, "BUILD", tmp_path)
    folder, aside = tmp_path / "estimates", tmp_path / "estimates-lagt-til-side"
    (folder / "mappe").mkdir(parents=True)
    (folder / "mappe" / "a").write_text("talt før")
    for _ in range(2):
        with parts.nothing_counted():
            assert not folder.exists()
            (folder / "mappe").mkdir(parents=True)
            (folder / "mappe" / "a").write_text("talt igen")
            (folder / "ny").write_text("talt nu")
        assert (
            (folder / "mappe" / "a").read_text() == "talt før"
            and (folder / "ny").is_file()
            and not aside.exists()
        )
        folder.replace(aside)  # as a run leaves it that is killed
        folder.mkdir()
        (folder / "ny").write_text("halvt talt")
