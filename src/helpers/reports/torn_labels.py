"""Labels that have lost their place in a figure: where they may stand, each in a place of its own
and in the figure's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Label = TypeVar("Label")
Place = TypeVar("Place")


def places_in_order(
    labels: Sequence[Label], places: Iterable[Place], fits: Callable[[Label, Place], bool]
) -> tuple[Place | None, ...]:
    """The first place that fits each label, later than the label's before it; None for a label that
    finds none.

    To take the first place that fits leaves most room for the labels that follow, so all are placed
    if they can be.
    """
    free = list(places)
    found: list[Place | None] = []
    for label in labels:
        at = next((number for number, place in enumerate(free) if fits(label, place)), None)
        found.append(None if at is None else free[at])
        free = free if at is None else free[at + 1 :]
    return tuple(found)
