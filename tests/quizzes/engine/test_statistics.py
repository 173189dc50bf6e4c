"""Our figures beside published ones, cases worked out by hand, input without a figure, and what must always hold.

Published figures come from Moodle's fixtures (moodle/moodle, mod/quiz/report/statistics/tests), which its authors
worked out in a spreadsheet; the documentation of R's mirt and Python's pingouin; a psychology department's handout;
Microsoft's and GrapeCity's function references; and NIST's Statistical Reference Datasets.
"""

import math
import time
from dataclasses import astuple
from decimal import Decimal
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Option, Question, Slot
from quizzes.engine.statistics import Attempt, Item, OptionCount, QuizStatistics, item_of, quiz_statistics
from tests.cases import SHARE


def near(value):
    """A published figure: most have ten digits, some nine."""
    return None if value is None else pytest.approx(value, rel=1e-8)


def numbers(text: str) -> list[list[float]]:
    return [[float(number) for number in line.split()] for line in text.strip().splitlines()]


def items_of(weights) -> list[Item]:
    return [Item(f"q{number}", weight) for number, weight in enumerate(weights, 1)]


def figures(rows, weights=None) -> QuizStatistics:
    return quiz_statistics(items_of(weights or [1] * len(rows[0])), [Attempt(row) for row in rows])


# Moodle: stats_from_steps_walkthrough_test.php with results00.csv, steps00.csv, qstats00.csv and responsecounts00.csv.
# Seven questions of one mark. The first is drawn from two (N and S), the second came in ten variants.

STEPS = numbers("""
    1 1 1 1 1 0 1
    1 1 1 1 .5 1 0
    1 1 1 1 .5 0 1
    0 0 1 1 1 0 0
    1 0 1 0 0 1 .5
    1 1 1 1 .5 0 .5
    0 1 1 1 .5 1 .5
    1 1 1 0 .5 1 .5
    1 0 1 1 1 1 1
    0 1 1 0 .5 1 .5
    .8 0 1 1 .5 1 .5
    1 1 1 0 .5 1 1
    1 0 1 1 .5 1 .5
    1 0 1 1 1 0 .5
    0 0 1 1 0 1 1
    1 0 1 0 .5 1 1
    .8 0 1 1 .5 0 1
    1 0 1 1 0 1 .5
    1 0 1 1 .5 0 .5
    0 1 1 0 .5 1 0
    1 1 .3333333 1 .5 0 .5
    1 1 1 0 .5 0 .5
    1 1 1 1 0 1 .5
    0 0 1 0 .5 1 1
    0 0 1 1 1 1 1
""")
DRAWN = "N S N S N N N N S N S S N S N S S S N S S S S N N".split()
VARIANTS = [1, 1, 6, 6, 4, 1, 7, 4, 1, 5, 6, 8, 8, 1, 7, 10, 4, 6, 8, 4, 8, 5, 5, 1, 8]
CHOSEN = [1, 0, 1, 1, 1, 1, 0, 1, 0, 2, 2, 0, 1, 0, 2, 0, 2, 0, 1, 1, 0, 0, 0, 2, 2]

STEPS_QUIZ = {
    "first_attempts": 25,
    "all_attempts": 25,
    "first_mean": 4.617333332,
    "all_mean": 4.617333332,
    "median": 4.5,
    "sd": 0.8117265554,
    "skewness": -0.092502502,
    "kurtosis": -0.7073968557,
    "consistency": -87.2230935542,
    "error_ratio": 136.8294900795,
    "standard_error": 1.1106813066,
}
STEPS_ITEMS = [  # facility, standard deviation, effective weight, discrimination, efficiency
    (70.4, 0.4513682901, 21.2922742344, -7.0650767526, -9.4550536967),
    (48, 0.5099019514, 18.8979800309, -28.8982125772, -36.7834118938),
    (97.3333332, 0.13333334, 4.443012573, -9.1230674268, -21.6545012165),
    (68, 0.4760952286, 18.9347251357, -22.6306444113, -31.4411395613),
    (52, 0.3055050463, 11.1450138688, -17.6997047674, -21.1794802584),
    (64, 0.4898979486, 9.8081339177, -45.3785178421, -56.9365974439),
    (62, 0.331662479, 15.4788602394, -5.6543166602, -6.5043742058),
]


