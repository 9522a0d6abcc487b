"""Every text that a sentence can be made of: those that the notebooks give, and the helpers' own.
Found in the sources, so that one that is added tomorrow is found tomorrow."""

import ast
import importlib
import inspect
from pathlib import Path

import nbformat

import helpers.page
from helpers.page import contrasts, narrative
from helpers.page.page import Page
from helpers.page.reconciliation import Reconciliation
from helpers.page.representativeness import Representation
from helpers.page.secrecy import Secrecy
from helpers.paths import NOTEBOOKS

BRANCHES = {
    "template",
    "differ",
    "slight",
    "alike",
    "same",
    "uneven",
    "untold",
    "rising",
    "falling",
    "similar",
    "higher",
    "lower",
    "benchmark",
    "more",
    "less",
    "one",
    "several",
    "every",
    "otherwise",
    "over",
    "under",
}
A_LITTLE = {"higher", "lower"}  # branches whose text is also said with "lidt"
MODULES = sorted(path for path in Path(helpers.page.__file__).parent.glob("*.py"))


def in_notebooks():
    """The texts typed in the notebooks' calls: {text: predicate}."""
    found = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                for call in (
                    node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)
                ):
                    found |= texts_of(call)
    return found


def texts_of(call):
    """The texts that one call gives for branches, by the predicate's own signature."""
    predicate = predicate_of(call)
    if predicate is None:
        return {}
    name, function = predicate
    parameters = [one for one in inspect.signature(function).parameters if one != "self"]
    given = dict(zip(parameters, call.args)) | {
        keyword.arg: keyword.value for keyword in call.keywords
    }
    typed = {
        branch: constant(given[branch]) for branch in BRANCHES & given.keys() & set(parameters)
    }
    return {text: name for branch, told in typed.items() for text in with_little(branch, told)}


def with_little(branch, text):
    """A branch's text, and the same with "lidt" where it is said so too."""
    return (text, contrasts.a_little(text)) if branch in A_LITTLE else (text,)


def predicate_of(call):
    if not isinstance(call.func, ast.Attribute):
        return None
    owner, name = call.func.value, call.func.attr
    if isinstance(owner, ast.Name) and owner.id == "say":
        return name, getattr(narrative, name)
    if name in ("reported", "largest", "furthest", "no_pattern"):
        return name, getattr(Page if name == "reported" else Representation, name)
    if name == "tell" and isinstance(owner, ast.Name) and owner.id == "skjulte":
        return "secrecy", Secrecy.tell
    if name == "tell" and not (isinstance(owner, ast.Name) and owner.id == "side"):
        is_frame = any(keyword.arg in ("over", "under", "alike") for keyword in call.keywords)
        return (
            ("representation", Representation.tell)
            if is_frame or not call.args
            else ("reconciliation", Reconciliation.tell)
        )
    return None


def constant(node):
    """The text of a string, also of one in several pieces."""
    return ast.literal_eval(node)


def in_helpers():
    """The helpers' own texts: {text: "module.NAME"}, every module constant that `filled` or a
    default may take, and what is made of them by replacing a part."""
    found, replaced = {}, []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = importlib.import_module(f"helpers.page.{path.stem}")
        for name, branches in used_as_templates(tree).items():
            text = getattr(module, name)
            if isinstance(text, str) and " " in text:
                told = [with_little(branch, text) for branch in branches or {"template"}]
                found |= {one: f"{path.stem}.{name}" for texts in told for one in texts}
        replaced += [
            (path.stem, *(value_of(node, module) for node in nodes)) for nodes in replacements(tree)
        ]
    for module, whole, part, other in replaced:  # of a constant, or of whatever a branch is given
        texts = [text for text in ([whole] if whole else found) if part in text]
        found |= {text.replace(part, other): f"{module}, in part" for text in texts}
    return found


def replacements(tree):
    """(text, part, other) of each `text.replace(PART, other)`; those of constants first."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [
        (node.func.value, *node.args)
        for node in calls
        if called(node) == "replace" and len(node.args) == 2 and is_constant(node.args[0])
    ]
    return sorted(found, key=lambda nodes: not is_constant(nodes[0]))


def is_constant(node):
    return isinstance(node, ast.Name) and node.id.isupper()


def value_of(node, module):
    """The text of a constant or of what is typed; None of a branch's."""
    if is_constant(node):
        return getattr(module, node.id)
    return node.value if isinstance(node, ast.Constant) else None


def used_as_templates(tree):
    """The constants that a module fills in, or gives as defaults: {name: of which branches}. An
    error's are no sentences."""
    constants = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }
    used, local = {}, {}
    raised = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name in {one.id for one in node.targets if isinstance(one, ast.Name)} - constants:
                local.setdefault(name, set()).update(names_in(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in ("filled", "said") and node.args:
            used |= {name: set() for name in followed(names_in(node.args[0]), local)}
        elif isinstance(node, ast.Call) and called(node) == "format" and id(node) not in raised:
            used |= {name: set() for name in names_in(node.func)}
        elif isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "template" for target in node.targets
        ):
            used |= {name: set() for name in names_in(node.value)}
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.keyword)):
        if node.arg in BRANCHES:
            for name in names_in(node.value):
                used.setdefault(name, set()).add(node.arg)
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
        defaults = zip(
            [argument.arg for argument in node.args.args][-len(node.args.defaults) :],
            node.args.defaults,
        )
        for argument, default in ((one, default) for one, default in defaults if one in BRANCHES):
            for name in names_in(default):
                used.setdefault(name, set()).add(argument)
    return {name: branches for name, branches in sorted(used.items()) if name in constants}


def followed(names, local):
    """The names, and those that what is assigned to them is made of."""
    found, new = set(), set(names)
    while new:
        found |= new
        new = set().union(*(local.get(name, ()) for name in new)) - found
    return found


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def names_in(node):
    """The names in an expression, without the parts of texts that it replaces."""
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and inner not in parts_replaced(node)
    }


def parts_replaced(node):
    """What an expression replaces in texts, and with what: `replacements` finds what comes of
    it."""
    calls = (call for call in ast.walk(node) if isinstance(call, ast.Call))
    return {
        inner
        for call in calls
        if called(call) == "replace"
        for argument in call.args
        for inner in ast.walk(argument)
    }


def typed_inline():
    """Places where a sentence is made of a text that is typed on the spot, and so is not listed
    above."""
    places = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in ("filled", "Sentence") and node.args:
                told = set(ast.walk(node.args[0])) - parts_replaced(node.args[0])
                inline = [
                    inner
                    for inner in told
                    if isinstance(inner, ast.JoinedStr)
                    or (
                        isinstance(inner, ast.Constant)
                        and isinstance(inner.value, str)
                        and len(inner.value) > 1
                    )
                ]
                if inline and path.stem != "sentences":
                    places.append(f"{path.name}:{node.lineno}")
    return places
