"""allauth's forms in our words, and the account page's own."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.utils import passthrough_next_redirect_url
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import Preferences, User

if TYPE_CHECKING:
    Base = forms.Form
else:
    Base = object

ADDRESS_TAKEN = _(
    "There is an account with this address already. Sign in to it, and what you answered here comes along."
)
PASSWORD_HINT = _("At least 8 characters. A few words in a row are easy to remember and hard to guess.")


class Worded(Base):
    """Labels of our own. What stands in a field is what was typed: no placeholder repeats the label."""

    labels: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.widget.attrs.pop("placeholder", None)
            if name == "password1":
                field.help_text = PASSWORD_HINT


class SignInForm(Worded, allauth_forms.LoginForm):  # type: ignore[misc]
    labels = {"login": _("E-mail address"), "password": _("Password")}


class SignUpForm(Worded, allauth_forms.SignupForm):  # type: ignore[misc]
    labels = {"email": _("E-mail address"), "password1": _("Password")}

    def address_is_taken(self) -> bool:
        return self.has_error("email", code="email_taken")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The account, or where to go instead: of a form sent twice at once, the second finds what the first made."""
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            messages.error(request, str(ADDRESS_TAKEN))
            return None, redirect(passthrough_next_redirect_url(request, reverse("account_login"), "next"))


class AddAddressForm(Worded, allauth_forms.AddEmailForm):  # type: ignore[misc]
    labels = {"email": _("New e-mail address")}


class ConfirmItIsYouForm(Worded, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Password")}


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    labels = {"password1": _("Password"), "password2": _("Password, once more")}


class AskForResetForm(Worded, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _("E-mail address of your account")}


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": _("New password"), "password2": _("New password, once more")}


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["name"]
        help_texts = {"name": _("As you would like to be called here. It may stay empty.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(label=_("Language of the pages"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times, such as when a quiz closes, are shown in it."),
    )

    class Meta:
        model = Preferences
        fields = ["theme", "size", "font", "motion", "shortcuts", "language", "time_zone"]
        widgets = dict.fromkeys(["theme", "size", "font", "motion"], forms.RadioSelect)
        labels = {"shortcuts": _("Shortcuts: 1 to 9 choose an answer, Enter checks it or goes on, / searches")}
        help_texts = {
            "shortcuts": _(
                "In reviews, k says that you knew the answer, and g that you were guessing. With words of a lesson "
                "selected, h highlights them, n adds a note and a asks them later. Switch them off if you use speech "
                "input or keys of your own."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [("", _("As the browser says")), *languages]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [("", settings.TIME_ZONE), *zones.by_region().items()]  # type: ignore[attr-defined]