@pytest.mark.parametrize(("name", "value"), STEPS_QUIZ.items())
def test_moodles_walkthrough_has_moodles_figures_for_the_quiz(name, value):
    assert getattr(figures(STEPS), name) == near(value)


@pytest.mark.parametrize(("number", "expected"), list(enumerate(STEPS_ITEMS)))
def test_moodles_walkthrough_has_moodles_figures_for_the_questions(number, expected):
    item = figures(STEPS).items[number]
    found = (item.facility, item.sd, item.effective_weight, item.discrimination, item.efficiency)
    assert found == tuple(map(near, expected))
    assert item.intended_weight == near(100 / 7)


def spread_out(value, label, labels):
    return [value if label == each else None for each in labels]


@pytest.fixture
def drawn() -> QuizStatistics:
    """The same attempts with a column for each question that could be drawn, and what was chosen for the first."""
    variants = sorted(set(VARIANTS))
    items = [Item("N", options=3), Item("S", options=3), *items_of([1] * (len(variants) + 5))]
    attempts = [
        Attempt(
            [*spread_out(row[0], name, "NS"), *spread_out(row[1], variant, variants), *row[2:]],
            [[option] if name == each else [] for each in "NS"] + [[]] * (len(items) - 2),
        )
        for row, name, variant, option in zip(STEPS, DRAWN, VARIANTS, CHOSEN, strict=True)
    ]
    return quiz_statistics(items, attempts)


def test_a_drawn_question_has_moodles_figures_over_the_attempts_that_asked_it(drawn):
    numerical = drawn.items[0]
    assert numerical.attempts == 12
    assert (numerical.facility, numerical.sd) == (near(58.3333333), near(0.514928651))
    first, eighth = drawn.items[2], drawn.items[7]
    assert (first.attempts, eighth.attempts) == (6, 5)
    assert (first.facility, first.sd) == (near(50), near(0.5477225575))
    assert (first.discrimination, first.efficiency) == (near(-10.5999788), near(-14.28571429))
    assert (eighth.facility, eighth.sd) == (near(40), near(0.547722558))
    assert (eighth.discrimination, eighth.efficiency) == (near(-57.77466679), near(-71.05263241))


@pytest.mark.parametrize(("name", "value"), STEPS_QUIZ.items())
def test_a_quiz_that_draws_has_the_figures_of_its_places(drawn, name, value):
    assert getattr(drawn, name) == near(value)


def test_weights_of_drawn_questions_are_those_in_an_attempt_that_asked_them(drawn):
    assert [item.intended_weight for item in drawn.items] == [near(100 / 7)] * 14
    assert sum(item.intended_weight * item.attempts for item in drawn.items) == near(100 * 25)
    assert sum((item.effective_weight or 0) * item.attempts for item in drawn.items) == near(100 * 25)


def test_options_are_counted_as_in_moodles_response_counts(drawn):
    assert [count.total for count in drawn.items[0].options] == [1, 7, 4]
    assert [count.total for count in drawn.items[1].options] == [9, 2, 2]
    assert drawn.items[2].options == ()


# Moodle: statistics_test.php with mdl_question_states.csv. Twenty questions; nobody earned anything for the first
# seven, three of which can earn nothing.

