from django.urls import include, path

from bench.rig.floor import floor

urlpatterns = [
    path("floor/<int:attempt>/", floor),
    path("", include("config.urls")),
]
