"""From "Forgot your password?" to a new one, by the letter."""

import pytest

from accounts.models import User
from tests.accounts import given

ASK, DONE = "/accounts/password/reset/", "/accounts/password/reset/done/"
NEW = {"password1": "nine tall herons", "password2": "nine tall herons"}


@pytest.fixture
def link(client, ada, links):
    client.post(ASK, {"email": "Ada@Example.org"})
    return links("ada@example.org")[0]


def test_the_letter_leads_to_a_new_password(client, ada, link):
    page = client.get(link, follow=True)
    assert "Choose a new password" in page.text
    assert link not in page.request["PATH_INFO"]
    done = client.post(page.request["PATH_INFO"], NEW, follow=True)
    assert "Your password is changed" in done.text
    ada.refresh_from_db()
    assert ada.check_password("nine tall herons")


def test_asking_says_that_a_letter_is_on_its_way(client, ada, mailoutbox):
    response = client.post(ASK, {"email": "ada@example.org"}, follow=True)
    assert response.redirect_chain == [(DONE, 302)]
    assert "on its way" in response.text
    assert mailoutbox[0].subject == "Footnote: choose a new password"


def test_a_letter_says_who_sends_it_and_what_to_do_if_it_was_not_you(link, letters):
    (letter,) = letters("ada@example.org")
    assert "If it was not you, do nothing" in letter
    assert letter.endswith("This e-mail comes from Footnote at testserver.")


def test_a_link_works_once(client, link):
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], NEW)
    assert "This link is used up" in client.get(link, follow=True).text


def test_a_broken_link_offers_another_letter(client, link):
    response = client.get(link[:-3] + "/")
    assert "This link is used up" in response.text
    assert f'href="{ASK}"' in response.text


def test_a_link_grows_old(client, link, time_machine):
    time_machine.move_to("2099-01-01")
    assert "This link is used up" in client.get(link, follow=True).text


def test_two_different_passwords_are_not_taken(client, ada, link):
    page = client.get(link, follow=True)
    response = client.post(page.request["PATH_INFO"], {**NEW, "password2": "another"})
    assert "same password each time" in response.text
    ada.refresh_from_db()
    assert ada.check_password("a long word for ada")


def test_the_change_is_told_by_letter(client, link, letters):
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], NEW)
    assert "A new password was chosen for your account" in letters("ada@example.org")[1]


def test_an_unknown_address_is_said_to_be_unknown(client, db, mailoutbox):
    assert "no account with this address" in client.post(ASK, {"email": "ida@example.org"}).text
    assert not mailoutbox


def test_no_address_is_said(client, db):
    assert "This field is required" in client.post(ASK, {}).text


def test_a_guest_who_follows_the_link_loses_nothing(guest_client, ada, links):
    attempt = given.attempt(learner=guest_client.user, edition=given.edition(given.quiz()), started=0, answers={0: [1]})
    guest_client.post(ASK, {"email": "ada@example.org"})
    page = guest_client.get(links("ada@example.org")[0], follow=True)
    guest_client.post(page.request["PATH_INFO"], NEW)
    guest_client.post("/accounts/login/", {"login": "ada@example.org", "password": "nine tall herons"})
    assert list(ada.attempts.all()) == [attempt]


def test_another_account_is_signed_out_by_the_link(eve_client, ada, link):
    eve_client.get(link, follow=True)
    assert "_auth_user_id" not in eve_client.session


def test_an_account_that_is_switched_off_gets_no_letter(client, ada, mailoutbox):
    User.objects.update(is_active=False)
    client.post(ASK, {"email": "ada@example.org"})
    assert not mailoutbox
