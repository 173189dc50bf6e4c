"""Every address of the admin and of previews, tried on what is Tom's by all who have no business there."""

import re
from itertools import chain

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from courses.deriving import derive
from courses.models import Citation, Coverage, Figure, Lesson, Term, Upload
from progress.models import Certificate, Highlight, Note, Opinion, Reading
from quizzes.marking_queue import pile_of
from quizzes.models import Allowance, Attempt, Correction, Dispute, HandMark, Option, Question, Quiz, Regrade, Response
from sources.models import Claim, Collection
from tests.cases import THOROUGH
from tests.conftest import HTMX

SECRET = "Vindobona"
"""Stands in every text of Tom's course."""
GUARDED = ("admin/", "preview/")
APART = {"admin/login/", "admin/logout/"}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
DJANGOS_OWN = re.compile(r"^admin/\w+/\w+/(<path:object_id>/)?((add|change|delete|history)/)?$")
"""Pages that the admin has of every model, and that do not know htmx."""
ROOMS = ("sources", "quizzes", "courses", "progress")
NOT_THERE = {302, 403, 404, 405}


def routes(patterns, prefix=""):
    for one in patterns:
        route = prefix + str(one.pattern).removeprefix("^").removesuffix("$")
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif route.startswith(GUARDED) and route not in APART:
            yield route


ROUTES = sorted(set(routes(get_resolver().url_patterns)))
WALKED = [route for route in ROUTES if THOROUGH or not route.endswith("<path:object_id>/")]
"""The rest leads to the page that changes a row."""


@pytest.fixture
def course(make, tom, ada, db):
    """A row of every model, in a collection that is Tom's and open to nobody."""
    own = make.collection(slug="vindobona", title=f"Roads to {SECRET}", owner=tom)
    course = make.course(collection=own, about=f"About {SECRET}.")
    claim = make.claim(
        collection=own, text=f"All roads lead to {SECRET}.", sources=[make.source(collection=own, title=SECRET)]
    )
    choice = make.question(
        collection=own,
        key="which-town",
        text=f"Which town, if not {SECRET}?",
        options=[(f"{SECRET} it is", 1), ("Carnuntum", 0)],
        claims=[claim],
    )
    check = make.question(collection=own, text=f"Is it {SECRET}?", options=[(SECRET, 1), ("No", 0)])
    essay = make.question(
        collection=own, key="why-there", kind="essay", text=f"Why {SECRET}?", options=[(f"Names {SECRET}", 1)]
    )
    quiz = make.quiz(collection=own, slug="vindobona", title=f"{SECRET} and others", questions=[choice, essay])
    text = f"{SECRET}.[^{claim.key}] {{#town}}\n\n:::check {check.key}\n"
    lesson = make.lesson(course=course, slug="vindobona", title=f"To {SECRET}", text=text, quiz=quiz)
    derive(lesson=lesson)
    Term.objects.create(course=course, key="town", term=SECRET, meaning=f"{SECRET} is a town.")
    Figure.objects.create(course=course, key="map", kind="map", title=SECRET, data="{}", layout="{}")
    Coverage.objects.create(course=course, source="s1", title=SECRET)
    _what_ada_did(ada, lesson, quiz, tom)
    Correction.objects.create(collection=own, question=f"{SECRET}?", wrong="The key.", changed=SECRET)
    Upload.objects.create(owner=tom, slug="vindobona", name=f"{SECRET}.zip", archive=b"PK")
    EmailAddress.objects.create(user=tom, email=tom.email)
    return course


def _what_ada_did(ada, lesson, quiz, tom):
    Reading.objects.create(learner=ada, lesson=lesson)
    Note.objects.create(learner=ada, lesson=lesson, text=SECRET, written_at=timezone.now())
    Highlight.objects.create(learner=ada, lesson=lesson, address="start", quote=SECRET, note=SECRET)
    Opinion.objects.create(learner=ada, course=lesson.course, moment="before", choice=0)
    Certificate.objects.create(learner=ada, course=lesson.course, name=SECRET, title=SECRET, lessons=1)
    Allowance.objects.create(learner=ada, quiz=quiz, factor=1.25)
    edition = quiz.editions.get()
    attempt = Attempt.objects.create(
        learner=ada, quiz=quiz, edition=edition, number=1, seed="s", finished_at=timezone.now()
    )
    given = {"learner": ada, "attempt": attempt, "try_number": 1, "mark": 0}
    Response.objects.create(**given, slot=0, question_key="which-town", answer=[0], fraction=0)
    essay = Response.objects.create(**given, slot=1, question_key="why-there", answer=SECRET, fraction=None)
    HandMark.objects.create(response=essay, credits=[1], comment=f"{SECRET}, well put.", marked_by=tom)
    Dispute.objects.create(response=essay, reason=f"It was {SECRET}.")
    Regrade.objects.create(
        quiz=quiz, edition=edition, questions=["which-town"], policy="new_key", reason=SECRET, made_by=tom
    )


