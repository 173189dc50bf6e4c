"""Quizzes in full: how and when they are taken, what learners see, sections."""

# ruff: noqa: E501 (a table reads by its rows)

import datetime as dt

import pytest

from courses.folder.dumping import dump
from courses.folder.loading import load
from courses.folder.reading import read
from courses.models import Course
from quizzes.engine.document import decode
from quizzes.models import Attempt, Edition, Quiz, Slot
from tests.courses.folder.conftest import FILES, texts, totals

TEST = """
- slug: test
  title: A test
  setting: immediate
  shuffled: true
  confidence: counted
  sees: {mark: after, right: closed, evidence: never}
  opens_at: 2026-09-01T08:00:00Z
  closes_at: 2026-09-02T06:30:00Z
  time_limit: 45
  attempts: 2
  wait: 1440
  counts: mean
  pass_mark: 0.6
  questions: [springs-where]
  weights: {springs-all: 2}
  sections:
  - title: "Rare: or not"
    questions: [springs-rare]
  - title: The rest
    questions: [springs-all]
    draws:
    - {tag: spare, count: 1}
  - title: The rest
    questions: [floods-much]
"""
"""In canonical form."""

SPARE = (
    FILES["questions/02-floods.yaml"]
    .replace("floods-much", "spare")
    .replace("  text: What", "  tags: [spare]\n  text: What")
)


@pytest.fixture
def tested(rivers):
    rivers.write("quizzes.yaml", FILES["quizzes.yaml"] + TEST)
    rivers.write("questions/bank.yaml", SPARE)
    return rivers


@pytest.fixture
def quiz(tested, db):
    load(tested.path)
    return Quiz.objects.get(slug="test")


def faults(folder) -> list[str]:
    return [str(fault) for fault in sorted(read(folder.path).faults)]


def test_a_quiz_is_as_written(quiz):
    assert (quiz.setting, quiz.shuffled, quiz.confidence) == ("immediate", True, "counted")
    assert (quiz.sees_mark, quiz.sees_right, quiz.sees_feedback, quiz.sees_evidence) == ("after", "closed", "", "never")
    assert quiz.opens_at == dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
    assert quiz.closes_at == dt.datetime(2026, 9, 2, 6, 30, tzinfo=dt.UTC)
    assert (quiz.time_limit, quiz.attempts_allowed, quiz.wait, quiz.counts, quiz.pass_mark) == (
        45,
        2,
        1440,
        "mean",
        0.6,
    )


def test_slots_stand_in_their_sections(quiz):
    slots = [(slot.section, slot.question.key if slot.question else slot.tag, slot.weight) for slot in quiz.slots.all()]
    assert slots == [
        ("", "springs-where", 1),
        ("Rare: or not", "springs-rare", 1),
        ("The rest", "springs-all", 2),
        ("The rest", "spare", 1),
        ("The rest", "floods-much", 1),
    ]


def test_the_edition_says_all_of_it(quiz):
    published = decode(Edition.objects.get(quiz=quiz).document)
    assert (published.sees.right, published.sees.feedback) == ("closed", "during")
    assert (published.time_limit, published.pass_mark, published.shuffled) == (45, 0.6, True)
    assert [slot.section for slot in published.slots] == ["", "Rare: or not", "The rest", "The rest"]


def test_load_dump_diff_is_empty(quiz, tested, tmp_path):
    assert totals(tested) == {"left": 19, "editions": 0}
    dump(Course.objects.get(), tmp_path / "again")
    assert texts(tmp_path / "again")["quizzes.yaml"] == FILES["quizzes.yaml"] + TEST


@pytest.mark.parametrize(
    ("here", "canonical"),
    [
        ("opens_at: 2026-09-01 10:00:00+02:00", "opens_at: 2026-09-01T08:00:00Z"),
        ("sees: {mark: after, right: closed, evidence: never, feedback: during}", "sees: {mark: after, right: closed, evidence: never}"),
        ("wait: 1440\n  counts: mean\n  tries: 3", "wait: 1440\n  counts: mean"),
    ],
    ids=["times are in UTC", "what suits the setting is left out", "defaults are left out"],
)  # fmt: skip
def test_what_can_be_said_in_other_ways_is_said_in_one(tested, db, tmp_path, here, canonical):
    tested.change("quizzes.yaml", canonical, here)
    load(tested.path)
    assert totals(tested) == {"left": 19, "editions": 0}
    dump(Course.objects.get(), tmp_path / "again")
    assert texts(tmp_path / "again")["quizzes.yaml"] == FILES["quizzes.yaml"] + TEST


