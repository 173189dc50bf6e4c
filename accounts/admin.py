from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.my_data import erasing
from accounts.roles import TEACHERS


class AccountFields:
    """What an administrator types of an account; a guest is never made here."""

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data.get("email"))  # type: ignore[attr-defined]
        if not email:
            raise forms.ValidationError(gettext("An account needs an address to sign in with."), code="required")
        return email


class AddForm(AccountFields, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["email", "name"]


class ChangeForm(AccountFields, UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = "__all__"


def _kept_for(user: User) -> Iterator[str]:
    """What speaks against deleting an account; what belongs to it is named in upper rooms."""
    if user.is_active and not user.is_guest and user.attempts.exists():
        yield gettext("%(user)s: attempts at quizzes, with their marks") % {"user": user}
    for hindrance in erasing.hindrances(user):
        yield f"{user}: {hindrance.message}"


@admin.register(User)
class UserAdmin(BaseUserAdmin):  # type: ignore[type-arg]
    form = ChangeForm
    add_form = AddForm
    list_display = ["who", "email", "role", "is_active", "joined_at", "last_seen_on"]
    list_filter = ["is_guest", "is_staff", "groups", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["-joined_at"]
    date_hierarchy = "joined_at"
    readonly_fields = ["joined_at", "last_seen_on", "last_login"]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]
    fieldsets = [
        (None, {"fields": ["email", "password", "name"]}),
        (
            _("What they may do"),
            {
                "fields": ["is_active", "is_staff", "groups", "is_superuser"],
                "description": _("A teacher is staff and in the group Teachers; an administrator is a superuser."),
            },
        ),
        (_("Dates"), {"fields": ["joined_at", "last_seen_on", "last_login"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("who"), ordering="name")
    def who(self, user: User) -> str:
        return str(user)

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        if user.is_guest:
            return gettext("Guest")
        if user.is_superuser:
            return gettext("Administrator")
        if not user.is_staff:
            return gettext("Learner")
        in_teachers = any(group.name == TEACHERS for group in user.groups.all())
        return gettext("Teacher") if in_teachers else gettext("Staff")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A guest is looked at or deleted; only signing up turns one into an account."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_guest)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With a learner goes the history, which the admin lets nobody delete by itself. That takes two steps for an
        account that left any: it is made inactive first."""
        shown, counts, _not_permitted, protected = super().get_deleted_objects(objs, request)
        return shown, counts, set(), [*protected, *(reason for user in objs for reason in _kept_for(user))]

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """As if they had done it: what they did for others stays."""
        erasing.erase(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            erasing.erase(user=user)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """An address that an administrator changes is the only one to sign in with from now on."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True)
