from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Whoever is signed in comes with their preferences, which every page goes by, in the query that finds them."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("preferences").filter(pk=user_id).first()
        return user if self.user_can_authenticate(user) else None
