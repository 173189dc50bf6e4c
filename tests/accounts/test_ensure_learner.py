import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]


def test_the_first_answer_makes_a_guest_and_signs_the_browser_in(client):
    pk = int(client.post("/learn/").text)
    guest = User.objects.get()
    assert (guest.pk, guest.is_guest, guest.email) == (pk, True, None)
    assert client.session["_auth_user_id"] == str(pk)


def test_a_guest_can_not_be_signed_in_to_with_a_password(client):
    client.post("/learn/")
    assert not User.objects.get().has_usable_password()


def test_the_second_answer_is_the_same_guests(client):
    assert client.post("/learn/").text == client.post("/learn/").text


def test_reading_makes_nobody_and_no_session(client):
    client.get("/learn/")
    client.get("/secret/")
    assert not User.objects.exists()
    assert not Session.objects.exists()


def test_two_first_answers_of_one_browser_are_one_guests(client):
    """A double click: the second request left before the first one's answer brought a session."""
    client.get("/learn/")
    twin = Client()
    twin.cookies["csrftoken"] = client.cookies["csrftoken"].value
    assert client.post("/learn/").text == twin.post("/learn/").text
    assert User.objects.count() == 1


def test_another_browser_is_another_guest(client):
    assert client.post("/learn/").text != Client().post("/learn/").text


def test_a_guest_whose_session_ended_is_known_by_the_browser(client):
    pk = client.post("/learn/").text
    del client.cookies["sessionid"]
    assert client.post("/learn/").text == pk


def test_forms_that_stood_open_before_the_first_answer_still_work(db):
    client = Client(enforce_csrf_checks=True)
    one_tab, another_tab = client.get("/learn/").text, client.get("/learn/").text
    assert client.post("/learn/", {"csrfmiddlewaretoken": one_tab}).status_code == 200
    assert client.post("/learn/", {"csrfmiddlewaretoken": another_tab}).status_code == 200


def test_the_browsers_secret_outlives_the_first_answer(client):
    before = client.get("/secret/").text
    client.post("/learn/")
    assert client.get("/secret/").text == before
    assert len(before) == 64


def test_the_browsers_secret_does_not_tell_the_cookie_or_the_guests_key(client):
    secret = client.get("/secret/").text
    client.post("/learn/")
    assert client.cookies["csrftoken"].value not in secret
    assert User.objects.get().guest_key != secret


def test_an_account_stays_itself(ada_client, ada):
    assert ada_client.post("/learn/").text == str(ada.pk)
    assert User.objects.count() == 1


def test_the_day_of_the_last_answer_is_noted(client, time_machine):
    time_machine.move_to("2026-05-01 09:00Z")
    client.post("/learn/")
    time_machine.move_to("2026-05-03 09:00Z")
    client.post("/learn/")
    assert str(User.objects.get().last_seen_on) == "2026-05-03"


def test_the_day_is_written_once(ada_client, django_assert_num_queries):
    ada_client.post("/learn/")
    with django_assert_num_queries(2):  # session and user
        ada_client.post("/learn/")


def test_becoming_a_guest_shows_no_message_and_sends_no_letter(client, mailoutbox):
    response = client.post("/learn/")
    assert "messages" not in response.cookies
    assert not mailoutbox