def test_a_change_of_dates_makes_no_edition_and_one_of_the_time_limit_does(quiz, tested):
    tested.change("quizzes.yaml", "wait: 1440", "wait: 60")
    assert totals(tested) == {"updated": 1, "left": 18, "editions": 0}
    tested.change("quizzes.yaml", "time_limit: 45", "time_limit: 50")
    assert totals(tested) == {"updated": 1, "left": 18, "editions": 1}


def test_another_closing_date_moves_the_deadlines_of_those_who_are_at_it(quiz, tested, ada):
    started = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
    attempt = Attempt.objects.create(
        learner=ada,
        quiz=quiz,
        edition=quiz.editions.get(),
        number=1,
        seed="s",
        started_at=started,
        due_at=started + dt.timedelta(minutes=45),
    )
    tested.change("quizzes.yaml", "2026-09-02T06:30:00Z", "2026-09-01T09:30:00Z")
    load(tested.path)
    attempt.refresh_from_db()
    assert attempt.due_at == dt.datetime(2026, 9, 1, 9, 30, tzinfo=dt.UTC)


def test_slots_in_the_order_of_the_admin_are_dumped_in_it(quiz, tested):
    """A draw before a question, and neighbours under one heading."""
    Slot.objects.filter(quiz=quiz, section="Rare: or not").update(section="")
    Slot.objects.filter(quiz=quiz, tag="spare").update(position=0, section="")
    Slot.objects.filter(quiz=quiz, question__key="springs-where").update(position=1)
    dump(Course.objects.get(), tested.path, force=True)
    written = texts(tested.path)["quizzes.yaml"].partition("  pass_mark: 0.6\n")[2]
    assert written == (
        "  weights: {springs-all: 2}\n"
        "  draws:\n"
        "  - {tag: spare, count: 1}\n"
        "  sections:\n"
        "  - questions: [springs-where, springs-rare]\n"
        "  - title: The rest\n"
        "    questions: [springs-all, floods-much]\n"
    )
    assert faults(tested) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("setting: immediate", "setting: at once", 'quizzes.yaml:16: setting is "at once"; it must be practice, exam or immediate.'),
        ("shuffled: true", "shuffled: maybe", 'quizzes.yaml:17: shuffled is "maybe"; it must be true or false.'),
        ("confidence: counted", "confidence: high", 'quizzes.yaml:18: confidence is "high"; it must be asked or counted.'),
        ("mark: after", "mark: later", 'quizzes.yaml:19: mark is "later"; it must be during, after, closed or never.'),
        ("{mark: after, right: closed, evidence: never}", "after", "quizzes.yaml:19: sees must have fields such as `mark: ...`, but is text."),
        ("mark: after", "key: after", 'quizzes.yaml:19: There is no field "key". The fields are mark, right, feedback, evidence.'),
        ("2026-09-01T08:00:00Z", "2026-09-01", 'quizzes.yaml:20: opens_at is "2026-09-01"; it must be a date and time with its time zone, such as 2026-09-01T08:00:00Z.'),
        ("2026-09-01T08:00:00Z", "2026-09-01T08:00:00", 'quizzes.yaml:20: opens_at is "2026-09-01T08:00:00"; it must be a date and time'),
        ("2026-09-01T08:00:00Z", "2026-02-31T08:00:00Z", 'quizzes.yaml:20: opens_at is "2026-02-31T08:00:00Z"; it must be a date and time'),
        ("2026-09-01T08:00:00Z", "2026", "quizzes.yaml:20: Choose a date between 2000 and 2100."),
        ("2026-09-01T08:00:00Z", "0001-01-01T00:00:00+10:00", "quizzes.yaml:20: Choose a date between 2000 and 2100."),
        ("2026-09-01T08:00:00Z", "[a]", "quizzes.yaml:20: opens_at must be a date and time with its time zone, such as 2026-09-01T08:00:00Z, but is a list."),
        ("2026-09-02T06:30:00Z", "2026-09-01T09:00:00+02:00", "quizzes.yaml:21: The quiz closes before it opens. Choose a later time."),
        ("  closes_at: 2026-09-02T06:30:00Z\n", "", "quizzes.yaml:14: Learners see something once the quiz is closed, so it needs a closing date."),
        ("setting: immediate", "setting: practice", "quizzes.yaml:14: Where confidence counts there is one try. Set the tries to 1."),
        ("setting: immediate", "setting: exam\n  tries: 2", "quizzes.yaml:17: tries are for practice only."),
        ("setting: immediate", "setting: immediate\n  tries: 1", "quizzes.yaml:17: tries are for practice only."),
        ("setting: immediate\n  shuffled: true\n  confidence: counted\n  sees: {mark: after", "setting: exam\n  sees: {mark: during", "quizzes.yaml:17: In an exam answers may be changed until the end"),
        ("time_limit: 45", "time_limit: 0", 'quizzes.yaml:22: time_limit is "0"; it must be a whole number of minutes from 1 to 10000.'),
        ("time_limit: 45", "time_limit: 45 min", 'quizzes.yaml:22: time_limit is "45 min"; it must be a whole number'),
        ("attempts: 2", "attempts: -1", 'quizzes.yaml:23: attempts is "-1"; it must be a whole number from 1 to 500, or 0 for any number.'),
        ("wait: 1440", "wait: a day", 'quizzes.yaml:24: wait is "a day"; it must be a whole number of minutes'),
        ("counts: mean", "counts: worst", 'quizzes.yaml:25: counts is "worst"; it must be best, last, first or mean.'),
        ("pass_mark: 0.6", "pass_mark: 60", 'quizzes.yaml:26: pass_mark is "60"; it must be a share of the full mark, above 0 and up to 1, such as 0.6.'),
        ("pass_mark: 0.6", "pass_mark: 0", 'quizzes.yaml:26: pass_mark is "0"; it must be a share'),
        ("questions: [springs-where]\n  weights: {springs-all: 2}", "questions: [springs-where]\n  weights: {spare: 2}", "quizzes.yaml:28: \"spare\" is not one of this quiz's questions."),
        ('"Rare: or not"', f'"{"x" * 101}"', "quizzes.yaml:30: title has 101 characters; at most 100 fit."),
        ('"Rare: or not"', '"Rare\\nor not"', 'quizzes.yaml:30: title is "Rare\nor not"; it must be text on one line'),
        ("[springs-rare]", "[springs-rere]", 'quizzes.yaml:31: There is no question "springs-rere". Is it "springs-rare"?'),
        ("[springs-rare]", "[springs-where]", 'quizzes.yaml:31: "springs-where" stands in this quiz already.'),
        ("[springs-rare]", "[springs-rare, springs-rare]", 'quizzes.yaml:31: "springs-rare" stands here twice.'),
        ("[springs-rare]", "[]", "quizzes.yaml:30: This section has no questions."),
        ("count: 1}\n  - title: The rest", "count: 9}\n  - title: The rest", 'quizzes.yaml:35: It draws 9 questions by "spare", and only 1 are there.'),
        ('title: "Rare: or not"', "title: The rest", 'quizzes.yaml:32: This goes on with the section "The rest"; write the two as one.'),
        ('title: "Rare: or not"\n    questions', "questions", "quizzes.yaml:30: This goes on with what stands under no heading; write the two as one."),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_line_and_reason(tested, old, new, expected):
    tested.change("quizzes.yaml", old, new)
    assert any(fault.startswith(expected) for fault in faults(tested)), faults(tested)


