from django.urls import path

from courses import views

app_name = "courses"
urlpatterns = [
    path("", views.home, name="home"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/about/", views.about, name="about"),
    path("courses/<slug:course>/glossary/", views.glossary, name="glossary"),
    path("courses/<slug:course>/claims/<slug:claim>/", views.claim, name="claim"),
    path("courses/<slug:course>/claims/<slug:claim>/passage/", views.passage, name="passage"),
    path("courses/<slug:course>/lessons/<slug:lesson>/", views.lesson, name="lesson"),
    path("courses/<slug:course>/lessons/<slug:lesson>/answer/", views.answer, name="answer"),
]
