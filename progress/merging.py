"""What a guest marked as read, an account has read: since the earlier of the two days. A guest's notes become the
account's. The closing question leaves nothing to merge: guests are not asked."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import guest_merged
from progress.notes import join


@receiver(guest_merged)
def take_over(*, guest: User, account: User, **kwargs: Any) -> None:
    _take_over_readings(guest, account)
    _take_over_notes(guest, account)


def _take_over_readings(guest: User, account: User) -> None:
    known = {reading.lesson_id: reading for reading in account.readings.all()}
    for reading in guest.readings.all():
        if (known_reading := known.get(reading.lesson_id)) is None:
            reading.learner = account
            reading.save(update_fields=["learner"])
        elif reading.read_at < known_reading.read_at:
            known_reading.read_at = reading.read_at
            known_reading.save(update_fields=["read_at"])


def _take_over_notes(guest: User, account: User) -> None:
    known = {note.lesson_id: note for note in account.notes.all()}
    for note in guest.notes.all():
        if note.lesson_id in known:
            join(known[note.lesson_id], note)
        else:
            note.learner = account
            note.save(update_fields=["learner"])
