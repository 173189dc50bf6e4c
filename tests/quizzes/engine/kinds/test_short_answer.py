import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Hint, Option, Question
from quizzes.engine.fields import Paper, Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws

SHORT = KINDS["short_answer"]


def question(*options: tuple[str, float], confusables: tuple[str, ...] = (), **more) -> Question:
    rows = tuple(Option(text, credit) for text, credit in options)
    return Question("q", "short_answer", "Who?", rows, confusables=confusables, **more)


HEZBOLLAH = [("Hezbollah", 1)]
HOUTHIS = [("Ansar Allah", 1), ("Houthis", 1), ("rebels", 0.25), ("Saudi Arabia", 0), ("*", 0)]
TREATY = [("formal treaty", 1), ("treaty", 0.5), ("informal treaty", 0)]
WILD = [("mutual defen*e", 1), ("*defence*", 0.5), ("no defence", 0)]
MARKS = [
    (HEZBOLLAH, "Hezbollah", 1),
    (HEZBOLLAH, "hezbollah", 1),
    (HEZBOLLAH, "Hizballah", 1),
    (HEZBOLLAH, "حزب‌الله", 1),
    (HEZBOLLAH, "the Hezbolah", 1),
    (HEZBOLLAH, "Hamas", 0),
    (HEZBOLLAH, "not Hezbollah", 0),
    (HEZBOLLAH, "Hezbollah or Hamas", 0),
    (HEZBOLLAH, "?", 0),
    (HOUTHIS, "Ansarallah", 1),
    (HOUTHIS, "أنصار الله", 1),
    (HOUTHIS, "the Houthis", 1),
    (HOUTHIS, "rebels", 0.25),
    (HOUTHIS, "Rebels.", 0.25),
    (HOUTHIS, "saudi arabia", 0),
    (HOUTHIS, "whoever", 0),
    (TREATY, "a formal treaty", 1),
    (TREATY, "formal traety", 1),
    (TREATY, "treaty", 0.5),
    (TREATY, "the treaty", 0.5),
    (TREATY, "informal treaty", 0),
    (TREATY, "no treaty", 0),
    (TREATY, "formal", 0),
    (WILD, "mutual defense", 1),
    (WILD, "mutual defence", 1),
    (WILD, "Mutual Defence.", 1),
    (WILD, "a defence pact", 0.5),
    (WILD, "defence", 0.5),
    (WILD, "no defence", 0),
    (WILD, "not a defence pact", 0),
    (WILD, "mutual", 0),
    ([("1979", 1)], "1979", 1),
    ([("1979", 1)], "۱۹۷۹", 1),
    ([("1979", 1)], "1797", 0),
    ([("twelve", 1)], "12", 1),
    ([("C*", 1), ("C++", 0)], "C#", 1),
    ([(r"5 \* 3", 1)], "5 * 3", 1),
    ([(r"5 \* 3", 1)], "5 4 3", 0),
    ([("ایران", 1)], "ايران", 1),
    ([("Iran", 1)], "Iraq", 0),
    ([("Zürich", 1)], "zurich", 1),
    ([("Assad", 1), ("Bashar al-Assad", 1)], "bashar assad", 1),
]


@pytest.mark.parametrize(("options", "answer", "fraction"), MARKS)
def test_an_answer_earns_the_credit_of_what_it_says(options, answer, fraction):
    assert SHORT.mark(question(*options), answer) == fraction
    assert SHORT.parts(question(*options), answer) == (fraction,)


def test_a_word_that_means_something_else_earns_nothing():
    options = [("mandate", 1)]
    assert SHORT.mark(question(*options), "mandaet") == 1
    assert SHORT.mark(question(*options, confusables=("mandaet",)), "mandaet") == 0


@pytest.mark.parametrize(
    ("answer", "touched"),
    [("Ansarollah", [0]), ("houthis", [1]), ("Rebels", [2]), ("Saudi-Arabia", [3]), ("Oman", [4])],
)
def test_the_option_that_agrees_speaks(answer, touched):
    assert SHORT.touched(question(*HOUTHIS), answer) == touched


