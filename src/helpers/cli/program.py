"""Every command by its name, and how what goes wrong is told."""

import codecs
import io
import os
import sys
from collections.abc import Callable

import typer

from helpers.cli import books, datasets, drafts, numbers
from helpers.cli import writing as authoring
from helpers.errors import UserError, of_system
from helpers.garbage import look_no_more, look_seldom

# In the order in which --help shows them.
COMMANDS: dict[str, Callable] = {
    "table": numbers.table_command,
    "find": numbers.find_command,
    "questions": numbers.questions_command,
    "reconcile": numbers.reconcile_command,
    "claims": numbers.claims_command,
    "audit": numbers.audit_command,
    "synthesize": datasets.synthesize_command,
    "import": datasets.import_command,
    "export": datasets.export_command,
    "list": books.list_command,
    "build": books.build_command,
    "check": authoring.check_command,
    "preview": authoring.preview_command,
    "new-page": authoring.new_page_command,
    "new-book": drafts.new_book_command,
}


def program() -> typer.Typer:
    """The command with all its commands."""
    app = typer.Typer(
        help="Fra svar til bog: tabeller, afstemning og bygning af Kontaktbogen.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name, command in COMMANDS.items():
        app.command(name)(command)
    return app


# What a mistyped command raises; typer exports only this one of its kinds.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def usage_in_danish(error: Exception) -> str:
    """What is wrong with the command as typed, and how to see the right way."""
    parameter, context = getattr(error, "param", None), getattr(error, "ctx", None)
    name = parameter.opts[-1] if parameter else ""
    wrong = {
        "NoSuchOption": f"Tilvalget {getattr(error, 'option_name', '')} findes ikke.",
        "MissingParameter": f"Argumentet {name} mangler.",
        "BadParameter": f"Værdien til {name} kan ikke bruges.",
    }.get(
        type(error).__name__,
        "Kommandoen findes ikke, eller den har for mange eller for få argumenter.",
    )
    path = context.command_path if context else "kontaktbogen"
    return f"{wrong} Se: {path} --help"


def main() -> None:
    """Runs the command."""
    look_seldom()
    for stream in (sys.stdout, sys.stderr):
        print_anywhere(stream)
    code = ended(lambda: program()(standalone_mode=False))
    look_no_more()
    sys.exit(code)


def ended(command: Callable[[], object]) -> int:
    """Calls a command and returns its exit code. What went wrong is one Danish message on stderr,
    with exit code 1, or 2 for a mistyped command."""
    try:
        code = command()
    except UserError as error:
        return failed(str(error), 1)
    except UsageError as error:
        return failed(usage_in_danish(error), 2)
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return failed(of_system(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        return failed("Afbrudt.", 130)
    return code if isinstance(code, int) else 0


def failed(message: str, code: int) -> int:
    print(f"Fejl: {message}", file=sys.stderr)
    return code


def print_anywhere(stream: object) -> None:
    """Lets a stream take Danish whatever the machine's language: as UTF-8 where that has no
    letters for it at all, and else with a mark for each letter that is not there."""
    if isinstance(stream, io.TextIOWrapper):
        plain = codecs.lookup(stream.encoding).name == "ascii"
        stream.reconfigure(encoding="utf-8" if plain else stream.encoding, errors="replace")
