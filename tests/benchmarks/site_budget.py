"""Measures what a reader waits for, in a real browser: bytes transferred and largest paint of every
page, and the explorer's answers.

A line per page of the books holds its heaviest and its slowest edition.

    python tests/benchmarks/site_budget.py [SITE]   # _build/site; exit code 1 over a budget
"""

from __future__ import annotations

import functools
import http.server
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "site")]

from conftest import CHROMIUM  # noqa: E402
from kinds import BESIDE  # noqa: E402

# transferred per page; milliseconds to the largest paint; milliseconds per choice
BYTES, PAINT, ANSWER = (1_000_000, 1500, 100)
LARGEST = """new Promise(done => {
    new PerformanceObserver(list => { window.largest = list.getEntries().at(-1).startTime; })
        .observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => done(window.largest || performance.now()), 600);
})"""
# Every question of a survey with every breakdown: from the choice until its table is there and the
# browser has drawn it.
CHOICES = """async () => {
    const options = id => [...document.querySelectorAll(`#${id} option`)], times = [];
    const values = id => options(id).map(option => option.value);
    const settled = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const choose = async hash => {
        if (location.hash === hash) return;
        const start = performance.now();
        const moved = new Promise(done => addEventListener('hashchange', done, {once: true}));
        location.hash = hash;
        await moved;
        await settled();
        times.push(performance.now() - start);
    };
    for (const question of values('spoergsmaal')) {
        await choose(`#FIRST&spoergsmaal=${question}`);
        for (const by of values('opdeling'))
            await choose(`#FIRST&spoergsmaal=${question}&opdeling=${by}`);
    }
    return times;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site on this machine."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def load(browser: Browser, address: str) -> tuple[int, float]:
    """Bytes transferred and milliseconds to the largest paint, of a first visit."""
    page = browser.new_context().new_page()
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(
            sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        ),
    )
    page.goto(address, wait_until="load")
    paint = page.evaluate(LARGEST)
    page.context.close()
    return sum(sizes), paint


def answers(page: Page, home: str, first: str) -> list[float]:
    """Milliseconds per choice in the explorer, after a `first` choice of survey or edition."""
    page.goto("about:blank")
    page.goto(f"{home}/udforsk/index.html#{first}")
    page.wait_for_selector("#resultat:not([hidden])")
    return page.evaluate(CHOICES.replace("FIRST", first))


def addresses(site: Path) -> dict[str, list[str]]:
    """Every page: those beside the books by themselves, the books' by name, with their addresses in
    the editions."""
    found = {address: [address] for address in BESIDE if (site / address.split("#")[0]).is_file()}
    for page in sorted(site.glob("*/*.html")):
        if page.parent.name != "udforsk":
            found.setdefault(f"*/{page.name}", []).append(f"{page.parent.name}/{page.name}")
    return found


def main(site: Path) -> int:
    with sync_playwright() as playwright, served(site) as home:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        loads = {
            name: [(*load(browser, f"{home}/{address}"), address) for address in found]
            for name, found in addresses(site).items()
        }
        page = browser.new_page()
        times = sorted(
            time
            for first in ("udgave=hele-landet", "udgave=vejle", "undersoegelse=jobcentrene")
            for time in answers(page, home, first)
        )
        browser.close()
    for name, measured in loads.items():
        heavy, slow = max(measured), max(measured, key=lambda one: one[1])
        editions = (
            f" ({len(measured)} udgave{'r' if len(measured) > 1 else ''})" if "*" in name else ""
        )
        print(f"{heavy[0] / 1000:7.0f} kB {slow[1]:6.0f} ms  {name.split('#')[0]}{editions}")
    middle, near, last = statistics.median(times), times[int(0.95 * len(times))], times[-1]
    print(
        f"udforsk: {len(times)} valg, median {middle:.0f} ms, 95 pct. under {near:.0f} ms, "
        f"langsomste {last:.0f} ms"
    )
    every = [one for measured in loads.values() for one in measured]
    over = [address for size, paint, address in every if size > BYTES or paint > PAINT]
    print(
        f"{len(every)} sider; budget: højst {BYTES / 1000:.0f} kB, {PAINT} ms og {ANSWER} ms; "
        f"over: {', '.join(over) or 'ingen sider'}"
    )
    return int(bool(over) or near > ANSWER)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "_build/site")))
