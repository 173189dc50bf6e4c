from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizzes.engine.document import Hint, Option, Question
from quizzes.engine.fields import Paper, Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws
from tests.quizzes.engine.kinds.rows import tries_that_could_fail

ORDERING = KINDS["ordering"]
PLACES, ALL = "places", "all_or_nothing"
MARKS = [
    ("01", "", 1),
    ("10", "", 0),
    ("012", "", 1),
    ("021", "", 0),
    ("120", "", 1 / 2),
    ("201", "", 1 / 2),
    ("210", "", 0),
    ("0123", "neighbours", 1),
    ("1230", "neighbours", 2 / 3),
    ("3012", "neighbours", 2 / 3),
    ("2301", "neighbours", 2 / 3),
    ("0132", "neighbours", 1 / 3),
    ("1032", "neighbours", 0),
    ("3210", "neighbours", 0),
    ("0213", "neighbours", 0),
    ("12340", "neighbours", 3 / 4),
    ("0123", PLACES, 1),
    ("1230", PLACES, 0),
    ("0132", PLACES, 1 / 2),
    ("0213", PLACES, 1 / 2),
    ("1032", PLACES, 0),
    ("3210", PLACES, 0),
    ("0312", PLACES, 1 / 4),
    ("210", PLACES, 1 / 3),
    ("04231", PLACES, 3 / 5),
    ("0123", ALL, 1),
    ("0132", ALL, 0),
    ("1230", ALL, 0),
    ("3210", ALL, 0),
    ("01", ALL, 1),
    ("10", ALL, 0),
]


def question(count: int, marking: str = "") -> Question:
    options = tuple(Option(f"Row {n}", feedback=f"Why {n}") for n in range(count))
    return Question("q", "ordering", "Which comes first?", options, marking=marking)


def sent(*places: str) -> dict[str, list[str]]:
    """What a form sends with these numbers in the rows, in the author's order."""
    return {f"answer-{laws.HAND.token(f'Row {n}')}": [place] for n, place in enumerate(places)}


@pytest.mark.parametrize(("rows", "marking", "fraction"), MARKS)
def test_an_answer_earns_its_fraction(rows, marking, fraction):
    assert ORDERING.mark(question(len(rows), marking), [int(row) for row in rows]) == pytest.approx(fraction)


def test_each_place_is_a_part_and_feedback_speaks_of_rows_out_of_place():
    assert ORDERING.parts(question(4), [0, 3, 2, 1]) == (1, 0, 1, 0)
    assert ORDERING.touched(question(4), [0, 3, 2, 1]) == [1, 3]
    assert not ORDERING.speaks_early


PROBLEMS = [
    (["Up", "Down"], []),
    (["Up"], ["It needs at least 2 rows."]),
    ([], ["It needs at least 2 rows."]),
    (["Up", "Down", " up"], ["Two rows have the same text."]),
    (["Up", "Down", " "], ["An option has no text."]),
]


@pytest.mark.parametrize(("texts", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(texts, problems):
    asked = Question("q", "ordering", "Which comes first?", tuple(map(Option, texts)))
    assert [str(problem) for problem in ORDERING.problems(asked)] == problems


def test_a_credit_a_rule_of_another_kind_or_a_hint_that_clears_is_a_problem():
    asked = replace(question(2, "each"), options=(Option("Up", 1), Option("Down")), hints=(Hint(clear_wrong=True),))
    assert [str(problem) for problem in ORDERING.problems(asked)] == [
        "Its rows count alike: leave the credit of every option at 0.",
        "Questions of this kind are not marked by the rule that is chosen.",
        "A hint can not take out what is wrong in an answer of this kind.",
    ]


@pytest.mark.parametrize(
    ("places", "read"),
    [
        (("1", "2", "3"), [0, 1, 2]),
        (("3", "1", "2"), [1, 2, 0]),
        (("2", "3", "1"), [2, 0, 1]),
        ((" 3 ", "2", "1"), [2, 1, 0]),
    ],
)
def test_numbers_are_read_as_an_order_of_the_options(places, read):
    assert ORDERING.field.read(question(3), laws.HAND, sent(*places)) == read


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Give every row a place: a whole number from 1 to 3"),
        ({"answer": ["1", "2", "3"]}, "Give every row"),
        (sent("1", "2"), "Give every row"),
        (sent("1", "2", ""), "Give every row"),
        (sent("1", "2", "4"), "Give every row"),
        (sent("0", "1", "2"), "Give every row"),
        (sent("1", "2", "2.5"), "Give every row"),
        (sent("1", "2", "²"), "Give every row"),
        (sent("1", "1", "x"), "Give every row"),
        (sent("2", "1", "2"), "More than one row has place 2. Give each row another, from 1 to 3"),
        (sent("1", "1", "1"), "More than one row has place 1."),
    ],
)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        ORDERING.field.read(question(3), laws.HAND, form)


def test_every_place_that_is_taken_twice_is_named():
    with pytest.raises(Unreadable, match=r"has place 1, 4\."):
        ORDERING.field.read(question(5), laws.HAND, sent("4", "1", "2", "4", "1"))


@pytest.mark.parametrize("marking", ORDERING.markings)
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_the_guessing_score_is_the_mean_over_all_orders(count, marking):
    asked = question(count, marking)
    marks = [ORDERING.mark(asked, list(order)) for order in permutations(range(count))]
    assert ORDERING.guess(asked) == pytest.approx(sum(marks) / len(marks))


