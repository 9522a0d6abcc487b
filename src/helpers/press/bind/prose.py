"""Prose that only some datasets can have: between `<!-- needs: report -->` and `<!-- end -->`, or
`<!-- without: report -->`."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from helpers.errors import UserError

BLOCK = re.compile(r"<!-- (needs|without): ([\w-]+) -->\n(.*?)<!-- end -->\n?", re.DOTALL)
MARK = re.compile(r"<!-- (?:needs: |without: |end)")


def suited(prose: str, has: Collection[str], path: Path) -> str:
    """The prose as it reads for a dataset that `has` this: surveys, "report" for the round that
    the reports print, and the edition's own pages by their slugs.

    Raises UserError with the line when a mark has no counterpart.
    """
    # so that what is left keeps its line numbers
    blank = BLOCK.sub(lambda block: "\n" * block[0].count("\n"), prose)
    if stray := MARK.search(blank):
        line, wanted = (
            blank[: stray.start()].count("\n") + 1,
            blank[stray.start() :].splitlines()[0],
        )
        raise UserError(
            f"{path}, linje {line}: mærket {wanted} har intet modstykke. Et afsnit begynder med "
            "<!-- needs: report --> eller "
            "<!-- without: report --> og slutter med <!-- end -->, hver på sin egen linje."
        )
    return BLOCK.sub(
        lambda block: block[3] if (block[2] in has) == (block[1] == "needs") else "", prose
    )
