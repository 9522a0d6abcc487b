"""What a build does when a cell, a disk or a machine misbehaves: twenty-odd cells, a full disk at
four moments, kill -9 at ten, two builds at once, five locales. Prints a table in Markdown; exit
code 1 when something ended without being told, or left a site that is not whole.

    python tests/benchmarks/misbehaviour.py [WORDS]   # only the rows whose name has the words

The full disks are small file systems in memory, which only root can mount.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

sys.path[:0] = [str(Path(__file__).parents[1] / "press")]

from tiny import tiny_notebook, tiny_project  # noqa: E402

from helpers.press.project import Project  # noqa: E402
from helpers.press.run.fingerprint import digest, files_below  # noqa: E402

LIMIT = 4  # seconds that a page may take here
MARK = "MISBEHAVIOUR"
TOLD, WHOLE = "fortalt", "bygget"
PLACE = ("»tema«", "Vejle", "celle 7")
# name, the cell, whether the build is to tell or to come through, and words that must be said
CELLS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("sys.exit()", "import sys\nsys.exit()", TOLD, ("exit",)),
    ("exit()", "exit()", TOLD, ("exit",)),
    ("os._exit(0)", "import os\nos._exit(0)", TOLD, ("os._exit",)),
    ("raise SystemExit(0)", "raise SystemExit(0)", TOLD, ("exit",)),
    ("KeyboardInterrupt", "raise KeyboardInterrupt", TOLD, ("afbrudt",)),
    ("endeløs løkke", "while True:\n    pass", TOLD, ("ikke færdig", "timeout")),
    ("sover i evighed", "import time\ntime.sleep(10**6)", TOLD, ("ikke færdig", "timeout")),
    (
        "løkke, der fanger alt",
        "while True:\n    try:\n        print('x' * 10**6)\n    except BaseException: pass",
        TOLD,
        ("ikke færdig",),
    ),
    (
        "levende tråd",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(999,)).start()",
        TOLD,
        ("tråden",),
    ),
    ("barn", "import subprocess\nsubprocess.Popen(['sleep', '977'])", TOLD, ("sleep",)),
    (
        "løsrevet barn",
        "import subprocess\nsubprocess.Popen(['sleep', '977'], start_new_session=True)",
        TOLD,
        ("sleep",),
    ),
    (
        "fork, der bliver",
        "import os, time\nif os.fork() == 0:\n    time.sleep(977)",
        TOLD,
        ("processen",),
    ),
    ("SIGKILL", "import os\nos.kill(os.getpid(), 9)", TOLD, ("hukommelsen", "--jobs 1")),
    ("SIGSEGV", "import os\nos.kill(os.getpid(), 11)", TOLD, ("SIGSEGV",)),
    ("50 MB udskrift", "for _ in range(50):\n    print('x' * 10**6)", TOLD, ("100.000 tegn",)),
    ("advarsel", "import warnings\nwarnings.warn('ANANAS')", WHOLE, ("ANANAS",)),
    ("fejl med 50 MB tekst", "raise ValueError('x' * 50_000_000)", TOLD, ("ValueError",)),
    ("fejl uden tekst", "class F(Exception):\n    __str__ = None\nraise F", TOLD, ("F:",)),
    ("dyb rekursion", "def f():\n    return f()\nf()", TOLD, ("RecursionError",)),
    (
        "rekursion uden grænse",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(x):\n    return sorted([x], key=f)\nf(1)",
        TOLD,
        ("SIGSEGV",),
    ),
    ("lukker stdout", "import os, sys\nsys.stdout.close()\nos.close(1)", WHOLE, ()),
    ("lukker alle filer", "import os\nos.closerange(0, 1000)", TOLD, ()),
    ("skifter mappe", "import os\nos.chdir('/')", WHOLE, ()),
    ("sletter sin notebook", "import os\nos.remove('tema.ipynb')\n1 / 0", TOLD, ("Zero",)),
    (
        "sletter en anden side",
        "import os\nos.remove('../book/introduktion.md')",
        TOLD,
        ("findes ikke",),
    ),
    (
        "ændrer andres moduler",
        "import json\njson.dumps = None",
        TOLD,
        ("moduler",),
    ),
)


@dataclass(frozen=True)
class Outcome:
    """How a build ended."""

    code: int
    said: str
    seconds: float

    @property
    def line(self) -> str:
        told = [line for line in self.said.splitlines() if line.strip()]
        found = next((line for line in told if line.startswith("Fejl:")), told[-1] if told else "")
        return found if len(found) <= 150 else f"{found[:150]} …"


def start(
    project: Project, output: Path | None = None, language: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Starts a build of Vejle's edition as the command does, in a session of its own. The project's
    name in the environment tells its processes from all others."""
    words = [sys.executable, __file__, "--build", str(project.root), str(output or project.site)]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, **(language or {}), MARK: str(project.root)},
    )


