import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Hint, Option, Question
from quizzes.engine.fields import Seen
from quizzes.engine.fields.essay import LIMIT
from quizzes.engine.kinds import KINDS
from quizzes.engine.kinds.essay import by_rubric
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws

ESSAY = KINDS["essay"]
RUBRIC = (Option("Names two treaties", 0.4, feedback="Both, with their years."), Option("Weighs them", 0.6))


def essay(*shares: float, **fields) -> Question:
    rubric = tuple(Option(f"Criterion {number}", share) for number, share in enumerate(shares))
    return Question("q", "essay", "What binds?\n\nCompare *two* treaties.", rubric or RUBRIC, **fields)


ASKED = essay()
TEXTS = [
    ("Yes.", "Yes."),
    (" Yes. ", " Yes. "),
    ("One\r\ntwo", "One\ntwo"),
    ("One\rtwo", "One\ntwo"),
    ("One\ntwo", "One\ntwo"),
    ("One\r\n\r\ntwo\r\n", "One\n\ntwo\n"),
    ("One\r\r\ntwo", "One\n\ntwo"),
    ("\nOne", "\nOne"),
    ("\tOne", "\tOne"),
    ("O\x00ne", "One"),
    ("معاهده\r\nدوم", "معاهده\nدوم"),
    ("<b>*bold*</b>", "<b>*bold*</b>"),
    ("0", "0"),
    ("é" * LIMIT, "é" * LIMIT),
    ("\r\n" * (LIMIT - 1) + "a", "\n" * (LIMIT - 1) + "a"),
]


@pytest.mark.parametrize(("typed", "answer"), TEXTS)
def test_a_text_is_kept_as_it_was_typed_with_one_end_for_each_line(typed, answer):
    assert ESSAY.field.read(ASKED, laws.HAND, {"answer": [typed]}) == answer
    assert ESSAY.field.say(ASKED, answer) == answer


UNREADABLE = [
    ({}, "Write your answer first"),
    ({"answer": []}, "Write your answer first"),
    ({"answer": [""]}, "Write your answer first"),
    ({"answer": [" \r\n\t "]}, "Write your answer first"),
    ({"answer": ["\x00"]}, "Write your answer first"),
    ({"other": ["Yes."]}, "Write your answer first"),
    ({"answer": ["a" * (LIMIT + 1)]}, "has 20001 characters, and only 20000 fit"),
    ({"answer": ["a\r\n" * LIMIT]}, "has 40000 characters, and only 20000 fit"),
]


@pytest.mark.parametrize(("form", "says"), UNREADABLE)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        ESSAY.field.read(ASKED, laws.HAND, form)


def test_no_rule_marks_it():
    assert ESSAY.by_hand
    assert ESSAY.mark(ASKED, "Yes.") is None
    assert ESSAY.parts(ASKED, "Yes.") == ()
    assert ESSAY.correct(ASKED) is None
    assert ESSAY.guess(ASKED) == 0
    assert ESSAY.tries(ASKED, 3) == 1


RUBRICS = [
    ((1,), (1,), 1),
    ((1,), (0,), 0),
    ((1,), (0.35,), 0.35),
    ((0.4, 0.6), (1, 1), 1),
    ((0.4, 0.6), (0, 0), 0),
    ((0.4, 0.6), (1, 0), 0.4),
    ((0.4, 0.6), (0, 1), 0.6),
    ((0.4, 0.6), (0.5, 0.5), 0.5),
    ((0.4, 0.6), (0.25, 0.75), 0.55),
    ((0.25, 0.25, 0.5), (1, 0, 0.5), 0.5),
    ((0.333, 0.333, 0.333), (1, 1, 1), 1),
    ((0.333, 0.333, 0.333), (1, 1, 0), 2 / 3),
    ((0.1,) * 10, (1,) * 10, 1),
    ((0.1,) * 10, (1,) * 5 + (0,) * 5, 0.5),
]


@pytest.mark.parametrize(("shares", "credits", "fraction"), RUBRICS)
def test_a_rubric_adds_up_to_a_fraction(shares, credits, fraction):
    assert ESSAY.problems(essay(*shares)) == []
    assert by_rubric(essay(*shares), credits) == pytest.approx(fraction)


