"""What came of attempts, as far as their learner may see it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes.engine import behaviour, rules
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
    late: int = 0
    """Questions with an answer that came too late."""
    right: int = 0
    asked: int = 0


@dataclass(frozen=True)
class Outcomes:
    """`counting` is the share of the full mark that counts."""

    each: tuple[Outcome, ...]
    counting: float | None


def outcome_of(sitting: Sitting) -> Outcome:
    in_time = [[one for one in sitting.tries(slot) if not one.late] for slot in sitting.asked]
    return replace(
        _outcome(sitting, pending=sum(tries[-1].fraction is None for tries in in_time if tries)),
        late=sum(any(one.late for one in sitting.tries(slot)) for slot in sitting.asked),
        right=sum(behaviour.is_right(sitting.quiz, tries) for tries in in_time),
        asked=len(sitting.asked),
    )


def _outcome(sitting: Sitting, *, pending: int) -> Outcome:
    attempt, pass_mark = sitting.attempt, sitting.quiz.pass_mark
    visible = sitting.sees("mark")
    share = float(attempt.mark) / attempt.weight if attempt.weight else 0.0
    judged = visible and pass_mark is not None and not pending
    return Outcome(
        attempt=attempt,
        mark=float(attempt.mark) if visible else None,
        share=share if visible else None,
        passed=share >= (pass_mark or 0) if judged else None,
        pending=pending,
    )


def outcomes_of(quiz: Quiz, attempts: Sequence[Attempt]) -> Outcomes:
    """Of the finished ones of a learner's attempts at a quiz, latest first, as `attempts_of` gives them. One query."""
    finished = [attempt for attempt in attempts if attempt.is_finished]
    waiting = Counter(Response.objects.filter(attempt__in=finished).waiting().values_list("attempt_id", flat=True))
    each = tuple(_outcome(Sitting(attempt, _edition(attempt)), pending=waiting[attempt.pk]) for attempt in finished)
    shares = [one.share for one in reversed(each) if one.share is not None]
    return Outcomes(each, rules.counting_mark(quiz.counts, shares))


def share_seen(attempt: Attempt) -> float | None:
    """The share of the full mark that a finished attempt earned, None where its learner may not see it yet. The
    attempt comes with its quiz and its edition."""
    return _outcome(Sitting(attempt, _edition(attempt)), pending=0).share


def _edition(attempt: Attempt) -> QuizDocument:
    return contents(attempt.edition_id, attempt.edition.digest)
