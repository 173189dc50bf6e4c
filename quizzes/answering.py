"""What comes in by the form of a question, wherever it stands: in a quiz or in a lesson."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _
from msgspec import Meta

from accounts.guests import browser_secret, come_back, ensure_learner
from accounts.models import User
from quizzes import taking
from quizzes.engine.confidence import LEVELS
from quizzes.engine.document import COUNTED
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from quizzes.models import Attempt, Quiz, Response
from quizzes.showing import Shown, shown
from quizzes.sittings import EditionSuperseded, Sitting, asked_by, by_slot, named
from quizzes.wording import said


class Refused(Exception):
    """What was sent was not recorded; the message says why and what to do."""


class SignedOut(Refused):
    """The attempt is somebody's who is not signed in any more."""


Place = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Key = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class Form(msgspec.Struct, frozen=True):
    """Which try of which slot an answer is for; the answer itself is read by the kind of question.

    Two buttons of the form ask for something else instead: `hint` for the hint with that number, counted from 1, and
    `flag` to mark the slot (1) or to take the mark away (0). No Django form: every answer pays for reading it.
    """

    edition: Key
    slot: Place
    try_number: Count
    attempt: Key | None = None
    confidence: Literal[1, 2, 3] | None = None
    hint: Count | None = None
    flag: Literal[0, 1] | None = None


@dataclass(frozen=True)
class Taken:
    """What came of it: `shown.error` is set when it could not be read, and then nothing was recorded."""

    sitting: Sitting
    shown: Shown


def take(request: HttpRequest, quiz: Quiz) -> Taken:
    """Records what a form sent: an answer, a hint taken or a flag set. Raises BadRequest, Http404 and Refused."""
    form = read(request)
    return record(request, sitting_of_form(request, form, quiz.__eq__) or first_sitting(request, form, quiz), form)


def read(request: HttpRequest) -> Form:
    """What a question's form says beside the answer. Raises BadRequest."""
    try:
        return msgspec.convert({name: value for name, value in request.POST.items() if value}, Form, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest from error


def record(request: HttpRequest, sitting: Sitting, form: Form) -> Taken:
    """Records what came with a form that was rendered from this sitting. Raises BadRequest, Http404 and Refused."""
    if not sitting.slot(form.slot).asks and form.flag is None:
        raise BadRequest
    try:
        if form.hint:
            return _hint(request, sitting, form.slot, form.hint)
        if form.flag is not None:
            return _flag(request, sitting, form.slot, on=form.flag == 1)
        return _answer(request, sitting, form)
    except taking.NotOpen as closed:
        raise Refused(said(closed.message, closed.at)) from closed
    except taking.NoHint as none:
        raise Refused(_("There is no hint to take here any more. Nothing was counted.")) from none
    except taking.AttemptClosed as closed:
        raise Refused(_("This question takes no further answers. What you had answered before is kept.")) from closed
    except taking.TryOutOfTurn as behind:
        raise Refused(_("This page is behind what you have answered since. Nothing is lost.")) from behind


def sitting_of_form(request: HttpRequest, form: Form, of: Callable[[Quiz], bool]) -> Sitting | None:
    """What the form was rendered from, where it names an attempt; `of` says whether it is one of the right quiz. Raises
    Http404 and SignedOut."""
    if not form.attempt:
        return None
    come_back(request)
    if not isinstance(request.user, User):
        raise SignedOut(_("You are signed out, so your answer was not recorded. Sign in and answer once more."))
    return named(learner=request.user, attempt_id=form.attempt, of=of)


def first_sitting(request: HttpRequest, form: Form, quiz: Quiz) -> Sitting:
    """What the form was rendered from, where it names none. Raises Http404 and Refused."""
    secret = browser_secret(request)
    try:
        return asked_by(quiz=quiz, visitor=request.user, secret=secret, edition_id=form.edition)
    except EditionSuperseded as superseded:
        message = _("This question was revised while the page was open, so your answer was not recorded.")
        raise Refused(message) from superseded


def _answer(request: HttpRequest, sitting: Sitting, form: Form) -> Taken:
    slot, sent = form.slot, dict(request.POST.lists())
    question = sitting.question(slot)
    try:
        value = KINDS[question.kind].field.read(question, sitting.hand(slot), sent)
    except Unreadable as unreadable:
        return Taken(sitting, shown(sitting, slot, error=said(unreadable.message), sent=sent))
    recorded = taking.answer(
        sitting=sitting,
        learner=ensure_learner(request),
        slot=slot,
        try_number=form.try_number,
        value=value,
        confidence=confidence_of(sitting, form.confidence),
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


def _hint(request: HttpRequest, sitting: Sitting, slot: int, number: int) -> Taken:
    """What was filled in stays in the form."""
    learner = ensure_learner(request)
    attempt = taking.take_hint(sitting=sitting, learner=learner, slot=slot, number=number)
    now = _with(attempt, sitting)
    clears = now.question(slot).hints[number - 1].clear_wrong
    return Taken(now, shown(now, slot, sent=None if clears else dict(request.POST.lists()), hinted=True))


def _flag(request: HttpRequest, sitting: Sitting, slot: int, *, on: bool) -> Taken:
    learner = ensure_learner(request)
    attempt = taking.flag(sitting=sitting, learner=learner, slot=slot, on=on)
    now = _with(attempt, sitting)
    return Taken(now, shown(now, slot, sent=dict(request.POST.lists())))


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
