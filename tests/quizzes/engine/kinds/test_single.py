import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Hint, Option, Question
from quizzes.engine.fields import Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws
from tests.quizzes.engine.kinds.choices import one_right, question, sent

SINGLE = KINDS["single"]
MARKS = [
    (credits, chosen, float(credits[chosen]))
    for credits in ("10", "01", "100", "010", "001", "1000", "0001", "00100")
    for chosen in range(len(credits))
]


@pytest.mark.parametrize(("credits", "chosen", "fraction"), MARKS)
def test_an_answer_earns_the_credit_of_its_option(credits, chosen, fraction):
    assert SINGLE.mark(question("single", credits), [chosen]) == fraction
    assert SINGLE.parts(question("single", credits), [chosen]) == (fraction,)


PROBLEMS = [
    ("100", []),
    ("1", ["It needs at least 2 options."]),
    ("000", ["Exactly one option must be right."]),
    ("110", ["Exactly one option must be right."]),
    ("", ["It needs at least 2 options.", "Exactly one option must be right."]),
]


@pytest.mark.parametrize(("credits", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(credits, problems):
    assert [str(problem) for problem in SINGLE.problems(question("single", credits))] == problems


def test_a_rule_of_another_kind_is_a_problem():
    assert "rule" in str(SINGLE.problems(question("single", "10", "right_minus_wrong"))[0])


def test_options_with_the_same_text_or_none_are_problems():
    options = (Option("Same", 1), Option(" same "), Option(" "))
    problems = SINGLE.problems(Question("q", "single", "Which?", options))
    assert [str(problem) for problem in problems] == ["An option has no text.", "Two options have the same text."]


def test_a_hint_that_says_and_does_nothing_or_costs_too_much_is_a_problem():
    hints = (Hint(" "), Hint("Look north.", cost=1.5), Hint(how_many=True))
    asked = Question("q", "single", "Which?", question("single", "10").options, hints=hints)
    assert [str(problem) for problem in SINGLE.problems(asked)] == [
        "A hint says nothing and does nothing.",
        "A hint costs a share of the mark from 0 to 1.",
    ]


def test_tokens_are_read_as_options():
    assert SINGLE.field.read(question("single", "100"), laws.HAND, sent(1)) == [1]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Choose an answer"),
        ({"answer": []}, "Choose an answer"),
        (sent(0, 1), "one option only"),
        ({"answer": ["zz"]}, "Reload the page"),
        ({"answer": ["0"]}, "Reload the page"),
    ],
)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        SINGLE.field.read(question("single", "100"), laws.HAND, form)


def test_a_try_that_could_not_fail_is_not_offered():
    assert [SINGLE.tries(question("single", credits), 3) for credits in ("10", "100", "1000", "10000")] == [1, 2, 3, 3]


def test_the_guessing_score_is_the_mean_over_all_answers():
    assert SINGLE.guess(question("single", "100")) == pytest.approx(1 / 3)


def test_the_order_follows_the_seed():
    asked = question("single", "100")
    orders = {tuple(option.text for option in SINGLE.field.show(asked, Hand(str(n), 0), Seen())) for n in range(40)}
    assert len(orders) == 6


def states(seen: Seen) -> dict[str, tuple[bool, bool, str]]:
    """By text: checked, disabled and state."""
    options = SINGLE.field.show(question("single", "100"), laws.HAND, seen)
    return {option.text: (option.checked, option.disabled, option.state) for option in options}


def test_an_option_that_was_wrong_need_not_be_tried_again():
    shown = states(Seen(answers=([1],), parts=(0.0,)))
    assert shown["Option 1"] == (False, True, "wrong")
    assert shown["Option 0"] == (False, False, "")


def test_once_settled_right_and_wrong_are_told():
    shown = states(Seen(answers=([1], [2]), parts=(0.0,), settled=True, right=[0]))
    assert {text: state for text, (_, _, state) in shown.items()} == {
        "Option 0": "right",
        "Option 1": "",
        "Option 2": "wrong",
    }
    assert shown["Option 2"][0]


def test_what_may_not_be_told_is_not_shown():
    shown = states(Seen(answers=([1],), settled=True))
    assert {state for _, _, state in shown.values()} == {""}


def test_what_was_sent_and_not_taken_stays_chosen():
    assert states(Seen(sent=sent(1, 2)))["Option 2"][0]


questions = st.builds(question, st.just("single"), one_right)
laws_about_forms = questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked)))


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
