from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import models as accounts
from accounts.guests import come_back
from accounts.models import User
from courses.models import Course
from progress import cards, highlights, later, own_questions, reviewing
from progress.asking import OwnOrigin
from progress.forms import HindsightForm, PlanForm
from progress.models import OwnAnswer, ReviewSettings
from progress.reviewing import Asked, Day
from progress.standings import taken_lessons
from quizzes import answering
from quizzes.engine.words import Unreadable
from quizzes.models import Response
from quizzes.showing import Shown, evidence_keys, shown
from quizzes.sittings import sitting_of
from quizzes.wording import said
from sources.evidence import evidence
from ui.errors import conflict, signed_out
from ui.htmx import addressed, is_htmx, page

View = Callable[..., HttpResponseBase]


def learners_only(home: str) -> Callable[[View], View]:
    """For accounts and guests. Who is signed out is asked to sign in, and comes back to the page of that name."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            come_back(request)
            if isinstance(request.user, User):
                return view(request, *args, **kwargs)
            return _signed_out(request, home) if is_htmx(request) else redirect_to_login(reverse(home))

        return guarded

    return guard


for_learners = learners_only("review:today")


def _signed_out(request: HttpRequest, home: str = "review:today") -> HttpResponse:
    message = _("You are signed out, so nothing was recorded. Sign in and do it once more.")
    return signed_out(request, message, back=reverse(home))


def _learner(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@require_GET
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """The next question; between two sessions and when nothing is left, how it went and what comes. `?on=10` goes on
    after the day's tenth answer."""
    come_back(request)
    if not isinstance(request.user, User):
        return page(request, "progress/review.html", {}, partial="review")
    day = reviewing.day_of(request.user)
    goes_on = request.GET.get("on") == str(day.done.answered)
    if not day.left or (day.is_between and not goes_on):
        context = {
            "day": day,
            "outlook": reviewing.outlook(request.user, day.settings),
            "offers": later.offers(request.user, taken_lessons(request.user)),
        }
        return addressed(request, page(request, "progress/review.html", context, partial="review"))
    asked = next(day.queue())
    sitting = reviewing.sitting(request.user, asked.origin, accounts.today())
    one = shown(sitting, asked.origin.slot)
    return addressed(request, _question(request, day, asked, one, accounts.today()))


def _question(request: HttpRequest, day: Day, asked: Asked, one: Shown, on: date) -> HttpResponse:
    context = {"day": day, "asked": asked, "shown": one, "on": on.isoformat()}
    return page(request, "progress/review.html", context, partial="review", status=422 if one.error else 200)


@require_POST
def answer(request: HttpRequest, card: int, day: str) -> HttpResponse:
    """An answer, or a hint taken. `day` is the one on which the page was opened: its options were dealt for that."""
    form = answering.read(request)
    come_back(request)
    if not isinstance(request.user, User):
        return _signed_out(request)
    asked = reviewing.asked(request.user, get_object_or_404(request.user.cards, pk=card))
    if asked is None or not asked.origin.is_asked_by(form.edition, form.slot):
        return _refused(
            request, _("This question was revised while the page was open, so your answer was not recorded.")
        )
    on = _day(day)
    if isinstance(asked.origin, OwnOrigin):
        return _answer_own(request, asked, asked.origin, on)
    sitting = reviewing.begin(reviewing.sitting(request.user, asked.origin, on))
    try:
        taken = answering.record(request, sitting, form)
    except answering.Refused as refused:
        return _refused(request, str(refused))
    if taken.shown.is_answered:
        return redirect("review:answered", taken.sitting.responses[form.slot][-1].pk)
    today = reviewing.day_of(request.user)
    if taken.shown.error or is_htmx(request):
        return _question(request, today, asked, taken.shown, on)
    return redirect(f"{reverse('review:today')}?on={today.done.answered}")


