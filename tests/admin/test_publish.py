"""Publishing a quiz from the admin: from its page, from the list, from a lesson's page."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from courses.deriving import derive
from quizzes.models import Edition, Quiz


@pytest.fixture
def quiz(make, rivers):
    questions = [make.question(collection=rivers, key=f"question-{n}") for n in (1, 2)]
    return make.quiz(collection=rivers, title="Springs", questions=questions, published=False)


def publish(client, page):
    return client.post(page, follow=True)


def test_publishing_says_which_edition_and_how_many_questions(quiz, tom, tom_client, address):
    response = publish(tom_client, address(quiz, "publish"))
    assert "“Springs” is published as edition 1, with 2 questions." in response.text
    assert quiz.editions.get().published_by == tom


def test_publishing_the_same_again_says_that_nothing_changed(quiz, tom_client, address):
    publish(tom_client, address(quiz, "publish"))
    response = publish(tom_client, address(quiz, "publish"))
    assert "Nothing has changed in “Springs” since edition 1" in response.text
    assert quiz.editions.count() == 1


def test_everything_that_is_wrong_is_listed_question_by_question_with_links(quiz, make, rivers, tom_client, address):
    rivers.sourced = True
    rivers.save()
    first = quiz.slots.first().question
    first.options.update(credit=0)
    response = publish(tom_client, address(quiz, "publish"))
    assert response.status_code == 422
    for slot in quiz.slots.all():
        assert address(slot.question) in response.text
    assert "Exactly one option must be right." in response.text
    assert response.text.count("Its key stands on no claim.") == 2
    assert not Edition.objects.exists()


def test_an_empty_quiz_is_not_published(make, rivers, tom_client, address, blocked_by_policy):
    response = publish(tom_client, address(make.quiz(collection=rivers), "publish"))
    assert response.status_code == 422
    assert "It has no questions yet." in response.text
    assert blocked_by_policy(response.text) == []


def test_the_page_says_whether_there_are_unpublished_changes(quiz, tom_client, address):
    assert "nothing is published" in tom_client.get(address(quiz)).text
    publish(tom_client, address(quiz, "publish"))
    assert "There are no unpublished changes." in tom_client.get(address(quiz)).text
    quiz.slots.first().question.options.update(feedback="Another reason.")
    assert "There are unpublished changes." in tom_client.get(address(quiz)).text


def test_the_button_posts_with_a_token_outside_the_page_s_own_form(quiz, tom_client, address):
    html = tom_client.get(address(quiz)).text
    form = html[html.index(f'action="{address(quiz, "publish")}"') :]
    assert "csrfmiddlewaretoken" in form[: form.index("</form>")]
    assert form.index("</form>") < form.index('id="quiz_form"')


def test_publishing_needs_a_post_a_token_and_the_permission(quiz, tom, tom_client, ada_client, address):
    page = address(quiz, "publish")
    assert tom_client.get(page).status_code == 405
    assert ada_client.post(page).status_code in {302, 403}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(tom)
    assert strict.post(page).status_code == 403
    tom.groups.clear()
    assert tom_client.post(page).status_code in {403, 404}
    assert not Edition.objects.exists()


def test_who_may_only_look_is_shown_no_button_and_may_not_publish(quiz, tom, tom_client, address):
    tom.groups.clear()
    tom.user_permissions.set(Permission.objects.filter(codename__in=["view_quiz", "view_question"]))
    html = tom_client.get(address(quiz)).text
    assert "nothing is published" in html
    assert 'value="Publish"' not in html
    assert tom_client.post(address(quiz, "publish")).status_code == 403


def test_a_quiz_that_is_not_there_is_not_found(db, tom_client):
    assert tom_client.post("/admin/quizzes/quiz/999/publish/").status_code == 404
    assert tom_client.post("/admin/quizzes/quiz/springs/publish/").status_code == 404


def test_the_list_publishes_several_and_says_what_came_of_each(quiz, make, rivers, tom_client, address):
    empty = make.quiz(collection=rivers, title="Wells")
    response = tom_client.post(
        address(Quiz, "changelist"), {"action": "publish_selected", "_selected_action": [quiz.pk, empty.pk]}
    )
    assert "“Springs” is published as edition 1, with 2 questions." in response.text
    assert "“Wells” can not be published yet" in response.text
    assert "It has no questions yet." in response.text
    assert [edition.quiz for edition in Edition.objects.all()] == [quiz]


def test_the_list_publishes_one_and_stays_where_it_was(quiz, tom_client, address):
    response = tom_client.post(
        address(Quiz, "changelist"), {"action": "publish_selected", "_selected_action": [quiz.pk]}, follow=True
    )
    assert "“Springs” is published as edition 1" in response.text


def test_the_page_s_history_tells_of_publishing(quiz, tom_client, address):
    publish(tom_client, address(quiz, "publish"))
    assert "published as edition 1" in tom_client.get(address(quiz, "history")).text


def test_the_checks_of_a_lesson_are_published_from_its_page(make, rivers, tom_client, address):
    make.question(collection=rivers, key="which-way")
    lesson = make.lesson(course=make.course(collection=rivers), title="Springs", text=":::check which-way\n")
    derive(lesson=lesson)
    assert "Publish checks" in tom_client.get(address(lesson)).text
    response = publish(tom_client, address(lesson, "publish"))
    assert "“Springs” is published as edition 1, with 1 question." in response.text
    assert lesson.checks.editions.count() == 1


def test_a_lesson_without_checks_has_nothing_to_publish(make, rivers, tom_client, address):
    lesson = make.lesson(course=make.course(collection=rivers))
    assert "Publish checks" not in tom_client.get(address(lesson)).text
    assert tom_client.post(address(lesson, "publish")).status_code == 404
