from django.test import Client

from accounts.models import User
from quizzes.models import Attempt
from tests import make
from tests.conftest import HTMX, client_of
from tests.pages import filled, normal, without_tokens


def test_a_stranger_reads_every_question_and_nothing_is_created(client, practice, take):
    taker = take(practice)
    for place in (1, 2, 3):
        assert taker.page(place).status_code == 200
    assert not User.objects.exists()
    assert not Attempt.objects.exists()
    assert "sessionid" not in client.cookies


def test_a_stranger_sees_the_same_order_again_on_reload_and_another_browser_another(practice, take):
    taker = take(practice)
    assert without_tokens(taker.page(1).text) == without_tokens(taker.page(1).text)
    orders = {tuple(take(practice, Client()).form(1)["options"]) for _ in range(12)}
    assert len(orders) > 1


def test_an_attempt_goes_on_where_it_stood_on_any_device(practice, take, ada, ada_client):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    text = taker.form(2)
    elsewhere = take(practice, client_of(ada))
    assert elsewhere.form(2)["options"] == text["options"]
    assert "1 of 3 answered" in elsewhere.page(2).text
    intro = client_of(ada).get(practice.get_absolute_url())
    assert f"{taker.base}2/" in intro.text


def test_a_place_that_does_not_exist_is_not_found(practice, take):
    for place in (0, 4, 10**30):
        assert take(practice).page(place).status_code == 404


def test_an_unknown_quiz_is_not_found(client, rivers):
    assert client.get("/quizzes/rivers/nope/1/").status_code == 404
    assert client.get("/quizzes/nope/springs/").status_code == 404


def test_a_quiz_that_is_not_published_or_retired_is_not_found(client, rivers, practice):
    draft = make.quiz(collection=rivers, questions=[make.question(collection=rivers)], published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    practice.retired = True
    practice.save()
    assert client.get(practice.get_absolute_url()).status_code == 404


def test_after_the_end_the_back_button_leads_to_the_results_and_not_to_a_new_attempt(practice, take, ada_client, ada):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    taker.finish()
    response = taker.page(1)
    assert response.status_code == 302
    assert response.url == practice.get_absolute_url()
    assert ada.attempts.count() == 1


def test_the_fragment_is_what_the_page_shows(practice, take, ada_client):
    """The answer by htmx, put into the page, equals a reload."""
    taker = take(practice, ada_client)
    form = taker.form(1)
    fragment = ada_client.post(form["action"], filled(form, "Wrong"), headers=HTMX).text
    card, step = normal(fragment).split('<a id="step-1"')
    whole = normal(taker.page(1).text)
    assert card.strip() in whole
    assert step.replace(' hx-swap-oob="true"', "") in whole


def test_pages_depend_on_who_asks_and_how(practice, take):
    response = take(practice).page(1)
    assert "HX-Request" in response["Vary"]
    assert "no-store" in response["Cache-Control"]
