"""All that a learner's progress page shows, in a number of queries that does not depend on how much there is.

What is behind each part is reckoned without a database: progress.mastery, progress.activity, progress.calibration.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from accounts.models import User, today
from courses import standing
from courses.certifying import Needs
from courses.models import Course, Lesson
from courses.standing import LessonStanding, Place
from progress import cards, certificates, later, mastery, reviewing, topics
from progress.activity import Activity, first_day
from progress.asking import Origin, origins
from progress.calibration import Calibration, Said, calibration
from progress.cards import Key
from progress.later import Check, Stayed, is_right
from progress.mastery import ENOUGH_OF_LESSON, ENOUGH_OF_OBJECTIVE, Mastery
from progress.models import OwnAnswer, ReviewSettings
from progress.scheduling import Reviewed
from progress.standings import onward, taken_lessons
from quizzes.engine import behaviour, rules
from quizzes.engine.document import EXAM
from quizzes.models import Response
from quizzes.sittings import contents

LATEST = 200
"""Answers that calibration looks back on: how sure somebody was years ago says little about today."""

A_FEW = 5
"""Questions from which on a curve of forgetting is drawn."""


FIRST = 3
"""Lessons whose objectives stand open: those that fade first."""


class Aim(NamedTuple):
    """An objective of a lesson, measured by the questions that test it."""

    text: str
    mastery: Mastery | None
    """None where none of its questions was answered."""
    questions: int


@dataclass(frozen=True)
class LessonRow:
    lesson: Lesson
    standing: LessonStanding
    note: str
    """How the learner's note on it begins."""
    mastery: Mastery | None
    """Of all its questions, also those that test no objective in particular. None where none was answered."""
    objectives: list[Aim]

    @property
    def measured(self) -> list[Aim]:
        """The objectives, and then the whole lesson, without a text."""
        return [*self.objectives, Aim("", self.mastery, 0)]

    @property
    def is_begun(self) -> bool:
        return bool(self.standing.state != "new" or self.note or self.mastery)


@dataclass(frozen=True)
class CourseRows:
    """How a learner stands in a course; of all but one only how much of it is done."""

    course: Course
    rows: list[LessonRow]
    stayed: list[Stayed]
    is_open: bool

    @property
    def done(self) -> int:
        return sum(row.standing.is_done for row in self.rows)

    @property
    def mastered(self) -> list[LessonRow]:
        return [row for row in self.rows if row.mastery]

    @property
    def first_to_fade(self) -> list[LessonRow]:
        """A few, the soonest first."""
        fading = [(row.mastery.fades_on or date.max, place) for place, row in enumerate(self.rows) if row.mastery]
        return [self.rows[place] for _day, place in sorted(fading)[:FIRST]]

    @property
    def levels(self) -> dict[str, int]:
        """How many objectives are measured, in all (`total`) and by level."""
        counted = Counter(aim.mastery.level.value for row in self.rows for aim in row.objectives if aim.mastery)
        return {**counted, "total": counted.total()}

    @property
    def noted(self) -> list[LessonRow]:
        return [row for row in self.rows if row.note]

    @property
    def begun(self) -> list[LessonRow]:
        return [row for row in self.rows if row.is_begun]

    @property
    def left(self) -> int:
        """Lessons that were not begun."""
        return len(self.rows) - len(self.begun)


@dataclass(frozen=True)
class Dashboard:
    settings: ReviewSettings
    courses: list[CourseRows]
    certificates: list[Needs]
    due: int
    """Questions that come up today."""
    put_off: int
    """Those that would come up too, did the plan allow as many in a day."""
    offers: list[Check]
    activity: Activity
    calibration: Calibration
    remembered: Mapping[Key, Reviewed]
    """The questions that come up some day."""

    @property
    def is_begun(self) -> bool:
        return bool(self.courses or self.activity.days or self.remembered)

    def onward(self, last: Place) -> Place:
        """Where to go on from the learner's last place."""
        rows = [row for course in self.courses for row in course.rows]
        return onward(last, {row.lesson.pk: row.standing for row in rows}, [row.lesson for row in rows])

    @cached_property
    def outlook(self) -> list[tuple[date, float]]:
        """The share of all questions that would be known if nothing was reviewed any more; empty for a few."""
        reviewed = list(self.remembered.values())
        return mastery.outlook(reviewed, today=today()) if len(reviewed) >= A_FEW else []

    @property
    def curve(self) -> str:
        """The same as points of an SVG line: to the right, and downwards what is forgotten, 0 to 1."""
        return " ".join(f"{place},{1 - share:.4f}" for place, (_day, share) in enumerate(self.outlook))

    @property
    def forgotten(self) -> float:
        """The share that may be forgotten by the learner's plan."""
        return 1 - self.settings.retention


