"""Errors that an analyst can act on."""


class UserError(Exception):
    """What is wrong, where, and what to do, in Danish. The command line prints it and exits with 1."""
