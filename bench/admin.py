"""The admin's lists with 100,000 questions and 1,000,000 responses: the time of each on the server, as a multiple of
the plainest page of the same run, and its queries; for a teacher who has a twentieth of all that, and for whoever has
all. Each should take less than 300 ms.

    python -m bench.admin
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
os.environ["FOOTNOTE_VAR"] = tempfile.mkdtemp()

import django

django.setup()

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from bench.rig.crowd import make_school

LIMIT_MS = 300
ROUNDS = 5
PAGES = {
    "a page without rows (change password)": "/admin/password_change/",
    "start page": "/admin/",
    "questions": "/admin/quizzes/question/",
    "questions of a kind": "/admin/quizzes/question/?kind__exact=single",
    "questions, the last pages": "/admin/quizzes/question/?p=99",
    "questions, searched by words": "/admin/quizzes/question/?q=river+number+4242",
    "questions, searched by key": "/admin/quizzes/question/?q=question-4241",
    "question": "/admin/quizzes/question/41/change/",
    "autocomplete of questions": "/admin/autocomplete/?app_label=quizzes&model_name=slot&field_name=question&term=4242",
    "questions that are hard": "/admin/quizzes/question/?difficulty=hard",
    "questions that need review": "/admin/quizzes/question/?review=yes",
    "quizzes": "/admin/quizzes/quiz/",
    "quizzes with unpublished changes": "/admin/quizzes/quiz/?unpublished=yes",
    "courses": "/admin/courses/course/",
    "editions": "/admin/quizzes/edition/",
    "attempts": "/admin/quizzes/attempt/",
    "attempts that run": "/admin/quizzes/attempt/?state=running",
    "attempts with late answers": "/admin/quizzes/attempt/?answers=late",
    "attempts, searched by learner": "/admin/quizzes/attempt/?q=learner4242",
    "responses": "/admin/quizzes/response/",
    "responses that are wrong": "/admin/quizzes/response/?right=wrong",
    "responses that are late": "/admin/quizzes/response/?right=late",
    "responses that wait": "/admin/quizzes/response/?right=waiting",
    "responses of a day": "/admin/quizzes/response/?answered_at__gte=2020-01-01+00%3A00%3A00%2B00%3A00",
    "responses, searched by learner": "/admin/quizzes/response/?q=learner4242%40example.org",
    "responses, searched by question": "/admin/quizzes/response/?q=question-21",
    "responses, the last pages": "/admin/quizzes/response/?p=99",
    "answers that wait for a mark": "/admin/marking/",
    "claims": "/admin/sources/claim/",
    "needs review": "/admin/courses/course/needs-review/",
    "lessons": "/admin/courses/lesson/",
    "collections": "/admin/sources/collection/",
}


def cast() -> Iterator[tuple[str, User]]:
    teacher = User.objects.create_user("tom@example.org", is_staff=True)
    teacher.groups.add(Group.objects.get(name="Teachers"))
    yield "teacher", teacher
    yield "administrator, or teacher of all", User.objects.create_superuser("root@example.org")


def measured(client: Client, path: str) -> tuple[float, int]:
    """Milliseconds, the median, and queries."""
    queries = []

    def noted(execute, sql, *rest):
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noted):
        response = client.get(path, HTTP_HOST="localhost")
    assert response.status_code == 200, (path, response.status_code)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(path, HTTP_HOST="localhost")
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), len(queries)


def main() -> int:
    call_command("migrate", verbosity=0)
    people = dict(cast())
    start = time.perf_counter()
    make_school(teacher=people["teacher"])
    print(f"Rows made in {time.perf_counter() - start:.0f} s.")
    slow = []
    for who, user in people.items():
        client, floor = Client(), None
        client.force_login(user)
        print(f"\n{who:40} {'':12} {'':9} queries")
        for name, path in PAGES.items():
            took, queries = measured(client, path)
            floor = floor or took
            slow += [name] if took > LIMIT_MS else []
            print(f"{name:40} {took:9.1f} ms {took / floor:7.1f} x {queries:7}", flush=True)
    print(f"\nOver {LIMIT_MS} ms: {', '.join(slow) or 'none'}.")
    return len(slow)


if __name__ == "__main__":
    raise SystemExit(main())
