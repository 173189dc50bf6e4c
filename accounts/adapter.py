import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import preferences
from accounts.forms import ADDRESS_TAKEN
from accounts.guests import guest_of, merge
from accounts.models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing up turns a guest into an account; signing in merges the guest into it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": gettext_lazy("This address belongs to your account already."),
        "email_password_mismatch": gettext_lazy("Address and password do not belong together. Try again."),
        "email_taken": ADDRESS_TAKEN,
        "enter_current_password": gettext_lazy("This is not your password until now. Try again."),
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
        "max_email_addresses": gettext_lazy("An account has %d addresses at most. Remove one first."),
        "too_many_login_attempts": gettext_lazy("That was tried too often. Wait five minutes, then try again."),
        "unknown_email": gettext_lazy("There is no account with this address. Is there a slip in it?"),
    }

    def clean_email(self, email: str) -> str:
        longest = User._meta.get_field("email").max_length
        if longest and len(email) > longest:
            raise forms.ValidationError(_("This address is too long. Is there a slip in it?"))
        return email

    def new_user(self, request: HttpRequest) -> User:
        """The guest's own row, so that everything stays where it hangs; or a new one.

        Locked: a second sign-up of the same guest waits, and then finds no guest.
        """
        guest = guest_of(request)
        row = User.objects.select_for_update().filter(pk=guest.pk, is_guest=True).first() if guest else None
        return row or User()

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        user.is_guest, user.guest_key = False, None
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]

    def login(self, request: HttpRequest, user: User) -> None:
        guest = guest_of(request)
        if guest and guest != user and merge(guest=guest, account=user):
            messages.success(request, _("What you had answered here is part of your account now."))
        preferences.take_over(request=request, account=user)
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down costs the e-mail, not what the person was doing."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("The e-mail %s could not be sent", template_prefix)
            message = _("The e-mail to %(email)s could not be sent. Please try again later.") % {"email": email}
            messages.error(current.request, message)
