"""Lists of quizzes and of courses, by whether learners get them as they are now."""

from typing import NamedTuple

import pytest
from django.utils import timezone

from courses.deriving import derive
from courses.models import Course
from quizzes import publishing
from quizzes.models import Question, Quiz
from quizzes.publishing import publish, publish_again
from sources.models import Collection
from tests import make
from tests.kept import kept, parts_of


class Bank(NamedTuple):
    rivers: Collection
    question: Question
    quiz: Quiz
    other: Quiz


@kept
def bank() -> Bank:
    rivers = make.collection(slug="rivers", title="Rivers")
    question = make.question(collection=rivers, key="which-way", tags=["deep"])
    quiz = make.quiz(collection=rivers, title="Springs", questions=[question])
    other = make.quiz(collection=rivers, title="Wells", questions=[make.question(collection=rivers)])
    return Bank(rivers, question, quiz, other)


pytestmark = pytest.mark.usefixtures("bank")
other, question, quiz, rivers = parts_of("bank", "other", "question", "quiz", "rivers")


@pytest.fixture
def listed(tom_client, address):
    """Titles of the rows that a list shows with a choice of the filter."""

    def of(model, chosen, **query):
        html = tom_client.get(address(model, "changelist"), {"unpublished": chosen, **query}).text
        titles = model.objects.values_list("title", flat=True)
        return {title for title in titles if f">{title}</a>" in html}

    return of


def reword(question):
    question.text = "Which one is right?"
    question.save()


def test_only_what_differs_is_listed(question, listed):
    assert (listed(Quiz, "yes"), listed(Quiz, "no")) == (set(), {"Springs", "Wells"})
    reword(question)
    assert (listed(Quiz, "yes"), listed(Quiz, "no")) == ({"Springs"}, {"Wells"})


def test_the_column_says_the_same(question, tom_client, address):
    reword(question)
    html = tom_client.get(address(Quiz, "changelist")).text
    assert html.count('field-unpublished_changes">yes<') == 1
    assert html.count('field-unpublished_changes">no<') == 1


def test_what_was_never_published_is_listed(rivers, listed):
    make.quiz(collection=rivers, title="Lakes")
    assert listed(Quiz, "yes") == {"Lakes"}


def test_saving_without_a_change_is_none(question, quiz, listed):
    question.save()
    quiz.save()
    assert listed(Quiz, "yes") == set()


def test_other_settings_are_a_change(quiz, listed):
    quiz.pass_mark = 0.5
    quiz.save()
    assert listed(Quiz, "yes") == {"Springs"}


def test_publishing_again_what_was_before_leaves_the_changes_unpublished(quiz, question, listed):
    reword(question)
    publish(quiz=quiz)
    assert listed(Quiz, "yes") == set()
    publish_again(edition=quiz.editions.get(number=1))
    assert listed(Quiz, "yes") == {"Springs"}


@pytest.fixture
def drawing(rivers, question):
    make.question(collection=rivers, key="left", tags=["deep"])
    made = make.quiz(collection=rivers, title="Drawn")
    made.slots.create(tag="deep", count=1)
    publish(quiz=made)
    return made


def test_a_question_that_is_new_to_a_draw_is_a_change(drawing, rivers, listed):
    assert listed(Quiz, "yes") == set()
    make.question(collection=rivers, tags=["deep"])
    assert listed(Quiz, "yes") == {"Drawn"}


@pytest.mark.parametrize("where", ["on its page", "in the list"])
def test_a_question_that_is_deleted_leaves_its_draws(where, drawing, listed, tom_client, address):
    question = Question.objects.get(key="left")
    if where == "on its page":
        tom_client.post(address(question, "delete"), {"post": "yes"})
    else:
        sent = {"action": "delete_selected", "_selected_action": question.pk, "post": "yes"}
        tom_client.post(address(Question, "changelist"), sent)
    assert not Question.objects.filter(key="left").exists()
    assert listed(Quiz, "yes") == {"Drawn"}


def test_a_question_that_comes_to_stand_in_a_lesson_leaves_its_draws(drawing, rivers, listed):
    derive(lesson=make.lesson(course=make.course(collection=rivers), title="Deltas", text=":::check left\n"))
    assert listed(Quiz, "yes") == {"Drawn", "Deltas"}


def test_a_check_that_leaves_the_text_is_a_change_of_the_checks(question, rivers, listed):
    text = f":::check {question.key}\n"
    lesson = make.lesson(course=make.course(collection=rivers), title="Deltas", text=f"{text}\n:::check more\n")
    make.question(collection=rivers, key="more")
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    assert listed(Quiz, "yes") == set()
    lesson.text = text
    derive(lesson=lesson)
    assert listed(Quiz, "yes") == {"Deltas"}


def test_of_many_that_were_touched_the_newest_are_compared_and_the_others_listed(quiz, other, listed, monkeypatch):
    monkeypatch.setattr(publishing, "COMPARED", 1)
    Quiz.objects.update(edited_at=timezone.now())
    assert (listed(Quiz, "yes"), listed(Quiz, "no")) == ({quiz.title}, {other.title})


def test_other_filters_hold_as_well(question, listed):
    reword(question)
    elsewhere = make.collection()
    make.quiz(collection=elsewhere, title="Lakes")
    assert listed(Quiz, "yes", collection__id__exact=elsewhere.pk) == {"Lakes"}


def test_a_choice_that_is_none_lists_all(question, listed):
    reword(question)
    assert listed(Quiz, "perhaps") == {"Springs", "Wells"}


# Courses


@pytest.fixture
def courses(rivers, hills):
    return make.course(collection=rivers), make.course(collection=hills)


def test_courses_are_listed_by_their_quizzes(courses, question, listed):
    assert (listed(Course, "yes"), listed(Course, "no")) == (set(), {"Rivers", "Hills"})
    reword(question)
    assert (listed(Course, "yes"), listed(Course, "no")) == ({"Rivers"}, {"Hills"})


def test_the_column_counts_and_leads_to_the_quizzes(courses, question, rivers, tom_client, address):
    reword(question)
    html = tom_client.get(address(Course, "changelist")).text
    assert 'field-unpublished_changes">no<' in html
    query = f"collection__id__exact={rivers.pk}&amp;retired__exact=0&amp;unpublished=yes"
    assert f'<a href="{address(Quiz, "changelist")}?{query}">in 1 quiz</a>' in html
    shown = tom_client.get(f"{address(Quiz, 'changelist')}?{query.replace('&amp;', '&')}").text
    assert ">Springs</a>" in shown
    assert ">Wells</a>" not in shown


@pytest.mark.parametrize("fields", [{"retired": True}, {}], ids=["retired", "without a question"])
def test_a_quiz_that_nobody_could_take_does_not_count(fields, courses, rivers, question, listed):
    questions = [make.question(collection=rivers)] if fields else []
    make.quiz(collection=rivers, questions=questions, published=False, **fields)
    assert listed(Course, "yes") == set()


def test_the_checks_of_a_retired_lesson_do_not_count(rivers, listed):
    make.question(collection=rivers, key="left")
    course = make.course(collection=rivers)
    lesson = make.lesson(course=course, text=":::check left\n")
    derive(lesson=lesson)
    assert listed(Course, "yes") == {"Rivers"}
    lesson.retired = True
    lesson.save()
    assert listed(Course, "yes") == set()


def test_teachers_see_their_own(rivers, question, eve, tom, tom_client, address):
    reword(question)
    rivers.owner, rivers.open_to_teachers = eve, False
    rivers.save()
    assert "Springs" not in tom_client.get(address(Quiz, "changelist"), {"unpublished": "yes"}).text
