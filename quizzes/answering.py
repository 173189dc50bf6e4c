"""An answer as it comes in by a form, wherever its question stands: in a quiz or in a lesson."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.guests import browser_secret, come_back, ensure_learner
from quizzes import taking
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from quizzes.forms import AnswerForm
from quizzes.models import Quiz, Response
from quizzes.showing import Shown, shown
from quizzes.sittings import EditionSuperseded, Sitting, asked_by, by_slot


class Refused(Exception):
    """The answer was not recorded; the message says why and what to do."""


class SignedOut(Refused):
    """The attempt is somebody's who is not signed in any more."""


@dataclass(frozen=True)
class Taken:
    """What came of it: `shown.error` is set when it could not be read, and then nothing was recorded."""

    sitting: Sitting
    shown: Shown


def take(request: HttpRequest, quiz: Quiz) -> Taken:
    """Records the answer that a form sent. Raises BadRequest, Http404 and Refused."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    slot, try_number = form.cleaned_data["slot"], form.cleaned_data["try_number"]
    if form.cleaned_data["attempt"]:
        come_back(request)
        if not request.user.is_authenticated:
            raise SignedOut(_("You are signed out, so your answer was not recorded. Sign in and answer once more."))
    try:
        sitting = asked_by(
            quiz=quiz,
            visitor=request.user,
            secret=browser_secret(request),
            attempt_id=form.cleaned_data["attempt"],
            edition_id=form.cleaned_data["edition"],
        )
    except EditionSuperseded as superseded:
        message = _("This question was revised while the page was open, so your answer was not recorded.")
        raise Refused(message) from superseded
    question = sitting.question(slot)
    sent = request.POST.getlist("answer")
    try:
        value = KINDS[question.kind].read(question, sent, sitting.tokens(slot))
    except Unreadable as unreadable:
        error = _(unreadable.message.text) % unreadable.message.values
        return Taken(sitting, shown(sitting, slot, error=error, chosen=sent))
    learner = ensure_learner(request)
    try:
        recorded = taking.answer(sitting=sitting, learner=learner, slot=slot, try_number=try_number, value=value)
    except taking.AttemptClosed as closed:
        raise Refused(_("This question takes no further answers. What you had answered before is kept.")) from closed
    except taking.TryOutOfTurn as behind:
        raise Refused(_("This page is behind what you have answered since. Nothing is lost.")) from behind
    now = _after(sitting, recorded.response)
    notice = _("You had answered this already, in another window. That answer stands.") if recorded.differs else ""
    return Taken(now, shown(now, slot, notice=notice))


def _after(sitting: Sitting, response: Response) -> Sitting:
    """The sitting with a response that is recorded. No query, unless another request recorded one meanwhile."""
    known = sitting.responses.get(response.slot, [])
    if len(known) == response.try_number - 1 and response.attempt == sitting.attempt:
        return Sitting(response.attempt, sitting.quiz, {**sitting.responses, response.slot: [*known, response]})
    return Sitting(response.attempt, sitting.quiz, by_slot(response.attempt.responses.all()))
