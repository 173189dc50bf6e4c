"""The site's own settings, with the floor's address beside it and the statements of each request counted."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "bench.rig"]  # noqa: F405
MIDDLEWARE = ["bench.rig.counting.Counted", *MIDDLEWARE]  # noqa: F405
ROOT_URLCONF = "bench.rig.urls"
# An answer brings no static file with it, so none need to be compiled.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
