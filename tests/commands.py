"""The command as an analyst runs it: in a process of its own in a folder; or in the tests' own,
which is quicker, where what it says is of the project that the tests are of, or of none."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout

import pytest

from helpers import cli


def ran(folder, *words, fails=False):
    """The process that has ended, which must have failed or not as `fails` says."""
    done = subprocess.run(
        [sys.executable, "-m", "helpers.cli", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done


def run(folder, *words, fails=False):
    """What it says: the error of one that fails."""
    done = ran(folder, *words, fails=fails)
    return done.stderr if fails else done.stdout


def called(*words, folder="."):
    """(exit code, stdout, stderr) of the command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["kontaktbogen", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    return ended.value.code, out.getvalue(), err.getvalue()
