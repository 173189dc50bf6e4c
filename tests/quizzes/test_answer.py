from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from quizzes.models import Attempt, Response
from quizzes.publishing import publish
from tests import make
from tests.conftest import HTMX, client_of
from tests.pages import filled, question_forms
from tests.quizzes.conftest import counts


def test_the_first_answer_makes_the_guest_the_attempt_and_the_response(client, practice, take):
    response = take(practice).answer(1, "Right")
    assert "Right." in response.text
    guest = User.objects.get()
    assert guest.is_guest
    assert (guest.attempts.count(), guest.responses.count()) == (1, 1)


def test_a_right_answer_earns_the_weight_and_shows_why(ada_client, ada, rivers, take):
    source = make.source(collection=rivers, publisher="Hydrological Office")
    claim = make.claim(collection=rivers, key="downhill", text="Water runs downhill.", sources=[source])
    asked = make.question(collection=rivers, claims=[claim], explanation="Gravity is the reason.")
    quiz = make.quiz(collection=rivers, questions=[asked])
    response = take(quiz, ada_client).answer(1, "Right")
    assert "Right." in response.text
    assert "Why Right is so." in response.text
    assert "Gravity is the reason." in response.text
    assert "Water runs downhill." in response.text
    assert "/courses/rivers/claims/downhill/" in response.text
    assert ada.attempts.get().mark == 1


def test_a_wrong_answer_says_why_and_leaves_a_try_without_telling_the_key(ada_client, practice, take):
    taker = take(practice, ada_client)
    response = taker.answer(1, "Wrong")
    assert "Not right." in response.text
    assert "Why Wrong is so." in response.text
    assert "Why Right is so." not in response.text
    assert "is-right" not in response.text
    assert "One try left, worth ⅔" in response.text
    form = taker.form(1)
    assert form["hidden"]["try_number"] == "2"
    assert form["disabled"] == [form["options"]["Wrong"]]


