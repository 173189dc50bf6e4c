import pytest

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
