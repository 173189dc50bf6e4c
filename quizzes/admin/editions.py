"""Editions: to be read, compared with the one before, and published again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from quizzes.admin.cards import parts_of
from quizzes.admin.comparing import sections_of
from quizzes.admin.publish import Concern, concern_about, latest_of, may_publish
from quizzes.authoring import NoteForm
from quizzes.engine import document
from quizzes.engine.differences import Difference, differences, settings_of
from quizzes.engine.drawing import pooled
from quizzes.models import Edition, Question, Quiz
from quizzes.publishing import publish_again
from quizzes.sittings import contents
from quizzes.wording import said
from sources.authoring import HistoryAdmin, number_of, shortened
from sources.models import Claim
from ui.templatetags.ui import mark

LISTED = 20
"""Editions on the page of their quiz; the list of editions has all."""


def _addresses(page: str, rows: Iterable[tuple[str, int]]) -> Mapping[str, str]:
    """Of authoring pages, by key."""
    return {key: reverse(f"admin:{page}_change", args=[pk]) for key, pk in rows}


def listed(editions: QuerySet[Any]) -> QuerySet[Any]:
    """Without their documents, and with the number of attempts at each."""
    attempts = number_of(Edition, "attempts", Q(attempts__set_aside=False, attempts__in_review=False))
    return editions.defer("document").annotate(attempt_count=attempts)  # type: ignore[no-any-return]


def editions_of(quiz: Quiz) -> QuerySet[Any]:
    """The latest ones."""
    return listed(quiz.editions.select_related("published_by"))[:LISTED]


@admin.register(Edition)
class EditionAdmin(HistoryAdmin):
    class Media:
        css = {"all": ["quizzes/publishing.css"]}

    collection_path = "quiz__collection"
    change_form_template = "admin/quizzes/edition/change_form.html"
    list_display = [
        *("quiz", "number", "published_at", "published_by", shortened("note", _("note"))),
        *("questions", "full_mark", "attempts"),
    ]
    list_filter = ["quiz__collection", "quiz__setting", "published_at"]
    list_select_related = ["quiz", "published_by"]
    search_fields = ["quiz__title", "quiz__slug", "note"]
    fields = [
        *("quiz", "number", "published_at", "published_by", "note"),
        *("attempts", "questions", "full_mark", "digest"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return listed(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.publish_again_view)
        address = path("<path:object_id>/publish_again/", view, name="quizzes_edition_publish_again")
        return [address, *super().get_urls()]

    @admin.display(description=_("full mark"), ordering="weight")
    def full_mark(self, edition: Edition) -> str:
        return mark(edition.weight)

    @admin.display(description=_("attempts"), ordering="attempt_count")
    def attempts(self, edition: Any) -> SafeString:
        address = reverse("admin:quizzes_attempt_changelist")
        return format_html('<a href="{}?edition__id__exact={}">{}</a>', address, edition.pk, edition.attempt_count)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        quiz = contents(obj.pk, obj.digest)
        latest, before = latest_of(obj.quiz), _before(obj)
        bank = Question.objects.filter(collection=obj.quiz.collection_id, key__in=[one.key for one in pooled(quiz)])
        context |= {
            "contents": quiz,
            "settings": [(said(label), said(value)) for label, value in settings_of(quiz)],
            "parts": parts_of(quiz),
            "questions": _addresses("quizzes_question", bank.values_list("key", "pk")),
            "claims": _addresses("sources_claim", _claims_of(quiz, obj.quiz).values_list("key", "pk")),
            "before": before,
            "sections": sections_of(differences(contents(before.pk, before.digest), quiz)) if before else [],
            "latest": latest,
            "may_publish": may_publish(request) and latest and latest.digest != obj.digest,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def publish_again_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, with what that undoes, and does it."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        edition = self.get_object(request, unquote(object_id))
        latest = latest_of(edition.quiz) if edition else None
        if edition is None or latest is None:
            raise Http404
        if not may_publish(request):
            raise PermissionDenied
        if latest.digest == edition.digest:
            self.message_user(request, _("Learners get just this already."), messages.INFO)
            return HttpResponseRedirect(reverse("admin:quizzes_edition_change", args=[latest.pk]))
        undone = differences(contents(latest.pk, latest.digest), contents(edition.pk, edition.digest))
        if request.method != "POST":
            form = NoteForm(initial={"note": _("As edition %(number)d") % {"number": edition.number}})
        elif (form := NoteForm(request.POST)).is_valid():
            return self._publish_again(request, edition, form.cleaned_data["note"], concern_about(latest, undone))
        return self._ask(request, edition, latest, form, undone)

    def _ask(
        self, request: HttpRequest, edition: Edition, latest: Edition, form: NoteForm, undone: list[Difference]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish edition %(number)d again") % {"number": edition.number},
            "edition": edition,
            "latest": latest,
            "next": latest.number + 1,
            "sections": sections_of(undone),
            "concern": concern_about(latest, undone),
            "note_form": form,
            "media": self.media,
            "opts": self.opts,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/quizzes/publish_again.html", context, status=status)

    def _publish_again(
        self, request: HttpRequest, edition: Edition, note: str, concern: Concern | None
    ) -> HttpResponse:
        assert isinstance(request.user, User)
        made, _made = publish_again(edition=edition, by=request.user, note=note)
        message = _("Edition %(old)d of “%(quiz)s” is published again, as edition %(number)d.") % {
            "old": edition.number,
            "quiz": edition.quiz.title,
            "number": made.number,
        }
        self.log_change(request, edition.quiz, message)
        self.message_user(request, message, messages.SUCCESS)
        if concern:
            self.message_user(request, concern.message, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:quizzes_quiz_change", args=[edition.quiz_id]))


def _before(edition: Edition) -> Edition | None:
    earlier = edition.quiz.editions.filter(number__lt=edition.number)
    return earlier.defer("document").order_by("-number").first()


def _claims_of(contents: document.Quiz, quiz: Quiz) -> QuerySet[Claim]:
    questions = pooled(contents)
    keys = {key for question in questions for key in question.claims}
    keys |= {key for question in questions for option in question.options for key in option.claims}
    return Claim.objects.filter(collection=quiz.collection_id, key__in=keys)
