import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizzes.engine.document import Hint, Option, Question
from quizzes.engine.fields import Paper, Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws

NUMERIC = KINDS["numeric"]
OPTIONAL, REQUIRED = "unit_optional", "unit_required"


def question(*options: tuple[str, float], units: tuple[str, ...] = (), marking: str = "", **more) -> Question:
    rows = tuple(Option(text, credit) for text, credit in options)
    return Question("q", "numeric", "How many?", rows, units=units, marking=marking, **more)


YEAR = question(("1989", 1))
ABOUT = question(("1989 ± 1", 1), ("1980..1999", 0.5), ("1979", 0))
SHARE = question(("3.5 ± 5 %", 1))
TENTH = question(("0.3 ± 0.1", 1))
BELOW = question(("-5 ± 0.5", 1), ("5 ± 0.5", 0.25))
WAY = question(("5 ± 0.1", 1), units=("km", "m = 0.001", "mi = 1.609344"))
MUST = replace(WAY, marking=REQUIRED)
MONEY = question(("1,000,000..2,000,000", 1), units=("$", "million $ = 1e6"))
EITHER = question(("1988", 1), ("1990", 1), ("1989", 0.5))
DECADE = question(("1989", 0.5), ("1980..1989", 1), ("1985", 0))
HUGE = question(("6.022e23 ± 0.1 %", 1))
MARKS = [
    (YEAR, "1989", 1),
    (YEAR, "1989.0", 1),
    (YEAR, "1,989", 1),
    (YEAR, "1 989", 1),
    (YEAR, "۱۹۸۹", 1),
    (YEAR, "1.989e3", 1),
    (YEAR, "+1989", 1),
    (YEAR, "1988.999999999999999999999999999999999", 0),
    (YEAR, "1989.000000000000000000000000000000001", 0),
    (YEAR, "-1989", 0),
    (YEAR, "1.989", 0),
    (ABOUT, "1989", 1),
    (ABOUT, "1988", 1),
    (ABOUT, "1990", 1),
    (ABOUT, "1987.9999", 0.5),
    (ABOUT, "1990.0001", 0.5),
    (ABOUT, "1980", 0.5),
    (ABOUT, "1999", 0.5),
    (ABOUT, "1979", 0),
    (ABOUT, "2000", 0),
    (SHARE, "3.5", 1),
    (SHARE, "3,5", 1),
    (SHARE, "3.325", 1),
    (SHARE, "3.675", 1),
    (SHARE, "3.3249", 0),
    (SHARE, "3.6751", 0),
    (TENTH, "0.2", 1),
    (TENTH, "0.4", 1),
    (TENTH, ".20", 1),
    (TENTH, "0.1999999999999999999999", 0),
    (BELOW, "−5", 1),
    (BELOW, "-4.5", 1),
    (BELOW, "-5,5", 1),
    (BELOW, "5", 0.25),
    (BELOW, "0", 0),
    (WAY, "5", 1),
    (WAY, "5 km", 1),
    (WAY, "5.1km", 1),
    (WAY, "5.2 km", 0),
    (WAY, "5000 m", 1),
    (WAY, "4,900 m", 1),
    (WAY, "5 m", 0),
    (WAY, "3.1 mi", 1),
    (WAY, "3 mi", 0),
    (MUST, "5 km", 1),
    (MUST, "5000 m", 1),
    (MUST, "5000 km", 0),
    (MONEY, "$1,500,000", 1),
    (MONEY, "1.5 million $", 1),
    (MONEY, "1 000 000", 1),
    (MONEY, "1.5", 0),
    (MONEY, "2,000,001 $", 0),
    (EITHER, "1988", 1),
    (EITHER, "1990", 1),
    (EITHER, "1989", 0.5),
    (DECADE, "1989", 1),
    (DECADE, "1985", 1),
    (HUGE, "6.022 × 10²³", 1),
    (HUGE, "6.02e23", 1),
    (HUGE, "6e23", 0),
    (HUGE, "1e99", 0),
    (HUGE, "1e-99", 0),
]


@pytest.mark.parametrize(("asked", "typed", "fraction"), MARKS)
def test_an_answer_earns_the_best_credit_of_the_values_that_take_it_in(asked, typed, fraction):
    answer = NUMERIC.field.read(asked, laws.HAND, {"answer": [typed]})
    assert NUMERIC.mark(asked, answer) == fraction
    assert NUMERIC.parts(asked, answer) == (fraction,)


