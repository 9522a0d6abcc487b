"""A survey's codebook and its published shares as DDI-Codebook 2.5, which archives of data take.

A `var` per question, per statement of a battery and per option of a multiple choice; `varGrp` holds
together what was one question. A share is a `catStat` with the number's stable id. There are no
counts, and no answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from helpers.book_title import book_title, publisher
from helpers.disclosure.number_ids import WEIGHTED_SHARE, words
from helpers.disclosure.release import Releasable
from helpers.not_none import not_none
from helpers.page.findings import Row
from helpers.survey.codebook import EVERYBODY, Codebook
from helpers.survey.questions import (
    AllRule,
    AnswerRule,
    AnyRule,
    Combined,
    FilterRule,
    NotRule,
    Question,
    Rule,
)
from helpers.takeaway.about import About
from helpers.takeaway.number_table import published_rows

NAMESPACE, VERSION = "ddi:codebook:2_5", "2.5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
REAL = "Svar fra en spørgeskemaundersøgelse. Kun offentliggjorte andele er med, ingen antal."
STEPS = (
    "Andele (catStat) er i procent og gælder {whole}. En andel, der er vist i trin, står for "
    "midten af sin klasse; klassens ender står i tabellen {table} under samme id. Skjulte andele "
    "er udeladt."
)
TICKED = ("Ikke valgt", "Valgt")


@dataclass(frozen=True)
class Told:
    """What is written down: the codebook, and by question and answer the ids and rows of the
    published shares of everybody."""

    codebook: Codebook
    shares: Mapping[tuple[str, str], tuple[str, Row]]


def ddi(facts: About, releasable: Releasable, table: str) -> bytes:
    """The document on a survey in the edition of the whole; the file `table` has all its numbers.
    The same bytes for the same numbers."""
    shares = {
        (row.question, row.answer): (number, row)
        for number, breakdown, row in published_rows(releasable, releasable.country)
        if not breakdown and not row.hidden and row.share is not None
    }
    told = Told(releasable.codebook, shares)
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": VERSION, LANGUAGE: "da"})
    study(SubElement(root, "stdyDscr"), facts, releasable)
    data = SubElement(root, "dataDscr")
    for element in (*groups(told), *variables(told)):
        data.append(element)
    whole = told.codebook.places.whole
    text(data, "notes", STEPS.format(whole=whole, table=table))
    other = SubElement(root, "otherMat", level="study", type="table", URI=table)
    text(other, "labl", "Alle offentliggjorte tal (CSV)")
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def text(parent: Element, tag: str, content: str, **attributes: str) -> Element:
    """A child with a text."""
    made = SubElement(parent, tag, attributes)
    made.text = content
    return made


def study(root: Element, facts: About, releasable: Releasable) -> None:
    """What was done, by whom and when, and whether anybody gave the answers."""
    codebook, manifest = releasable.codebook, releasable.manifest
    citation = SubElement(root, "citation")
    text(SubElement(citation, "titlStmt"), "titl", codebook.title)
    production = SubElement(citation, "prodStmt")
    text(production, "producer", publisher())
    text(production, "software", book_title())
    information = SubElement(root, "stdyInfo")
    text(information, "abstract", facts.notice or REAL)
    summary = SubElement(information, "sumDscr")
    text(summary, "collDate", manifest.period)
    text(summary, "anlyUnit", codebook.unit.singular)
    text(summary, "universe", codebook.unit.plural)
    text(summary, "dataKind", "syntetiske svar" if manifest.synthetic else "spørgeskemasvar")
    text(root, "notes", f"{manifest.title}. {manifest.source}")


def groups(told: Told) -> Iterator[Element]:
    """A group per battery and per multiple choice, of the variables that were asked as one."""
    batteries: dict[str, list[Question]] = {}
    for question in told.codebook.questions:
        if question.battery:
            batteries.setdefault(question.battery, []).append(question)
        elif question.type == "multiple":
            names = " ".join(variable_ids(question).values())
            yield group(question.id, "multipleResp", names, question.short, question.text)
    for name, items in batteries.items():
        names = " ".join(variable_id(item) for item in items)
        yield group(name, "grid", names, not_none(items[0].battery_short), not_none(items[0].stem))


def group(name: str, kind: str, variables: str, short: str, wording: str) -> Element:
    made = Element("varGrp", ID=f"G.{name}", name=name, type=kind, var=variables)
    text(made, "labl", short)
    text(made, "txt", wording)
    return made


def variable_id(question: Question) -> str:
    return f"V.{question.id}"


def variable_ids(question: Question) -> dict[str, str]:
    """The names of a multiple choice's variables, by their options."""
    return {
        label: f"{variable_id(question)}.{name}" for label, name in words(question.labels).items()
    }


