"""The drafted codebook as YAML: each guess marked `source: inferred` on the line that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from helpers.drafting.batteries import Block
from helpers.drafting.drafted import Drafted, Guess
from helpers.drafting.vocabulary import UnitWords

MOST_GROUPS = 9  # options of a breakdown
FLOW = 90  # letters of a list that stands on one line
# The line of the codebook that a guess is about.
LINES = {"battery": "items", "scale": "ordered", "routing": "asked_if", "voluntary": "voluntary"}
HEADER = """\
Udkast til kodebog for »{title}«, lavet af {file}.
Hvert gæt er mærket »source: inferred«. Gå dem igennem, ret dem, der er forkerte, og slet mærket.
Ordlyd og svarmuligheder er eksportens egne."""


def codebook_text(
    survey: str,
    title: str,
    file: str,
    respondents: int,
    questions: Sequence[Drafted],
    guesses: Sequence[Guess],
    place: tuple[Block, UnitWords] | None = None,
) -> str:
    """The codebook's YAML."""
    content = CommentedMap(
        survey=survey,
        title=title,
        report="Ingen",
        unit=flow(
            {
                "singular": "respondent",
                "plural": "respondenter",
                "definite_plural": "respondenterne",
            }
        ),
        respondents=respondents,
    )
    placed = next((one for one in questions if place and one.block is place[0]), None)
    content["places"] = flow(places(placed, place[1] if place else None))
    content.yaml_add_eol_comment("source: inferred", "unit")
    content.yaml_add_eol_comment("source: inferred", "places")
    content.yaml_set_start_comment(HEADER.format(title=title, file=file))
    by = [one.id for one in questions if is_breakdown(one) and one is not placed]
    content["questions"] = CommentedSeq(entry(one, guesses, by) for one in questions)
    for number in range(1, len(questions)):
        content["questions"].yaml_set_comment_before_after_key(number, before="\n")
    if breakdowns := [
        flow(breakdown(one, one is placed))
        for one in questions
        if is_breakdown(one) or one is placed
    ]:
        content["breakdowns"] = CommentedSeq(breakdowns)
        content.yaml_add_eol_comment(
            "source: inferred: baggrundsspørgsmål med få svar", "breakdowns"
        )
    yaml = YAML()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def places(placed: Drafted | None, unit: UnitWords | None) -> dict:
    """What the editions are of; without a unit there is one, of all answers."""
    if placed is None or unit is None:
        return {"whole": "alle svar", "rest": "de øvrige svar"}
    question = {} if placed.type == "municipality" else {"question": placed.id}
    return question | unit.places


def breakdown(one: Drafted, is_place: bool) -> dict:
    title = one.short.removesuffix(" …")
    return {"id": one.id, "question": one.id, "title": title} | (
        {"editions": "country"} if is_place else {}
    )


def is_breakdown(one: Drafted) -> bool:
    few = 2 <= len(one.block.options) <= MOST_GROUPS
    return one.role == "background" and one.type == "single" and few


def entry(one: Drafted, guesses: Sequence[Guess], by: Sequence[str]) -> CommentedMap:
    """A question as the codebook writes it."""
    fields: dict = {"id": one.id, "text": one.text, "short": one.short}
    if one.block.asked[0].invented:
        fields["source"] = "inferred"
    if by and one.role == "answer" and len(one.scale.positive) > 1:
        fields["compared_by"] = flow(list(by))
    if one.theme:
        fields["theme"] = one.theme
    fields["type"] = one.type
    if one.role != "answer":
        fields["role"] = one.role
    if one.rule:
        fields |= {"asked_of": one.asked_of, "asked_if": flow(one.rule)}
    if one.voluntary:
        fields["voluntary"] = True
    if one.items:
        fields["items"] = CommentedSeq(item(one, name, text) for name, text in one.items)
    if one.type != "municipality":
        fields["options"] = options(one.block.options)
    fields |= scale_fields(one)
    made = CommentedMap(fields)
    for number, (name, _) in enumerate(one.items):
        if why := next((guess.why for guess in guesses if guess.subject == name), ""):
            made["items"].yaml_add_eol_comment(f"source: inferred: {why}", number)
    for guess in guesses:
        if guess.subject == one.id and (line := LINES.get(guess.kind, guess.kind)) in made:
            made.yaml_add_eol_comment(f"source: inferred: {guess.why}", line)
    return made


def item(one: Drafted, name: str, text: str) -> CommentedMap | CommentedSeq:
    rule, asked_of = one.rules.get(name, (None, ""))
    more = {"asked_of": asked_of, "asked_if": rule} if rule else {}
    return flow({"id": name, "text": text} | more)


def scale_fields(one: Drafted) -> dict:
    scale = one.scale
    fields: dict = {"dont_know": scale.dont_know} if scale.dont_know else {}
    fields |= {"neutral": scale.neutral} if scale.neutral else {}
    fields |= {"ordered": True} if scale.ordered else {}
    ends = (("positive", scale.positive), ("negative", scale.negative))
    combined = {
        name: flow({"label": label_of(labels), "options": list(labels)})
        for name, labels in ends
        if len(labels) > 1
    }
    return fields | ({"combined": CommentedMap(combined)} if combined else {})


def label_of(labels: Sequence[str]) -> str:
    """Several options in one: "Meget tilfreds eller tilfreds"."""
    return " eller ".join([labels[0], *(lowered(label) for label in labels[1:])])


def lowered(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def options(labels: Sequence[str]) -> CommentedMap | CommentedSeq:
    short = sum(len(label) + 2 for label in labels) <= FLOW
    return flow(list(labels)) if short else CommentedSeq(labels)


def flow(content: dict | list) -> CommentedMap | CommentedSeq:
    """A mapping or a list on one line."""
    made = (
        CommentedMap({name: on_line(value) for name, value in content.items()})
        if isinstance(content, dict)
        else CommentedSeq(map(on_line, content))
    )
    made.fa.set_flow_style()
    return made


def on_line(value: object) -> object:
    """A value within a line: texts with signs in quotation marks, as not every reader of YAML takes
    a question mark before a bracket for a letter."""
    if isinstance(value, (dict, list)):
        return flow(value)
    if isinstance(value, str) and re.search(r"[^\w\s.()/-]", value):
        return SingleQuotedScalarString(value)
    return value
