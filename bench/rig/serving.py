"""The real server, as `make run` starts it, on a database of its own that goes with it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKERS = os.cpu_count() or 1


@contextmanager
def own_var() -> Iterator[None]:
    """Settings for this process and those it starts: the rig's, on an empty folder beside the site's own, so that
    commits reach the same disk."""
    (ROOT / "var").mkdir(exist_ok=True)
    var = tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var")
    Path(var, "static").mkdir()
    for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "HTTPS", "SECRET_KEY", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    os.environ.update(FOOTNOTE_VAR=var, DJANGO_SETTINGS_MODULE="bench.rig.settings")
    try:
        yield
    finally:
        shutil.rmtree(var)


@contextmanager
def serving() -> Iterator[int]:
    """Its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port), "--no-ws"),
            *("--workers", str(WORKERS), "--blocking-threads", "1", "config.wsgi:application"),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        if server.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)
