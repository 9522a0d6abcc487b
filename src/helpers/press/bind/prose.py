"""What prose pages have besides their own words: parts that only some datasets can have, between
`<!-- needs: report -->` and `<!-- end -->`, or `<!-- without: report -->`, and the figure with the
parts of a figure, at `<!-- figur: eksempel -->`."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from helpers.disclosure.rules import Rules
from helpers.errors import UserError
from helpers.page import reading_example
from helpers.page.colours import with_dark
from helpers.press.run.phone_figures import FOLDER, picture
from helpers.survey.codebook import Codebook

EXAMPLE = "<!-- figur: eksempel -->"
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


def with_example(
    prose: str, slug: str, codebook: Codebook, rules: Rules
) -> tuple[str, dict[str, str]]:
    """The prose of a page with the figure that shows the parts of a figure, where it has the mark
    for it, and the figure's files (address in the book -> SVG text)."""
    if EXAMPLE not in prose:
        return prose, {}
    finding = reading_example.example(codebook, rules)
    stem = f"{FOLDER}/{slug}/eksempel"
    drawn = {end: with_dark(svg) for end, svg in reading_example.svgs(finding).items()}
    shown = picture(stem, drawn, finding.alt())
    listed = reading_example.listed(reading_example.explained(finding))
    markup = f'<div class="cell_output">{shown}</div>\n{listed}'
    files = {f"{stem}{end}.svg": svg for end, svg in drawn.items()}
    return prose.replace(EXAMPLE, markup), files