def _answer_own(request: HttpRequest, asked: Asked, origin: OwnOrigin, on: date) -> HttpResponse:
    sent = dict(request.POST.lists())
    try:
        given = own_questions.answer(own=origin.question, day=on, sent=sent)
    except Unreadable as unreadable:
        one = shown(own_questions.sitting(origin.question, on), origin.slot, error=said(unreadable.message), sent=sent)
        return _question(request, reviewing.day_of(_learner(request)), asked, one, on)
    return redirect("review:own_answered", given.pk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _refused(request: HttpRequest, message: str) -> HttpResponse:
    return conflict(request, message, url=reverse("review:today"), link=_("Back to the review"))


def _response(request: HttpRequest, pk: int) -> Response:
    given = _learner(request).responses.filter(attempt__in_review=True)
    given = given.select_related("attempt__quiz__collection", "attempt__edition", "hindsight")
    return get_object_or_404(given.defer("attempt__edition__document"), pk=pk)


@require_GET
@for_learners
@never_cache
def answered(request: HttpRequest, response: int) -> HttpResponse:
    """What was answered in the review, and why it is right or wrong."""
    given = _response(request, response)
    quiz = given.attempt.quiz
    one = shown(sitting_of(given.attempt), given.slot)
    cards.sync(learner=_learner(request))
    card = _learner(request).cards.filter(collection=quiz.collection, question_key=given.question_key).first()
    context = {
        "hindsight": reverse("review:hindsight", args=[given.pk]),
        "shown": one,
        "comes_up": reviewing.comes_up(card, cards.settings_of(_learner(request))) if card else None,
        "asked": reviewing.asked(_learner(request), card) if card else None,
        "collection": quiz.collection,
        "known": evidence(quiz.collection_id, evidence_keys([one])),
    }
    return addressed(request, page(request, "progress/answered.html", context, partial="review"))


def _own_answer(request: HttpRequest, pk: int) -> OwnAnswer:
    given = OwnAnswer.objects.filter(question__learner=_learner(request))
    about = ("question__learner", "question__collection", "question__highlight__lesson__course")
    return get_object_or_404(given.select_related(*about), pk=pk)


@require_GET
@for_learners
@never_cache
def own_answered(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered to a question of the learner's own, with the passage that it is from and what that rests on."""
    given = _own_answer(request, pk)
    own, (placed,) = given.question, highlights.place([given.question.highlight])
    claims = placed.found.passage.claims if placed.found else ()
    one = shown(own_questions.sitting(own, given.on, given, claims), OwnOrigin.slot)
    card = own.cards.with_own().first()
    context = {
        "hindsight": reverse("review:own_hindsight", args=[given.pk]),
        "shown": one,
        "comes_up": reviewing.comes_up(card, cards.settings_of(_learner(request))) if card else None,
        "placed": placed,
        "collection": own.collection,
        "known": evidence(own.collection_id, evidence_keys([one])),
    }
    return addressed(request, page(request, "progress/answered.html", context, partial="review"))


@require_POST
@for_learners
def own_hindsight(request: HttpRequest, pk: int) -> HttpResponse:
    given = _own_answer(request, pk)
    own_questions.look_back(given=given, knew=_knew(request))
    return redirect("review:today")


@require_POST
@for_learners
def hindsight(request: HttpRequest, response: int) -> HttpResponse:
    """Known or guessed."""
    given = _response(request, response)
    reviewing.look_back(response=given, knew=_knew(request))
    return redirect("review:today")


def _knew(request: HttpRequest) -> bool:
    form = HindsightForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    return bool(form.cleaned_data["knew"])


@require_POST
@for_learners
def bury(request: HttpRequest, card: int) -> HttpResponse:
    get_object_or_404(_learner(request).cards, pk=card).bury()
    messages.info(request, _("Put off until tomorrow."))
    return _on(request)


@require_POST
@for_learners
def suspend(request: HttpRequest, card: int) -> HttpResponse:
    get_object_or_404(_learner(request).cards, pk=card).suspend()
    messages.info(request, _("Set aside. In your plan you can have it asked again."))
    return _on(request)


def _on(request: HttpRequest) -> HttpResponse:
    """To the next question, also where a session had just begun."""
    answered = reviewing.day_of(_learner(request)).done.answered
    return redirect(f"{reverse('review:today')}?on={answered}")


@require_POST
@for_learners
def resume(request: HttpRequest) -> HttpResponse:
    """Asks again what was set aside."""
    count = _learner(request).cards.filter(suspended=True).update(suspended=False)
    message = ngettext("%(count)d question is asked again.", "%(count)d questions are asked again.", count)
    messages.success(request, message % {"count": count})
    return redirect("review:plan")


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
@never_cache
def plan(request: HttpRequest) -> HttpResponse:
    """How often and how much to review, an exam to be ready for, and what comes of it."""
    learner = _learner(request)
    cards.sync(learner=learner)
    settings = cards.settings_of(learner)
    courses = Course.objects.filter(collection__in=learner.cards.values("collection"))
    form = PlanForm(initial=PlanForm.values_of(settings), courses=courses)
    if request.method == "POST":
        form = PlanForm(request.POST, courses=courses)
        if form.is_valid():
            return _set_plan(request, form.as_settings(learner))
    context = {"form": form, "settings": settings, "outlook": reviewing.outlook(learner, settings)}
    return page(request, "progress/plan.html", context, partial="plan", form=form)


def _set_plan(request: HttpRequest, settings: ReviewSettings) -> HttpResponse:
    reviewing.set_plan(settings)
    messages.success(request, _("Saved. Your reviews are planned anew."))
    return redirect("review:plan")
