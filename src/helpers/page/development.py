"""Development over time: the same share in every collection round, with its interval, and whether
it has moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from helpers.disclosure.release import Releasable
from helpers.not_none import not_none
from helpers.page.beside import Beside, Line
from helpers.page.danish import quoted
from helpers.page.findings import Finding, Row
from helpers.page.findings_made import make_finding
from helpers.page.markdown import as_text
from helpers.page.outcome_words import measured, tested
from helpers.page.question_changes import changes
from helpers.page.sentences import Sentence, filled, is_hidden, joined
from helpers.page.telling import told
from helpers.statistics.corrections import benjamini_hochberg
from helpers.statistics.differences import share_difference
from helpers.statistics.outcomes import Outcome, gap_between, outcome
from helpers.survey.dataset import Manifest

RISEN = "Andelen, der har svaret {svar}, er steget fra {foer} ({periode}) til {nu}."
FALLEN = "Andelen, der har svaret {svar}, er faldet fra {foer} ({periode}) til {nu}."
RISEN_A_LITTLE = "Andelen, der har svaret {svar}, er steget lidt, fra {foer} ({periode}) til {nu}."
FALLEN_A_LITTLE = "Andelen, der har svaret {svar}, er faldet lidt, fra {foer} ({periode}) til {nu}."
LEVEL = (
    "Andelen, der har svaret {svar}, er omtrent den samme som før: {foer} ({periode}) og {nu} nu."
)
UNTOLD = (
    "Andelen, der har svaret {svar}, var {foer} ({periode}) og er nu {nu}; svarene er for få til "
    "at sige, om den "
    "har flyttet sig."
)
SAME_PANEL = (
    "De samme personer kan have svaret i begge målinger. Det ved bogen ikke, og den regner, som "
    "om det var "
    "forskellige; en ændring skal derfor være lidt større, før den nævnes."
)
CHANGED = (
    "Spørgsmålet er ændret siden {periode}, så de to andele ({foer} og {nu}) kan ikke uden "
    "videre sammenlignes. {aendringer}"
)
ABSENT = "Der er ingen svar at sammenligne med fra {periode}. {hvorfor}"
HIDDEN_THEN = "I målingen fra {periode} er andelen, der har svaret {svar}, {grund}."
ALONE = "Der er kun én måling, så der er ingen udvikling at vise."


@dataclass(frozen=True)
class Earlier:
    """An earlier round as a question is seen in it: the finding, or None where there is none, and
    what was changed since."""

    period: str
    finding: Finding | None
    changes: tuple[str, ...]

    def row(self, answer: str) -> Row | None:
        """The share then, or None when there was no such question, answer or edition."""
        if self.finding is None:
            return None
        known = (*self.finding.answers, *self.finding.combined, *self.finding.question.combined)
        return self.finding.row(answer) if answer in known else None


@dataclass(frozen=True)
class Development(Beside):
    """One answer's share in each round, the oldest first, the country's under a municipality's."""

    finding: Finding = field(kw_only=True)
    answer: str = ""
    earlier: tuple[Earlier, ...] = ()

    @property
    def record(self) -> dict:
        """The question to `Page` that this development answers."""
        arguments = {"question": self.finding.question.id, "answer": self.answer}
        return {
            "verb": "development",
            "survey": self.finding.codebook.survey,
            "arguments": arguments,
            "title": self.title,
        }

    def tell(self, named: bool = False) -> Sentence:
        """How the share has moved since each earlier round, or why that cannot be said; what was
        changed in the question.

        "Steget" and "faldet" take a test that holds when all the rounds are compared at once
        (Benjamini and Hochberg). The rounds are taken to have asked different people; where some
        answered twice, their answers pull the same way, and the test finds too little (SAME_PANEL).
        `named` begins with what the question is about.
        """
        if not self.earlier:
            return filled(ALONE)
        row = self.finding.row(self.answer)
        if row.hidden:
            return is_hidden(self.finding, [row])
        moved = benjamini_hochberg(
            {
                one.period: share_difference(
                    *zip(tested(not_none(one.finding), then), tested(self.finding, row))
                )
                for one in self.earlier
                if not one.changes and (then := one.row(self.answer)) and not then.hidden
            }
        )
        moves = joined(
            self.since(one, row, moved.get(one.period, False)) for one in reversed(self.earlier)
        )
        about = f"{as_text(self.finding.question.short)}: "
        return replace(moves, text=f"{about}{moves.text}") if named else moves

    def since(self, earlier: Earlier, now: Row, moved: bool) -> Sentence:
        """The sentence that is true of one earlier round and now."""
        then, svar = earlier.row(self.answer), quoted(self.finding.short(now.answer))
        if then is None or earlier.finding is None:
            return filled(ABSENT, [now], periode=earlier.period, hvorfor=" ".join(earlier.changes))
        if then.hidden:
            return filled(
                HIDDEN_THEN,
                [then],
                hidden=True,
                periode=earlier.period,
                svar=svar,
                grund=earlier.finding.reason(then),
            )
        gap = gap_between(measured(self.finding, now), measured(earlier.finding, then))
        found = outcome(gap, moved)
        certain = {
            Outcome.CLEAR: (FALLEN, RISEN),
            Outcome.SLIGHT: (FALLEN_A_LITTLE, RISEN_A_LITTLE),
        }
        template = (
            CHANGED
            if earlier.changes
            else certain[found][gap.size > 0]
            if found.is_certain
            else LEVEL
            if found == Outcome.ALIKE
            else UNTOLD
        )
        return filled(
            template,
            [then, now],
            outcome=found,
            svar=svar,
            foer=told(then),
            nu=told(now),
            periode=earlier.period,
            aendringer=" ".join(earlier.changes),
        )


