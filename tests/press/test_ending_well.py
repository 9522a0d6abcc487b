"""However a page ends, the analyst hears which it was, and nothing is left of it: no half page, no
process, no thread that a build would wait for."""

import codecs
import errno
import io
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from tiny import tiny_notebook

from helpers.cli.program import ended, print_anywhere
from helpers.errors import UserError, is_full, of_system
from helpers.press.bind.site import swap
from helpers.press.build import build
from helpers.press.build_lock import in_turn
from helpers.press.project import Project
from helpers.press.run import job
from helpers.press.run.execution import PageRun, run_page
from helpers.press.run.job import Terms, outcome, tell
from helpers.press.run.pool import Pool, forks
from helpers.press.run.processes import end_group

pytestmark = pytest.mark.skipif(not forks(), reason="uden fork kører flere opgaver i samme proces")
SLEEPER = "import subprocess\nsubprocess.Popen(['sleep', '{seconds}'], start_new_session=True)"


def run(project, cell, limit=None, more="'sidste celle'"):
    """Runs Vejle's page with one cell more, as a build does. Returns what the analyst hears."""
    notebook = tiny_notebook()
    notebook.cells += [new_code_cell(cell), new_code_cell(more)]
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    heard: list[str] = []
    page = PageRun(
        "tema", project.notebooks / "tema.ipynb", "Vejle", "synthetic", target(project), "1"
    )
    Pool(1, heard.append).each(
        run_page, [page], lambda: None, terms=lambda run: Terms(run.name, limit)
    )
    return heard


def target(project):
    return project.executed / "vejle" / "tema.ipynb"


