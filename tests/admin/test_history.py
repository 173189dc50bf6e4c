"""Editions, attempts and responses, as whoever looks after the site reads them."""

import pytest
from django.utils import timezone

from quizzes.models import Attempt, Edition, Response


@pytest.fixture
def quiz(make, rivers):
    claim = make.claim(collection=rivers, key="slope")
    question = make.question(
        collection=rivers,
        key="which-way",
        kind="multiple",
        marking="right_minus_wrong",
        text="Which way does *water* run?",
        options=[("Down", 1, "It does."), ("Up", 0, "It does not."), ("Seaward", 1, "In the end.")],
        claims=[claim],
        explanation="Gravity.",
    )
    return make.quiz(collection=rivers, title="Springs", questions=[question])


@pytest.fixture
def attempt(quiz, ada):
    edition = quiz.editions.get()
    made = Attempt.objects.create(learner=ada, quiz=quiz, edition=edition, number=1, seed="s", mark="0.5")
    respond(made, try_number=1, answer=[0], fraction="0.5")
    respond(made, try_number=2, answer=[1, 2], fraction="0")
    return made


def respond(attempt, **fields):
    return Response.objects.create(
        learner=attempt.learner, attempt=attempt, slot=0, question_key="which-way", mark=fields["fraction"], **fields
    )


def test_an_edition_shows_its_questions_and_no_json(quiz, tom_client, address):
    html = tom_client.get(address(quiz.editions.get())).text
    for text in (
        "Which way does <em>water</em> run?",
        "Multiple choice, right minus wrong",
        "Seaward",
        "It does not.",
        "slope",
        "Gravity.",
    ):
        assert text in html
    assert "schema" not in html


def test_an_edition_shows_what_was_published_not_what_is_written_now(quiz, tom_client, address):
    quiz.slots.get().question.options.update(text="Rewritten")
    assert "Rewritten" not in tom_client.get(address(quiz.editions.get())).text


def test_an_attempt_shows_the_texts_of_the_options_chosen(attempt, tom_client, address):
    html = tom_client.get(address(attempt)).text
    assert "<td>Down</td>" in html
    assert "<td>Up; Seaward</td>" in html
    assert "0.5 of 1" in html


def test_a_response_shows_question_and_answer(attempt, tom_client, address):
    html = tom_client.get(address(attempt.responses.last())).text
    assert "Which way does *water* run?" in html
    assert "Up; Seaward" in html


@pytest.mark.parametrize("model", [Attempt, Response])
@pytest.mark.parametrize(("sought", "found"), [("ada@", True), ("eve@", False)])
def test_a_learner_is_found_by_e_mail(sought, found, model, attempt, tom_client, address):
    html = tom_client.get(address(model, "changelist"), {"q": sought}).text
    assert (">Ada</a>" in html) == found


@pytest.mark.parametrize("state", ["running", "finished", "aside"])
def test_attempts_are_filtered_by_state(state, attempt, tom_client, address):
    facts: dict[str, dict[str, object]] = {
        "running": {},
        "finished": {"finished_at": timezone.now()},
        "aside": {"set_aside": True},
    }
    Attempt.objects.update(**facts[state])
    for choice in facts:
        html = tom_client.get(address(Attempt, "changelist"), {"state": choice}).text
        assert (">Ada</a>" in html) == (choice == state), choice


def test_responses_are_filtered_by_what_they_earned(attempt, tom_client, address):
    respond(attempt, try_number=3, answer=[0, 2], fraction="1")
    for choice, earned in {"right": "100 %", "partly": "50 %", "wrong": "0 %"}.items():
        html = tom_client.get(address(Response, "changelist"), {"right": choice}).text
        assert html.count('class="field-question_key"') == 1
        assert f'class="field-earned">{earned}<' in html


def test_lists_do_not_load_the_documents(quiz, attempt, tom_client, address, django_assert_max_num_queries):
    for model in (Edition, Attempt, Response):
        with django_assert_max_num_queries(20) as queries:
            tom_client.get(address(model, "changelist"))
        assert not any('"quizzes_edition"."document"' in query["sql"] for query in queries)
