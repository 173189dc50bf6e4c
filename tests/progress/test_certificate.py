"""What a certificate asks for, claiming it, and the sheet itself."""

import re

import pytest

from accounts.guests import merge
from progress import certificates
from progress.models import Certificate
from tests.conftest import client_of
from tests.progress import given_certificates as did
from tests.progress.given_certificates import URL, claim, earned, held, read, sat


@pytest.fixture
def rivers(db):
    return did.course()


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def test_a_course_without_the_block_gives_none(rivers, ada_client):
    rivers.certificate = None
    rivers.save()
    assert ada_client.get(URL).status_code == 404
    assert "Certificate" not in ada_client.get("/courses/rivers/").text


@pytest.mark.parametrize("url", [URL, "/courses/rivers/"])
def test_it_says_what_is_missing(rivers, url, ada, ada_client):
    read(ada, rivers, 2)
    sat(ada, 6)
    text = text_of(ada_client.get(url))
    assert "2 of 3 lessons done" in text
    assert "Final quiz : at least 70% of the mark; yours: 60%" in text
    assert "Claim" not in text


def test_a_stranger_reads_what_it_asks_for_and_is_told_to_sign_up(rivers, client):
    response = client.get(URL)
    assert "0 of 3 lessons done" in text_of(response)
    assert f'href="/accounts/signup/?next={URL}"' in response.text


def test_a_guest_can_not_claim_it_and_is_told_why(rivers, gus, gus_client):
    earned(gus, rivers)
    assert "It needs an account, since a name stands on it." in gus_client.get(URL).text
    claim(gus_client)
    assert not Certificate.objects.exists()


def test_what_a_guest_did_counts_for_the_account(rivers, gus, ada, ada_client):
    read(gus, rivers)
    sat(ada, 8)
    merge(guest=gus, account=ada)
    claim(ada_client)
    assert ada.certificates.count() == 1


@pytest.mark.parametrize(("lessons", "mark"), [(2, 10), (3, 6.9), (0, 0)])
def test_it_can_not_be_claimed_before_it_is_earned(rivers, lessons, mark, ada, ada_client):
    read(ada, rivers, lessons)
    sat(ada, mark)
    response = claim(ada_client)
    assert response.status_code == 409
    assert "Something is missing" in response.text
    assert not Certificate.objects.exists()


def test_an_attempt_that_runs_counts_for_nothing(rivers, ada, ada_client):
    read(ada, rivers)
    sat(ada, 10, finished=False)
    assert claim(ada_client).status_code == 409


def test_the_attempt_that_counts_is_the_one_the_quiz_says(rivers, ada, ada_client):
    read(ada, rivers)
    sat(ada, 9)
    last = sat(ada, 3)
    last.quiz.counts = "last"
    last.quiz.save()
    assert "yours: 30%" in text_of(ada_client.get(URL))
    assert claim(ada_client).status_code == 409


def test_some_lessons_are_enough_where_they_are_named(ada, ada_client, db):
    course = did.course(lessons=["springs", "brooks"])
    read(ada, course, 1)
    assert "1 of 2 lessons done" in text_of(ada_client.get(URL))
    read(ada, course, 2)
    claim(ada_client)
    certificate = ada.certificates.get()
    assert (certificate.lessons, certificate.quiz_title, certificate.mark) == (2, "", None)


def test_a_quiz_that_is_not_open_keeps_it_from_being_earned(rivers, ada, ada_client):
    earned(ada, rivers)
    ada.attempts.get().quiz.__class__.objects.update(retired=True)
    assert "A quiz that is not open at the moment" in ada_client.get(URL).text
    assert claim(ada_client).status_code == 409


