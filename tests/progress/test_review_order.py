"""In which order cards come up, and how many on which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.ordering import forecast, in_order
from tests.cases import cases

TODAY = date(2026, 5, 1)


@dataclass(frozen=True)
class Card:
    name: str
    recall: float
    topic: str = "springs"
    sure_but_wrong: bool = False


def names(cards, last="") -> str:
    return " ".join(card.name for card in in_order(cards, last))


def test_what_is_most_likely_forgotten_comes_first():
    assert names([Card("a", 0.9), Card("b", 0.5), Card("c", 0.7)]) == "b c a"


def test_topics_take_turns():
    cards = [Card("a", 0.1, "x"), Card("b", 0.2, "x"), Card("c", 0.3, "x"), Card("d", 0.8, "y"), Card("e", 0.9, "z")]
    assert names(cards) == "a d b e c"


def test_of_equals_the_topic_with_most_left_comes_first_so_that_they_last():
    assert names([Card(name, 0.5, name[0]) for name in ("a1", "b1", "b2", "c1", "c2", "c3")]) == "c1 b1 c2 a1 b2 c3"


def test_the_topic_of_the_last_answer_waits():
    assert names([Card("a", 0.1, "x"), Card("b", 0.9, "y")], last="x") == "b a"


def test_what_is_left_of_one_topic_comes_all_the_same():
    assert names([Card("a", 0.1, "x"), Card("b", 0.2, "x")], last="x") == "a b"


def test_confident_mistakes_come_before_all_else():
    cards = [Card("a", 0.1, "x"), Card("b", 0.99, "x", sure_but_wrong=True), Card("c", 0.98, "y", sure_but_wrong=True)]
    assert names(cards, last="y") == "b c a"


cards = st.builds(
    Card, st.text("abc", max_size=3), st.floats(0, 1), topic=st.sampled_from("xyz"), sure_but_wrong=st.booleans()
)


@cases(300)
@given(waiting=st.lists(cards, max_size=15))
def test_nothing_is_left_out_and_no_topic_comes_twice_while_another_waits(waiting):
    ordered = list(in_order(waiting))
    assert sorted(ordered, key=repr) == sorted(waiting, key=repr)
    for place, (one, following) in enumerate(pairwise(ordered)):
        rest = [card for card in ordered[place + 1 :] if card.sure_but_wrong == following.sure_but_wrong]
        assert one.topic != following.topic or all(card.topic == one.topic for card in rest)


def loads(days, **settings) -> list[int]:
    dates = [TODAY + timedelta(days=number) for number in days]
    return [load.cards for load in forecast(dates, today=TODAY, length=5, **{"cap": 50, **settings})]


@pytest.mark.parametrize(
    ("days", "settings", "expected"),
    [
        ([], {}, [0, 0, 0, 0, 0]),
        ([0, 1, 1, 4, 5], {}, [1, 2, 0, 0, 1]),
        ([-9, -1, 0], {}, [3, 0, 0, 0, 0]),
        ([0] * 7, {"cap": 3}, [3, 3, 1, 0, 0]),
        ([0] * 7, {"cap": 3, "done": 2}, [1, 3, 3, 0, 0]),
        ([0, 1], {"cap": 3, "done": 9}, [0, 2, 0, 0, 0]),
    ],
)
def test_the_forecast_counts_what_comes_up_on_each_day(days, settings, expected):
    assert loads(days, **settings) == expected
