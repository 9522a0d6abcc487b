"""What stands above and below a table or chart in a download: the wording, who was asked, how many,
the source, the signs."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from helpers.page import figures, tables
from helpers.page.beside import Beside, bases, questions, sources
from helpers.page.comparison import Comparison, narrower
from helpers.page.danish import listed, number, quoted
from helpers.page.faces import ShownFinding
from helpers.page.findings import Finding, Row
from helpers.page.mean_rows import Means
from helpers.page.own_figure import Own
from helpers.page.reconciliation import Reconciliation
from helpers.page.representativeness import Representation
from helpers.page.shown_means import ShownMeans, ends
from helpers.page.uncertainty import AT_LEVEL, interval_note
from helpers.page.weighed import CAPTION, Weighed

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject


@singledispatch
def caption(subject: Subject) -> str:
    """One line that says what the numbers are about."""
    raise TypeError(f"no caption for {type(subject).__name__}")


@caption.register
def _(finding: Finding) -> str:
    return finding.caption


@caption.register
def _(comparison: Comparison) -> str:
    return f"{comparison.finding.wording} Andel, der har svaret {quoted(comparison.label)}."


@caption.register
def _(subject: Beside | Representation) -> str:
    return subject.title


@caption.register
def _(own: Own) -> str:
    return own.title


@caption.register
def _(_: Reconciliation) -> str:
    return "Rapportens trykte tal og udsagn ved siden af datasættets"


@caption.register
def _(_: Weighed) -> str:
    return CAPTION


@caption.register
def _(means: Means) -> str:
    return means.caption


@singledispatch
def measured(_subject: Subject) -> str:
    """What a figure measures, in a line below its title; nothing where the title says it."""
    return ""


@measured.register
def _(finding: Finding) -> str:
    codebook, question = finding.codebook, finding.question
    places = [codebook.places.whole if one == finding.whole else one for one in finding.places]
    where = f"{codebook.places.at} {listed(places)}"
    asked = f"de spurgte {codebook.unit.plural}" if question.asked_if else ""
    who = f"{asked or codebook.unit.definite_plural} {where}"
    by = [f"efter {finding.breakdown.title.lower()}"] if finding.breakdown else []
    return ", ".join([f"Andel af {who}", *by, "pct."])


@measured.register
def _(comparison: Comparison) -> str:
    words = comparison.words
    return f"Andel, der har svaret {quoted(comparison.label)}, {words.at} {words.each}, pct."


@measured.register
def _(beside: Beside) -> str:
    answers = {line.finding.short(line.finding.label(line.row.answer)) for line in beside.lines}
    said = (
        f", der har svaret {quoted(*answers)}" if len(answers) == 1 else " af dem, der har svaret"
    )
    return f"{beside.title}: andel{said}, pct. med {AT_LEVEL}interval"


@measured.register
def _(_: Weighed) -> str:
    return f"Andel af dem, der har svaret, pct. med {AT_LEVEL}interval"


@measured.register
def _(means: Means) -> str:
    ends = (means.scales[0].lowest, means.scales[0].highest)
    return f"Gennemsnit af point fra {' til '.join(map(number, ends))}, med {AT_LEVEL}interval"


@measured.register
def _(own: Own) -> str:
    return own.title


def alt(subject: Subject) -> str:
    """The figure in words, as its page has it; TypeError for what is a table only."""
    if isinstance(subject, Own):
        return subject.alt
    if isinstance(subject, ShownFinding | Comparison | Beside | Weighed | ShownMeans):
        return subject.alt()
    raise TypeError(f"no figure of {type(subject).__name__}")


@singledispatch
def notes(subject: Subject) -> tuple[str, ...]:
    """The lines under a table: base, who was asked, what the signs mean, and the source."""
    return (source(subject),)


@notes.register
def _(finding: Finding) -> tuple[str, ...]:
    interval = (
        [f"Interval: {finding.interval_note}."]
        if finding.has_intervals and not finding.groups
        else []
    )
    return (*interval, *tables.notes(finding))


@notes.register
def _(comparison: Comparison) -> tuple[str, ...]:
    return (
        *signs(comparison),
        f"Interval: {interval_note(None)}{narrower(comparison.finding)}.",
        *figures.notes(comparison.finding),
    )


@notes.register
def _(beside: Beside) -> tuple[str, ...]:
    return (*questions(beside), *signs(beside), *sources(beside))


@notes.register
def _(own: Own) -> tuple[str, ...]:
    return own.notes


@notes.register
def _(weighed: Weighed) -> tuple[str, ...]:
    return tuple(weighed.notes())


@notes.register
def _(means: ShownMeans) -> tuple[str, ...]:
    return tuple(means.notes())


@singledispatch
def below_chart(subject: Subject) -> list[str]:
    """The lines under a chart: base, who was asked, and the source."""
    return list(notes(subject))


@below_chart.register
def _(_: Own) -> list[str]:
    return []  # they stand in its picture


@below_chart.register
def _(finding: Finding) -> list[str]:
    return figures.notes(finding)


@below_chart.register
def _(comparison: Comparison) -> list[str]:
    return figures.notes(comparison.finding)


@below_chart.register
def _(beside: Beside) -> list[str]:
    return [bases(beside), *sources(beside)]


@below_chart.register
def _(means: Means) -> list[str]:
    return [*ends(means), means.source]


@singledispatch
def estimates(_subject: Subject) -> tuple[tuple[Finding, Row], ...]:
    """The estimates that something shows, each with the finding it is of; none of what is not made
    of answers alone."""
    return ()


@estimates.register
def _(finding: Finding) -> tuple[tuple[Finding, Row], ...]:
    return tuple((finding, row) for row in finding.rows)


@estimates.register
def _(comparison: Comparison) -> tuple[tuple[Finding, Row], ...]:
    return tuple((comparison.finding, row) for row in (*comparison.rows, comparison.total))


@estimates.register
def _(beside: Beside) -> tuple[tuple[Finding, Row], ...]:
    return tuple((line.finding, line.row) for line in beside.lines)


@estimates.register
def _(weighed: Weighed) -> tuple[tuple[Finding, Row], ...]:
    return tuple(one for result in weighed.results for one in (result.plain, result.weighted))


def signs(subject: Subject) -> list[str]:
    """What the signs of hidden estimates mean, of those that something shows."""
    meaning = {row.hidden: finding.reason(row) for finding, row in estimates(subject) if row.hidden}
    return [f"{sign} {meaning[why]}." for why, sign in tables.SIGNS.items() if why in meaning]


def hidden_reasons(subject: Subject) -> list[str]:
    """Why numbers are left out of a chart; nothing when none is."""
    return sorted(
        {
            finding.reason(row)
            for finding, row in estimates(subject)
            if row.hidden and not row.combined
        }
    )


def source(subject: Subject) -> str:
    """Where the numbers come from."""
    if isinstance(subject, Own):
        return subject.notes[-1]
    told = " ".join(dict.fromkeys(finding.source for finding, _ in estimates(subject)))
    return told if isinstance(subject, Comparison | Beside) else told or subject.source
