"""Executed notebooks of invented people, as the press would hand them to the exports."""

from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.page import say
from helpers.takeaway.bundle import export_edition
from helpers.takeaway.shown import RECORD


def shown(side, verb, face="figure", **arguments):
    """A cell that shows what a page answers to a question, with the record that says which."""
    data, *metadata = as_pair(getattr(getattr(side, verb)(**arguments), face)()._repr_mimebundle_())
    record = {"verb": verb, "arguments": arguments, "title": arguments.get("question", verb)}
    record |= {"places": "kommunerne"} if verb == "municipalities" else {}
    return new_code_cell(
        "",
        outputs=[
            new_output(
                "display_data", data, metadata=(metadata[0] if metadata else {}) | {RECORD: record}
            )
        ],
    )


def as_pair(bundle):
    return bundle if isinstance(bundle, tuple) else (bundle,)


def told(text):
    return new_code_cell("", outputs=[new_output("display_data", {"text/markdown": str(text)})])


def theme(side):
    """A page with every sort of figure."""
    satisfied, by_group = side.finding("tilfredshed"), side.finding("tilfredshed", by="maalgruppe")
    return [
        new_markdown_cell(f"# Et tema\u00a0· {side.edition.name}\n\nIndledning."),
        new_markdown_cell("## Tilfredshed"),
        told(
            side.tell(
                say.shares(satisfied, "{x} er tilfredse.", x="positive"),
                say.shares(satisfied, "{x} ved det ikke.", x="Ved ikke"),
            )
        ),
        shown(side, "finding", question="tilfredshed"),
        shown(side, "finding", "table", question="tilfredshed"),
        new_markdown_cell("### Målgrupperne"),
        told(side.tell(say.groups(by_group, "positive"))),
        shown(side, "finding", question="tilfredshed", by="maalgruppe"),
        shown(side, "finding", "table", question="tilfredshed", by="maalgruppe"),
        new_markdown_cell("## Former"),
        shown(side, "finding", question="kanal"),
        shown(side, "finding", question="emner_ledige", by="maalgruppe"),
        new_markdown_cell("## Udsagn"),
        told("- Et punkt.\n- **Et** punkt til."),
        shown(side, "battery", battery="udsagn"),
        new_markdown_cell("## Køn"),
        shown(side, "finding", question="koen"),
    ]


def summary(side):
    """A page of sentences only."""
    satisfied = side.finding("tilfredshed")
    return [
        new_markdown_cell("# Hovedkonklusioner"),
        new_markdown_cell("## Tilfredsheden"),
        told(side.tell(say.most_common(satisfied))),
    ]


def two_shares(side):
    """Two shares beside each other, as `Page.beside` shows them."""
    satisfied, channel = side.finding("tilfredshed"), side.finding("kanal")
    return side.beside(
        "To ting", satisfied.line("Tilfredse", "positive"), channel.line("I telefon", "Via telefon")
    )


def shown_beside(side):
    """A cell that shows them, with the record that tells which they are."""
    beside = two_shares(side)
    lines = [
        {
            "label": line.label,
            "of": {"verb": "finding", "arguments": {"question": line.row.question}},
            "row": {"answer": line.row.answer, "group": line.row.group, "place": line.row.place},
        }
        for line in beside.lines
    ]
    data, *metadata = as_pair(beside.figure()._repr_mimebundle_())
    return new_code_cell(
        "",
        outputs=[
            new_output(
                "display_data",
                data,
                metadata=metadata[0]
                | {RECORD: {"verb": "beside", "title": beside.title, "lines": lines}},
            )
        ],
    )


def municipalities(side):
    return [
        new_markdown_cell("# Kommunerne"),
        new_markdown_cell("## Tilfredshed"),
        shown(side, "municipalities", question="tilfredshed", answer="positive"),
        shown(side, "representation", "table", question="koen"),
        new_markdown_cell("## Side om side"),
        shown_beside(side),
    ]


@pytest.fixture(scope="session")
def notebooks(pages, tmp_path_factory):
    """edition -> [(slug, executed notebook)]"""
    folder, made = tmp_path_factory.mktemp("sider"), {}
    for name, side in pages.items():
        cells = {"hovedkonklusioner": summary(side), "tema": theme(side)} | (
            {"kommunerne": municipalities(side)} if side.edition.is_country else {}
        )
        made[name] = []
        for slug, content in cells.items():
            path = folder / side.edition.slug / f"{slug}.ipynb"
            path.parent.mkdir(exist_ok=True)
            nbformat.write(new_notebook(cells=content), path)
            made[name].append((slug, path))
    return made


@pytest.fixture(scope="session")
def exported(pages, notebooks, tmp_path_factory):
    """edition -> its folder and files"""
    made = {}
    for name, side in pages.items():
        folder = tmp_path_factory.mktemp(side.edition.slug)
        made[name] = SimpleNamespace(
            folder=folder, files=export_edition(side, notebooks[name], folder)
        )
    return made
