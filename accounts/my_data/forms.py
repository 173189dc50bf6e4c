"""Forms on the pages about one's data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.my_data.archive import LIMITS


class LoadForm(forms.Form):
    file = forms.FileField(
        label=_("Your export"),
        help_text=_("The zip file as you downloaded it, here or on another site that runs Footnote. At most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Choose a zip file first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.archive:
            raise forms.ValidationError(_("This file is larger than 20 MB, so it was not read."))
        return file


class EraseForm(forms.Form):
    """An account is erased with its password; who has none ticks a box."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password to show that it is you.")},
    )
    sure = forms.BooleanField(
        label=_("Erase everything for good"),
        error_messages={"required": _("Tick the box if you are sure.")},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        has_password = not user.is_guest and user.has_usable_password()
        del self.fields["sure" if has_password else "password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password. Try again."))
        return password
