"""Unweighted beside weighted: what the weights reach, what they cost, and which results move when
they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from helpers.disclosure.weights_told import Weighting
from helpers.not_none import not_none
from helpers.page.canvas import Key, Sheet, new_sheet
from helpers.page.colours import BAR, BENCHMARK, INK, QUIET
from helpers.page.danish import decimal, listed, number, pct, quoted, sentence
from helpers.page.display import Html, Picture, Text
from helpers.page.figure_memory import draw_svg
from helpers.page.findings import Finding, Row
from helpers.page.leaders import leading
from helpers.page.markdown import as_text
from helpers.page.sentences import Sentence, filled, joined
from helpers.page.tables import PLACE, SIGNS, STUB, html_table, interval_text, share_text
from helpers.page.telling import told
from helpers.page.uncertainty import AT_LEVEL
from helpers.survey.codebook import Codebook
from helpers.survey.rounding import per_cent

HALF = 0.5
CAPTION = "Hovedresultaterne med og uden vægte"
LOOKS = (("Uvægtet", BAR, "o", -6), ("Vægtet", BENCHMARK, "D", 6))
REACHED = (
    "Før loftet rammer vægtene stikprøven i alle {grupper} grupper; den største afvigelse "
    "er {afvigelse}."
)
A_MILLIONTH, MILLIONTH = 1e-6, "mindre end en milliontedel af et menneske"
CUT = (
    "{antal} vægte er over loftet på {loft} gange gennemsnittet og er skåret ned til det. "
    "Derefter er den gruppe, der afviger mest, "
    "{afstand} procentpoint fra stikprøven."
)
UNCUT = (
    "Ingen vægt når loftet på {loft} gange gennemsnittet (den største er {stoerste}), så "
    "loftet flytter ingen gruppe."
)
COST = (
    "Vægtene gør tallene mere usikre: Designeffekten er {effekt}, så {svar} vægtede svar siger "
    "så meget, som {lige} svar med lige vægt ville gøre."
)
MOVED = (
    "{antal} af {alle} hovedresultater flytter sig, når svarene vægtes: {hvilke}. De {andre} "
    "andre bliver inden for den usikkerhed, tallet har i forvejen."
)
ALL_MOVED = "Alle {alle} hovedresultater flytter sig, når svarene vægtes: {hvilke}."
NONE_MOVED = (
    "Ingen af de {alle} hovedresultater flytter sig, når svarene vægtes: De vægtede "
    "andele er alle inden for den usikkerhed, de har i forvejen."
)
TURNED = "Vægtningen vender en konklusion: {hvilke}."
NONE_TURNED = (
    "Ingen konklusion vender: Det samme svar er det hyppigste, og den samme side af "
    "halvdelen er størst, med og uden vægte."
)


@dataclass(frozen=True)
class Result:
    """One main result without weights and with them; each a finding and its row."""

    label: str
    plain: tuple[Finding, Row]
    weighted: tuple[Finding, Row]

    @property
    def is_shown(self) -> bool:
        return not self.plain[1].hidden and not self.weighted[1].hidden

    @property
    def difference(self) -> float:
        """The weighted share minus the unweighted (0-1). The result must be shown."""
        return not_none(self.weighted[1].share) - not_none(self.plain[1].share)

    @property
    def moves(self) -> bool:
        """Whether the weighted share lies outside the unweighted share's 95 per cent interval, in
        whole per cent."""
        finding, row = self.plain
        low, high = (per_cent(end) for end in finding.interval(row))
        return not low <= not_none(self.weighted[1].percent) <= high

    @property
    def turns(self) -> str:
        """Which conclusion is another with weights, in words; nothing when none is."""
        before, after = (
            [leader.answer for leader in leading(finding, row.group)[0]]
            for finding, row in (self.plain, self.weighted)
        )
        if before and after and before != after:
            return (
                f"På {quoted(self.plain[0].wording)} er det hyppigste svar "
                f"{listed(map(quoted, after))} i stedet for {listed(map(quoted, before))}"
            )
        sides = [not_none(row.percent) > 100 * HALF for _, row in (self.plain, self.weighted)]
        return f"{self.label} krydser halvdelen" if sides[0] != sides[1] else ""


@dataclass(frozen=True)
class Weighed:
    """The main results unweighted and weighted, and the weights' margins; without a `weighting`
    there is only `why` not."""

    codebook: Codebook
    results: tuple[Result, ...]
    source: str
    weighting: Weighting | None
    why: str = ""
    asked: tuple[tuple[str, ...], ...] = ()

    @property
    def record(self) -> dict:
        """The question to `Page` that this answers."""
        return {
            "verb": "weighed",
            "survey": self.codebook.survey,
            "arguments": {},
            "results": [list(one) for one in self.asked],
            "title": CAPTION,
        }

    @property
    def stub(self) -> str:
        """The heading of the results: "Andel af borgerne"."""
        return f"Andel af {self.codebook.unit.definite_plural}"

    @property
    def shown(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.is_shown)

    def tell_margins(self) -> Sentence:
        """How near the weights come to the sample, before and after the cap, and what they cost; or
        why there are none."""
        made = self.weighting
        if made is None:
            return Sentence(as_text(self.why))
        reached = filled(
            REACHED,
            grupper=number(len(made.margins)),
            afvigelse=MILLIONTH
            if made.raked_gap < A_MILLIONTH
            else f"{decimal(made.raked_gap, 1)} mennesker",
        )
        cap = number(made.cap)
        cut = (
            filled(CUT, antal=number(made.cut), loft=cap, afstand=decimal(100 * made.gap, 1))
            if made.cut
            else filled(UNCUT, loft=cap, stoerste=decimal(made.largest, 1))
        )
        cost = filled(
            COST,
            effekt=decimal(made.design_effect, 2),
            svar=number(made.respondents),
            lige=number(int(made.effective_base)),
        )
        return joined((reached, cut, cost))

    def tell(self) -> Sentence:
        """Which main results move, by the rule of `Result.moves`, and which conclusions turn; or
        why nothing can be weighted."""
        if self.weighting is None:
            return Sentence(as_text(self.why))
        moved = [result for result in self.shown if result.moves]
        which = listed(
            (
                f"{quoted(result.label)} ({told(result.plain[1])} mod {told(result.weighted[1])} "
                "vægtet)"
            )
            for result in moved
        )
        template = (
            NONE_MOVED if not moved else ALL_MOVED if len(moved) == len(self.shown) else MOVED
        )
        rows = [row for result in self.shown for _, row in (result.plain, result.weighted)]
        moves = filled(
            template,
            rows,
            antal=number(len(moved)),
            alle=number(len(self.shown)),
            andre=number(len(self.shown) - len(moved)),
            hvilke=which,
        )
        turned = dict.fromkeys(result.turns for result in self.shown if result.turns)
        return joined(
            (
                moves,
                filled(TURNED, rows, hvilke="; ".join(turned))
                if turned
                else filled(NONE_TURNED, rows),
            )
        )

    def figure(self) -> Picture | Text:
        """Two marks per result, each with its 95 per cent interval: unweighted above, weighted
        below. Nothing without weights."""
        if self.weighting is None:
            return Text("")
        return Picture(draw_svg(self, draw), self.alt(), self.record)

    def alt(self) -> str:
        """The figure in words: what it finds, then each result."""
        each = [
            f"{result.label}: {told(result.plain[1])} uden og {told(result.weighted[1])} med vægte"
            for result in self.shown
        ]
        return (
            f"Hovedresultaterne med og uden vægte. {self.tell()} {'; '.join(each)}. {self.source}"
        )

    def table(self, folded: bool = True) -> Html | Text:
        """One row per result: both shares with intervals, their difference, design effect,
        effective base, and whether it moves."""
        if self.weighting is None:
            return Text("")
        frame = pd.DataFrame([record(result) for result in self.results])
        made = html_table(frame, "tabel-vaegtet", CAPTION, self.stub, self.notes(), folded)
        return replace(made, record=self.record)

    def notes(self) -> list[str]:
        """What the columns of the results' table are."""
        used = {
            row.hidden
            for result in self.results
            for _, row in (result.plain, result.weighted)
            if row.hidden
        }
        finding = self.results[0].plain[0]
        return [
            f"I parentes: {finding.interval_note}, i pct. De vægtede tager højde for vægtene.",
            f"Flytter sig: Den vægtede andel ligger uden for den uvægtedes {AT_LEVEL}interval, "
            "begge i hele procent.",
            "Designeffekt: hvor mange gange flere svar der skal til, for at den vægtede andel "
            "bliver lige så sikker som uden vægte. "
            "Værd som: så mange svar med lige vægt.",
            *(f"{sign} {finding.rules.reason(why)}." for why, sign in SIGNS.items() if why in used),
            self.source,
        ]

    def data(self) -> pd.DataFrame:
        """One row per result: label, both shares and the ends of their intervals (0-1, missing when
        hidden), and base and effective base."""
        return pd.DataFrame(
            [
                {
                    "label": result.label,
                    "base": row.base,
                    "share": row.share,
                    **plain.ends(row),
                    "weighted": heavy.share,
                    "effective_base": heavy.effective,
                    **{f"weighted_{end}": value for end, value in weighted.ends(heavy).items()},
                }
                for result in self.results
                for (plain, row), (weighted, heavy) in [(result.plain, result.weighted)]
            ]
        )

    def margins(self, folded: bool = True) -> Html | Text:
        """One row per group: its part of the sample, of the answers, and of the weighted answers
        before and after the cap."""
        if self.weighting is None:
            return Text("")
        places = self.codebook.places
        caption = "Stikprøven, besvarelserne og de vægtede besvarelser"
        answers = self.weighting.margins.groupby("question")["answers"].sum()
        linked = (
            [
                f"{sentence(places.plural)}, der sendte ét fælles link, er kun med i fordelingen "
                f"på {places.singular}."
            ]
            if answers.nunique() > 1
            else []
        )
        notes = [
            "Afvigelse: de vægtede besvarelser efter loftet minus stikprøven, i procentpoint.",
            *linked,
            self.source,
        ]
        return html_table(
            margin_rows(self),
            "tabel-vaegte",
            caption,
            "Gruppe",
            notes,
            folded,
            opener="Vis fordelingerne i en tabel",
        )


