"""Erasing: everything that is somebody's goes at once, and what they did for others stays without them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from accounts.models import KeptRecord, User
from accounts.my_data.erasing import DEPARTED, departed, erase
from quizzes.marking import mark_by_hand
from quizzes.models import Attempt, Edition, HandMark, Regrade, Response
from quizzes.publishing import publish
from quizzes.regrading import Plan, apply
from tests.accounts.lived import ada, lesson, life, lived, tom
from tests.accounts.lives import answers, brook, finishes, lives
from tests.conftest import client_of

__all__ = ["ada", "lesson", "life", "lived", "tom"]
URL, DONE = "/you/data/erase/", "/you/data/erased/"
PASSWORD = {"password": "a long word for ada"}


def test_it_says_first_what_goes_and_what_stays(life, ada_client):
    page = ada_client.get(URL).text
    for what in (f"<b>{life.responses.count()}</b> responses", "<b>1</b> note<", "<b>1</b> certificate<"):
        assert what in page
    assert "What stays" in page
    assert "Download my data" in page
    assert User.objects.filter(pk=life.pk).exists()


def test_everything_goes_and_the_browser_is_signed_out(life, ada_client, eve):
    response = ada_client.post(URL, PASSWORD, follow=True)
    assert "Everything that was yours is erased" in response.text
    assert not User.objects.filter(pk=life.pk).exists()
    assert not Attempt.objects.exists()
    assert not Response.objects.exists()
    assert "_auth_user_id" not in ada_client.session


def test_the_wrong_password_erases_nothing(life, ada_client):
    response = ada_client.post(URL, {"password": "wrong"})
    assert response.status_code == 422
    assert "This is not your password." in response.text
    assert User.objects.filter(pk=life.pk).exists()


def test_passwords_can_not_be_tried_without_end(ada_client):
    for _ in range(10):
        ada_client.post(URL, {"password": "wrong"})
    assert ada_client.post(URL, PASSWORD).status_code == 429
    assert User.objects.filter(email="ada@example.org").exists()


def test_a_guest_ticks_a_box(gus, lesson, tom):
    lives(gus, lesson, tom)
    browser = client_of(gus)
    assert browser.post(URL).status_code == 422
    assert User.objects.filter(pk=gus.pk).exists()
    assert "Goodbye" in browser.post(URL, {"sure": "on"}, follow=True).text
    assert not User.objects.filter(pk=gus.pk).exists()


def test_a_second_click_and_another_tab_meet_no_error(ada, ada_client):
    tab = client_of(ada)
    ada_client.post(URL, PASSWORD)
    for browser in (ada_client, tab):
        assert browser.post(URL, PASSWORD).url == DONE
        assert browser.get(URL, follow=True).status_code == 200
        assert browser.get("/you/data/", follow=True).status_code == 200
        assert browser.post("/you/data/export/").status_code == 302
        assert browser.get("/progress/").status_code == 200
        assert browser.get("/you/").status_code == 302
    assert "Nobody is signed in here" in tab.get(DONE).text


def test_erasing_again_does_nothing(ada):
    erase(user=ada)
    erase(user=User(pk=ada.pk or 1))


def test_a_stranger_has_nothing_to_erase(db):
    assert "Nobody is signed in here" in Client().get(URL, follow=True).text


def test_somebody_who_is_here_is_not_told_goodbye(ada_client):
    assert ada_client.get(DONE).url == "/you/data/"


def test_courses_have_to_be_handed_over_first(tom, tom_client, make):
    mine = make.collection(owner=tom, title="Springs")
    page = tom_client.get(URL).text
    assert "The course collection “Springs” belongs to you. Hand it over to somebody first." in page
    assert f"/admin/sources/collection/{mine.pk}/change/" in page
    assert tom_client.post(URL, {"password": "a long word for tom"}).status_code == 409
    mine.owner = None
    mine.save()
    assert tom_client.post(URL, {"password": "a long word for tom"}).url == DONE


def test_the_only_administrator_stays(admin_client, admin_user):
    assert "You are the only administrator." in admin_client.get(URL).text
    assert admin_client.post(URL, {"password": "password"}).status_code == 409
    User.objects.create_superuser("root@example.org", "another long word")
    assert admin_client.post(URL, {"password": "password"}).url == DONE


@pytest.fixture
def taught(ada, tom, make):
    """What Tom did: published, marked, regraded, and noted in the history."""
    quiz = brook(make.collection(), essay=True, published=False)
    publish(quiz=quiz, by=tom)
    essay = answers(ada, quiz, 4, "Because.", minute=1)
    finishes(ada, quiz, minute=2)
    mark_by_hand(response=essay, credits=[1], comment="Good.", by=tom)
    apply(plan=Plan(quiz, quiz.editions.get(), ["brook-single"], "full_marks"), reason="Unclear.", by=tom)
    kind = ContentType.objects.get_for_model(type(quiz))
    LogEntry.objects.create(user=tom, content_type=kind, object_id=str(quiz.pk), object_repr="Brook", action_flag=2)
    return quiz


def test_what_somebody_did_for_others_stays_without_them(taught, tom, ada):
    erase(user=tom)
    assert Edition.objects.get().published_by == departed()
    assert HandMark.objects.get().marked_by == departed()
    assert Regrade.objects.get().made_by == departed()
    assert LogEntry.objects.get().user == departed()
    assert str(departed()) == DEPARTED
    assert not departed().is_active
    assert ada.attempts.get().mark == 2


def test_the_marks_of_a_learner_go_and_the_regrade_stays(taught, ada):
    erase(user=ada)
    assert Regrade.objects.get().attempts.count() == 0
    assert not HandMark.objects.exists()


def test_the_history_of_the_admin_names_nobody_who_left(ada, tom, make):
    kind = ContentType.objects.get_for_model(User)
    other = ContentType.objects.get_for_model(Edition)
    LogEntry.objects.create(user=tom, content_type=kind, object_id=str(ada.pk), object_repr="Ada", action_flag=2)
    told = {"object_repr": "x", "change_message": "for ada@example.org"}
    LogEntry.objects.create(user=tom, content_type=other, object_id="1", action_flag=2, **told)
    kept = LogEntry.objects.create(user=tom, content_type=other, object_id="2", object_repr="Rivers", action_flag=2)
    erase(user=ada)
    assert set(LogEntry.objects.exclude(pk=kept.pk).values_list("object_repr", "change_message")) == {(DEPARTED, "")}
    kept.refresh_from_db()
    assert kept.object_repr == "Rivers"


def test_nobody_signs_in_as_the_deleted_account_and_it_is_not_deleted(admin_client, tom, taught):
    erase(user=tom)
    left = departed()
    assert not left.has_usable_password()
    admin_client.post(f"/admin/accounts/user/{left.pk}/delete/", {"post": "yes"})
    assert User.objects.filter(pk=left.pk).exists()


def test_an_administrator_who_deletes_an_account_leaves_its_deeds(admin_client, tom, taught):
    assert admin_client.post(f"/admin/accounts/user/{tom.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=tom.pk).exists()
    assert LogEntry.objects.filter(object_repr="Brook").get().user == departed()


def test_what_was_only_kept_goes_too(ada):
    KeptRecord.objects.create(owner=ada, kind="notes", content="{}", digest="0")
    erase(user=ada)
    assert not KeptRecord.objects.exists()
