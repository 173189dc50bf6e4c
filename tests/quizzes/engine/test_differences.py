"""Which differences are told between two documents of a quiz, and that key changes are those that can move a mark."""

from contextlib import suppress
from itertools import permutations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizzes.engine.differences import Group, differences
from quizzes.engine.document import (
    COUNTED,
    EXAM,
    LEARNING,
    NEVER,
    TESTING,
    Draw,
    Hint,
    Option,
    Question,
    Quiz,
    Sees,
    Slot,
    encode,
)
from quizzes.engine.fields.blanks import CHOICE, blanks_of, rows_of
from quizzes.engine.fields.selects import matches_of
from quizzes.engine.kinds import KINDS
from quizzes.engine.kinds.essay import by_rubric
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds.laws import HAND


def options(*rows):
    """(text, credit) or (text, match), and feedback where there is a third."""
    return tuple(
        Option(text, match=second, feedback="".join(rest))
        if isinstance(second, str)
        else Option(text, second, feedback="".join(rest))
        for text, second, *rest in rows
    )


def question(kind, *rows, **fields):
    fields = {"key": "q", "text": "Which?"} | fields
    return Question(kind=kind, options=options(*rows), **fields)


def quiz(*questions, **fields):
    return Quiz("Springs", tuple(Slot(one) for one in questions), **fields)


def told(before, after):
    """What is told, in words, with its group."""
    found = [(one.group.value, str(one.what), said(one.before), said(one.after)) for one in differences(before, after)]
    return [tuple(part for part in one if part is not None) for one in found]


def said(value):
    return None if value is None else str(value)


SINGLE = question("single", ("Down", 1, "It does."), ("Up", 0), ("Round", 0))
MULTIPLE = question("multiple", ("Down", 1), ("Seaward", 1), ("Up", 0), ("Round", 0))
SHARES = replace(MULTIPLE, marking="right_minus_wrong")
TRUE_FALSE = question("true_false", ("True", 1), ("False", 0))
MATCHING = question("matching", ("Rhine", "North Sea"), ("Rhone", "Mediterranean"), ("Elbe", "North Sea"))
CATEGORISE = question("categorise", ("Rhine", "River"), ("Etna", "Mountain"), ("Elbe", "River"))
ORDERING = question("ordering", ("Spring", ""), ("Stream", ""), ("Sea", ""))
SHORT = question("short_answer", ("The Rhine", 1), ("Rhenus", 0.5), ("The Rhone", 0, "Further south."))
NUMERIC = question("numeric", ("1230 ± 10", 1), ("1100..1300", 0.5), units=("km", "m = 0.001"))
CLOZE = question(
    "cloze",
    *[("North Sea", "sea"), ("Black Sea", "sea"), ("1230", "length"), ("Rhine", "name"), ("Rhenus", "name")],
    text="The [[name]] runs [[length: number]] km to the [[sea: choice]].",
)
CLOZE = replace(
    CLOZE,
    options=tuple(replace(one, credit=credit) for one, credit in zip(CLOZE.options, (1, 0, 1, 1, 0.5), strict=True)),
)
ESSAY = question("essay", ("Names a cause", 0.5, "Rain."), ("Names an effect", 0.5))
DESCRIPTION = question("description", text="Read this.")


def reworded(asked, place, **fields):
    rows = list(asked.options)
    rows[place] = replace(rows[place], **fields)
    return replace(asked, options=tuple(rows))


def without(asked, place):
    return replace(asked, options=asked.options[:place] + asked.options[place + 1 :])


def joined_by(asked, *rows):
    return replace(asked, options=(*asked.options, *options(*rows)))


def turned(asked, *places):
    return replace(asked, options=tuple(asked.options[place] for place in places))


