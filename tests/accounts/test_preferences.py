"""Preferences: kept for accounts, guests and strangers, and gone by on every page."""

import pytest
from django.utils import timezone

from accounts import zones
from accounts.models import Preferences, User
from tests import make
from tests.conftest import client_of

URL = "/preferences/"
CHOSEN = {
    "theme": "dark",
    "size": "large",
    "font": "easy",
    "motion": "none",
    "shortcuts": "on",
    "language": "en",
    "time_zone": "Europe/Vienna",
}
LOOKS = 'data-theme="dark" data-size="large" data-font="easy" data-motion="none"'
LOGIN = {"login": "ada@example.org", "password": "a long word for ada"}


def html_tag(client, url="/") -> str:
    return client.get(url).text.split("<html")[1].split(">")[0]


def test_shortcuts_are_on_until_they_are_switched_off(client, db):
    assert "shortcuts.js" in client.get(URL).text
    response = client.post(URL, {}, follow=True)
    assert "Saved, for this browser." in response.text
    assert "shortcuts.js" not in client.get("/").text
    client.post(URL, {"shortcuts": "on"})
    assert "shortcuts.js" in client.get("/").text


def test_nothing_chosen_says_nothing(client, db):
    assert "data-" not in html_tag(client)
    assert '<meta name="color-scheme" content="light dark">' in client.get("/").text


@pytest.mark.parametrize("who", ["client", "gus_client", "ada_client"])
def test_every_page_goes_by_them_from_then_on(who, request, db):
    client = request.getfixturevalue(who)
    client.post(URL, CHOSEN)
    for url in ("/", URL, "/no/such/page/"):
        assert LOOKS in html_tag(client, url)
    assert '<meta name="color-scheme" content="dark">' in client.get("/").text
    form = client.get(URL).text
    for chosen in ('value="dark"', 'value="large"', 'value="easy"', 'value="none"', 'value="Europe/Vienna"'):
        assert f"{chosen} " in form.replace(">", " ")
    assert form.count("checked") == 5


def test_a_stranger_leaves_no_row(client, db):
    client.post(URL, CHOSEN)
    assert not User.objects.exists()
    assert not Preferences.objects.exists()


def test_guests_and_accounts_have_a_row_and_no_cookie(gus_client, gus, ada_client, ada):
    for client, user in ((gus_client, gus), (ada_client, ada)):
        client.post(URL, CHOSEN)
        client.post(URL, {**CHOSEN, "theme": "light"})
        assert user.preferences.theme == "light"
        assert "preferences" not in client.cookies


def test_what_is_saved_holds_wherever_one_is_signed_in(ada, ada_client):
    other = client_of(ada)
    assert "Saved, for wherever you sign in." in ada_client.post(URL, CHOSEN, follow=True).text
    assert LOOKS in html_tag(other)


@pytest.mark.parametrize(("field", "value"), [("theme", "pink"), ("time_zone", "Mars/Base"), ("language", "tlh")])
def test_what_can_not_be_chosen_is_refused(client, db, field, value):
    response = client.post(URL, {**CHOSEN, field: value})
    assert response.status_code == 422
    assert "That did not work yet." in response.text
    assert "data-" not in html_tag(client)


@pytest.mark.parametrize("cookie", ["theme=pink", "%%%", "time_zone=../etc/passwd&size=1", '"><script>', "language=xx"])
def test_a_cookie_that_says_nonsense_does_no_harm(client, db, cookie):
    client.cookies["preferences"] = cookie
    assert client.get(URL).status_code == 200
    assert "data-" not in html_tag(client)


def test_a_zone_that_is_known_no_more_is_the_site_s(ada, ada_client):
    Preferences.objects.create(user=ada, time_zone="Europe/Atlantis", language="tlh")
    response = ada_client.get(URL)
    assert response.status_code == 200
    assert response["Content-Language"] == "en"


def test_an_account_that_never_chose_takes_over_what_the_browser_had(client, ada):
    client.post(URL, CHOSEN)
    client.post("/accounts/login/", LOGIN)
    assert ada.preferences.looks == {"theme": "dark", "size": "large", "font": "easy", "motion": "none"}
    assert ada.preferences.time_zone == "Europe/Vienna"
    assert LOOKS in html_tag(client_of(ada))


def test_an_account_s_own_choice_comes_before_the_browser_s(client, ada):
    Preferences.objects.create(user=ada, theme="light")
    client.post(URL, CHOSEN)
    client.post("/accounts/login/", LOGIN)
    assert 'data-theme="light"' in html_tag(client)
    assert "data-size" not in html_tag(client)


def test_after_signing_out_the_browser_has_its_own_again(ada, client):
    client.post("/accounts/login/", LOGIN)
    client.post(URL, CHOSEN)
    client.post("/accounts/logout/")
    assert "data-" not in html_tag(client)


def test_signing_up_keeps_them(client, db):
    client.post(URL, CHOSEN)
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": "seven wild geese"})
    assert User.objects.get().preferences.theme == "dark"


def test_they_go_with_the_account(ada, ada_client):
    ada_client.post(URL, CHOSEN)
    ada.delete()
    assert not Preferences.objects.exists()


def test_no_page_asks_the_database_for_them(ada, ada_client, client, django_assert_num_queries):
    client.post(URL, CHOSEN)
    with django_assert_num_queries(0):
        client.get(URL)
    for _ in range(2):
        with django_assert_num_queries(2):  # session, user
            ada_client.get(URL)
        Preferences.objects.get_or_create(user=ada, theme="dark")


def test_times_are_shown_in_the_learner_s_zone_which_is_named_once(ada_client, db):
    rivers = make.collection(slug="rivers")
    quiz = make.quiz(
        collection=rivers, questions=[make.question(collection=rivers)], closes_at="2099-07-01T20:00Z", slug="springs"
    )
    text = ada_client.get(quiz.get_absolute_url()).text
    assert "Closes on 1 July 2099, 20:00." in text
    assert "Times are in the zone UTC." in text
    ada_client.post(URL, {"time_zone": "Asia/Tehran"})
    text = ada_client.get(quiz.get_absolute_url()).text
    assert "Closes on 1 July 2099, 23:30." in text
    assert text.count("Asia/Tehran") == 1


def test_one_person_s_zone_and_language_are_not_left_to_the_next(ada_client, eve_client, db):
    ada_client.post(URL, {"time_zone": "Asia/Tehran"})
    ada_client.get("/")
    assert "Asia/Tehran" not in eve_client.get(URL).text.split("selected")[1].split(">")[0]
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_language_is_the_browser_s_unless_chosen(client, settings, db):
    settings.LANGUAGES = [("en", "English"), ("fa", "Persian")]
    answer = client.get(URL, headers={"Accept-Language": "fa-IR,fa;q=0.9"})
    assert 'lang="fa" dir="rtl"' in answer.text
    assert answer["Content-Language"] == "fa"
    assert "Accept-Language" in answer["Vary"]
    client.post(URL, {"language": "en"})
    assert 'lang="en" dir="ltr"' in client.get(URL, headers={"Accept-Language": "fa"}).text


def test_zones_are_grouped_and_read_as_places(client, db):
    html = client.get(URL).text
    assert '<optgroup label="America">' in html
    assert '<option value="America/Argentina/Buenos_Aires">Argentina, Buenos Aires</option>' in html
    assert len(zones.names()) > 400


def test_a_session_of_an_inactive_account_is_nobody_s(ada, ada_client):
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert ada_client.get("/you/").status_code == 302
