from itertools import product

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
from tests.quizzes.engine.kinds.rows import answer, pairs, sent, some_pairs, tries_that_could_fail, turned

MATCHING = KINDS["matching"]
ALL = "all_or_nothing"
MARKS = [
    ("ab", "", "", "ab", 1),
    ("ab", "", "", "ba", 0),
    ("ab", "", "", "aa", 1 / 2),
    ("ab", "", "", "bb", 1 / 2),
    ("ab", "", "", "a-", 1 / 2),
    ("ab", "", "", "-b", 1 / 2),
    ("ab", "", "", "-a", 0),
    ("abc", "", "each", "abc", 1),
    ("abc", "", "each", "acb", 1 / 3),
    ("abc", "", "each", "bca", 0),
    ("abc", "", "each", "ab-", 2 / 3),
    ("abc", "", "each", "aaa", 1 / 3),
    ("abc", "d", "each", "abd", 2 / 3),
    ("abc", "d", "each", "ddd", 0),
    ("abc", "d", "each", "abc", 1),
    ("aab", "", "each", "aab", 1),
    ("aab", "", "each", "baa", 1 / 3),
    ("aab", "", "each", "aaa", 2 / 3),
    ("aa", "b", "each", "aa", 1),
    ("aa", "b", "each", "ab", 1 / 2),
    ("dcba", "", "each", "dcba", 1),
    ("dcba", "", "each", "abcd", 0),
    ("dcba", "", "each", "dc--", 1 / 2),
    ("ab", "", ALL, "ab", 1),
    ("ab", "", ALL, "aa", 0),
    ("ab", "", ALL, "a-", 0),
    ("abc", "d", ALL, "abc", 1),
    ("abc", "d", ALL, "abd", 0),
    ("aab", "", ALL, "aab", 1),
    ("aab", "", ALL, "aba", 0),
]


@pytest.mark.parametrize(("key", "spare", "marking", "chosen", "fraction"), MARKS)
def test_an_answer_earns_its_fraction(key, spare, marking, chosen, fraction):
    asked = pairs("matching", key, marking, spare)
    assert MATCHING.mark(asked, answer(asked, chosen)) == pytest.approx(fraction)


def test_each_row_is_a_part():
    asked = pairs("matching", "abc")
    assert MATCHING.parts(asked, answer(asked, "a-b")) == (1, 0, 0)


ROWS, MATCHES = "It needs at least 2 rows.", "It needs at least 2 different matches."
PROBLEMS = [
    ([("Up", "a"), ("Down", "b")], []),
    ([("Up", "a"), ("Down", "a"), ("", "b")], []),
    ([("Up", "a"), ("", "b")], [ROWS]),
    ([], [ROWS, MATCHES]),
    ([("Up", "a"), ("Down", "a")], [MATCHES]),
    ([("Up", "a"), (" up", "b")], ["Two rows have the same text."]),
    ([("Up", "a"), ("Down", "b"), ("Around", " ")], ["An option has no match."]),
    ([("Up", "a"), ("Down", "b"), ("", "")], ["An option has no match."]),
    (
        [("Up", "The  sky"), ("Down", "the sky"), ("", "b")],
        ["Two matches differ in capitals or spaces only. Write them alike."],
    ),
]


@pytest.mark.parametrize(("options", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(options, problems):
    asked = Question("q", "matching", "Which?", tuple(Option(text, match=match) for text, match in options))
    assert [str(problem) for problem in MATCHING.problems(asked)] == problems


def test_a_credit_or_a_rule_of_another_kind_is_a_problem():
    asked = pairs("matching", "ab", "places")
    asked = replace(asked, options=(*asked.options, Option("More", 1, "a")))
    assert [str(problem) for problem in MATCHING.problems(asked)] == [
        "Its rows count alike: leave the credit of every option at 0.",
        "Questions of this kind are not marked by the rule that is chosen.",
    ]


def test_a_hint_may_take_out_what_is_wrong():
    assert MATCHING.problems(replace(pairs("matching", "ab"), hints=(Hint(clear_wrong=True),))) == []


@pytest.mark.parametrize(
    ("key", "chosen", "read"),
    [
        ("ab", "ab", [0, 1]),
        ("ba", "ab", [0, 1]),
        ("bca", "cb-", [2, 1, None]),
        ("bca", "--a", [None, None, 0]),
        ("aab", "bbb", [1, 1, 1]),
    ],
)
def test_choices_are_read_in_the_authors_order_of_rows(key, chosen, read):
    assert MATCHING.field.read(pairs("matching", key), laws.HAND, sent(chosen)) == read


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "at least one row"),
        ({"answer": ["a"]}, "at least one row"),
        (sent("--"), "at least one row"),
        (sent("ac"), "Reload the page"),
        ({name: ["a"] for name in sent("ab")}, "Reload the page"),
        ({name: ["0"] for name in sent("ab")}, "Reload the page"),
    ],
)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        MATCHING.field.read(pairs("matching", "ab"), laws.HAND, form)


def test_a_row_may_read_like_a_match():
    asked = Question("q", "matching", "Which?", (Option("x", match="y"), Option("y", match="x")))
    form = {f"answer-{laws.HAND.token(row)}": [laws.HAND.token(match)] for row, match in ("xy", "yx")}
    assert MATCHING.mark(asked, MATCHING.field.read(asked, laws.HAND, form)) == 1


@pytest.mark.parametrize("marking", ["each", ALL])
@pytest.mark.parametrize(("key", "spare"), [("ab", ""), ("aab", ""), ("abc", "d"), ("aa", "b")])
def test_the_guessing_score_is_the_mean_over_all_answers(key, spare, marking):
    asked = pairs("matching", key, marking, spare)
    marks = [MATCHING.mark(asked, list(one)) for one in product(range(len({*key, *spare})), repeat=len(key))]
    assert MATCHING.guess(asked) == pytest.approx(sum(marks) / len(marks))


