"""What can be asked: questions with their options and hints. Authoring rows, free to change."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.engine.kinds import KINDS, MARKINGS
from sources.models import Claim, Collection, KeyField, Loaded
from sources.reviewing import Within, doubted


def kinds() -> list[tuple[str, str]]:
    """A callable, so that a new kind needs no migration."""
    return [(name, str(_(kind.label))) for name, kind in KINDS.items()]


def markings() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in MARKINGS]


def links_in_doubt(today: date, *, within: Within) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """What links claims of some collections to questions, and to options: where the claim came into doubt since the
    question was last saved or confirmed."""
    of_questions = doubted(today, within=within, since="question__reviewed_at")
    of_options = doubted(today, within=within, since="option__question__reviewed_at")
    return (
        Question.claims.through._default_manager.filter(of_questions),
        Option.claims.through._default_manager.filter(of_options),
    )


class QuestionQuerySet(models.QuerySet["Question"]):
    def needing_review(self, today: date, *, within: Within) -> "QuestionQuerySet":
        """Those of some collections that stand on a claim in doubt, by themselves or by an option."""
        own, of_options = links_in_doubt(today, within=within)
        return self.filter(pk__in=own.values("question").union(of_options.values("option__question")))


class Question(Loaded):
    """One thing asked, in the bank of a collection."""

    class Difficulty(models.TextChoices):
        EASY = "easy", _("Easy")
        MIDDLE = "middle", _("Middle")
        HARD = "hard", _("Hard")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="questions", verbose_name=_("collection"))
    key = KeyField(_("key"))
    kind = models.CharField(_("kind"), max_length=20, choices=kinds)
    text = models.TextField(_("question"))
    marking = models.CharField(
        _("marking"),
        max_length=20,
        blank=True,
        choices=markings,
        help_text=_("Left empty, the first rule of its kind holds."),
    )
    confusables = models.JSONField(
        _("not to be taken for"),
        default=list,
        blank=True,
        help_text=_("For typed answers: words that mean something else, however near they are in letters."),
    )
    units = models.JSONField(
        _("units"),
        default=list,
        blank=True,
        help_text=_("For numbers: the unit of the answer, and others with what they count, such as “m = 0.001”."),
    )
    tags = models.JSONField(
        _("tags"), default=list, blank=True, help_text=_("Words that a quiz can draw questions by.")
    )
    difficulty = models.CharField(
        _("difficulty"),
        max_length=10,
        blank=True,
        choices=Difficulty,
        help_text=_(
            "As you see it, for authors alone: it changes nothing for learners, so nothing has to be published."
        ),
    )
    objective = models.CharField(
        _("objective"),
        max_length=60,
        blank=True,
        help_text=_(
            "What learners show by a right answer. Their progress is measured by it; nothing has to be published."
        ),
    )
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("What to keep, whatever was answered."))
    claims = models.ManyToManyField(
        Claim,
        related_name="questions",
        blank=True,
        verbose_name=_("claims"),
        help_text=_("What key and explanation stand on."),
    )
    reviewed_at = models.DateTimeField(
        _("reviewed"), auto_now=True, help_text="When it was last saved, or confirmed while its claims changed."
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["collection", "key"], name="question_key_once_per_collection")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"

    def claims_in_doubt(self, today: date) -> models.QuerySet[Claim]:
        """Those for which it needs review."""
        own, of_options = links_in_doubt(today, within=[self.collection_id])
        ids = own.filter(question=self).values("claim").union(of_options.filter(option__question=self).values("claim"))
        return Claim.objects.filter(pk__in=ids)


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


class Hint(models.Model):
    """Help with a question, taken in order, each at its cost."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="hints", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("text"), blank=True)
    cost = models.FloatField(_("cost"), default=0.1, help_text=_("A share of the question's weight, from 0 to 1."))
    clear_wrong = models.BooleanField(
        _("takes out what is wrong"), default=False, help_text=_("In the last answer; what is right stays.")
    )
    how_many = models.BooleanField(_("tells how many are right"), default=False, help_text=_("In the last answer."))

    class Meta:
        verbose_name = _("hint")
        verbose_name_plural = _("hints")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cost__gte=0, cost__lte=1), name="hint_costs_a_share"),
        ]

    def __str__(self) -> str:
        return self.text
