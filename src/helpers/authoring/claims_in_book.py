"""Where the finished book says what the reports claim: its pages, read as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from textwrap import shorten

import pandas as pd
from bs4 import BeautifulSoup

from helpers.errors import UserError
from helpers.page.reconciliation import quotation
from helpers.paths import BUILD, STANDARD
from helpers.press.build import build
from helpers.press.outline import load_outline
from helpers.reports.claim_places import Trace, load_traces, printed_claims
from helpers.survey.editions import COUNTRY

SITE = BUILD / "claims"
SAID, DENIED, HIDDEN, SILENT, MISSING = VERDICTS = ("sagt", "modsagt", "skjult", "tavs", "mangler")
WRONG = (DENIED, HIDDEN, MISSING)
MOST_SILENT = 3
SHORT = 120  # characters of a claim or sentence in a terminal
ALTERNATIVES = "|"

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = (*HEADINGS, "p", "li", "dt", "dd")
# A figure's question and whom it was put to, in its alt text.
ASKED = re.compile(
    r"\w: (?P<question>»[^«]*«).*Stillet til (?P<audience>.*?)\.(?= [A-ZÆØÅ]|$)", re.DOTALL
)
# Figures, tables and what serves them: all that is no running text.
NO_TEXT = "table, details, picture, figure, svg, script, style, nav, .figure-files, .headerlink"
WITHHELD = re.compile(r"\bskjul", re.IGNORECASE)

END = re.compile(r"[.!?…]+[)«”\"]*(?=\s+[A-ZÆØÅÉ0-9»„\"])")
# After these a sentence goes on, though a capital or a number follows; "pct." may end one.
GOES_ON = frozenset(
    [
        "s.",
        "d.",
        "ca.",
        "fx.",
        "nr.",
        "jf.",
        "kl.",
        "bl.a.",
        "hhv.",
        "inkl.",
        "ekskl.",
        "f.eks.",
        "dvs.",
        "evt.",
        "ift.",
        "ifm.",
        "vedr.",
    ]
)


@dataclass(frozen=True)
class Text:
    """The running text of a page: sections in reading order, each its heading and the paragraphs
    and list items under it."""

    sections: tuple[tuple[str, ...], ...]

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(paragraph for section in self.sections for paragraph in section)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(
            sentence for paragraph in self.paragraphs for sentence in sentences_of(paragraph)
        )

    def parts(self, within: str) -> tuple[str, ...]:
        """The page's sentences, paragraphs or sections."""
        if within == "section":
            return tuple(" ".join(section) for section in self.sections)
        return self.sentences if within == "sentence" else self.paragraphs


@dataclass(frozen=True)
class Judgement:
    """A verdict, and the words of the page that it rests on (or what was looked for, or why nothing
    is said)."""

    verdict: str
    words: str


def read_page(html: str) -> Text:
    """The running text of a built page, without tables, figures and what belongs to them but the
    figures' titles, which are sentences of the page, and what their small print tells of the
    question: the alt text has it in words."""
    soup = BeautifulSoup(html, "html.parser")
    article = soup.select_one("article")
    assert article is not None, "a page of the book has its text in an article"
    for figure in article.select("figure"):
        title, picture = figure.select_one("figcaption > strong"), figure.select_one("img")
        told = [] if title is None else [title.get_text()]
        if picture and (asked := ASKED.search(str(picture.get("alt", "")))):
            told += [f"Spørgsmål: {asked['question']} Stillet til: {asked['audience']}."]
        for text in told:
            paragraph = soup.new_tag("p", string=text)
            figure.insert_before(paragraph)
    for element in article.select(NO_TEXT):
        element.decompose()
    for element in article.find_all("br"):
        element.replace_with(" ")
    section, numbered = 0, []
    for block in article.find_all(BLOCKS):
        if block.find(BLOCKS):
            continue  # a list item of paragraphs, which come by themselves
        section += block.name in HEADINGS
        numbered.append((section, " ".join(block.get_text().split())))
    sections = groupby(numbered, key=lambda pair: pair[0])
    return Text(tuple(tuple(text for _, text in group if text) for _, group in sections))


def sentences_of(paragraph: str) -> list[str]:
    """The paragraph's sentences. A quotation in »…« is never parted, and an abbreviation or a
    number with a full stop ends none when the sentence goes on in lower case."""
    found, start = [], 0
    for end in END.finditer(paragraph):
        before = paragraph[: end.end()]
        last_word = paragraph[start : end.start() + 1].split()[-1].lstrip("(»")
        if before.count("»") > before.count("«") or last_word.lower() in GOES_ON:
            continue
        found.append(paragraph[start : end.end()].strip())
        start = end.end()
    return [*found, paragraph[start:].strip()]


def has(text: str, fragment: str) -> bool:
    """Whether one of the fragment's alternatives stands in the text, from where a word begins;
    upper and lower case are alike."""
    alternatives = (" ".join(words.split()) for words in fragment.split(ALTERNATIVES))
    return any(
        re.search(rf"(?<!\w){re.escape(words)}", text, re.IGNORECASE) for words in alternatives
    )


