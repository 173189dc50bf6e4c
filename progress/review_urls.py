from django.urls import path

from progress import review_views as views

app_name = "review"
urlpatterns = [
    path("", views.today, name="today"),
    path("plan/", views.plan, name="plan"),
    path("resume/", views.resume, name="resume"),
    path("answered/<int:response>/", views.answered, name="answered"),
    path("answered/<int:response>/hindsight/", views.hindsight, name="hindsight"),
    path("<int:card>/bury/", views.bury, name="bury"),
    path("<int:card>/suspend/", views.suspend, name="suspend"),
    path("<int:card>/<slug:day>/answer/", views.answer, name="answer"),
]
