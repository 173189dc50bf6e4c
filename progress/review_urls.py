from django.urls import path

from progress import later_views
from progress import review_views as views

app_name = "review"
urlpatterns = [
    path("", views.today, name="today"),
    path("plan/", views.plan, name="plan"),
    path("resume/", views.resume, name="resume"),
    path("answered/<int:response>/", views.answered, name="answered"),
    path("answered/<int:response>/hindsight/", views.hindsight, name="hindsight"),
    path("later/<slug:course>/<slug:lesson>/", later_views.delayed, name="delayed"),
    path(
        "later/<slug:course>/<slug:lesson>/answered/<int:response>/",
        later_views.delayed_answered,
        name="delayed_answered",
    ),
    path("later/<slug:course>/<slug:lesson>/<slug:day>/answer/", later_views.delayed_answer, name="delayed_answer"),
    path("answered/own/<int:pk>/", views.own_answered, name="own_answered"),
    path("answered/own/<int:pk>/hindsight/", views.own_hindsight, name="own_hindsight"),
    path("<int:card>/bury/", views.bury, name="bury"),
    path("<int:card>/suspend/", views.suspend, name="suspend"),
    path("<int:card>/<slug:day>/answer/", views.answer, name="answer"),
]