def dashboard(learner: User, course: str = "") -> Dashboard:
    """With all about one course, by its slug or else the first. Some twenty queries, those of what was answered since
    the last time, and one for each edition that this process reads for the first time."""
    cards.sync(learner=learner)
    settings = cards.settings_of(learner)
    known = _known(learner)
    lessons = taken_lessons(learner)
    standings = standing.of_lessons(learner, lessons)
    collections = {lesson.course.collection_id for lesson in lessons} | {collection for collection, _key in known}
    places = origins(learner, collections)
    remembered = _coming_up(learner, known, places)
    checks = later.checks_of(learner, lessons, standings, places, known)
    open_course = _opened(lessons, course)
    opened = [lesson for lesson in lessons if lesson.course == open_course]
    measured = _measured(opened, places, known, settings)
    courses = _courses(learner, lessons, standings, measured, checks, opened)
    due, left = _due(learner, remembered, settings), settings.left(reviewing.done_today(learner).answered)
    return Dashboard(
        settings=settings,
        courses=courses,
        certificates=certificates.towards(learner, lessons, standings),
        due=min(due, left),
        put_off=max(due - left, 0),
        offers=later.offered(checks),
        activity=activity_of(learner),
        calibration=calibration_of(learner),
        remembered=remembered,
    )


def _known(learner: User) -> dict[Key, Reviewed]:
    """Of each card that was not set aside."""
    cards = learner.cards.filter(suspended=False)
    rows = cards.values_list("collection", "question_key", "stability", "reviewed_on")
    now = today()
    return {(collection, key): (max((now - day).days, 0), stability) for collection, key, stability, day in rows}


def _coming_up(learner: User, known: Mapping[Key, Reviewed], places: Collection[Key]) -> dict[Key, Reviewed]:
    """Those that do some day."""
    pausing = Q(highlight__deleted_at__isnull=False) | Q(highlight__lesson__course__retired=True)
    own = set(learner.own_questions.exclude(pausing).values_list("collection", "question_key"))
    return {key: reviewed for key, reviewed in known.items() if key in places or key in own}


def _due(learner: User, remembered: Mapping[Key, Reviewed], settings: ReviewSettings) -> int:
    """One query."""
    due = set(learner.cards.due(settings.exam_on).values_list("collection", "question_key"))
    return len(remembered.keys() & due)


def _opened(lessons: Sequence[Lesson], slug: str) -> Course | None:
    courses = [lesson.course for lesson in lessons]
    return next((course for course in courses if course.slug == slug), courses[0] if courses else None)


def _measured(
    lessons: Sequence[Lesson], places: Mapping[Key, Origin], known: Mapping[Key, Reviewed], settings: ReviewSettings
) -> dict[int, tuple[Mastery | None, list[Aim]]]:
    """By lesson of one course, how well it and each of its objectives is known. One query."""
    if not lessons:
        return {}
    of_lesson = topics.by_lesson(places, lessons)
    of_objective = topics.by_objective(places, lessons[0].course.collection_id)

    def measured(keys: Sequence[Key], enough: int) -> Mastery | None:
        own = [known[key] for key in keys if key in known]
        retention, on = settings.retention, today()
        return mastery.mastery(own, of=len(keys), enough=enough, retention=retention, today=on) if own else None

    def aims(lesson: Lesson) -> list[Aim]:
        tested = [(one.text, of_objective.get(one.key, [])) for one in lesson.keyed_objectives]
        return [Aim(text, measured(keys, ENOUGH_OF_OBJECTIVE), len(keys)) for text, keys in tested]

    return {lesson.pk: (measured(of_lesson.get(lesson.pk, []), ENOUGH_OF_LESSON), aims(lesson)) for lesson in lessons}