STATES = numbers("""
    5.5 .3 .9 1 .3 1 0 0 1 1 0 0 1
    1 .9 .9 .3 .3 1 0 0 1 0 1 0 1
    2.5 1 .9 .3 1 0 0 1 1 1 1 1 1
    4 .3 .9 1 .3 0 0 0 0 1 0 0 1
    3 .9 .3 .9 1 0 1 0 0 1 1 1 0
    4.5 .9 1 1 .9 0 1 1 1 0 0 0 0
    3 .3 .3 .3 .3 1 0 1 1 1 1 1 1
    6 .9 .9 1 .3 0 1 1 1 1 0 0 1
    .5 .9 1 .9 .3 0 1 1 0 1 1 0 1
    5.5 .9 1 .9 .3 1 1 0 0 1 0 0 0
    2.5 .9 1 1 .9 0 1 0 0 1 0 0 1
    4 .9 .3 .9 1 0 1 1 1 1 1 0 1
    4 .9 .3 .3 1 1 1 1 0 0 1 1 0
    3 1 1 .3 1 0 1 0 1 1 1 1 0
    1 1 .9 .3 .3 1 0 1 0 0 0 0 0
    1 .3 .3 .3 .9 0 0 0 1 0 0 0 1
    1.5 1 .3 .9 1 1 1 0 1 1 0 0 0
    4 .9 1 .9 1 0 1 1 1 0 1 0 0
    2 .9 .9 .3 .9 0 1 0 0 0 0 0 0
    1 1 .3 .3 .3 0 1 1 0 1 0 0 0
    6 .9 1 1 .9 0 0 0 1 0 0 1 1
    7 .9 .3 .3 .3 1 0 1 1 1 1 0 0
""")
STATES_WEIGHTS = [1] * 4 + [0] * 3 + [8] + [1] * 12
STATES_ITEMS = [  # facility, thousandths of a mark of standard deviation, effective weight, discrimination, efficiency
    *[(0, 0, 0, None, None)] * 4,
    *[(None, 0, 0, None, None)] * 3,
    (41.19318182, 1912.733589, 26.58464457, 25.88327077, 27.23492723),
    (81.36363636, 251.2738111, 3.368456046, 1.170256965, 1.382386552),
    (71.36363636, 322.6312277, 3.253955259, -4.207816809, -4.691171307),
    (65.45454545, 333.4199022, 7.584083694, 28.16930644, 31.12404354),
    (65.90909091, 337.5811591, 3.79658376, -2.513606859, -2.877487579),
    (36.36363636, 492.3659639, 3.183278505, -12.99017581, -17.5074184),
    (59.09090909, 503.2362797, 4.532356904, -8.900638238, -10.27568922),
    (50, 511.7663157, 7.78856243, 8.670004606, 10.86956522),
    (59.09090909, 503.2362797, 10.08351572, 29.63337745, 34.58997279),
    (63.63636364, 492.3659639, 8.381139345, 15.18945843, 17.4790556),
    (45.45454545, 509.6471914, 8.727645713, 16.21079629, 20.14359793),
    (27.27272727, 455.8423058, 7.946277111, 15.52451404, 22.06477733),
    (50, 511.7663157, 4.769500946, -8.396734802, -10),
]


@pytest.mark.parametrize(("number", "expected"), list(enumerate(STATES_ITEMS)))
def test_moodles_question_states_have_moodles_figures(number, expected):
    item = figures([[0] * 7 + row for row in STATES], STATES_WEIGHTS).items[number]
    found = (item.facility, 1000 * item.sd, item.effective_weight, item.discrimination, item.efficiency)
    assert found == tuple(map(near, expected))


# Five questions of the Law School Admission Test, section 7 (Bock and Lieberman, Psychometrika 35, 1970): how many of
# 1,000 had each pattern of marks, from 00000 to 11111. Figures: itemstats(LSAT7full) in the reference of R's mirt.

PATTERNS = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18]
PATTERNS += [136, 32, 308]
LSAT = [[int(mark) for mark in f"{pattern:05b}"] for pattern, times in enumerate(PATTERNS) for _ in range(times)]


def test_a_classic_of_psychometrics_has_the_figures_that_mirt_gives():
    found = figures(LSAT)
    assert (found.all_attempts, found.all_mean) == (1000, 3.707)
    assert (round(found.sd, 3), round(found.consistency / 100, 3), round(found.standard_error, 3)) == (
        1.199,
        0.453,
        0.886,
    )
    assert [item.facility / 100 for item in found.items] == pytest.approx([0.828, 0.658, 0.772, 0.606, 0.843])
    assert [round(item.sd, 3) for item in found.items] == [0.378, 0.475, 0.420, 0.489, 0.364]
    assert [round(item.discrimination / 100, 3) for item in found.items] == [0.246, 0.247, 0.313, 0.223, 0.175]


