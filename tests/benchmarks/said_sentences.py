"""How many sentences of a built site say how shares differ or do not, and how many only hedge,
edition by edition.

    python tests/benchmarks/said_sentences.py [_build/site]

The words of older releases count too, so that two sites can be held against each other.
"""

import re
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from hidden_sentences import pages

SAYS = re.compile(
    r"højere|lavere|højest blandt|størst blandt|mest udbredt|Flest |Færrest|omtrent (?:som|den "
    r"samme|lige|ens)|"
    r"steget|faldet|oftest over for|stiger|mellem nr\. ",
    re.IGNORECASE,
)
HEDGES = re.compile(
    r"kan være tilfældig|ingen nævneværdige|for få (?:viste )?svar|så få svar|kan ikke "
    r"sammenlignes|"
    r"for få til at|for små til at"
)
NO_STATEMENT = re.compile(r"Spørgsmål:|Ordene på siden:|Prøven bag ordene:")
ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ»\d])")


def main(site: Path) -> None:
    print(f"{'udgave':<18}{'siger noget':>12}{'forbehold':>11}")
    for folder in sorted(site.iterdir()):
        if (folder / "hovedkonklusioner.html").exists():
            said = [sentence for page in pages(folder) for sentence in sentences(page)]
            hedging = [one for one in said if HEDGES.search(one)]
            saying = [one for one in said if SAYS.search(one) and not HEDGES.search(one)]
            print(f"{folder.name:<18}{len(saying):>12}{len(hedging):>11}")


def sentences(page: Path) -> list[str]:
    """The sentences of the page's paragraphs and bullets, without notes below figures and
    tables."""
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article")
    parts = article.select("p, li:not(:has(p))") if article else []
    texts = [
        re.sub(r"\s+", " ", part.get_text())
        for part in parts
        if not part.find_parent(["figure", "table", "details"])
    ]
    return [one for text in texts for one in ENDS.split(text) if not NO_STATEMENT.search(text[:30])]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "_build/site"))
