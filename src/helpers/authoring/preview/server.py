"""Serves the built site on this machine, and tells open pages when there is a new one. The site's
own files are not changed."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from helpers.errors import UserError

EVENTS = "/_forhaandsvisning"
SCRIPT = (Path(__file__).parent / "reload.js").read_text(encoding="utf-8")
PATIENCE = 5.0  # seconds between signs of life, so that a closed page's thread ends


class State:
    """Which version of the site is shown, and what is wrong with what was saved since."""

    def __init__(self):
        self.news = threading.Condition()
        self.version, self.error = 0, ""

    def built(self) -> None:
        """There is a new site."""
        self.tell(self.version + 1, "")

    def failed(self, error: str) -> None:
        """The site is as it was."""
        self.tell(self.version, error)

    def tell(self, version: int, error: str) -> None:
        with self.news:
            self.version, self.error = version, error
            self.news.notify_all()

    @property
    def message(self) -> str:
        return json.dumps({"version": str(self.version), "error": self.error})

    def after(self, known: str) -> str:
        """The state as a message, once it is another than `known` or PATIENCE has passed."""
        with self.news:
            self.news.wait_for(lambda: self.message != known, timeout=PATIENCE)
            return self.message


class Handler(SimpleHTTPRequestHandler):
    """Files of the site, pages with the reloading script, and the stream of events."""

    def __init__(self, *arguments: Any, state: State, **named: Any):
        self.state = state
        super().__init__(*arguments, **named)

    def do_GET(self):
        if self.path == EVENTS:
            self.send_events()
        elif (path := Path(self.translate_path(self.path))).suffix == ".html" and path.is_file():
            self.send_page(path)
        else:
            super().do_GET()

    def send_page(self, path: Path) -> None:
        script = f"<script>{SCRIPT.replace('{version}', str(self.state.version))}</script></body>"
        page = path.read_text(encoding="utf-8").replace("</body>", script).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        said = ""
        try:
            while True:
                now = self.state.after(said)
                self.wfile.write(b": i live\n\n" if now == said else f"data: {now}\n\n".encode())
                self.wfile.flush()
                said = now
        except OSError:
            pass  # the page was closed

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *ignored):
        """Nothing: the terminal is for what the analyst saved."""


def serve(site: Path, state: State, port: int) -> ThreadingHTTPServer:
    """Starts serving `site` on this machine only; port 0 is any free one. Raises UserError when the
    port is taken."""
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(Handler, state=state, directory=str(site))
        )
    except OSError as error:
        raise UserError(
            f"Port {port} kan ikke bruges ({error.strerror}). Luk det andet program, eller vælg "
            "en anden med --port."
        ) from None
    server.daemon_threads = True
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True
    ).start()
    return server