def test_an_answer_in_a_unit_that_is_not_taken_any_more_earns_nothing():
    assert NUMERIC.mark(replace(WAY, units=("km",)), "5000 m") == 0
    assert NUMERIC.touched(replace(WAY, units=("km",)), "5000 m") == []


@pytest.mark.parametrize(
    ("answer", "touched"), [("1989", [0]), ("1990", [0]), ("1985", [1]), ("1979", [2]), ("1970", [])]
)
def test_the_value_that_counts_speaks(answer, touched):
    assert NUMERIC.touched(ABOUT, answer) == touched


def test_of_two_values_that_earn_the_same_the_narrower_speaks():
    asked = question(("5", 1), ("1979..1989", 0), ("1979", 0))
    assert NUMERIC.touched(asked, "1979") == [2]
    assert NUMERIC.touched(asked, "1980") == [1]


ONE_RIGHT = "At least one value must earn everything: credit 1."


def no_value(text: str) -> str:
    return f"“{text}” is no value. Write one like 1989, 1989 ± 1, 3.5 ± 5 % or 1988..1990, without unit."


def no_unit(text: str) -> str:
    return (
        f"“{text}” is no unit. The first is a name such as km, each further one says how much of the first it is: "
        "m = 0.001."
    )


PROBLEMS = [
    (YEAR, []),
    (ABOUT, []),
    (WAY, []),
    (MUST, []),
    (MONEY, []),
    (question(), [ONE_RIGHT]),
    (question(("1989", 0.9)), [ONE_RIGHT]),
    (question(("many", 1)), [no_value("many"), ONE_RIGHT]),
    (question(("1989", 1), ("", 0)), [no_value("")]),
    (question(("1989", 1), ("5 km", 0)), [no_value("5 km")]),
    (question(("1989", 1), ("1990..1988", 0)), [no_value("1990..1988")]),
    (question(("1989", 1), ("1989 ± -1", 0)), [no_value("1989 ± -1")]),
    (question(("1989", 1), ("1e400", 0)), [no_value("1e400")]),
    (question(("1989 ± 1", 1), ("1988..1990", 0.5)), ["“1988..1990” stands there twice."]),
    (question(("5", 1), units=("km = 1",)), [no_unit("km = 1")]),
    (question(("5", 1), units=("km", "m")), [no_unit("m")]),
    (question(("5", 1), units=("km", "m = 0")), [no_unit("m = 0")]),
    (question(("5", 1), units=("2m",)), [no_unit("2m")]),
    (question(("5", 1), units=("",)), [no_unit("")]),
    (question(("5", 1), units=("km", "m = 0.001", "m = 0.01")), ["Two units have the same name."]),
    (question(("5", 1), marking=REQUIRED), ["A unit is required, and none is named."]),
    (question(("5", 1), ("6", -1)), ["The credit of an option is a number from 0 to 1."]),
    (
        question(("5", 1), marking="all_or_nothing"),
        ["Questions of this kind are not marked by the rule that is chosen."],
    ),
    (
        question(("5", 1), hints=(Hint(clear_wrong=True),)),
        ["A hint can not take out what is wrong in an answer of this kind."],
    ),
]


