import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Question
from quizzes.engine.fields import Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws
from tests.quizzes.engine.kinds.choices import question, sent

TRUE_FALSE = KINDS["true_false"]


@pytest.mark.parametrize(("credits", "chosen", "fraction"), [("10", 0, 1), ("10", 1, 0), ("01", 0, 0), ("01", 1, 1)])
def test_an_answer_earns_the_credit_of_its_option(credits, chosen, fraction):
    assert TRUE_FALSE.mark(question("true_false", credits), [chosen]) == fraction


@pytest.mark.parametrize(
    ("credits", "says"),
    [
        ("100", "It has two options"),
        ("11", "Exactly one option"),
        ("00", "Exactly one option"),
        ("1", "at least 2"),
        ("", "at least 2"),
    ],
)
def test_what_an_author_got_wrong_is_told(credits, says):
    assert any(says in str(problem) for problem in TRUE_FALSE.problems(question("true_false", credits)))


def test_true_and_false_keep_their_order():
    asked = question("true_false", "10")
    orders = {tuple(one.text for one in TRUE_FALSE.field.show(asked, Hand(str(n), 0), Seen())) for n in range(20)}
    assert orders == {("Option 0", "Option 1")}


@pytest.mark.parametrize(
    ("form", "says"), [({}, "Choose an answer"), ({"answer": [""]}, "Reload"), (sent(0, 1), "one option only")]
)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        TRUE_FALSE.field.read(question("true_false", "10"), laws.HAND, form)


def test_there_is_one_try_and_a_guess_is_right_every_second_time():
    assert TRUE_FALSE.tries(question("true_false", "10"), 3) == 1
    assert TRUE_FALSE.guess(question("true_false", "10")) == 0.5


@pytest.mark.parametrize("credits", ["10", "01"])
@pytest.mark.parametrize("chosen", [0, 1])
def test_tokens_are_read_as_options(credits, chosen):
    assert TRUE_FALSE.field.read(question("true_false", credits), laws.HAND, sent(chosen)) == [chosen]


@pytest.mark.parametrize("credits", ["10", "01"])
@pytest.mark.parametrize("chosen", [0, 1])
@pytest.mark.parametrize("settled", [False, True])
def test_the_states_tell_the_key_only_once_settled(credits, chosen, settled):
    asked = question("true_false", credits)
    seen = Seen(answers=([chosen],), settled=settled, right=TRUE_FALSE.correct(asked) if settled else None)
    states = [option.state for option in TRUE_FALSE.field.show(asked, laws.HAND, seen)]
    if not settled:
        assert states == ["", ""]
    else:
        right = credits.index("1")
        assert states[right] == "right"
        assert states[1 - right] == ("wrong" if chosen != right else "")


questions: st.SearchStrategy[Question] = st.builds(question, st.just("true_false"), st.sampled_from(["10", "01"]))


@given(questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked))))
def test_any_form_gives_an_answer_or_a_message(case):
    laws.any_form_gives_an_answer_or_a_message(*case)


@given(questions)
def test_the_correct_answer_earns_everything(asked):
    laws.the_correct_answer_earns_everything(asked)
