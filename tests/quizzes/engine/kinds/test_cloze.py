from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizzes.engine.document import Hint, Option, Question
from quizzes.engine.fields import Seen
from quizzes.engine.fields.blanks import ShownBlank
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws

CLOZE = KINDS["cloze"]
EACH, ALL = "each", "all_or_nothing"
TEXT = "How it *began*.\n\nAfter [[year: number]], with help from ([[helper]]),\nthey founded [[group: choice]]."
OPTIONS = (
    Option("1982 ± 1", 1, "year", "The invasion."),
    Option("1985", 0.5, "year", "The manifesto."),
    Option("Revolutionary Guards", 1, "helper"),
    Option("Guards *", 0.5, "helper"),
    Option("the army", 0, "helper", "Not the army."),
    Option("Hezbollah", 1, "group", "Founded then."),
    Option("Amal", 0, "group", "Founded before."),
    Option("Hamas", 0, "group"),
)
AMAL, HAMAS, HEZBOLLAH = range(3)
"""Choices are sorted by their texts."""
RIGHT = ["1982", "Revolutionary Guards", HEZBOLLAH]


def cloze(text: str = TEXT, options=OPTIONS, **fields) -> Question:
    return Question("q", "cloze", text, tuple(options), **fields)


ASKED = cloze()
MARKS = [
    (["1982", "Revolutionary Guards", HEZBOLLAH], (1, 1, 1), 1),
    (["1983", "Revolutionary Guards", HEZBOLLAH], (1, 1, 1), 1),
    (["1981", "Revolutionary Guards", HEZBOLLAH], (1, 1, 1), 1),
    (["۱۹۸۲", "revolutionary guards", HEZBOLLAH], (1, 1, 1), 1),
    (["1982.0", "Revolutionary Gaurds", HEZBOLLAH], (1, 1, 1), 1),
    (["1984", "Revolutionary Guards", HEZBOLLAH], (0, 1, 1), 0),
    (["1980", "Revolutionary Guards", HEZBOLLAH], (0, 1, 1), 0),
    (["1985", "Revolutionary Guards", HEZBOLLAH], (0.5, 1, 1), 0),
    (["-1982", "Revolutionary Guards", HEZBOLLAH], (0, 1, 1), 0),
    (["1982", "Guards of the revolution", HEZBOLLAH], (1, 0.5, 1), 0),
    (["1982", "not the Revolutionary Guards", HEZBOLLAH], (1, 0, 1), 0),
    (["1982", "the army", HEZBOLLAH], (1, 0, 1), 0),
    (["1982", "nobody", HEZBOLLAH], (1, 0, 1), 0),
    (["1982", "Hezbollah", HEZBOLLAH], (1, 0, 1), 0),
    (["1982", "Revolutionary Guards", HAMAS], (1, 1, 0), 0),
    (["1982", "Revolutionary Guards", AMAL], (1, 1, 0), 0),
    (["1982", "Revolutionary Guards", None], (1, 1, 0), 0),
    (["1982", None, None], (1, 0, 0), 0),
    ([None, "Revolutionary Guards", None], (0, 1, 0), 0),
    ([None, None, HEZBOLLAH], (0, 0, 1), 0),
    ([None, None, AMAL], (0, 0, 0), 0),
    (["1985", None, None], (0.5, 0, 0), 0),
    (["1985", "Guards of it", HEZBOLLAH], (0.5, 0.5, 1), 0),
    (["1985", "Guards of it", AMAL], (0.5, 0.5, 0), 0),
    (["1999", "nobody", AMAL], (0, 0, 0), 0),
    (["1999", "nobody", HEZBOLLAH], (0, 0, 1), 0),
    (["2000", None, HEZBOLLAH], (0, 0, 1), 0),
]


@pytest.mark.parametrize(("answer", "parts", "all_or_nothing"), MARKS)
def test_each_blank_earns_its_part(answer, parts, all_or_nothing):
    assert CLOZE.parts(ASKED, answer) == parts
    assert CLOZE.mark(ASKED, answer) == CLOZE.mark(cloze(marking=EACH), answer) == pytest.approx(sum(parts) / 3)
    assert CLOZE.mark(cloze(marking=ALL), answer) == all_or_nothing


