"""What those who did not answer could change: bounds and turning points without assumptions.

Of all who were invited, some answered and the rest are silent. The share among all of them is
r * share + (1 - r) * q, with r the part that answered, `share` the share among those, and q (0-1)
the unknown share that the silent would have had. No chance is involved: the invited are counted.

Manski (1989), Journal of Human Resources 24, p. 343-360; Manski (2003), Partial Identification of
Probability Distributions, ch. 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.statistics.intervals import Interval
from helpers.statistics.undefined import Undefined

HALF = 0.5


@dataclass(frozen=True)
class Silent:
    """How many answered, of how many who were invited to; the others are silent. Raises Undefined
    when the numbers contradict each other."""

    respondents: int
    invited: int

    def __post_init__(self):
        if not 0 <= self.respondents <= self.invited or not self.invited:
            raise Undefined(
                f"{self.respondents} svar fra {self.invited} inviterede går ikke op. Tjek tallene."
            )

    @property
    def rate(self) -> float:
        """The part (0-1) of the invited that answered."""
        return self.respondents / self.invited

    @property
    def number(self) -> int:
        """How many did not answer."""
        return self.invited - self.respondents


def bounds(share: float, silent: Silent) -> Interval:
    """Between which shares (0-1) the share among all invited lies, when it is `share` among those
    who answered: at `low` none of the silent would have given the answer, at `high` all of them.

    Manski's worst-case bounds. They are as wide as the silent are many. Raises Undefined for a
    share outside 0-1.
    """
    check(share)
    low = silent.rate * share
    return Interval(low, min(low + (1 - silent.rate), 1.0))


def turning_point(share: float, silent: Silent, limit: float = HALF) -> float | None:
    """The share (0-1) of the silent at which the share among all invited is exactly `limit`: the q
    in r * share + (1 - r) * q = limit.

    None where no answer of the silent brings it there: then all invited are on the same side of the
    limit as those who answered. None too where nobody is silent.

    Of a share that is only known as a class (from `low` to `high`), give the end that is against
    the conclusion: `low` for "over the limit", as the true turning point is no higher; `high` for
    "under the limit", as the true one is no lower. Raises Undefined for a share or limit outside
    0-1.
    """
    check(share)
    check(limit)
    if not silent.number:
        return None
    needed = (limit - silent.rate * share) / (1 - silent.rate)
    return needed if 0 <= needed <= 1 else None


def check(share: float) -> None:
    if not 0 <= share <= 1:
        raise Undefined(f"En andel ligger mellem 0 og 1, og {share} gør ikke. Tjek tallene.")
