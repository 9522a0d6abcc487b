"""Column headings that are a question and one of its options or items: where the question ends, in
any system's way of writing."""

import re
from collections import Counter
from collections.abc import Iterator

from helpers.importing.likeness import begins
from helpers.importing.wording import folded, match_one, shortenings, without_notes
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

CHOICE = re.compile(r"^(.*?)\s*\(\s*(?:choice|valg)\s*=\s*(.*?)\)?\s*$", re.IGNORECASE)
SIGN = re.compile(r"\s*(?:[-–—:/|»]|>>?)\s*|(?<=[?:.!])\s+|\s*\[")
COUNTER = re.compile(
    r"(?:\.\.\.\d{1,4}|\s*[._#]\s*\d{1,2}|\s*\(\d{1,2}\)|(?<=[^\W\d_])\s*\d{1,2}"
    r"|(?<=[?!.)])\s*\d{1,2})$"
)
# How well a heading says what it is: in the same words, with notes added, with other notes, cut
# off; or the option and no question.
EXACT, NOTED, LOOSE, CUT = range(4)
ALONE = 10
CUT_LETTERS = 3  # of an option, before its beginning says anything
CUT_HEADING = 40
ROOM = 20  # so much shorter than the longest heading is one that was cut off


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way in which a heading can be (question, option)."""
    if choice := CHOICE.match(text):
        yield choice[1], choice[2]
    for sign in SIGN.finditer(text):
        head, tail = text[: sign.start()], text[sign.end() :]
        if head and tail:
            yield head, tail.removesuffix("]") if "[" in sign[0] else tail


def last_split(text: str) -> tuple[str, str] | None:
    """The one way in which a heading of an unknown question is best split."""
    if choice := CHOICE.match(text):
        return choice[1], choice[2]
    if text.endswith("]") and " [" in text:
        head, tail = text[:-1].rsplit(" [", 1)
        return head.strip(), tail.strip()
    for sign in (" - ", " – ", " | ", ": "):
        if sign in text:
            head, tail = text.rsplit(sign, 1)
            return (head.strip(), tail.strip()) if head.strip() and tail.strip() else None
    return None


def without_counter(text: str) -> str:
    """The text without the number that makes a name unique: "Andet.1", "Andet (2)", "Andet_2",
    "Andet2", "Andet...59"."""
    return COUNTER.sub("", text)


def uncounted(headings: list[str]) -> dict[str, str]:
    """The headings that are the same apart from a number behind, each with what they have in
    common."""
    times = Counter(without_counter(heading) for heading in set(headings))
    return {
        heading: base
        for heading in headings
        if (base := without_counter(heading)) != heading and times[base] > 1
    }


class Heads:
    """What the questions of a codebook may be called at the beginning of a heading."""

    def __init__(self, codebook: Codebook):
        self.exact: dict[str, list[Question]] = {}
        self.loose: dict[str, list[Question]] = {}
        for question in codebook.questions:
            if question.type != "multiple":
                continue
            for text in (question.text, question.short, question.id):
                for known, key in ((self.exact, folded(text)), (self.loose, without_notes(text))):
                    if question not in known.setdefault(key, []):
                        known[key].append(question)

    def questions(self, head: str) -> tuple[list[Question], int]:
        """The questions that a text names, and how well."""
        if same := self.exact.get(folded(head)):
            return same, EXACT
        return self.loose.get(without_notes(head), []), LOOSE

    def called(self, heading: str) -> list[Question]:
        """The questions that a whole heading names, a counter behind it or not, or cut off where it
        can be no other's."""
        for text in (heading, without_counter(heading)):
            if found := self.questions(text)[0]:
                return found
        if len(heading) < CUT_HEADING:
            return []
        cut = {
            question.id: question
            for same in self.exact.values()
            for question in same
            if begins(heading, question.text)
        }.values()
        return list(cut) if len({question.text for question in cut}) == 1 else []


def option_said(tail: str, labels: tuple[str, ...], full: bool) -> tuple[str, int] | None:
    """The option that a text says, and how well; `full` when it may have been cut off."""
    for level, said in enumerate(map(folded, shortenings(tail))):
        same = [label for label in labels if folded(label) == said]
        if len(same) == 1:
            return same[0], min(level, NOTED)
    if alike := match_one(tail, labels):
        return alike, LOOSE
    begun = (
        [label for label in labels if begins(tail, label)]
        if full and len(folded(tail)) >= CUT_LETTERS
        else []
    )
    return (begun[0], CUT) if len(begun) == 1 else None


def is_full(heading: str, longest: int) -> bool:
    """Whether a heading is so long that it may have been cut off."""
    return len(heading) >= max(longest - ROOM, CUT_HEADING)
