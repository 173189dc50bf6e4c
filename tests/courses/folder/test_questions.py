"""Questions in full: rows of every kind, hints, units, confusables."""

# ruff: noqa: E501 (a table reads by its rows)

from datetime import date

import pytest

from courses.folder.checking import warnings
from courses.folder.dumping import dump
from courses.folder.loading import load
from courses.folder.reading import read
from courses.folder.standards import breaches
from courses.folder.stored import contents_of
from courses.models import Course, Lesson
from quizzes.engine.document import decode
from quizzes.models import Edition, Hint, Question
from tests.courses.folder.conftest import texts, totals

BANK = """\
- key: bank-match
  kind: matching
  text: Which river ends where?
  options:
  - text: The Karun
    match: The Gulf
    feedback: By the Shatt al-Arab.
    claims: [spring-1]
  - text: The Zayandeh Rud
    match: A salt lake
  - match: The Caspian
  hints:
  - text: One of them never reaches a sea.
  - cost: 0.25
    clear_wrong: true
  - text: "How many: told"
    cost: 0
    how_many: true
  claims: [spring-1]

- key: bank-number
  kind: numeric
  text: How long is the Karun?
  units: [km, m = 0.001]
  options:
  - text: 950 ± 5 %
    credit: 1
  - text: 720..1000
    credit: 0.5
  claims: [spring-1]

- key: bank-read
  kind: description
  text: Read the map first.

- key: bank-word
  kind: short_answer
  difficulty: hard
  text: Which country does it end in?
  confusables: [Iraq, "no: never"]
  options:
  - text: Iran
    credit: 1
  claims: [spring-1]
"""
"""In canonical form. Options may be absent; what is left out is what is so by default."""


@pytest.fixture
def banked(rivers):
    rivers.write("questions/bank.yaml", BANK)
    rivers.change("quizzes.yaml", "[springs-where, floods-much]", "[springs-where, floods-much, bank-match, bank-read]")
    return rivers


def faults(folder) -> list[str]:
    return [str(fault) for fault in sorted(read(folder.path).faults)]


def test_every_kind_s_fields_are_read(banked):
    assert faults(banked) == []


def test_they_become_rows(banked, db):
    load(banked.path)
    match = Question.objects.get(key="bank-match")
    assert list(match.options.values_list("text", "match"))[1:] == [
        ("The Zayandeh Rud", "A salt lake"),
        ("", "The Caspian"),
    ]
    assert list(match.hints.values_list("position", "text", "cost", "clear_wrong", "how_many")) == [
        (0, "One of them never reaches a sea.", 0.1, False, False),
        (1, "", 0.25, True, False),
        (2, "How many: told", 0, False, True),
    ]
    assert Question.objects.get(key="bank-number").units == ["km", "m = 0.001"]
    assert [option.credit for option in Question.objects.get(key="bank-number").options.all()] == [1, 0.5]
    assert Question.objects.get(key="bank-word").confusables == ["Iraq", "no: never"]
    assert not Question.objects.get(key="bank-read").options.exists()
    assert Question.objects.get(key="bank-word").difficulty == "hard"


def test_hints_are_published(banked, db):
    load(banked.path)
    asked = decode(Edition.objects.get(quiz__slug="final").document).slots[2].question
    assert [hint.cost for hint in asked.hints] == [0.1, 0.25, 0]


def test_load_dump_diff_is_empty(banked, db, tmp_path):
    load(banked.path)
    assert totals(banked) == {"left": 21, "editions": 0}
    dump(Course.objects.get(), tmp_path / "again")
    assert texts(tmp_path / "again")["questions/bank.yaml"] == BANK


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("cost: 0.25", "cost: 0.5", "cost"),
        ("    clear_wrong: true", "    how_many: true", "how_many"),
    ],
)
def test_a_changed_hint_is_an_update_and_a_new_edition(banked, db, old, new, column):
    load(banked.path)
    before = Hint.objects.get(position=1)
    banked.change("questions/bank.yaml", old, new)
    assert totals(banked) == {"updated": 1, "left": 20, "editions": 1}
    assert getattr(Hint.objects.get(position=1), column) != getattr(before, column)


