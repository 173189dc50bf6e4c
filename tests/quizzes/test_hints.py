import pytest

from quizzes.models import Hint, Response
from quizzes.publishing import publish
from tests import make
from tests.conftest import HTMX
from tests.pages import filled


@pytest.fixture
def hinted(rivers):
    """Two options right of four, with a free hint, one that counts, and one that takes out what is wrong."""
    options = [("North", 1), ("South", 0), ("East", 1), ("West", 0)]
    asked = make.question(collection=rivers, key="ways", kind="multiple", options=options)
    Hint.objects.create(question=asked, position=0, text="Look at the sun.", cost=0)
    Hint.objects.create(question=asked, position=1, cost=0.1, how_many=True)
    Hint.objects.create(question=asked, position=2, text="Two are wrong.", cost=0.2, clear_wrong=True)
    return make.quiz(collection=rivers, slug="ways", questions=[asked])


@pytest.fixture
def taker(hinted, take, ada_client):
    return take(hinted, ada_client)


def ask(taker, number: int, *choices: str, **headers):
    form = taker.form(1)
    return taker.client.post(form["action"], {**filled(form, *choices), "hint": number}, follow=True, headers=headers)


def test_the_cost_of_a_hint_is_told_before_it_is_taken_and_its_text_is_not(taker):
    page = taker.page(1).text
    assert "Take a hint (free)" in page
    assert "Look at the sun." not in page


def test_a_hint_is_shown_once_taken_and_stays(taker, ada):
    ask(taker, 1)
    assert "Look at the sun." in taker.page(1).text
    assert ada.attempts.get().hints == {"0": 1}
    assert not Response.objects.exists()


def test_a_hint_that_looks_at_an_answer_comes_after_one(taker):
    ask(taker, 1)
    assert "Take a hint" not in taker.page(1).text
    taker.answer(1, "North", "South")
    assert "Take a hint (costs 10%)" in taker.page(1).text


def test_hints_tell_how_many_are_right_and_take_out_what_is_wrong(taker):
    ask(taker, 1)
    taker.answer(1, "North", "South")
    assert "1 of 2 parts are right" in ask(taker, 2).text
    ask(taker, 3)
    form = taker.form(1)
    assert form["checked"] == [form["options"]["North"]]
    assert form["disabled"] == [form["options"]["South"]]


def test_hints_lower_what_is_earned_after_them(taker, ada):
    ask(taker, 1)
    taker.answer(1, "North", "South")
    ask(taker, 2)
    response = taker.answer(1, "North", "East")
    assert float(ada.attempts.get().mark) == pytest.approx(2 / 3 - 0.1, abs=1e-5)
    assert [one.hints for one in ada.responses.order_by("try_number")] == [1, 2]
    assert "0.57 of 1" in response.text


def test_taking_the_same_hint_twice_counts_once(taker, ada):
    ask(taker, 1)
    form = taker.form(1)
    taker.client.post(form["action"], {**filled(form), "hint": 1})
    assert ada.attempts.get().hints == {"0": 1}


@pytest.mark.parametrize("number", [2, 3, 4, 99])
def test_a_hint_out_of_turn_is_refused_and_costs_nothing(taker, ada, number):
    response = ask(taker, number)
    assert response.status_code == 409
    assert "no hint to take" in response.text
    assert not any(attempt.hints for attempt in ada.attempts.all())


def test_what_was_chosen_and_not_sent_yet_stays_chosen(taker):
    form = taker.form(1)
    sent = {**filled(form, "East"), "hint": 1}
    response = taker.client.post(form["action"], sent, headers=HTMX)
    assert "Look at the sun." in response.text
    assert f'value="{form["options"]["East"]}" checked' in response.text


def test_an_exam_gives_no_hints(taker, hinted):
    hinted.setting = "exam"
    hinted.save()
    publish(quiz=hinted)
    assert "Take a hint" not in taker.page(1).text
    assert ask(taker, 1).status_code == 409


def test_a_guest_takes_a_hint_too(hinted, take, client):
    taker = take(hinted, client)
    assert "Look at the sun." in ask(taker, 1).text


def test_where_marks_are_kept_back_a_hint_does_not_tell_them(taker, hinted):
    hinted.sees_mark = "never"
    hinted.save()
    publish(quiz=hinted)
    ask(taker, 1)
    taker.answer(1, "North", "South")
    assert "parts are right" not in ask(taker, 2).text
