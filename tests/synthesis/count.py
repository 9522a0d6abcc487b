"""Printed rows counted straight from the Parquet file with pandas and fractions: nothing here comes
from the package."""

import csv
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML

DATA = Path(__file__).parents[2] / "data"
AGE_GROUPS = {
    "10-19 år": "18-29 år",
    "20-29 år": "18-29 år",
    "60-69 år": "60 år og derover",
    "70-79 år": "60 år og derover",
    "80-89 år": "60 år og derover",
}
SMALLEST_GROUP = 30


def answers(survey="citizens"):
    """One row per respondent, plain strings and booleans."""
    table = pd.read_parquet(DATA / "synthetic" / f"{survey}.parquet")
    return table.astype(
        {
            column: object
            for column in ("alder", "maalgruppe", "kommune", "koen", "uddannelse")
            if column in table
        }
    )


def stated_rows(survey="citizens"):
    """Every published row with a value or a claim that is not excepted, as a dict of strings."""
    with (DATA / "published" / f"{survey}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"] or row["statistic"] == "claim"]
    listed = YAML(typ="safe").load(DATA / "published" / "exceptions.yaml")["exceptions"]
    excepted = {row_id for one in listed for row_id in one["rows"]}
    return [row for row in rows if row["row_id"] not in excepted]


def frame(question):
    table = pd.read_csv(DATA / "frame" / f"{question}.csv")
    return dict(zip(table["label"], table["sample"]))


class Count:
    """Counts over one table of answers."""

    def __init__(self, table):
        self.table = table

    def inside(self, breakdown, group):
        if not breakdown:
            return pd.Series(True, index=self.table.index)
        column = self.table[breakdown]
        return (column.replace(AGE_GROUPS) if breakdown == "alder" else column) == group

    def ticked(self, question, answer):
        if question in self.table:
            return self.table[question] == answer
        return self.table[f"{question}: {answer}"].fillna(False).astype(bool)

    def answered(self, question):
        column = (
            question
            if question in self.table
            else next(c for c in self.table if c.startswith(f"{question}: "))
        )
        return self.table[column].notna()

    def options(self, question):
        if question in self.table:
            return list(self.table[question].dropna().unique())
        return [
            column.split(": ", 1)[1] for column in self.table if column.startswith(f"{question}: ")
        ]

    def count(self, question, chosen, breakdown="", group=""):
        where = self.inside(breakdown, group)
        return sum(int((where & self.ticked(question, answer)).sum()) for answer in chosen)

    def base(self, question, breakdown="", group=""):
        return int((self.inside(breakdown, group) & self.answered(question)).sum())

    def share(self, question, chosen, breakdown="", group=""):
        return Fraction(
            100 * self.count(question, chosen, breakdown, group),
            self.base(question, breakdown, group),
        )

    def groups(self, question, breakdown):
        column = (
            self.table[breakdown].replace(AGE_GROUPS)
            if breakdown == "alder"
            else self.table[breakdown]
        )
        return [
            group
            for group in sorted(column.dropna().unique())
            if self.base(question, breakdown, group) >= SMALLEST_GROUP
        ]

    def represented(self, question, chosen):
        known = frame(question)
        return self.share(question, chosen) - Fraction(
            100 * sum(int(known[a]) for a in chosen), int(sum(known.values()))
        )


def half_up(value, step):
    """`value` rounded to the nearest `step`, halves up."""
    return Fraction((value / step + Fraction(1, 2)).__floor__()) * step


def labels_hold(rows, count):
    """Whether the labels of one figure that have lost their places fit into it, each into a cell of
    its own, in order."""
    question, breakdown, step = (
        rows[0]["question"],
        rows[0]["breakdown"],
        Fraction(rows[0]["precision"]),
    )
    cells = [
        (answer, group)
        for answer in rows[0]["answers"].split(" | ")
        for group in rows[0]["compare"].split(" | ")
    ]
    rounded = [
        half_up(count.share(question, [answer], breakdown, group), step) for answer, group in cells
    ]
    values = [Fraction(row["value"]) for row in rows]
    return any(list(chosen) == values for chosen in combinations(rounded, len(values)))


