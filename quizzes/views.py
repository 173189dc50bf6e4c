from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guests import browser_secret, ensure_learner
from accounts.models import User
from quizzes import disputes, taking
from quizzes.answering import Refused, SignedOut, Taken, first_sitting, read, record, sitting_of_form
from quizzes.engine import rules
from quizzes.models import Attempt, Edition, Quiz
from quizzes.regrading import notices
from quizzes.results import outcome_of, outcomes_of
from quizzes.showing import Shown, evidence_keys, shown, step_at, steps
from quizzes.sittings import NothingRunning, Sitting, attempts_of, contents, resume, sitting_of, starts_by_hand
from quizzes.wording import said
from sources.evidence import evidence
from ui.errors import conflict, signed_out
from ui.htmx import is_htmx, page


def _quiz(collection: str, slug: str) -> Quiz:
    """By its latest edition, since every answer pays for this query."""
    editions = Edition.objects.filter(quiz__collection__slug=collection, quiz__slug=slug)
    editions = editions.filter(quiz__retired=False, quiz__in_lesson=False).select_related("quiz__collection")
    latest = editions.defer("document").order_by("-number").first()
    if latest is None:
        raise Http404
    return latest.quiz.with_latest(latest)


def _running(request: HttpRequest, quiz: Quiz) -> Sitting:
    """What can be answered now; an attempt whose time is up is finished first. Raises NothingRunning."""
    sitting = resume(quiz=quiz, visitor=request.user, secret=browser_secret(request))
    if sitting.attempt.pk and sitting.is_over:
        taking.finish(attempt=sitting.attempt)
        messages.info(request, _("Time is up. What you had answered until then is in."))
        raise NothingRunning
    if not sitting.attempt.pk and _refusal(quiz, [], sitting.now):
        raise NothingRunning
    return sitting


def _refusal(quiz: Quiz, attempts: list[Attempt], now: datetime) -> str:
    """Why no attempt may be started; empty where one may."""
    ends = [attempt.finished_at for attempt in attempts if attempt.finished_at]
    refused = rules.refusal(quiz.rules, finished=ends, now=now)
    return said(*refused) if refused else ""