@pytest.fixture
def uma(django_user_model, tom, make):
    """Teaches another course."""
    uma = django_user_model.objects.create_user("uma@example.org", "a long word for uma", name="Uma", is_staff=True)
    uma.groups.set(tom.groups.all())
    hills = make.collection(slug="hills", title="Hills", owner=uma)
    make.course(collection=hills)
    make.quiz(collection=hills, title="Hills", questions=[make.question(collection=hills, key="how-high")])
    return uma


@pytest.fixture
def uma_client(uma):
    client = Client()
    client.force_login(uma)
    return client


@pytest.fixture
def quiz(course):
    return Quiz.objects.get(collection=course.collection, in_lesson=False)


@pytest.fixture
def address_of(course, quiz, tom):
    """An address for a route, about a row of Tom's."""

    def pk_in(route):
        room, name = route.split("/")[1:3] if route.startswith("admin/") else ("quizzes", route.split("/")[1])
        model = {"questions": Question, "quizzes": Quiz}.get(name) or apps.get_model(room, name)
        path = getattr(admin.site._registry[model], "collection_path", "")
        rows = model.objects.filter(**{path: course.collection_id} if path else {}).order_by("pk")
        return quiz.pk if model is Quiz else rows.first().pk

    arguments = {
        **dict.fromkeys(("object_id", "id", "pk"), pk_in),
        "quiz": lambda route: quiz.pk,
        "key": lambda route: "why-there",
        "token": lambda route: pile_of(quiz, "why-there").papers[0].token,
        "place": lambda route: 1,
        "upload_id": lambda route: Upload.objects.get().pk,
        "app_label": lambda route: "quizzes",
        "url": lambda route: "nowhere/",
    }

    def of(route):
        if "content_type_id" in route:
            return f"/admin/r/{ContentType.objects.get_for_model(Lesson).pk}/{Lesson.objects.get().pk}/"
        return "/" + ARGUMENT.sub(lambda found: str(arguments[found[1] or found[2]](route)), route)

    return of


def is_about_a_row(route):
    return bool(ARGUMENT.search(route)) and "app_label" not in route and "url" not in route


@pytest.fixture
def written(course):
    """All rows of the rooms, to see that nothing has changed."""

    def now():
        models = chain.from_iterable(apps.get_app_config(room).get_models(include_auto_created=True) for room in ROOMS)
        return {model: sorted(model.objects.values_list(), key=repr) for model in models}

    return now


def tries(client, route, url):
    yield "GET", client.get(url)
    yield "POST", client.post(url, {"post": "yes", "apply": "1", "action": "delete_selected", "answer": "0"})
    if THOROUGH or not DJANGOS_OWN.search(route):
        yield "GET by htmx", client.get(url, headers=HTMX)
        yield "POST by htmx", client.post(url, {}, headers=HTMX)


def tells(response):
    """Whether it has anything of Tom's course."""
    said = response.content.decode(errors="replace") + response.headers.get("Location", "")
    return SECRET.lower() in said.lower()


def test_the_walk_finds_the_addresses_that_matter():
    for route in (
        "admin/quizzes/question/<path:object_id>/change/",
        "admin/quizzes/quiz/<path:object_id>/publish/",
        "admin/quizzes/quiz/<path:object_id>/regrade/",
        "admin/courses/course/<path:object_id>/export/",
        "admin/marking/<int:quiz>/<slug:key>/<slug:token>/",
        "preview/questions/<int:pk>/review/",
    ):
        assert route in ROUTES


@pytest.mark.parametrize("who", ["ada_client", *["eve_client"][: int(THOROUGH)], "gus_client", None])
def test_who_does_not_teach_gets_in_nowhere(who, address_of, written, request):
    client = request.getfixturevalue(who) if who else Client()
    before, entered = written(), []
    for route in WALKED:
        url = address_of(route)
        for how, response in tries(client, route, url):
            inside = response.status_code not in NOT_THERE
            astray = response.status_code == 302 and not response.url.startswith(("/accounts/", "/admin/login/"))
            if inside or astray or SECRET in response.text:
                entered.append((route, how, response.status_code))
    assert entered == []
    assert written() == before


