from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guests import come_back, ensure_learner
from accounts.models import User
from courses.models import Course, Lesson
from progress import notes, opinions
from progress.dashboard import dashboard
from progress.forms import NoteForm, OpinionForm
from progress.models import Opinion, Reading
from progress.standings import last_place
from ui.errors import conflict
from ui.htmx import page


@require_GET
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Where a learner stands: what was read, what is known and for how long, on which days, and how sure; for a
    stranger, how to begin. `?course=` opens another course than the one where the learner was."""
    come_back(request)
    context: dict[str, Any] = {}
    if isinstance(request.user, User):
        last = last_place(request.user)
        course = request.GET.get("course") or (last.course.slug if last else "")
        board = dashboard(request.user, course)
        context = {"board": board, "place": board.onward(last) if last else None}
    return page(request, "progress/mine.html", context)


def _lesson(course: str, slug: str) -> Lesson:
    lessons = Lesson.objects.select_related("course").filter(course__retired=False, retired=False)
    return get_object_or_404(lessons, course__slug=course, slug=slug)


@require_POST
def mark_read(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    found = _lesson(course, lesson)
    Reading.objects.get_or_create(learner=ensure_learner(request), lesson=found)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reflect(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The questions a lesson leaves open, and what the learner notes on them."""
    found = _lesson(course, lesson)
    if request.method == "POST":
        return _save_note(request, found)
    note = notes.note_of(request.user, found)
    form = NoteForm(initial={"text": note.text if note else "", "written_at": notes.stamp(note)})
    return _note_page(request, found, form, note=note, saved="saved" in request.GET)


def _save_note(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _note_page(request, lesson, form)
    text = form.cleaned_data["text"]
    try:
        if text or isinstance(request.user, User):
            learner = ensure_learner(request)
            notes.write(learner=learner, lesson=lesson, text=text, read=form.cleaned_data["written_at"])
    except notes.Overtaken:
        return _overtaken(request, lesson, text)
    return redirect(reverse("progress:reflect", args=[lesson.course.slug, lesson.slug]) + "?saved")


def _overtaken(request: HttpRequest, lesson: Lesson, text: str) -> HttpResponse:
    """Both texts; the one that was sent stays in the field, and saving it once more takes the other's place."""
    note = notes.note_of(request.user, lesson)
    form = NoteForm({"text": text, "written_at": notes.stamp(note)})
    form.add_error(
        None,
        _("Your note was changed in another window since this one was opened. Both texts are here, nothing is lost.")
        if note
        else _("Your note was deleted in another window. Save once more, and what stands in the field is kept."),
    )
    return _note_page(request, lesson, form, note=note, overtaken=True)


def _note_page(request: HttpRequest, lesson: Lesson, form: NoteForm, **context: Any) -> HttpResponse:
    context |= {"course": lesson.course, "lesson": lesson, "form": form}
    return page(request, "progress/reflect.html", context, partial="note", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def opinion(request: HttpRequest, course: str) -> HttpResponse:
    """The course's closing question. An account answers it twice, each time once; a guest is told so."""
    found = get_object_or_404(Course, slug=course, retired=False)
    if not found.opinion:
        raise Http404
    learner = request.user if isinstance(request.user, User) and not request.user.is_guest else None
    if learner is None:
        return page(request, "progress/opinion.html", {"course": found})
    options = found.opinion["options"]
    form = OpinionForm(options=options)
    if request.method == "POST":
        form = OpinionForm(request.POST, options=options)
        if form.is_valid():
            return _give(request, learner, found, form)
        if "moment" in form.errors:
            raise BadRequest
    state = opinions.standing_of(learner, found)
    context = {"course": found, "form": form, "state": state, "enough": opinions.ENOUGH}
    if state.is_complete:
        context |= {"answers": state.answers(options), "bars": opinions.bars(found)}
    return page(request, "progress/opinion.html", context, form=form)


def _give(request: HttpRequest, learner: User, course: Course, form: OpinionForm) -> HttpResponse:
    moment, choice = Opinion.Moment(form.cleaned_data["moment"]), form.cleaned_data["choice"]
    try:
        opinions.give(learner=learner, course=course, moment=moment, choice=choice)
    except opinions.NotAsked:
        message = _("This can not be answered now. What you answered before stands as you gave it.")
        link = _("Back to the question")
        return conflict(request, message, url=reverse("progress:opinion", args=[course.slug]), link=link)
    return redirect("progress:opinion", course.slug)
