"""What is saved is on the page; what is wrong is said with its place, and the last good page
stays."""

import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.authoring.preview.follow import choose, preview
from helpers.authoring.preview.watching import changed, watched
from helpers.errors import UserError
from helpers.press.build import build
from helpers.press.project import Project

sys.path.insert(0, str(Path(__file__).parents[1] / "press"))
from tiny import tiny_notebook, tiny_project  # noqa: E402

PATIENCE = 40


class Live:
    """A preview of Vejle in a small project, with what it has said."""

    def __init__(self, project):
        self.project, self.said, self.address = project, [], ""
        self.stop, self.ready = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.follow)
        self.thread.start()
        assert self.ready.wait(PATIENCE)
        self.base = self.address.rpartition("/")[0]

    def follow(self):
        preview(
            "Vejle",
            port=0,
            project=self.project,
            say=self.said.append,
            stop=self.stop,
            ready=self.remember,
        )

    def remember(self, address):
        self.address = address
        self.ready.set()

    def page(self, name):
        with urllib.request.urlopen(f"{self.base}/{name}.html") as answer:
            return answer.read().decode()

    def save(self, cells):
        notebook = tiny_notebook()
        notebook.cells.extend(cells)
        nbformat.write(notebook, self.project.notebooks / "tema.ipynb")

    def says(self, since, *words):
        """Waits for a message after the first `since` with all the words in it."""
        wait(lambda: any(all(word in message for word in words) for message in self.said[since:]))


def wait(met):
    ends = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < ends, "Det skete ikke."
        time.sleep(0.05)


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    started = Live(Project(tiny_project(tmp_path_factory.mktemp("lille") / "projekt")))
    yield started
    started.stop.set()
    started.thread.join()


def test_the_pages_are_those_of_a_build(tmp_path):
    project = Project(tiny_project(tmp_path / "projekt"))
    built = build(["Vejle"], "synthetic", project=project, downloads=False, progress=False).parent
    started = Live(project)
    try:
        for name in ("introduktion", "tema"):
            shown = re.sub(r"<script>[^<]*</script></body>", "</body>", started.page(name))
            assert shown == (built / "vejle" / f"{name}.html").read_text(encoding="utf-8")
    finally:
        started.stop.set()
        started.thread.join()


def test_a_saved_sentence_and_a_saved_cell_are_on_the_page(live):
    prose = live.project.book / "introduktion.md"
    prose.write_text(prose.read_text() + "\nEn ny sætning.\n", encoding="utf-8")
    wait(lambda: "En ny sætning." in live.page("introduktion"))
    live.save([new_code_cell("Markdown(f'Også i {municipality}.')")])
    wait(lambda: "Også i Vejle." in live.page("tema"))
    wait(lambda: "tema.ipynb" in live.said[-1])
    assert "introduktion.md" in live.said[-2]


def test_the_browser_gets_the_new_page_by_itself(live, browser):
    page = browser.new_page()
    page.goto(f"{live.base}/tema.html")
    live.save([new_markdown_cell("Læs det her.")])
    page.get_by_text("Læs det her.").wait_for(timeout=1000 * PATIENCE)
    live.save([new_markdown_cell("Læs det her."), new_code_cell("1 / 0")])
    page.get_by_role("status").get_by_text("ZeroDivisionError").wait_for(timeout=1000 * PATIENCE)
    assert page.get_by_text("Læs det her.").is_visible()
    live.save([new_markdown_cell("Nu virker det.")])
    page.get_by_text("Nu virker det.").wait_for(timeout=1000 * PATIENCE)
    assert page.get_by_role("status").count() == 0
    page.close()


def test_a_failing_cell_is_named_and_the_last_good_page_stays(live):
    live.save([new_markdown_cell("Det gode.")])
    wait(lambda: "Det gode." in live.page("tema"))
    before = len(live.said)
    live.save([new_code_cell("base = 0\n1 / base")])
    live.says(before, "Fejl: ", "ZeroDivisionError", "tema.ipynb, celle 7, linje 2: 1 / base")
    assert "Det gode." in live.page("tema")