# pingouin.cronbach_alpha's documentation: the dataset cronbach_alpha (one row each, ten answers from 1 to 7), and
# cronbach_wide_missing, without its incomplete rows and with the columns' medians in the gaps.

LIKERT = """3241451432 5463512555 7355643365 2433222663 6565444675 1234252352 4353521243 2443722465 6555165232
    5464353172 4352532341 4232534234 5562332445 6554221465 4355313234"""
COMPLETE = """11111111111 11111111010 11101101100 11111000100 11110010000 11111000000 01011000010 11100000000
    10010000000"""
IMPUTED = f"{COMPLETE} 10111111100 01101111000 10010100000"


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [(LIKERT, 0.5917188485995826), (COMPLETE, 0.8016949152542373), (IMPUTED, 0.7380191693290734)],
)
def test_cronbachs_alpha_is_pingouins(rows, alpha):
    assert figures([list(map(int, row)) for row in rows.split()]).consistency == pytest.approx(100 * alpha, rel=1e-12)


def test_the_kuder_richardson_handout_has_its_variances():
    """K. L. Wuensch, East Carolina University, KR20.txt: ten students, ten questions; variances there divide by S."""
    rows = """1111110110 1011011101 1111011001 0010001000 0000010010 1110111111 1101110111 1111111101 0101111101
        1101101110"""
    found = figures([list(map(int, row)) for row in rows.split()])
    variances = [0.21, 0.21, 0.24, 0.21, 0.24, 0.16, 0.21, 0.21, 0.25, 0.24]
    assert [item.sd**2 * 9 / 10 for item in found.items] == pytest.approx(variances)
    assert found.sd**2 * 9 / 10 == pytest.approx(5.84)
    assert found.consistency == pytest.approx(100 * 10 / 9 * (1 - sum(variances) / 5.84))


@pytest.mark.parametrize(
    ("totals", "skewness", "kurtosis"),
    [
        ([3, 4, 5, 2, 3, 4, 5, 6, 4, 7], 0.359543071, -0.151799637),  # Microsoft, SKEW and KURT
        ([35, 31, 47, 51, 37, 31, 58, 39], None, -0.7496238078),  # GrapeCity, KURT
    ],
)
def test_skewness_and_kurtosis_are_those_of_the_spreadsheets(totals, skewness, kurtosis):
    found = figures([[total] for total in totals], [100])
    assert found.kurtosis == near(kurtosis)
    assert skewness is None or found.skewness == near(skewness)


@pytest.mark.parametrize(
    ("totals", "mean", "sd"),
    [
        ([10000001, 10000003, 10000002], 10000002, 1),
        ([1.2] + 500 * [1.1, 1.3], 1.2, 0.1),
        ([1000000.2] + 500 * [1000000.1, 1000000.3], 1000000.2, 0.1),
        ([10000000.2] + 500 * [10000000.1, 10000000.3], 10000000.2, 0.1),
    ],
    ids=["NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4"],
)
def test_nists_hard_datasets_keep_their_certified_digits(totals, mean, sd):
    found = figures([[total] for total in totals])
    assert (found.all_mean, found.sd) == (mean, sd)


# By hand


def test_two_unrelated_questions_are_worked_out_by_hand():
    found = figures([[1, 1], [1, 0], [0, 1], [0, 0]])
    assert (found.all_mean, found.median, found.sd) == (1, 1, pytest.approx(math.sqrt(2 / 3)))
    assert (found.skewness, found.kurtosis) == (0, pytest.approx(1.5))
    assert (found.consistency, found.error_ratio, found.standard_error) == (0, 100, pytest.approx(found.sd))
    for item in found.items:
        assert (item.facility, item.sd) == (50, pytest.approx(math.sqrt(1 / 3)))
        assert (item.intended_weight, item.effective_weight) == (50, pytest.approx(50))
        assert (item.discrimination, item.efficiency) == (0, 0)


