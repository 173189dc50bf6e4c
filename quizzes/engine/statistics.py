"""Statistics of a quiz and of its questions, by classical test theory.

The formulas are the ones Moodle documents for its quiz report, so that figures can be compared: "Quiz statistics
calculations" and "Quiz statistics calculations in practice" (docs.moodle.org/dev). Their textbook is Crocker and
Algina, Introduction to Classical and Modern Test Theory (1986). In them S attempts have the totals T; a question
earned the marks x in them, and the rest of the quiz T - x.

Units: shares are in percent, means and deviations in marks. What is undefined, for want of attempts or of variance, is
None. Marks are counted in whole billionths, so sums are exact: equal totals have no variance at all, and the order of
attempts changes no digit. The cost is that of sorting each question's marks; memory holds the marks once more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from operator import mul
from statistics import median

from quizzes.engine.document import Slot
from quizzes.engine.kinds import KINDS

UNIT = 10**9


@dataclass(frozen=True)
class Item:
    """A question as a quiz asks it: the most it can earn in marks, the fraction that random answers earn on average
    (None where that is unknown), and how many options it has to choose from."""

    key: str
    weight: float = 1
    guess: float | None = None
    options: int = 0


@dataclass(frozen=True)
class Attempt:
    """What one attempt earned for each item, in the items' order: 0 without an answer, None where the attempt did not
    ask the question, as happens where a quiz draws. `chosen` has the options' indexes for each item, or is empty;
    `first` says whether it is its learner's first."""

    marks: Sequence[float | Decimal | None]
    chosen: Sequence[Collection[int]] = ()
    first: bool = True


@dataclass(frozen=True)
class OptionCount:
    """How many attempts chose an option: of all, and of the lower and the upper third."""

    total: int
    lower: int | None
    upper: int | None


@dataclass(frozen=True)
class ItemStatistics:
    """Of the attempts that asked the question. The standard deviation is in marks, `lower` and `upper` are how many
    of these attempts are in the thirds, all else is in percent."""

    key: str
    attempts: int
    facility: float | None
    sd: float | None
    guess: float | None
    intended_weight: float | None
    effective_weight: float | None
    discrimination: float | None
    efficiency: float | None
    lower: int | None
    upper: int | None
    options: tuple[OptionCount, ...]


@dataclass(frozen=True)
class QuizStatistics:
    """Of the totals. Consistency and error ratio are in percent, means, median, standard deviation and standard error
    in marks."""

    first_attempts: int
    all_attempts: int
    first_mean: float | None
    all_mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None
    items: tuple[ItemStatistics, ...]


def item_of(slot: Slot) -> Item:
    question = slot.question
    return Item(question.key, slot.weight, KINDS[question.kind].guess(question), len(question.options))


def quiz_statistics(items: Sequence[Item], attempts: Iterable[Attempt], *, first_only: bool = True) -> QuizStatistics:
    """First attempts only, unless told otherwise: later ones build on what the first has taught, so they are no
    independent measurements. Both kinds are counted either way. An attempt that asked nothing is left out.
    Raises ValueError for an attempt whose marks do not match the items."""
    every = [_row(items, attempt) for attempt in attempts if any(mark is not None for mark in attempt.marks)]
    first = [row for row in every if row.first]
    rows = first if first_only else every
    totals = [row.total for row in rows]
    sd, consistency = _sd(totals), _consistency(items, rows)
    error_ratio = None if consistency is None else 10 * sqrt(100 - consistency)
    return QuizStatistics(
        first_attempts=len(first),
        all_attempts=len(every),
        first_mean=_mean([row.total for row in first]),
        all_mean=_mean([row.total for row in every]),
        median=median(totals) / UNIT if totals else None,
        sd=sd,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        consistency=consistency,
        error_ratio=error_ratio,
        standard_error=None if error_ratio is None or sd is None else error_ratio * sd / 100,
        items=_item_statistics(items, rows),
    )


@dataclass(frozen=True)
class _Row:
    """An attempt in whole units: what it earned, out of what, and the share that is."""

    marks: tuple[int | None, ...]
    total: int
    weight: int
    share: float
    chosen: Sequence[Collection[int]]
    first: bool


@dataclass(frozen=True)
class _Column:
    """A question with the attempts that asked it, those of them in the lower and in the upper third, and what each
    earned for it and for the rest of the quiz."""

    item: Item
    number: int
    rows: list[_Row]
    lower: list[_Row] | None
    upper: list[_Row] | None
    marks: list[int]
    rest: list[int]


