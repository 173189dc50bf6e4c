"""Marking essays: the queue, the answers to one question, and one answer after another without names."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts.access import for_the_signed_in
from accounts.models import User
from quizzes.engine.document import Question
from quizzes.engine.fields.base import paragraphs
from quizzes.engine.kinds import KINDS
from quizzes.forms import MarkForm
from quizzes.marking import NotMarkable, mark_by_hand
from quizzes.marking_queue import (
    LATE,
    WAITING,
    Paper,
    Pile,
    held_by_others,
    hold,
    last_marked,
    pile_of,
    release,
    tasks,
)
from quizzes.models import HandMark, Quiz, Response
from quizzes.sittings import sitting_of
from quizzes.wording import said
from sources.models import Collection
from sources.permissions import may_author
from ui.htmx import is_htmx, page
from ui.templatetags.ui import percent


@require_safe
@for_the_signed_in
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """By quiz and question, how many answers wait and since when."""
    if not request.user.has_perm("quizzes.change_question"):
        raise Http404
    found = tasks(Collection.objects.authored_by(request.user))
    context = {
        "title": _("Answers that wait for a mark"),
        "to_do": [task for task in found if task.waiting],
        "done": [task for task in found if not task.waiting],
    }
    return page(request, "admin/quizzes/marking/queue.html", admin.site.each_context(request) | context)


@require_safe
@for_the_signed_in
@never_cache
def question(request: HttpRequest, quiz: int, key: str) -> HttpResponse:
    """All answers to a question: those that wait, those that are marked, those that came late."""
    pile = _pile(request, quiz, key)
    asked = _desk(pile, pile.papers[0]).question
    context = {
        "title": _("Answers to one question"),
        "pile": pile,
        "question": asked,
        "paragraphs": paragraphs(asked.text),
        "papers": Paginator(pile.papers, 100).get_page(request.GET.get("page")),
        "held": held_by_others(pile, _teacher(request)),
    }
    return page(request, "admin/quizzes/marking/question.html", admin.site.each_context(request) | context)


@require_safe
@for_the_signed_in
@never_cache
def onward(request: HttpRequest, quiz: int, key: str) -> HttpResponse:
    """To the next answer that waits and that no other teacher has open; `?after=` is skipped."""
    pile = _pile(request, quiz, key)
    skipped = pile.paper(request.GET.get("after", ""))
    if skipped:
        release(skipped, _teacher(request))
    return _to_next(request, pile, after=skipped)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_signed_in
@never_cache
def answer(request: HttpRequest, quiz: int, key: str, token: str) -> HttpResponse:
    """One answer with its question and rubric. What is saved leads to the next."""
    pile = _pile(request, quiz, key)
    paper = pile.paper(token)
    if paper is None:
        raise Http404
    desk = _desk(pile, paper)
    if request.method != "POST":
        return _card(request, desk, desk.fresh_form())
    form = MarkForm(request.POST, criteria=desk.question.options)
    if form.is_valid():
        try:
            _save(request, desk, form)
        except NotMarkable as refused:
            form.add_error(None, said(refused.message))
        else:
            return _to_next(request, pile, after=paper)
    return _card(request, desk, form)


@dataclass(frozen=True)
class Desk:
    """An answer as it lies before a teacher."""

    pile: Pile
    paper: Paper
    response: Response
    question: Question
    marks: list[HandMark]
    """Those it has, the newest first."""

    @property
    def url(self) -> str:
        return reverse("marking:answer", args=[self.pile.quiz.pk, self.pile.key, self.paper.token])

    @property
    def earlier(self) -> list[tuple[HandMark, list[tuple[str, float]]]]:
        """The marks it has, each with its credits by criterion."""
        texts = [option.text for option in self.question.options]
        return [(mark, list(zip(texts, mark.credits, strict=False))) for mark in self.marks]

    def fresh_form(self) -> MarkForm:
        newest = next(iter(self.marks), None)
        values = MarkForm.values_of(newest.credits) | {"comment": newest.comment} if newest else {}
        initial = {"marks": len(self.marks), **values}
        return MarkForm(None, criteria=self.question.options, initial=initial)


def _teacher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _pile(request: HttpRequest, quiz: int, key: str) -> Pile:
    """Raises Http404 also for whoever may not mark it."""
    found = get_object_or_404(Quiz.objects.select_related("collection"), pk=quiz)
    if not may_author(request.user, found.collection):
        raise Http404
    pile = pile_of(found, key)
    if not pile.papers:
        raise Http404
    return pile


def _desk(pile: Pile, paper: Paper) -> Desk:
    responses = Response.objects.select_related("attempt__quiz", "attempt__edition").defer("attempt__edition__document")
    response = responses.get(pk=paper.response)
    question = sitting_of(response.attempt).question(response.slot)
    return Desk(pile, paper, response, question, list(response.hand_marks.select_related("marked_by")))


def _card(request: HttpRequest, desk: Desk, form: MarkForm) -> HttpResponse:
    teacher, field = _teacher(request), KINDS[desk.question.kind].field
    context = {
        "title": _("Marking"),
        "pile": desk.pile,
        "paper": desk.paper,
        "desk": desk,
        "paragraphs": paragraphs(desk.question.text),
        "written": field.say(desk.question, desk.response.answer),
        "form": form,
        "is_late": desk.paper.state == LATE,
        "is_held": desk.paper.state == WAITING and not hold(desk.paper, teacher),
        "back": last_marked(desk.pile, teacher, before=desk.paper),
        "skip": f"{_onward_url(desk.pile)}?{urlencode({'after': desk.paper.token})}",
    }
    context = admin.site.each_context(request) | context
    response = page(request, "admin/quizzes/marking/answer.html", context, partial="card", form=form)
    return push_url(response, desk.url) if is_htmx(request) else response


def _save(request: HttpRequest, desk: Desk, form: MarkForm) -> None:
    """Gives the mark, and says so, also when another teacher has given one meanwhile. Raises NotMarkable."""
    teacher = _teacher(request)
    comment = form.cleaned_data["comment"]
    given = mark_by_hand(response=desk.response, credits=form.credits, comment=comment, by=teacher)
    release(desk.paper, teacher)
    about: dict[str, Any] = {"number": desk.paper.number, "share": percent(float(given.response.fraction or 0))}
    messages.success(request, _("Saved: answer %(number)s has %(share)s of the mark.") % about)
    others = desk.response.hand_marks.exclude(pk=given.pk).select_related("marked_by")
    if others.count() > form.cleaned_data["marks"]:
        about["teacher"] = others[0].marked_by or _("Another teacher")
        notice = _(
            "%(teacher)s has marked answer %(number)s while it lay before you. Your mark holds now; theirs is kept "
            "with it."
        )
        messages.warning(request, notice % about)


def _onward_url(pile: Pile) -> str:
    return reverse("marking:onward", args=[pile.quiz.pk, pile.key])


def _to_next(request: HttpRequest, pile: Pile, *, after: Paper | None = None) -> HttpResponse:
    """Or to the list of all answers, once there is none to be had."""
    left = pile_of(pile.quiz, pile.key)
    if found := left.next_for(_teacher(request), after=after.token if after else ""):
        return redirect("marking:answer", pile.quiz.pk, pile.key, found.token)
    if left.waiting:
        lying = ngettext(
            "The one answer that still waits lies before another teacher.",
            "The %(count)d answers that still wait lie before other teachers.",
            left.waiting,
        )
        messages.info(request, lying % {"count": left.waiting})
    else:
        messages.info(request, _("Every answer to this question is marked."))
    overview = reverse("marking:question", args=[pile.quiz.pk, pile.key])
    return HttpResponseClientRedirect(overview) if is_htmx(request) else redirect(overview)
