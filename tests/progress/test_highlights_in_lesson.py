"""Highlights in the lesson: where the words are now, whatever became of the text."""

import re

import pytest

from progress import highlights
from progress.models import Highlight
from tests import make
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.progress.notes import marked, rewrite


def marks(response) -> list[str]:
    return [re.sub("<[^>]*>", "", found) for found in re.findall("<mark[^>]*>(.*?)</mark>", response.text)]


@pytest.fixture
def placed(ada):
    def placed() -> highlights.Placed:
        (one,) = highlights.place(ada.highlights.with_lessons())
        return one

    return placed


def test_the_words_are_marked_and_the_note_stands_beside(ada_client, url):  # noqa: F811
    made = marked(ada_client, "It starts in a spring", "Which <one>?")
    text = ada_client.get(url).text
    assert "".join(marks(ada_client.get(url))) == "It starts in a spring"
    assert "Which &lt;one&gt;?" in text
    assert f'href="/notes/{made.pk}/"' in text


def test_every_passage_has_a_link_to_note_on_it_and_headings_have_none(client, url):  # noqa: F811
    text = client.get(url).text
    assert re.findall(r'class="jot" href="([^"]+)"', text) == [
        f"/notes/rivers/springs/{anchor}/" for anchor in ("start", "uphill-claim", "since-2025")
    ]


def test_a_note_on_a_whole_passage_marks_nothing(ada_client, url):  # noqa: F811
    marked(ada_client, text="On all of it.")
    response = ada_client.get(url)
    assert marks(response) == []
    assert "On all of it." in response.text


def test_a_lesson_costs_one_query_more_whatever_was_noted(ada, ada_client, lesson, url, django_assert_num_queries):  # noqa: F811
    ada_client.get(url)
    with django_assert_num_queries(1):
        assert highlights.found_in(ada, lesson) == []
    other = make.lesson(course=lesson.course, slug="brooks", text="Another lesson of the same words. {#start}")
    for number in range(20):
        Highlight.objects.create(learner=ada, lesson=lesson, address="start", quote="downhill", place=number)
        Highlight.objects.create(learner=ada, lesson=other, address="start", quote="the same words", place=number)
    with django_assert_num_queries(1):
        highlights.found_in(ada, lesson)


def test_a_stranger_pays_nothing(client, url, django_assert_max_num_queries):  # noqa: F811
    client.get(url)
    with django_assert_max_num_queries(11) as queries:
        client.get(url)
    assert not [query for query in queries if "highlight" in query["sql"]]


def test_it_stays_when_the_text_around_it_changes(ada_client, lesson, url, placed):  # noqa: F811
    marked(ada_client, "starts in a")
    rewrite(lesson, "Water runs downhill.[^downhill]", "Everywhere water runs down.")
    assert marks(ada_client.get(url)) == ["starts in a"]
    assert not placed().is_changed


def test_it_stays_when_the_passage_moves_in_the_lesson(ada_client, lesson, url):  # noqa: F811
    marked(ada_client, "runs downhill")
    first = lesson.text[lesson.text.index("Water") : lesson.text.index(":::check slope")]
    lesson.text = lesson.text.replace(first, "") + f"\n\n{first}"
    lesson.save()
    assert marks(ada_client.get(url)) == ["runs downhill"]


def test_it_follows_its_passage_to_another_lesson(ada_client, lesson, url, placed, django_assert_num_queries):  # noqa: F811
    marked(ada_client, "runs downhill", "Still?")
    first = lesson.text[lesson.text.index("Water") : lesson.text.index(":::check slope")]
    rewrite(lesson, first, "")
    other = make.lesson(course=lesson.course, slug="brooks", title="Brooks", text=first)
    assert marks(ada_client.get(url)) == []
    assert marks(ada_client.get(other.get_absolute_url())) == ["runs downhill"]
    assert placed().url == f"{other.get_absolute_url()}#passage-start"
    assert "Still?" in ada_client.get("/notes/").text


def test_it_is_not_shown_in_a_second_lesson_that_says_the_same(ada_client, lesson, url):  # noqa: F811
    marked(ada_client, "runs downhill")
    first = lesson.text[lesson.text.index("Water") : lesson.text.index(":::check slope")]
    other = make.lesson(course=lesson.course, slug="brooks", text=first)
    assert marks(ada_client.get(url)) == ["runs downhill"]
    assert marks(ada_client.get(other.get_absolute_url())) == []


def test_a_little_rewording_is_marked_and_said(ada_client, lesson, url, placed):  # noqa: F811
    rewrite(lesson, "It starts in a", "As a rule, it always starts in some small, high and hidden place: a")
    made = marked(ada_client, "it always starts in some small, high and hidden place")
    rewrite(lesson, "hidden place", "secret place")
    assert marks(ada_client.get(url)) == ["it always starts in some small, high and secret place"]
    assert placed().is_changed
    assert "changed a little" in ada_client.get(f"/notes/{made.pk}/").text


def test_where_the_words_are_gone_it_is_kept_and_listed_as_that(ada_client, lesson, url, placed):  # noqa: F811
    made = marked(ada_client, "runs downhill", "Does it?")
    rewrite(lesson, "Water runs downhill.[^downhill] It starts", "All of this is new. It starts")
    assert marks(ada_client.get(url)) == []
    assert placed().found is None
    for page in ("/notes/", f"/notes/{made.pk}/"):
        text = ada_client.get(page).text
        assert "runs downhill" in text
        assert "Does it?" in text
        assert "text has changed" in text
    rewrite(lesson, "All of this is new. It starts", "Water runs downhill.[^downhill] It starts")
    assert marks(ada_client.get(url)) == ["runs downhill"]


def test_a_retired_lesson_keeps_what_was_noted_on_it(ada_client, lesson, placed):  # noqa: F811
    made = marked(ada_client, "runs downhill", "Mine.")
    lesson.retired = True
    lesson.save()
    assert placed().url == ""
    for page in ("/notes/", f"/notes/{made.pk}/", "/notes/export/", f"/notes/{made.pk}/ask/"):
        response = ada_client.get(page)
        assert response.status_code == 200
        assert lesson.get_absolute_url() not in response.text
    assert ada_client.post(f"/notes/{made.pk}/", {"text": "Still mine."}).status_code == 422


def test_overlapping_highlights_are_both_marked(ada_client, url):  # noqa: F811
    one, other = marked(ada_client, "Water runs"), marked(ada_client, "runs downhill")
    text = ada_client.get(url).text
    assert f'<mark data-highlight="{one.pk} {other.pk}">runs</mark>' in text


def test_a_term_keeps_its_meaning_and_a_footnote_its_link(ada_client, url):  # noqa: F811
    marked(ada_client, "downhill. It starts in a spring")
    text = ada_client.get(url).text
    assert re.search(r'<a class="term"[^>]*><mark[^>]*>spring</mark></a><span class="meaning"', text)
    assert re.search(r'</mark><sup class="ref"><a href="#start-1"', text)