def margin_rows(weighed: Weighed) -> pd.DataFrame:
    """The margins as a reader sees them, the groups of each question together.

    Answers are in whole per cent: they leave out municipalities with a common link, and finer
    shares would tell, against the counts of everybody, how many there are in a small group of
    those.
    """
    weighting = not_none(weighed.weighting)
    margins = weighting.margins
    whole = margins.groupby("question", sort=False)[
        ["people", "answers", "raked", "trimmed"]
    ].transform("sum")
    shares = margins[["people", "answers", "raked", "trimmed"]] / whole
    rows: Iterator[Any] = margins.itertuples()
    cut = weighting.cut > 0  # without a weight above the cap the two are the same
    return pd.DataFrame(
        [
            {
                PLACE: weighed.codebook.question(row.question).short,
                STUB: row.group,
                "Stikprøven": one(people),
                "Besvarelserne": pct(answers),
                "Vægtet": one(raked),
                **({"Efter loftet": one(trimmed)} if cut else {}),
                "Afvigelse": decimal(100 * row.gap + 0.0, 1).replace("-0,0", "0,0"),
            }
            for row, (people, answers, raked, trimmed) in zip(
                rows, shares.itertuples(index=False, name=None)
            )
        ]
    )


def one(share: float) -> str:
    """A share in per cent with one decimal."""
    return f"{decimal(100 * share, 1)} pct."


