"""What a list costs does not grow with its rows."""

import re

import pytest
from django.contrib.admin import site
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.rig.crowd import SLOTS, Size, make_school
from quizzes.models import Question
from sources import authoring
from tests.cases import THOROUGH

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="bench.rig.crowd makes its rows by SQLite's SQL")

FEW, MANY = (10, 200) if THOROUGH else (5, 15)
ROOMS = {"sources", "quizzes", "courses", "progress"}
LISTS = sorted(
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in site._registry
    if model._meta.app_label in ROOMS
)
PAGES = [*LISTS, "admin:index", "admin:courses_needs_review", "marking:queue"]
SOUGHT = ["admin:quizzes_question_changelist", "admin:quizzes_attempt_changelist", "admin:quizzes_response_changelist"]


def school(teacher, rows):
    size = Size(collections=2, claims=rows, quizzes=rows, questions=rows * SLOTS, learners=rows, attempts=rows)
    make_school(teacher=teacher, size=size)


FILTERED = [
    ("admin:quizzes_question_changelist", {"difficulty": "hard"}),
    ("admin:quizzes_question_changelist", {"review": "yes"}),
    ("admin:quizzes_quiz_changelist", {"unpublished": "yes"}),
    ("admin:quizzes_quiz_changelist", {"unpublished": "no"}),
    ("admin:courses_course_changelist", {"unpublished": "yes"}),
    ("admin:courses_course_changelist", {"unpublished": "no"}),
]


def costs(client, teacher, rows, requests, *, touched=False, at_most=None):
    """Queries of each request, in a school with so many rows of each kind, once caches are warm, as they nearly are
    from the first page on; `at_most` is what they are not expected to exceed, which spares a second look at what does
    not even when they are cold."""
    found = {}
    with transaction.atomic():
        school(teacher, rows)
        if touched:
            Question.objects.update(reviewed_at=timezone.now())
        for name, query in requests:
            key = (name, *query.values())
            found[key] = queries_of(client, name, query)
            if found[key] > at_most[key] if at_most else THOROUGH:
                found[key] = queries_of(client, name, query)
        transaction.set_rollback(True)
    return found


def queries_of(client, name, query):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name), query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["tom", "admin_user"])
def test_no_page_takes_more_queries_for_many_rows_than_for_few(who, tom, client, request):
    client.force_login(request.getfixturevalue(who))
    requests = [(name, {}) for name in PAGES if who == "admin_user" or "progress" not in name]
    few = costs(client, tom, FEW, requests)
    many = costs(client, tom, MANY, requests, at_most=few)
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert max(many.values()) <= 40


@pytest.mark.parametrize("who", ["tom", "admin_user"])
def test_no_search_takes_more_queries_for_many_rows_than_for_few(who, tom, client, request):
    client.force_login(request.getfixturevalue(who))
    requests = [(name, {"q": "learner1"}) for name in SOUGHT]
    few = costs(client, tom, FEW, requests)
    assert costs(client, tom, MANY, requests, at_most=few) == few


@pytest.mark.parametrize("who", ["tom", "admin_user"])
def test_no_filter_takes_more_queries_for_many_rows_than_for_few(who, tom, client, request):
    """With every quiz touched since it was published."""
    client.force_login(request.getfixturevalue(who))
    few = costs(client, tom, FEW, FILTERED, touched=True)
    many = costs(client, tom, MANY, FILTERED, touched=True, at_most=few)
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert max(many.values()) <= 40


@pytest.fixture
def responses(tom, db):
    school(tom, 20)
    return reverse("admin:quizzes_response_changelist")


def test_a_long_list_is_counted_as_far_as_it_can_be_paged_and_says_so(responses, admin_client, monkeypatch):
    monkeypatch.setattr(authoring, "MOST", 100)
    html = admin_client.get(responses).text
    assert "100 responses" in html
    assert "There are more than that." in html
    assert "?p=3" not in html
    shorter = admin_client.get(responses, {"right": "waiting"}).text
    assert "1 response" in shorter
    assert "There are more than that." not in shorter


def test_a_response_is_found_by_learner_or_by_the_whole_key_of_its_question(responses, admin_client):
    def found(words):
        return admin_client.get(responses, {"q": words}).text.count('class="field-question_key"')

    assert found("learner13@example.org") == found("learner 13") == SLOTS
    assert found("question-21") == found("learner question-21") == 1
    assert found("13 question-21") == found("question-") == 0


def test_what_few_rows_have_is_found_the_same_way_as_what_many_have(tom, admin_client, monkeypatch):
    school(tom, 20)
    url = reverse("admin:quizzes_question_changelist")
    pages = []
    for few in (1, 1000):
        monkeypatch.setattr(authoring, "FEW", few)
        html = admin_client.get(url, {"q": "river number 12"}).text
        pages.append(re.findall(r'class="field-key">.*?>([^<]*)</a>', html))
    assert "question-12" in pages[0]
    assert pages[0] == pages[1]
