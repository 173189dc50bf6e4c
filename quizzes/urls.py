from django.urls import path

from quizzes import dispute_views, views

app_name = "quizzes"
urlpatterns = [
    path("attempts/<int:attempt>/", views.result, name="result"),
    path("challenges/", dispute_views.challenges, name="challenges"),
    path("responses/<int:response>/challenge/", dispute_views.challenge, name="challenge"),
    path("<slug:collection>/<slug:slug>/", views.quiz, name="quiz"),
    path("<slug:collection>/<slug:slug>/start/", views.start, name="start"),
    path("<slug:collection>/<slug:slug>/<int:place>/", views.question, name="question"),
    path("<slug:collection>/<slug:slug>/<int:place>/answer/", views.answer, name="answer"),
    path("<slug:collection>/<slug:slug>/clock/", views.clock, name="clock"),
    path("<slug:collection>/<slug:slug>/finish/", views.finish, name="finish"),
]