def test_no_option_speaks_to_what_none_foresaw():
    assert SHORT.touched(question(*HEZBOLLAH), "Hamas") == []


ONE_RIGHT = "At least one accepted answer must earn everything: credit 1."
NO_TEXT = "An option has no text."
PROBLEMS = [
    (HOUTHIS, []),
    (TREATY, []),
    (WILD, []),
    ([], [ONE_RIGHT]),
    ([("Iran", 0.5), ("Iraq", 0)], [ONE_RIGHT]),
    ([("Iran", 1), (" ", 0)], [NO_TEXT]),
    ([("Iran", 1), ("", 0), ("", 0)], [NO_TEXT, NO_TEXT]),
    ([("x" * 501, 1)], ["An option is longer than 500 characters."]),
    ([("x" * 500, 1)], []),
    ([("*", 1)], ["“*” takes any answer there is, so it can not earn anything."]),
    ([("Iran", 1), ("the *", 0.1)], ["“the *” takes any answer there is, so it can not earn anything."]),
    ([("Iran", 1), ("* *", 0.1)], ["“* *” takes any answer there is, so it can not earn anything."]),
    ([("Iran", 1), ("**.*", 0.1)], ["“**.*” takes any answer there is, so it can not earn anything."]),
    ([("Iran", 1), ("*", 0)], []),
    ([(r"\*", 1)], []),
    ([("Iran", 1), ("the IRAN.", 0)], ["“Iran” and “the IRAN.” are the same answer."]),
    ([("Iran", 1), ("Iran", 1)], ["“Iran” and “Iran” are the same answer."]),
    ([("Iran*", 1), (r"Iran\*", 1)], []),
    ([("not*", 1)], ["No answer can be made of what is accepted. Add one without a wildcard."]),
    ([("not*", 1), ("nothing at all", 1)], []),
    ([("Iran", 1), ("Iraq", -0.5)], ["The credit of an option is a number from 0 to 1."]),
]


@pytest.mark.parametrize(("options", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(options, problems):
    assert [str(problem) for problem in SHORT.problems(question(*options))] == problems


def test_a_rule_of_another_kind_and_a_hint_that_takes_out_parts_are_problems():
    asked = question(*HEZBOLLAH, marking="all_or_nothing", hints=(Hint(clear_wrong=True),))
    assert [str(problem) for problem in SHORT.problems(asked)] == [
        "Questions of this kind are not marked by the rule that is chosen.",
        "A hint can not take out what is wrong in an answer of this kind.",
    ]


CORRECT = [
    ([("Iraq", 0), ("Iran", 1)], "Iran"),
    ([("Ir*n", 1), ("Persia", 1)], "Persia"),
    ([("Islamic Republic*", 1)], "Islamic Republic"),
    ([("*treaty*", 1)], "treaty"),
    ([("mutual * pact", 1)], "mutual pact"),
    ([("ally*", 1), ("ally", 0)], "ally something"),
    ([(r"5 \* 3", 1)], "5 * 3"),
    ([("not*", 1)], None),
    ([], None),
]


@pytest.mark.parametrize(("options", "answer"), CORRECT)
def test_a_right_answer_is_one_that_somebody_could_type(options, answer):
    assert SHORT.correct(question(*options)) == answer


READINGS = [
    ("Iran", "Iran"),
    ("  Iran\t", "Iran"),
    ("Islamic \u00a0 Republic\r\nof Iran", "Islamic Republic of Iran"),
    ("حزب‌الله", "حزب‌الله"),
    ("I\0ran", "Iran"),
    ("<b>Iran</b>", "<b>Iran</b>"),
    ("x" * 500, "x" * 500),
    (" " + "x" * 500, "x" * 500),
]


@pytest.mark.parametrize(("typed", "answer"), READINGS)
def test_an_answer_is_the_line_that_was_typed(typed, answer):
    assert SHORT.field.read(question(*HEZBOLLAH), laws.HAND, {"answer": [typed]}) == answer
    assert SHORT.field.say(question(*HEZBOLLAH), answer) == answer


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Write your answer first"),
        ({"answer": []}, "Write your answer first"),
        ({"answer": [""]}, "Write your answer first"),
        ({"answer": [" \t\0\u2003"]}, "Write your answer first"),
        ({"other": ["Iran"]}, "Write your answer first"),
        ({"answer": ["x" * 501]}, "has 501 characters, and only 500 fit. Shorten it"),
    ],
)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        SHORT.field.read(question(*HEZBOLLAH), laws.HAND, form)


