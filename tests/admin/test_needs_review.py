"""The page with all that needs review, and what a teacher says about it there."""

from datetime import date
from typing import NamedTuple

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client

from courses.deriving import derive
from courses.models import Citation
from quizzes.models import Question
from sources.models import Claim, Collection
from tests import make
from tests.kept import kept, parts_of

URL = "/admin/courses/course/needs-review/"
WRITTEN, NOW, SOON = "2026-05-01 12:00", "2026-06-16 12:00", "2026-06-16 12:05"
EMPTY = "Nothing needs review"


class Waiting(NamedTuple):
    rivers: Collection
    claim: Claim


@kept
def waiting() -> Waiting:
    with time_machine.travel(WRITTEN, tick=False):
        rivers = make.collection(slug="rivers", title="Rivers")
        source = make.source(collection=rivers, url="https://example.org/survey")
        claim = make.claim(
            collection=rivers, key="slope", sources=[source], recheck_by="2026-06-15", checked_on="2026-01-02"
        )
        make.question(collection=rivers, key="which-way", text="Which way does it run?", claims=[claim])
        lesson = make.lesson(course=make.course(collection=rivers), title="Springs", text="Down.[^slope] {#down}")
        derive(lesson=lesson)
    return Waiting(rivers, claim)


@pytest.fixture
def claim(waiting) -> Claim:
    return waiting.claim


(rivers,) = parts_of("waiting", "rivers")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def form(page, **ticked):
    seen_at = page.text.split('name="seen_at" value="')[1].split('"')[0]
    return {"seen_at": seen_at, "recheck_by": "2027-06-16", **ticked}


def test_the_page_tells_what_why_and_where(claim, tom_client, address):
    page = " ".join(tom_client.get(URL).text.split())
    assert "It was to be checked again by June 15, 2026." in page
    assert "Last checked on Jan. 2, 2026." in page
    assert '<a href="https://example.org/survey"' in page
    assert f'<a href="{address(claim)}">slope</a>' in page
    assert f'href="{address(Question.objects.get())}" dir="auto">Which way does it run?</a>' in page
    assert f'href="{address(Citation.objects.get().lesson)}">Edit “Springs”</a>' in page
    assert "#down" in page


def test_a_claim_that_still_holds_gets_a_new_date_and_all_of_it_leaves_the_page(claim, tom, tom_client, said):
    page = tom_client.get(URL)
    response = tom_client.post(URL, form(page, claims=claim.pk))
    assert response.url == URL
    assert "Confirmed: claims 1, questions 0, passages 0." in said(response)
    claim.refresh_from_db()
    assert (claim.checked_on, claim.recheck_by) == (date(2026, 6, 16), date(2027, 6, 16))
    assert EMPTY in tom_client.get(URL).text
    assert LogEntry.objects.get(user=tom).change_message == "Confirmed: the claim still holds."


def test_a_year_is_proposed(claim, tom_client):
    assert 'type="date" name="recheck_by" value="2027-06-16"' in tom_client.get(URL).text


def test_questions_and_passages_are_confirmed_one_by_one(claim, tom_client, said):
    page = tom_client.get(URL)
    ticked = {"questions": Question.objects.get().pk, "passages": Citation.objects.get().pk}
    response = tom_client.post(URL, form(page, **ticked))
    assert "Confirmed: claims 0, questions 1, passages 1." in said(response)
    page = tom_client.get(URL).text
    assert "which-way" not in page
    assert "Nothing on it waits to be looked at." in page
    assert LogEntry.objects.count() == 2


def test_a_claim_that_was_edited_in_the_admin_brings_up_what_stands_on_it(claim, tom_client, address, said, now):
    Claim.objects.update(recheck_by=None)
    assert EMPTY in tom_client.get(URL).text
    edited = {"text": "Water runs uphill.", "status": "established", "checked_on": "2026-01-02"}
    response = tom_client.post(address(claim), {**edited, "sources": [claim.sources.get().pk]})
    assert f'<a href="{URL}">Look at them</a>' in said(response)
    page = tom_client.get(URL).text
    assert "It was changed on June 16, 2026." in page
    assert "which-way" in page


