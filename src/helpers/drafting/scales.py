"""Ordered options: in which order they stand, which end is the positive one, and which option says
that there is no answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from helpers.drafting.vocabulary import is_dont_know, is_other, known, says, words
from helpers.importing.wording import folded

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
FEWEST = 3  # options that make a scale
MOST_KINDS = 3  # words for what numbers are of: "mdr.", "år"


@dataclass(frozen=True)
class Scale:
    """What the options of a question are: in their order (`ordered`) by `why`, the options of the
    positive and of the negative end, the middle, and the option that is no answer."""

    ordered: bool = False
    why: str = ""
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    neutral: str = ""
    dont_know: str = ""
    doubt: str = ""


@cache
def scale_values() -> dict[str, dict[str, int]]:
    """Each scale's words with their value."""
    return {
        name: {folded(word): value for value, said in steps.items() for word in said}
        for name, steps in words().scales.items()
    }


@cache
def amounts() -> dict[str, dict[str, int]]:
    """Each amount's words with their place."""
    return {
        name: {folded(word): -place for place, said in enumerate(steps) for word in said}
        for name, steps in words().amounts.items()
    }


def spoken(label: str) -> str:
    """The option's words without a number in front or behind: "5 - Helt enig", "Helt enig (5)"."""
    return re.sub(r"^\d{1,2} | \d{1,2}$", "", folded(label))


def valued(labels: Sequence[str]) -> tuple[str, list[int]] | None:
    """The scale that all of some options are of, and their values."""
    said = list(map(spoken, labels))
    for name, known_words in scale_values().items():
        found = [known_words.get(one, 0 if one in known("middle") else None) for one in said]
        sure = [one for one in found if one is not None]
        if len(sure) == len(said) and any(one in known_words for one in said):
            return name, sure
    return None


def placed(labels: Sequence[str]) -> tuple[str, list[int]] | None:
    """The amounts that all of some options are of, and their places."""
    for name, known_words in amounts().items():
        found = [known_words[one] for one in map(spoken, labels) if one in known_words]
        if len(found) == len(labels):
            return name, found
    return None


def numbered(labels: list[str]) -> list[float]:
    """The number that each option is of the same thing ("18-29 år", "50 år og derover"); of numbers
    with words at their ends ("I liten grad", 2, 3, "I stor grad") the ends are one less and one
    more. Nothing when the options are of different things, as numbered names are."""
    inner = labels[1:-1]
    ends = {has_digit(label) for label in labels[:1] + labels[-1:]}
    if len(inner) > 1 and all(NUMBER.fullmatch(label.strip()) for label in inner):
        if len(ends) > 1:
            return []  # an answer beside the numbers is no end of them
        first, last = number_in(inner[0]), number_in(inner[-1])
        step = 1 if last > first else -1
        return [first - step, *map(number_in, inner), last + step]
    of = Counter(
        word
        for label in labels
        for word in set(folded(label).split()) - known("bounds")
        if not has_digit(word)
    )
    alike = len(of) <= MOST_KINDS and sum(times == 1 for times in of.values()) < 2
    return sizes(labels) if alike and all(map(has_digit, labels)) else []


def sizes(labels: Sequence[str]) -> list[float]:
    """The first number in each option; years in months where other options are in months."""
    said = [set(folded(label).split()) for label in labels]
    months = any(words_in & known("months") for words_in in said)
    years = [12 if months and words_in & known("years") else 1 for words_in in said]
    return [number_in(label) * factor for label, factor in zip(labels, years)]


def by_size(labels: Sequence[str]) -> list[str]:
    """Options by their first number: "under 18" before "18-29", "50 og over" last."""
    below = [not set(folded(label).split()) & known("below") for label in labels]
    return [label for _, _, label in sorted(zip(sizes(labels), below, labels))]