def run(
    project: Project, output: Path | None = None, language: dict[str, str] | None = None
) -> Outcome:
    """A build to its end."""
    began = time.monotonic()
    process = start(project, output, language)
    said = process.communicate()[0].decode(errors="replace")
    return Outcome(process.returncode, said, time.monotonic() - began)


def build_here(root: str, output: str) -> None:
    """What the started process does."""
    from helpers.cli.program import ended, print_anywhere
    from helpers.press.build import build

    for stream in (sys.stdout, sys.stderr):
        print_anywhere(stream)
    project = Project(Path(root))

    def command() -> None:
        front = build(["Vejle"], project=project, output=Path(output), downloads=False, jobs=2)
        print(f"Bøgerne er klar: {front}")

    sys.exit(ended(command))


def look(site: Path) -> str:
    """A digest of a site's files."""
    parts = [(path.relative_to(site).as_posix(), path.read_bytes()) for path in files_below(site)]
    return digest(*(part for pair in parts for part in pair))


def write(project: Project, cell: str = "") -> None:
    """Gives the project its page, with one cell more at the end."""
    notebook = tiny_notebook()
    if cell:
        notebook.cells.append(new_code_cell(cell))
        notebook.cells.append(new_code_cell("'sidste celle'"))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")


def restore(project: Project) -> None:
    """Gives the project back the prose that a cell may have deleted."""
    prose = project.book / "introduktion.md"
    prose.write_text("# Introduktion\n\nOm {{ udgave }}.\n", encoding="utf-8")


def left_over(project: Project) -> list[str]:
    """Processes that a build of the project, or a cell, has left behind after it."""
    left: list[str] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            home = (folder / "environ").read_bytes()
        except OSError:
            continue
        if f"{MARK}={project.root}".encode() in home and int(folder.name) != os.getpid():
            left.append(b" ".join(words[:3]).decode(errors="replace"))
    return left


@dataclass
class Table:
    """The rows as they come."""

    wrong: int = 0

    def row(self, name: str, outcome: Outcome, problems: list[str]) -> None:
        self.wrong += bool(problems)
        verdict = "; ".join(problems) or "ja"
        said = outcome.line.replace("|", "\\|")
        print(
            f"| {name} | {outcome.code} | {outcome.seconds:.1f} | {verdict} | {said} |", flush=True
        )


def problems_of(
    project: Project, outcome: Outcome, before: str, expected: str, words: tuple[str, ...]
) -> list[str]:
    """What is not as it should be after a build."""
    wrong = []
    if (outcome.code == 0) != (expected == WHOLE):
        wrong.append(f"kode {outcome.code}")
    if "Traceback (most" in outcome.said:
        wrong.append("traceback")
    wrong += [f"uden {word}" for word in words if word not in outcome.said]
    if expected == TOLD and look(project.site) != before:
        wrong.append("webstedet er ændret")
    if any(project.site.parent.glob(f".{project.site.name}.*")):
        wrong.append("værksted efterladt")
    time.sleep(0.5)
    wrong += [f"efterladt: {one}" for one in left_over(project)]
    return wrong


def cells(project: Project, table: Table, wanted: Callable[[str], bool]) -> None:
    """A page with each cell, after a good build."""
    for name, cell, expected, words in CELLS:
        if not wanted(name):
            continue
        before = look(project.site)
        write(project, cell)
        outcome = run(project)
        known = {"sletter en anden side": 0, "ændrer andres moduler": 2}.get(name, len(PLACE))
        place = PLACE[:known] if expected == TOLD else ()
        table.row(name, outcome, problems_of(project, outcome, before, expected, (*place, *words)))
        restore(project)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A small file system in memory at a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


FILL = """\
import os
with open('{path}', 'wb', buffering=0) as file:
    {trying}
        while file.write(bytes(1 << 12)):
            pass
    {after}
"""


