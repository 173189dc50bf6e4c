from copy import copy

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from accounts.forms import ADDRESS_TAKEN, SignUpForm
from accounts.models import User
from tests.accounts import given

FORM = {"email": "Ida@Example.org", "password1": "seven wild geese"}
URL = "/accounts/signup/"


@pytest.fixture
def known(ada):
    return ada


def test_a_stranger_gets_an_account_and_is_signed_in(client, db):
    response = client.post(URL, FORM)
    user = User.objects.get()
    assert response.status_code == 302
    assert (user.email, user.is_guest) == ("ida@example.org", False)
    assert user.check_password("seven wild geese")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_guest_becomes_the_account_and_keeps_everything(guest_client):
    guest = guest_client.user
    attempt = given.attempt(learner=guest, edition=given.edition(given.quiz()), started=0, answers={1: [2]})
    guest_client.post(URL, FORM)
    account = User.objects.get()
    assert (account.pk, account.is_guest, account.guest_key, account.email) == (
        guest.pk,
        False,
        None,
        FORM["email"].lower(),
    )
    assert list(account.attempts.all()) == [attempt]
    assert guest_client.session["_auth_user_id"] == str(guest.pk)


def test_a_guest_is_told_that_answers_are_kept(guest_client):
    assert "What you have answered so far is kept" in guest_client.get(URL).text


def test_a_stranger_is_not(client, db):
    assert "so far" not in client.get(URL).text


def test_the_address_is_asked_to_be_confirmed_by_letter(client, db, letters):
    client.post(URL, FORM)
    (letter,) = letters("ida@example.org")
    assert "http://testserver/accounts/confirm-email/" in letter
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize("spelling", ["ada@example.org", "ADA@Example.ORG", " ada@example.org "])
def test_a_known_address_is_named_in_any_spelling_and_signing_in_offered(guest_client, known, spelling):
    response = guest_client.post(URL + "?next=/progress/", {**FORM, "email": spelling, "next": "/progress/"})
    assert "There is an account with this address already" in response.text
    assert f'href="{reverse("account_login")}?next=%2Fprogress%2F"' in response.text
    assert User.objects.get(pk=guest_client.user.pk).is_guest


def test_after_a_known_address_signing_in_merges(guest_client, known):
    given.attempt(learner=guest_client.user, edition=given.edition(given.quiz()), started=0, answers={1: [2]})
    guest_client.post(URL, {**FORM, "email": known.email})
    guest_client.post("/accounts/login/", {"login": known.email, "password": "a long word for ada"})
    assert known.attempts.count() == 1


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"email": "ida", "password1": "seven wild geese"}, "valid email"),
        ({"email": "ida@example.org", "password1": "12345678901"}, "entirely numeric"),
        ({"email": "ida@example.org", "password1": "short"}, "too short"),
        ({"email": "ida.idason@example.org", "password1": "ida.idason"}, "too similar"),
        ({"email": f"ida@{'x.' * 140}org", "password1": "seven wild geese"}, "too long"),
        ({"email": "ida@example.org"}, "required"),
        ({}, "required"),
        ({"email": "ida@example.org", "password1": "nul\x00nul nul"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, db, form, error):
    response = client.post(URL, form)
    assert response.status_code == 200
    assert error in response.text
    assert not User.objects.exists()


def test_it_leads_back_to_where_one_came_from(client, db):
    assert 'value="/you/"' in client.get(URL + "?next=/you/").text
    assert client.post(URL, {**FORM, "next": "/you/"}).url == "/you/"


def test_it_does_not_lead_to_another_site(client, db):
    assert client.post(URL, {**FORM, "next": "https://evil.example/"}).url == "/"


def test_an_account_is_led_on(ada_client):
    assert ada_client.get(URL + "?next=/you/").url == "/you/"
    assert ada_client.post(URL, FORM).url == "/"
    assert User.objects.count() == 1


def test_a_form_sent_twice_makes_one_account(guest_client):
    guest_client.post(URL, FORM)
    guest_client.cookies.clear()
    assert "There is an account with this address already" in guest_client.post(URL, FORM).text
    assert User.objects.count() == 1


@pytest.mark.parametrize("who", [AnonymousUser(), "gus"])
def test_of_two_forms_at_once_the_second_is_led_to_sign_in(request, db, who):
    """Both found the address free before either was saved."""
    who = request.getfixturevalue(who) if isinstance(who, str) else who
    requests = [post_by(who), post_by(copy(who))]
    forms = [SignUpForm(FORM), SignUpForm(FORM)]
    assert all(form.is_valid() for form in forms)
    (made, _), (nobody, elsewhere) = [save(*pair) for pair in zip(forms, requests, strict=True)]
    assert nobody is None
    assert elsewhere.url == "/accounts/login/?next=%2Fyou%2F"
    assert [str(message) for message in get_messages(requests[1])] == [str(ADDRESS_TAKEN)]
    assert list(User.objects.all()) == [made]


def post_by(who):
    request = RequestFactory().post(URL, {**FORM, "next": "/you/"})
    request.user, request.session = who, SessionStore()
    MessageMiddleware(HttpResponse).process_request(request)
    return request


def save(form, request):
    with request_context(request):
        return form.try_save(request)


def test_the_form_can_be_filled_in_by_a_password_manager(client, db):
    page = client.get(URL).text
    assert 'autocomplete="email"' in page
    assert 'autocomplete="new-password"' in page
    assert "placeholder" not in page


def test_a_mail_server_that_is_down_does_not_stop_it(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = client.post(URL, FORM, follow=True)
    assert "could not be sent" in response.text
    assert response.wsgi_request.user.email == "ida@example.org"


def test_where_no_accounts_are_made_the_page_says_what_can_be_done_instead(rf, db):
    request = rf.get(URL)
    request.user = AnonymousUser()
    page = render_to_string("account/signup_closed.html", request=request)
    assert "read and answer without one" in page
