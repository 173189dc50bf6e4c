"""Teachers revoke certificates of their courses, with a reason, and may take that back."""

import pytest
from django.contrib.admin.models import LogEntry

from progress.models import Certificate
from tests.conftest import client_of
from tests.progress import given_certificates as did


@pytest.fixture
def certificate(ada, ada_client):
    return did.held(ada, did.course())


@pytest.fixture
def revoke(certificate, tom_client, address):
    return lambda **sent: tom_client.post(address(certificate, "revoke"), sent, follow=True)


def test_tom_revokes_with_a_reason_and_it_is_noted(certificate, revoke, tom):
    response = revoke(reason="It was copied.")
    assert "It is revoked. The learner sees your reason." in response.text
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.reason, certificate.revoked_by) == (False, "It was copied.", tom)
    assert not certificate.claimable_again
    assert "Revoked: It was copied." in LogEntry.objects.get().get_change_message()


def test_without_a_reason_nothing_is_revoked(certificate, revoke):
    response = revoke(reason=" ")
    assert response.status_code == 422
    assert "Not revoked yet." in response.text
    certificate.refresh_from_db()
    assert certificate.is_valid


def test_it_can_be_made_valid_again(certificate, revoke, tom_client, address):
    revoke(reason="It was copied.")
    response = tom_client.post(address(certificate, "restore"), follow=True)
    assert "It is valid again." in response.text
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.reason, certificate.revoked_by) == (True, "", None)
    assert LogEntry.objects.count() == 2


def test_not_while_another_one_holds(certificate, revoke, ada_client, tom_client, address):
    revoke(reason="A slip in the name.", claimable_again="on")
    did.claim(ada_client, name="Ada")
    response = tom_client.post(address(certificate, "restore"), follow=True)
    assert "The learner has claimed a new one by now." in response.text
    assert Certificate.objects.valid().get().name == "Ada"


def test_looking_at_the_addresses_of_verbs_changes_nothing(certificate, tom_client, address):
    for verb in ("revoke", "restore"):
        tom_client.get(address(certificate, verb))
    certificate.refresh_from_db()
    assert certificate.is_valid


def test_teachers_of_other_courses_do_not_see_it(certificate, make, eve, tom_client, tom, address):
    collection = certificate.course.collection
    collection.open_to_teachers, collection.owner = False, eve
    collection.save()
    assert "Ada Lovelace" not in tom_client.get(address(Certificate, "changelist")).text
    assert tom_client.get(address(certificate)).status_code == 404
    assert tom_client.post(address(certificate, "revoke"), {"reason": "Mine."}).status_code == 404


def test_learners_have_no_business_there(certificate, ada, address):
    client = client_of(ada)
    assert client.get(address(certificate)).status_code in {302, 403}
    client.post(address(certificate, "revoke"), {"reason": "No."})
    certificate.refresh_from_db()
    assert certificate.is_valid


def test_the_list_tells_whose_conditions_are_no_longer_met(certificate, ada, tom_client, address):
    page = address(Certificate, "changelist")
    assert "conditions no longer met" not in tom_client.get(page).text
    ada.attempts.update(mark=6)
    assert "valid; conditions no longer met" in tom_client.get(page).text
    assert "Its conditions are no longer met" in tom_client.get(address(certificate)).text
    assert Certificate.objects.valid().exists()


@pytest.mark.parametrize("search", ["lovelace", "{grouped}", "{lower}"])
def test_it_is_found_by_name_and_by_code(certificate, tom_client, address, search):
    typed = search.format(grouped=certificate.grouped_code, lower=certificate.code.lower())
    assert "Ada Lovelace" in tom_client.get(address(Certificate, "changelist"), {"q": typed}).text


@pytest.mark.parametrize(("state", "found"), [("valid", True), ("revoked", False)])
def test_the_list_is_filtered_by_state(certificate, tom_client, address, state, found):
    html = tom_client.get(address(Certificate, "changelist"), {"state": state}).text
    assert ("Ada Lovelace" in html) == found
