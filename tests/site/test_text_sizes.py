"""Every text in every figure is at least 13 pixels high as a reader's browser shows it."""

import re
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

LEAST = 13  # pixels
SIZE = re.compile(r"\bfont(?:-size)?: (?:[a-z0-9]+ )*([\d.]+)px")
VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ')
SHOWN = """async () => {
    const every = [...document.querySelectorAll('.figure img')];
    const shown = every.filter(one => one.checkVisibility());
    for (const one of shown) { one.loading = 'eager'; await one.decode(); }
    return shown.map(one => {
        const style = getComputedStyle(one);
        const around = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        return [one.currentSrc, one.clientWidth - around];
    });
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("edition", ["vejle", "hele-landet"])
def test_every_text_in_a_figure_can_be_read(browser, site, edition, width, theme):
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    page, seen = context.new_page(), 0
    for path in sorted(Path(site, edition).glob("*.html")):
        if 'class="figure' not in path.read_text(encoding="utf-8"):
            continue
        page.goto(path.as_uri())
        for address, shown in page.evaluate(SHOWN):
            svg = Path(unquote(urlparse(address).path)).read_text(encoding="utf-8")
            scale = shown / float(VIEW.search(svg)[1])
            sizes = [float(size) for size in SIZE.findall(svg)]
            assert sizes and min(sizes) * scale >= LEAST, (path.name, address, scale)
            seen += len(sizes)
    context.close()
    assert seen > 500