@pytest.mark.parametrize(
    ("change", "waits"),
    [
        ({}, False),
        ({"text": "Water runs downhill.\r\n  "}, False),
        ({"text": "Water runs uphill."}, True),
        ({"status": "disputed"}, True),
        ({"as_of": "2026"}, True),
        ({"sources": []}, True),
        ({"retired": "on"}, True),
        ({"text": "Water runs uphill.", "recheck_by": "2027-01-01"}, True),
    ],
)
def test_what_counts_as_a_change(change, waits, claim, tom_client, address):
    Claim.objects.update(recheck_by=None, text="Water runs downhill.\n")
    same = {"text": "Water runs downhill.", "status": "established", "checked_on": "2026-01-02"}
    same["sources"] = [claim.sources.get().pk]
    assert tom_client.post(address(claim), {**same, **change}).status_code == 302
    assert ("which-way" in tom_client.get(URL).text) is waits


@pytest.mark.parametrize("dates", [{"checked_on": "2026-06-16"}, {"recheck_by": "2027-06-16"}])
def test_new_dates_on_the_claims_own_page_confirm_it_too(dates, claim, tom_client, address):
    Claim.objects.update(recheck_by=None)
    Claim.objects.all().put_in_doubt()
    edited = {"text": claim.text, "status": claim.status, "checked_on": "2026-01-02"}
    tom_client.post(address(claim), {**edited, "sources": [claim.sources.get().pk], **dates})
    assert EMPTY in tom_client.get(URL).text


def test_what_was_changed_while_the_page_was_open_stays(claim, tom_client, said, now):
    page = tom_client.get(URL)
    now.move_to(SOON)
    Claim.objects.all().put_in_doubt()
    response = tom_client.post(URL, form(page, claims=claim.pk))
    assert "Nothing was confirmed: it was changed meanwhile." in said(response)
    assert "which-way" in tom_client.get(URL).text


def test_a_passage_that_is_gone_meanwhile_confirms_nothing(claim, tom_client):
    page = tom_client.get(URL)
    passage = Citation.objects.get().pk
    Citation.objects.all().delete()
    response = tom_client.post(URL, form(page, claims=claim.pk, passages=passage))
    assert response.status_code == 422
    assert "changed by somebody else meanwhile" in response.text
    assert f'name="claims" value="{claim.pk}" checked' in response.text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claims": ""}, "Tick what you have looked at"),
        ({"recheck_by": "2026-06-16"}, "Choose a day that is still to come."),
        ({"recheck_by": "soon"}, "Enter a valid date."),
        ({"seen_at": "now"}, "Enter a valid date/time."),
        ({"seen_at": ""}, "This field is required."),
        ({"claims": "x"}, "changed by somebody else meanwhile"),
    ],
)
def test_bad_input_is_told_and_confirms_nothing(change, message, claim, tom_client):
    given = {**form(tom_client.get(URL), claims=claim.pk), **change}
    response = tom_client.post(URL, {name: value for name, value in given.items() if value or name != "claims"})
    assert response.status_code == 422
    assert message in response.text
    claim.refresh_from_db()
    assert claim.recheck_by == date(2026, 6, 15)


def test_a_claim_without_a_new_date_is_never_asked_about_again(claim, tom_client):
    tom_client.post(URL, {**form(tom_client.get(URL), claims=claim.pk), "recheck_by": ""})
    claim.refresh_from_db()
    assert claim.recheck_by is None


def test_many_claims_come_on_pages_and_cost_the_same_queries(claim, rivers, tom_client, django_assert_max_num_queries):
    for number in range(25):
        make.claim(collection=rivers, key=f"claim-{number}", recheck_by="2026-06-01")
    with django_assert_max_num_queries(16):
        first = tom_client.get(URL).text
    assert "Page 1 of 2, 26 claims" in " ".join(first.split())
    second = tom_client.get(URL, {"page": 2})
    assert "slope" in second.text
    assert tom_client.post(f"{URL}?page=2", form(second, claims=claim.pk)).url == f"{URL}?page=2"
    assert tom_client.get(URL, {"page": "x"}).status_code == 200


def test_other_peoples_collections_are_neither_shown_nor_confirmed(claim, rivers, tom_client):
    page = tom_client.get(URL)
    rivers.open_to_teachers = False
    rivers.save()
    assert EMPTY in tom_client.get(URL).text
    assert tom_client.post(URL, form(page, claims=claim.pk)).status_code == 422
    claim.refresh_from_db()
    assert claim.recheck_by == date(2026, 6, 15)


