"""POST /review/CARD/bury/, /review/CARD/suspend/ and /review/resume/."""

import re

import pytest

from progress.models import ReviewSettings
from tests.conftest import HTMX, client_of
from tests.kept import parts_of

ada, brook, rivers = parts_of("taken", "ada", "brook", "rivers")


@pytest.fixture
def due(taken, ada_reviews):
    """Ada, the day after she got the three questions of the brook wrong."""
    return ada_reviews.on(1)


def put_off(due, how: str, key: str = "q0", **kwargs):
    return due.post(f"/review/{due.card(key).pk}/{how}/", follow=True, **kwargs)


def test_what_is_buried_comes_up_tomorrow(due):
    text = put_off(due, "bury").text
    assert "2 due today" in text
    assert "What of q1?" in text
    assert "3 due today" in due.on(2).get().text


def test_what_is_suspended_does_not_come_up_until_it_is_resumed(due):
    assert "2 due today" in put_off(due, "suspend").text
    assert "2 due today" in due.on(60).get().text
    plan = due.get("/review/plan/").text
    assert "You have set one question aside." in plan
    assert "1 question is asked again." in due.post("/review/resume/", follow=True).text
    assert "3 due today" in due.get().text


def test_answering_it_elsewhere_does_not_bring_it_back(due, brook):
    put_off(due, "suspend")
    due.takes(brook, "Right")
    assert due.card("q0").suspended


def test_putting_off_the_first_question_of_a_further_session_goes_on(due):
    ReviewSettings.objects.create(learner=due.user, session_size=1)
    due.reviews("Right")
    assert "A good place to stop" in due.get().text
    assert "What of q2?" in put_off(due, "bury", "q1").text


def test_htmx_gets_the_next_question(due):
    fragment = put_off(due, "bury", headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert "What of q1?" in fragment


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(("how", "told"), [("bury", "Put off until tomorrow."), ("suspend", "Set aside.")])
def test_it_is_told_once(due, how, told, headers):
    text = put_off(due, how, headers=headers).text
    assert re.search(rf"<(li|p)[^>]*>{told}", text)
    assert len(re.findall(rf">{told}", text)) == 1
    assert told not in due.get().text


@pytest.mark.parametrize("how", ["bury", "suspend"])
def test_nobody_else_can(due, eve, how):
    assert client_of(eve).post(f"/review/{due.card('q0').pk}/{how}/").status_code == 404


@pytest.mark.parametrize("how", ["bury", "suspend"])
def test_only_by_posting(due, how):
    assert due.get(f"/review/{due.card('q0').pk}/{how}/").status_code == 405
