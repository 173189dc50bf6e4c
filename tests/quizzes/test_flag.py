from quizzes.models import Response
from tests.pages import filled


def flag(taker, place: int, value: int):
    form = taker.form(place)
    return taker.client.post(form["action"], {**form["hidden"], "flag": value}, follow=True)


def test_a_question_is_flagged_and_the_flag_taken_away(ada_client, ada, exam, take):
    taker = take(exam, ada_client)
    assert "Flagged: take the flag away" in flag(taker, 2, 1).text
    assert ada.attempts.get().flags == [1]
    assert "Flag, to come back to it" in flag(taker, 2, 0).text
    assert ada.attempts.get().flags == []
    assert not Response.objects.exists()


def test_flags_are_named_before_finishing(ada_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    flag(taker, 1, 1)
    page = ada_client.get(f"{taker.base}finish/").text
    assert "You flagged" in page
    assert "One question is not answered yet" in page


def test_flagging_twice_is_flagging_once(ada_client, ada, exam, take):
    taker = take(exam, ada_client)
    flag(taker, 1, 1)
    flag(taker, 1, 1)
    assert ada.attempts.get().flags == [0]


def test_what_was_chosen_and_not_saved_yet_stays_chosen(ada_client, exam, take):
    taker = take(exam, ada_client)
    form = taker.form(1)
    response = ada_client.post(form["action"], {**filled(form, "Wrong"), "flag": 1}, headers={"HX-Request": "true"})
    assert f'value="{form["options"]["Wrong"]}" checked' in response.text


def test_a_strangers_attempt_can_not_be_flagged(ada_client, eve_client, exam, take):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    form = taker.form(1)
    assert eve_client.post(form["action"], {**form["hidden"], "flag": 1}).status_code == 404
