"""Loads that keep what was edited in the admin, where the folder has changed the same thing."""

import pytest
from django.core.management.base import CommandError

from courses.folder.comparing import Edits
from courses.folder.loading import load
from courses.models import Course, Lesson
from quizzes.models import Quiz
from sources.models import Claim, Source
from tests.courses.folder.conftest import command, totals

OLD, NEW = "Springs are where groundwater comes up.", "Springs well up."


@pytest.fixture
def edited(loaded):
    """The same claim, edited in the admin and changed in the folder; and another change in the folder."""
    Claim.objects.filter(key="spring-1").update(text="Springs are wells.")
    loaded.change("claims.yaml", OLD, NEW)
    loaded.change("glossary.yaml", "Water where it should not be.", "Too much water.")
    return loaded


def text():
    return Claim.objects.get(key="spring-1").text


def test_the_edit_is_kept_and_the_rest_is_loaded(edited):
    summary = load(edited.path, edits=Edits.KEEP)
    assert text() == "Springs are wells."
    assert Course.objects.get().terms.get(key="flood").meaning == "Too much water."
    assert [(one.table, one.key, one.edit.is_conflict) for one in summary.edited] == [("claims", "spring-1", True)]
    assert summary.actions["claims"] == {"kept": 1, "left": 2}


def test_once_kept_it_is_no_conflict_any_more(edited):
    load(edited.path, edits=Edits.KEEP)
    assert totals(edited) == {"left": 16, "kept": 1, "editions": 0}
    edited.change("claims.yaml", NEW, "Springs gush.")
    with pytest.raises(CommandError, match="text differ"):
        command("load_course", edited.path)


def test_the_command_keeps_when_told_to_and_not_both(edited):
    command("load_course", edited.path, "--keep")
    assert text() == "Springs are wells."
    with pytest.raises(CommandError, match="not allowed with"):
        command("load_course", edited.path, "--keep", "--overwrite")


def test_an_edit_of_what_is_gone_is_kept_and_belongs_to_the_admin_from_then_on(loaded):
    Lesson.objects.filter(slug="floods").update(title="Great floods")
    loaded.drop_lesson_two()
    load(loaded.path, edits=Edits.KEEP)
    assert Lesson.objects.get(slug="floods").title == "Great floods"
    assert not Lesson.objects.get(slug="floods").retired
    load(loaded.path)
    assert not Lesson.objects.get(slug="floods").retired


def test_what_was_retired_in_the_admin_stays_so(loaded):
    Source.objects.filter(key="s1").update(retired=True)
    loaded.change("sources.yaml", "Water: a survey", "Water")
    load(loaded.path, edits=Edits.KEEP)
    load(loaded.path)
    assert Source.objects.get(key="s1").retired


def test_another_of_this_name_made_in_the_admin_stays(loaded, make):
    make.claim(collection=Course.objects.get().collection, key="spring-3", text="Mine.")
    more = "\n- key: spring-3\n  text: Theirs.\n  status: established\n  sources: [s1]\n"
    loaded.write("claims.yaml", (loaded.path / "claims.yaml").read_text() + more)
    load(loaded.path, edits=Edits.KEEP)
    load(loaded.path)
    assert Claim.objects.get(key="spring-3").text == "Mine."


def test_a_new_lesson_comes_last_where_the_order_of_the_lessons_is_kept(loaded):
    Course.objects.update(title="My rivers")
    loaded.change("course.yaml", "[springs, floods]", "[springs, floods, deltas]")
    loaded.write("lessons/03-deltas.md", "---\ntitle: Deltas\n---\n\nAn end.[^spring-1] {#end}\n")
    load(loaded.path, edits=Edits.KEEP)
    course = Course.objects.get()
    assert course.title == "My rivers"
    assert list(course.lessons.order_by("position").values_list("slug", flat=True)) == ["springs", "floods", "deltas"]
    load(loaded.path)
    assert Course.objects.get().title == "My rivers"


def test_a_dry_run_tells_the_same_and_changes_nothing(edited):
    dry = load(edited.path, edits=Edits.KEEP, dry_run=True)
    assert Course.objects.get().terms.get(key="flood").meaning == "Water where it should not be."
    assert dry.actions == load(edited.path, edits=Edits.KEEP).actions
    assert not Quiz.objects.filter(retired=True).exists()


def test_the_fingerprint_changes_with_any_edit_and_with_nothing_else(edited):
    first = load(edited.path, edits=Edits.KEEP, dry_run=True).fingerprint
    assert load(edited.path, edits=Edits.OVERWRITE, dry_run=True).fingerprint == first
    edited.change("glossary.yaml", "Too much water.", "Far too much water.")
    assert load(edited.path, edits=Edits.KEEP, dry_run=True).fingerprint == first
    Claim.objects.filter(key="spring-1").update(text="Springs are deep wells.")
    assert load(edited.path, edits=Edits.KEEP, dry_run=True).fingerprint != first
