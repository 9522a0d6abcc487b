"""Sentences about several shares at once: numbers that make each of their texts true, and false."""

from dataclasses import replace

from altered import NOTHING_TOLD, dealt, exact, hidden, put, spread, stepped
from claim_calls import Never
from claim_chance import are_alike, may_be_chance, measured
from claim_contrasts import FEW, bears_out, compared, of_few

from helpers.disclosure.rules import LOW_BASE
from helpers.statistics.outcomes import Outcome

# --- say.against: shares of two surveys


def line_with(line, count, base, step=0):
    """A line where `count` of `base` gave the answer, exactly or in steps of so many per cent."""
    row = line.row
    return replace(line, row=stepped(row, count, base, step) if step else exact(row, count, base))


def with_share(line, share, base):
    """A line where so large a share of `base` gave the answer."""
    return line_with(line, round(share * base), base)


def line_hidden(line):
    return replace(line, row=replace(line.row, **NOTHING_TOLD, hidden=LOW_BASE))


def told_by(*lines):
    return [measured(line.finding, line.row) for line in lines]


def against_scenes(said):
    first, second = said.args[:2]
    exactly = ((900, 1000), (500, 1000), (100, 1000), (5300, 10000), (4700, 10000), (23, 40))
    in_steps = ((30, 60, 5), (55, 60, 5), (5, 60, 5), (20, 40, 10))
    for count, base, *step in (*exactly, *in_steps):
        yield said.instead(line_with(first, count, base, *step), line_with(second, 2500, 5000))
    yield said.instead(line_hidden(first), line_with(second, 2500, 5000))
    yield said.instead(line_with(first, 500, 1000), line_hidden(second))