PROBLEMS = [
    (ASKED, []),
    (essay(1), []),
    (essay(0.333, 0.333, 0.333), []),
    (essay(0.33, 0.33, 0.34), []),
    (essay(*[0.1] * 10), []),
    (essay(hints=(Hint("Look north."),)), []),
    (Question("q", "essay", "Why?"), ["It needs a rubric: at least one criterion with its share of the mark."]),
    (essay(0.4, 0.4), ["The shares of the rubric make 0.8; they have to make 1."]),
    (essay(0.6, 0.6), ["The shares of the rubric make 1.2; they have to make 1."]),
    (essay(0.33, 0.33, 0.33), ["The shares of the rubric make 0.99; they have to make 1."]),
    (essay(1, 0), ["A criterion of the rubric has no share of the mark."]),
    (
        essay(1.5, -0.5),
        ["The credit of an option is a number from 0 to 1."],
    ),
    (
        Question("q", "essay", "Why?", (Option(" ", 0.5), Option("Weighs", 0.5))),
        ["A criterion of the rubric has no text."],
    ),
    (
        Question("q", "essay", "Why?", (Option("Weighs", 0.5), Option("weighs ", 0.5))),
        ["Two criteria of the rubric have the same text."],
    ),
    (essay(marking="all_or_nothing"), ["Questions of this kind are not marked by the rule that is chosen."]),
    (
        essay(hints=(Hint(clear_wrong=True),)),
        ["A hint can not take out what is wrong in an answer of this kind."],
    ),
]


@pytest.mark.parametrize(("asked", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(asked, problems):
    assert [str(problem) for problem in ESSAY.problems(asked)] == problems


def test_the_first_paragraph_is_the_legend_and_the_rest_stands_above_the_text():
    assert ESSAY.legend(ASKED) == "What binds?"
    assert ESSAY.field.show(ASKED, laws.HAND, Seen()).paragraphs == ("Compare *two* treaties.",)
    assert ESSAY.field.paper(ASKED, laws.HAND).text == ("Compare *two* treaties.",)
    assert ESSAY.field.paper(ASKED, laws.HAND).space


def test_learners_see_by_what_they_are_marked():
    shown = ESSAY.field.show(ASKED, laws.HAND, Seen())
    assert [(one.text, one.share) for one in shown.criteria] == [("Names two treaties", 0.4), ("Weighs them", 0.6)]
    assert shown.text == ""


def test_what_earns_a_full_mark_is_not_shown_with_the_question():
    other = Question("q", "essay", ASKED.text, (Option("Names two treaties", 0.4, feedback="Else."), RUBRIC[1]))
    for seen in (Seen(), Seen(answers=("Yes.",)), Seen(answers=("Yes.",), settled=True)):
        assert ESSAY.field.show(other, laws.HAND, seen) == ESSAY.field.show(ASKED, laws.HAND, seen)


def test_what_was_written_stays():
    assert ESSAY.field.show(ASKED, laws.HAND, Seen(answers=("One.", "Two."))).text == "Two."
    assert ESSAY.field.show(ASKED, laws.HAND, Seen(answers=("One.",), sent={"answer": ["a\r\nb"]})).text == "a\nb"
    assert ESSAY.field.show(ASKED, laws.HAND, Seen(answers=("One.",), sent={}, settled=True)).text == "One."


def test_once_marked_all_of_the_rubric_speaks():
    assert ESSAY.touched(ASKED, "Yes.") == [0, 1]


shares = st.integers(1, 6).map(lambda count: [1 / count] * count)
questions = shares.map(lambda found: essay(*found))


@given(questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked))))
def test_any_form_gives_an_answer_or_a_message(case):
    laws.any_form_gives_an_answer_or_a_message(*case)


@given(questions, st.data())
def test_a_mark_stays_within_bounds_and_full_credits_earn_everything(asked, data):
    credits = data.draw(st.tuples(*[st.floats(0, 1)] * len(asked.options)))
    assert ESSAY.problems(asked) == []
    assert 0 <= by_rubric(asked, credits) <= 1 + 1e-9
    assert by_rubric(asked, [1] * len(asked.options)) == 1


@given(questions, st.randoms())
def test_the_order_of_the_rubric_changes_no_mark(asked, random):
    """It is shown as its author has it: it is no key."""
    credits = [random.random() for _ in asked.options]
    order = random.sample(range(len(credits)), len(credits))
    turned = essay(*(asked.options[place].credit for place in order))
    assert by_rubric(turned, [credits[place] for place in order]) == pytest.approx(by_rubric(asked, credits))
