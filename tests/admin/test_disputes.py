"""Teachers answer challenges: keep, or mend and put it on the public list."""

import pytest

from accounts.models import User
from quizzes import disputes
from quizzes.models import Attempt, Correction, Dispute, Response
from tests.conftest import client_of


@pytest.fixture
def quiz(make, rivers):
    claim = make.claim(collection=rivers, key="longest", text="The Volga is the longest.")
    question = make.question(
        collection=rivers,
        key="river",
        text="Which is the *longest*?",
        options=[("Danube", 0, "Not quite."), ("Volga", 1, "3,531 km.")],
        claims=[claim],
        explanation="Length is not all.",
    )
    return make.quiz(collection=rivers, title="Springs", questions=[question])


@pytest.fixture
def dispute(quiz, ada):
    attempt = Attempt.objects.create(learner=ada, quiz=quiz, edition=quiz.editions.get(), number=1, seed="s")
    response = Response.objects.create(
        learner=ada, attempt=attempt, slot=0, try_number=1, question_key="river", answer=[0], fraction=0, mark=0
    )
    return disputes.challenge(response=response, reason="It is <not> the Volga.", link="https://x.test/atlas")


@pytest.fixture
def answer(dispute, tom_client, address):
    """Tom's answer, as his browser sends it."""

    def answer(**sent):
        sent = {"decision": "mend", "reply": "You are right.", "wrong": "", "changed": "", **sent}
        return tom_client.post(address(dispute, "answer"), sent, follow=True)

    return answer


def test_the_list_tells_what_is_challenged_by_whom_and_what_became_of_it(dispute, tom_client, address):
    html = tom_client.get(address(Dispute, "changelist")).text
    for words in ("river", "It is &lt;not&gt; the Volga.", "Waits for an answer", "Springs, edition 1", "Ada"):
        assert words in html
    assert "ada@example.org" not in html


@pytest.mark.parametrize(("state", "count"), [("open", 1), ("kept", 0), ("mended", 0)])
def test_the_list_is_filtered_by_state(dispute, tom_client, address, state, count):
    html = tom_client.get(address(Dispute, "changelist"), {"state": state}).text
    assert html.count("It is &lt;not&gt; the Volga.") == count


def test_the_page_shows_the_question_as_it_was_asked_with_key_claims_and_reason(
    dispute, quiz, make, tom_client, address
):
    quiz.slots.get().question.options.filter(position=0).update(text="Rewritten")
    make.publish(quiz=quiz)
    html = tom_client.get(address(dispute)).text
    for words in (
        "Which is the <em>longest</em>?",
        "3,531 km.",
        "Length is not all.",
        "longest: The Volga is the longest. (Established)",
        "It is &lt;not&gt; the Volga.",
        "Danube",
    ):
        assert words in html
    assert "Rewritten" not in html
    assert '<a href="https://x.test/atlas" rel="nofollow noopener noreferrer">' in html
    assert "ada@example.org" not in html


def test_a_learner_without_a_name_is_not_told_by_their_address(dispute, ada, tom_client, address):
    User.objects.filter(pk=ada.pk).update(name="")
    for url in (address(dispute), address(Dispute, "changelist")):
        html = tom_client.get(url).text
        assert "A learner without a name" in html
        assert "ada@example.org" not in html


def test_keeping_tells_the_learner_why(dispute, answer, tom):
    shown = answer(decision="keep", reply="An atlas says so.")
    dispute.refresh_from_db()
    assert (dispute.state, dispute.reply, dispute.answered_by) == ("kept", "An atlas says so.", tom)
    assert dispute.answered_at
    assert "the learner sees it" in shown.text
    assert "What to do next" not in shown.text
    assert not Correction.objects.exists()


def test_mending_leads_on_to_the_question_to_publish_and_to_regrade(dispute, answer, quiz, make, rivers, address):
    question = quiz.slots.get().question
    other = make.quiz(collection=rivers, title="Brooks", questions=[question])
    html = answer().text
    dispute.refresh_from_db()
    assert dispute.state == "mended"
    assert "What to do next" in html
    for url in (address(question), address(quiz), address(quiz, "regrade"), address(other)):
        assert f'href="{url}"' in html
    assert not Correction.objects.exists()