def test_a_teacher_of_another_course_finds_nothing_of_it(uma_client, address_of, written):
    before, entered = written(), []
    for route in WALKED:
        url = address_of(route)
        for how, response in tries(uma_client, route, url):
            inside = is_about_a_row(route) and response.status_code not in NOT_THERE
            if inside or response.status_code >= 500 or tells(response):
                entered.append((route, how, response.status_code))
    assert entered == []
    after = written()
    assert {model: rows for model, rows in after.items() if rows != before[model]} == {}


def test_tom_gets_in_by_the_same_addresses(tom_client, address_of):
    """Or else the walk would show nothing."""
    for route in ROUTES:
        if route.endswith("/change/") and route.startswith(("admin/sources", "admin/quizzes", "admin/courses")):
            assert tells(tom_client.get(address_of(route))), route


def test_lists_searched_and_filtered_show_another_teacher_nothing(course, uma_client):
    filters = [
        {"q": SECRET[:6]},
        {"collection__id__exact": course.collection_id},
        {"quiz__collection__id__exact": 1},
    ]
    for model in admin.site._registry:
        meta = model._meta
        for query in filters:
            response = uma_client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"), query)
            assert not tells(response), (model, query)


def test_nothing_of_it_is_offered_to_be_linked(course, uma_client):
    links = [(Question, "claims"), (Question, "collection"), (Option, "claims"), (Claim, "sources"), (Lesson, "quiz")]
    links += [(Lesson, "course"), (Quiz, "collection"), (Allowance, "quiz")]
    for model, field in links:
        named = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
        for query in ({}, {"collection": course.collection_id}, {"term": SECRET[:6]}):
            response = uma_client.get(reverse("admin:autocomplete"), {**named, **query})
            assert response.status_code == 200
            assert not tells(response), (model, field, query)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Claim, {"key": "mine", "text": "Mine.", "status": "established"}),
        (Correction, {"corrected_on": "2026-01-01", "question": "Q", "wrong": "W", "changed": "C"}),
        (Quiz, {"slug": "mine", "title": "Mine", "setting": "practice", "tries": "3", "counts": "best"}),
        (Term, {"key": "mine", "term": "Mine", "meaning": "Mine."}),
        (Lesson, {"slug": "mine", "title": "Mine", "text": ""}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_nothing_is_added_to_it(model, fields, course, uma_client, written):
    before = written()
    slots = dict.fromkeys(("slots-TOTAL_FORMS", "slots-INITIAL_FORMS"), "0")
    sent = {**fields, **slots, "collection": course.collection_id, "course": course.pk}
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    response = uma_client.post(url, sent)
    assert response.status_code == 200
    assert "Select a valid choice" in response.text
    assert not tells(response)
    assert written() == before


def test_its_claims_and_questions_are_not_taken_into_another_course(course, uma_client):
    hills = Collection.objects.get(slug="hills")
    theirs = Question.objects.get(key="which-town")
    slot = {"slots-TOTAL_FORMS": "1", "slots-INITIAL_FORMS": "0", "slots-0-question": theirs.pk, "slots-0-weight": "1"}
    quiz = {"slug": "mine", "title": "Mine", "setting": "practice", "tries": "3", "counts": "best"}
    response = uma_client.post(reverse("admin:quizzes_quiz_add"), {**quiz, **slot, "collection": hills.pk})
    assert "Select a valid choice" in response.text
    assert not tells(response)
    claim = Claim.objects.get(collection=course.collection)
    question = {"kind": "single", "text": "Q", "key": "mine", "collection": hills.pk, "claims": claim.pk}
    check = uma_client.post(reverse("admin:quizzes_question_check"), question)
    assert not tells(check)


@pytest.mark.parametrize("action", ["publish_selected", "delete_selected"])
def test_actions_take_nothing_of_it(action, course, quiz, uma_client, written):
    before = written()
    sent = {"action": action, "_selected_action": [quiz.pk], "post": "yes"}
    response = uma_client.post(reverse("admin:quizzes_quiz_changelist"), sent)
    assert not tells(response)
    assert written() == before


def test_citations_and_the_rest_are_listed_for_tom(course, tom_client):
    assert Citation.objects.exists()
    assert tells(tom_client.get(reverse("admin:courses_citation_changelist")))
