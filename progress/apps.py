from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        from courses import standing
        from progress import cards, merging  # noqa: F401
        from progress.standings import DerivedStandings

        standing.register(DerivedStandings())
