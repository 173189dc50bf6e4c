from django.urls import path

from quizzes.admin import marking

app_name = "marking"
urlpatterns = [
    path("", marking.queue, name="queue"),
    path("<int:quiz>/<slug:key>/", marking.question, name="question"),
    path("<int:quiz>/<slug:key>/next/", marking.onward, name="onward"),
    path("<int:quiz>/<slug:key>/<slug:token>/", marking.answer, name="answer"),
]
