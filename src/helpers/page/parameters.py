"""A notebook's parameters: papermill only warns of a name that the notebook does not have, and a
warning is easily missed."""

import ast
from collections.abc import Iterable

from IPython import get_ipython

from helpers.errors import UserError, nearest

KNOWN = ("municipality", "dataset", "weighting")
INJECTED = "# Parameters"


def refuse_unknown_parameters() -> None:
    """Raises UserError when papermill has given this notebook a parameter that it does not have."""
    shell = get_ipython()
    if shell is None:
        return
    for name in injected_names(shell.user_ns.get("In", ())):
        if name not in KNOWN:
            raise UserError(
                f"Notebooken har ikke parameteren »{name}«. {nearest(name, KNOWN)} Parametrene "
                f"er: {', '.join(KNOWN)}."
            )


def injected_names(cells: Iterable[str]) -> list[str]:
    """The names that papermill's injected cells assign to; it starts such a cell with a comment of
    its own."""
    trees = [ast.parse(cell) for cell in cells if cell.startswith(INJECTED)]
    return [
        target.id
        for tree in trees
        for step in tree.body
        if isinstance(step, ast.Assign)
        for target in step.targets
        if isinstance(target, ast.Name)
    ]
