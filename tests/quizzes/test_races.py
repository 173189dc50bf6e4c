"""Two processes that post the same try at the same moment, against one database."""

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Attempt, Response
from tests import make
from tests.pages import filled, question_forms


def make_springs():
    rivers = make.collection(slug="rivers")
    make.quiz(
        collection=rivers, slug="springs", questions=[make.question(collection=rivers, key=f"q{n}") for n in range(2)]
    )


def answer_when_told(wire, choice):
    client = Client()
    client.cookies["csrftoken"] = "a" * 32
    form = question_forms(client.get("/quizzes/rivers/springs/1/"))[0]
    wire.send("ready")
    wire.recv()
    wire.send(client.post(form["action"], filled(form, choice)).status_code)


def what_is_there():
    counts = tuple(model.objects.count() for model in (User, Attempt, Response))
    return counts, Attempt.objects.get().mark, Response.objects.get().mark


@pytest.mark.parametrize("choices", [("Right", "Right"), ("Right", "Wrong")])
def test_two_first_answers_at_once_make_one_guest_one_attempt_and_one_response(on_copy, choices):
    on_copy(make_springs)
    racers = [on_copy.start(answer_when_told, choice) for choice in choices]
    assert [racer.said() for racer in racers] == ["ready", "ready"]
    for racer in racers:
        racer.tell("go")
    assert [racer.said() for racer in racers] == [302, 302]
    counts, total, mark = on_copy(what_is_there)
    assert counts == (1, 1, 1)
    assert total == mark