def judge(trace: Trace, text: Text) -> Judgement:
    """What the page's text makes of a claim.

    Contradicted: one of `never` matches a sentence, whatever else is said. Said: a part of the page
    has all fragments. Hidden: none has, and a paragraph that has more than half of them, and as
    many as any, says that something is hidden. Else missing.
    """
    for sentence in text.sentences:
        if any(re.search(expression, sentence, re.IGNORECASE) for expression in trace.never):
            return Judgement(DENIED, sentence)
    if trace.silent:
        return Judgement(SILENT, " ".join(trace.silent.split()))
    for part in text.parts(trace.within):
        if all(has(part, fragment) for fragment in trace.says):
            return Judgement(SAID, part)
    for paragraph in nearest_to(trace, text):
        if WITHHELD.search(paragraph):
            return Judgement(HIDDEN, paragraph)
    return Judgement(MISSING, f"(søgt: {' + '.join(trace.says)})")


def nearest_to(trace: Trace, text: Text) -> list[str]:
    """The paragraphs that have most of the fragments, if that is more than half of them."""
    counts = {
        paragraph: sum(has(paragraph, fragment) for fragment in trace.says)
        for paragraph in text.paragraphs
    }
    most = max(counts.values(), default=0)
    return [
        paragraph
        for paragraph, count in counts.items()
        if count == most and 2 * most > len(trace.says)
    ]


def claims_table(
    traces: Iterable[Trace], claims: pd.DataFrame, texts: Mapping[str, Text]
) -> pd.DataFrame:
    """One row per claim: survey, page (the report's), claim (its words), rows, place (the book's
    page), sentence and verdict.

    `claims` are the registry's rows (`printed_claims`), which give the order; `texts` the book's
    pages by slug.
    """
    order = {row: number for number, row in enumerate(claims.index)}
    records = []
    for trace in sorted(traces, key=lambda trace: min(order[row] for row in trace.claims)):
        printed, judgement = claims.loc[list(trace.claims)], judge(trace, texts[trace.page])
        records.append(
            {
                "survey": printed["survey"].iloc[0],
                "page": int(printed["page"].iloc[0]),
                "claim": " ".join(dict.fromkeys(map(quotation, printed["note"]))),
                "rows": " ".join(trace.claims),
                "place": trace.page,
                "sentence": judgement.words,
                "verdict": judgement.verdict,
            }
        )
    return pd.DataFrame(records)


def claims_of_book(
    dataset: str | Path = STANDARD, output: Path = SITE, progress: bool = True
) -> pd.DataFrame:
    """Every claim of the reports with its place in the book (`claims_table`), in the national
    edition as it is built from the dataset into the folder `output`.

    What is up to date is not built again. Raises UserError for a mistake in sentences.yaml and for
    a page that does not build or is not in the edition.
    """
    traces = load_traces(pages={page.slug for page in load_outline().pages})
    front = build([COUNTRY.name], dataset, output, progress=progress, downloads=False)
    folder = front.parent / COUNTRY.slug
    texts = {slug: page_in(folder, slug) for slug in sorted({trace.page for trace in traces})}
    return claims_table(traces, printed_claims(), texts)


def page_in(folder: Path, slug: str) -> Text:
    """The text of a page of a built edition. Raises UserError when the edition does not have it."""
    path = folder / f"{slug}.html"
    if not path.is_file():
        raise UserError(
            f"Siden »{slug}« er ikke i udgaven for hele landet med dette datasæt, så "
            "udsagnene kan ikke findes dér. Brug et datasæt, der har begge rapporters "
            "undersøgelser."
        )
    return read_page(path.read_text(encoding="utf-8"))


def for_a_person(table: pd.DataFrame) -> pd.DataFrame:
    """The same as a terminal has room for: række (the first, and how many more), udsagn, side i
    bogen, sætning, dom."""
    rows = table["rows"].str.split()
    return pd.DataFrame(
        {
            "række": [named[0] + (f" +{len(named) - 1}" if named[1:] else "") for named in rows],
            "udsagn": [
                f"{shorten(claim, SHORT, placeholder='…')} (s. {page})"
                for claim, page in zip(table["claim"], table["page"])
            ],
            "side i bogen": table["place"],
            "sætning": [shorten(words, SHORT, placeholder="…") for words in table["sentence"]],
            "dom": table["verdict"],
        }
    )


def sums(table: pd.DataFrame) -> Mapping[str, int]:
    """How many claims have each verdict, all verdicts named."""
    return {verdict: int((table["verdict"] == verdict).sum()) for verdict in VERDICTS}


def complaint(table: pd.DataFrame) -> str:
    """What is wrong with the book, in Danish, or nothing."""
    counted = sums(table)
    wrong = [f"{counted[verdict]} {verdict}" for verdict in WRONG if counted[verdict]]
    if counted[SILENT] > MOST_SILENT:
        wrong.append(f"{counted[SILENT]} tavs (højst {MOST_SILENT})")
    if not wrong:
        return ""
    return (
        f"Bogen siger ikke alle rapporternes udsagn: {', '.join(wrong)}. Ret siden, eller ret "
        "data/published/sentences.yaml, hvis den siger det med andre ord."
    )
