"""The error for a number that does not exist."""

from helpers.errors import UserError


class Undefined(UserError):
    """There is no such interval or test: nobody answered, or the numbers contradict each other."""
