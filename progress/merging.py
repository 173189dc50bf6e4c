"""What a guest marked as read, an account has read: since the earlier of the two days. A guest's notes become the
account's. Cards follow from the responses, which quizzes has handed over by then; what either put off stays put off. Of
the settings for reviews, those chosen last hold. The closing question leaves nothing to merge: guests are not asked."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import guest_merged
from progress import cards
from progress.models import Card, ReviewSettings
from progress.notes import join


@receiver(guest_merged)
def take_over(*, guest: User, account: User, **kwargs: Any) -> None:
    _take_over_readings(guest, account)
    _take_over_notes(guest, account)
    _take_over_settings(guest, account)
    _take_over_cards(guest, account)


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


def _take_over_settings(guest: User, account: User) -> None:
    both = ReviewSettings.objects.filter(learner__in=[guest, account]).order_by("changed_at")
    if (last := both.last()) and last.learner_id == guest.pk:
        both.filter(learner=account).delete()
        both.filter(pk=guest.pk).update(learner=account)
        cards.reschedule(learner=account)


def _take_over_cards(guest: User, account: User) -> None:
    of_guest = {(card.collection_id, card.question_key): card for card in guest.cards.all()}
    cards.replay(learner=account)
    for key, card in of_guest.items():
        if card.suspended or card.buried_until:
            _put_off_alike(account.cards.get(collection=key[0], question_key=key[1]), card)


def _put_off_alike(card: Card, other: Card) -> None:
    card.suspended |= other.suspended
    card.buried_until = max(filter(None, [card.buried_until, other.buried_until]), default=None)
    card.save(update_fields=["suspended", "buried_until"])
