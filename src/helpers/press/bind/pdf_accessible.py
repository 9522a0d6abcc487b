"""What a browser leaves out of a PDF that all are to be able to read (ISO 14289-1, PDF/UA-1): its
mark, its title shown, a description of every link, and that the foot of a sheet is no text. Also on
which sheet what is."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    BooleanObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    TextStringObject,
)

from helpers.not_none import not_none

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
    reader = PdfReader(pdf)
    return {
        name.removeprefix("/"): not_none(reader.get_destination_page_number(place)) + 1
        for name, place in reader.named_destinations.items()
    }


def described(pdf: bytes, destinations: Mapping[str, str]) -> bytes:
    """The PDF with the mark of PDF/UA-1 and its title, which is shown in place of the file's name,
    and a description of each link: `destinations` has what those inside the document lead to. The
    same bytes give the same."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    told = {"title": str(not_none(writer.metadata).title), "language": writer.root_object["/Lang"]}
    writer.xmp_metadata = XMP.format(**{k: escape(str(v)) for k, v in told.items()}).encode()
    preferences = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(preferences)
    writer.pdf_header = "%PDF-1.7"  # the version that the rules are written for
    tree = cast(DictionaryObject, writer.root_object["/StructTreeRoot"].get_object())
    roles = {NameObject(newer): NameObject("/Span") for newer in NEWER}
    tree[NameObject("/RoleMap")] = DictionaryObject(tree.get("/RoleMap", {}) | roles)
    for page in writer.pages:
        mark_foot(cast(EncodedStreamObject, page["/Contents"].get_object()))
        for note in page.get("/Annots", ()):
            link = note.get_object()
            link[NameObject("/Contents")] = TextStringObject(description(link, destinations))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def mark_foot(content: EncodedStreamObject) -> None:
    """Marks the texts in the margins, which come before all that is tagged, as no part of what is
    to be read: a screen reader else meets them on every sheet."""
    head, mark, rest = content.get_data().partition(b" BDC\n")
    content.set_data(FOOT.sub(rb"/Artifact BMC\n\g<0>EMC\n", head) + mark + rest)


def description(link: DictionaryObject, destinations: Mapping[str, str]) -> str:
    """Where a link leads, in words."""
    if "/A" in link:
        return f"Åbn {cast(DictionaryObject, link['/A'])['/URI']}"
    name = str(link["/Dest"]).removeprefix("/")
    return f"Gå til »{destinations[name]}«"
