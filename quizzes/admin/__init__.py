"""What is asked, in the admin: questions, quizzes and allowances to write; editions, attempts and responses to read."""

from quizzes.admin import allowances, disputes, editions, history, questions, quizzes, regrades

__all__ = ["allowances", "disputes", "editions", "history", "questions", "quizzes", "regrades"]
