"""For each predicate: numbers under which each of its texts is said, and, for each text, numbers
that make what it claims false."""

from dataclasses import replace
from string import Formatter

import pytest
from altered import (
    base_of,
    counts_in,
    dealt,
    hidden,
    people,
    revealed,
    shifted,
    spread,
    stepped,
    times,
    with_rows,
)
from claim_calls import Never, own_scenes
from claim_changes import CHANGES
from claim_contrasts import CONTRASTS
from claim_front import FRONT, apart, half, surest
from claim_means import MEANS, place_alone
from claim_places import PLACES
from claim_several import SEVERAL

from helpers.disclosure.attack import KINDS
from helpers.disclosure.audit import COARSE, FOUND_OF_MANY, WHOLE
from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE
from helpers.page import (
    in_short,
    mean_words,
    narrative,
    representativeness,
    said_once,
    standings,
)
from helpers.page import printed_answers as printed
from helpers.page.comparison import Comparison
from helpers.page.development import Development
from helpers.page.page import Page


def first_statement(battery):
    """What is said of a battery's first statement; nothing where that is hidden."""
    first = f"»{battery.groups[0]}«"
    said = narrative.statements(battery)
    return next((one for one in said if one.text.startswith(first)), narrative.NOTHING)


def defaults(page, country, jobcentres):
    """Calls with the helpers' own texts alone, of which the notebooks do not make one each:
    (predicate, function, arguments)."""
    finding, line = (
        page.finding("tilfredshed"),
        jobcentres.finding("fremover").line("jobcentre", "positive"),
    )
    grouped = page.finding("tilfredshed", by="maalgruppe")
    yield "most_common", narrative.most_common, (finding,)
    yield "most_common", narrative.most_common, (page.finding("alder"),)
    yield "groups", narrative.groups, (grouped, "positive")
    yield "groups", narrative.groups, (page.finding("tilfredshed", by="koen"), "positive")
    yield "country", narrative.country, (finding, "positive")
    yield (
        "country",
        narrative.country,
        (page.finding("tilfredshed", by="koen"), "positive", "Kvinde"),
    )
    yield "uncertainty", narrative.uncertainty, (finding, "positive")
    yield "answered", narrative.answered, (finding, "positive")
    yield "in_short", narrative.in_short, (finding,)
    yield "statements", first_statement, (page.battery("udsagn"),)
    yield "top", narrative.top, (page.finding("kanal"), narrative.IN_SHORT, 2)
    templates = (in_short.DIFFER, in_short.DIFFER, in_short.ALIKE, in_short.SAME, in_short.UNEVEN)
    yield "groups", narrative.groups, (page.battery("udsagn"), "positive", *templates)
    yield "range", in_short.across_statements, (page.battery("udsagn"),)
    for known in ((300, 1000), None):
        yield "taking_part", representativeness.taking_part, (known,)
    yield "development", Development.tell, (page.development("tilfredshed", "positive"),)
    yield "turning", Page.turning, (page, finding, "positive")
    yield "means", mean_words.tell, (page.means("tilfredshed", by="maalgruppe"), page.mean_family)
    yield "place_alone", place_alone, (country.releasable, country.edition)
    for one in (grouped, page.finding("tilfredshed", by="koen")):
        yield "surest", surest, (one, "positive", "er tilfredse")
    yield "half", half, (finding, "positive", "er tilfredse")
    if not page.edition.is_country:
        differences = standings.make_differences(page.releasable, page.edition, ranked=False)
        alike = (narrative.country(page.finding("interesse"), "positive"),)
        yield "like_country", said_once.like_country, (alike, page.releasable.codebook)
        yield "apart", apart, (differences, True)
        yield "apart", apart, (differences, False)
    yield "rank", Comparison.rank, (country.municipalities("tilfredshed", "positive"), "Vejle")
    yield (
        "against",
        narrative.against,
        (
            line,
            finding.line("borgere", "positive"),
            "Mere: {en}, {to}.",
            "Ens: {en}, {to}.",
            "Mindre: {en}, {to}.",
        ),
    )


# --- say.shares, say.everybody, say.uncertainty: numbers of single estimates


