"""Changing the password, choosing a first one, and typing it once more."""

import pytest
from django.test import Client

CHANGE, SET, AGAIN = "/accounts/password/change/", "/accounts/password/set/", "/accounts/reauthenticate/"
NEW = {"password1": "nine tall herons", "password2": "nine tall herons"}
OLD = {"oldpassword": "a long word for ada"}


@pytest.fixture
def without_password(ada, ada_client):
    ada.set_unusable_password()
    ada.save()
    ada_client.force_login(ada)
    return ada_client


def test_the_password_is_changed_and_one_stays_signed_in(ada_client, ada, letters):
    response = ada_client.post(CHANGE, {**OLD, **NEW}, follow=True)
    ada.refresh_from_db()
    assert ada.check_password("nine tall herons")
    assert "Your password is changed." in response.text
    assert response.wsgi_request.user == ada
    assert "The password of your account was changed." in letters("ada@example.org")[0]


def test_other_browsers_are_signed_out(ada_client, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    ada_client.post(CHANGE, {**OLD, **NEW})
    assert elsewhere.get("/you/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"oldpassword": "wrong", **NEW}, "not your password until now"),
        ({**OLD, "password1": "short", "password2": "short"}, "too short"),
        ({**OLD, **NEW, "password2": "other"}, "same password each time"),
        ({}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_the_password_stays(ada_client, ada, form, error):
    assert error in ada_client.post(CHANGE, form).text
    ada.refresh_from_db()
    assert ada.check_password("a long word for ada")


def test_an_account_without_password_chooses_one(without_password, ada):
    assert without_password.get(CHANGE).url == SET
    assert "Choose a password" in without_password.get(SET).text
    response = without_password.post(SET, NEW, follow=True)
    ada.refresh_from_db()
    assert ada.check_password("nine tall herons")
    assert "Your password is saved." in response.text


def test_typing_the_password_once_more_leads_on(ada_client):
    assert "Is it you?" in ada_client.get(AGAIN).text
    assert ada_client.post(AGAIN, {"password": "a long word for ada", "next": "/you/"}).url == "/you/"


def test_a_wrong_one_does_not(ada_client):
    response = ada_client.post(AGAIN, {"password": "wrong", "next": "/you/"})
    assert response.status_code == 200
    assert "This is not your password" in response.text


@pytest.mark.parametrize("url", [CHANGE, SET, AGAIN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guest_is_led_to_sign_up(gus_client, gus, url, method):
    assert getattr(gus_client, method)(url, NEW).url.startswith("/accounts/signup/?next=")


@pytest.mark.parametrize("url", [CHANGE, SET, AGAIN])
def test_a_stranger_is_led_to_sign_in(client, db, url):
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_an_account_switched_off_has_a_page_that_says_so(client, db):
    assert "This account is switched off" in client.get("/accounts/inactive/").text
