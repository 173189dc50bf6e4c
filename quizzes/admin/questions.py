"""The page of a question: its kind is chosen first, then it asks for what that kind needs, and says what to mend."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.drafts import Draft, Remark, Remarks, as_saved, as_written, remarks_on
from quizzes.engine.kinds import KINDS
from quizzes.item_analysis import statistics_of
from quizzes.kind_forms import KIND_FORMS, KindForm, Words
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
    InlineWithinCollection,
    OrderedFormSet,
    links,
    number,
    number_of,
    shortened,
)
from sources.models import Collection

CHANGE_KIND = "_change_kind"
ROW_SETS = ("options", "hints")


def kind_of(request: HttpRequest, question: Question | None) -> str:
    """What the page is about: the kind that was chosen on it, or else the question's; empty while there is none."""
    own = question.kind if question else ""
    asked = request.POST.get("kind") or request.GET.get("kind") or own
    return asked if asked in KIND_FORMS else own


def is_changing_kind(request: HttpRequest) -> bool:
    return CHANGE_KIND in request.POST


@dataclass(frozen=True)
class Note:
    """A remark for the page: `field` is the id of what it is about, or empty, and `label` what that is called."""

    message: str
    field: str = ""
    label: str = ""


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
    paginator = CappedPaginator
    change_form_template = "admin/quizzes/question/change_form.html"
    list_display = [
        "key",
        shortened("text", _("question")),
        "kind",
        number("options", _("options")),
        number("hints", _("hints")),
        "in_quizzes",
        "in_lessons",
        "collection",
        "retired",
    ]
    list_filter = ["collection", "kind", "retired"]
    list_select_related = ["collection"]
    search_fields = ["key", "text", "explanation", "options__text", "options__match"]
    autocomplete_fields = ["collection", "claims"]
    readonly_fields = ["used_in"]
    counted = ("options", "hints")

    class Media:
        css = {"all": ["quizzes/authoring/question.css"]}

    # Which fields there are

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        kind = KIND_FORMS[kind_of(request, obj)]
        asked = {"confusables": kind.confusables, "units": kind.units, "marking": bool(kind.markings)}
        names = ["collection", "text", *(name for name, is_of_use in asked.items() if is_of_use)]
        about = {"fields": ["key", "tags", *(["used_in"] if obj else []), "retired"]}
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
        """Where there is one collection, it is that one."""
        collections = Collection.objects.authored_by(request.user)[:2]
        only = {"collection": collections[0].pk} if len(collections) == 1 else {}
        return {**only, **super().get_changeform_initial_data(request), "kind": kind_of(request, None)}

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
        notes = _notes_on_forms(request, form, formsets, question)
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
            "check_url": check if obj is None or self.has_change_permission(request, obj) else "",
        }
        if is_changing_kind(request):
            context["pending"] = True
        elif form.is_bound:
            context |= _notes_on_forms(request, form, formsets, obj)
        elif obj:
            context |= _notes(as_saved(obj), KIND_FORMS[kind], statistics=obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def uses(self, row: Question) -> Iterator[str]:
        """Slots are protected by the database already; answers stay when a question is taken out of its quizzes."""
        answers = Response.objects.filter(question_key=row.key, attempt__quiz__collection=row.collection_id)
        if answers.exists():
            yield _("Answers that learners gave to %(key)s") % {"key": row.key}

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


def _notes_on_forms(request: HttpRequest, form: Any, formsets: Any, question: Question | None) -> dict[str, Any]:
    draft = as_written(form, formsets)
    notes = _notes(draft, KIND_FORMS[kind_of(request, question)], statistics=question)
    rows = chain.from_iterable(formset.forms for formset in formsets if formset.is_bound)
    faults = [note for one in (form, *rows) for note in _faults_of(one)]
    return notes | {"problems": [*faults, *notes["problems"]]}


def _faults_of(form: Any) -> Iterator[Note]:
    """What can not be saved as it was sent; a field that is still empty is no fault yet."""
    for name, errors in form.errors.get_json_data().items() if form.has_changed() else ():
        for error in errors:
            if error["code"] != "required" and name in form.fields:
                yield Note(error["message"], form[name].auto_id, capfirst(form[name].label))


def _notes(draft: Draft, kind_form: KindForm, *, statistics: Question | None) -> dict[str, Any]:
    stats = statistics_of(statistics, draft.question) if statistics else None
    remarks: Remarks = remarks_on(draft, stats)
    return {
        "checked": True,
        "problems": [_note(remark, draft, kind_form) for remark in remarks.problems],
        "advice": [_note(remark, draft, kind_form) for remark in remarks.advice],
    }


def _note(remark: Remark, draft: Draft, kind_form: KindForm) -> Note:
    part, _dot, rest = remark.where.partition(".")
    if part in ROW_SETS and not rest:
        label = kind_form.rows.label if part == "options" and kind_form.rows else _("Hints")
        return Note(remark.message, f"{part}-heading", str(label))
    if part == "options" and kind_form.rows:
        place, _dot, column = rest.partition(".")
        labels = [f"{kind_form.rows.one} {int(place) + 1}"]
        labels += [str(kind_form.rows.columns.get(column, Words(_("Claims"))).label)] if column else []
        return Note(remark.message, f"id_{draft.rows[int(place)]}-{column or 'text'}", ", ".join(labels))
    names = {"text": kind_form.text.label, "explanation": _("Explanation"), "claims": _("Claims")}
    return Note(remark.message, f"id_{part}" if part else "", str(names.get(part, "")))
