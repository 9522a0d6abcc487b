"""What a browser leaves out of a PDF that all are to be able to read (ISO 14289-1, PDF/UA-1): its
mark, its title shown, a description of every link, and that the foot of a sheet is no text. Also
the number of the sheet that each line of the contents leads to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast
from xml.sax.saxutils import escape

from pypdf import PdfReader
from pypdf.generic import (
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

from helpers.errors import UserError
from helpers.not_none import not_none
from helpers.press.bind.browser import VARIABLE

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
# A line of ten digits that are all as wide, as the browser writes it: where it begins, the step
# from digit to digit, and how the font calls each of them.
DIGITS = re.compile(
    rb"1 0 0 -1 (\S+) (\S+) Tm\n<(\w+)> Tj\n(\S+) 0 Td <(\w+)> Tj\n" + rb"\4 0 Td <(\w+)> Tj\n" * 8
)
HEADER = b"%PDF-1.7\n%\xd3\xeb\xe9\xe1\n"  # the version that the rules are written for


def described(pdf: bytes, destinations: Mapping[str, str], contents: Sequence[str]) -> bytes:
    """The PDF with the mark of PDF/UA-1 and its title, which is shown in place of the file's name,
    and a description of each link: `destinations` has what those inside the document lead to. Each
    line of the `contents` gets the number of the sheet that it leads to in place of ten digits. The
    same bytes give the same. Raises UserError where the browser has written no such digits."""
    reader = PdfReader(io.BytesIO(pdf))
    changed: dict[int, PdfObject] = {}
    sheets = sheets_of(reader)
    numbers = iter([sheets[name] for name in contents])
    for page in reader.pages:
        content = cast(EncodedStreamObject, page["/Contents"])
        content.set_data(numbered(marked_foot(content.get_data()), numbers))
        changed[cast(IndirectObject, page.raw_get("/Contents")).idnum] = content
        for note in page.get("/Annots", ()):
            link = changed[note.idnum] = note.get_object()
            link[NameObject("/Contents")] = TextStringObject(description(link, destinations))
    if next(numbers, None):
        raise UserError(
            "Indholdsfortegnelsen i PDF'en kan ikke få arknumre, for browseren skriver den "
            f"anderledes end ventet. Angiv en anden browser i miljøvariablen {VARIABLE}."
        )
    changed |= marked_root(reader)
    return rewritten(pdf, reader, changed)


def sheets_of(reader: PdfReader) -> dict[str, int]:
    """On which sheet, counted from one, what links lead to begins."""
    return {
        name.removeprefix("/"): not_none(reader.get_destination_page_number(place)) + 1
        for name, place in reader.named_destinations.items()
    }


def marked_root(reader: PdfReader) -> dict[int, PdfObject]:
    """What is new of the document as a whole, by object number: the mark and the title."""
    root = reader.root_object
    told = {"title": str(not_none(reader.metadata).title), "language": str(root["/Lang"])}
    mark = DecodedStreamObject()
    mark.set_data(XMP.format(**{k: escape(v) for k, v in told.items()}).encode())
    mark |= {
        NameObject("/Type"): NameObject("/Metadata"),
        NameObject("/Subtype"): NameObject("/XML"),
    }
    new = cast(int, reader.trailer["/Size"])
    preferences = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    root[NameObject("/Metadata")] = IndirectObject(new, 0, reader)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(preferences)
    tree = cast(DictionaryObject, root["/StructTreeRoot"])
    roles = {NameObject(newer): NameObject("/Span") for newer in NEWER}
    tree[NameObject("/RoleMap")] = DictionaryObject(tree.get("/RoleMap", {}) | roles)
    places = (reader.trailer.raw_get("/Root"), root.raw_get("/StructTreeRoot"))
    return {new: mark} | {place.idnum: what for place, what in zip(places, (root, tree))}


def rewritten(pdf: bytes, reader: PdfReader, changed: Mapping[int, PdfObject]) -> bytes:
    """The file with some objects changed or new, by number, and the others byte for byte. (pypdf's
    writer takes apart all ten thousand of them: two seconds for each book.)"""
    starts = reader.xref[0]
    ordered = sorted([*starts.values(), pdf.rindex(b"xref", 0, pdf.rindex(b"startxref"))])
    ends = dict(zip(ordered, ordered[1:]))
    out, positions = io.BytesIO(HEADER), []
    out.seek(len(HEADER))
    for number in sorted(starts.keys() | changed.keys()):
        positions.append(out.tell())
        if number in changed:
            out.write(b"%d 0 obj\n" % number)
            changed[number].write_to_stream(out)
            out.write(b"\nendobj\n")
        else:
            out.write(pdf[starts[number] : ends[starts[number]]])
    end, size = out.tell(), len(positions) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    out.write(b"".join(b"%010d 00000 n \n" % at for at in positions))
    root, info = (
        cast(IndirectObject, reader.trailer.raw_get(key)).idnum for key in ("/Root", "/Info")
    )
    out.write(b"trailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R>>\n" % (size, root, info))
    out.write(b"startxref\n%d\n%%%%EOF\n" % end)
    return out.getvalue()


def numbered(content: bytes, numbers: Iterator[int]) -> bytes:
    """A sheet's content with the next numbers, as long as there are any, in place of lines of ten
    digits: flush right, in the font's own digits."""

    def number(found: re.Match[bytes]) -> bytes:
        left, top, first, step, *others = found.groups()
        told = str(next(numbers, ""))
        start = float(left) + float(step) * (10 - len(told))
        shown = (b"<%s> Tj\n" % (first, *others)[int(digit)] for digit in told)
        line = b"1 0 0 -1 %.4f %s Tm\n" % (start, top) + (b"%s 0 Td " % step).join(shown)
        return line if told else found[0]

    return DIGITS.sub(number, content)


def marked_foot(content: bytes) -> bytes:
    """A sheet's content with the texts in the margins, which come before all that is tagged, marked
    as no part of what is to be read: a screen reader else meets them on every sheet."""
    head, mark, rest = content.partition(b" BDC\n")
    return FOOT.sub(rb"/Artifact BMC\n\g<0>EMC\n", head) + mark + rest


def description(link: DictionaryObject, destinations: Mapping[str, str]) -> str:
    """Where a link leads, in words."""
    if "/A" in link:
        return f"Åbn {cast(DictionaryObject, link['/A'])['/URI']}"
    name = str(link["/Dest"]).removeprefix("/")
    return f"Gå til »{destinations[name]}«"
