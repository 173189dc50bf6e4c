"""Editions, attempts and responses, as whoever looks after the site reads them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from quizzes.models import Attempt, Edition, HandMark, Response, Slot
from quizzes.publishing import publish


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
    for choice, earned in {"right": "100%", "partly": "50%", "wrong": "0%"}.items():
        html = tom_client.get(address(Response, "changelist"), {"right": choice}).text
        assert html.count('class="field-question_key"') == 1
        assert f'class="field-earned">{earned}<' in html


def test_lists_do_not_load_the_documents(quiz, attempt, tom_client, address, django_assert_max_num_queries):
    for model in (Edition, Attempt, Response):
        with django_assert_max_num_queries(20) as queries:
            tom_client.get(address(model, "changelist"))
        assert not any('"quizzes_edition"."document"' in query["sql"] for query in queries)


@pytest.fixture
def essay(make, rivers, ada):
    """Ada's answer to an essay, in an exam with two sections, a hint and a draw."""
    rubric = [("Names the source", 0.4, "It is named."), ("Says where it ends", 0.6, "It is said.")]
    essay = make.question(collection=rivers, key="course-of-it", kind="essay", text="Describe it.", options=rubric)
    make.question(collection=rivers, key="spare", text="Is it *spare*?", tags=["spare"])
    choice = make.question(collection=rivers, key="which-road", hints=[{"text": "Think of rain.", "cost": 0.25}])
    quiz = make.quiz(collection=rivers, title="Springs", questions=[choice], setting="exam", published=False)
    Slot.objects.create(quiz=quiz, position=1, question=essay, section="In your own words", weight=2)
    Slot.objects.create(quiz=quiz, position=2, tag="spare")
    edition, _made = publish(quiz=quiz)
    due_at = timezone.now() - timedelta(hours=1)
    made = Attempt.objects.create(
        learner=ada, quiz=quiz, edition=edition, number=1, seed="s", drawn=["spare"], due_at=due_at
    )
    answer = {"learner": ada, "attempt": made, "try_number": 1, "mark": 0}
    Response.objects.create(
        **answer, slot=0, question_key="which-road", answer=[0], fraction=1, late=True, hints=1, confidence=3
    )
    Response.objects.create(**answer, slot=2, question_key="spare", answer=[1], fraction=0)
    return Response.objects.create(
        **answer, slot=1, question_key="course-of-it", answer="It springs up.", fraction=None
    )


def test_an_edition_shows_hints_sections_and_what_is_drawn(essay, tom_client, address):
    html = tom_client.get(address(essay.attempt.edition)).text
    for text in ("In your own words</h2>", "Think of rain.", "Costs 25%.", "1 question drawn by “spare”, of"):
        assert text in html
    assert "Is it <em>spare</em>?" in html


def test_an_attempt_shows_what_is_late_what_waits_and_how_it_was_answered(essay, tom_client, address):
    html = tom_client.get(address(essay.attempt)).text
    for text in ("Late: does not count", "Waits for a mark", "very sure", "It springs up.", "0 of 1", "time is up"):
        assert text in html
    assert "Is it <em>spare</em>?" in html


def test_the_list_of_attempts_counts_late_answers_and_those_that_wait(essay, attempt, tom_client, address):
    html = tom_client.get(address(Attempt, "changelist")).text
    for column in ("late", "waiting"):
        assert re.findall(rf'class="field-{column}">(\d)<', html) == ["0", "1"]


@pytest.mark.parametrize("choice", ["late", "waiting"])
def test_attempts_with_such_answers_are_found(choice, essay, attempt, tom_client, address):
    html = tom_client.get(address(Attempt, "changelist"), {"answers": choice}).text
    assert html.count('class="field-number"') == 1
    Response.objects.update(late=False, fraction=1)
    html = tom_client.get(address(Attempt, "changelist"), {"answers": choice}).text
    assert html.count('class="field-number"') == 0


@pytest.mark.parametrize(("choice", "key"), [("late", "which-road"), ("waiting", "course-of-it")])
def test_such_responses_are_found(choice, key, essay, tom_client, address):
    html = tom_client.get(address(Response, "changelist"), {"right": choice}).text
    assert re.findall(r'class="field-question_key">([^<]*)<', html) == [key]


def test_a_response_says_how_it_came_and_that_it_waits(essay, tom_client, address):
    late = Response.objects.get(question_key="which-road")
    html = tom_client.get(address(late)).text
    for text in ("very sure", date_format(late.attempt.due_at, "DATETIME_FORMAT")):
        assert text in html
    assert "waits for a mark" in tom_client.get(address(essay)).text


def test_a_mark_by_hand_is_read_criterion_by_criterion(essay, tom, tom_client, address):
    given = HandMark.objects.create(response=essay, credits=[1, 0.5], comment="Where does it end?", marked_by=tom)
    html = tom_client.get(address(given)).text
    for text in ("Names the source: 100%", "Says where it ends: 50%", "Where does it end?", "Tom", "Ada"):
        assert text in html
    assert address(given) in tom_client.get(address(essay)).text
