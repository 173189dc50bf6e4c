from django.urls import path

from accounts import views
from accounts.my_data import views as my_data

app_name = "accounts"
urlpatterns = [
    path("you/", views.me, name="me"),
    path("you/data/", my_data.data, name="data"),
    path("you/data/export/", my_data.export, name="export"),
    path("you/data/load/", my_data.load, name="load"),
    path("you/data/load/dry-run/", my_data.dry_run, name="dry_run"),
    path("you/data/erase/", my_data.erase, name="erase"),
    path("you/data/erased/", my_data.erased, name="erased"),
    path("preferences/", views.preferences, name="preferences"),
]
