from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.guests import ensure_learner
from accounts.models import User
from courses import standing
from courses.models import Course, Lesson
from progress.models import Reading
from ui.htmx import page


@require_GET
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What the learner has read and answered, course by course; for a stranger, how to begin."""
    courses = []
    if isinstance(request.user, User):
        for course in Course.objects.filter(retired=False):
            lessons = list(course.lessons.outline().defer("text"))
            standings = standing.of_lessons(request.user, lessons)
            if any(one.state != "new" for one in standings.values()):
                rows = [(lesson, standings[lesson.pk]) for lesson in lessons]
                courses.append({"course": course, "rows": rows, "done": sum(one.is_done for _lesson, one in rows)})
    return page(request, "progress/mine.html", {"courses": courses, "place": standing.place(request.user)})


@require_POST
def mark_read(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    found = get_object_or_404(
        Lesson.objects.select_related("course"), course__slug=course, course__retired=False, slug=lesson, retired=False
    )
    Reading.objects.get_or_create(learner=ensure_learner(request), lesson=found)
    return redirect(found)
