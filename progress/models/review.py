"""What comes back to a learner, and when."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import today
from courses.models import Course
from progress import scheduling
from progress.exams import Exam
from progress.models.highlights import OwnQuestion
from progress.scheduling import Memory
from quizzes.models import Response
from sources.models import Collection


class CardQuerySet(models.QuerySet["Card"]):
    def with_own(self) -> "CardQuerySet":
        """With the questions of the learner's own, where they ask such a one, and the lessons these are about."""
        cards = self.select_related("own__highlight__lesson__course", "own__collection")
        return cards.defer("own__highlight__lesson__text", "own__highlight__lesson__course__about")

    def due(self, exam_on: date | None = None) -> "CardQuerySet":
        """Those to review today that the learner has not put off."""
        is_due = Q(due_on__lte=today())
        if exam_on and exam_on > today():
            is_due |= Q(exam_due_on__lte=today())
        return self.filter(is_due, suspended=False).exclude(buried_until__gt=today())


class Card(models.Model):
    """A question in one learner's review, by its key, whatever edition it was answered in.

    All but `buried_until` and `suspended` follows from the learner's answers (progress.cards.replay), stored so that
    what is due is found by an index. FSRS's state is not: reviewed by the day, a card is always in the same one.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="cards", verbose_name=_("learner"), db_index=False
    )
    collection = models.ForeignKey(
        Collection, models.CASCADE, related_name="cards", verbose_name=_("collection"), db_index=False
    )
    question_key = models.CharField(_("question"), max_length=60)
    own = models.ForeignKey(
        OwnQuestion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="cards",
        verbose_name=_("own question"),
        help_text=_("Where it asks no question of the bank but one of the learner's own."),
    )
    stability = models.FloatField(_("stability"), help_text=_("Days until the chance of knowing it falls to 90%."))
    difficulty = models.FloatField(_("difficulty"), help_text=_("From 1 to 10."))
    reviewed_on = models.DateField(_("reviewed"))
    answered_at = models.DateTimeField(_("answered"), help_text=_("The latest of the answers that it follows from."))
    sure_but_wrong = models.BooleanField(_("sure but wrong"), default=False)
    due_on = models.DateField(_("due"))
    exam_due_on = models.DateField(
        _("due for the exam"), null=True, blank=True, help_text=_("Earlier than due, while the exam is to come.")
    )
    buried_until = models.DateField(_("not before"), null=True, blank=True)
    suspended = models.BooleanField(_("set aside"), default=False, help_text=_("Not asked until the learner says so."))

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.UniqueConstraint(fields=["learner", "collection", "question_key"], name="one_card_per_question")
        ]
        indexes = [
            models.Index(fields=["learner", "due_on"], name="cards_by_day"),
            models.Index(fields=["learner", "-answered_at"], condition=Q(own=None), name="cards_by_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.question_key}"

    @property
    def memory(self) -> Memory:
        return Memory(self.stability, self.difficulty, self.reviewed_on, self.sure_but_wrong)

    def bury(self) -> None:
        """Until tomorrow."""
        self.buried_until = today() + timedelta(days=1)
        self.save(update_fields=["buried_until"])

    def put_off_alike(self, *, suspended: bool, buried_until: date | None) -> None:
        """Keeps what either it or another card of the same question was put off for."""
        self.suspended |= suspended
        self.buried_until = max(filter(None, [self.buried_until, buried_until]), default=None)
        self.save(update_fields=["suspended", "buried_until"])

    def suspend(self) -> None:
        self.suspended = True
        self.save(update_fields=["suspended"])


class Hindsight(models.Model):
    """What a learner says of an answer afterwards. It may be said anew."""

    response = models.OneToOneField(
        Response, models.CASCADE, primary_key=True, related_name="hindsight", verbose_name=_("response")
    )
    knew = models.BooleanField(_("knew it"), help_text=_("If not, it was a guess."))

    class Meta:
        verbose_name = _("hindsight")
        verbose_name_plural = _("hindsights")

    def __str__(self) -> str:
        return f"{self.response}: {self.knew}"


class ReviewSettings(models.Model):
    """How a learner wants to review. Who never changed anything has no row."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="review_settings",
        verbose_name=_("learner"),
    )
    retention = models.FloatField(_("retention"), default=scheduling.RETENTION)
    session_size = models.PositiveSmallIntegerField(_("questions in a session"), default=10)
    daily_cap = models.PositiveSmallIntegerField(_("most questions in a day"), default=50)
    exam_on = models.DateField(_("date of the exam"), null=True, blank=True)
    exam_target = models.FloatField(_("target for the exam"), default=0.95)
    exam_course = models.ForeignKey(
        Course,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("course of the exam"),
        help_text=_("Left empty: every course."),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("review settings")
        verbose_name_plural = _("review settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(retention__gte=scheduling.LOWEST, retention__lte=scheduling.HIGHEST),
                name="retention_is_sensible",
            ),
            models.CheckConstraint(
                condition=Q(exam_target__gte=scheduling.LOWEST, exam_target__lte=0.99), name="exam_target_is_sensible"
            ),
            models.CheckConstraint(condition=Q(session_size__gt=0, daily_cap__gt=0), name="reviews_are_some"),
        ]

    def __str__(self) -> str:
        return str(self.learner)

    def left(self, answered: int) -> int:
        """How many more questions fit into a day."""
        return max(self.daily_cap - answered, 0)

    @property
    def exam(self) -> Exam | None:
        """Past or to come."""
        return Exam(self.exam_on, self.exam_target) if self.exam_on else None

    def exam_for(self, collection_id: int) -> Exam | None:
        """The exam, if it is about the course with this collection. Needs the exam's course loaded."""
        return self.exam if self.exam_course is None or self.exam_course.collection_id == collection_id else None
