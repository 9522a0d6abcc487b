"""Which questions are about who answers, and which one says where they belong."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.drafting.batteries import Block
from helpers.drafting.columns import Asked
from helpers.drafting.dropping import Dropped
from helpers.drafting.scales import valued
from helpers.drafting.vocabulary import (
    UnitWords,
    is_dont_know,
    known,
    mentions,
    unit_said,
    words,
)
from helpers.importing.records import SurveyExport
from helpers.importing.status import NEW, REJECTED, SENT, status_of
from helpers.importing.wording import folded
from helpers.survey.editions import municipality_name

MOST = 20  # options of a background question
WORDY = 12  # words of a question that a word of background is the subject of
FEWEST, MOST_UNITS = 3, 120
FEW, SOME, MOSTLY = 10, 0.05, 0.8  # silent people, and shares of them with an answer
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
        unit = unit_said(one.asked[0].name, one.text)
        if unit and asks_which(one.text) and are_names(one):
            found.append((one, unit))
    rank = list(words().units).index
    return min(found, key=lambda pair: rank(pair[1]), default=None)


def asks_which(text: str) -> bool:
    """Whether a heading names a thing ("Skole") or asks which it is ("Hvilken skole går du på?"),
    and not how or when."""
    return not text.rstrip().endswith("?") or bool(mentions(text, words().which))


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


def known_of_all(export: SurveyExport) -> dict[str, str]:
    """The columns that are known of people who never answered: they are from elsewhere than the
    questionnaire."""
    why = "kendt også for dem, der ikke har svaret"
    return {name: why for name, share in known_of_silent(export).items() if share > MOSTLY}


def known_of_silent(export: SurveyExport) -> dict[str, float]:
    """The share (0-1) of those who by status never answered that have something in each column."""
    never = status_of(export).is_(NEW, SENT, REJECTED)
    if never.sum() < FEW:
        return {}
    ticks = export.answers.select_dtypes("boolean")
    filled = export.answers.assign(**ticks.where(ticks))[never].notna().mean()
    return {str(column): float(share) for column, share in filled.items()}


def without_contradicted(
    asked: list[Asked], export: SurveyExport
) -> tuple[list[Asked], list[Dropped]]:
    """The questions without those that people have answered who by status never answered, though
    not most of them: one or the other is wrong."""
    known = known_of_silent(export)
    wrong = [
        one for one in asked if any(SOME < known.get(name, 0) <= MOSTLY for name in one.columns)
    ]
    why = "besvaret af nogle, som ifølge status ikke har svaret"
    dropped = [Dropped(column, why) for one in wrong for column in one.columns]
    return [one for one in asked if one not in wrong], dropped
