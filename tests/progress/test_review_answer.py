"""POST /review/CARD/DAY/answer/: an answer given in a review."""

import re

import pytest

from accounts.models import User
from progress.models import Card
from quizzes.models import Attempt, Response
from quizzes.publishing import publish
from tests import make
from tests.conftest import HTMX
from tests.kept import parts_of
from tests.pages import filled, question_forms
from tests.progress.conftest import day, quiz_of
from tests.quizzes.conftest import Taker

ada, brook, rivers = parts_of("taken", "ada", "brook", "rivers")


@pytest.fixture
def due(taken, ada_reviews):
    """Ada, the day after she got the three questions of the brook wrong."""
    return ada_reviews.on(1)


def in_review():
    return Response.objects.filter(attempt__in_review=True)


def test_a_right_answer_is_recorded_moves_the_card_and_shows_why(ada_reviews, rivers):
    source = make.source(collection=rivers, publisher="Hydrological Office")
    claim = make.claim(collection=rivers, key="downhill", text="Water runs downhill.", sources=[source])
    asked = make.question(collection=rivers, key="slope", claims=[claim], explanation="Gravity is the reason.")
    quiz = make.quiz(collection=rivers, questions=[asked])
    ada_reviews.takes(quiz, "Right")
    response = ada_reviews.on(2).reviews("Right")
    assert "Right." in response.text
    assert "Why Right is so." in response.text
    assert "Gravity is the reason." in response.text
    assert "Water runs downhill." in response.text
    assert "/courses/rivers/claims/downhill/passage/" in response.text
    assert ada_reviews.due() == {"slope": 13}
    assert "Again on 14 May" in response.text


def test_a_wrong_answer_shows_what_is_right_at_once(due):
    response = due.reviews("Wrong")
    assert "Not right." in response.text
    assert "is-right" in response.text
    assert due.card("q0").due_on == day(2)


def test_an_answer_is_sent_on_to_a_page_of_its_own(due):
    form = due.form()
    response = due.post(form["action"], filled(form, "Right"))
    assert response.status_code == 302
    assert response["Location"] == f"/review/answered/{in_review().get().pk}/"


def test_htmx_gets_the_part_of_that_page(due):
    form = due.form()
    fragment = due.post(form["action"], filled(form, "Right"), headers=HTMX, follow=True).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert "Right." in fragment


