"""Going back to an earlier edition by publishing it again."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from quizzes.models import Attempt, Edition, Quiz, Response
from quizzes.publishing import publish, publish_again
from tests.admin.test_publishing_changes import finish, mend_key


@pytest.fixture
def question(make, rivers):
    return make.question(
        collection=rivers, key="which-way", text="Which way does water run?", options=[("Down", 1), ("Up", 0)]
    )


@pytest.fixture
def quiz(make, rivers, question):
    """With a second edition in which the key is the other way round."""
    made = make.quiz(collection=rivers, title="Springs", questions=[question])
    mend_key(question)
    publish(quiz=made)
    return made


@pytest.fixture
def first(quiz):
    return quiz.editions.get(number=1)


def stored(*models):
    return [row for model in models for row in model.objects.order_by("pk").values()]


def test_an_old_edition_leads_to_publishing_it_again(first, tom_client, address):
    html = tom_client.get(address(first)).text
    assert "Learners get edition 2." in html
    assert f'href="{address(first, "publish_again")}">Publish this one again</a>' in html


def test_what_learners_get_can_not_be_published_again(quiz, first, tom_client, address):
    latest = quiz.editions.first()
    html = tom_client.get(address(latest)).text
    assert "This is what learners get." in html
    assert "Publish this one again" not in html
    for method in (tom_client.get, tom_client.post):
        response = method(address(latest, "publish_again"), follow=True)
        assert "Learners get just this already." in response.text
    assert quiz.editions.count() == 2


def test_an_earlier_edition_that_says_the_same_as_the_latest_is_not_offered(quiz, first, tom_client, address):
    publish_again(edition=first)
    assert "Publish this one again" not in tom_client.get(address(first)).text


def test_the_page_that_asks_names_what_it_undoes_and_does_nothing(quiz, first, tom_client, address, blocked_by_policy):
    response = tom_client.get(address(first, "publish_again"))
    assert response.status_code == 200
    assert "This makes edition 3, which says what edition 1 said." in response.text
    assert "What learners get instead of edition 2" in response.text
    assert "<del>wrong</del> <ins>right</ins>" in response.text
    assert ">As edition 1</textarea>" in " ".join(response.text.split()).replace("> As", ">As")
    assert blocked_by_policy(response.text) == []
    assert quiz.editions.count() == 2


def test_publishing_again_makes_the_next_edition_with_the_old_document(quiz, first, tom, tom_client, address):
    response = tom_client.post(address(first, "publish_again"), {"note": "The old key was right."}, follow=True)
    assert "Edition 1 of “Springs” is published again, as edition 3." in response.text
    made = quiz.editions.first()
    assert (made.number, made.published_by, made.note) == (3, tom, "The old key was right.")
    same = ("document", "digest", "questions", "weight")
    assert [getattr(made, name) for name in same] == [getattr(first, name) for name in same]


def test_learners_get_it_and_the_notice_says_that_the_draft_differs(quiz, first, ada_client, tom_client, address):
    response = tom_client.post(address(first, "publish_again"), {"note": ""}, follow=True)
    assert "what is written here differs from it. There are unpublished changes." in response.text
    assert Quiz.objects.published().get(pk=quiz.pk).edition_digest == first.digest


def test_nothing_that_learners_did_and_nothing_that_is_written_changes(quiz, first, question, ada, tom_client, address):
    attempt = finish(quiz, ada, number=1, edition=first, mark=1)
    finish(quiz, ada, number=2, finished_at=None)
    Response.objects.create(
        learner=ada, attempt=attempt, slot=0, try_number=1, question_key="which-way", answer=[0], fraction=1, mark=1
    )
    models = (type(question), type(question.options.get(text="Up")), Quiz, Attempt, Response)
    before, editions = stored(*models), stored(Edition)
    tom_client.post(address(first, "publish_again"))
    assert stored(*models) == before
    assert stored(Edition)[:-1] == editions


def test_going_back_to_another_key_leads_to_the_regrade(quiz, first, ada, tom_client, address):
    finish(quiz, ada, number=1)
    about = "What is right has changed. 1 attempt at edition 2 is finished and keeps its mark."
    assert about in tom_client.get(address(first, "publish_again")).text
    response = tom_client.post(address(first, "publish_again"), follow=True)
    assert about in response.text
    assert f'<a href="{reverse("admin:quizzes_quiz_regrade", args=[quiz.pk])}">' in response.text


def test_going_back_and_forth_is_possible(quiz, first, tom_client, address):
    for number in (1, 2, 1):
        tom_client.post(address(quiz.editions.get(number=number), "publish_again"))
    editions = quiz.editions.order_by("number")
    digests = {number: editions.get(number=number).digest for number in (1, 2)}
    assert [edition.digest for edition in editions] == [digests[number] for number in (1, 2, 1, 2, 1)]


def test_publishing_the_draft_afterwards_makes_one_more_edition(quiz, first, tom_client, address):
    tom_client.post(address(first, "publish_again"))
    response = tom_client.post(address(quiz, "publish"), follow=True)
    assert "published as edition 4" in response.text
    assert quiz.editions.first().digest == quiz.editions.get(number=2).digest


def test_a_second_click_makes_no_second_edition(quiz, first, tom_client, address):
    for _click in range(2):
        tom_client.post(address(first, "publish_again"), {"note": "Back."})
    assert quiz.editions.count() == 3


def test_the_quiz_s_history_tells_of_it(quiz, first, tom_client, address):
    tom_client.post(address(first, "publish_again"))
    assert "is published again, as edition 3" in tom_client.get(address(quiz, "history")).text


def test_a_note_that_is_too_long_is_asked_for_again(quiz, first, tom_client, address):
    response = tom_client.post(address(first, "publish_again"), {"note": "x" * 2001})
    assert response.status_code == 422
    assert "at most 2000 characters" in response.text
    assert quiz.editions.count() == 2


def test_it_needs_a_token_and_a_known_method(quiz, first, tom, tom_client, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(tom)
    assert strict.post(address(first, "publish_again")).status_code == 403
    assert tom_client.put(address(first, "publish_again")).status_code == 405
    assert quiz.editions.count() == 2


def test_an_edition_that_is_not_there_is_not_found(db, tom_client):
    for name in ("999", "springs"):
        for method in (tom_client.get, tom_client.post):
            assert method(f"/admin/quizzes/edition/{name}/publish_again/").status_code == 404


@pytest.mark.parametrize("who", ["ada_client", "eve_client", "gus_client", "client"])
def test_no_learner_publishes_again(who, quiz, first, db, address, request):
    client = request.getfixturevalue(who)
    for method in (client.get, client.post):
        assert method(address(first, "publish_again")).status_code in {302, 403}
    assert quiz.editions.count() == 2


def test_who_may_only_look_is_offered_nothing_and_may_not(quiz, first, tom, tom_client, address):
    tom.groups.clear()
    looks = ["view_edition", "view_quiz", "view_question"]
    tom.user_permissions.set(Permission.objects.filter(codename__in=looks))
    assert "Publish this one again" not in tom_client.get(address(first)).text
    for method in (tom_client.get, tom_client.post):
        assert method(address(first, "publish_again")).status_code in {403, 404}
    assert quiz.editions.count() == 2