def test_a_hard_and_an_easy_question_in_step_are_as_efficient_as_they_can_be():
    found = figures([[1, 1], [1, 0], [0, 0]])
    assert found.consistency == pytest.approx(200 / 3)
    assert found.error_ratio == pytest.approx(100 * math.sqrt(1 / 3))
    assert found.standard_error == pytest.approx(math.sqrt(1 / 3))
    assert [item.discrimination for item in found.items] == pytest.approx([50, 50])
    assert [item.efficiency for item in found.items] == [100, 100]


def test_a_question_against_the_rest_has_no_effective_weight_and_full_negative_discrimination():
    against, other = figures([[0, 3], [1, 0]], [1, 3]).items
    assert (against.effective_weight, other.effective_weight) == (None, 100)
    assert (against.discrimination, against.efficiency) == (-100, -100)
    assert (against.intended_weight, other.intended_weight) == (25, 75)


def test_equal_questions_are_wholly_consistent_and_measure_without_error():
    found = figures([[1, 1, 1], [0, 0, 0], [0.5, 0.5, 0.5]])
    assert (found.consistency, found.error_ratio, found.standard_error) == (100, 0, 0)
    assert [item.discrimination for item in found.items] == [100, 100, 100]


def test_later_attempts_are_counted_and_enter_the_other_figures_only_on_request():
    attempts = [Attempt([1]), Attempt([0]), Attempt([1], first=False), Attempt([1], first=False)]
    first = quiz_statistics(items_of([1]), attempts)
    every = quiz_statistics(items_of([1]), attempts, first_only=False)
    for found in (first, every):
        assert (found.first_attempts, found.all_attempts) == (2, 4)
        assert (found.first_mean, found.all_mean) == (0.5, 0.75)
    assert (first.median, first.items[0].facility, first.items[0].attempts) == (0.5, 50, 2)
    assert (every.median, every.items[0].facility, every.items[0].attempts) == (1, 75, 4)


def test_consistency_needs_attempts_of_equal_length_and_ignores_what_earns_nothing():
    assert figures([[1, 1], [1, 0], [0, None]]).consistency is None
    assert figures([[1, None, 1], [None, 1, 0], [0, None, 0]]).consistency == pytest.approx(200 / 3)
    assert figures([[1, 0, 1], [1, 0, 0], [0, 0, 0]], [1, 0, 1]).consistency == pytest.approx(200 / 3)


def test_marks_may_be_decimals_as_they_are_stored():
    rows = [["0.66667", "1"], ["0.33333", "0.5"], ["0", "1"]]
    decimals = figures([[Decimal(mark) for mark in row] for row in rows])
    assert decimals == figures([[float(mark) for mark in row] for row in rows])


def test_totals_that_differ_only_by_how_floats_add_up_are_equal():
    found = figures([[0.1, 0.2], [0.3, 0], [0.2, 0.1]])
    assert (found.sd, found.skewness, found.consistency) == (0, None, None)


def test_an_attempt_that_does_not_match_the_items_is_refused():
    with pytest.raises(ValueError):
        quiz_statistics(items_of([1, 1]), [Attempt([1])])


def test_an_item_takes_weight_guess_and_options_from_its_slot():
    options = tuple(Option(text=text, credit=text == "a") for text in "abcd")
    item = item_of(Slot(Question("capital", "single", "Which?", options), 2))
    assert item == Item("capital", 2, 0.25, 4)
    assert quiz_statistics([item], []).items[0].guess == 25


