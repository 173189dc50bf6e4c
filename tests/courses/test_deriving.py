"""Citations and checks follow from a lesson's text."""

import pytest

from courses.deriving import derive
from courses.models import Citation
from quizzes.models import Quiz
from quizzes.publishing import publish

TEXT = """
Water runs downhill.[^slope][^law] {#downhill}

:::check which-way

It ends in the sea.[^slope] Always.[^slope] {#sea}

:::check how-far
"""


@pytest.fixture
def lesson(make, db):
    collection = make.collection()
    for key in ("slope", "law"):
        make.claim(collection=collection, key=key)
    for key in ("which-way", "how-far"):
        make.question(collection=collection, key=key)
    return make.lesson(course=make.course(collection=collection), slug="springs", title="Springs", text=TEXT)


def rewrite(lesson, text):
    lesson.text = text
    lesson.save()
    derive(lesson=lesson)


def cited():
    return [(citation.anchor, citation.claim.key) for citation in Citation.objects.order_by("position")]


def asked(lesson):
    return [slot.question.key for slot in lesson.checks.slots.all()]


def test_each_passage_cites_each_of_its_claims_once_in_the_order_of_the_text(lesson):
    derive(lesson=lesson)
    assert cited() == [("downhill", "slope"), ("downhill", "law"), ("sea", "slope")]


def test_the_checks_are_a_practice_quiz_in_the_order_of_the_text(lesson):
    derive(lesson=lesson)
    lesson.refresh_from_db()
    quiz = lesson.checks
    assert (quiz.slug, quiz.title, quiz.in_lesson, quiz.setting) == ("springs-checks", "Springs", True, "practice")
    assert asked(lesson) == ["which-way", "how-far"]


def test_a_second_time_writes_nothing(lesson, django_assert_num_queries):
    derive(lesson=lesson)
    rows = [*Citation.objects.values_list("pk"), *lesson.checks.slots.values_list("pk")]
    with django_assert_num_queries(7):  # five, and the savepoint's two
        derive(lesson=lesson)
    assert rows == [*Citation.objects.values_list("pk"), *lesson.checks.slots.values_list("pk")]


def test_a_changed_text_changes_what_follows_from_it(lesson):
    derive(lesson=lesson)
    quiz = lesson.checks
    rewrite(lesson, ":::check how-far\n\nIt ends in the sea.[^law] {#sea}\n\n:::check which-way\n")
    assert cited() == [("sea", "law")]
    assert asked(lesson) == ["how-far", "which-way"]
    assert lesson.checks == quiz


def test_without_checks_the_lesson_has_no_quiz_of_them_and_finds_it_again_later(lesson):
    derive(lesson=lesson)
    quiz = lesson.checks
    publish(quiz=quiz)
    rewrite(lesson, "Water. {#water}")
    lesson.refresh_from_db()
    assert lesson.checks is None
    rewrite(lesson, TEXT)
    assert lesson.checks == quiz
    assert quiz.editions.count() == 1


def test_a_lesson_without_checks_makes_no_quiz(lesson):
    rewrite(lesson, "Water. {#water}")
    assert lesson.checks is None
    assert not Quiz.objects.exists()


def test_keys_that_nobody_knows_are_passed_over(lesson):
    rewrite(lesson, "Water.[^nothing][^law] {#water}\n\n:::check nothing\n\n:::check how-far\n")
    assert cited() == [("water", "law")]
    assert asked(lesson) == ["how-far"]


def test_a_new_title_becomes_the_quiz_s_title(lesson):
    derive(lesson=lesson)
    lesson.title = "Wells"
    rewrite(lesson, TEXT)
    assert Quiz.objects.get().title == "Wells"


def test_the_longest_slug_of_a_lesson_still_gives_one_that_fits(lesson):
    lesson.slug = "s" * 60
    rewrite(lesson, TEXT)
    assert len(lesson.checks.slug) == 60
