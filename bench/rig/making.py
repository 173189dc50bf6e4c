"""A site's worth of rows to answer to: claims, a practice quiz, an exam, learners who are signed in."""

from collections.abc import Sequence

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from accounts.guests import BACKEND
from accounts.models import User
from bench.rig.questions import CLAIMS, samples
from quizzes.engine import document
from quizzes.models import Attempt, Edition, Hint, Option, Question, Quiz, Slot
from quizzes.publishing import publish
from sources.models import Claim, Collection, Source

COLLECTION = "rivers"


@transaction.atomic
def make_quizzes(*, questions: int, settings: Sequence[str]) -> None:
    """A published quiz of the same questions for each setting, which is its slug too."""
    rivers = Collection.objects.create(slug=COLLECTION, title="Rivers", sourced=True)
    claims = _make_claims(rivers)
    asked = [_make_question(rivers, sample.question, claims) for sample in samples(questions)]
    for setting in settings:
        quiz = Quiz.objects.create(collection=rivers, slug=setting, title=f"Rivers, {setting}", setting=setting)
        Slot.objects.bulk_create(Slot(quiz=quiz, position=place, question=one) for place, one in enumerate(asked))
        publish(quiz=quiz)


def _make_claims(rivers: Collection) -> dict[str, Claim]:
    sources = [
        Source.objects.create(
            collection=rivers,
            key=f"source-{number}",
            title=f"Survey of the range, part {number}",
            publisher="The Institute",
            url=f"https://example.org/surveys/{number}",
            date="2024-05-01",
        )
        for number in range(CLAIMS)
    ]
    claims = {}
    for number, source in enumerate(sources):
        claims[f"claim-{number}"] = claim = Claim.objects.create(
            collection=rivers,
            key=f"claim-{number}",
            text=f"The survey of the range names river {number} and follows it from its spring to the sea.",
            status=Claim.Status.ESTABLISHED,
            as_of="2024-05-01",
        )
        claim.sources.add(source, sources[number - 1])
    return claims


def _make_question(rivers: Collection, asked: document.Question, claims: dict[str, Claim]) -> Question:
    made = Question.objects.create(
        collection=rivers,
        key=asked.key,
        kind=asked.kind,
        text=asked.text,
        marking=asked.marking,
        explanation=asked.explanation,
        confusables=list(asked.confusables),
        units=list(asked.units),
    )
    made.claims.set(claims[key] for key in asked.claims)
    for place, one in enumerate(asked.options):
        option = Option.objects.create(
            question=made, position=place, text=one.text, match=one.match, credit=one.credit, feedback=one.feedback
        )
        option.claims.set(claims[key] for key in one.claims)
    for place, hint in enumerate(asked.hints):
        Hint.objects.create(question=made, position=place, text=hint.text, cost=hint.cost)
    return made


@transaction.atomic
def make_learners(count: int) -> list[tuple[str, int]]:
    """The session key of each, and an attempt for the floor to count in."""
    edition = Edition.objects.select_related("quiz").earliest("pk")
    floor = Quiz.objects.create(collection=edition.quiz.collection, slug="floor", title="Rivers, floor")
    made = []
    for number in range(count):
        learner = User.objects.create(email=f"learner-{number}@example.org", password=make_password(None))
        attempt = Attempt.objects.create(learner=learner, quiz=floor, edition=edition, number=1, seed="floor")
        made.append((_sign_in(learner), attempt.pk))
    return made


def _sign_in(learner: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(learner.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    session.create()
    return str(session.session_key)
