"""Certificates, for anybody to check."""

from django.urls import path

from progress import certificate_views

app_name = "certificates"
urlpatterns = [
    path("", certificate_views.check, name="check"),
    path("<str:code>/", certificate_views.verify, name="verify"),
]
