"""Two banks that differ only in their keys show the same pages, byte for byte, until there is an answer."""

import re

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from courses.models import Course, Lesson
from quizzes.engine.kinds import KINDS
from quizzes.models import Attempt, Option, Question, Quiz
from quizzes.publishing import publish
from tests import make
from tests.cases import THOROUGH
from tests.conftest import HTMX
from tests.pages import filled_somehow, question_forms, without_tokens


def right(*texts: str, of: str) -> list[dict]:
    return [{"text": text, "credit": text in texts} for text in of.split()]


def pairs(matches: str) -> list[dict]:
    """Which of the matches belongs to North, South and East; the last belongs to nothing."""
    return [{"text": text, "match": match} for text, match in zip(("North", "South", "East", ""), matches, strict=True)]


def accepted(*texts: str) -> list[dict]:
    return [{"text": text, "credit": 1} for text in texts]


def blanks(number: str, way: str, word: str) -> list[dict]:
    ways = [{"match": "way", "text": text, "credit": text == way} for text in ("up", "down")]
    typed = {"number": number, "word": word}
    return ways + [{"match": name, "text": text, "credit": 1} for name, text in typed.items()]


GAPS = "Fill in.\n\nWater goes [[way: choice]], [[number: number]] times a [[word]]."
BANKS = {
    "single": (right("Up", of="Up Down Around"), right("Around", of="Up Down Around")),
    "multiple": (right("Up", "Around", of="Up Down Around"), right("Down", of="Up Down Around")),
    "true_false": (right("True", of="True False"), right("False", of="True False")),
    "short_answer": (accepted("Vienna", "Wien"), [*accepted("Cairo"), {"text": "Vienna", "credit": 0}]),
    "numeric": (accepted("12 ± 1"), accepted("1988..1990", "7")),
    "matching": (pairs("abcd"), pairs("bdac")),
    "categorise": (pairs("aabc"), pairs("cbba")),
    "ordering": (right(of="One Two Three"), right(of="Three One Two")),
    "cloze": (blanks("3", "up", "day"), blanks("1900..1990", "down", "century")),
    "essay": (accepted("All of it"), accepted("All of it")),
    "description": ([], []),
}
"""Kinds, each with two keys between which nothing else differs."""

TYPED = {"short_answer": "Vienna", "essay": "Because.", "cloze": "3"}
"""What is typed where it is neither; a number elsewhere."""

SECRET = "a" * 32


def make_question(collection, prefix: str, kind: str, claims) -> Question:
    return make.question(
        collection=collection,
        key=f"{prefix}-{kind.replace('_', '-')}",
        kind=kind,
        text=GAPS if kind == "cloze" else "Which is right?",
        options=BANKS[kind][0],
        claims=claims,
        hints=[{"text": "The first hint.", "cost": 0.1}] if kind != "description" else (),
    )


@pytest.fixture(autouse=True)
def _one_moment():
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        yield


@pytest.fixture
def bank(db):
    """A course with a lesson with checks, a quiz and an exam over all kinds."""
    rivers = make.collection(slug="rivers")
    claim = make.claim(collection=rivers, key="downhill")
    course = make.course(collection=rivers)

    def questions(prefix: str):
        return [make_question(rivers, prefix, kind, [claim]) for kind in BANKS]

    checks = questions("check")
    text = "Water.[^downhill] {#water}\n\n" + "\n\n".join(f":::check {question.key}" for question in checks)
    make.lesson(
        course=course,
        slug="springs",
        text=text,
        checks=make.quiz(collection=rivers, slug="springs-checks", questions=checks, in_lesson=True),
        quiz=make.quiz(collection=rivers, slug="springs", questions=questions("quiz"), confidence="asked"),
    )
    make.quiz(collection=rivers, slug="final", setting="exam", questions=questions("exam"))
    statements = [{"sentence": "1", "says": "It runs down", "claims": ["downhill"]}]
    course.coverages.create(source="s", sections=[{"code": "I", "title": "All", "statements": statements}])
    return course


def turn_the_keys() -> None:
    """Same questions, other keys, and the same editions' numbers and rows."""
    for question in Question.objects.all():
        question.options.all().delete()
        for position, row in enumerate(BANKS[question.kind][1]):
            Option.objects.create(question=question, position=position, feedback="Another reason.", **row)
        question.hints.update(text="Another hint.")
        question.explanation = "Another explanation."
        question.save()
    for quiz in Quiz.objects.all():
        edition, made = publish(quiz=quiz)
        assert made
        document, digest = edition.document, edition.digest
        first = quiz.editions.get(number=1)
        edition.delete()
        quiz.editions.filter(pk=first.pk).update(document=document, digest=digest)


