from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/marking/", include("quizzes.marking_urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.allauth_urls")),
    path("", include("accounts.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("preview/", include("quizzes.preview_urls")),
    path("progress/", include("progress.urls")),
    path("review/", include("progress.review_urls")),
    path("notes/", include("progress.highlight_urls")),
    path("certificates/", include("progress.certificate_urls")),
    path("", include("ui.urls")),
    path("", include("courses.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("__debug__/", include("debug_toolbar.urls"))]

handler400 = "ui.errors.bad_request"
handler403 = "ui.errors.forbidden"
handler404 = "ui.errors.not_found"
handler500 = "ui.errors.server_error"
