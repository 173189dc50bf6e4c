import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from accounts.roles import PERMISSIONS, TEACHERS


@pytest.fixture
def teachers(db):
    return Group.objects.get(name=TEACHERS)


def held(group):
    return {
        f"{app}.{codename}" for app, codename in group.permissions.values_list("content_type__app_label", "codename")
    }


def test_every_permission_that_is_named_exists_and_is_held(teachers):
    assert held(teachers) == {f"{app}.{codename}" for app, codenames in PERMISSIONS.items() for codename in codenames}


@pytest.mark.parametrize(
    "permission",
    [
        "sources.delete_claim",
        "quizzes.add_question",
        "quizzes.change_quiz",
        "courses.change_lesson",
        "quizzes.view_response",
    ],
)
def test_a_teacher_may(tom, permission):
    assert tom.has_perm(permission)


@pytest.mark.parametrize(
    "permission",
    [
        "quizzes.change_edition",
        "quizzes.change_attempt",
        "quizzes.delete_response",
        "sources.delete_collection",
        "courses.change_citation",
        "accounts.view_user",
    ],
)
def test_a_teacher_may_not(tom, permission):
    assert not tom.has_perm(permission)


def test_a_learner_may_nothing(ada):
    assert not ada.get_all_permissions()


def test_migrating_again_changes_nothing(teachers):
    before = held(teachers)
    call_command("migrate", verbosity=0)
    assert held(teachers) == before
    assert Group.objects.count() == 1


def test_the_group_comes_back_when_it_was_deleted(teachers):
    before = held(teachers)
    teachers.delete()
    call_command("migrate", verbosity=0)
    assert held(Group.objects.get(name=TEACHERS)) == before


def test_what_an_administrator_added_stays(teachers):
    teachers.permissions.add(Permission.objects.get(codename="view_user"))
    call_command("migrate", verbosity=0)
    assert "accounts.view_user" in held(teachers)
