"""A learner's browser, as far as answering goes: a connection that is kept, cookies, and forms filled in."""

import gzip
import random
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench.rig.counting import FRAMING, PROCESSOR, QUERIES
from bench.rig.questions import SURE, YEAR

CSRF = "b" * 32
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    seconds: float
    sent: bytes
    """The body, compressed where that was worth it."""
    compressed: bool
    queries: int
    framing: int
    processor_ms: float

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.sent) if self.compressed else self.sent


class Browser:
    def __init__(self, port: int, session: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "Accept-Encoding": "gzip",
            "Origin": f"http://127.0.0.1:{port}",
        }

    def get(self, path: str) -> Reply:
        return self._send("GET", path, None, {})

    def post(self, path: str, fields: Fields) -> Reply:
        """As htmx does."""
        more = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
        return self._send("POST", path, urlencode(fields).encode(), more)

    def _send(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> Reply:
        start = time.perf_counter()
        self.connection.request(method, path, body, {**self.headers, **more})
        response = self.connection.getresponse()
        sent = response.read()
        seconds = time.perf_counter() - start
        if response.status != 200:
            raise RuntimeError(f"{method} {path} came back with {response.status}: {sent[:2000]!r}")
        return Reply(
            seconds=seconds,
            sent=sent,
            compressed=response.getheader("Content-Encoding") == "gzip",
            queries=int(response.getheader(QUERIES, "0")),
            framing=int(response.getheader(FRAMING, "0")),
            processor_ms=float(response.getheader(PROCESSOR, "0")),
        )


@dataclass
class Form:
    """The form of a page that takes an answer."""

    action: str
    fixed: Fields = field(default_factory=list)
    """Hidden fields, and places in an order, which are sent as they stand."""
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By name, value and text of all that can be chosen."""
    typed: list[str] = field(default_factory=list)

    def filled(self, chance: random.Random) -> Fields:
        """Right two times of three where the texts tell it."""
        right = chance.random() < 2 / 3
        fields = list(self.fixed)
        for name, offered in self.choices.items():
            sure = [value for value, text in offered if SURE in text] if right else []
            fields += [(name, value) for value in sure or [chance.choice(offered)[0]]]
        return fields + [(name, YEAR if right else "12") for name in self.typed]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = ""
        self.choice: tuple[str, str] | None = None
        """Name and value of what can be chosen, until its text comes."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found["action"]))
        elif tag == "option" and found["value"]:
            self.choice = (self.select, found["value"])
        elif tag == "select":
            self.select = found["name"]
        elif tag == "textarea":
            self.forms[-1].typed.append(found["name"])
        elif tag == "input":
            self._input(found, self.forms[-1])

    def _input(self, found: dict[str, str], form: Form) -> None:
        if found["type"] in {"hidden", "number"}:
            form.fixed.append((found["name"], found["value"]))
        elif found["type"] == "text":
            form.typed.append(found["name"])
        else:
            self.choice = (found["name"], found["value"])

    def handle_data(self, data: str) -> None:
        if self.choice and data.strip():
            name, value = self.choice
            self.forms[-1].choices.setdefault(name, []).append((value, data))
            self.choice = None


def answer_form(text: str) -> Form:
    reader = _Reader()
    reader.feed(text)
    return next(form for form in reader.forms if any(name == "try_number" for name, _value in form.fixed))
