"""GET /review/later/... and what is posted there: a few unseen questions 7 and 30 days after a lesson."""

from functools import partial
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.guests import merge
from accounts.models import User, today
from courses.deriving import derive
from courses.models import Lesson
from progress import later, reviewing
from progress.later import turn
from progress.models import DelayedCheck, Reading
from quizzes.models import Attempt, Response
from quizzes.publishing import publish
from sources.models import Collection
from tests import make
from tests.conftest import HTMX
from tests.kept import kept, parts_of
from tests.pages import filled, normal, question_forms
from tests.progress.conftest import Reviewer, day, quiz_of, record

URL = "/review/later/rivers/springs/"


class Begun(NamedTuple):
    rivers: Collection
    springs: Lesson


@kept
def begun() -> Begun:
    rivers = make.collection(slug="rivers")
    return Begun(rivers, lesson_of(rivers, "springs", quiz_of(rivers, "pond", *(f"q{number}" for number in range(8)))))


@pytest.fixture
def springs(begun) -> Lesson:
    """A lesson with a check of two questions, c0 and c1, and a quiz of eight, q0 to q7."""
    return begun.springs


(rivers,) = parts_of("begun", "rivers")


def lesson_of(collection, slug: str, quiz=None, *, checks=("c0", "c1")):
    for key in checks:
        make.question(collection=collection, key=key, text=f"What of {key}?")
    course = getattr(collection, "course", None) or make.course(collection=collection)
    text = "\n\n".join(["Water.", *(f":::check {key}" for key in checks)])
    lesson = make.lesson(course=course, slug=slug, title=slug.title(), text=text, quiz=quiz)
    derive(lesson=lesson)
    if lesson.checks:
        publish(quiz=lesson.checks)
    return lesson


def checks_answered(reviewer: Reviewer, lesson, *choices: str) -> Reviewer:
    return reviewer.takes(lesson.checks, *choices)


@pytest.fixture
def done(ada_reviews, springs) -> Reviewer:
    """Ada, who finished the lesson on day 0 and got one of two checks right."""
    return checks_answered(ada_reviews, springs, "Right", "Wrong")


def asked(reviewer: Reviewer, url: str = URL) -> str | None:
    """The key of the question asked now."""
    return asked_by(reviewer.get(url))


def asked_by(response) -> str | None:
    return response.text.split("What of ")[1].split("?")[0] if question_forms(response) else None


def answers_on_pages(reviewer: Reviewer, *choices: str) -> list[str | None]:
    """The keys of the questions asked."""
    keys = []
    for choice in choices:
        response = reviewer.get(URL)
        keys.append(asked_by(response))
        form = question_forms(response)[0]
        reviewer.post(form["action"], filled(form, choice))
    return keys


def answers(reviewer: Reviewer, *choices: str) -> list[str]:
    """The same at the cost of no page."""
    return [reviewer.does(partial(_answer, reviewer.user, choice)) for choice in choices]


def _answer(learner: User, choice: str) -> str:
    lesson = Lesson.objects.outline().select_related("course__collection").get(slug="springs")
    here = later.of_lesson(learner, lesson)
    assert here.current
    key = here.current.open[0]
    later.begin(learner=learner, check=here.current)
    origin = here.origin(key)
    record(learner, reviewing.begin(reviewing.sitting(learner, origin, today())), origin.slot, choice)
    return key


def is_offered(reviewer: Reviewer) -> bool:
    return f'href="{URL}"' in reviewer.get("/progress/").text.split('class="progress"')[0]


@pytest.mark.parametrize(
    ("after", "expected"), [(0, None), (6, None), (7, 7), (12, 7), (29, 7), (30, 30), (31, 30), (400, 30)]
)
def test_of_the_checks_whose_time_has_come_the_last_has_its_turn(after, expected):
    assert turn(day(0), day(after)) == expected


@pytest.mark.parametrize(("on", "offered"), [(0, False), (6, False), (7, True), (12, True), (30, True)])
def test_it_is_offered_from_the_seventh_day_on_and_stays(done, on, offered):
    assert is_offered(done.on(on)) is offered


def test_it_is_offered_at_the_end_of_a_review_too(done):
    text = done.on(7).reviews("Right", "/review/").text
    done.reviews("Right", "/review/")
    assert URL not in text
    assert URL in done.get("/review/").text


def test_an_unfinished_lesson_is_not_asked_about(ada_reviews, springs):
    checks_answered(ada_reviews, springs, "Right").on(40)
    assert not is_offered(ada_reviews)
    text = ada_reviews.get(URL).text
    assert "Finish this lesson first." in text


