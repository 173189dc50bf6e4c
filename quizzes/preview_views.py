from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url

from accounts.models import User
from quizzes.answering import confidence_of
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Unreadable
from quizzes.models import Question, Quiz
from quizzes.preview_forms import MOST_DEALS, NARROW, NOT_ASKED, PreviewAnswerForm, PreviewForm
from quizzes.previewing import Draft, DraftChanged, Preview, draft_of_question, draft_of_quiz
from quizzes.results import outcome_of
from quizzes.showing import Shown, evidence_keys, shown, steps
from quizzes.taking import NoHint
from quizzes.wording import said
from sources.evidence import evidence
from sources.permissions import may_author
from ui.errors import conflict, problem, signed_out
from ui.htmx import is_htmx, page

View = Callable[..., HttpResponseBase]
Row = TypeVar("Row", Question, Quiz)


def for_authors(view: View) -> View:
    """For whoever is signed in; what they may not author is not there for them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User):
            return view(request, *args, **kwargs)
        back = request.get_full_path()
        if is_htmx(request):
            return signed_out(request, _("You are signed out. Sign in to go on with the preview."), back=back)
        return redirect_to_login(back)

    return guarded


def _authored(request: HttpRequest, model: type[Row], pk: int) -> Row:
    row = get_object_or_404(model._default_manager.select_related("collection"), pk=pk)
    if not may_author(request.user, row.collection):
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
@never_cache
def question(request: HttpRequest, pk: int) -> HttpResponse:
    return _place(request, draft_of_question(_authored(request, Question, pk)), 1)


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
@never_cache
def quiz(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    return _place(request, draft_of_quiz(_authored(request, Quiz, pk)), place)


@require_safe
@for_authors
@never_cache
def question_review(request: HttpRequest, pk: int) -> HttpResponse:
    return _review(request, draft_of_question(_authored(request, Question, pk)))


@require_safe
@for_authors
@never_cache
def quiz_review(request: HttpRequest, pk: int) -> HttpResponse:
    return _review(request, draft_of_quiz(_authored(request, Quiz, pk)))


@dataclass(frozen=True)
class Look:
    """A preview as an address asks for it."""

    preview: Preview
    form: PreviewForm
    is_stale: bool = False
    """Whether the draft has changed since the address was made, so that it begins anew."""

    def url(self, place: int | None, **changes: object) -> str:
        """Of a place, counted from 1, or of the review."""
        query = {**self.form.chosen, "so_far": self.preview.so_far, **changes}
        given = {name: value for name, value in query.items() if value}
        path = path_of(self.preview.draft, place)
        return f"{path}?{urlencode(given)}" if given else path

    def context(self, place: int | None) -> dict[str, Any]:
        """What the bar on top and the way through the quiz need."""
        draft = self.preview.draft
        return {
            "look": self,
            "quiz": draft.quiz,
            "narrow": self.form.chosen.get("width") == NARROW,
            "begin": path_of(draft, 1 if place is None else place),
            "anew": self.url(1, so_far="", deal=self.preview.deal % MOST_DEALS + 1),
            "wide_url": self.url(place, width=""),
            "narrow_url": self.url(place, width=NARROW),
            "review_url": self.url(None),
            "admin_url": _admin_url(draft.row),
        }


def path_of(draft: Draft, place: int | None) -> str:
    name, pk = draft.row._meta.model_name, draft.row.pk
    if place is None:
        return reverse(f"preview:{name}_review", args=[pk])
    return reverse(f"preview:{name}", args=[pk] if isinstance(draft.row, Question) else [pk, place])


def _admin_url(row: Question | Quiz) -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def _look(request: HttpRequest, draft: Draft) -> Look:
    """Raises BadSignature."""
    form = PreviewForm(request.GET, draft)
    chosen = {**form.usual, **form.chosen}
    confidence = "" if chosen["confidence"] == NOT_ASKED else chosen["confidence"]
    preview = Preview(draft, chosen["setting"], confidence, chosen.get("deal", 1))
    so_far = request.GET.get("so_far")
    if not so_far:
        return Look(preview, form)
    try:
        return Look(preview.resumed(so_far), form)
    except DraftChanged:
        return Look(preview, form, is_stale=True)


def _broken(request: HttpRequest, draft: Draft) -> HttpResponse:
    return problem(
        request,
        status=400,
        title=_("That could not be read"),
        message=_("The address of this preview is not whole, or was changed. Nothing is lost: begin it anew."),
        url=path_of(draft, 1),
        link=_("Begin the preview anew"),
    )


def _place(request: HttpRequest, draft: Draft, place: int) -> HttpResponse:
    try:
        look = _look(request, draft)
    except BadSignature:
        return _broken(request, draft)
    if request.method == "POST":
        return _take(request, look, place)
    if not look.preview.sitting.order and place == 1:
        return page(request, "quizzes/preview.html", look.context(place), form=look.form)
    slot = look.preview.sitting.slot_at(place)
    if look.preview.problems(slot):
        return _page(request, look, place, None)
    return _page(request, look, place, look.preview.filled(slot) if "fill" in request.GET else look.preview.shown(slot))


def _take(request: HttpRequest, look: Look, place: int) -> HttpResponse:
    """An answer, or a hint to be taken."""
    form, preview = PreviewAnswerForm(request.POST), look.preview
    if look.is_stale:
        return _refused(
            request, look, place, _("The draft has changed since this page was opened. Begin anew with it.")
        )
    slot = preview.sitting.slot_at(place)
    if not form.is_valid() or preview.problems(slot) or not preview.sitting.slot(slot).asks:
        raise BadRequest
    if form.cleaned_data["hint"]:
        return _hint(request, look, place, form.cleaned_data["hint"])
    asked, sent = preview.sitting.question(slot), dict(request.POST.lists())
    try:
        value = KINDS[asked.kind].field.read(asked, preview.sitting.hand(slot), sent)
    except Unreadable as unreadable:
        return _page(request, look, place, preview.shown(slot, error=said(unreadable.message), sent=sent))
    after = preview.answered(slot, value, confidence_of(preview.sitting, form.cleaned_data["confidence"]))
    return _go_on(request, replace(look, preview=after), place, after.shown(slot))


def _hint(request: HttpRequest, look: Look, place: int, number: int) -> HttpResponse:
    """What was filled in stays in the form, where htmx asks."""
    slot = look.preview.sitting.slot_at(place)
    try:
        after = look.preview.hinted(slot, number)
    except NoHint:
        return _refused(request, look, place, _("There is no hint to take here any more."))
    clears = after.sitting.question(slot).hints[number - 1].clear_wrong
    sent = None if clears else dict(request.POST.lists())
    return _go_on(request, replace(look, preview=after), place, after.shown(slot, sent=sent, hinted=True))


def _refused(request: HttpRequest, look: Look, place: int, message: str) -> HttpResponse:
    return conflict(request, message, url=look.url(place), link=_("Back to the preview"))


def _go_on(request: HttpRequest, look: Look, place: int, one: Shown) -> HttpResponse:
    if is_htmx(request):
        return replace_url(_page(request, look, place, one), look.url(place))
    return redirect(f"{look.url(place)}#q-{one.question.key}")


def _page(request: HttpRequest, look: Look, place: int, one: Shown | None) -> HttpResponse:
    """Without a question to show where it can not be marked."""
    sitting, draft = look.preview.sitting, look.preview.draft
    slot = sitting.slot_at(place)
    places = {number: look.url(number) for number in range(1, len(sitting.order) + 1)}
    context = {
        **look.context(place),
        "sitting": sitting,
        "shown": one,
        "asked": sitting.question(slot),
        "place": place,
        "problems": look.preview.problems(slot),
        "action": look.url(place),
        "steps": steps(sitting, here=place),
        "places": places,
        "back_url": places.get(place - 1),
        "next_url": places.get(place + 1),
        "fill_url": look.url(place, fill=1) if look.preview.can_fill(slot) else "",
        "question_url": _question_url(draft, sitting.question(slot).key),
        "known": evidence(draft.collection.pk, evidence_keys([one] if one else [])),
    }
    status = 422 if one and one.error else 200
    return page(request, "quizzes/preview.html", context, partial="preview", form=look.form, status=status)


def _question_url(draft: Draft, key: str) -> str:
    """Where a question of a quiz is edited."""
    if isinstance(draft.row, Question):
        return ""
    return _admin_url(Question.objects.get(collection=draft.collection, key=key))


def _review(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The result's page, with every question that can be marked."""
    try:
        look = _look(request, draft)
    except BadSignature:
        return _broken(request, draft)
    sitting = look.preview.finished
    pairs = zip(steps(sitting), sitting.order, strict=True)
    review = [(step, shown(sitting, slot)) for step, slot in pairs if not look.preview.problems(slot)]
    context = {
        **look.context(None),
        "back_url": look.url(1),
        "attempt": sitting.attempt,
        "outcome": outcome_of(sitting),
        "pass_mark": sitting.quiz.pass_mark,
        "marks_from": sitting.quiz.visibility.mark,
        "regrades": {},
        "review": review,
        "steps": [step for step, _one in review],
        "left_out": len(sitting.order) - len(review),
        "known": evidence(draft.collection.pk, evidence_keys(one for _step, one in review)),
    }
    return page(request, "quizzes/preview_review.html", context, form=look.form)
