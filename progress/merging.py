"""What a guest marked as read, an account has read: since the earlier of the two days. A guest's notes become the
account's, and so does all that was highlighted: words that both have marked are marked twice then, and nothing is lost.
So do delayed checks that were dealt; of two of the same the one dealt first stays. Cards follow from the responses,
which quizzes has handed over by then, and from what was answered to questions of one's own; what either put off stays
put off. Of the settings for reviews, those chosen last hold. The closing question leaves nothing to merge: guests are
not asked."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import guest_merged
from progress import cards
from progress.models import ReviewSettings
from progress.notes import join


@receiver(guest_merged)
def take_over(*, guest: User, account: User, **kwargs: Any) -> None:
    _take_over_readings(guest, account)
    _take_over_notes(guest, account)
    guest.highlights.update(learner=account)
    guest.own_questions.update(learner=account)
    _take_over_delayed_checks(guest, account)
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


def _take_over_delayed_checks(guest: User, account: User) -> None:
    """Where both were dealt the same check, the one dealt first stays; the answers to the other are answers still."""
    known = {(check.lesson_id, check.days): check for check in account.delayed_checks.all()}
    for check in guest.delayed_checks.all():
        rival = known.get((check.lesson_id, check.days))
        if rival is None or (check.dealt_at, check.questions) < (rival.dealt_at, rival.questions):
            if rival:
                rival.delete()
            check.learner = account
            check.save(update_fields=["learner"])


def _take_over_settings(guest: User, account: User) -> None:
    both = ReviewSettings.objects.filter(learner__in=[guest, account]).order_by("changed_at")
    if (last := both.last()) and last.learner_id == guest.pk:
        both.filter(learner=account).delete()
        both.filter(pk=guest.pk).update(learner=account)


def _take_over_cards(guest: User, account: User) -> None:
    of_guest = {(card.collection_id, card.question_key): card for card in guest.cards.all()}
    cards.replay(learner=account)
    for key, card in of_guest.items():
        if card.suspended or card.buried_until:
            kept = account.cards.get(collection=key[0], question_key=key[1])
            kept.put_off_alike(suspended=card.suspended, buried_until=card.buried_until)
