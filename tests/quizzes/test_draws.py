import pytest
from django.test import Client

from quizzes.engine.drawing import draw
from quizzes.models import Attempt, Slot
from quizzes.publishing import NotPublishable, publish
from quizzes.sittings import contents
from tests import make


@pytest.fixture
def final(rivers):
    for tag in ("springs", "brooks"):
        for n in range(5):
            make.question(collection=rivers, key=f"{tag}-{n}", tags=[tag])
    quiz = make.quiz(collection=rivers, slug="final", setting="exam")
    for position, tag in enumerate(("springs", "brooks")):
        Slot.objects.create(quiz=quiz, position=position, tag=tag, count=2)
    publish(quiz=quiz)
    return quiz


def asked(taker) -> list[str]:
    """Starts, and tells slots and questions."""
    taker.start()
    return [
        taker.form(place)["hidden"]["slot"] + taker.page(place).text.split('id="q-')[1].split('"')[0]
        for place in (1, 2, 3, 4)
    ]


def test_an_attempt_asks_so_many_of_each_tag_and_the_same_again(final, take):
    taker = take(final)
    first = asked(taker)
    assert sorted(key[1:].split("-")[0] for key in first) == ["brooks", "brooks", "springs", "springs"]
    taker.answer(1, "Right")
    assert asked(taker) == first
    assert final.editions.get().questions == 4


def test_two_browsers_get_different_questions(final, take):
    first = {*asked(take(final, Client()))}
    assert any({*asked(take(final, Client()))} != first for _ in range(7))


def test_the_mark_is_out_of_what_was_drawn(final, take):
    taker = take(final)
    taker.start()
    for place in (1, 2, 3, 4):
        taker.answer(place, "Right")
    assert "4 of 4" in taker.finish().text
    assert Attempt.objects.get().mark == 4


def test_checks_of_a_lesson_are_not_drawn(final, rivers):
    make.quiz(collection=rivers, in_lesson=True, questions=list(rivers.questions.filter(key__startswith="springs")[:4]))
    with pytest.raises(NotPublishable, match="only 1 are there"):
        publish(quiz=final)


def test_another_attempt_asks_what_was_not_seen_yet(final, take):
    taker = take(final)
    taker.start()
    for place in (1, 2, 3, 4):
        taker.answer(place, "Right")
    taker.finish()
    taker.start()
    first, second = (set(attempt.drawn) for attempt in Attempt.objects.order_by("number"))
    assert len(first | second) == 8


def test_nothing_is_asked_before_the_start(final, take):
    taker = take(final)
    assert "Start" in taker.client.get(taker.base).text
    assert taker.page(1).status_code == 302
    assert not Attempt.objects.exists()


def test_an_attempt_can_be_rebuilt_from_its_seed_and_what_was_seen(final, take):
    taker = take(final)
    taker.start()
    attempt = Attempt.objects.get()
    assert draw(contents(attempt.edition_id, attempt.edition.digest), attempt.seed) == attempt.drawn
