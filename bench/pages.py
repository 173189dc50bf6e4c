"""How much work a page is: the time of each on the server, as a multiple of the plainest page of the same run. From
stored layouts a figure should take at most 50 ms; what a layout takes when a course is loaded is told at the end.

    python -m bench.pages
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

from courses.figures.kinds import layout
from courses.figures.showing import data_of
from courses.models import Figure

COURSE = "/courses/does-iran-have-allies/"
PAGES = {
    "a page without queries (preferences)": "/preferences/",
    "course": COURSE,
    "lesson": f"{COURSE}lessons/russia/",
    "lesson with a figure": f"{COURSE}lessons/axis/",
    "claim": f"{COURSE}claims/axis-6/",
    "all sources": f"{COURSE}sources/",
    "coverage": f"{COURSE}coverage/",
    "question of a quiz": "/quizzes/does-iran-have-allies/axis/1/",
    "network": f"{COURSE}figures/network/",
    "network, one kind in 1985": f"{COURSE}figures/network/?at=1985&kind=arms",
    "time line": f"{COURSE}figures/timeline/",
    "map": f"{COURSE}figures/map/",
    "comparison": f"{COURSE}figures/comparison/",
    "an actor": f"{COURSE}actors/iran/",
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
    for figure in Figure.objects.order_by("key"):
        start = time.perf_counter()
        layout(data_of(figure))
        print(f"{'layout at load: ' + figure.key:40} {(time.perf_counter() - start) * 1000:7.2f} ms")


if __name__ == "__main__":
    main()