def holds(row, count):
    """Whether the answers reproduce the row; a label without a place is looked at together with the
    others of its figure."""
    chosen = [answer for answer in row["answers"].split(" | ") if answer]
    place = (row["question"], chosen, row["breakdown"], row["group"])
    if row["statistic"] == "claim":
        return claim_holds(row, place, count)
    value, step = Fraction(row["value"]), Fraction(row["precision"] or 1)
    match row["statistic"]:
        case "share":
            return half_up(count.share(*place), step) == value
        case "count":
            return count.count(*place) == value
        case "base":
            return count.base(row["question"], row["breakdown"], row["group"]) == value
        case "difference":
            other = count.share(row["question"], chosen, row["breakdown"], row["compare"])
            return half_up(count.share(*place) - other, step) == value
        case "groups":
            return (
                sum(
                    count.count(row["question"], [option]) > 0
                    for option in count.options(row["question"])
                )
                == value
            )
        case "representation":
            return half_up(count.represented(row["question"], chosen), step) == value
        case "frame_count":
            return sum(frame(row["question"])[answer] for answer in chosen) == value
        case "frame_share":
            known = frame(row["question"])
            return (
                half_up(
                    Fraction(100 * int(sum(known[a] for a in chosen)), int(sum(known.values()))),
                    step,
                )
                == value
            )
    raise AssertionError(row["statistic"])


def claim_holds(row, place, count):
    question, chosen, breakdown, group = place
    low = Fraction(row["low"] or -1000)
    high = Fraction(row["high"] or 1000)
    by_group = (
        {g: count.share(question, chosen, breakdown, g) for g in count.groups(question, breakdown)}
        if chosen and breakdown
        else {}
    )
    others = [share for other, share in by_group.items() if other != group]
    match row["test"]:
        case "between":
            return low <= count.share(*place) <= high
        case "above":
            other = (
                count.share(question, chosen, breakdown, row["compare"])
                if row["compare"]
                else count.share(question, chosen)
            )
            return count.share(*place) > other and count.share(*place) - other >= low
        case "groups_between":
            return all(low <= share <= high for share in by_group.values())
        case "highest":
            return by_group[group] > max(others)
        case "lowest":
            return by_group[group] < min(others)
        case "no_difference":
            return max(by_group.values()) - min(by_group.values()) <= high
        case "most_common" | "ranked" | "frame_ranked":
            sizes = (
                frame(question)
                if row["test"] == "frame_ranked"
                else {o: count.count(question, [o]) for o in count.options(question)}
            )
            if row["test"] == "ranked":
                sizes.pop("Ved ikke", None)
            named = [sizes[answer] for answer in chosen]
            rest = max(size for answer, size in sizes.items() if answer not in chosen)
            return all(more > less for more, less in pairwise([*named, rest]))
        case "base_is":
            led = sum(
                count.count(asked, [a for a in chosen if a in count.options(asked)])
                for asked in row["compare"].split(" | ")
            )
            return count.base(question) == led
        case "base_within":
            return count.base(question, breakdown, group) == count.base(question) > 0
        case "best_represented" | "worst_represented":
            sign = 1 if row["test"] == "best_represented" else -1
            off = {
                option: sign * count.represented(question, [option]) for option in frame(question)
            }
            return min(off[a] for a in chosen) > max(
                number for option, number in off.items() if option not in chosen
            )
        case "rank_correlation_between":
            sizes = frame(question)
            off = {option: count.represented(question, [option]) for option in sizes}
            # the formula is for ranks without ties
            assert len(set(sizes.values())) == len(set(off.values())) == len(sizes)
            squares = sum(
                (sorted(sizes.values()).index(sizes[o]) - sorted(off.values()).index(off[o])) ** 2
                for o in sizes
            )
            return low <= 1 - Fraction(6 * squares, len(sizes) * (len(sizes) ** 2 - 1)) <= high
        case "group_share_between":
            return (
                low
                <= Fraction(100 * count.base(question, breakdown, group), count.base(question))
                <= high
            )
        case "representation_between":
            return low <= count.represented(question, chosen) <= high
        case "representations_between":
            return all(low <= count.represented(question, [answer]) <= high for answer in chosen)
        case "frame_counts_answers":
            municipal = frame(breakdown)
            return sum(frame(question).values()) == sum(municipal.values()) - municipal[
                group
            ] + count.count(breakdown, [group])
    raise AssertionError(row["test"])
