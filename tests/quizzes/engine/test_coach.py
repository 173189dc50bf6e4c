"""The coach on the labelled set, and each rule on cases where it must point at the right place or keep silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import coach
from quizzes.engine.coach.overlaps import Range, read_range
from quizzes.engine.document import Option, Question
from quizzes.engine.kinds import KINDS
from quizzes.engine.statistics import Attempt, Item, ItemStatistics, OptionCount, quiz_statistics
from tests.quizzes.engine.coach_set import GUIDE, HELD_OUT, TUNING, read, score, table

FROM_ANSWERS = {"unchosen_option", "negative_discrimination", "wrong_key"}


def asked(text: str, *options: str, kind: str = "single", explanation: str = "So it is.", **fields) -> Question:
    """Right options begin with a plus."""
    rows = tuple(Option(text.removeprefix("+"), credit=text.startswith("+")) for text in options)
    return Question("q", kind, text, rows, explanation=explanation, **fields)


def told(question: Question, **context) -> list[tuple[str, str]]:
    return [(advice.rule, advice.where) for advice in coach.advice(question, coach.Context(**context))]


# The labelled set


@pytest.mark.parametrize("half", [TUNING, HELD_OUT])
def test_the_coach_is_nearly_always_right(half):
    rows = read(half)
    print(f"\n{half}\n{table(rows)}")
    overall = score(rows, coach.RULES)
    assert overall.precision >= 0.95
    assert overall.recall >= 0.9


@pytest.mark.parametrize("half", [TUNING, HELD_OUT])
@pytest.mark.parametrize("rule", sorted(set(coach.RULES) - FROM_ANSWERS))
def test_no_rule_is_much_worse_than_the_others(half, rule):
    rows = read(half)
    assert any(rule in row.expected for row in rows)
    assert score(rows, [rule]).precision >= 0.8
    assert score(rows, [rule]).recall >= 0.8


def test_the_set_is_large_and_half_of_it_is_good():
    rows = read(TUNING) + read(HELD_OUT)
    assert len(rows) >= 160
    assert 0.4 < sum(not row.expected for row in rows) / len(rows) < 0.6
    assert len({row.question.text for row in rows}) == len(rows)


NONSENSE = [
    ("What is the purpose of a glimb-sorder?", "To carry trasks", "+To sort glimbs", "To weigh pons", "cue_word"),
    (
        "Norbing sets in",
        "at noon",
        "+in the early morning, unless a dreel was felled by the day before",
        "at dusk",
        "longest_key",
    ),
    (
        "Why do wimmets fall ill?",
        "Their tarks are always cold",
        "None of their tarks ever heals",
        "+Their tarks often bend",
        "absolute_word",
    ),
    ("A slow wimmet is called an", "broil", "lunter", "+elmet", "grammar_cue"),
    ("What must be there before a dreel can ripen?", "+Strib", "Strib and flane", "Gorm and strib", "overlap"),
]


@pytest.mark.parametrize("case", NONSENSE, ids=[case[-1] for case in NONSENSE])
def test_what_lets_anybody_pass_a_test_of_nonsense_is_found(case):
    """After a test that goes round among teachers: its answers are found by its flaws alone."""
    *question, rule = case
    assert set(dict(told(asked(*question)))) == {rule}


# Where and in which words


PLACES = [
    (asked("Which?", "A fair", "+A long and winding road to nowhere", "A mess"), ("longest_key", "options.1")),
    (asked("Which?", "+Red", "Blue", "All of the above"), ("all_or_none", "options.2")),
    (asked("Which is not so?", "+Red", "Blue"), ("unmarked_negative", "text")),
    (asked("Which?", "+Some do", "All do"), ("absolute_word", "options.1")),
    (asked("They all do.", "True", "+False", kind="true_false"), ("absolute_word", "text")),
    (asked("Which?", "+Iran", "Iraq", "Iran and Iraq"), ("overlap", "options.2")),
    (asked("Which bridge fell?", "The old tower", "+The old bridge"), ("cue_word", "options.1")),
    (asked("It is an", "+egg", "hen"), ("grammar_cue", "text")),
    (asked("Which?", "+1", "2", "3", "4", "5"), ("many_options", "options")),
    (asked("Which?", "+1", "2", explanation="\n"), ("no_explanation", "explanation")),
]


@pytest.mark.parametrize(("question", "place"), PLACES)
def test_advice_says_where(question, place):
    assert told(question) == [place]


def test_a_missing_claim_is_told_where_claims_are_demanded():
    assert told(asked("Which?", "+1", "2"), sourced=True) == [("no_claim", "claims")]
    assert told(asked("Which?", "+1", "2", claims=("a-1",)), sourced=True) == []


def test_a_loaded_word_is_told_at_the_field_that_holds_it():
    options = (Option("The regime", 1), Option("The regime", 0, feedback="Rebels came."))
    question = Question("q", "single", "Who?", options, explanation="The *regime* fell.")
    assert told(question, wording=GUIDE) == [
        ("loaded_word", "explanation"),
        ("loaded_word", "options.0"),
        ("loaded_word", "options.1.feedback"),
    ]


def test_advice_names_the_words_that_it_is_about():
    advice = coach.advice(asked("Which **bridge** fell?", "The tower", "+The *old* bridges"), coach.Context())
    assert str(advice[0].message).startswith("“bridges” is in the question")


def test_how_hard_a_text_may_be_depends_on_its_readers():
    text = (
        "Which organisation coordinates the delivery of medical supplies after a natural disaster in a remote region?"
    )
    question = asked(text, "+The fire brigade", "The parish")
    assert told(question) == [("reading_level", "text")]
    assert told(question, schooling=20) == []


# Near misses of single rules


REFERRING = [
    "All the above",
    "all of the above.",
    "None of the *above*",
    "Both of these",
    "None of the other answers",
    "All three of them are right",
    "Neither is correct",
    "All apply",
    "A, B and C",
    "a) or b)",
    "Answers 1 and 3 only",
    "More than one of the above",
]
NOT_REFERRING = ["None", "Both", "All of these states signed", "Both are made of iron", "Vitamin A and C", "A", "Any"]


@pytest.mark.parametrize("text", REFERRING)
def test_an_option_about_other_options_is_found(text):
    assert ("all_or_none", "options.3") in told(asked("Which?", "+Red", "Blue", "Green", text))


@pytest.mark.parametrize("text", NOT_REFERRING)
def test_an_option_that_speaks_for_itself_is_left_alone(text):
    assert "all_or_none" not in dict(told(asked("Which?", "+Red", "Blue", "Green", text)))


def test_letters_that_every_option_has_name_no_options():
    assert told(asked("Which vitamins dissolve in fat?", "+A and D", "B and C")) == []


NEGATIVE = [
    "Which of these can't swim?",
    "Name one that is never seen. Which is it never?",
    "When is a treaty not binding?",
    "These apply except one. Which one?",
    "Which *bird* is not here?",
    "If it rains, which of these must one not do?",
]
POSITIVE = [
    "Why did nobody come, and why not earlier?",
    "Which one is ***not*** here?",
    "Which one is __not__ here?",
    "All of these EXCEPT one fly. Which?",
    "Is it a bird or not?",
    "It is not here. Where is it?",
    "What happens when it is not fed?",
    "Who said “I will not go”?",
    "Which knot is this?",
]


@pytest.mark.parametrize("text", NEGATIVE)
def test_a_negative_that_can_be_read_past_is_found(text):
    assert told(asked(text, "+Red", "Blue")) == [("unmarked_negative", "text")]


@pytest.mark.parametrize("text", POSITIVE)
def test_a_negative_that_stands_out_or_turns_nothing_round_is_left_alone(text):
    assert told(asked(text, "+Red", "Blue")) == []


LIMITED = ["Not all of it", "It isn't always so", "All four of them", "Every second year", "Only some", "None"]


@pytest.mark.parametrize("text", LIMITED)
def test_a_word_that_means_less_than_it_says_is_left_alone(text):
    assert "absolute_word" not in dict(told(asked("Which?", "+Some", text)))


def test_words_without_exception_on_both_sides_give_nothing_away():
    assert told(asked("Which?", "+Always red", "Always blue", "Green")) == []


RANGES = [
    ("5", Range(5, 5)),
    ("about 5,895 m", Range(5895, 5895, "m")),
    ("5-10", Range(5, 10)),
    ("Between 5 and 10 %", Range(5, 10, "%")),
    ("$5 to $10", Range(5, 10)),
    ("1 to 2 million people", Range(1e6, 2e6, "people")),
    ("-5 to 3.5 °C", Range(-5, 3.5, "°c")),
    ("at least 5", Range(5, float("inf"))),
    ("5 or more", Range(5, float("inf"))),
    ("5 m or less", Range(float("-inf"), 5, "m")),
    ("In the 1990s", Range(1990, 1999)),
]


@pytest.mark.parametrize(("text", "range_"), RANGES)
def test_ranges_are_read(text, range_):
    assert read_range(text) == range_


@pytest.mark.parametrize("text", ["", "In the 5th century", "Article 5", "5 June 2025", "many", "4, 5 and 6", "1.2.3"])
def test_what_is_no_range_is_not_read_as_one(text):
    assert read_range(text) is None


MEETING = [
    ("10 to 20", "20 to 30", True),
    ("10 to 19", "20 to 29", False),
    ("less than 10", "10 to 20", False),
    ("at most 10", "10 to 20", True),
    ("over 10", "over 20", True),
    ("over 20", "20", False),
    ("10", "20", False),
    ("1994", "In the 1990s", True),
    ("10 to 20 km", "15 to 25 miles", False),
    ("10 to 20", "15 to 25 km", True),
    ("Trade", "Trade with Iran", True),
    ("War", "A civil war", True),
    ("It fell", "It fell and rose", True),
    ("It fell", "It never fell", False),
    ("Russia alone", "Russia and China", False),
    ("Russia", "Russia alone", False),
    ("Carbon", "Carbon dioxide", False),
    ("Sudan", "South Sudan", False),
    ("Sudan", "Southern Sudan", True),
    ("Guinea", "Guinea Bissau", False),
    ("Dog bites man", "Man bites dog again", False),
    ("Ink", "A drink", False),
    ("A pact", "A report on the many reasons why there was a pact", False),
]


@pytest.mark.parametrize(("one", "other", "meet"), MEETING)
def test_options_that_hold_each_other_are_found(one, other, meet):
    assert [rule for rule, _ in told(asked("Which?", f"+{one}", other)) if rule == "overlap"] == ["overlap"] * meet
    assert [rule for rule, _ in told(asked("Which?", f"+{other}", one)) if rule == "overlap"] == ["overlap"] * meet


ARTICLES = [
    ("It is an", "egg", "apple", False),
    ("It is a", "union", "hen", False),
    ("It is a", "unanimous vote", "hen", False),
    ("It is an", "uninvited guest", "hen", True),
    ("It is an ...", "hour", "day", True),
    ("It is an ____ of it.", "egg", "hen", True),
    ("It is a(n)", "egg", "hen", False),
    ("It is a/an", "egg", "hen", False),
    ("It is an", "8-year term", "7-year term", True),
    ("It is a", "UN body", "hen", False),
    ("Where is vitamin A?", "Egg", "Hen", False),
    ("Is it an egg?", "Egg yolk", "Hen", False),
]


@pytest.mark.parametrize(("text", "right", "wrong", "cue"), ARTICLES)
def test_an_article_that_rules_options_out_is_found(text, right, wrong, cue):
    assert ("grammar_cue" in dict(told(asked(text, f"+{right}", wrong)))) is cue


# What rules are for which questions


def test_rules_that_read_english_say_nothing_of_another_language():
    question = asked("Which is not an", "+egg on always", "hen", "All of the above", explanation="Rebels came.")
    assert len({rule for rule, _ in told(question, wording=GUIDE)}) > 3
    assert told(question, wording=GUIDE, language="fa") == []
    assert dict(told(question, wording=GUIDE, language="en-GB")) == dict(told(question, wording=GUIDE))


def test_numbers_that_meet_are_told_in_any_language():
    assert told(asked("Wie viele?", "+10 – 20", "15 – 25"), language="de") == [("overlap", "options.1")]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"single", "multiple"}))
def test_rules_about_options_are_for_choices_only(kind):
    question = asked("Which is an", "+egg", "All of the above", "A", "A and B", "C", "D", kind=kind)
    assert told(question) == []


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"description", "cloze"}))
def test_a_negative_is_told_for_every_kind_that_asks(kind):
    assert ("unmarked_negative", "text") in told(asked("Which is not it?", "+Red", "Blue", kind=kind))


def test_a_description_needs_neither_explanation_nor_claim():
    question = asked("This is not so.", kind="description", explanation="")
    assert told(question, sourced=True) == []


texts = st.one_of(st.text(max_size=30), st.sampled_from(REFERRING + NEGATIVE + LIMITED + [text for text, _ in RANGES]))
options = st.builds(Option, text=texts, credit=st.sampled_from([0.0, 0.5, 1.0]), feedback=texts)
questions = st.builds(
    Question,
    key=st.just("q"),
    kind=st.sampled_from([*KINDS, "unknown"]),
    text=texts,
    options=st.lists(options, max_size=6).map(tuple),
    explanation=texts,
)
counts = st.builds(OptionCount, *[st.integers(0, 30)] * 3)


@given(questions, st.lists(counts, max_size=6).map(tuple), st.booleans())
def test_any_question_gets_advice_that_can_be_read(question, counts, sourced):
    found = coach.advice(question, coach.Context(sourced=sourced, wording=GUIDE, stats=statistics(40, counts)))
    fields = {"text", "explanation", "claims", "options"}
    for number in range(len(question.options)):
        fields |= {f"options.{number}", f"options.{number}.feedback"}
    assert all(str(advice.message) and advice.where in fields and advice.rule in coach.RULES for advice in found)


# From answers


def statistics(attempts: int, counts, discrimination: float | None = 30.0, upper: int | None = 10) -> ItemStatistics:
    unknown = dict.fromkeys(ItemStatistics.__dataclass_fields__)
    facts = {
        "key": "q",
        "attempts": attempts,
        "discrimination": discrimination,
        "upper": upper,
        "options": tuple(counts),
    }
    return ItemStatistics(**(unknown | facts))


def chosen(*counts: tuple[int, int]) -> list[OptionCount]:
    """How many chose each option, and how many of the upper third."""
    return [OptionCount(total, None, upper) for total, upper in counts]


ANSWERS = [
    ("nothing to say", chosen((20, 8), (6, 1), (4, 1)), 30, []),
    ("one in twenty is enough", chosen((18, 6), (1, 0), (1, 1)), 20, []),
    ("fewer are not", chosen((20, 8), (9, 1), (1, 1)), 30, [("unchosen_option", "options.2")]),
    ("nobody chose them", chosen((30, 10), (0, 0), (0, 0)), 30, [("unchosen_option", f"options.{n}") for n in (1, 2)]),
    ("too few answers", chosen((19, 10), (0, 0), (0, 0)), 19, []),
    ("too few answered", chosen((10, 2), (5, 4), (0, 0)), 40, []),
    ("the best prefer a wrong option", chosen((12, 3), (10, 6), (8, 1)), 30, [("wrong_key", "options.1")]),
    ("as many of the best", chosen((12, 5), (10, 5), (8, 0)), 30, []),
    ("statistics of other options", chosen((30, 0), (0, 10)), 30, []),
]


@pytest.mark.parametrize(
    ("counts", "attempts", "advice"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS]
)
def test_advice_from_what_learners_chose(counts, attempts, advice):
    question = asked("Which?", "+Red", "Blue", "Green")
    assert told(question, stats=statistics(attempts, counts)) == advice


def test_where_several_options_are_right_a_wrong_one_is_in_doubt_when_most_of_the_best_chose_it():
    question = asked("Which?", "+Red", "+Blue", "Green", "Grey", kind="multiple")
    counts = chosen((25, 9), (8, 2), (9, 5), (9, 6))
    assert told(question, stats=statistics(30, counts)) == [("wrong_key", "options.3")]


def test_that_everybody_knows_what_is_true_is_no_fault_of_what_is_false():
    question = asked("It is so.", "+True", "False", kind="true_false")
    assert told(question, stats=statistics(30, chosen((30, 10), (0, 0)))) == []


def test_without_an_upper_third_no_key_is_in_doubt():
    counts = [OptionCount(10, None, None)] * 3
    assert told(asked("Which?", "+Red", "Blue", "Green"), stats=statistics(30, counts, upper=None)) == []


@pytest.mark.parametrize(
    ("attempts", "discrimination", "told_"), [(20, -1.0, True), (19, -50.0, False), (40, 0.0, False), (40, None, False)]
)
def test_a_question_that_the_better_get_wrong_is_told(attempts, discrimination, told_):
    question = asked("How many?", "+3", kind="numeric")
    found = told(question, stats=statistics(attempts, (), discrimination))
    assert found == [("negative_discrimination", "text")] * told_


def test_a_wrong_key_is_found_in_real_statistics():
    """Thirty learners, ten questions of which each knows as many as their number allows; the first has a wrong key."""
    items = [Item(f"q{number}", options=3) for number in range(10)]
    attempts = []
    for learner in range(30):
        marks = [float(learner % 10 >= number) for number in range(10)]
        marks[0] = float(learner % 10 < 3)
        attempts.append(Attempt(marks, [[0 if mark else 1] for mark in marks]))
    stats = quiz_statistics(items, attempts).items[0]
    found = dict(told(asked("Which?", "+Red", "Blue", "Green"), stats=stats))
    assert found["wrong_key"] == "options.1"
    assert found["negative_discrimination"] == "text"
