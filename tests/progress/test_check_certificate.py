"""Anybody may check a code, and learns no more than the sheet says."""

from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from accounts.models import Preferences
from progress import certificates, codes
from progress.models import Certificate
from tests.pages import without_tokens
from tests.progress import given_certificates as did

CHECK = "/certificates/"


@pytest.fixture(autouse=True)
def _nothing_asked_so_far():
    cache.clear()


@pytest.fixture
def certificate(ada, ada_client):
    return did.held(ada, did.course())


def url_of(certificate: Certificate) -> str:
    return f"{CHECK}{certificate.grouped_code}/"


def test_a_valid_one_says_name_course_and_day_and_no_more(certificate, ada, client):
    response = client.get(url_of(certificate))
    for words in ("This certificate is valid", "Ada Lovelace", "Rivers", certificate.grouped_code):
        assert words in response.text
    for secret in (ada.email, "80%", "70%", "Final quiz"):
        assert secret not in response.text


def test_the_day_is_the_same_for_all_wherever_they_are(ada, ada_client, client, time_machine):
    time_machine.move_to("2026-05-01T22:30Z", tick=False)
    client.cookies["preferences"] = urlencode({"time_zone": "Asia/Tehran"})
    Preferences.objects.create(user=ada, time_zone="Asia/Tokyo")
    certificate = did.held(ada, did.course())
    for page in (client.get(url_of(certificate)), ada_client.get(did.URL), ada_client.get(url_of(certificate))):
        assert "1 May 2026" in page.text


def test_the_mark_is_said_where_the_sheet_says_it(ada, ada_client, client):
    certificate = did.held(ada, did.course(), shows_mark=True)
    assert "80%" in client.get(url_of(certificate)).text


def test_a_revoked_one_says_so_without_the_reason(certificate, tom, client):
    certificates.revoke(certificate=certificate, by=tom, reason="It was copied.", claimable_again=False)
    text = client.get(url_of(certificate)).text
    assert "This certificate was revoked" in text
    assert "copied" not in text
    assert "is valid" not in text


def test_once_restored_it_is_valid_again(certificate, tom, client):
    certificates.revoke(certificate=certificate, by=tom, reason="A mistake.", claimable_again=False)
    certificates.restore(certificate=certificate)
    assert "This certificate is valid" in client.get(url_of(certificate)).text


def test_with_the_account_it_is_erased_and_unknown(certificate, ada, client):
    ada.delete()
    response = client.get(url_of(certificate))
    assert response.status_code == 404
    assert "There is no certificate with this code." in response.text


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "0000-0000-0000-0001", "x", "'; --", "%00", "قدس"])
def test_all_that_is_unknown_is_answered_alike(certificate, client, code, django_assert_num_queries):
    unknown = without_tokens(client.get(f"{CHECK}{codes.grouped(codes.new())}/").text)
    cache.clear()
    with django_assert_num_queries(1):
        response = client.get(f"{CHECK}{code}/")
    assert response.status_code == 404
    assert without_tokens(response.text) == unknown


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("0", "O")]
)
def test_a_code_is_found_however_it_is_typed(certificate, client, change):
    response = client.get(CHECK, {"code": change(certificate.grouped_code)})
    assert response["Location"] == url_of(certificate)


def test_a_slip_is_told_before_anything_is_looked_up(certificate, client, django_assert_num_queries):
    wrong = ("1" if certificate.code[0] == "0" else "0") + certificate.code[1:]
    with django_assert_num_queries(0):
        response = client.get(CHECK, {"code": wrong})
    assert response.status_code == 422
    assert "There is a slip in this code." in response.text
    assert 'aria-invalid="true" aria-describedby="code-slip code-hint"' in response.text
    assert wrong in response.text


def test_search_engines_keep_out(certificate, client):
    for url in (CHECK, url_of(certificate)):
        response = client.get(url)
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.text


@pytest.mark.parametrize("url", [CHECK, f"{CHECK}0000-0000-0000-0000/"])
def test_codes_can_not_be_tried_in_masses(client, db, url, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    for _ in range(30):
        assert client.get(url).status_code in {200, 404}
    response = client.get(url)
    assert response.status_code == 429
    assert "Too many tries" in response.text
    time_machine.move_to("2026-05-01 12:01:01Z", tick=False)
    assert client.get(url).status_code in {200, 404}
