"""Marking by hand: the verb, and what the learner sees of it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.marking import NotMarkable, hand_marks_of, mark_by_hand
from quizzes.models import HandMark, Response
from tests import make
from tests.pages import question_forms

RUBRIC = (("Names two treaties", 0.4, "Both, with their years."), ("Weighs them", 0.6, "What a party must do."))


def essay(rivers, key: str = "essay"):
    return make.question(collection=rivers, key=key, kind="essay", text="What binds?", options=RUBRIC)


def quiz(rivers, *questions, **fields):
    return make.quiz(collection=rivers, slug="essays", questions=questions or [essay(rivers)], **fields)


@pytest.fixture
def write(ada_client, take):
    """Ada writes an essay at a place of a quiz, through its page."""

    def write(quiz, text: str = "It binds.", place: int = 1, **changes) -> Response:
        taker = take(quiz, ada_client)
        form = taker.form(place)
        sent = {**form["hidden"], "answer": text, **changes}
        assert ada_client.post(form["action"], sent, follow=True).status_code == 200
        return Response.objects.latest("pk")

    return write


@pytest.fixture
def finish(ada_client, take):
    return lambda quiz: take(quiz, ada_client).finish()


@pytest.fixture
def written(rivers, write) -> Response:
    return write(quiz(rivers))


def marks(response: Response) -> tuple[Decimal | None, Decimal, Decimal]:
    """Its fraction, its mark and its attempt's."""
    fresh = Response.objects.select_related("attempt").get(pk=response.pk)
    return fresh.fraction, fresh.mark, fresh.attempt.mark


def test_an_essay_waits_for_a_mark(written):
    assert marks(written) == (None, 0, 0)


def test_a_mark_counts_for_the_response_and_the_attempt(written, tom):
    given = mark_by_hand(response=written, credits=[1, 0.5], comment="Weigh more.", by=tom)
    assert marks(written) == (Decimal("0.7"), Decimal("0.7"), Decimal("0.7"))
    assert (given.credits, given.comment, given.marked_by) == ([1, 0.5], "Weigh more.", tom)


def test_the_weight_of_the_slot_counts(rivers, write, tom):
    asked = quiz(rivers, published=False)
    asked.slots.update(weight=4)
    make.publish(quiz=asked)
    written = write(asked)
    mark_by_hand(response=written, credits=[1, 0.5], comment="", by=tom)
    assert marks(written) == (Decimal("0.7"), Decimal("2.8"), Decimal("2.8"))


def test_another_mark_takes_the_place_of_the_first(written, tom, eve):
    mark_by_hand(response=written, credits=[1, 1], comment="", by=tom)
    mark_by_hand(response=written, credits=[1, 0], comment="Read again.", by=eve)
    assert marks(written) == (Decimal("0.4"), Decimal("0.4"), Decimal("0.4"))
    assert [one.marked_by for one in written.hand_marks.all()] == [eve, tom]


def test_the_same_mark_once_more_changes_nothing(written, tom, eve):
    first = mark_by_hand(response=written, credits=[1, 0.5], comment="Good.", by=tom)
    assert mark_by_hand(response=written, credits=[1, 0.5], comment="Good.", by=eve) == first
    assert HandMark.objects.get() == first
    assert marks(written) == (Decimal("0.7"), Decimal("0.7"), Decimal("0.7"))


def test_another_comment_is_kept_and_moves_no_mark(written, tom):
    for comment in ("Good.", "Very good."):
        mark_by_hand(response=written, credits=[1, 0.5], comment=comment, by=tom)
    assert HandMark.objects.count() == 2
    assert marks(written) == (Decimal("0.7"), Decimal("0.7"), Decimal("0.7"))


def test_what_was_read_before_another_teacher_marked_does_no_harm(written, tom, eve):
    stale = Response.objects.get(pk=written.pk)
    mark_by_hand(response=written, credits=[1, 1], comment="", by=tom)
    mark_by_hand(response=stale, credits=[0, 0.5], comment="", by=eve)
    assert marks(written) == (Decimal("0.3"), Decimal("0.3"), Decimal("0.3"))


