"""What is certain of shares, apart from the book: by hand, from formulas and what is published."""

import numpy as np
from scipy import stats

MARGIN = 0.10
SURELY_CHANCE = 0.2  # a p-value over this is chance by any of the usual tests


def measured(finding, row):
    """A share, how wide its class is, and how many independent answers it rests on."""
    return row.share, row.high - row.low, answers_behind(finding, row)


def answers_behind(finding, row):
    """More than the base where that is a known part of all who were asked: n (N-1)/(N-n)."""
    known = finding.participation(row)
    if known is None or row.base > known.everybody:
        return row.base
    asked = max(row.base, round(row.base * known.everybody / known.respondents))
    if row.question == known.question or row.base > known.respondents:
        asked = known.everybody
    return np.inf if asked == row.base else row.base * (asked - 1) / (asked - row.base)


def rest_of_country(finding, home, land):
    """The same of the country without the municipality."""
    left = land.base - home.base
    share = (land.share * land.base - home.share * home.base) / left
    return min(1.0, max(0.0, share)), land.high - land.low, left


def wilson(share, width, answers):
    """The ends of Wilson's 95 per cent interval of a share that may be anywhere in its class."""
    variance = share * (1 - share) / answers + width**2 / 12
    worth = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else answers
    if np.isinf(worth):
        return share, share
    z = stats.norm.ppf(0.975)
    middle = (share + z**2 / (2 * worth)) / (1 + z**2 / worth)
    reach = z / (1 + z**2 / worth) * np.sqrt(share * (1 - share) / worth + z**2 / (4 * worth**2))
    return middle - reach, middle + reach


def newcombe(one, other):
    """The ends of the 95 per cent interval of a difference of shares (Newcombe 1998, method 10)."""
    (low, high), (other_low, other_high) = wilson(*one), wilson(*other)
    gap = one[0] - other[0]
    return (
        gap - np.hypot(one[0] - low, other_high - other[0]),
        gap + np.hypot(high - one[0], other[0] - other_low),
    )


def are_alike(*shares):
    """Whether the whole interval of every two shares' difference is within the margin."""
    ends = [newcombe(one, other) for at, one in enumerate(shares) for other in shares[at + 1 :]]
    return all(low >= -MARGIN - 1e-9 and high <= MARGIN + 1e-9 for low, high in ends)


def may_be_chance(*shares):
    """Whether chance alone surely explains how the shares differ."""
    counts = [
        (round(share * answers), round((1 - share) * answers))
        for share, _, answers in shares
        for answers in [min(answers, 1e6)]
    ]
    table = np.array(counts)
    if 0 in table.sum(axis=0):
        return True
    return stats.chi2_contingency(table, correction=False).pvalue > SURELY_CHANCE
