"""Counts what axe-core finds on every page of every edition, whole tables included, on a screen and
a phone, in light and dark. The tests look at every kind of page.

    python tests/benchmarks/site_axe.py [SITE]    # _build/site; exit code 1 when a rule is broken
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "site")]

from axe import violations  # noqa: E402
from conftest import CHROMIUM  # noqa: E402

EVERYTHING = 10_000
VIEWS = [(width, colours) for width in (1280, 390) for colours in ("light", "dark")]


def main(site: Path) -> int:
    pages, broken = Counter(), Counter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in sorted(site.rglob("*.html")):
            folder = path.parent.relative_to(site).as_posix()
            pages[folder] += 1
            for width, colours in VIEWS:
                found = broken_rules(browser, path, width, colours)
                broken[folder] += len(found)
                for line in found:
                    print(f"{path.relative_to(site)}, {width} px, {colours}: {line}")
        browser.close()
    for folder, count in pages.items():
        print(f"{count:4} sider, {broken[folder]} brud  {folder}")
    seen = f"{sum(pages.values())} sider i {len(VIEWS)} visninger"
    print(f"{seen}, {sum(broken.values())} brud på reglerne")
    return int(any(broken.values()))


def broken_rules(browser: Browser, path: Path, width: int, colours: str) -> list[str]:
    """What is wrong on a page, seen so wide and in such colours."""
    page = browser.new_page(
        viewport={"width": width, "height": 844}, reduced_motion="reduce", color_scheme=colours
    )
    page.goto(path.resolve().as_uri(), wait_until="load")
    found = violations(page, most=EVERYTHING, rows=EVERYTHING)
    page.close()
    return found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "_build/site")))
