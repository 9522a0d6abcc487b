"""A bound book of which only some pages' text has changed is mended: Sphinx writes those pages
again, and the book has the bytes of one bound from nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape, unescape
from pathlib import Path

from helpers.files import write_whole
from helpers.press.run.fingerprint import digest, digest_of_files, files_below
from helpers.press.run.phone_figures import FOLDER as FIGURES

# What other pages can see of a page: headings, labels and directives. A notebook has its lines of
# text in quotation marks; how many cells and outputs they stand in is nobody else's.
SEEN = {
    ending: re.compile(rf"^[ \t]*{quote}(?:#|\(|:::|```|\{{).*$", re.MULTILINE)
    for ending, quote in ((".md", ""), (".ipynb", '"'))
}
INDEX = re.compile(r"(Search\.setIndex\()(.*)(\))", re.DOTALL)

Parts = dict[str, list[str]]


def source_parts(folder: Path, *makers: Path) -> Parts:
    """What each source file of a book says: a digest of it, and for a page one of what other pages
    can see of it: headings and labels; and a digest of the code that makes books."""
    parts = {"": [digest_of_files(Path(__file__), *makers), ""]}
    for path in files_below(folder):
        seen = (
            "\n".join(SEEN[path.suffix].findall(path.read_text(encoding="utf-8")))
            if path.suffix in SEEN
            else ""
        )
        parts[path.relative_to(folder).as_posix()] = [digest(path.read_bytes()), digest(seen)]
    return parts


def may_be_mended(now: Parts, before: Parts) -> bool:
    """Whether a bound book differs only in the text of some pages and in their figures: no other
    page shows any of that."""
    return now.keys() == before.keys() and all(
        name.startswith(f"{FIGURES}/")
        or (Path(name).suffix in SEEN and now[name][1] == before[name][1])
        for name in changed(now, before)
    )


def changed(now: Parts, before: Parts) -> list[str]:
    return [name for name in now if now[name] != before[name]]


def read_again(html: Path, names: Iterable[str]) -> None:
    """Lets Sphinx read these source files again, whatever their times say: a clock may have been
    set back, and a file copied with its time."""
    for name in names:
        (html.parent / ".doctrees" / name).with_suffix(".doctree").unlink(missing_ok=True)


def finish_index(html: Path) -> None:
    """Takes the words that no page has any more out of the search index, where Sphinx leaves
    them; and escapes the headings, which Sphinx's search shows as HTML and writes as text."""
    path = html / "searchindex.js"
    found = INDEX.fullmatch(path.read_text(encoding="utf-8")) if path.is_file() else None
    if found:
        index = json.loads(found[2])
        for kind in ("terms", "titleterms"):
            index[kind] = {word: pages for word, pages in index[kind].items() if pages != []}
        # Sphinx reads those of pages it does not write again from here: escaped once, not twice.
        index["alltitles"] = {
            escape(unescape(title)): places for title, places in index["alltitles"].items()
        }
        write_whole(path, f"{found[1]}{json.dumps(index)}{found[3]}")
