"""The frame as raking needs it: margins that agree with each other, and each respondent's group in
every one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import UserError
from helpers.statistics.weighting.settings import Margin, OwnLink, Settings
from helpers.survey.codebook import Codebook
from helpers.survey.frame import Frame


@dataclass(frozen=True, eq=False)
class Target:
    """One margin: how many people of the frame are in each group, and the group's number for each
    respondent."""

    question: str
    labels: tuple[str, ...]
    people: np.ndarray
    codes: np.ndarray

    @property
    def answers(self) -> np.ndarray:
        """How many respondents are in each group."""
        return self.weighted(np.ones(len(self.codes)))

    def weighted(self, weights: np.ndarray) -> np.ndarray:
        """The sum of weights in each group."""
        return np.bincount(self.codes, weights=weights, minlength=len(self.labels))

    def of(self, respondents: np.ndarray, people: np.ndarray) -> Target:
        """The same margin for some respondents, with other people; groups that are empty of both
        are left out."""
        codes = self.codes[respondents]
        used = (people > 0) | (np.bincount(codes, minlength=len(people)) > 0)
        number = np.cumsum(used) - 1
        return Target(
            self.question,
            tuple(label for label, keep in zip(self.labels, used) if keep),
            people[used],
            number[codes],
        )


def margin_of(margin: Margin, answers: pd.DataFrame, frame: Frame, codebook: Codebook) -> Target:
    """The margin as the frame prints it. Raises UserError when an answer is missing or the frame
    lacks it."""
    title = codebook.question(margin.question).short
    if margin.question not in frame:
        raise UserError(
            f"Der kan ikke vægtes på »{title}«, for stikprøven er ikke opgjort på det. "
            f"Læg data/frame/{margin.question}.csv til, eller tag spørgsmålet ud af "
            "data/weighting.yaml."
        )
    options = frame[margin.question]
    unknown = {option for group in margin.groups for option in group.options} - set(options)
    if unknown:
        raise UserError(
            f"data/weighting.yaml slår {listed(unknown)} sammen, men stikprøvens »{title}« har "
            f"kun: {listed(options)}."
        )
    labels = tuple(dict.fromkeys(margin.group_of(option) for option in options))
    people = np.zeros(len(labels))
    for option, count in options.items():
        people[labels.index(margin.group_of(option))] += count
    return Target(
        margin.question,
        labels,
        people,
        codes_of(margin, answers[margin.question], options, labels, title),
    )


def codes_of(
    margin: Margin, given: pd.Series, options: dict[str, int], labels: tuple[str, ...], title: str
) -> np.ndarray:
    """Each respondent's group. Raises UserError when somebody has no answer, or one that the frame
    does not have."""
    code = {option: labels.index(margin.group_of(option)) for option in options}
    if given.isna().any():
        raise UserError(
            f"Der kan ikke vægtes på »{title}«, for {given.isna().sum()} besvarelser mangler det. "
            "Hent oplysningen, eller tag spørgsmålet ud af data/weighting.yaml."
        )
    strangers = set(given.astype(str)) - set(code)
    if strangers:
        raise UserError(
            f"Besvarelserne har {listed(strangers)} som »{title}«, men det har stikprøven ikke. "
            f"Ret data/frame/{margin.question}.csv."
        )
    return given.astype(str).map(code).to_numpy(dtype=np.int64)


def own_link_rows(own: OwnLink | None, answers: pd.DataFrame) -> np.ndarray:
    """One boolean per respondent: whether they answered through a link of a place whose frame is
    unknown."""
    return (
        answers[own.question].isin(own.options).to_numpy()
        if own
        else np.zeros(len(answers), dtype=bool)
    )


def targets(
    answers: pd.DataFrame, codebook: Codebook, frame: Frame, settings: Settings
) -> tuple[Target, ...]:
    """The margins for the respondents whose frame is known, all with the same total.

    A margin that counts the answers of a place with its own link is made smaller by them, so that
    what is left is the people asked elsewhere. Raises UserError when the margins do not agree, or a
    group has people but no respondents.
    """
    own, outside = settings.own_link, own_link_rows(settings.own_link, answers)
    printed = [margin_of(margin, answers, frame, codebook) for margin in settings.margins]
    if own is None:
        known = [target.of(~outside, target.people) for target in printed]
    else:
        invited = invited_elsewhere(own, frame)
        known = [
            target.of(~outside, people_elsewhere(target, own, invited, outside, codebook))
            for target in printed
        ]
    for target in known:
        check_groups(target, codebook)
    check_totals(known, codebook)
    return tuple(known)


def invited_elsewhere(own: OwnLink, frame: Frame) -> int:
    """How many the frame holds outside the places with their own link. Raises UserError when it
    does not know a place."""
    if own.question not in frame or set(own.options) - set(frame[own.question]):
        raise UserError(
            f"data/weighting.yaml: own_link nævner {listed(own.options)}, men "
            f"data/frame/{own.question}.csv har det ikke."
        )
    return sum(
        people for option, people in frame[own.question].items() if option not in own.options
    )


def people_elsewhere(
    target: Target,
    own: OwnLink,
    invited: int,
    outside: np.ndarray,
    codebook: Codebook,
) -> np.ndarray:
    """The margin's people in the places whose frame is known."""
    if target.question == own.question:
        return np.where([label in own.options for label in target.labels], 0.0, target.people)
    # how many answers through own links this table of the frame counts
    counted = target.people.sum() - invited
    if counted < 0 or (counted and not outside.any()):
        raise UserError(
            "Stikprøvens tabeller passer ikke sammen: "
            f"»{codebook.question(target.question).short}« tæller "
            f"{target.people.sum():.0f}, men de steder, hvis stikprøve er kendt, har {invited}. "
            "Ret data/frame."
        )
    answers = np.bincount(target.codes[outside], minlength=len(target.labels))
    people = target.people - (answers * counted / answers.sum() if counted else 0)
    if (people < -1e-9).any():
        worst = target.labels[int(people.argmin())]
        raise UserError(
            f"Stikprøven har færre med »{worst}«, end der er besvarelser med det fra "
            f"{listed(own.options)}. "
            "Slå grupper sammen i data/weighting.yaml, eller ret data/frame."
        )
    return np.maximum(people, 0.0)