def test_before_its_time_the_page_says_when_it_comes(done):
    assert "The next questions come on 8 May 2026" in done.on(3).get(URL).text


def test_a_lesson_without_checks_is_finished_when_it_is_marked_as_read(ada_reviews, rivers):
    lesson = lesson_of(rivers, "springs", quiz_of(rivers, "pond", "q0"), checks=())
    ada_reviews.does(lambda: Reading.objects.create(learner=ada_reviews.user, lesson=lesson))
    assert is_offered(ada_reviews.on(7))
    assert asked(ada_reviews) == "q0"


def test_three_questions_never_answered_before(done, springs):
    done.takes_at(springs.quiz, 1, "Right").on(9)
    text = done.get(URL).text
    assert "Question 1 of 3" in text
    assert "finished 9 days ago" in text
    keys = answers_on_pages(done, "Right", "Wrong", "Right")
    assert len(set(keys)) == 3
    assert not {"c0", "c1", "q0", None} & set(keys)


@pytest.mark.parametrize(("left", "count"), [(2, "Question 1 of 2"), (1, "Question 1 of 1"), (0, "nothing to ask")])
def test_with_fewer_left_it_asks_what_there_is(done, springs, left, count):
    done.takes(springs.quiz, *["Right"] * (8 - left)).on(7)
    assert count in done.get(URL).text
    assert is_offered(done) is (left > 0)


def test_what_was_answered_and_set_aside_since_is_not_asked_either(done, springs):
    done.takes(springs.quiz, *["Right"] * 8).on(6).get("/review/")
    assert done.user.cards.update(suspended=True) == 10
    assert not is_offered(done.on(7))


def test_questions_drawn_by_the_lessons_name_are_its_own(ada_reviews, rivers):
    lesson = lesson_of(rivers, "springs")
    for key in ("d0", "d1"):
        make.question(collection=rivers, key=key, text=f"What of {key}?", tags=["springs"])
    make.question(collection=rivers, key="other", text="What of other?", tags=["brooks"])
    final = make.quiz(collection=rivers, slug="final", setting="exam", published=False)
    for tag, count in (("springs", 2), ("brooks", 1)):
        final.slots.create(tag=tag, count=count)
    publish(quiz=final)
    checks_answered(ada_reviews, lesson, "Right", "Right").on(7)
    assert set(answers(ada_reviews, "Right", "Right")) == {"d0", "d1"}


def test_questions_that_neither_text_nor_quiz_asks_come_first(done, springs):
    rivers = springs.course.collection
    for number in range(2):
        make.question(collection=rivers, key=f"d{number}", text=f"What of d{number}?", tags=["springs"])
    final = make.quiz(collection=rivers, slug="final", setting="exam", published=False)
    rivers.questions.filter(key__startswith="q").update(tags=["springs"])
    final.slots.create(tag="springs", count=2)
    publish(quiz=final)
    first, second, third = answers(done.on(7), *["Right"] * 3)
    assert {first, second} == {"d0", "d1"}
    assert third.startswith("q")


def test_what_never_tells_its_answers_is_not_asked_from(done, springs):
    springs.quiz.sees_right = "never"
    springs.quiz.save()
    publish(quiz=springs.quiz)
    assert not is_offered(done.on(7))


def test_looking_writes_nothing_and_shows_the_same_again(done):
    before = (Attempt.objects.count(), DelayedCheck.objects.count())
    first, second = done.on(7).get(URL), done.get(URL)
    assert normal(first.text) == normal(second.text)
    assert (Attempt.objects.count(), DelayedCheck.objects.count()) == before == (1, 0)


def test_what_htmx_shows_has_its_own_address_to_come_back_to(done):
    done.on(7)
    assert done.get(URL, headers=HTMX).headers["HX-Replace-Url"] == URL
    answered = done.reviews("Right", URL).request["PATH_INFO"]
    assert done.get(answered, headers=HTMX).headers["HX-Replace-Url"] == answered
    assert "HX-Replace-Url" not in done.get(answered).headers


