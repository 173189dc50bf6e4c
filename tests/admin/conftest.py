"""One course with everything an author writes and a learner leaves behind."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from courses.deriving import derive
from courses.models import Term
from progress.models import Certificate, Highlight, Note, Opinion, Reading
from quizzes.models import Allowance, Attempt, Correction, Dispute, HandMark, Regrade, Response
from tests import make


@pytest.fixture
def rivers(make, db):
    return make.collection(slug="rivers", title="Rivers")


@pytest.fixture
def hills(make, db):
    return make.collection(slug="hills", title="Hills")


@pytest.fixture
def grow():
    return grown_by


def grown_by(collection, *, learner, course=None, times=1):
    """Adds to a collection a row of every model, `times` times, as Ada's where it is a learner's."""
    course = course or make.course(collection=collection)
    for number in range(times):
        _grow_once(collection, course, learner, number)
    return course


def _grow_once(collection, course, learner, number):
    source = make.source(collection=collection)
    claim = make.claim(collection=collection, sources=[source])
    question = make.question(collection=collection, claims=[claim])
    quiz = make.quiz(collection=collection, questions=[question])
    lesson = make.lesson(course=course, quiz=quiz, text=f"Water.[^{claim.key}] {{#water}}\n\n:::check {question.key}\n")
    derive(lesson=lesson)
    Term.objects.create(
        course=course, key=lesson.slug, term="Delta", script=[{"lang": "fa", "text": "دلتا"}], meaning="An end."
    )
    Reading.objects.create(learner=learner, lesson=lesson)
    Note.objects.create(learner=learner, lesson=lesson, text="Why is that?", written_at=timezone.now())
    Highlight.objects.create(learner=learner, lesson=lesson, address="start", quote="Water", note="Why is that?")
    Opinion.objects.get_or_create(learner=learner, course=course, moment=Opinion.Moment.values[number], choice=0)
    certificate = {
        "title": course.title,
        "lessons": 1,
        "quiz": quiz,
        "quiz_title": quiz.title,
        "needed": 0.5,
        "mark": 1,
    }
    of_course = {"learner": learner, "course": course}
    revoked_at = timezone.now() if Certificate.objects.filter(**of_course).exists() else None
    Certificate.objects.create(**of_course, **certificate, name="Ada", revoked_at=revoked_at)
    edition = quiz.editions.get()
    attempt = Attempt.objects.create(learner=learner, quiz=quiz, edition=edition, number=1, seed="s", mark=1)
    Allowance.objects.create(learner=learner, quiz=quiz, factor=1.25)
    response = Response.objects.create(
        learner=learner,
        attempt=attempt,
        slot=0,
        try_number=1,
        question_key=question.key,
        answer=[0],
        fraction=1,
        mark=1,
    )
    HandMark.objects.create(response=response, credits=[1], comment="Well put.")
    Dispute.objects.create(response=response, reason="That can not be.")
    edition = response.attempt.edition
    Regrade.objects.create(quiz=edition.quiz, edition=edition, questions=["q"], policy="drop", reason="It was wrong.")
    Correction.objects.create(collection=collection, question="Which?", wrong="The key.", changed="The key.")


@pytest.fixture
def said():
    """What the admin said in its messages, as one text."""
    return lambda response: " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def address():
    """The address of a row's admin page: `change`, `delete`, `publish`; of a model's: `changelist`, `add`."""

    def of(row, view="change"):
        meta = row._meta
        args = [] if view in {"changelist", "add"} else [row.pk]
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=args)

    return of


@pytest.fixture
def blocked_by_policy():
    """What a page holds that the strict CSP would not run or apply."""

    def of(html):
        scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html)
        return scripts + re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)

    return of
