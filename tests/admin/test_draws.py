import pytest

from quizzes.models import Slot
from tests import make


@pytest.fixture
def rivers(db):
    return make.collection(slug="rivers")


def slot_fields(quiz, **fields) -> dict:
    rows = {"slots-TOTAL_FORMS": "1", "slots-INITIAL_FORMS": "0", "slots-0-position": "0", "slots-0-weight": "1"}
    basics = {"title": quiz.title, "slug": quiz.slug, "setting": "exam", "tries": "3", "counts": "best"}
    return {**basics, **rows, **{f"slots-0-{name}": value for name, value in fields.items()}}


def test_a_slot_draws_by_a_tag(rivers, tom_client):
    quiz = make.quiz(collection=rivers)
    url = f"/admin/quizzes/quiz/{quiz.pk}/change/"
    tom_client.post(url, slot_fields(quiz, tag="springs", count="4"))
    slot = Slot.objects.get()
    assert (slot.tag, slot.count, slot.question) == ("springs", 4, None)


@pytest.mark.parametrize("tag", ["", "springs"])
def test_a_slot_has_a_question_or_a_tag_and_not_both(rivers, tom_client, tag):
    quiz = make.quiz(collection=rivers)
    question = make.question(collection=rivers).pk if tag else ""
    url = f"/admin/quizzes/quiz/{quiz.pk}/change/"
    response = tom_client.post(url, slot_fields(quiz, tag=tag, question=question, count="4"))
    assert "one of the two" in response.text
    assert not Slot.objects.exists()


def test_tags_are_words_with_commas(rivers, tom_client):
    question = make.question(collection=rivers, tags=["springs", "water"])
    page = tom_client.get(f"/admin/quizzes/question/{question.pk}/change/")
    assert 'value="springs, water"' in page.text
