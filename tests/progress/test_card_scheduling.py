"""From answers to a memory: which answers count, and as what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from progress import scheduling
from progress.scheduling import Answer
from tests.cases import cases

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def answer(*, at=NOON, sitting="edition 1", try_number=1, fraction=1.0, **fields) -> Answer:
    return Answer(at=at, sitting=sitting, try_number=try_number, fraction=fraction, **fields)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.mark.parametrize(
    ("given", "rating"),
    [
        (answer(fraction=0.0), Rating.Again),
        (answer(fraction=0.0, confidence=3, took=seconds(5)), Rating.Again),
        (answer(fraction=0.49), Rating.Again),
        (answer(fraction=0.5), Rating.Hard),
        (answer(fraction=0.99), Rating.Hard),
        (answer(), Rating.Good),
        (answer(hints=1), Rating.Hard),
        (answer(hints=2, confidence=3, took=seconds(5)), Rating.Hard),
        (answer(try_number=2), Rating.Hard),
        (answer(try_number=7, is_final=True), Rating.Good),
        (answer(confidence=3), Rating.Good),
        (answer(confidence=3, took=seconds(21)), Rating.Good),
        (answer(confidence=3, took=seconds(20)), Rating.Easy),
        (answer(confidence=2, took=seconds(5)), Rating.Good),
        (answer(took=seconds(5)), Rating.Good),
        (answer(knew=True), Rating.Good),
        (answer(knew=True, took=seconds(5)), Rating.Easy),
        (answer(knew=True, confidence=1, took=seconds(5)), Rating.Easy),
        (answer(knew=True, hints=1, took=seconds(5)), Rating.Hard),
        (answer(knew=True, fraction=0.0), Rating.Again),
        (answer(knew=False), Rating.Again),
        (answer(knew=False, confidence=3, took=seconds(5)), Rating.Again),
    ],
)
def test_an_answer_earns_a_rating(given, rating):
    assert scheduling.rating(given) == rating


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer(fraction=0.0, confidence=3), True),
        (answer(fraction=0.0, confidence=2), False),
        (answer(fraction=0.0, knew=True), True),
        (answer(fraction=0.0, confidence=3, knew=False), False),
        (answer(confidence=3), False),
        (answer(confidence=3, knew=False), False),
    ],
)
def test_a_mistake_of_somebody_who_was_sure_is_noted(given, expected):
    assert scheduling.remembered([given]).sure_but_wrong is expected


def test_a_later_right_answer_takes_the_note_away():
    later = answer(at=NOON + timedelta(days=1))
    assert not scheduling.remembered([answer(fraction=0.0, confidence=3), later]).sure_but_wrong


def test_the_last_of_several_tries_settles_a_review():
    tries = [answer(fraction=0.0), answer(at=NOON + seconds(30), try_number=2, fraction=0.5)]
    assert scheduling.reviews(tries) == [tries]
    right = answer(at=NOON + seconds(60), try_number=3)
    assert scheduling.reviews([*tries, right]) == [[*tries, right]]
    assert scheduling.remembered([*tries, right]) == scheduling.remembered([answer(try_number=2)])


def test_a_mistake_of_somebody_who_was_sure_stays_noted_when_the_next_try_is_right():
    tries = [answer(fraction=0.0, confidence=3), answer(at=NOON + seconds(30), try_number=2)]
    assert scheduling.remembered(tries).sure_but_wrong


def test_a_try_on_another_day_is_a_review_of_its_own():
    tries = [answer(fraction=0.0), answer(at=NOON + timedelta(days=2), try_number=2)]
    assert scheduling.reviews(tries) == [tries[:1], tries[1:]]
    assert [scheduling.rating(one) for one in tries] == [Rating.Again, Rating.Hard]


def test_the_day_is_that_of_utc():
    tehran = datetime.fromisoformat("2026-05-02T01:00:00+03:30")
    assert scheduling.remembered([answer(at=tehran)]).reviewed_on == date(2026, 5, 1)


def test_the_same_edition_again_on_the_same_day_is_no_further_review():
    again = answer(at=NOON + timedelta(hours=2), fraction=0.0)
    assert scheduling.reviews([answer(), again]) == [[answer()]]


def test_another_edition_on_the_same_day_is():
    other = answer(at=NOON + timedelta(hours=2), sitting="edition 2")
    assert scheduling.reviews([answer(), other]) == [[answer()], [other]]


def test_the_last_answer_of_an_exam_counts_though_it_took_days():
    changes = [
        answer(at=NOON + timedelta(days=day), sitting="attempt 1", try_number=day + 1, fraction=day / 2, is_final=True)
        for day in range(3)
    ]
    assert scheduling.reviews(changes) == [changes[2:]]


def test_no_answers_leave_nothing():
    assert scheduling.remembered([]) is None


@pytest.mark.parametrize(("retention", "days"), [(0.97, 1), (0.9, 2), (0.8, 8)])
def test_who_wants_to_know_less_reviews_later(retention, days):
    memory = scheduling.remembered([answer()])
    assert scheduling.due(memory, retention) == memory.reviewed_on + timedelta(days=days)


def test_it_is_not_due_on_the_day_of_the_review():
    wrong = [answer(at=NOON + timedelta(days=day), fraction=0.0) for day in range(30)]
    memory = scheduling.remembered(wrong)
    assert scheduling.due(memory, 0.97) == memory.reviewed_on + timedelta(days=1)


answers = st.builds(
    Answer,
    at=st.integers(0, 60 * 24 * 90).map(lambda minute: NOON + timedelta(minutes=minute)),
    sitting=st.sampled_from(["edition 1", "edition 2", "attempt 3"]),
    try_number=st.integers(1, 3),
    fraction=st.sampled_from([0.0, 0.4, 0.5, 1.0]),
    hints=st.integers(0, 1),
    confidence=st.integers(0, 3),
    knew=st.sampled_from([None, True, False]),
    took=st.sampled_from([None, seconds(5), seconds(60)]),
    is_final=st.booleans(),
)


@cases(1000)
@given(history=st.lists(answers, max_size=7), data=st.data())
def test_histories_put_together_in_any_order_and_twice_come_to_the_same(history, data):
    """What merging guests rests on: an account's history and those of guests, in whichever order they come."""
    mixed = data.draw(st.permutations(history))
    cut = data.draw(st.integers(0, len(history)))
    again = [*mixed[cut:], *mixed[:cut], *mixed[:cut]]
    assert scheduling.remembered(again) == scheduling.remembered(history)


@cases(300)
@given(history=st.lists(answers, min_size=1, max_size=12))
def test_a_memory_is_always_a_sensible_one(history):
    memory = scheduling.remembered(history)
    assert memory.stability >= 0.001
    assert 1 <= memory.difficulty <= 10
    assert memory.reviewed_on == max(tries[-1].on for tries in scheduling.reviews(history))
    dues = [scheduling.due(memory, retention) for retention in (0.97, 0.9, 0.8)]
    assert memory.reviewed_on < dues[0] <= dues[1] <= dues[2]
    assert 0 < scheduling.recall(memory, dues[2]) <= scheduling.recall(memory, memory.reviewed_on) == 1