def test_what_htmx_gets_is_that_part_of_the_page(done):
    fragment = done.on(7).get(URL, headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert normal(fragment) in normal(done.get(URL).text)


def test_an_answer_is_told_at_once_and_makes_a_card(done):
    key = asked(done.on(7))
    text = done.reviews("Wrong", URL).text
    assert "Not right." in text
    assert f'href="{URL}"' in text
    done.get("/progress/")
    assert done.card(key).reviewed_on == day(7)
    assert (done.user.responses.count(), done.user.attempts.filter(in_review=True).count()) == (3, 1)


def test_a_wrong_answer_comes_up_in_the_review_the_day_after(done):
    key = asked(done.on(7))
    done.reviews("Wrong", URL)
    done.get("/progress/")
    assert done.due()[key] == 8


def test_it_counts_among_the_reviews_of_its_day(done):
    answers(done.on(7), "Right")
    assert "Review: question 2 of 3" in done.get("/review/").text


def test_the_result_stands_beside_that_of_the_lesson(done):
    answers_on_pages(done.on(9), "Right", "Wrong", "Right")
    answers(done.on(31), "Right", "Right", "Right")
    text = " ".join(done.get(URL).text.split())
    row = text.split("<tbody>")[1].split("</tbody>")[0]
    assert [part in row for part in ("1 of 2", "2 of 3", "after 9 days", "3 of 3", "after 31 days")] == [True] * 5
    assert text.index("After 31 days</h2>") < text.index("After 9 days</h2>")
    assert text.count("Why Wrong is so.") == 1
    assert "2 of 3" in done.get("/progress/").text


def test_from_the_dashboard_the_result_is_linked_but_not_from_itself(done):
    answers(done.on(7), "Right", "Right", "Right")
    assert f'<a href="{URL}">Springs</a>' in done.get("/progress/").text
    assert f'<a href="{URL}"' not in done.get(URL).text


def test_finished_it_is_offered_no_more_until_the_next(done):
    first = answers(done.on(7), "Right", "Right", "Right")
    assert [is_offered(done.on(number)) for number in (7, 20, 29, 30)] == [False, False, False, True]
    second = answers(done, "Wrong", "Wrong", "Wrong")
    assert not set(first) & set(second)
    assert not is_offered(done.on(300))


def test_of_two_that_are_due_only_the_later_comes(done):
    answers(done.on(45), "Right", "Right", "Right")
    assert [(one.days, len(one.questions)) for one in done.user.delayed_checks.all()] == [(30, 3)]
    assert not is_offered(done)


def test_begun_and_left_it_goes_on_with_the_same_questions(done):
    first = answers(done.on(7), "Right")
    assert "Question 2 of 3" in done.on(12).get(URL).text
    rest = answers(done, "Right", "Right")
    assert done.user.delayed_checks.get().questions == first + rest
    assert "after 7 days" in done.get(URL).text


def test_begun_and_overtaken_by_the_next_it_goes(done):
    first = answers(done.on(7), "Right")
    assert "Question 1 of 3" in done.on(30).get(URL).text
    assert first[0] not in answers(done, "Wrong", "Right", "Right")
    row = done.get(URL).text.split("<tbody>")[1]
    assert "1 of 1" in row
    assert "2 of 3" in row


def test_a_question_answered_elsewhere_meanwhile_falls_out(done, springs):
    answers(done.on(7), "Right")
    key = asked(done)
    done.after(hours=1).takes_at(springs.quiz, int(key[1:]) + 1, "Right")
    assert asked(done) != key
    assert "Question 2 of 2" in done.get(URL).text


def test_a_question_that_is_retired_meanwhile_falls_out(done, rivers):
    answers(done.on(7), "Right")
    rivers.questions.filter(key=asked(done)).update(retired=True)
    assert "Question 2 of 2" in done.get(URL).text


def test_a_double_click_counts_once(done):
    form = done.on(7).form(URL)
    first = done.post(form["action"], filled(form, "Right"))
    again = done.post(form["action"], filled(form, "Wrong"))
    assert first["Location"] == again["Location"]
    assert (Response.objects.count(), DelayedCheck.objects.count()) == (3, 1)


def test_the_last_answer_sent_twice_is_told_again(done):
    answers(done.on(7), "Right", "Right")
    form = done.form(URL)
    done.post(form["action"], filled(form, "Right"))
    assert "Right." in done.post(form["action"], filled(form, "Right"), follow=True).text


def test_two_tabs_ask_the_same_three(done):
    one, other = done.on(7).form(URL), done.form(URL)
    assert one["options"] == other["options"]
    done.post(one["action"], filled(one, "Right"))
    response = done.post(other["action"], filled(other, "Wrong"), follow=True)
    assert "Right." in response.text


def test_a_page_left_open_until_the_next_check_is_told_so(done):
    forms = [done.on(7).form(URL)]
    done.reviews("Right", URL)
    forms.append(done.form(URL))
    done.on(30)
    response = done.post(forms[0]["action"], filled(forms[0], "Right"))
    assert response.status_code == 409
    assert "not asked here any more" in response.text


def test_nothing_chosen_is_told_and_nothing_is_kept(done):
    form = done.on(7).form(URL)
    response = done.post(form["action"], form["hidden"])
    assert response.status_code == 422
    assert Response.objects.count() == 2


def test_a_stranger_is_asked_to_sign_in(client, springs):
    assert client.get(URL)["Location"].startswith("/accounts/login/")
    sent = {"edition": 1, "slot": 0, "try_number": 1}
    assert "You are signed out" in client.post(f"{URL}2026-05-08/answer/", sent, follow=True).text
    assert User.objects.count() == 0


def test_nobody_sees_anothers_answer(done, eve_client):
    answers(done.on(7), "Right")
    given = done.user.responses.latest("pk")
    assert eve_client.get(f"{URL}answered/{given.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/review/later/rivers/none/", "/review/later/none/springs/"])