def estimates_named(said):
    """(answer, group) of each estimate that the call names."""
    if said.predicate in ("uncertainty", "answered"):
        return [(said.given["answer"], "")]
    if said.predicate == "in_short":
        return [(in_short.main_answer(said.args[0]), "")]
    if said.predicate == "statements":
        return [(in_short.main_answer(said.args[0]), said.args[0].groups[0])]
    return [
        (wanted[1], wanted[0]) if isinstance(wanted, tuple) else (wanted, "")
        for wanted in said.kwargs.values()
        if not isinstance(wanted, str)
        or wanted not in (said.given.get("every"), said.given.get("otherwise"))
    ]


def estimate_scenes(said):
    finding, named = revealed(said.args[0]), estimates_named(said)
    answer, group = named[0]
    yield said.instead(finding)
    yield said.instead(hidden(finding, RECOGNISABLE, group))
    yield said.instead(hidden(finding, LOW_BASE, group))
    yield said.instead(shifted(finding, answer, 1, group=group))
    yield said.instead(shifted(finding, answer, -0.3, group=group))


def estimate_lies(said, args, part):
    finding = args[0]
    if part.hidden:
        yield said.instead(revealed(finding))
        return
    for answer, group in estimates_named(said):
        row = finding.row(answer, group)
        if row.hidden:
            continue
        yield said.instead(shifted(finding, answer, 0.3 if row.share < 0.6 else -0.3, group=group))
        yield said.instead(hidden(finding, LOW_BASE, group))
        if said.predicate == "everybody":
            yield said.instead(
                shifted(finding, answer, -1 / row.base if row.share == 1 else 1, group=group)
            )
        if said.predicate == "uncertainty":
            yield said.instead(times(finding, 0.2))


# --- say.most_common, say.top: what is most common


def skipped(said):
    return said.given.get("skip", ())