def test_a_hint_edited_in_the_admin_is_kept_until_the_folder_changes_too(banked, db):
    load(banked.path)
    Hint.objects.filter(position=0).update(text="Think of the desert.")
    assert totals(banked) == {"left": 20, "kept": 1, "editions": 0}
    assert Hint.objects.get(position=0).text == "Think of the desert."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("cost: 0.25", "cost: 2", "bank.yaml:14: cost is \"2\"; it must be a share of the question's weight, from 0 to 1, such as 0.1."),
        ("cost: 0.25", "cost: nan", 'bank.yaml:14: cost is "nan"; it must be'),
        ("clear_wrong: true", "clear_wrong: yes", 'bank.yaml:15: clear_wrong is "yes"; it must be true or false.'),
        ("  - cost: 0.25\n", "  - price: 0.25\n    cost: 0.25\n", 'bank.yaml:14: There is no field "price".'),
        ("  - text: One of them", "  - One of them", "bank.yaml:13: an entry of hints must have fields such as `text: ...`, but is text."),
        ("    cost: 0\n    how_many: true\n", "  - cost: 0\n", "bank.yaml:1: bank-match: A hint says nothing and does nothing."),
        ("[km, m = 0.001]", "[km, '1,000 m']", 'bank.yaml:24: an entry of units is "1,000 m"; it must be words without a comma, at most 100 characters.'),
        ("[km, m = 0.001]", "km", "bank.yaml:24: units must be a list such as [a, b], but is text."),
        ("credit: 0.5", "credit: 1.5", 'bank.yaml:29: credit is "1.5"; it must be a number from 0 (wrong) to 1 (right).'),
        ("  - match: The Caspian\n", "  - feedback: The Caspian\n    claims: [spring-1]\n", "bank.yaml:11: text is missing."),
        ("950 ± 5 %", "about 950", "bank.yaml:21: bank-number: “about 950” is no value."),
        ("  text: Read the map first.", "  text: Read the map first.\n  options: [{text: Yes}]", "bank.yaml:32: bank-read: There is nothing to answer"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_line_and_reason(banked, old, new, expected):
    banked.change("questions/bank.yaml", old, new)
    assert any(fault.startswith(f"questions/{expected}") for fault in faults(banked)), faults(banked)


def test_a_question_that_needs_options_says_so_where_there_are_none(rivers):
    start = (rivers.path / "questions/02-floods.yaml").read_text()
    options = start[start.index("  options:") : start.index("  claims:")]
    rivers.change("questions/02-floods.yaml", options, "")
    assert "questions/02-floods.yaml:1: floods-much: It needs at least 2 options." in faults(rivers)


@pytest.mark.parametrize("word", ["a", "two words", "یک", "m = 0.001", "no: never", "'"])
def test_words_may_hold_anything_but_a_comma(rivers, word):
    rivers.change("questions/02-floods.yaml", "  options:", f'  confusables: ["{word}"]\n  options:')
    assert read(rivers.path).questions.rows()["floods-much"].confusables == (word,)


def test_a_loaded_word_in_a_hint_is_a_breach(banked):
    guide = "wording:\n- {words: [regime], prefer: government, why: It judges.}\n"
    banked.change("course.yaml", "lessons: [", f"{guide}lessons: [")
    banked.change("questions/bank.yaml", "One of them never reaches a sea.", "The regime moved one of them.")
    found = [str(fault) for fault in breaches(read(banked.path))]
    assert any(fault.startswith('questions/bank.yaml:1: "regime" is a loaded word') for fault in found), found


def test_a_difficulty_that_is_none_is_told(banked):
    banked.change("questions/bank.yaml", "difficulty: hard", "difficulty: lethal")
    assert any("it must be easy, middle or hard." in fault for fault in faults(banked)), faults(banked)


def test_another_difficulty_is_loaded_and_makes_no_edition(banked, db):
    load(banked.path)
    banked.change("questions/bank.yaml", "difficulty: hard", "difficulty: easy")
    assert totals(banked) == {"left": 20, "updated": 1, "editions": 0}
    assert Question.objects.get(key="bank-word").difficulty == "easy"


@pytest.fixture
def aimed(banked):
    """A question of the bank tests the objective of the first lesson."""
    banked.change("lessons/01-springs.md", "from a well", "from a well {#spring-or-well}")
    banked.change("questions/bank.yaml", "difficulty: hard", "objective: spring-or-well")
    return banked


def test_a_question_tests_an_objective_of_a_lesson(aimed, db):
    load(aimed.path)
    assert Question.objects.get(key="bank-word").objective == "spring-or-well"
    assert Lesson.objects.get(slug="springs").keyed_objectives == [("tell a spring from a well", "spring-or-well")]
    aimed.change("questions/bank.yaml", "  objective: spring-or-well\n", "")
    assert totals(aimed) == {"left": 20, "updated": 1, "editions": 0}


@pytest.mark.parametrize("line", ["objective: spring-or-well", "tags: [springs]"])
def test_what_no_quiz_asks_is_dumped_with_the_lesson_that_it_is_about(line, aimed, db, tmp_path):
    aimed.change("questions/bank.yaml", "objective: spring-or-well", line)
    load(aimed.path)
    dump(Course.objects.get(), tmp_path / "again")
    assert "key: bank-word" in texts(tmp_path / "again")["questions/01-springs.yaml"]
    assert "key: bank-word" not in texts(tmp_path / "again")["questions/bank.yaml"]


def test_an_objective_that_no_lesson_has_is_told(aimed):
    aimed.change("questions/bank.yaml", "objective: spring-or-well", "objective: spring-or-wel")
    message = 'No lesson has an objective with the key "spring-or-wel". Is it "spring-or-well"?'
    assert [fault for fault in faults(aimed) if fault.endswith(message)]


def test_no_objective_is_missed_where_a_lesson_could_not_be_read(aimed):
    aimed.change("lessons/01-springs.md", "title: Springs", "titel: Springs")
    assert not [fault for fault in faults(aimed) if "objective" in fault]


def test_the_key_of_an_objective_is_not_used_twice(aimed):
    aimed.change("lessons/02-floods.md", "title: Floods", "title: Floods\nobjectives:\n- flee {#spring-or-well}")
    message = 'lessons/02-floods.md:4: An objective of springs has the key "spring-or-well" already.'
    assert message in faults(aimed)


def test_an_objective_that_no_question_tests_is_a_warning(aimed):
    aimed.change("lessons/01-springs.md", "{#spring-or-well}", "{#spring-or-well}\n- find one {#finding}")
    message = "lessons/01-springs.md:6: No question tests the objective finding."
    assert message in [str(one) for one in warnings(read(aimed.path), (), date(2026, 6, 1))]


def test_the_objective_of_a_retired_lesson_is_not_dumped(aimed, db):
    """The folder could not be loaded."""
    load(aimed.path)
    Lesson.objects.filter(slug="springs").update(retired=True)
    assert contents_of(Course.objects.get()).questions["bank-word"].objective == ""
