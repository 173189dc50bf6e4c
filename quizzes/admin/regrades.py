"""Regrading in the admin: choose, see what it would do, apply, and take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from quizzes import regrading
from quizzes.engine.document import Question
from quizzes.engine.drawing import pooled
from quizzes.models import Edition, Quiz, Regrade, RegradedAttempt
from quizzes.regrading import Change, Plan
from quizzes.sittings import contents
from sources.authoring import HistoryAdmin
from ui.templatetags.ui import percent

SHOWN = 200
"""Attempts that a dry run lists one by one."""


class RegradeForm(forms.Form):
    """The questions to choose from are those of the quiz's latest edition; changed ones come first."""

    questions = forms.MultipleChoiceField(
        label=_("Questions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question.")},
    )
    policy = forms.ChoiceField(
        label=_("What counts"),
        choices=Regrade.Policy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what counts.")},
    )
    may_fall = forms.BooleanField(
        label=_("Marks may fall"), required=False, help_text=_("Left open, nobody loses a mark that was given.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("Learners read it beside their old and new marks."),
        error_messages={"required": _("Write why; learners will read it.")},
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = choices  # type: ignore[attr-defined]


def questions_of(quiz: Quiz, latest: Edition) -> tuple[list[tuple[str, str]], list[str]]:
    """What to choose from, and which of it was changed since an edition that somebody took."""
    now = {one.key: one for one in pooled(contents(latest.pk, latest.digest))}
    taken = Edition.objects.filter(attempts__quiz=quiz).exclude(pk=latest.pk).distinct().values_list("pk", "digest")
    before = [one for pk, digest in taken for one in pooled(contents(pk, digest))]
    changed = [key for key, question in now.items() if any(one.key == key and one != question for one in before)]
    keys = [*changed, *(key for key in now if key not in changed)]
    return [(key, _label(now[key], is_changed=key in changed)) for key in keys], changed


def _label(question: Question, *, is_changed: bool) -> str:
    text = Truncator(question.text).chars(90)
    return str(_("%(key)s (changed): %(text)s") if is_changed else "%(key)s: %(text)s") % {
        "key": question.key,
        "text": text,
    }


@dataclass(frozen=True)
class DryRun:
    """What would change. Shares of the full mark are before and after."""

    changes: Sequence[Change]

    @property
    def attempts(self) -> list[Change]:
        return [one for one in self.changes if not one.attempt.in_review]

    @property
    def learners(self) -> int:
        return len({one.attempt.learner_id for one in self.changes})

    @property
    def crossing(self) -> int:
        return sum(one.crosses for one in self.changes)

    @property
    def listed(self) -> list[Change]:
        """Those who cross the pass line first, then the greatest changes."""
        order = sorted(self.attempts, key=lambda one: (not one.crosses, -abs(one.share_after - one.share_before)))
        return order[:SHOWN]


class Regrading(admin.ModelAdmin):  # type: ignore[type-arg]
    """For the admin of quizzes: a page that regrades."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.regrade_view)
        return [path("<path:object_id>/regrade/", view, name="quizzes_quiz_regrade"), *super().get_urls()]

    def regrade_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        quiz = self.get_object(request, unquote(object_id))
        latest = quiz.editions.order_by("-number").first() if quiz else None
        if quiz is None or latest is None:
            raise Http404
        if not request.user.has_perm("quizzes.change_quiz"):
            raise PermissionDenied
        choices, changed = questions_of(quiz, latest)
        if request.method != "POST":
            form = RegradeForm(choices, initial={"questions": changed, "policy": Regrade.Policy.NEW_KEY})
            return self._regrade_page(request, quiz, latest, form)
        form = RegradeForm(choices, request.POST)
        if not form.is_valid():
            return self._regrade_page(request, quiz, latest, form, status=422)
        said = form.cleaned_data
        plan = Plan(quiz, latest, said["questions"], said["policy"], said["may_fall"])
        if "apply" not in request.POST:
            return self._regrade_page(request, quiz, latest, form, DryRun(regrading.changes(plan)))
        return self._apply(request, plan, said["reason"])

    def _apply(self, request: HttpRequest, plan: Plan, reason: str) -> HttpResponse:
        assert isinstance(request.user, User)
        regrade, made = regrading.apply_once(plan=plan, reason=reason, by=request.user)
        count = regrade.attempts.count()
        text = ngettext("Applied: %(count)d attempt changed.", "Applied: %(count)d attempts changed.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
        if made:
            self._log(request, plan, regrade)
        return HttpResponseRedirect(reverse("admin:quizzes_regrade_change", args=[regrade.pk]))

    def _log(self, request: HttpRequest, plan: Plan, regrade: Regrade) -> None:
        told = _("Regraded %(keys)s. Policy: %(policy)s. Reason: %(reason)s") % {
            "keys": ", ".join(plan.questions),
            "policy": regrade.get_policy_display(),
            "reason": regrade.reason,
        }
        for row in (plan.quiz, regrade):
            self.log_change(request, row, told)

    def _regrade_page(
        self,
        request: HttpRequest,
        quiz: Quiz,
        latest: Edition,
        form: RegradeForm,
        dry_run: DryRun | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Regrade"),
            "quiz": quiz,
            "latest": latest,
            "form": form,
            "dry_run": dry_run,
            "regrades": quiz.regrades.all(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/quizzes/regrade.html", context, status=status)


@admin.register(Regrade)
class RegradeAdmin(HistoryAdmin):
    """What was regraded, with a button that takes it back."""

    collection_path = "quiz__collection"
    change_form_template = "admin/quizzes/regrade_change.html"
    list_display = ["quiz", "keys", "policy", "made_by", "made_at", "undone_at"]
    list_filter = ["policy", "quiz__collection", "made_at"]
    list_select_related = ["quiz", "made_by"]
    search_fields = ["quiz__title", "reason"]
    fields = [
        "quiz",
        "edition",
        "keys",
        "policy",
        "may_fall",
        "reason",
        "made_by",
        "made_at",
        "undone_by",
        "undone_at",
        "audit",
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<path:object_id>/undo/", view, name="quizzes_regrade_undo"), *super().get_urls()]

    @admin.display(description=_("questions"))
    def keys(self, regrade: Regrade) -> str:
        return ", ".join(regrade.questions)

    @admin.display(description=_("attempts"))
    def audit(self, regrade: Regrade) -> SafeString:
        rows = regrade.attempts.select_related("attempt__learner", "attempt__edition").order_by("pk")
        context = {"rows": [(row, _marks(row)) for row in rows[:SHOWN]], "count": rows.count(), "shown": SHOWN}
        return render_to_string("admin/quizzes/_regraded.html", context)

    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        regrade = self.get_object(request, unquote(object_id))
        if regrade is None:
            raise Http404
        if not request.user.has_perm("quizzes.change_quiz"):
            raise PermissionDenied
        assert isinstance(request.user, User)
        try:
            regrading.undo(regrade=regrade, by=request.user)
        except regrading.NotUndoable:
            text = _("A later regrade changed some of these attempts. Undo that one first.")
            self.message_user(request, text, messages.ERROR)
        else:
            for row in (regrade, regrade.quiz):
                self.log_change(
                    request, row, str(_("Took back the regrade of %(keys)s.") % {"keys": self.keys(regrade)})
                )
            self.message_user(request, _("Undone: every mark is as it was before."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:quizzes_regrade_change", args=[regrade.pk]))


def _marks(row: RegradedAttempt) -> dict[str, str]:
    weight = row.attempt.edition.weight

    def share(state: dict[str, Any]) -> str:
        full = weight - state["dropped"]
        return percent(float(state["mark"]) / full) if full else "0%"

    return {"before": share(row.before), "after": share(row.after)}
