"""What is asked of a learner some time after a lesson."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson


class DelayedCheck(models.Model):
    """Which questions of a lesson were dealt to a learner so many days after it was finished, kept with the first
    answer. When that was, which check is due and what came of it follow from responses (progress.later)."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="delayed_checks",
        verbose_name=_("learner"),
        db_index=False,
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="delayed_checks", verbose_name=_("lesson"))
    days = models.PositiveSmallIntegerField(
        _("days"), help_text=_("After how many days, at the earliest, it was to come.")
    )
    questions = models.JSONField(_("questions"), help_text=_("Their keys, in the order in which they are asked."))
    dealt_at = models.DateTimeField(_("dealt"), default=timezone.now)

    class Meta:
        verbose_name = _("delayed check")
        verbose_name_plural = _("delayed checks")
        constraints = [models.UniqueConstraint(fields=["learner", "lesson", "days"], name="delayed_check_once")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.lesson}, {self.days}"
