"""Findings with given shares, told exactly, that no answers stand behind."""

from dataclasses import replace

import numpy as np
from scipy import stats

from helpers.disclosure.rules import load_rules
from helpers.page.faces import ShownFinding
from helpers.page.findings import Row
from helpers.statistics.comparisons import Comparison, Family
from helpers.statistics.differences import PEARSON, Difference
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import COUNTRY

CODEBOOK, RULES = load_codebook("citizens"), load_rules()
QUESTION = CODEBOOK.question("tilfredshed")
ANSWER, LABEL = "positive", "Meget tilfreds eller tilfreds"


def row(group, count, base, place="Hele landet", hidden="lav_base"):
    """A share of `count` out of `base` people; nothing where `count` is None."""
    about = (place, QUESTION.id, group, LABEL, True)
    if count is None:
        return Row(*about, None, None, None, None, None, hidden)
    return Row(*about, count / base, count / base, count / base, 0.0, base, count=count)


def p_of(people):
    """How surely groups of (count, base) differ, as SciPy has it: by Pearson's test, or Fisher's of
    two groups where few are expected."""
    table = np.array([[count, base - count] for count, base in people])
    if not table.sum(axis=0).all():
        return 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    if expected.min() < 10 and len(people) == 2:
        return stats.fisher_exact(table).pvalue
    return stats.chi2_contingency(table, correction=False).pvalue


def finding_of(people, breakdown="maalgruppe", p=None):
    """A finding on (count, base) of each group, in order; (None, base) of one that is hidden.

    The theme's tests have found what the groups' own test finds, or else `p`.
    """
    by = CODEBOOK.breakdown(breakdown)
    groups = [group.label for group in by.groups][: len(people)]
    compared = [(count, base) for count, base in people if count is not None and base >= 30]
    if p is None:
        p = p_of(compared) if len(compared) > 1 else 0.0
    everybody = sum(count or 0 for count, _ in people), sum(base for _, base in people)
    totals = [replace(row("", *everybody), answer=answer) for answer in (LABEL, QUESTION.labels[0])]
    rows = (*(row(group, *each) for group, each in zip(groups, people)), *totals)
    found = Comparison(Difference(p, PEARSON), p, 1)
    family = Family({(QUESTION.id, breakdown, LABEL): found})
    return ShownFinding(COUNTRY, CODEBOOK, (QUESTION,), by, rows, RULES, "", family=family)


def share_of(count, base):
    """A finding of one share, of everybody."""
    return ShownFinding(COUNTRY, CODEBOOK, (QUESTION,), None, (row("", count, base),), RULES, "")


def outcome_of(sentence):
    """What a sentence says of its shares; of one that is put together, its first part."""
    return (sentence.parts or (sentence,))[0].outcome
