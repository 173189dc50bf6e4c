from django.urls import path

from ui import views

app_name = "ui"
urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
]
