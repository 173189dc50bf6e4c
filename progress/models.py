"""What each learner knows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson


class Reading(models.Model):
    """That a learner marked a lesson as read."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings", verbose_name=_("learner"), db_index=False
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="readings", verbose_name=_("lesson"))
    read_at = models.DateTimeField(_("read"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="lesson_read_once")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.lesson}"
