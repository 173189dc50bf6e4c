"""POST /review/answered/RESPONSE/hindsight/: known or guessed."""

import pytest

from progress.models import Hindsight
from tests.conftest import HTMX, client_of
from tests.progress.conftest import day, quiz_of


@pytest.fixture
def answered(ada_reviews, brook):
    """Answers the question that is due, and gives where to look back on it."""

    def answer(choice: str) -> str:
        ada_reviews.takes(brook, "Right", "Right").on(2)
        return ada_reviews.reviews(choice).request["PATH_INFO"] + "hindsight/"

    return answer


def test_a_lucky_guess_is_asked_again_tomorrow(ada_reviews, answered):
    url = answered("Right")
    assert ada_reviews.card("q0").due_on == day(13)
    assert "What of q1?" in ada_reviews.post(url, {"knew": "0"}, follow=True).text
    assert ada_reviews.card("q0").due_on == day(3)
    assert not ada_reviews.card("q0").sure_but_wrong


def test_having_known_it_changes_nothing_about_a_slow_right_answer(ada_reviews, answered):
    url = answered("Right")
    ada_reviews.post(url, {"knew": "1"})
    assert ada_reviews.card("q0").due_on == day(13)


def test_known_and_quick_is_easy(ada_reviews, brook, answered):
    answered("Right")
    url = ada_reviews.after(seconds=12).reviews("Right").request["PATH_INFO"] + "hindsight/"
    good = ada_reviews.card("q1").due_on
    ada_reviews.post(url, {"knew": "1"})
    assert ada_reviews.card("q1").due_on > good


def test_having_been_sure_of_a_wrong_answer_brings_it_to_the_front(ada_reviews, rivers, brook, answered):
    url = answered("Wrong")
    assert not ada_reviews.card("q0").sure_but_wrong
    ada_reviews.post(url, {"knew": "1"})
    assert ada_reviews.card("q0").sure_but_wrong
    ada_reviews.takes(quiz_of(rivers, "other", "k0"), "Wrong")
    assert "What of q0?" in ada_reviews.on(30).get().text


def test_it_may_be_said_anew(ada_reviews, answered):
    url = answered("Right")
    ada_reviews.post(url, {"knew": "0"})
    ada_reviews.post(url, {"knew": "1"})
    assert Hindsight.objects.get().knew
    assert ada_reviews.card("q0").due_on == day(13)


def test_htmx_gets_the_next_question(ada_reviews, answered):
    fragment = ada_reviews.post(answered("Right"), {"knew": "0"}, headers=HTMX, follow=True).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert "What of q1?" in fragment


@pytest.mark.parametrize("sent", [{}, {"knew": "maybe"}])
def test_anything_else_is_refused(ada_reviews, answered, sent):
    assert ada_reviews.post(answered("Right"), sent).status_code == 400


def test_nobody_else_may_say_it(ada_reviews, answered, eve):
    assert client_of(eve).post(answered("Right"), {"knew": "0"}).status_code == 404
    assert not Hindsight.objects.exists()


def test_who_is_signed_out_is_told_so(ada_reviews, answered):
    url = answered("Right")
    ada_reviews.client.logout()
    assert ada_reviews.post(url, {"knew": "0"})["Location"].startswith("/accounts/login/")
    assert ada_reviews.post(url, {"knew": "0"}, headers=HTMX).status_code == 403
