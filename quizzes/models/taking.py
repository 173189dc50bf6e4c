"""What learners do: attempts, which run against an edition only, and responses."""

from math import ceil
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.engine import behaviour, rules
from quizzes.models.publishing import Edition, Quiz

if TYPE_CHECKING:
    from quizzes.models.judging import Dispute


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> "AttemptQuerySet":
        """Those that take answers, of quizzes and of reviews."""
        return self.filter(finished_at=None, set_aside=False)

    def running(self) -> "AttemptQuerySet":
        return self.open().filter(in_review=False)

    def finished(self) -> "AttemptQuerySet":
        return self.filter(finished_at__isnull=False, set_aside=False)

    def made_here(self) -> "AttemptQuerySet":
        """Those that this site saw being made: the others came in files, which anybody can write."""
        return self.filter(imported=False)


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
    drawn = models.JSONField(
        _("drawn"), default=list, blank=True, help_text="Keys of the questions that its draws came up with."
    )
    mark = models.DecimalField(
        _("mark"), max_digits=9, decimal_places=5, default=0, help_text="Of the edition's weight."
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    due_at = models.DateTimeField(
        _("due"), null=True, blank=True, help_text="The deadline; answers count for 60 seconds more."
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    hints = models.JSONField(_("hints"), default=dict, blank=True, help_text="By slot, how many were taken.")
    flags = models.JSONField(_("flags"), default=list, blank=True, help_text="Slots to come back to.")
    set_aside = models.BooleanField(
        _("set aside"), default=False, help_text="What a merge of a guest found answered twice: kept, not counted."
    )
    in_review = models.BooleanField(
        _("review"), default=False, help_text="Holds what a day's review asked of the edition; no attempt at the quiz."
    )

    imported = models.BooleanField(
        _("imported"),
        default=False,
        help_text="Came in a file of the learner's own: marked here, but nobody knows how it was answered.",
    )
    rulings = models.JSONField(
        _("rulings"), default=dict, blank=True, help_text="By slot, what a regrade decided; see quizzes.regrading."
    )
    dropped = models.FloatField(_("dropped"), default=0, help_text="What dropped questions took off the full mark.")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz", "in_review", "number"], name="attempt_number_once")
        ]
        # After a year of reviews a learner has a hundred times as many attempts as were made at quizzes. SQLite takes
        # the index with `in_review` in it for these alone.
        indexes = [
            models.Index(fields=["learner", "quiz", "in_review"], condition=Q(in_review=False), name="attempt_at_quiz")
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.quiz}, {self.number}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def weight(self) -> float:
        """The full mark."""
        return self.edition.weight - self.dropped

    @property
    def seconds(self) -> int:
        """From start to deadline; 0 where there is none."""
        return int((self.due_at - self.started_at).total_seconds()) if self.due_at else 0

    @property
    def seconds_left(self) -> int:
        """Rounded up: 0 means that time is up."""
        return max(0, ceil((self.due_at - timezone.now()).total_seconds())) if self.due_at else 0


class ResponseQuerySet(models.QuerySet["Response"]):
    def waiting(self) -> "ResponseQuerySet":
        """Those that a teacher has to mark: of the answers to a slot, the last that came in time."""
        same_slot = Response.objects.filter(attempt=models.OuterRef("attempt"), slot=models.OuterRef("slot"))
        newer = same_slot.filter(late=False, try_number__gt=models.OuterRef("try_number"))
        return self.filter(~models.Exists(newer), fraction=None, late=False, void=False)


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
    fraction = models.DecimalField(
        _("fraction"),
        max_digits=6,
        decimal_places=5,
        null=True,
        help_text="Right is 1, wrong is 0; none while it waits for a teacher's mark.",
    )
    hints = models.PositiveSmallIntegerField(_("hints"), default=0, help_text="How many were taken before it.")
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), null=True, blank=True, help_text="1 not sure, 2 fairly sure, 3 very sure."
    )
    late = models.BooleanField(_("late"), default=False, help_text="Came after the deadline: kept, not counted.")
    void = models.BooleanField(_("void"), default=False, help_text="Its question was dropped from the attempt.")
    mark = models.DecimalField(
        _("mark"), max_digits=9, decimal_places=5, help_text="What the attempt's mark changed by."
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now, editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["attempt", "slot", "try_number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "slot", "try_number"], name="one_response_per_try")]
        indexes = [
            models.Index(fields=["learner", "question_key"], name="response_by_question"),
            models.Index(fields=["learner", "-answered_at"], name="response_by_time"),
            models.Index(fields=["question_key"], condition=Q(fraction=None), name="response_without_a_mark"),
            models.Index(fields=["attempt"], condition=Q(late=True), name="response_that_is_late"),
            models.Index(
                fields=["learner", "-answered_at"],
                condition=Q(confidence__isnull=False),
                name="response_with_confidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key}, try {self.try_number}"

    @property
    def known_dispute(self) -> "Dispute | None":
        """As far as it was looked up together with the response; this looks up nothing."""
        found: Dispute | None = self._state.fields_cache.get("dispute")
        return found

    @property
    def as_try(self) -> behaviour.Try:
        fraction = None if self.fraction is None else float(self.fraction)
        return behaviour.Try(fraction, self.hints, self.confidence, self.late)


class Allowance(models.Model):
    """More time for one learner, in one quiz or in all."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="allowances", verbose_name=_("learner")
    )
    quiz = models.ForeignKey(
        Quiz,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="allowances",
        verbose_name=_("quiz"),
        help_text=_("Left empty: every quiz, unless one has an allowance of its own."),
    )
    factor = models.FloatField(_("factor"), default=1, help_text=_("On the time limit: 1.25 is a quarter more."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=0, help_text=_("On top of the time limit, and after the quiz closes.")
    )

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        ordering = ["learner", "quiz"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz"], name="one_allowance_per_learner_and_quiz"),
            models.UniqueConstraint(fields=["learner"], condition=Q(quiz=None), name="one_allowance_for_all_quizzes"),
            models.CheckConstraint(condition=Q(factor__gte=1, factor__lte=10), name="factor_is_1_to_10"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.quiz or _('every quiz')}"

    @property
    def rule(self) -> rules.Allowance:
        return rules.Allowance(self.factor, self.minutes)
