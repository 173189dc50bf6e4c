"""What is asked. Authoring rows change freely; an Edition never does; attempts run against an Edition only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quizzes.engine.document import MARKINGS
from quizzes.engine.kinds import KINDS
from sources.models import Claim, Collection, KeyField, Loaded


def kinds() -> list[tuple[str, str]]:
    """A callable, so that a new kind needs no migration."""
    return [(name, str(_(kind.label))) for name, kind in KINDS.items()]


class Question(Loaded):
    """One thing asked, in the bank of a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="questions", verbose_name=_("collection"))
    key = KeyField(_("key"))
    kind = models.CharField(_("kind"), max_length=20, choices=kinds)
    text = models.TextField(_("question"))
    marking = models.CharField(
        _("marking"),
        max_length=20,
        blank=True,
        choices=[(name, name.replace("_", " ")) for name in MARKINGS],
        help_text=_(
            "For multiple choice: all or nothing, or right minus wrong, so that ticking everything earns nothing."
        ),
    )
    tags = models.JSONField(
        _("tags"), default=list, blank=True, help_text=_("Words that a quiz can draw questions by.")
    )
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("What to keep, whatever was answered."))
    claims = models.ManyToManyField(
        Claim,
        related_name="questions",
        blank=True,
        verbose_name=_("claims"),
        help_text=_("What key and explanation stand on."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["collection", "key"], name="question_key_once_per_collection")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class Option(models.Model):
    """A row of a question: a choice, a pair, a blank's accepted answer."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("text"))
    match = models.TextField(_("match"), blank=True)
    credit = models.FloatField(_("credit"), default=0, help_text=_("1 is right, 0 is wrong."))
    feedback = models.TextField(
        _("feedback"), blank=True, help_text=_("Why this is right or wrong, for whoever chose it.")
    )
    claims = models.ManyToManyField(Claim, related_name="options", blank=True, verbose_name=_("claims"))

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(credit__gte=-1, credit__lte=1), name="credit_is_between_minus_1_and_1")
        ]

    def __str__(self) -> str:
        return self.text


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


class Quiz(Loaded):
    """An ordered set of slots, as its author has it now."""

    class Setting(models.TextChoices):
        PRACTICE = "practice", _("Practice: marked at once, with feedback and further tries")
        EXAM = "exam", _("Exam: marked at the end")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="quizzes", verbose_name=_("collection"))
    slug = KeyField(_("slug"))
    title = models.CharField(_("title"), max_length=200)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting, default=Setting.PRACTICE)
    tries = models.PositiveSmallIntegerField(_("tries"), default=3, help_text=_("In practice: 1, 2 or 3."))
    in_lesson = models.BooleanField(
        _("checks of a lesson"), default=False, editable=False, help_text=_("Its questions stand in a lesson's text.")
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quizzes:quiz", args=[self.collection.slug, self.slug])


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
    weight = models.FloatField(_("weight"), help_text="Sum of the slots' weights: the full mark.")
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["quiz", "-number"]
        constraints = [models.UniqueConstraint(fields=["quiz", "number"], name="edition_number_once_per_quiz")]

    def __str__(self) -> str:
        return f"{self.quiz.title}, edition {self.number}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def running(self) -> "AttemptQuerySet":
        return self.filter(finished_at=None, set_aside=False)

    def finished(self) -> "AttemptQuerySet":
        return self.filter(finished_at__isnull=False, set_aside=False)


class Attempt(models.Model):
    """One learner going once through one edition."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts", verbose_name=_("learner"), db_index=False
    )
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="attempts", verbose_name=_("edition"))
    number = models.PositiveIntegerField(
        _("number"), help_text="1 for the learner's first attempt at the quiz, and so on."
    )
    seed = models.CharField(_("seed"), max_length=32, help_text="Decides the order of questions and options.")
    mark = models.DecimalField(
        _("mark"), max_digits=9, decimal_places=5, default=0, help_text="Of the edition's weight."
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    set_aside = models.BooleanField(
        _("set aside"), default=False, help_text="What a merge of a guest found answered twice: kept, not counted."
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        constraints = [models.UniqueConstraint(fields=["learner", "quiz", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.quiz}, {self.number}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class Response(models.Model):
    """One answer given, with its mark. Added once for each try, never updated."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="responses", verbose_name=_("learner"), db_index=False
    )
    attempt = models.ForeignKey(
        Attempt, models.CASCADE, related_name="responses", verbose_name=_("attempt"), db_index=False
    )
    slot = models.PositiveSmallIntegerField(_("slot"), help_text="Index in the edition's slots, from 0.")
    try_number = models.PositiveSmallIntegerField(_("try"))
    question_key = models.CharField(_("question"), max_length=60)
    answer = models.JSONField(
        _("answer"), help_text="As the kind of question states it; for choices, indexes of options."
    )
    fraction = models.DecimalField(_("fraction"), max_digits=6, decimal_places=5, help_text="Right is 1, wrong is 0.")
    mark = models.DecimalField(
        _("mark"), max_digits=9, decimal_places=5, help_text="What the attempt's mark changed by."
    )
    answered_at = models.DateTimeField(_("answered"), auto_now_add=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["attempt", "slot", "try_number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "slot", "try_number"], name="one_response_per_try")]
        indexes = [
            models.Index(fields=["learner", "question_key"], name="response_by_question"),
            models.Index(fields=["learner", "-answered_at"], name="response_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.question_key}, try {self.try_number}"
