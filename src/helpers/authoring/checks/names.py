"""Questions, answers, groups and breakdowns that a notebook names, held against the codebook
without running it.

The helpers' own signatures tell what a string is: an argument for a parameter called `answer` is an
answer, and so on, so that a new helper is checked as soon as its parameters have these names.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from helpers.authoring.notebook import Cell, Written
from helpers.authoring.problems import Problem
from helpers.errors import UserError, nearest
from helpers.page import Page, open_page, say
from helpers.page.comparison import Comparison
from helpers.page.danish import short_label
from helpers.page.faces import ShownFinding
from helpers.survey.codebook import Codebook, main_of
from helpers.survey.questions import Breakdown, Question

MEND = "Ret navnet, eller tilføj det i kodebogen (data/codebook)."


@dataclass(frozen=True)
class APage:
    """A variable that holds the page on a survey."""

    codebook: Codebook
    kind = Page


@dataclass(frozen=True)
class AFinding:
    """A variable that holds a finding, or several on the same question; `kind` is its class in
    helpers.page."""

    codebook: Codebook
    questions: tuple[Question, ...]
    breakdown: Breakdown | None
    is_battery: bool
    kind: type = ShownFinding


class NameReader:
    """Follows a notebook's variables from cell to cell and collects the names that the codebook
    does not have."""

    def __init__(self, notebook: Written, codebooks: dict[str, Codebook]):
        self.notebook, self.codebooks = notebook, codebooks
        self.variables: dict[str, Any] = {}
        self.found: list[Problem] = []
        self.cell: Cell | None = None

    def read(self) -> list[Problem]:
        for cell in self.notebook.code:
            self.cell = cell
            for step in cell.tree.body if cell.tree else ():
                value = self.value(step.value) if isinstance(step, (ast.Assign, ast.Expr)) else None
                for target in getattr(step, "targets", ()):
                    if isinstance(target, ast.Name):
                        self.variables[target.id] = value
        return self.found

    def value(self, node: ast.AST) -> Any:
        """What an expression holds, as far as it matters here; every call inside it is checked on
        the way."""
        if isinstance(node, ast.Name):
            return self.variables.get(node.id)
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.Attribute):
            owner = self.value(node.value)
            return (
                AFinding(owner.codebook, owner.questions, owner.breakdown, False)
                if is_comparison(owner) and node.attr == "finding"
                else None
            )
        for child in ast.iter_child_nodes(node):
            self.value(child)
        return None

    def call(self, node: ast.Call) -> Any:
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            if not isinstance(argument, ast.Name):
                self.value(argument)
        function = node.func
        if isinstance(function, ast.Name) and function.id == "open_page":
            return self.checked(
                lambda given: self.page(text_of(given.get("survey")) or self.main), open_page, node
            )
        if not isinstance(function, ast.Attribute):
            return None
        if isinstance(function.value, ast.Name) and function.value.id == "say":
            return self.told(getattr(say, function.attr, None), node)
        owner = self.value(function.value)
        if isinstance(owner, APage):
            return self.of_page(owner, function.attr, node)
        if isinstance(owner, AFinding):
            self.checked(
                lambda given: self.names(owner, given),
                getattr(owner.kind, function.attr, None),
                node,
                owner,
            )
        return None

    def told(self, function: Callable | None, node: ast.Call) -> None:
        """Checks a sentence: its first argument is the finding that the others speak of."""
        finding = (
            self.value(node.args[0]) if node.args and isinstance(node.args[0], ast.Name) else None
        )
        if isinstance(finding, AFinding):
            self.checked(lambda given: self.names(finding, given), function, node)

    def of_page(self, page: APage, method: str, node: ast.Call) -> Any:
        """What a method of the page gives."""

        def make(given: dict[str, ast.AST]) -> Any:
            if method == "survey":
                return self.page(text_of(given.get("name")))
            asked = text_of(given.get("question") or given.get("battery"))
            if method not in ("finding", "findings", "battery", "municipalities") or asked is None:
                return None
            return self.finding(page, asked, method, given)

        return self.checked(make, getattr(Page, method, None), node, page)

    @property
    def main(self) -> str:
        """The survey of a page that names none."""
        return main_of(self.codebooks.values()).survey

    def page(self, survey: str | None) -> APage | None:
        if survey in (None, *self.codebooks):
            return APage(self.codebooks[survey]) if survey else None
        raise UserError(
            f"Der er ingen undersøgelse »{survey}«. Undersøgelserne er: "
            f"{', '.join(self.codebooks)}."
        )

    def finding(self, page: APage, asked: str, method: str, given: dict[str, ast.AST]) -> AFinding:
        """The finding on a question. Raises UserError for an unknown question, breakdown or
        answer."""
        questions = page.codebook.battery(asked)
        breakdowns = [page.codebook.breakdown(name) for name in texts_of(given.get("by"))]
        kind = Comparison if method == "municipalities" else ShownFinding
        made = AFinding(
            page.codebook,
            questions,
            breakdowns[0] if len(breakdowns) == 1 else None,
            questions[0].id != asked,
            kind,
        )
        if method == "municipalities":
            self.names(made, given)
        return made

    def names(self, finding: AFinding, given: dict[str, Any]) -> None:
        """Raises UserError for an answer or a group among the arguments that the finding does not
        have."""
        for answer in (*texts_of(given.get("answer")), *texts_of(given.get("skip"))):
            check_answer(finding, answer)
        for group in texts_of(given.get("group")):
            check_group(finding, group)
        several = [
            given[name] for name in ("answers", "answer") if isinstance(given.get(name), dict)
        ]
        for node in (node for wanted in several for node in wanted.values()):
            for answer in texts_of(node)[-1:]:
                check_answer(finding, answer)
            for group in texts_of(node)[:-1]:
                check_group(finding, group)

    def checked(
        self, make: Callable, function: Callable | None, node: ast.Call, owner: Any = None
    ) -> Any:
        """What `make` gives from the arguments by their parameters' names; a UserError in it is a
        problem at the call's line."""
        try:
            return make(arguments(function, node, owner)) if function else None
        except UserError as error:
            self.found.append(self.notebook.problem(self.cell, node.lineno, str(error), MEND))
            return None


