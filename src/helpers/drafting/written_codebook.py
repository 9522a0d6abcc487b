"""The drafted codebook as YAML: each guess marked `source: inferred` on the line that it is."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from helpers.drafting.drafted import Drafted, Guess

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
    content.yaml_set_start_comment(HEADER.format(title=title, file=file))
    content["questions"] = CommentedSeq(entry(one, guesses) for one in questions)
    for place in range(1, len(questions)):
        content["questions"].yaml_set_comment_before_after_key(place, before="\n")
    if breakdowns := [
        flow({"id": one.id, "question": one.id, "title": one.short.removesuffix(" …")})
        for one in questions
        if is_breakdown(one)
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


def is_breakdown(one: Drafted) -> bool:
    few = 2 <= len(one.block.options) <= MOST_GROUPS
    return one.role == "background" and one.type == "single" and few


def entry(one: Drafted, guesses: Sequence[Guess]) -> CommentedMap:
    """A question as the codebook writes it."""
    fields: dict = {"id": one.id, "text": one.text, "short": one.short}
    if one.block.asked[0].invented:
        fields["source"] = "inferred"
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
    for guess in guesses:
        if guess.subject == one.id and (line := LINES.get(guess.kind, guess.kind)) in made:
            made.yaml_add_eol_comment(f"source: inferred: {guess.why}", line)
    return made


def item(one: Drafted, name: str, text: str) -> CommentedMap:
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


def options(labels: Sequence[str]) -> CommentedSeq:
    made = CommentedSeq(labels)
    if sum(len(label) + 2 for label in labels) <= FLOW:
        made.fa.set_flow_style()
    return made


def flow(content: dict) -> CommentedMap:
    """A mapping on one line."""
    made = CommentedMap(
        {
            name: flow(value)
            if isinstance(value, dict)
            else flow_list(value)
            if isinstance(value, list)
            else value
            for name, value in content.items()
        }
    )
    made.fa.set_flow_style()
    return made


def flow_list(content: list) -> CommentedSeq:
    made = CommentedSeq(flow(one) if isinstance(one, dict) else one for one in content)
    made.fa.set_flow_style()
    return made
