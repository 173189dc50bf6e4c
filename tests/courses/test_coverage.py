"""How far a course covers the text it is about."""

import re

import pytest

from courses.deriving import derive
from courses.models import Coverage
from quizzes.models import Question
from sources.models import Claim
from tests import make

URL = "/courses/rivers/coverage/"
SECTIONS = [
    {
        "code": "I",
        "title": "Introduction",
        "statements": [
            {"sentence": "1", "says": "Water runs *down*", "claims": ["downhill"]},
            {"sentence": "2-3", "says": "Or up, say some", "claims": ["uphill"]},
        ],
    },
    {
        "code": "Z",
        "title": "Conclusion",
        "statements": [
            {"sentence": "1", "says": "Deserts are dry", "claims": ["deserts"]},
            {"sentence": "2", "says": "Thanks for reading", "exempt": "It claims nothing."},
        ],
    },
]


@pytest.fixture
def coverage(lesson) -> Coverage:
    """Four statements: one is taught and asked, one taught, one neither, one needs no claim."""
    make.claim(collection=lesson.course.collection, key="deserts")
    return lesson.course.coverages.create(source="s1", title="What the survey says", sections=SECTIONS)


def row(text: str, name: str) -> str:
    """The HTML of a statement's row, its white space evened out."""
    found = re.search(rf'<tr id="{name}">(.*?)</tr>', text, re.S)
    assert found
    return " ".join(found[1].split())


def test_a_statement_has_its_claims_and_the_passages_that_teach_it(client, coverage, url):
    text = client.get(URL).text
    assert "What the survey says" in text
    assert "Slopes" in text
    assert "Introduction" in text
    taught = row(text, "I-1")
    assert "Water runs <em>down</em>" in taught
    assert 'href="/courses/rivers/claims/downhill/"' in taught
    for anchor in ("start", "uphill-claim", "since-2025"):
        assert f'href="{url}#{anchor}"' in taught
    assert "Springs" in taught
    assert ">Where water comes from</a>" in taught
    also = row(text, "I-2-3")
    assert f'href="{url}#uphill-claim"' in also
    assert f'href="{url}#start"' not in also


def test_it_counts_each_question_once_and_names_none(client, coverage):
    text = client.get(URL).text
    assert 'data-label="Questions">3</td>' in row(text, "I-1")
    assert "none yet" in row(text, "I-2-3")
    for words in ("Which way?", "What is wet?", "slope", "tick"):
        assert words not in text


def test_a_question_counts_by_its_explanation_or_by_an_option(client, coverage, lesson):
    rivers = lesson.course.collection
    uphill = rivers.claims.get(key="uphill")
    by_option, by_key = (make.question(collection=rivers) for _ in range(2))
    by_option.options.first().claims.add(uphill)
    by_key.claims.add(uphill)
    assert 'data-label="Questions">2</td>' in row(client.get(URL).text, "I-2-3")
    Question.objects.filter(pk=by_key.pk).update(retired=True)
    assert 'data-label="Questions">1</td>' in row(client.get(URL).text, "I-2-3")


def test_it_says_what_is_not_taught_and_not_asked_yet(client, coverage):
    text = client.get(URL).text
    top = " ".join(text.partition("<table")[0].split())
    assert "4 statements, one of which needs no claim" in top
    assert 'One is not taught yet: <a href="#Z-1">Z-1</a>' in top
    assert '2 are asked by no question yet: <a href="#I-2-3">I-2-3</a> <a href="#Z-1">Z-1</a>' in top
    assert "not yet" in row(text, "Z-1")


def test_it_says_when_all_is_taught_and_asked(client, coverage):
    coverage.sections = [{"code": "I", "title": "All", "statements": [SECTIONS[0]["statements"][0]]}]
    coverage.save()
    text = client.get(URL).text
    assert "All that need a claim are taught" in text
    assert "All that need a claim are asked" in text
    assert "needs no claim" not in text


def test_what_needs_no_claim_says_why(client, coverage):
    assert "It claims nothing." in row(client.get(URL).text, "Z-2")


def test_what_is_retired_teaches_nothing(client, coverage, lesson):
    Claim.objects.filter(key="uphill").update(retired=True)
    lesson.retired = True
    lesson.save()
    text = client.get(URL).text
    assert "claims/uphill/" not in text
    assert "3 are not taught yet" in text


def test_a_source_that_is_gone_is_left_out(client, coverage):
    coverage.source = "gone"
    coverage.save()
    response = client.get(URL)
    assert response.status_code == 200
    assert "Slopes" not in response.text


def test_about_leads_here_where_there_is_something(client, lesson):
    assert URL not in client.get("/courses/rivers/about/").text
    lesson.course.coverages.create(source="s1", title="What the survey says", sections=SECTIONS)
    assert f'<a href="{URL}">What the survey says</a>' in client.get("/courses/rivers/about/").text


def test_a_course_without_a_coverage_has_no_such_page(client, lesson):
    assert client.get(URL).status_code == 404
    lesson.course.coverages.create(source="s1", title="Old", sections=SECTIONS, retired=True)
    assert client.get(URL).status_code == 404
    assert client.get("/courses/nope/coverage/").status_code == 404


def test_it_costs_the_same_when_everything_doubles(client, coverage, lesson, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get(URL)
    rivers = lesson.course.collection
    statements = []
    for n in range(6):
        claim = make.claim(collection=rivers, key=f"more-{n}")
        make.question(collection=rivers, claims=[claim])
        derive(lesson=make.lesson(course=lesson.course, text=f"More.[^more-{n}] {{#more}}", position=n + 1))
        statements.append({"sentence": str(n), "says": "More", "claims": [claim.key]})
    coverage.sections = [*SECTIONS, {"code": "M", "title": "More", "statements": statements}]
    coverage.save()
    with django_assert_num_queries(8):
        assert client.get(URL).text.count('data-label="Questions">1</td>') == 6
