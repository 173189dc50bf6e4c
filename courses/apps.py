from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from courses.guides import guide_of, objectives_of
        from courses.search import keeping
        from quizzes.guides import register

        register(guide_of, objectives_of)
        keeping.connect(self)
