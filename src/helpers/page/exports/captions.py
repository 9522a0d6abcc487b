"""What stands above and below a table or chart in a download: the wording, who was asked, how many, the source, the signs."""

from __future__ import annotations

from functools import singledispatch

from helpers.page import figures, tables
from helpers.page.comparison import Comparison
from helpers.page.danish import quoted
from helpers.page.findings import Finding
from helpers.page.frame import Representation
from helpers.page.reconciliation import Reconciliation


@singledispatch
def caption(subject) -> str:
    """One line that says what the numbers are about."""
    raise TypeError(f"no caption for {type(subject).__name__}")


@caption.register
def _(finding: Finding) -> str:
    return f"{finding.wording}{f' Opdelt på {finding.breakdown.title.lower()}.' if finding.breakdown else ''}"


@caption.register
def _(comparison: Comparison) -> str:
    return f"{comparison.finding.wording} Andel, der har svaret {quoted(comparison.label)}."


@caption.register
def _(representation: Representation) -> str:
    return f"{representation.question.short}: stikprøven og besvarelserne i hele landet"


@caption.register
def _(reconciliation: Reconciliation) -> str:
    return "Rapportens trykte tal og udsagn ved siden af datasættets"


@singledispatch
def notes(subject) -> tuple[str, ...]:
    """The lines under a table: base, who was asked, what the signs mean, and the source."""
    return (subject.source,)


@notes.register
def _(finding: Finding) -> tuple[str, ...]:
    return tuple(tables.notes(finding))


@notes.register
def _(comparison: Comparison) -> tuple[str, ...]:
    used = {row.hidden for row in (*comparison.rows, comparison.total) if row.hidden}
    signs = (f"{sign} {comparison.finding.rules.reason(why)}." for why, sign in tables.SIGNS.items() if why in used)
    return (*signs, "Intervallet er Wilsons 95 pct. interval.", *figures.notes(comparison.finding))


def finding_of(subject) -> Finding | None:
    """The finding behind something shown, or None for what is not made of answers alone."""
    return subject.finding if isinstance(subject, Comparison) else subject if isinstance(subject, Finding) else None