def variables(told: Told) -> Iterator[Element]:
    """The survey's variables in the questionnaire's order."""
    for question in told.codebook.questions:
        if question.type == "multiple":
            for label, name in variable_ids(question).items():
                yield ticked(told, question, label, name)
        else:
            yield chosen(told, question)


def chosen(told: Told, question: Question) -> Element:
    """A question with one answer: its categories in order, and what is counted as one of them."""
    name = variable_id(question)
    made = variable(told.codebook, question, name, question.id, question.short)
    made.set("nature", "ordinal" if question.ordered else "nominal")
    labels = (*question.labels, *question.screened_out)
    codes = {label: f"{name}.{code}" for code, label in enumerate(labels, 1)}
    for sum_ in question.sums:
        together(made, told, question, sum_, codes)
    for code, label in enumerate(labels, 1):
        missing = {"missing": "Y", "missType": label} if label == question.dont_know else {}
        category = SubElement(made, "catgry", {"ID": codes[label], **missing})
        text(category, "catValu", str(code))
        text(category, "labl", label)
        if label in question.screened_out:
            text(category, "txt", "De, der svarede sådan, indgår ikke i undersøgelsen.")
        share(category, told, question, label)
    return made


def together(
    made: Element, told: Told, question: Question, sum_: Combined, codes: Mapping[str, str]
) -> None:
    """Several answers counted as one."""
    members = " ".join(codes[option] for option in sum_.options)
    grouped = SubElement(made, "catgryGrp", catgry=members)
    text(grouped, "labl", sum_.label)
    share(grouped, told, question, sum_.label)


def ticked(told: Told, question: Question, label: str, name: str) -> Element:
    """One option of a multiple choice: ticked or not."""
    made = variable(told.codebook, question, name, question.column(label), label)
    made.set("nature", "nominal")
    for code, meaning in enumerate(TICKED):
        category = SubElement(made, "catgry", ID=f"{name}.{code}")
        text(category, "catValu", str(code))
        text(category, "labl", meaning)
        if code:
            if label == question.dont_know:
                text(category, "txt", "Svaret betyder, at den adspurgte ikke ved det.")
            share(category, told, question, label)
    return made


def share(parent: Element, told: Told, question: Question, answer: str) -> None:
    """The published share of an answer in per cent; nothing where it is hidden."""
    if found := told.shares.get((question.id, answer)):
        number, row = found
        weighted = {"wgtd": "wgtd"} if number.endswith(f".{WEIGHTED_SHARE}") else {}
        value = f"{100 * not_none(row.share):.4f}".rstrip("0").rstrip(".")
        text(parent, "catStat", value, ID=number, type="percent", **weighted)


def variable(codebook: Codebook, question: Question, name: str, column: str, label: str) -> Element:
    """A variable with its question as it was asked, and whom it was put to."""
    made = Element("var", ID=name, name=column, intrvl="discrete")
    text(made, "labl", label)
    asked = SubElement(made, "qstn")
    if question.stem:
        text(asked, "preQTxt", question.stem)
    text(asked, "qstnLit", question.text)
    text(made, "universe", universe(codebook, question))
    return made


def universe(codebook: Codebook, question: Question) -> str:
    """Whom a question was put to, in words and by the answers that lead to it."""
    who = question.asked_of or EVERYBODY
    if question.asked_if is None:
        return who
    return f"{who}. Spørgsmålet blev stillet, når {routed(codebook, question.asked_if)}."


def routed(codebook: Codebook, rule: Rule) -> str:
    """A routing rule in words: "svaret på »…« var »Ja« eller »Nej«"."""
    match rule:
        case AnswerRule(question=name, answers=answers):
            asked = codebook.question(name)
            given = " eller ".join(f"»{answer}«" for answer in answers)
            several = "omfattede" if asked.type == "multiple" else "var"
            return f"svaret på »{asked.text}« {several} {given}"
        case FilterRule(filter=name):
            return routed(codebook, codebook.filters[name].rule)
        case AllRule(all=parts):
            return " og ".join(bracketed(codebook, part) for part in parts)
        case AnyRule(any=parts):
            return " eller ".join(bracketed(codebook, part) for part in parts)
        case NotRule(negated=part):
            return f"det ikke gjaldt, at {bracketed(codebook, part)}"


def bracketed(codebook: Codebook, rule: Rule) -> str:
    """A rule as a part of another."""
    said = routed(codebook, rule)
    return said if isinstance(rule, AnswerRule) else f"({said})"