def test_a_mended_question_may_be_put_on_the_public_list(dispute, answer, rivers):
    answer(public="on", wrong="The lengths were old.", changed="They are new.")
    made = Correction.objects.get()
    assert (made.dispute, made.collection) == (dispute, rivers)
    assert (made.question, made.wrong, made.changed) == (
        "Which is the *longest*?",
        "The lengths were old.",
        "They are new.",
    )


def test_an_answer_can_be_changed_and_the_last_one_holds(dispute, answer, tom_client, address):
    answer(public="on", wrong="The lengths were old.", changed="They are new.")
    html = tom_client.get(address(dispute)).text
    for words in ("You are right.", "The lengths were old.", "They are new.", "which you may still change"):
        assert words in html
    answer(public="on", wrong="Something else.", changed="They are new.")
    assert Correction.objects.get().wrong == "Something else."
    answer(decision="keep", reply="After all, no.", public="on", wrong="x", changed="x")
    dispute.refresh_from_db()
    assert dispute.state == "kept"
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"decision": ""}, "Choose whether the question is kept or mended."),
        ({"decision": "burn"}, "burn is not one of the available choices"),
        ({"reply": ""}, "Write a reply"),
        ({"reply": "x" * 2001}, "at most 2000 characters"),
        ({"public": "on"}, "The public list needs this."),
        ({"public": "on", "wrong": "Old.", "changed": " "}, "The public list needs this."),
    ],
)
def test_an_answer_that_is_not_whole_is_told_in_words(dispute, answer, sent, says):
    shown = answer(**sent)
    assert shown.status_code == 422
    assert says in shown.text
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_an_answer_is_in_the_history(dispute, answer, tom_client, address):
    answer()
    assert "Mended: the challenge was right" in tom_client.get(address(dispute, "history")).text


def test_strangers_get_nowhere(dispute, address, ada_client, eve_client, gus_client, client):
    sent = {"decision": "keep", "reply": "No."}
    assistant = client_of(User.objects.create_user("sam@example.org", "a long word for sam", is_staff=True))
    for one in (ada_client, eve_client, gus_client, client):
        assert one.get(address(dispute, "answer")).status_code in {302, 403}
        assert one.post(address(dispute, "answer"), sent).status_code in {302, 403}
    for url in (address(dispute), address(dispute, "answer")):
        assert assistant.get(url).status_code == 404
        assert assistant.post(url, sent).status_code == 404
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_a_teacher_of_another_course_finds_nothing(dispute, rivers, tom, tom_client, eve, address):
    Correction.objects.create(collection=rivers, question="Ours?", wrong="A.", changed="B.")
    rivers.owner, rivers.open_to_teachers = eve, False
    rivers.save()
    for url in (address(dispute), address(dispute, "answer")):
        assert tom_client.get(url).status_code == 404
        assert tom_client.post(url, {"decision": "keep", "reply": "No."}).status_code == 404
    assert "It is" not in tom_client.get(address(Dispute, "changelist")).text
    assert "Ours?" not in tom_client.get(address(Correction, "changelist")).text
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_what_never_was_is_not_found(tom_client, dispute, address):
    for pk in ("987654", "x"):
        assert tom_client.get(address(dispute).replace(f"/{dispute.pk}/", f"/{pk}/")).status_code == 404


def test_the_pages_need_nothing_that_the_strict_policy_blocks(dispute, answer, blocked_by_policy):
    assert blocked_by_policy(answer().text) == []
    assert blocked_by_policy(answer(decision="").text) == []


def test_a_correction_can_be_written_without_a_challenge(tom_client, rivers, address):
    sent = {"collection": rivers.pk, "corrected_on": "2026-03-01", "question": "Which?", "wrong": "A.", "changed": "B."}
    assert tom_client.post(address(Correction, "add"), sent).status_code == 302
    made = Correction.objects.get()
    assert (made.question, made.wrong, made.changed, made.dispute) == ("Which?", "A.", "B.", None)
