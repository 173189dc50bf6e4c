from django.urls import path

from progress import highlight_views as views

app_name = "notes"
urlpatterns = [
    path("", views.notebook, name="notebook"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.highlight, name="highlight"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<slug:course>/<slug:lesson>/<slug:passage>/", views.passage, name="passage"),
]
