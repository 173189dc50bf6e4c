"""A file that somebody wrote or changed: nothing in it is believed that can be reckoned here."""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest

from accounts.guests import merge
from accounts.models import KeptRecord, User
from accounts.my_data import Fate
from progress import highlights
from progress.certificates import needs_of
from progress.models import Certificate, Opinion
from quizzes.engine import regrading
from quizzes.item_analysis import statistics_of
from quizzes.marking_queue import tasks
from quizzes.models import Attempt, Dispute, Question, Quiz, Response
from quizzes.publishing import questions_as_documents
from quizzes.regrading import Plan, changes
from quizzes.taking import NotOpen
from sources.models import Collection
from tests import make
from tests.accounts.lives import (
    answers,
    at,
    brook,
    exported,
    finishes,
    forged,
    loaded,
    records,
    same_person_elsewhere,
    starts,
)
from tests.cases import THOROUGH
from tests.kept import kept, parts_of


class Sat(NamedTuple):
    ada: User
    rivers: Collection
    exam: Quiz
    data: bytes


@kept
def sat() -> Sat:
    """An exam with a wrong answer and an essay that waits for its mark."""
    ada = make.ada()
    rivers = make.collection(slug="rivers")
    exam = brook(rivers, setting="exam", essay=True)
    answers(ada, exam, 0, [1], minute=1)
    answers(ada, exam, 4, "Because.", minute=2)
    finishes(ada, exam, minute=3)
    return Sat(ada, rivers, exam, exported(ada))


@pytest.fixture
def data(sat) -> bytes:
    return sat.data


ada, exam, rivers = parts_of("sat", "ada", "exam", "rivers")


@pytest.fixture
def other(data, ada):
    return same_person_elsewhere(ada)


def changed(data: bytes, **fields) -> bytes:
    attempt, *more = records(data, "attempts")
    return forged(data, attempts=[{**attempt, **fields}, *more])


def with_answer(data: bytes, number: int = 0, **fields) -> bytes:
    attempt, *more = records(data, "attempts")
    attempt["answers"][number] |= fields
    return forged(data, attempts=[attempt, *more])


def test_marks_are_reckoned_anew(data, other):
    lie = with_answer(changed(data, mark="4.00000"), fraction="1.00000", mark="1.00000")
    loaded(other, lie)
    attempt = other.attempts.get()
    assert attempt.imported
    assert attempt.mark == Decimal(0)
    assert attempt.responses.get(slot=0).fraction == 0
    assert records(exported(other), "attempts") == records(data, "attempts")


def test_whether_an_answer_was_late_is_reckoned_anew(data, other):
    loaded(other, changed(data, due_at=(at(1) - timedelta(minutes=2)).isoformat()))
    assert set(other.responses.values_list("late", flat=True)) == {True}


@pytest.mark.parametrize(
    "change",
    [
        {"question": "brook-multiple"},
        {"slot": 9},
        {"try_number": 2},
        {"answer": {"answer": ["Another river"]}},
        {"answer": {"answer": ["Right", "Wrong"]}},
        {"answer": {}},
        {"hints": 3},
    ],
)
def test_answers_that_do_not_fit_their_question_are_refused(change, data, other):
    summary = loaded(other, with_answer(data, **change))
    assert summary.count("attempts", Fate.REFUSED) == 1
    assert not Attempt.objects.exists()
    assert not KeptRecord.objects.filter(kind="attempts").exists()


@pytest.mark.parametrize(
    "change", [{"hints": {"0": 1}}, {"hints": {"x": 0}}, {"flags": [9]}, {"drawn": ["brook-single"]}]
)
def test_what_could_not_have_been_is_refused(change, data, other):
    assert loaded(other, changed(data, **change)).count("attempts", Fate.REFUSED) == 1


def test_two_answers_to_one_try_are_refused(data, other):
    attempt = records(data, "attempts")[0]
    attempt["answers"].append(attempt["answers"][0])
    assert loaded(other, forged(data, attempts=[attempt])).count("attempts", Fate.REFUSED) == 1


def test_what_comes_from_the_future_is_refused(data, other, time_machine):
    time_machine.move_to(at(0) - timedelta(days=1))
    assert loaded(other, data).count("attempts", Fate.REFUSED) == 1


