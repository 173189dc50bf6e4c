from django.urls import path

from quizzes import preview_views as views

app_name = "preview"
urlpatterns = [
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/review/", views.question_review, name="question_review"),
    path("quizzes/<int:pk>/<int:place>/", views.quiz, name="quiz"),
    path("quizzes/<int:pk>/review/", views.quiz_review, name="quiz_review"),
]
