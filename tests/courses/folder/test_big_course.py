"""200 lessons and 4,000 questions, or a share of both in a larger share of the time."""

import time

import pytest

from courses.folder.loading import load
from courses.models import Lesson
from quizzes.models import Question
from tests.big_course import write
from tests.cases import SHARE, THOROUGH

SIZE = 1 if THOROUGH else 0.05
LESSONS, QUESTIONS = round(200 * SIZE), round(4000 * SIZE)
MINUTE, FIVE_SECONDS = 60 * SHARE, 5 * SHARE


@pytest.mark.slow
def test_many_lessons_and_questions_load_within_a_minute_and_again_within_five_seconds(tmp_path, db):
    write(tmp_path / "big", lessons=LESSONS, questions=QUESTIONS)
    started = time.process_time()  # other tests run beside this one
    load(tmp_path / "big")
    loaded = time.process_time()
    again = load(tmp_path / "big")
    assert loaded - started < MINUTE
    assert time.process_time() - loaded < FIVE_SECONDS
    assert again.editions == 0
    assert (Lesson.objects.count(), Question.objects.count()) == (LESSONS, QUESTIONS)
