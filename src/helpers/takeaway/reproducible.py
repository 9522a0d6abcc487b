"""Office files with the same bytes whenever the same content goes in: no time of making, inside or
out."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

# Office files must carry a date. This one says nothing of when they were made, which would differ
# from run to run.
DATE = dt.datetime(2020, 1, 1)
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
CORE_END, LANGUAGE = b"</cp:coreProperties>", b"<dc:language>da-DK</dc:language>"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def frozen(content: bytes) -> bytes:
    """An Office file (a ZIP archive) with fixed dates and in Danish, also in the workbooks that lie
    inside it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, ENTRY_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, frozen_part(name, before.read(name)))
    return out.getvalue()


def frozen_part(name: str, content: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return frozen(content)
    if "/charts/" in name:
        return content.replace(b'lang="en-US"', b'lang="da-DK"')
    if name == "docProps/core.xml":
        if b"<dc:language>" not in content:
            content = content.replace(CORE_END, LANGUAGE + CORE_END)
        return STAMP.sub(
            rb"\g<1>" + DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content
        )
    return content