IN_KEYS = [
    (SINGLE, reworded(reworded(SINGLE, 0, credit=0), 1, credit=1), ["Credit wrong right", "Credit right wrong"]),
    (SINGLE, without(SINGLE, 2), ["Option removed: wrong Round"]),
    (SINGLE, without(SINGLE, 0), ["Option removed: right Down"]),
    (
        TRUE_FALSE,
        reworded(reworded(TRUE_FALSE, 0, credit=0), 1, credit=1),
        ["Credit wrong right", "Credit right wrong"],
    ),
    (MULTIPLE, reworded(MULTIPLE, 1, credit=0), ["Credit right wrong"]),
    (MULTIPLE, joined_by(MULTIPLE, ("Downhill", 1)), ["Option added: right Downhill"]),
    (MULTIPLE, SHARES, ["Marking as usual for its kind right minus wrong"]),
    (SHARES, joined_by(SHARES, ("Away", 0)), ["Option added: wrong Away"]),
    (MATCHING, reworded(MATCHING, 0, match="Mediterranean"), ["Match North Sea Mediterranean"]),
    (MATCHING, joined_by(MATCHING, ("Po", "Mediterranean")), ["Option added Po – Mediterranean"]),
    (MATCHING, without(MATCHING, 2), ["Option removed Elbe – North Sea"]),
    (MATCHING, replace(MATCHING, marking="all_or_nothing"), ["Marking as usual for its kind all or nothing"]),
    (CATEGORISE, reworded(CATEGORISE, 1, match="River"), ["Match Mountain River"]),
    (
        ORDERING,
        turned(ORDERING, 1, 0, 2),
        ["Order of the options 1. Spring\n2. Stream\n3. Sea 1. Stream\n2. Spring\n3. Sea"],
    ),
    (ORDERING, without(ORDERING, 1), ["Option removed Stream"]),
    (ORDERING, replace(ORDERING, marking="places"), ["Marking as usual for its kind places"]),
    (SHORT, reworded(SHORT, 0, text="The Danube"), ["Option The Rhine The Danube"]),
    (SHORT, reworded(SHORT, 1, credit=1), ["Credit 0.5 right"]),
    (SHORT, joined_by(SHORT, ("Rijn", 1)), ["Option added: right Rijn"]),
    (SHORT, replace(SHORT, confusables=("Rhenos",)), ["Not to be taken for  Rhenos"]),
    (NUMERIC, reworded(NUMERIC, 0, text="1230 ± 20"), ["Option 1230 ± 10 1230 ± 20"]),
    (NUMERIC, replace(NUMERIC, units=("km", "m = 0.01")), ["Units km, m = 0.001 km, m = 0.01"]),
    (NUMERIC, replace(NUMERIC, units=("km",)), ["Units km, m = 0.001 km"]),
    (CLOZE, reworded(CLOZE, 2, text="1231"), ["Option 1230 1231"]),
    (CLOZE, reworded(CLOZE, 4, credit=0), ["Credit 0.5 wrong"]),
    (CLOZE, reworded(reworded(CLOZE, 0, credit=0), 1, credit=1), ["Credit wrong right", "Credit right wrong"]),
    (CLOZE, replace(CLOZE, text=CLOZE.text.replace("[[name]]", "[[name: number]]")), None),
    (CLOZE, replace(CLOZE, marking="all_or_nothing"), ["Marking as usual for its kind all or nothing"]),
    (ESSAY, reworded(reworded(ESSAY, 0, credit=0.7), 1, credit=0.3), ["Credit 0.5 0.3", "Credit 0.5 0.7"]),
    (ESSAY, joined_by(ESSAY, ("Is short", 0.2)), ["Option added: 0.2 Is short"]),
]
NOT_IN_KEYS = [
    (SINGLE, replace(SINGLE, text="Which way?"), "words", ["Question Which? Which way?"]),
    (SINGLE, replace(SINGLE, explanation="Gravity."), "words", ["Explanation  Gravity."]),
    (SINGLE, replace(SINGLE, claims=("slope",)), "words", ["Claims  slope"]),
    (SINGLE, reworded(SINGLE, 0, text="Downhill"), "words", ["Option Down Downhill"]),
    (SINGLE, reworded(SINGLE, 0, feedback="So it is."), "words", ["Feedback It does. So it is."]),
    (SINGLE, reworded(SINGLE, 0, claims=("slope",)), "words", ["Claims  slope"]),
    (SINGLE, joined_by(SINGLE, ("Away", 0)), "words", ["Option added: wrong Away"]),
    (SINGLE, turned(SINGLE, 2, 1, 0), "words", None),
    (SINGLE, replace(SINGLE, confusables=("Dawn",)), "settings", ["Not to be taken for  Dawn"]),
    (MULTIPLE, joined_by(MULTIPLE, ("Away", 0)), "words", ["Option added: wrong Away"]),
    (MULTIPLE, replace(MULTIPLE, marking="all_or_nothing"), "settings", None),
    (SHARES, reworded(SHARES, 2, text="Upwards"), "words", ["Option Up Upwards"]),
    (TRUE_FALSE, reworded(TRUE_FALSE, 0, text="Yes"), "words", ["Option True Yes"]),
    (MATCHING, joined_by(MATCHING, ("", "Baltic")), "words", ["Option added Baltic"]),
    (MATCHING, reworded(MATCHING, 1, text="Rhône"), "words", ["Option Rhone Rhône"]),
    (MATCHING, turned(MATCHING, 2, 1, 0), "words", None),
    (CATEGORISE, reworded(reworded(CATEGORISE, 0, match="Rivers"), 2, match="Rivers"), "words", ["Match River Rivers"]),
    (ORDERING, reworded(ORDERING, 0, text="Source"), "words", ["Option Spring Source"]),
    (SHORT, reworded(SHORT, 0, text="the rhine"), "words", ["Option The Rhine the rhine"]),
    (SHORT, turned(SHORT, 2, 0, 1), "words", None),
    (NUMERIC, reworded(NUMERIC, 0, text="1220..1240"), "words", ["Option 1230 ± 10 1220..1240"]),
    (NUMERIC, joined_by(NUMERIC, ("5", 0)), "words", ["Option added: wrong 5"]),
    (NUMERIC, replace(NUMERIC, units=("km", "m = 0.001", "mi = 1.609")), "settings", None),
    (NUMERIC, replace(NUMERIC, marking="unit_required"), "settings", ["Marking as usual for its kind unit required"]),
    (CLOZE, replace(CLOZE, text="It is the [[name]]: [[length: number]] km to the [[sea: choice]]."), "words", None),
    (CLOZE, reworded(CLOZE, 1, text="Caspian Sea"), "words", ["Option Black Sea Caspian Sea"]),
    (CLOZE, joined_by(CLOZE, ("Red Sea", "sea")), "words", ["Option added: wrong Red Sea – sea"]),
    (ESSAY, reworded(ESSAY, 0, feedback="Rain, or snow."), "words", ["Feedback Rain. Rain, or snow."]),
    (ESSAY, reworded(ESSAY, 0, text="Names the cause"), "words", ["Option Names a cause Names the cause"]),
    (DESCRIPTION, replace(DESCRIPTION, text="Read that."), "words", ["Question Read this. Read that."]),
]
PAIRS = [*[(was, now, True) for was, now, _said in IN_KEYS], *[(was, now, False) for was, now, *_rest in NOT_IN_KEYS]]


