"""Publishing from admin pages, and saying what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from quizzes.admin.comparing import Section, sections_of
from quizzes.authoring import NoteForm
from quizzes.engine import document
from quizzes.engine.differences import Difference, differences
from quizzes.models import Edition, Question, Quiz
from quizzes.publishing import NotPublishable, Problem, documents, publish
from quizzes.sittings import contents
from sources.authoring import AuthoringAdmin


@dataclass(frozen=True)
class Concern:
    """Finished attempts at an edition, where what comes after it marks some answers in another way."""

    edition: Edition
    finished: int

    @property
    def text(self) -> str:
        text = ngettext(
            "What is right has changed. %(count)d attempt at edition %(number)d is finished and keeps its mark.",
            "What is right has changed. %(count)d attempts at edition %(number)d are finished and keep their marks.",
            self.finished,
        )
        return text % {"count": self.finished, "number": self.edition.number}

    @property
    def url(self) -> str:
        return reverse("admin:quizzes_quiz_regrade", args=[self.edition.quiz_id])

    @property
    def message(self) -> SafeString:
        return format_html('{} <a href="{}">{}</a>', self.text, self.url, _("See whose marks a regrade would change"))


def concern_about(edition: Edition, found: Iterable[Difference]) -> Concern | None:
    if not any(one.is_key for one in found):
        return None
    finished = edition.attempts.finished().made_here().filter(in_review=False).count()
    return Concern(edition, finished) if finished else None


@dataclass(frozen=True)
class Standing:
    """How a quiz as it is saved compares with its latest edition."""

    latest: Edition | None
    draft: document.Quiz

    @cached_property
    def is_changed(self) -> bool:
        return self.latest is None or self.latest.digest != document.digest(document.encode(self.draft))

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(contents(self.latest.pk, self.latest.digest), self.draft) if self.latest else []

    @property
    def sections(self) -> list[Section]:
        return sections_of(self.differences)

    @cached_property
    def concern(self) -> Concern | None:
        return concern_about(self.latest, self.differences) if self.latest else None

    @property
    def text(self) -> str:
        if self.latest is None:
            return str(_("Learners do not get these questions yet: nothing is published."))
        about = {"number": self.latest.number, "date": date_format(self.latest.published_at)}
        if self.is_changed:
            text = _(
                "Learners get edition %(number)d of %(date)s, and what is written here differs from it. There are "
                "unpublished changes."
            )
            return text % about
        return _("Learners get edition %(number)d of %(date)s. There are no unpublished changes.") % about


def standing_of(quiz: Quiz) -> Standing:
    return Standing(latest_of(quiz), documents([quiz])[quiz.pk])


def latest_of(quiz: Quiz) -> Edition | None:
    return quiz.editions.defer("document").order_by("-number").first()


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
    concern: Concern | None = None
    problems: tuple[ProblemsOfQuestion, ...] = ()


def publish_all(quizzes: Iterable[Quiz], *, by: User, note: str) -> list[Outcome]:
    quizzes = list(quizzes)
    drafts = documents(quizzes)
    return [_publish_one(quiz, Standing(latest_of(quiz), drafts[quiz.pk]), by=by, note=note) for quiz in quizzes]


def _publish_one(quiz: Quiz, standing: Standing, *, by: User, note: str) -> Outcome:
    """By how it stood before."""
    about: dict[str, Any] = {"quiz": quiz.title}
    try:
        edition, made = publish(quiz=quiz, by=by, note=note, contents=standing.draft)
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
    return Outcome(quiz, text % about, made=True, concern=standing.concern)


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


def may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm("quizzes.change_quiz")


class UnpublishedFilter(admin.SimpleListFilter):
    """Comes last in a list's filters: what the others leave is what is compared with what learners get."""

    title = _("unpublished changes")
    parameter_name = "unpublished"

    def changed(self, rows: Any) -> set[int]:
        """Primary keys of the rows that have some."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"yes", "no"}:
            return queryset
        changed = Q(pk__in=self.changed(queryset))
        return queryset.filter(changed if self.value() == "yes" else ~changed)


class PublishingAdmin(AuthoringAdmin):
    """An admin whose page has a button that publishes a quiz: the page's own, or one that belongs to it."""

    class Media:
        css = {"all": ["quizzes/publishing.css"]}
        js = ["quizzes/once.js"]

    def quiz_of(self, row: Any) -> Quiz | None:
        raise NotImplementedError

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request)

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
        form = NoteForm(request.POST)
        if not form.is_valid():
            self.message_user(request, " ".join(map(str, form.errors["note"])), messages.ERROR)
            return HttpResponseRedirect(back)
        note = form.cleaned_data["note"]
        return self.publish_and_say(request, [quiz], note=note, back=back) or HttpResponseRedirect(back)

    def publish_and_say(
        self, request: HttpRequest, quizzes: Iterable[Quiz], *, back: str, note: str = ""
    ) -> HttpResponse | None:
        """A page where there is more to say than fits in a message."""
        outcomes = publish_all(quizzes, by=request.user, note=note)  # type: ignore[arg-type]
        for outcome in outcomes:
            if outcome.made:
                self.log_change(request, outcome.quiz, outcome.message)
        if len(outcomes) == 1 and not outcomes[0].problems:
            self.message_user(request, outcomes[0].message, messages.SUCCESS)
            if concern := outcomes[0].concern:
                self.message_user(request, concern.message, messages.WARNING)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publishing"),
            "outcomes": outcomes,
            "note": note,
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
            context["note_form"] = NoteForm()
            context["publish_url"] = reverse(f"admin:{self._page}_publish", args=[obj.pk])
            context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, add, change, form_url, obj)
