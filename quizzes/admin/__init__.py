"""What is asked, in the admin: questions and quizzes to write, editions, attempts and responses to read."""

from quizzes.admin import history, questions, quizzes

__all__ = ["history", "questions", "quizzes"]
