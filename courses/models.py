"""What is taught."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.objectives import Objective, objectives
from quizzes.models import Edition, Quiz
from sources.models import Claim, Collection, KeyField, Loaded, Source
from sources.reviewing import Within, doubted


class Course(Loaded):
    """Lessons in an order, on one collection of sources, claims and questions."""

    collection = models.OneToOneField(Collection, models.PROTECT, related_name="course", verbose_name=_("collection"))
    slug = KeyField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=35, default="en")
    summary = models.TextField(_("summary"), blank=True)
    about = models.TextField(_("about this course"), blank=True, help_text=_("Markdown."))
    sources_end = models.DateField(_("sources end on"), null=True, blank=True, help_text=_("Nothing later is covered."))
    wording = models.JSONField(
        _("wording guide"),
        default=list,
        blank=True,
        help_text=_("Loaded words, what to prefer and why; check_course looks for them."),
    )
    opinion = models.JSONField(
        _("closing question"),
        default=dict,
        blank=True,
        help_text=_('Such as {"question": "Up or down?", "options": ["Up", "Down"]}.'),
    )
    certificate = models.JSONField(
        _("what earns a certificate"),
        null=True,
        blank=True,
        help_text="None: the course gives none. Else as courses.folder.schemas.Certificate has it.",
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("courses:course", args=[self.slug])


class LessonQuerySet(models.QuerySet["Lesson"]):
    def outline(self) -> "LessonQuerySet":
        """The lessons that are shown, in order, with `check_count` (of the checks' latest edition)."""
        latest = Edition.objects.filter(quiz=models.OuterRef("checks")).order_by("-number")
        counted = {"check_count": Coalesce(models.Subquery(latest.values("questions")[:1]), 0)}
        return self.filter(retired=False).order_by("position").annotate(**counted)

    def with_course(self) -> "LessonQuerySet":
        """Each with its course, both without their long texts."""
        of_course = ("course__about", "course__summary", "course__wording", "course__opinion")
        return self.select_related("course").defer("text", "lede", "reflect", *of_course)


class Lesson(Loaded):
    """What is read: Markdown with claims as footnotes, checks in the text, terms of the glossary."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons", verbose_name=_("course"))
    slug = KeyField(_("slug"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    lede = models.TextField(_("lede"), blank=True)
    objectives = models.JSONField(_("objectives"), default=list, blank=True)
    reflect = models.JSONField(_("questions to think about"), default=list, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Markdown, as docs/course-folder.md describes it."))
    checks = models.OneToOneField(
        Quiz,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lesson_of_checks",
        editable=False,
        verbose_name=_("checks"),
    )
    quiz = models.OneToOneField(
        Quiz, models.PROTECT, null=True, blank=True, related_name="lesson_of_quiz", verbose_name=_("quiz")
    )

    objects = LessonQuerySet.as_manager()
    check_count: int

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["course", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="lesson_slug_once_per_course")]

    def __str__(self) -> str:
        return self.title

    @property
    def keyed_objectives(self) -> list[Objective]:
        return objectives(self.objectives)

    def get_absolute_url(self) -> str:
        return reverse("courses:lesson", args=[self.course.slug, self.slug])


class CitationQuerySet(models.QuerySet["Citation"]):
    def needing_review(self, today: date, *, within: Within) -> "CitationQuerySet":
        """Those of some collections whose claim came into doubt since the passage was last written or confirmed."""
        return self.filter(doubted(today, within=within, since="reviewed_at"), lesson__retired=False)


class Citation(models.Model):
    """That a passage of a lesson cites a claim. Derived from the lesson's text whenever that is saved."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="citations", verbose_name=_("lesson"))
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="citations", verbose_name=_("claim"))
    anchor = models.CharField(_("passage"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    digest = models.CharField(
        max_length=64, editable=False, help_text="Of the passage's words, to know a new wording by."
    )
    reviewed_at = models.DateTimeField(
        _("reviewed"),
        default=timezone.now,
        editable=False,
        help_text="When the passage was written as it is, or confirmed as right while its claim changed.",
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["lesson", "position"]

    def __str__(self) -> str:
        return f"{self.lesson.slug}#{self.anchor}: {self.claim.key}"


class Term(Loaded):
    """A word of the glossary."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="terms", verbose_name=_("course"))
    key = KeyField(_("key"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    term = models.CharField(_("term"), max_length=100)
    script = models.JSONField(
        _("in its own script"),
        default=list,
        blank=True,
        help_text=_('A list such as [{"lang": "fa", "text": "نیروی قدس"}].'),
    )
    aliases = models.JSONField(
        _("other spellings and names"),
        default=list,
        blank=True,
        help_text=_('What else a reader may look for, such as ["Hizbullah"].'),
    )
    meaning = models.TextField(_("meaning"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["course", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "key"], name="term_key_once_per_course")]

    def __str__(self) -> str:
        return self.term


def figure_kinds() -> list[tuple[str, str]]:
    """A callable, so that a new kind needs no migration."""
    return [
        ("network", str(_("Network"))),
        ("timeline", str(_("Time line"))),
        ("map", str(_("Map"))),
        ("comparison", str(_("Comparison"))),
    ]


class Figure(Loaded):
    """A network, time line, map or comparison: what it shows, and where each thing of it is drawn.

    The layout follows from the data (courses.figures.kinds.layout); whoever saves the one saves the other.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="figures", verbose_name=_("course"))
    key = KeyField(_("key"))
    kind = models.CharField(_("kind"), max_length=20, choices=figure_kinds)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), help_text=_("Its point, for whoever does not see it."))
    caption = models.TextField(_("caption"))
    data = models.TextField(_("data"), help_text=_("What it shows, as JSON."))
    layout = models.TextField(_("layout"), editable=False, help_text=_("Where things are drawn, as JSON."))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["course", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "key"], name="figure_key_once_per_course")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("courses:figure", args=[self.course.slug, self.key])