def record(result: Result) -> dict[str, str]:
    """A result's line in the table."""
    (plain, row), (weighted, heavy) = result.plain, result.weighted
    line = {
        STUB: result.label,
        "Uvægtet": with_interval(plain, row),
        "Vægtet": with_interval(weighted, heavy),
    }
    if not result.is_shown:
        return line | dict.fromkeys(("Designeffekt", "Værd som", "Flytter sig"), "")
    base, effective = not_none(heavy.base), not_none(heavy.effective)
    return line | {
        "Designeffekt": decimal(base / effective, 2),
        "Værd som": number(int(effective)),
        "Flytter sig": "ja" if result.moves else "nej",
    }


def with_interval(finding: Finding, row: Row) -> str:
    """A share and the ends of its interval: "79 pct. (78-80)"."""
    return share_text(row) if row.hidden else f"{share_text(row)} ({interval_text(finding, row)})"


def draw(weighed: Weighed) -> Figure:
    """The figure."""
    keys = [
        Key(f"{name}, med {AT_LEVEL}interval", colour, marker=marker)
        for name, colour, marker, _ in LOOKS
    ]
    labels = [result.label for result in weighed.results]
    texts = [
        (100, at_edge(*one))
        for result in weighed.results
        for one in (result.plain, result.weighted)
    ]
    sheet = new_sheet(labels, keys, [weighed.source], texts, room=34)
    for centre, result in zip(sheet.centres, weighed.results):
        for (_, colour, marker, down), (finding, row) in zip(
            LOOKS, (result.plain, result.weighted)
        ):
            draw_share(sheet, centre + down, finding, row, colour, marker)
    return sheet.figure


def at_edge(finding: Finding, row: Row) -> str:
    """A share and its interval at the edge of the figure."""
    return "skjult" if row.hidden else with_interval(finding, row)


def draw_share(
    sheet: Sheet, centre: float, finding: Finding, row: Row, colour: str, marker: str
) -> None:
    """A share's mark and interval, and its number at the right edge."""
    sheet.write_beside(centre, 100, at_edge(finding, row), QUIET if row.hidden else INK)
    if not row.hidden:
        low, high = finding.interval(row)
        sheet.draw_interval(centre, 100 * low, 100 * high, colour, 2)
        sheet.draw_mark(centre, 100 * not_none(row.share), marker, 6, colour)
