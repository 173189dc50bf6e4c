"""What a row's history says of who changed what."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from quizzes.models import Attempt, Question, Regrade, Response
from quizzes.publishing import publish
from sources.models import Claim


@pytest.fixture
def told(admin_client):
    """The last thing that the history page of a row says."""

    def of(row):
        meta = row._meta
        page = admin_client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[row.pk]))
        message = LogEntry.objects.filter(object_id=row.pk, content_type__model=meta.model_name).first()
        assert page.status_code == 200
        assert "isn’t found" not in page.text
        return message.get_change_message()

    return of


@pytest.fixture
def quiz(make, rivers):
    return make.quiz(collection=rivers, title="Springs", slug="springs", questions=[make.question(collection=rivers)])


def test_short_fields_are_told_from_what_to_what(make, rivers, tom_client, address, told):
    claim = make.claim(collection=rivers, text="Water runs downhill. " * 10)
    form = {"text": "Water runs to the sea. " * 10, "status": "disputed", "retired": "on", "as_of": "2026"}
    tom_client.post(address(claim), form)
    assert told(claim) == (
        "Changed Text, Status (“Established” → “Disputed”), Retired (“no” → “yes”) and As of (“” → “2026”)."
    )


def test_links_are_told_by_their_keys(make, rivers, tom_client, address, told):
    first, second = (make.source(collection=rivers, key=key) for key in ("survey", "map"))
    claim = make.claim(collection=rivers, sources=[first])
    form = {"text": claim.text, "status": "established", "sources": [first.pk, second.pk]}
    tom_client.post(address(claim), form)
    assert told(claim) == "Changed Sources (“survey” → “map, survey”)."


def test_a_new_key_is_told(make, rivers, tom_client, address, told):
    question = make.question(collection=rivers, kind="numeric", options=[{"text": "12", "match": "0", "credit": 1}])
    page = tom_client.get(address(question)).text
    assert page
    option = question.options.get()
    form = {
        "kind": "numeric",
        "text": question.text,
        "key": question.key,
        "tags": "",
        "explanation": "",
        "options-TOTAL_FORMS": "1",
        "options-INITIAL_FORMS": "1",
        "options-0-id": option.pk,
        "options-0-question": question.pk,
        "options-0-text": "13",
        "options-0-match": "0",
        "options-0-credit": "1",
        "options-0-feedback": option.feedback,
        "options-0-position": "0",
        "hints-TOTAL_FORMS": "0",
        "hints-INITIAL_FORMS": "0",
        "units": "",
        "confusables": "",
    }
    tom_client.post(address(question), form)
    assert "(“12” → “13”)" in told(question)


def test_what_is_published_is_told_with_its_edition(make, quiz, tom_client, address, told):
    Question.objects.update(text="Which way?")
    tom_client.post(address(quiz, "publish"), {"note": ""})
    assert "is published as edition 2" in told(quiz)


def test_a_regrade_is_told_with_policy_and_reason_and_so_is_taking_it_back(quiz, ada, tom_client, address, told):
    question = quiz.slots.get().question
    edition = quiz.editions.get()
    attempt = Attempt.objects.create(learner=ada, quiz=quiz, edition=edition, number=1, seed="s", mark=1)
    Response.objects.create(
        learner=ada, attempt=attempt, slot=0, try_number=1, question_key=question.key, answer=[0], fraction=1, mark=1
    )
    Attempt.objects.update(finished_at=attempt.started_at)
    publish(quiz=quiz)
    form = {"questions": [question.key], "policy": "full_marks", "reason": "It was unclear.", "apply": "1"}
    tom_client.post(address(quiz, "regrade"), form)
    regrade = Regrade.objects.get()
    for row in (quiz, regrade):
        assert told(row) == (f"Regraded {question.key}. Policy: Full marks for everybody. Reason: It was unclear.")
    tom_client.post(address(regrade, "undo"))
    for row in (quiz, regrade):
        assert told(row) == f"Took back the regrade of {question.key}."


def test_a_change_of_whom_it_is_shared_with_is_told(rivers, tom, admin_client, address, told):
    admin_client.post(address(rivers), {"title": "Rivers", "language": "en", "teachers": tom.email})
    assert told(rivers) == "Changed Open to every teacher (“yes” → “no”) and Shared with (“” → “Tom”)."


def test_who_did_it_is_kept(make, rivers, tom, tom_client, address):
    claim = make.claim(collection=rivers)
    tom_client.post(address(claim), {"text": "Water falls.", "status": "established"})
    entry = LogEntry.objects.get()
    assert (entry.user, entry.get_edited_object()) == (tom, Claim.objects.get())
