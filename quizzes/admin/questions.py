"""The page of a question: its kind is chosen first, then it asks for what that kind needs, and says what to mend."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.admin.notes import notes_on_forms, notes_on_saved
from quizzes.drafts import as_saved, remarks_on
from quizzes.engine.kinds import KINDS
from quizzes.kind_forms import KIND_FORMS
from quizzes.models import Hint, Option, Question, Quiz, Response
from quizzes.question_forms import (
    HintForm,
    HintFormAsSent,
    HintFormSetAsSent,
    option_form,
    option_formset,
    question_form,
)
from sources.authoring import (
    AuthoringAdmin,
    CappedPaginator,
    ConditionFilter,
    InlineWithinCollection,
    links,
    number,
    number_of,
    shortened,
)
from sources.authoring_forms import OrderedFormSet
from sources.models import Claim, Collection
from sources.permissions import likely_collection

CHANGE_KIND = "_change_kind"
ROW_SETS = ("options", "hints")


def kind_of(request: HttpRequest, question: Question | None) -> str:
    """What the page is about: the kind that was chosen on it, or else the question's; empty while there is none."""
    own = question.kind if question else ""
    asked = request.POST.get("kind") or request.GET.get("kind") or own
    return asked if asked in KIND_FORMS else own


def is_changing_kind(request: HttpRequest) -> bool:
    return CHANGE_KIND in request.POST


class DifficultyFilter(ConditionFilter):
    title = _("difficulty")
    parameter_name = "difficulty"

    def conditions(self) -> dict[str, Any]:
        said = {value: (label, Q(difficulty=value)) for value, label in Question.Difficulty.choices}
        return {**said, "unsaid": (_("Not said"), Q(difficulty=""))}


class ReviewFilter(admin.SimpleListFilter):
    title = _("needs review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if self.value() != "yes":
            return queryset
        within = list(Collection.objects.authored_by(request.user).values_list("pk", flat=True))
        needing = Question.objects.needing_review(timezone.localdate(), within=within).filter(retired=False)
        return queryset.filter(pk__in=needing.order_by().values("pk"))


class RowInline(InlineWithinCollection, admin.StackedInline):  # type: ignore[type-arg]
    template = "admin/quizzes/question/rows.html"
    max_num = 100

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"absolute_max": self.max_num, **kwargs})


class OptionInline(RowInline):
    model = Option
    autocomplete_fields = ["claims"]

    def rows(self, request: HttpRequest, question: Question | None) -> Any:
        return KIND_FORMS[kind_of(request, question)].rows

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*self.rows(request, obj).columns, "claims", "position"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        rows = self.rows(request, obj)
        if rows.fixed:
            return max(0, len(rows.fixed) - (obj.options.count() if obj else 0))
        return 1 if obj else int(rows.empty)

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int | None:
        return len(self.rows(request, obj).fixed) or self.max_num

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        as_sent, rows = is_changing_kind(request), self.rows(request, obj)
        kwargs["form"] = option_form(kind_of(request, obj), as_sent=as_sent)
        kwargs["formset"] = option_formset(as_sent=as_sent)
        formset = super().get_formset(request, obj, **kwargs)
        formset.about, formset.heading, formset.one = rows.about, rows.label, rows.one
        formset.can_move = not rows.fixed
        return formset


