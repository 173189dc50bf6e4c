"""Forms in which authors write lessons and terms."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.certificate_form import CertificateFields
from courses.deriving import checks_slug
from courses.models import Course, Lesson
from courses.objectives import objectives
from courses.text import LessonText, parse
from quizzes.models import Question, Quiz, Slot
from sources.authoring_forms import LANGUAGE, LanguageForm, ProseField
from sources.models import Claim

SCRIPT_LINE = re.compile(rf"(?P<lang>{LANGUAGE})\s*:\s*(?P<text>\S.*)")


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(self.as_line, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in (super().to_python(value) or "").splitlines())
        return [self.from_line(line) for line in lines if line]

    def as_line(self, value: Any) -> str:
        return str(value)

    def from_line(self, line: str) -> Any:
        return line


class ScriptField(LinesField):
    """A word in its own script, and in which language, one on each line."""

    def as_line(self, value: Any) -> str:
        return f"{value['lang']}: {value['text']}"

    def from_line(self, line: str) -> dict[str, str]:
        if found := SCRIPT_LINE.fullmatch(line):
            return found.groupdict()
        raise forms.ValidationError(
            _("“%(line)s” can not be read. Write the language's tag, a colon and the word, such as fa: نیروی قدس.")
            % {"line": line}
        )


class NamesField(LinesField):
    """Short ones, one on each line."""

    LONGEST = 100

    def from_line(self, line: str) -> str:
        if len(line) > self.LONGEST:
            raise forms.ValidationError(
                _("“%(line)s…” is too long: a name has at most %(most)d characters.")
                % {"line": line[:40], "most": self.LONGEST}
            )
        return line


class OpinionField(LinesField):
    """A question and the answers to it, one on each line."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            value = [value["question"], *value["options"]] if value else []
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        question, *options = super().to_python(value) or [""]
        if question and (len(options) < 2 or len(set(options)) < len(options)):
            raise forms.ValidationError(_("Below the question, write two or more answers, each another one."))
        return {"question": question, "options": options} if question else {}


class CourseForm(CertificateFields, LanguageForm):
    opinion = OpinionField(
        label=gettext_lazy("Closing question"),
        required=False,
        help_text=gettext_lazy(
            "The question on the first line, each answer on a line of its own. It is asked before the first lesson and "
            "after the last. Once somebody has answered, mend the wording only: answers are kept by their place."
        ),
    )


class InCourseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of a course. A position left empty means: after the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if position := self.fields.get("position"):
            position.required = False
            position.help_text = gettext_lazy("Left empty: after the others.")
            if not self.instance.pk:
                position.initial = None

    @property
    def course(self) -> Course | None:
        """None while none was chosen."""
        return self.instance.course if self.instance.pk else self.cleaned_data.get("course")

    def clean_position(self) -> int:
        position: int | None = self.cleaned_data["position"]
        if position is not None:
            return position
        others = type(self.instance)._default_manager.filter(course=self.course).exclude(pk=self.instance.pk)
        last: int | None = others.aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1


