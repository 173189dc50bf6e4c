"""GET /progress/: where a learner stands."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.guests import merge
from progress.models import ReviewSettings
from quizzes.models import Attempt, Response
from quizzes.publishing import publish
from tests import make
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.pages import filled, question_forms
from tests.progress.conftest import Reviewer, quiz_of

URL = "/progress/"


def plain(reviewer: Reviewer) -> str:
    """The words of the page."""
    text = re.sub(r"<svg.*?</svg>", "", reviewer.get(URL).text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def springs(rivers):
    """A lesson with three objectives and a quiz of six, k0 to k5, which asks how sure one is. k0 to k2 test the first
    objective, k5 the second."""
    quiz = quiz_of(rivers, "pond", *(f"k{number}" for number in range(6)), confidence="asked")
    rivers.questions.filter(key__in=["k0", "k1", "k2"]).update(objective="down")
    rivers.questions.filter(key="k5").update(objective="why")
    objectives = ["tell up from down {#down}", "say why {#why}", "be glad {#gladness}"]
    return make.lesson(course=make.course(collection=rivers), title="Springs", quiz=quiz, objectives=objectives)


def test_a_stranger_is_told_how_to_begin(client, db):
    text = client.get(URL).text
    assert "Nothing is here yet." in text
    assert "<svg" not in text


def test_whoever_has_done_nothing_is_told_the_same(ada_client):
    text = ada_client.get(URL).text
    assert "Nothing is here yet." in text
    assert "<svg" not in text


def test_progress_shows_each_lesson_with_checks_and_quiz(client, url):  # noqa: F811
    form = question_forms(client.get(url))[0]
    client.post(form["action"], filled(form, "Right"))
    text = client.get(URL).text
    assert "Springs" in text
    assert "1 / 2" in text
    assert "in part" in text
    assert "Sign up to find it on every device" in text


def test_a_guest_whose_session_is_gone_is_known_again(client, url):  # noqa: F811
    form = question_forms(client.get(url))[0]
    client.post(form["action"], filled(form, "Right"))
    client.cookies.pop("sessionid")
    assert "1 / 2" in client.get(URL).text


def test_lessons_not_begun_are_only_counted(ada_reviews, springs):
    make.lesson(course=springs.course, title="Brooks", position=1)
    text = plain(ada_reviews.takes(springs.quiz, "Right"))
    assert "One lesson is still to begin." in text
    assert "Brooks" not in text


def test_a_retired_course_is_gone(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Right")
    springs.course.retired = True
    springs.course.save()
    assert "Springs" not in plain(ada_reviews)


def test_it_says_how_many_are_due(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Wrong", "Wrong", "Right")
    assert "Nothing is due today" in plain(ada_reviews)
    assert "2 questions are due today" in plain(ada_reviews.on(1))


def test_no_more_are_due_than_the_plan_allows(ada_reviews, springs):
    ReviewSettings.objects.create(learner=ada_reviews.user, daily_cap=1)
    ada_reviews.takes(springs.quiz, "Wrong", "Wrong").on(1)
    assert "One question is due today" in plain(ada_reviews)
    ada_reviews.reviews("Right")
    assert "That is as much as your plan allows in a day; one more waits until tomorrow." in plain(ada_reviews)


def test_a_question_that_pauses_or_was_put_off_is_not_due(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Wrong", "Wrong", "Wrong", "Wrong").on(1)
    springs.course.collection.questions.filter(key="k0").update(retired=True)
    ada_reviews.card("k1").suspend()
    ada_reviews.does(ada_reviews.card("k2").bury)
    assert "One question is due today" in plain(ada_reviews)


def known(reviewer: Reviewer) -> str:
    """What the table says of the lessons and their objectives."""
    return plain(reviewer).split("What you know")[1].split("What this means")[0].strip()


def test_a_lesson_stands_with_how_well_it_is_known_and_when_it_fades(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, *["Right"] * 6)
    assert "Springs known" in known(ada_reviews)
    assert known(ada_reviews).endswith("The whole lesson known 6 / 6 100% 4 May 2026")
    assert known(ada_reviews.on(4)).endswith("The whole lesson learning 6 / 6 86% now: time to review")


def test_each_objective_stands_with_how_well_it_is_known_and_when_it_fades(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Right", "Wrong")
    tested = "tell up from down learning 2 / 3 100% 2 May 2026 say why none of its 1 question answered yet"
    assert f"{tested} be glad no question tests it by itself" in known(ada_reviews)
    assert "You have answered questions on one objective: 0 secure, 0 known, 1 still learning." in known(ada_reviews)
    ada_reviews.takes_at(springs.quiz, 6, "Right")
    assert "say why known 1 / 1 100% 4 May 2026" in known(ada_reviews)
    assert "You have answered questions on 2 objectives: 0 secure, 1 known, 1 still learning." in known(ada_reviews)


def test_the_three_lessons_that_fade_first_are_open(ada_reviews, rivers):
    course = make.course(collection=rivers)
    for place, (title, choice) in enumerate({"Far": "Right", "A": "Wrong", "B": "Wrong", "C": "Wrong"}.items()):
        quiz = quiz_of(rivers, title.lower(), f"{title.lower()}0")
        make.lesson(course=course, title=title, quiz=quiz, position=place)
        ada_reviews.takes(quiz, choice)
    opened = re.findall(r"<details class=\"known\"( open)?>\s*<summary>\s*<strong>(.*?)<", ada_reviews.get(URL).text)
    assert opened == [("", "Far"), (" open", "A"), (" open", "B"), (" open", "C")]


def test_an_objective_is_measured_wherever_its_questions_are_asked(ada_reviews, springs):
    other = quiz_of(springs.course.collection, "puddle", "k9")
    springs.course.collection.questions.filter(key="k9").update(objective="why")
    ada_reviews.takes(other, "Right").takes(springs.quiz, "Right")
    assert "say why learning 1 / 2 100%" in known(ada_reviews)


def test_the_questions_of_another_collection_with_such_a_key_do_not_count(ada_reviews, springs):
    lakes = make.collection(slug="lakes")
    quiz = quiz_of(lakes, "deep", "d0")
    lakes.questions.update(objective="why")
    ada_reviews.takes(quiz, "Right").takes(springs.quiz, "Right")
    assert "say why none of its 1 question answered yet" in known(ada_reviews)


def test_with_fewer_than_five_answered_it_is_still_being_learned(ada_reviews, springs):
    assert "learning 4 / 6 100%" in plain(ada_reviews.takes(springs.quiz, *["Right"] * 4))


def test_the_day_of_fading_follows_the_learners_retention(ada_reviews, springs):
    ReviewSettings.objects.create(learner=ada_reviews.user, retention=0.8)
    text = plain(ada_reviews.takes(springs.quiz, *["Right"] * 6))
    assert "Under 80% from" in text
    assert "9 May 2026" in text  # 2.3065 days of stability * 3.3158 = 7.6


def test_the_curve_of_forgetting_has_its_table(ada_reviews, springs):
    assert "If you stopped reviewing" not in plain(ada_reviews.takes(springs.quiz, *["Right"] * 4))
    ada_reviews.takes_at(springs.quiz, 5, "Right")
    text = plain(ada_reviews)
    assert "You have 5 questions in review. Today you would know 100%" in text
    assert "1 May 2026 100% 15 May 2026 74%" in text


def test_days_studied_are_counted_kindly(ada_reviews, springs):
    for number in (0, 5, 6, 13):
        ada_reviews.on(number).takes_at(springs.quiz, number % 6 + 1, "Wrong")
    assert "You studied on 4 of the last 14 days. There is no streak to lose" in plain(ada_reviews)
    text = plain(ada_reviews.on(15))
    assert "You studied on 3 of the last 14 days." in text
    assert "27 Apr 2026 – – – – 1 – –" in text


def test_the_days_of_late_are_drawn_from_the_first_of_them_to_today(ada_reviews, springs):
    assert "18 April today" in plain(ada_reviews.takes(springs.quiz, "Right"))


def test_a_next_lesson_has_no_day_on_which_one_was_there(ada_reviews, springs):
    text = plain(ada_reviews.takes(springs.quiz, "Right"))
    assert "Where you were Pond Rivers · 1 May 2026" in text
    make.lesson(course=springs.course, title="Brooks", position=1)
    ada_reviews.after(minutes=1).post(f"/progress/rivers/{springs.slug}/read/")
    assert "Your next lesson Brooks Rivers Begin" in plain(ada_reviews)


def test_the_year_is_not_drawn_for_a_day_or_two(ada_reviews, springs):
    assert "The year" not in plain(ada_reviews.takes(springs.quiz, "Right"))


@pytest.mark.parametrize(
    ("right", "sentence"),
    [
        (9, "When you were very sure, you were right 9 times out of 10: that fits."),
        (7, "When you were very sure, you were right 7 times out of 10: a little too sure."),
        (2, "When you were very sure, you were right 2 times out of 10: much too sure."),
    ],
)
def test_calibration_is_one_sentence_and_a_score(ada_reviews, rivers, right, sentence):
    quiz = quiz_of(rivers, "sure", *(f"k{number}" for number in range(10)), confidence="asked")
    ada_reviews.takes(quiz, *["Right"] * right, *["Wrong"] * (10 - right), confidence=3)
    text = plain(ada_reviews)
    assert sentence in text
    score = (right * 0.01 + (10 - right) * 0.81) / 10
    assert f"Brier score of your latest 10 answers: {score:.2f}." in text


def test_with_too_few_answers_it_says_so(ada_reviews, springs):
    text = plain(ada_reviews.takes(springs.quiz, "Right", "Wrong", confidence=3))
    assert "So far you said of 2 answers how sure you were." in text
    assert "Brier" not in text


def test_nothing_is_said_of_sureness_where_nobody_asked(ada_reviews, brook):
    assert "How sure you were" not in plain(ada_reviews.takes(brook, "Right"))


def test_only_the_first_try_at_a_question_tells_how_sure_one_was(ada_reviews, springs):
    for choice in ("Wrong", "Right"):
        ada_reviews.takes_at(springs.quiz, 1, choice, confidence=3)
    assert "So far you said of one answer" in plain(ada_reviews)


@pytest.mark.parametrize("sees", [{"sees_mark": "never"}, {"setting": "exam"}])
def test_calibration_tells_no_mark_before_its_time(ada_reviews, rivers, sees):
    exam = quiz_of(rivers, "exam", *(f"k{number}" for number in range(10)), confidence="asked", **sees)
    ada_reviews.takes(exam, *["Right"] * 10, confidence=3)
    assert "How sure you were" not in plain(ada_reviews)
    ada_reviews.finishes(exam)
    assert ("right 10 times out of 10" in plain(ada_reviews)) is ("setting" in sees)


def test_of_an_exam_the_answer_that_stands_counts(ada_reviews, rivers):
    exam = quiz_of(rivers, "exam", *(f"k{number}" for number in range(10)), confidence="asked", setting="exam")
    ada_reviews.takes(exam, *["Wrong"] * 10, confidence=3).after(minutes=9)
    ada_reviews.takes(exam, *["Right"] * 10, confidence=3).finishes(exam)
    assert "right 10 times out of 10" in plain(ada_reviews)


def test_a_guests_answers_count_for_the_account_they_become_part_of(ada, gus, reviewer, springs):
    reviewer(gus).takes(springs.quiz, *["Right"] * 6)
    merge(guest=gus, account=ada)
    assert "known 6 / 6 100%" in plain(reviewer(ada))


@pytest.fixture
def sea(rivers):
    """A quiz of 300 questions of a lesson."""
    course = make.course(collection=rivers)
    quiz = quiz_of(rivers, "sea", *(f"s{number}" for number in range(300)))
    make.lesson(course=course, title="Sea", quiz=quiz)
    return quiz


def answered(reviewer: Reviewer, quiz, numbers: range) -> None:
    edition = quiz.editions.get()
    attempt, _made = Attempt.objects.get_or_create(learner=reviewer.user, quiz=quiz, edition=edition, number=1)
    given = [
        Response(
            attempt=attempt,
            learner=reviewer.user,
            slot=number,
            try_number=1,
            question_key=f"s{number}",
            answer=[0],
            fraction=number % 2,
            confidence=number % 3 + 1,
            mark=0,
        )
        for number in numbers
    ]
    reviewer.does(lambda: Response.objects.bulk_create(given))
    reviewer.get(URL)


def cost(reviewer: Reviewer, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert reviewer.get(path).status_code == 200
    return len(queries)


def test_it_costs_the_same_for_10_and_for_300_cards(ada_reviews, eve, reviewer, sea):
    paths = (URL, "/review/", "/review/plan/")
    answered(ada_reviews, sea, range(10))
    few = [cost(ada_reviews.on(1), path) for path in paths]
    answered(ada_reviews, sea, range(10, 300))
    answered(reviewer(eve), sea, range(300))
    assert ada_reviews.user.cards.count() == 300
    assert [cost(ada_reviews.on(1), path) for path in paths] == few
    assert few[0] <= 30
    assert few[1] <= 20


def test_it_costs_the_same_for_one_course_and_for_three(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Right").get(URL)
    one = cost(ada_reviews, URL)
    for name in ("lakes", "seas"):
        collection = make.collection(slug=name)
        quiz = quiz_of(collection, name, f"{name}0")
        make.lesson(course=make.course(collection=collection), title=name, quiz=quiz)
        ada_reviews.takes(quiz, "Right").get(URL)
    assert cost(ada_reviews, URL) == one


def test_of_several_courses_the_one_where_the_learner_was_is_open_and_each_can_be(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Right")
    lakes = make.collection(slug="lakes", title="Lakes")
    quiz = quiz_of(lakes, "deep", "d0")
    make.lesson(course=make.course(collection=lakes), title="Depths", quiz=quiz)
    ada_reviews.after(hours=1).takes(quiz, "Right")
    text = plain(ada_reviews)
    assert "Depths" in text
    assert "Lesson by lesson: Rivers" in text
    text = ada_reviews.get(f"{URL}?course=rivers").text
    assert "Springs</a>" in text
    assert "Lesson by lesson: Lakes" in text
    assert ada_reviews.get(f"{URL}?course=nowhere").status_code == 200


def test_a_new_edition_keeps_what_is_known(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, *["Right"] * 6)
    springs.course.collection.questions.filter(key="k0").update(text="Put better?")
    publish(quiz=springs.quiz)
    assert "known 6 / 6 100%" in plain(ada_reviews)
