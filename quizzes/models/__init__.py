"""What is asked, what is answered, and what is decided about it. Authoring rows change freely; an Edition never does;
attempts run against an Edition only."""

from quizzes.models.bank import Hint, Option, Question, QuestionQuerySet, kinds, links_in_doubt, markings
from quizzes.models.judging import Correction, Dispute, DisputeQuerySet, HandMark, Hold, Regrade, RegradedAttempt
from quizzes.models.publishing import Edition, Quiz, QuizQuerySet, Slot
from quizzes.models.taking import Allowance, Attempt, AttemptQuerySet, Response, ResponseQuerySet

__all__ = [
    "Allowance",
    "Attempt",
    "AttemptQuerySet",
    "Correction",
    "Dispute",
    "DisputeQuerySet",
    "Edition",
    "HandMark",
    "Hint",
    "Hold",
    "Option",
    "Question",
    "QuestionQuerySet",
    "Quiz",
    "QuizQuerySet",
    "Regrade",
    "RegradedAttempt",
    "Response",
    "ResponseQuerySet",
    "Slot",
    "kinds",
    "links_in_doubt",
    "markings",
]