@require_GET
@never_cache
def quiz(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    found = _quiz(collection, slug)
    attempts = attempts_of(request.user, found)
    running = next((attempt for attempt in attempts if not attempt.is_finished), None)
    sitting = sitting_of(running) if running else None
    if sitting and sitting.is_over:
        taking.finish(attempt=sitting.attempt)
        sitting = None
    assert found.edition_id is not None
    edition = contents(found.edition_id, found.edition_digest)
    context = {
        "quiz": found,
        "edition": edition,
        "starts": starts_by_hand(edition),
        "sitting": sitting,
        "refusal": "" if sitting else _refusal(found, attempts, timezone.now()),
        "left": max(found.attempts_allowed - len(attempts), 0),
        "outcomes": outcomes_of(found, attempts),
    }
    return page(request, "quizzes/quiz.html", context)


@require_POST
def start(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """An attempt, or a further one. Where no clock runs and nothing is drawn, whoever has none yet just goes to the
    first question: there only an answer creates anything."""
    found = _quiz(collection, slug)
    assert found.edition_id is not None
    again = isinstance(request.user, User) and request.user.attempts.filter(quiz=found, in_review=False).exists()
    if again or starts_by_hand(contents(found.edition_id, found.edition_digest)):
        try:
            taking.start(quiz=found, learner=ensure_learner(request))
        except taking.NotOpen as closed:
            return conflict(
                request, said(closed.message, closed.at), url=found.get_absolute_url(), link=_("Back to the quiz")
            )
    return redirect("quizzes:question", collection, slug, 1)


@require_GET
@never_cache
def question(request: HttpRequest, collection: str, slug: str, place: int) -> HttpResponse:
    found = _quiz(collection, slug)
    try:
        sitting = _running(request, found)
    except NothingRunning:
        return redirect("quizzes:quiz", collection, slug)
    disputes.look_up(sitting)
    return _question_page(request, found, sitting, shown(sitting, sitting.slot_at(place)))


@require_POST
def answer(request: HttpRequest, collection: str, slug: str, place: int) -> HttpResponse:
    def is_here(quiz: Quiz) -> bool:
        return quiz.slug == slug and quiz.collection.slug == collection and not (quiz.retired or quiz.in_lesson)

    form = read(request)
    try:
        sitting = sitting_of_form(request, form, is_here)
        taken = record(request, sitting or first_sitting(request, form, _quiz(collection, slug)), form)
    except Refused as refused:
        return _refused(request, reverse("quizzes:quiz", args=[collection, slug]), refused)
    if "autosave" in request.POST:
        return _question_page(request, taken.sitting.attempt.quiz, taken.sitting, taken.shown, partial="saved")
    return _after(request, taken)


def _refused(request: HttpRequest, url: str, refused: Refused) -> HttpResponse:
    if isinstance(refused, SignedOut):
        return signed_out(request, str(refused), back=url)
    return conflict(request, str(refused), url=url, link=_("Back to the quiz"))


def _after(request: HttpRequest, taken: Taken) -> HttpResponse:
    """Where a learner is led once something was recorded, or could not be read."""
    quiz = taken.sitting.attempt.quiz
    if taken.sitting.is_over:
        if taken.shown.notice:
            messages.info(request, taken.shown.notice)
        taking.finish(attempt=taken.sitting.attempt)
        return redirect("quizzes:result", taken.sitting.attempt.pk)
    if taken.shown.error or is_htmx(request):
        return _question_page(request, quiz, taken.sitting, taken.shown)
    if taken.shown.notice:
        messages.info(request, taken.shown.notice)
    to = redirect("quizzes:question", quiz.collection.slug, quiz.slug, taken.shown.place)
    to["Location"] += f"#q-{taken.shown.question.key}"
    return to


def _question_page(
    request: HttpRequest, quiz: Quiz, sitting: Sitting, one: Shown, *, partial: str = "sitting"
) -> HttpResponse:
    way = {"step": step_at(sitting, one.place)} if is_htmx(request) else {"steps": steps(sitting, here=one.place)}
    context = {
        "quiz": quiz,
        "sitting": sitting,
        "shown": one,
        "known": evidence(quiz.collection_id, evidence_keys([one])),
        **way,
    }
    return page(request, "quizzes/question.html", context, partial=partial, status=422 if one.error else 200)


@require_GET
@never_cache
def clock(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """The time left, asked for every few seconds: the deadline may move while an attempt runs."""
    found = _quiz(collection, slug)
    attempt = next(iter(attempts_of(request.user, found)), None)
    return page(request, "quizzes/clock.html", {"quiz": found, "attempt": attempt}, partial="clock")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def finish(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """What is still open, and the button that ends the attempt."""
    found = _quiz(collection, slug)
    try:
        sitting = _running(request, found)
    except NothingRunning:
        latest = next(iter(attempts_of(request.user, found)), None)
        return redirect("quizzes:result", latest.pk) if latest else redirect(found.get_absolute_url())
    if request.method == "POST" and sitting.attempt.pk:
        if request.POST.get("attempt", str(sitting.attempt.pk)) != str(sitting.attempt.pk):
            return redirect(found.get_absolute_url())  # a page of an earlier attempt
        taking.finish(attempt=sitting.attempt)
        return redirect("quizzes:result", sitting.attempt.pk)
    all_steps = steps(sitting)
    context = {
        "quiz": found,
        "sitting": sitting,
        "steps": all_steps,
        "waiting": [step for step in all_steps if step.number and not step.state],
        "flagged": [step for step in all_steps if step.flagged],
    }
    return page(request, "quizzes/finish.html", context)


@login_required
@require_GET
@never_cache
def result(request: HttpRequest, attempt: int) -> HttpResponse:
    """Every question of a finished attempt, with all of it that may be seen by now."""
    assert isinstance(request.user, User)
    mine = request.user.attempts.filter(quiz__in_lesson=False, in_review=False)
    mine = mine.select_related("quiz__collection", "edition")
    found = get_object_or_404(mine.defer("edition__document"), pk=attempt)
    sitting = sitting_of(found)
    if not sitting.is_over:
        return redirect(found.quiz.get_absolute_url())
    if not found.is_finished:
        taking.finish(attempt=found)
    disputes.look_up(sitting)
    all_steps, questions = steps(sitting), [shown(sitting, slot) for slot in sitting.order]
    context = {
        "quiz": found.quiz,
        "attempt": found,
        "outcome": outcome_of(sitting),
        "pass_mark": sitting.quiz.pass_mark,
        "marks_from": sitting.quiz.visibility.mark,
        "regrades": notices(found) if sitting.sees("mark") else {},
        "review": list(zip(all_steps, questions, strict=True)),
        "steps": all_steps,
        "known": evidence(found.quiz.collection_id, evidence_keys(questions)),
    }
    return page(request, "quizzes/result.html", context)
