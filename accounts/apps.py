from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_migrate
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import my_data
        from accounts.my_data.own import Accounts, Deeds, Preferred
        from accounts.my_data.taking import hand_over
        from accounts.roles import grant
        from accounts.signals import guest_merged

        post_migrate.connect(grant, dispatch_uid="accounts.roles.grant")
        guest_merged.connect(hand_over, dispatch_uid="accounts.my_data.hand_over")
        my_data.register(Accounts(), Preferred(), Deeds())
        user_logged_out.connect(become_another_browser, dispatch_uid="accounts.become_another_browser")


def become_another_browser(*, request: HttpRequest, **kwargs: Any) -> None:
    """Whoever sits down next is a new guest, and not the one who signed out."""
    rotate_token(request)