@pytest.mark.parametrize(("asked", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(asked, problems):
    assert [str(problem) for problem in NUMERIC.problems(asked)] == problems


@pytest.mark.parametrize(
    ("asked", "answer"),
    [(YEAR, "1989"), (ABOUT, "1989"), (SHARE, "3.5"), (WAY, "5 km"), (MONEY, "1,000,000 $"), (question(), None)],
)
def test_a_right_answer_is_a_value_as_the_author_wrote_it_in_the_first_unit(asked, answer):
    assert NUMERIC.correct(asked) == answer


@pytest.mark.parametrize("typed", ["1989", "1,989.0", "۱۹۸۹", "1.989e3", "− 3", "1e99"])
def test_an_answer_stays_as_it_was_typed(typed):
    assert NUMERIC.field.read(YEAR, laws.HAND, {"answer": [f"  {typed} "]}) == typed
    assert NUMERIC.field.say(YEAR, typed) == typed


READINGS = [
    (YEAR, None, "Write your answer first"),
    (YEAR, " ", "Write your answer first"),
    (YEAR, "many", "Write one number and nothing else"),
    (YEAR, "1989 km", "Write one number and nothing else"),
    (YEAR, "1e100", "Write one number and nothing else"),
    (YEAR, "1e999999999", "Write one number and nothing else"),
    (YEAR, "1" * 101, "has 101 characters, and only 100 fit"),
    (WAY, "5 ft", "in one of these units: km, m, mi"),
    (WAY, "far", "in one of these units: km, m, mi"),
    (MUST, "5", "Write the unit too, one of these: km, m, mi"),
    (MUST, "5 ft", "in one of these units: km, m, mi"),
]


@pytest.mark.parametrize(("asked", "typed", "says"), READINGS)
def test_an_unreadable_answer_says_what_to_do(asked, typed, says):
    with pytest.raises(Unreadable, match=says):
        NUMERIC.field.read(asked, laws.HAND, {} if typed is None else {"answer": [typed]})


def told(asked: Question, **seen) -> str:
    return NUMERIC.field.show(asked, laws.HAND, Seen(settled=True, right=NUMERIC.correct(asked), **seen)).right


def test_what_is_right_is_told_with_its_unit_and_both_ends_of_a_range():
    assert [told(asked) for asked in (YEAR, ABOUT, EITHER)] == ["1989", "1989", "1988; 1990"]
    assert [told(asked) for asked in (WAY, MONEY)] == ["5 km", "1,000,000 – 2,000,000 $"]


def test_what_is_right_is_not_told_to_who_knew_it_nor_before_it_may_be():
    assert told(WAY, answers=("5000 m",), parts=(1.0,)) == ""
    assert told(WAY, answers=("5 m",), parts=(0.0,)) == "5 km"
    assert NUMERIC.field.show(WAY, laws.HAND, Seen(("5 m",), settled=True, parts=(0.0,))).right == ""


def test_the_page_says_which_units_are_taken():
    shown = [NUMERIC.field.show(asked, laws.HAND, Seen()) for asked in (YEAR, WAY, MUST)]
    assert [line.units for line in shown] == [(), ("km", "m", "mi"), ("km", "m", "mi")]
    assert [line.unit_required for line in shown] == [False, False, True]
    assert NUMERIC.field.paper(WAY, laws.HAND) == Paper(rows=("",), choices=("km", "m", "mi"))


@pytest.mark.parametrize("units", [(), ("km",), ("km", "m = 0.001")])
def test_before_an_answer_every_key_looks_the_same(units):
    keys = [YEAR, ABOUT, SHARE, BELOW, EITHER, HUGE]
    asked = [replace(one, units=units) for one in keys]
    for seen in (Seen(), Seen(sent={"answer": ["5"]}), Seen(answers=("5",)), Seen(answers=("5",), settled=True)):
        assert len({NUMERIC.field.show(one, laws.HAND, seen) for one in asked}) == 1
    assert len({NUMERIC.field.paper(one, laws.HAND) for one in asked}) == 1


values = st.decimals(-(10**9), 10**9, places=3).map(str) | st.integers(-3000, 3000).map(str)
tolerances = st.sampled_from(["", " ± 1", " ± 0.25", " +- 5 %", " ± 10%"])
units = st.sampled_from([(), ("km",), ("km", "m = 0.001"), ("€", "cent = 0.01"), ("%",)])


@st.composite
def asked_for(draw):
    texts = draw(st.lists(values, min_size=1, max_size=4, unique_by=float))
    options = [(text + draw(tolerances), draw(st.sampled_from([0, 0.5, 1]))) for text in texts]
    options[0] = (options[0][0], 1)
    known = draw(units)
    marking = draw(st.sampled_from(["", OPTIONAL, REQUIRED] if known else ["", OPTIONAL]))
    asked = question(*draw(st.permutations(options)), units=known, marking=marking)
    return asked if not NUMERIC.problems(asked) else YEAR


questions = asked_for()
typed = st.tuples(values, st.sampled_from(["", "km", " m", "€", " %"])).map("".join)
forms = st.one_of(typed.map(lambda text: {"answer": [text]}), laws.form_data(YEAR))


@given(questions, forms)
def test_any_form_gives_an_answer_or_a_message(asked, form):
    laws.any_form_gives_an_answer_or_a_message(asked, form)


@given(questions)
def test_the_correct_answer_earns_everything(asked):
    laws.the_correct_answer_earns_everything(asked)
    assert NUMERIC.field.read(asked, laws.HAND, {"answer": [NUMERIC.correct(asked)]}) == NUMERIC.correct(asked)


@given(questions, forms, st.randoms())
def test_permuting_the_options_changes_nothing(asked, form, random):
    order = random.sample(range(len(asked.options)), len(asked.options))
    laws.permuting_the_options_changes_nothing(asked, order, form)
