from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources and claims")

    def ready(self) -> None:
        from accounts import my_data
        from sources.my_data import Shares

        my_data.register(Shares())
