"""What the forms of all rooms' admin pages share: fields, rows of a collection, rows in an order."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from sources.models import KEY
from ui.fields import Prose

LANGUAGE = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"


class ProseField(Prose):
    """As wide as the admin's pages have room for."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 80, "dir": "auto"})


class KeyFormField(forms.SlugField):
    default_validators = [
        RegexValidator(rf"\A{KEY}\Z", _("Write lower-case letters, digits and hyphens, and start with a letter."))
    ]


class LanguageForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.RegexField(
        rf"\A{LANGUAGE}\Z",
        label=_("Language"),
        max_length=35,
        initial="en",
        help_text=_("The tag of a language, such as en or fa."),
        error_messages={"invalid": _("Write the tag of a language, such as en or fa.")},
    )


def primary_key(value: Any) -> int | None:
    """What a browser sent as one, if it can be one."""
    return int(value) if re.fullmatch("[0-9]{1,18}", str(value)) else None


def refuse_foreign(form: forms.BaseForm, field: str, collection_id: int | None) -> None:
    """Adds an error when the field links rows, known by their keys, that belong to another collection."""
    chosen: Any = form.cleaned_data.get(field)
    rows: Iterable[Any] = [chosen] if isinstance(chosen, Model) else chosen or []
    keys = [row.key for row in rows if row.collection_id != collection_id]
    if keys and collection_id:
        message = _("This belongs to another collection: %(keys)s. Choose from the same collection.")
        form.add_error(field, message % {"keys": ", ".join(keys)})


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of a collection. What it links to is of the same collection."""

    links: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        collection = cleaned.get("collection")
        for field in self.links:
            refuse_foreign(self, field, collection.pk if collection else self.instance.collection_id)
        return cleaned


class OrderedFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows with a position, of which one left empty comes after the others. What they link to is of the collection of
    the row they stand under."""

    links: ClassVar[tuple[str, ...]] = ()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        position = form.fields["position"]
        position.required = False
        position.help_text = _("Left empty: after the others.")
        if form.instance._state.adding:
            position.initial = None

    def clean(self) -> None:
        super().clean()
        filled = [form for form in self.forms if form.is_valid() and form.cleaned_data]
        placed = [form.cleaned_data["position"] for form in filled if form.cleaned_data["position"] is not None]
        unplaced = [form for form in filled if form.cleaned_data["position"] is None]
        for position, form in enumerate(unplaced, max(placed, default=-1) + 1):
            form.instance.position = position
        for form in self.forms:
            for field in self.links:
                refuse_foreign(form, field, self.instance.collection_id)
