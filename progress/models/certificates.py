"""That a learner has finished a course, for others to check."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from progress import codes
from quizzes.models import Quiz


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)

    def with_code(self, typed: str) -> "Certificate | None":
        """However the code was typed. One query, whether it can be a code or not."""
        return self.select_related("course").filter(code=codes.normal(typed)).first()


class Certificate(models.Model):
    """Says what was so on its day, in the words of that day: nothing of it follows what changes later.

    Of one course a learner has one valid certificate at most. Erasing the account erases it, and its code is unknown.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="certificates", verbose_name=_("learner"), db_index=False
    )
    course = models.ForeignKey(Course, models.CASCADE, related_name="certificates", verbose_name=_("course"))
    code = models.CharField(
        _("code"), max_length=codes.LENGTH, unique=True, default=codes.new, help_text="Without the hyphens."
    )
    name = models.CharField(_("name"), max_length=80)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    title = models.CharField(_("title of the course"), max_length=200)
    lessons = models.PositiveSmallIntegerField(_("lessons done"))
    quiz = models.ForeignKey(
        Quiz, models.SET_NULL, null=True, blank=True, related_name="certificates", verbose_name=_("quiz")
    )
    quiz_title = models.CharField(_("title of the quiz"), max_length=200, blank=True)
    edition = models.PositiveIntegerField(
        _("edition"), null=True, blank=True, help_text="Of the quiz, in the learner's latest attempt."
    )
    needed = models.FloatField(_("mark needed"), null=True, blank=True, help_text="A share of the full mark.")
    mark = models.FloatField(_("mark"), null=True, blank=True, help_text="The share of the full mark that counted.")
    shows_mark = models.BooleanField(_("shows the mark"), default=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True, help_text="Why it was revoked; the learner reads it.")
    claimable_again = models.BooleanField(
        _("may be claimed again"), default=False, help_text="Once revoked, as for a name with a slip in it."
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"], condition=Q(revoked_at=None), name="one_valid_certificate_per_course"
            )
        ]
        indexes = [models.Index(fields=["learner", "course"], name="certificates_of_learner")]

    def __str__(self) -> str:
        return f"{self.name}: {self.title}"

    def get_absolute_url(self) -> str:
        """Of the page on which anybody can check it."""
        return reverse("certificates:verify", args=[self.grouped_code])

    @property
    def grouped_code(self) -> str:
        return codes.grouped(self.code)

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def is_long(self) -> bool:
        """Whether it takes smaller letters to be printed on one sheet."""
        return len(self.name) > 40 or len(self.title) > 80 or len(self.quiz_title) > 80

    @property
    def shown_mark(self) -> float | None:
        return self.mark if self.shows_mark else None
