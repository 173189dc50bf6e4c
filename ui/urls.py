from django.urls import path

from ui import views

app_name = "ui"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("preferences/", views.preferences, name="preferences"),
]