def test_a_teacher_s_mark_is_kept_in_words_and_not_counted(data, other):
    by_hand = {"marked_at": at(9).isoformat(), "credits": [1.0], "comment": "Perfect."}
    summary = loaded(other, with_answer(data, 1, fraction="1.00000", by_hand=by_hand))
    assert summary.count("attempts", Fate.KEPT) == 1
    assert not Attempt.objects.exists()
    assert records(exported(other), "attempts")[0]["answers"][1]["by_hand"]["comment"] == "Perfect."


def test_an_edition_that_is_not_here_is_kept(data, other):
    loaded(other, changed(data, digest="0" * 64))
    assert not Attempt.objects.exists()
    assert records(exported(other), "attempts")[0]["digest"] == "0" * 64


def test_nothing_of_it_reaches_a_teacher(data, other, exam, tom, rivers):
    loaded(other, data)
    assert tasks(Collection.objects.all()) == []
    plan = Plan(exam, exam.editions.get(), ["brook-single"], regrading.FULL_MARKS)
    assert changes(plan) == []
    challenge = {
        "made_at": at(5).isoformat(),
        "collection": "rivers",
        "quiz": "brook",
        "question": "brook-single",
        "answered_question_at": at(1).isoformat(),
        "reason": "Buy my watches",
        "link": "",
        "state": "open",
        "reply": "",
        "answered_at": None,
    }
    loaded(other, forged(data, challenges=[challenge]))
    assert not Dispute.objects.exists()


def test_it_does_not_count_in_the_figures_of_a_question(data, other, exam):
    loaded(other, data)
    edition, question = exam.editions.get(), Question.objects.get(key="brook-single")
    same = {"learner": other, "quiz": exam, "edition": edition, "finished_at": at(9), "imported": True}
    Attempt.objects.bulk_create(Attempt(**same, number=number, seed=str(number)) for number in range(9, 49))
    document = questions_as_documents([question])
    assert statistics_of(question, document[question.pk]) is None


def test_it_does_not_earn_a_certificate(data, other, rivers, exam):
    course = make.course(collection=rivers, certificate={"quiz": "brook", "mark": 0.1})
    attempt = records(data, "attempts")[0]
    attempt["answers"][0]["answer"] = {"answer": ["Right"]}
    loaded(other, forged(data, attempts=[attempt]))
    assert other.attempts.get().mark == 1
    assert needs_of(other, course).reached is None
    Attempt.objects.update(imported=False)
    assert needs_of(other, course).reached == 0.2


def test_certificates_are_kept_and_not_issued(ada, lesson_of, eve):
    Certificate.objects.create(learner=ada, course=lesson_of, name="Ada", title="Rivers", lessons=1)
    loaded(eve, exported(ada))
    assert not eve.certificates.exists()
    assert records(exported(eve), "certificates") == records(exported(ada), "certificates")


@pytest.fixture
def lesson_of(rivers):
    return make.course(collection=rivers, opinion={"question": "Up?", "options": ["Up", "Down"]})


def test_more_time_is_given_by_teachers_only(data, other):
    loaded(other, forged(data, allowances=[{"collection": None, "quiz": None, "factor": 9.0, "minutes": 99}]))
    assert not other.allowances.exists()


def test_an_opinion_counts_once_and_not_for_a_guest(ada, gus, eve, lesson_of):
    Opinion.objects.create(learner=ada, course=lesson_of, moment="before", choice=0)
    data = exported(ada)
    loaded(gus, data)
    assert Opinion.objects.count() == 1
    loaded(eve, data)
    loaded(eve, forged(data, opinions=[records(data, "opinions")[0] | {"choice": 1, "option": "Down"}]))
    assert eve.opinions.get().choice == 0


def test_no_address_and_no_name_of_another_is_taken(ada, eve):
    loaded(eve, exported(ada))
    eve.refresh_from_db()
    assert (eve.email, eve.name) == ("eve@example.org", "Eve")


def test_imported_attempts_do_not_use_up_those_that_are_allowed(data, other, exam):
    Quiz.objects.update(attempts_allowed=1)
    loaded(other, data)
    assert starts(other, exam, minute=9).number == 2
    finishes(other, exam, minute=10)
    with pytest.raises(NotOpen):
        starts(other, exam, minute=11)


def test_a_quiz_that_is_not_open_yet_is_not_opened_by_a_file(data, other, exam, time_machine):
    Quiz.objects.update(opens_at=at(0) + timedelta(days=9))
    time_machine.move_to(at(20))
    assert loaded(other, data).count("attempts", Fate.KEPT) == 1