class HintInline(RowInline):
    model = Hint
    extra = 1

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        kind = kind_of(request, obj)
        more = {"clear_wrong": KINDS[kind].clears, "how_many": KIND_FORMS[kind].has_parts}
        return ["text", "cost", *(name for name, is_of_use in more.items() if is_of_use), "position"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        as_sent = is_changing_kind(request)
        kwargs["form"] = HintFormAsSent if as_sent else HintForm
        kwargs["formset"] = HintFormSetAsSent if as_sent else OrderedFormSet
        formset = super().get_formset(request, obj, **kwargs)
        formset.about = _("Learners may take them in this order, each at its cost, where a quiz is practice.")
        formset.heading, formset.one, formset.can_move = _("Hints"), _("Hint"), True
        return formset


@admin.register(Question)
class QuestionAdmin(AuthoringAdmin):
    list_help = _(
        "The bank: every question once. A lesson asks it as a check, a quiz in a slot or by a tag. Learners get "
        "what is published."
    )
    paginator = CappedPaginator
    change_form_template = "admin/quizzes/question/change_form.html"
    list_display = [
        "key",
        shortened("text", _("question")),
        "kind",
        "difficulty",
        number("options", _("options")),
        "in_quizzes",
        "in_lessons",
        "collection",
        "retired",
    ]
    list_filter = ["collection", "kind", DifficultyFilter, ReviewFilter, "retired"]
    list_select_related = ["collection"]
    search_fields = ["key", "text", "explanation", "options__text", "options__match"]
    autocomplete_fields = ["collection", "claims"]
    readonly_fields = ["used_in"]
    counted = ("options",)

    class Media:
        css = {"all": ["quizzes/authoring/question.css"]}

    # Which fields there are

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        kind = KIND_FORMS[kind_of(request, obj)]
        asked = {"confusables": kind.confusables, "units": kind.units, "marking": bool(kind.markings)}
        names = ["collection", "text", *(name for name, is_of_use in asked.items() if is_of_use)]
        about = {"fields": ["key", "tags", "difficulty", "objective", *(["used_in"] if obj else []), "retired"]}
        return [
            (None, {"fields": [*names, "explanation", "claims", "kind"]}),
            (_("In the bank"), about | {"description": _("How the question is found, and where it is asked.")}),
        ]

    def get_form(self, request: HttpRequest, obj: Question | None = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = question_form(kind_of(request, obj), as_sent=is_changing_kind(request))
        return super().get_form(request, obj, change=change, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Question | None) -> list[type[RowInline]]:  # type: ignore[override]
        kind = KIND_FORMS[kind_of(request, obj)]
        return [*([OptionInline] if kind.rows else []), *([HintInline] if kind.hints else [])]

    # Choosing and changing the kind

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if is_changing_kind(request):
            _change_kind(request)
        if object_id is None and not kind_of(request, None) and self.has_add_permission(request):
            return self._choose_kind(request)
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    def _choose_kind(self, request: HttpRequest) -> HttpResponse:
        links = [(_address(request, kind), KINDS[kind].label, words) for kind, words in KIND_FORMS.items()]
        context = self.admin_site.each_context(request) | {
            "title": _("Which kind of question?"),
            "opts": self.opts,
            "kinds": links,
        }
        return TemplateResponse(request, "admin/quizzes/question/kinds.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        chosen = super().get_changeform_initial_data(request)
        return {**likely_collection(request.user), **chosen, "kind": kind_of(request, None)}

    def response_add(self, request: HttpRequest, obj: Question, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            same = urlencode({"collection": str(obj.collection_id), "kind": obj.kind})
            return HttpResponseRedirect(f"{request.path}?{same}")
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Rows that the kind has no place for do not stay behind unseen."""
        super().save_related(request, form, formsets, change)
        kind = KIND_FORMS[form.instance.kind]
        for rows, has_place in {form.instance.options: kind.rows, form.instance.hints: kind.hints}.items():
            if not has_place:
                rows.all().delete()

    # Problems and advice

    def get_urls(self) -> list[URLPattern]:
        return [
            path("check/", self.check_view, name="quizzes_question_check"),
            path("<int:pk>/check/", self.check_view, name="quizzes_question_check"),
            *super().get_urls(),
        ]

    def check_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """What is to be said of the question as the page sends it. Saves nothing.

        Whoever is signed out gets 403 and not the sign-in page, since htmx would put that into the page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.admin_site.has_permission(request):
            return HttpResponse(gettext("You are signed out."), status=403)
        question = self.get_object(request, str(pk)) if pk else None
        if pk and (question is None or not self.has_change_permission(request, question)):
            raise Http404
        if (not pk and not self.has_add_permission(request)) or not kind_of(request, question):
            raise Http404
        fieldsets = self.get_fieldsets(request, question)
        fields = list(chain.from_iterable(options["fields"] for _title, options in fieldsets))
        form = self.get_form(request, question, change=bool(pk), fields=fields)(request.POST, instance=question)
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(pk))  # type: ignore[attr-defined]
        notes = notes_on_forms(form, formsets, KIND_FORMS[kind_of(request, question)], question)
        return TemplateResponse(request, "admin/quizzes/question/_remarks.html", notes)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Question | None = None,
    ) -> HttpResponse:
        kind = kind_of(request, obj)
        form, formsets = context["adminform"].form, [one.formset for one in context["inline_admin_formsets"]]
        check = reverse("admin:quizzes_question_check", args=[obj.pk] if obj else [])
        context |= {
            "kind": KINDS[kind],
            "kind_form": KIND_FORMS[kind],
            "kinds": [(name, other.label) for name, other in KINDS.items()],
            "doubts": list(_doubts(obj)) if obj else [],
            "check_url": check if obj is None or self.has_change_permission(request, obj) else "",
        }
        if is_changing_kind(request):
            context["pending"] = True
        elif form.is_bound:
            context |= notes_on_forms(form, formsets, KIND_FORMS[kind], obj)
        elif obj:
            context |= notes_on_saved(obj, KIND_FORMS[kind])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def offered(self, rows: QuerySet[Any], collection: str) -> QuerySet[Any]:
        """What was written last comes first: whoever makes a quiz often has just written its questions."""
        return super().offered(rows, collection).order_by("-pk")

    def uses(self, row: Question) -> Iterator[str]:
        """Slots are protected by the database already; answers stay when a question is taken out of its quizzes."""
        answers = Response.objects.filter(question_key=row.key, attempt__quiz__collection=row.collection_id)
        if answers.exists():
            yield _("Answers that learners gave to %(key)s") % {"key": row.key}

    def delete_model(self, request: HttpRequest, obj: Question) -> None:
        super().delete_model(request, obj)
        _note_gone([obj.collection_id])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> None:
        collections = set(queryset.values_list("collection", flat=True))
        super().delete_queryset(request, queryset)
        _note_gone(collections)

    def tell(self, request: HttpRequest, row: Question) -> None:
        if problems := remarks_on(as_saved(row)).problems:
            said = " ".join(problem.message for problem in problems)
            message = _("The question can not be published yet. %(problems)s") % {"problems": said}
            self.message_user(request, message, messages.WARNING)

    # Columns

    def get_queryset(self, request: HttpRequest) -> Any:
        questions = super().get_queryset(request)
        return questions.annotate(
            quiz_count=number_of(Question, "slots", Q(slots__quiz__in_lesson=False)),
            lesson_count=number_of(Question, "slots", Q(slots__quiz__in_lesson=True)),
        )

    @admin.display(description=_("in quizzes"), ordering="quiz_count")
    def in_quizzes(self, question: Any) -> int:
        return int(question.quiz_count)

    @admin.display(description=_("in lessons"), ordering="lesson_count")
    def in_lessons(self, question: Any) -> int:
        return int(question.lesson_count)

    @admin.display(description=_("used in"))
    def used_in(self, question: Question) -> SafeString:
        return links(Quiz.objects.filter(slots__question=question).distinct() if question.pk else [])


def _doubts(question: Question) -> Iterator[tuple[Claim, bool]]:
    """Claims for which it needs review, and whether their date has passed."""
    today = timezone.localdate()
    for claim in question.claims_in_doubt(today) if not question.retired else ():
        yield claim, claim.is_overdue(today)


def _note_gone(collections: Iterable[int]) -> None:
    """Quizzes that drew from these may draw from fewer questions now."""
    Quiz.objects.drawing().filter(collection__in=collections).note_edited()


def _address(request: HttpRequest, kind: str) -> str:
    """Of this page with a kind."""
    parameters = request.GET.copy()
    parameters["kind"] = kind
    return f"?{parameters.urlencode()}"


def _change_kind(request: HttpRequest) -> None:
    """What was sent, as the page of the new kind would have sent it."""
    sent = request.POST.copy()
    kind = sent.get("new_kind", "")
    sent["kind"] = kind
    rows = KIND_FORMS[kind].rows if kind in KIND_FORMS else None
    texts = rows.fixed if rows else ()
    for prefix in ROW_SETS:
        sent.setdefault(f"{prefix}-INITIAL_FORMS", "0")
        sent.setdefault(f"{prefix}-TOTAL_FORMS", str(rows.empty) if rows and prefix == "options" else "0")
    for place, text in enumerate(texts):
        if not sent.get(f"options-{place}-text"):
            sent[f"options-{place}-text"] = str(text)
    request.POST = sent  # type: ignore[assignment]
