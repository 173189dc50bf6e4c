"""Challenges: a learner says that a question is wrong, and a teacher answers. Each is safe to repeat."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from quizzes.engine.document import Question
from quizzes.engine.drawing import pooled
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Message, gettext_noop
from quizzes.models import Correction, Dispute, DisputeQuerySet, Response
from quizzes.sittings import Sitting, contents

A_DAY = 20
"""How many challenges a learner may make in 24 hours."""


class NotTaken(Exception):
    """A challenge that is not taken; the message says why and what to do."""

    def __init__(self, text: str, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))


@transaction.atomic
def challenge(*, response: Response, reason: str, link: str = "") -> Dispute:
    """The learner's challenge to the question of a response, or the one that was made to it before. Raises NotTaken."""
    learner = User.objects.select_for_update().get(pk=response.learner_id)  # of two at once, one comes first
    made = Dispute.objects.filter(response__learner=learner)
    if before := made.filter(response=response).first():
        return before
    same = made.open().filter(response__question_key=response.question_key)
    if same.filter(response__attempt__edition=response.attempt.edition_id).exists():
        raise NotTaken(gettext_noop("You have challenged this question already. Your teacher has not answered yet."))
    if made.filter(made_at__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        raise NotTaken(
            gettext_noop(
                "You have made %(count)s challenges within a day, and more are not taken. Come back tomorrow."
            ),
            count=A_DAY,
        )
    return Dispute.objects.create(response=response, reason=reason, link=link)


@dataclass(frozen=True)
class Public:
    """What the public list of corrections says of a mended question, in the teacher's words."""

    wrong: str
    changed: str


@transaction.atomic
def keep(*, dispute: Dispute, reply: str, by: User) -> None:
    """Answers that the question stays as it is. Of several answers the last one holds."""
    _answer(dispute, Dispute.State.KEPT, reply, by)
    Correction.objects.filter(dispute=dispute).delete()


@transaction.atomic
def mend(*, dispute: Dispute, reply: str, by: User, public: Public | None = None) -> None:
    """Answers that the challenge is right; `public` puts it on the list of corrections. The question itself is mended,
    published and regraded where that is always done. Of several answers the last one holds."""
    _answer(dispute, Dispute.State.MENDED, reply, by)
    if public is None:
        Correction.objects.filter(dispute=dispute).delete()
        return
    response = dispute.response
    says = {"wrong": public.wrong, "changed": public.changed}
    new = {"collection_id": response.attempt.quiz.collection_id, "question": legend(asked(response)), **says}
    Correction.objects.update_or_create(dispute=dispute, defaults=says, create_defaults=new)


def _answer(dispute: Dispute, state: Dispute.State, reply: str, by: User) -> None:
    dispute.state, dispute.reply = state, reply
    dispute.answered_by, dispute.answered_at = by, timezone.now()
    dispute.save(update_fields=["state", "reply", "answered_by", "answered_at"])


def look_up(sitting: Sitting) -> None:
    """Puts the disputes beside the sitting's responses, as `known_dispute`. One query; none where nothing was
    answered."""
    prefetch_related_objects([one for given in sitting.responses.values() for one in given], "dispute")


def with_their_questions(disputes: DisputeQuerySet) -> DisputeQuerySet:
    """With all that it takes to tell what was asked."""
    about = ("response__attempt__quiz__collection", "response__attempt__edition")
    return disputes.select_related(*about).defer("response__attempt__edition__document")


def asked(response: Response) -> Question:
    """The question as the response's edition asks it, whatever was mended since."""
    attempt = response.attempt
    questions = pooled(contents(attempt.edition_id, attempt.edition.digest))
    return next(question for question in questions if question.key == response.question_key)


def legend(question: Question) -> str:
    return gettext(KINDS[question.kind].legend(question))
