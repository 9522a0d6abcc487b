"""A drafted codebook beside one written by hand, difference by difference."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.drafting.draft import Draft
from helpers.importing import import_survey
from helpers.importing.wording import folded, without_notes
from helpers.survey.codebook import Codebook, load_codebook
from helpers.survey.questions import AllRule, AnswerRule, AnyRule, FilterRule, Question, Rule

FIELDS = ("type", "options", "dont_know", "neutral", "ordered", "role", "battery", "asked_if")


@dataclass(frozen=True)
class Beside:
    """Two codebooks of one survey, and which of the drafted questions each question is."""

    hand: Codebook
    drafted: Codebook

    @property
    def pairs(self) -> dict[str, Question]:
        found: dict[str, list[Question]] = {}
        for one in self.drafted.questions:
            found.setdefault(key(one), []).append(one)
        pairs = {}
        for question in self.hand.questions:
            same = found.get(key(question), [])
            if same:
                pairs[question.id] = best(question, same)
        return pairs

    def differences(self) -> list[str]:
        """One line per difference: question, field, by hand, drafted."""
        pairs = self.pairs
        lines = [
            f"{question.id}: mangler"
            for question in self.hand.questions
            if question.id not in pairs
        ]
        wanted = {one.id for one in pairs.values()}
        lines += [f"{one.id}: for meget" for one in self.drafted.questions if one.id not in wanted]
        names = {drafted.id: hand for hand, drafted in pairs.items()}
        for question in self.hand.questions:
            if (other := pairs.get(question.id)) is None:
                continue
            for field in FIELDS:
                ours, theirs = (
                    said(question, field, self.hand, {}),
                    said(other, field, self.drafted, names),
                )
                if ours != theirs:
                    lines.append(f"{question.id}: {field}: {ours} | {theirs}")
        return lines


def key(question: Question) -> str:
    return without_notes(f"{question.stem} {question.text}" if question.battery else question.text)


def best(question: Question, same: list[Question]) -> Question:
    return max(
        same, key=lambda one: len(set(map(folded, one.labels)) & set(map(folded, question.labels)))
    )


def said(question: Question, field: str, codebook: Codebook, names: dict[str, str]) -> object:
    if field == "options":
        return (
            "kommuner" if question.type == "municipality" else tuple(map(folded, question.labels))
        )
    if field == "asked_if":
        return rule_said(question.asked_if, codebook, names)
    if field == "battery":
        return bool(question.battery)
    value = getattr(question, field)
    return folded(value) if isinstance(value, str) else value


def rule_said(rule: Rule | None, codebook: Codebook, names: dict[str, str]) -> object:
    """A rule with its filters spelled out, in the hand-written codebook's names and in no order."""
    match rule:
        case None:
            return None
        case AnswerRule(question=name, answers=answers):
            return (names.get(name, name), tuple(sorted(map(folded, answers))))
        case FilterRule(filter=name):
            return rule_said(codebook.filters[name].rule, codebook, names)
        case AllRule(all=parts):
            said_parts = [rule_said(part, codebook, names) for part in parts]
            return ("all", tuple(sorted(map(str, said_parts))))
        case AnyRule(any=parts):
            return ("any", tuple(sorted(str(rule_said(part, codebook, names)) for part in parts)))
    return str(rule)


def written(draft: Draft, folder: Path) -> Path:
    """The draft's codebook as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{draft.survey}.yaml"
    path.write_text(draft.codebook, encoding="utf-8")
    return path


def imported(draft: Draft, export: Path, folder: Path) -> tuple[Codebook, pd.DataFrame]:
    """The drafted codebook as it is read, and the answers that are imported with it."""
    path = written(draft, folder)
    mapping = None
    if draft.mapping:
        mapping = folder / "kobling.yaml"
        mapping.write_text(draft.mapping, encoding="utf-8")
    data = import_survey(export, str(path), folder / "data", mapping)
    return load_codebook(path), pd.read_parquet(data / f"{draft.survey}.parquet")
