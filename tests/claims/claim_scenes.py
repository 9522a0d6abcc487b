"""For each predicate: numbers under which each of its texts is said, and, for each text, numbers that make what it claims false."""

import inspect
from dataclasses import replace
from string import Formatter

import pytest
from altered import NOTHING_TOLD, base_of, counts_in, dealt, exact, hidden, leveled, people, put, revealed, shifted, stepped, times
from helpers.page import comparison, contrasts, development, frame, narrative, printed, weighed
from helpers.page.chance import tested
from helpers.page.comparison import Comparison
from helpers.page.development import Development, Earlier
from helpers.survey.disclosure.attack import KINDS
from helpers.survey.disclosure.audit import COARSE, FOUND_OF_MANY, WHOLE
from helpers.survey.disclosure.rules import LOW_BASE, RECOGNISABLE
from helpers.survey.editions import COUNTRY



def given(said, args=None):
    """The call's arguments by name, defaults too."""
    bound = inspect.signature(said.make).bind(*(said.args if args is None else args), **said.kwargs)
    bound.apply_defaults()
    return bound.arguments


def defaults(page, jobcentres):
    """Calls with the helpers' own texts alone, of which the notebooks do not make one each: (predicate, function, arguments)."""
    finding, line = page.finding("tilfredshed"), jobcentres.finding("fremover").line("jobcentre", "positive")
    grouped = page.finding("tilfredshed", by="maalgruppe")
    yield "most_common", narrative.most_common, (finding,)
    yield "most_common", narrative.most_common, (page.finding("alder"),)
    yield "groups", narrative.groups, (grouped, "positive")
    yield "country", narrative.country, (finding, "positive")
    yield "uncertainty", narrative.uncertainty, (finding, "positive")
    yield "development", Development.tell, (page.development("tilfredshed", "positive"),)
    yield "against", narrative.against, (line, finding.line("borgere", "positive"), "Mere: {en}, {to}.", "Ens: {en}, {to}.", "Mindre: {en}, {to}.")


def swapped_first(said, finding, *more):
    """The call's arguments with another finding in front."""
    return (finding, *more, *said.args[1 + len(more):])


# --- say.shares, say.everybody, say.uncertainty: numbers of single estimates

def estimates_named(said):
    """(answer, group) of each estimate that the call names."""
    if said.predicate == "uncertainty":
        return [(given(said)["answer"], "")]
    return [(wanted[1], wanted[0]) if isinstance(wanted, tuple) else (wanted, "") for wanted in said.kwargs.values()
            if not isinstance(wanted, str) or wanted not in (given(said).get("every"), given(said).get("otherwise"))]


def estimate_scenes(said):
    finding, named = revealed(said.args[0]), estimates_named(said)
    answer, group = named[0]
    yield swapped_first(said, finding)
    yield swapped_first(said, hidden(finding, RECOGNISABLE, group))
    yield swapped_first(said, hidden(finding, LOW_BASE, group))
    yield swapped_first(said, shifted(finding, answer, 1, group=group))
    yield swapped_first(said, shifted(finding, answer, -0.3, group=group))


def estimate_lies(said, args, part):
    finding = args[0]
    if part.hidden:
        yield swapped_first(said, revealed(finding))
        return
    for answer, group in estimates_named(said):
        row = finding.row(answer, group)
        if row.hidden:
            continue
        yield swapped_first(said, shifted(finding, answer, 0.3 if row.share < 0.6 else -0.3, group=group))
        yield swapped_first(said, hidden(finding, LOW_BASE, group))
        if said.predicate == "everybody":
            yield swapped_first(said, shifted(finding, answer, -1 / row.base if row.share == 1 else 1, group=group))
        if said.predicate == "uncertainty":
            yield swapped_first(said, times(finding, 0.2))


# --- say.most_common, say.top: what is most common

def skipped(said):
    return given(said).get("skip", ())


