import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.fields import Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws
from tests.quizzes.engine.kinds.choices import question, sent

MULTIPLE = KINDS["multiple"]
ALL, EACH = "all_or_nothing", "right_minus_wrong"
MARKS = [
    ("1100", "", [0, 1], 1),
    ("1100", ALL, [0, 1], 1),
    ("1100", ALL, [0], 0),
    ("1100", ALL, [1], 0),
    ("1100", ALL, [0, 1, 2], 0),
    ("1100", ALL, [0, 1, 2, 3], 0),
    ("1100", ALL, [2, 3], 0),
    ("1000", ALL, [0], 1),
    ("1000", ALL, [0, 3], 0),
    ("0111", ALL, [1, 2, 3], 1),
    ("0111", ALL, [1, 2], 0),
    ("1100", EACH, [0, 1], 1),
    ("1100", EACH, [0], 0.5),
    ("1100", EACH, [1], 0.5),
    ("1100", EACH, [2], 0),
    ("1100", EACH, [0, 2], 0),
    ("1100", EACH, [0, 1, 2], 0.5),
    ("1100", EACH, [0, 1, 2, 3], 0),
    ("1100", EACH, [2, 3], 0),
    ("1110", EACH, [0], 1 / 3),
    ("1110", EACH, [0, 1], 2 / 3),
    ("1110", EACH, [0, 1, 2], 1),
    ("1110", EACH, [0, 1, 2, 3], 0),
    ("1110", EACH, [0, 1, 3], 0),
    ("1000", EACH, [0, 1], 2 / 3),
    ("1000", EACH, [0, 1, 2], 1 / 3),
    ("1000", EACH, [1], 0),
]


@pytest.mark.parametrize(("credits", "marking", "answer", "fraction"), MARKS)
def test_an_answer_earns_its_fraction(credits, marking, answer, fraction):
    assert MULTIPLE.mark(question("multiple", credits, marking), answer) == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("credits", "marking", "count"),
    [("1100", "", 0), ("1100", EACH, 0), ("0000", "", 1), ("1111", "", 1), ("", "", 3), ("10", "places", 1)],
)
def test_what_an_author_got_wrong_is_told(credits, marking, count):
    problems = MULTIPLE.problems(question("multiple", credits, marking))
    assert len(problems) == count
    assert all(str(problem).endswith(".") for problem in problems)


def test_tokens_are_read_as_options_in_their_order_and_once():
    asked = question("multiple", "100")
    assert MULTIPLE.field.read(asked, laws.HAND, sent(2, 0)) == [0, 2]
    assert MULTIPLE.field.read(asked, laws.HAND, sent(0, 0)) == [0]


@pytest.mark.parametrize(
    ("form", "says"), [({}, "Choose an answer"), ({"answer": [*sent(0)["answer"], "zz"]}, "Reload the page")]
)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        MULTIPLE.field.read(question("multiple", "100"), laws.HAND, form)


def test_the_guessing_score_is_the_mean_over_all_answers():
    assert MULTIPLE.guess(question("multiple", "1100")) == pytest.approx(1 / 15)
    # Of the 15 sets of {r, r, w, w}: {r, r} earns 1, two {r} and two {r, r, w} earn a half each.
    assert MULTIPLE.guess(question("multiple", "1100", EACH)) == pytest.approx(3 / 15)


def test_tries_are_no_more_than_the_answers_that_could_be_wrong():
    assert [MULTIPLE.tries(question("multiple", credits), 3) for credits in ("10", "1100")] == [2, 3]


def states(seen: Seen) -> dict[str, tuple[bool, bool, str]]:
    options = MULTIPLE.field.show(question("multiple", "110"), laws.HAND, seen)
    return {option.text: (option.checked, option.disabled, option.state) for option in options}


def test_a_wrong_answer_does_not_tell_which_of_its_options_was_wrong():
    shown = states(Seen(answers=([0, 2],), parts=(1.0, 0.0)))
    assert {state for _, _, state in shown.values()} == {""}
    assert shown["Option 0"] == shown["Option 2"] == (True, False, "")


def test_a_hint_takes_out_what_is_wrong_and_leaves_what_is_right():
    shown = states(Seen(answers=([0, 2],), parts=(1.0, 0.0), cleared=True))
    assert shown["Option 2"] == (False, True, "wrong")
    assert shown["Option 0"] == (True, False, "")


def test_once_settled_right_and_wrong_are_told():
    shown = states(Seen(answers=([0, 2],), parts=(1.0, 0.0), settled=True, right=[0, 1]))
    assert [shown[f"Option {n}"] for n in range(3)] == [
        (True, True, "right"),
        (False, True, "right"),
        (True, True, "wrong"),
    ]


some_right = st.text("01", min_size=2, max_size=6).filter(lambda text: "0" in text and "1" in text)
questions = st.builds(question, st.just("multiple"), some_right, st.sampled_from(["", ALL, EACH]))
laws_about_forms = questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked)))


@given(questions)
def test_ticking_everything_earns_nothing(asked):
    assert MULTIPLE.mark(asked, list(range(len(asked.options)))) == 0


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
