"""Highlights of a learner: made, written on, deleted, and found again wherever their words are by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from courses.margins import Margin
from courses.models import Lesson
from courses.passages import Passage, Span, passages
from progress import finding
from progress.finding import Found, Selector
from progress.models import Highlight
from progress.notes import Overtaken

MOST = 500
"""Highlights that a learner can have in one lesson."""


class TooMany(Exception):
    """The lesson has as many highlights as it can have."""


@dataclass(frozen=True)
class Placed:
    """A highlight, the lesson in which its words are now, and where; None when they are nowhere any more."""

    highlight: Highlight
    lesson: Lesson
    found: Found | None

    @property
    def is_changed(self) -> bool:
        """Whether the words are there, but not all of them as they were."""
        return self.found is not None and finding.plain(self.found.words) != finding.plain(self.highlight.quote)

    @property
    def url(self) -> str:
        """Of the passage, or else of the lesson; empty where neither can be read any more."""
        if self.lesson.retired or self.lesson.course.retired:
            return ""
        anchor = f"#passage-{self.found.passage.address}" if self.found else ""
        return self.lesson.get_absolute_url() + anchor


def selector_of(one: Highlight) -> Selector:
    return Selector(one.address, one.quote, one.prefix, one.suffix, one.place, one.whole)


def place(highlights: Iterable[Highlight]) -> list[Placed]:
    """Each in the lesson and passage where it is now. They come with their lessons' courses. One query."""
    highlights = list(highlights)
    courses = {one.lesson.course_id: one.lesson.course for one in highlights}
    by_course: dict[int, list[Lesson]] = {pk: [] for pk in courses}
    for lesson in Lesson.objects.filter(course__in=courses).order_by("position") if courses else ():
        lesson.course = courses[lesson.course_id]
        by_course[lesson.course_id].append(lesson)
    return [_placed(one, by_course[one.lesson.course_id]) for one in highlights]


def _placed(highlight: Highlight, lessons: list[Lesson]) -> Placed:
    """Its own lesson comes first, and keeps it where it is found nowhere."""
    one = selector_of(highlight)
    own = next(lesson for lesson in lessons if lesson.pk == highlight.lesson_id)
    home = _readable(own)
    if found := finding.find(one, home):
        return Placed(highlight, own, found)
    for lesson in lessons:
        if lesson != own and (found := finding.find_in_another(one, home, _readable(lesson))):
            return Placed(highlight, lesson, found)
    return Placed(highlight, own, None)


def _readable(lesson: Lesson) -> Sequence[Passage]:
    return () if lesson.retired or lesson.course.retired else passages(lesson.text)


def found_in(learner: User, lesson: Lesson) -> list[tuple[Highlight, Found]]:
    """What is to be seen in a lesson, in the order of its text. One query, and another where words of a highlight made
    in another lesson stand here."""
    here = passages(lesson.text)
    kept = list(learner.highlights.kept().of_course(lesson.course).select_related("question"))
    own = [(one, finding.find(selector_of(one), here)) for one in kept if one.lesson_id == lesson.pk]
    others = [(one, finding.find_in_another(selector_of(one), (), here)) for one in kept if one.lesson_id != lesson.pk]
    moved = _only_moved([(one, found) for one, found in others if found])
    found_here = [(one, found) for one, found in [*own, *moved] if found]
    return sorted(found_here, key=lambda row: (row[1].passage.number, row[1].start, row[0].pk))


def _only_moved(found: list[tuple[Highlight, Found]]) -> list[tuple[Highlight, Found]]:
    """Those that are not in their own lesson any more."""
    lessons = Lesson.objects.filter(pk__in={one.lesson_id for one, _found in found}, retired=False) if found else ()
    texts = {lesson.pk: passages(lesson.text) for lesson in lessons}
    return [(one, at) for one, at in found if not finding.find(selector_of(one), texts.get(one.lesson_id, ()))]


class OwnMargins:
    """What courses asks of us."""

    def of_lesson(self, learner: User, lesson: Lesson) -> Mapping[str, Margin]:
        return margins(learner, lesson)


def margins(learner: User, lesson: Lesson, changed: str = "", **context: object) -> dict[str, Margin]:
    """What stands beside the passages of a lesson, by address; `context` is for one where something was `changed`."""
    rows: dict[str, list[tuple[Highlight, Found]]] = {}
    for one, found in found_in(learner, lesson):
        rows.setdefault(found.passage.address, []).append((one, found))
    if changed:
        rows.setdefault(changed, [])
    return {address: _margin(found, context if address == changed else {}) for address, found in rows.items()}


def _margin(rows: list[tuple[Highlight, Found]], context: Mapping[str, object]) -> Margin:
    spans = tuple(Span(found.start, found.end, str(one.pk)) for one, found in rows if not one.whole)
    noted = [one for one, _found in rows if one.note and one != context.get("writing")]
    beside = render_to_string("progress/_margin.html", {"noted": noted}) if noted else ""
    below = render_to_string("progress/_below.html", dict(context)) if context else ""
    return Margin(spans, len(rows), beside, below)


@transaction.atomic
def make(*, learner: User, lesson: Lesson, words: Found | Passage, note: str = "") -> Highlight:
    """Marks words, or a whole passage, and keeps a note on them. Where the same is marked already that one is returned,
    with the note below its own; so sending it twice does nothing. Raises TooMany."""
    User.objects.select_for_update().get(pk=learner.pk)  # whoever marks for this learner takes turns
    one = _selected(words)
    where = {"lesson": lesson, "address": one.address, "whole": one.whole, "place": one.place, "quote": one.quote}
    if same := learner.highlights.kept().filter(**where).first():
        add_note(same, note)
        return same
    if learner.highlights.kept().filter(lesson=lesson).count() >= MOST:
        raise TooMany
    return Highlight.objects.create(learner=learner, **where, prefix=one.prefix, suffix=one.suffix, note=note)


def _selected(words: Found | Passage) -> Selector:
    if isinstance(words, Passage):
        return finding.selected(words, 0, len(words.words), whole=True)
    return finding.selected(words.passage, words.start, words.end)


def add_note(highlight: Highlight, note: str) -> None:
    if note and note not in highlight.note:
        highlight.note = f"{highlight.note}\n\n{note}".strip()
        highlight.changed_at = timezone.now()
        highlight.save(update_fields=["note", "changed_at"])


def stamp(highlight: Highlight) -> str:
    """What tells whether a note is still the one that was read."""
    return highlight.changed_at.isoformat()


@transaction.atomic
def write(*, highlight: Highlight, text: str, read: str) -> Highlight:
    """Keeps the note, and takes back that it was deleted. `read` is the stamp of the note that stood on the page.
    Raises Overtaken."""
    now = Highlight.objects.select_for_update().get(pk=highlight.pk)
    if text != now.note:
        if read != stamp(now):
            raise Overtaken
        now.note, now.changed_at = text, timezone.now()
    now.deleted_at = None
    now.save(update_fields=["note", "changed_at", "deleted_at"])
    return now


@transaction.atomic
def delete(*, highlight: Highlight) -> None:
    """It can be taken back for a day; what was deleted before that is gone for good. What is asked about it pauses."""
    now = timezone.now()
    gone = highlight.learner.highlights.filter(deleted_at__lt=now - Highlight.KEPT_FOR)
    gone.exclude(pk=highlight.pk).delete()
    highlight.deleted_at = highlight.deleted_at or now
    highlight.save(update_fields=["deleted_at"])


def restore(*, highlight: Highlight) -> None:
    highlight.deleted_at = None
    highlight.save(update_fields=["deleted_at"])
