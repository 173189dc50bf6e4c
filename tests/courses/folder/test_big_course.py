import time

import pytest

from courses.folder.loading import load
from courses.models import Lesson
from quizzes.models import Question
from tests.big_course import write


@pytest.mark.slow
def test_200_lessons_and_4000_questions_load_within_a_minute_and_again_within_five_seconds(tmp_path, db):
    write(tmp_path / "big", lessons=200, questions=4000)
    started = time.process_time()  # other tests run beside this one
    load(tmp_path / "big")
    loaded = time.process_time()
    again = load(tmp_path / "big")
    assert loaded - started < 60
    assert time.process_time() - loaded < 5
    assert again.editions == 0
    assert (Lesson.objects.count(), Question.objects.count()) == (200, 4000)
