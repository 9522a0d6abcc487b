"""Jobs in processes: each alone, with what its worker opened for it, and an end that is told
however it comes."""

import multiprocessing
import os
import signal
import subprocess
import sys

import pytest

from helpers.errors import UserError
from helpers.press.run.job import Terms
from helpers.press.run.pool import Pool, context, dealt, forks, in_a_fork

pytestmark = pytest.mark.skipif(not forks(), reason="uden fork kører flere opgaver i samme proces")
LEFT: list[str] = []


def leave(path):
    """Leaves a trace in its own process, and writes what is there in a file."""
    LEFT.append("spor")
    path.write_text(f"{os.getpid()} {LEFT.count('spor')} {LEFT.count('åbnet')}")


def open_first(path):
    if "åbnet" not in LEFT:
        LEFT.append("åbnet")


def end_abruptly(number):
    os.kill(os.getpid(), signal.SIGKILL)


def fail_in_danish(number):
    raise UserError(f"Siden {number} kan ikke køres.")


def fail(number):
    return [][number]


class Unsendable(Exception):
    def __init__(self):
        super().__init__("kan ikke sendes")
        self.hook = lambda: None


def fail_unsendably(number):
    raise Unsendable


def told(paths):
    return [tuple(map(int, path.read_text().split())) for path in paths]


def test_each_job_is_alone_and_has_what_its_worker_opened(tmp_path):
    paths, ended = [tmp_path / str(number) for number in range(7)], []
    Pool(2).each(leave, paths, lambda: ended.append(1), before=open_first)
    processes, traces, opened = zip(*told(paths))
    assert len(set(processes)) == len(paths) == len(ended) and os.getpid() not in processes
    assert set(traces) == {1} and set(opened) == {1} and not LEFT


def test_without_anything_to_open_a_job_starts_from_nothing(tmp_path):
    Pool(1).each(leave, [tmp_path / "a", tmp_path / "b"], lambda: None)
    assert [row[1:] for row in told([tmp_path / "a", tmp_path / "b"])] == [(1, 0), (1, 0)]


def test_tasks_that_leave_nothing_behind_may_share_a_process(tmp_path):
    paths, ended = [tmp_path / str(number) for number in range(13)], []
    Pool(2).each(leave, paths, lambda: ended.append(1), together=7)
    processes, traces, _ = zip(*told(paths))
    assert len(ended) == 13 and [processes.count(one) for one in dict.fromkeys(processes)] == [6, 7]
    assert traces == (*range(1, 7), *range(1, 8))


@pytest.mark.parametrize(
    ("count", "batches", "sizes"),
    [(13, 2, [6, 7]), (1, 2, [1]), (3, 8, [1, 1, 1]), (98, 14, [7] * 14), (6, 6, [1] * 6)],
)
def test_tasks_are_dealt_evenly_and_in_order(count, batches, sizes):
    found = dealt(list(range(count)), batches)
    assert [len(batch) for batch in found] == sizes and sum(found, []) == list(range(count))


@pytest.mark.parametrize(
    ("work", "kind", "words"),
    [
        (end_abruptly, UserError, "--jobs 1"),
        (fail_in_danish, UserError, "Siden 3 kan ikke køres"),
        (fail, IndexError, "list index"),
        (fail_unsendably, RuntimeError, "Unsendable: kan ikke sendes"),
    ],
)
def test_what_goes_wrong_in_a_job_is_raised_here(work, kind, words):
    ended = []
    with pytest.raises(kind, match=words):
        Pool(2).each(work, [3, 3], lambda: ended.append(1))
    assert not ended


def test_an_error_tells_where_it_happened():
    with pytest.raises(IndexError) as caught:
        Pool(1).each(fail, [5], lambda: None)
    assert "in fail" in "".join(caught.value.__notes__)


def test_what_fails_beforehand_is_left_to_the_job(tmp_path):
    Pool(1).each(leave, [tmp_path / "a"], lambda: None, before=fail)
    assert (tmp_path / "a").is_file()


@pytest.mark.parametrize("damage", ["1 / 0", "import os; os._exit(3)", "raise ImportError('nej')"])
def test_a_package_that_cannot_be_loaded_is_named(tmp_path, damage):
    (tmp_path / "great_tables.py").write_text(damage)
    words = (
        "from helpers.press.run.pool import Pool\n"
        "if __name__ == '__main__': Pool(1).each(print, ['gjort'], lambda: None)"
    )
    there = os.pathsep.join([str(tmp_path), *sys.path])
    ended = subprocess.run(
        [sys.executable, "-c", words],
        env=os.environ | {"PYTHONPATH": there},
        capture_output=True,
        text=True,
    )
    last = ended.stderr.strip().splitlines()[-1] if ended.returncode else ended.stdout
    assert "Python kan ikke indlæse det" in last or last.strip() == "gjort"
    assert (last.strip() == "gjort") == ("ImportError" in damage)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_forking_is_not_safe_processes_start_from_nothing(system, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", system)
    assert context().get_start_method() == "spawn"
    in_a_fork(leave, [tmp_path / "a"], None, Terms())
    assert LEFT.pop() == "spor" and told([tmp_path / "a"]) == [(os.getpid(), 1, 0)]


def test_a_pool_that_starts_processes_from_nothing_does_the_same_work(monkeypatch, tmp_path):
    spawning = multiprocessing.get_context("spawn")
    monkeypatch.setattr("helpers.press.run.pool.context", lambda: spawning)
    paths = [tmp_path / str(number) for number in range(3)]
    Pool(2).each(leave, paths, lambda: None)
    assert {row[1:] for row in told(paths)} == {(1, 0)}
