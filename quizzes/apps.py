from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Questions and quizzes")

    def ready(self) -> None:
        from accounts import my_data
        from quizzes import merging, regrading  # noqa: F401
        from quizzes.my_data import Allowances, Attempts, Challenges, Teaching

        my_data.register(Attempts(), Challenges(), Allowances(), Teaching())
