"""Every command that the documentation shows is run, in a copy; what takes minutes is run in a
cheaper form, listed here."""

import re
import shlex
import signal
import subprocess
import sys
import time

import pytest

from helpers.cli.program import COMMANDS
from helpers.paths import ROOT

DOCUMENTS = ("book/for-analytikere.md", "CONTRIBUTING.md")
FENCED = re.compile(r"```(?:sh|bash)\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"kontaktbogen ([a-z][\w-]*)([^`\n»«#]*)")
# The whole book, the whole test suite, an export of one's own: what each is tried with instead, or
# the tests that run it as it stands.
CHEAPER = {
    "kontaktbogen build --dataset data/real/foraar": "kontaktbogen list --dataset data/synthetic",
    "kontaktbogen build --municipality Vejle": (
        "kontaktbogen build --municipality Vejle --no-downloads"
    ),
    "kontaktbogen check": "kontaktbogen check --no-run",  # tests/authoring/test_check.py
    "kontaktbogen import EKSPORT --survey citizens --output data/real/foraar": (
        "kontaktbogen "
        # tests/importing/test_command.py
        "import --help"
    ),
    'kontaktbogen new-book ../trivsel --from EKSPORT --title "Elevernes trivsel" --unit Skole': (
        "kontaktbogen new-book --help"  # tests/authoring/test_new_book.py
    ),
    "kontaktbogen synthesize --survey citizens": (
        "kontaktbogen synthesize --survey jobcentres --output _build/svar"
    ),
    "kontaktbogen table anbefaling --municipality Vejle": (
        "kontaktbogen table tilfredshed "
        # tests/authoring/test_new_question.py
        "--municipality Vejle"
    ),
}
# Of a Makefile's target only that make knows it and what it would do.
MAKE = ("make", "--dry-run", "--always-make", "PYTHON=python3")


def documented():
    """Each command line in the documentation's blocks, once."""
    lines = [
        line
        for name in DOCUMENTS
        for block in FENCED.findall((ROOT / name).read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


@pytest.fixture(scope="module")
def tried(make_copy):
    copy = make_copy(("tema-4-tilfredshed",))
    copy.run("git", "init", "-q", ".")
    return copy


def test_the_documentation_shows_commands():
    assert {line.split()[0] for line in documented()} == {"make", "kontaktbogen"} and len(
        documented()
    ) > 12
    assert set(CHEAPER) <= set(documented())


@pytest.mark.parametrize("line", dict.fromkeys(CHEAPER.get(line, line) for line in documented()))
def test_a_documented_command_runs(tried, line):
    words = shlex.split(line)
    if words[0] == "make":
        ended = tried.run(*MAKE, *words[1:])
        assert ended.returncode == 0 and ended.stdout.strip(), ended.stderr
    elif words[1] == "preview":
        starts(tried, words)
    else:
        ended = tried.run(sys.executable, "-m", "helpers.cli", *words[1:])
        assert ended.returncode == 0, ended.stdout + ended.stderr


def starts(copy, words):
    """A preview gives its address and stops when it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "helpers.cli", *words[1:], "--port", "0"],
        cwd=copy.root,
        env=copy.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert any("http://127.0.0.1" in line for line in iter(process.stdout.readline, ""))
        time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def test_every_command_and_option_that_is_mentioned_exists(tried):
    mentioned = {
        (command, option)
        for name in (*DOCUMENTS, "README.md")
        for command, rest in INLINE.findall((ROOT / name).read_text(encoding="utf-8"))
        for option in re.findall(r"--[\w-]+", rest) or [""]
    }
    assert len(mentioned) > 10
    for command in {command for command, _ in mentioned}:
        assert command in COMMANDS, command
        helped = tried.run(sys.executable, "-m", "helpers.cli", command, "--help").stdout
        assert [
            option for name, option in mentioned if name == command and option not in helped
        ] == []


def test_every_make_target_that_is_mentioned_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in (*DOCUMENTS, "README.md"))
    targets = set(re.findall(r"`make (\w+)`|^ *make (\w+)", text, flags=re.MULTILINE))
    for target in {a or b for a, b in targets}:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
