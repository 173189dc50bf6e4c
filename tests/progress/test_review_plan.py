"""/review/plan/: how often and how much, an exam, and what comes."""

import re

import pytest

from progress.models import ReviewSettings
from tests import make
from tests.conftest import HTMX
from tests.progress.conftest import day, quiz_of

URL = "/review/plan/"
PLAN = {
    "retention": "90",
    "session_size": "10",
    "daily_cap": "50",
    "exam_on": "",
    "exam_target": "95",
    "exam_course": "",
}


def loads(response) -> list[int]:
    """The forecast's numbers."""
    table = response.text.split('<table class="plain forecast">')[1].split("</table>")[0]
    return [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', table)]


def test_it_shows_the_defaults_and_reading_it_keeps_nothing(ada_reviews):
    text = ada_reviews.get(URL).text
    assert re.search(r'name="retention"[^>]*value="90"', text)
    assert not ReviewSettings.objects.exists()


def test_the_head_says_that_it_belongs_to_the_review(ada_reviews):
    assert '<a href="/review/" aria-current="true">' in ada_reviews.get(URL).text


def test_a_plan_is_kept_and_shown(ada_reviews):
    sent = {**PLAN, "retention": "85", "session_size": "5", "daily_cap": "20", "exam_on": "2026-06-01"}
    assert "Saved." in ada_reviews.post(URL, sent, follow=True).text
    kept = ReviewSettings.objects.get()
    assert (kept.retention, kept.session_size, kept.daily_cap, kept.exam_on) == (0.85, 5, 20, day(31))
    text = ada_reviews.get(URL).text
    assert re.search(r'name="retention"[^>]*value="85"', text)
    assert re.search(r'name="exam_on"[^>]*value="2026-06-01"', text)


def test_who_wants_to_know_more_is_asked_sooner(ada_reviews, brook):
    ada_reviews.takes(brook, "Right").on(2).reviews("Right")
    ada_reviews.takes_at(brook, 2, "Wrong")
    before = ada_reviews.due()
    ada_reviews.post(URL, {**PLAN, "retention": "95"})
    assert ada_reviews.due()["q0"] < before["q0"]
    ada_reviews.post(URL, PLAN)
    assert ada_reviews.due() == before


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"retention": "79"}, "Write a whole number from 80 to 97."),
        ({"retention": "much"}, "Write a whole number from 80 to 97."),
        ({"exam_target": ""}, "Write a whole number from 80 to 99."),
        ({"session_size": "101"}, "Write a whole number from 1 to 100."),
        ({"daily_cap": "-1"}, "Write a whole number from 1 to 1000."),
    ],
)
def test_a_number_that_makes_no_sense_is_met_with_what_to_write(ada_reviews, wrong, message):
    assert message in ada_reviews.post(URL, {**PLAN, **wrong}).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"retention": "79"},
        {"retention": "98"},
        {"retention": "much"},
        {"retention": ""},
        {"session_size": "0"},
        {"daily_cap": "-1"},
        {"exam_on": "2026-05-01"},
        {"exam_on": "soon"},
        {"exam_on": "2036-05-03"},
        {"exam_on": "9999-12-31"},
        {"exam_target": "100"},
        {"exam_course": "999"},
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(ada_reviews, wrong):
    response = ada_reviews.post(URL, {**PLAN, **wrong})
    assert response.status_code == 422
    assert "That did not work yet." in response.text
    assert not ReviewSettings.objects.exists()


def test_htmx_gets_the_form_with_what_is_wrong(ada_reviews):
    response = ada_reviews.post(URL, {**PLAN, "retention": "5"}, headers=HTMX)
    assert response.status_code == 422
    assert response.text.lstrip().startswith('<div id="plan"')


def test_the_forecast_counts_the_days_to_come(ada_reviews, brook):
    ada_reviews.takes(brook, "Right", "Wrong", "Wrong")
    assert loads(ada_reviews.get(URL))[:4] == [0, 2, 1, 0]
    assert len(loads(ada_reviews.get(URL))) == 14
    assert loads(ada_reviews.on(1).get(URL))[:3] == [2, 1, 0]


def test_what_is_buried_or_set_aside_is_forecast_where_it_comes_up(ada_reviews, brook):
    ada_reviews.takes(brook, "Wrong", "Wrong", "Wrong").on(1)
    ada_reviews.does(ada_reviews.card("q0").bury)
    ada_reviews.card("q1").suspend()
    assert loads(ada_reviews.get(URL))[:3] == [1, 1, 0]


def test_an_exam_brings_up_what_would_have_faded_and_says_what_to_expect(ada_reviews, brook):
    ada_reviews.takes(brook, "Right").on(2).reviews("Right")
    assert ada_reviews.due()["q0"] == 13
    text = ada_reviews.post(URL, {**PLAN, "exam_on": str(day(12)), "exam_target": "97"}, follow=True).text
    card = ada_reviews.card("q0")
    assert card.due_on == day(13)
    assert day(2) < card.exam_due_on < day(12)
    number = re.search(r"you will know (\d+)% of the questions on that day; you want 97%", text)
    assert int(number[1]) >= 97
    assert "One review until then." in text
    assert "If you stop now, 91%" in text
    assert text.index("Exam on") < text.index('<form method="post"')
    due_on = (card.exam_due_on - day(0)).days
    assert "1 due today" in ada_reviews.on(due_on).get().text


def test_it_says_when_the_cap_of_a_day_leaves_no_room_for_what_the_exam_needs(ada_reviews, brook):
    ada_reviews.takes(brook, "Wrong", "Wrong", "Wrong").on(1)
    plan = {**PLAN, "exam_on": str(day(3))}
    crowded = ada_reviews.post(URL, {**plan, "daily_cap": "1"}, follow=True).text
    needed = int(re.search(r"(\d+) reviews until then\.", crowded)[1])
    assert f"{needed - 2} of them do not fit: your limit of 1 in a day" in crowded
    assert "with all the reviews that it takes, you would know" in crowded
    assert "you will know" not in crowded
    assert "not fit" not in ada_reviews.post(URL, plan, follow=True).text


def test_after_the_exam_the_usual_days_hold_again(ada_reviews, brook):
    ada_reviews.takes(brook, "Right").on(2).reviews("Right")
    ada_reviews.post(URL, {**PLAN, "exam_on": str(day(12)), "exam_target": "97"})
    assert "due today" in ada_reviews.on(11).get().text
    assert "Nothing is due today." in ada_reviews.on(12).get().text
    assert "1 due today" in ada_reviews.on(13).get().text
    assert re.search(r'name="exam_on"(?![^>]*value)', ada_reviews.get(URL).text)


def test_an_exam_may_be_about_one_course_alone(ada_reviews, brook):
    course = make.course(collection=brook.collection)
    other = quiz_of(make.collection(slug="lakes"), "pond", "k0")
    lakes = make.course(collection=other.collection, title="Lakes")
    make.course(collection=make.collection(slug="seas"), title="Seas")
    ada_reviews.takes(brook, "Right").takes(other, "Right").on(2)
    for _ in range(2):
        ada_reviews.reviews("Right")
    text = ada_reviews.get(URL).text
    assert "Lakes" in text
    assert "Seas" not in text
    ada_reviews.post(URL, {**PLAN, "exam_on": str(day(12)), "exam_target": "97", "exam_course": str(lakes.pk)})
    assert ada_reviews.card("k0").exam_due_on
    assert ada_reviews.card("q0").exam_due_on is None
    assert course != lakes


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(URL)["Location"].startswith("/accounts/login/")
    assert client.post(URL, PLAN)["Location"].startswith("/accounts/login/")