def lines(before, after):
    return [" ".join(parts) for _group, *parts in told(quiz(before), quiz(after))]


@pytest.mark.parametrize(("was", "now", "expected"), IN_KEYS)
def test_what_moves_marks_is_a_key_change(was, now, expected):
    found = differences(quiz(was), quiz(now))
    assert {one.group for one in found} == {Group.KEYS}
    assert all(one.question == now for one in found)
    assert expected is None or sorted(lines(was, now)) == sorted(expected)


@pytest.mark.parametrize(("was", "now", "group", "expected"), NOT_IN_KEYS)
def test_what_moves_none_is_told_with_its_group(was, now, group, expected):
    assert {one.group for one in differences(quiz(was), quiz(now))} == {group}
    assert expected is None or lines(was, now) == expected


# Key changes and marks


PROBES = ["", "The Rhine", "the rhine", "Rhin", "Rhenus", "Rhine", "The Rhone", "The Danube", "Rijn", "Rhenos"]
NUMBERS = [
    *map(str, (5, 1099, 1100, 1210, 1220, 1225, 1230, 1231, 1240, 1241, 1250, 1251, 1300)),
    "1230 km",
    "1230000 m",
]


def entries(asked, blank):
    if blank.takes == CHOICE:
        return [None, *range(len(rows_of(asked, blank)))]
    return [None, *(NUMBERS if blank.takes == "number" else PROBES)]


