"""What it costs to look at one's progress and review with 5,000 cards and 50,000 answers: the processor's time for each
page, also as a multiple of what a stranger sees there, and its queries; once beside 5,000 answers of others, and
once beside a hundred times as many. Each should take less than 150 ms, and no longer beside more others.

    python -m bench.progress
"""

import gc
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
os.environ["FOOTNOTE_VAR"] = tempfile.mkdtemp()

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from bench.rig.devotee import EMAIL, Size, make_courses, make_devotee, make_others
from progress import cards
from progress.models import ReviewSettings
from quizzes.models import Response

LIMIT_MS = 150
GROWS = 1.25
"""How many times as long a page may take beside a hundred times as many others, noise included."""
ROUNDS = 15
SIZE = Size()
OTHERS, FOLD, QUIZZES = 10, 100, 20


def no_change(learner: User) -> None:
    pass


def done_for_today(learner: User) -> None:
    ReviewSettings.objects.update_or_create(learner=learner, defaults={"daily_cap": 1})


def all_overdue(learner: User) -> None:
    ReviewSettings.objects.filter(learner=learner).delete()
    learner.cards.update(due_on="2020-01-01")


FLOOR = "what a stranger sees there"
PAGES: dict[str, tuple[str, Callable[[User], None]]] = {
    "dashboard": ("/progress/", no_change),
    "review, the next question": ("/review/", no_change),
    "review, at its end": ("/review/", done_for_today),
    "dashboard, every card overdue": ("/progress/", all_overdue),
    "review, every card overdue": ("/review/", no_change),
}


def measured(client: Client, path: str) -> tuple[float, int]:
    """Milliseconds of the processor, the median, and queries. SQLite works in the same process, so that is all the work
    there is, whatever else the machine does meanwhile."""
    queries = []

    def noted(execute, sql, *rest):
        queries.append(sql)
        return execute(sql, *rest)

    assert client.get(path, HTTP_HOST="localhost").status_code == 200
    with connection.execute_wrapper(noted):
        client.get(path, HTTP_HOST="localhost")
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        client.get(path, HTTP_HOST="localhost")
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times), len(queries)


def all_pages(learner: User) -> dict[str, tuple[float, int]]:
    found = {FLOOR: measured(Client(), "/progress/")}
    client = Client()
    client.force_login(learner)
    for name, (path, prepare) in PAGES.items():
        prepare(learner)
        found[name] = measured(client, path)
    cards.reschedule(learner=learner)
    return found


def first_rows() -> None:
    call_command("migrate", verbosity=0)
    make_courses(SIZE)
    make_others(OTHERS, like=make_devotee(SIZE), quizzes=QUIZZES)


def more_rows() -> None:
    make_others(OTHERS * (FOLD - 1), like=devotee(), quizzes=QUIZZES)


def apart(work: Callable[[], None]) -> None:
    """In a process of its own: one that has made so many rows is slower at everything."""
    connection.close()
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 0


def devotee() -> User:
    return User.objects.get(email=EMAIL)


def of_others() -> int:
    return Response.objects.exclude(learner__email=EMAIL).count()


def main() -> int:
    gc.collect()
    gc.freeze()  # as config.wsgi does
    apart(first_rows)
    few, rivals = all_pages(devotee()), of_others()
    apart(more_rows)
    many, crowd = all_pages(devotee()), of_others()
    floor = few[FLOOR][0]
    print(f"{'':38} beside {rivals:,} answers of others{'':6} {crowd:,}    growth")
    short = []
    for name, (took, queries) in few.items():
        then, queries_then = many[name]
        print(f"{name:38} {took:7.1f} ms {took / floor:6.1f} x {queries:4} queries {then:9.1f} ms {then / took:6.2f} x")
        grows = then / took > GROWS and name != FLOOR
        short += [name] if max(took, then) > LIMIT_MS or grows or queries != queries_then else []
    print(f"Over {LIMIT_MS} ms, or growing with others: {', '.join(short) or 'none'}.")
    return len(short)


if __name__ == "__main__":
    raise SystemExit(main())