@pytest.mark.parametrize("marking", ["each", ALL])
@pytest.mark.parametrize(("key", "spare"), [("ab", ""), ("aab", ""), ("ab", "c"), ("aa", "b")])
def test_a_try_that_could_not_fail_is_not_offered(key, spare, marking):
    def earned(chosen, right):
        return MATCHING.mark(pairs("matching", "".join(right), marking, key + spare), answer(asked, "".join(chosen)))

    asked = pairs("matching", key, marking, spare)
    answers = list(product(sorted({*key, *spare}), repeat=len(key)))
    assert MATCHING.tries(asked, 3) == tries_that_could_fail(answers, earned, 3)


def test_an_answer_in_words():
    asked = pairs("matching", "ab")
    assert MATCHING.field.say(asked, answer(asked, "b-")) == "Row 0: b; Row 1: –"


def test_feedback_speaks_of_rows_that_are_wrong_and_of_choices_that_fit_no_row():
    asked = pairs("matching", "abcd", spare="ef")
    assert MATCHING.touched(asked, answer(asked, "a-de")) == [2, 3, 4]


def test_feedback_waits_until_the_slot_is_settled():
    assert not MATCHING.speaks_early


def test_rows_and_choices_are_shuffled():
    asked = pairs("matching", "abc")
    shown = [MATCHING.field.show(asked, Hand(str(n), 0), Seen()) for n in range(60)]
    assert len({tuple(row.text for row in one.rows) for one in shown}) == 6
    assert len({tuple(choice.text for choice in one.choices) for one in shown}) == 6


def test_paper_has_the_same_rows_and_choices():
    asked = pairs("matching", "abc", spare="d")
    shown = MATCHING.field.show(asked, laws.HAND, Seen())
    assert MATCHING.field.paper(asked, laws.HAND) == Paper(
        rows=tuple(row.text for row in shown.rows), choices=tuple(choice.text for choice in shown.choices)
    )


def rows(seen: Seen) -> list[tuple[str, str, str]]:
    """What is chosen, the state and the right match, for a question whose key is abc."""
    shown = MATCHING.field.show(pairs("matching", "abc"), laws.HAND, seen)
    texts = {choice.token: choice.text for choice in shown.choices}
    return [(texts.get(row.chosen, ""), row.state, row.right) for row in sorted(shown.rows, key=lambda row: row.text)]


HALF = Seen(answers=([0, 2, None],), parts=(1.0, 0.0, 0.0))


def seen(**changes) -> Seen:
    return Seen(**{"answers": HALF.answers, "parts": HALF.parts, **changes})


SHOWN = [
    ("nothing before an answer", Seen(), [("", "", ""), ("", "", ""), ("", "", "")]),
    ("the answer alone while it is open", HALF, [("a", "", ""), ("c", "", ""), ("", "", "")]),
    ("wrong choices taken out by a hint", seen(cleared=True), [("a", "", ""), ("", "cleared", ""), ("", "", "")]),
    ("nothing taken out where no mark is told", seen(parts=None, cleared=True), rows(HALF)),
    ("right and wrong when settled", seen(settled=True), [("a", "right", ""), ("c", "wrong", ""), ("", "", "")]),
    (
        "also what would have been right, where that is told",
        seen(settled=True, right=[0, 1, 2]),
        [("a", "right", ""), ("c", "wrong", "b"), ("", "", "c")],
    ),
    ("an answer whose mark is not told", seen(settled=True, parts=None), [("a", "", ""), ("c", "", ""), ("", "", "")]),
    ("the key, of a question left out", Seen(settled=True, right=[0, 1, 2]), [("", "", letter) for letter in "abc"]),
    ("what was filled in", seen(sent=sent("b-a")), [("b", "", ""), ("", "", ""), ("a", "", "")]),
    ("the answer, not a form, once settled", seen(settled=True, sent={}), rows(seen(settled=True))),
]


@pytest.mark.parametrize(("shown", "expected"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_rows_show(shown, expected):
    assert rows(shown) == expected


questions = some_pairs("matching", MATCHING.markings)
laws_about_forms = questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked)))


@given(questions, st.randoms(), st.data())
def test_turning_the_key_changes_nothing_that_is_shown(asked, random, data):
    other = turned(asked, random.sample(range(len(asked.options)), len(asked.options)))
    choices = [None, *range(len({option.match for option in asked.options}))]
    given_answer = data.draw(st.lists(st.sampled_from(choices), min_size=5, max_size=5))[: len(MATCHING.rows(asked))]
    form = data.draw(laws.form_data(asked))

    def shown(one: Question) -> list:
        parts = MATCHING.parts(one, given_answer)
        states = [Seen(), Seen(sent=form), Seen(answers=(given_answer,)), Seen(answers=(given_answer,), parts=parts)]
        return [MATCHING.field.show(one, laws.HAND, state) for state in states]

    assert shown(asked) == shown(other)
    assert MATCHING.field.paper(asked, laws.HAND) == MATCHING.field.paper(other, laws.HAND)
    assert MATCHING.tries(asked, 3) == MATCHING.tries(other, 3)


@given(laws_about_forms)
def test_any_form_gives_an_answer_or_a_message(case):
    laws.any_form_gives_an_answer_or_a_message(*case)


@given(questions)
def test_the_correct_answer_earns_everything(asked):
    laws.the_correct_answer_earns_everything(asked)


@given(laws_about_forms, st.randoms())
def test_permuting_the_options_changes_nothing(case, random):
    asked, form = case
    order = random.sample(range(len(asked.options)), len(asked.options))
    laws.permuting_the_options_changes_nothing(asked, order, form)
