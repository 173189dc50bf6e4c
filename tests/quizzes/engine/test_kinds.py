"""What each kind accepts, refuses and awards, as tables of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Option, Question
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable


def question(kind: str, credits: str, marking: str = "") -> Question:
    """`credits` is a string such as "100": one option for each digit."""
    options = tuple(Option(text=f"Option {n}", credit=int(credit)) for n, credit in enumerate(credits))
    return Question(key="q", kind=kind, text="Which?", options=options, marking=marking)


RIGHT_MINUS_WRONG = "right_minus_wrong"
MARKS = [
    ("single", "100", "", [0], 1),
    ("single", "100", "", [1], 0),
    ("single", "010", "", [1], 1),
    ("single", "01", "", [0], 0),
    ("true_false", "10", "", [0], 1),
    ("true_false", "10", "", [1], 0),
    ("true_false", "01", "", [1], 1),
    ("multiple", "1100", "", [0, 1], 1),
    ("multiple", "1100", "", [0], 0),
    ("multiple", "1100", "", [0, 1, 2], 0),
    ("multiple", "1100", "", [0, 1, 2, 3], 0),
    ("multiple", "1100", "", [2, 3], 0),
    ("multiple", "1000", "", [0], 1),
    ("multiple", "1100", RIGHT_MINUS_WRONG, [0, 1], 1),
    ("multiple", "1100", RIGHT_MINUS_WRONG, [0], 0.5),
    ("multiple", "1100", RIGHT_MINUS_WRONG, [0, 2], 0),
    ("multiple", "1100", RIGHT_MINUS_WRONG, [0, 1, 2], 0.5),
    ("multiple", "1100", RIGHT_MINUS_WRONG, [0, 1, 2, 3], 0),
    ("multiple", "1100", RIGHT_MINUS_WRONG, [2, 3], 0),
    ("multiple", "1110", RIGHT_MINUS_WRONG, [0, 1], 2 / 3),
    ("multiple", "1110", RIGHT_MINUS_WRONG, [0, 1, 2, 3], 0),
    ("multiple", "1110", RIGHT_MINUS_WRONG, [0, 1, 3], 0),
    ("multiple", "1000", RIGHT_MINUS_WRONG, [0, 1], 2 / 3),
]


@pytest.mark.parametrize(("kind", "credits", "marking", "answer", "fraction"), MARKS)
def test_an_answer_earns_its_fraction(kind, credits, marking, answer, fraction):
    assert KINDS[kind].mark(question(kind, credits, marking), answer) == pytest.approx(fraction)


PROBLEMS = [
    ("single", "100", "", 0),
    ("single", "1", "", 1),
    ("single", "000", "", 1),
    ("single", "110", "", 1),
    ("single", "", "", 2),
    ("single", "10", RIGHT_MINUS_WRONG, 1),
    ("multiple", "1100", "", 0),
    ("multiple", "1100", RIGHT_MINUS_WRONG, 0),
    ("multiple", "0000", "", 1),
    ("multiple", "1111", "", 1),
    ("multiple", "", "", 3),
    ("true_false", "10", "", 0),
    ("true_false", "100", "", 1),
    ("true_false", "11", "", 1),
]


@pytest.mark.parametrize(("kind", "credits", "marking", "count"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(kind, credits, marking, count):
    problems = KINDS[kind].problems(question(kind, credits, marking))
    assert len(problems) == count
    assert all(str(problem).endswith(".") for problem in problems)


def test_options_with_the_same_text_or_none_are_problems():
    options = (Option("Same", 1), Option(" same "), Option(" "))
    problems = KINDS["single"].problems(Question("q", "single", "Which?", options))
    assert [str(problem) for problem in problems] == ["An option has no text.", "Two options have the same text."]


TOKENS = ["aa", "bb", "cc"]


@pytest.mark.parametrize(
    ("kind", "sent", "answer"),
    [
        ("single", ["bb"], [1]),
        ("true_false", ["aa"], [0]),
        ("multiple", ["cc", "aa"], [0, 2]),
        ("multiple", ["aa", "aa"], [0]),
    ],
)
def test_tokens_are_read_as_options(kind, sent, answer):
    assert KINDS[kind].read(question(kind, "100"), sent, TOKENS) == answer


@pytest.mark.parametrize(
    ("kind", "sent", "says"),
    [
        ("single", [], "Choose an answer"),
        ("single", ["aa", "bb"], "one option only"),
        ("single", ["zz"], "Reload the page"),
        ("single", ["0"], "Reload the page"),
        ("multiple", [], "Choose an answer"),
        ("multiple", ["aa", "zz"], "Reload the page"),
        ("true_false", [""], "Reload the page"),
    ],
)
def test_an_unreadable_answer_says_what_to_do(kind, sent, says):
    with pytest.raises(Unreadable, match=says):
        KINDS[kind].read(question(kind, "100"), sent, TOKENS)


def test_true_and_false_keep_their_order_and_others_follow_the_seed():
    assert {tuple(KINDS["true_false"].order(question("true_false", "10"), str(n))) for n in range(20)} == {(0, 1)}
    assert len({tuple(KINDS["single"].order(question("single", "100"), str(n))) for n in range(40)}) == 6


@pytest.mark.parametrize(
    ("kind", "credits", "tries"),
    [("single", "100", 2), ("single", "1000", 3), ("true_false", "10", 1), ("multiple", "1100", 3)],
)
def test_a_try_that_could_not_fail_is_not_offered(kind, credits, tries):
    assert KINDS[kind].tries(question(kind, credits), 3) == tries


def test_the_guessing_score_is_the_mean_over_all_answers():
    assert KINDS["single"].guess(question("single", "100")) == pytest.approx(1 / 3)
    assert KINDS["true_false"].guess(question("true_false", "10")) == pytest.approx(1 / 2)
    assert KINDS["multiple"].guess(question("multiple", "1100")) == pytest.approx(1 / 15)
    # Of the 15 sets of {r, r, w, w}: {r, r} earns 1, two {r} and two {r, r, w} earn a half each.
    assert KINDS["multiple"].guess(question("multiple", "1100", RIGHT_MINUS_WRONG)) == pytest.approx(3 / 15)


def questions_of(kind: str) -> st.SearchStrategy[Question]:
    if kind == "true_false":
        credits = st.sampled_from(["10", "01"])
    elif kind == "single":
        credits = st.integers(2, 6).flatmap(
            lambda n: st.integers(0, n - 1).map(lambda right: "".join("01"[i == right] for i in range(n)))
        )
    else:
        credits = st.text("01", min_size=2, max_size=6).filter(lambda text: "0" in text and "1" in text)
    markings = st.sampled_from(["all_or_nothing", RIGHT_MINUS_WRONG]) if kind == "multiple" else st.just("")
    return st.builds(question, st.just(kind), credits, markings)


any_question = st.sampled_from(sorted(KINDS)).flatmap(questions_of)


@given(any_question, st.data())
def test_marks_stay_between_nothing_and_everything(asked, data):
    kind = KINDS[asked.kind]
    size = 1 if asked.kind != "multiple" else len(asked.options)
    answer = sorted(data.draw(st.sets(st.integers(0, len(asked.options) - 1), min_size=1, max_size=size)))
    assert 0 <= kind.mark(asked, answer) <= 1
    assert (kind.mark(asked, answer) == 1) == (answer == kind.correct(asked))


@given(any_question)
def test_the_correct_answer_earns_everything_and_has_no_problems(asked):
    kind = KINDS[asked.kind]
    assert kind.problems(asked) == []
    assert kind.mark(asked, kind.correct(asked)) == 1


@given(questions_of("multiple"))
def test_ticking_everything_earns_nothing(asked):
    assert KINDS["multiple"].mark(asked, list(range(len(asked.options)))) == 0


@given(any_question, st.text(min_size=1, max_size=8))
def test_permuting_the_options_changes_no_mark(asked, seed):
    kind = KINDS[asked.kind]
    order = kind.order(asked, seed)
    assert sorted(order) == list(range(len(asked.options)))
    turned = Question(asked.key, asked.kind, asked.text, tuple(asked.options[n] for n in order), asked.marking)
    for answer in ([n] for n in range(len(order))):
        assert kind.mark(turned, answer) == kind.mark(asked, [order[answer[0]]])


@given(any_question, st.lists(st.text(max_size=6), max_size=5))
def test_reading_any_form_data_gives_an_answer_or_a_message(asked, sent):
    tokens = [f"token-{n}" for n in range(len(asked.options))]
    try:
        answer = KINDS[asked.kind].read(asked, sent, tokens)
    except Unreadable:
        return
    assert answer