def _whole(mark: float | Decimal) -> int:
    return round(mark * UNIT)


def _row(items: Sequence[Item], attempt: Attempt) -> _Row:
    marks = tuple(None if mark is None else _whole(mark) for mark in attempt.marks)
    total = sum(mark for mark in marks if mark is not None)
    weight = sum(_whole(item.weight) for item, mark in zip(items, marks, strict=True) if mark is not None)
    return _Row(marks, total, weight, total / weight if weight else 0.0, attempt.chosen, attempt.first)


def _column(item: Item, number: int, every: Sequence[_Row], thirds: tuple[float, float] | None) -> _Column:
    asked = [(row, mark) for row in every if (mark := row.marks[number]) is not None]
    rows = [row for row, _ in asked]
    return _Column(
        item,
        number,
        rows,
        lower=[row for row in rows if row.share <= thirds[0]] if thirds else None,
        upper=[row for row in rows if row.share >= thirds[1]] if thirds else None,
        marks=[mark for _, mark in asked],
        rest=[row.total - mark for row, mark in asked],
    )


def _spread(xs: Sequence[int], ys: Sequence[int]) -> int:
    """S (S - 1) times the sample covariance, exact; of a list with itself, the variance. 0 for fewer than two."""
    products: int = sum(map(mul, xs, ys))
    return len(xs) * products - sum(xs) * sum(ys)


def _mean(totals: Sequence[int]) -> float | None:
    return sum(totals) / (len(totals) * UNIT) if totals else None


def _sd(marks: Sequence[int]) -> float | None:
    """The sample's, with S - 1."""
    count = len(marks)
    return sqrt(_spread(marks, marks) / (count * (count - 1))) / UNIT if count > 1 else None


def _deviations(totals: Sequence[int]) -> list[int]:
    """From the mean, times S, which makes them whole."""
    count, total = len(totals), sum(totals)
    return [count * mark - total for mark in totals]


def _skewness(totals: Sequence[int]) -> float | None:
    """k3 / k2^(3/2) of Fisher's k-statistics (1929): below 0 with a long tail of low totals. Needs three attempts."""
    count, deviations = len(totals), _deviations(totals)
    second = sum(d * d for d in deviations)
    third = sum(d * d * d for d in deviations)
    if count < 3 or not second:
        return None
    return count * sqrt(count - 1) * third / ((count - 2) * sqrt(second) ** 3)


def _kurtosis(totals: Sequence[int]) -> float | None:
    """k4 / k2^2 of Fisher's k-statistics (1929), the excess over the normal distribution's. Needs four attempts."""
    count, deviations = len(totals), _deviations(totals)
    second = sum(d * d for d in deviations)
    fourth = sum(d * d * d * d for d in deviations)
    if count < 4 or not second:
        return None
    k4 = count * (count + 1) * fourth - 3 * (count - 1) * second * second
    return (count - 1) * k4 / ((count - 2) * (count - 3) * second * second)


def _consistency(items: Sequence[Item], rows: Sequence[_Row]) -> float | None:
    """Cronbach's alpha (Psychometrika 16, 1951): P / (P - 1) (1 - sum of the places' variances / variance of T); the
    Kuder-Richardson formula 20 where marks are 0 or 1. At most 100, and below 0 where questions contradict each other.

    The P parts are places, not questions, as in Moodle: the first, second, ... question that can earn marks in each
    attempt, so that a quiz that draws has a figure too. Undefined where attempts asked different numbers of them.
    From it the error ratio 100 sqrt(1 - alpha), the share of the standard deviation that is due to chance, and the
    standard error of measurement, that share of it in marks (Crocker and Algina, chapters 6 and 7)."""
    places = [
        [mark for item, mark in zip(items, row.marks, strict=True) if mark is not None and item.weight] for row in rows
    ]
    lengths = set(map(len, places))
    length = lengths.pop() if len(lengths) == 1 else 0
    totals = [sum(marks) for marks in places]
    whole = _spread(totals, totals)
    if length < 2 or not whole:
        return None
    parts = sum(_spread(marks, marks) for marks in zip(*places, strict=True))
    return 100 * length * (whole - parts) / ((length - 1) * whole)


