"""Two processes that post the same try at the same moment, against one SQLite file."""

import pytest

SETUP = """
from accounts.models import User
from tests import make
rivers = make.collection(slug="rivers")
questions = [make.question(collection=rivers, key=f"q{n}") for n in range(2)]
make.quiz(collection=rivers, slug="springs", questions=questions)
"""

RACER = """
import sys, time
from django.test import Client
from tests.pages import filled, question_forms
client = Client()
client.cookies["csrftoken"] = "a" * 32
form = question_forms(client.get("/quizzes/rivers/springs/1/"))[0]
print("ready", flush=True)
sys.stdin.readline()
response = client.post(form["action"], filled(form, sys.argv[1]))
print(response.status_code, flush=True)
"""

COUNT = """
from accounts.models import User
from quizzes.models import Attempt, Response
print(*(model.objects.count() for model in (User, Attempt, Response)))
print(Attempt.objects.get().mark, Response.objects.get().mark)
"""


@pytest.mark.parametrize("choices", [("Right", "Right"), ("Right", "Wrong")])
def test_two_first_answers_at_once_make_one_guest_one_attempt_and_one_response(on_files, choices):
    on_files(SETUP)
    racers = [on_files.start(RACER, choice) for choice in choices]
    for racer in racers:
        assert racer.stdout.readline().strip() == "ready"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert [racer.communicate(timeout=60)[0].strip() for racer in racers] == ["302", "302"]
    users, attempts, responses, total, mark = on_files(COUNT).split()
    assert (users, attempts, responses) == ("1", "1", "1")
    assert total == mark
