"""All sources of a course, lesson by lesson."""

import re

import pytest

from courses.deriving import derive
from sources.models import Claim, Source
from tests import make
from tests.conftest import HTMX
from tests.pages import normal

URL = "/courses/rivers/sources/"


@pytest.fixture
def brooks(lesson):
    """A second lesson that cites a claim of its own, resting on two sources, one of which the first lesson has too."""
    rivers = lesson.course.collection
    sources = [
        rivers.sources.get(key="s1"),
        make.source(collection=rivers, key="s2", title="a brook", date="2023-01-02"),
    ]
    make.claim(collection=rivers, key="brooks", sources=sources)
    made = make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1, text="Small.[^brooks] {#small}")
    derive(lesson=made)
    return made


def groups(text: str) -> dict[str, str]:
    """The HTML of each group by its heading, in the order of the page."""
    found = {}
    for group in text.partition("</nav>\n        ")[2].split("<section>")[1:]:
        heading = re.search(r"<h2[^>]*>\s*(?:<a [^>]*>)?([\w ]+)", group)
        assert heading
        found[heading[1].strip()] = group
    return found


def test_a_source_has_title_address_publisher_date_and_how_many_claims_rest_on_it(client, lesson):
    text = client.get(URL).text
    assert '<a href="https://x.test/1" rel="noopener noreferrer">Slopes</a>' in text
    assert "Hydrological Office, May 2024" in text
    assert "· 2 claims" in text


def test_a_source_without_address_or_date_is_told_as_it_is(client, lesson):
    Source.objects.update(url="", date="")
    text = client.get(URL).text
    assert "Slopes" in text
    assert ">Slopes</a>" not in text
    assert "Hydrological Office, undated" in text


def test_a_source_stands_under_every_lesson_that_cites_a_claim_resting_on_it(client, brooks):
    found = groups(client.get(URL).text)
    assert list(found) == ["Springs", "Brooks"]
    assert "Slopes" in found["Springs"]
    assert 'id="s2"' not in found["Springs"]
    assert "one source" in found["Springs"]
    assert "2 sources" in found["Brooks"]


def test_sources_of_a_lesson_stand_in_the_order_of_their_titles(client, brooks):
    in_brooks = groups(client.get(URL).text)["Brooks"]
    assert in_brooks.index("a brook") < in_brooks.index("Slopes")


def test_each_source_has_one_anchor_on_the_page(client, brooks):
    text = client.get(URL).text
    assert text.count("Slopes</a>") == 2
    assert text.count('id="s1"') == 1
    assert 'id="s1"' in client.get(f"{URL}?lesson=brooks").text


def test_one_lesson_alone(client, brooks):
    text = client.get(f"{URL}?lesson=springs").text
    assert list(groups(text)) == ["Springs"]
    assert "Slopes" in groups(text)["Springs"]
    assert text.count('aria-current="true"') == 1


def test_the_fragment_is_the_part_of_the_page(client, brooks):
    for url in (URL, f"{URL}?lesson=brooks"):
        fragment = client.get(url, headers=HTMX).text
        assert "<html" not in fragment
        assert "autofocus" in fragment
        assert normal(fragment) in normal(client.get(url).text)


def test_what_no_passage_rests_on_comes_last_and_under_no_lesson(client, brooks):
    make.source(collection=brooks.course.collection, key="s3", title="Deserts")
    found = groups(client.get(URL).text)
    assert list(found)[-1] == "Cited by no passage"
    assert "Deserts" in found["Cited by no passage"]
    assert "· 0 claims" in found["Cited by no passage"]
    assert "Deserts" not in client.get(f"{URL}?lesson=brooks").text


def test_what_is_retired_does_not_count(client, brooks):
    uphill = Claim.objects.get(key="uphill")
    uphill.sources.add(make.source(collection=uphill.collection, title="Peaks"))
    assert "Peaks" in groups(client.get(URL).text)["Springs"]
    Claim.objects.filter(key="uphill").update(retired=True)
    Source.objects.filter(key="s2").update(retired=True)
    brooks.retired = True
    brooks.save()
    text = client.get(URL).text
    assert list(groups(text)) == ["Springs", "Cited by no passage"]
    assert "a brook" not in text
    assert "Peaks" in groups(text)["Cited by no passage"]
    assert "· 2 claims" in groups(text)["Springs"]


def test_nothing_yet(client, db):
    course = make.course(collection=make.collection(slug="rivers"))
    assert "This course names no sources yet." in client.get(URL).text
    make.lesson(course=course, slug="springs")
    assert "No passage of this lesson cites a claim" in client.get(f"{URL}?lesson=springs").text


@pytest.mark.parametrize("url", ["/courses/nope/sources/", f"{URL}?lesson=nope"])
def test_an_unknown_course_or_lesson_is_not_found(client, lesson, url):
    assert client.get(url).status_code == 404


def test_the_course_its_lessons_and_the_page_about_it_lead_here(client, lesson, url):
    for page in ("/courses/rivers/", url, "/courses/rivers/about/"):
        assert f'href="{URL}"' in client.get(page).text


def test_it_costs_the_same_when_everything_doubles(client, brooks, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(URL)
    rivers = brooks.course.collection
    for n in range(6):
        make.claim(collection=rivers, key=f"more-{n}", sources=[make.source(collection=rivers), *rivers.sources.all()])
        derive(lesson=make.lesson(course=brooks.course, text=f"More.[^more-{n}] {{#more}}", position=n + 2))
    with django_assert_num_queries(4):
        assert client.get(URL).text.count("<section>") == 8
