from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Questions and quizzes")

    def ready(self) -> None:
        from quizzes import merging, regrading  # noqa: F401
