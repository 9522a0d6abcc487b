"""YAML read with line numbers, and checked against a schema so that an error names the line."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.errors import UserError

Model = TypeVar("Model", bound=BaseModel)

# pydantic's English reasons, for the mistakes an analyst makes.
DANISH_REASONS = {
    "missing": "feltet mangler",
    "extra_forbidden": "feltet findes ikke i skemaet (tastefejl?)",
    "string_type": "her skal stå en tekst",
    "int_type": "her skal stå et helt tal",
    "int_parsing": "her skal stå et helt tal",
    "bool_type": "her skal stå true eller false",
    "bool_parsing": "her skal stå true eller false",
    "literal_error": "værdien er ikke en af de tilladte ({expected})",
    "tuple_type": "her skal stå en liste",
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing"),
        "her skal stå en dato som 2026-09-01",
    ),
    "dict_type": "her skal stå navne med værdier",
    "model_type": "her skal stå navne med værdier",
    "model_attributes_type": "her skal stå navne med værdier",
}


class Record(BaseModel):
    """A frozen record in which an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __copy__(self) -> Self:
        """A copy without what was worked out from its fields, for `model_copy` changes some."""
        made = super().__copy__()
        for name in made.__dict__.keys() - type(made).model_fields.keys():
            del made.__dict__[name]
        return made


class Named(dict):
    """A mapping that knows on which line (from 1) each of its names stands."""

    lines: Mapping[str, int]


class Listed(list):
    """A list that knows on which line (from 1) each of its parts begins."""

    lines: Sequence[int]


# PyYAML may have been built without its C part, so the base is known at run time only.
class Reader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML in which only true and false are truth values, numbers are written plainly, and
    all else is text: "Nej", "no", 0630 and 2020-04-01 too."""

    yaml_implicit_resolvers: dict = {}

    def named(self, node: yaml.MappingNode) -> Named:
        """A mapping; that a name stands twice in it is a mistake."""
        content = Named()
        content.lines = {str(name.value): line_of_node(name) for name, _ in node.value}
        for key, value in node.value:
            name = str(key.value)
            if name in content:
                said = f"navnet »{name}« står to gange"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=key.start_mark)
            content[name] = self.construct_object(value, deep=True)
        return content

    def listed(self, node: yaml.SequenceNode) -> Listed:
        content = Listed(self.construct_sequence(node, deep=True))
        content.lines = [line_of_node(part) for part in node.value]
        return content


def line_of_node(node: yaml.Node) -> int:
    return node.start_mark.line + 1


Reader.add_constructor("tag:yaml.org,2002:map", Reader.named)
Reader.add_constructor("tag:yaml.org,2002:seq", Reader.listed)
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Reader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def read_yaml(path: Path) -> Any:
    """The file's content, with line numbers kept in it. Raises UserError when it is missing or is
    not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Reader)
    except FileNotFoundError:
        raise UserError(f"Filen {path} findes ikke.") from None
    except UnicodeDecodeError:
        raise UserError(
            f"{path}: filen er ikke gemt som UTF-8. Gem den som UTF-8, og prøv igen."
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, problem = mark.line + 1 if mark else "?", getattr(error, "problem", None) or error
        raise UserError(
            f"{path}, linje {line}: filen er ikke gyldig YAML ({problem}). Ret linjen."
        ) from None


def parse(path: Path, schema: type[Model]) -> Model:
    """The file as a record of `schema`. Raises UserError that names file and line of the first
    mistake."""
    return record(path.read_bytes() if path.is_file() else b"", path, schema)


@lru_cache(maxsize=64)
def record(_content: bytes, path: Path, schema: type[Model]) -> Model:
    """The file as a record, made once as long as its content is the same."""
    content = read_yaml(path)
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        raise UserError(describe(path, content, error)) from None


def describe(path: Path, content: Any, error: ValidationError) -> str:
    """The first mistake in Danish, with its line."""
    errors = error.errors()
    # A union reports the mistakes of each alternative. What the author meant is the one that
    # reached deepest, and then the one with the fewest mistakes.
    faults = Counter(found["loc"][:-1] for found in errors)
    first = max(
        errors,
        key=lambda found: (
            len(found["loc"]),
            -faults[found["loc"][:-1]],
            found["type"] != "missing",
        ),
    )
    reason = DANISH_REASONS.get(first["type"], first["msg"].removeprefix("Value error, "))
    reason = reason.format(**{"expected": "", **first.get("ctx", {})}).replace(" or ", " eller ")
    field = ".".join(str(step) for step in trail(content, first["loc"], first["type"]))
    return (
        f"{path}, linje {line_of(content, first['loc'])}: {field}: {reason}. Ret linjen, og "
        "prøv igen."
    )


def trail(content: Any, location: tuple[int | str, ...], kind: str) -> Iterator[int | str]:
    """The steps of `location` that are the file's own, without the names of a union's
    alternatives."""
    node = content
    for number, step in enumerate(location, start=1):
        inside = isinstance(node, Named) and step in node
        if inside or (isinstance(node, Listed) and isinstance(step, int)):
            node = node[step]
            yield step
        elif kind == "missing" and number == len(location):
            yield step


def line_of(content: Any, location: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of `location` that exists in the file."""
    node, line = content, 1
    for step in location:
        if isinstance(node, Named) and step in node:
            line = node.lines[str(step)]
        elif isinstance(node, Listed) and isinstance(step, int) and step < len(node):
            line = node.lines[step]
        else:
            continue  # a step that pydantic adds (the name of a union's alternative)
        node = node[step]
    return line
