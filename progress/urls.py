from django.urls import path

from progress import certificate_views, views

app_name = "progress"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<slug:course>/<slug:lesson>/read/", views.mark_read, name="mark_read"),
    path("<slug:course>/<slug:lesson>/reflect/", views.reflect, name="reflect"),
    path("<slug:course>/opinion/", views.opinion, name="opinion"),
    path("<slug:course>/certificate/", certificate_views.certificate, name="certificate"),
]