def test_answers_of_one_day_and_quiz_share_an_attempt_that_counts_for_nothing(due, brook):
    for _ in range(3):
        due.reviews("Right")
    attempt = Attempt.objects.get(in_review=True)
    assert attempt.responses.count() == 3
    assert (attempt.number, attempt.edition) == (1, brook.editions.get())
    due.on(40).reviews("Right")
    assert list(Attempt.objects.filter(in_review=True).order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_double_click_counts_once(due):
    form = due.form()
    for _ in range(2):
        due.post(form["action"], filled(form, "Right"))
    assert in_review().count() == 1


def test_another_answer_from_a_second_window_leaves_the_first(due):
    form = due.form()
    due.post(form["action"], filled(form, "Right"))
    assert "Right." in due.post(form["action"], filled(form, "Wrong"), follow=True).text
    assert in_review().get().fraction == 1


def test_a_page_that_was_open_over_midnight_still_works(due):
    form = due.form()
    assert "Right." in due.on(2).post(form["action"], filled(form, "Right"), follow=True).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_no_choice_is_an_error_and_no_answer(due, headers):
    form = due.form()
    response = due.post(form["action"], form["hidden"], headers=headers)
    assert response.status_code == 422
    assert "Choose" in response.text
    assert "What of q0?" in response.text
    assert not in_review().exists()


def test_a_hint_is_shown_and_makes_it_hard(ada_reviews, rivers):
    asked = make.question(collection=rivers, key="hinted", text="Where?", hints=[{"text": "Look up.", "cost": 0.1}])
    ada_reviews.takes(make.quiz(collection=rivers, questions=[asked]), "Right").on(2)
    form = ada_reviews.form()
    ada_reviews.post(form["action"], {**form["hidden"], "hint": "1"})
    page = ada_reviews.get()
    assert "Look up." in page.text
    form = question_forms(page)[0]
    ada_reviews.post(form["action"], filled(form, "Right"))
    assert in_review().get().hints == 1
    assert ada_reviews.card("hinted").due_on < day(13)


def test_a_hint_comes_by_htmx_with_the_question(ada_reviews, rivers):
    asked = make.question(collection=rivers, key="hinted", text="Where?", hints=[{"text": "Look up.", "cost": 0.1}])
    ada_reviews.takes(make.quiz(collection=rivers, questions=[asked]), "Right").on(2)
    form = ada_reviews.form()
    fragment = ada_reviews.post(form["action"], {**form["hidden"], "hint": "1"}, headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert "Look up." in fragment


def test_a_question_that_was_revised_meanwhile_is_not_taken(due, rivers, brook):
    form = due.form()
    rivers.questions.filter(key="q0").update(text="Put better?")
    publish(quiz=brook)
    response = due.post(form["action"], filled(form, "Right"))
    assert response.status_code == 409
    assert "not recorded" in response.text
    assert not in_review().exists()
    assert "Put better?" in due.get().text


def test_the_next_question_is_asked_after_a_revision_of_the_same_day(due, rivers, brook):
    due.reviews("Right")
    rivers.questions.filter(key="q1").update(text="Put better?")
    publish(quiz=brook)
    due.reviews("Right")
    assert in_review().count() == 2


def test_another_slot_of_the_edition_is_not_answered_by_a_card(due, brook):
    """Else an exam could be read question by question."""
    form = due.form()
    response = due.post(form["action"], {**filled(form, "Right"), "slot": "2"})
    assert response.status_code == 409
    assert not in_review().exists()


def test_a_card_of_somebody_else_is_not_there(due, eve, reviewer):
    form = due.form()
    assert reviewer(eve).on(1).post(form["action"], filled(form, "Right")).status_code == 404


@pytest.mark.parametrize("on", ["2026-13-40", "soon", "20260501x"])
def test_a_day_that_is_none_is_not_there(due, on):
    form = due.form()
    action = re.sub(r"/\d{4}-\d\d-\d\d/", f"/{on}/", form["action"])
    assert due.post(action, filled(form, "Right")).status_code == 404


@pytest.mark.parametrize("change", [{"edition": ""}, {"slot": "x"}, {"try_number": "-1"}])
def test_a_form_that_says_nothing_sensible_is_refused(due, change):
    form = due.form()
    assert due.post(form["action"], {**filled(form, "Right"), **change}).status_code == 400


def test_who_is_signed_out_is_told_so(due):
    form = due.form()
    due.client.logout()
    response = due.post(form["action"], filled(form, "Right"))
    assert response.status_code == 403
    assert "Sign in" in response.text
    assert not in_review().exists()


def test_a_guest_whose_session_is_gone_goes_on(client, django_capture_on_commit_callbacks, reviewer, brook):
    """The browser's secret brings the guest back."""
    reviews = reviewer(User.objects.create_user("eve@example.org"))
    reviews.client = client
    reviews.does(lambda: Taker(client, brook).answer(1, "Wrong"))
    reviews.on(1)
    form = reviews.form()
    client.cookies.pop("sessionid")
    assert "Right." in reviews.post(form["action"], filled(form, "Right"), follow=True).text
    assert Card.objects.get().reviewed_on == day(1)


def test_a_question_that_only_a_draw_holds_can_be_reviewed(ada_reviews, rivers):
    for number in range(4):
        make.question(collection=rivers, key=f"d{number}", text=f"What of d{number}?", tags=["wet"])
    quiz = quiz_of(rivers, "drawn", published=False)
    quiz.slots.create(tag="wet", count=2)
    publish(quiz=quiz)
    ada_reviews.post("/quizzes/rivers/drawn/start/")
    ada_reviews.takes(quiz, "Wrong", "Wrong").on(1)
    assert "2 due today" in ada_reviews.get().text
    assert "Right." in ada_reviews.reviews("Right").text