def check_groups(target: Target, codebook: Codebook) -> None:
    """Raises UserError when a group has people but no respondents, or respondents but no people."""
    title = codebook.question(target.question).short
    for label, people, answers in zip(target.labels, target.people, target.answers):
        if people > 0 and not answers:
            raise UserError(
                f"Stikprøven har {people:.0f} med »{label}« ({title}), men ingen af dem har "
                "svaret, så ingen kan veje for "
                "dem. Slå gruppen sammen med en anden i data/weighting.yaml."
            )
        if answers and not people > 0:
            raise UserError(
                f"{answers:.0f} besvarelser har »{label}« ({title}), men stikprøven har ingen. "
                "Ret data/frame, eller slå "
                "gruppen sammen med en anden i data/weighting.yaml."
            )


def check_totals(known: list[Target], codebook: Codebook) -> None:
    """Raises UserError when the margins do not add up to the same number of people."""
    totals = {codebook.question(target.question).short: target.people.sum() for target in known}
    if not np.allclose(list(totals.values()), next(iter(totals.values())), rtol=1e-9):
        each = ", ".join(f"{title} {total:.0f}" for title, total in totals.items())
        raise UserError(
            f"Stikprøvens tabeller har ikke det samme antal mennesker: {each}. Ret data/frame, "
            "eller skriv i "
            "data/weighting.yaml, hvis kommuner har sendt eget link (own_link)."
        )


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks, in order."""
    return ", ".join(f"»{name}«" for name in (sorted(names) if isinstance(names, set) else names))
