"""What teachers may do in the admin: the permissions of the group "Teachers".

A learner is anyone, a teacher is staff and a member of the group, an administrator is a superuser.
"""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps

TEACHERS = "Teachers"


def _all(*models: str) -> list[str]:
    return [f"{action}_{model}" for model in models for action in ("view", "add", "change", "delete")]


PERMISSIONS: dict[str, list[str]] = {
    "sources": [*_all("source", "claim"), "view_collection", "add_collection", "change_collection"],
    "quizzes": [
        *_all("question", "option", "hint", "quiz", "slot", "allowance", "correction"),
        *("view_edition", "view_attempt", "view_response", "view_handmark", "view_regrade", "view_dispute"),
    ],
    "courses": [*_all("course", "lesson", "term"), "view_citation", "view_figure", "view_coverage"],
    "progress": ["view_certificate"],
}
"""By the label of an app; rooms above this one, so they are named and not imported."""


def grant(*, app_config: AppConfig, using: str, apps: Apps = installed, **kwargs: Any) -> None:
    """After an app is migrated: makes the group and gives it what the app's permissions are. Takes nothing away.

    Comes after auth has made those permissions, since auth stands before this app in INSTALLED_APPS.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # a migration that stopped before auth's tables
        return
    if codenames := PERMISSIONS.get(app_config.label):
        group, _ = group_model._default_manager.using(using).get_or_create(name=TEACHERS)
        permissions = permission_model._default_manager.using(using)
        group.permissions.add(*permissions.filter(content_type__app_label=app_config.label, codename__in=codenames))
