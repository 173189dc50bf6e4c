from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guests import come_back, ensure_learner
from accounts.models import User, today
from courses import margins, reading
from courses.models import Lesson
from courses.passages import Passage, passages
from progress import cards, finding, highlights, own_questions, reviewing
from progress import notebook as notebooks
from progress.finding import Found
from progress.highlight_forms import AskForm, HighlightForm, MarkForm
from progress.highlights import Placed
from progress.models import Highlight
from progress.notes import Overtaken
from progress.review_views import learners_only
from ui.errors import conflict
from ui.htmx import is_htmx, page

for_learners = learners_only("notes:notebook")

A_PAGE = 100
"""Highlights and notes on one page of the notebook."""


@require_GET
@never_cache
def notebook(request: HttpRequest) -> HttpResponse:
    """Everything that was noted and highlighted. `?deleted=12` offers to take that one back."""
    come_back(request)
    if not isinstance(request.user, User):
        return page(request, "progress/notebook.html", {})
    leaf = Paginator(notebooks.entries(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "leaf": leaf,
        "chapters": notebooks.chapters(request.user, list(leaf)),
        "deleted": _deleted(request.user, request.GET.get("deleted", "")),
    }
    return page(request, "progress/notebook.html", context)


def _deleted(learner: User, pk: str) -> Highlight | None:
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    return learner.highlights.filter(deleted_at__isnull=False, pk=int(pk)).first() if is_number else None


@require_GET
@for_learners
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    learner = _learner(request)
    chapters = notebooks.chapters(learner, notebooks.entries(learner))
    text = notebooks.as_markdown(chapters, request.build_absolute_uri)
    name = f"{slugify(_('My notes')) or 'notes'}-{today().isoformat()}.md"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


def _learner(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _lesson(course: str, slug: str) -> Lesson:
    lessons = Lesson.objects.select_related("course__collection").filter(course__retired=False, retired=False)
    return get_object_or_404(lessons, course__slug=course, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def passage(request: HttpRequest, course: str, lesson: str, passage: str) -> HttpResponse:
    """A passage with what the learner noted on it, and a form to highlight words of it or to write another note."""
    found = _lesson(course, lesson)
    here = next((one for one in passages(found.text) if one.address == passage), None)
    if request.method == "POST":
        return _mark(request, found, here)
    if here is None:
        raise Http404
    return _passage_page(request, found, here, MarkForm())


def _mark(request: HttpRequest, lesson: Lesson, here: Passage | None) -> HttpResponse:
    form = MarkForm(request.POST)
    if not form.is_valid() or here is None:
        return _not_marked(request, lesson, here, form)
    words = _words(here, form)
    if words is None:
        message = _("These words do not stand in the passage. Copy them from it letter by letter.")
        form.add_error("quote", message)
        return _not_marked(request, lesson, here, form)
    try:
        note = form.cleaned_data["text"]
        made = highlights.make(learner=ensure_learner(request), lesson=lesson, words=words, note=note)
    except highlights.TooMany:
        message = _("This lesson has %(most)d highlights of yours, and can not have more. Delete some first.")
        form.add_error(None, message % {"most": highlights.MOST})
        return _not_marked(request, lesson, here, form)
    return _marked(request, made, then=request.POST.get("then", ""))


def _words(here: Passage, form: MarkForm) -> Found | Passage | None:
    sent = form.cleaned_data
    return finding.locate(here, sent["quote"], sent["before"], sent["after"]) if sent["quote"] else here


def _marked(request: HttpRequest, made: Highlight, *, then: str) -> HttpResponse:
    """`then` says what comes next: to write a note, or to be asked later."""
    if then == "ask":
        return _to(request, reverse("notes:ask", args=[made.pk]))
    if is_htmx(request):
        more = {"writing": made, "form": _form_of(made, focus=True)} if then == "note" else {}
        return _part(request, made, _("Highlighted."), **more)
    return redirect(f"{made.get_absolute_url()}?saved")


def _to(request: HttpRequest, url: str) -> HttpResponse:
    """To another page, also where only a part of this one was asked for."""
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if is_htmx(request) else redirect(url)


def _not_marked(request: HttpRequest, lesson: Lesson, here: Passage | None, form: MarkForm) -> HttpResponse:
    """The form once more with what was written in it. A script sent what it found on the page: for that, a word."""
    if here is None or is_htmx(request):
        errors = [message for rows in form.errors.values() for message in rows]
        message = _("This passage has changed since the page was opened, so nothing was kept. Reload the page.")
        said = str(errors[0]) if errors and here and "quote" not in form.errors else message
        return conflict(request, said, url=lesson.get_absolute_url(), link=_("To the lesson"))
    return _passage_page(request, lesson, here, form)


def _passage_page(request: HttpRequest, lesson: Lesson, here: Passage, form: MarkForm) -> HttpResponse:
    mine = highlights.found_in(request.user, lesson) if isinstance(request.user, User) else []
    beside = margins.of_lesson(request.user, lesson)
    context = {
        "course": lesson.course,
        "lesson": lesson,
        "shown": reading.passage(lesson=lesson, address=here.address, beside=beside),
        "here": here,
        "mine": [one for one, found in mine if found.passage.address == here.address],
        "form": form,
    }
    return page(request, "progress/passage.html", context, form=form)


def _part(request: HttpRequest, changed: Highlight, news: str, **more: Any) -> HttpResponse:
    """The passage with what was changed beside it, to take the place of the one on the page."""
    (placed,) = highlights.place([changed])
    if placed.found is None:
        return _to(request, reverse("notes:notebook"))
    lesson, address = placed.lesson, placed.found.passage.address
    context = {**more, "csrf_token": get_token(request)} if more else {}
    beside = highlights.margins(_learner(request), lesson, address, **context)
    block = reading.passage(lesson=lesson, address=address, beside=beside)
    shown = {"block": block, "lesson": lesson, "course": lesson.course, "news": news, "focus": not more}
    return render(request, "courses/_passage.html", shown)


def _highlight(request: HttpRequest, pk: int, *, kept: bool = True) -> Highlight:
    mine = _learner(request).highlights.with_lessons()
    return get_object_or_404(mine.kept() if kept else mine, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
@never_cache
def highlight(request: HttpRequest, pk: int) -> HttpResponse:
    """The note on a highlight. What is saved on one that was deleted in another window takes it back."""
    found = _highlight(request, pk, kept=False)
    if request.method == "POST":
        return _write(request, found)
    if found.deleted_at:
        return _gone(request, found)
    form = _form_of(found, focus=is_htmx(request))
    if is_htmx(request):
        return _part(request, found, _("Your note"), writing=found, form=form)
    return _highlight_page(request, found, form, saved="saved" in request.GET)


def _form_of(highlight: Highlight, *, focus: bool = False) -> HighlightForm:
    initial = {"text": highlight.note, "written_at": highlights.stamp(highlight)}
    return HighlightForm(initial=initial, focus=focus)


def _write(request: HttpRequest, highlight: Highlight) -> HttpResponse:
    form = HighlightForm(request.POST)
    if not form.is_valid():
        return _still_writing(request, highlight, form)
    try:
        text, read = form.cleaned_data["text"], form.cleaned_data["written_at"]
        written = highlights.write(highlight=highlight, text=text, read=read)
    except Overtaken:
        form = HighlightForm({"text": form.cleaned_data["text"], "written_at": highlights.stamp(highlight)})
        message = _("Your note was changed in another window since this one was opened. Both texts are here.")
        form.add_error(None, message)
        return _still_writing(request, highlight, form, overtaken=True)
    if is_htmx(request):
        highlight.note, highlight.deleted_at = written.note, written.deleted_at
        return _part(request, highlight, _("Saved."))
    return redirect(f"{highlight.get_absolute_url()}?saved")


def _still_writing(request: HttpRequest, highlight: Highlight, form: HighlightForm, **context: Any) -> HttpResponse:
    if is_htmx(request):
        response = _part(request, highlight, _("Not saved."), writing=highlight, form=form, **context)
        response.status_code = 422 if response.status_code == 200 else response.status_code
        return response
    return _highlight_page(request, highlight, form, **context)


def _highlight_page(request: HttpRequest, highlight: Highlight, form: HighlightForm, **context: Any) -> HttpResponse:
    (placed,) = highlights.place([highlight])
    context |= {"placed": placed, "form": form, "comes_up": _comes_up(highlight)}
    return page(request, "progress/highlight.html", context, form=form)


def _comes_up(highlight: Highlight) -> Any:
    """The day on which its question is asked next, today if it waits; None where there is none, or it was set aside."""
    card = highlight.asked.cards.first() if highlight.asked else None
    settings = cards.settings_of(highlight.learner) if card else None
    return max(today(), reviewing.comes_up(card, settings)) if card and settings and not card.suspended else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
@never_cache
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Which words of a highlight's sentence become blanks."""
    found = _highlight(request, pk, kept=request.method == "POST")
    if found.deleted_at:
        return _gone(request, found)
    (placed,) = highlights.place([found])
    draft = own_questions.draft_of(placed)
    form = AskForm(draft=draft, initial={"about": draft.stamp})
    if request.method == "POST" and not draft.is_too_long:
        form = AskForm(request.POST, draft=draft)
        if form.is_valid() and _ask(request, placed, form):
            return redirect(placed.highlight)
    chosen = form.chosen if form.is_bound else draft.chosen
    context = {"placed": placed, "draft": draft, "form": form, "chosen": chosen, "most": own_questions.LONGEST}
    return page(request, "progress/ask.html", context, form=form)


def _ask(request: HttpRequest, placed: Placed, form: AskForm) -> bool:
    """Whether it can be asked; if not, the form says why."""
    try:
        blanks = own_questions.blanks_in(form.draft, form.cleaned_data["word"])
    except own_questions.CanNotBeAsked as reason:
        form.add_error("word", str(reason))
        return False
    own_questions.ask(highlight=placed.highlight, text=form.draft.text, blanks=blanks)
    messages.success(request, _("You will be asked this in your reviews."))
    return True


@require_POST
@for_learners
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _highlight(request, pk)
    own_questions.stop(highlight=found)
    messages.success(request, _("You are not asked this any more."))
    return redirect(found)


@require_POST
@for_learners
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = _highlight(request, pk, kept=False)
    highlights.delete(highlight=found)
    return _gone(request, found)


def _gone(request: HttpRequest, deleted: Highlight) -> HttpResponse:
    """It can be taken back."""
    if is_htmx(request):
        return _part(request, deleted, _("Deleted."), deleted=deleted)
    return redirect(f"{reverse('notes:notebook')}?deleted={deleted.pk}")


@require_POST
@for_learners
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    found = _highlight(request, pk, kept=False)
    highlights.restore(highlight=found)
    if is_htmx(request):
        return _part(request, found, _("It is back."))
    return redirect(found)