def test_a_quiz_may_be_made_of_sections_alone(tested, db):
    tested.change("quizzes.yaml", "  questions: [springs-where]\n", "")
    assert faults(tested) == []


def test_what_sections_ask_and_draw_is_used_and_has_its_lesson(tested, db, tmp_path):
    tested.change("quizzes.yaml", "  title: A test\n", "  title: A test\n  lesson: floods\n")
    load(tested.path)
    dump(Course.objects.get(), tmp_path / "again")
    written = texts(tmp_path / "again")
    assert "questions/bank.yaml" not in written
    assert "key: spare" in written["questions/02-floods.yaml"]


def test_a_quiz_edited_in_the_admin_is_kept_and_a_change_here_is_a_conflict(quiz, tested):
    Quiz.objects.filter(pk=quiz.pk).update(time_limit=60)
    assert totals(tested) == {"left": 18, "kept": 1, "editions": 0}
    tested.change("quizzes.yaml", "attempts: 2", "attempts: 3")
    with pytest.raises(Exception, match="edited in the admin since it was loaded: time_limit, attempts differ"):
        load(tested.path)


def test_a_quiz_with_nothing_to_answer_has_no_questions(rivers):
    read_first = "\n- key: read-first\n  kind: description\n  text: Read the map.\n"
    rivers.write("questions/02-floods.yaml", (rivers.path / "questions/02-floods.yaml").read_text() + read_first)
    rivers.change("quizzes.yaml", "[springs-all, floods-much]\n  weights: {springs-all: 2}", "[read-first]")
    assert "quizzes.yaml:4: The quiz has no questions." in faults(rivers)