def make_development(now: Finding, answer: str, rounds: Sequence[Releasable]) -> Development:
    """An answer's share in `now` and in the rounds before it; `rounds` are all of them, the oldest
    first and that of `now` last."""
    *periods, period = names_of([one.manifest for one in rounds])
    earlier = tuple(seen(past, name, now, answer) for past, name in zip(rounds, periods))
    title = f"{now.question.short}: {now.short(now.label(answer)).lower()}, måling for måling"
    shown = tuple(lines(now, period, earlier, answer))
    return Development(title, shown, answer, earlier, finding=now)


def names_of(manifests: Sequence[Manifest]) -> list[str]:
    """What each round is called: its period, with its title and number where periods do not tell
    the rounds apart.

    Where real answers stand beside synthetic ones, the name says which are synthetic.
    """
    periods = [manifest.period for manifest in manifests]
    if len({manifest.synthetic for manifest in manifests}) > 1:
        periods = [
            f"{manifest.period}, syntetiske svar" if manifest.synthetic else manifest.period
            for manifest in manifests
        ]
    if len(set(periods)) == len(periods):
        return periods
    return [
        f"måling {number} ({manifest.title}, {manifest.period})"
        for number, manifest in enumerate(manifests, start=1)
    ]


def seen(past: Releasable, period: str, now: Finding, answer: str) -> Earlier:
    """An earlier round from the same edition."""
    question = now.question.id
    found = changes(past.codebook, now.codebook, question, answer)
    if question not in past.codebook.by_id:
        return Earlier(period, None, found)
    if now.edition not in past.editions:
        return Earlier(period, None, (f"{now.edition.name} var ikke med.",))
    return Earlier(period, make_finding(past, now.edition, question), found)


def lines(now: Finding, period: str, earlier: tuple[Earlier, ...], answer: str) -> list[Line]:
    """A line per place and round, the newest last in each place."""
    known = ((one.period, one.finding) for one in earlier if one.finding and one.row(answer))
    rounds = [*known, (period, now)]
    return [
        Line(name, finding, finding.row(answer, place=place), who=place)
        for place in now.places
        for name, finding in rounds
    ]
