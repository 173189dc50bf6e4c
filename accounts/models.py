"""Who learns."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
