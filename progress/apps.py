from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        from accounts import my_data
        from courses import certifying, margins, standing
        from courses.search import own
        from progress import cards, merging  # noqa: F401
        from progress.certificates import DerivedNeeds
        from progress.highlights import OwnMargins
        from progress.my_data import KINDS
        from progress.searching import NotedTexts
        from progress.standings import DerivedStandings

        my_data.register(*KINDS)
        standing.register(DerivedStandings())
        margins.register(OwnMargins())
        own.register(NotedTexts())
        certifying.register(DerivedNeeds())