def test_confusables_hold_for_every_typed_blank():
    asked = cloze(
        confusables=("republican guards",), options=(*OPTIONS[:2], Option("* guards", 1, "helper"), *OPTIONS[5:])
    )
    assert CLOZE.parts(asked, [None, "the good guards", None]) == (0, 1, 0)
    assert CLOZE.parts(asked, [None, "the republican guards", None]) == (0, 0, 0)


TOUCHED = [
    (RIGHT, [0, 2, 5]),
    (["1985", "the army", AMAL], [1, 4, 6]),
    ([None, "nobody", HAMAS], [7]),
    (["1", None, None], []),
]


@pytest.mark.parametrize(("answer", "options"), TOUCHED)
def test_feedback_comes_from_what_each_blank_was_filled_with(answer, options):
    assert CLOZE.touched(ASKED, answer) == options


def test_feedback_waits_since_it_would_tell_which_blanks_are_right():
    assert not CLOZE.speaks_early


def test_choices_alone_can_be_guessed():
    assert CLOZE.guess(ASKED) == pytest.approx(1 / 9)
    assert CLOZE.guess(cloze(marking=ALL)) == 0
    assert CLOZE.guess(cloze("[[group: choice]]", OPTIONS[5:], marking=ALL)) == pytest.approx(1 / 3)


def test_tries_are_no_more_than_the_ways_to_choose_wrong():
    assert CLOZE.tries(ASKED, 3) == 3
    assert CLOZE.tries(cloze("[[group: choice]]", OPTIONS[5:]), 3) == 2
    assert CLOZE.tries(cloze("[[group: choice]]", OPTIONS[5:7]), 3) == 1


def test_the_first_paragraph_is_the_legend_where_it_has_no_blank():
    assert CLOZE.legend(ASKED) == "How it *began*."
    assert CLOZE.legend(cloze("In [[year]].\n\nThe end.")) == "Fill in the blanks."


# What an author got wrong

PROBLEMS = [
    (ASKED, []),
    (cloze(marking=EACH), []),
    (cloze(TEXT.replace("\n", "\r\n")), []),
    (cloze(hints=(Hint("Look north.", clear_wrong=True),)), []),
    (cloze("[[ year :  Number ]]", OPTIONS[:1]), []),
    (cloze("[[year: short]]", [Option("1982", 1, " year ")]), []),
    (cloze("No blank.", ()), ["Its text has no blank. Write one as [[year]], [[year: number]] or [[group: choice]]."]),
    (cloze("[[]]", ()), ["A blank has no name.", "The blank “” has no option."]),
    (cloze("[[year]] and [[month]]", [Option("1", 1, "month")]), ["The blank “year” has no option."]),
    (cloze("[[a]] and [[a]]", [Option("1", 1, "a")]), ["Two blanks are called “a”."]),
    (
        cloze("[[a]]", [Option("1", 1, "a"), Option("2", 1, "b")]),
        ["“2” belongs to the blank “b”, and the text has no such blank."],
    ),
    (
        cloze("[[a]]", [Option("1", 1, "a"), Option("2", 1, "A")]),
        ["“2” belongs to the blank “A”, and the text has no such blank."],
    ),
    (
        cloze("[[a: date]]", [Option("1", 1, "a")]),
        ["The blank “a” is to take “date”. It can take: short, number, choice."],
    ),
    (cloze("[[a]], [[b", [Option("1", 1, "a")]), ["A blank is not closed, or closed twice. Write it as [[year]]."]),
    (cloze("[[a]], b]]", [Option("1", 1, "a")]), ["A blank is not closed, or closed twice. Write it as [[year]]."]),
    (
        cloze("[[a]], [[b\n\nc]]", [Option("1", 1, "a")]),
        ["A blank is not closed, or closed twice. Write it as [[year]]."],
    ),
    (
        cloze("[[a]]", [Option("1", 0.5, "a")]),
        ["In the blank “a”: At least one accepted answer must earn everything: credit 1."],
    ),
    (
        cloze("[[a: number]]", [Option("1982", 0.5, "a")]),
        ["In the blank “a”: At least one value must earn everything: credit 1."],
    ),
    (cloze("[[a: choice]]", [Option("x", 1, "a")]), ["In the blank “a”: It needs at least 2 options."]),
    (
        cloze("[[a: choice]]", [Option("x", 1, "a"), Option("X ", 0, "a")]),
        ["In the blank “a”: Two options have the same text."],
    ),
    (
        cloze("[[a: choice]]", [Option("x", 0, "a"), Option("y", 0, "a")]),
        ["In the blank “a”: Exactly one option must be right."],
    ),
    (
        cloze("[[a: choice]]", [Option("x", 1, "a"), Option("y", 1, "a")]),
        ["In the blank “a”: Exactly one option must be right."],
    ),
    (
        cloze(units=("km",)),
        ["A number in a blank has no unit: write it into the text, and leave the units empty."],
    ),
    (cloze(marking="right_minus_wrong"), ["Questions of this kind are not marked by the rule that is chosen."]),
]


