"""/notes/ and /notes/export/: all that was noted, listed and as Markdown."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accounts.models import User
from progress import highlight_views, notebook
from progress.models import Note
from tests import make
from tests.accounts.given import at
from tests.conftest import client_of
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.progress.notes import START, mark, marked

pytestmark = pytest.mark.usefixtures("lesson")
UPHILL = "/notes/rivers/springs/uphill-claim/"


def order(text: str, *parts: str) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


@pytest.mark.parametrize("is_learner", [True, False])
def test_it_says_how_to_begin(client, ada_client, is_learner):
    assert "Nothing is here yet." in (ada_client if is_learner else client).get("/notes/").text
    assert User.objects.count() == 1


def test_it_lists_what_was_noted_by_course_and_lesson_in_the_order_of_the_text(ada, ada_client, lesson):  # noqa: F811
    marked(ada_client, "Some say", "Who?", url=UPHILL)
    marked(ada_client, "It starts")
    marked(ada_client, "Water runs", "Where to?")
    Note.objects.create(learner=ada, lesson=lesson, text="On the questions.", written_at=at(0))
    text = ada_client.get("/notes/").text
    assert "4 notes and highlights" in text
    assert order(
        text, "Rivers", "Springs", "Water runs", "Where to?", "It starts", "Some say", "Who?", "On the questions."
    )
    assert 'href="/courses/rivers/lessons/springs/#passage-uphill-claim"' in text
    assert 'href="/progress/rivers/springs/reflect/"' in text


def test_what_is_written_is_shown_as_text(ada_client):
    marked(ada_client, "downhill", "<b>bold</b>\nnext")
    text = ada_client.get("/notes/").text
    assert "&lt;b&gt;bold&lt;/b&gt;<br>next" in text


def test_nobody_sees_what_others_noted(ada_client, eve):
    marked(ada_client, "downhill", "Ada's.")
    assert "Ada" not in client_of(eve).get("/notes/").text
    assert "Ada" not in client_of(eve).get("/notes/export/").text


def test_a_guest_is_told_where_it_is_kept(client):
    mark(client, "downhill")
    assert "This is kept in this browser only." in client.get("/notes/").text


def test_it_has_pages(ada_client, monkeypatch):
    monkeypatch.setattr(highlight_views, "A_PAGE", 2)
    for quote in ("Water", "runs", "starts"):
        marked(ada_client, quote)
    first, second = ada_client.get("/notes/").text, ada_client.get("/notes/?page=2").text
    assert "Page 1 of 2" in first
    assert ">Water<" in first
    assert ">starts<" in second
    for odd in ("?page=x", "?page=99", "?deleted=x", "?deleted=99", "?deleted=²", f"?deleted={'9' * 40}"):
        assert ada_client.get(f"/notes/{odd}").status_code == 200


def test_it_costs_the_same_however_much_there_is(ada_client, lesson, django_assert_max_num_queries):  # noqa: F811
    marked(ada_client, "Water")
    with django_assert_max_num_queries(8):
        ada_client.get("/notes/")
    other = make.lesson(course=lesson.course, slug="brooks", text="Brooks babble on. {#start}")
    for quote in ("Brooks", "babble", "on"):
        marked(ada_client, quote, "A note.", url=START.replace("springs", other.slug))
    with django_assert_max_num_queries(8):
        ada_client.get("/notes/")
    with django_assert_max_num_queries(8):
        ada_client.get("/notes/export/")


def test_the_export_is_markdown_with_quotes_notes_and_addresses(ada, ada_client, lesson):  # noqa: F811
    marked(ada_client, "Water runs", "Where *to*?\nOn and on.\n\n# No heading")
    Note.objects.create(learner=ada, lesson=lesson, text="On the questions.", written_at=at(0))
    response = ada_client.get("/notes/export/")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="my-notes-\d{4}-\d\d-\d\d\.md"', response["Content-Disposition"])
    assert response.text.startswith(
        "# My notes\n\n## Rivers\n\n### [Springs](<http://testserver/courses/rivers/lessons/springs/>)\n\n"
        "> Water runs\n\nWhere \\*to\\*?\\\nOn and on.\n\n\\# No heading\n\n"
    )
    assert "(<http://testserver/courses/rivers/lessons/springs/#passage-start>)" in response.text
    assert "**Questions to think about**\n\nOn the questions.\n\n*1 May 2026*" in response.text


def test_the_export_says_where_the_text_has_changed(ada_client, lesson):  # noqa: F811
    marked(ada_client, "Water runs")
    lesson.text = "All is new. {#start}"
    lesson.save()
    text = ada_client.get("/notes/export/").text
    assert "> Water runs" in text
    assert "the text has changed" in text


def test_where_a_course_is_retired_nothing_leads_to_it(ada_client, lesson):  # noqa: F811
    made = marked(ada_client, "downhill")
    lesson.course.retired = True
    lesson.course.save(update_fields=["retired"])
    assert ada_client.get("/notes/export/").text.endswith(" · its lesson can not be read any more\n")
    text = ada_client.get("/notes/").text
    assert "its lesson can not be read any more" in text
    assert "Show in the lesson" not in text
    page = ada_client.get(f"/notes/{made.pk}/").text
    assert "Its lesson can not be read any more." in page
    assert "Back to the passage" not in page


def test_the_export_of_a_stranger_asks_to_sign_in(client):
    assert "login" in client.get("/notes/export/")["Location"]


@given(text=st.text(st.sampled_from("ab1 .)+-=>#*_`[]()<>&|~\\!\"'\n\té中"), max_size=60))
def test_whatever_was_written_reads_the_same_in_the_export(text):
    """As CommonMark shows it, line by line; white space aside."""
    html = MarkdownIt("commonmark").enable("table").render(notebook._paragraphs(text))
    assert re.sub("</?p>|<br />", "", html).count("<") == 0
    shown = unescape(re.sub("<[^>]*>", "", html))
    assert [line.split() for line in shown.splitlines() if line.split()] == [
        line.split() for line in text.splitlines() if line.split()
    ]
