"""How long protection and audit take beyond counting, and how much they hide: `python
tests/benchmarks/protection.py [respondents ...]`.

First this project's own 13 editions, then invented answers in 98 municipalities: by default 5,800,
580,000 and 5.8 million. Prints seconds, the share of the numbers that is hidden, and what the
attack still finds.
"""

import sys
import tempfile
import time
from pathlib import Path

from speed.many_answers import many_answers

from helpers.disclosure.audit import audit
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import load_rules
from helpers.garbage import look_seldom
from helpers.survey.dataset import Dataset
from helpers.survey.tabulation import tabulate

SURVEY, MUNICIPALITIES = "citizens", 98


def measure(name: str, dataset: Dataset) -> None:
    """Prints one dataset's line."""
    codebook, answers = dataset.codebook(SURVEY), dataset.answers(SURVEY)
    began = time.perf_counter()
    counted = tabulate(codebook, answers)
    between = time.perf_counter()
    rules = load_rules(dataset.rules_path)
    found = audit(protection_of(counted, questionnaire_of(codebook, answers), rules))
    ended = time.perf_counter()
    print(
        f"{name}: counting {between - began:.1f} s, protection and audit {ended - between:.1f} s, "
        f"{100 * found.share(found.hidden):.1f} per cent hidden, {found.found} found",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    look_seldom()  # as the command line does
    measure("13 editions", open_dataset())
    for count in sizes:
        with tempfile.TemporaryDirectory() as place:
            dataset = open_dataset(many_answers(Path(place) / "svar", count, MUNICIPALITIES))
            measure(f"{count} answers in {MUNICIPALITIES} municipalities", dataset)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [5_800, 580_000, 5_800_000])