def test_every_kind_has_two_keys():
    assert set(BANKS) == set(KINDS)
    for kind, (one, other) in BANKS.items():
        assert one != other or kind in {"essay", "description"}


def told(response) -> str:
    """All of an answer that could tell something: its headers, its size and its text."""
    headers = {
        name: value for name, value in response.items() if name not in {"Content-Length", "Content-Security-Policy"}
    }
    return f"{headers}\n{without_tokens(response.text)}"


def urls() -> list[str]:
    urls = ["/", "/courses/rivers/", "/courses/rivers/lessons/springs/", "/courses/rivers/claims/downhill/"]
    urls += ["/courses/rivers/glossary/", "/courses/rivers/about/", "/progress/"]
    urls += ["/courses/rivers/lessons/springs/print/", "/courses/rivers/sources/", "/courses/rivers/coverage/"]
    for slug in ("springs", "final"):
        places = [f"{place}/" for place in range(1, len(BANKS) + 1)]
        urls += [f"/quizzes/rivers/{slug}/{part}" for part in ("", *places, "finish/", "clock/")]
    return urls


def pages(client: Client, urls: list[str]) -> dict[str, str]:
    client.cookies["csrftoken"] = SECRET
    found = {}
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        found[url] = told(response)
    return found


def refusals(client: Client) -> dict[str, str]:
    """Fragments and pages for forms sent without an answer, as a browser sends them and as htmx does: one by one in
    turn outside CI."""
    found: dict[str, str] = {}
    places = [f"/quizzes/rivers/{slug}/{place}/" for slug in ("springs", "final") for place in range(1, len(BANKS) + 1)]
    for url in ("/courses/rivers/lessons/springs/", *places):
        for number, form in enumerate(question_forms(client.get(url))):
            if "ordering" in form["action"] or (form["typed"].keys() and "1" in form["typed"].values()):
                continue  # an order as it stands is an answer
            for headers in ({}, HTMX) if THOROUGH else ([{}, HTMX][len(found) % 2],):
                response = client.post(form["action"], form["hidden"], headers=headers)
                assert response.status_code in {400, 422}, url
                found[f"{url} {number} {bool(headers)}"] = told(response)
    return found


def test_pages_and_fragments_tell_nothing_of_the_keys(bank):
    client = Client()
    before = {**pages(client, urls()), **refusals(client)}
    turn_the_keys()
    after = {**pages(client, urls()), **refusals(client)}
    assert {key for key in before if before[key] != after[key]} == set()
    assert len(before) > (90 if THOROUGH else 60)


def exam_pages(take) -> list[str]:
    """A guest gives every question of the exam the same answer, which is right by one key and wrong by the other: what
    comes of it as a fragment, as it is typed, as a page, and before the end."""
    User.objects.all().delete()
    client = Client()
    client.cookies["csrftoken"] = SECRET
    taker = take(Quiz.objects.select_related("collection").get(slug="final"), client)
    responses = []
    for place, kind in enumerate(BANKS, 1):
        for extra, headers in (({"autosave": "1"}, HTMX), ({}, HTMX), ({}, {})):
            form = taker.form(place)
            if kind != "description":
                sent = {**filled_somehow(form, TYPED.get(kind, "12")), **extra}
                responses.append(client.post(form["action"], sent, headers=headers, follow=True))
                assert responses[-1].status_code == 200, kind
        responses.append(client.post(form["action"], {**form["hidden"], "flag": "1"}, headers=HTMX))
    responses.append(client.get(f"{taker.base}finish/"))
    responses.append(client.get(taker.base))
    return [re.sub(r'name="attempt" value="\d*"', "", told(response)) for response in responses]


def test_an_exam_tells_nothing_of_the_keys_after_its_answers_either(bank, take):
    before = exam_pages(take)
    marks = Attempt.objects.get().mark
    turn_the_keys()
    assert exam_pages(take) == before
    assert Attempt.objects.get().mark != marks
    assert "checked" in "".join(before)


def test_pages_with_questions_are_kept_by_no_cache(bank, take):
    client = Client()
    for slug in ("springs", "final"):
        for part in ("", "1/", "finish/", "clock/"):
            response = client.get(f"/quizzes/rivers/{slug}/{part}")
            assert "no-store" in response["Cache-Control"], part
            assert not response.has_header("ETag")


def test_the_test_would_notice(bank):
    """The same comparison sees a difference that is none of the keys."""
    client = Client()
    before = pages(client, urls()[:3])
    Lesson.objects.update(title="Other springs")
    Course.objects.update(title="Other rivers")
    after = pages(client, urls()[:3])
    assert {url for url in before if before[url] != after[url]}
