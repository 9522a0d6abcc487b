"""Which questions are about who answers, and which one says where they belong."""

from __future__ import annotations

from helpers.drafting.batteries import Block
from helpers.drafting.scales import valued
from helpers.drafting.vocabulary import is_dont_know, known, mentions, words
from helpers.importing.wording import folded
from helpers.survey.editions import municipality_name

MOST = 20  # options of a background question
WORDY = 12  # words of a question that a word of background is the subject of
MOST_UNITS = 100
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


def unit_word(block: Block) -> str:
    """The word by which a question says what a respondent belongs to: a school, a department; ""
    when there is none."""
    one = block.asked[0]
    if block.is_battery or one.kind != "single" or not 2 <= len(block.options) <= MOST_UNITS:
        return ""
    if len(folded(block.text).split()) > WORDY or valued(list(block.options)):
        return ""
    return mentions(one.name, words().units) or mentions(block.text, words().units)