class Coverage(Loaded):
    """Which statements of a source text a course teaches, section by section (courses.folder.schemas.Section). Source
    and claims are named by key."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="coverages", verbose_name=_("course"))
    source = KeyField(_("source"))
    title = models.CharField(_("title"), max_length=200)
    sections = models.JSONField(_("sections"), default=list)

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        ordering = ["course", "source"]
        constraints = [models.UniqueConstraint(fields=["course", "source"], name="coverage_once_per_source")]

    def __str__(self) -> str:
        return self.title


class UploadQuerySet(models.QuerySet["Upload"]):
    def kept(self) -> "UploadQuerySet":
        return self.filter(kept_at__gte=timezone.now() - Upload.KEPT)

    def expired(self) -> "UploadQuerySet":
        return self.filter(kept_at__lt=timezone.now() - Upload.KEPT)


class Upload(models.Model):
    """A course folder as a zip, kept for whoever uploaded it from the dry run to the load. In the database, since the
    next request may reach another machine."""

    KEPT = timedelta(hours=1)

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads", verbose_name=_("owner"))
    slug = models.CharField(_("slug"), max_length=60, help_text="Of the course: the name of the folder.")
    name = models.CharField(_("name"), max_length=200, help_text="Of the archive.")
    archive = models.BinaryField(_("archive"))
    kept_at = models.DateTimeField(_("kept"), default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.name


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def shown(self) -> "SearchEntryQuerySet":
        """Those that lead to a page which readers can open now."""
        gone = models.Q(course__retired=True) | models.Q(lesson__retired=True) | models.Q(term__retired=True)
        gone |= models.Q(claim__retired=True) | models.Q(source__retired=True)
        return self.exclude(gone)


class SearchEntry(models.Model):
    """A place that a search may lead to: a passage of a lesson, a term, a claim or a source, with its words as written
    and as courses.search.folding spells them.

    Derived, by courses.search.indexing. The full-text index over it is no model (migration 0002). Its rows go with
    what they lead to by a signal (courses.search.keeping), so that nobody who deletes a lesson is asked about them.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        TERM = "term", _("Glossary")
        CLAIM = "claim", _("Claim")
        SOURCE = "source", _("Source")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    course = models.ForeignKey(Course, models.DO_NOTHING, related_name="+", verbose_name=_("course"))
    lesson = models.ForeignKey(Lesson, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("lesson"))
    term = models.ForeignKey(Term, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("term"))
    claim = models.ForeignKey(Claim, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("claim"))
    source = models.ForeignKey(Source, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("source"))
    fragment = models.CharField(max_length=80, blank=True, help_text="Where on the page, for a passage of a lesson.")
    section = models.TextField(_("section"), blank=True)
    title = models.TextField(_("title"), blank=True)
    text = models.TextField(_("text"), blank=True)
    folded_title = models.TextField(blank=True)
    folded_text = models.TextField(blank=True)
    folded_context = models.TextField(blank=True, help_text="Found together with words of the title or the text only.")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.kind}: {self.title or self.text[:60]}"

    def get_absolute_url(self) -> str:
        """The place itself. With `course__collection` and what it leads to selected, without a query."""
        if self.claim:
            return reverse("courses:claim", args=[self.course.collection.slug, self.claim.key])
        if self.term:
            return reverse("courses:glossary", args=[self.course.slug]) + f"#{self.term.key}"
        if self.source:
            return reverse("courses:sources", args=[self.course.slug]) + f"#{self.source.key}"
        assert self.lesson
        address = reverse("courses:lesson", args=[self.course.slug, self.lesson.slug])
        return f"{address}#{self.fragment}" if self.fragment else address
