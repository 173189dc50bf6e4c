import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User

FORM = {"email": "ida@example.org", "password1": "seven wild geese"}


@pytest.fixture
def link(client, db, links):
    client.post("/accounts/signup/", FORM)
    return links("ida@example.org")[0]


def test_opening_the_link_asks_and_confirms_nothing(client, link):
    assert "Is ida@example.org your address?" in client.get(link).text
    assert not EmailAddress.objects.get().verified


def test_saying_yes_confirms(client, link):
    response = client.post(link, follow=True)
    assert "ida@example.org is confirmed." in response.text
    assert EmailAddress.objects.get().verified


def test_in_another_browser_it_leads_to_sign_in(link):
    assert Client().post(link).headers["Location"] == "/accounts/login/"
    assert EmailAddress.objects.get().verified


def test_a_link_used_before_says_so(client, link):
    client.post(link)
    assert "This link was used before" in client.get(link).text


@pytest.mark.parametrize("key", ["nonsense", "NA:abc:def"])
def test_a_broken_link_says_so(client, db, key):
    response = client.get(f"/accounts/confirm-email/{key}/")
    assert response.status_code == 200
    assert "This link was used before" in response.text


def test_a_broken_link_can_not_be_posted(client, db):
    assert client.post("/accounts/confirm-email/nonsense/").status_code == 404


def test_an_address_that_another_account_confirmed_first_is_refused(client, link, eve):
    EmailAddress.objects.create(user=eve, email="ida@example.org", verified=True)
    assert "Another account has confirmed ida@example.org already" in client.get(link).text
    assert "Another account has confirmed ida@example.org already" in client.post(link, follow=True).text


def test_a_guest_who_opens_it_stays_a_guest(guest_client, link):
    guest_client.get(link)
    guest_client.post(link)
    assert guest_client.session["_auth_user_id"] == str(guest_client.user.pk)
    assert User.objects.filter(pk=guest_client.user.pk).exists()


def test_the_page_that_says_a_letter_was_sent_opens(client, db):
    assert "Check your e-mail" in client.get("/accounts/confirm-email/").text
