"""Every text that a sentence can be made of: those that the notebooks give, and the helpers' own. Found in the sources, so that one
that is added tomorrow is found tomorrow."""

import ast
import importlib
import inspect
from pathlib import Path

import helpers.page
from helpers.page import narrative
from helpers.page.frame import Representation
from helpers.page.reconciliation import Reconciliation
from helpers.page.secrecy import Secrecy
from helpers.paths import NOTEBOOKS

import nbformat

BRANCHES = {"template", "differ", "alike", "unsure", "same", "similar", "higher", "lower", "more", "less", "one", "several", "every", "otherwise",
            "over", "under"}
MODULES = sorted(path for path in Path(helpers.page.__file__).parent.glob("*.py"))


def in_notebooks():
    """The texts typed in the notebooks' calls: {text: predicate}."""
    found = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                for call in (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)):
                    found |= texts_of(call)
    return found


def texts_of(call):
    """The texts that one call gives for branches, by the predicate's own signature."""
    predicate = predicate_of(call)
    if predicate is None:
        return {}
    name, function = predicate
    parameters = [one for one in inspect.signature(function).parameters if one != "self"]
    given = dict(zip(parameters, call.args)) | {keyword.arg: keyword.value for keyword in call.keywords}
    return {constant(value): name for branch, value in given.items() if branch in BRANCHES and branch in parameters}


def predicate_of(call):
    if not isinstance(call.func, ast.Attribute):
        return None
    owner, name = call.func.value, call.func.attr
    if isinstance(owner, ast.Name) and owner.id == "say":
        return name, getattr(narrative, name)
    if name == "tell" and isinstance(owner, ast.Name) and owner.id == "skjulte":
        return "secrecy", Secrecy.tell
    if name == "tell" and not (isinstance(owner, ast.Name) and owner.id == "side"):
        is_frame = any(keyword.arg in ("over", "under", "alike") for keyword in call.keywords)
        return ("representation", Representation.tell) if is_frame or not call.args else ("reconciliation", Reconciliation.tell)
    return None


def constant(node):
    """The text of a string, also of one in several pieces."""
    return ast.literal_eval(node)


def in_helpers():
    """The helpers' own texts: {text: "module.NAME"}, every module constant that `filled` or a default may take."""
    found = {}
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = importlib.import_module(f"helpers.page.{path.stem}")
        for name in used_as_templates(tree):
            text = getattr(module, name)
            if isinstance(text, str) and " " in text:
                found[text] = f"{path.stem}.{name}"
    return found


def used_as_templates(tree):
    """The constants that a module fills in, gives as defaults for branches, or adds as notes."""
    constants = {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
                 if isinstance(target, ast.Name) and target.id.isupper()}
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "filled" and node.args:
            used |= names_in(node.args[0])
        elif isinstance(node, ast.Call) and called(node) == "format":
            used |= names_in(node.func)
        elif isinstance(node, ast.FunctionDef):
            defaults = zip([argument.arg for argument in node.args.args][-len(node.args.defaults):], node.args.defaults)
            used |= {name for argument, default in defaults if argument in BRANCHES for name in names_in(default)}
        elif isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "template" for target in node.targets):
            used |= names_in(node.value)
    return sorted(name for name in used & constants)


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def names_in(node):
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def typed_inline():
    """Places where a sentence is made of a text that is typed on the spot, and so is not listed above."""
    places = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in ("filled", "Sentence") and node.args:
                inline = [inner for inner in ast.walk(node.args[0]) if isinstance(inner, ast.JoinedStr)
                          or (isinstance(inner, ast.Constant) and isinstance(inner.value, str) and len(inner.value) > 1)]
                if inline and path.stem != "sentences":
                    places.append(f"{path.name}:{node.lineno}")
    return places
