"""What came of attempts, as far as their learner may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.engine import rules
from quizzes.engine.document import Quiz as QuizDocument
from quizzes.models import Attempt, Quiz, Response
from quizzes.sittings import Sitting, contents


@dataclass(frozen=True)
class Outcome:
    """Of one finished attempt. `mark` and what follows from it are None where they are not to be seen yet."""

    attempt: Attempt
    mark: float | None
    share: float | None
    passed: bool | None
    """None also where the quiz has no pass mark, or a teacher still has to mark something."""
    pending: int
    """Answers that wait for a teacher's mark."""
    late: int
    right: int = 0
    asked: int = 0


@dataclass(frozen=True)
class Outcomes:
    """`counting` is the share of the full mark that counts."""

    each: tuple[Outcome, ...]
    counting: float | None


def outcome_of(sitting: Sitting) -> Outcome:
    given = [response for responses in sitting.responses.values() for response in responses]
    right = sum(any((one.fraction or 0) >= 1 and not one.late for one in row) for row in sitting.responses.values())
    return _outcome(sitting, given, right=right, asked=len(sitting.asked))


def _outcome(sitting: Sitting, given: Sequence[Response], *, right: int = 0, asked: int = 0) -> Outcome:
    attempt, pass_mark = sitting.attempt, sitting.quiz.pass_mark
    visible = sitting.sees("mark")
    share = float(attempt.mark) / attempt.edition.weight if attempt.edition.weight else 0.0
    pending = sum(response.fraction is None and not response.late for response in given)
    judged = visible and pass_mark is not None and not pending
    return Outcome(
        attempt=attempt,
        mark=float(attempt.mark) if visible else None,
        share=share if visible else None,
        passed=share >= (pass_mark or 0) if judged else None,
        pending=pending,
        late=sum(response.late for response in given),
        right=right,
        asked=asked,
    )


def outcomes_of(quiz: Quiz, attempts: Sequence[Attempt]) -> Outcomes:
    """Of the finished ones of a learner's attempts at a quiz, latest first, as `attempts_of` gives them. One query."""
    finished = [attempt for attempt in attempts if attempt.is_finished]
    open_ended = Response.objects.filter(attempt__in=finished, fraction=None) if finished else []
    waiting: dict[int, list[Response]] = {}
    for response in open_ended:
        waiting.setdefault(response.attempt_id, []).append(response)
    each = tuple(_outcome(Sitting(attempt, _edition(attempt)), waiting.get(attempt.pk, [])) for attempt in finished)
    shares = [one.share for one in reversed(each) if one.share is not None]
    return Outcomes(each, rules.counting_mark(quiz.counts, shares))


def share_seen(attempt: Attempt) -> float | None:
    """The share of the full mark that a finished attempt earned, None where its learner may not see it yet. The
    attempt comes with its quiz and its edition."""
    return _outcome(Sitting(attempt, _edition(attempt)), ()).share


def _edition(attempt: Attempt) -> QuizDocument:
    return contents(attempt.edition_id, attempt.edition.digest)