def test_other_answers_of_the_attempt_keep_their_marks(rivers, ada_client, take, write, tom):
    asked = quiz(rivers, make.question(collection=rivers), essay(rivers), essay(rivers, "essay-2"))
    take(asked, ada_client).answer(1, "Right")
    first, second = write(asked, place=2), write(asked, place=3)
    mark_by_hand(response=second, credits=[0.5, 0.5], comment="", by=tom)
    assert marks(first) == (None, 0, Decimal("1.5"))
    mark_by_hand(response=first, credits=[1, 1], comment="", by=tom)
    mark_by_hand(response=second, credits=[0, 0], comment="", by=tom)
    assert marks(second) == (0, 0, 2)


def test_in_an_exam_only_the_last_answer_counts(rivers, write, finish, tom):
    exam = quiz(rivers, setting="exam")
    first, last = write(exam, "A draft."), write(exam, "The text.")
    finish(exam)
    mark_by_hand(response=first, credits=[1, 1], comment="", by=tom)
    assert marks(first) == (1, 0, 0)
    mark_by_hand(response=last, credits=[1, 0], comment="", by=tom)
    assert marks(last) == (Decimal("0.4"), Decimal("0.4"), Decimal("0.4"))


def test_a_late_answer_may_be_marked_and_does_not_count(written, tom):
    Response.objects.update(late=True)
    mark_by_hand(response=written, credits=[1, 1], comment="", by=tom)
    assert marks(written) == (1, 0, 0)


@pytest.mark.parametrize(("credits", "mark"), [([1, 1], "3"), ([1, 0], "1.2"), ([0, 0], "-6")])
def test_where_confidence_counts_it_counts_here_too(rivers, write, tom, credits, mark):
    written = write(quiz(rivers, confidence="counted"), confidence="3")
    mark_by_hand(response=written, credits=credits, comment="", by=tom)
    assert marks(written)[1:] == (Decimal(mark), Decimal(mark))


@pytest.mark.parametrize(
    ("credits", "says"),
    [
        ([1, 1.1], "from 0 to 1"),
        ([-0.1, 1], "from 0 to 1"),
        ([float("nan"), 1], "from 0 to 1"),
        ([float("inf"), 1], "from 0 to 1"),
        ([1], "2 criteria, so it takes 2 credits and not 1"),
        ([1, 1, 1], "2 criteria, so it takes 2 credits and not 3"),
        ([], "2 criteria, so it takes 2 credits and not 0"),
    ],
)
def test_credits_that_do_not_fit_the_rubric_are_refused(written, tom, credits, says):
    with pytest.raises(NotMarkable, match=says):
        mark_by_hand(response=written, credits=credits, comment="", by=tom)
    assert marks(written) == (None, 0, 0)
    assert not HandMark.objects.exists()


def test_an_answer_that_a_rule_has_marked_is_refused(practice, ada_client, take, tom):
    take(practice, ada_client).answer(1, "Wrong")
    with pytest.raises(NotMarkable, match="not marked by hand"):
        mark_by_hand(response=Response.objects.get(), credits=[], comment="", by=tom)


def test_an_answer_that_can_still_be_changed_is_refused(rivers, write, tom):
    with pytest.raises(NotMarkable, match="when the attempt is finished"):
        mark_by_hand(response=write(quiz(rivers, setting="exam")), credits=[1, 1], comment="", by=tom)


def test_the_newest_mark_of_each_response_comes_in_one_query(rivers, write, tom, django_assert_num_queries):
    asked = quiz(rivers, *(essay(rivers, f"essay-{n}") for n in range(3)))
    responses = [write(asked, place=place) for place in (1, 2, 3)]
    for credits in ([0, 0], [1, 0]):
        mark_by_hand(response=responses[0], credits=credits, comment="", by=tom)
    mark_by_hand(response=responses[1], credits=[1, 1], comment="", by=tom)
    with django_assert_num_queries(1):
        found = hand_marks_of(responses)
    assert {pk: mark.credits for pk, mark in found.items()} == {responses[0].pk: [1, 0], responses[1].pk: [1, 1]}
    with django_assert_num_queries(0):
        assert hand_marks_of(responses) == found
        assert hand_marks_of([]) == {}


# What the learner sees


def result(ada_client, response: Response) -> str:
    return ada_client.get(f"/quizzes/attempts/{response.attempt_id}/").text


