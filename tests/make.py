"""Keyword-only functions that make what a test needs, with defaults for all it does not care about."""

from itertools import count

from django.contrib.auth.models import Group

from accounts.models import User
from courses.models import Course, Lesson
from quizzes.models import Hint, Option, Question, Quiz, Slot
from quizzes.publishing import publish
from sources.models import Claim, Collection, Source

_numbers = count(1)


def _key(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def ada() -> User:
    return User.objects.create_user("ada@example.org", "a long word for ada", name="Ada")


def tom() -> User:
    user = User.objects.create_user("tom@example.org", "a long word for tom", name="Tom", is_staff=True)
    user.groups.add(Group.objects.get(name="Teachers"))
    return user


def collection(*, slug: str = "", title: str = "Rivers", owner: User | None = None, **fields) -> Collection:
    """Open to every teacher unless it has an owner."""
    fields.setdefault("open_to_teachers", owner is None)
    return Collection.objects.create(slug=slug or _key("rivers"), title=title, owner=owner, **fields)


def source(
    *, collection: Collection, key: str = "", title: str = "A survey", publisher: str = "The Institute", **fields
):
    return Source.objects.create(
        collection=collection, key=key or _key("source"), title=title, publisher=publisher, **fields
    )


def claim(*, collection: Collection, key: str = "", text: str = "Water runs downhill.", sources=(), **fields) -> Claim:
    fields.setdefault("status", Claim.Status.ESTABLISHED)
    made = Claim.objects.create(collection=collection, key=key or _key("claim"), text=text, **fields)
    if sources:
        made.sources.set(sources)
    return made


def question(
    *,
    collection: Collection,
    key: str = "",
    kind: str = "single",
    text: str = "Which is right?",
    options=(("Right", 1), ("Wrong", 0), ("Also wrong", 0)),
    claims=(),
    **fields,
) -> Question:
    """`options` are (text, credit), (text, credit, feedback), or fields by name; `hints` are fields by name."""
    hints = fields.pop("hints", ())
    made = Question.objects.create(collection=collection, key=key or _key("question"), kind=kind, text=text, **fields)
    rows = [Option(question=made, position=position, **_option(given)) for position, given in enumerate(options)]
    Option.objects.bulk_create(rows)
    Hint.objects.bulk_create(Hint(question=made, position=position, **hint) for position, hint in enumerate(hints))
    if claims:
        made.claims.set(claims)
        about = Option.claims.through
        about.objects.bulk_create(about(option=option, claim=claim) for option in rows for claim in claims)
    return made


def _option(given) -> dict:
    row = dict(given) if isinstance(given, dict) else dict(zip(("text", "credit", "feedback"), given, strict=False))
    row.setdefault("feedback", f"Why {row['text']} is so." if row.get("text") else "")
    return row


def quiz(
    *, collection: Collection, slug: str = "", title: str = "A quiz", questions=(), published=True, **fields
) -> Quiz:
    made = Quiz.objects.create(collection=collection, slug=slug or _key("quiz"), title=title, **fields)
    Slot.objects.bulk_create(Slot(quiz=made, position=position, question=one) for position, one in enumerate(questions))
    if published and questions:
        publish(quiz=made)
    return made


def course(*, collection: Collection, **fields) -> Course:
    fields.setdefault("title", collection.title)
    return Course.objects.create(collection=collection, slug=collection.slug, **fields)


def lesson(*, course: Course, slug: str = "", title: str = "Springs", text: str = "Water.", **fields) -> Lesson:
    return Lesson.objects.create(course=course, slug=slug or _key("lesson"), title=title, text=text, **fields)
