"""What the history of a row says of a change: which fields, and of the short ones from what to what."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

SHORT = 60
"""The longest value that is told, in characters."""

Told = list[dict[str, Any]]


def changes_told(form: Any, formsets: Iterable[Any], *, add: bool) -> Told:
    """In the form that django.contrib.admin.models.LogEntry keeps."""
    told: Told = [{"added": {}}] if add else []
    if form.changed_data and not add:
        told.append({"changed": {"fields": _fields(form)}})
    return [*told, *(one for formset in formsets for one in _rows(formset))]


def _rows(formset: Any) -> Iterator[dict[str, Any]]:
    name = str(formset.model._meta.verbose_name)
    forms_by_row = {form.instance.pk: form for form in formset.forms}
    for row in formset.new_objects:
        yield {"added": _named(name, row)}
    for row, _names in formset.changed_objects:
        yield {"changed": {**_named(name, row), "fields": _fields(forms_by_row[row.pk])}}
    for row in formset.deleted_objects:
        yield {"deleted": _named(name, row)}


def _named(name: str, row: Model) -> dict[str, Any]:
    return {"name": name, "object": Truncator(row).chars(SHORT)}


def _fields(form: Any) -> list[str]:
    return [_change(form, name) for name in form.changed_data if not form.fields[name].widget.is_hidden]


def _change(form: Any, name: str) -> str:
    field = form.fields[name]
    label = strip_tags(str(field.label or name.replace("_", " ")))
    before, after = _said(field, form.initial.get(name)), _said(field, form.cleaned_data.get(name))
    if before == after or max(len(before), len(after)) > SHORT:
        return label
    return _("%(field)s (“%(before)s” → “%(after)s”)") % {"field": label, "before": before, "after": after}


def _said(field: forms.Field, value: Any) -> str:
    """A value as its form shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(sorted(map(_named_shortly, value)))
    if isinstance(field, forms.ModelChoiceField):
        return _named_shortly(value if isinstance(value, Model) else _row(field, value))
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(str(value), value))
    return str(field.prepare_value(value))


def _row(field: "forms.ModelChoiceField[Any]", pk: Any) -> Model | None:
    """Initial values of a link are primary keys."""
    return None if field.queryset is None else field.queryset.filter(pk=pk).first()


def _named_shortly(one: Any) -> str:
    return str(getattr(one, "key", one or ""))


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    """Without the groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