def answers(asked):
    """Every answer that could have been recorded; of what is typed, some that tell questions apart."""
    count = len(asked.options)
    if asked.kind in {"single", "true_false"}:
        return [[number] for number in range(count)]
    if asked.kind == "multiple":
        return [[n for n in range(count) if bits >> n & 1] for bits in range(1, 1 << count)]
    if asked.kind == "ordering":
        return map(list, permutations(range(count)))
    if asked.kind in {"matching", "categorise"}:
        choices = [None, *range(len(matches_of(asked)))]
        rows = sum(bool(option.text) for option in asked.options)
        return [list(chosen) for chosen in product(choices, repeat=rows) if any(one is not None for one in chosen)]
    if asked.kind == "cloze":
        return map(list, product(*(entries(asked, blank) for blank in blanks_of(asked))))
    if asked.kind == "essay":
        return product((0, 0.5, 1), repeat=count)
    return {"short_answer": PROBES, "numeric": list(read(asked)), "description": []}[asked.kind]


def read(asked):
    for text in NUMBERS:
        with suppress(Unreadable):
            yield KINDS["numeric"].field.read(asked, HAND, {"answer": [text]})


def earned(asked, answer):
    return by_rubric(asked, answer) if asked.kind == "essay" else KINDS[asked.kind].mark(asked, answer)


def carried(answer, was, now):
    if was.kind == "essay":
        return answer if len(was.options) == len(now.options) else None
    return KINDS[was.kind].field.carry(answer, was, now)


def marks_can_differ(was, now):
    for answer in answers(was):
        later = carried(answer, was, now)
        if later is None or earned(was, answer) != pytest.approx(earned(now, later)):
            return True
    return False


def has_key_change(was, now):
    return any(one.is_key for one in differences(quiz(was), quiz(now)))


@pytest.mark.parametrize(("was", "now", "is_key"), PAIRS)
def test_a_difference_is_a_key_change_where_some_answer_earns_another_mark(was, now, is_key):
    assert marks_can_differ(was, now) == is_key


texts = st.permutations("abcde").flatmap(lambda letters: st.integers(2, 4).map(lambda count: letters[:count]))


def choices(kind, *markings):
    return st.builds(
        lambda letters, bits, marking: question(
            kind, *((text, float(bits >> n & 1)) for n, text in enumerate(letters)), marking=marking
        ),
        texts,
        st.integers(1, 15),
        st.sampled_from(["", *markings]),
    )


def rows(kind, *markings):
    return st.builds(
        lambda letters, matches, spare, marking: question(
            kind, *zip(letters[:3], matches, strict=False), *(("", one) for one in spare), marking=marking
        ),
        texts,
        st.lists(st.sampled_from("xyz"), min_size=3, max_size=3),
        st.lists(st.sampled_from("vwz"), max_size=2, unique=True),
        st.sampled_from(["", *markings]),
    )


def choice_of_one(letters, place):
    return question("single", *((text, float(n == place % len(letters))) for n, text in enumerate(letters)))


DISCRETE = {
    "single": st.builds(choice_of_one, texts, st.integers(0, 11)),
    "multiple": choices("multiple", "all_or_nothing", "right_minus_wrong"),
    "matching": rows("matching", "each", "all_or_nothing"),
    "categorise": rows("categorise", "each", "all_or_nothing"),
    "ordering": texts.map(lambda letters: question("ordering", *((text, "") for text in letters))),
}


