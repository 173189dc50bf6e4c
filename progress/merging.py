"""What a guest marked as read, an account has read: since the earlier of the two days."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import guest_merged


@receiver(guest_merged)
def take_over(*, guest: User, account: User, **kwargs: Any) -> None:
    known = {reading.lesson_id: reading for reading in account.readings.all()}
    for reading in guest.readings.all():
        if (known_reading := known.get(reading.lesson_id)) is None:
            reading.learner = account
            reading.save(update_fields=["learner"])
        elif reading.read_at < known_reading.read_at:
            known_reading.read_at = reading.read_at
            known_reading.save(update_fields=["read_at"])
