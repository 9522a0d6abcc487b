"""What a page shows, read from its executed notebook, so that a download holds what the page does
and nothing else.

Whatever a page displays carries a record in its output's metadata: which question to the page
(`Page.finding`, …) it answers. Asking the same question again of the same releasable estimates
gives the same finding, so page and download cannot disagree.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from helpers.errors import UserError
from helpers.page.beside import Line
from helpers.page.figure_look import Look
from helpers.page.findings import Finding
from helpers.page.markdown import plain
from helpers.page.own_figure import OWN, VERB, Own
from helpers.survey.editions import slug
from helpers.takeaway.plain_text import points_in, sentences_in

if TYPE_CHECKING:
    from helpers.page.beside import Beside
    from helpers.page.comparison import Comparison
    from helpers.page.mean_rows import Means
    from helpers.page.page import Page
    from helpers.page.reconciliation import Reconciliation
    from helpers.page.representativeness import Representation
    from helpers.page.weighed import Weighed

    Subject = (
        Finding | Comparison | Beside | Representation | Reconciliation | Weighed | Means | Own
    )

RECORD = "kontaktbogen"
MEANS = ("means", "mean_weights", "mean_rounds")
VERBS = (
    "finding",
    "battery",
    "municipalities",
    "representation",
    "reconciliation",
    "beside",
    "development",
    "weighed",
    "differences",
    "similar",
    *MEANS,
)
HEADING = re.compile(r"^(#{1,6}) +(.+?)[ \t]*$", re.MULTILINE)
PICTURE = "image/svg+xml"


@dataclass(frozen=True)
class Heading:
    """A heading of the page; level 1 is its title."""

    level: int
    text: str


@dataclass(frozen=True)
class Told:
    """Computed sentences in plain text, as they stand on the page; `points` tells that they are a
    list, and `key` that they are key figures, which stand by themselves."""

    sentences: tuple[str, ...]
    points: bool = False
    key: bool = False


@dataclass(frozen=True)
class Shown:
    """Something a page shows as figure or table: the answer to `record`. `name` is a file stem,
    unique on its page.

    `svg` is the page's own figure, if it has one; `heading` is what it stands under, and `told` the
    computed sentences that belong to it.
    """

    name: str
    record: dict
    subject: Subject
    svg: str = ""
    heading: str = ""
    told: tuple[Told, ...] = ()


Part = Heading | Told | Shown


@dataclass(frozen=True)
class PageContents:
    """One page in one edition: headings, computed sentences and what it shows, in reading order."""

    slug: str
    title: str
    parts: tuple[Part, ...]

    @property
    def shown(self) -> tuple[Shown, ...]:
        return tuple(part for part in self.parts if isinstance(part, Shown))

    @property
    def told(self) -> tuple[Told, ...]:
        return tuple(part for part in self.parts if isinstance(part, Told))


def read_page(notebook: NotebookNode, page: str, side: Page) -> PageContents:
    """The contents of an executed notebook; `page` is its slug. Raises UserError when an output
    carries a record that no page answers."""
    parts = list(parts_of(notebook, side))
    title = next((part.text for part in parts if isinstance(part, Heading)), page)
    unstamped = re.sub(rf"\s+·\s+{re.escape(side.edition.name)}$", "", title)
    return PageContents(page, unstamped, tuple(attach(once(parts))))


def parts_of(notebook: NotebookNode, side: Page) -> Iterator[Part]:
    asked: dict[str, Subject] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield from (
                Heading(len(found[1]), plain(found[2])) for found in HEADING.finditer(cell.source)
            )
        for output in cell.get("outputs", ()):
            yield from part_of(output, side, asked)


def part_of(output: NotebookNode, side: Page, asked: dict[str, Subject]) -> Iterator[Part]:
    """What one output shows or tells; nothing for outputs that are neither. What was `asked` for
    before, as of a figure's table, is not asked for again."""
    data, record = output.get("data", {}), record_of(output)
    if record:
        key = json.dumps(record, sort_keys=True)
        if key not in asked:
            asked[key] = Own.read(data[OWN]) if OWN in data else ask(side, record)
        yield Shown(name_of(record), record, asked[key], "".join(data.get(PICTURE, "")))
    elif "text/markdown" in data:
        markdown = "".join(data["text/markdown"])
        told = points_in(markdown) or sentences_in(markdown)
        if told:
            yield Told(told, bool(points_in(markdown)), key="text/html" in data)


