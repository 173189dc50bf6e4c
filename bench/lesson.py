"""How much work a page is: the time of each, as a multiple of the plainest page of the same run.

python -m bench.lesson
"""

import os
import statistics
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
os.environ["FOOTNOTE_VAR"] = tempfile.mkdtemp()

import django

django.setup()

from django.core.management import call_command
from django.test import Client

COURSE = "/courses/does-iran-have-allies/"
PAGES = {
    "a page without queries (preferences)": "/preferences/",
    "course": COURSE,
    "lesson": f"{COURSE}lessons/axis/",
    "claim": f"{COURSE}claims/axis-6/",
    "question of a quiz": "/quizzes/does-iran-have-allies/axis/1/",
}
ROUNDS = 40


def median_ms(client: Client, path: str) -> float:
    assert client.get(path, HTTP_HOST="localhost").status_code == 200
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(path, HTTP_HOST="localhost")
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_course", "fixtures/does-iran-have-allies", verbosity=0)
    client = Client()
    floor = None
    for name, path in PAGES.items():
        took = median_ms(client, path)
        floor = floor or took
        print(f"{name:40} {took:7.2f} ms   {took / floor:5.1f} x")


if __name__ == "__main__":
    main()