@pytest.mark.parametrize(("asked", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(asked, problems):
    assert [str(problem) for problem in CLOZE.problems(asked)] == problems


@pytest.mark.parametrize(
    ("blank", "text", "says"), [("[[a: number]]", "soon", "“soon” is no value"), ("[[a]]", "*", "“*” takes any answer")]
)
def test_what_is_wrong_with_an_option_is_told_with_its_blank(blank, text, says):
    (problem,) = CLOZE.problems(cloze(blank, [Option("1982", 1, "a"), Option(text, 0.5, "a")]))
    assert str(problem).startswith(f"In the blank “a”: {says}")


def test_a_credit_out_of_bounds_is_told_once():
    problems = CLOZE.problems(cloze("[[a]]", [Option("1", 1, "a"), Option("2", 2, "a")]))
    assert [str(problem) for problem in problems] == [
        "In the blank “a”: The credit of an option is a number from 0 to 1."
    ]


# Reading


CHOICES = {AMAL: "Amal", HAMAS: "Hamas", HEZBOLLAH: "Hezbollah"}


def sent(year: str, helper: str, group: str | int) -> dict[str, list[str]]:
    """What a form sends; a group by the token of its choice."""
    filled = {
        "year": year,
        "helper": helper,
        "group": laws.HAND.token(CHOICES[group]) if isinstance(group, int) else group,
    }
    return {f"answer-{laws.HAND.token(name)}": [text] for name, text in filled.items()}


READ = [
    (("1982", "Revolutionary Guards", HEZBOLLAH), RIGHT),
    (("1982", "", ""), ["1982", None, None]),
    (("  ", "Guards", ""), [None, "Guards", None]),
    (("", "", AMAL), [None, None, AMAL]),
    ((" 1982 ", " Revolutionary \n Guards ", ""), ["1982", "Revolutionary Guards", None]),
    (("1\x00982", "", ""), ["1982", None, None]),
]


@pytest.mark.parametrize(("entries", "answer"), READ)
def test_a_form_is_read_blank_by_blank(entries, answer):
    assert CLOZE.field.read(ASKED, laws.HAND, sent(*entries)) == answer


UNREADABLE = [
    ({}, "Fill in at least one blank first"),
    (sent("", " ", ""), "Fill in at least one blank first"),
    (sent("soon", "Guards", HEZBOLLAH), "Blank 1 takes a number"),
    (sent("1982 or 1983", "", ""), "Blank 1 takes a number"),
    (sent("1" * 101, "", ""), "Blank 1 takes a number"),
    (sent("1982", "a" * 501, ""), "into blank 2 is too long. Write at most 500"),
    (sent("1982", "", "Hezbollah"), "Reload the page"),
    (sent("1982", "", "2"), "Reload the page"),
]


@pytest.mark.parametrize(("form", "says"), UNREADABLE)
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        CLOZE.field.read(ASKED, laws.HAND, form)


def test_an_answer_is_said_in_words():
    assert CLOZE.field.say(ASKED, RIGHT) == "1982; Revolutionary Guards; Hezbollah"
    assert CLOZE.field.say(ASKED, [None, "*Guards*", None]) == "–; *Guards*; –"


# Showing


def blanks(seen: Seen, asked: Question = ASKED, hand: Hand = laws.HAND) -> list[ShownBlank]:
    shown = CLOZE.field.show(asked, hand, seen)
    return [piece for paragraph in shown.paragraphs for piece in paragraph if isinstance(piece, ShownBlank)]


def test_the_text_runs_on_around_its_blanks_and_signs_stay_with_them():
    (paragraph,) = CLOZE.field.show(ASKED, laws.HAND, Seen()).paragraphs
    pieces = [piece if isinstance(piece, str) else (piece.before, piece.number, piece.after) for piece in paragraph]
    assert pieces == ["After ", ("", 1, ","), " with help from ", ("(", 2, "),"), "\nthey founded ", ("", 3, "."), ""]


def test_blanks_side_by_side_and_a_text_without_an_intro():
    options = [Option("1", 1, "a"), Option("2", 1, "b")]
    (paragraph,) = CLOZE.field.show(cloze("[[a]][[b]] *so*\r\n", options), laws.HAND, Seen()).paragraphs
    assert [piece if isinstance(piece, str) else piece.number for piece in paragraph] == ["", 1, "", 2, " *so*"]


def test_only_choices_are_offered_and_their_order_follows_the_seed():
    assert [len(blank.choices) for blank in blanks(Seen())] == [0, 0, 3]
    hands = [Hand(str(number), 0) for number in range(40)]
    assert len({tuple(choice.text for choice in blanks(Seen(), hand=hand)[2].choices) for hand in hands}) == 6


def test_what_was_answered_stays_in_its_blanks():
    year, helper, group = blanks(Seen(answers=(["1999", None, AMAL],), parts=(0, 0, 0)))
    assert (year.given, helper.given, group.given) == ("1999", "", laws.HAND.token("Amal"))
    assert {blank.state for blank in (year, helper, group)} == {""}


def test_what_was_sent_and_not_taken_stays_too():
    year, helper, group = blanks(Seen(answers=(RIGHT,), sent=sent("soon", "", AMAL)))
    assert (year.given, helper.given, group.given) == ("soon", "", laws.HAND.token("Amal"))


def test_once_settled_what_a_form_sends_beside_changes_nothing():
    year, *_ = blanks(Seen(answers=(RIGHT,), sent={}, settled=True))
    assert (year.given, year.said) == ("1982", "1982")


def test_a_hint_empties_the_wrong_blanks_and_leaves_the_right_ones():
    year, helper, group = blanks(Seen(answers=(["1985", None, HEZBOLLAH],), parts=(0.5, 0, 1), cleared=True))
    assert (year.given, year.said, year.state) == ("", "", "cleared")
    assert (helper.given, helper.state) == ("", "")
    assert (group.given, group.state) == (laws.HAND.token("Hezbollah"), "")


SETTLED = [
    (Seen(answers=(RIGHT,), parts=(1, 1, 1), settled=True, right=RIGHT), ["right"] * 3, ["", "", ""]),
    (
        Seen(answers=(["1985", "nobody", AMAL],), parts=(0.5, 0, 0), settled=True, right=RIGHT),
        ["partly", "wrong", "wrong"],
        ["1982", "Revolutionary Guards", "Hezbollah"],
    ),
    (
        Seen(answers=(["1981", None, HEZBOLLAH],), parts=(1, 0, 1), settled=True, right=RIGHT),
        ["right", "", "right"],
        ["", "Revolutionary Guards", ""],
    ),
    (Seen(answers=(["1", "2", AMAL],), parts=(0, 0, 0), settled=True), ["wrong"] * 3, ["", "", ""]),
    (Seen(answers=(["1", "2", AMAL],), settled=True), ["", "", ""], ["", "", ""]),
    (Seen(settled=True, right=RIGHT), ["", "", ""], ["1982", "Revolutionary Guards", "Hezbollah"]),
]


@pytest.mark.parametrize(("seen", "expected", "right"), SETTLED)
def test_once_settled_each_blank_is_right_or_wrong_as_far_as_that_may_be_told(seen, expected, right):
    assert [blank.state for blank in blanks(seen)] == expected
    assert [blank.right for blank in blanks(seen)] == right


def test_of_a_range_both_ends_are_told():
    asked = cloze("[[year: number]]", [Option("1988..1990", 1, "year")])
    (blank,) = blanks(Seen(settled=True, right=CLOZE.correct(asked)), asked)
    assert blank.right == "1988 – 1990"


def test_paper_has_gaps_and_what_to_choose_from():
    paper = CLOZE.field.paper(ASKED, laws.HAND)
    (text,) = paper.text
    assert text.startswith("After …………, with help from (…………),\nthey founded ………… (")
    assert all(choice in text for choice in ("Amal", "Hamas", "Hezbollah"))
    assert "1982" not in text
    assert not paper.space


# Secrecy

OTHER_KEYS = [
    (Option("2001", 1, "year"),),
    (Option("1900..2000", 1, "year"), Option("3 ± 5 %", 0, "year")),
    (Option("x", 1, "helper"),),
    (Option("The Revolutionary Guards of Iran, with a name that goes on and on", 1, "helper", "Feedback."),),
    (Option("a", 1, "helper"), Option("b", 0.3, "helper"), Option("c*", 0, "helper")),
    (Option("Hezbollah", 0, "group"), Option("Amal", 1, "group", "Now."), Option("Hamas", 0, "group")),
    (Option("Hamas", 1, "group"), Option("Hezbollah", 0, "group"), Option("Amal", 0, "group")),
]


@pytest.mark.parametrize("rows", OTHER_KEYS)
@pytest.mark.parametrize("seen", [Seen(), Seen(answers=(["1", "2", AMAL],)), Seen(answers=(RIGHT,), settled=True)])
def test_what_is_shown_does_not_depend_on_what_is_accepted(rows, seen):
    blank = rows[0].match
    other = cloze(options=(*(option for option in OPTIONS if option.match != blank), *rows))
    assert CLOZE.problems(other) == []
    assert CLOZE.field.show(other, laws.HAND, seen) == CLOZE.field.show(ASKED, laws.HAND, seen)
    assert CLOZE.field.paper(other, laws.HAND) == CLOZE.field.paper(ASKED, laws.HAND)
    assert (CLOZE.legend(other), CLOZE.tries(other, 3)) == (CLOZE.legend(ASKED), 3)


# Laws

words = st.text("abcdefg", min_size=1, max_size=8)
years = st.integers(1, 3000).map(str)


def rows(name: str, takes: str) -> st.SearchStrategy[list[Option]]:
    if takes == "choice":
        texts = st.lists(words, min_size=2, max_size=4, unique=True)
        return texts.map(lambda found: [Option(text, float(text == found[0]), name) for text in found])
    accepted = st.lists(years if takes == "number" else words, min_size=1, max_size=3, unique=True)
    return accepted.map(lambda found: [Option(text, 1 if not n else 0.5, name) for n, text in enumerate(found)])


def of_kinds(kinds: list[str]) -> st.SearchStrategy[Question]:
    text = "Fill in.\n\n" + " and ".join(f"[[b{place}: {takes}]]" for place, takes in enumerate(kinds))
    options = st.tuples(*(rows(f"b{place}", takes) for place, takes in enumerate(kinds)))
    return st.builds(
        lambda found, marking: cloze(text, [row for one in found for row in one], marking=marking),
        options,
        st.sampled_from(["", EACH, ALL]),
    )


kinds_of_blanks = st.lists(st.sampled_from(["short", "number", "choice"]), min_size=1, max_size=4)
questions = kinds_of_blanks.flatmap(of_kinds).filter(lambda asked: not CLOZE.problems(asked))
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


@given(st.text("[]: ab\n\r\u2028", max_size=40))
def test_any_text_has_its_problems_told_or_is_shown_blank_by_blank(text):
    """What a draft shows in a preview never fails either."""
    asked = cloze(text, [Option("a", 1, "a")])
    assert all(str(problem) for problem in CLOZE.problems(asked))
    shown = blanks(Seen(), asked)
    assert [blank.number for blank in shown] == list(range(1, len(shown) + 1))
    assert CLOZE.field.show(asked, laws.HAND, Seen()).count == len(shown)


def test_every_answer_of_small_questions_stays_within_bounds():
    for answer in product([None, "1982", "1985", "1"], [None, "Guards on", "x"], [None, 0, 1, 2]):
        assert 0 <= CLOZE.mark(replace(ASKED, marking=ALL), answer) <= CLOZE.mark(ASKED, answer) <= 1