def test_guesses_in_a_file_tell_nothing_of_an_exam_under_way(data, ada, eve, exam):
    starts(eve, exam, minute=4)
    assert loaded(eve, data).count("attempts", Fate.KEPT) == 1
    assert not eve.responses.exists()


def test_guesses_in_a_review_tell_nothing_of_an_exam_that_holds_its_marks_back(data, ada, eve, rivers):
    closed = brook(rivers, slug="closed", setting="exam", sees_mark="closed")
    answers(ada, closed, 0, [1], minute=5)
    lie = [one | {"in_review": True} for one in records(exported(ada), "attempts") if one["quiz"] == "closed"]
    summary = loaded(eve, forged(data, attempts=lie))
    assert summary.count("attempts", Fate.KEPT) == 1
    assert not Response.objects.filter(learner=eve).exists()


def test_what_runs_here_goes_on_and_what_ran_elsewhere_is_set_aside(ada, eve, rivers):
    practice = brook(rivers)
    answers(ada, practice, 0, [1], minute=1)
    answers(eve, practice, 1, [0], minute=2)
    loaded(eve, exported(ada))
    assert list(eve.attempts.order_by("started_at").values_list("imported", "set_aside")) == [
        (True, True),
        (False, False),
    ]
    starts(eve, practice, minute=3)
    finishes(eve, practice, minute=4)
    assert starts(eve, practice, minute=5).number == 2


def test_the_checks_of_a_lesson_are_joined(ada, eve, rivers):
    checks = brook(rivers, in_lesson=True)
    answers(ada, checks, 0, [1], minute=1)
    answers(eve, checks, 1, [0], minute=2)
    loaded(eve, exported(ada))
    joined = eve.attempts.get()
    assert joined.imported
    assert set(joined.responses.values_list("slot", flat=True)) == {0, 1}


def test_a_later_export_goes_on_with_what_an_earlier_one_began(ada, eve, rivers):
    practice = brook(rivers)
    answers(ada, practice, 0, [0], minute=1)
    loaded(eve, exported(ada))
    answers(ada, practice, 1, [0], minute=2)
    finishes(ada, practice, minute=3)
    loaded(eve, exported(ada))
    assert eve.attempts.get().is_finished
    assert eve.responses.count() == 2
    again = loaded(eve, exported(ada))
    assert again.count("attempts", Fate.TAKEN) == 0


def test_the_same_attempt_at_two_times_in_one_file_is_taken_once(ada, eve, rivers):
    practice = brook(rivers)
    answers(ada, practice, 0, [0], minute=1)
    earlier = records(exported(ada), "attempts")
    answers(ada, practice, 1, [0], minute=2)
    data = exported(ada)
    loaded(eve, forged(data, attempts=[*earlier, *records(data, "attempts")]))
    assert eve.attempts.count() == 1
    assert eve.responses.count() == 2


@pytest.mark.parametrize("number", [10_001, *[20_001, 100_000][: 2 * THOROUGH], 1_000_000])
def test_numbers_that_a_merge_uses_get_in_nobody_s_way(number, data, other, gus, exam):
    loaded(other, changed(data, number=number))
    loaded(other, changed(with_answer(data, answered_at=at(8).isoformat()), number=number, seed="another"))
    assert sorted(other.attempts.values_list("number", flat=True)) == [1, 2]
    answers(gus, exam, 0, [0], minute=4)
    merge(guest=gus, account=other)
    assert sorted(other.attempts.values_list("number", flat=True)) == [1, 2, 3]


def test_nobody_takes_a_quiz_thousands_of_times(data, other, monkeypatch):
    monkeypatch.setattr("quizzes.importing.MOST", 1)
    attempt = records(data, "attempts")[0]
    more = [attempt | {"seed": str(n), "answers": []} for n in range(3)]
    assert loaded(other, forged(data, attempts=[attempt, *more])).count("attempts", Fate.REFUSED) == 3


def test_no_lesson_takes_more_highlights_than_one_could_make_and_the_rest_is_kept(ada, rivers, monkeypatch):
    monkeypatch.setattr(highlights, "MOST", 2)
    lesson = make.lesson(course=make.course(collection=rivers), text="Water.")
    ada.highlights.create(lesson=lesson, address="start", quote="Water")
    data = exported(ada)
    (one,) = records(data, "highlights")
    many = forged(data, highlights=[{**one, "quote": f"Water {number}"} for number in range(3)])
    assert loaded(ada, many).count("highlights", Fate.TAKEN) == 1
    assert ada.highlights.count() == 2
    assert len(records(exported(ada), "highlights")) == 4
