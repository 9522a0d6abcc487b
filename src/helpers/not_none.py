"""A value that is there."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def not_none(value: T | None) -> T:
    """The value, where whoever asks has seen to it that there is one: a share that is not hidden
    has a number. ValueError where there is none after all."""
    if value is None:
        raise ValueError("a value is missing where there is to be one")
    return value
