"""What it costs to record an answer: 50 learners, 8 at once, at the real server on SQLite, in a practice quiz and in an
exam, beside a floor in the same run (see bench/rig/floor.py). Only the requests that answer are timed.

    python -m bench.answering            tells what falls short of its target
    python -m bench.answering --strict   fails then
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.rig.browsing import Browser, Fields, Reply, answer_form
from bench.rig.serving import WORKERS, own_var, serving

LEARNERS = 50
AT_ONCE = 8
QUESTIONS = 20
SLICE = 2
"""Questions that each learner answers before it is the turn of the next thing measured."""

FLOOR, PRODUCTS = "floor", ("practice", "exam")
SHARE_OF_FLOOR, SPREAD, STATEMENTS = 0.6, 3.0, 12

Job = tuple[Browser, str, Fields]


@dataclass
class Measured:
    replies: list[Reply] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    """Answers a second, slice by slice."""

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    def ms(self, percent: int) -> float:
        return statistics.quantiles((reply.seconds * 1000 for reply in self.replies), n=100)[percent - 1]

    @property
    def spread(self) -> float:
        return self.ms(95) / self.ms(50)

    def usual_and_most(self, what: Callable[[Reply], int]) -> str:
        return f"{self.median(what):.0f}, {max(map(what, self.replies))}"

    def median(self, what: Callable[[Reply], float]) -> float:
        return statistics.median(map(what, self.replies))


@dataclass
class Learner:
    browser: Browser
    floor_attempt: int
    chance: random.Random

    def jobs(self, what: str, places: Iterable[int]) -> list[Job]:
        """What to post; forms come from their pages, which is not timed."""
        if what == FLOOR:
            path = f"/floor/{self.floor_attempt}/"
            return [(self.browser, path, [("slot", str(place)), ("answer", "a")]) for place in places]
        found = []
        for place in places:
            form = answer_form(self.browser.get(f"/quizzes/rivers/{what}/{place}/").body.decode())
            found.append((self.browser, form.action, form.filled(self.chance)))
        return found


def post_all(jobs: list[Job]) -> list[Reply]:
    return [browser.post(path, fields) for browser, path, fields in jobs]


def measure(learners: list[Learner]) -> dict[str, Measured]:
    measured = {name: Measured() for name in (FLOOR, *PRODUCTS)}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start in range(1, QUESTIONS + 1, SLICE):
            places = range(start, start + SLICE)
            for name, found in measured.items():
                jobs = list(pool.map(lambda learner: learner.jobs(name, places), learners))  # noqa: B023
                began = time.perf_counter()
                replies = [reply for some in pool.map(post_all, jobs) for reply in some]
                found.rates.append(len(replies) / (time.perf_counter() - began))
                found.replies += replies
    return measured


def prepared() -> list[tuple[str, int]]:
    """A database with quizzes and learners; see bench.rig.making."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.rig.making import make_learners, make_quizzes

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    make_quizzes(questions=QUESTIONS, settings=PRODUCTS)
    learners = make_learners(LEARNERS)
    with connection.cursor() as cursor:
        settings = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert settings == ["wal", 2], "durable commits, as on the site"
    connection.close()
    return learners


def share_of(found: Measured, floor: Measured) -> float:
    """Median over the slices, each beside the floor's slice of the same moment."""
    return statistics.median(rate / base for rate, base in zip(found.rates, floor.rates, strict=True))


COLUMNS: dict[str, Callable[[Measured, Measured], str]] = {
    "answers/s": lambda found, floor: f"{found.rate:.0f}",
    "of floor": lambda found, floor: f"{share_of(found, floor):.0%}",
    "median": lambda found, floor: f"{found.ms(50):.1f} ms",
    "p95": lambda found, floor: f"{found.ms(95):.1f} ms",
    "p95/median": lambda found, floor: f"{found.spread:.1f}",
    "processor": lambda found, floor: f"{found.median(lambda reply: reply.processor_ms):.1f} ms",
    "statements": lambda found, floor: f"{found.usual_and_most(lambda reply: reply.queries)}",
    "with BEGIN": lambda found, floor: f"{found.usual_and_most(lambda reply: reply.queries + reply.framing)}",
    "page": lambda found, floor: f"{found.median(lambda reply: len(reply.body)) / 1024:.1f} kB",
    "sent": lambda found, floor: f"{found.median(lambda reply: len(reply.sent)) / 1024:.1f} kB",
}


def report(measured: dict[str, Measured]) -> None:
    print(
        f"{LEARNERS} learners, {AT_ONCE} at once, {QUESTIONS} answers each; {WORKERS} workers; SQLite, sync FULL.\n"
        "Statements: usual, most; then with BEGIN, COMMIT and savepoints. Sent: the page compressed."
    )
    print(f"{'':9}", *(f"{title:>11}" for title in COLUMNS))
    for name, found in measured.items():
        print(f"{name:9}", *(f"{told(found, measured[FLOOR]):>11}" for told in COLUMNS.values()))


def shortfalls(name: str, found: Measured, floor: Measured) -> list[str]:
    most = max(reply.queries + reply.framing for reply in found.replies)
    checks = {
        f"{share_of(found, floor):.0%} of the floor, not {SHARE_OF_FLOOR:.0%}": share_of(found, floor)
        >= SHARE_OF_FLOOR,
        f"p95 is {found.spread:.1f} times the median, not under {SPREAD:g}": found.spread < SPREAD,
        f"up to {most} statements with BEGIN and COMMIT, not {STATEMENTS}": most <= STATEMENTS,
    }
    return [f"{name}: {what}" for what, holds in checks.items() if not holds]


def main() -> int:
    with own_var():
        made = prepared()
        with serving() as port:
            learners = [
                Learner(Browser(port, session), attempt, random.Random(number))
                for number, (session, attempt) in enumerate(made)
            ]
            measured = measure(learners)
    report(measured)
    short = [line for name in PRODUCTS for line in shortfalls(name, measured[name], measured[FLOOR])]
    print(*(f"SHORT  {line}" for line in short) if short else ["All targets hold."], sep="\n")
    return 1 if short and "--strict" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
