import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import User


def test_addresses_are_kept_in_lower_case(db):
    assert User.objects.create_user(" Ida@Example.ORG ").email == "ida@example.org"


def test_one_address_is_one_account(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ADA@example.org")


@pytest.mark.parametrize(
    "fields", [{"email": "Ida@example.org"}, {"email": None}, {"email": ""}, {"email": "g@x.org", "is_guest": True}]
)
def test_the_database_refuses_what_is_neither_account_nor_guest(db, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**fields)


def test_any_number_of_guests_have_no_address(db):
    assert User.objects.guest("one") != User.objects.guest("two")


def test_a_browser_has_one_guest(db):
    assert User.objects.guest("one") == User.objects.guest("one")


def test_people_are_called_by_name_or_address_or_number(ada, gus):
    nameless = User(email="ida@example.org")
    assert [str(ada), str(nameless), str(gus)] == ["Ada", "ida@example.org", f"Guest {gus.pk}"]


def test_an_administrator_is_made_from_the_command_line(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "six quiet owls")
    call_command("createsuperuser", email="Root@Example.org", interactive=False, verbosity=0)
    root = User.objects.get(email="root@example.org")
    assert root.is_superuser
    assert root.is_staff
    assert root.check_password("six quiet owls")


def test_an_administrator_made_twice_is_refused_in_words(ada):
    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", email="ADA@example.org", interactive=False)