def test_a_broken_link_is_named_by_cell_and_line_until_it_is_mended(live):
    broken = [new_markdown_cell("Først dette.\n\nSe [siden](findes-ikke.md).")]
    before = len(live.said)
    live.save(broken)
    live.says(before, "notebooks/tema.ipynb, celle 7, linje 3", "findes-ikke.md")
    before = len(live.said)
    prose = live.project.book / "introduktion.md"
    # another page does not make it right
    prose.write_text(prose.read_text() + "\nEndnu en.\n", encoding="utf-8")
    live.says(before, "notebooks/tema.ipynb, celle 7, linje 3")
    live.save([new_markdown_cell("Se [siden](findes-ikke.md).")])
    live.says(before, "celle 7, linje 1")
    live.save([])
    wait(lambda: "Endnu en." in live.page("introduktion"))


def test_prose_is_named_by_line_and_only_the_preview_has_the_script(live):
    prose = live.project.book / "introduktion.md"
    good, before = prose.read_text(), len(live.said)
    prose.write_text(
        "# Introduktion\n\nOm {{ udgave }}.\n\nSe [siden](findes-ikke.md).\n", encoding="utf-8"
    )
    live.says(before, "book/introduktion.md, linje 5")
    before = len(live.said)
    prose.write_text(good, encoding="utf-8")
    live.says(before, "Bygget")
    assert "EventSource" in live.page("introduktion")
    assert (
        "EventSource"
        not in (
            live.project.root / "_build" / "preview" / "vejle" / "introduktion.html"
        ).read_text()
    )


def test_a_page_that_comes_and_goes_is_in_the_menu_and_out_again(live):
    pages = live.project.book / "pages.yaml"
    text = pages.read_text()
    (live.project.book / "ordbog.md").write_text("# Ordbog\n", encoding="utf-8")
    pages.write_text(
        text.replace(
            "introduktion, title: Introduktion, source: prose}",
            "introduktion, title: Introduktion, source: prose}\n"
            "      - {slug: ordbog, title: Ordbog, source: prose}",
        ),
        encoding="utf-8",
    )
    wait(lambda: 'href="ordbog.html"' in live.page("introduktion"))
    pages.write_text(text, encoding="utf-8")
    wait(lambda: "ordbog.html" not in live.page("introduktion"))
    wait(lambda: not (live.project.root / "_build" / "preview" / "vejle" / "ordbog.html").exists())


@pytest.mark.parametrize(
    ("municipality", "page", "said"),
    [
        ("Vejel", None, "»Vejle«"),
        ("Vejle", "tema-9", "»tema«"),
        ("Vejle", "kommunerne", "ingen side"),
    ],
)
def test_what_is_not_there_is_refused(live, municipality, page, said):
    with pytest.raises(UserError, match=said):
        choose(municipality, page, "synthetic", live.project)


def test_an_editors_leftovers_are_no_change(tmp_path):
    project = Project(tiny_project(tmp_path / "projekt"))
    sources = watched(project, tmp_path / "projekt")
    before = sources.snapshot()
    (project.notebooks / ".tema.ipynb.swp").write_text("x")
    (project.notebooks / ".ipynb_checkpoints").mkdir()
    (project.notebooks / ".ipynb_checkpoints" / "tema-checkpoint.ipynb").write_text("x")
    assert changed(before, sources.snapshot()) == []
    (project.notebooks / "tema.ipynb").write_text("{}")
    assert changed(before, sources.snapshot()) == [project.notebooks / "tema.ipynb"]


def test_a_changed_helper_is_used_and_a_broken_one_is_named(copy):
    words = copy.root / "src" / "helpers" / "page" / "words.py"
    process = subprocess.Popen(
        [sys.executable, "-m", "helpers.cli", "preview", "--municipality", "Vejle", "--port", "0"],
        cwd=copy.root,
        env=copy.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lines = iter(process.stdout.readline, "")
        address = next(line for line in lines if "http" in line).split()[-1]
        good = words.read_text(encoding="utf-8")
        words.write_text(good + "\ndef (", encoding="utf-8")
        said = []
        while not said or not said[-1].startswith("Siden i browseren"):
            said.append(next(lines))
        assert any("words.py" in line for line in said) and any(
            "SyntaxError" in line for line in said
        ), said
        assert '"knap"' in good
        words.write_text(
            good.replace('"omtrent"', '"cirka"')
            .replace('"godt"', '"cirka"')
            .replace('"knap"', '"cirka"'),
            encoding="utf-8",
        )
        next(line for line in lines if line.startswith("Bygget") and "words.py" in line)
        with urllib.request.urlopen(address.replace("index", "tema-4-tilfredshed")) as answer:
            assert "cirka" in answer.read().decode().lower()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
