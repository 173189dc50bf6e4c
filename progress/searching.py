"""What learners have written and marked themselves, for the search of the room below."""

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.search.own import OwnText

MOST = 1_000
"""Of each sort, the latest ones."""
Dated = tuple[datetime, OwnText]


class NotedTexts:
    """What courses asks of us. Two queries."""

    def of(self, learner: User) -> list[OwnText]:
        dated = sorted([*_notes(learner), *_highlights(learner)], key=itemgetter(0), reverse=True)
        return [text for _moment, text in dated]


def _notes(learner: User) -> Iterator[Dated]:
    """A lesson that is retired has no page for its note."""
    shown = learner.notes.filter(lesson__retired=False, lesson__course__retired=False)
    for note in shown.select_related("lesson__course").defer("lesson__text").order_by("-written_at")[:MOST]:
        course, lesson = note.lesson.course, note.lesson
        address = reverse("progress:reflect", args=[course.slug, lesson.slug])
        yield note.written_at, OwnText(_("My note"), lesson.title, note.text, course, address)


def _highlights(learner: User) -> Iterator[Dated]:
    kept = learner.highlights.kept().filter(lesson__course__retired=False)
    for highlight in kept.with_lessons().order_by("-changed_at")[:MOST]:
        lesson, note = highlight.lesson, highlight.note
        text = f"{note} · {highlight.quote}" if note else highlight.quote
        label = _("My note") if note else _("My highlight")
        yield highlight.changed_at, OwnText(label, lesson.title, text, lesson.course, highlight.get_absolute_url())
