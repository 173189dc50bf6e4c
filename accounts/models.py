"""Who learns, and how they want pages to be."""

from datetime import date, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import zones


def today() -> date:
    return timezone.now().date()


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return super().normalize_email(email).strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def guest(self, key: str) -> "User":
        """The guest with this key, made now if there is none; two requests at once get the same one."""
        guest, _made = self.get_or_create(guest_key=key, defaults={"is_guest": True, "password": make_password(None)})
        return guest

    def idle_guests(self, *, before: date) -> "models.QuerySet[User]":
        """Guests who gave no answer on that day or since."""
        return self.filter(is_guest=True, last_seen_on__lt=before)


class User(AbstractBaseUser, PermissionsMixin):
    """An account (signs in by e-mail) or a guest (an answer was given in some browser, nothing more is known)."""

    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_guest = models.BooleanField(_("guest"), default=False)
    guest_key = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="Digest of the browser's secret: two first answers sent at once make one guest.",
    )
    is_staff = models.BooleanField(
        _("staff"), default=False, help_text=_("May open the admin; what may be done there follows from groups.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: nobody can sign in, everything is kept.")
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    last_seen_on = models.DateField(_("last seen"), default=today)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="email_is_lower_case"),
            models.CheckConstraint(
                condition=Q(is_guest=True, email__isnull=True)
                | (Q(is_guest=False, email__isnull=False) & ~Q(email="")),
                name="a_guest_has_no_email",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(_("Guest %(id)s")) % {"id": self.pk}

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def seen(self) -> None:
        """Notes the day. Costs an UPDATE once a day at most."""
        if self.last_seen_on != today():
            self.last_seen_on = today()
            self.save(update_fields=["last_seen_on"])


class Preferences(models.Model):
    """How somebody wants pages to look and to speak. Empty is as the device or the browser says.

    Who never chose anything has no row; a stranger's choices are a cookie (accounts.preferences).
    """

    class Theme(models.TextChoices):
        DEVICE = "", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Size(models.TextChoices):
        SMALL = "small", _("Small")
        MEDIUM = "", _("Medium")
        LARGE = "large", _("Large")
        LARGEST = "largest", _("Very large")

    class Font(models.TextChoices):
        SERIF = "", _("With serifs, as in a book")
        SANS = "sans", _("Without serifs")
        EASY = "easy", _("Easy to read: clear letters, wider spaces")

    class Motion(models.TextChoices):
        DEVICE = "", _("As the device")
        NONE = "none", _("None")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="preferences",
        verbose_name=_("user"),
    )
    theme = models.CharField(_("theme"), max_length=10, blank=True, choices=Theme)
    size = models.CharField(_("text size"), max_length=10, blank=True, choices=Size)
    font = models.CharField(_("reading font"), max_length=10, blank=True, choices=Font)
    motion = models.CharField(_("motion"), max_length=10, blank=True, choices=Motion)
    shortcuts = models.BooleanField(_("shortcuts"), default=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    taken_over = models.BooleanField(
        _("taken over"), default=False, help_text="From a guest or a browser, when an account had none of its own."
    )

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.looks}"

    @property
    def looks(self) -> dict[str, str]:
        """What the stylesheet goes by, as far as it was chosen."""
        looks = {"theme": self.theme, "size": self.size, "font": self.font, "motion": self.motion}
        return {name: value for name, value in looks.items() if value}

    @property
    def zone(self) -> tzinfo:
        """The site's, where none was chosen or the chosen one is known no more."""
        return ZoneInfo(self.time_zone if self.time_zone in zones.names() else settings.TIME_ZONE)

    @property
    def known_language(self) -> str:
        """Empty where none was chosen or the site has lost it."""
        return self.language if self.language in dict(settings.LANGUAGES) else ""


class KeptRecord(models.Model):
    """Something of a learner's from another installation that has no place here yet, word for word.

    It goes into every export again, and is placed as soon as what it belongs to is here (accounts.my_data.taking).
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_records", verbose_name=_("owner"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=40)
    content = models.TextField(_("content"), help_text="JSON, as accounts.my_data.encode gives it.")
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("kept record")
        verbose_name_plural = _("kept records")
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "digest"], name="record_kept_once")]

    def __str__(self) -> str:
        return f"{self.owner}: {self.kind}"


class DataUploadQuerySet(models.QuerySet["DataUpload"]):
    def kept(self) -> "DataUploadQuerySet":
        return self.filter(kept_at__gte=timezone.now() - DataUpload.KEPT)

    def expired(self) -> "DataUploadQuerySet":
        return self.filter(kept_at__lt=timezone.now() - DataUpload.KEPT)


class DataUpload(models.Model):
    """An export that somebody loads, kept from the dry run to the load. In the database, since the next request may
    reach another machine."""

    KEPT = timedelta(hours=1)

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_upload", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=200, help_text="Of the archive.")
    archive = models.BinaryField(_("archive"))
    kept_at = models.DateTimeField(_("kept"), default=timezone.now)

    objects = DataUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded export")
        verbose_name_plural = _("uploaded exports")

    def __str__(self) -> str:
        return self.name
