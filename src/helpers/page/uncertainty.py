"""When a difference is more than chance, by the intervals of the survey floor."""

from helpers.survey.inference.intervals import LEVEL, wilson

__all__ = ["LEVEL", "differs", "wilson"]


def differs(count: int, base: int, share: float, comparisons: int = 1) -> bool:
    """Whether a share lies outside the interval of `count` out of `base`.

    With several comparisons at once the level is tightened (Bonferroni), so that chance alone rarely gives a difference.
    """
    low, high = wilson(count, base, 1 - (1 - LEVEL) / comparisons)
    return not low <= share <= high