def record_of(output: NotebookNode) -> dict | None:
    """The record of a displayed finding, or None."""
    return output.get("metadata", {}).get(RECORD)


def ask(side: Page, record: dict) -> Subject:
    """The finding that a record stands for."""
    if record.get("verb") not in VERBS:
        raise UserError(
            "En figur eller tabel bærer en ukendt oplysning om sit indhold: "
            f"{record.get('verb')!r}. Mulige: {', '.join(VERBS)}."
        )
    if record["verb"] == "beside":
        return side.beside(record["title"], *(line_of(side, line) for line in record["lines"]))
    if record["verb"] == "weighed":
        return side.weighed(*map(tuple, record["results"]))
    survey = record.get("survey", side.releasable.codebook.survey)
    asked = side if survey == side.releasable.codebook.survey else side.survey(survey)
    arguments = dict(record.get("arguments", {}))
    found = getattr(asked, record["verb"])(*arguments.pop("scales", ()), **arguments)
    return replace(found, look=Look.read(record["look"])) if "look" in record else found


def line_of(side: Page, line: dict) -> Line:
    """One share of several beside each other: {"label": …, "of": a finding's record, "row":
    {"answer", "group", "place"}, "who": what sets it apart, if anything}."""
    finding = ask(side, line["of"])
    assert isinstance(finding, Finding), "only a finding has a share to stand beside others"
    return Line(line["label"], finding, finding.row(**line["row"]), line.get("who", ""))


def name_of(record: dict) -> str:
    """A file stem in lower-case ASCII: ("finding", tilfredshed, maalgruppe) ->
    tilfredshed-maalgruppe."""
    arguments = record.get("arguments", {})
    words = [
        slug(str(arguments[name]).replace("_", "-"))
        for name in ("question", "battery", "by", "answer")
        if arguments.get(name)
    ]
    words = [*(slug(scale.replace("_", "-")) for scale in arguments.get("scales", ())), *words]
    prefix = {
        "municipalities": [record.get("places", "")],
        "representation": ["stikproeve"],
        "reconciliation": ["afstemning"],
        "beside": ["side-om-side", slug(record.get("title", ""))],
        "development": ["udvikling"],
        "weighed": ["vaegtning"],
        VERB: ["egen", slug(record.get("title", ""))],
        "differences": ["forskelle"],
        "similar": ["lignende"],
        "means": ["gennemsnit"],
        "mean_weights": ["gennemsnit-vaegtning"],
        "mean_rounds": ["gennemsnit-udvikling"],
    }.get(record["verb"], [])
    name = "-".join([*prefix, *words])[:80]
    look = record.get("look")  # another figure of the same
    return f"{name}-{zlib.crc32(json.dumps(look, sort_keys=True).encode()):08x}" if look else name


def once(parts: list[Part]) -> list[Part]:
    """The parts with a finding's figure and table as one, where the first of them stands."""
    drawn = {part.name: part.svg for part in parts if isinstance(part, Shown) and part.svg}
    seen: set[str] = set()
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Shown):
            if part.name in seen:
                continue
            # a table is of the same numbers, however the figure looks
            seen |= {part.name, name_of({**part.record, "look": None})} if part.svg else {part.name}
            part = replace(part, svg=drawn.get(part.name, ""))
        kept.append(part)
    return kept


def attach(parts: list[Part]) -> list[Part]:
    """The parts, each finding with its heading and with the sentences that belong to it: those
    before it under the heading, and after the last finding under a heading also what follows."""
    done: list[Part] = []
    for section in sections(parts):
        heading = section[0].text if isinstance(section[0], Heading) else ""
        shown = {at: part for at, part in enumerate(section) if isinstance(part, Shown)}
        places = list(shown)
        for start, place in zip([-1, *places], places):
            end = len(section) if place == places[-1] else place
            told = tuple(part for part in section[start + 1 : end] if isinstance(part, Told))
            section[place] = replace(shown[place], heading=heading, told=told)
        done += section
    return done


def sections(parts: list[Part]) -> list[list[Part]]:
    """The parts cut at every heading."""
    cut: list[list[Part]] = []
    for part in parts:
        if isinstance(part, Heading) or not cut:
            cut.append([])
        cut[-1].append(part)
    return cut
