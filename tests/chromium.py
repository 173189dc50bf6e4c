"""Finds Chromium. `python -m tests.chromium` installs it where that is possible, and says loudly when it could not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path() -> str | None:
    """CHROMIUM, or the system's, or the one Playwright has installed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return found or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        candidate = playwright.chromium.executable_path
    return candidate if Path(candidate).exists() else None


def install() -> None:
    """By Debian's packages for root, or else by Playwright; failures are told by `main`."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        commands = [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ]
    else:
        commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    for command in commands:
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False, timeout=600).returncode:
            return


def main() -> None:
    if not path():
        print("Chromium is not here; trying to install it for the browser tests ...", flush=True)
        install()
    if not path():
        line = "!" * 78
        print(
            f"{line}\n!! NO CHROMIUM: the browser tests will be SKIPPED. Install it, or set CHROMIUM.\n{line}",
            flush=True,
        )


if __name__ == "__main__":
    main()
