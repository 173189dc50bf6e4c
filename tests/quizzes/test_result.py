import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine

from quizzes.marking import mark_by_hand
from quizzes.models import Response
from tests import make
from tests.conftest import client_of


@pytest.fixture
def finished(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    taker.answer(2, "Wrong")
    taker.finish()
    return ada.attempts.get()


def test_the_result_shows_every_question_with_answer_and_reason(ada_client, finished):
    text = ada_client.get(f"/quizzes/attempts/{finished.pk}/").text
    assert "1 of 3" in text
    assert "1 of 3 questions right" in text
    for n in range(3):
        assert f"Question {n}?" in text
    assert text.count("is-right") == 3
    assert text.count("is-wrong") == 1
    assert "Not answered." in text


def test_the_result_belongs_to_its_learner(finished, eve, client):
    url = f"/quizzes/attempts/{finished.pk}/"
    assert client_of(eve).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_a_running_attempt_has_no_result(ada_client, ada, exam, take):
    take(exam, ada_client).answer(1, "Right")
    response = ada_client.get(f"/quizzes/attempts/{ada.attempts.get().pk}/")
    assert response.status_code == 302
    assert response.url == exam.get_absolute_url()


def test_an_exam_is_reviewed_after_its_end(ada_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Wrong")
    response = taker.finish()
    assert "0 of 2" in response.text
    assert "Why Wrong is so." in response.text
    assert "is-right" in response.text


def test_a_result_costs_the_same_however_many_questions(ada_client, finished, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        ada_client.get(f"/quizzes/attempts/{finished.pk}/")


def test_an_attempt_that_never_was_is_not_found(ada_client):
    assert ada_client.get("/quizzes/attempts/987654321987654321987/").status_code == 404


def headings(text: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h(\d)", text)]


def test_headings_go_down_by_one_at_most(ada_client, ada, rivers, take):
    quiz = make.quiz(collection=rivers, setting="exam", questions=[make.question(collection=rivers)], published=False)
    quiz.slots.update(section="Sources")
    make.publish(quiz=quiz)
    taker = take(quiz, ada_client)
    taker.answer(1, "Right")
    found = headings(taker.finish().text)
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(found))


def test_in_an_exam_the_last_answer_is_the_one_that_is_right_or_not(ada_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    taker.answer(1, "Wrong")
    text = taker.finish().text
    assert "0 of 2 questions right" in text
    assert 'id="step-1" class="wrong' in text


@pytest.mark.parametrize(("choice", "words"), [("Right", "Passed: 50% were needed"), ("Wrong", "Not passed: 50%")])
def test_passed_or_not_is_said_where_there_is_a_pass_mark(ada_client, rivers, take, choice, words):
    asked = make.question(collection=rivers)
    taker = take(make.quiz(collection=rivers, setting="exam", pass_mark=0.5, questions=[asked]), ada_client)
    taker.answer(1, choice)
    assert words in taker.finish().text


def test_without_a_pass_mark_nobody_passes_or_fails(ada_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    assert "assed" not in taker.finish().text


def test_marks_that_come_after_closing_bring_the_pass_line_with_them(ada_client, ada, rivers, take):
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as now:
        fields = {"sees_mark": "closed", "closes_at": noon + timedelta(hours=1), "pass_mark": 0.5}
        asked = make.question(collection=rivers)
        taker = take(make.quiz(collection=rivers, setting="exam", questions=[asked], **fields), ada_client)
        taker.answer(1, "Right")
        before = taker.finish().text
        assert "Your answers are in" in before
        assert "assed" not in before
        assert "1 of 1" not in before
        now.shift(timedelta(hours=1))
        assert "Passed: 50% were needed" in ada_client.get(f"/quizzes/attempts/{ada.attempts.get().pk}/").text


@pytest.fixture
def essay(ada_client, rivers, take):
    """Ada's, saved three times while it was written."""
    asked = make.question(collection=rivers, kind="essay", options=(("Clear", 1, ""),))
    taker = take(make.quiz(collection=rivers, setting="exam", pass_mark=0.5, questions=[asked]), ada_client)
    for text in ("It", "It flows", "It flows down."):
        form = taker.form(1)
        ada_client.post(form["action"], {**form["hidden"], "answer": text})
    return taker


def test_an_essay_waits_once_however_often_it_was_saved_and_nothing_is_passed_yet(essay, ada_client):
    text = essay.finish().text
    assert "One answer waits for a teacher's mark" in text
    assert "assed" not in text
    assert "waits for a teacher" in ada_client.get(essay.base).text


def test_a_marked_essay_waits_no_more_though_its_drafts_have_no_mark(essay, ada_client, ada, tom):
    essay.finish()
    mark_by_hand(response=Response.objects.waiting().get(), credits=[1], comment="", by=tom)
    text = ada_client.get(f"/quizzes/attempts/{ada.attempts.get().pk}/").text
    assert "It flows down." in text
    assert "Passed: 50% were needed" in text
    assert "waits" not in text + ada_client.get(essay.base).text


def test_late_answers_are_counted_by_question_and_the_answer_in_time_is_shown(ada_client, ada, rivers, take):
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as now:
        asked = [make.question(collection=rivers, key=f"late{n}") for n in range(2)]
        taker = take(make.quiz(collection=rivers, setting="exam", time_limit=10, questions=asked), ada_client)
        taker.start()
        taker.answer(1, "Right")
        forms = [taker.form(1), taker.form(2)]
        now.shift(timedelta(minutes=12))
        for place, form in enumerate(forms, 1):
            sent = {**form["hidden"], "answer": form["options"]["Wrong"]}
            text = ada_client.post(f"{taker.base}{place}/answer/", sent, follow=True).text
    assert "2 answers came after the deadline" in text
    first, second = text.split('<li id="place-')[1:]
    assert "Right." in first
    assert "is-wrong" not in first
    assert "Not right." not in second
    assert "0 of 1" in second
    assert "It is kept, and does not count." in first
    assert "It is kept, and does not count." in second
    assert 'id="step-1" class="right' in text
    assert 'id="step-2" class="answered' in text


def test_it_tells_the_confidence_the_hints_and_the_flags(ada_client, rivers, take):
    asked = make.question(collection=rivers, hints=[{"text": "Think of the Alps."}])
    taker = take(make.quiz(collection=rivers, confidence="asked", questions=[asked]), ada_client)
    form = taker.form(1)
    for button in ({"hint": "1"}, {"flag": "1"}):
        ada_client.post(form["action"], {**form["hidden"], **button})
    taker.answer(1, "Right", confidence="2")
    text = taker.finish().text
    assert "Hint taken:</b> Think of the Alps." in text
    assert "You were fairly sure." in text
    assert "flagged" in text


def test_on_paper_it_says_whose_it_is(ada_client, finished):
    text = ada_client.get(f"/quizzes/attempts/{finished.pk}/").text
    assert re.search(r'class="meta on-paper">\s*Ada,\s*attempt 1 at edition 1', text)