class LessonForm(InCourseForm):
    objectives = LinesField(
        label=gettext_lazy("Objectives"),
        required=False,
        help_text=gettext_lazy(
            "One on each line. Each completes the phrase “After this lesson you can …”. With a key at its end, {#key}, "
            "questions can say that they test it, and learners see how well they know it."
        ),
    )
    reflect = LinesField(
        label=gettext_lazy("Questions to think about"),
        required=False,
        help_text=gettext_lazy("One on each line. They stand at the end of the lesson, with room for a private note."),
    )
    text = ProseField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 40, "class": "vLargeTextField", "dir": "auto"}),
        help_text=gettext_lazy(
            "Markdown, with headings from ## on. A paragraph that cites a claim as [^key] ends with an anchor of its "
            "own, {#name}. A term of the glossary is a link, [words](term:key). A question stands on a line of its "
            "own, “:::check key”. Later events stand between a line “:::since” and a line “:::”."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.course:
            self._refuse_faults(self.course)
            self._refuse_keys(self.course)
            self._refuse_other_quiz(self.course)
        return cleaned

    def _refuse_faults(self, course: Course) -> None:
        text = parse(self.cleaned_data.get("text") or "")
        for line, message in sorted(set(faults(text, self.instance, course))):
            self.add_error("text", _("Line %(line)d: %(message)s") % {"line": line, "message": message})
        slug = checks_slug(self.cleaned_data.get("slug") or self.instance.slug)
        others = Quiz.objects.filter(collection=course.collection_id, slug=slug, in_lesson=False)
        if text.checks and others.exists():
            self.add_error(
                None, _("The checks need a quiz called %(slug)s, and there is another one.") % {"slug": slug}
            )

    def _refuse_keys(self, course: Course) -> None:
        """Of objectives: what stands twice in the course, and what is gone while questions test it."""
        keys = [one.key for one in objectives(self.cleaned_data.get("objectives") or ()) if one.key]
        elsewhere = {
            one.key: lesson
            for lesson in course.lessons.filter(retired=False).exclude(pk=self.instance.pk)
            for one in lesson.keyed_objectives
        }
        for number, key in enumerate(keys):
            if key in keys[:number]:
                self.add_error("objectives", _("Two objectives have the key {#%(key)s}.") % {"key": key})
            elif key in elsewhere:
                values = {"key": key, "lesson": elsewhere[key]}
                self.add_error("objectives", _("The lesson “%(lesson)s” has the key {#%(key)s} already.") % values)
        before = {one.key for one in objectives(self.initial.get("objectives") or ()) if one.key}
        tested = Question.objects.filter(collection=course.collection_id, objective__in=before - {*keys, *elsewhere})
        for key, question in tested.values_list("objective", "key"):
            values = {"key": key, "question": question}
            message = _("The question %(question)s tests {#%(key)s}. Keep that key, or choose another objective there.")
            self.add_error("objectives", message % values)

    def _refuse_other_quiz(self, course: Course) -> None:
        quiz: Quiz | None = self.cleaned_data.get("quiz")
        if quiz and (quiz.in_lesson or quiz.collection_id != course.collection_id):
            self.add_error("quiz", _("Choose a quiz of this course, and none that is made of a lesson's checks."))


def faults(text: LessonText, lesson: Lesson, course: Course) -> Iterator[tuple[int, str]]:
    """What is wrong with the text of a lesson, as (line, message): its form, and what it names and nobody knows."""
    yield from text.faults
    claims = Claim.objects.filter(collection=course.collection_id)
    questions = Question.objects.filter(collection=course.collection_id)
    cited = [(citation.claim, citation.line) for citation in text.citations]
    checks = [(check.key, check.line) for check in text.checks]
    terms = [(use.key, use.line) for use in text.terms]
    yield from _unknown(cited, _keys(claims, cited), _("There is no claim called %(key)s."))
    yield from _unknown(checks, _keys(questions, checks), _("There is no question called %(key)s."))
    yield from _unknown(terms, _keys(course.terms.all(), terms), _("The glossary has no term called %(key)s."))
    anchors = {f"#{anchor.name}" for anchor in text.anchors}
    links = [(address, line) for line, address in text.links if address.startswith("#")]
    yield from _unknown(links, anchors, _("There is no anchor called %(key)s in this text."))
    for citation in text.citations:
        if not citation.anchor:
            yield citation.line, _("This cites a claim, so it needs an {#anchor} here or before.")
    yield from _asked_twice(checks, lesson, course)


def _keys(rows: QuerySet[Any], uses: list[tuple[str, int]]) -> set[str]:
    return set(rows.filter(key__in=dict(uses)).values_list("key", flat=True))


def _unknown(uses: list[tuple[str, int]], known: set[str], message: str) -> Iterator[tuple[int, str]]:
    for key, line in uses:
        if key not in known:
            yield line, message % {"key": key}


def _asked_twice(checks: list[tuple[str, int]], lesson: Lesson, course: Course) -> Iterator[tuple[int, str]]:
    elsewhere = Slot.objects.filter(
        quiz__collection=course.collection_id, quiz__lesson_of_checks__isnull=False, question__key__in=dict(checks)
    ).exclude(quiz=lesson.checks_id)
    lessons = dict(elsewhere.values_list("question__key", "quiz__lesson_of_checks__title"))
    for number, (key, line) in enumerate(checks):
        if key in lessons:
            values = {"key": key, "lesson": lessons[key]}
            yield line, _("The check %(key)s stands in the lesson “%(lesson)s” already.") % values
        if key in dict(checks[:number]):
            yield line, _("The check %(key)s stands in this text before. Ask it once.") % {"key": key}


class TermForm(InCourseForm):
    script = ScriptField(
        label=gettext_lazy("In its own script"),
        required=False,
        help_text=gettext_lazy("One on each line: the language's tag, a colon and the word, such as fa: نیروی قدس."),
    )
    aliases = NamesField(
        label=gettext_lazy("Other spellings and names"),
        required=False,
        help_text=gettext_lazy("One on each line, such as Hizbullah. The search finds the term by them."),
    )
