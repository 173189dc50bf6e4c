import pytest

from accounts.guests import merge
from progress.models import Reading
from tests.accounts.given import at


@pytest.fixture
def lesson(make, db):
    return make.lesson(course=make.course(collection=make.collection()))


def read(learner, lesson, minute):
    made = Reading.objects.create(learner=learner, lesson=lesson)
    Reading.objects.filter(pk=made.pk).update(read_at=at(minute))


def test_what_a_guest_read_the_account_has_read(ada, gus, lesson):
    read(gus, lesson, 5)
    merge(guest=gus, account=ada)
    assert ada.readings.get().read_at == at(5)


@pytest.mark.parametrize(("mine", "guests"), [(5, 9), (9, 5)])
def test_read_by_both_it_is_read_since_the_earlier_time(ada, gus, lesson, mine, guests):
    read(ada, lesson, mine)
    read(gus, lesson, guests)
    merge(guest=gus, account=ada)
    assert ada.readings.get().read_at == at(5)
    assert Reading.objects.count() == 1
