"""Questions of one's own in the daily review, among all others."""

from datetime import timedelta

import pytest
import time_machine

from accounts.guests import merge
from accounts.models import User
from progress import cards, own_questions
from progress.models import Card, Highlight, OwnAnswer
from quizzes.models import Attempt, Edition, Question, Response
from tests import make
from tests.conftest import HTMX
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.pages import filled_somehow
from tests.progress.conftest import NOON, day, quiz_of
from tests.progress.notes import rewrite

pytestmark = pytest.mark.usefixtures("lesson")
TEXT = "Water runs downhill. It starts in a spring."


def own_card(learner, lesson, quote: str = "downhill", *, text: str = "Water runs downhill.") -> Card:  # noqa: F811
    """Made on day 0."""
    with time_machine.travel(NOON, tick=False):
        start = TEXT.find(quote)
        made = Highlight.objects.create(
            learner=learner, lesson=lesson, address="start", quote=quote, place=start, prefix=TEXT[:start][-64:]
        )
        blank = (text.index(quote), text.index(quote) + len(quote))
        return own_questions.ask(highlight=made, text=text, blanks=[blank])


@pytest.fixture
def card(ada, lesson) -> Card:  # noqa: F811
    return own_card(ada, lesson)


def answers(reviewer, text: str):
    form = reviewer.form()
    return reviewer.post(form["action"], filled_somehow(form, text), follow=True)


def test_it_comes_up_the_next_day_as_a_text_with_a_blank(ada_reviews, card):
    assert "Nothing is due today." in ada_reviews.get().text
    text = ada_reviews.on(1).get().text
    assert "1 due today" in text
    assert "Fill in the blanks." in text
    assert "your own question" in text
    assert "downhill" not in text


def test_a_right_answer_moves_it_and_shows_the_passage_and_what_that_stands_on(ada_reviews, card, lesson):  # noqa: F811
    Highlight.objects.update(note="Remember this.")
    text = answers(ada_reviews.on(1), "downhill").text
    assert "Right." in text
    assert f"<blockquote>{TEXT}</blockquote>" in text
    assert "Remember this." in text
    assert f"{lesson.get_absolute_url()}#passage-start" in text
    assert "/courses/rivers/claims/downhill/" in text
    card.refresh_from_db()
    assert card.due_on > day(3)
    assert f"Again on {card.due_on.day} May" in text
    assert "Done for today" in ada_reviews.get().text


def test_a_wrong_answer_shows_what_is_right_and_comes_up_again_soon(ada_reviews, card):
    text = answers(ada_reviews.on(1), "uphill").text
    assert "Not right." in text
    assert "right answer:" in text
    assert ada_reviews.user.cards.get().due_on == day(2)


def test_it_is_scheduled_as_fsrs_does_with_all_other_cards(ada_reviews, card, brook):
    """The same answers on the same days give the same card, but for the first: making it counts as a hard one."""
    for on in (1, 6):
        answers(ada_reviews.on(on), "downhill")
    made, *given = cards._own_history(cards._own_questions(ada_reviews.user, None)[0])
    assert (made.at, made.fraction) == (NOON, 0.5)
    assert [one.on for one in given] == [day(1), day(6)]
    card.refresh_from_db()
    assert card.reviewed_on == day(6)
    memory = cards.scheduling.remembered([made, *given])
    assert (card.stability, card.difficulty) == (memory.stability, memory.difficulty)


def test_an_empty_answer_is_an_error_and_no_answer(ada_reviews, card):
    form = ada_reviews.on(1).form()
    response = ada_reviews.post(form["action"], filled_somehow(form, ""))
    assert response.status_code == 422
    assert "Fill in at least one blank first." in response.text
    assert not OwnAnswer.objects.exists()


def test_what_is_too_long_is_an_error_too(ada_reviews, card):
    form = ada_reviews.on(1).form()
    assert ada_reviews.post(form["action"], filled_somehow(form, "x" * 501)).status_code == 422


def test_a_double_click_counts_once_and_the_first_answer_stands(ada_reviews, card):
    form = ada_reviews.on(1).form()
    first = ada_reviews.post(form["action"], filled_somehow(form, "downhill"))
    second = ada_reviews.post(form["action"], filled_somehow(form, "uphill"))
    assert first["Location"] == second["Location"]
    assert OwnAnswer.objects.get().fraction == 1


def test_htmx_gets_the_part_of_the_page(ada_reviews, card):
    form = ada_reviews.on(1).form()
    text = ada_reviews.post(form["action"], filled_somehow(form, "downhill"), headers=HTMX, follow=True).text
    assert text.lstrip().startswith('<div id="review"')


def test_it_leaves_no_trace_in_the_bank_and_among_responses(ada_reviews, card):
    before = [model.objects.count() for model in (Question, Edition, Attempt, Response)]
    answers(ada_reviews.on(1), "downhill")
    assert [model.objects.count() for model in (Question, Edition, Attempt, Response)] == before


