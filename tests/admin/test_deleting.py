"""What learners used stays; the page says why, and what to do instead."""

import pytest

from accounts.models import User
from quizzes.models import Attempt, Option, Question, Quiz, Response

DELETED = {"post": "yes"}


@pytest.fixture
def question(make, rivers):
    return make.question(collection=rivers, key="which-way")


@pytest.fixture
def quiz(make, rivers, question):
    return make.quiz(collection=rivers, title="Springs", questions=[question])


@pytest.fixture
def answered(quiz, ada):
    edition = quiz.editions.get()
    attempt = Attempt.objects.create(learner=ada, quiz=quiz, edition=edition, number=1, seed="s")
    answer = {"slot": 0, "try_number": 1, "question_key": "which-way", "answer": [0], "fraction": 1, "mark": 1}
    return Response.objects.create(learner=ada, attempt=attempt, **answer)


def test_a_question_that_was_answered_is_kept_also_once_no_quiz_asks_it(answered, question, quiz, tom_client, address):
    quiz.slots.all().delete()
    html = tom_client.post(address(question, "delete"), DELETED).text
    assert "Answers that learners gave to which-way" in html
    assert "tick “retired”" in html
    assert Question.objects.exists()
    assert Option.objects.exists()


def test_a_question_that_nobody_answered_is_deleted(question, tom_client, address):
    assert tom_client.post(address(question, "delete"), DELETED).status_code == 302
    assert not Question.objects.exists()


def test_a_question_of_the_same_key_elsewhere_does_not_keep_it(answered, make, hills, tom_client, address):
    other = make.question(collection=hills, key="which-way")
    assert tom_client.post(address(other, "delete"), DELETED).status_code == 302


@pytest.mark.parametrize("how", ["page", "list"])
def test_a_published_quiz_is_kept(how, quiz, tom_client, address):
    if how == "page":
        response = tom_client.post(address(quiz, "delete"), DELETED)
    else:
        chosen = {"action": "delete_selected", "_selected_action": [quiz.pk], **DELETED}
        response = tom_client.post(address(Quiz, "changelist"), chosen)
    assert "in use here" in response.text
    assert "Edition" in response.text
    assert "tick “retired”" in response.text
    assert Quiz.objects.exists()


def test_an_account_with_attempts_is_kept_until_it_is_made_inactive(answered, ada, admin_client, address):
    html = admin_client.post(address(ada, "delete"), DELETED).text
    assert "Ada: attempts at quizzes, with their marks" in html
    assert "Untick “active”" in html
    assert User.objects.filter(pk=ada.pk).exists()
    User.objects.filter(pk=ada.pk).update(is_active=False)
    admin_client.post(address(ada, "delete"), DELETED)
    assert not User.objects.filter(pk=ada.pk).exists()
    assert not Attempt.objects.exists()


def test_accounts_chosen_in_the_list_are_kept_too(answered, ada, admin_client, address):
    chosen = {"action": "delete_selected", "_selected_action": [ada.pk], **DELETED}
    assert "attempts at quizzes" in admin_client.post(address(User, "changelist"), chosen).text
    assert User.objects.filter(pk=ada.pk).exists()