def ranking_scenes(said):
    finding = said.args[0]
    ranked = [answer for answer in finding.answers if answer not in skipped(said)]
    n, rest = given(said).get("n", 1), {answer: 0 for answer in finding.answers if answer in skipped(said)}
    falling = {answer: 4000 // 2 ** rank for rank, answer in enumerate(ranked)}
    base = 6000
    yield swapped_first(said, dealt(finding, falling | rest, base))
    yield swapped_first(said, dealt(finding, falling | rest | dict.fromkeys(ranked[:n + 1], 1000), base))
    close = {answer: 40 - rank // n for rank, answer in enumerate(ranked[:n + 1])} | dict.fromkeys(ranked[n + 1:], 5)
    yield swapped_first(said, dealt(finding, close | rest, 100))
    yield swapped_first(said, dealt(finding, {answer: 40 - (rank >= n) for rank, answer in enumerate(ranked)} | rest, 100))
    yield swapped_first(said, hidden(dealt(finding, falling | rest, base), LOW_BASE))
    yield swapped_first(said, hidden(dealt(finding, falling | rest, base), RECOGNISABLE))
    yield swapped_first(said, told_to_be_few(finding))
    if rest:
        yield swapped_first(said, dealt(finding, dict.fromkeys(ranked, 0) | dict.fromkeys(rest, 50), 50))


def told_to_be_few(finding):
    """The finding where all that is told of each answer is that few gave it."""
    return replace(finding, rows=tuple(stepped(row, 0, 10, 25) if row.place == finding.edition.name else row for row in finding.rows))


def ranking_lies(said, args, part):
    finding = args[0]
    if part.hidden:
        yield swapped_first(said, revealed(finding))
        return
    if part.template in (narrative.CLOSE_BEHIND, narrative.SEVERAL_CLOSE):
        counts, base = counts_in(finding, finding.edition.name, ""), base_of(finding, finding.edition.name, "")
        further = counts | {row.answer: people(row) // 5 for row in part.evidence}
        yield swapped_first(said, times(dealt(finding, further, base), 400))
        if all(row.step == 0 for row in part.evidence):  # the same shares of many people; one step apart they could still be level
            yield swapped_first(said, times(finding, 400))
        return
    if part.template in (narrative.NOBODY_ANSWERED, narrative.TOO_COARSE):
        some = next(answer for answer in finding.answers if answer not in skipped(said))
        yield swapped_first(said, dealt(finding, dict.fromkeys(finding.answers, 0) | {some: 500}, 500))
        return
    shown = sorted((row for row in part.evidence if not row.hidden), key=lambda row: -row.share)
    counts = counts_in(finding, finding.edition.name, "")
    base = base_of(finding, finding.edition.name, "")
    first, last = shown[0].answer, shown[-1].answer
    if shown[0].percent != shown[-1].percent:
        yield swapped_first(said, dealt(finding, counts | {first: counts[last], last: counts[first]}, base))
    yield swapped_first(said, hidden(finding, LOW_BASE))
    yield swapped_first(said, hidden(finding, RECOGNISABLE))
    yield swapped_first(said, dealt(finding, counts | {last: counts[first] * 3 + 10}, base * 3 + 10))


# --- say.groups, say.across: groups against each other

def group_scenes(said):
    finding, answer = said.args[0], given(said)["answer"]
    first, second, *_ = finding.groups
    level = leveled(finding, answer, 0.5, 2000)
    ends = put(put(level, answer, 1600, 2000, group=first), answer, 400, 2000, group=second)
    yield swapped_first(said, ends)
    yield swapped_first(said, put(level, answer, 1100, 2000, group=first))
    few = leveled(finding, answer, 0.5, 40)
    yield swapped_first(said, put(put(few, answer, 24, 40, group=first), answer, 17, 40, group=second))
    yield swapped_first(said, level)
    coarse = leveled(finding, answer, 0.4, 60)  # in steps of 5 in a municipality: the same step, the next, and the one after that
    for count in (24, 27, 30):
        yield swapped_first(said, put(coarse, answer, count, 60, group=first))
    if len(finding.groups) > 2:
        yield swapped_first(said, hidden(ends, RECOGNISABLE, group=finding.groups[2]))
    alone = level
    for group in finding.groups[1:]:
        alone = hidden(alone, LOW_BASE, group=group)
    yield swapped_first(said, alone)


def group_lies(said, args, part):
    finding, answer = args[0], given(said)["answer"]
    if part.hidden:
        yield swapped_first(said, leveled(finding, answer, 0.5, 2000))
        return
    compared = [finding.row(answer, group) for group in finding.groups]
    compared = [row for row in compared if not row.hidden and row.base >= 30]
    high, low = max(compared, key=lambda row: row.share), min(compared, key=lambda row: row.share)
    level = leveled(finding, answer, 0.5 if high.percent != 50 else 0.3, 2000)
    if high.percent != low.percent:
        yield swapped_first(said, level)
        many = 2000  # so that a share is not rounded to another per cent when it changes places
        swap = put(finding, answer, round(low.share * many), many, group=high.group)
        yield swapped_first(said, put(swap, answer, round(high.share * many), many, group=low.group))
        # What is left says another spread, or other groups; those level with the ends go with them.
        without = finding
        for row in compared:
            without = hidden(without, LOW_BASE, group=row.group) if row.percent == high.percent else without
        yield swapped_first(said, without)
    yield swapped_first(said, put(put(level, answer, 1900, 2000, group=finding.groups[-1]), answer, 100, 2000, group=finding.groups[0]))
    texts = {name: text for name, text in given(said).items() if name in ("differ", "alike", "unsure", "same")}
    if part.template == texts["differ"]:  # the same shares among few people may be due to chance
        small = finding
        for row in compared:
            small = put(small, answer, round(row.share * 31), 31, group=row.group)
        if round(high.share * 31) - round(low.share * 31) < 10:
            yield swapped_first(said, small)
    if part.template == texts["unsure"]:  # and among many they are not
        yield swapped_first(said, times(finding, 400))


def across_scenes(said):
    findings, answer = said.args
    level = tuple(leveled(finding, answer, 0.5, 2000) for finding in findings)
    yield (level, answer)
    yield ((put(put(level[0], answer, 1900, 2000, group=findings[0].groups[0]), answer, 100, 2000, group=findings[0].groups[1]), *level[1:]), answer)
    few = put(put(leveled(findings[0], answer, 0.5, 40), answer, 24, 40, group=findings[0].groups[0]), answer, 17, 40, group=findings[0].groups[1])
    yield ((few, *level[1:]), answer)
    alone = []
    for finding in level:
        for group in finding.groups[1:]:
            finding = hidden(finding, LOW_BASE, group=group)
        alone.append(finding)
    yield ((alone[0], *level[1:]), answer)
    yield (tuple(alone), answer)


def across_lies(said, args, part):
    findings, answer = args
    level = tuple(leveled(finding, answer, 0.5, 2000) for finding in findings)
    apart = tuple(put(put(one, answer, 1900, 2000, group=one.groups[0]), answer, 100, 2000, group=one.groups[-1]) for one in level)
    opposite = tuple(put(put(one, answer, 100, 2000, group=one.groups[0]), answer, 1900, 2000, group=one.groups[-1]) for one in level)
    at_fault = {row.group for row in part.evidence}
    yield (apart, answer)
    yield (opposite, answer)
    if part.hidden or not at_fault:
        yield (level, answer)


# --- say.country, say.against: two shares

def country_scenes(said):
    finding, answer, group = said.args[0], given(said)["answer"], given(said)["group"]
    if finding.edition.is_country:
        return
    for count, base, land in ((520, 1000, 5000), (800, 1000, 5000), (200, 1000, 5000), (24, 40, 5000)):
        both = put(put(finding, answer, count, base, group=group), answer, land, 10000, COUNTRY.name, group)
        yield swapped_first(said, both)
    yield swapped_first(said, hidden(both, LOW_BASE, group))


def country_lies(said, args, part):
    finding, answer, group = args[0], given(said)["answer"], given(said)["group"]
    land = finding.row(answer, group, COUNTRY.name)
    if part.template == contrasts.COUNTRY_ONLY:
        many = put(finding, answer, round(land.share * 20000), 20000, COUNTRY.name, group)
        yield swapped_first(said, put(many, answer, 30, 100, group=group))
        yield swapped_first(said, hidden(finding, LOW_BASE, group, COUNTRY.name))
        return
    home, share = finding.row(answer, group), land.share
    finding = put(finding, answer, round(share * 20000), 20000, COUNTRY.name, group)  # so many that anything fits into it
    branches = {name: text for name, text in given(said).items() if name in ("similar", "higher", "lower", "unsure")}
    far = {"up": min(1.0, share + 0.45), "down": max(0.0, share - 0.45)}
    for way in ("up", "down"):
        if branches["higher" if way == "up" else "lower"] != part.template and abs(far[way] - share) > 0.2:
            yield swapped_first(said, put(finding, answer, round(far[way] * 1000), 1000, group=group))
    if part.template != branches["similar"]:
        yield swapped_first(said, put(finding, answer, round(share * 1000), 1000, group=group))
    if part.template in (branches["higher"], branches["lower"]):  # few people, and a gap that may be due to chance
        yield swapped_first(said, put(finding, answer, min(10, round(share * 10) + 1), 10, group=group))
    if part.template == branches["unsure"]:
        yield swapped_first(said, put(finding, answer, round(home.share * 4000), 4000, group=group))
    yield swapped_first(said, hidden(finding, LOW_BASE, group))


def line_with(line, count, base, step=0):
    """The line where `count` of `base` gave the answer, told exactly or in steps of so many per cent."""
    return replace(line, row=stepped(line.row, count, base, step) if step else exact(line.row, count, base))


def line_hidden(line):
    return replace(line, row=replace(line.row, **NOTHING_TOLD, hidden=LOW_BASE))


def against_scenes(said):
    first, second = said.args[:2]
    for count, base, step in ((900, 1000, 0), (500, 1000, 0), (100, 1000, 0), (25, 40, 0), (30, 60, 5), (55, 60, 5), (5, 60, 5), (20, 40, 10)):
        yield swapped_first(said, line_with(first, count, base, step), line_with(second, 2500, 5000))
    yield swapped_first(said, line_hidden(first), line_with(second, 2500, 5000))


def against_lies(said, args, part):
    first, second = args[:2]
    if part.hidden:
        yield swapped_first(said, line_with(first, 500, 1000), line_with(second, 500, 1000))
        return
    (a, b), big = (first.row.share, second.row.share), 10000
    if abs(a - b) > 0.02:
        yield swapped_first(said, line_with(first, round(b * big), big), line_with(second, round(a * big), big))
    yield swapped_first(said, line_with(first, round(0.95 * big), big), line_with(second, round(0.05 * big), big))
    yield swapped_first(said, line_hidden(first), second)
    if part.template == given(said)["unsure"]:
        yield swapped_first(said, line_with(first, round(a * big), big), line_with(second, round(b * big), big))


# --- say.part_of_base, say.numbers, say.question, say.method

def part_scenes(said):
    finding, group = revealed(said.args[0]), given(said)["group"]
    yield swapped_first(said, finding)
    yield swapped_first(said, hidden(finding, LOW_BASE, group))


def part_lies(said, args, part):
    finding, group = args[0], given(said)["group"]
    if part.hidden:
        yield swapped_first(said, revealed(finding))
        return
    yield swapped_first(said, dealt(finding, {answer: 2 * n + 3 for answer, n in counts_in(finding, finding.edition.name, group).items()},
                                    2 * base_of(finding, finding.edition.name, group), group=group))


def own_scenes(said):
    yield said.args


def question_lies(said, args, part):
    finding = args[0]
    if part.template == narrative.INFERRED:
        plain = tuple(question.model_copy(update={"source": "printed", "options": tuple(
            option.model_copy(update={"source": "printed"}) for option in question.options)}) for question in finding.questions)
        yield swapped_first(said, replace(finding, questions=plain))
        return
    other = finding.question.model_copy(update={"text": "Noget andet?", "stem": "Noget andet:" if finding.question.stem else None})
    yield swapped_first(said, replace(finding, questions=(other, *finding.questions[1:])))
    yield swapped_first(said, replace(finding, questions=(finding.question.model_copy(update={"asked_of": "andre"}), *finding.questions[1:])))


def number_lies(said, args, part):
    for name, value in said.kwargs.items():
        yield lambda name=name, value=value: said.make(*args, **(said.kwargs | {name: value + 1}))


def method_lies(said, args, part):
    def said_of_more():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(narrative, "PAGE_COMPARISONS", narrative.PAGE_COMPARISONS + 1)
            return said.make()

    yield said_of_more


def unprinted_lies(said, args, part):
    side, *rest = args
    real = replace(side.releasable, manifest=side.releasable.manifest.model_copy(update={"synthetic": False}))
    yield (replace(side, releasable=real), *rest)
    if len(rest) > 1:
        yield (side, side.finding("metoder"), "Video")
        return
    codebook = side.releasable.codebook
    of_this = printed.unprinted(codebook, rest[0].questions)
    other = next(question for question in codebook.tabulated if printed.unprinted(codebook, (question,)) != of_this)
    yield (side, side.finding(other.id))


def reconciliation_lies(said, args, part):
    own, *rest = args
    for status in own.rows["status"].unique():
        rows = own.rows.copy()
        rows.loc[rows.index[rows["status"] != status][0], "status"] = status
        yield (replace(own, rows=rows), *rest)
    yield (replace(own, rows=own.rows.iloc[1:]), *rest)


# --- what is hidden

AUDITED = {"alle": "estimates", "skjulte": LOW_BASE, "andel": LOW_BASE, "helt": WHOLE, "groft": COARSE, "angrebet": "attacked", "fundet": KINDS[0],
           "mange": FOUND_OF_MANY}
IN_WHOLE_PER_CENT = ("andel", "helt", "groft")
THRESHOLDS = {"mindste_gruppe": "minimum_base", "afrunding": "base_to", "ingen_fra": "nobody_base"}


def audited_with(own, more=0, column="", **thresholds):
    """The audit where a column of its counts is so much higher in every edition, or the thresholds are others."""
    counts = own.audit.counts.assign(**({column: own.audit.counts[column] + more} if column else {}))
    return replace(own, audit=replace(own.audit, counts=counts, rules=own.audit.rules.model_copy(update=thresholds)))


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
            yield (audited_with(own, own.audit.total("estimates") // 10 if name in IN_WHOLE_PER_CENT else 1, AUDITED[name]), *rest)


# --- the frame, the funnel

def frame_scenes(said):
    own, *rest = said.args
    yield said.args
    if not own.rows:
        return
    first, *others = own.rows
    total = own.invited
    for part in (0.5, 2.0, 1.0):
        yield (replace(own, rows=(replace(first, answered=round(first.invited * part * 0.2)), *(
            replace(row, answered=round(row.invited * (total - first.invited * part) / max(1, total - first.invited) * 0.2)) for row in others))), *rest)
    yield (replace(own, rows=()), *rest)
    yield (replace(own, rows=(replace(first, answered=None), *others)), *rest)


def frame_lies(said, args, part):
    own, *rest = args
    template = {name: text for name, text in given(said).items() if name in ("over", "under", "alike")}
    full = said.args[0]
    if part.template in (frame.UNKNOWN, frame.HIDDEN):
        yield (replace(full, rows=tuple(replace(row, answered=row.invited) for row in full.rows)), *rest)
        return
    if part.template == template["alike"]:
        yield (replace(own, rows=(replace(own.rows[0], answered=5 * own.invited), *own.rows[1:])), *rest)
        return
    yield (replace(own, rows=tuple(replace(row, answered=row.invited) for row in own.rows)), *rest)


def link_scenes(said):
    places, municipalities, *others = said.args
    yield said.args
    yield ((), municipalities, *others)
    yield (places, municipalities, *(replace(one, rows=municipalities.rows) for one in others))


def link_lies(said, args, part):
    places, municipalities, *others = args
    if part.template == frame.NO_COMMON_LINK:
        yield (said.args[0], municipalities, *others)
        return
    yield ((), municipalities, *others)
    more = tuple(replace(row, invited=row.invited + 100) for row in municipalities.rows)
    if part.template == frame.COMMON_KNOWN:
        yield (places, replace(municipalities, rows=more), *others)
    else:
        yield (places, municipalities, *said.args[2:])


def funnel_finding(own, shares, base=500):
    """The comparison where the municipalities have these shares, over and over, and the whole country what they make."""
    finding, total = own.finding, 0
    for number, group in enumerate(finding.groups):
        count = round(shares[min(number, len(shares) - 1)] * base)
        finding, total = put(finding, own.answer, count, base, group=group), total + count
    finding = put(finding, own.answer, total, base * len(finding.groups))
    return Comparison(replace(finding, family=family_of(own, finding)), own.answer)


def family_of(own, finding):
    """The test of the comparison's own question alone."""
    from helpers.survey.comparisons import Comparison as Tested
    from helpers.survey.comparisons import Family
    from helpers.survey.inference.corrections import adjusted
    from helpers.survey.inference.differences import share_difference

    rows = [finding.row(own.answer, group) for group in finding.groups]
    test = share_difference(*zip(*map(tested, rows)))
    return Family({(finding.question.id, finding.breakdown.id, finding.label(own.answer)): Tested(test, float(adjusted([test.p])[0]))})


def funnel_scenes(said):
    own = said.args[0]
    for shares in ((0.5,), (0.9, 0.5), (0.1, 0.5), (0.555, 0.5), (0.9, 0.525, 0.41)):
        yield (funnel_finding(own, shares),)
    level = funnel_finding(own, (0.5,))
    yield (replace(level, finding=hidden(level.finding, RECOGNISABLE)),)


def funnel_lies(said, args, part):
    own = args[0]
    if part.hidden:
        yield (funnel_finding(own, (0.5,)),)
        return
    if part.template != comparison.DIFFERENT:
        yield (funnel_finding(own, (0.05, 0.95, 0.4)),)
    if part.template != comparison.MAYBE:
        yield (funnel_finding(own, (0.7,)),)


# --- development over time, and results with and without weights

CHANGE = ("Ordlyden er ændret; dengang lød den »Er du glad?«",)


def rounds(own, then, now, told=()):
    """The development where `then` and `now` are (count, base) of the edition in two rounds; None is no answer to compare with."""
    before = None if then is None else put(own.finding, own.answer, *then)
    return replace(own, finding=put(own.finding, own.answer, *now), earlier=(Earlier("2019", before, told),))


def development_scenes(said):
    own = said.args[0]
    for then, now in (((500, 1000), (800, 1000)), ((800, 1000), (500, 1000)), ((20, 40), (24, 40)), ((500, 1000), (510, 1000))):
        yield (rounds(own, then, now),)
    yield (rounds(own, (500, 1000), (800, 1000), CHANGE),)
    yield (rounds(own, None, (800, 1000), ("Spørgsmålet blev ikke stillet.",)),)
    seen = rounds(own, (500, 1000), (800, 1000))
    yield (replace(seen, earlier=(replace(seen.earlier[0], finding=hidden(seen.earlier[0].finding, LOW_BASE)),)),)
    yield (replace(seen, finding=hidden(seen.finding, LOW_BASE)),)
    yield (replace(own, earlier=()),)


def development_lies(said, args, part):
    own = args[0]
    for then, now, template in (((500, 1000), (900, 1000), development.RISEN), ((900, 1000), (450, 1000), development.FALLEN),
                                ((700, 1000), (705, 1000), development.LEVEL), ((18, 40), (23, 40), development.UNSURE)):
        if part.template != template:
            yield (rounds(own, then, now),)
    if part.template in (development.RISEN, development.FALLEN):  # the same shares among few people may be due to chance
        then, now = own.earlier[0].finding.row(own.answer), own.finding.row(own.answer)
        yield (rounds(own, (round(then.share * 20), 20), (round(now.share * 20), 20)),) if abs(then.share - now.share) < 0.35 else (
            rounds(own, (round(now.share * 1000), 1000), (round(then.share * 1000), 1000)),)
    if part.template == development.UNSURE:  # and among many they are not
        yield (rounds(own, (2000, 4000), (2400, 4000)),)


def result_with(result, count, base, weighted):
    """A result that `count` of `base` gave without weights, and a share with them; no other option was given in multiple choice."""
    finding, row = result.plain
    nobody = dealt(finding, dict.fromkeys(finding.answers, 0), base, group=row.group) if finding.question.type == "multiple" else finding
    plain = put(nobody, row.answer, count, base, group=row.group)
    told = {"share": weighted, "low": weighted - 0.005, "high": weighted + 0.005, "step": 1.0, "count": None}
    own = replace(plain.row(row.answer, row.group), **told, effective_base=float(base))
    rows = tuple(own if (one.place, one.group, one.answer) == (own.place, own.group, own.answer) else one for one in plain.rows)
    return replace(result, plain=(plain, plain.row(row.answer, row.group)), weighted=(replace(plain, rows=rows), own))


def weighed_with(own, *shares):
    """The results where the weighted shares are these, over and over, and the unweighted are 60 per cent."""
    return replace(own, results=tuple(result_with(result, 600, 1000, shares[number % len(shares)]) for number, result in enumerate(own.results)))


def weighed_scenes(said):
    own = said.args[0]
    for shares in ((0.6,), (0.9,), (0.6, 0.9), (0.6, 0.3)):
        yield (weighed_with(own, *shares),)


def weighed_lies(said, args, part):
    own = args[0]
    for shares, templates in (((0.61,), (weighed.NONE_MOVED, weighed.NONE_TURNED)), ((0.8,), (weighed.ALL_MOVED, weighed.NONE_TURNED)),
                              ((0.2, 0.59), (weighed.MOVED, weighed.TURNED))):
        if part.template not in templates:
            yield (weighed_with(own, *shares),)
    if part.template in (weighed.MOVED, weighed.ALL_MOVED):
        yield (weighed_with(own, 0.6),)
    if part.template == weighed.TURNED:
        yield (weighed_with(own, 0.6),)


def weights_with(own, **changes):
    return replace(own, weighting=replace(own.weighting, **changes))


def weights_scenes(said):
    own = said.args[0]
    yield said.args
    yield (weights_with(own, cut=0, largest=1.4),)
    yield (weights_with(own, cut=7),)


def weights_lies(said, args, part):
    own = args[0]
    made = own.weighting
    further = made.margins.assign(raked=made.margins["raked"] + 3)
    changed = {weighed.REACHED: [{"margins": further}], weighed.CUT: [{"cut": made.cut + 1}, {"cut": 0}, {"cap": made.cap + 1}],
               weighed.UNCUT: [{"cut": 3}, {"largest": made.largest + 1}],
               weighed.COST: [{"design_effect": made.design_effect + 1}, {"respondents": made.respondents + 100}]}
    yield from ((weights_with(own, **change),) for change in changed[part.template])


ESTIMATES, RANKING, OWN = (estimate_scenes, estimate_lies), (ranking_scenes, ranking_lies), (own_scenes, question_lies)
PREDICATES = {
    "shares": ESTIMATES, "everybody": ESTIMATES, "uncertainty": ESTIMATES, "most_common": RANKING, "top": RANKING,
    "groups": (group_scenes, group_lies), "across": (across_scenes, across_lies), "country": (country_scenes, country_lies),
    "against": (against_scenes, against_lies), "part_of_base": (part_scenes, part_lies), "question": OWN,
    "numbers": (own_scenes, number_lies), "method": (own_scenes, method_lies), "unprinted": (own_scenes, unprinted_lies),
    "reconciliation": (own_scenes, reconciliation_lies), "secrecy": (secrecy_scenes, secrecy_lies),
    "development": (development_scenes, development_lies), "weighed": (weighed_scenes, weighed_lies), "weights": (weights_scenes, weights_lies),
    "representation": (frame_scenes, frame_lies), "common_links": (link_scenes, link_lies), "comparison": (funnel_scenes, funnel_lies),
}