@pytest.mark.parametrize("kind", DISCRETE)
@given(data=st.data())
def test_key_changes_are_those_that_move_marks_whatever_was_changed(kind, data):
    was, now = (data.draw(DISCRETE[kind]) for _ in range(2))
    assume(not KINDS[kind].problems(was) and not KINDS[kind].problems(now))
    assume(was.marking == now.marking or len(was.options) > 2)  # of two options every rule says the same
    assert has_key_change(was, now) == marks_can_differ(was, now)


typed = st.lists(
    st.tuples(st.sampled_from(PROBES[1:]), st.sampled_from([0, 0.5, 1])),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)


@given(typed, typed, *[st.lists(st.sampled_from(PROBES[1:]), max_size=1)] * 2)
def test_no_mark_of_a_short_answer_moves_without_a_key_change(one, other, confusables, later):
    was = question("short_answer", *one, confusables=tuple(confusables))
    now = question("short_answer", *other, confusables=tuple(later))
    assert has_key_change(was, now) or not marks_can_differ(was, now)


spans = st.lists(
    st.tuples(st.sampled_from(["1230", "1230 ± 10", "1220..1240", "1100..1300"]), st.sampled_from([0, 0.5, 1])),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)
units = st.sampled_from([(), ("km",), ("km", "m = 0.001"), ("m", "km = 1000"), ("km", "KM = 2")])


@given(spans, spans, units, units)
def test_no_mark_of_a_number_moves_without_a_key_change(one, other, named, later):
    was, now = question("numeric", *one, units=named), question("numeric", *other, units=later)
    assert has_key_change(was, now) or not marks_can_differ(was, now)


def test_another_kind_is_a_key_change():
    assert told(quiz(SINGLE), quiz(replace(SINGLE, kind="multiple"))) == [
        ("keys", "Kind", "Single choice", "Multiple choice")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_that_can_not_be_published_is_compared_all_the_same(kind):
    was = {one.kind: one for one, *_rest in PAIRS}[kind]
    for broken in (
        replace(was, text="", options=()),
        replace(was, text="[["),
        replace(was, text="[[a: b]] [[", options=(*was.options, *was.options)),
        replace(was, options=options(("", 2), ("", "?")), units=("=",), marking="none"),
        replace(was, kind="nothing that is known"),
    ):
        assert differences(quiz(was), quiz(broken))


# Reworded texts


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Water runs down the hill.", "Water runs up the hill.", "Water runs -down- +up+ the hill."),
        ("Water runs down.", "Water always runs down.", "Water+ always+ runs down."),
        ("Water runs down.", "Water runs.", "Water runs- down-."),
        ("It is on the map here, yes", "It was in the map here, yes", "It -is on- +was in+ the map here, yes"),
        ("Down", "Up", "-Down-+Up+"),
        ("", "Gravity.", "+Gravity.+"),
        ("جنگ بود.", "جنگ نبود.", "جنگ -بود- +نبود+."),
        (
            "Nothing in common at all",
            "Wholly other words stand here",
            "-Nothing in common at all-+Wholly other words stand here+",
        ),
    ],
)
def test_texts_are_compared_word_by_word(before, after, expected):
    (found,) = differences(quiz(replace(SINGLE, text=before)), quiz(replace(SINGLE, text=after)))
    signs = {"same": "", "out": "-", "in": "+"}
    shown = "".join(f"{signs[piece.state]}{piece.text}{signs[piece.state]}" for piece in found.pieces)
    assert shown.replace("-+", "- +") == expected.replace("-+", "- +")


@given(
    *[st.lists(st.sampled_from(["the", "sea", ",", " ", "\n", "river.", "«", "دریا"]), max_size=12).map("".join)] * 2
)
def test_the_pieces_make_both_texts(before, after):
    for one in differences(quiz(replace(SINGLE, text=before)), quiz(replace(SINGLE, text=after))):
        assert "".join(piece.text for piece in one.pieces if piece.state != "in") == before
        assert "".join(piece.text for piece in one.pieces if piece.state != "out") == after


def test_long_texts_are_shown_one_after_the_other():
    (found,) = differences(quiz(replace(SINGLE, text="run " * 5000)), quiz(replace(SINGLE, text="run " * 5001)))
    assert [piece.state for piece in found.pieces] == ["out", "in"]