def test_the_result_shows_the_mark_by_criterion_with_the_comment(written, finish, ada_client, tom):
    finish(written.attempt.quiz)
    before = result(ada_client, written)
    assert "Waits for a teacher's mark." in before
    assert "Both, with their years." not in before
    mark_by_hand(response=written, credits=[1, 0.5], comment="Weigh <more>.", by=tom)
    after = result(ada_client, written)
    for words in ("Marked by a teacher.", "0.7 of 1", "Names two treaties", "40%", "100%", "60%", "50%"):
        assert words in after
    assert "Weigh &lt;more&gt;." in after
    assert "Both, with their years." in after
    assert "Waits for" not in after


@pytest.mark.parametrize(
    ("sees", "shown", "hidden"),
    [
        ({"sees_mark": "never", "sees_feedback": "after"}, ["Weigh more.", "Both, with"], ["Earned</th>", "0.7 of 1"]),
        ({"sees_mark": "after", "sees_feedback": "never"}, ["Earned</th>", "0.7 of 1"], ["Weigh more.", "Both, with"]),
        ({"sees_mark": "closed", "sees_feedback": "closed"}, [], ["Earned</th>", "Weigh more.", "Both, with"]),
    ],
)
def test_mark_and_comment_are_seen_as_the_quiz_says(rivers, write, finish, ada_client, tom, sees, shown, hidden):
    asked = quiz(rivers, setting="exam", **sees)
    written = write(asked)
    finish(asked)
    mark_by_hand(response=written, credits=[1, 0.5], comment="Weigh more.", by=tom)
    text = result(ada_client, written)
    assert [words for words in shown if words not in text] == []
    assert [words for words in hidden if words in text] == []


def statements(ada_client, response: Response) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        result(ada_client, response)
    return [query["sql"] for query in captured.captured_queries]


def test_marks_by_hand_cost_a_page_one_query_and_none_where_there_are_none(rivers, write, finish, ada_client, tom):
    asked = quiz(rivers, *(essay(rivers, f"essay-{n}") for n in range(3)))
    responses = [write(asked, place=place) for place in (1, 2, 3)]
    finish(asked)
    waiting = len(statements(ada_client, responses[0]))
    assert not any("handmark" in sql for sql in statements(ada_client, responses[0]))
    for response in responses:
        mark_by_hand(response=response, credits=[1, 0], comment="", by=tom)
    assert sum("handmark" in sql for sql in statements(ada_client, responses[0])) == 1
    assert len(statements(ada_client, responses[0])) == waiting + 1


# The pages of the kinds that are not options


def test_an_essay_is_written_in_a_text_field_and_read_as_text_once_it_is_settled(rivers, write, ada_client, take):
    asked = quiz(rivers)
    fresh = take(asked, ada_client).page(1).text
    assert '<textarea class="essay"' in fresh
    assert "How it is marked" in fresh
    assert "Hand it in" in fresh
    assert "Both, with their years." not in fresh
    write(asked, "It <binds>.\nNot much.")
    settled = take(asked, ada_client).page(1).text
    assert "<textarea" not in settled
    assert "It &lt;binds&gt;.\nNot much." in settled


def test_a_description_has_nothing_to_press_and_refuses_an_answer(rivers, ada_client, take):
    text = "Read *this*.\n\nThen answer."
    reading = make.question(collection=rivers, key="read", kind="description", text=text, options=())
    asked = quiz(rivers, reading, make.question(collection=rivers))
    page = take(asked, ada_client).page(1)
    assert "<p>Read <em>this</em>.</p>" in page.text
    assert "To read" in page.text
    assert ">Check<" not in "".join(page.text.split())
    form = question_forms(page)[0]
    assert ada_client.post(form["action"], {**form["hidden"], "answer": "x"}).status_code == 400
    assert not Response.objects.exists()


def test_a_text_with_blanks_is_filled_in_on_its_page(rivers, ada_client, take):
    text = "Rivers.\n\nThe [[name]] flows to the [[sea: choice]]."
    blanks = make.question(collection=rivers, key="blanks", kind="cloze", text=text, options=())
    for match, option, credit in (("name", "Tigris", 1), ("sea", "Gulf", 1), ("sea", "Caspian", 0)):
        blanks.options.create(match=match, text=option, credit=credit)
    asked = quiz(rivers, blanks)
    taker = take(asked, ada_client)
    page = taker.page(1).text
    assert 'aria-label="Blank 1 of 2"' in page
    assert 'aria-label="Blank 2 of 2"' in page
    assert "Tigris" not in page
    form = taker.form(1)
    assert ada_client.post(form["action"], form["hidden"]).status_code == 422
