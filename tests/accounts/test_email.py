import pytest
from allauth.account.models import EmailAddress

URL = "/accounts/email/"
PASSWORD = {"password": "a long word for ada"}


@pytest.fixture
def sure_client(ada_client):
    """Ada, who has just typed her password."""
    ada_client.post("/accounts/reauthenticate/?next=/you/", {**PASSWORD, "next": "/you/"})
    return ada_client


def test_it_shows_the_address(ada_client):
    page = ada_client.get(URL).text
    assert "ada@example.org" in page
    assert "Not confirmed yet" in page


def test_the_password_is_asked_for_before_anything_changes(ada_client, ada):
    response = ada_client.post(URL, {"email": "ida@example.org", "action_add": ""}, follow=True)
    assert "Is it you?" in response.text
    assert not EmailAddress.objects.filter(email="ida@example.org").exists()
    response = ada_client.post("/accounts/reauthenticate/", {**PASSWORD, "next": URL}, follow=True)
    assert EmailAddress.objects.filter(email="ida@example.org", user=ada).exists()
    assert "We have sent an e-mail to ida@example.org" in response.text


def test_the_address_changes_step_by_step(sure_client, ada, links):
    sure_client.post(URL, {"email": "Ida@Example.org", "action_add": ""})
    sure_client.post(links("ida@example.org")[0])
    response = sure_client.post(URL, {"email": "ida@example.org", "action_primary": ""}, follow=True)
    assert "E-mails go to the new address from now on." in response.text
    sure_client.post(URL, {"email": "ada@example.org", "action_remove": ""})
    ada.refresh_from_db()
    assert ada.email == "ida@example.org"
    assert list(ada.emailaddress_set.values_list("email", "primary")) == [("ida@example.org", True)]


def test_the_old_address_is_told_of_the_change(sure_client, letters, links):
    sure_client.get(URL)
    EmailAddress.objects.update(primary=True, verified=True)
    sure_client.post(URL, {"email": "ida@example.org", "action_add": ""})
    sure_client.post(links("ida@example.org")[0])
    sure_client.post(URL, {"email": "ida@example.org", "action_primary": ""})
    assert "E-mails about your account go to ida@example.org now" in letters("ada@example.org")[-1]


def test_the_letter_can_be_sent_again_after_a_while(sure_client, letters, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    sure_client.post(URL, {"email": "ida@example.org", "action_add": ""})
    sure_client.post(URL, {"email": "ida@example.org", "action_send": ""})
    assert len(letters("ida@example.org")) == 1
    time_machine.move_to("2026-05-01 12:04Z", tick=False)
    sure_client.post(URL, {"email": "ida@example.org", "action_send": ""})
    assert len(letters("ida@example.org")) == 2


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("eve@example.org", "There is an account with this address already"),
        ("EVE@example.org", "There is an account with this address already"),
        ("ada@example.org", "belongs to your account already"),
        ("ida", "valid email"),
        ("", "required"),
    ],
)
def test_an_address_that_can_not_be_added_is_refused_with_the_reason(sure_client, eve, email, error):
    assert error in sure_client.post(URL, {"email": email, "action_add": ""}).text
    assert set(EmailAddress.objects.values_list("email", flat=True)) <= {"ada@example.org"}


def test_a_third_address_is_not_offered(sure_client):
    sure_client.post(URL, {"email": "ida@example.org", "action_add": ""})
    assert "Change to another address" not in sure_client.get(URL).text
    sure_client.post(URL, {"email": "third@example.org", "action_add": ""})
    assert EmailAddress.objects.count() == 2


@pytest.mark.parametrize("action", ["action_primary", "action_remove", "action_send"])
def test_another_ones_address_is_left_alone(sure_client, eve, action):
    EmailAddress.objects.create(user=eve, email=eve.email, primary=True)
    sure_client.post(URL, {"email": "eve@example.org", action: ""})
    assert EmailAddress.objects.get(user=eve).email == "eve@example.org"


def test_the_only_address_can_not_be_removed(sure_client, ada):
    response = sure_client.post(URL, {"email": "ada@example.org", "action_remove": ""}, follow=True)
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    assert "Choose another one first" in response.text


def test_a_guest_is_led_to_sign_up(gus_client):
    assert gus_client.get(URL).url == "/accounts/signup/?next=/accounts/email/"
    assert gus_client.post(URL, {"email": "gus@example.org", "action_add": ""}).url.startswith("/accounts/signup/")
    assert not EmailAddress.objects.exists()


def test_a_stranger_is_led_to_sign_in(client, db):
    assert client.get(URL).url == "/accounts/login/?next=/accounts/email/"
