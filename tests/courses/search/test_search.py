"""The search page: whole and as a fragment, for whoever asks, whatever is asked."""

import re

import pytest
from django.utils import timezone

from courses.models import Course, SearchEntry
from progress.models import Highlight, Note
from tests.conftest import HTMX
from tests.pages import normal


def search(client, **asked):
    return client.get("/search/", asked)


def headings(response) -> list[str]:
    """Of the results, in their order."""
    found = re.findall(r"<h3>.*?<a [^>]*>(.*?)</a>", response.text, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", "", one).split()) for one in found]


def links(response) -> list[str]:
    return re.findall(r'<a href="([^"]*)"[^>]* data-hit', response.text)


@pytest.fixture
def note(lesson, ada):
    return Note.objects.create(
        learner=ada, lesson=lesson, text="رودخانه از چشمه می‌آید <b>downhill</b>", written_at=timezone.now()
    )


def test_before_anything_is_typed_the_page_says_what_can_be_found(client, lesson):
    page = search(client).text
    assert "In lessons, glossary, claims, sources and your own notes." in page
    assert 'action="/search/"' in page
    assert "autofocus" in page


def test_every_page_links_to_it(client, lesson):
    assert '<a class="find" href="/search/"' in client.get("/").text


def test_all_kinds_are_found_with_where_they_stand(client, lesson):
    page = search(client, q="water")
    assert dict(zip(headings(page), links(page), strict=True)) == {
        "Spring": "/courses/rivers/glossary/#spring",
        "Where water comes from": "/courses/rivers/lessons/springs/#where",
        "Water runs downhill.": "/courses/rivers/claims/downhill/",
        "Water runs uphill.": "/courses/rivers/claims/uphill/",
    }
    assert "4 results" in page.text
    assert "Lesson · Springs" in page.text
    assert re.search(r'tag attributed">Attributed</span>\s*<span class="as-of">A poet', page.text)


def test_a_result_s_address_is_a_place_on_its_page(client, lesson):
    for link in links(search(client, q="spring")) + links(search(client, q="slopes")):
        address, _hash, anchor = link.partition("#")
        page = client.get(address)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in page.text


def test_a_source_comes_with_publisher_and_date(client, lesson):
    page = " ".join(search(client, q="slopes").text.split())
    assert "Hydrological Office · May 2024" in page


def test_a_term_is_found_by_its_own_script_in_another_spelling(client, lesson):
    page = search(client, q="چشمة")
    assert headings(page) == ["Spring"]
    assert '<span class="script" lang="fa" dir="rtl"><mark>چشمه</mark>' in page.text


def test_a_term_is_found_by_its_other_names_and_says_by_which(client, lesson):
    term = lesson.course.terms.get()
    term.aliases = ["Fountainhead", "Source of a river"]
    term.save()
    page = search(client, q="fountain")
    assert headings(page) == ["Spring"]
    assert re.search(r"Also: *<bdi>\s*<mark>Fountainhead</mark>\s*</bdi></p>", page.text)
    assert "Source of a river" not in page.text
    assert "<bdi>Fountainhead</bdi>, <bdi>Source of a river</bdi>" in client.get("/courses/rivers/glossary/").text


def test_words_are_marked_in_the_text_as_it_was_written(client, lesson):
    assert "<mark>Water</mark> runs <mark>downhill</mark>." in search(client, q="WATER dówn").text


def test_nothing_of_what_is_found_or_typed_becomes_markup(ada_client, note):
    page = search(ada_client, q="downhill").text
    assert "&lt;b&gt;<mark>downhill</mark>&lt;/b&gt;" in page
    page = search(ada_client, q='"><script>alert(1)</script>').text
    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;' in page


def test_a_kind_is_chosen(client, lesson):
    page = search(client, q="water", kind="claim")
    assert headings(page) == ["Water runs downhill.", "Water runs uphill."]
    assert '<input type="hidden" name="kind" value="claim" form="search">' in page.text
    assert "2 results" in page.text
    assert re.search(r'href="/search/\?q=water&amp;kind=lesson"[^>]*>Lessons <small>1</small>', page.text)


def test_a_course_is_chosen_when_there_are_several(client, lesson, make):
    assert "<select" not in search(client, q="water").text
    hills = make.course(collection=make.collection(slug="hills", title="Hills"))
    make.lesson(course=hills, title="Passes", text="Water freezes.")
    page = search(client, q="water")
    assert "<select" in page.text
    assert "Passes" in headings(page)
    assert headings(search(client, q="water", course="hills")) == ["Passes"]
    assert headings(search(client, q="water", course="hills", kind="claim")) == []


def test_what_is_retired_is_not_found_even_past_the_index(client, lesson):
    assert headings(search(client, q="springs"))
    Course.objects.update(retired=True)
    assert SearchEntry.objects.exists()
    assert headings(search(client, q="springs")) == []


def test_questions_and_their_keys_are_not_found(client, lesson):
    for words in ("Which way", "What is wet", "Snow", "Right", "Why Right is so"):
        assert "Nothing was found." in search(client, q=f'"{words}"').text


def test_own_notes_are_found_in_any_spelling_and_stand_first(ada_client, note):
    page = search(ada_client, q="ميآيد")
    assert headings(page) == ["Springs"]
    assert links(page) == ["/progress/rivers/springs/reflect/"]
    assert "<mark>می‌آید</mark>" in page.text
    assert headings(search(ada_client, q="downhill"))[0] == "Springs"
    assert headings(search(ada_client, q="downhill", kind="own")) == ["Springs"]


def test_nobody_finds_another_learner_s_notes(eve_client, client, note):
    assert headings(search(eve_client, q="ميآيد")) == headings(search(client, q="ميآيد")) == []


def test_notes_on_a_retired_lesson_are_not_led_to(ada_client, note, lesson):
    lesson.retired = True
    lesson.save()
    assert headings(search(ada_client, q="ميآيد")) == []


def test_own_highlights_are_found_by_their_words_and_their_notes(ada, ada_client, lesson):
    marked = Highlight.objects.create(learner=ada, lesson=lesson, address="start", quote="It starts in a spring")
    noted = Highlight.objects.create(learner=ada, lesson=lesson, address="start", quote="Water", note="ask about dew")
    Highlight.objects.create(learner=ada, lesson=lesson, address="start", quote="dew", deleted_at=timezone.now())
    assert links(search(ada_client, q="it starts", kind="own")) == [marked.get_absolute_url()]
    page = search(ada_client, q="dew")
    assert links(page) == [noted.get_absolute_url()]
    assert ada_client.get(noted.get_absolute_url()).status_code == 200
    assert "ask about <mark>dew</mark> · Water" in page.text


def test_many_notes_have_a_page_of_their_own(ada, ada_client, lesson, make):
    for number in range(5):
        noted = make.lesson(course=lesson.course, title=f"Lesson {number}")
        Note.objects.create(learner=ada, lesson=noted, text="estuary", written_at=timezone.now())
    page = search(ada_client, q="estuary")
    assert len(headings(page)) == 3
    assert "All 5 of your notes with these words" in page.text
    assert len(headings(search(ada_client, q="estuary", kind="own"))) == 5


def test_htmx_gets_the_results_alone_and_they_are_those_of_the_whole_page(client, lesson):
    fragment = client.get("/search/", {"q": "water", "kind": "", "course": ""}, headers=HTMX)
    assert fragment.text.strip().startswith("<section")
    assert normal(fragment.text) in normal(search(client, q="water").text)
    assert 'data-announce="4 results"' in fragment.text
    assert fragment["HX-Replace-Url"] == "/search/?q=water"
    assert "HX-Request" in fragment["Vary"]


@pytest.fixture
def many(lesson, make):
    for number in range(45):
        make.claim(collection=lesson.course.collection, key=f"m-{number}", text=f"Meander {number} bends.")


def test_more_results_come_page_by_page_and_none_twice(client, many):
    pages = [search(client, q="meander", page=number) for number in (1, 2, 3)]
    found = [heading for page in pages for heading in headings(page)]
    assert [len(headings(page)) for page in pages] == [20, 20, 5]
    assert len(set(found)) == 45
    assert 'href="/search/?q=meander&amp;page=2"' in pages[0].text
    assert "These were the last results." in pages[2].text


def test_htmx_gets_more_results_alone_with_the_focus_on_the_first(client, many):
    fragment = client.get("/search/", {"q": "meander", "page": 2}, headers=HTMX).text
    assert len(re.findall("<li", fragment)) == 20
    assert "<section" not in fragment
    assert fragment.count("autofocus") == 1


def test_any_page_number_is_answered(client, many):
    for number in ("0", "-1", "x", "1.5", "9" * 20, "٣", "4", "50", "51"):
        assert search(client, q="meander", page=number).status_code == 200, number


TYPED = [
    *("*", '"', "(", ")", "a AND", "OR", "NOT x", "NEAR(a b)", "x:y", "{folded_title}: x", "^x", "a + b", "-x"),
    *("'; DROP TABLE x; --", "%", "_", "\\", "a\x00b", "\x00", "\ud800", "\ufffe", "🙂", "'", "a' | 'b", "<->", ":*"),
    *("!", "&", "|", "a:*AB", "中", "x" * 10_000, "word " * 2_000, '"' * 10_000, "é" * 5_000, "\u200c" * 300),
    *('"' + "w " * 90, "می رود " * 12),
]


def test_whatever_is_typed_is_answered(ada_client, note):
    for typed in TYPED:
        response = ada_client.get("/search/", {"q": typed.encode("utf-8", "surrogatepass")})
        assert response.status_code == 200, ascii(typed)


def test_too_much_is_cut_and_said_so(client, lesson):
    page = search(client, q="water " * 2000).text
    assert "That is more than can be looked for at once" in page
    assert len(page) < 20_000


def test_where_there_is_no_word_it_says_so(client, lesson):
    assert "There is no word in that." in search(client, q="***").text


def test_where_nothing_is_found_it_says_what_to_try(client, lesson):
    page = search(client, q="zebra", kind="claim").text
    assert "Nothing was found." in page
    assert "Look for fewer words" in page
    assert 'href="/search/?q=zebra">Look in everything' in page


def test_unknown_choices_count_as_none(client, lesson):
    assert len(headings(search(client, q="water", kind="question", course="hills", page="x"))) == 4


def test_queries_stay_the_same_however_much_is_found(ada_client, note, many, django_assert_num_queries):
    search(ada_client, q="meander")
    for words in ("downhill", "meander"):
        with django_assert_num_queries(8):  # session, user, courses, notes, highlights, numbers, the best, their rows
            search(ada_client, q=words)