def fill(path: Path) -> None:
    """Writes until there is no more room."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 12)):
                pass
        except OSError:
            pass


def disks(root: Path, table: Table, wanted: Callable[[str], bool]) -> None:
    """A full disk while a cell runs, when its page is stored, when the book is bound, and when the
    site is put in its place."""
    for moment in ("kører", "gemmer", "binder", "udgiver"):
        name = f"fuld disk, mens den {moment}"
        if not wanted(name):
            continue
        with small_disk(root / "disk", 40), small_disk(root / "udgivet", 8):
            project = Project(tiny_project(root / "disk" / "projekt"))
            output = root / "udgivet" / "site" if moment == "udgiver" else project.site
            set_limit(project)
            run(project, output)
            before, brim = look(output), output.parent / "fyld"
            if moment in ("kører", "gemmer"):
                trying = ("if True:", "") if moment == "kører" else ("try:", "except OSError: pass")
                write(project, FILL.format(path=brim, trying=trying[0], after=trying[1]))
            else:
                prose = project.book / "introduktion.md"
                prose.write_text(f"# Introduktion\n\n{'Nye ord. ' * 3000}\n", encoding="utf-8")
                fill(brim)
            outcome = run(project, output)
            words = (*PLACE[: {"kører": 3, "gemmer": 2}.get(moment, 0)],)
            problems = problems_of(project, outcome, look(project.site), TOLD, words)
            if look(output) != before:
                problems.append("webstedet er ændret")
            if "isken er fuld" not in outcome.said and "lads" not in outcome.said:
                problems.append("siger ikke, at disken er fuld")
            brim.unlink()
            write(project)
            after = run(project, output)
            problems += [f"næste: {after.line}"] if after.code else []
            table.row(name, outcome, problems)


def kills(project: Project, table: Table) -> None:
    """kill -9 of the build's own process at ten moments, and a build after each."""
    afresh(project)
    whole = run(project)
    good = look(project.site)
    for moment in range(1, 11):
        afresh(project)
        began = time.monotonic()
        process = start(project)
        time.sleep(moment * whole.seconds / 11)
        process.kill()
        said = process.communicate()[0].decode(errors="replace")
        killed = Outcome(process.returncode, said, time.monotonic() - began)
        problems = [] if look(project.site) == good else ["webstedet er ændret"]
        time.sleep(1)
        problems += [f"efterladt: {one}" for one in left_over(project)]
        again = run(project)
        if look(project.site) != good:
            problems.append(f"næste bygning: {again.line}")
        problems += problems_of(project, again, good, WHOLE, ())
        table.row(f"kill -9 efter {moment * whole.seconds / 11:.1f} s", killed, problems)


def afresh(project: Project) -> None:
    """Lets the next build run and bind everything again."""
    for folder in (project.executed, project.books):
        shutil.rmtree(folder, ignore_errors=True)


def pairs(project: Project, table: Table, wanted: Callable[[str], bool]) -> None:
    """Two builds of the same project at once."""
    if not wanted("to bygninger på én gang"):
        return
    good = look(project.site)
    shutil.rmtree(project.executed)
    began = time.monotonic()
    both = [start(project) for _ in range(2)]
    for process in both:
        said = process.communicate()[0].decode(errors="replace")
        outcome = Outcome(process.returncode, said, time.monotonic() - began)
        problems = problems_of(project, outcome, good, WHOLE, ())
        if look(project.site) != good:
            problems.append("webstedet er ændret")
        table.row("to bygninger på én gang", outcome, problems)


def locales(project: Project, table: Table, wanted: Callable[[str], bool]) -> None:
    """Other languages of the machine, Python's own UTF-8 switched off."""
    good = look(project.site)
    for locale in ("C", "POSIX", "C.UTF-8", "da_DK.ISO8859-1", "tr_TR.UTF-8"):
        if not wanted(f"LC_ALL={locale}"):
            continue
        afresh(project)
        quiet = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        outcome = run(project, language=quiet)
        problems = problems_of(project, outcome, good, WHOLE, ("Bøgerne er klar",))
        if look(project.site) != good:
            problems.append("webstedet er et andet")
        table.row(f"LC_ALL={locale}", outcome, problems)


def set_limit(project: Project) -> None:
    """Gives the project's pages little time."""
    text = project.config.read_text(encoding="utf-8")
    project.config.write_text(
        text.replace("  timeout: 600", f"  timeout: {LIMIT}"), encoding="utf-8"
    )


def main(words: str) -> int:
    def wanted(name: str) -> bool:
        return words in name

    table, root = Table(), Path(tempfile.mkdtemp(prefix="misbehaviour."))
    print("| hvad | kode | sekunder | som det skal | sidste ord |\n|---|--:|--:|---|---|")
    try:
        project = Project(tiny_project(root / "projekt"))
        set_limit(project)
        write(project)
        first = run(project)
        table.row("intet", first, problems_of(project, first, "", WHOLE, ()))
        cells(project, table, wanted)
        write(project)
        run(project)
        pairs(project, table, wanted)
        locales(project, table, wanted)
        if wanted("kill -9"):
            kills(project, table)
        if os.geteuid() == 0:
            disks(root, table, wanted)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return 1 if table.wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build_here(*sys.argv[2:])
    sys.exit(main(" ".join(sys.argv[1:])))
