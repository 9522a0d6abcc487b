"""One address of every kind of page: each page of the outline once, and the pages beside the
books."""

from helpers.press.outline import load_outline

BESIDE = [
    "index.html",
    "tilgaengelighed.html",
    "404.html",
    "udforsk/index.html#spoergsmaal=tilfredshed&opdeling=maalgruppe&udgave=vejle",
    "udforsk/index.html#spoergsmaal=kanal&udgave=hele-landet",
    "udforsk/index.html#undersoegelse=jobcentrene&spoergsmaal=formaal",
]
FRONT = ["vejle/index.html", "hele-landet/index.html", "vejle/search.html?q=tilfredse"]
# Pages that a municipality has are seen there: it shows more than the whole country does. Two
# themes are seen in both.
TWICE = ["hele-landet/tema-2-kontaktform.html", "faaborg-midtfyn/tema-1-etablering.html"]


def kinds():
    """The addresses, in reading order."""
    pages = [
        f"{'hele-landet' if page.scope == 'country' else 'vejle'}/{page.slug}.html"
        for page in load_outline().pages
    ]
    return [*BESIDE, *FRONT, *pages, *TWICE]
