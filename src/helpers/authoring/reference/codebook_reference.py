"""Writes book/kodebog.md, the reference of the codebook, out of its schema.

python -m helpers.authoring.reference.codebook_reference
"""

from __future__ import annotations

import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from helpers.files import write_whole
from helpers.paths import ROOT
from helpers.survey import questions as schema
from helpers.survey.codebook import Codebook
from helpers.survey.scores import Index
from helpers.survey.yaml_lines import Record

PAGE, EXAMPLE = ROOT / "book" / "kodebog.md", Path(__file__).parent / "eksempel.yaml"
# Has what the first does without: between them they use every field.
MUNICIPAL = EXAMPLE.with_name("eksempel_kommuner.yaml")
# The parts in reading order, with what each is called and when it is used.
PARTS: tuple[tuple[type[Record], str, str], ...] = (
    (Codebook, "Kodebogen", "Filen selv. Ét spørgeskema er én fil i `data/codebook/`."),
    (schema.Question, "Spørgsmål", "En indgang under `questions`."),
    (schema.Item, "Udsagn", "En indgang under et batteris `items`."),
    (schema.Option, "Svar", "En indgang under `options`; er der kun en ordlyd, skrives den alene."),
    (schema.Combined, "Sammenlagte svar", "En indgang under `combined`."),
    (schema.AnswerRule, "Betingelse: et svar", "Under `asked_if`, `rule`, `if` og `then`."),
    (schema.FilterRule, "Betingelse: et navn", "En betingelse, der er skrevet under `filters`."),
    (schema.AllRule, "Betingelse: alle", "Flere betingelser på én gang."),
    (schema.AnyRule, "Betingelse: en af flere", "Mindst én af flere betingelser."),
    (schema.NotRule, "Betingelse: ikke", "Det modsatte af en betingelse."),
    (schema.Filter, "Navngivne betingelser", "En indgang under `filters`."),
    (Index, "Indeks", "En indgang under `indexes`: gennemsnit af flere spørgsmåls point."),
    (schema.Breakdown, "Opdelinger", "En indgang under `breakdowns`."),
    (schema.Group, "Grupper", "En indgang under en opdelings `groups`."),
    (schema.Places, "Steder", "Feltet `places`: det, der har en udgave hver."),
    (schema.Unit, "De, der svarer", "Feltet `unit`."),
    (schema.Implication, "Hvad et svar følger af", "En indgang under `implications`."),
)
INTRODUCTION = """\
# Kodebogen

Kodebogen er spørgeskemaet som fil: ordlyd, svarmuligheder, hvem der får spørgsmålet, og hvad der
kan opdeles på. Den skrives i YAML. `kontaktbogen new-book` gætter den ud fra en eksport, og
`kontaktbogen check` siger, på hvilken linje noget er galt, og hvad der skal rettes. Siden her er
lavet af det skema, som kodebogen bliver læst med.

## En hel kodebog
"""
MORE = """\
## En kodebog med kommuner og betingelser

Her er stederne kommuner, spørgsmål har betingelser af hver slags, og nogle svar sorterer fra. De to
kodebøger på siden bruger tilsammen hvert felt.
"""
NAMES = {
    str: "tekst",
    int: "helt tal",
    float: "tal",
    bool: "true eller false",
}
RULE = "betingelse"


def reference() -> str:
    """The page as Markdown."""
    parts = (part(*one) for one in PARTS)
    return "\n".join([INTRODUCTION, shown(EXAMPLE), *parts, MORE, shown(MUNICIPAL)])


def shown(example: Path) -> str:
    return f"```yaml\n{example.read_text(encoding='utf-8')}```\n"


def part(model: type[Record], title: str, when: str) -> str:
    """A part's heading and definitions, one per field that an author may write: a phone shows them
    in full, of a table's three columns only two."""
    told = [defined(name, field) for name, field in model.model_fields.items() if field.description]
    return "\n".join([f"## {title}", "", when, "", *told])


def defined(name: str, field: FieldInfo) -> str:
    written = in_words(field.annotation)
    written += "; skal stå der" if field.is_required() else default(field.default)
    return f"`{field.alias or name}` ({written})\n: {field.description}\n"


def default(value: Any) -> str:
    """What stands for a field that is left out, where that is more than nothing."""
    if isinstance(value, bool):
        return f"; udeladt er det {str(value).lower()}"
    if isinstance(value, str) and value:
        return f"; udeladt er det »{value}«"
    return "; kan udelades"


def in_words(kind: Any) -> str:
    """What a type is to an author."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return in_words(parts[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in parts)
    if origin in (Union, types.UnionType):
        several = [one for one in parts if one is not type(None)]
        return in_words(several[0]) if len(several) == 1 else RULE
    if origin is tuple:
        return f"liste: {in_words(parts[0])}"
    if origin is dict:
        return f"navne, hver med: {in_words(parts[1])}"
    if kind in NAMES:
        return NAMES[kind]
    titles = {model: title for model, title, _ in PARTS}
    title = titles.get(kind, "")
    return f"felterne under »{title}«" if title else RULE


if __name__ == "__main__":
    write_whole(PAGE, reference())