@pytest.mark.parametrize("who", ["ada_client", "eve_client", "gus_client", None])
def test_learners_and_strangers_see_and_say_nothing(who, claim, tom_client, request):
    client = request.getfixturevalue(who) if who else Client()
    page = tom_client.get(URL)
    assert client.get(URL).status_code in {302, 403}
    assert client.post(URL, form(page, claims=claim.pk)).status_code in {302, 403}
    claim.refresh_from_db()
    assert claim.recheck_by == date(2026, 6, 15)


def test_nothing_on_the_page_is_blocked_by_the_policy(claim, tom_client, blocked_by_policy):
    assert blocked_by_policy(tom_client.get(URL).text) == []


def test_the_list_of_courses_leads_there(tom_client):
    assert f'<a href="{URL}">Needs review</a>' in tom_client.get("/admin/courses/course/").text


# On the page of a question, and back


def question_page(client, address):
    return " ".join(client.get(address(Question.objects.get())).text.split())


def test_the_question_s_page_says_which_claim_is_in_doubt_and_why_and_where_to_confirm(claim, tom_client, address):
    html = question_page(tom_client, address)
    assert '<h2 id="needs-review">Needs review</h2>' in html
    assert f'<a href="{address(claim)}">slope</a>: <span dir="auto">Water runs downhill.</span>' in html
    assert "It was to be checked again by June 15, 2026." in html
    assert "save it, changed or not, and it counts as reviewed" in html
    assert f'href="{URL}?question={Question.objects.get().pk}"' in html


def test_the_question_s_page_says_that_a_claim_was_changed(claim, tom_client, address):
    Claim.objects.update(recheck_by=None)
    assert "needs-review" not in question_page(tom_client, address)
    Claim.objects.all().put_in_doubt()
    assert "It was changed on June 16, 2026." in question_page(tom_client, address)


def test_a_claim_of_an_option_alone_is_named_too(claim, tom_client, address):
    question = Question.objects.get()
    question.claims.clear()
    assert ">slope</a>" in question_page(tom_client, address)


@pytest.mark.parametrize("fields", [{"reviewed_at": "2026-06-16T12:00Z"}, {"retired": True}])
def test_a_question_that_was_looked_at_since_or_is_retired_needs_no_review(fields, claim, tom_client, address):
    Question.objects.update(**fields)
    assert "needs-review" not in question_page(tom_client, address)


def test_the_page_shows_the_claims_of_one_question_and_leads_back(claim, rivers, tom_client, address):
    make.claim(collection=rivers, key="elsewhere", recheck_by="2026-06-01")
    question = Question.objects.get()
    page = tom_client.get(URL, {"question": question.pk}).text
    assert "slope" in page
    assert "elsewhere" not in page
    assert f'<a href="{address(question)}">Back to the question</a>' in page
    assert (
        tom_client.post(f"{URL}?question={question.pk}", form(tom_client.get(URL), claims=claim.pk)).status_code == 302
    )
    assert "needs-review" not in question_page(tom_client, address)


@pytest.mark.parametrize("pk", ["x", "", "0", "9" * 40])
def test_a_question_that_is_none_shows_all(pk, claim, tom_client):
    assert "slope" in tom_client.get(URL, {"question": pk}).text


def test_the_list_of_questions_is_filtered_by_it(claim, rivers, tom_client, address):
    make.question(collection=rivers, key="at-rest")
    html = tom_client.get(address(Question, "changelist"), {"review": "yes"}).text
    assert ">which-way</a>" in html
    assert ">at-rest</a>" not in html
    assert ">at-rest</a>" in tom_client.get(address(Question, "changelist"), {"review": "no"}).text


def test_the_claim_s_page_says_that_it_is_in_doubt_and_leads_here(claim, tom_client, address):
    html = " ".join(tom_client.get(address(claim)).text.split())
    assert "It was to be checked again by June 15, 2026." in html
    assert f'<a href="{URL}">' in html
    Claim.objects.update(recheck_by="2027-06-15")
    assert f'<a href="{URL}">' not in tom_client.get(address(claim)).text


def test_claims_that_were_changed_are_listed(claim, rivers, tom_client, address):
    make.claim(collection=rivers, key="changed", changed_at="2026-06-16T11:00Z")
    html = tom_client.get(address(Claim, "changelist"), {"recheck": "changed"}).text
    assert ">changed</a>" in html
    assert ">slope</a>" not in html