def processes(words):
    """The processes whose command has these words."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if words in (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode():
                found.append(int(folder.name))
    return found


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import sys\nsys.exit()", "Cellen afslutter Python"),
        ("exit()", "Cellen afslutter Python"),
        ("raise SystemExit(0)", "Cellen afslutter Python"),
        ("raise KeyboardInterrupt", "Cellen blev afbrudt"),
        ("import os\nos._exit(0)", "lukkede selv sin proces i tema.ipynb, celle 7"),
        ("import os\nos.kill(os.getpid(), 9)", "hukommelsen slap op.*--jobs 1"),
        ("import os\nos.kill(os.getpid(), 11)", r"brød ned i tema.ipynb, celle 7 \(SIGSEGV\)"),
        ("print('x' * 100_001)", "udskriver mere end 100.000 tegn"),
        ("for _ in range(50):\n    print('x' * 10**6)", "udskriver mere end 100.000 tegn"),
        ("raise ValueError('x' * 10**6)", r"ValueError: x{1000} … \(forkortet\)"),
        ("class F(Exception):\n    __str__ = None\nraise F", "F: "),
        ("def f():\n    return f()\nf()", "RecursionError"),
        ("import threading\nthreading.Thread(target=threading.Event().wait).start()", "tråden »"),
        (SLEEPER.format(seconds=9871), r"processen \d+ \(sleep\)"),
        ("import os\nos.remove('tema.ipynb')\n1 / 0", "ZeroDivisionError"),
        ("raise OSError(28, 'No space left on device')", "Disken er fuld"),
        ("import os\nos.closerange(3, 1000)", "»tema«"),
    ],
)
def test_a_page_that_does_not_end_well_is_named_with_edition_and_cell(project, cell, words):
    with pytest.raises(UserError, match=f"(?s){words}") as caught:
        run(project, cell)
    told = str(caught.value)
    assert "»tema«" in told and "for Vejle" in told and "tema.ipynb, celle 7" in told
    assert len(told) < 2_000 and not target(project).exists()


@pytest.mark.parametrize(
    "cell",
    [
        "while True: pass",
        "import time\ntime.sleep(999)",
        "while True:\n  try: print('x')\n  except: 0",
    ],
)
def test_a_page_that_never_ends_is_stopped_at_its_limit(project, cell):
    began = time.monotonic()
    with pytest.raises(UserError, match="ikke færdig efter 2 sekunder.*celle 7.*_config.yml"):
        run(project, cell, limit=2)
    assert time.monotonic() - began < 30 and not target(project).exists()


def test_a_thread_and_a_process_that_end_in_time_are_no_fault(project):
    run(
        project,
        "import subprocess, threading, time\nprocess = subprocess.Popen(['sleep', '0.3'])\n"
        "threading.Thread(target=time.sleep, args=(0.3,)).start()",
    )
    assert target(project).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="kun Linux siger, hvem der har startet hvad")
@pytest.mark.parametrize("ending", ["1 / 0", "import os\nos._exit(3)", "while True: pass"])
def test_what_a_page_has_started_ends_with_it(project, ending):
    seconds = 9_000 + os.getpid() % 900
    with pytest.raises(UserError):
        run(project, SLEEPER.format(seconds=seconds), limit=2, more=ending)
    assert not processes(f"sleep {seconds}")


def test_a_warning_is_for_the_analyst_and_not_for_the_page(project):
    heard = run(project, "import warnings\nwarnings.warn('ANANAS')")
    assert len(heard) == 1 and "Siden »tema« for Vejle, tema.ipynb, celle 7" in heard[0]
    assert "UserWarning: ANANAS" in heard[0]


def test_what_a_cell_breaks_for_the_press_is_told_with_the_page(project):
    with pytest.raises(UserError, match="»tema« for Vejle kunne ikke laves færdig: TypeError"):
        run(project, "import json\njson.dumps = None")
    with pytest.raises(UserError, match="»tema« for Vejle kunne ikke gemmes: Disken er fuld"):
        run(
            project,
            "import tempfile\ndef full(**_): raise OSError(28, 'No space left on device')\n"
            "tempfile.mkstemp = full",
        )
    assert not target(project).exists()


def test_a_running_page_is_named_while_one_waits(monkeypatch):
    monkeypatch.setattr(job, "PATIENCE", 0.3)
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    sleeper = forking.Process(target=tell, args=(theirs, time.sleep, [99]))
    heard: list[str] = []
    sleeper.start()
    try:
        error = outcome(sleeper, ours, Terms("Siden »tema« for Vejle", 2), heard.append)
    finally:
        end_group(sleeper)
    assert "ikke færdig efter 2 sekunder" in str(error)
    assert 1 <= len(heard) <= 3 and heard[0].startswith("Siden »tema« for Vejle kører stadig")


@pytest.mark.skipif(sys.platform != "linux", reason="ser efter processerne i /proc")
def test_no_worker_and_no_job_outlives_a_killed_build(tmp_path):
    mark, code = (
        f"{tmp_path}/mærke",
        "import sys\nfrom pathlib import Path\nfrom helpers.press.run.pool import Pool\n"
        "from test_ending_well import sit\n"
        "Pool(2).each(sit, [Path(sys.argv[1]), Path(sys.argv[1] + '2')], lambda: None)",
    )
    builder = subprocess.Popen(
        [sys.executable, "-c", code, mark],
        env={**os.environ, "MARK": mark, "PYTHONPATH": str(Path(__file__).parent)},
    )
    wait_for(lambda: Path(mark).is_file() and Path(f"{mark}2").is_file(), 60)
    assert len(marked(mark)) >= 5  # the builder, two workers, two jobs, and who forks them
    os.kill(builder.pid, signal.SIGKILL)
    builder.wait()
    wait_for(lambda: not marked(mark), 10)


def sit(mark):
    mark.write_text("her")
    time.sleep(300)


def marked(mark):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"MARK={mark}".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def wait_for(happened, seconds):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_limit_is_one_setting(project):
    assert project.page_limit == 600
    settings = project.config.read_text(encoding="utf-8")
    project.config.write_text(settings.replace("timeout: 600", "timeout: 7.5"), encoding="utf-8")
    assert project.page_limit == 7.5
    project.config.write_text(settings.replace("timeout: 600", "timeout: -1"), encoding="utf-8")
    with pytest.raises(UserError, match="»timeout« under »execute« er -1"):
        _ = project.page_limit


def test_a_failing_page_leaves_the_site_as_it_was(project):
    def make():
        build(["Vejle"], project=project, progress=False, downloads=False)

    make()
    before = {path: path.read_bytes() for path in project.site.rglob("*") if path.is_file()}
    notebook = tiny_notebook()
    notebook.cells.insert(3, new_code_cell("import sys\nsys.exit(0)"))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    with pytest.raises(UserError, match="Cellen afslutter Python"):
        make()
    after = {path: path.read_bytes() for path in project.site.rglob("*") if path.is_file()}
    assert after == before and len(before) > 10


def test_a_word_that_is_gone_is_gone_from_the_search_index_whatever_the_clock_says(project):
    prose, index = project.book / "introduktion.md", project.site / "vejle" / "searchindex.js"

    def make(word):
        prose.write_text(f"# Introduktion\n\nOm {word} i dag.\n", encoding="utf-8")
        build(["Vejle"], project=project, progress=False, downloads=False)
        return word in index.read_text(encoding="utf-8")

    assert make("kvartal")
    environment = project.books / "vejle" / "_build" / ".doctrees" / "environment.pickle"
    read = pickle.loads(environment.read_bytes())
    read.all_docs = {name: when + 3_600_000_000 for name, when in read.all_docs.items()}
    environment.write_bytes(pickle.dumps(read))  # an hour from now: the clock was set back since
    assert make("program") and "kvartal" not in index.read_text(encoding="utf-8")


def test_the_system_s_refusals_are_told_in_danish():
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/x/y")
    assert of_system(full) == "Disken er fuld. Gør plads, og prøv igen. (/x/y)"
    assert is_full(f"Exception occurred: {full}") and not is_full("Ret siden")
    gone = FileNotFoundError(errno.ENOENT, "No such file or directory", "/x/z")
    assert of_system(gone) == "Filen /x/z findes ikke længere. Se efter den, og prøv igen."


def test_a_command_ends_with_a_message_whatever_the_disk_does(capsys):
    def command():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert ended(command) == 1 and ended(lambda: None) == 0 and ended(lambda: 2) == 2
    assert capsys.readouterr().err == "Fejl: Disken er fuld. Gør plads, og prøv igen.\n"


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("ascii", "Bøgerne er klar …".encode()),
        ("utf-8", "Bøgerne er klar …".encode()),
        ("iso8859-1", b"B\xf8gerne er klar ?"),
    ],
)
def test_danish_is_printed_in_every_language_of_a_machine(encoding, written):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    print_anywhere(stream)
    stream.write("Bøgerne er klar …")
    stream.flush()
    assert raw.getvalue() == written and codecs.lookup(stream.encoding)


@pytest.mark.skipif(sys.platform != "linux", reason="kun Linux bytter mapper i ét skridt")
def test_a_site_gives_way_to_the_next_in_one_step(tmp_path):
    new, output, old = (tmp_path / name for name in ("new", "site", "old"))
    for folder in (new, output):
        folder.mkdir()
        (folder / "side").write_text(folder.name)
    swap(new, output, old)
    assert (output / "side").read_text() == "new" and (new / "side").read_text() == "site"
    assert not old.exists()


def test_what_a_killed_build_left_beside_the_site_is_removed(project):
    left = project.site.parent / f".{project.site.name}.abc"
    (left / "new" / "vejle").mkdir(parents=True)
    build(["Vejle"], project=project, progress=False, downloads=False)
    assert not left.exists() and (project.site / "vejle" / "tema.html").is_file()


def test_who_waits_for_another_build_is_told(project):
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom helpers.press.build_lock import in_turn\n"
        "from helpers.press.project import Project\n"
        "with in_turn(Project(Path(sys.argv[1]))):\n    print('inde', time.time(), flush=True)"
    )
    with in_turn(Project(project.root)):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(project.root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert other.stderr and other.stderr.readline().decode().startswith(
            "Venter på et andet byggeri"
        )
        left = time.time()
    said = other.communicate(timeout=30)[0].decode().split()
    assert said[0] == "inde" and float(said[1]) >= left
