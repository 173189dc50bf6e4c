import pytest
import time_machine
from django.test import Client

from progress.standings import DerivedStandings, last_place
from quizzes.publishing import publish
from tests import make
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.pages import filled, question_forms

pytestmark = pytest.mark.usefixtures("lesson")


def answer(client: Client, page: str, number: int, *choices: str) -> None:
    form = question_forms(client.get(page))[number]
    client.post(form["action"], filled(form, *choices))


def standing(learner, lesson):  # noqa: F811
    return DerivedStandings().of_lessons(learner, list(lesson.course.lessons.outline()))[lesson.pk]


def test_a_new_lesson_is_new(ada, lesson):  # noqa: F811
    one = standing(ada, lesson)
    assert (one.state, one.checks, one.answered, one.best) == ("new", 2, 0, None)


def test_checks_answered_are_counted_once_each_whatever_the_tries(ada, ada_client, lesson, url):  # noqa: F811
    answer(ada_client, url, 0, "Wrong")
    answer(ada_client, url, 0, "Right")
    one = standing(ada, lesson)
    assert (one.state, one.answered) == ("started", 1)


def test_all_checks_answered_is_done(ada, ada_client, lesson, url):  # noqa: F811
    answer(ada_client, url, 0, "Right")
    answer(ada_client, url, 1, "Rain")
    assert standing(ada, lesson).state == "done"


def test_a_revised_check_does_not_count_twice(ada, ada_client, lesson, url):  # noqa: F811
    answer(ada_client, url, 0, "Right")
    lesson.course.collection.questions.filter(key="slope").update(text="Which way indeed?")
    publish(quiz=lesson.checks)
    answer(ada_client, url, 1, "Rain")
    assert standing(ada, lesson).answered == 2


def test_best_and_last_mark_of_the_quiz(ada, ada_client, lesson):  # noqa: F811
    base = "/quizzes/rivers/springs/"
    for choice in ("Right", "Wrong"):
        ada_client.post(f"{base}start/")
        answer(ada_client, f"{base}1/", 0, choice)
        ada_client.post(f"{base}finish/")
    one = standing(ada, lesson)
    assert (one.best, one.last) == (1, 0)


def test_the_place_is_the_latest_of_check_quiz_and_reading(ada, ada_client, lesson, url):  # noqa: F811
    plain = make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1)
    place = DerivedStandings().place
    assert place(ada) is None
    with time_machine.travel("2026-11-01 10:00Z", tick=False):
        answer(ada_client, url, 0, "Right")
    assert place(ada).url == f"{url}#q-slope"
    with time_machine.travel("2026-11-01 11:00Z", tick=False):
        answer(ada_client, "/quizzes/rivers/springs/1/", 0, "Wrong")
    assert (place(ada).url, place(ada).in_quiz) == ("/quizzes/rivers/springs/", True)
    with time_machine.travel("2026-11-01 12:00Z", tick=False):
        ada_client.post("/progress/rivers/brooks/read/")
    assert last_place(ada).url == plain.get_absolute_url()


def test_from_a_lesson_that_is_done_one_goes_on_to_the_next(ada, ada_client, lesson, url):  # noqa: F811
    later = [make.lesson(course=lesson.course, slug=slug, title=slug, position=3 + n) for n, slug in enumerate("ab")]
    make.lesson(course=lesson.course, slug="gone", title="Gone", position=2, retired=True)

    def onward() -> tuple[str, bool]:
        here = DerivedStandings().place(ada)
        return here.title, here.is_next

    answer(ada_client, url, 0, "Right")
    assert onward() == ("Springs", False)
    answer(ada_client, url, 1, "Rain")
    assert onward() == ("a", True)
    for page in ("/", "/progress/"):
        assert "Your next lesson" in ada_client.get(page).text
        assert f'href="{later[0].get_absolute_url()}">Begin</a>' in ada_client.get(page).text
    ada_client.post("/progress/rivers/b/read/")
    assert onward() == ("a", True)
    ada_client.post("/progress/rivers/a/read/")
    assert onward() == ("a", False)
    for page in ("/", "/progress/"):
        assert f'href="{later[0].get_absolute_url()}">Read it again</a>' in ada_client.get(page).text


def test_a_quiz_of_the_whole_course_is_a_place_too(ada, ada_client, lesson):  # noqa: F811
    collection = lesson.course.collection
    make.quiz(collection=collection, slug="final", title="Final", questions=[make.question(collection=collection)])
    answer(ada_client, "/quizzes/rivers/final/1/", 0, "Wrong")
    place = DerivedStandings().place(ada)
    assert (place.title, place.url, place.in_quiz) == ("Final", "/quizzes/rivers/final/", True)
    assert "Final" in ada_client.get("/courses/rivers/").text


def test_a_lesson_is_done_since_the_last_of_its_checks_was_answered_first(ada, ada_client, lesson, url):  # noqa: F811
    for hour, number, choices in ((9, 0, ["Wrong"]), (11, 1, ["Rain"]), (12, 0, ["Right"])):
        assert standing(ada, lesson).done_at is None or hour == 12
        with time_machine.travel(f"2026-11-01 {hour:02}:00Z", tick=False):
            answer(ada_client, url, number, *choices)
    assert standing(ada, lesson).done_at.hour == 11


def test_a_lesson_without_checks_is_done_since_it_was_marked_as_read(ada, ada_client, lesson):  # noqa: F811
    plain = make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1)
    with time_machine.travel("2026-11-01 12:00Z", tick=False):
        ada_client.post("/progress/rivers/brooks/read/")
    assert standing(ada, plain).done_at.hour == 12
