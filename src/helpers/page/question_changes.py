"""What was changed in a question from one collection round to the next, in words for a reader."""

from __future__ import annotations

from helpers.page.danish import listed, quoted
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question


def changes(before: Codebook, after: Codebook, question: str, answer: str) -> tuple[str, ...]:
    """What differs in a question (its id) and in what `answer` means; nothing when it was asked
    alike.

    Only what decides whether shares can be compared: wording, options and their order, who was
    asked, how many answers one may give.
    """
    old, new = before.by_id.get(question), after.question(question)
    if old is None:
        return ("Spørgsmålet blev ikke stillet.",)
    found = [reworded(old, new), *options_moved(old, new), asked_of_others(old, new)]
    if old.type != new.type:
        found.append(
            "Dengang kunne der kun vælges ét svar."
            if new.type == "multiple"
            else "Dengang kunne der sættes flere kryds."
        )
    if set(old.options_of(answer)) != set(new.options_of(answer)):
        found.append(f"{quoted(answer_label(new, answer))} lægger andre svar sammen end dengang.")
    return tuple(change for change in found if change)


def reworded(old: Question, new: Question) -> str:
    """That the question's words are others."""
    before, after = (f"{question.stem or ''} {question.text}".strip() for question in (old, new))
    return "" if before == after else f"Ordlyden er ændret; dengang lød den {quoted(before)}"


def options_moved(old: Question, new: Question) -> list[str]:
    """Which options have come and gone, or that they stand in another order."""
    if old.type == "municipality":  # its options are the municipalities that took part
        return []
    added, gone = (
        [quoted(label) for label in one.labels if label not in other.labels]
        for one, other in ((new, old), (old, new))
    )
    told = [
        f"{listed(added)} er kommet til blandt svarmulighederne." if added else "",
        f"{listed(gone)} er gået ud af svarmulighederne." if gone else "",
    ]
    if not added and not gone and old.labels != new.labels:
        told.append("Svarmulighederne stod i en anden rækkefølge.")
    return told


def asked_of_others(old: Question, new: Question) -> str:
    """That other people were asked."""
    if old.asked_if == new.asked_if:
        return ""
    return (
        f"Dengang blev spørgsmålet stillet til {old.asked_of}; nu er det stillet til "
        f"{new.asked_of}."
    )


def answer_label(question: Question, answer: str) -> str:
    return question.combined[answer].label if answer in question.combined else answer
