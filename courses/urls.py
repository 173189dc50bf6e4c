from django.urls import path

from courses import figure_views, search_views, views

app_name = "courses"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search_views.search, name="search"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/about/", views.about, name="about"),
    path("courses/<slug:course>/corrections/", views.corrections, name="corrections"),
    path("courses/<slug:course>/glossary/", views.glossary, name="glossary"),
    path("courses/<slug:course>/figures/", figure_views.figures, name="figures"),
    path("courses/<slug:course>/figures/<slug:figure>/", figure_views.figure, name="figure"),
    path("courses/<slug:course>/actors/<slug:actor>/", figure_views.actor, name="actor"),
    path("courses/<slug:course>/sources/", views.sources, name="sources"),
    path("courses/<slug:course>/coverage/", views.coverage, name="coverage"),
    path("courses/<slug:course>/claims/<slug:claim>/", views.claim, name="claim"),
    path("courses/<slug:course>/claims/<slug:claim>/passage/", views.passage, name="passage"),
    path("courses/<slug:course>/lessons/<slug:lesson>/", views.lesson, name="lesson"),
    path("courses/<slug:course>/lessons/<slug:lesson>/print/", views.print, name="print"),
    path("courses/<slug:course>/lessons/<slug:lesson>/answer/", views.answer, name="answer"),
]