def test_values_of_ours_are_no_texts_to_compare():
    (found,) = differences(quiz(SINGLE), quiz(SINGLE, tries=1))
    assert found.pieces == ()


def test_a_reworded_option_is_one_change_and_names_no_other():
    now = reworded(turned(SINGLE, 1, 0, 2), 2, text="Around")
    assert [str(one.what) for one in differences(quiz(SINGLE), quiz(now))] == ["Option", "Order of the options"]


# Hints, weights, places, draws, settings


HINTED = replace(SINGLE, hints=(Hint("Think of rain.", 0.1), Hint("Think of a hill.", 0.5)))
OTHERS = [replace(SINGLE, key=key, text=f"Question {key}?") for key in "abcdef"]
A, B, C, D, E, F = OTHERS


def hinted(*hints):
    return replace(HINTED, hints=hints)


POOL = Draw("rain", 1, (C, D), at=1)
CASES = [
    (
        quiz(HINTED),
        quiz(hinted(Hint("Think of snow.", 0.1), HINTED.hints[1])),
        [("words", "Hint 1", "Think of rain.", "Think of snow.")],
    ),
    (
        quiz(HINTED),
        quiz(hinted(replace(HINTED.hints[0], cost=0.25, how_many=True), HINTED.hints[1])),
        [("marks", "Cost of hint 1", "10%", "25%"), ("words", "Hint 1 tells how many are right", "no", "yes")],
    ),
    (
        quiz(HINTED),
        quiz(hinted(HINTED.hints[0], replace(HINTED.hints[1], clear_wrong=True))),
        [("words", "Hint 2 takes out what is wrong", "no", "yes")],
    ),
    (quiz(HINTED), quiz(hinted(HINTED.hints[1])), [("words", "Hint 1 removed, cost 10%", "Think of rain.")]),
    (quiz(SINGLE), quiz(hinted(HINTED.hints[1])), [("words", "Hint 1 added, costs 50%", "Think of a hill.")]),
    (
        quiz(HINTED),
        quiz(hinted(*reversed(HINTED.hints))),
        [
            (
                "words",
                "Order of the hints",
                "1. Think of rain.\n2. Think of a hill.",
                "1. Think of a hill.\n2. Think of rain.",
            )
        ],
    ),
    (quiz(A, B), quiz(A), [("asked", "Removed", "place 2")]),
    (quiz(A), quiz(B, A), [("asked", "Added", "place 1")]),
    (quiz(A, B, C, D), quiz(A, C, D, B), [("asked", "Moved", "place 2", "place 4")]),
    (quiz(A, B), quiz(C, A, B), [("asked", "Added", "place 1")]),
    (
        Quiz("Springs", (Slot(A), Slot(B, section="Hills"))),
        Quiz("Springs", (Slot(A, section="Hills"), Slot(B, section="Hills"))),
        [("asked", "Section", "none", "Hills")],
    ),
    (
        Quiz("Springs", (Slot(A, section="Hills"), Slot(B, section="Hills"))),
        Quiz("Springs", (Slot(A, section="Valleys"), Slot(B, section="Valleys"))),
        [("asked", "Section", "Hills", "Valleys")],
    ),
    (Quiz("Springs", (Slot(A),)), Quiz("Springs", (Slot(A, 2.5),)), [("marks", "Weight", "1", "2.5")]),
    (quiz(A), quiz(A, draws=(POOL,)), [("asked", "1 drawn by “rain”: Added", "place 2")]),
    (quiz(A, draws=(POOL,)), quiz(A), [("asked", "1 drawn by “rain”: Removed", "place 2")]),
    (
        quiz(A, draws=(POOL,)),
        quiz(A, draws=(replace(POOL, count=2),)),
        [("asked", "2 drawn by “rain”: how many", "1", "2")],
    ),
    (
        quiz(A, draws=(POOL,)),
        quiz(A, draws=(replace(POOL, weight=2),)),
        [("marks", "1 drawn by “rain”: Weight", "1", "2")],
    ),
    (
        quiz(A, draws=(POOL,)),
        quiz(A, draws=(replace(POOL, at=0),)),
        [("asked", "1 drawn by “rain”: Moved", "place 2", "place 1")],
    ),
    (
        quiz(A, draws=(POOL,)),
        quiz(A, draws=(replace(POOL, pool=(C, E)),)),
        [("asked", "Can not be drawn by “rain” any more"), ("asked", "Can be drawn by “rain” now")],
    ),
    (
        quiz(A, draws=(POOL,)),
        quiz(A, draws=(replace(POOL, pool=(C, reworded(D, 0, credit=0))),)),
        [("keys", "Credit", "right", "wrong")],
    ),
    (quiz(A), replace(quiz(A), title="Wells"), [("words", "Title", "Springs", "Wells")]),
    (quiz(A), quiz(A, tries=1), [("settings", "Tries", "3", "1")]),
    (quiz(A), quiz(A, shuffled=True), [("settings", "Shuffled", "no", "yes")]),
    (quiz(A), quiz(A, confidence=COUNTED), [("settings", "Confidence", "not asked", "asked, and counts")]),
    (quiz(A, time_limit=10), quiz(A), [("settings", "Time limit", "10 minutes", "none")]),
    (quiz(A), quiz(A, pass_mark=0.625), [("settings", "Pass mark", "none", "62.5%")]),
    (
        quiz(A),
        quiz(A, sees=Sees(evidence=NEVER)),
        [("settings", "Learners see evidence", "at once", "never")],
    ),
    (
        quiz(A),
        quiz(A, sees=LEARNING),
        [("settings", "What learners see is decided", "by the setting", "by a table")],
    ),
    (
        quiz(A, sees=TESTING),
        quiz(A, setting=EXAM, sees=TESTING),
        [("settings", "Setting", "practice", "exam")],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_what_was_changed_in_a_quiz_is_told(before, after, expected):
    assert told(before, after) == expected


def test_another_setting_tells_what_learners_see_then():
    found = told(quiz(A), quiz(A, setting=EXAM))
    assert ("settings", "Learners see the right answer", "at once", "once finished") in found
    assert len(found) == 5


def test_key_changes_come_first_and_each_group_is_in_the_order_of_the_quiz():
    before = quiz(A, B, C)
    after = quiz(replace(C, text="Newer?"), replace(B, text="New?"), reworded(A, 0, credit=0), tries=1)
    found = differences(before, after)
    groups = list(Group)
    assert [groups.index(one.group) for one in found] == sorted(groups.index(one.group) for one in found)
    assert found[0].is_key
    assert [one.question.key for one in found if one.group == Group.WORDS] == ["c", "b"]


questions = st.builds(
    replace,
    st.sampled_from(OTHERS),
    text=st.sampled_from(["One?", "Two?"]),
    options=st.sampled_from([SINGLE.options, turned(SINGLE, 1, 0, 2).options, SINGLE.options[:2]]),
    hints=st.sampled_from([(), HINTED.hints, HINTED.hints[::-1]]),
)


@st.composite
def quizzes(draw):
    """As publishing makes them: one wording of each question, pools sorted."""
    asked = {one.key: one for one in draw(st.lists(questions, min_size=1, max_size=5))}
    sections = st.sampled_from(["", "Hills"])
    slots = [Slot(asked[key], section=draw(sections)) for key in draw(st.permutations(sorted(asked)))]
    pools = st.lists(st.sampled_from(sorted(asked)), unique=True, max_size=3).map(sorted)
    places = sorted(draw(st.lists(st.integers(0, len(slots)), max_size=2)))
    draws = [Draw(draw(st.sampled_from("xy")), 1, tuple(asked[k] for k in draw(pools)), at=place) for place in places]
    return Quiz("Springs", tuple(slots), draws=tuple(draws), sees=draw(st.sampled_from([None, LEARNING, TESTING])))


@given(quizzes(), quizzes())
def test_there_are_differences_just_where_the_documents_differ(before, after):
    assert bool(differences(before, after)) == (encode(before) != encode(after))
    assert differences(after, after) == []
