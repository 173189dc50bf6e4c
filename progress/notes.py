"""Writing a note, so that no window overwrites unseen what another one wrote, and joining two of one lesson."""

import re

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Lesson
from progress.models import Note
from quizzes.sittings import Visitor

_line = re.compile(r"^── (\d{4}-\d\d-\d\d \d\d:\d\d) UTC ──$", re.MULTILINE)


class Overtaken(Exception):
    """The note is another one by now than the one that was read; nothing was changed."""


def note_of(visitor: Visitor, lesson: Lesson) -> Note | None:
    return visitor.notes.filter(lesson=lesson).first() if isinstance(visitor, User) else None


def stamp(note: Note | None) -> str:
    """What tells whether a note is still the one that was read."""
    return note.written_at.isoformat() if note else ""


@transaction.atomic
def write(*, learner: User, lesson: Lesson, text: str, read: str) -> None:
    """Keeps the text; an empty one deletes the note. `read` is the stamp of the note that stood on the page.

    Raises Overtaken. Sending again what is kept already is no conflict.
    """
    User.objects.select_for_update().get(pk=learner.pk)  # whoever writes or merges notes of this learner takes turns
    note = note_of(learner, lesson)
    if text == (note.text if note else ""):
        return
    if read != stamp(note):
        raise Overtaken
    if text:
        kept = {"text": text, "written_at": timezone.now()}
        Note.objects.update_or_create(learner=learner, lesson=lesson, defaults=kept)
    elif note:
        note.delete()


def join(note: Note, other: Note) -> None:
    """Brings both texts into the first note, part by part, each below a line with its date.

    Parts stand in the order of date and text, and none twice, so it does not matter which notes are joined first.
    """
    if note.text == other.text:
        note.written_at = min(note.written_at, other.written_at)
    else:
        note.text, note.written_at = _joined(note, other), timezone.now()
    note.save(update_fields=["text", "written_at"])


def holds(note: Note, other: Note) -> bool:
    """Whether all that another note says stands in it."""
    return {text for _day, text in _parts(other)} <= {text for _day, text in _parts(note)}


def _joined(*notes: Note) -> str:
    earliest: dict[str, str] = {}
    for day, text in (part for note in notes for part in _parts(note)):
        earliest[text] = min(day, earliest.get(text, day))
    parts = sorted((day, text) for text, day in earliest.items())
    return "\n\n".join(f"── {day} UTC ──\n{text}" for day, text in parts)


def _parts(note: Note) -> list[tuple[str, str]]:
    """(date, text). What stands above the first line was written when the note was."""
    head, *rest = _line.split(note.text)
    days = [f"{note.written_at:%Y-%m-%d %H:%M}", *rest[::2]]
    return [(day, text.strip()) for day, text in zip(days, [head, *rest[1::2]], strict=True) if text.strip()]
