"""Which objective a question tests, as its author says."""

import pytest

from quizzes.models import Edition, Question
from tests.admin.test_difficulty import sent


@pytest.fixture
def question(make, rivers):
    course = make.course(collection=rivers)
    make.lesson(course=course, title="Springs", objectives=["tell up from down {#down}", "say why"])
    make.lesson(course=course, title="Dry wells", objectives=["give up {#up}"], retired=True)
    return make.question(collection=rivers, key="which-way", options=[("Down", 1), ("Up", 0)])


def test_those_with_a_key_are_offered_under_their_lesson(question, tom_client, address):
    html = tom_client.get(address(question)).text
    assert '<optgroup label="Springs">' in html
    assert '<option value="down">tell up from down</option>' in html
    assert "say why" not in html
    assert "Dry wells" not in html


def test_one_is_chosen_and_nothing_has_to_be_published(question, make, rivers, tom_client, address):
    quiz = make.quiz(collection=rivers, questions=[question])
    assert tom_client.post(address(question), sent(question, objective="down")).status_code == 302
    question.refresh_from_db()
    assert question.objective == "down"
    assert '<option value="down" selected>' in tom_client.get(address(question)).text
    assert "There are no unpublished changes." in tom_client.get(address(quiz)).text
    assert "objective" not in Edition.objects.get().document


def test_what_no_lesson_of_the_collection_has_is_refused(question, make, hills, tom_client, address):
    make.lesson(course=make.course(collection=hills), objectives=["climb {#climb}"])
    response = tom_client.post(address(question), sent(question, objective="climb"))
    assert "climb is not one of the available choices." in response.text


def test_a_new_question_chooses_once_its_collection_is_chosen(question, make, tom_client, address):
    make.collection(slug="hills")
    add = address(Question, "add")
    assert "Springs" not in tom_client.get(add, {"kind": "single"}).text
    chosen = tom_client.get(add, {"kind": "single", "collection": question.collection_id}).text
    assert '<optgroup label="Springs">' in chosen
    for nowhere in ("x", "9" * 30, "0"):
        assert tom_client.get(add, {"kind": "single", "collection": nowhere}).status_code == 200


def test_objectives_of_courses_that_one_may_not_write_are_not_shown(question, ada, tom_client, address):
    rivers = question.collection
    rivers.owner, rivers.open_to_teachers = ada, False
    rivers.save()
    assert "tell up" not in tom_client.get(address(Question, "add"), {"kind": "single", "collection": rivers.pk}).text
