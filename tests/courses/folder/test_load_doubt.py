"""What a load does to claims, and so to what stands on them."""

from datetime import date

import pytest
import time_machine

from courses.folder.loading import load
from courses.models import Citation, Course
from quizzes.models import Question
from sources.models import Claim
from tests.courses.folder.conftest import load_rivers
from tests.kept import kept

TODAY = date(2026, 11, 22)
RECHECK, LATER = "recheck_by: 2027-06-30", "recheck_by: 2028-06-30"


@kept
def rows_of_november() -> None:
    with time_machine.travel("2026-11-01 12:00", tick=False):
        load_rivers()


@pytest.fixture
def loaded(rows_of_november, rivers):
    return rivers


def load_again(folder):
    with time_machine.travel("2026-11-22 12:00", tick=False):
        load(folder.path)


def waiting(today=TODAY):
    """Questions and passages that need review."""
    within = [Course.objects.get().collection_id]
    questions = Question.objects.needing_review(today, within=within)
    passages = Citation.objects.needing_review(today, within=within)
    return {
        *questions.values_list("key", flat=True),
        *(f"#{anchor}" for anchor in passages.values_list("anchor", flat=True)),
    }


def test_what_is_loaded_for_the_first_time_needs_no_review(loaded):
    assert waiting() == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Springs are where groundwater comes up.", "Springs well up."),
        ("as_of: since 1989", "as_of: since 1990"),
        ("sources: [s1, s2]", "sources: [s1]"),
        ("  as_of: since 1989\n  checked_on: 2026-06-30\n", "  as_of: since 1990\n  checked_on: 2026-11-22\n"),
    ],
    ids=["text", "as of", "sources", "content and dates"],
)
def test_a_claim_with_new_content_puts_what_stands_on_it_in_doubt(loaded, old, new):
    loaded.change("claims.yaml", old, new)
    load_again(loaded)
    assert waiting() == {"springs-where", "springs-all", "#up"}


def test_a_claim_with_new_dates_alone_is_confirmed(loaded):
    Claim.objects.filter(key="spring-1").put_in_doubt()
    assert waiting() == {"springs-where", "springs-all", "#up"}
    loaded.change("claims.yaml", RECHECK, LATER)
    load_again(loaded)
    assert waiting() == set()


def test_questions_and_passages_that_are_written_in_the_same_load_are_fine(loaded):
    loaded.change("claims.yaml", "Springs are where groundwater comes up.", "Springs well up.")
    loaded.change("questions/01-springs.yaml", "What comes up at a spring?", "What wells up at a spring?")
    loaded.change("lessons/01-springs.md", "Water comes up at", "Water wells up at")
    load_again(loaded)
    assert waiting() == {"springs-all"}


def test_in_a_lesson_that_is_written_anew_the_passages_with_the_same_words_still_wait(loaded):
    loaded.change("claims.yaml", "Springs are where groundwater comes up.", "Springs well up.")
    loaded.change("lessons/01-springs.md", "They are rare, says", "They are scarce, says")
    load_again(loaded)
    assert "#up" in waiting()


def test_white_space_is_no_new_content(loaded):
    loaded.change(
        "claims.yaml", "Springs are where groundwater comes up.", '"Springs are where groundwater comes up.  "'
    )
    load_again(loaded)
    assert waiting() == set()


def test_a_load_without_changes_leaves_doubts_as_they_are(loaded):
    Claim.objects.filter(key="spring-1").put_in_doubt()
    load_again(loaded)
    assert waiting() == {"springs-where", "springs-all", "#up"}


def test_after_its_date_what_stands_on_a_claim_needs_review(loaded):
    assert waiting(date(2027, 6, 30)) == set()
    assert waiting(date(2027, 7, 1)) == {"springs-where", "springs-all", "#up"}
