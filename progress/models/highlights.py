"""What a learner marks in lessons, writes beside it, and wants to be asked about. Nobody else can read any of it, not
even in the admin."""

from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Lesson
from sources.models import Collection


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def kept(self) -> "HighlightQuerySet":
        return self.filter(deleted_at=None)

    def of_course(self, course: Course) -> "HighlightQuerySet":
        return self.filter(lesson__course=course)

    def with_lessons(self) -> "HighlightQuerySet":
        """And their courses, and what is asked about the words; without the lessons' texts."""
        return self.select_related("lesson__course", "question").defer("lesson__text")


class Highlight(models.Model):
    """Words of a passage, or a whole passage, that a learner marked; the note on them may be empty.

    It says where the words were as the TextQuoteSelector of the W3C's Web Annotation Data Model does: by quote, prefix
    and suffix. Where they are now is found anew whenever they are shown (progress.finding), and never stored. So a
    highlight outlives whatever becomes of the text.
    """

    KEPT_FOR = timedelta(days=1)
    """So long a deleted one can be taken back."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="highlights", verbose_name=_("learner"), db_index=False
    )
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="highlights", verbose_name=_("lesson"))
    address = models.CharField(_("passage"), max_length=70, help_text="Its anchor, or what follows from its words.")
    whole = models.BooleanField(
        _("whole passage"), default=False, help_text="The quote is all of it; nothing is marked."
    )
    quote = models.TextField(_("quote"))
    prefix = models.CharField(_("before it"), max_length=64, blank=True)
    suffix = models.CharField(_("after it"), max_length=64, blank=True)
    place = models.PositiveIntegerField(_("place"), default=0, help_text="Of its first letter in the passage, from 0.")
    note = models.TextField(_("note"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, help_text="The note.")
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        indexes = [models.Index(fields=["learner", "lesson"], name="highlights_by_lesson")]
        constraints = [models.CheckConstraint(condition=~Q(quote=""), name="a_highlight_has_words")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.lesson}"

    def get_absolute_url(self) -> str:
        return reverse("notes:highlight", args=[self.pk])

    @property
    def asked(self) -> "OwnQuestion | None":
        """One query, unless it came with it."""
        return getattr(self, "question", None)


OWN = "own-"
"""What the keys of all of them begin with."""


def new_key() -> str:
    return f"{OWN}{token_hex(8)}"


class OwnQuestion(models.Model):
    """What a learner wants to be asked about a highlight: a sentence or more, with blanks. It is in no bank and no
    edition; its card is one like any other, under its key."""

    highlight = models.OneToOneField(Highlight, models.CASCADE, related_name="question", verbose_name=_("highlight"))
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="own_questions",
        verbose_name=_("learner"),
    )
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", verbose_name=_("collection"))
    question_key = models.CharField(_("question"), max_length=60, unique=True, default=new_key)
    text = models.TextField(_("text"))
    blanks = models.JSONField(_("blanks"), help_text="Where each begins in the text and before what it ends, from 0.")
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("own question")
        verbose_name_plural = _("own questions")

    def __str__(self) -> str:
        return f"{self.learner}: {self.question_key}"

    @property
    def card_key(self) -> tuple[int, str]:
        """What its card is known by (progress.cards.Key)."""
        return self.collection_id, self.question_key


class OwnAnswer(models.Model):
    """An answer to a question of one's own. One a day: the first stands, whatever is sent again."""

    question = models.ForeignKey(
        OwnQuestion, models.CASCADE, related_name="answers", verbose_name=_("question"), db_index=False
    )
    on = models.DateField(_("day"))
    answer = models.JSONField(_("answer"), help_text="What was filled in, blank by blank.")
    fraction = models.DecimalField(_("fraction"), max_digits=6, decimal_places=5)
    knew = models.BooleanField(
        _("knew it"), null=True, blank=True, help_text="What the learner said afterwards. If not, it was a guess."
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        verbose_name = _("own answer")
        verbose_name_plural = _("own answers")
        constraints = [models.UniqueConstraint(fields=["question", "on"], name="own_question_answered_once_a_day")]

    def __str__(self) -> str:
        return f"{self.question}: {self.on}"
