"""What a teacher edited in the admin since the last load."""

import pytest
from django.core.management.base import CommandError

from courses.folder.faults import Refused
from courses.folder.loading import load
from courses.models import Course, Lesson
from quizzes.models import Edition, Option, Question, Quiz
from sources.models import Claim, Source
from tests.courses.folder.conftest import command, totals


def test_an_edit_is_kept_while_the_folder_stays_as_it_was(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs are wells.")
    assert totals(loaded) == {"left": 16, "kept": 1, "editions": 0}
    assert Claim.objects.get(key="spring-1").text == "Springs are wells."


def test_an_edit_is_kept_from_load_to_load(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs are wells.")
    load(loaded.path)
    assert totals(loaded)["kept"] == 1


def test_an_edit_is_kept_while_other_things_change(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs are wells.")
    loaded.change("claims.yaml", "Floods are disputed.", "Floods are much disputed.")
    assert totals(loaded) == {"left": 15, "updated": 1, "kept": 1, "editions": 0}


@pytest.mark.parametrize(
    ("edit", "file", "old", "new", "place", "what"),
    [
        (
            lambda: Claim.objects.filter(key="spring-1").update(text="Wells.", as_of="now"),
            *("claims.yaml", "Springs are where groundwater comes up.", "Springs well up."),
            *("claims.yaml:1", "edited in the admin since it was loaded: text, as_of differ."),
        ),
        (
            lambda: Claim.objects.get(key="spring-1").sources.clear(),
            *("claims.yaml", "since 1989", "since 1990"),
            *("claims.yaml:1", "edited in the admin since it was loaded: as_of, sources differ."),
        ),
        (
            lambda: Option.objects.filter(question__key="floods-much", credit=1).delete(),
            *("questions/02-floods.yaml", "Too little water", "Little water"),
            *("questions/02-floods.yaml:1", "edited in the admin since it was loaded: options differ."),
        ),
        (
            lambda: Lesson.objects.filter(slug="springs").update(title="Wells"),
            *("lessons/01-springs.md", "Where a river starts.", "Where it starts."),
            *("lessons/01-springs.md:2", "edited in the admin since it was loaded: title, lede differ."),
        ),
        (
            lambda: Lesson.objects.filter(slug="springs").update(position=9),
            *("course.yaml", "title: Rivers", "title: All rivers"),
            *("course.yaml:1", "edited in the admin since it was loaded: title, lessons differ."),
        ),
        (
            lambda: Lesson.objects.update(quiz=None),
            *("quizzes.yaml", "Quiz: springs", "Springs"),
            *("quizzes.yaml:1", "edited in the admin since it was loaded: title, lesson differ."),
        ),
        (
            lambda: Source.objects.filter(key="s1").update(retired=True),
            *("sources.yaml", "Water: a survey", "Water"),
            *("sources.yaml:1", "retired in the admin since it was loaded."),
        ),
    ],
    ids=["text", "links", "options", "front matter", "order of lessons", "lesson of a quiz", "retired"],
)
def test_an_edit_and_a_change_of_the_same_thing_refuse_the_load(loaded, edit, file, old, new, place, what):
    edit()
    loaded.change(file, old, new)
    loaded.change("glossary.yaml", "Water where it should not be.", "Too much water.")
    with pytest.raises(CommandError) as refused:
        command("load_course", loaded.path)
    assert f"{place}: It is changed here, and was {what}" in str(refused.value)
    assert str(refused.value).endswith("To let the folder win over the admin: --overwrite. To keep the edits: --keep.")
    assert Course.objects.get().terms.get(key="flood").meaning == "Water where it should not be."


def test_all_conflicts_are_listed_at_once(loaded):
    Claim.objects.update(text="Other.")
    loaded.change("claims.yaml", "since 1989", "since 1990")
    loaded.change("claims.yaml", "Floods are disputed.", "Floods are much disputed.")
    with pytest.raises(Refused) as refused:
        load(loaded.path)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [("claims.yaml", 1), ("claims.yaml", 15)]


def test_told_to_overwrite_the_folder_wins(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs are wells.")
    Claim.objects.filter(key="spring-2").update(text="Springs abound.")
    loaded.change("claims.yaml", "Springs are where groundwater comes up.", "Springs well up.")
    command("load_course", loaded.path, "--overwrite")
    assert Claim.objects.get(key="spring-1").text == "Springs well up."
    assert Claim.objects.get(key="spring-2").text == "The Ministry says springs are rare."
    assert totals(loaded) == {"left": 17, "editions": 0}


def test_an_edit_of_what_is_gone_from_the_folder_refuses_the_load(loaded):
    Lesson.objects.filter(slug="floods").update(title="Great floods")
    loaded.drop_lesson_two()
    with pytest.raises(Refused, match=r"lessons floods: It is gone from the folder, and was edited in the admin"):
        load(loaded.path)
    assert totals(loaded, overwrite=True)["retired"] == 4


def test_the_same_change_on_both_sides_is_no_conflict(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs well up.")
    loaded.change("claims.yaml", "Springs are where groundwater comes up.", "Springs well up.")
    load(loaded.path)
    assert totals(loaded) == {"left": 17, "editions": 0}


def test_a_form_that_is_saved_without_a_change_is_no_edit(loaded):
    lesson = Lesson.objects.get(slug="springs")
    Lesson.objects.filter(pk=lesson.pk).update(text=lesson.text.strip().replace("\n", "\r\n"))
    load(loaded.path)
    lesson.refresh_from_db()
    assert lesson.text == (loaded.path / "lessons/01-springs.md").read_text().partition("---\n\n")[2]


def test_what_a_teacher_added_is_left_alone(loaded, make):
    collection = Course.objects.get().collection
    claim = make.claim(collection=collection, key="mine")
    quiz = make.quiz(
        collection=collection, slug="mine", questions=[make.question(collection=collection)], published=False
    )
    assert totals(loaded) == {"left": 17, "editions": 0}
    claim.refresh_from_db()
    assert not claim.retired
    assert not quiz.editions.exists()


def test_a_published_quiz_of_a_teacher_follows_the_questions_it_asks(loaded, make):
    question = Question.objects.get(key="floods-much")
    quiz = make.quiz(collection=question.collection, slug="mine", questions=[question])
    loaded.change("questions/02-floods.yaml", "What is a flood?", "What is called a flood?")
    load(loaded.path)
    assert quiz.editions.count() == 2


def test_another_thing_of_the_same_name_made_in_the_admin_refuses_the_load(loaded, make):
    make.claim(collection=Course.objects.get().collection, key="spring-3", text="Mine.")
    loaded.write(
        "claims.yaml",
        (loaded.path / "claims.yaml").read_text()
        + "\n- key: spring-3\n  text: Theirs.\n  status: established\n  sources: [s1]\n",
    )
    with pytest.raises(
        Refused, match="It is new here, and another with this name was made in the admin: text, sources"
    ):
        load(loaded.path)


def test_what_a_teacher_retired_stays_retired(loaded):
    Quiz.objects.filter(slug="final").update(retired=True)
    assert totals(loaded) == {"left": 16, "kept": 1, "editions": 0}
    assert Quiz.objects.get(slug="final").retired


def test_an_edit_that_was_not_published_is_not_published_by_a_load(loaded):
    Question.objects.filter(key="springs-all").update(text="Which are springs, I wonder?")
    load(loaded.path)
    assert Edition.objects.filter(quiz__slug="springs").count() == 1
