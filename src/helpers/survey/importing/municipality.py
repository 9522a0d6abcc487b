"""Denmark's 98 municipalities, however they are written."""

import re
from functools import cache

from helpers.survey.editions import municipality_key, name_of_code, slug
from helpers.survey.importing.wording import without_brackets


@cache
def name_of_key() -> dict[str, str]:
    """Municipality names by every key that means them."""
    names: dict[str, str] = {}
    for name in name_of_code().values():
        for written in (name, name.removesuffix("s") if name.endswith("s") else f"{name}s"):
            names.setdefault(key(written), name)
    # A name that stands by itself goes before another's genitive.
    return names | {key(name): name for name in name_of_code().values()}


def key(text: str) -> str:
    """The name in letters alone: "Høje Tåstrup kommune" and "Høje-Taastrup" have the same."""
    written = re.sub(r"(?:\s+|^)(?:regions)?kommune$", "", municipality_key(text).strip())
    return re.sub("[^a-z]", "", slug(written.replace("å", "aa")))


def municipality_name(text: str) -> str | None:
    """The municipality that `text` names ("Ærø Kommune", "0492", 492, "Københavns Kommune"), or None."""
    text = without_brackets(text)
    number = re.fullmatch(r"(\d{3,4})(?:[.,]0)?", text.strip())
    if number:
        return name_of_code().get(int(number[1]))
    text = re.sub(r"^\s*\d{3,4}\s*[-–.:]?\s+", "", text)
    found = key(text)
    return name_of_key().get(found) if found else None
