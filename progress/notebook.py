"""All that a learner noted and highlighted, lesson by lesson: to be listed, and as Markdown to be taken along."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Lesson
from progress.highlights import Placed, place
from progress.models import Note


class Entry(NamedTuple):
    """A highlight or a note, as far as it takes to put them in order: by course, then by lesson."""

    course_title: str
    course: int
    position: int
    lesson: int
    is_note: bool
    pk: int


@dataclass(frozen=True)
class Chapter:
    """Of one lesson: highlights in the order of its text, and the note on its questions to think about."""

    lesson: Lesson
    placed: list[Placed]
    note: Note | None

    @property
    def url(self) -> str:
        """Empty where the lesson can not be read any more."""
        return "" if self.lesson.retired or self.lesson.course.retired else self.lesson.get_absolute_url()


def entries(learner: User) -> list[Entry]:
    """Two queries."""
    about = ("lesson__course__title", "lesson__course", "lesson__position", "lesson", "pk")
    rows = {
        False: learner.highlights.kept().order_by().values_list(*about),
        True: learner.notes.order_by().values_list(*about),
    }
    return sorted(
        Entry(title, course, position, lesson, is_note, pk)
        for is_note, found in rows.items()
        for title, course, position, lesson, pk in found
    )


def chapters(learner: User, chosen: Sequence[Entry]) -> list[Chapter]:
    """Of these entries. Three queries."""
    highlights = learner.highlights.with_lessons().in_bulk([one.pk for one in chosen if not one.is_note])
    notes = learner.notes.select_related("lesson__course").in_bulk([one.pk for one in chosen if one.is_note])
    placed = {one.highlight.pk: one for one in place(highlights.values())}
    found = []
    for _lesson, own in groupby(chosen, key=lambda one: (one.course, one.lesson)):
        rows = list(own)
        here = [placed[one.pk] for one in rows if one.pk in placed and not one.is_note]
        note = next((notes[one.pk] for one in rows if one.is_note and one.pk in notes), None)
        if here or note:
            lesson = note.lesson if note else here[0].highlight.lesson
            found.append(Chapter(lesson, sorted(here, key=_order), note))
    return found


def _order(placed: Placed) -> tuple[object, ...]:
    """As in the text; what has moved to another lesson, and then what is gone, at the end."""
    found = placed.found
    is_here = placed.lesson.pk == placed.highlight.lesson_id
    if found is None:
        return (2, 0, 0, placed.highlight.pk)
    return (0 if is_here else 1, found.passage.number, found.start, placed.highlight.pk)


# As Markdown


def as_markdown(chapters: Iterable[Chapter], absolute: Callable[[str], str]) -> str:
    """`absolute` makes a whole address of one of this site. Whatever was written is text, and nothing of it becomes
    markup."""
    blocks = [f"# {_escaped(_('My notes'))}"]
    for course, own in groupby(chapters, key=lambda chapter: chapter.lesson.course):
        blocks.append(f"## {_escaped(course.title)}")
        for chapter in own:
            blocks += _chapter(chapter, absolute)
    return "\n\n".join(blocks) + "\n"


def _chapter(chapter: Chapter, absolute: Callable[[str], str]) -> Iterator[str]:
    title = _escaped(chapter.lesson.title)
    yield f"### [{title}](<{absolute(chapter.url)}>)" if chapter.url else f"### {title}"
    for placed in chapter.placed:
        yield from _highlight(placed, absolute)
    if chapter.note:
        yield f"**{_escaped(_('Questions to think about'))}**"
        yield _paragraphs(chapter.note.text)
        yield _signed(localtime(chapter.note.written_at))


def _highlight(placed: Placed, absolute: Callable[[str], str]) -> Iterator[str]:
    highlight = placed.highlight
    yield "> " + _escaped(highlight.quote)
    if highlight.note:
        yield _paragraphs(highlight.note)
    made = _signed(localtime(highlight.made_at))
    if placed.found:
        yield f"{made} · [{_escaped(_('the passage'))}](<{absolute(placed.url)}>)"
    else:
        why = _("the text has changed") if placed.url else _("its lesson can not be read any more")
        yield f"{made} · {_escaped(why)}"


def _signed(at: datetime) -> str:
    return f"*{_escaped(date_format(at, 'j F Y'))}*"


def _paragraphs(text: str) -> str:
    """As they were written, line by line."""
    lines = [_escaped(line) for line in text.splitlines()]
    written = ["\\\n".join(run) for has_text, run in groupby(lines, key=bool) if has_text]
    return "\n\n".join(written)


def _escaped(text: str) -> str:
    """One line on which nothing is Markdown."""
    line = re.sub(r"([\\`*_\[\]<>&#|~$])", r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d*)([+=.)-])", r"\1\\\2", line)
