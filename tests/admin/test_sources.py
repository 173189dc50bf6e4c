import pytest

from sources.models import Source


@pytest.fixture
def form(rivers):
    return {
        "collection": rivers.pk,
        "key": "survey",
        "title": "A survey",
        "publisher": "The Institute",
        "date": "2025-06",
        "url": "https://example.org/survey",
    }


def test_tom_adds_a_source(form, tom_client, address):
    assert tom_client.post(address(Source, "add"), form).status_code == 302
    assert Source.objects.get().date == "2025-06"


@pytest.mark.parametrize("date", ["", "2025", "2025-06", "2025-06-13"])
def test_a_date_may_be_partial_or_missing(date, form, tom_client, address):
    assert tom_client.post(address(Source, "add"), {**form, "date": date}).status_code == 302


@pytest.mark.parametrize("date", ["June 2025", "2025-13", "2025-02-30", "20250613", "2025-W01", "0000", "٢٠٢٥"])
def test_a_date_that_is_none_is_refused_with_an_example(date, form, tom_client, address):
    response = tom_client.post(address(Source, "add"), {**form, "date": date})
    assert "Write the date as 2025, 2025-06 or 2025-06-13." in response.text
    assert "constraint" not in response.text.lower()


def test_a_key_that_is_taken_in_the_collection_is_refused(form, make, rivers, tom_client, address):
    make.source(collection=rivers, key="survey")
    assert "already exists" in tom_client.post(address(Source, "add"), form).text


def test_key_and_collection_stay_once_saved(form, make, rivers, hills, tom_client, address):
    source = make.source(collection=rivers, key="survey")
    tom_client.post(address(source), {**form, "key": "other", "collection": hills.pk, "title": "Changed"})
    source.refresh_from_db()
    assert (source.key, source.collection, source.title) == ("survey", rivers, "Changed")


def test_the_list_counts_the_claims_on_each_source(make, rivers, tom_client, address):
    source = make.source(collection=rivers)
    for _number in range(7):
        make.claim(collection=rivers, sources=[source])
    html = tom_client.get(address(Source, "changelist")).text
    assert ">7</td>" in html
    assert "undated" in html


def test_a_source_that_a_claim_rests_on_is_not_deleted(make, rivers, tom_client, address):
    source = make.source(collection=rivers)
    make.claim(collection=rivers, key="slope", sources=[source])
    response = tom_client.post(address(source, "delete"), {"post": "yes"})
    assert "This can not be deleted, because it is in use here" in response.text
    assert "slope" in response.text
    assert Source.objects.filter(pk=source.pk).exists()
