import pytest

URL = "/you/"


def test_an_account_sees_itself_and_where_to_change_it(ada_client):
    page = ada_client.get(URL).text
    assert "You sign in as ada@example.org." in page
    for url in ("/accounts/email/", "/accounts/password/change/", "/preferences/", "/progress/", "/accounts/logout/"):
        assert f'href="{url}"' in page


def test_the_name_can_be_changed(ada_client, ada):
    response = ada_client.post(URL, {"name": " Ada Lovelace "}, follow=True)
    ada.refresh_from_db()
    assert ada.name == "Ada Lovelace"
    assert "Saved." in response.text


def test_the_name_may_be_empty(ada_client, ada):
    ada_client.post(URL, {"name": ""})
    ada.refresh_from_db()
    assert str(ada) == "ada@example.org"


def test_a_name_too_long_is_refused(ada_client, ada):
    response = ada_client.post(URL, {"name": "x" * 81})
    ada.refresh_from_db()
    assert response.status_code == 422
    assert "at most 80 characters" in response.text
    assert ada.name == "Ada"


def test_nothing_else_can_be_changed(ada_client, ada):
    ada_client.post(URL, {"name": "Ada", "email": "eve@example.org", "is_staff": "on", "is_superuser": "on"})
    ada.refresh_from_db()
    assert (ada.email, ada.is_staff, ada.is_superuser) == ("ada@example.org", False, False)


def test_a_guest_is_told_what_a_guest_is_and_offered_an_account(gus_client):
    page = gus_client.get(URL).text
    assert "You are here as a guest" in page
    assert 'href="/accounts/signup/"' in page
    assert 'name="name"' not in page


def test_a_guest_has_nothing_to_change(gus_client, gus):
    assert gus_client.post(URL, {"name": "Gus"}).status_code == 200
    gus.refresh_from_db()
    assert gus.name == ""


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_led_to_sign_in_and_back(client, db, method):
    assert getattr(client, method)(URL).url == "/accounts/login/?next=/you/"


def test_only_staff_is_led_to_the_admin(ada_client, tom_client):
    assert 'href="/admin/"' not in ada_client.get(URL).text
    assert 'href="/admin/"' in tom_client.get(URL).text