@pytest.mark.parametrize(("knew", "sooner"), [("1", False), ("0", True)])
def test_one_can_say_that_one_knew_it_or_was_guessing(ada_reviews, card, knew, sooner):
    answers(ada_reviews.on(1), "downhill")
    before = ada_reviews.user.cards.get().due_on
    given = OwnAnswer.objects.get()
    response = ada_reviews.post(f"/review/answered/own/{given.pk}/hindsight/", {"knew": knew})
    assert response["Location"] == "/review/"
    assert (ada_reviews.user.cards.get().due_on < before) is sooner
    assert ada_reviews.post(f"/review/answered/own/{given.pk}/hindsight/", {"knew": "x"}).status_code == 400


def test_right_sure_and_quick_is_easy(ada_reviews, card, brook):
    ada_reviews.on(1).takes(brook, "Right")
    answers(ada_reviews.after(seconds=10), "downhill")
    good = ada_reviews.user.cards.get(own=card.own).due_on
    ada_reviews.post(f"/review/answered/own/{OwnAnswer.objects.get().pk}/hindsight/", {"knew": "1"})
    assert ada_reviews.user.cards.get(own=card.own).due_on > good


def test_it_can_be_put_off_and_set_aside(ada_reviews, card):
    ada_reviews.on(1).post(f"/review/{card.pk}/bury/")
    assert ada_reviews.form() is None
    assert ada_reviews.on(2).form()
    ada_reviews.post(f"/review/{card.pk}/suspend/")
    assert ada_reviews.form() is None
    assert "set its question aside" in ada_reviews.get(f"/notes/{card.own.highlight_id}/").text
    ada_reviews.post("/review/resume/")
    assert ada_reviews.form()


def test_it_takes_turns_with_questions_of_other_lessons(ada_reviews, lesson, card, brook):  # noqa: F811
    """Those of one lesson do not follow on each other, whoever made them."""
    own_card(ada_reviews.user, lesson, "spring", text="It starts in a spring.")
    ada_reviews.on(0).takes(brook, "Wrong", "Wrong")
    ada_reviews.on(1)
    asked = []
    while form := ada_reviews.after(seconds=30).form():
        asked.append("own" if form["typed"] else "brook")
        if form["typed"]:
            ada_reviews.post(form["action"], filled_somehow(form, "spring"))
        else:
            ada_reviews.reviews("Right")
    assert sorted(asked) == ["brook", "brook", "own", "own"]
    assert asked[0] != asked[1]
    assert asked[1] != asked[2]


def test_it_counts_for_the_day_and_its_cap_and_the_forecast(ada_reviews, card, brook):
    assert "Sat, 2 May" in ada_reviews.get().text
    ada_reviews.takes(brook, "Wrong")
    answers(ada_reviews.on(1), "downhill") if ada_reviews.on(1).form()["typed"] else ada_reviews.reviews("Right")
    assert "1 due today" in ada_reviews.get().text
    answers(ada_reviews, "downhill") if ada_reviews.form()["typed"] else ada_reviews.reviews("Right")
    assert "You answered 2 questions today, 2 of them right." in ada_reviews.get().text


def test_it_pauses_while_its_highlight_is_deleted(ada_reviews, card):
    ada_reviews.on(1).post(f"/notes/{card.own.highlight_id}/delete/")
    assert ada_reviews.form() is None
    ada_reviews.post(f"/notes/{card.own.highlight_id}/restore/")
    assert ada_reviews.form()


def test_it_pauses_with_a_retired_course_and_not_with_a_retired_lesson(ada_reviews, card, lesson):  # noqa: F811
    lesson.retired = True
    lesson.save()
    assert ada_reviews.on(1).form()
    lesson.course.retired = True
    lesson.course.save()
    assert ada_reviews.form() is None


def test_it_works_from_its_own_text_when_the_passage_is_gone(ada_reviews, card, lesson):  # noqa: F811
    rewrite(lesson, lesson.text, "All is new. {#start}")
    text = answers(ada_reviews.on(1), "downhill").text
    assert "Right." in text
    assert "The text has changed since you marked this" in text
    assert "<blockquote>downhill</blockquote>" in text


def test_an_answer_to_a_question_that_was_changed_meanwhile_is_not_taken(ada_reviews, card):
    form = ada_reviews.on(1).form()
    ada_reviews.does(
        lambda: own_questions.ask(highlight=card.own.highlight, text="Water runs downhill.", blanks=[(0, 5)])
    )
    assert ada_reviews.post(form["action"], filled_somehow(form, "downhill")).status_code == 404
    assert not OwnAnswer.objects.exists()


def test_a_card_of_ones_own_answers_no_question_of_the_bank_and_the_other_way_round(ada_reviews, card, brook):
    ada_reviews.takes(brook, "Wrong").on(1)
    bank = ada_reviews.user.cards.get(own=None)
    edition = brook.editions.get().pk
    for pk, named in ((card.pk, edition + 1000), (bank.pk, card.own_id + 1000)):
        form = {"edition": named, "slot": 0, "try_number": 1, "answer": "x"}
        assert ada_reviews.post(f"/review/{pk}/{day(1)}/answer/", form).status_code == 409


