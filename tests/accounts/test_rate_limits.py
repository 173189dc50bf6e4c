import pytest
from django.conf import settings
from django.test import Client

LOGIN, WRONG = "/accounts/login/", {"login": "ada@example.org", "password": "wrong"}
RIGHT = {**WRONG, "password": "a long word for ada"}


def test_the_sixth_wrong_password_is_not_even_tried(client, ada):
    for _ in range(5):
        assert "do not belong together" in client.post(LOGIN, WRONG).text
    assert "tried too often" in client.post(LOGIN, WRONG).text
    assert "tried too often" in client.post(LOGIN, RIGHT).text


def test_it_counts_for_the_address_from_whatever_browser(ada):
    for _ in range(5):
        Client().post(LOGIN, WRONG)
    assert "tried too often" in Client(REMOTE_ADDR="10.0.0.9").post(LOGIN, RIGHT).text


def test_it_counts_an_address_however_it_is_written(client, ada):
    for _ in range(5):
        client.post(LOGIN, {**WRONG, "login": "ADA@example.org"})
    assert "tried too often" in client.post(LOGIN, RIGHT).text


def test_others_sign_in_meanwhile(client, ada, eve):
    for _ in range(6):
        client.post(LOGIN, WRONG)
    client.post(LOGIN, {"login": "eve@example.org", "password": "a long word for eve"})
    assert client.session["_auth_user_id"] == str(eve.pk)


def test_after_five_minutes_it_may_be_tried_again(client, ada, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    for _ in range(6):
        client.post(LOGIN, WRONG)
    time_machine.move_to("2026-05-01 12:05:01Z", tick=False)
    assert client.post(LOGIN, RIGHT).status_code == 302


def test_a_whole_class_may_sign_up_in_one_minute_from_one_address(db):
    for number in range(40):
        form = {"email": f"learner{number}@example.org", "password1": "seven wild geese"}
        assert Client().post("/accounts/signup/", form).status_code == 302


def test_past_a_limit_for_all_a_page_says_so(client, db):
    for _ in range(20):
        client.post("/accounts/password/reset/key/1-set-password/", {})
    response = client.post("/accounts/password/reset/key/1-set-password/", {})
    assert response.status_code == 429
    assert "Too many tries" in response.text


@pytest.mark.parametrize("action", ["login", "login_failed", "signup", "reset_password", "reauthenticate"])
def test_no_limit_is_switched_off(action):
    assert settings.ACCOUNT_RATE_LIMITS.get(action, True)
