import re

import pytest

from courses.models import Course

OPINION = "Up or down?\r\n Up \r\n\r\nDown"


@pytest.fixture
def form(rivers):
    return {"collection": rivers.pk, "slug": "rivers", "title": "Rivers", "language": "en", **management(0)}


def test_tom_makes_a_course(rivers, form, tom_client, address):
    assert tom_client.post(address(Course, "add"), form).status_code == 302
    assert Course.objects.get().collection == rivers


def test_the_page_orders_lessons_and_links_to_them(make, rivers, tom_client, address):
    course = make.course(collection=rivers)
    first = make.lesson(course=course, position=0, title="Springs")
    second = make.lesson(course=course, position=1, title="Wells")
    html = tom_client.get(address(course)).text
    assert f'<a href="{address(first)}">Springs</a>' in html
    form = {
        "title": "Rivers",
        "language": "en",
        **management(2),
        "lessons-0-id": first.pk,
        "lessons-0-position": "",
        "lessons-1-id": second.pk,
        "lessons-1-position": 1,
    }
    assert tom_client.post(address(course), form).status_code == 302
    assert list(course.lessons.order_by("position")) == [second, first]


def test_the_closing_question_is_written_line_by_line(form, tom_client, address):
    tom_client.post(address(Course, "add"), {**form, "opinion": OPINION})
    course = Course.objects.get()
    assert course.opinion == {"question": "Up or down?", "options": ["Up", "Down"]}
    assert "Up or down?\nUp\nDown</textarea>" in tom_client.get(address(course)).text
    tom_client.post(address(course), {**form, "opinion": ""})
    course.refresh_from_db()
    assert course.opinion == {}


def test_a_course_without_a_closing_question_is_saved_as_its_page_shows_it(make, rivers, form, tom_client, address):
    course = make.course(collection=rivers)
    html = tom_client.get(address(course)).text
    shown = re.search(r'<textarea name="opinion"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1].strip()
    assert shown == ""
    assert tom_client.post(address(course), {**form, "opinion": shown}).status_code == 302


@pytest.mark.parametrize("text", ["Up or down?", "Up or down?\nUp", "Up or down?\nUp\nUp"])
def test_a_closing_question_has_two_or_more_answers(text, form, tom_client, address):
    response = tom_client.post(address(Course, "add"), {**form, "opinion": text})
    assert "Below the question, write two or more answers, each another one." in response.text
    assert not Course.objects.exists()


def management(count):
    return {"lessons-TOTAL_FORMS": count, "lessons-INITIAL_FORMS": count}
