"""The command as an analyst runs it, in a process of its own in a folder."""

import os
import subprocess
import sys


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
