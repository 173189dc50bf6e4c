import pytest

from sources.models import Collection

FORM = {"title": "Rivers", "slug": "rivers", "language": "fa-AF"}


def test_tom_makes_a_collection(db, tom_client, address):
    assert tom_client.post(address(Collection, "add"), FORM).status_code == 302
    assert Collection.objects.get().language == "fa-AF"


@pytest.mark.parametrize("slug", ["Rivers", "1rivers", "two_rivers", "two rivers", "رودها"])
def test_a_slug_that_a_text_could_not_name_is_refused(slug, tom_client, address):
    response = tom_client.post(address(Collection, "add"), {**FORM, "slug": slug})
    assert "Write lower-case letters, digits and hyphens, and start with a letter." in response.text
    assert not Collection.objects.exists()


@pytest.mark.parametrize("language", ["English, please", "e", "en_GB"])
def test_a_language_that_is_no_tag_is_refused(language, tom_client, address):
    response = tom_client.post(address(Collection, "add"), {**FORM, "language": language})
    assert "Write the tag of a language, such as en or fa." in response.text
    assert not Collection.objects.exists()


def test_the_list_counts_sources_claims_and_questions(make, rivers, tom_client, address):
    counts = {make.source: 2, make.claim: 3, make.question: 4}
    for add, times in counts.items():
        for _number in range(times):
            add(collection=rivers)
    html = tom_client.get(address(Collection, "changelist")).text
    places = [html.index(f">{count}</td>") for count in counts.values()]
    assert places == sorted(places)


def test_a_collection_with_a_course_is_not_deleted(make, rivers, admin_client, address):
    make.course(collection=rivers)
    response = admin_client.post(address(rivers, "delete"), {"post": "yes"})
    assert "This can not be deleted, because it is in use here" in response.text
    assert Collection.objects.exists()