@pytest.mark.parametrize("marking", ORDERING.markings)
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_try_that_could_not_fail_is_not_offered(count, marking):
    asked = question(count, marking)

    def earned(order, right):
        return ORDERING.mark(asked, [right.index(row) for row in order])

    assert ORDERING.tries(asked, 3) == tries_that_could_fail(list(permutations(range(count))), earned, 3)


def test_an_answer_in_words():
    assert ORDERING.field.say(question(3), [2, 0, 1]) == "1. Row 2; 2. Row 0; 3. Row 1"


def test_rows_are_shuffled_on_the_page_and_the_same_on_paper():
    asked = question(3)
    hands = [Hand(str(n), 0) for n in range(60)]
    shown = [tuple(row.text for row in ORDERING.field.show(asked, hand, Seen()).rows) for hand in hands]
    assert len(set(shown)) == 6
    assert [ORDERING.field.paper(asked, hand) for hand in hands] == [Paper(rows=texts) for texts in shown]


def rows(seen: Seen) -> list[tuple[str, str, str]]:
    """Number of the row, what its field says and its state, from top to bottom."""
    shown = ORDERING.field.show(question(3), laws.HAND, seen)
    assert [row.token for row in shown.rows] == [laws.HAND.token(row.text) for row in shown.rows]
    return [(row.text.removeprefix("Row "), row.place, row.state) for row in shown.rows]


DEALT = [str(number) for number in laws.HAND.order(["Row 0", "Row 1", "Row 2"])]
AGAIN = [("0", "1", ""), ("2", "2", ""), ("1", "3", "")]
TOLD = [("0", "1", "right"), ("2", "2", "wrong"), ("1", "3", "wrong")]


def seen(**changes) -> Seen:
    return Seen(**{"answers": ([0, 2, 1],), "parts": (1.0, 0.0, 0.0), **changes})


SHOWN = [
    ("as dealt, before an answer", Seen(), [(row, str(place), "") for place, row in enumerate(DEALT, 1)]),
    ("as answered, while it is open", seen(), AGAIN),
    ("right and wrong when settled", seen(settled=True), TOLD),
    ("no states where the mark is not told", seen(settled=True, parts=None, right=[0, 1, 2]), AGAIN),
    ("an order that was filled in", seen(sent=sent("2", "3", "1")), [("2", "1", ""), ("0", "2", ""), ("1", "3", "")]),
    (
        "numbers that could not be read",
        seen(sent=sent("x", "2", "2")),
        [("2", "2", ""), ("1", "2", ""), ("0", "x", "")],
    ),
    ("the answer, not a form, once settled", seen(settled=True, parts=None, sent={}), AGAIN),
]


@pytest.mark.parametrize(("shown", "expected"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_rows_show(shown, expected):
    assert rows(shown) == expected


RIGHT = ("Row 0", "Row 1", "Row 2")


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        (seen(settled=True, right=[0, 1, 2]), RIGHT),
        (Seen(settled=True, right=[0, 1, 2]), RIGHT),
        (Seen(answers=([0, 1, 2],), parts=(1, 1, 1), settled=True, right=[0, 1, 2]), ()),
        (seen(settled=True), ()),
        (seen(), ()),
    ],
)
def test_the_right_order_is_shown_where_it_may_be_told_and_is_another(shown, right):
    assert ORDERING.field.show(question(3), laws.HAND, shown).right == right


questions = st.builds(question, st.integers(2, 6), st.sampled_from(["", *ORDERING.markings]))
laws_about_forms = questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked)))


@given(laws_about_forms, st.randoms())
def test_turning_the_key_changes_nothing_that_is_shown(case, random):
    asked, form = case
    order = random.sample(range(len(asked.options)), len(asked.options))
    other = replace(asked, options=tuple(asked.options[number] for number in order))
    texts = [option.text for option in asked.options]
    random.shuffle(texts)

    def shown(one: Question) -> list:
        answer = [[option.text for option in one.options].index(text) for text in texts]
        parts = ORDERING.parts(one, answer)
        states = [Seen(), Seen(sent=form), Seen(answers=(answer,)), Seen(answers=(answer,), parts=parts)]
        return [ORDERING.field.show(one, laws.HAND, state) for state in states]

    assert shown(asked) == shown(other)
    assert ORDERING.field.paper(asked, laws.HAND) == ORDERING.field.paper(other, laws.HAND)
    assert ORDERING.tries(asked, 3) == ORDERING.tries(other, 3)


@given(laws_about_forms)
def test_any_form_gives_an_answer_or_a_message(case):
    laws.any_form_gives_an_answer_or_a_message(*case)


@given(questions)
def test_the_correct_answer_earns_everything(asked):
    laws.the_correct_answer_earns_everything(asked)


@given(questions, st.randoms())
def test_an_order_that_is_filled_in_comes_back(asked, random):
    places = [str(place) for place in random.sample(range(1, len(asked.options) + 1), len(asked.options))]
    answer = ORDERING.field.read(asked, laws.HAND, sent(*places))
    shown = ORDERING.field.show(asked, laws.HAND, Seen(answers=(answer,)))
    assert {f"answer-{row.token}": [row.place] for row in shown.rows} == sent(*places)
