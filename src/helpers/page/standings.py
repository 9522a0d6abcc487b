"""Where a municipality differs: its answers to many questions beside the country's, the surest
difference first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean

import pandas as pd

from helpers.disclosure.release import Releasable
from helpers.page import outcome_words
from helpers.page.beside import Beside, Line, shown
from helpers.page.comparison import Comparison, ranks_told
from helpers.page.danish import listed, number, quoted, sentence
from helpers.page.display import Html, Text
from helpers.page.findings import Finding
from helpers.page.findings_made import make_finding
from helpers.page.sentences import Sentence, filled
from helpers.page.tables import SIGNS, STUB, html_table
from helpers.page.telling import told
from helpers.page.uncertainty import AT_LEVEL
from helpers.statistics.comparisons import REST
from helpers.statistics.outcomes import Outcome
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Places, Question

APART = "**Med sikkerhed {hvordan} end {i_det_hele}:** {andele}."
NONE_APART = (
    "**Ingen sikre forskelle:** På intet af de {antal} spørgsmål, der kan vises, ligger {sted} med "
    "sikkerhed højere eller lavere end {det_hele}."
)
ALIKE = "**Omtrent som {i_det_hele}:** {navne}."
ALIKE_IN_SHORT = "**Omtrent som {i_det_hele}:** {antal} af de {alle} andele, der er sammenlignet."
UNTOLD = "**Kan ikke afgøres, for svarene er for få:** {navne}."
HIDDEN = "**Skjult:** {navne}. Andelen er {grund}."
ONLY_PLACES = "Siden holder {sted} op mod {det_hele}. Vælg {en}s egen udgave for at se den."
PLACE = "Plads"
UNSURE = (Outcome.ALIKE, Outcome.UNTOLD, Outcome.HIDDEN)  # in the order of the table
IN_TABLE = {Outcome.ALIKE: "omtrent ens", Outcome.UNTOLD: "kan ikke afgøres", Outcome.HIDDEN: ""}


@dataclass(frozen=True)
class Standing:
    """One share of a municipality beside the country's: what can be said of the two, the corrected
    p-value of their difference (1 where none was tested), and the ranks it may have."""

    home: Line
    land: Line
    found: outcome_words.Beside
    p: float
    ranks: str

    @property
    def why(self) -> str:
        """Why one of the two is hidden, in words; "" where neither is."""
        gone = next((line for line in (self.home, self.land) if line.row.hidden), None)
        return gone.finding.reason(gone.row) if gone else ""

    @property
    def sureness(self) -> tuple[int, float]:
        """What to sort by: the surest difference first, then what is alike, then what cannot be
        told, what is hidden last."""
        outcome = self.found.outcome
        return 0 if outcome.is_certain else UNSURE.index(outcome) + 1, self.p

    @property
    def verdict(self) -> str:
        """What the table says: "højere", "lidt lavere", "omtrent som"."""
        if not self.found.outcome.is_certain:
            return IN_TABLE[self.found.outcome]
        little = "lidt " if self.found.outcome == Outcome.SLIGHT else ""
        return f"{little}{'højere' if self.found.is_higher else 'lavere'}"

    @property
    def asked(self) -> str:
        """What was asked, in a list: a statement as it was put, else the question in short."""
        asked_for = asked(self.home.finding)
        return quoted(asked_for) if self.home.finding.question.battery else asked_for

    @property
    def both(self) -> str:
        """The share and the country's; neither is hidden."""
        land = f"{self.land.who.lower()} {told(self.land.row)}"
        return f"{self.home.label} ({told(self.home.row)}, {land})"