def shown(seen: Seen) -> tuple[str, str, str]:
    line = SHORT.field.show(question(*HOUTHIS), laws.HAND, seen)
    return line.value, line.state, line.right


SHOWN = [
    (Seen(), ("", "", "")),
    (Seen(sent={"answer": ["  half"]}), ("  half", "", "")),
    (Seen(sent={}), ("", "", "")),
    (Seen(answers=("Oman",)), ("Oman", "", "")),
    (Seen(answers=("Oman", "rebels"), parts=(0.25,)), ("rebels", "partly", "")),
    (Seen(answers=("Oman",), parts=(0.0,), sent={"answer": [""]}), ("", "", "")),
    (Seen(answers=("Oman",), settled=True), ("Oman", "", "")),
    (Seen(answers=("Oman",), settled=True, sent={"answer": ["late"]}), ("Oman", "", "")),
    (Seen(answers=("Oman",), settled=True, parts=(0.0,), right="Ansar Allah"), ("Oman", "wrong", "Ansar Allah")),
    (Seen(answers=("rebels",), settled=True, parts=(0.25,), right="Ansar Allah"), ("rebels", "partly", "Ansar Allah")),
    (Seen(answers=("Houthi",), settled=True, parts=(1.0,), right="Ansar Allah"), ("Houthi", "right", "")),
    (Seen(answers=("Houthi",), settled=True, right="Ansar Allah"), ("Houthi", "", "Ansar Allah")),
    (Seen(settled=True, right="Ansar Allah"), ("", "", "Ansar Allah")),
]


@pytest.mark.parametrize(("seen", "line"), SHOWN)
def test_it_shows_what_was_typed_and_as_much_of_the_key_as_may_be_seen(seen, line):
    assert shown(seen) == line


def test_before_an_answer_every_key_looks_the_same():
    keys = [HEZBOLLAH, HOUTHIS, WILD, [("x" * 500, 1)]]
    asked = [question(*options, confusables=("Oman",) * len(options)) for options in keys]
    for seen in (Seen(), Seen(sent={"answer": ["Iran"]}), Seen(answers=("Iran",)), Seen(("Iran",), settled=True)):
        assert len({SHORT.field.show(one, laws.HAND, seen) for one in asked}) == 1
    assert {SHORT.field.paper(one, laws.HAND) for one in asked} == {Paper()}


words = st.sampled_from(
    ["Iran", "Russia", "formal treaty", "حزب‌الله", "1979", "mutual*pact", "*axis", "North *", r"\*"]
)
credits = st.sampled_from([0, 0.3, 1])


@st.composite
def asked_for(draw):
    texts = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    options = [(texts[0], 1), *((text, draw(credits)) for text in texts[1:])]
    return question(*draw(st.permutations(options)), confusables=tuple(draw(st.lists(st.text(max_size=8), max_size=2))))


questions = asked_for()
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


@given(st.lists(st.tuples(st.text(max_size=12), credits), max_size=4))
def test_a_question_without_problems_has_a_right_answer(options):
    asked = question(*options)
    if not SHORT.problems(asked):
        laws.the_correct_answer_earns_everything(asked)
        assert SHORT.field.read(asked, laws.HAND, {"answer": [SHORT.correct(asked)]})