def has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def number_in(label: str) -> float:
    """The first number in an option; a dot or comma before three digits is no decimal sign."""
    found = NUMBER.search(label)
    return float(re.sub(r"[.,](?=\d{3})", "", found[0]).replace(",", ".")) if found else -1.0


def monotonic(numbers: Sequence[float]) -> bool:
    """Whether numbers rise or fall all the way; "under 10" and "10-20" may begin with the same."""
    rising = [one <= other for one, other in zip(numbers, numbers[1:])]
    falling = [one >= other for one, other in zip(numbers, numbers[1:])]
    return len(set(numbers)) > 1 and (all(rising) or all(falling))


def substantive(labels: Sequence[str]) -> list[str]:
    return [label for label in labels if not is_dont_know(label) and not is_other(label)]


def in_order(labels: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Options whose order the file does not say in the order that their words say, the best or most
    first and what is no answer last; and by what. "" when the words say nothing."""
    core = [label for label in substantive(labels) if not says(label, "not_asked")]
    rest = [label for label in labels if label not in core]
    rest.sort(key=lambda label: (is_dont_know(label), says(label, "not_asked")))
    if found := valued(core) or placed(core):
        name, ranks = found
        order = sorted(range(len(core)), key=lambda place: -ranks[place])
        return (*(core[place] for place in order), *rest), f"ordene i skalaen »{name}«"
    if numbered(by_number := by_size(core)):
        return (*by_number, *rest), "tallene i svarene"
    usual = {folded(word): at for at, said in enumerate(words().usual) for word in said}
    if core and all(folded(label) in usual for label in core):
        return (*sorted(core, key=lambda label: usual[folded(label)]), *rest), "ja før nej"
    return (*core, *rest), ""


def in_steps(labels: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The options as the file lists them ("file"), but the steps of a known scale in their order:
    a file may list them as they were first given."""
    core = [label for label in substantive(labels) if not says(label, "not_asked")]
    found = valued(core) or placed(core)
    ranks = found[1] if found else sizes(core) if numbered(by_size(core)) else []
    is_mixed = len(core) >= FEWEST and ranks and not monotonic(ranks)
    return in_order(labels) if is_mixed else (labels, "file")


def scale_of(labels: Sequence[str]) -> Scale:
    """What some options are, as they stand."""
    core = substantive(labels)
    dont_know = next((label for label in labels if is_dont_know(label)), "")
    outside = [label for label in core if says(label, "not_asked")]
    if len(core) - len(outside) < FEWEST:
        return Scale(dont_know=dont_know)
    if outside:
        # an option that is no step of the scale: the questionnaire's author knows
        inner = scale_of([label for label in core if label not in outside])
        doubt = f"»{outside[0]}« er ikke et trin på skalaen" if inner.ordered else ""
        return Scale(dont_know=dont_know, doubt=doubt)
    if (found := valued(core)) and monotonic(found[1]):
        return of_values(core, found, dont_know)
    if (found := placed(core)) and monotonic(found[1]):
        return Scale(True, f"ordene er skalaen »{found[0]}«", dont_know=dont_know)
    numbers = numbered(core)
    # "Andet" among numbers makes them no scale
    if numbers and monotonic(numbers) and not any(map(is_other, labels)):
        return Scale(True, "tallene i svarene stiger eller falder", dont_know=dont_know)
    return Scale(dont_know=dont_know)


def of_values(core: list[str], found: tuple[str, list[int]], dont_know: str) -> Scale:
    """A scale whose ends are known."""
    name, ranks = found
    middle = [label for label, rank in zip(core, ranks) if rank == 0]
    half = len(core) // 2
    is_middle = len(core) % 2 == 1 and middle == [core[half]]
    return Scale(
        True,
        f"ordene er skalaen »{name}«",
        tuple(label for label, rank in zip(core, ranks) if rank > 0),
        tuple(label for label, rank in zip(core, ranks) if rank < 0),
        core[half] if is_middle else "",
        dont_know,
    )
