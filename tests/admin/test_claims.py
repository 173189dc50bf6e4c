import pytest
import time_machine

from courses.deriving import derive
from sources.models import Claim


@pytest.fixture
def form(rivers):
    return {"collection": rivers.pk, "key": "slope", "text": "Water runs downhill.", "status": "established"}


def test_tom_adds_a_claim_with_a_source(form, make, rivers, tom_client, address):
    source = make.source(collection=rivers)
    assert tom_client.post(address(Claim, "add"), {**form, "sources": [source.pk]}).status_code == 302
    assert list(Claim.objects.get().sources.all()) == [source]


def test_a_source_of_another_collection_is_refused(form, make, hills, tom_client, address):
    source = make.source(collection=hills, key="elsewhere")
    response = tom_client.post(address(Claim, "add"), {**form, "sources": [source.pk]})
    assert "This belongs to another collection: elsewhere." in response.text
    assert not Claim.objects.exists()


def test_a_saved_claim_takes_no_source_of_another_collection_either(form, make, rivers, hills, tom_client, address):
    claim = make.claim(collection=rivers)
    source = make.source(collection=hills, key="elsewhere")
    response = tom_client.post(address(claim), {**form, "sources": [source.pk]})
    assert "This belongs to another collection: elsewhere." in response.text
    assert not claim.sources.exists()


def test_an_attributed_claim_names_who_says_so(form, tom_client, address):
    response = tom_client.post(address(Claim, "add"), {**form, "status": "attributed"})
    assert "Name who says so, or choose another status." in response.text
    assert "constraint" not in response.text.lower()


def test_lines_end_as_in_a_course_folder(form, tom_client, address):
    tom_client.post(address(Claim, "add"), {**form, "text": "One line.\r\nAnother."})
    assert Claim.objects.get().text == "One line.\nAnother."


def test_the_list_counts_sources_and_citations(make, rivers, tom_client, address):
    claim = make.claim(collection=rivers, key="slope", sources=[make.source(collection=rivers)])
    text = "".join(f"Water.[^slope] {{#p{number}}}\n\n" for number in range(3))
    derive(lesson=make.lesson(course=make.course(collection=rivers), text=text))
    html = tom_client.get(address(Claim, "changelist")).text
    assert html.index(">1</td>") < html.index(">3</td>")
    assert "#p0" in tom_client.get(address(claim)).text


@time_machine.travel("2026-06-15 12:00", tick=False)
@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("past", {"yesterday"}),
        ("soon", {"today", "in-30-days"}),
        ("later", {"in-31-days"}),
        ("never", {"undated"}),
        ("", {"yesterday", "today", "in-30-days", "in-31-days", "undated"}),
    ],
)
def test_the_list_is_filtered_by_when_a_claim_is_to_be_checked_again(
    choice, expected, make, rivers, tom_client, address
):
    dates = {
        "yesterday": "2026-06-14",
        "today": "2026-06-15",
        "in-30-days": "2026-07-15",
        "in-31-days": "2026-07-16",
        "undated": None,
    }
    for key, date in dates.items():
        make.claim(collection=rivers, key=key, recheck_by=date)
    html = tom_client.get(address(Claim, "changelist"), {"recheck": choice} if choice else {}).text
    assert {key for key in dates if f">{key}</a>" in html} == expected


def test_a_cited_claim_is_not_deleted_and_the_page_says_what_to_do(make, rivers, tom_client, address):
    claim = make.claim(collection=rivers, key="slope")
    derive(lesson=make.lesson(course=make.course(collection=rivers), slug="springs", text="Water.[^slope] {#top}"))
    for response in (
        tom_client.post(address(claim, "delete"), {"post": "yes"}),
        tom_client.post(
            address(Claim, "changelist"), {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}
        ),
    ):
        assert "This can not be deleted, because it is in use here" in response.text
        assert "springs#top" in response.text
        assert "tick “retired”" in response.text
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_claim_that_a_question_or_an_option_stands_on_is_not_deleted(make, rivers, tom_client, address):
    claim = make.claim(collection=rivers)
    question = make.question(collection=rivers, key="which-way")
    question.options.first().claims.add(claim)
    response = tom_client.post(address(claim, "delete"), {"post": "yes"})
    assert "Question which-way" in response.text
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_claim_that_nothing_stands_on_is_deleted(make, rivers, tom_client, address):
    claim = make.claim(collection=rivers)
    assert tom_client.post(address(claim, "delete"), {"post": "yes"}).status_code == 302
    assert not Claim.objects.exists()
