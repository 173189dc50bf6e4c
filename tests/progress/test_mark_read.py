from accounts.models import User
from tests import make
from tests.courses.conftest import lesson, url  # noqa: F401


def test_a_lesson_without_checks_can_be_marked_as_read_once(client, lesson):  # noqa: F811
    plain = make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1)
    assert "Mark as read" in client.get(plain.get_absolute_url()).text
    for _ in range(2):
        assert client.post("/progress/rivers/brooks/read/").url == plain.get_absolute_url()
    assert User.objects.get().readings.count() == 1
    assert "You have read this lesson." in client.get(plain.get_absolute_url()).text
    assert "done" in client.get("/courses/rivers/").text


def test_a_lesson_with_checks_offers_no_such_button(client, url):  # noqa: F811
    assert "Mark as read" not in client.get(url).text


def test_an_unknown_lesson_can_not_be_marked(client, lesson):  # noqa: F811
    assert client.post("/progress/rivers/nope/read/").status_code == 404
    assert client.get("/progress/rivers/springs/read/").status_code == 405