def _item_statistics(items: Sequence[Item], rows: Sequence[_Row]) -> tuple[ItemStatistics, ...]:
    thirds = _thirds(rows)
    columns = [_column(item, number, rows, thirds) for number, item in enumerate(items)]
    return tuple(
        ItemStatistics(
            key=column.item.key,
            attempts=len(column.rows),
            facility=_facility(column),
            sd=_sd(column.marks),
            guess=None if column.item.guess is None else 100 * column.item.guess,
            intended_weight=_intended_weight(column),
            effective_weight=effective_weight,
            discrimination=_discrimination(column),
            efficiency=_efficiency(column),
            lower=None if column.lower is None else len(column.lower),
            upper=None if column.upper is None else len(column.upper),
            options=_option_counts(column),
        )
        for column, effective_weight in zip(columns, _effective_weights(columns, len(rows)), strict=True)
    )


def _facility(column: _Column) -> float | None:
    """The mean mark as a share of the weight; below 0 where wrong answers cost marks. For marks of 0 or 1 it is the
    item difficulty p (Crocker and Algina, chapter 14)."""
    weight = len(column.marks) * _whole(column.item.weight)
    return 100 * sum(column.marks) / weight if weight else None


def _intended_weight(column: _Column) -> float | None:
    """The weight as a share of all weights in an attempt that asked the question; the mean where those differ in
    length."""
    total = sum(row.weight for row in column.rows)
    return 100 * len(column.rows) * _whole(column.item.weight) / total if total else None


def _effective_weights(columns: Sequence[_Column], attempts: int) -> list[float | None]:
    """How much of the spread of totals each question really made: the root of the covariance of x and T, as a share
    of the sum of these roots. Undefined where the covariance is below 0; such a question adds nothing to the sum.

    Where a quiz draws (Moodle gives none there), each root counts in the sum as often as its question was asked, so
    this too is the weight in an attempt that asked it, to be compared with the intended one."""
    roots = [_root_of_covariance(column) for column in columns]
    total = sum(len(column.rows) * root for column, root in zip(columns, roots, strict=True) if root)
    return [100 * attempts * root / total if root is not None and total else None for root in roots]


def _root_of_covariance(column: _Column) -> float | None:
    spread = _spread(column.marks, column.marks) + _spread(column.marks, column.rest)
    count = len(column.marks)
    return sqrt(spread / (count * (count - 1))) if count > 1 and spread >= 0 else None


def _discrimination(column: _Column) -> float | None:
    """Pearson's correlation of x with the rest T - x, from -100 to 100: the corrected item-total correlation, for
    marks of 0 or 1 the point-biserial one (Crocker and Algina, chapter 14).

    For drawn questions too, where Moodle correlates with T and so counts the question's own mark in its favour."""
    variances = _spread(column.marks, column.marks) * _spread(column.rest, column.rest)
    if not variances:
        return None
    return max(-100.0, min(100.0, 100 * _spread(column.marks, column.rest) / sqrt(variances)))


def _efficiency(column: _Column) -> float | None:
    """The covariance of x and T - x as a share of the greatest that the same marks could have: the one they have when
    both are sorted. So it is fair to easy and hard questions, which can not discriminate much. At most 100."""
    greatest = _spread(sorted(column.marks), sorted(column.rest))
    return 100 * _spread(column.marks, column.rest) / greatest if greatest else None


def _thirds(rows: Sequence[_Row]) -> tuple[float, float] | None:
    """Up to which share of its marks an attempt is in the lower third, and from which it is in the upper.

    Thirds, since classes are small: 27 percent is best for large groups of normal totals (Kelley, Journal of
    Educational Psychology 30, 1939), but little is lost up to a third, and groups of ten are steadier than of eight.
    Whoever ties with the last of a third belongs to it, so that order decides nothing; None where the two would meet.
    """
    shares = sorted(row.share for row in rows)
    size = len(shares) // 3
    if not size or shares[size - 1] == shares[-size]:
        return None
    return shares[size - 1], shares[-size]


def _option_counts(column: _Column) -> tuple[OptionCount, ...]:
    """A wrong option that the upper third chooses more often than the lower is a hint at a wrong key; one that nobody
    chooses does no work."""
    unknown: Sequence[int | None] = [None] * column.item.options
    total = _times_chosen(column, column.rows)
    lower = unknown if column.lower is None else _times_chosen(column, column.lower)
    upper = unknown if column.upper is None else _times_chosen(column, column.upper)
    return tuple(map(OptionCount, total, lower, upper))


def _times_chosen(column: _Column, rows: Iterable[_Row]) -> list[int]:
    if not column.item.options:
        return []
    times = Counter(option for row in rows if row.chosen for option in row.chosen[column.number])
    return [times[option] for option in range(column.item.options)]
