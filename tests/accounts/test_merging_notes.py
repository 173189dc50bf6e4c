import re
from itertools import permutations

import pytest
import time_machine
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.guests import merge
from accounts.models import User
from progress.models import Note
from tests.accounts.given import at
from tests.cases import THOROUGH, cases_in_database


@pytest.fixture
def lesson(make, db):
    return make.lesson(course=make.course(collection=make.collection()))


def note(learner, lesson, text, minute):
    return Note.objects.create(learner=learner, lesson=lesson, text=text, written_at=at(minute))


def test_a_guests_note_becomes_the_accounts(ada, gus, lesson):
    note(gus, lesson, "A thought.", 5)
    merge(guest=gus, account=ada)
    kept = ada.notes.get()
    assert (kept.text, kept.written_at) == ("A thought.", at(5))


def test_of_two_notes_both_are_kept_below_a_line_with_the_day(ada, gus, lesson):
    note(ada, lesson, "As Ada.", 0)
    note(gus, lesson, "As a guest.", 5)
    merge(guest=gus, account=ada)
    assert ada.notes.get().text == ("── 2026-05-01 12:00 UTC ──\nAs Ada.\n\n── 2026-05-01 12:05 UTC ──\nAs a guest.")
    assert Note.objects.count() == 1


def test_the_same_text_is_kept_once(ada, gus, lesson):
    note(ada, lesson, "A thought.", 5)
    note(gus, lesson, "A thought.", 0)
    merge(guest=gus, account=ada)
    assert ada.notes.get().text == "A thought."


def test_a_page_that_is_open_during_the_merge_does_not_overwrite_the_guests_text(ada, ada_client, gus, make):
    lesson = make.lesson(course=make.course(collection=make.collection(slug="rivers")), slug="springs")
    kept = note(ada, lesson, "As Ada.", 5)
    note(gus, lesson, "As a guest.", 0)
    merge(guest=gus, account=ada)
    sent = {"text": "As Ada, changed.", "written_at": kept.written_at.isoformat()}
    assert ada_client.post("/progress/rivers/springs/reflect/", sent).status_code == 422
    assert "As a guest." in ada.notes.get().text


texts = st.sampled_from(["a", "b", "a\n\nb", "── 2026-99-99 99:99 UTC ──", "── 2026-05-01 12:00 UTC ──\nb"])
written = st.tuples(texts, st.integers(0, 3))


@pytest.mark.django_db
@cases_in_database(80)
@given(mine=st.none() | written, guests=st.lists(written, min_size=2, max_size=3))
def test_whichever_guest_is_merged_first_the_note_is_the_same(lesson, mine, guests):
    results = set()
    for order in [*permutations(range(len(guests)))][:: 1 if THOROUGH or len(guests) == 2 else 2]:
        with transaction.atomic(), time_machine.travel("2026-06-01 12:00Z", tick=False):
            account = User.objects.create_user("ada@example.org")
            if mine:
                note(account, lesson, *mine)
            for number in order:
                guest = User.objects.guest(str(number))
                note(guest, lesson, *guests[number])
                merge(guest=guest, account=account)
            results.add(account.notes.get().text)
            transaction.set_rollback(True)
    (result,) = results
    written = [text for text, _minute in [*guests, mine or ("", 0)]]
    assert [line for text in written for line in re.findall("^[ab]$", text, re.MULTILINE) if line not in result] == []
