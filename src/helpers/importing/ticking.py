"""Ticks in whatever way a system writes them: as words, as signs, or as the option's own text."""

import numpy as np
import pandas as pd

from helpers.importing.wording import folded, match_one, tick

TICKED = {"quoted", "mentioned", "nævnt", "markeret", "krydset", "on", "oui", "si", "kyllä"}
UNTICKED = {
    "notquoted",
    "notmentioned",
    "ikkenævnt",
    "ikkemarkeret",
    "ikkekrydset",
    "off",
    "non",
    "ei",
}
SIGNS = {
    "✓": True,
    "✔": True,
    "☑": True,
    "☒": True,
    "●": True,
    "■": True,
    "☐": False,
    "○": False,
    "□": False,
}
ENOUGH = 0.5  # of the cells with something in them have to be ticks


def tick_of(text: str, *options: str) -> bool | None:
    """What a cell says of the box for an option: ticked, not ticked, or nothing that is known."""
    sign = SIGNS.get(text.strip().rstrip("\ufe0f"))
    if sign is not None:
        return sign
    word = folded(text).replace(" ", "")
    known = tick(text)
    if known is None:
        known = True if word in TICKED else False if word in UNTICKED else None
    return True if known is None and says_one(text, options) else known


def says_one(text: str, options: tuple[str, ...]) -> bool:
    """Whether a cell holds an option's text; `options` are ways to write the same one."""
    return any(match_one(text, (option,)) for option in options if option)


def read_ticks(values: pd.Series, *options: str) -> tuple[pd.Series, np.ndarray]:
    """The column as nullable booleans, and the positions of cells that are no ticks. `options` are
    the option's texts."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return values, np.array([], dtype=int)
    texts = [str(category) for category in values.cat.categories]
    # A box for »Nej« that holds »Nej« is ticked; one that holds »Ja« or »Nej« says so in words.
    own = bool(texts) and all(says_one(text, options) for text in texts)
    said = [True if own else tick_of(text, *options) for text in texts]
    codes = np.array([*(-2 if answer is None else int(answer) for answer in said), -1])[
        values.cat.codes
    ]
    return pd.Series(
        pd.arrays.BooleanArray(codes == 1, codes < 0), index=values.index
    ), np.flatnonzero(codes == -2)


def may_be_ticks(values: pd.Series, *options: str) -> bool:
    """Whether a column can be the box of an option: nothing is in it, or mostly ticks."""
    if isinstance(values.dtype, pd.BooleanDtype):
        return True
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return not values.notna().any()
    filled = int(values.notna().sum())
    return len(read_ticks(values, *options)[1]) <= filled * (1 - ENOUGH)


def are_ticks(values: pd.Series, *options: str) -> bool:
    """Whether a column holds ticks and nothing else, whatever its heading; yes and no are answers
    as often as ticks."""
    if isinstance(values.dtype, pd.BooleanDtype) or not isinstance(
        values.dtype, pd.CategoricalDtype
    ):
        return isinstance(values.dtype, pd.BooleanDtype)
    texts = {folded(str(category)) for category in values.cat.categories}
    return (
        bool(texts)
        and not texts <= {"ja", "nej", "yes", "no"}
        and not len(read_ticks(values, *options)[1])
    )
