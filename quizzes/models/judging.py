"""What teachers decide afterwards: marks by hand, regrades, answers to challenges."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from quizzes.models.publishing import Edition, Quiz
from quizzes.models.taking import Attempt, Response
from sources.models import Collection


class HandMark(models.Model):
    """A teacher's mark for one response, criterion by criterion. The newest one counts."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="hand_marks", verbose_name=_("response"))
    credits = models.JSONField(_("credits"), help_text="By row of the rubric, shares from 0 to 1.")
    comment = models.TextField(_("comment"), blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    marked_at = models.DateTimeField(_("marked"), auto_now_add=True)

    class Meta:
        verbose_name = _("mark by hand")
        verbose_name_plural = _("marks by hand")
        ordering = ["response", "-marked_at", "-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return str(self.response)


class Regrade(models.Model):
    """What a teacher decided about questions that were found wrong, and applied to finished attempts."""

    class Policy(models.TextChoices):
        NEW_KEY = "new_key", _("The new key: answers are marked by the question as it is mended")
        BOTH_KEYS = "both_keys", _("Both keys: what was right by the old or is by the new key is right")
        FULL_MARKS = "full_marks", _("Full marks for everybody")
        DROP = "drop", _("Drop the question: it counts for nobody")

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="regrades", verbose_name=_("quiz"))
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="+", verbose_name=_("edition"), help_text="That has the mended questions."
    )
    questions = models.JSONField(_("questions"), help_text="Their keys.")
    policy = models.CharField(_("policy"), max_length=12, choices=Policy)
    may_fall = models.BooleanField(
        _("marks may fall"), default=False, help_text=_("Otherwise nobody loses a mark that was given.")
    )
    reason = models.TextField(_("reason"), help_text=_("Learners read it beside their old and new marks."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("applied"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.quiz}: {self.get_policy_display().partition(':')[0]}"


class RegradedAttempt(models.Model):
    """The audit of a regrade: an attempt and its responses as they were, and as they became."""

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="attempts", verbose_name=_("regrade"))
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="regrades", verbose_name=_("attempt"))
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))

    class Meta:
        verbose_name = _("regraded attempt")
        verbose_name_plural = _("regraded attempts")
        ordering = ["regrade", "attempt"]
        constraints = [models.UniqueConstraint(fields=["regrade", "attempt"], name="attempt_once_per_regrade")]

    def __str__(self) -> str:
        return f"{self.regrade}, {self.attempt}"


class Hold(models.Model):
    """An answer that lies before a teacher to be marked: until then, others get the next one."""

    response = models.OneToOneField(Response, models.CASCADE, related_name="hold", verbose_name=_("response"))
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="holds", verbose_name=_("teacher")
    )
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("answer being marked")
        verbose_name_plural = _("answers being marked")

    def __str__(self) -> str:
        return str(self.response)


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def open(self) -> "DisputeQuerySet":
        return self.filter(state=Dispute.State.OPEN)


class Dispute(models.Model):
    """A learner challenges a question, and a teacher answers. Learner, question and edition are those of the
    response; pages speak of challenges."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        KEPT = "kept", _("Kept: the question stays as it is")
        MENDED = "mended", _("Mended: the challenge was right")

    response = models.OneToOneField(Response, models.CASCADE, related_name="dispute", verbose_name=_("response"))
    reason = models.TextField(_("reason"))
    link = models.URLField(_("link"), max_length=600, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN)
    reply = models.TextField(_("reply"), blank=True, help_text=_("The learner reads it beside the question."))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="a_dispute_is_open_or_answered",
            )
        ]
        indexes = [models.Index(fields=["state", "-made_at"], name="dispute_by_state")]

    def __str__(self) -> str:
        return f"{self.response.question_key}, {date_format(self.made_at)}"


class Correction(models.Model):
    """A line of the public list of corrections, in the teacher's words. It names no learner."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="corrections", verbose_name=_("collection"))
    dispute = models.OneToOneField(
        Dispute, models.SET_NULL, null=True, blank=True, editable=False, related_name="correction"
    )
    corrected_on = models.DateField(_("date"), default=timezone.localdate)
    question = models.TextField(_("question"), help_text=_("As it was asked. Everybody reads this."))
    wrong = models.TextField(
        _("what was wrong"), help_text=_("Also those read it who have not answered yet: do not give the answer away.")
    )
    changed = models.TextField(_("what changed"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-corrected_on", "-pk"]

    def __str__(self) -> str:
        return self.question
