"""How an author wants one of the book's figures to look: its order, what stands out, its colours
and its width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from helpers.errors import UserError, nearest
from helpers.page.colours import (
    FAINT,
    GREY,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    RATHER_NEGATIVE,
    RATHER_POSITIVE,
)
from helpers.page.danish import number

# The palette by name; neighbours on a figure differ by at least 3:1.
PALETTE = {
    "navy": POSITIVE,
    "blue": RATHER_POSITIVE,
    "light": NEUTRAL,
    "orange": RATHER_NEGATIVE,
    "brown": NEGATIVE,
    "grey": GREY,
}
NARROWEST = 0.7


@dataclass(frozen=True)
class Look:
    """Names first in `order`; `highlight` stands out from the others; `colours` by name; `width` as
    a part of the page's."""

    order: tuple[str, ...] = ()
    highlight: tuple[str, ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    width: float = 1.0

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Look:
        """The look that a figure's record tells."""
        colours = tuple((name, colour) for name, colour in record["colours"])
        return cls(tuple(record["order"]), tuple(record["highlight"]), colours, record["width"])

    @property
    def record(self) -> dict[str, Any]:
        """The look as a figure's record tells it; nothing where it is the usual one."""
        return {} if self == Look() else {"look": asdict(self)}

    def arranged(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names in the order that is wanted; those not named follow as they were."""
        each = tuple(names)
        return (*(n for n in self.order if n in each), *(n for n in each if n not in self.order))

    def colour(self, name: str, usual: str, at: int = 0) -> str:
        """The colour of what has this name, the `at`th on its figure."""
        if self.highlight and name not in self.highlight:
            return FAINT[at % len(FAINT)]
        return PALETTE[wanted] if (wanted := dict(self.colours).get(name)) else usual


def made_look(
    order: Iterable[str], highlight: Iterable[str], colours: Mapping[str, str], width: float
) -> Look:
    """The look that an author asks for. Raises UserError for a colour that is not the book's, and
    a width that a figure cannot have."""
    for colour in colours.values():
        if colour not in PALETTE:
            raise UserError(
                f"Bogen har ingen farve »{colour}«. {nearest(colour, PALETTE)} Farverne er: "
                f"{', '.join(PALETTE)}."
            )
    if not NARROWEST <= width <= 1:
        raise UserError(
            f"En figur kan ikke fylde {number(width)} af sidens bredde. Giv width et tal fra "
            f"{number(NARROWEST)} til {number(1)}."
        )
    return Look(tuple(order), tuple(highlight), tuple(colours.items()), width)