def test_it_is_claimed_with_a_name_and_shown_as_a_sheet(rivers, ada, ada_client, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    earned(ada, rivers)
    assert 'value="Ada"' in ada_client.get(URL).text
    text = text_of(claim(ada_client))
    code = ada.certificates.get().grouped_code
    words = (
        "Ada Lovelace",
        "Rivers",
        "3 lessons done",
        "at least 70% of the mark in “Final quiz”",
        "1 May 2026",
        code,
    )
    for word in (*words, "http://testserver/certificates/"):
        assert word in text
    assert "80%" not in text


def test_the_square_is_drawn_without_anything_inline(rivers, ada, ada_client):
    held(ada, rivers)
    square = re.search(r"<svg.*?</svg>", ada_client.get(URL).text, re.DOTALL)[0]
    assert 'class="qr"' in square
    assert "style" not in square


def test_the_mark_is_shown_if_the_learner_wants_it(rivers, ada, ada_client):
    earned(ada, rivers)
    claim(ada_client, shows_mark="on")
    certificate = ada.certificates.get()
    assert "80% of the mark" in text_of(ada_client.get(URL))
    assert certificate.edition == 1


def test_without_a_name_it_is_not_made(rivers, ada, ada_client):
    earned(ada, rivers)
    response = claim(ada_client, name="  ")
    assert response.status_code == 422
    assert "Write the name that is to stand on the certificate." in response.text
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("name", ["\u200b", "\u202e\u2066", "...", "\u00ad -"])
def test_a_name_of_which_nothing_is_seen_is_none(rivers, ada, ada_client, name):
    earned(ada, rivers)
    assert "Write the name that is to stand on the certificate." in claim(ada_client, name=name).text
    assert not Certificate.objects.exists()


def test_nothing_in_a_name_makes_it_read_as_another_one(rivers, ada, ada_client):
    earned(ada, rivers)
    claim(ada_client, name="Ada \u202eecalevoL\u202c \u2067B\u200bC  می\u200cرود")
    assert ada.certificates.get().name == "Ada ecalevoL BC می\u200cرود"


def test_claiming_twice_gives_the_same_one(rivers, ada, ada_client):
    earned(ada, rivers)
    claim(ada_client)
    text = text_of(claim(ada_client, name="Somebody Else"))
    assert "Ada Lovelace" in text
    assert ada.certificates.count() == 1


def test_it_stays_as_it_was_whatever_changes_later(rivers, ada, ada_client):
    held(ada, rivers)
    rivers.title, rivers.certificate = "Streams", {"quiz": "final", "mark": 0.9}
    rivers.save()
    ada.attempts.update(mark=1)
    text = text_of(ada_client.get(URL))
    assert "Rivers" in text
    assert "at least 70%" in text
    assert "This certificate is valid" in ada_client.get(ada.certificates.get().get_absolute_url()).text


def test_the_course_page_says_that_it_is_there(rivers, ada, ada_client):
    held(ada, rivers)
    assert "You have the certificate of this course." in ada_client.get("/courses/rivers/").text


def test_it_is_there_when_the_course_is_not_taught_any_more(rivers, ada, ada_client, eve_client):
    held(ada, rivers)
    rivers.retired = True
    rivers.save()
    assert "Ada Lovelace" in ada_client.get(URL).text
    assert eve_client.get(URL).status_code == 404


def test_eve_does_not_see_ada_s(rivers, ada, ada_client, eve_client):
    held(ada, rivers)
    assert "Lovelace" not in eve_client.get(URL).text


def test_one_revoked_for_good_is_told_with_the_reason_and_not_claimed_again(rivers, ada, ada_client, tom):
    certificate = held(ada, rivers)
    certificates.revoke(certificate=certificate, by=tom, reason="It was copied.", claimable_again=False)
    text = ada_client.get(URL).text
    assert "It was copied." in text
    assert "Claim the certificate" not in text
    assert claim(ada_client).status_code == 409


def test_one_with_a_slip_in_the_name_is_replaced(rivers, ada, ada_client, tom):
    certificate = held(ada, rivers, name="Ade")
    certificates.revoke(certificate=certificate, by=tom, reason="A slip.", claimable_again=True)
    assert "You can claim a new one" in ada_client.get(URL).text
    claim(ada_client, name="Ada")
    assert ada.certificates.valid().get().name == "Ada"
    with pytest.raises(certificates.Replaced):
        certificates.restore(certificate=certificate)


@pytest.mark.parametrize("mark", [8, 2])
def test_the_page_of_a_course_costs_the_same_whatever_was_done(rivers, mark, ada, django_assert_max_num_queries):
    client = client_of(ada)
    earned(ada, rivers, mark)
    client.get("/courses/rivers/")
    for _ in range(3):
        sat(ada, mark)
    with django_assert_max_num_queries(11):
        client.get("/courses/rivers/")
