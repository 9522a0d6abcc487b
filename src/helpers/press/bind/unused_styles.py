"""The libraries' style sheets without the rules that nothing in a book can follow: three quarters
of the theme's 400 kB. What a publisher has written is left alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, IdentToken, LiteralToken, Node, QualifiedRule

CLASSES = re.compile(r'\bclass="([^"]*)"')
WORD = re.compile(r"[A-Za-z_][\w-]*")
# A named value that is set, and one that is used; what an address holds is left alone.
VALUE = re.compile(r"(?<=[{;])\s*(--[\w-]+):(?![^;{}]*(?:url\(|\"))[^;{}]*(?:;|(?=\}))")
USED = re.compile(r"var\(\s*(--[\w-]+)")
HOLDING_RULES = {"media", "supports", "layer", "container"}


def prune_styles(edition: Path, own: Collection[str]) -> None:
    """Takes the rules out of a bound edition's style sheets that nothing on its pages can follow;
    sheets of these `own` names are left as they are."""
    words = words_of(edition)
    texts = {
        path: path.read_text(encoding="utf-8") for path in (edition / "_static").rglob("*.css")
    }
    others = {path: followed(text, words) for path, text in texts.items() if path.name not in own}
    for path, short in asked_for(others, "".join((texts | others).values())).items():
        path.write_text(short, encoding="utf-8", newline="\n")


def asked_for(sheets: dict[Path, str], every: str) -> dict[Path, str]:
    """The sheets without the values (`--name: …`) that nothing in `every` sheet asks for."""
    asked = set(USED.findall(every))
    return {
        path: VALUE.sub(lambda value: value[0] if value[1] in asked else "", text)
        for path, text in sheets.items()
    }


def words_of(edition: Path) -> frozenset[str]:
    """Every word that can be a class of an element: in the pages' class attributes, and anywhere in
    their scripts."""
    pages = {
        name
        for page in edition.glob("*.html")
        for given in CLASSES.findall(page.read_text(encoding="utf-8"))
        for name in given.split()
    }
    scripts = (
        words_in(script.read_text(encoding="utf-8"))
        for script in (edition / "_static").rglob("*.js")
    )
    return frozenset(pages.union(*scripts))


@lru_cache(maxsize=32)
def words_in(script: str) -> frozenset[str]:
    """The words of a script; the editions have the same ones."""
    return frozenset(WORD.findall(script))


@lru_cache(maxsize=32)
def followed(css: str, words: frozenset[str]) -> str:
    """The style sheet without the rules of which every selector asks for a class that is none of
    the `words`."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(kept(rules, words))


def kept(rules: Iterable[Node], words: frozenset[str]) -> Iterable[str]:
    """The text of the rules that something can follow, also of those that a condition holds."""
    for rule in rules:
        if isinstance(rule, QualifiedRule) and nobody_follows(rule, words):
            continue
        if (
            isinstance(rule, AtRule)
            and rule.lower_at_keyword in HOLDING_RULES
            and rule.content is not None
        ):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            condition = tinycss2.serialize(rule.prelude)
            yield f"@{rule.at_keyword}{condition}{{{''.join(kept(inner, words))}}}"
        else:
            yield rule.serialize()


def nobody_follows(rule: QualifiedRule, words: frozenset[str]) -> bool:
    """Whether every selector of a rule asks for a class that is none of the words. What stands in
    brackets, as in `:not(.a)` or `[b]`, asks for none."""
    selectors: list[list[Node]] = [[]]
    for part in rule.prelude:
        if isinstance(part, LiteralToken) and part.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return all(asked(selector) - words for selector in selectors)


def asked(selector: list[Node]) -> set[str]:
    """The classes that an element has, or those around it, where a selector holds."""
    return {
        name.value
        for dot, name in pairwise(selector)
        if isinstance(dot, LiteralToken) and dot.value == "." and isinstance(name, IdentToken)
    }