@dataclass(frozen=True)
class Differences(Beside):
    """A municipality's shares beside the country's, two lines to a label; in the country's own
    edition its shares alone, and no `standings`."""

    edition: Edition
    codebook: Codebook
    standings: tuple[Standing, ...]

    @property
    def record(self) -> dict:
        """The question to `Page` that this answers."""
        survey = self.codebook.survey
        return {"verb": "differences", "survey": survey, "arguments": {}, "title": self.title}

    @property
    def words(self) -> Places:
        return self.codebook.places

    @property
    def against(self) -> str:
        """What the table calls what can be said of the two shares."""
        return f"Mod {self.words.whole}"

    def alt(self) -> str:
        """The figure in words."""
        if not self.standings:
            return super().alt()
        each = [
            f"{one.home.label}: {shown(one.home)} mod {shown(one.land)}"
            f"{', ' if one.verdict else ''}{one.verdict}"
            for one in self.standings
        ]
        start = f"{self.title}, andele med {AT_LEVEL}intervaller, mod {self.words.whole}."
        return " ".join([sentence(start), f"{'; '.join(each)}.", self.lines[0].finding.source])

    def table(self, folded: bool = True) -> Html | Text:
        """One row per question: both shares with their intervals, what can be said of them, and the
        ranks the municipality may have; of the country its shares alone."""
        if not self.standings:
            return super().table(folded)
        used = {line.row.hidden for line in self.lines if line.row.hidden}
        rules = self.lines[0].finding.rules
        notes = [
            f"I parentes: {AT_LEVEL}intervaller.",
            f"{PLACE}: mellem hvilke numre {self.words.definite} ligger blandt de "
            f"{self.words.plural}, der er vist, når den højeste andel er nr. 1.",
            *(f"{sign} {rules.reason(why)}." for why, sign in SIGNS.items() if why in used),
            self.lines[0].finding.source,
        ]
        frame = pd.DataFrame(map(self.cells, self.standings))
        made = html_table(
            frame,
            "tabel-forskelle",
            self.title,
            "Andel",
            notes,
            folded,
            left=(self.against, PLACE),
        )
        return replace(made, record=self.record)

    def cells(self, one: Standing) -> dict[str, str]:
        row = one.home.row
        return {
            STUB: one.home.label,
            self.edition.name: SIGNS[row.hidden] if row.hidden else shown(one.home),
            self.words.whole_name: shown(one.land),
            self.against: one.verdict,
            PLACE: one.ranks,
        }

    def tell(self, in_short: bool = False) -> tuple[Sentence, ...]:
        """What certainly differs from the rest of the country, what is certainly close to it (how
        many, where it is `in_short`), what cannot be told, and what is hidden: a sentence each."""
        if not self.standings:
            one, whole = self.words.one, self.words.whole
            return (filled(ONLY_PLACES, sted=one, det_hele=whole, en=self.words.definite),)
        shown = [one for one in self.standings if one.found.outcome != Outcome.HIDDEN]
        verdicts = dict.fromkeys(one.verdict for one in self.certain)
        apart = [self.said(APART, self.called(verdict)) for verdict in verdicts]
        none = [] if apart else [self.said(NONE_APART, shown)]
        alike, untold = self.of(Outcome.ALIKE), self.of(Outcome.UNTOLD)
        template = ALIKE_IN_SHORT if in_short else ALIKE
        others = [self.said(template, alike)] if alike else []
        others += [self.said(UNTOLD, untold)] if untold else []
        return (*apart, *none, *others, *self.hidden())

    def called(self, verdict: str) -> list[Standing]:
        """The certain differences that are called so."""
        return [one for one in self.certain if one.verdict == verdict]

    @property
    def certain(self) -> list[Standing]:
        return [one for one in self.standings if one.found.outcome.is_certain]

    def of(self, outcome: Outcome) -> list[Standing]:
        return [one for one in self.standings if one.found.outcome == outcome]

    def hidden(self) -> Iterable[Sentence]:
        """The shares that are hidden, reason by reason."""
        gone = self.of(Outcome.HIDDEN)
        for why in dict.fromkeys(one.why for one in gone):
            yield self.said(HIDDEN, [one for one in gone if one.why == why])

    def said(self, template: str, standings: list[Standing]) -> Sentence:
        """The template of some shares, which are told alike."""
        rows = [row for one in standings for row in (one.home.row, one.land.row)]
        first = standings[0] if standings else None
        return filled(
            template,
            rows,
            hidden=template == HIDDEN,
            outcome=first.found.outcome if first else None,
            i_det_hele=self.words.in_whole,
            det_hele=self.words.whole,
            sted=self.edition.name,
            antal=number(len(standings)),
            alle=number(len(self.standings) - len(self.of(Outcome.HIDDEN))),
            hvordan=first.verdict if first and template == APART else "",
            grund=first.why if first else "",
            navne=listed(one.asked for one in standings),
            andele="; ".join(one.both for one in standings) if template == APART else "",
        )


