"""All of an edition's published numbers in one table, as CSV with a description beside it that a
program reads (CSV on the Web, https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from helpers.book_title import publisher
from helpers.disclosure.number_ids import NumberIds, round_id, word
from helpers.disclosure.release import Releasable
from helpers.page.findings import Row
from helpers.page.findings_made import measure_of, row_of
from helpers.page.mean_rows import MeanRow
from helpers.page.means_made import every_mean
from helpers.page.own_data import EVERYBODY
from helpers.survey.editions import Edition
from helpers.takeaway.about import About
from helpers.takeaway.explorer.explorer_data import belongs
from helpers.takeaway.figure_csv import steps
from helpers.takeaway.grids import class_of

DESCRIPTION = "-metadata.json"  # follows the table's name, where the standard has readers look
TEXT, WHOLE = "string", {"base": "integer", "minimum": 0}
YES_OR_NO = {"base": "boolean", "format": "ja|nej"}
NUMBER = {"base": "decimal", "format": {"decimalChar": ","}}
FRACTION = {**NUMBER, "minimum": 0, "maximum": 1}
# column -> what it holds, how it is written, and its unit
COLUMNS: dict[str, tuple[str, Any, str]] = {
    "id": ("tallets id: det findes igen med »kontaktbogen find«", TEXT, ""),
    "undersøgelse": ("undersøgelsens navn", TEXT, ""),
    "udgave": ("hvis svar tallet er regnet af: alle steder under ét eller ét sted", TEXT, ""),
    "spørgsmål": ("spørgsmålets navn i kodebogen (DDI)", TEXT, ""),
    "opdeling": ("hvad svarene er opdelt på; tom, når de ikke er det", TEXT, ""),
    "gruppe": ("gruppen i opdelingen, eller »I alt«", TEXT, ""),
    "svar": ("svaret, eller hvad flere svar lagt sammen kaldes; tom for gennemsnit", TEXT, ""),
    "lagt sammen": ("om flere svar er lagt sammen", YES_OR_NO, ""),
    "mål": (
        "hvad der er målt: andel eller gennemsnit; »vaegtet-« er vægtet efter stikprøven",
        TEXT,
        "",
    ),
    "N": ("hvor mange der har svaret på spørgsmålet; kan være rundet", WHOLE, "svar"),
    "andel": ("andelen; midten af dens klasse, når den er vist i trin", FRACTION, "andel (0-1)"),
    "gennemsnit": ("gennemsnittet på skalaen; midten af dets klasse", NUMBER, "point"),
    "trin": ("trinnet, tallet er vist i; 0 er et nøjagtigt tal", NUMBER, "procent eller point"),
    "fra": ("klassens nedre ende; tom for et nøjagtigt tal", NUMBER, "andel (0-1) eller point"),
    "til under": ("klassens øvre ende; tom for et nøjagtigt", NUMBER, "andel (0-1) eller point"),
    "skjult": ("hvorfor tallet er skjult; tom, når det er vist", TEXT, ""),
}
ABOUT = (
    "En andel med trin over 0 står for sin klasse: Den sande andel er mindst »fra« og under »til "
    "under«. Skjulte tal har ingen andel, men en grund."
)
MAY_BE_EMPTY = (
    "opdeling",
    "svar",
    "N",
    "andel",
    "gennemsnit",
    "trin",
    "fra",
    "til under",
    "skjult",
)


def published_rows(releasable: Releasable, edition: Edition) -> Iterator[tuple[str, str, Row]]:
    """Every number of an edition that a page could show or say is hidden: its id, its breakdown
    ("" for none), and its row."""
    codebook = releasable.codebook
    ids = NumberIds(round_id(releasable.manifest), codebook)
    measures = {one.id: measure_of(releasable, one) for one in codebook.tabulated}
    table = releasable.published.of(edition.slug)
    estimates: Iterator[Any] = table.itertuples(name="Estimate", index=False)
    for one in estimates:
        name, group = one.question, one.group
        if belongs(one, codebook.question(name), codebook, edition):
            among = (name, one.breakdown, group, one.answer, measures[name])
            yield (
                ids.number(edition.name, *among),
                one.breakdown,
                row_of(one, edition, name, group),
            )


def number_table(sides: Sequence[tuple[Releasable, Edition]]) -> pd.DataFrame:
    """One row per published number of surveys, each in an edition; of a hidden one only what it is
    and why it is hidden."""
    rows = [
        line(releasable, edition, breakdown, row)
        | {
            "id": number,
            "spørgsmål": row.question,
            "svar": row.answer,
            "lagt sammen": "ja" if row.combined else "nej",
            "mål": measure_of(releasable, releasable.codebook.question(row.question)),
            "andel": row.share,
        }
        for releasable, edition in sides
        for number, breakdown, row in published_rows(releasable, edition)
    ]
    rows += [
        line(releasable, edition, breakdown, row)
        | {
            "id": row.id,
            "spørgsmål": row.scale.id,
            "svar": "",
            "lagt sammen": "nej",
            "mål": row.id.rpartition(".")[-1],
            "gennemsnit": row.mean and row.mean.value,
        }
        for releasable, edition in sides
        for breakdown, row in every_mean(releasable, edition)
    ]
    kinds = {"N": "Int64"} | dict.fromkeys(("andel", "gennemsnit", "fra", "til under"), "Float64")
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds)
    return frame.assign(trin=steps(frame["trin"]))


def line(
    releasable: Releasable, edition: Edition, breakdown: str, row: Row | MeanRow
) -> dict[str, Any]:
    """What shares and means are told alike: of whom, of how many, and how exactly."""
    step, low, high = class_of(row)
    return {
        "undersøgelse": releasable.codebook.survey,
        "udgave": edition.name,
        "opdeling": breakdown,
        "gruppe": row.group or EVERYBODY,
        "N": row.base,
        "trin": step,
        "fra": low,
        "til under": high,
        "skjult": releasable.rules.reason(row.hidden) if row.hidden else "",
    }


def description(facts: About, table: str) -> bytes:
    """What the table in the file `table` is: of what, and what each column holds."""
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "da"}],
        "url": table,
        "dc:title": f"{facts.title}: alle offentliggjorte tal, {facts.place}",
        "dc:description": f"{facts.notice} {ABOUT}".strip(),
        "dc:language": "da",
        "lang": "da",
        "dc:publisher": publisher(),
        "dc:source": f"{facts.dataset}. {facts.source}",
        "dc:temporal": facts.period,
        "dialect": {"delimiter": ";", "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": list(columns()), "primaryKey": "id"},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def columns() -> Iterator[dict[str, Any]]:
    """The columns in the standard's words; a name has no letters but those of an address."""
    for title, (meaning, kind, unit) in COLUMNS.items():
        yield {
            "name": word(title).replace("-", "_"),
            "titles": title,
            "dc:description": meaning,
            "datatype": kind,
            "required": title not in MAY_BE_EMPTY,
            **({"schema:unitText": unit} if unit else {}),
        }
