"""The first page of the admin: what waits for a teacher."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.deriving import derive
from courses.models import Course
from quizzes.models import Attempt, Dispute, Question, Response
from quizzes.publishing import publish

START = reverse("admin:index")


@pytest.fixture
def start(tom_client):
    return lambda: tom_client.get(START).text


def section(html, name):
    return html.split(f'aria-labelledby="today-{name}"')[1].split("</section>")[0]


def test_tom_finds_his_courses(make, rivers, start, address):
    course = make.course(collection=rivers, title="Rivers of the plain")
    make.lesson(course=course)
    html = section(start(), "courses")
    assert "Rivers of the plain" in html
    assert address(course) in html
    assert "one lesson" in html


def test_an_empty_site_says_how_to_begin(db, start):
    html = start()
    assert "You have no course yet." in html
    assert address_of(Course) in html
    assert address_of(Question) in html


def address_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def test_a_quiz_that_was_changed_since_it_was_published_is_named(make, rivers, start, address, tom_client):
    question = make.question(collection=rivers)
    quiz = make.quiz(collection=rivers, title="Springs", questions=[question])
    other = make.quiz(collection=rivers, title="Wells", questions=[make.question(collection=rivers)])
    assert "Learners get everything as you have it." in section(start(), "unpublished")
    question.text = "Which one is right?"
    question.save()
    html = section(start(), "unpublished")
    assert address(quiz) in html
    assert "unpublished changes" in html
    assert address(other) not in html


def test_a_question_that_was_saved_without_a_change_is_no_news(make, rivers, start):
    question = make.question(collection=rivers)
    make.quiz(collection=rivers, questions=[question])
    question.save()
    assert "Learners get everything as you have it." in section(start(), "unpublished")


def test_a_quiz_whose_settings_were_changed_is_named(make, rivers, start, address):
    quiz = make.quiz(collection=rivers, questions=[make.question(collection=rivers)])
    quiz.time_limit = 10
    quiz.save()
    assert address(quiz) in section(start(), "unpublished")


def test_a_quiz_that_draws_is_named_when_its_pool_changes(make, rivers, start, address):
    drawn = make.question(collection=rivers, tags=["deep"])
    quiz = make.quiz(collection=rivers)
    quiz.slots.create(tag="deep", count=1)
    publish(quiz=quiz)
    drawn.explanation = "Because."
    drawn.save()
    assert address(quiz) in section(start(), "unpublished")


def test_checks_that_are_not_published_lead_to_their_lesson(make, rivers, start, address):
    question = make.question(collection=rivers)
    lesson = make.lesson(course=make.course(collection=rivers), text=f":::check {question.key}\n", title="Deltas")
    derive(lesson=lesson)
    html = section(start(), "unpublished")
    assert address(lesson) in html
    assert "Checks of “Deltas”" in html
    assert "never published" in html


def test_claims_that_are_due_are_named_and_lead_to_what_stands_on_them(make, rivers, start, address):
    due = make.claim(collection=rivers, text="Water is cold.", recheck_by=timezone.localdate() - timedelta(days=1))
    make.claim(collection=rivers, text="Water is wet.", recheck_by=date(2100, 1, 1))
    html = section(start(), "claims")
    assert address(due) in html
    assert "Water is cold." in html
    assert "Water is wet." not in html
    assert reverse("admin:courses_needs_review") in html


def test_questions_with_problems_are_named_with_the_first_of_them(make, rivers, start, address):
    bad = make.question(collection=rivers, text="Which?", options=[("Down", 0), ("Up", 0)])
    good = make.question(collection=rivers)
    html = section(start(), "faulty")
    assert address(bad) in html
    assert "Exactly one option must be right." in html
    assert address(good) not in html


@pytest.fixture
def respond(make, rivers, ada):
    def respond(**fields):
        question = make.question(collection=rivers)
        quiz = make.quiz(collection=rivers, title="Springs", questions=[question])
        attempt = Attempt.objects.create(
            learner=ada, quiz=quiz, edition=quiz.editions.get(), number=1, seed="s", finished_at=timezone.now()
        )
        return Response.objects.create(
            **{"fraction": 1, **fields},
            learner=ada,
            attempt=attempt,
            slot=0,
            try_number=1,
            question_key=question.key,
            answer=[0],
            mark=1,
        )

    return respond


def test_the_newest_answers_are_shown(respond, start, address):
    response = respond()
    html = section(start(), "answers")
    assert address(response) in html
    assert "Ada" in html
    assert "No answer waits for your mark." in html


def test_answers_that_wait_for_a_mark_lead_to_the_queue(respond, start):
    respond(fraction=None)
    html = section(start(), "answers")
    assert "One answer waits for your mark" in html
    assert reverse("marking:queue") in html


def test_challenges_that_wait_are_counted(respond, start):
    Dispute.objects.create(response=respond(), reason="No.")
    assert "One challenge waits for your reply" in section(start(), "answers")


def test_it_needs_nothing_inline(grow, rivers, ada, start, blocked_by_policy):
    grow(rivers, learner=ada)
    assert blocked_by_policy(start()) == []


def test_ten_times_as_much_costs_the_same_queries(grow, rivers, ada, make, tom_client):
    grow(rivers, learner=ada)
    tom_client.get(START)
    counts = []
    for number in range(2):
        Question.objects.filter(pk__in=Question.objects.values("pk")[:1]).update(text=f"Changed {number}?")
        with CaptureQueriesContext(connection) as queries:
            tom_client.get(START)
        counts.append(len(queries))
        course = Course.objects.get()
        for _time in range(5):
            grow(rivers, learner=ada, course=course, times=1)
    assert counts[1] == counts[0]
    assert counts[0] < 60


def test_learners_get_no_start_page(ada_client, db):
    assert ada_client.get(START).status_code in {302, 403}
