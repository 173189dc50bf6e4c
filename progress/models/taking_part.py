"""What a learner did in a course beside answering."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Lesson


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


class NoteQuerySet(models.QuerySet["Note"]):
    def beginnings(self) -> dict[int, str]:
        """By lesson, the first 100 characters."""
        return dict(self.values_list("lesson", Left("text", 100)))


class Note(models.Model):
    """What a learner wrote on a lesson's questions to think about. Nobody else can read it, not even in the admin."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes", verbose_name=_("learner"), db_index=False
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="notes", verbose_name=_("lesson"))
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="one_note_per_lesson")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.lesson}"


class Opinion(models.Model):
    """A learner's answer to the closing question of a course. It stands as it was given; others see sums only."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before the first lesson")
        AFTER = "after", _("After the last lesson")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="opinions", verbose_name=_("learner"), db_index=False
    )
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="opinions", verbose_name=_("course"), db_index=False
    )
    moment = models.CharField(_("moment"), max_length=6, choices=Moment)
    choice = models.PositiveSmallIntegerField(_("answer"), help_text=_("Its place among the course's options, from 0."))
    at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [models.UniqueConstraint(fields=["learner", "course", "moment"], name="one_opinion_per_moment")]
        indexes = [models.Index(fields=["course", "moment", "choice"], name="opinions_are_counted")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.course}"
