import pytest
from django.contrib.sessions.models import Session
from django.test import RequestFactory

from accounts.adapter import AccountAdapter
from accounts.guests import guest_of, merge
from accounts.models import User
from tests.accounts import given

URL = "/accounts/login/"
FORM = {"login": "ada@example.org", "password": "a long word for ada"}


@pytest.fixture
def attempt(guest_client):
    return given.attempt(
        learner=guest_client.user, edition=given.edition(given.quiz()), started=0, answers={0: [1], 2: [2, 3]}
    )


def test_address_and_password_sign_in(client, ada):
    response = client.post(URL, FORM)
    assert response.url == "/"
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_the_address_may_be_written_in_capitals(client, ada):
    client.post(URL, {**FORM, "login": "ADA@EXAMPLE.ORG"})
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_a_guests_answers_become_the_accounts(guest_client, attempt, ada):
    response = guest_client.post(URL, FORM, follow=True)
    attempt.refresh_from_db()
    assert attempt.learner == ada
    assert {response.learner for response in attempt.responses.all()} == {ada}
    assert given.answered(attempt) == {0: [1], 2: [2, 3]}
    assert "is part of your account now" in response.text


def test_the_guest_is_gone_afterwards(guest_client, attempt, ada):
    guest_client.post(URL, FORM)
    assert list(User.objects.all()) == [ada]
    assert Session.objects.count() == 1


def test_a_guest_is_told_so_beforehand(guest_client):
    assert "What you have answered so far is kept" in guest_client.get(URL).text


def test_a_wrong_password_changes_nothing(guest_client, attempt, ada):
    response = guest_client.post(URL, {**FORM, "password": "wrong"})
    attempt.refresh_from_db()
    assert "do not belong together" in response.text
    assert attempt.learner == guest_client.user
    assert guest_client.session["_auth_user_id"] == str(guest_client.user.pk)


def test_an_account_that_is_switched_off_takes_nothing(guest_client, attempt, ada):
    ada.is_active = False
    ada.save()
    response = guest_client.post(URL, FORM, follow=True)
    attempt.refresh_from_db()
    assert "This account is switched off" in response.text
    assert attempt.learner == guest_client.user


def test_signing_in_twice_merges_once(guest_client, attempt, ada):
    guest_client.post(URL, FORM)
    assert guest_client.post(URL, FORM).url == "/"
    assert ada.attempts.count() == 1
    assert ada.attempts.get().responses.count() == 3


def test_two_requests_that_merge_the_same_guest_merge_once(gus, ada):
    given.attempt(learner=gus, edition=given.edition(given.quiz()), started=0, answers={0: [1]})
    seen_by_the_second = User.objects.get(pk=gus.pk)
    assert merge(guest=gus, account=ada)
    assert not merge(guest=seen_by_the_second, account=ada)
    assert ada.attempts.count() == 1


def test_an_account_is_led_on_and_merges_nothing(eve_client, eve, ada):
    given.attempt(learner=eve, edition=given.edition(given.quiz()), started=0, answers={0: [1]})
    assert eve_client.post(URL, {**FORM, "next": "/you/"}).url == "/you/"
    assert (eve.attempts.count(), ada.attempts.count()) == (1, 0)
    assert eve_client.session["_auth_user_id"] == str(eve.pk)


def test_an_account_that_becomes_another_account_gives_it_nothing(eve, ada, eve_client):
    """No page offers it; the rule holds all the same."""
    given.attempt(learner=eve, edition=given.edition(given.quiz()), started=0, answers={0: [1]})
    request = RequestFactory().post(URL)
    request.session, request.user = eve_client.session, eve
    AccountAdapter().login(request, ada)
    assert guest_of(request) is None
    assert request.user == ada
    assert (eve.attempts.count(), ada.attempts.count()) == (1, 0)


def test_it_leads_back_to_where_one_came_from(client, ada):
    assert 'value="/you/"' in client.get(URL + "?next=/you/").text
    assert client.post(URL, {**FORM, "next": "/you/"}).url == "/you/"


def test_it_does_not_lead_to_another_site(client, ada):
    assert client.post(URL, {**FORM, "next": "//evil.example/"}).url == "/"


def test_next_is_kept_on_the_way_to_sign_up(client, db):
    assert "/accounts/signup/?next=%2Fyou%2F" in client.get(URL + "?next=/you/").text


def test_a_guest_can_not_be_signed_in_to(client, gus):
    response = client.post(URL, {"login": "gus", "password": ""})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_browsers_secret_changes_so_that_no_one_becomes_the_guest_again(guest_client, ada):
    before = guest_client.get("/secret/").text
    guest_client.post(URL, FORM)
    assert guest_client.get("/secret/").text != before
