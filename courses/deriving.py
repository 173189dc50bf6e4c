"""What follows from a lesson's text: which passage cites which claim, and the quiz of its checks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.models import Citation, Lesson
from courses.text import Block, LessonText, parse
from quizzes.models import Question, Quiz, Slot
from sources.models import Claim

SUFFIX = "-checks"
FOOTNOTE = re.compile("<sup.*?</sup>")


@transaction.atomic
def derive(*, lesson: Lesson) -> None:
    """Brings citations and checks in line with the lesson's text, and writes only what differs.

    Keys that the collection does not know are passed over: whoever saves a text refuses them first. The quiz of the
    checks is not published here. Five queries when nothing changed.
    """
    text = parse(lesson.text)
    _derive_citations(lesson, text)
    _derive_checks(lesson, text)


def checks_slug(lesson_slug: str) -> str:
    """Fits the field, however long the lesson's own slug is."""
    return f"{lesson_slug[: 60 - len(SUFFIX)]}{SUFFIX}"


def _derive_citations(lesson: Lesson, text: LessonText) -> None:
    keys = {citation.claim for citation in text.citations}
    claims = dict(Claim.objects.filter(collection=lesson.course.collection_id, key__in=keys).values_list("key", "pk"))
    passages = dict.fromkeys(
        (citation.anchor, claims[citation.claim]) for citation in text.citations if citation.claim in claims
    )
    digests = _digests(text)
    wanted = [(position, anchor, claim, digests.get(anchor, "")) for position, (anchor, claim) in enumerate(passages)]
    columns = ("position", "anchor", "claim", "digest", "reviewed_at")
    before = list(lesson.citations.order_by("position").values_list(*columns))
    if wanted == [(position, *passage) for position, *passage, _reviewed_at in before]:
        return
    reviewed = {tuple(passage): reviewed_at for _position, *passage, reviewed_at in before}
    now = timezone.now()
    lesson.citations.all().delete()
    Citation.objects.bulk_create(
        Citation(
            lesson=lesson,
            position=position,
            anchor=anchor,
            claim_id=claim,
            digest=digest,
            reviewed_at=reviewed.get((anchor, claim, digest), now),
        )
        for position, anchor, claim, digest in wanted
    )


def _digests(text: LessonText) -> dict[str, str]:
    """By anchor, of the words of its passage, without the footnotes, whose numbers depend on what stands before."""
    words: dict[str, str] = defaultdict(str)
    anchor = ""
    for block in _flat(text.blocks):
        anchor = block.anchor or anchor
        words[anchor] += FOOTNOTE.sub("", block.html)
    return {name: sha256(html.encode()).hexdigest() for name, html in words.items()}


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _flat(block.blocks)


def _derive_checks(lesson: Lesson, text: LessonText) -> None:
    quiz = _quiz_of_checks(lesson) if text.checks else None
    if quiz:
        _fill(quiz, list(dict.fromkeys(check.key for check in text.checks)))
    if lesson.checks_id != (quiz.pk if quiz else None):
        lesson.checks = quiz
        lesson.save(update_fields=["checks"])


def _quiz_of_checks(lesson: Lesson) -> Quiz:
    """Found by its slug, so that checks which left the text and come back keep what was answered."""
    facts = {"title": lesson.title, "in_lesson": True, "setting": Quiz.Setting.PRACTICE}
    quiz, _made = Quiz.objects.get_or_create(
        collection_id=lesson.course.collection_id, slug=checks_slug(lesson.slug), defaults=facts
    )
    if any(getattr(quiz, name) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(quiz, name, value)
        quiz.save(update_fields=[*facts, "edited_at"])
    return quiz


def _fill(quiz: Quiz, keys: list[str]) -> None:
    found = dict(Question.objects.filter(collection=quiz.collection_id, key__in=keys).values_list("key", "pk"))
    wanted = [(position, found[key]) for position, key in enumerate(key for key in keys if key in found)]
    if wanted == list(quiz.slots.values_list("position", "question")):
        return
    quiz.slots.all().delete()
    Slot.objects.bulk_create(Slot(quiz=quiz, position=position, question_id=question) for position, question in wanted)
    # What stands in a lesson's text is drawn by no quiz.
    Quiz.objects.filter(Q(pk=quiz.pk) | Q(pk__in=Quiz.objects.drawing()), collection=quiz.collection_id).note_edited()