def test_there_is_no_such_lesson(done, path):
    assert done.get(path).status_code == 404


def test_a_day_that_is_none_is_not_found(done):
    form = done.on(7).form(URL)
    sent = filled(form, "Right")
    assert done.post(f"{URL}2026-05-99/answer/", sent).status_code == 404


def test_it_costs_the_same_however_many_lessons_were_finished(done, rivers, springs):
    answers(done.on(7), "Right")
    done.get("/progress/")
    few = cost(done, "/progress/")
    for name in ("brooks", "lakes", "seas"):
        quiz = quiz_of(rivers, f"{name}-quiz", *(f"{name}{number}" for number in range(5)))
        lesson = lesson_of(rivers, name, quiz, checks=(f"{name}-c",))
        checks_answered(done.on(0), lesson, "Right")
    done.on(7).get("/progress/")
    assert "One more lesson waits" in done.get("/progress/").text
    assert cost(done, "/progress/") == few


def cost(reviewer: Reviewer, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(url)
    return len(queries)


@pytest.mark.parametrize("guest_first", [True, False])
def test_of_two_checks_dealt_the_earlier_stays_in_whichever_order_guests_are_merged(
    ada, gus, springs, reviewer, guest_first
):
    other = User.objects.guest("other")
    dealt = {}
    for number, learner in enumerate((gus, other)):
        one = checks_answered(reviewer(learner), springs, "Right", "Right").on(7 + number)
        dealt[number] = answers(one, "Right", "Wrong", "Right")
    guests = [gus, other] if guest_first else [other, gus]
    for guest in guests:
        assert merge(guest=guest, account=ada)
        assert not merge(guest=guest, account=ada)
    kept = ada.delayed_checks.get()
    assert kept.questions == dealt[0]
    assert kept.dealt_at.date() == day(7)
    assert ada.responses.filter(question_key__in=dealt[0]).exists()


def test_a_guests_check_goes_on_in_the_account(ada, gus, springs, reviewer):
    guest = checks_answered(reviewer(gus), springs, "Right", "Right").on(7)
    first = answers(guest, "Right")
    merge(guest=gus, account=ada)
    account = reviewer(ada).on(8)
    assert "Question 2 of 3" in account.get(URL).text
    rest = answers_on_pages(account, "Right", "Wrong")
    assert ada.delayed_checks.get().questions == first + rest
    assert "2 of 3" in account.get(URL).text


def test_what_the_account_had_answered_before_was_no_unseen_question(ada, gus, springs, reviewer):
    account = reviewer(ada).takes(springs.quiz, *["Wrong"] * 8)
    guest = checks_answered(reviewer(gus), springs, "Right", "Right").on(7)
    answers(guest, "Right", "Right", "Right")
    merge(guest=gus, account=ada)
    assert "nothing to ask" in account.on(8).get(URL).text


def test_it_is_deleted_with_the_learner(done):
    answers(done.on(7), "Right")
    done.user.delete()
    assert not DelayedCheck.objects.exists()


def test_a_check_added_to_the_lesson_later_leaves_the_result(done, springs):
    answers(done.on(7), "Right", "Right", "Right")
    make.question(collection=springs.course.collection, key="c2", text="What of c2?")
    springs.text += "\n\n:::check c2\n"
    springs.save()
    derive(lesson=springs)
    publish(quiz=springs.checks)
    assert "3 of 3" in done.on(20).get(URL).text
