"""What a browser leaves out of a PDF that all are to be able to read (ISO 14289-1, PDF/UA-1): its
mark, its title shown, a description of every link, and that the foot of a sheet is no text. Also on
which sheet what is."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, Object, Page, Pdf, String

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""  # noqa: E501

# The foot of a sheet, as the browser writes it; types of a later PDF than it says it is.
FOOT = re.compile(rb"^BT\n.*?^ET\n", re.DOTALL | re.MULTILINE)
NEWER = ("/Strong", "/Em")


def sheets_of(pdf: Path) -> dict[str, int]:
    """On which sheet, counted from one, what links lead to begins."""
    with Pdf.open(pdf) as made:
        sheets = {page.obj.objgen: number for number, page in enumerate(made.pages, start=1)}
        places = made.Root.Dests.items()
        return {name.removeprefix("/"): sheets[place[0].objgen] for name, place in places}


def described(pdf: bytes, destinations: Mapping[str, str]) -> bytes:
    """The PDF with the mark of PDF/UA-1 and its title, which is shown in place of the file's name,
    and a description of each link: `destinations` has what those inside the document lead to. The
    same bytes give the same."""
    with Pdf.open(io.BytesIO(pdf)) as made:
        told = {"title": str(made.docinfo.Title), "language": str(made.Root.Lang)}
        made.Root.Metadata = made.make_stream(
            XMP.format(**{name: escape(text) for name, text in told.items()}).encode(),
            Type=Name.Metadata,
            Subtype=Name.XML,
        )
        made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        tree = made.Root.StructTreeRoot
        roles = dict(tree.get(Name.RoleMap, Dictionary()).items())
        tree.RoleMap = Dictionary(roles | dict.fromkeys(NEWER, Name.Span))
        for page in made.pages:
            mark_foot(page)
            for link in page.get(Name.Annots, ()):
                link.Contents = String(description(link, destinations))
        out = io.BytesIO()
        # the version that the rules are written for; an id of the content alone
        made.save(out, force_version="1.7", deterministic_id=True)
    return out.getvalue()


def mark_foot(page: Page) -> None:
    """Marks the texts in the margins, which come before all that is tagged, as no part of what is
    to be read: a screen reader else meets them on every sheet."""
    head, mark, rest = page.Contents.read_bytes().partition(b" BDC\n")
    page.Contents.write(FOOT.sub(rb"/Artifact BMC\n\g<0>EMC\n", head) + mark + rest)


def description(link: Object, destinations: Mapping[str, str]) -> str:
    """Where a link leads, in words."""
    if Name.A in link:
        return f"Åbn {link.A.URI}"
    return f"Gå til »{destinations[str(link.Dest).removeprefix('/')]}«"
