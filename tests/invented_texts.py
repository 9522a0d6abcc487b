"""A survey of 1,200 invented pupils, 1,000 of whom write a text with something personal in it; and
what an analyst makes of the reading list."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

SCHOOLS = ("Skovskolen", "Åskolen", "Søndre Skole")
THEMES = {
    "Mere ro": "der er for meget larm",
    "Bedre mad": "maden er kedelig",
    "Lektier": "lektierne tager al min tid",
}
OTHER, NOTHING = "jeg ved ikke rigtig hvad", "nej"
WROTE, PUPILS = 1_000, 1_200
FIRST = ("Anna", "jørgen", "Fatima", "Mikkel", "GITTE", "Anne-Marie", "Mohammed", "Gunvaldine")
LAST = ("Jensen", "Østergaard", "Al-Hassan", "Nørregaard", "Kvistborgsen", "Thygesen")
TOWNS = ("Vejle", "aarhus", "Ringkøbing-Skjern", "Ærø", "Hundested", "Skovskolen", "søndre skole")
STREETS = (
    "Skovvej {}",
    "nørregade {} B",
    "Åboulevarden {}, 2. th",
    "Lærkevænget {}, st. tv.",
    "Vænget {}",
)
WRITTEN = (
    "{:02d}0180-1{:03d}",
    "{:02d}0180 1{:03d}",
    "{:02d}01801{:03d}",
    "{:02d} 01 80 - 1{:03d}",
)
PHONES = ("20 30 4{} {}", "+45 203{}0{}7", "2030-4{}{}", "tlf. 203{}99{}")
CODEBOOK = """\
survey: elever
title: Elevernes trivsel
report: Ingen
unit: {singular: elev, plural: elever, definite_plural: eleverne}
places: {question: skole, singular: skole, neuter: false, definite: skolen, plural: skoler,
         definite_plural: skolerne, at: på, named: "{navn}", whole: alle skoler,
         rest: de andre skoler}
respondents: 1200
questions:
  - id: glad
    text: Hvor glad er du for din skole?
    short: Glad for skolen
    theme: 1
    type: single
    options: [Glad, Hverken eller, Ikke glad]
    compared_by: [koen]
  - id: forslag
    text: Hvad kunne din skole gøre bedre?
    short: Forslag
    theme: 1
    type: text
    options: [Mere ro, Bedre mad, Lektier, Andet]
    asked_if: {question: glad, answers: [Glad, Hverken eller, Ikke glad]}
    compared_by: [koen]
  - id: koen
    text: Køn
    short: Køn
    type: single
    role: background
    options: [Pige, Dreng]
  - id: skole
    text: Hvilken skole går du på?
    short: Skole
    type: single
    role: background
    options: [Skovskolen, Åskolen, Søndre Skole]
breakdowns:
  - {id: koen, question: koen, title: Køn}
  - {id: skole, question: skole, title: Skole, editions: country}
"""


@dataclass(frozen=True)
class Invented:
    """One row per pupil: the export, the themes that each text is about (None of who wrote nothing
    or no answer), and what of each text must not be seen."""

    table: pd.DataFrame
    about: list[frozenset[str] | None]
    personal: list[tuple[str, ...]]


def canary(number: int) -> str:
    """A word that no mask knows, in each text its own."""
    return "qux" + "".join("abcdefghij"[int(digit)] for digit in f"{number:04d}")


def invented() -> Invented:
    random = np.random.default_rng(21)
    texts, about, personal = [], [], []
    for number in range(PUPILS):
        if number % 6 == 5:  # a sixth of them wrote nothing
            texts.append(("", " ", " - ")[number % 3])
            about.append(None)
            personal.append(())
            continue
        kind = int(random.integers(0, 9))
        themes = [one for place, one in enumerate(THEMES) if kind >> place & 1]
        said = " og ".join(THEMES[one] for one in themes) or (NOTHING if kind == 8 else OTHER)
        bits = personal_bits(number, random)
        texts.append(
            f"{said}, {canary(number)}. Spørg {bits[0]} {bits[1]}, cpr {bits[2]}, som bor på "
            f"{bits[3]} i {bits[4]}, ring {bits[5]} eller skriv til {bits[6]}"
        )
        about.append(None if said == NOTHING else frozenset(themes or ["Andet"]))
        personal.append(bits)
    table = pd.DataFrame(
        {
            "Hvor glad er du for din skole?": random.choice(
                ["Glad", "Hverken eller", "Ikke glad"], PUPILS
            ),
            "Hvad kunne din skole gøre bedre?": texts,
            "Køn": random.choice(["Pige", "Dreng"], PUPILS),
            "Hvilken skole går du på?": random.choice(SCHOOLS, PUPILS, p=[0.5, 0.3, 0.2]),
        }
    )
    return Invented(table, about, personal)


def personal_bits(number: int, random: np.random.Generator) -> tuple[str, ...]:
    """First name, surname, CPR number, address, town, telephone and e-mail."""
    first, last, town, street, cpr, phone = (
        str(random.choice(words)) for words in (FIRST, LAST, TOWNS, STREETS, WRITTEN, PHONES)
    )
    return (
        first,
        last,
        cpr.format(number % 28 + 1, number % 1000),
        street.format(number % 98 + 1),
        town,
        phone.format(number % 9 + 1, 10 + number % 90) if phone.count("{}") == 2 else phone,
        f"{first.casefold()}.{number}@{'eksempel' if number % 2 else 'mail'}.dk",
    )


def written(place: Path, people: Invented) -> tuple[Path, Path]:
    """The export and the codebook as files."""
    export, codebook = place / "svar.csv", place / "elever.yaml"
    people.table.to_csv(export, index=False, sep=";", encoding="utf-8-sig")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    return export, codebook


def code(path: Path, wanted: int | None = None) -> None:
    """Writes the themes of the first texts on a list, of all where nothing is said, as an analyst
    does who reads what is there."""
    book = openpyxl.load_workbook(path)
    rows = list(book["Tekster"].iter_rows(min_row=2))
    for row in rows[:wanted]:
        row[3].value = themes_read(row[2].value)
    book.save(path)


def themes_read(text: str) -> str:
    if text.startswith(NOTHING):
        return "udelad"
    return "; ".join(theme for theme, words in THEMES.items() if words in text) or "andet"