def test_right_on_the_second_try_earns_two_thirds(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Wrong")
    response = taker.answer(1, "Right")
    assert "0.67 of 1" in response.text
    assert ada.attempts.get().mark == Decimal("0.66667")


def test_after_the_last_try_the_right_answer_is_shown(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Wrong")
    response = taker.answer(1, "Also wrong")
    assert "is-right" in response.text
    assert "Check again" not in response.text
    assert ada.attempts.get().mark == 0


def test_an_exam_saves_answers_lets_them_change_and_tells_nothing(ada_client, ada, exam, take):
    taker = take(exam, ada_client)
    first = taker.answer(1, "Wrong")
    second = taker.answer(1, "Right")
    for response in (first, second):
        assert "Not right." not in response.text
        assert "is-wrong" not in response.text
        assert "Why " not in response.text
    assert [r.try_number for r in Response.objects.order_by("pk")] == [1, 2]
    assert ada.attempts.get().mark == 1
    assert taker.form(1)["checked"] == [taker.form(1)["options"]["Right"]]


def test_an_answer_sent_twice_is_recorded_once_and_shown_again(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    form = taker.form(1)
    sent = filled(form, "Wrong")
    first = ada_client.post(form["action"], sent, follow=True)
    again = ada_client.post(form["action"], sent, follow=True)
    assert ada.responses.count() == 1
    assert ada.attempts.count() == 1
    assert "Not right." in again.text
    assert first.redirect_chain == again.redirect_chain


def test_two_tabs_record_one_answer_and_the_second_is_told(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    tab_one, tab_two = taker.form(1), taker.form(1)
    ada_client.post(tab_one["action"], filled(tab_one, "Wrong"))
    response = ada_client.post(tab_two["action"], filled(tab_two, "Right"), follow=True)
    assert ada.responses.get().fraction == 0
    assert "in another window" in response.text


def test_two_tabs_of_a_guest_share_one_attempt(client, practice, take):
    taker = take(practice)
    tab_one, tab_two = taker.form(1), taker.form(2)
    client.post(tab_one["action"], filled(tab_one, "Right"))
    client.post(tab_two["action"], filled(tab_two, "Right"))
    assert User.objects.count() == 1
    assert Attempt.objects.get().mark == 2


def test_a_replay_of_a_settled_question_changes_nothing(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    form = taker.form(1)
    ada_client.post(form["action"], filled(form, "Right"))
    later = {**filled(form, "Wrong"), "try_number": "2", "attempt": str(ada.attempts.get().pk)}
    response = ada_client.post(form["action"], later)
    assert response.status_code == 409
    assert "takes no further answers" in response.text
    assert ada.attempts.get().mark == 1


def test_a_try_out_of_turn_is_refused(ada_client, ada, practice, take):
    form = take(practice, ada_client).form(1)
    response = ada_client.post(form["action"], {**filled(form, "Right"), "try_number": "2"})
    assert response.status_code == 409
    assert not ada.responses.exists()


def test_nothing_chosen_is_said_at_the_question_and_creates_nothing(client, practice, take):
    form = take(practice).form(1)
    response = client.post(form["action"], form["hidden"])
    assert response.status_code == 422
    assert "Choose an answer first." in response.text
    assert not User.objects.exists()


def test_two_options_for_a_single_choice_are_refused_and_stay_ticked(ada_client, practice, take):
    form = take(practice, ada_client).form(1)
    response = ada_client.post(form["action"], filled(form, "Right", "Wrong"))
    assert response.status_code == 422
    assert "Choose one option only." in response.text
    assert len(question_forms(response)[0]["checked"]) == 2


def test_a_foreign_option_is_refused(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    form = taker.form(1)
    response = ada_client.post(form["action"], {**form["hidden"], "answer": "0"})
    assert response.status_code == 422
    assert "Reload the page" in response.text
    assert not ada.responses.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"slot": "x"},
        {"slot": "-1"},
        {"slot": ""},
        {"try_number": "0"},
        {"try_number": "one"},
        {"try_number": "9" * 40},
        {"edition": ""},
        {"edition": "x"},
        {"attempt": "x"},
        {"attempt": "9" * 40},
    ],
)
def test_malformed_fields_are_refused_in_words(ada_client, practice, take, change):
    before = counts()
    form = take(practice, ada_client).form(1)
    response = ada_client.post(form["action"], {**filled(form, "Right"), **change})
    assert response.status_code == 400
    assert "Nothing was changed" in response.text
    assert counts() == before


def test_a_slot_that_does_not_exist_is_not_found(ada_client, practice, take):
    form = take(practice, ada_client).form(1)
    assert ada_client.post(form["action"], {**filled(form, "Right"), "slot": "99"}).status_code == 404


def test_anothers_attempt_is_not_found(ada_client, eve, ada, practice, take):
    take(practice, ada_client).answer(1, "Right")
    taker = take(practice, client_of(eve))
    form = taker.form(2)
    stolen = {**filled(form, "Right"), "attempt": str(ada.attempts.get().pk)}
    assert taker.client.post(form["action"], stolen).status_code == 404
    assert ada.responses.count() == 1


def test_an_answer_to_a_finished_attempt_is_refused_and_leads_back(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    form = taker.form(2)
    taker.finish()
    response = ada_client.post(form["action"], filled(form, "Right"))
    assert response.status_code == 409
    assert practice.get_absolute_url() in response.text
    assert ada.responses.count() == 1


def test_a_page_from_before_a_new_edition_is_told_so(ada_client, ada, practice, take, rivers):
    form = take(practice, ada_client).form(1)
    practice.title = "Revised"
    practice.save()
    publish(quiz=practice)
    response = ada_client.post(form["action"], filled(form, "Right"))
    assert response.status_code == 409
    assert "revised while the page was open" in response.text
    assert not ada.responses.exists()


def test_a_running_attempt_stays_with_its_edition(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    practice.title = "Revised"
    practice.save()
    publish(quiz=practice)
    taker.answer(2, "Right")
    attempt = ada.attempts.get()
    assert attempt.edition.number == 1
    assert attempt.responses.count() == 2


def test_an_oversized_body_is_refused_in_words(ada_client, practice, take, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    form = take(practice, ada_client).form(1)
    response = ada_client.post(form["action"], {**filled(form, "Right"), "more": "x" * 2000})
    assert response.status_code == 413
    assert "larger than this page takes" in response.text


def test_only_post_answers(ada_client, practice):
    assert ada_client.get(f"{practice.get_absolute_url()}1/answer/").status_code == 405


def test_by_htmx_a_refusal_is_a_note_and_an_error_the_question(ada_client, practice, take):
    form = take(practice, ada_client).form(1)
    error = ada_client.post(form["action"], form["hidden"], headers=HTMX)
    assert error.status_code == 422
    assert error.text.lstrip().startswith('<div id="sitting"')
    refusal = ada_client.post(form["action"], {**filled(form, "Right"), "try_number": "3"}, headers=HTMX)
    assert refusal.status_code == 409
    assert refusal.text.lstrip().startswith('<div class="toast"')


def test_answering_costs_at_most_twelve_queries(ada_client, practice, take, django_assert_max_num_queries):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    form = taker.form(2)
    with django_assert_max_num_queries(12):
        ada_client.post(form["action"], filled(form, "Right"))


def test_answering_by_htmx_costs_at_most_twelve_queries(ada_client, rivers, take, django_assert_max_num_queries):
    claims = [make.claim(collection=rivers, sources=[make.source(collection=rivers)]) for _ in range(3)]
    quiz = make.quiz(collection=rivers, questions=[make.question(collection=rivers, claims=claims) for _ in range(2)])
    taker = take(quiz, ada_client)
    taker.answer(1, "Right")
    form = taker.form(2)
    with django_assert_max_num_queries(12):
        assert "Right." in ada_client.post(form["action"], filled(form, "Right"), headers=HTMX).text


def test_a_guest_whose_session_is_gone_goes_on_as_the_same_guest(client, practice, take):
    taker = take(practice)
    taker.answer(1, "Right")
    form = taker.form(2)
    client.session.flush()
    del client.cookies["sessionid"]
    response = client.post(form["action"], filled(form, "Right"), follow=True)
    assert "Right." in response.text
    assert User.objects.count() == 1
    assert Attempt.objects.get().mark == 2


def test_whoever_is_signed_out_meanwhile_is_told_and_led_to_sign_in(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    form = taker.form(2)
    ada_client.logout()
    response = ada_client.post(form["action"], filled(form, "Right"))
    assert response.status_code == 403
    assert "You are signed out" in response.text
    assert f"/accounts/login/?next={quote(practice.get_absolute_url(), safe='')}" in response.text
    assert ada.responses.count() == 1


def test_the_first_answer_of_a_stranger_costs_at_most_twelve_statements(client, practice, take):
    """It makes a guest, signs it in and makes an attempt as well: twelve, and the transactions around them."""
    form = take(practice).form(1)
    with CaptureQueriesContext(connection) as made:
        client.post(form["action"], filled(form, "Right"))
    control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    statements = [query["sql"] for query in made.captured_queries if not query["sql"].startswith(control)]
    assert len(statements) <= 12, statements
    assert len(made) <= 24
