"""The one command, `kontaktbogen`: a thin layer that reads arguments, calls a room and prints."""

from helpers.cli.program import main

__all__ = ["main"]
