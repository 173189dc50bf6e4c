"""Export, load into another installation, export: the same bytes."""

import pytest

from accounts.models import KeptRecord, User
from accounts.my_data import Fate, kinds
from accounts.my_data.taking import place_kept
from tests.accounts.lived import ada, lesson, life, lived, tom
from tests.accounts.lives import empty_site, exported, files, lives, loaded, records, same_person_elsewhere
from tests.courses.conftest import springs
from tests.kept import kept

__all__ = ["ada", "lesson", "life", "lived", "tom"]


def test_the_life_has_something_of_every_kind(life, tom):
    for kind in kinds():
        whose = tom if kind.name in {"teaching", "collections"} else life
        assert records(exported(whose), kind.name), kind.name


def comes_through_nothing(learner: User) -> None:
    before = exported(learner)
    other = same_person_elsewhere(learner)
    empty_site()
    loaded(other, before)
    assert files(exported(other)) == files(before)
    assert exported(other) == before


def test_through_an_installation_that_has_nothing(life):
    comes_through_nothing(life)


def comes_through_the_course(learner: User) -> None:
    before = exported(learner)
    other = same_person_elsewhere(learner)
    loaded(other, before)
    assert files(exported(other)) == files(before)
    assert exported(other) == before


def test_through_an_installation_that_has_the_course(life):
    comes_through_the_course(life)


def test_what_is_placed_is_no_longer_only_kept(life):
    before = exported(life)
    other = same_person_elsewhere(life)
    loaded(other, before)
    kept = set(KeptRecord.objects.values_list("kind", flat=True))
    assert kept == {"admin_log", "allowances", "attempts", "cards", "certificates", "challenges"}
    assert other.attempts.count() == len(records(before, "attempts")) - 1  # the one with the teacher's mark
    assert set(other.cards.values_list("question_key", flat=True)) >= {"slope", "brook-cloze", "final-single"}
    assert other.cards.get(question_key="brook-cloze").suspended


def is_loaded_once(learner: User) -> None:
    before = exported(learner)
    other = same_person_elsewhere(learner)
    first = loaded(other, before)
    again = loaded(other, before)
    assert first.total(Fate.TAKEN) > 10
    assert again.total(Fate.TAKEN) == again.total(Fate.REFUSED) == 0
    assert exported(other) == before


def test_loading_twice_changes_nothing(life):
    is_loaded_once(life)


def test_loading_one_s_own_export_where_it_was_made_changes_nothing(life):
    before = exported(life)
    summary = loaded(life, before)
    assert summary.total(Fate.HERE) == sum(len(records(before, kind.name)) for kind in kinds())
    assert summary.total(Fate.TAKEN) == summary.total(Fate.KEPT) == summary.total(Fate.REFUSED) == 0
    assert exported(life) == before


def test_what_was_kept_is_placed_once_its_course_is_here(life, lesson, make):
    before = exported(life)
    other = same_person_elsewhere(life)
    slug, lesson.course.slug = lesson.course.slug, "elsewhere"
    lesson.course.save()
    type(lesson.course.collection).objects.update(slug="elsewhere")
    loaded(other, before)
    assert not other.attempts.exists()
    lesson.course.slug = slug
    lesson.course.save()
    type(lesson.course.collection).objects.update(slug=slug)
    assert place_kept(learner=other).total(Fate.TAKEN) > 10
    assert other.attempts.exists()
    assert exported(other) == before


def test_at_another_address_only_the_account_differs(life):
    before = exported(life)
    other = same_person_elsewhere(life, email="lovelace@example.org")
    loaded(other, before)
    was, now = files(before), files(exported(other))
    assert {name for name in now if now[name] != was[name]} == {"account.json"}
    assert {one["email"] for one in records(exported(other), "account")} == {"ada@example.org", "lovelace@example.org"}
    assert User.objects.get(pk=other.pk).email == "lovelace@example.org"


@kept
def guest_life() -> User:
    guest = User.objects.create(is_guest=True, guest_key="gus")
    lives(guest, springs(), User.objects.create_user("tom@example.org", name="Tom", is_staff=True))
    return guest


@pytest.mark.parametrize("check", [comes_through_nothing, comes_through_the_course, is_loaded_once])
def test_a_guest_s_data_come_through_as_an_account_s(check, guest_life):
    check(guest_life)
