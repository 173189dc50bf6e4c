"""What autocomplete offers an author: rows of the collection at hand, and none that are retired."""

import re

import pytest
from django.urls import reverse

from sources.models import Claim


@pytest.fixture
def offered(tom_client):
    def of(model, field, **filters):
        query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
        response = tom_client.get(reverse("admin:autocomplete"), {**query, **filters})
        assert response.status_code == 200
        return [row["text"] for row in response.json()["results"]]

    return of


def test_all_claims_are_offered_while_no_collection_is_known(make, rivers, hills, offered):
    make.claim(collection=rivers, key="river", text="A")
    make.claim(collection=hills, key="hill", text="B")
    assert offered(make.question(collection=rivers), "claims") == ["hill: B", "river: A"]


def test_claims_of_one_collection_are_offered_once_it_is_known(make, rivers, hills, offered):
    make.claim(collection=rivers, key="river", text="A")
    make.claim(collection=hills, key="hill", text="B")
    assert offered(make.question(collection=rivers), "claims", collection=rivers.pk) == ["river: A"]


def test_the_newest_questions_are_offered_first(make, rivers, offered):
    made = [make.question(collection=rivers, key=key, text="A") for key in ("b", "c", "a")]
    quiz = make.quiz(collection=rivers, questions=made)
    assert offered(quiz.slots.get(position=0), "question") == ["a: A", "c: A", "b: A"]


def test_what_is_retired_is_not_offered(make, rivers, offered):
    make.claim(collection=rivers, key="old", text="A", retired=True)
    assert offered(make.question(collection=rivers), "claims") == []


def test_the_checks_of_a_lesson_are_not_offered_as_its_quiz(make, rivers, offered):
    make.quiz(collection=rivers, title="Checks", in_lesson=True)
    make.quiz(collection=rivers, title="Quiz")
    lesson = make.lesson(course=make.course(collection=rivers))
    assert offered(lesson, "quiz", collection=rivers.pk) == ["Quiz"]


@pytest.mark.parametrize("nonsense", ["x", "-1", "1" * 40, "²"])
def test_a_collection_that_is_none_harms_nothing(nonsense, make, rivers, offered):
    assert offered(make.question(collection=rivers), "claims", collection=nonsense) == []


def test_a_saved_question_asks_for_claims_of_its_own_collection_for_itself_and_its_options(
    make, rivers, tom_client, address
):
    html = tom_client.get(address(make.question(collection=rivers))).text
    urls = re.findall(r'data-ajax--url="([^"]+)"[^>]*data-field-name="claims"', html)
    assert len(urls) == 6  # the question, its three options, an empty row and the form for more
    assert set(urls) == {f"/admin/autocomplete/?collection={rivers.pk}"}


def test_one_author_s_collection_does_not_stay_for_the_next_page(make, rivers, hills, tom_client, address):
    tom_client.get(address(make.question(collection=rivers)))
    assert f"?collection={hills.pk}" in tom_client.get(address(make.question(collection=hills))).text
    assert "/admin/autocomplete/?collection" not in tom_client.get(address(Claim, "add")).text
