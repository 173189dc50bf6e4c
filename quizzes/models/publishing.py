"""What is asked: quizzes with their slots, free to change, and their editions, which never do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.engine import document, rules
from quizzes.models.bank import Question
from sources.models import Collection, KeyField, Loaded


class QuizQuerySet(models.QuerySet["Quiz"]):
    def with_edition(self) -> "QuizQuerySet":
        """Adds `edition_id`, `edition_digest` and `edition_questions` of the latest edition, or None."""
        latest = Edition.objects.filter(quiz=models.OuterRef("pk")).order_by("-number")
        columns = {"edition_id": "pk", "edition_digest": "digest", "edition_questions": "questions"}
        return self.annotate(**{name: models.Subquery(latest.values(column)[:1]) for name, column in columns.items()})

    def published(self) -> "QuizQuerySet":
        """Those that can be taken, with their latest edition."""
        return self.with_edition().filter(
            models.Exists(Edition.objects.filter(quiz=models.OuterRef("pk"))), retired=False
        )

    def touched(self) -> "QuizQuerySet":
        """Those that are not published, those of which something was saved since their latest edition (themselves, or
        a question that they ask or may draw), and those whose latest edition is an earlier one published again. All
        others say what that edition says."""
        latest = Edition.objects.filter(quiz=models.OuterRef("pk")).order_by("-number")
        columns = {"latest_at": "published_at", "latest_number": "number", "latest_digest": "digest"}
        quizzes = self.alias(**{name: models.Subquery(latest.values(column)[:1]) for name, column in columns.items()})
        quiz, since = models.OuterRef("pk"), models.OuterRef("latest_at")
        asked = Slot.objects.filter(quiz=quiz, question__reviewed_at__gte=since)
        drawn = Slot.objects.filter(quiz=quiz, question=None, quiz__collection__questions__reviewed_at__gte=since)
        again = Edition.objects.filter(
            quiz=quiz, digest=models.OuterRef("latest_digest"), number__lt=models.OuterRef("latest_number")
        )
        return quizzes.filter(
            Q(latest_at=None)
            | Q(edited_at__gte=models.F("latest_at"))
            | Q(models.Exists(asked))
            | Q(models.Exists(drawn))
            | Q(models.Exists(again))
        )

    def drawing(self) -> "QuizQuerySet":
        return self.filter(models.Exists(Slot.objects.filter(quiz=models.OuterRef("pk"), question=None)))

    def note_edited(self) -> None:
        """Where what they say changes in another way than by saving them, or questions."""
        self.update(edited_at=timezone.now())


class Quiz(Loaded):
    """An ordered set of slots, as its author has it now."""

    class Setting(models.TextChoices):
        PRACTICE = "practice", _("Practice: marked at once, with feedback and further tries")
        EXAM = "exam", _("Exam: marked at the end, or after closing")
        IMMEDIATE = "immediate", _("Exam with immediate marks: each answer is final")

    class Confidence(models.TextChoices):
        ASKED = "asked", _("Asked, and kept: it shows how well learners know what they know")
        COUNTED = "counted", _("Counts: right earns 1, 2 or 3, wrong 0, -2 or -6")

    class When(models.TextChoices):
        DURING = "during", _("at once")
        AFTER = "after", _("once finished")
        CLOSED = "closed", _("once closed")
        NEVER = "never", _("never")

    class Counts(models.TextChoices):
        BEST = "best", _("the best")
        LAST = "last", _("the last")
        FIRST = "first", _("the first")
        MEAN = "mean", _("the mean of all")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="quizzes", verbose_name=_("collection"))
    slug = KeyField(_("slug"))
    title = models.CharField(_("title"), max_length=200)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting, default=Setting.PRACTICE)
    tries = models.PositiveSmallIntegerField(_("tries"), default=3, help_text=_("In practice: 1, 2 or 3."))
    shuffled = models.BooleanField(
        _("shuffled"), default=False, help_text=_("Questions come in another order in each attempt, within sections.")
    )
    confidence = models.CharField(_("confidence"), max_length=10, blank=True, choices=Confidence)
    sees_mark = models.CharField(_("mark"), max_length=10, blank=True, choices=When)
    sees_right = models.CharField(_("right answer"), max_length=10, blank=True, choices=When)
    sees_feedback = models.CharField(_("feedback"), max_length=10, blank=True, choices=When)
    sees_evidence = models.CharField(_("evidence"), max_length=10, blank=True, choices=When)
    time_limit = models.PositiveSmallIntegerField(_("time limit"), null=True, blank=True, help_text=_("In minutes."))
    pass_mark = models.FloatField(
        _("pass mark"), null=True, blank=True, help_text=_("A share of the full mark, from 0 to 1.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Attempts that run then are finished.")
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 for as many as somebody likes.")
    )
    wait = models.PositiveIntegerField(
        _("waiting time"), default=0, help_text=_("Minutes between the end of an attempt and the next.")
    )
    counts = models.CharField(_("which attempt counts"), max_length=10, choices=Counts, default=Counts.BEST)
    in_lesson = models.BooleanField(
        _("checks of a lesson"), default=False, editable=False, help_text=_("Its questions stand in a lesson's text.")
    )
    edited_at = models.DateTimeField(
        _("edited"), auto_now=True, help_text="When it was last saved, or which questions it may ask changed."
    )

    objects = QuizQuerySet.as_manager()
    edition_id: int | None
    edition_digest: str
    edition_questions: int

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "slug"], name="quiz_slug_once_per_collection"),
            models.CheckConstraint(condition=Q(tries__gte=1, tries__lte=3), name="tries_are_1_to_3"),
            models.CheckConstraint(condition=Q(time_limit=None) | Q(time_limit__gt=0), name="time_limit_is_positive"),
            models.CheckConstraint(
                condition=Q(pass_mark=None) | Q(pass_mark__gt=0, pass_mark__lte=1), name="pass_mark_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quizzes:quiz", args=[self.collection.slug, self.slug])

    def with_latest(self, edition: "Edition") -> "Quiz":
        """Itself, with what `with_edition` adds."""
        self.edition_id, self.edition_digest, self.edition_questions = edition.pk, edition.digest, edition.questions
        return self

    @property
    def sees(self) -> document.Sees | None:
        """None where the author left all of it to the setting."""
        chosen = {name: getattr(self, f"sees_{name}") for name in document.Sees.__struct_fields__}
        if not any(chosen.values()):
            return None
        preset = document.Quiz(self.title, setting=self.setting).visibility
        return document.Sees(**{name: when or getattr(preset, name) for name, when in chosen.items()})

    @property
    def rules(self) -> rules.Rules:
        return rules.Rules(self.opens_at, self.closes_at, self.attempts_allowed, self.wait)


class Slot(models.Model):
    """A place in a quiz for one question, or so many places for questions drawn by a tag."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="slots", verbose_name=_("quiz"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("question")
    )
    tag = models.CharField(_("or draw by tag"), max_length=60, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), default=1, help_text=_("Of the questions with that tag."))
    weight = models.FloatField(_("weight"), default=1)
    section = models.CharField(
        _("section"), max_length=100, blank=True, help_text=_("Neighbours with the same section stand under it.")
    )

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0), name="weight_is_positive"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, tag="", count=1) | (Q(question=None, count__gt=0) & ~Q(tag="")),
                name="a_slot_has_a_question_or_a_tag",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.question.key if self.question else self.tag}"


class Edition(models.Model):
    """A quiz as published: frozen and numbered. Rows are added, never updated."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="editions", verbose_name=_("quiz"))
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"), help_text="JSON of quizzes.engine.document.Quiz.")
    digest = models.CharField(_("digest"), max_length=64)
    questions = models.PositiveSmallIntegerField(_("questions"))
    weight = models.FloatField(_("weight"), help_text="The full mark.")
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    note = models.TextField(_("note"), blank=True, help_text="What changed and why; for authors.")

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["quiz", "-number"]
        constraints = [models.UniqueConstraint(fields=["quiz", "number"], name="edition_number_once_per_quiz")]

    def __str__(self) -> str:
        return f"{self.quiz.title}, edition {self.number}"
