"""A Dask scheduler with two workers on this machine, as the commands start them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

from distributed import Client


def command(name, *options):
    """A part of the cluster, as `dask scheduler` and `dask worker` start it, in a process group of
    its own."""
    words = [sys.executable, "-m", "distributed.cli.dask_" + name, *options, "--no-dashboard"]
    return subprocess.Popen(
        words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Running:
    def __init__(self, folder):
        self.file = folder / "scheduler.json"
        self.scheduler = command(
            "scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(self.file)
        )
        self.workers = [
            command(
                "worker",
                "--scheduler-file",
                str(self.file),
                "--nthreads",
                "1",
                "--host",
                "127.0.0.1",
                "--local-directory",
                str(folder),
            )
            for _ in range(2)
        ]

    @property
    def address(self):
        return json.loads(self.file.read_text())["address"]

    def wait(self):
        deadline = time.monotonic() + 60
        while not self.file.is_file() and time.monotonic() < deadline:
            time.sleep(0.1)
        with Client(self.address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    def stop(self):
        for process in (*self.workers, self.scheduler):
            end(process)
