"""Looking for garbage seldom: a command and the jobs of a build end before much has gathered, and
have hundreds of thousands of objects that stay."""

import gc

SELDOM = 100_000  # new objects between two looks


def look_seldom() -> None:
    """From now on this process looks for garbage seldom."""
    gc.set_threshold(SELDOM)


def look_no_more() -> None:
    """What there is now is left where it is, also when the process ends: all of it goes then, and
    looking first takes half a second."""
    gc.freeze()
