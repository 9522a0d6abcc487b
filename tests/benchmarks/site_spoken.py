"""What a screen reader says of a page: Orca with a real Chromium on a screen of its own.

    python tests/benchmarks/site_spoken.py PAGE [KEY ...]

Prints all that Orca says of e.g. _build/site/vejle/index.html, from when it is loaded. The keys are
pressed one by one, as xdotool names them: h the next heading, b button, t table, Tab, ctrl+Home. On
Debian: apt-get install orca xvfb xdotool openbox dbus-x11 at-spi2-core chromium
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NEEDED = ("Xvfb", "orca", "xdotool", "openbox", "dbus-run-session", "chromium")
DISPLAY = ":97"
SAID = re.compile(r"SPEECH OUTPUT: '(.*?)'(?: *\{.*)?$")
# Started inside a session bus of their own; each takes a while before the next can find it.
STEPS = """
openbox & /usr/libexec/at-spi-bus-launcher --launch-immediately & sleep 1
gsettings set org.gnome.desktop.interface toolkit-accessibility true
orca --debug-file={home}/debug --replace & reader=$!
sleep 4
chromium --no-sandbox --force-renderer-accessibility --allow-file-access-from-files \
    --no-first-run --disable-gpu --disable-features=Translate --lang=da \
    --user-data-dir={home}/chromium --window-size=1280,1000 "{address}" & browser=$!
sleep 8
{keys}
kill $browser $reader; sleep 1
"""


def main(page: Path, keys: list[str]) -> int:
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        print(f"Mangler: {', '.join(missing)}. {__doc__.splitlines()[-1]}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="oplaest-") as folder:
        home = Path(folder)
        screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x1000x24"])
        try:
            time.sleep(1)
            listen(home, page, keys)
        finally:
            screen.terminate()
        for line in (home / "debug").read_text(encoding="utf-8", errors="replace").splitlines():
            if found := SAID.search(line):
                print(found[1])
    return 0


def listen(home: Path, page: Path, keys: list[str]) -> None:
    """Opens the page and presses the keys; what is said is in the file `debug`."""
    pressed = "\n".join(f"xdotool key --clearmodifiers {key}; sleep 1.2" for key in keys)
    address = page.resolve().as_uri()
    steps = STEPS.format(home=home, address=address, keys=pressed)
    own = {"DISPLAY": DISPLAY, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LC_ALL": "C.UTF-8"}
    session = ["dbus-run-session", "--", "bash", "-c", steps]
    # no pipes: what is started in the background would hold them open
    quiet = subprocess.DEVNULL
    subprocess.run(session, env=os.environ | own, stdout=quiet, stderr=quiet, check=False)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
