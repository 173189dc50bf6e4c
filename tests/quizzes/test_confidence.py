from decimal import Decimal

import pytest

from tests import make


@pytest.fixture
def sure(rivers):
    return lambda confidence, **fields: make.quiz(
        collection=rivers,
        slug="sure",
        confidence=confidence,
        questions=[make.question(collection=rivers, key=f"s{n}") for n in range(2)],
        **fields,
    )


def test_it_is_not_asked_for_unless_the_author_wants_it(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    assert "How sure are you?" not in taker.page(1).text
    taker.answer(1, "Right", confidence="3")
    assert ada.responses.get().confidence is None


@pytest.mark.parametrize("setting", ["practice", "exam", "immediate"])
def test_it_is_kept_and_does_not_change_the_mark(ada_client, ada, sure, take, setting):
    taker = take(sure("asked", setting=setting), ada_client)
    assert "It does not change your mark" in taker.page(1).text
    taker.answer(1, "Right", confidence="1")
    taker.answer(2, "Wrong", confidence="3")
    assert [one.confidence for one in ada.responses.order_by("slot")] == [1, 3]
    assert ada.attempts.get().mark == 1


def test_it_may_be_left_out_where_it_does_not_count(ada_client, ada, sure, take):
    take(sure("asked"), ada_client).answer(1, "Right")
    assert ada.responses.get().confidence is None


@pytest.mark.parametrize(("answer", "confidence", "mark"), [("Right", "3", 3), ("Wrong", "3", -6), ("Wrong", "2", -2)])
def test_where_it_counts_it_decides_the_mark(ada_client, ada, sure, take, answer, confidence, mark):
    taker = take(sure("counted"), ada_client)
    assert "right 3, wrong" in taker.page(1).text
    response = taker.answer(1, answer, confidence=confidence)
    assert ada.attempts.get().mark == mark
    assert f"{mark} of 3" in response.text


def test_where_it_counts_the_lowest_is_chosen_already(ada_client, ada, sure, take):
    taker = take(sure("counted"), ada_client)
    assert 'name="confidence" value="1" checked' in taker.page(1).text
    taker.answer(1, "Right")
    assert (ada.responses.get().confidence, ada.attempts.get().mark) == (1, 1)


def test_the_result_is_out_of_three_times_the_weight(ada_client, ada, sure, take):
    taker = take(sure("counted", setting="exam"), ada_client)
    taker.answer(1, "Right", confidence="3")
    assert "3 of 6" in taker.finish().text
    assert ada.attempts.get().mark == Decimal(3)


@pytest.mark.parametrize("nonsense", ["0", "4", "sure", "-1", "1.5"])
def test_a_confidence_that_is_none_is_refused(ada_client, ada, sure, take, nonsense):
    form = take(sure("asked"), ada_client).form(1)
    sent = {**form["hidden"], "answer": form["options"]["Right"], "confidence": nonsense}
    assert ada_client.post(form["action"], sent).status_code == 400
    assert not ada.responses.exists()