def test_options_are_counted_over_all_and_in_the_lower_and_the_upper_third():
    answers = [(0, [1]), (0, [2]), (1, [1]), (1, [0]), (2, [0]), (2, [0, 2]), (3, [0]), (3, [0]), (4, [0])]
    attempts = [Attempt([mark], [chosen]) for mark, chosen in answers]
    item = quiz_statistics([Item("q", 4, options=4)], attempts).items[0]
    # The third lowest and the third highest mark are 1 and 3; another attempt ties with the one, none with the other.
    assert (item.lower, item.upper) == (4, 3)
    assert item.options == (OptionCount(6, 1, 3), OptionCount(2, 2, 0), OptionCount(2, 1, 0), OptionCount(0, 0, 0))


def test_thirds_go_by_the_share_of_the_marks_that_the_attempt_could_earn():
    rows = [[1, None], [None, 2], [None, 6]]
    found = quiz_statistics(
        [Item("a", 1, options=1), Item("b", 6, options=1)], [Attempt(row, [[0], [0]]) for row in rows]
    )
    assert [(item.lower, item.upper) for item in found.items] == [(0, 1), (1, 1)]


@pytest.mark.parametrize("marks", [[], [0, 1], [1, 1, 1, 1], [0, 1, 1, 1, 1, 1, 2]])
def test_where_thirds_would_meet_there_are_none(marks):
    item = quiz_statistics([Item("q", 2, options=1)], [Attempt([mark], [[0]]) for mark in marks]).items[0]
    assert (item.lower, item.upper) == (None, None)
    assert item.options == (OptionCount(len(marks), None, None),)


def test_attempts_without_a_record_of_choices_count_for_no_option():
    item = quiz_statistics([Item("q", options=1)], [Attempt([1], [[0]]), Attempt([1])]).items[0]
    assert item.options == (OptionCount(1, None, None),)


# Without a figure

QUIZ_FIGURES = ("first_mean", "median", "sd", "skewness", "kurtosis", "consistency", "error_ratio", "standard_error")
ITEM_FIGURES = ("facility", "sd", "intended_weight", "effective_weight", "discrimination", "efficiency")
HALF = math.sqrt(1 / 2)
UNDEFINED = {  # marks, the quiz's figures, the first question's figures
    "no attempts": ([], [None] * 8, [None] * 6),
    "attempts that asked nothing": ([[None, None]] * 3, [None] * 8, [None] * 6),
    "one attempt": ([[1, 0]], [1, 1] + [None] * 6, [100, None, 50] + [None] * 3),
    "two attempts": ([[1, 1], [0, 0]], [1, 1, 2 * HALF, None, None, 100, 0, 0], [50, HALF, 50, 50, 100, 100]),
    "three attempts": (
        [[0, 0], [0, 0], [1, 2]],
        [1, 0, math.sqrt(3), math.sqrt(3), None, 800 / 9, 100 / 3, math.sqrt(1 / 3)],
        [100 / 3, math.sqrt(1 / 3), 50, 100 / (1 + math.sqrt(2)), 100, 100],
    ),
    "no variance": ([[1, 0]] * 4, [1, 1, 0] + [None] * 5, [100, 0, 50] + [None] * 3),
    "no variance of totals": (
        [[1, 0], [0, 1]] * 2,
        [1, 1, 0] + [None] * 5,
        [50, math.sqrt(1 / 3), 50, None, -100, -100],
    ),
    "no variance of the question": (
        [[1, 0], [1, 1]],
        [1.5, 1.5, HALF, None, None, 0, 100, HALF],
        [100, 0, 50, 0, None, None],
    ),
    "one question": ([[1], [0]], [0.5, 0.5, HALF] + [None] * 5, [50, HALF, 100, 100, None, None]),
    "a question never asked": ([[None, 1], [None, 0]], [0.5, 0.5, HALF] + [None] * 5, [None] * 6),
}


@pytest.mark.parametrize(("rows", "quiz", "item"), UNDEFINED.values(), ids=UNDEFINED.keys())
def test_what_is_undefined_is_none(rows, quiz, item):
    found = quiz_statistics(items_of([1] * len(rows[0] if rows else [1])), [Attempt(row) for row in rows])
    assert [getattr(found, name) for name in QUIZ_FIGURES] == pytest.approx(quiz)
    assert [getattr(found.items[0], name) for name in ITEM_FIGURES] == pytest.approx(item)


