"""Which questions are about who answers, and which one says where they belong."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.drafting.batteries import Block
from helpers.drafting.scales import valued
from helpers.drafting.vocabulary import (
    UnitWords,
    is_dont_know,
    known,
    mentions,
    unit_said,
    words,
)
from helpers.importing.wording import folded
from helpers.survey.editions import municipality_name

MOST = 20  # options of a background question
WORDY = 12  # words of a question that a word of background is the subject of
FEWEST, MOST_UNITS = 3, 120
UNITS = 0.6  # of the options are municipalities


def background(block: Block) -> str:
    """Why a question is background, in Danish; "" when it is not."""
    one = block.asked[0]
    if block.is_battery or one.kind != "single" or len(block.options) > MOST:
        return ""
    core = [option for option in block.options if not is_dont_know(option)]
    if len({folded(option) for option in core} & known("sexes")) >= 2:
        return "svarene er køn"
    if one.order == "numbers" and one.note.startswith("alder"):
        return "kolonnen er alder"
    if valued(core) or len(folded(block.text).split()) > WORDY:
        return ""
    for topic, said in words().background.items():
        if word := mentions(one.name, said) or mentions(block.text, said):
            return f"ordet »{word}« ({topic})"
    return ""


def is_municipality(block: Block) -> bool:
    """Whether a question's answers are Danish municipalities."""
    if block.is_battery or block.asked[0].kind != "single" or len(block.options) < 2:
        return False
    named = [option for option in block.options if municipality_name(option)]
    letters = [option for option in block.options if any(map(str.isalpha, option))]
    return len(named) >= UNITS * len(block.options) and len(letters) > len(block.options) / 2


def place_of(blocks: Sequence[Block], said: str = "") -> tuple[Block, UnitWords] | None:
    """The question that says what respondents belong to, and its words: the column that the analyst
    has `said`, else municipalities, else the first that a word for such a thing is in."""
    single = [one for one in blocks if not one.is_battery and one.asked[0].kind == "single"]
    for one in single:
        if said and said in one.asked[0].columns:
            return one, unit_said(one.asked[0].name, one.text) or words().units[-1]
    found = [(one, words().units[0]) for one in single if is_municipality(one)]
    for one in single:
        if (unit := unit_said(one.asked[0].name, one.text)) and are_names(one):
            found.append((one, unit))
    rank = list(words().units).index
    return min(found, key=lambda pair: rank(pair[1]), default=None)


def are_names(block: Block) -> bool:
    """Whether a question's answers may be names of what respondents belong to."""
    core = [option for option in block.options if not is_dont_know(option)]
    usual = {folded(word) for said in words().usual for word in said}
    named = [option for option in core if any(map(str.isalpha, option))]
    return (
        FEWEST <= len(named) == len(core) <= MOST_UNITS
        and len(folded(block.text).split()) <= WORDY
        and not valued(core)
        and not set(map(folded, core)) & usual
    )
