"""Whether one answer leads another among the same people by more than chance, from the counts
alone."""

from __future__ import annotations

from helpers.statistics.differences import NOTHING, Difference
from helpers.statistics.undefined import Undefined

SIGN_TEST = "sign-test"


def lead(first: int, second: int, base: int, exclusive: bool) -> Difference:
    """Whether `first` and `second` of the same `base` people differ: those who gave one answer, and
    those who gave another.

    The exact sign test (McNemar 1947) of the people who gave one of the two and not the other. When
    nobody can give both (`exclusive`), that is everybody who gave either. Otherwise it is not known
    how many gave both; the test takes them to be as few as the counts allow, which gives the
    largest p. Raises Undefined when a count is impossible.
    """
    if not (0 <= first <= base and 0 <= second <= base) or (exclusive and first + second > base):
        raise Undefined(
            f"{first} og {second} kan ikke begge have givet svaret, når {base} har svaret. Tjek "
            "tallene."
        )
    apart = first + second if exclusive else min(first + second, 2 * base - first - second)
    if not apart:
        return Difference(1.0, NOTHING)
    from scipy import stats  # here, because it takes half a second to load

    more = (apart + abs(first - second)) // 2
    return Difference(float(stats.binomtest(more, apart).pvalue), SIGN_TEST)