def test_a_quiz_without_questions_has_no_figures():
    assert quiz_statistics([], [Attempt([])]).items == ()
    assert quiz_statistics([], [Attempt([])]).all_attempts == 0


# What must always hold

WEIGHTS = st.lists(st.sampled_from([0, 0.5, 1, 3]), min_size=1, max_size=5)


def marks_for(weights, *, gaps=True):
    one = [st.floats(-weight, weight) | st.sampled_from([0, weight]) for weight in weights]
    return st.lists(st.tuples(*[st.none() | mark if gaps else mark for mark in one]), max_size=12)


with_gaps = WEIGHTS.flatmap(lambda weights: st.tuples(marks_for(weights), st.just(weights)))
without_gaps = WEIGHTS.flatmap(lambda weights: st.tuples(marks_for(weights, gaps=False), st.just(weights)))


def flat(value):
    return [part for each in value for part in flat(each)] if isinstance(value, tuple) else [value]


@given(with_gaps)
def test_every_figure_is_finite_or_none_and_within_its_bounds(quiz):
    rows, weights = quiz
    found = quiz_statistics(items_of(weights), [Attempt(row) for row in rows])
    assert all(isinstance(figure, str) or figure is None or math.isfinite(figure) for figure in flat(astuple(found)))
    assert found.consistency is None or found.consistency <= 100
    for item in found.items:
        assert item.discrimination is None or -100 <= item.discrimination <= 100
        assert item.efficiency is None or item.efficiency <= 100
        assert item.sd is None or item.sd >= 0


@given(with_gaps, st.data())
def test_permuting_the_attempts_changes_nothing(quiz, data):
    rows, weights = quiz
    turned = data.draw(st.permutations(rows))
    attempts, turned_attempts = ([Attempt(row) for row in each] for each in (rows, turned))
    assert quiz_statistics(items_of(weights), attempts) == quiz_statistics(items_of(weights), turned_attempts)


@given(without_gaps, st.integers(-5, 5))
def test_a_constant_added_to_all_marks_moves_the_means_only(quiz, constant):
    rows, weights = quiz
    rows = [[round(mark, 5) for mark in row] for row in rows]
    before = quiz_statistics(items_of(weights), [Attempt(row) for row in rows])
    after = quiz_statistics(items_of(weights), [Attempt([mark + constant for mark in row]) for row in rows])
    for name in ("sd", "skewness", "kurtosis", "consistency", "error_ratio", "standard_error"):
        assert getattr(after, name) == getattr(before, name)
    for old, new in zip(before.items, after.items, strict=True):
        assert (new.sd, new.discrimination, new.efficiency) == (old.sd, old.discrimination, old.efficiency)
    if rows:
        assert after.all_mean == pytest.approx(before.all_mean + constant * len(weights))


@given(without_gaps)
def test_weights_sum_to_a_hundred_and_facilities_to_the_mean(quiz):
    rows, weights = quiz
    found = quiz_statistics(items_of(weights), [Attempt(row) for row in rows])
    effective = [item.effective_weight for item in found.items if item.effective_weight is not None]
    assert not effective or sum(effective) == pytest.approx(100)
    if rows and sum(weights):
        assert sum(item.intended_weight for item in found.items) == pytest.approx(100)
        assert found.all_mean == pytest.approx(fmean(sum(row) for row in rows), abs=1e-8)


def test_ten_thousand_attempts_at_forty_questions_take_seconds():
    learners = round(10_000 * SHARE)
    items = [Item(f"q{number}", options=4) for number in range(40)]
    attempts = [
        Attempt([(n * n + number) % 3 / 2 for number in range(40)], [[(n + number) % 4] for number in range(40)])
        for n in range(learners)
    ]
    started = time.process_time()
    found = quiz_statistics(items, attempts)
    assert time.process_time() - started < 10 * SHARE
    assert (found.all_attempts, found.items[0].options[0].total) == (learners, learners // 4)
