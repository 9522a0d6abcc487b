"""A funnel: how far from a common share chance alone takes a place with so many answers.

Spiegelhalter (2005), Statistics in Medicine 24, p. 1185-1202. A funnel instead of a league table,
because the places with the fewest answers are otherwise both the best and the worst.
"""

from __future__ import annotations

import numpy as np

from helpers.statistics.intervals import LEVEL, Interval, in_population
from helpers.statistics.undefined import Undefined

WARNING = LEVEL


def funnel_limits(
    share: float, base: float, level: float = WARNING, population: int | None = None
) -> Interval:
    """Between which shares (0-1) a place with `base` answers falls with probability `level`, if its
    own share is `share`.

    Wilson's interval around what a place got contains `share` exactly when what it got lies within
    these limits.
    """
    if base < 1 or not 0 <= share <= 1:
        raise Undefined("En tragt kræver en andel mellem 0 og 1 og mindst ét svar.")
    from scipy.stats import norm  # here, because it takes half a second to load

    reach = norm.ppf(0.5 + level / 2) * np.sqrt(
        share * (1 - share) / in_population(base, base, population)
    )
    return Interval(float(max(0.0, share - reach)), float(min(1.0, share + reach)))
