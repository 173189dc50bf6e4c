"""How a quiz is taken, when, how often, and what learners see of it: the form says what does not go together."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission

from quizzes.engine import document
from quizzes.models import Attempt, Quiz


@pytest.fixture
def form(make, rivers):
    """A quiz as the empty form sends it."""
    return {
        "collection": rivers.pk,
        "slug": "springs",
        "title": "Springs",
        "setting": "practice",
        "tries": 3,
        "confidence": "",
        "counts": "best",
        "slots-TOTAL_FORMS": 0,
        "slots-INITIAL_FORMS": 0,
    }


@pytest.fixture
def quiz(make, rivers):
    return make.quiz(collection=rivers, slug="springs", title="Springs")


def table(mark="", right="", feedback="", evidence=""):
    rows = {"mark": mark, "right": right, "feedback": feedback, "evidence": evidence}
    return {f"sees_{what}": when for what, when in rows.items() if when}


CLOSING = {"closes_at": "2026-09-02T06:30"}


def seen(quiz):
    quiz.refresh_from_db()
    return [quiz.sees_mark, quiz.sees_right, quiz.sees_feedback, quiz.sees_evidence]


def test_tom_sets_how_and_when_a_quiz_is_taken(form, tom_client, address):
    sent = {
        **form,
        **CLOSING,
        "setting": "immediate",
        "shuffled": "on",
        "confidence": "counted",
        "pass_mark": "60",
        "counts": "mean",
        "opens_at": "2026-09-01T08:00",
        "time_limit": "45",
        "attempts_allowed": "2",
        "wait": "1440",
        "preset": "testing",
    }
    assert tom_client.post(address(Quiz, "add"), sent).status_code == 302
    quiz = Quiz.objects.get()
    assert (quiz.setting, quiz.shuffled, quiz.confidence, quiz.counts) == ("immediate", True, "counted", "mean")
    assert (quiz.time_limit, quiz.attempts_allowed, quiz.wait, quiz.pass_mark) == (45, 2, 1440, 0.6)
    assert quiz.opens_at == dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
    assert quiz.closes_at == dt.datetime(2026, 9, 2, 6, 30, tzinfo=dt.UTC)
    assert seen(quiz) == ["after"] * 4


def test_what_is_left_empty_sets_no_bounds(form, tom_client, address):
    empty = dict.fromkeys(["opens_at", "closes_at", "time_limit", "attempts_allowed", "wait", "pass_mark"], "")
    assert tom_client.post(address(Quiz, "add"), {**form, **empty}).status_code == 302
    quiz = Quiz.objects.get()
    assert (quiz.time_limit, quiz.pass_mark, quiz.opens_at, quiz.closes_at) == (None, None, None, None)
    assert (quiz.attempts_allowed, quiz.wait) == (0, 0)
    assert quiz.sees is None


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"opens_at": "2026-09-03T08:00", **CLOSING}, "The quiz closes before it opens."),
        ({"opens_at": "1999-12-31T08:00"}, "Choose a date between 2000 and 2100."),
        ({"closes_at": "9999-12-31T23:59"}, "Choose a date between 2000 and 2100."),
        ({"closes_at": "soon"}, "Enter a valid date/time."),
        ({"pass_mark": "0"}, "Write a percentage from 1 to 100, or leave it empty."),
        ({"pass_mark": "101"}, "Write a percentage from 1 to 100, or leave it empty."),
        ({"pass_mark": "nan"}, "Write a percentage from 1 to 100, or leave it empty."),
        ({"time_limit": "0"}, "Write at least 1 minute, or leave it empty for no limit."),
        ({"time_limit": "10001"}, "Ensure this value is less than or equal to 10000."),
        ({"attempts_allowed": "-1"}, "Ensure this value is greater than or equal to 0."),
        ({"wait": "99999999999"}, "Ensure this value is less than or equal to 1000000."),
        ({"counts": "worst"}, "Select a valid choice."),
        ({"confidence": "counted"}, "Where confidence counts there is one try. Set the tries to 1."),
        ({"setting": "exam", "preset": "learning"}, "In an exam answers may be changed until the end"),
        ({"preset": "own", **table(mark="closed")}, "Learners see something once the quiz is closed"),
        ({"preset": "own", "sees_mark": "someday"}, "Select a valid choice."),
        ({"preset": "learning", **table(mark="never")}, "The table under “More” was changed."),
        (table(mark="never"), "The table under “More” was changed."),
        ({"preset": "all"}, "Select a valid choice."),
    ],
)
def test_what_does_not_go_together_is_said_in_words(sent, message, form, tom_client, address):
    response = tom_client.post(address(Quiz, "add"), {**form, **sent})
    assert message in response.text
    assert "constraint" not in response.text.lower()
    assert not Quiz.objects.exists()


def test_confidence_may_count_where_there_is_one_try(form, tom_client, address):
    tom_client.post(address(Quiz, "add"), {**form, "confidence": "counted", "tries": 1})
    assert Quiz.objects.get().confidence == "counted"


@pytest.mark.parametrize("share", [0.6, 0.01, 1.0, 2 / 3])
def test_the_pass_mark_is_shown_in_percent_and_kept_when_the_form_is_saved(share, quiz, form, tom_client, address):
    Quiz.objects.update(pass_mark=round(share, 6))
    shown = f"{share * 100:.4f}".rstrip("0").rstrip(".")
    assert f'name="pass_mark" value="{shown}"' in tom_client.get(address(quiz)).text
    tom_client.post(address(quiz), {**form, "pass_mark": shown})
    quiz.refresh_from_db()
    assert quiz.pass_mark == round(share, 6)


@pytest.mark.parametrize(
    ("setting", "preset", "stored"),
    [
        ("practice", "learning", [""] * 4),
        ("practice", "testing", ["after"] * 4),
        ("practice", "", [""] * 4),
        ("exam", "testing", [""] * 4),
        ("exam", "", [""] * 4),
        ("immediate", "learning", [""] * 4),
        ("immediate", "testing", ["after"] * 4),
    ],
)
def test_a_preset_that_suits_the_setting_is_left_to_it(setting, preset, stored, quiz, form, tom_client, address):
    tom_client.post(address(quiz), {**form, "setting": setting, "preset": preset})
    assert seen(quiz) == stored


def test_a_table_of_one_s_own_is_kept_where_it_differs_from_the_setting(quiz, form, tom_client, address):
    sent = {**form, **CLOSING, "preset": "own", **table(mark="during", right="closed", evidence="never")}
    tom_client.post(address(quiz), sent)
    assert seen(quiz) == ["", "closed", "", "never"]
    assert quiz.sees == document.Sees("during", "closed", "during", "never")


def test_a_setting_that_changes_keeps_what_was_chosen_to_be_seen(quiz, form, tom_client, address):
    tom_client.post(address(quiz), {**form, "setting": "exam", "preset": "testing", **table(*["during"] * 4)})
    assert seen(quiz) == [""] * 4
    tom_client.post(address(quiz), {**form, "setting": "practice", "preset": "testing", **table(*["after"] * 4)})
    assert seen(quiz) == ["after"] * 4


def test_the_page_shows_what_holds(quiz, tom_client, address):
    Quiz.objects.update(sees_right="never")
    html = tom_client.get(address(quiz)).text
    assert 'value="own" class="radiolist" id="id_preset_2" checked' in html
    for what, when in {"mark": "during", "right": "never", "feedback": "during", "evidence": "during"}.items():
        row = html[html.index(f'name="sees_{what}" value="{when}"') :]
        assert "checked" in row[: row.index(">")]


def test_a_preset_takes_the_place_of_a_table(quiz, form, tom_client, address):
    Quiz.objects.update(sees_right="never")
    tom_client.post(address(quiz), {**form, "preset": "learning", **table("during", "never", "during", "during")})
    assert seen(quiz) == [""] * 4


def test_a_form_that_is_saved_as_it_was_changes_no_edition(make, rivers, form, tom_client, address, said):
    quiz = make.quiz(
        collection=rivers, questions=[make.question(collection=rivers)], sees_right="never", pass_mark=0.55
    )
    slot = {"id": quiz.slots.get().pk, "position": 0, "question": quiz.slots.get().question_id, "weight": 1}
    sent = {
        **form,
        "slug": quiz.slug,
        "title": quiz.title,
        "preset": "own",
        "pass_mark": "55",
        **table("during", "never", "during", "during"),
        "slots-TOTAL_FORMS": 1,
        "slots-INITIAL_FORMS": 1,
        **{f"slots-0-{name}": value for name, value in slot.items()},
    }
    assert "There are no unpublished changes." in said(tom_client.post(address(quiz), sent))


def test_each_radio_button_of_the_table_says_what_it_is_for(tom_client, address):
    html = tom_client.get(address(Quiz, "add")).text
    for name in ("Mark: at once", "Right answer: once finished", "Feedback: once closed", "Evidence: never"):
        assert f">{name}</span>" in html


def test_whoever_may_only_look_reads_it_in_words(quiz, tom, tom_client, address):
    Quiz.objects.update(sees_right="never")
    tom.groups.clear()
    tom.user_permissions.set(Permission.objects.filter(codename__in=["view_quiz", "view_slot"]))
    html = tom_client.get(address(quiz)).text
    assert "My own table" in html
    assert "Right answer: never" in html


@time_machine.travel("2026-09-01T09:00Z", tick=False)
def test_another_closing_date_moves_running_attempts_and_says_how_many(
    make, rivers, ada, eve, form, tom_client, address, said
):
    quiz = make.quiz(collection=rivers, slug="springs", questions=[make.question(collection=rivers)])
    for learner, finished_at in ((ada, None), (eve, dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC))):
        Attempt.objects.create(
            learner=learner, quiz=quiz, edition=quiz.editions.get(), number=1, seed="s", finished_at=finished_at
        )
    slot = {"id": quiz.slots.get().pk, "position": 0, "question": quiz.slots.get().question_id, "weight": 1}
    sent = {**form, "slots-TOTAL_FORMS": 1, "slots-INITIAL_FORMS": 1}
    sent |= {f"slots-0-{name}": value for name, value in slot.items()}
    response = tom_client.post(address(quiz), {**sent, **CLOSING})
    assert "The deadline of 1 running attempt has moved." in said(response)
    assert Attempt.objects.get(learner=ada).due_at == dt.datetime(2026, 9, 2, 6, 30, tzinfo=dt.UTC)
    assert Attempt.objects.get(learner=eve).due_at is None
    response = tom_client.post(address(quiz), {**sent, **CLOSING, "title": "Wells"})
    assert said(response).count("deadline") == 1
    tom_client.post(address(quiz), sent)
    assert Attempt.objects.get(learner=ada).due_at is None
