"""The rules of ISO 14289-1 (PDF/UA-1) that a printed book can break, each by its clause: veraPDF's
machine-checked rules for what a browser writes, read with pypdf. `python pdf_rules.py FILE` lists
them with their results."""

import re
import sys

from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject

PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"BI", b"INLINE IMAGE"}  # fmt: skip # noqa: E501
WRITES = {b"Tj", b"TJ", b"'", b'"'}
STANDARD = set(
    re.findall(
        r"\w+",
        """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2
        H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference
        BibEntry Code Link Annot Ruby Warichu Figure Formula Form""",
    )
)


def elements(node, parents=()):
    """The structure's elements with the types they lie in."""
    node = node.get_object()
    if not isinstance(node, dict):
        return
    kind = node.get("/S")
    if kind is not None:
        yield node, parents
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, IndirectObject | dict):
            yield from elements(kid, (*parents, str(kind)) if kind else parents)


def untagged(page, reader):
    """How many times something is painted or written outside marked content."""
    depth = found = 0
    for _, operator in ContentStream(page["/Contents"], reader).operations:
        depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
        found += depth == 0 and operator in PAINTS | WRITES
    return found


def fonts_of(page):
    for font in page["/Resources"].get("/Font", {}).values():
        font = font.get_object()
        yield font, font.get("/DescendantFonts", [font])[0].get_object()


def skipped(levels):
    return [f"H{a} -> H{b}" for a, b in zip([0, *levels], levels) if b > a + 1]


def results(path):
    """rule -> what breaks it"""
    reader = PdfReader(path)
    root, found = (
        reader.trailer["/Root"],
        list(elements(reader.trailer["/Root"]["/StructTreeRoot"])),
    )
    roles = root["/StructTreeRoot"].get("/RoleMap", {})
    kinds = [str(roles.get(e["/S"], e["/S"])).lstrip("/") for e, _ in found]
    xmp = root["/Metadata"].get_object().get_data().decode() if "/Metadata" in root else ""
    links = [(n, a.get_object()) for n, p in enumerate(reader.pages) for a in p.get("/Annots", ())]
    held = [e for (e, _), kind in zip(found, kinds) if kind == "Link"]
    fonts = [font for page in reader.pages for font in fonts_of(page)]
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    tables = [e for (e, _), kind in zip(found, kinds) if kind == "Table"]
    heads = [[h for h, _ in elements(t) if h["/S"] == "/TH"] for t in tables]
    rows = {"Table", "THead", "TBody", "TFoot"}
    return {
        "5 the mark of PDF/UA-1 in XMP": [] if "<pdfuaid:part>1<" in xmp else ["no mark"],
        "7.1 a title in XMP": [] if re.search("<dc:title>.*>.+</rdf:li>", xmp) else ["no title"],
        "7.1 the title is shown": []
        if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
        else ["DisplayDocTitle is not true"],
        "7.1 marked as tagged": [] if root.get("/MarkInfo", {}).get("/Marked") else ["not marked"],
        "7.1 all content is tagged or an artifact": [
            f"sheet {n}: {times}"
            for n, page in enumerate(reader.pages, start=1)
            if (times := untagged(page, reader))
        ],
        "7.1 structure types are standard": sorted(set(kinds) - STANDARD),
        "7.2 a language": [] if root.get("/Lang") else ["no language"],
        "7.2 rows lie in tables, items in lists": [
            f"{kind} in {parents[-1:]}"
            for (_, parents), kind in zip(found, kinds)
            if kind == "TR"
            and parents[-1].lstrip("/") not in rows
            or kind == "LI"
            and parents[-1] != "/L"
        ],
        "7.3 figures have Alt": [
            "a figure without"
            for (e, _), kind in zip(found, kinds)
            if kind == "Figure" and not (e.get("/Alt") or e.get("/ActualText"))
        ],
        "7.4.2 no heading level is skipped": skipped(levels),
        "7.5 tables have headers": [f"table {n}" for n, head in enumerate(heads) if not head],
        "7.5 headers have a scope": [
            "a header without" for head in heads for h in head if "Scope" not in repr(h.get("/A"))
        ],
        "7.18.1 annotations lie in the structure": [
            f"sheet {n + 1}" for n, link in links if "/StructParent" not in link
        ]
        + (["fewer Link elements than lines of links"] if links and not held else []),
        "7.18.3 tab order is that of the structure": [
            f"sheet {n}"
            for n, page in enumerate(reader.pages, start=1)
            if "/Annots" in page and page.get("/Tabs") != "/S"
        ],
        "7.18.5 links have Contents": [
            f"sheet {n + 1}" for n, link in links if not link.get("/Contents")
        ],
        "7.21.4.1 fonts are embedded": [
            str(own.get("/BaseFont"))
            for font, own in fonts
            if font["/Subtype"] != "/Type3"
            and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(own["/FontDescriptor"])
        ],
        "7.21.7 letters have Unicode": [
            str(font.get("/BaseFont")) for font, _ in fonts if "/ToUnicode" not in font
        ],
    }


if __name__ == "__main__":
    for rule, broken in results(sys.argv[1]).items():
        print(f"{rule}: {'holds' if not broken else f'{len(broken)} x {broken[:3]}'}")
