import pytest
from hypothesis import given

from quizzes.engine.document import DESCRIPTION, Hint, Option, Question, Quiz, Slot
from quizzes.engine.fields import Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws

READING = KINDS[DESCRIPTION]


def description(text: str = "Read *this*.\n\nThen answer.", **fields) -> Question:
    return Question("q", DESCRIPTION, text, **fields)


TEXTS = [
    ("Read this.", ("Read this.",)),
    ("Read *this*.\n\nThen answer.", ("Read *this*.", "Then answer.")),
    ("One.\r\n\r\nTwo.", ("One.", "Two.")),
    ("One.\n \t\nTwo.", ("One.", "Two.")),
    ("One.\n\n\n\nTwo.\n", ("One.", "Two.")),
    ("One\ntwo.", ("One\ntwo.",)),
    ("\n\nOne.", ("One.",)),
    ("  One.  ", ("One.",)),
    ("یک.\n\nدو.", ("یک.", "دو.")),
    ("[[year]]", ("[[year]]",)),
    ("", ()),
]


@pytest.mark.parametrize(("text", "paragraphs"), TEXTS)
def test_its_text_is_shown_in_paragraphs_on_screen_and_on_paper(text, paragraphs):
    asked = description(text)
    assert READING.field.show(asked, laws.HAND, Seen()).paragraphs == paragraphs
    assert READING.field.show(asked, laws.HAND, Seen(settled=True)).paragraphs == paragraphs
    assert READING.field.paper(asked, laws.HAND).text == paragraphs
    assert not READING.field.paper(asked, laws.HAND).space


PROBLEMS = [
    (description(), []),
    (description("Short."), []),
    (description(explanation="Keep this.", claims=("c-1",)), []),
    (
        description(options=(Option("Yes", 1),)),
        ["There is nothing to answer, so it takes no options and no hints."],
    ),
    (description(hints=(Hint("Look."),)), ["There is nothing to answer, so it takes no options and no hints."]),
    (
        description(options=(Option("Yes", 2),)),
        [
            "The credit of an option is a number from 0 to 1.",
            "There is nothing to answer, so it takes no options and no hints.",
        ],
    ),
    (description(marking="each"), ["Questions of this kind are not marked by the rule that is chosen."]),
]


@pytest.mark.parametrize(("asked", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(asked, problems):
    assert [str(problem) for problem in READING.problems(asked)] == problems


@pytest.mark.parametrize("form", [{}, {"answer": ["Yes"]}, {"answer": []}, {"answer": ["", "x"]}])
def test_nothing_is_read_as_an_answer(form):
    with pytest.raises(Unreadable, match="nothing to answer"):
        READING.field.read(description(), laws.HAND, form)


@pytest.mark.parametrize("answer", [None, "", "Yes", [0], [None]])
def test_nothing_earns_anything(answer):
    assert READING.mark(description(), answer) == 0
    assert READING.parts(description(), answer) == ()
    assert READING.touched(description(), answer) == []
    assert READING.field.say(description(), answer) == ""


def test_there_is_no_right_answer_and_nothing_to_guess():
    assert READING.correct(description()) is None
    assert READING.guess(description()) == 0
    assert not READING.by_hand


def test_it_counts_neither_as_a_question_nor_in_the_weight():
    quiz = Quiz("Quiz", (Slot(description(), weight=5),))
    assert (quiz.count, quiz.weight) == (0, 0)
    assert READING.legend(description()) == "To read"


@given(laws.form_data(description()))
def test_any_form_gives_a_message(form):
    laws.any_form_gives_an_answer_or_a_message(description(), form)
