"""More time for one learner, given while an attempt runs or before."""

import datetime as dt

import pytest
import time_machine

from quizzes.models import Allowance, Attempt

NINE = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nine_o_clock():
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def quiz(make, rivers):
    return make.quiz(collection=rivers, title="Springs", questions=[make.question(collection=rivers)], time_limit=40)


@pytest.fixture
def attempt(quiz, ada):
    """Ada's, begun at nine and due at twenty to ten."""
    return Attempt.objects.create(
        learner=ada,
        quiz=quiz,
        edition=quiz.editions.get(),
        number=1,
        seed="s",
        started_at=NINE,
        due_at=NINE + dt.timedelta(minutes=40),
    )


def given(quiz=None, **fields):
    return {"learner": "ada@example.org", "quiz": quiz.pk if quiz else "", "factor": "1", "minutes": "0", **fields}


def minutes(attempt):
    attempt.refresh_from_db()
    return attempt.seconds // 60


@pytest.mark.parametrize(
    ("fields", "expected"), [({"factor": "1.25"}, 50), ({"minutes": "15"}, 55), ({"factor": "2", "minutes": "5"}, 85)]
)
@pytest.mark.parametrize("everywhere", [True, False], ids=["every quiz", "this quiz"])
def test_more_time_moves_the_attempt_that_runs(
    fields, expected, everywhere, quiz, attempt, tom_client, admin_client, address, said
):
    client = admin_client if everywhere else tom_client
    response = client.post(address(Allowance, "add"), given(None if everywhere else quiz, **fields))
    assert response.status_code == 302
    assert "The deadline of 1 running attempt has moved." in said(response)
    assert minutes(attempt) == expected


def test_another_learner_s_attempt_stays_as_it_was(quiz, attempt, eve, tom_client, address, said):
    response = tom_client.post(address(Allowance, "add"), given(quiz, learner=eve.email, minutes="5"))
    assert "No attempt runs that this is about" in said(response)
    assert minutes(attempt) == 40


def test_a_change_moves_it_again(quiz, attempt, ada, tom_client, address):
    allowance = Allowance.objects.create(learner=ada, quiz=quiz, minutes=5)
    tom_client.post(address(allowance), {"factor": "1", "minutes": "20"})
    assert minutes(attempt) == 60


def test_the_learner_and_the_quiz_stay_once_saved(quiz, ada, eve, tom_client, address):
    allowance = Allowance.objects.create(learner=ada, quiz=quiz, minutes=5)
    tom_client.post(address(allowance), given(learner=eve.email, minutes="20"))
    allowance.refresh_from_db()
    assert (allowance.learner, allowance.quiz, allowance.minutes) == (ada, quiz, 20)


@pytest.mark.parametrize("how", ["page", "list"])
def test_deleting_one_brings_the_deadline_back(how, quiz, attempt, ada, tom_client, address, said):
    allowance = Allowance.objects.create(learner=ada, quiz=quiz, minutes=5)
    Attempt.objects.update(due_at=NINE + dt.timedelta(minutes=45))
    if how == "page":
        response = tom_client.post(address(allowance, "delete"), {"post": "yes"})
    else:
        selected = {"action": "delete_selected", "_selected_action": [allowance.pk], "post": "yes"}
        response = tom_client.post(address(Allowance, "changelist"), selected)
    assert not Allowance.objects.exists()
    assert "The deadline of 1 running attempt has moved." in said(response)
    assert minutes(attempt) == 40


def test_without_its_own_allowance_a_quiz_falls_back_on_the_one_for_all(quiz, attempt, ada, tom_client, address):
    Allowance.objects.create(learner=ada, minutes=10)
    own = Allowance.objects.create(learner=ada, quiz=quiz, minutes=30)
    tom_client.post(address(own, "delete"), {"post": "yes"})
    assert minutes(attempt) == 50


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "This gives no more time. Write minutes, or a factor above 1."),
        ({"factor": "0.5"}, "Ensure this value is greater than or equal to 1."),
        ({"factor": "11"}, "Ensure this value is less than or equal to 10."),
        ({"factor": "nan"}, "Enter a number."),
        ({"minutes": "-5"}, "Ensure this value is greater than or equal to 0."),
        ({"minutes": "100000"}, "Ensure this value is less than or equal to 10000."),
        ({"minutes": ""}, "This field is required."),
        ({"minutes": "5", "learner": "nobody@example.org"}, "Nobody has an account with this address."),
        ({"minutes": "5", "learner": "Ada"}, "Enter a valid email address."),
        ({"minutes": "5", "learner": ""}, "This field is required."),
        ({"minutes": "5", "quiz": "999"}, "Select a valid choice."),
    ],
)
def test_what_can_not_be_given_is_said_in_words(fields, message, ada, tom_client, address):
    response = tom_client.post(address(Allowance, "add"), {**given(), **fields})
    assert message in response.text.replace("&#x27;", "'")
    assert not Allowance.objects.exists()


@pytest.mark.parametrize("everywhere", [True, False], ids=["every quiz", "this quiz"])
def test_a_second_one_for_the_same_is_refused(everywhere, quiz, ada, tom_client, admin_client, address):
    Allowance.objects.create(learner=ada, quiz=None if everywhere else quiz, minutes=5)
    client = admin_client if everywhere else tom_client
    response = client.post(address(Allowance, "add"), given(None if everywhere else quiz, minutes="10"))
    assert "This learner has an allowance for this quiz already. Change that one." in response.text
    assert "constraint" not in response.text.lower()


def test_only_administrators_give_more_time_in_every_quiz(quiz, ada, tom_client, address):
    everywhere = Allowance.objects.create(learner=ada, minutes=5)
    assert "Choose a quiz" in tom_client.post(address(Allowance, "add"), given(minutes="5")).text
    assert tom_client.get(address(everywhere)).status_code == 302
    assert ">Ada</a>" not in tom_client.get(address(Allowance, "changelist")).text


def test_the_address_may_be_written_in_capitals(quiz, ada, tom_client, address):
    tom_client.post(address(Allowance, "add"), given(quiz, learner=" ADA@Example.org ", minutes="5"))
    assert Allowance.objects.get().learner == ada


def test_the_quiz_s_page_leads_to_its_allowances_and_to_a_new_one(quiz, ada, eve, tom_client, address):
    Allowance.objects.create(learner=ada, quiz=quiz, minutes=5)
    Allowance.objects.create(learner=eve, minutes=7)
    html = tom_client.get(address(quiz)).text
    assert "1 learner has more time" in html
    listed = tom_client.get(address(Allowance, "changelist"), {"quiz__id__exact": quiz.pk}).text
    assert ">Ada</a>" in listed
    assert ">Eve</a>" not in listed
    new = tom_client.get(address(Allowance, "add"), {"quiz": quiz.pk}).text
    assert f'<option value="{quiz.pk}" selected>Springs</option>' in new


def test_teachers_are_shown_no_list_of_accounts(ada, tom_client, address):
    html = tom_client.get(address(Allowance, "add")).text
    assert "ada@example.org" not in html
    assert '<input type="email" name="learner"' in html
