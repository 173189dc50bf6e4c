from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class FootnoteAdminSite(AdminSite):
    site_header = _("Footnote: authoring")
    site_title = _("Footnote")
    index_title = _("Courses, questions and what they stand on")
