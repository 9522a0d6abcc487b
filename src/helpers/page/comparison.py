"""The municipalities beside each other: one answer's share in each, with its uncertainty and its
rank, in Danish alphabetical order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
from matplotlib.figure import Figure

from helpers.disclosure.rules import LOW_BASE
from helpers.not_none import not_none
from helpers.page import funnel_chart as funnel
from helpers.page.danish import listed, number, pct, quoted, sentence
from helpers.page.display import Html, Picture
from helpers.page.figure_memory import drawn_svg
from helpers.page.figures import notes, small_print
from helpers.page.findings import Finding, Row
from helpers.page.outcome_words import Beside, compare_with_rest
from helpers.page.sentences import NOTHING, Sentence, filled, is_hidden
from helpers.page.tables import INTERVAL, SIGNS, STUB, html_table, interval_text, share_text
from helpers.page.telling import briefly, told
from helpers.page.uncertainty import interval_note
from helpers.statistics.effective import worth
from helpers.statistics.ranks import RankSet, rank_sets_of_shares
from helpers.survey.editions import slug
from helpers.survey.questions import Places

NONE_APART = "{ingen} ligger med sikkerhed højere eller lavere end {det_hele} ({landet})."
ABOVE = "Andelen er højere end {i_det_hele} ({landet}) {i} {kommuner}."
BELOW = "Andelen er lavere end {i_det_hele} ({landet}) {i} {kommuner}."
BOTH = (
    "Andelen er højere end {i_det_hele} ({landet}) {i} {kommuner} og lavere {i} {lavere_kommuner}."
)
MARKED = {funnel.INSIDE: "", funnel.ABOVE: " (højere)", funnel.BELOW: " (lavere)"}
RANKS = "Plads"
RANKS_SOURCE = "95-procents-konfidensmængde for rangen, Mogstad m.fl. 2024"
RANK = (
    "Blandt de {antal} {steder} ligger {sted} mellem nr. {bedst} og nr. {daarligst}, når den "
    "højeste andel er nr. 1."
)
RANK_CERTAIN = (
    "Blandt de {antal} {steder} ligger {sted} som nr. {bedst}, når den højeste andel er nr. 1."
)
RANK_UNTOLD = "Svarene er for få til at sige, hvilken plads {sted} har blandt de {antal} {steder}."


@dataclass(frozen=True)
class Comparison:
    """The share of one answer in every municipality and in the whole country; `finding` is broken
    down by municipality."""

    finding: Finding
    answer: str
    # the municipalities that differ from the rest, by their own pages' tests
    certain: frozenset[str] = frozenset()

    @property
    def record(self) -> dict:
        """The question to `Page` that this comparison answers."""
        arguments = {"question": self.finding.question.id, "answer": self.answer}
        return {
            "verb": "municipalities",
            "survey": self.finding.codebook.survey,
            "arguments": arguments,
            "title": f"{self.finding.question.short}, {self.words.definite_plural}",
            "places": slug(self.words.definite_plural),
        }

    @property
    def words(self) -> Places:
        """What the municipalities are called."""
        return self.finding.codebook.places

    @property
    def rows(self) -> tuple[Row, ...]:
        """One row per municipality, in Danish alphabetical order."""
        return tuple(self.finding.row(self.answer, group) for group in self.finding.groups)

    @property
    def total(self) -> Row:
        return self.finding.row(self.answer)

    @property
    def label(self) -> str:
        return self.finding.label(self.answer)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The municipalities whose share is not hidden."""
        return tuple(row for row in self.rows if not row.hidden)

    @property
    def places(self) -> tuple[funnel.Place, ...]:
        """The municipalities that are shown, each with where it lies in the funnel; none when the
        country's share is hidden."""
        if self.total.hidden:
            return ()
        return tuple(
            funnel.Place(
                row.group,
                not_none(row.share),
                briefly(row),
                not_none(row.effective),
                self.zone(row),
            )
            for row in self.shown
        )

    def zone(self, row: Row) -> str:
        """Whether a municipality lies above or below the rest of the country for certain, or
        neither."""
        found = self.beside(row)
        return (
            funnel.INSIDE
            if not found.outcome.is_certain
            else funnel.ABOVE
            if found.is_higher
            else funnel.BELOW
        )

    def beside(self, row: Row) -> Beside:
        """A municipality against the rest of the country, as on its own pages."""
        return compare_with_rest(self.finding, row, self.total, row.group in self.certain)

    @cached_property
    def ranks(self) -> dict[str, RankSet]:
        """Between which ranks each municipality that is shown lies for certain; 1 is the highest
        share."""
        return self.ranks_of(*(row.group for row in self.shown))

    def ranks_of(self, *names: str) -> dict[str, RankSet]:
        """The same of some of them, those that are shown: each takes as long as another."""
        shares = [not_none(row.share) for row in self.shown]
        answers = [
            float(worth(share, row.width, self.finding.answers_behind(row)))
            for share, row in zip(shares, self.shown)
        ]
        places = {row.group: at for at, row in enumerate(self.shown) if row.group in names}
        return dict(zip(places, rank_sets_of_shares(shares, answers, of=places.values())))

    def rank(self, name: str) -> Sentence:
        """Between which ranks a municipality lies, or that it may have any; nothing where it is not
        shown."""
        found = self.ranks_of(name).get(name)
        if found is None:
            return NOTHING
        row = next(row for row in self.shown if row.group == name)
        wide = RANK_UNTOLD if self.is_any_rank(found) else RANK
        return filled(
            RANK_CERTAIN if found.best == found.worst else wide,
            [row, self.total],
            antal=number(len(self.shown)),
            steder=f"{self.words.plural}{', der er vist,' if self.shown != self.rows else ''}",
            sted=name,
            bedst=number(found.best),
            daarligst=number(found.worst),
        )

    def is_any_rank(self, found: RankSet) -> bool:
        """Whether the ranks are all that there are, which tells nothing."""
        return (found.best, found.worst) == (1, len(self.shown))

    def figure(self) -> Picture:
        """A funnel: each municipality's share against its number of answers, between the limits
        around the country's share."""
        return Picture(drawn_svg(self, draw), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words: which municipalities differ from the rest of the country, and each
        one's share."""
        kind = (
            f"Tragtplot: andelen, der har svaret {quoted(self.label)}, mod antallet af svar "
            f"{self.words.at} {self.words.each}."
        )
        each = [f"{row.group} {briefly(row)}{MARKED[self.zone(row)]}" for row in self.shown]
        parts = [self.point(), kind, f"{listed(each)}.", self.missing(), self.finding.source]
        return " ".join(sentence(part) for part in parts if part)

    def point(self) -> str:
        """Which municipalities lie outside the funnel for certain, or that none does."""
        places = {
            word: [place.name for place in self.places if place.zone == zone]
            for zone, word in ((funnel.ABOVE, "Højere"), (funnel.BELOW, "Lavere"))
        }
        apart = [
            f"{word} end {self.words.in_whole}: {listed(names)}"
            for word, names in places.items()
            if names
        ]
        return f"{'. '.join(apart) or f'{self.words.none} skiller sig ud fra {self.words.whole}'}."

    def missing(self) -> str:
        """How many municipalities are not in the figure, and why; nothing when all are."""
        hidden = [row for row in self.rows if row.hidden]
        reasons = listed(dict.fromkeys(self.finding.reason(row) for row in hidden))
        return (
            (
                f"{number(len(hidden))} af {number(len(self.rows))} {self.words.plural} er ikke "
                f"med i figuren: {reasons}."
            )
            if hidden
            else ""
        )

    def table(self, folded: bool = True) -> Html:
        """One row per municipality: base, share and the ends of its interval."""
        caption = f"{self.finding.wording} Andel, der har svaret {quoted(self.label)}."
        name = f"tabel-{slug(self.words.plural)}-{self.finding.question.id}"
        used = {row.hidden for row in self.rows if row.hidden}
        signs = [
            f"{sign} {self.finding.rules.reason(why)}."
            for why, sign in SIGNS.items()
            if why in used
        ]
        frame = pd.DataFrame(
            [
                {**record(self.finding, row), RANKS: self.rank_text(row)}
                for row in (*self.rows, self.total)
            ]
        )
        lines = [
            f"Interval: {interval_note(None)}{narrower(self.finding)}.",
            f"{RANKS}: mellem hvilke numre {self.words.definite} ligger, når den højeste andel er "
            f"nr. 1 ({RANKS_SOURCE}).",
            *signs,
            *notes(self.finding),
        ]
        return replace(
            html_table(frame, name, caption, sentence(self.words.singular), lines, folded),
            record=self.record,
        )

    def rank_text(self, row: Row) -> str:
        """The ranks that a municipality may have: "2-9"."""
        return ranks_told(self.ranks.get(row.group))

    def tell(self) -> Sentence:
        """Which municipalities certainly differ from the rest of the country, each as its own pages
        say; or that none does."""
        evidence = (*self.rows, self.total)
        if self.total.hidden:
            return is_hidden(self.finding, [self.total])
        above, below = (self.named(zone) for zone in (funnel.ABOVE, funnel.BELOW))
        template = BOTH if above and below else ABOVE if above else BELOW if below else NONE_APART
        return filled(
            template,
            evidence,
            i_det_hele=self.words.in_whole,
            det_hele=self.words.whole,
            ingen=self.words.none,
            i=self.words.at,
            landet=told(self.total),
            kommuner=above or below,
            lavere_kommuner=below,
        )

    def named(self, zone: str) -> str:
        """The municipalities in a part of the funnel in words, with their shares."""
        return listed(f"{place.name} ({place.text})" for place in self.places if place.zone == zone)

    def data(self) -> pd.DataFrame:
        """One row per municipality: base, share, the ends of its class and of its interval (0-1,
        missing when hidden)."""
        return pd.DataFrame(
            [
                {
                    "municipality": row.group,
                    "answer": row.answer,
                    "base": row.base,
                    "share": row.share,
                    "from": row.low,
                    "below": row.high,
                    **self.finding.ends(row),
                }
                for row in self.rows
            ]
        )


def ranks_told(found: RankSet | None) -> str:
    """The ranks that something may have, "2-9" or "3"; nothing where it has none."""
    return "-".join(dict.fromkeys(map(number, (found.best, found.worst)))) if found else ""


def narrower(finding: Finding) -> str:
    """That the municipalities' intervals take into account how many of those invited have answered,
    where that is known."""
    return (
        f", der tager højde for, hvor stor en del af {finding.codebook.places.definite}s "
        "inviterede der har svaret"
        if finding.participations
        else ""
    )


def record(finding: Finding, row: Row) -> dict[str, str]:
    """A municipality's line in the table."""
    name, base = (
        row.group or finding.whole,
        SIGNS[LOW_BASE] if row.base is None else number(row.base),
    )
    return {STUB: name, "N": base, "Andel": share_text(row), INTERVAL: interval_text(finding, row)}


def draw(comparison: Comparison) -> Figure:
    """The comparison's figure."""
    words = comparison.words
    meaning = (
        f"Tragten: her ligger {pct(funnel.WARNING)} af {words.definite_plural}, hvis kun "
        f"tilfældet skiller dem fra {words.whole}."
    )
    weighted = any(row.is_weighted for row in comparison.rows)
    axis = f"Antal svar {words.at} {words.definite}"
    axis += ", regnet om til lige vægte" if weighted else ""
    more = (meaning, *filter(None, [comparison.missing()]))
    foot = small_print(comparison.finding, *more)
    total = comparison.total
    share = 0.5 if total.hidden else not_none(total.share)
    return funnel.draw(comparison.places, share, axis, foot, words)
