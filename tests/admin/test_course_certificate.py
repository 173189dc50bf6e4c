"""What a course's certificate asks for is chosen on its page."""

import pytest

from tests.progress import given_certificates as did


@pytest.fixture
def course(db):
    made = did.course()
    made.certificate = None
    made.save()
    return made


@pytest.fixture
def save(course, tom_client, address):
    def save(**sent):
        form = {"title": "Rivers", "language": "en", "lessons-TOTAL_FORMS": 0, "lessons-INITIAL_FORMS": 0, **sent}
        return tom_client.post(address(course), form)

    return save


def asked(course):
    course.refresh_from_db()
    return course.certificate


def test_a_tick_alone_asks_for_every_lesson(course, save):
    assert save(gives_certificate="on").status_code == 302
    assert asked(course) == {}
    save()
    assert asked(course) is None


def test_lessons_quiz_and_mark_are_kept_as_the_folder_would_have_them(course, save, tom_client, address):
    springs, quiz = course.lessons.get(slug="springs"), course.collection.quizzes.get()
    save(gives_certificate="on", certificate_lessons=[springs.pk], certificate_quiz=quiz.pk, certificate_mark="72.5")
    assert asked(course) == {"lessons": ["springs"], "quiz": "final", "mark": 0.725}
    html = tom_client.get(address(course)).text
    assert 'value="72.5"' in html
    assert f'<option value="{quiz.pk}" selected>Final quiz</option>' in html


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"certificate_quiz": True}, "Say which mark is needed in the quiz, in percent."),
        ({"certificate_mark": "70"}, "Choose the quiz in which the mark is to be earned."),
        ({"certificate_quiz": True, "certificate_mark": "101"}, "less than or equal to 100"),
    ],
)
def test_what_is_missing_is_said(course, save, sent, message):
    if "certificate_quiz" in sent:
        sent["certificate_quiz"] = course.collection.quizzes.get().pk
    response = save(gives_certificate="on", **sent)
    assert message in response.text
    assert asked(course) is None


def test_a_quiz_that_never_shows_its_mark_is_refused(course, save):
    quiz = course.collection.quizzes.get()
    quiz.sees_mark = "never"
    quiz.save()
    response = save(gives_certificate="on", certificate_quiz=quiz.pk, certificate_mark="70")
    assert "This quiz never shows its mark" in response.text


def test_a_quiz_of_another_course_is_not_offered(course, save, make):
    other = make.collection(slug="hills")
    quiz = make.quiz(collection=other, title="Hills", questions=[make.question(collection=other)])
    response = save(gives_certificate="on", certificate_quiz=quiz.pk, certificate_mark="70")
    assert response.status_code == 200
    assert asked(course) is None
