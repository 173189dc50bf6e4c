from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from quizzes.authoring import OptionForm, OptionFormSet, QuestionForm
from quizzes.models import Option, Question, Quiz
from quizzes.publishing import problems_of_question, questions_as_documents
from sources.authoring import AuthoringAdmin, InlineWithinCollection, links, number, number_of, shortened


def problems_of(question: Question) -> list[str]:
    """What keeps quizzes with this question from being published, as it is saved now."""
    contents = questions_as_documents([question])[question.pk]
    return [problem.message for problem in problems_of_question(contents, sourced=question.collection.sourced)]


class OptionInline(InlineWithinCollection, admin.StackedInline):  # type: ignore[type-arg]
    model = Option
    form = OptionForm
    formset = OptionFormSet
    fields = [("position", "credit"), "text", "feedback", "claims"]
    autocomplete_fields = ["claims"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 3


@admin.register(Question)
class QuestionAdmin(AuthoringAdmin):
    form = QuestionForm
    inlines = [OptionInline]
    list_display = [
        "key",
        shortened("text", _("question")),
        "kind",
        number("options", _("options")),
        "in_quizzes",
        "in_lessons",
        "collection",
        "retired",
    ]
    list_filter = ["collection", "kind", "retired"]
    list_select_related = ["collection"]
    search_fields = ["key", "text", "explanation", "options__text"]
    autocomplete_fields = ["collection", "claims"]
    readonly_fields = ["ready", "used_in"]
    fieldsets = [
        (
            None,
            {"fields": ["collection", "key", "kind", "marking", "text", "explanation", "claims", "tags", "retired"]},
        ),
        (
            _("State"),
            {
                "description": _("Learners see a change once a quiz with this question is published again."),
                "fields": ["ready", "used_in"],
            },
        ),
    ]
    counted = ("options",)

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

    @admin.display(description=_("ready to publish"))
    def ready(self, question: Question) -> SafeString | str:
        problems = problems_of(question) if question.pk else [str(_("It is not saved yet."))]
        if not problems:
            return str(_("Yes."))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([problem] for problem in problems)))

    @admin.display(description=_("used in"))
    def used_in(self, question: Question) -> SafeString:
        return links(Quiz.objects.filter(slots__question=question).distinct() if question.pk else [])

    def tell(self, request: HttpRequest, row: Question) -> None:
        if problems := problems_of(row):
            message = _("The question can not be published yet. %(problems)s") % {"problems": " ".join(problems)}
            self.message_user(request, message, messages.WARNING)
