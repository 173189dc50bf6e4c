import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from tests.accounts import given

LIST, ADD = "/admin/accounts/user/", "/admin/accounts/user/add/"


@pytest.fixture
def root_client(db):
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", "six quiet owls", name="Root"))
    return client


def change(user):
    return f"{LIST}{user.pk}/change/"


def form(user, **fields):
    return {"email": user.email, "name": user.name, "is_active": "on", **fields}


def test_the_list_says_who_and_in_what_role(root_client, ada, tom, gus):
    User.objects.create_user("sam@example.org", is_staff=True)
    page = root_client.get(LIST).text
    for who, role in [("Ada", "Learner"), ("Tom", "Teacher"), (f"Guest {gus.pk}", "Guest"), ("Root", "Administrator")]:
        assert f">{who}</a>" in page
        assert f'<td class="field-role">{role}</td>' in page
    assert '<td class="field-role">Staff</td>' in page


def test_the_list_costs_the_same_however_long_it_is(
    root_client, ada, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as before:
        root_client.get(LIST)
    for number in range(20):
        User.objects.create_user(f"learner{number}@example.org")
    with django_assert_num_queries(len(before)):
        root_client.get(LIST)


@pytest.mark.parametrize(
    ("query", "found"),
    [("is_guest__exact=1", "Guest"), ("is_staff__exact=1", "Tom"), ("q=ada@exam", "Ada"), ("q=tom", "Tom")],
)
def test_people_are_found_by_role_name_and_address(root_client, ada, tom, gus, query, found):
    page = root_client.get(f"{LIST}?{query}").text
    assert found in page
    assert sum(f">{who}</a>" in page for who in ("Ada", "Tom", f"Guest {gus.pk}")) == 1


def test_teachers_are_found_by_their_group(root_client, ada, tom):
    page = root_client.get(f"{LIST}?groups__id__exact={tom.groups.get().pk}").text
    assert ">Tom</a>" in page
    assert ">Ada</a>" not in page


def test_an_account_is_made_with_address_and_password(root_client):
    assert 'name="email"' in root_client.get(ADD).text
    fields = {"email": "Ida@Example.org", "name": "Ida", "usable_password": "true"}
    root_client.post(ADD, {**fields, "password1": "seven wild geese", "password2": "seven wild geese"})
    ida = User.objects.get(email="ida@example.org")
    assert ida.check_password("seven wild geese")
    assert not ida.is_guest
    assert Client().post("/accounts/login/", {"login": ida.email, "password": "seven wild geese"}).status_code == 302


@pytest.mark.parametrize(
    ("email", "error"), [("ADA@example.org", "already exists"), ("", "needs an address"), ("x", "valid email")]
)
def test_an_account_is_not_made_with_a_poor_address(root_client, ada, email, error):
    passwords = {"usable_password": "true", "password1": "seven wild geese", "password2": "seven wild geese"}
    response = root_client.post(ADD, {"email": email, **passwords})
    assert response.status_code == 200
    assert error in response.text


def test_a_learner_becomes_a_teacher(root_client, ada, tom):
    page = root_client.get(change(ada)).text
    assert "../password/" in page
    root_client.post(change(ada), form(ada, is_staff="on", groups=tom.groups.get().pk))
    ada = User.objects.get(pk=ada.pk)
    assert ada.is_staff
    assert ada.has_perm("quizzes.add_question")


def test_an_address_can_not_be_taken_from_an_account(root_client, ada):
    assert "needs an address" in root_client.post(change(ada), form(ada, email="")).text


def test_a_changed_address_is_the_only_one_to_sign_in_with(root_client, ada):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    root_client.post(change(ada), form(ada, email="Ida@example.org"))
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ida@example.org", False)]
    old, new = Client(), Client()
    old.post("/accounts/login/", {"login": "ada@example.org", "password": "a long word for ada"})
    new.post("/accounts/login/", {"login": "ida@example.org", "password": "a long word for ada"})
    assert "_auth_user_id" not in old.session
    assert new.session["_auth_user_id"] == str(ada.pk)


def test_a_password_is_set_on_its_own_page(root_client, ada):
    url = f"{LIST}{ada.pk}/password/"
    assert root_client.get(url).status_code == 200
    root_client.post(url, {"usable_password": "true", "password1": "nine tall herons", "password2": "nine tall herons"})
    ada.refresh_from_db()
    assert ada.check_password("nine tall herons")


def test_a_guest_can_be_looked_at_and_not_changed(root_client, gus):
    page = root_client.get(change(gus)).text
    assert f"Guest {gus.pk}" in page
    assert 'name="_save"' not in page
    assert root_client.post(change(gus), {"email": "gus@example.org", "is_active": "on"}).status_code == 403
    assert root_client.get(f"{LIST}{gus.pk}/password/").status_code == 403


def test_a_guest_is_deleted_with_what_the_guest_did(root_client, gus):
    quiz = given.quiz()
    given.attempt(learner=gus, edition=given.edition(quiz), started=0, answers={0: [1]})
    root_client.post(f"{LIST}{gus.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(is_guest=True).exists()
    assert not quiz.attempts.exists()


def test_teachers_do_not_see_people(tom_client):
    assert tom_client.get(LIST).status_code == 403
