"""Publishing from admin pages, and saying what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from quizzes.engine import document
from quizzes.models import Edition, Question, Quiz
from quizzes.publishing import NotPublishable, Problem, documents, publish
from sources.authoring import AuthoringAdmin


@dataclass(frozen=True)
class Standing:
    """How a quiz as it is saved compares with its latest edition."""

    latest: Edition | None
    is_changed: bool

    @property
    def text(self) -> str:
        if self.latest is None:
            return str(_("Learners do not get these questions yet: nothing is published."))
        about = {"number": self.latest.number, "date": date_format(self.latest.published_at)}
        if self.is_changed:
            return _("Learners get edition %(number)d of %(date)s. There are unpublished changes.") % about
        return _("Learners get edition %(number)d of %(date)s. There are no unpublished changes.") % about


def standing_of(quiz: Quiz) -> Standing:
    latest = quiz.editions.defer("document").order_by("-number").first()
    contents = documents([quiz])[quiz.pk]
    is_changed = latest is None or latest.digest != document.digest(document.encode(contents))
    return Standing(latest, is_changed)


@dataclass(frozen=True)
class ProblemsOfQuestion:
    """`question` is None for what is wrong with the quiz as a whole."""

    question: Question | None
    messages: list[str]


@dataclass(frozen=True)
class Outcome:
    """What came of publishing one quiz: an edition, new or standing, or problems."""

    quiz: Quiz
    message: str
    made: bool = False
    problems: tuple[ProblemsOfQuestion, ...] = ()


def publish_all(quizzes: Iterable[Quiz], *, by: User) -> list[Outcome]:
    quizzes = list(quizzes)
    contents = documents(quizzes)
    return [_publish_one(quiz, contents[quiz.pk], by=by) for quiz in quizzes]


def _publish_one(quiz: Quiz, contents: document.Quiz, *, by: User) -> Outcome:
    about: dict[str, Any] = {"quiz": quiz.title}
    try:
        edition, made = publish(quiz=quiz, by=by, contents=contents)
    except NotPublishable as error:
        message = _("“%(quiz)s” can not be published yet. What has to be mended first:")
        return Outcome(quiz, message % about, problems=_by_question(quiz, error.problems))
    about |= {"number": edition.number, "count": edition.questions}
    if not made:
        message = _("Nothing has changed in “%(quiz)s” since edition %(number)d, so that one stays in use.")
        return Outcome(quiz, message % about)
    text = ngettext(
        "“%(quiz)s” is published as edition %(number)d, with %(count)d question.",
        "“%(quiz)s” is published as edition %(number)d, with %(count)d questions.",
        edition.questions,
    )
    return Outcome(quiz, text % about, made=True)


def _by_question(quiz: Quiz, problems: list[Problem]) -> tuple[ProblemsOfQuestion, ...]:
    """In the order of the quiz; what is wrong with the quiz as a whole comes first."""
    asked = {
        question.key: question for question in Question.objects.filter(slots__quiz=quiz).order_by("slots__position")
    }
    places = {key: place for place, key in enumerate(["", *asked])}
    ordered = sorted(problems, key=lambda problem: (places.get(problem.question, len(places)), problem.question))
    return tuple(
        ProblemsOfQuestion(asked.get(key), list(dict.fromkeys(problem.message for problem in group)))
        for key, group in groupby(ordered, key=lambda problem: problem.question)
    )


class PublishingAdmin(AuthoringAdmin):
    """An admin whose page has a button that publishes a quiz: the page's own, or one that belongs to it."""

    def quiz_of(self, row: Any) -> Quiz | None:
        raise NotImplementedError

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("quizzes.change_quiz")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.publish_view)
        return [path("<path:object_id>/publish/", view, name=f"{self._page}_publish"), *super().get_urls()]

    @property
    def _page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = self.get_object(request, unquote(object_id))
        quiz = self.quiz_of(row) if row else None
        if row is None or quiz is None:
            raise Http404
        if not self.has_publish_permission(request):
            raise PermissionDenied
        back = reverse(f"admin:{self._page}_change", args=[row.pk])
        return self.publish_and_say(request, [quiz], back=back) or HttpResponseRedirect(back)

    def publish_and_say(self, request: HttpRequest, quizzes: Iterable[Quiz], *, back: str) -> HttpResponse | None:
        """A page where there is more to say than fits in a message."""
        outcomes = publish_all(quizzes, by=request.user)  # type: ignore[arg-type]
        for outcome in outcomes:
            if outcome.made:
                self.log_change(request, outcome.quiz, outcome.message)
        if len(outcomes) == 1 and not outcomes[0].problems:
            self.message_user(request, outcomes[0].message, messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publishing"),
            "outcomes": outcomes,
            "back": back,
            "opts": self.opts,
        }
        status = 422 if any(outcome.problems for outcome in outcomes) else 200
        return TemplateResponse(request, "admin/quizzes/outcomes.html", context, status=status)

    def tell(self, request: HttpRequest, row: Any) -> None:
        """Whether learners get what was saved."""
        if quiz := self.quiz_of(row):
            standing = standing_of(quiz)
            self.message_user(request, standing.text, messages.WARNING if standing.is_changed else messages.INFO)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj and (quiz := self.quiz_of(obj)):
            context["standing"] = standing_of(quiz)
            context["publish_url"] = reverse(f"admin:{self._page}_publish", args=[obj.pk])
            context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, add, change, form_url, obj)
