"""Finding a Chromium and starting it without anything that reaches outside.

Run as a script it prints the path of the browser, or exits with 1.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_INSTALL = "install it (Debian: apt-get install chromium fonts-noto-cjk), or name one in CHROMIUM"
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    # Whatever a page asks for outside this machine fails, and the page's watcher reports it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium() -> str | None:
    """Return the program: the one named in CHROMIUM, the system's, or one that Playwright installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    store = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for pattern in ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/*/*headless*shell"):
        if found := sorted(store.glob(pattern)):
            return str(found[-1])
    return None


def flags() -> list[str]:
    """Return the flags; root, as in a container, cannot have Chromium's sandbox."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


if __name__ == "__main__":
    found = find_chromium()
    print(found or f"no Chromium: {HOW_TO_INSTALL}", file=sys.stdout if found else sys.stderr)
    sys.exit(not found)
