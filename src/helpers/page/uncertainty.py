"""How sure a share is: Wilson's interval for a proportion."""

from math import sqrt
from statistics import NormalDist

LEVEL = 0.95


def wilson(count: int, base: int, level: float = LEVEL) -> tuple[float, float]:
    """The ends (0-1) of Wilson's score interval for `count` out of `base`; `base` must be above 0.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22, p. 209-212.
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = count / base
    middle = (share + z**2 / (2 * base)) / (1 + z**2 / base)
    reach = z / (1 + z**2 / base) * sqrt(share * (1 - share) / base + z**2 / (4 * base**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def differs(count: int, base: int, share: float, comparisons: int = 1) -> bool:
    """Whether a share lies outside the interval of `count` out of `base`.

    With several comparisons at once the level is tightened (Bonferroni), so that chance alone rarely gives a difference.
    """
    low, high = wilson(count, base, 1 - (1 - LEVEL) / comparisons)
    return not low <= share <= high
