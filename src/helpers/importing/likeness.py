"""Wordings that are not the codebook's but nearly: cut off where a system had no more room, or with
one word changed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from helpers.importing.records import SurveyExport, Variable
from helpers.importing.wording import NUMBERING, cleaned, folded, match_one

# What is left of an entity, a tag, a letter of several bytes or an ellipsis at a cut.
BROKEN_END = re.compile(r"(?:&[#\w]*|<[^<>]*|\ufffd|…|\.\.\.)+\s*$")
ENDED = re.compile(r"[?!.:]\W*$")
BEGINNING, OPTION, LONG_OPTION = 30, 20, 40  # letters that a beginning has at least to be known by
ROOM = 12  # a text this much shorter than the longest may be cut: notes, entities, æøå take room
LIMITS = (60, 120, 255)  # letters or bytes that some systems have room for in a label
LETTER = 4  # bytes, at most, of a letter that had no room
WORDS = 5  # of a wording, before one changed word is a small edit
ALIKE = 0.6  # how much of two words has to be the same, for one to be a spelling of the other
# Words that turn the meaning.
TURNS = {
    "ikke",
    "ej",
    "ingen",
    "intet",
    "aldrig",
    "uden",
    "hverken",
    "kun",
    "før",
    "efter",
    "not",
    "no",
    "never",
    "inte",
    "aldri",
}


@dataclass(frozen=True)
class Room:
    """How long an export's longest wordings, options and labels of both are: a text as long as
    these may have been cut off."""

    wording: int
    option: int
    label: int

    def is_full(self, text: str) -> bool:
        """Whether there was no room for a longer wording: none is longer, or it is just as long as
        a known system's limit."""
        sizes = (len(text), len(text.encode()))
        known = any(limit - LETTER < size <= limit for limit in LIMITS for size in sizes)
        return known or len(text) >= self.wording - ROOM

    def option_of(self, text: str, whole: str, wanted: tuple[str, ...]) -> str | None:
        """The one of `wanted` that an option says, or that it is the only possible beginning of.
        `whole` is the label it stands in."""
        if same := match_one(text, wanted):
            return same
        full = len(whole) >= self.label - ROOM or len(text) >= self.option - ROOM
        if len(folded(text)) < (OPTION if full else LONG_OPTION):
            return None
        begun = [label for label in wanted if begins(text, label)]
        return begun[0] if len(begun) == 1 else None


def room_of(export: SurveyExport) -> Room:
    """The room that an export has for its texts."""
    wordings = [variable.text for variable in export.variables]
    options = [
        option
        for variable in export.variables
        for option in (variable.option, *(label for _, label in variable.labels))
    ]
    labels = [label_of(variable) for variable in export.variables]
    return Room(*(max(map(len, texts), default=0) for texts in (wordings, options, labels)))


def label_of(variable: Variable) -> str:
    """The label that holds a variable's wording, and its option if it is one."""
    return f"{variable.text} - {variable.option}" if variable.option else variable.text


def unbroken(text: str) -> str:
    """The text without numbering in front and without half an entity behind."""
    return BROKEN_END.sub("", NUMBERING.sub("", cleaned(text)))


def begins(said: str, wording: str) -> bool:
    """Whether `said` is the beginning of `wording` and no more."""
    start, whole = folded(unbroken(said)), folded(wording)
    return 0 < len(start) < len(whole) and whole.startswith(start)


def is_beginning(said: str, wording: str, room: Room) -> bool:
    """Whether `said` is `wording` cut off for want of room: a long beginning that does not end as a
    sentence does."""
    ends_open = not ENDED.search(cleaned(said))
    return (
        ends_open
        and len(folded(said)) >= BEGINNING
        and room.is_full(said)
        and begins(said, wording)
    )


def one_word_apart(said: str, wording: str, room: Room) -> str:
    """What tells `said` from `wording` when that is one word, or that more follows; "" when it is
    more, or turns the meaning."""
    ours, theirs = folded(wording).split(), folded(unbroken(said)).split()
    if len(ours) < WORDS or len(theirs) < WORDS - 1:
        return ""
    if len(folded(said)) >= BEGINNING and begins(said, wording):
        return "kun begyndelsen af ordlyden"
    differ = (place for place, (one, other) in enumerate(zip(theirs, ours)) if one != other)
    same = next(differ, min(len(ours), len(theirs)))
    added, missing = theirs[same : same + 1], ours[same : same + 1]
    cut = room.is_full(said) and len(folded(said)) >= BEGINNING
    for plus, minus in ((added, []), ([], missing), (added, missing)):
        rest = is_rest(theirs[same + len(plus) :], ours[same + len(minus) :], cut)
        if rest and (plus or minus):
            return "" if turns(*plus, *minus) else told(*(plus or [""]), *(minus or [""]))
    return ""


def is_rest(theirs: list[str], ours: list[str], cut: bool) -> bool:
    """Whether the words that are left are the same, or where they were cut off as many as there
    are."""
    if theirs == ours or not cut or not theirs or len(theirs) > len(ours):
        return theirs == ours
    return theirs[:-1] == ours[: len(theirs) - 1] and ours[len(theirs) - 1].startswith(theirs[-1])


def turns(*words: str) -> bool:
    """Whether a word that came or went, or two in each other's place, may turn the meaning:
    numbers, denials, other words."""
    if any(word in TURNS or any(letter.isdigit() for letter in word) for word in words):
        return True
    if len(words) < 2:
        return False
    one, other = words
    denied = one in (f"u{other}", f"mis{other}") or other in (f"u{one}", f"mis{one}")
    return denied or SequenceMatcher(None, one, other).ratio() < ALIKE


def told(added: str, missing: str) -> str:
    """What was changed, in words."""
    if added and missing:
        return f"»{added}« står for »{missing}«"
    return f"»{added}« er føjet til" if added else f"»{missing}« mangler"
