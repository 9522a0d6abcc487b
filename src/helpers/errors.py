"""Errors that an analyst can act on."""

import errno
import os
from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 1_000  # characters of somebody else's message that an analyst is shown
FULL = "Disken er fuld. Gør plads, og prøv igen."
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
REASONS = {
    errno.ENOENT: "findes ikke længere",
    errno.EACCES: "må ikke læses eller skrives",
    errno.EPERM: "må ikke læses eller skrives",
    errno.EROFS: "ligger på et drev, der ikke kan skrives på",
    errno.EMFILE: "kan ikke åbnes: for mange filer er åbne",
    errno.EIO: "kan ikke læses eller skrives: drevet svarer med en fejl",
}


class UserError(Exception):
    """What is wrong, where, and what to do, in Danish. The command line prints it and exits with
    1."""


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A hint at the closest known words, or nothing."""
    close = get_close_matches(wrong, [name for name in known if name], n=3, cutoff=0.5)
    return f"Mente du {' eller '.join(f'»{name}«' for name in close)}?" if close else ""


def of_system(error: OSError) -> str:
    """What the system's refusal means, with the file if it is known."""
    if error.errno in NO_ROOM or is_full(str(error)):
        return f"{FULL} ({error.filename})" if error.filename else FULL
    reason = REASONS.get(error.errno or 0, f"gav fejlen: {shortened(str(error))}")
    return f"Filen {error.filename or ''} {reason}. Se efter den, og prøv igen."


def is_full(said: str) -> bool:
    """Whether a message in the system's own words says that there is no room."""
    return any(os.strerror(code) in said for code in NO_ROOM)


def shortened(message: str) -> str:
    """A message no longer than a person reads."""
    message = message.strip()
    return message if len(message) <= LONGEST else f"{message[:LONGEST]} … (forkortet)"
