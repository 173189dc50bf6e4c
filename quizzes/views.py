from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guests import browser_secret
from accounts.models import User
from quizzes import taking
from quizzes.answering import Refused, SignedOut, take
from quizzes.models import Quiz
from quizzes.showing import Shown, evidence_keys, shown, steps
from quizzes.sittings import NothingRunning, Sitting, attempts_of, resume, sitting_of
from sources.evidence import evidence
from ui.errors import conflict, signed_out
from ui.htmx import is_htmx, page


def _quiz(collection: str, slug: str) -> Quiz:
    quizzes = Quiz.objects.published().select_related("collection").filter(in_lesson=False)
    return get_object_or_404(quizzes, collection__slug=collection, slug=slug)


@require_GET
@never_cache
def quiz(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    found = _quiz(collection, slug)
    attempts = list(attempts_of(request.user, found))
    running = next((attempt for attempt in attempts if not attempt.is_finished), None)
    context = {
        "quiz": found,
        "sitting": sitting_of(running) if running else None,
        "finished": [attempt for attempt in attempts if attempt.is_finished],
    }
    return page(request, "quizzes/quiz.html", context)


@require_POST
def start(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """Another attempt. Whoever has none yet just goes to the first question: only an answer creates anything."""
    found = _quiz(collection, slug)
    if isinstance(request.user, User) and request.user.attempts.filter(quiz=found).exists():
        taking.start(quiz=found, learner=request.user)
    return redirect("quizzes:question", collection, slug, 1)


@require_GET
@never_cache
def question(request: HttpRequest, collection: str, slug: str, place: int) -> HttpResponse:
    found = _quiz(collection, slug)
    try:
        sitting = resume(quiz=found, visitor=request.user, secret=browser_secret(request))
    except NothingRunning:
        return redirect("quizzes:quiz", collection, slug)
    return _question_page(request, found, sitting, shown(sitting, sitting.slot_at(place)))


@require_POST
def answer(request: HttpRequest, collection: str, slug: str, place: int) -> HttpResponse:
    found = _quiz(collection, slug)
    try:
        taken = take(request, found)
    except SignedOut as gone:
        return signed_out(request, str(gone), back=found.get_absolute_url())
    except Refused as refused:
        return conflict(request, str(refused), url=found.get_absolute_url(), link=_("Back to the quiz"))
    if taken.sitting.attempt.is_finished:
        return redirect("quizzes:result", taken.sitting.attempt.pk)
    if taken.shown.error or is_htmx(request):
        return _question_page(request, found, taken.sitting, taken.shown)
    if taken.shown.notice:
        messages.info(request, taken.shown.notice)
    return redirect(f"{request.path.removesuffix('answer/')}#q-{taken.shown.question.key}")


def _question_page(request: HttpRequest, quiz: Quiz, sitting: Sitting, one: Shown) -> HttpResponse:
    context = {
        "quiz": quiz,
        "sitting": sitting,
        "shown": one,
        "steps": steps(sitting, here=one.place),
        "known": evidence(quiz.collection_id, evidence_keys([one])),
    }
    return page(request, "quizzes/question.html", context, partial="sitting", status=422 if one.error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def finish(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """What is still open, and the button that ends the attempt."""
    found = _quiz(collection, slug)
    try:
        sitting = resume(quiz=found, visitor=request.user, secret=browser_secret(request))
    except NothingRunning:
        latest = next(iter(attempts_of(request.user, found)))
        return redirect("quizzes:result", latest.pk)
    if request.method == "POST" and sitting.attempt.pk:
        taking.finish(attempt=sitting.attempt)
        return redirect("quizzes:result", sitting.attempt.pk)
    waiting = [place for place, slot in enumerate(sitting.order, 1) if slot not in sitting.responses]
    context = {"quiz": found, "sitting": sitting, "steps": steps(sitting), "waiting": waiting}
    return page(request, "quizzes/finish.html", context)


@login_required
@require_GET
@never_cache
def result(request: HttpRequest, attempt: int) -> HttpResponse:
    """Every question of a finished attempt with answer, explanation and evidence."""
    assert isinstance(request.user, User)
    mine = request.user.attempts.filter(quiz__in_lesson=False).select_related("quiz__collection", "edition")
    found = get_object_or_404(mine.defer("edition__document"), pk=attempt)
    if not found.is_finished:
        return redirect(found.quiz.get_absolute_url())
    sitting = sitting_of(found)
    questions = [shown(sitting, slot, review=True) for slot in sitting.order]
    context = {
        "quiz": found.quiz,
        "attempt": found,
        "share": float(found.mark) / found.edition.weight,
        "right": sum(one.state == "right" for one in questions),
        "questions": questions,
        "known": evidence(found.quiz.collection_id, evidence_keys(questions)),
    }
    return page(request, "quizzes/result.html", context)
