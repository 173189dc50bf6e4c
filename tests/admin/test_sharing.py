"""Whom a collection and its course belong to, and with whom they are shared."""

import pytest

from accounts.models import User
from sources.models import Collection
from sources.permissions import may_author
from tests.conftest import client_of


@pytest.fixture
def uma(tom):
    uma = User.objects.create_user("uma@example.org", "a long word for uma", name="Uma", is_staff=True)
    uma.groups.set(tom.groups.all())
    return uma


@pytest.fixture
def own(make, tom):
    return make.collection(slug="own", title="Springs", owner=tom)


FORM = {"title": "Springs", "language": "en", "teachers": ""}


def titles(user):
    return sorted(collection.title for collection in Collection.objects.authored_by(user))


def test_a_teacher_authors_own_shared_and_open_collections_and_no_others(make, tom, uma):
    make.collection(title="Own", owner=tom)
    make.collection(title="Shared", owner=uma).teachers.add(tom)
    make.collection(title="Open", owner=uma, open_to_teachers=True)
    make.collection(title="Hers", owner=uma)
    make.collection(title="Nobody's", open_to_teachers=False)
    assert titles(tom) == ["Open", "Own", "Shared"]
    assert [collection.title for collection in Collection.objects.all() if may_author(tom, collection)] == titles(tom)


def test_an_administrator_authors_all(own, admin_user):
    assert titles(admin_user) == ["Springs"]
    assert may_author(admin_user, own)


@pytest.mark.parametrize("lost", ["is_staff", "is_active"])
def test_who_is_no_teacher_any_more_authors_nothing(lost, own, tom):
    User.objects.filter(pk=tom.pk).update(**{lost: False})
    former = User.objects.get(pk=tom.pk)
    assert titles(former) == []
    assert not may_author(former, own)


def test_staff_who_may_not_write_questions_may_not_author_even_what_is_theirs(own, tom):
    tom.groups.clear()
    assert not may_author(User.objects.get(pk=tom.pk), own)


@pytest.mark.parametrize("who", ["ada", "gus"])
def test_learners_author_nothing_even_where_it_is_open(who, rivers, request):
    assert titles(request.getfixturevalue(who)) == []


def test_what_a_teacher_makes_is_theirs_and_closed(tom, uma, tom_client, address):
    tom_client.post(address(Collection, "add"), {**FORM, "slug": "springs"})
    made = Collection.objects.get()
    assert (made.owner, made.open_to_teachers) == (tom, False)
    assert titles(uma) == []


def test_tom_shares_by_address_and_takes_it_back(own, uma, tom_client, address):
    tom_client.post(address(own), {**FORM, "teachers": " UMA@Example.org\r\n"})
    assert titles(uma) == ["Springs"]
    assert "uma@example.org" in tom_client.get(address(own)).text
    tom_client.post(address(own), FORM)
    assert titles(uma) == []


@pytest.mark.parametrize("address_written", ["ada@example.org", "nobody@example.org", "Uma", "uma@example", "\0"])
def test_only_the_whole_address_of_a_teacher_is_taken(address_written, own, ada, uma, tom_client, address):
    html = tom_client.post(address(own), {**FORM, "teachers": address_written}).text
    assert "No teacher signs in with this" in html or "Null characters are not allowed." in html
    assert not own.teachers.exists()


def test_no_account_is_listed_to_a_teacher(own, ada, uma, tom_client, address):
    html = tom_client.get(address(own)).text
    assert "uma@example.org" not in html
    assert "/admin/accounts/user/" not in html


def test_who_it_is_shared_with_edits_it_and_does_not_share_it_on(own, tom, uma, ada, address):
    own.teachers.add(uma)
    client = client_of(uma)
    assert 'name="teachers"' not in client.get(address(own)).text
    client.post(address(own), {**FORM, "title": "Wells", "teachers": "", "open_to_teachers": "on"})
    own.refresh_from_db()
    assert (own.title, own.open_to_teachers) == ("Wells", False)
    assert list(own.teachers.all()) == [uma]


def test_a_teacher_does_not_give_a_collection_away(own, tom, uma, tom_client, address):
    tom_client.post(address(own), {**FORM, "owner": uma.pk})
    own.refresh_from_db()
    assert own.owner == tom


def test_an_administrator_hands_it_over(own, uma, admin_client, address):
    admin_client.post(address(own), {**FORM, "owner": uma.pk})
    own.refresh_from_db()
    assert own.owner == uma


def test_the_page_of_a_course_says_who_may_edit_it(make, own, uma, tom_client, address):
    own.teachers.add(uma)
    course = make.course(collection=own)
    html = tom_client.get(address(course)).text
    assert "Tom, Uma" in html
    assert f'href="{address(own)}"' in html


def test_who_owns_a_collection_is_not_deleted_and_the_page_says_what_to_do(own, tom, admin_client, address):
    html = admin_client.post(address(tom, "delete"), {"post": "yes"}).text
    assert "The course collection “Springs” belongs to you." in html
    assert "has to belong to somebody" in html.replace("\n", " ")
    assert User.objects.filter(pk=tom.pk).exists()
    own.delete()
    admin_client.post(address(tom, "delete"), {"post": "yes"})
    assert not User.objects.filter(pk=tom.pk).exists()
