"""Of several courses at once, for the page of a learner's progress."""

from django.template.loader import render_to_string

from courses import standing
from progress import certificates
from progress.standings import taken_lessons
from tests import make
from tests.progress import given_certificates as did


def towards(learner):
    lessons = taken_lessons(learner)
    return certificates.towards(learner, lessons, standing.of_lessons(learner, lessons))


def shown(learner):
    return render_to_string("progress/_certificates.html", {"certificates": towards(learner)})


def test_only_courses_that_give_one_are_named(ada, db):
    course = did.course()
    other = make.course(collection=make.collection(slug="hills"), title="Hills")
    ada.readings.create(lesson=make.lesson(course=other))
    assert shown(ada).strip() == ""
    did.read(ada, course, 1)
    assert "1 of 3 lessons done" in shown(ada)
    assert "Hills" not in shown(ada)


def test_it_says_when_one_can_be_claimed_and_when_it_is_there(ada, ada_client):
    course = did.course()
    did.earned(ada, course)
    assert "Claim the certificate" in shown(ada)
    did.claim(ada_client)
    assert "yours" in shown(ada)
    assert "Claim" not in shown(ada)


def test_more_courses_cost_no_more_queries(ada, django_assert_num_queries):
    did.read(ada, did.course(), 1)
    for number in range(3):
        collection = make.collection(slug=f"hills-{number}")
        final = make.quiz(collection=collection, slug="final", questions=[make.question(collection=collection)])
        course = make.course(collection=collection, certificate={"quiz": "final", "mark": 0.5})
        ada.readings.create(lesson=make.lesson(course=course))
        assert final
    lessons = taken_lessons(ada)
    standings = standing.of_lessons(ada, lessons)
    with django_assert_num_queries(3):
        assert len(certificates.towards(ada, lessons, standings)) == 4
