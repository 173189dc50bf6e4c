"""A learner challenges a question; what became of it stands beside the question and on a page of its own."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.guests import merge
from accounts.models import User
from courses.deriving import derive
from quizzes import disputes
from quizzes.models import Attempt, Dispute, Quiz, Response
from quizzes.publishing import publish
from sources.models import Collection
from tests import make
from tests.conftest import HTMX, both_ways, client_of
from tests.kept import kept, parts_of
from tests.pages import filled, forms, question_forms
from tests.quizzes.conftest import Taker, practice_of

REASON = "The Danube is longer: see any atlas."


def url(response: Response) -> str:
    return f"/quizzes/responses/{response.pk}/challenge/"


def post(client, response: Response, reason: str = REASON, **kwargs):
    return client.post(url(response), {"reason": reason, "link": ""}, **kwargs)


class Given(NamedTuple):
    ada: User
    rivers: Collection
    practice: Quiz
    answered: Response


@kept
def given() -> Given:
    ada = make.ada()
    rivers = make.collection(slug="rivers")
    practice = practice_of(rivers)
    Taker(client_of(ada), practice).answer(1, "Right")
    return Given(ada, rivers, practice, Response.objects.get())


ada, practice, rivers = parts_of("given", "ada", "practice", "rivers")


@pytest.fixture
def answered(given) -> Response:
    """A right answer in practice: nothing more can be said to the question."""
    return given.answered


@pytest.fixture
def disputed(answered) -> Dispute:
    return disputes.challenge(response=answered, reason=REASON, link="")


def test_an_answered_question_offers_to_be_challenged(ada_client, answered, take, practice):
    assert f'href="{url(answered)}"' in take(practice, ada_client).page(1).text


def test_a_challenge_is_kept_and_said_so(ada_client, answered):
    sent = {"reason": f"  {REASON}\r\nReally. ", "link": "example.org/atlas"}
    told = ada_client.post(url(answered), sent, follow=True)
    made = Dispute.objects.get()
    assert (made.response, made.reason, made.link) == (answered, f"{REASON}\nReally.", "https://example.org/atlas")
    assert made.state == Dispute.State.OPEN
    assert "Your teacher has not answered yet." in told.text
    assert told.redirect_chain == [(url(answered), 302)]


def test_by_htmx_only_the_part_comes(ada_client, answered):
    asked = ada_client.get(url(answered), headers=HTMX)
    assert asked.text.strip().startswith(f'<div class="challenge" id="challenge-{answered.pk}"')
    assert "<html" not in asked.text
    told = post(ada_client, answered, headers=HTMX, follow=True)
    assert told.text.strip().startswith(f'<div class="challenge" id="challenge-{answered.pk}"')
    assert "has not answered yet" in told.text


UNTAKEN = [
    ("", "", "Say what is wrong"),
    ("Wrong!", "", "Say a little more"),
    ("   too short   ".replace("too short", "short"), "", "Say a little more"),
    ("x" * 2001, "", "at most 2000 characters"),
    (REASON, "javascript:alert(1)", "Write the whole address"),
    (REASON, "ftp://example.org/x", "Write the whole address"),
    (REASON, "not an address", "Write the whole address"),
    (REASON, "http://[", "Write the whole address"),
]


@pytest.mark.parametrize(("reason", "link", "says", "headers"), both_ways(UNTAKEN))
def test_what_can_not_be_taken_is_said_in_words(ada_client, answered, reason, link, says, headers):
    told = ada_client.post(url(answered), {"reason": reason, "link": link}, headers=headers)
    assert told.status_code == 422
    assert says in told.text
    assert not Dispute.objects.exists()


def test_line_ends_do_not_count_twice(ada_client, answered):
    assert post(ada_client, answered, "a\r\n" * 999 + "ab").status_code == 302
    assert len(Dispute.objects.get().reason) == 2000


def test_sent_twice_it_is_made_once(ada_client, answered):
    for reason in (REASON, "Another reason, sent a moment later."):
        assert post(ada_client, answered, reason).status_code == 302
    assert Dispute.objects.get().reason == REASON


def test_it_is_shown_where_the_question_is(ada_client, disputed, practice, take):
    taker = take(practice, ada_client)
    assert "You challenged this question on" in taker.page(1).text
    result = taker.finish().text
    assert "You challenged this question on" in result


@pytest.mark.parametrize(
    ("answer", "says"),
    [(disputes.keep, "It is kept as it is."), (disputes.mend, "Your challenge was right: this question is mended.")],
)
def test_the_answer_stands_beside_the_question_and_among_my_challenges(
    ada_client, disputed, practice, take, tom, answer, says
):
    answer(dispute=disputed, reply="Have a look at <page> 7.", by=tom)
    for text in (take(practice, ada_client).page(1).text, take(practice, ada_client).finish().text):
        assert says in text
        assert "Have a look at &lt;page&gt; 7." in text
    mine = ada_client.get("/quizzes/challenges/").text
    assert "Question 0?" in mine
    assert REASON in mine
    assert "Have a look at &lt;page&gt; 7." in mine


def test_my_challenges_are_mine(disputed, ada_client, eve_client, client):
    assert REASON in ada_client.get("/quizzes/challenges/").text
    assert REASON not in eve_client.get("/quizzes/challenges/").text
    assert client.get("/quizzes/challenges/").url.startswith("/accounts/login/")


def test_my_challenges_cost_the_same_however_many(ada_client, disputed, practice, take, django_assert_num_queries):
    ada_client.get("/quizzes/challenges/")
    with django_assert_num_queries(3):
        ada_client.get("/quizzes/challenges/")
    taker = take(practice, ada_client)
    for place in (2, 3):
        taker.answer(place, "Right")
        disputes.challenge(response=Response.objects.latest("pk"), reason=REASON)
    with django_assert_num_queries(3):
        assert ada_client.get("/quizzes/challenges/").text.count(REASON) == 3


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_strangers_find_nothing(answered, disputed, eve_client, gus_client, tom_client, headers):
    for one in (eve_client, gus_client, tom_client):
        assert one.get(url(answered), headers=headers).status_code == 404
        assert post(one, answered, headers=headers).status_code == 404
    assert Dispute.objects.get().reason == REASON


def test_whoever_is_signed_out_is_led_to_sign_in_and_under_htmx_loses_nothing(answered, client):
    assert client.get(url(answered)).url == f"/accounts/login/?next={url(answered)}"
    told = post(client, answered, headers=HTMX)
    assert told.status_code == 403
    assert told.text.startswith('<div class="toast">')
    assert not Dispute.objects.exists()


def test_a_guest_may_challenge_and_an_account_takes_it_over(gus, ada, practice, take):
    take(practice, client_of(gus)).answer(1, "Right")
    response = Response.objects.get()
    assert post(client_of(gus), response).status_code == 302
    merge(guest=gus, account=ada)
    assert REASON in client_of(ada).get("/quizzes/challenges/").text


# Not before all may be seen


def offers(text: str) -> bool:
    return "/challenge/" in text


def test_there_is_nothing_to_challenge_before_the_question_is_settled(ada_client, practice, take):
    taker = take(practice, ada_client)
    assert not offers(taker.page(1).text)
    assert not offers(taker.answer(1, "Wrong").text)
    response = Response.objects.get()
    assert ada_client.get(url(response)).status_code == 404
    assert post(ada_client, response).status_code == 404
    assert offers(taker.answer(1, "Also wrong").text)
    assert ada_client.get(url(response)).status_code == 404
    assert ada_client.get(url(Response.objects.latest("pk"))).status_code == 200


def test_in_an_exam_there_is_nothing_to_challenge_before_its_end(ada_client, exam, take):
    taker = take(exam, ada_client)
    assert not offers(taker.answer(1, "Wrong").text)
    assert ada_client.get(url(Response.objects.get())).status_code == 404
    assert offers(taker.finish().text)
    assert ada_client.get(url(Response.objects.get())).status_code == 200


@pytest.mark.parametrize("when", ["closed", "never"])
def test_there_is_nothing_to_challenge_where_the_reason_is_not_shown(ada_client, rivers, take, when):
    asked = [make.question(collection=rivers)]
    quiz = make.quiz(collection=rivers, setting="exam", sees_feedback=when, questions=asked)
    taker = take(quiz, ada_client)
    taker.answer(1, "Wrong")
    assert not offers(taker.finish().text)
    assert post(ada_client, Response.objects.get()).status_code == 404


def test_a_question_without_an_answer_has_nothing_to_challenge(ada_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Wrong")
    assert taker.finish().text.count('<a href="/quizzes/responses/') == 1


def test_what_a_merge_has_set_aside_is_not_challenged(ada_client, answered):
    answered.attempt.set_aside = True
    answered.attempt.save(update_fields=["set_aside"])
    assert post(ada_client, answered).status_code == 404


# How often


def test_the_same_question_is_challenged_again_only_once_it_is_answered(ada_client, disputed, practice, take, tom):
    taker = take(practice, ada_client)
    taker.finish()
    taker.start()
    taker.answer(1, "Right")
    again = Response.objects.latest("pk")
    refused = post(ada_client, again)
    assert refused.status_code == 422
    assert "You have challenged this question already" in refused.text
    disputes.keep(dispute=disputed, reply="No.", by=tom)
    assert post(ada_client, again).status_code == 302


def test_twenty_a_day_are_enough(ada_client, ada, practice):
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as now:
        attempts = Attempt.objects.bulk_create(
            Attempt(learner=ada, quiz=practice, edition=practice.editions.get(), number=number, seed="s")
            for number in range(1, 22)
        )
        given = {"learner": ada, "try_number": 1, "answer": [0], "fraction": 1, "mark": 1}
        *first, twentieth, last = Response.objects.bulk_create(
            Response(attempt=attempt, slot=slot, question_key=f"q{slot}", **given)
            for attempt, slot in zip(attempts, [0] * 19 + [1, 2], strict=True)
        )
        Dispute.objects.bulk_create(Dispute(response=one, reason=REASON) for one in first)
        assert post(ada_client, twentieth).status_code == 302
        refused = post(ada_client, last)
        assert refused.status_code == 422
        assert "20 challenges within a day" in refused.text
        now.shift(timedelta(days=1, seconds=1))
        assert post(ada_client, last).status_code == 302


# Where it leads back to


def back(response) -> str:
    return re.search(r'class="button quiet" href="([^"]*)"', response.text)[1]


def test_from_practice_it_leads_back_to_the_quiz_and_from_the_result_to_the_question(
    ada_client, answered, practice, take
):
    assert back(ada_client.get(url(answered))) == practice.get_absolute_url()
    take(practice, ada_client).finish()
    assert back(ada_client.get(url(answered))) == f"/quizzes/attempts/{answered.attempt_id}/#q-q0"


@pytest.fixture
def lesson(rivers):
    make.question(collection=rivers, key="slope")
    made = make.lesson(
        course=make.course(collection=rivers), slug="springs", text="Water. {#water}\n\n:::check slope\n"
    )
    derive(lesson=made)
    publish(quiz=made.checks)
    return made


def test_a_check_in_a_lesson_is_challenged_there(ada_client, lesson, tom):
    page = lesson.get_absolute_url()
    form = question_forms(ada_client.get(page))[0]
    assert not offers(ada_client.get(page).text)
    assert offers(ada_client.post(form["action"], filled(form, "Right"), headers=HTMX).text)
    response = Response.objects.get()
    assert back(ada_client.get(url(response))) == f"{page}#q-slope"
    post(ada_client, response)
    assert "You challenged this question on" in ada_client.get(page).text
    disputes.keep(dispute=response.dispute, reply="Water runs downhill.", by=tom)
    assert "Water runs downhill." in ada_client.get(page).text


def test_disputes_cost_a_lesson_no_query(ada_client, lesson, django_assert_num_queries):
    form = question_forms(ada_client.get(lesson.get_absolute_url()))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    with CaptureQueriesContext(connection) as before:
        ada_client.get(lesson.get_absolute_url())
    queries = len(before)
    post(ada_client, Response.objects.get())
    with django_assert_num_queries(queries):
        ada_client.get(lesson.get_absolute_url())


def test_the_form_has_a_label_for_each_field(ada_client, answered):
    form = next(one for one in forms(ada_client.get(url(answered))) if one["action"] == url(answered))
    text = ada_client.get(url(answered)).text
    assert "reason" in form["typed"]
    for name in ("reason", "link"):
        assert f'for="challenge-{answered.pk}-{name}"' in text
        assert f'id="challenge-{answered.pk}-{name}"' in text


def test_no_form_stands_within_another(ada_client, practice, take):
    text = take(practice, ada_client).answer(1, "Right").text
    inside = re.findall(r"<form.*?</form>", text, re.DOTALL)
    assert inside
    assert not any("challenge" in one for one in inside)
    assert question_forms(take(practice, ada_client).page(1))
