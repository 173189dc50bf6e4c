import pytest

from accounts.models import User

URL = "/accounts/logout/"


def test_it_asks_first(ada_client, ada):
    assert "Your answers stay in your account" in ada_client.get(URL).text
    assert ada_client.session["_auth_user_id"] == str(ada.pk)


def test_it_signs_out(ada_client):
    response = ada_client.post(URL, follow=True)
    assert "You are signed out." in response.text
    assert "_auth_user_id" not in ada_client.session


def test_a_guest_is_warned_and_offered_an_account(guest_client):
    page = guest_client.get(URL).text
    assert "can not be found again" in page
    assert 'href="/accounts/signup/"' in page


@pytest.mark.parametrize("who", ["guest", "account"])
def test_the_next_person_at_this_browser_is_a_new_guest(guest_client, who):
    if who == "account":
        guest_client.post("/accounts/signup/", {"email": "ida@example.org", "password1": "seven wild geese"})
    guest_client.post(URL)
    assert guest_client.post("/learn/").text != str(guest_client.user.pk)


def test_a_guest_who_signs_out_is_kept_for_the_teachers_figures(guest_client):
    guest_client.post(URL)
    assert User.objects.filter(pk=guest_client.user.pk).exists()


def test_a_stranger_is_led_home(client, db):
    assert client.get(URL).url == "/"
    assert client.post(URL).url == "/"


def test_signing_out_of_the_admin_is_signing_out(tom_client, settings):
    settings.ROOT_URLCONF = "tests.accounts.urls"
    before = tom_client.get("/secret/").text
    tom_client.post("/admin/logout/")
    assert tom_client.get("/secret/").text != before