def is_comparison(thing: Any) -> bool:
    return isinstance(thing, AFinding) and thing.kind is Comparison


def arguments(function: Callable, node: ast.Call, owner: Any) -> dict[str, Any]:
    """The call's argument expressions by the function's parameter names; nothing when they do not
    fit."""
    try:
        positional = [owner, *node.args] if owner is not None else node.args
        named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        return dict(inspect.signature(function).bind_partial(*positional, **named).arguments)
    except (TypeError, ValueError):
        return {}


def text_of(node: Any) -> str | None:
    """The text of a string in the code."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts_of(node: Any) -> tuple[str, ...]:
    """The text of a string, or of the strings in a tuple or list."""
    nodes: Iterator = iter(node.elts) if isinstance(node, (ast.Tuple, ast.List)) else iter([node])
    return tuple(text for each in nodes if (text := text_of(each)) is not None)


def check_answer(finding: AFinding, answer: str) -> None:
    """Raises UserError when none of the finding's questions has the answer."""
    known = dict.fromkeys(
        name
        for question in finding.questions
        for name in (
            *question.combined,
            *question.labels,
            *map(short_label, question.labels),
            *(c.label for c in question.combined.values()),
        )
    )
    if answer not in known:
        raise UserError(
            f"»{finding.questions[0].battery or finding.questions[0].id}« har ikke svaret "
            f"»{answer}«. {nearest(answer, tuple(known))}"
        )


def check_group(finding: AFinding, group: str) -> None:
    """Raises UserError when the finding has no such group; groups that are municipalities follow
    the dataset and are let through."""
    municipality = finding.codebook.municipality_question
    if finding.breakdown and municipality and finding.breakdown.question == municipality.id:
        return
    groups = [g.label for g in finding.breakdown.groups] if finding.breakdown else []
    statements = (
        [name for question in finding.questions for name in (question.id, question.text)]
        if finding.is_battery
        else []
    )
    if group and group not in (*groups, *statements):
        raise UserError(
            f"Der er ingen gruppe »{group}« i »{finding.questions[0].id}«. "
            f"{nearest(group, (*groups, *statements))}"
        )


def name_problems(notebook: Written, codebooks: dict[str, Codebook]) -> list[Problem]:
    """The names in a notebook that the codebooks do not have."""
    return NameReader(notebook, codebooks).read()
