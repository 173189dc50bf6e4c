"""What comes in by the form of a question, wherever it stands: in a quiz or in a lesson."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.guests import browser_secret, come_back, ensure_learner
from quizzes import taking
from quizzes.engine.confidence import LEVELS
from quizzes.engine.document import COUNTED
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from quizzes.forms import AnswerForm
from quizzes.models import Attempt, Quiz, Response
from quizzes.showing import Shown, shown
from quizzes.sittings import EditionSuperseded, Sitting, asked_by, by_slot
from quizzes.wording import said


class Refused(Exception):
    """What was sent was not recorded; the message says why and what to do."""


class SignedOut(Refused):
    """The attempt is somebody's who is not signed in any more."""


@dataclass(frozen=True)
class Taken:
    """What came of it: `shown.error` is set when it could not be read, and then nothing was recorded."""

    sitting: Sitting
    shown: Shown


def take(request: HttpRequest, quiz: Quiz) -> Taken:
    """Records what a form sent: an answer, a hint taken or a flag set. Raises BadRequest, Http404 and Refused."""
    form = read(request)
    return record(request, _sitting(request, quiz, form), form)


def read(request: HttpRequest) -> dict[str, Any]:
    """What a question's form says beside the answer. Raises BadRequest."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data


def record(request: HttpRequest, sitting: Sitting, form: dict[str, Any]) -> Taken:
    """Records what came with a form that was rendered from this sitting. Raises BadRequest, Http404 and Refused."""
    if not sitting.slot(form["slot"]).asks and form["flag"] is None:
        raise BadRequest
    try:
        if form["hint"]:
            return _hint(request, sitting, form)
        if form["flag"] is not None:
            return _flag(request, sitting, form)
        return _answer(request, sitting, form)
    except taking.NotOpen as closed:
        raise Refused(said(closed.message, closed.at)) from closed
    except taking.NoHint as none:
        raise Refused(_("There is no hint to take here any more. Nothing was counted.")) from none
    except taking.AttemptClosed as closed:
        raise Refused(_("This question takes no further answers. What you had answered before is kept.")) from closed
    except taking.TryOutOfTurn as behind:
        raise Refused(_("This page is behind what you have answered since. Nothing is lost.")) from behind


def _sitting(request: HttpRequest, quiz: Quiz, form: dict[str, Any]) -> Sitting:
    """What the form was rendered from. Raises Http404 and Refused."""
    if form["attempt"]:
        come_back(request)
        if not request.user.is_authenticated:
            raise SignedOut(_("You are signed out, so your answer was not recorded. Sign in and answer once more."))
    try:
        return asked_by(
            quiz=quiz,
            visitor=request.user,
            secret=browser_secret(request),
            attempt_id=form["attempt"],
            edition_id=form["edition"],
        )
    except EditionSuperseded as superseded:
        message = _("This question was revised while the page was open, so your answer was not recorded.")
        raise Refused(message) from superseded


def _answer(request: HttpRequest, sitting: Sitting, form: dict[str, Any]) -> Taken:
    slot, sent = form["slot"], dict(request.POST.lists())
    question = sitting.question(slot)
    try:
        value = KINDS[question.kind].field.read(question, sitting.hand(slot), sent)
    except Unreadable as unreadable:
        return Taken(sitting, shown(sitting, slot, error=said(unreadable.message), sent=sent))
    recorded = taking.answer(
        sitting=sitting,
        learner=ensure_learner(request),
        slot=slot,
        try_number=form["try_number"],
        value=value,
        confidence=confidence_of(sitting, form["confidence"]),
    )
    now = _after(sitting, recorded.response)
    return Taken(now, shown(now, slot, notice=_notice(recorded)))


def confidence_of(sitting: Sitting, chosen: int | None) -> int | None:
    """None where it was not asked for; the lowest where it counts and none was chosen."""
    if sitting.quiz.confidence == COUNTED:
        return chosen or LEVELS[0]
    return chosen if sitting.quiz.confidence else None


def _notice(recorded: taking.Recorded) -> str:
    if recorded.differs:
        return _("You had answered this already, in another window. That answer stands.")
    if recorded.response.late:
        return _("Time was up when this answer came. It is kept for your teacher to see, and does not count.")
    return ""


def _hint(request: HttpRequest, sitting: Sitting, form: dict[str, Any]) -> Taken:
    """What was filled in stays in the form."""
    slot = form["slot"]
    learner = ensure_learner(request)
    attempt = taking.take_hint(sitting=sitting, learner=learner, slot=slot, number=form["hint"])
    now = _with(attempt, sitting)
    clears = now.question(slot).hints[form["hint"] - 1].clear_wrong
    return Taken(now, shown(now, slot, sent=None if clears else dict(request.POST.lists()), hinted=True))


def _flag(request: HttpRequest, sitting: Sitting, form: dict[str, Any]) -> Taken:
    learner = ensure_learner(request)
    attempt = taking.flag(sitting=sitting, learner=learner, slot=form["slot"], on=bool(form["flag"]))
    now = _with(attempt, sitting)
    return Taken(now, shown(now, form["slot"], sent=dict(request.POST.lists())))


def _with(attempt: Attempt, sitting: Sitting) -> Sitting:
    """The sitting with its attempt as it is now."""
    attempt.quiz = sitting.attempt.quiz
    return Sitting(attempt, sitting.quiz, sitting.responses)


def _after(sitting: Sitting, response: Response) -> Sitting:
    """The sitting with a response that is recorded. No query, unless another request recorded one meanwhile."""
    known = sitting.responses.get(response.slot, [])
    response.attempt.quiz = sitting.attempt.quiz
    if len(known) == response.try_number - 1 and response.attempt == sitting.attempt:
        return Sitting(response.attempt, sitting.quiz, {**sitting.responses, response.slot: [*known, response]})
    return Sitting(response.attempt, sitting.quiz, by_slot(response.attempt.responses.all()))
