"""Sentences that hold where they stand: each is bound to a test on the same finding that the figure
shows.

A notebook gives the Danish template; the helper fills in numbers and names, chooses the template
that is true in the edition, and says so when an estimate is hidden. Use it as `say`:

    side.tell(say.shares(tilfredshed, "{glade} af borgerne er tilfredse.", glade="positive"))
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from helpers.disclosure.rules import LOW_BASE
from helpers.not_none import not_none
from helpers.page.beside import against
from helpers.page.contrasts import across, country, groups, runner_up
from helpers.page.danish import listed, number, pct, points, quoted
from helpers.page.findings import Finding, Row
from helpers.page.in_short import POSITIVE, across_statements, answered, headed, statements
from helpers.page.leaders import followers, leading
from helpers.page.sentences import NOTHING, Sentence, filled, is_hidden, joined
from helpers.page.several import (
    all_gave,
    between_groups,
    explained,
    most_in,
    recurring,
    same_overall,
    together,
    varies,
)
from helpers.page.telling import ABOUT, told
from helpers.page.words import all_words, in_words
from helpers.statistics.comparisons import MINIMUM_GROUP
from helpers.statistics.effective import worth
from helpers.statistics.intervals import interval
from helpers.statistics.outcomes import CLEARLY, MARGIN

__all__ = [
    "across",
    "against",
    "all_gave",
    "answered",
    "between_groups",
    "country",
    "everybody",
    "explained",
    "groups",
    "in_short",
    "method",
    "most_common",
    "most_in",
    "numbers",
    "one_peak",
    "part_of_base",
    "recurring",
    "runner_up",
    "same_overall",
    "shares",
    "statements",
    "together",
    "top",
    "uncertainty",
    "varies",
]

FLEST = "Flest har svaret {svar} ({andel})."
FLEST_LEVEL = "Flest har svaret {svar} (hver {andel})."
CLOSE_BEHIND = "Forskellen til {naest} kan være tilfældig."
SEVERAL_CLOSE = "Forskellen til de {antal} næste svar kan være tilfældig."
NAMED = 3  # so many that follow closely are named, more are counted
HOW_MANY_HIDDEN = "Hvor mange der er {gruppe}, er {grund}."
SURE = (
    "Tallet bygger på {base} svar, og med den statistiske usikkerhed kan det være alt fra {lav} "
    "til {hoej}."
)
METHOD = (
    "*Ordene på siden:* Højere og lavere siges kun om en forskel, som tilfældet ikke kan forklare, "
    "med »lidt« foran, når den er under {lidt}. Omtrent det samme siges kun, når forskellen med "
    "sikkerhed er mindre end {margen}. Ellers er svarene for få til at vide det; grupper med færre "
    "end {mindst} svar er ikke holdt op mod hinanden. Læsevejledningen fortæller mere om ordene."
)


@dataclass(frozen=True)
class Quantity:
    """One estimate inside a template: `{x}` is the share, `{x.antal}` the count (where it is told,
    else the share), `{x.base}` how many answered, `{x.i_ord}` the share in words, `{x.ord}` in one
    word, `{x.talt}` share and count where the count is told."""

    row: Row
    unit: str

    @property
    def antal(self) -> str:
        """The count where it is told, else the share."""
        return str(self) if self.row.count is None else number(self.row.count)

    @property
    def base(self) -> str:
        return number(not_none(self.row.base))

    @property
    def i_ord(self) -> str:
        row = self.row
        is_rough = row.is_coarse or row.is_open
        return told(row) if is_rough else in_words(not_none(row.share), self.unit)

    @property
    def ord(self) -> str:
        """The share in a word alone, "nogle få", "de fleste", or in the two words that are true of
        all that it can be; else in per cent."""
        words = all_words(not_none(self.row.low), not_none(self.row.high))
        return " eller ".join(words) if len(words) <= 2 else str(self)

    @property
    def talt(self) -> str:
        """The share with the count behind it, for a base so small that readers think of each one:
        "71 pct. (51 af 72)"."""
        return (
            str(self)
            if self.row.count is None
            else f"{self} ({number(self.row.count)} af {self.base})"
        )

    def __str__(self) -> str:
        return told(self.row)


def shares(finding: Finding, template: str, **answers: str | tuple[str, str]) -> Sentence:
    """The template with shares filled in; each name stands for an answer, or for a pair (group,
    answer)."""
    rows = {name: estimate(finding, wanted) for name, wanted in answers.items()}
    hidden = [row for row in rows.values() if row.hidden]
    if hidden:
        return is_hidden(finding, hidden)
    quantities = {name: Quantity(row, finding.codebook.unit.plural) for name, row in rows.items()}
    return filled(template, rows.values(), values=quantities)


def estimate(finding: Finding, wanted: str | tuple[str, str]) -> Row:
    """The estimate of an answer, or of a pair (group, answer)."""
    return finding.row(*reversed(wanted)) if isinstance(wanted, tuple) else finding.row(wanted)


def everybody(
    finding: Finding, every: str, otherwise: str, **answer: str | tuple[str, str]
) -> Sentence:
    """`every` when all who answered gave the answer, else `otherwise`; the one name in both stands
    for the answer, as in `shares`."""
    (wanted,) = answer.values()
    row = estimate(finding, wanted)
    return shares(finding, every if row.step == 0 and row.share == 1 else otherwise, **answer)


def most_common(finding: Finding, one: str = FLEST, several: str = FLEST_LEVEL) -> Sentence:
    """The answer that most people gave; several when they are level in whole per cent. Answers that
    it leads by no more than chance may explain are named after it."""
    rows = [finding.row(answer) for answer in finding.answers]
    leaders, others = leading(finding)
    if not leaders:
        return withheld(finding, rows)
    first = filled(
        one if len(leaders) == 1 else several,
        rows,
        svar=listed(quoted(finding.short(row.answer)) for row in leaders),
        andel=told(leaders[0]),
    )
    last = min(leaders, key=lambda row: not_none(row.share))
    return joined([first, *close_behind(finding, last, others)])


def top(
    finding: Finding, template: str, n: int = 3, skip: tuple[str, ...] = ("Andet", "Ved ikke")
) -> Sentence:
    """The `n` most common answers with their shares, in order, and those level with the last;
    `skip` names answers left out, and so are those that perhaps nobody gave.

    Answers that the last of them leads by no more than chance may explain are named after them.
    """
    rows = [row for row in map(finding.row, finding.answers) if row.answer not in skip]
    given = [row for row in rows if row.share]
    known = [row for row in given if not row.is_below]
    ranked = sorted(known, key=lambda row: -not_none(row.share))
    least = min((not_none(row.percent) for row in ranked[:n]), default=0)
    chosen = [row for row in ranked if not_none(row.percent) >= least]
    others = [row for row in rows if row not in chosen]
    if not chosen:
        return withheld(finding, rows)
    first = filled(
        template,
        rows,
        svar=listed(f"{quoted(finding.short(row.answer))} ({told(row)})" for row in chosen),
    )
    return joined([first, *close_behind(finding, chosen[-1], others)])


IN_SHORT = "Oftest nævnes {svar}."


def in_short(finding: Finding) -> Sentence:
    """The one sentence about any question, with what it is about in front: the positive share, the
    most common answers, or the two ends of a battery."""
    if finding.is_battery:
        return headed(finding, across_statements(finding))
    if finding.question.type == "multiple":
        return headed(finding, top(finding, IN_SHORT, n=2))
    if POSITIVE in finding.question.combined:
        return headed(finding, answered(finding, POSITIVE))
    return headed(finding, most_common(finding))


def one_peak(finding: Finding, template: str) -> Sentence:
    """That the shares of ordered answers rise up to the most common one and fall after it; nothing
    where they do not."""
    rows = [finding.row(answer) for answer in finding.answers]
    if not finding.question.ordered or any(row.hidden for row in rows):
        return NOTHING
    shares = [not_none(row.percent) for row in rows]
    top = shares.index(max(shares))
    rises, falls = shares[: top + 1], shares[top:]
    steady = rises == sorted(rises) and falls == sorted(falls, reverse=True)
    return (
        filled(template, rows)
        if steady and 0 < top < len(rows) - 1 and shares.count(shares[top]) == 1
        else NOTHING
    )


NOBODY_ANSWERED = "Ingen har valgt et af svarene på {spoergsmaal}."
TOO_COARSE = "Tallene er for grove til at sige, hvilke svar på {spoergsmaal} der er hyppigst."


def withheld(finding: Finding, rows: list[Row]) -> Sentence:
    """What is said instead of a ranking: which answers are hidden, that nobody gave any, or that
    all that is told is that few did."""
    hidden = [row for row in rows if row.hidden]
    template = TOO_COARSE if any(row.share for row in rows) else NOBODY_ANSWERED
    return (
        is_hidden(finding, hidden)
        if hidden
        else filled(template, rows, spoergsmaal=quoted(finding.wording))
    )


def close_behind(finding: Finding, last: Row, others: list[Row]) -> list[Sentence]:
    """That the lead on the next answers may be due to chance; nothing when it is certain."""
    near = sorted(followers(finding, last, others), key=lambda row: -not_none(row.share))
    if not near:
        return []
    if len(near) > NAMED:
        return [filled(SEVERAL_CLOSE, near, antal=number(len(near)))]
    return [
        filled(
            CLOSE_BEHIND,
            near,
            naest=listed(f"{quoted(finding.short(row.answer))} ({told(row)})" for row in near),
        )
    ]


def part_of_base(finding: Finding, group: str, template: str, least: float = 0.0) -> Sentence:
    """How large a part of those asked belong to a group: {andel}, {antal}, {base}, {i_ord}. Nothing
    where the question is withheld, or where the part may be `least` (0-1) or less."""
    if finding.is_withheld:
        return NOTHING
    part, whole = finding.base(group), finding.base()
    evidence = [finding.row(finding.answers[0], name) for name in (group, "")]
    if part is None or not whole:
        why = next((row.hidden for row in evidence if not row.base and row.hidden), LOW_BASE)
        return filled(
            HOW_MANY_HIDDEN,
            evidence,
            hidden=True,
            gruppe=finding.phrase(group),
            grund=finding.rules.reason(why),
        )
    more, of_more = (rounded_by(finding, name) for name in (group, ""))
    if least and part - more <= least * (whole + of_more):
        return NOTHING
    antal, base = (
        f"{ABOUT} {number(size)}" if by else number(size)
        for size, by in ((part, more), (whole, of_more))
    )
    andel, i_ord = part_told(part, whole, more, of_more, finding.codebook.unit.plural)
    return filled(template, evidence, andel=andel, antal=antal, base=base, i_ord=i_ord)


def rounded_by(finding: Finding, group: str) -> int:
    """How many people more or fewer there can be in a group of the edition than is told; nobody
    where its size is told exactly."""
    exact = finding.rules.exact
    sizes = {(one.question, one.breakdown, one.group) for one in exact.sizes}
    sized = (finding.question.id, not_none(finding.breakdown).id, group) in sizes
    known = finding.edition.is_country and (sized or (not group and exact.country_totals))
    return 0 if known else finding.rules.base_to // 2


def part_told(part: int, whole: int, more: int, of_more: int, unit: str) -> tuple[str, str]:
    """A part of a whole as a share and in words, where the two are `more` and `of_more` people from
    their numbers at most."""
    if not (more or of_more):
        return pct(part / whole), in_words(part / whole, unit)
    ends = (part - more) / (whole + of_more), min((part + more) / (whole - of_more), 1.0)
    between = f"mellem {number(floor(100 * ends[0]))} og {number(ceil(100 * ends[1]))} pct."
    return between, between


def uncertainty(finding: Finding, answer: str, template: str = SURE) -> Sentence:
    """How sure the share is: the ends of its 95 per cent interval."""
    row = finding.row(answer)
    if row.hidden:
        return is_hidden(finding, [row])
    low, high = finding.interval(row)
    # as if those who answered were drawn from endlessly many
    share, base = not_none(row.share), not_none(row.base)
    wide = interval(share, float(worth(share, row.width, base)))
    return filled(
        template,
        [row],
        base=f"{ABOUT} {number(base)}" if row.has_base_to(finding.rules.base_to) else number(base),
        lav=pct(low),
        hoej=pct(high),
        andel=told(row),
        lav_som_stikproeve=pct(wide.low),
        hoej_som_stikproeve=pct(wide.high),
    )


def numbers(template: str, **values: int) -> Sentence:
    """The template with whole numbers filled in, as counts are written in Danish."""
    return filled(template, values={name: number(value) for name, value in values.items()})


def method() -> Sentence:
    """What the page's comparisons mean, and its silence; for the foot of every page that
    compares."""
    return filled(METHOD, margen=points(MARGIN), lidt=points(CLEARLY), mindst=number(MINIMUM_GROUP))
