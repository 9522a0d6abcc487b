"""What a reader can work out with pen and paper: one subtraction at a time, from the tables as they are printed.

Written apart from the project's own attack: it knows no equations, only that rows of a table add up.
"""

from itertools import product

import pandas as pd

COUNTRY = "hele-landet"


def worked_out(released, codebook, complete=True):
    """The hidden numbers that subtraction finds, by (edition, question, breakdown, group, answer).

    Where answers are left out (not `complete`), parts are only known to make up the whole when their bases do.
    """
    columns = ["edition", "question", "breakdown", "group", "answer"]
    names = list(zip(*(released[name].astype(str) for name in columns)))
    counts = {name: int(count) for name, count in zip(names, released["count"]) if pd.notna(count)}
    counts |= {name: 0 for name, hidden in zip(names, released["hidden"].astype(str)) if hidden == "ingen"}
    bases = {name[:4]: int(base) for name, base in zip(names, released["base"]) if pd.notna(base)}
    known = dict(counts)
    sums = list(totals(names, bases, codebook, complete))
    while True:
        before = len(known)
        for whole, parts, base in sums:
            left = [part for part in parts if part not in known]
            total = base if whole is None else known.get(whole)
            if total is not None and len(left) == 1:
                known[left[0]] = total - sum(known[part] for part in parts if part in known)
            elif whole is not None and total is None and not left:
                known[whole] = sum(known[part] for part in parts)
        if len(known) == before:
            return {name: value for name, value in known.items() if name not in counts}


def totals(names, bases, codebook, complete):
    """(the whole or None, its parts, the base that is the whole where there is none)."""
    present = set(names)
    editions = sorted({name[0] for name in names} - {COUNTRY})
    groups = {(b.id): [group.label for group in b.groups] for b in codebook.breakdowns}
    for question, (edition, breakdown) in product(codebook.tabulated, sorted({(name[0], name[2]) for name in names})):
        for group in groups.get(breakdown, [""]):
            table = (edition, question.id, breakdown, group)
            answers = [(*table, label) for label in question.labels]
            if not answers or answers[0] not in present:
                continue
            if question.type != "multiple" and table in bases:
                yield None, answers, bases[table]
            for combined in question.sums if question.type != "multiple" else ():
                yield (*table, combined.label), [(*table, label) for label in combined.options], None
            whole_country = (editions[0], *answers[0][1:]) in present and (complete or add_up(bases, table, [(town, *table[1:]) for town in editions]))
            if edition == COUNTRY and whole_country:
                for label in (*question.labels, *(one.label for one in question.sums)):
                    yield (*table, label), [(town, *table[1:], label) for town in editions], None
        tables = [(edition, question.id, breakdown, group) for group in groups.get(breakdown, ())]
        if breakdown and breakdown != "kommune" and (complete or add_up(bases, (edition, question.id, "", ""), tables)):
            for label in (*question.labels, *(one.label for one in question.sums)):
                whole, parts = (edition, question.id, "", "", label), [(edition, question.id, breakdown, group, label) for group in groups[breakdown]]
                if whole in present and set(parts) <= present:
                    yield whole, parts, None


def add_up(bases, whole, parts):
    """Whether the bases are all shown, and those of the parts make up the whole's."""
    return {whole, *parts} <= set(bases) and bases[whole] == sum(bases[part] for part in parts)