def against_lies(said, args, part):
    first, second = args[:2]
    big, one, other = 10000, first.row.share, second.row.share
    level = [line_with(line, big // 2, big) for line in (first, second)]
    if part.hidden:
        yield Never(said.instead(*level))
        return
    if abs(one - other) > 0.02:
        yield said.instead(with_share(first, other, big), with_share(second, one, big))
    if part.outcome != Outcome.ALIKE:
        yield Never(said.instead(*level))
    for near, far in ((0.95, 0.05), (0.05, 0.95)):
        lie = said.instead(with_share(first, near, big), with_share(second, far, big))
        true = part.outcome == Outcome.CLEAR and (near > far) == (one > other)
        yield lie if true else Never(lie)
    yield Never(said.instead(line_hidden(first), second))
    yield Never(said.instead(first, line_hidden(second)))
    few = [with_share(line, line.row.share, FEW) for line in (first, second)]
    if not bears_out(part, told_by(*few)):
        yield Never(said.instead(*few))
    if part.outcome == Outcome.UNTOLD:
        yield Never(said.instead(with_share(first, one, big), with_share(second, other, big)))


# --- say.recurring, say.varies, say.most_in: one thing that several questions ask about


def one_above_the_other(lines):
    """The lines with 30 per cent, 40, and so on."""
    return tuple(line_with(line, 300 + 100 * at, 1000) for at, line in enumerate(lines))


def recurring_scenes(said):
    lines = said.args[0]
    yield said.instead(one_above_the_other(lines))
    yield said.instead(tuple(line_with(line, 50, 1000) for line in lines))
    yield said.instead((line_hidden(lines[0]), *lines[1:]))


def recurring_lies(said, args, part):
    lines = args[0]
    # Each in its turn hardly has it, or is hidden, or has it more than any.
    for at, line in enumerate(lines):
        for lie in (line_with(line, 50, 1000), line_hidden(line)):
            yield Never(said.instead((*lines[:at], lie, *lines[at + 1 :])))
        yield said.instead((*lines[:at], line_with(line, 990, 1000), *lines[at + 1 :]))


def most_in_scenes(said):
    first, *others = said.args[0]
    less = tuple(line_with(line, 300, 1000) for line in others)
    for count in (700, 300, 100):
        yield said.instead((line_with(first, count, 1000), *less))
    yield said.instead((line_with(first, 320, 1000), *less[:-1], line_hidden(less[-1])))
    yield said.instead((line_hidden(first), *less))


def most_in_lies(said, args, part):
    first, *others = args[0]
    if part.hidden:
        yield Never(said.instead((line_with(first, 700, 1000), *others)))
        return
    yield Never(said.instead((line_hidden(first), *others)))
    # Each in its turn has as much, or more, or it is not known how much.
    for at, line in enumerate(others):
        as_much, more = with_share(line, first.row.share, 1000), line_with(line, 995, 1000)
        for lie in (as_much, more, line_hidden(line)):
            yield Never(said.instead((first, *others[:at], lie, *others[at + 1 :])))
    shown = [line for line in (first, *others) if not line.row.hidden]
    few = [with_share(line, line.row.share, FEW) for line in shown]
    if any(may_be_chance(*told_by(few[0], line)) for line in few[1:]):
        yield Never(said.instead(tuple(few)))


def varies_scenes(said):
    lines = said.args[0]
    yield said.instead(one_above_the_other(lines))
    yield said.instead(tuple(line_with(line, 300, 1000) for line in lines))
    first, second = line_with(lines[0], 700, 1000), line_with(lines[1], 300, 1000)
    yield said.instead((first, second, *map(line_hidden, lines[2:])))


def varies_lies(said, args, part):
    lines = args[0]
    yield Never(said.instead(tuple(line_with(line, 500, 1000) for line in lines)))
    yield Never(said.instead((lines[0], *map(line_hidden, lines[1:]))))
    few = tuple(with_share(line, line.row.share, FEW) for line in lines if not line.row.hidden)
    if may_be_chance(*told_by(*few)):
        yield Never(said.instead(few))


# --- say.all_gave, say.together, say.one_peak: several answers


def all_gave_scenes(said):
    finding, (_, _, *answers) = said.args[0], said.args
    yield said.args
    for base in (60, 72):
        whole = finding
        for answer in answers:
            whole = put(whole, answer, base, base)
        yield said.instead(whole)


def all_gave_lies(said, args, part):
    finding, _, *answers = args
    base = finding.base()
    for answer in answers:  # each in its turn was not given by one
        yield Never(said.instead(put(finding, answer, base - 1, base)))
    yield Never(said.instead(hidden(finding, LOW_BASE)))
    for answer in answers:
        finding = put(finding, answer, base + 3, base + 3)
    yield said.instead(finding)


def together_lies(said, args, part):
    finding, _, *answers = args
    base = finding.base()
    for answer in answers:
        yield said.instead(put(finding, answer, round(0.95 * base), base))
        yield said.instead(put(finding, answer, round(0.05 * base), base))
    yield Never(said.instead(hidden(finding, LOW_BASE)))


def own_and_hidden(said):
    yield said.args
    yield said.instead(hidden(said.args[0], LOW_BASE))


def peak_scenes(said):
    finding = said.args[0]
    yield said.args
    counts = peak(len(finding.answers))
    for told in (counts, counts[::-1]):
        yield said.instead(dealt(finding, dict(zip(finding.answers, told))))


def peak(answers):
    """So many counts that rise to one of them and fall after it."""
    return [1000 - 100 * abs(at - answers // 2) for at in range(answers)]


def peak_lies(said, args, part):
    finding = args[0]
    answers, counts = finding.answers, peak(len(finding.answers))
    valley, rising, level = [1200 - count for count in counts], sorted(counts), [500] * len(counts)
    two = [count + 900 * (at == 0) for at, count in enumerate(counts)]
    for other in (valley, rising, rising[::-1], level, two):
        yield Never(said.instead(dealt(finding, dict(zip(answers, other)))))
    yield Never(said.instead(hidden(finding, LOW_BASE)))


# --- say.between_groups, say.same_overall: several groups


def between_scenes(said):
    finding, answer = said.args[0], said.given["answer"]
    yield said.args
    yield said.instead(spread(finding, answer, (0.8, 0.2, 0.5), 70))
    yield said.instead(spread(finding, answer, (0.2, 0.8, 0.4, 0.5), 70))


def between_lies(said, args, part):
    finding, answer, but = args[0], said.given["answer"], said.given["but"]
    for group in finding.groups:
        if group != finding.group(but):
            yield Never(said.instead(hidden(finding, LOW_BASE, group=group)))
            yield said.instead(put(finding, answer, 69, 70, group=group))
            yield said.instead(put(finding, answer, 1, 70, group=group))


def overall_with(finding, counts, base, *others):
    """The finding where the groups gave the answers so often, those after the first some of them by
    `others`."""
    for at, group in enumerate(finding.groups):
        finding = dealt(finding, counts | (others[0] if others and at else {}), base, group=group)
    return finding


def overall_scenes(said):
    finding = said.args[0]
    counts = {answer: 600 + 10 * at for at, answer in enumerate(finding.answers)}
    one_apart = {finding.answers[0]: 1200}
    yield said.args
    yield said.instead(overall_with(finding, counts, 2000))
    yield said.instead(overall_with(finding, counts, 2000, one_apart))


def overall_lies(said, args, part):
    finding = args[0]
    counts = dict.fromkeys(finding.answers, 600)
    two_apart = dict.fromkeys(finding.answers[:2], 1500)
    yield Never(said.instead(overall_with(finding, counts, 2000, two_apart)))
    few = finding
    for answer in finding.answers:
        few = of_few(few, answer)
    told = ([measured(few, row) for row in compared(few, answer)] for answer in finding.answers)
    alike = [are_alike(*shares) for shares in told]
    if alike.count(False) > 1:
        yield Never(said.instead(few))


# --- say.explained: the group lowest in one answer is the highest in another


def explained_scenes(said):
    finding, answer, cause, why, *_ = said.args
    yield said.instead(
        spread(finding, answer, (0.3, 0.7), 2000), answer, spread(cause, why, (0.7, 0.3), 2000)
    )
    yield said.args


def explained_lies(said, args, part):
    finding, answer, cause, why, *_ = args
    far, level = (0.7, 0.3), (0.5,)
    low_first, high_first = spread(finding, answer, (0.3, 0.7), 2000), spread(cause, why, far, 2000)
    yield Never(said.instead(spread(finding, answer, level, 2000), answer, high_first))
    yield Never(said.instead(low_first, answer, spread(cause, why, level, 2000)))
    # another group is the lowest
    yield Never(said.instead(spread(finding, answer, far, 2000), answer, high_first))


SEVERAL = {
    "against": (against_scenes, against_lies),
    "recurring": (recurring_scenes, recurring_lies),
    "most_in": (most_in_scenes, most_in_lies),
    "varies": (varies_scenes, varies_lies),
    "all_gave": (all_gave_scenes, all_gave_lies),
    "together": (own_and_hidden, together_lies),
    "one_peak": (peak_scenes, peak_lies),
    "between_groups": (between_scenes, between_lies),
    "same_overall": (overall_scenes, overall_lies),
    "explained": (explained_scenes, explained_lies),
}
