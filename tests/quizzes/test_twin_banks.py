"""Two banks that differ only in their keys show the same pages, byte for byte, until there is an answer."""

import re

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Course, Lesson
from quizzes.models import Option, Quiz
from quizzes.publishing import publish
from tests import make
from tests.pages import question_forms, without_tokens

KINDS = [
    ("single", [("Up", 1), ("Down", 0), ("Around", 0)], [("Up", 0), ("Down", 0), ("Around", 1)]),
    ("multiple", [("Up", 1), ("Down", 0), ("Around", 1)], [("Up", 0), ("Down", 1), ("Around", 0)]),
    ("true_false", [("True", 1), ("False", 0)], [("True", 0), ("False", 1)]),
]
SECRET = "a" * 32


@pytest.fixture
def bank(db):
    """A course with a lesson with checks, a quiz and an exam over all kinds."""
    rivers = make.collection(slug="rivers")
    claim = make.claim(collection=rivers, key="downhill")
    course = make.course(collection=rivers)

    def questions(prefix: str):
        return [
            make.question(collection=rivers, key=f"{prefix}-{kind}", kind=kind, options=options, claims=[claim])
            for kind, options, _ in KINDS
        ]

    checks = questions("check")
    text = "Water.[^downhill] {#water}\n\n" + "\n\n".join(f":::check {question.key}" for question in checks)
    make.lesson(
        course=course,
        slug="springs",
        text=text,
        checks=make.quiz(collection=rivers, slug="springs-checks", questions=checks, in_lesson=True),
        quiz=make.quiz(collection=rivers, slug="springs", questions=questions("quiz")),
    )
    make.quiz(collection=rivers, slug="final", setting="exam", questions=questions("exam"))
    statements = [{"sentence": "1", "says": "It runs down", "claims": ["downhill"]}]
    course.coverages.create(source="s", sections=[{"code": "I", "title": "All", "statements": statements}])
    return course


def turn_the_keys() -> None:
    """Same questions, other keys, and the same editions' numbers and rows."""
    for kind, _, credits in KINDS:
        for text, credit in credits:
            Option.objects.filter(question__kind=kind, text=text).update(credit=credit)
    for quiz in Quiz.objects.all():
        edition, made = publish(quiz=quiz)
        assert made
        document, digest = edition.document, edition.digest
        first = quiz.editions.get(number=1)
        edition.delete()
        quiz.editions.filter(pk=first.pk).update(document=document, digest=digest)


def pages(client: Client) -> dict[str, str]:
    client.cookies["csrftoken"] = SECRET
    urls = ["/", "/courses/rivers/", "/courses/rivers/lessons/springs/", "/courses/rivers/claims/downhill/"]
    urls += ["/courses/rivers/glossary/", "/courses/rivers/about/", "/progress/"]
    urls += ["/courses/rivers/lessons/springs/print/", "/courses/rivers/sources/", "/courses/rivers/coverage/"]
    for slug in ("springs", "final"):
        urls += [f"/quizzes/rivers/{slug}/{part}" for part in ("", "1/", "2/", "3/", "finish/")]
    found = {}
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        found[url] = without_tokens(response.text)
    return found


def refusals(client: Client) -> dict[str, str]:
    """Fragments and pages for forms sent without an answer, and by htmx."""
    found = {}
    for url in ("/courses/rivers/lessons/springs/", "/quizzes/rivers/springs/1/", "/quizzes/rivers/final/1/"):
        for number, form in enumerate(question_forms(client.get(url))):
            for headers in ({}, {"HX-Request": "true"}):
                response = client.post(form["action"], form["hidden"], headers=headers)
                assert response.status_code == 422
                found[f"{url} {number} {bool(headers)}"] = without_tokens(response.text)
    return found


def test_pages_and_fragments_tell_nothing_of_the_keys(bank):
    client = Client()
    before = {**pages(client), **refusals(client)}
    turn_the_keys()
    after = {**pages(client), **refusals(client)}
    assert before == after
    assert len(before) > 20


def exam_pages(take) -> list[str]:
    """A guest answers every question of the exam with the option that comes first in the alphabet."""
    User.objects.all().delete()
    client = Client()
    client.cookies["csrftoken"] = SECRET
    taker = take(Quiz.objects.select_related("collection").get(slug="final"), client)
    texts = []
    for place in (1, 2, 3):
        form = taker.form(place)
        sent = {**form["hidden"], "answer": form["options"][min(form["options"])]}
        texts.append(client.post(form["action"], sent, follow=True).text)
        texts.append(client.get(f"{taker.base}finish/").text)
    return [re.sub(r'name="attempt" value="\d*"', "", without_tokens(text)) for text in texts]


def test_an_exam_tells_nothing_of_the_keys_after_its_answers_either(bank, take):
    before = exam_pages(take)
    turn_the_keys()
    assert exam_pages(take) == before
    assert "checked" in before[0]


def test_the_test_would_notice(bank):
    """The same comparison sees a difference that is none of the keys."""
    client = Client()
    before = pages(client)
    Lesson.objects.update(title="Other springs")
    Course.objects.update(title="Other rivers")
    after = pages(client)
    assert {url for url in before if before[url] != after[url]}
