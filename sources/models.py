"""What is known, and from where."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

KEY = r"[a-z][a-z0-9-]{0,59}"


class KeyField(models.SlugField):  # type: ignore[type-arg]
    """How a thing is recognised across loads, editions and installations."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class Loaded(models.Model):
    """A row that a course folder may have brought in."""

    loaded_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Digest of the row as a folder last loaded it; another one today means it was edited since.",
    )
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Kept for what was done with it, shown to nobody.")
    )

    class Meta:
        abstract = True


class CollectionQuerySet(models.QuerySet["Collection"]):
    def authored_by(self, user: User | AnonymousUser) -> "CollectionQuerySet":
        """For an administrator all; for other staff their own, and those shared with them or with every teacher."""
        if not (user.is_active and user.is_staff):
            return self.none()
        if user.is_superuser:
            return self
        shared = Collection.teachers.through._default_manager.filter(user=user.pk)
        return self.filter(Q(owner=user.pk) | Q(open_to_teachers=True) | Q(pk__in=shared.values("collection")))


class Collection(models.Model):
    """What one course stands on: its sources, claims and questions. Keys are unique within it.

    It is what belongs to somebody: whoever may author it may author all that is in it, and its course."""

    slug = KeyField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language"), max_length=35, default="en", help_text=_("A BCP 47 tag, such as en or fa.")
    )
    sourced = models.BooleanField(
        _("demands claims"),
        default=False,
        help_text=_("Nothing is published unless every key and every feedback stands on a claim."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("belongs to"),
        limit_choices_to={"is_staff": True},
    )
    teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="shared_collections", verbose_name=_("shared with")
    )
    open_to_teachers = models.BooleanField(
        _("open to every teacher"),
        default=False,
        help_text=_("Every teacher may edit it, publish it, and see what its learners answered."),
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Source(Loaded):
    """Where a claim comes from. The date may be a year, a month, a day or unknown."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="sources", verbose_name=_("collection"))
    key = KeyField(_("key"))
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    date = models.CharField(
        _("date"), max_length=10, blank=True, help_text=_("2025, 2025-06 or 2025-06-13; empty: undated.")
    )
    url = models.URLField(_("address"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "key"], name="source_key_once_per_collection"),
            models.CheckConstraint(
                condition=Q(date="") | Q(date__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$"), name="source_date_is_partial_iso"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def in_doubt(self, today: date) -> "ClaimQuerySet":
        """Those that were changed, or whose re-check date has passed, since somebody last confirmed them."""
        return self.filter(Q(changed_at__isnull=False) | Q(recheck_by__lt=today))

    def put_in_doubt(self) -> None:
        self.update(changed_at=timezone.now())

    def take_out_of_doubt(self) -> None:
        """But for those whose re-check date has passed."""
        self.update(changed_at=None)


class Claim(Loaded):
    """One statement that a course rests on."""

    class Status(models.TextChoices):
        ESTABLISHED = "established", _("Established")
        ATTRIBUTED = "attributed", _("Attributed")
        DISPUTED = "disputed", _("Disputed")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="claims", verbose_name=_("collection"))
    key = KeyField(_("key"))
    text = models.TextField(_("text"))
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        help_text=_("Established: independent sources agree. Attributed: someone says so. Disputed: sources disagree."),
    )
    attributed_to = models.CharField(_("attributed to"), max_length=200, blank=True, help_text=_("Who says so."))
    as_of = models.CharField(
        _("as of"), max_length=100, blank=True, help_text=_("The date or period it speaks of, in words.")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    recheck_by = models.DateField(_("re-check by"), null=True, blank=True)
    sources = models.ManyToManyField(Source, related_name="claims", blank=True, verbose_name=_("sources"))
    changed_at = models.DateTimeField(
        _("changed"),
        null=True,
        editable=False,
        help_text="Empty once confirmed: what stands on it and was not looked at since needs review.",
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "key"], name="claim_key_once_per_collection"),
            models.CheckConstraint(
                condition=~Q(status="attributed", attributed_to=""), name="attributed_claim_names_who_says_so"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"

    def is_overdue(self, today: date) -> bool:
        return self.recheck_by is not None and self.recheck_by < today


def linked_keys(links: type[models.Model], owner: str, owner_ids: Iterable[int], target: str) -> dict[int, list[str]]:
    """Keys that each owner is linked to by a many-to-many table, in the order the links were made. One query."""
    keys: dict[int, list[str]] = {}
    rows = links._default_manager.filter(**{f"{owner}_id__in": owner_ids}).order_by("pk")
    for owner_id, key in rows.values_list(f"{owner}_id", f"{target}__key"):
        keys.setdefault(owner_id, []).append(key)
    return keys
