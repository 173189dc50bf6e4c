"""What a course's certificate asks for, as fields of the course's admin page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.certifying import asked_by
from courses.folder.schemas import Certificate, plain
from courses.models import Course, Lesson
from quizzes.authoring import usual
from quizzes.engine import document
from quizzes.models import Quiz

FIELDS = ("gives_certificate", "certificate_lessons", "certificate_quiz", "certificate_mark")


class CertificateFields(forms.ModelForm):  # type: ignore[type-arg]
    gives_certificate = forms.BooleanField(
        label=gettext_lazy("Gives a certificate"),
        required=False,
        help_text=gettext_lazy("To learners with an account who have done what is asked for here."),
    )
    certificate_lessons = forms.ModelMultipleChoiceField(
        Lesson.objects.none(),
        label=gettext_lazy("Lessons to be done for it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("With none ticked it asks for every lesson, also those that are added later."),
    )
    certificate_quiz = forms.ModelChoiceField(
        Quiz.objects.none(),
        label=gettext_lazy("Quiz to be passed for it"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Such as the final quiz of the course."),
    )
    certificate_mark = forms.FloatField(
        label=gettext_lazy("Mark needed in that quiz"),
        required=False,
        min_value=0.01,
        max_value=100,
        help_text=gettext_lazy(
            "In percent of the full mark, such as 70. Certificates that are out stay valid when it changes."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course: Course = self.instance
        if not course.pk or "gives_certificate" not in self.fields:
            return
        lessons = Lesson.objects.filter(course=course, retired=False).order_by("position")
        quizzes = Quiz.objects.filter(collection=course.collection_id, in_lesson=False, retired=False)
        self.fields["certificate_lessons"].queryset = lessons  # type: ignore[attr-defined]
        self.fields["certificate_quiz"].queryset = quizzes  # type: ignore[attr-defined]
        if asked := asked_by(course):
            self.initial.update(
                gives_certificate=True,
                certificate_lessons=list(lessons.filter(slug__in=asked.lessons)),
                certificate_quiz=quizzes.filter(slug=asked.quiz).first(),
                certificate_mark=None if asked.mark is None else round(asked.mark * 100, 4),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        quiz: Quiz | None = cleaned.get("certificate_quiz")
        mark: float | None = cleaned.get("certificate_mark")
        if quiz and mark is None and "certificate_mark" not in self.errors:
            self.add_error("certificate_mark", _("Say which mark is needed in the quiz, in percent."))
        if mark is not None and not quiz:
            self.add_error("certificate_quiz", _("Choose the quiz in which the mark is to be earned."))
        if quiz and (quiz.sees or usual(quiz.setting)).mark == document.NEVER:
            self.add_error("certificate_quiz", _("This quiz never shows its mark, and the certificate would tell it."))
        self.instance.certificate = self._asked(cleaned, quiz, mark) if cleaned.get("gives_certificate") else None
        return cleaned

    def _asked(self, cleaned: dict[str, Any], quiz: Quiz | None, mark: float | None) -> Any:
        lessons = tuple(lesson.slug for lesson in cleaned.get("certificate_lessons", ()))
        share = None if mark is None else round(mark / 100, 6)
        return plain(Certificate(lessons=lessons, quiz=quiz.slug if quiz else "", mark=share))