def ranking_scenes(said):
    finding = said.args[0]
    ranked = [answer for answer in finding.answers if answer not in skipped(said)]
    n, rest = (
        said.given.get("n", 1),
        {answer: 0 for answer in finding.answers if answer in skipped(said)},
    )
    falling = {answer: 4000 // 2**rank for rank, answer in enumerate(ranked)}
    base = 6000
    yield said.instead(dealt(finding, falling | rest, base))
    yield said.instead(dealt(finding, falling | rest | dict.fromkeys(ranked[: n + 1], 1000), base))
    close = {answer: 40 - rank // n for rank, answer in enumerate(ranked[: n + 1])} | dict.fromkeys(
        ranked[n + 1 :], 5
    )
    yield said.instead(dealt(finding, close | rest, 100))
    yield said.instead(
        dealt(finding, {answer: 40 - (rank >= n) for rank, answer in enumerate(ranked)} | rest, 100)
    )
    yield said.instead(hidden(dealt(finding, falling | rest, base), LOW_BASE))
    yield said.instead(hidden(dealt(finding, falling | rest, base), RECOGNISABLE))
    yield said.instead(told_to_be_few(finding))
    if rest:
        yield said.instead(dealt(finding, dict.fromkeys(ranked, 0) | dict.fromkeys(rest, 50), 50))


def told_to_be_few(finding):
    """The finding where all that is told of each answer is that few gave it."""
    return with_rows(
        finding,
        (
            stepped(row, 0, 10, 25) if row.place == finding.edition.name else row
            for row in finding.rows
        ),
    )


def ranking_lies(said, args, part):
    finding = args[0]
    if part.hidden:
        yield said.instead(revealed(finding))
        return
    if part.template in (narrative.CLOSE_BEHIND, narrative.SEVERAL_CLOSE):
        counts, base = (
            counts_in(finding, finding.edition.name, ""),
            base_of(finding, finding.edition.name, ""),
        )
        further = counts | {row.answer: people(row) // 5 for row in part.evidence}
        yield said.instead(times(dealt(finding, further, base), 400))
        # the same shares of many people; one step apart they could still be level
        if all(row.step == 0 for row in part.evidence):
            yield said.instead(times(finding, 400))
        return
    if part.template in (narrative.NOBODY_ANSWERED, narrative.TOO_COARSE):
        some = next(answer for answer in finding.answers if answer not in skipped(said))
        yield said.instead(dealt(finding, dict.fromkeys(finding.answers, 0) | {some: 500}, 500))
        return
    shown = sorted((row for row in part.evidence if not row.hidden), key=lambda row: -row.share)
    counts = counts_in(finding, finding.edition.name, "")
    base = base_of(finding, finding.edition.name, "")
    first, last = shown[0].answer, shown[-1].answer
    if shown[0].percent != shown[-1].percent:
        yield said.instead(
            dealt(finding, counts | {first: counts[last], last: counts[first]}, base)
        )
    yield said.instead(hidden(finding, LOW_BASE))
    yield said.instead(hidden(finding, RECOGNISABLE))
    yield said.instead(dealt(finding, counts | {last: counts[first] * 3 + 10}, base * 3 + 10))


# --- say.part_of_base, say.numbers, say.method

ALMOST_HALF = 0.53  # of which the words say that it is about half, and not "de fleste"


def part_scenes(said):
    finding, group = revealed(said.args[0]), said.given["group"]
    yield said.instead(finding)
    for part in (400, 100):
        yield said.instead(answered_by(answered_by(finding, 500), part, group))
    yield said.instead(hidden(finding, LOW_BASE, group))


def part_lies(said, args, part):
    finding, group = args[0], said.given["group"]
    if part.hidden:
        yield Never(said.instead(revealed(finding)))
        return
    other = answered_by(finding, 2 * finding.base())
    yield said.instead(other)
    yield said.instead(answered_by(other, max(10, finding.base(group) // 2), group))
    if least := said.given["least"]:
        below = least - 0.05 if "e fleste" not in part.template else ALMOST_HALF
        yield Never(
            said.instead(answered_by(answered_by(finding, 1000), round(1000 * below), group))
        )


def answered_by(finding, people, group=""):
    """The finding that so many in a group have answered."""
    counts = dict.fromkeys(finding.answers, 0) | {finding.answers[0]: people}
    return dealt(finding, counts, people, group=group)


def question_lies(said, args, part):
    finding = args[0]
    if part.template == narrative.INFERRED:
        plain = tuple(
            question.model_copy(
                update={
                    "source": "printed",
                    "options": tuple(
                        option.model_copy(update={"source": "printed"})
                        for option in question.options
                    ),
                }
            )
            for question in finding.questions
        )
        yield said.instead(replace(finding, questions=plain))
        return
    other = finding.question.model_copy(
        update={"text": "Noget andet?", "stem": "Noget andet:" if finding.question.stem else None}
    )
    yield said.instead(replace(finding, questions=(other, *finding.questions[1:])))
    yield said.instead(
        replace(
            finding,
            questions=(
                finding.question.model_copy(update={"asked_of": "andre"}),
                *finding.questions[1:],
            ),
        )
    )


def number_lies(said, args, part):
    for name, value in said.kwargs.items():
        yield lambda name=name, value=value: said.make(*args, **(said.kwargs | {name: value + 1}))


def method_lies(said, args, part):
    def said_of_more():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(narrative, "MARGIN", narrative.MARGIN + 0.01)
            return said.make()

    yield said_of_more


def reported_lies(said, args, part):
    side, row_id, _ = args

    def said_of(**changes):
        row = printed.row(side.releasable.codebook, row_id)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(printed, "row", lambda codebook, name: row._replace(**changes))
            return said.again(*args)

    row = printed.row(side.releasable.codebook, row_id)
    yield lambda: said_of(value=row.value + 1)
    yield lambda: said_of(page=row.page + 1)
    other = side.releasable.manifest.model_copy(update={"report": False})
    yield Never(said.instead(replace(side, releasable=replace(side.releasable, manifest=other))))
    yield Never(said.instead(replace(side, edition=side.releasable.editions[1])))


def unprinted_lies(said, args, part):
    side, *rest = args
    real = replace(
        side.releasable, manifest=side.releasable.manifest.model_copy(update={"synthetic": False})
    )
    yield (replace(side, releasable=real), *rest)
    if len(rest) > 1:
        yield (side, side.finding("metoder"), "Video")
        return
    codebook = side.releasable.codebook
    of_this = printed.unprinted(codebook, rest[0].questions)
    other = next(
        question
        for question in codebook.tabulated
        if printed.unprinted(codebook, (question,)) != of_this
    )
    yield (side, side.finding(other.id))


def reconciliation_lies(said, args, part):
    own, *rest = args
    for status in own.rows["status"].unique():
        rows = own.rows.copy()
        rows.loc[rows.index[rows["status"] != status][0], "status"] = status
        yield (replace(own, rows=rows), *rest)
    yield (replace(own, rows=own.rows.iloc[1:]), *rest)


# --- what is hidden

AUDITED = {
    "alle": "estimates",
    "skjulte": LOW_BASE,
    "andel": LOW_BASE,
    "helt": WHOLE,
    "groft": COARSE,
    "angrebet": "attacked",
    "fundet": KINDS[0],
    "mange": FOUND_OF_MANY,
}
IN_WHOLE_PER_CENT = ("andel", "helt", "groft")
THRESHOLDS = {"mindste_gruppe": "minimum_base", "afrunding": "base_to", "ingen_fra": "nobody_base"}


def audited_with(own, more=0, column="", **thresholds):
    """The audit where a column of its counts is so much higher in every edition, or the thresholds
    are others."""
    counts = own.audit.counts.assign(
        **({column: own.audit.counts[column] + more} if column else {})
    )
    return replace(
        own,
        audit=replace(
            own.audit, counts=counts, rules=own.audit.rules.model_copy(update=thresholds)
        ),
    )


def secrecy_scenes(said):
    own, *rest = said.args
    yield said.args
    yield (audited_with(own, 7, KINDS[0]), *rest)
    yield (audited_with(own, 3, FOUND_OF_MANY), *rest)


def secrecy_lies(said, args, part):
    own, *rest = args
    for name in [name for _, name, _, _ in Formatter().parse(part.template) if name]:
        if name in THRESHOLDS:
            field = THRESHOLDS[name]
            yield (audited_with(own, **{field: getattr(own.audit.rules, field) + 1}), *rest)
        else:  # a share in whole per cent does not change for one number
            yield (
                audited_with(
                    own,
                    own.audit.total("estimates") // 10 if name in IN_WHOLE_PER_CENT else 1,
                    AUDITED[name],
                ),
                *rest,
            )


# --- how many took part, and a battery of which no more can be told than its ends


def taking_part_lies(said, args, part):
    (known,) = args
    yield ((known[0] + 1, known[1]),) if known else ((300, 1000),)


def range_scenes(said):
    """Statements that so few have answered that they cannot be told apart."""
    battery = said.args[0]
    answer = in_short.main_answer(battery)
    yield (spread(battery, answer, (0.5, 0.55, 0.45), 40),)
    yield (spread(battery, answer, (0.5,), 40),)


def range_lies(said, args, part):
    battery = args[0]
    yield (spread(battery, in_short.main_answer(battery), (0.35, 0.65, 0.5), 40),)


ESTIMATES, RANKING = (estimate_scenes, estimate_lies), (ranking_scenes, ranking_lies)
PREDICATES = (
    CONTRASTS
    | SEVERAL
    | PLACES
    | CHANGES
    | MEANS
    | FRONT
    | {
        "shares": ESTIMATES,
        "everybody": ESTIMATES,
        "uncertainty": ESTIMATES,
        "most_common": RANKING,
        "top": RANKING,
        "answered": ESTIMATES,
        "in_short": ESTIMATES,
        "statements": ESTIMATES,
        "range": (range_scenes, range_lies),
        "taking_part": (own_scenes, taking_part_lies),
        "part_of_base": (part_scenes, part_lies),
        "question": (own_scenes, question_lies),
        "numbers": (own_scenes, number_lies),
        "method": (own_scenes, method_lies),
        "unprinted": (own_scenes, unprinted_lies),
        "reported": (own_scenes, reported_lies),
        "reconciliation": (own_scenes, reconciliation_lies),
        "secrecy": (secrecy_scenes, secrecy_lies),
    }
)