def _courses(
    learner: User,
    lessons: Iterable[Lesson],
    standings: Mapping[int, LessonStanding],
    measured: Mapping[int, tuple[Mastery | None, list[Aim]]],
    checks: Iterable[Check],
    opened: Sequence[Lesson],
) -> list[CourseRows]:
    notes = learner.notes.beginnings()
    stayed = later.stayed(learner, checks)
    found = []
    for course, own in groupby(lessons, key=lambda lesson: lesson.course):
        rows = [
            LessonRow(one, standings[one.pk], notes.get(one.pk, ""), *measured.get(one.pk, (None, []))) for one in own
        ]
        of_course = [one for one in stayed if one.lesson.course_id == course.pk]
        found.append(CourseRows(course, rows, of_course, is_open=rows[0].lesson in opened))
    return found


def activity_of(learner: User) -> Activity:
    """Three queries."""
    since = first_day(today())
    own = OwnAnswer.objects.filter(question__learner=learner, answered_at__gte=_midnight(since))
    read = learner.readings.filter(read_at__gte=_midnight(since))
    moments = [*own.values_list("answered_at", flat=True), *read.values_list("read_at", flat=True)]
    counts = Counter(moment.astimezone(UTC).date() for moment in moments)
    return Activity(counts + _answers_by_day(learner, since), today())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _answers_by_day(learner: User, since: date) -> Counter[date]:
    """Counted from midnight to midnight, for which the index is enough: to group tens of thousands of answers by the
    day, cut out of their times, takes several times as long."""
    days = [since + timedelta(days=number) for number in range((today() - since).days + 2)]
    midnights = map(connection.ops.adapt_datetimefield_value, map(_midnight, days))
    rows = [(number, *ends) for number, ends in enumerate(pairwise(midnights))]
    given = "learner_id = %s AND answered_at >= day.column2 AND answered_at < day.column3"
    counted = f"SELECT COUNT(*) FROM {Response._meta.db_table} WHERE {given}"  # noqa: S608 (nothing from outside)
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    query = f"SELECT day.column1, ({counted}) FROM (VALUES {values}) AS day"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [learner.pk, *chain(*rows)])
        return Counter({days[number]: count for number, count in cursor.fetchall()})


def calibration_of(learner: User) -> Calibration:
    """From the latest answers of which the learner said how sure they were, and may see what they were worth: of each
    question in an attempt the first, but of an exam, whose answers may be changed, the last. One query."""
    given = learner.responses.filter(confidence__isnull=False, fraction__isnull=False)
    given = given.filter(late=False, void=False, attempt__set_aside=False).order_by("-answered_at", "-pk")
    about = ("attempt__edition", "attempt__edition__digest", "attempt__quiz__closes_at", "attempt__finished_at")
    said: dict[tuple[int, int], Said] = {}
    for attempt, slot, confidence, fraction, in_review, *of_attempt in given.values_list(
        "attempt", "slot", "confidence", "fraction", "attempt__in_review", *about
    )[:LATEST]:
        is_told, may_be_changed = (True, False) if in_review else _rules_of(*of_attempt)
        if is_told and not ((attempt, slot) in said and may_be_changed):
            said[attempt, slot] = Said(confidence, is_right(fraction))
    return calibration(said.values())


def _rules_of(edition: int, digest: str, closes_at: datetime | None, finished_at: datetime | None) -> tuple[bool, bool]:
    """Of an attempt: whether its learner may see what answers are worth, and whether they may be changed to the end."""
    quiz = contents(edition, digest)
    closed = rules.is_closed(rules.Rules(closes_at=closes_at), timezone.now())
    is_told = behaviour.sees(quiz.visibility.mark, is_finished=finished_at is not None, is_closed=closed)
    return is_told, quiz.setting == EXAM
