"""Claims in doubt with what stands on them, and confirming them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from courses.deriving import derive
from courses.models import Citation, Lesson
from courses.reviewing import claims_to_review, confirm, doubts
from quizzes.models import Question
from sources.models import Claim

WRITTEN = datetime(2026, 5, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 6, 16, 12, tzinfo=UTC)
TODAY = NOW.date()
TEXT = "Water runs downhill.[^slope] {#down}\n\nAlways.[^law] {#always}\n\n:::since\nStill.[^slope] {#still}\n:::\n"


@pytest.fixture
def rivers(make, db):
    with time_machine.travel(WRITTEN, tick=False):
        rivers = make.collection(slug="rivers")
        slope = make.claim(collection=rivers, key="slope", recheck_by="2026-06-15")
        make.claim(collection=rivers, key="law")
        make.question(collection=rivers, key="which-way", claims=[slope])
        make.question(collection=rivers, key="how-far").options.last().claims.add(slope)
        make.question(collection=rivers, key="elsewhere")
        derive(lesson=make.lesson(course=make.course(collection=rivers), slug="springs", text=TEXT))
    return rivers


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def waiting(collection, today=TODAY):
    """By claim: what of it needs review."""
    claims = claims_to_review(within=[collection.pk], today=today)
    return {
        doubt.claim.key: [*(one.key for one in doubt.questions), *(f"#{one.anchor}" for one in doubt.passages)]
        for doubt in doubts(claims=claims, within=[collection.pk], today=today)
    }


def say_it_holds(*, recheck_by=date(2027, 6, 15), seen_at=NOW, **rows):
    tables = {"claims": Claim, "questions": Question, "passages": Citation}
    given = {name: rows.get(name, model.objects.none()) for name, model in tables.items()}
    return confirm(**given, recheck_by=recheck_by, seen_at=seen_at)


def rewrite(old, new):
    lesson = Citation.objects.first().lesson
    lesson.text = lesson.text.replace(old, new)
    lesson.save()
    derive(lesson=lesson)


ALL = ["how-far", "which-way", "#down", "#still"]


def test_from_the_day_after_its_date_a_claim_is_in_doubt_with_all_that_stands_on_it(rivers):
    assert waiting(rivers, date(2026, 6, 15)) == {}
    assert waiting(rivers) == {"slope": ALL}


def test_a_changed_claim_is_in_doubt_as_long_as_something_on_it_waits(rivers, now):
    Claim.objects.filter(key="law").put_in_doubt()
    assert waiting(rivers)["law"] == ["#always"]
    now.shift(60)
    say_it_holds(passages=Citation.objects.filter(anchor="always"), seen_at=NOW + timedelta(minutes=1))
    assert list(waiting(rivers)) == ["slope"]


def test_a_claim_that_still_holds_brings_back_all_that_stands_on_it(rivers):
    confirmed = say_it_holds(claims=Claim.objects.filter(key="slope"))
    assert [claim.key for claim in confirmed.claims] == ["slope"]
    assert waiting(rivers) == {}
    slope = Claim.objects.get(key="slope")
    assert (slope.checked_on, slope.recheck_by, slope.changed_at) == (TODAY, date(2027, 6, 15), None)


def test_a_claim_may_hold_for_good(rivers):
    say_it_holds(claims=Claim.objects.filter(key="slope"), recheck_by=None)
    assert waiting(rivers, date(2100, 1, 1)) == {}


def test_a_question_and_a_passage_come_back_by_themselves_and_the_claim_stays_overdue(rivers):
    say_it_holds(
        questions=Question.objects.filter(key="how-far"), passages=Citation.objects.filter(anchor__in=["down", "still"])
    )
    assert waiting(rivers) == {"slope": ["which-way"]}
    say_it_holds(questions=Question.objects.filter(key="which-way"))
    assert waiting(rivers) == {"slope": []}


def test_a_claim_that_was_changed_after_it_was_seen_stays_in_doubt(rivers, now):
    now.shift(60)
    Claim.objects.filter(key="slope").put_in_doubt()
    confirmed = say_it_holds(
        claims=Claim.objects.filter(key="slope"), questions=Question.objects.filter(key="which-way"), seen_at=NOW
    )
    assert confirmed.claims == []
    assert waiting(rivers) == {"slope": ALL}


def test_nobody_sees_into_the_future(rivers, now):
    say_it_holds(questions=Question.objects.all(), seen_at=NOW + timedelta(days=900))
    now.shift(60)
    Claim.objects.filter(key="slope").put_in_doubt()
    assert "which-way" in waiting(rivers)["slope"]


def test_an_edited_passage_comes_back_and_its_neighbours_do_not(rivers):
    rewrite("Water runs downhill", "Water flows downhill")
    assert waiting(rivers) == {"slope": ["how-far", "which-way", "#still"]}


def test_a_footnote_that_gets_another_number_is_no_edit(rivers):
    rewrite("Water runs", "First things first.[^law] {#first}\n\nWater runs")
    assert waiting(rivers) == {"slope": ALL}


def test_what_is_retired_does_not_wait(rivers):
    Question.objects.filter(key="which-way").update(retired=True)
    Lesson.objects.update(retired=True)
    assert waiting(rivers) == {"slope": ["how-far"]}
    Question.objects.update(retired=True)
    Claim.objects.update(retired=True)
    assert waiting(rivers) == {}


def test_other_collections_are_not_told_of(rivers, make):
    hills = make.collection(slug="hills")
    make.claim(collection=hills, key="peak", recheck_by="2026-01-01")
    assert list(waiting(rivers)) == ["slope"]
    assert list(waiting(hills)) == ["peak"]


def test_the_number_of_queries_stays_the_same(rivers, make, django_assert_num_queries):
    with django_assert_num_queries(5):
        waiting(rivers)
    with time_machine.travel(WRITTEN, tick=False):
        for number in range(5):
            claim = make.claim(collection=rivers, recheck_by=f"2026-06-0{number + 1}")
            make.question(collection=rivers, claims=[claim])
    with django_assert_num_queries(5):
        assert len(waiting(rivers)) == 6
