"""A figure says the same in fewer bytes."""

import re
from xml.etree import ElementTree

from helpers.page import canvas, lean_svg, open_page


def shapes(svg):
    """What is drawn: each path's and text's numbers, look and words."""
    root = ElementTree.fromstring(svg[svg.index("<svg") :])
    found = []
    for one in root.iter():
        kind = one.tag.rpartition("}")[2]
        if kind in ("path", "text", "use"):
            numbers = f"{one.get('d', '')} {one.get('x', '')} {one.get('y', '')}"
            found.append(
                (
                    kind,
                    [float(number) for number in re.findall(r"-?\d+\.?\d*", numbers)],
                    one.text and one.text.strip(),
                    one.get("style"),
                )
            )
    return found


def test_the_same_is_drawn_with_fewer_bytes(monkeypatch):
    finding = open_page("Hele landet").finding("tilfredshed", by="maalgruppe")
    short = finding.figure().svg
    monkeypatch.setattr(canvas, "lean", lambda svg: svg)
    whole = finding.figure().svg
    carried = len(re.search(r"@font-face\{.*?\}", short)[0])
    assert len(short) - carried < 0.75 * (len(whole) - carried)
    for one, other in zip(shapes(short), shapes(whole), strict=True):
        assert one[0] == other[0] and one[2] == other[2]
        assert all(abs(a - b) < 0.011 for a, b in zip(one[1], other[1], strict=True))
        look = re.sub(r"; font-family: [^;]*|; text-anchor: start", "", other[3] or "")
        assert re.sub(r"\d+\.\d+", "", one[3] or "") == re.sub(r"\d+\.\d+", "", look)


def test_a_number_in_a_text_is_left_as_it_is():
    svg = '<g id="text_1">\n   <text x="1.23456" y="2">N = 3.478 og 1.234.567</text>\n  </g>'
    assert lean_svg.lean(svg) == '<text x="1.23" y="2">N = 3.478 og 1.234.567</text>'
