import re

import pytest

from quizzes.signals import attempt_finished, response_recorded
from tests import make
from tests.pages import forms


def panel(text: str) -> str:
    """The words of the panel, as a screen reader has them."""
    return " ".join(re.sub(r"<[^>]*>", " ", re.search(r'<nav class="steps".*?</nav>', text, re.DOTALL)[0]).split())


def test_the_end_names_what_is_still_open(ada_client, practice, take):
    taker = take(practice, ada_client)
    taker.answer(2, "Right")
    page = ada_client.get(f"{taker.base}finish/")
    assert "2 questions are not answered yet" in page.text
    assert f'href="{taker.base}1/"' in page.text


def test_finishing_twice_finishes_once(ada_client, ada, practice, take, django_capture_on_commit_callbacks):
    finished = []
    attempt_finished.connect(finished.append, weak=False, dispatch_uid="test", sender=None)
    listener = lambda **kwargs: finished.append(kwargs["attempt"])  # noqa: E731
    attempt_finished.disconnect(dispatch_uid="test")
    attempt_finished.connect(listener)
    try:
        taker = take(practice, ada_client)
        taker.answer(1, "Right")
        with django_capture_on_commit_callbacks(execute=True):
            first = taker.finish()
            at = ada.attempts.get().finished_at
            second = taker.finish()
    finally:
        attempt_finished.disconnect(listener)
    assert at is not None
    assert ada.attempts.get().finished_at == at
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert finished == [ada.attempts.get()]


def test_an_answer_is_announced_once_after_the_commit(ada_client, practice, take, django_capture_on_commit_callbacks):
    heard = []
    listener = lambda **kwargs: heard.append(kwargs["response"].question_key)  # noqa: E731
    response_recorded.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            take(practice, ada_client).answer(1, "Right")
    finally:
        response_recorded.disconnect(listener)
    assert len(heard) == 1


def test_nothing_answered_is_nothing_to_finish(client, practice, take):
    taker = take(practice)
    response = taker.finish()
    assert "nothing to finish" in response.text
    assert response.status_code == 200


def test_it_says_what_finishing_means_and_posts_only_when_told_to(ada_client, ada, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    page = ada_client.get(f"{taker.base}finish/")
    assert "Once you finish, answers can not be changed any more." in page.text
    assert not ada.attempts.get().is_finished


def test_what_is_open_and_what_is_flagged_is_named_by_its_number_with_a_link(ada_client, exam, take):
    taker = take(exam, ada_client)
    form = taker.form(2)
    ada_client.post(form["action"], {**form["hidden"], "flag": "1"})
    text = ada_client.get(f"{taker.base}finish/").text
    open_ones, flagged = re.findall(r'<ul class="by-number">(.*?)</ul>', text, re.DOTALL)
    assert [f'href="{taker.base}{place}/">Question {place}</a>' in open_ones for place in (1, 2)] == [True, True]
    assert f'href="{taker.base}2/">Question 2</a>' in flagged
    assert "Question 1" not in flagged


def test_nothing_open_and_nothing_flagged_is_said_in_a_sentence(ada_client, exam, take):
    taker = take(exam, ada_client)
    for place in (1, 2):
        taker.answer(place, "Right")
    text = ada_client.get(f"{taker.base}finish/").text
    assert "You have answered every question." in text
    assert "by-number" not in text


def test_the_panel_says_in_words_what_is_answered_flagged_and_here(ada_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    form = taker.form(1)
    ada_client.post(form["action"], {**form["hidden"], "flag": "1"})
    page = taker.page(2).text
    assert panel(page) == "Question 1 answered flagged Question 2 not answered"
    assert re.search(r'id="step-2"[^>]*aria-current="step"', page)


def test_the_panel_is_headed_by_sections_and_numbers_only_what_is_asked(ada_client, rivers, take):
    kinds = ["description", "single", "single"]
    asked = [
        make.question(collection=rivers, kind=kind, **({} if kind == "single" else {"options": ()})) for kind in kinds
    ]
    quiz = make.quiz(collection=rivers, setting="exam", questions=asked, published=False)
    quiz.slots.filter(position__lt=2).update(section="Sources")
    quiz.slots.filter(position=2).update(section="Mouths")
    make.publish(quiz=quiz)
    page = take(quiz, ada_client).page(1).text
    assert panel(page) == "Sources To read ¶ Question 1 not answered Mouths Question 2 not answered"
    assert re.findall(r"<h2>(\w+)</h2>", page) == ["Sources", "Mouths"]
    assert "Step 1 of 3" in page


@pytest.mark.parametrize("running", [True, False])
def test_a_page_of_an_earlier_attempt_does_not_finish_the_one_that_runs(ada_client, ada, exam, take, running):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    [stale] = [form for form in forms(ada_client.get(f"{taker.base}finish/")) if form["action"].endswith("finish/")]
    taker.finish()
    if running:
        taker.start()
    response = ada_client.post(stale["action"], stale["hidden"], follow=True)
    assert response.status_code == 200
    assert ada.attempts.running().exists() is running
