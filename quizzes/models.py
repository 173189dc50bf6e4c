"""What is asked. Authoring rows change freely; an Edition never does; attempts run against an Edition only."""

from datetime import date
from math import ceil
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from quizzes.engine import behaviour, document, rules
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
        EXAM = "exam", _("Exam: marked at the end, or after closing")
        IMMEDIATE = "immediate", _("Exam with immediate marks: each answer is final")

    class Confidence(models.TextChoices):
        ASKED = "asked", _("Asked, and kept: it shows how well learners know what they know")
        COUNTED = "counted", _("Counts: right earns 1, 2 or 3, wrong 0, -2 or -6")

    class When(models.TextChoices):
        DURING = "during", _("at once")
        AFTER = "after", _("once finished")
        CLOSED = "closed", _("once closed")
        NEVER = "never", _("never")

    class Counts(models.TextChoices):
        BEST = "best", _("the best")
        LAST = "last", _("the last")
        FIRST = "first", _("the first")
        MEAN = "mean", _("the mean of all")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="quizzes", verbose_name=_("collection"))
    slug = KeyField(_("slug"))
    title = models.CharField(_("title"), max_length=200)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting, default=Setting.PRACTICE)
    tries = models.PositiveSmallIntegerField(_("tries"), default=3, help_text=_("In practice: 1, 2 or 3."))
    shuffled = models.BooleanField(
        _("shuffled"), default=False, help_text=_("Questions come in another order in each attempt, within sections.")
    )
    confidence = models.CharField(_("confidence"), max_length=10, blank=True, choices=Confidence)
    sees_mark = models.CharField(_("mark"), max_length=10, blank=True, choices=When)
    sees_right = models.CharField(_("right answer"), max_length=10, blank=True, choices=When)
    sees_feedback = models.CharField(_("feedback"), max_length=10, blank=True, choices=When)
    sees_evidence = models.CharField(_("evidence"), max_length=10, blank=True, choices=When)
    time_limit = models.PositiveSmallIntegerField(_("time limit"), null=True, blank=True, help_text=_("In minutes."))
    pass_mark = models.FloatField(
        _("pass mark"), null=True, blank=True, help_text=_("A share of the full mark, from 0 to 1.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Attempts that run then are finished.")
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 for as many as somebody likes.")
    )
    wait = models.PositiveIntegerField(
        _("waiting time"), default=0, help_text=_("Minutes between the end of an attempt and the next.")
    )
    counts = models.CharField(_("which attempt counts"), max_length=10, choices=Counts, default=Counts.BEST)
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
            models.CheckConstraint(condition=Q(time_limit=None) | Q(time_limit__gt=0), name="time_limit_is_positive"),
            models.CheckConstraint(
                condition=Q(pass_mark=None) | Q(pass_mark__gt=0, pass_mark__lte=1), name="pass_mark_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quizzes:quiz", args=[self.collection.slug, self.slug])

    def with_latest(self, edition: "Edition") -> "Quiz":
        """Itself, with what `with_edition` adds."""
        self.edition_id, self.edition_digest, self.edition_questions = edition.pk, edition.digest, edition.questions
        return self

    @property
    def sees(self) -> document.Sees | None:
        """None where the author left all of it to the setting."""
        chosen = {name: getattr(self, f"sees_{name}") for name in document.Sees.__struct_fields__}
        if not any(chosen.values()):
            return None
        preset = document.Quiz(self.title, setting=self.setting).visibility
        return document.Sees(**{name: when or getattr(preset, name) for name, when in chosen.items()})

    @property
    def rules(self) -> rules.Rules:
        return rules.Rules(self.opens_at, self.closes_at, self.attempts_allowed, self.wait)


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
    section = models.CharField(
        _("section"), max_length=100, blank=True, help_text=_("Neighbours with the same section stand under it.")
    )

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
    weight = models.FloatField(_("weight"), help_text="The full mark.")
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    note = models.TextField(_("note"), blank=True, help_text="What changed and why; for authors.")

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["quiz", "-number"]
        constraints = [models.UniqueConstraint(fields=["quiz", "number"], name="edition_number_once_per_quiz")]

    def __str__(self) -> str:
        return f"{self.quiz.title}, edition {self.number}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> "AttemptQuerySet":
        """Those that take answers, of quizzes and of reviews."""
        return self.filter(finished_at=None, set_aside=False)

    def running(self) -> "AttemptQuerySet":
        return self.open().filter(in_review=False)

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
    answered_at = models.DateTimeField(_("answered"), auto_now_add=True)

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
