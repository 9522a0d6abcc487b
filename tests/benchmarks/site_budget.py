"""Measures what a reader waits for, in a real browser: bytes transferred, largest paint and what
moves on every page, and the explorer's answers.

Each page is read as on a phone with a processor four times as slow as this one and 1.6 Mbit/s; of
a page that several editions have, the edition with the longest one stands for all.

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
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "site")]

from conftest import CHROMIUM  # noqa: E402
from kinds import BESIDE  # noqa: E402

# transferred per page, and per theme; milliseconds to the largest paint; layout shift;
# milliseconds per choice
BYTES, THEME, PAINT, SHIFT, ANSWER = (1_000_000, 350_000, 1800, 0.1, 100)
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
SLOWER = 4  # times
LINE = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000, "offline": False}
SEEN = """new Promise(done => {
    let largest = 0, moved = 0;
    new PerformanceObserver(list => { largest = list.getEntries().at(-1).startTime; })
        .observe({type: 'largest-contentful-paint', buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(one => { moved += one.value; }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done([largest, moved]), 1500);
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


@dataclass(frozen=True)
class Load:
    """A first visit to a page: bytes transferred, milliseconds to the largest paint, and how much
    of the screen moved."""

    address: str
    size: int
    paint: float
    shift: float

    @property
    def is_over(self) -> bool:
        limit = THEME if "/tema-" in self.address else BYTES
        return self.size > limit or self.paint > PAINT or self.shift > SHIFT


def load(browser: Browser, home: str, address: str) -> Load:
    page = browser.new_context(**PHONE).new_page()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(
            sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        ),
    )
    page.goto(f"{home}/{address}", wait_until="load")
    paint, shift = page.evaluate(SEEN)
    page.context.close()
    return Load(address, sum(sizes), paint, shift)


def answers(page: Page, home: str, first: str) -> list[float]:
    """Milliseconds per choice in the explorer, after a `first` choice of survey or edition."""
    page.goto("about:blank")
    page.goto(f"{home}/udforsk/index.html#{first}")
    page.wait_for_selector("#resultat:not([hidden])")
    return page.evaluate(CHOICES.replace("FIRST", first))


def addresses(site: Path) -> list[str]:
    """Every page: those beside the books, and each of the books' in the edition where it is
    longest."""
    longest: dict[str, Path] = {}
    for page in sorted(site.glob("*/*.html"), key=lambda page: page.stat().st_size):
        if page.parent.name != "udforsk":
            longest[page.name] = page
    return [
        *(address for address in BESIDE if (site / address.split("#")[0]).is_file()),
        *sorted(page.relative_to(site).as_posix() for page in longest.values()),
    ]


def main(site: Path) -> int:
    with sync_playwright() as playwright, served(site) as home:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        loads = [load(browser, home, address) for address in addresses(site)]
        page = browser.new_page()
        times = sorted(
            time
            for first in ("udgave=hele-landet", "udgave=vejle", "undersoegelse=jobcentrene")
            for time in answers(page, home, first)
        )
        browser.close()
    for one in loads:
        mark = "!" if one.is_over else " "
        told = f"{one.size / 1000:7.0f} kB {one.paint:6.0f} ms {one.shift:6.3f} flyttet"
        print(f"{mark} {told}  {one.address}")
    middle, near, last = statistics.median(times), times[int(0.95 * len(times))], times[-1]
    print(
        f"udforsk: {len(times)} valg, median {middle:.0f} ms, 95 pct. under {near:.0f} ms, "
        f"langsomste {last:.0f} ms"
    )
    over = [one.address for one in loads if one.is_over]
    print(
        f"{len(loads)} sider; budget: højst {BYTES / 1000:.0f} kB, temaer {THEME / 1000:.0f} kB, "
        f"{PAINT} ms, {SHIFT} flyttet og {ANSWER} ms; over: {', '.join(over) or 'ingen sider'}"
    )
    return int(bool(over) or near > ANSWER)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "_build/site")))
