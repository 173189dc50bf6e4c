"""The admin has no sign-in of its own, which would know neither rate limits nor guests."""

import pytest

from tests.accounts import given


@pytest.mark.parametrize("who", ["client", "gus_client"])
def test_strangers_and_guests_sign_in_on_the_sites_own_page_and_come_back(request, db, who):
    response = request.getfixturevalue(who).get("/admin/quizzes/quiz/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/quizzes/quiz/"
    assert "Sign in" in response.text


def test_a_learner_is_told_that_it_is_not_open(ada_client):
    response = ada_client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "You may not open this page" in response.text


def test_staff_goes_in(tom_client):
    assert tom_client.get("/admin/").status_code == 200


def test_no_password_can_be_sent_to_the_admin(client, tom):
    response = client.post("/admin/login/", {"username": "tom@example.org", "password": "a long word for tom"})
    assert response.url == "/accounts/login/?next=/admin/"
    assert "_auth_user_id" not in client.session


def test_what_a_teacher_answered_as_a_guest_comes_along(gus_client, gus, tom):
    given.attempt(learner=gus, edition=given.edition(given.quiz()), started=0, answers={0: [1]})
    form = {"login": "tom@example.org", "password": "a long word for tom", "next": "/admin/"}
    assert gus_client.post("/accounts/login/", form).url == "/admin/"
    assert tom.attempts.count() == 1
