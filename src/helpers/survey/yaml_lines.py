"""YAML read with line numbers, and checked against a schema so that an error names the line."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

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
    "dict_type": "her skal stå navne med værdier",
    "model_type": "her skal stå navne med værdier",
    "model_attributes_type": "her skal stå navne med værdier",
}


class Record(BaseModel):
    """A frozen record in which an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_yaml(path: Path) -> Any:
    """The file's content, with line numbers kept in it. Raises UserError when it is missing or is
    not YAML."""
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"Filen {path} findes ikke.") from None
    except UnicodeDecodeError:
        raise UserError(
            f"{path}: filen er ikke gemt som UTF-8. Gem den som UTF-8, og prøv igen."
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else "?"
        raise UserError(
            f"{path}, linje {line}: filen er ikke gyldig YAML ({error.problem}). Ret linjen."
        ) from None


# PyYAML may have been built without its C part, so the base is known at run time only.
class Quick(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain YAML 1.2 ten times as fast, without line numbers: only true and false are truth
    values, and no key stands twice."""

    yaml_implicit_resolvers: dict = {}

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise yaml.YAMLError("a key stands twice")
        # as `plain` has them
        return {str(key): value for key, value in super().construct_mapping(node, deep).items()}


for tag, pattern, first in (
    ("str", r"[0-9a-f]{64}", "0123456789"),  # a checksum
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
):
    Quick.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )
# What looks like any other kind of number or a date is left to the thorough reader.
Quick.add_implicit_resolver(
    "other",
    re.compile(r"^[-+.]?[0-9][-+_:.,0-9A-Za-z]*$|^[-+]?\.(inf|nan|Inf|INF|NaN|NAN)$|^<<$|^=$"),
    list("-+.0123456789<="),
)


def read_quickly(content: bytes) -> Any:
    """A file's content in plain dicts and lists, or None where it has to be read thoroughly."""
    try:
        return yaml.load(content, Loader=Quick)
    except (ValueError, yaml.YAMLError):
        return None


def parse(path: Path, schema: type[Model]) -> Model:
    """The file as a record of `schema`. Raises UserError that names file and line of the first
    mistake."""
    quick = parsed_quickly(path, schema)
    if quick is not None:
        return quick
    content = read_yaml(path)
    try:
        return schema.model_validate(plain(content))
    except ValidationError as error:
        raise UserError(describe(path, content, error)) from None


def parsed_quickly(path: Path, schema: type[Model]) -> Model | None:
    """The file as a record, or None where it has to be read thoroughly: for the line of a mistake
    too."""
    try:
        return record(path.read_bytes(), schema)
    except (OSError, ValidationError):
        return None


@lru_cache(maxsize=64)
def record(content: bytes, schema: type[Model]) -> Model:
    """A file's content as a record, made once as long as the content is the same. Raises
    ValidationError for a mistake."""
    return schema.model_validate(read_quickly(content))


def plain(node: Any) -> Any:
    """The same content in plain dicts, lists and values."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def describe(path: Path, content: Any, error: ValidationError) -> str:
    """The first mistake in Danish, with its line."""
    # A union reports one mistake per alternative; the one that reached deepest tells what the
    # author meant.
    first = max(error.errors(), key=lambda found: (len(found["loc"]), found["type"] != "missing"))
    reason = DANISH_REASONS.get(first["type"], first["msg"].removeprefix("Value error, "))
    reason = reason.format(**{"expected": "", **first.get("ctx", {})})
    field = ".".join(str(step) for step in first["loc"])
    return (
        f"{path}, linje {line_of(content, first['loc'])}: {field}: {reason}. Ret linjen, og "
        "prøv igen."
    )


def line_of(content: Any, location: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of `location` that exists in the file."""
    node, line = content, 1
    for step in location:
        if isinstance(node, CommentedMap) and step in node:
            line = node.lc.key(step)[0] + 1
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1
        else:
            continue  # a step that pydantic adds (the name of a union's alternative)
        node = node[step]
    return line
