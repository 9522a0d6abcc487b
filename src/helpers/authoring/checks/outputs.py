"""Stored outputs that may not go on: figures that shut readers out, tables of respondents,
leftovers of a session."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from helpers.authoring.notebook import Cell, Written
from helpers.authoring.problems import Problem
from helpers.press.run.displays import alt_in, picture_in

RAW_ROWS = 25
ROWS_SAID = re.compile(r"(\d+) rows [x×] \d+ columns")
RESPONDENT = re.compile(
    r"\b(respondent(_?id)?|responde|cpr(-?nummer)?|personnummer)\b", re.IGNORECASE
)
FRAME = 'class="dataframe"'
WIDGET = "application/vnd.jupyter.widget"
STORE = "Kør: make notebooks"


def output_problems(notebook: Written) -> list[Problem]:
    """What is wrong with the outputs stored in a notebook."""
    found = []
    for cell in notebook.code:
        pictures = [output for output in cell.outputs if picture_in(output)]
        if len(pictures) > 1:
            found.append(
                notebook.problem(
                    cell, 0, f"Cellen viser {len(pictures)} figurer.", "Vis én figur pr. celle."
                )
            )
        if any(not alt_in(output) for output in pictures):
            found.append(
                notebook.problem(
                    cell,
                    0,
                    "Figuren har ingen alternativ tekst, så den lukker blinde ude.",
                    "Vis et funds .figure(), eller tegn den med side.own_figure(…, alt=…).",
                )
            )
        for output in cell.outputs:
            found += output_problem(notebook, cell, output)
    return found


def output_problem(notebook: Written, cell: Cell, output: NotebookNode) -> list[Problem]:
    """At most one problem with one output."""
    data = output.get("data", {})
    if output.output_type == "error":
        return [
            notebook.problem(
                cell,
                0,
                f"Cellen er gemt med en fejl ({output.ename}).",
                f"Ret cellen, og gem igen. {STORE}",
            )
        ]
    if shows_respondents(output):
        return [
            notebook.problem(
                cell,
                0,
                "Udskriften viser svar fra enkeltpersoner eller en lang rå tabel.",
                f"Vis et fund fra side.finding(…) i stedet, og slet udskriften. {STORE}",
            )
        ]
    if any(kind.startswith(WIDGET) for kind in data):
        return [notebook.problem(cell, 0, "Et panel fra JupyterLab er gemt med.", STORE)]
    return []


def shows_respondents(output: NotebookNode) -> bool:
    """Whether an output is a raw table with a column of respondents, or with more rows than anyone
    tabulates."""
    data = output.get("data", {})
    html, plain = data.get("text/html", ""), data.get("text/plain", "") or output.get("text", "")
    said = max((int(rows) for rows in ROWS_SAID.findall(html + plain)), default=0)
    if FRAME in html:
        heading = html.split("</thead>")[0]
        return bool(RESPONDENT.search(heading)) or max(said, html.count("<tr") - 1) > RAW_ROWS
    # A helper's table says the same in plain text, and has no raw rows.
    lines = plain.splitlines()
    return (
        "text/html" not in data
        and "image/svg+xml" not in data
        and bool(lines)
        and (
            said > RAW_ROWS
            or bool(re.match(r"\s*(\w+\s+)*?" + RESPONDENT.pattern, lines[0], re.IGNORECASE))
        )
    )
