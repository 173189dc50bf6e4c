"""What a quiz's page says of unpublished changes: how they read, what they mean for marks; and the note with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.deriving import derive
from quizzes.models import Attempt, Edition, Quiz, Slot
from quizzes.publishing import publish


@pytest.fixture
def question(make, rivers):
    return make.question(
        collection=rivers,
        key="which-way",
        text="Which way does water run?",
        options=[("Down", 1), ("Up", 0), ("On", 0)],
    )


@pytest.fixture
def quiz(make, rivers, question):
    return make.quiz(collection=rivers, title="Springs", questions=[question, make.question(collection=rivers)])


@pytest.fixture
def finished(quiz, ada):
    return finish(quiz, ada, number=1)


def finish(quiz, learner, **fields):
    fields = {"edition": quiz.editions.first(), "seed": "s", "finished_at": timezone.now()} | fields
    return Attempt.objects.create(learner=learner, quiz=quiz, **fields)


def mend_key(question):
    question.options.filter(text="Down").update(credit=0)
    question.options.filter(text="Up").update(credit=1)


def regrade(quiz):
    return reverse("admin:quizzes_quiz_regrade", args=[quiz.pk])


def test_the_notice_opens_what_is_different_word_by_word(quiz, question, tom_client, address, blocked_by_policy):
    question.options.filter(text="Up").update(feedback="Why Up is wrong.")
    html = tom_client.get(address(quiz)).text
    assert "what is written here differs from it. There are unpublished changes." in html
    notice = html[html.index("<details>") : html.index("</details>")]
    assert "See what is different" in notice
    assert "Why Up is <del>so</del><ins>wrong</ins>." in notice
    assert blocked_by_policy(html) == []


def test_a_changed_key_is_told_before_changed_words(quiz, question, tom_client, address):
    mend_key(question)
    question.text = "Which way does it run?"
    question.save()
    html = tom_client.get(address(quiz)).text
    assert html.index("What is right") < html.index("<del>right</del> <ins>wrong</ins>") < html.index("Words</h3>")
    assert html.index("Words</h3>") < html.index("Which way does <del>water</del><ins>it</ins> run?")


def test_without_changes_there_is_nothing_to_see_and_nothing_to_publish(quiz, tom_client, address):
    html = tom_client.get(address(quiz)).text
    assert "There are no unpublished changes." in html
    assert "See what is different" not in html
    assert 'value="Publish"' not in html


def test_what_authors_wrote_is_no_html_in_the_notice(quiz, question, tom_client, address):
    question.options.filter(text="On").update(text="<script>alert(1)</script>")
    assert "<script>alert" not in tom_client.get(address(quiz)).text


def test_the_lesson_s_page_opens_what_is_different_in_its_checks(make, rivers, question, tom_client, address):
    lesson = make.lesson(course=make.course(collection=rivers), text=":::check which-way\n")
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    mend_key(question)
    html = tom_client.get(address(lesson)).text
    assert "See what is different" in html
    assert "Publish checks" in html


def test_the_note_is_kept_with_the_edition(quiz, question, tom_client, address):
    mend_key(question)
    sent = {"note": " Up was right.\r\nAda said so. "}
    tom_client.post(address(quiz, "publish"), sent)
    edition = quiz.editions.first()
    assert (edition.number, edition.note) == (2, "Up was right.\nAda said so.")


def test_a_note_is_not_needed(quiz, question, tom_client, address):
    mend_key(question)
    tom_client.post(address(quiz, "publish"))
    assert quiz.editions.first().note == ""


def test_a_note_that_is_too_long_publishes_nothing_and_says_so(quiz, question, tom_client, address):
    mend_key(question)
    response = tom_client.post(address(quiz, "publish"), {"note": "x" * 2001}, follow=True)
    assert "at most 2000 characters" in response.text
    assert quiz.editions.count() == 1


def test_a_note_is_given_back_where_the_quiz_can_not_be_published(quiz, question, tom_client, address):
    question.options.update(credit=0)
    response = tom_client.post(address(quiz, "publish"), {"note": "A better <key>."})
    assert response.status_code == 422
    assert "A better &lt;key&gt;." in response.text


def test_who_publishes_another_key_learns_of_finished_attempts_and_where_to_regrade(
    quiz, question, finished, tom_client, address
):
    mend_key(question)
    about = "What is right has changed. 1 attempt at edition 1 is finished and keeps its mark."
    before = tom_client.get(address(quiz)).text
    assert about in before
    assert regrade(quiz) in before
    after = tom_client.post(address(quiz, "publish"), follow=True).text
    assert about in after
    assert f'<a href="{regrade(quiz)}">See whose marks a regrade would change</a>' in after


def test_the_list_says_so_too(quiz, question, finished, tom_client, address):
    mend_key(question)
    other = Quiz.objects.create(collection=quiz.collection, slug="wells", title="Wells")
    sent = {"action": "publish_selected", "_selected_action": [quiz.pk, other.pk]}
    html = tom_client.post(address(Quiz, "changelist"), sent).text
    assert "What is right has changed." in html
    assert regrade(quiz) in html


@pytest.mark.parametrize(
    "attempt", [{"finished_at": None}, {"set_aside": True}, {"in_review": True}], ids=["running", "aside", "review"]
)
def test_attempts_that_are_not_finished_are_of_no_concern(attempt, quiz, question, ada, tom_client, address):
    finish(quiz, ada, number=1, **attempt)
    mend_key(question)
    assert "What is right has changed." not in tom_client.post(address(quiz, "publish"), follow=True).text


def test_other_words_are_of_no_concern(quiz, question, finished, tom_client, address):
    question.options.update(feedback="Because.")
    assert "What is right has changed." not in tom_client.get(address(quiz)).text
    assert "What is right has changed." not in tom_client.post(address(quiz, "publish"), follow=True).text


def test_the_list_of_quizzes_says_which_have_unpublished_changes(quiz, question, make, rivers, tom_client, address):
    make.quiz(collection=rivers, title="Wells", questions=[make.question(collection=rivers)])
    make.quiz(collection=rivers, title="Lakes", questions=[make.question(collection=rivers)], published=False)
    mend_key(question)
    rows = tom_client.get(address(Quiz, "changelist")).text.split("<tr>")[2:]
    for title, changed in {"Springs": "yes", "Lakes": "yes", "Wells": "no"}.items():
        (row,) = [row for row in rows if f">{title}</a>" in row]
        assert f'<td class="field-unpublished_changes">{changed}</td>' in row


def test_the_list_of_quizzes_costs_the_same_queries_however_many_there_are(make, rivers, tom_client, address):
    def grow(count):
        for _number in range(count):
            questions = [make.question(collection=rivers, tags=["spare"]) for _ in range(3)]
            quiz = make.quiz(collection=rivers, questions=questions[1:], published=False)
            Slot.objects.create(quiz=quiz, position=9, tag="spare", count=1)
            publish(quiz=quiz)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert tom_client.get(address(Quiz, "changelist")).status_code == 200
        return found

    grow(2)
    queries()
    few = queries()
    grow(8)
    assert len(queries()) == len(few)
    assert not any('"quizzes_edition"."document"' in query["sql"] for query in few)
    assert Edition.objects.count() == 10