@pytest.mark.parametrize("path", ["", "hindsight/"])
def test_nobody_else_sees_or_touches_it(ada_reviews, eve, reviewer, card, path):
    answers(ada_reviews.on(1), "downhill")
    given = OwnAnswer.objects.get()
    eve_reviews = reviewer(eve).on(1)
    method = eve_reviews.post if path else eve_reviews.get
    assert method(f"/review/answered/own/{given.pk}/{path}").status_code == 404
    assert eve_reviews.post(f"/review/{card.pk}/bury/").status_code == 404
    form = {"edition": card.own_id, "slot": 0, "try_number": 1, "answer": "x"}
    assert eve_reviews.post(f"/review/{card.pk}/{day(1)}/answer/", form).status_code == 404


def test_answers_to_questions_of_the_bank_before_it_are_not_missed(ada_reviews, lesson, brook):  # noqa: F811
    """Its card is newer than they are."""
    ada_reviews.takes(brook, "Wrong")
    Card.objects.all().delete()
    ada_reviews.after(hours=-5)
    own_card(ada_reviews.user, lesson)
    ada_reviews.user.responses.update(answered_at=NOON - timedelta(hours=2))
    cards.sync(learner=ada_reviews.user)
    assert set(ada_reviews.user.cards.values_list("own", flat=True)) == {None, Highlight.objects.get().question.pk}


def test_rebuilding_keeps_it(ada_reviews, card):
    answers(ada_reviews.on(1), "downhill")
    before = Card.objects.values().get()
    cards.replay(learner=ada_reviews.user)
    assert Card.objects.values().get() == before


def test_the_review_costs_the_same_with_questions_of_ones_own(ada_reviews, lesson, card, django_assert_max_num_queries):  # noqa: F811
    ada_reviews.on(1).get()
    with django_assert_max_num_queries(14):
        ada_reviews.get()
    for number in range(10):
        own_card(ada_reviews.user, lesson, "spring", text=f"{number}: it starts in a spring.")
    with django_assert_max_num_queries(14):
        assert "11 due today" in ada_reviews.get().text


def test_the_plan_reckons_with_it(ada_reviews, card):
    assert ada_reviews.get("/review/plan/").status_code == 200
    response = ada_reviews.post(
        "/review/plan/",
        {"retention": "80", "session_size": "10", "daily_cap": "50", "exam_on": "", "exam_target": "95"},
    )
    assert response.status_code == 302
    assert ada_reviews.user.cards.get().own == card.own
    assert ada_reviews.user.cards.get().due_on > day(1)


def test_a_guests_highlights_questions_and_answers_become_the_accounts(ada, gus, reviewer, lesson):  # noqa: F811
    own = own_card(gus, lesson)
    gus_reviews = reviewer(gus).on(1)
    answers(gus_reviews, "downhill")
    gus_reviews.user.cards.get().suspend()
    before = Card.objects.values("due_on", "stability", "own", "suspended").get()
    merge(guest=gus, account=ada)
    assert ada.highlights.get() == own.own.highlight
    assert ada.cards.values("due_on", "stability", "own", "suspended").get() == before
    assert OwnAnswer.objects.get().question.learner == ada


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_in_whichever_order_guests_are_merged(ada, lesson, order):  # noqa: F811
    guests = {name: User.objects.guest(name) for name in ("one", "two")}
    for learner, quote in ((ada, "downhill"), (guests["one"], "downhill"), (guests["two"], "spring")):
        own_card(learner, lesson, quote, text=TEXT)
    for name in order:
        assert merge(guest=guests[name], account=ada)
        assert not merge(guest=guests[name], account=ada)
    assert sorted(ada.highlights.values_list("quote", flat=True)) == ["downhill", "downhill", "spring"]
    assert ada.own_questions.count() == 3
    assert ada.cards.filter(due_on=day(1)).count() == 3
    assert Card.objects.count() == 3


def test_all_of_it_goes_with_its_learner(ada_reviews, card):
    answers(ada_reviews.on(1), "downhill")
    ada_reviews.user.delete()
    assert not OwnAnswer.objects.exists()
    assert not Card.objects.exists()


def test_questions_of_ones_own_do_not_touch_those_of_the_bank(ada_reviews, lesson, card, rivers_quiz):  # noqa: F811
    ada_reviews.takes(rivers_quiz, "Right")
    assert ada_reviews.user.cards.filter(own=None).get().due_on == day(2)


@pytest.fixture
def rivers_quiz(lesson):  # noqa: F811
    return quiz_of(lesson.course.collection, "delta", "d0")


@pytest.fixture
def brook(db):
    """Of another course than the lesson: three questions."""
    return quiz_of(make.collection(slug="lakes"), "brook", *(f"q{number}" for number in range(3)))
