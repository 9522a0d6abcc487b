"""How many sentences of a built site only say that something is hidden, edition by edition.

python tests/benchmarks/hidden_sentences.py [_build/site]
"""

import sys
from pathlib import Path

from bs4 import BeautifulSoup

HIDDEN = "er skjult, fordi"
PROSE = (
    "laesevejledning",
    "metode",
    "introduktion",
    "ordbog",
    "for-analytikere",
    "bilag-3-skjulte-tal",
)


def main(site: Path) -> None:
    counts = {
        folder.name: sum(map(hidden_in, pages(folder)))
        for folder in sorted(site.iterdir())
        if (folder / "hovedkonklusioner.html").exists()
    }
    for edition, count in counts.items():
        print(f"{edition}: {count}")
    print(
        "kommunerne i alt: "
        f"{sum(count for edition, count in counts.items() if edition != 'hele-landet')}"
    )


def pages(folder: Path) -> list[Path]:
    return [page for page in sorted(folder.glob("*.html")) if page.stem not in PROSE]


def hidden_in(page: Path) -> int:
    """The sentences in paragraphs and bullets, not in notes below figures and tables."""
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article")
    parts = article.select("p, li:not(:has(p))") if article else []
    return sum(
        part.get_text(" ").count(HIDDEN)
        for part in parts
        if not part.find_parent(["figure", "table", "details"])
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "_build/site"))
