"""A real server process on a file database with the real course, and a browser that keeps a log."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import chromium

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = "tests.browser.slow:application" if "LATENCY" in os.environ else "config.wsgi:application"


def pytest_collection_modifyitems(items):
    """One worker has all browser tests: one server, one browser."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if not (path := chromium.path()):
        pytest.skip("no Chromium on this machine")
    return {"executable_path": path, "args": chromium.ARGUMENTS}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """The production server on its own database; `url` has no slash at its end."""

    url: str
    var: Path
    environment: dict[str, str] = field(repr=False)

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    port = free_port()
    environment = {**os.environ, "FOOTNOTE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name in ("DATABASE_URL", "DEBUG", "REDIS_URL"):
        environment.pop(name, None)
    site = Site(f"http://127.0.0.1:{port}", var, environment)
    site.manage("migrate", "--verbosity", "0")
    site.manage("createcachetable")
    site.manage("load_course", "fixtures/does-iran-have-allies")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    server = subprocess.Popen(
        [
            *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port)),
            *("--workers", "2", "--blocking-threads", "1", "--no-ws", APPLICATION),
        ],
        cwd=ROOT,
        env=environment,
        stdout=(var / "server.log").open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(f"{site.url}/healthz", server)
        yield site
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(150):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


@dataclass
class Log:
    """What went wrong in the pages of a context: messages of the console, and requests to other hosts."""

    site: str
    messages: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    statuses: list[tuple[int, str]] = field(default_factory=list)

    def watch(self, page):
        page.on("console", lambda message: message.type in {"error", "warning"} and self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("request", lambda request: request.url.startswith(self.site) or self.strangers.append(request.url))
        page.on("response", lambda answer: self.statuses.append((answer.status, answer.url)))
        return page

    def assert_clean(self):
        assert self.strangers == []
        assert self.messages == []
        assert [status for status in self.statuses if status[0] >= 400] == []
        assert self.statuses, "nothing was watched"


@pytest.fixture
def log(site):
    return Log(site.url)


@pytest.fixture
def open_page(browser, site, log):
    """Opens a fresh browser profile; keyword arguments are those of Playwright's new_context."""
    contexts = []

    def open_page(**options):
        context = browser.new_context(base_url=site.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return log.watch(context.new_page())

    yield open_page
    for context in contexts:
        context.close()