def key_answers(codebook: Codebook) -> list[tuple[str, str]]:
    """The questions whose answers the codebook adds up, each with the name of its first sum: the
    shares that say the most of it; of points, the sum with the most."""
    return [
        (question.id, most_points(question))
        for question in codebook.tabulated
        if question.role == "answer" and question.combined
    ]


def most_points(question: Question) -> str:
    """The name of the sum whose answers have the most points, of an item that is turned the one
    that is against it; the first where they have none."""
    points = question.score or {}
    return max(
        question.combined,
        key=lambda name: fmean(points.get(one, 0) for one in question.combined[name].options),
    )


def make_differences(releasable: Releasable, edition: Edition, ranked: bool = True) -> Differences:
    """A municipality's shares beside the country's, the surest difference first; without ranks,
    which take a while, where they are not `ranked`."""
    codebook = releasable.codebook
    pairs = key_answers(codebook)
    if edition.is_country:
        everybody = tuple(line_of(releasable, edition, *pair) for pair in pairs)
        return Differences(edition.name, everybody, edition, codebook, ())
    made = [
        standing(
            line_of(releasable, edition, *pair),
            ranks_of(releasable, edition, *pair) if ranked else "",
        )
        for pair in pairs
    ]
    standings = tuple(sorted(made, key=lambda one: one.sureness))
    lines = tuple(line for one in standings for line in (one.home, one.land))
    title = f"{edition.name} og {codebook.places.whole}"
    return Differences(title, lines, edition, codebook, standings)


def line_of(releasable: Releasable, edition: Edition, question: str, answer: str) -> Line:
    """An edition's own share under its label."""
    finding = make_finding(releasable, edition, question)
    return Line(label_of(finding, answer), finding, finding.row(answer), edition.name)


def standing(own: Line, ranks: str = "") -> Standing:
    """A municipality's share beside the country's, and the ranks it may have."""
    finding, home = own.finding, own.row
    land = finding.row(home.answer, home.group, finding.whole)
    test = finding.family.of(home.question, REST, home.answer) if finding.family else None
    return Standing(
        own,
        Line(own.label, finding, land, finding.whole),
        outcome_words.compare_with_rest(finding, home, land, finding.differs_from_rest(home)),
        1.0 if test is None else test.corrected,
        ranks,
    )


def label_of(finding: Finding, answer: str) -> str:
    """A share in a few words: what was asked, and the answer."""
    return f"{asked(finding)}: {quoted(finding.short(finding.label(answer)))}"


def asked(finding: Finding) -> str:
    """What was asked, in a few words."""
    return finding.question.short.rstrip(" …:?.")


def ranks_of(releasable: Releasable, edition: Edition, question: str, answer: str) -> str:
    """The ranks that a municipality's share may have, and among how many that are shown: "2-9 af
    12"; that it cannot be told where all of them are; "" where it is not shown."""
    by_place = releasable.codebook.by_place.id
    everywhere = make_finding(releasable, releasable.country, question, by_place)
    compared = Comparison(everywhere, answer)
    found = compared.ranks_of(edition.name).get(edition.name)
    if found and compared.is_any_rank(found):
        return IN_TABLE[Outcome.UNTOLD]
    return f"{ranks_told(found)} af {number(len(compared.shown))}" if found else ""
