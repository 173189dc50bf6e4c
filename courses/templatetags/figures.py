"""For the templates of figures."""

from django import template

from courses.figures import in_lesson
from courses.models import Figure, Lesson

register = template.Library()


@register.filter
def small(figure: Figure, lesson: Lesson) -> in_lesson.SmallFigure:
    """A figure as it stands in the text of a lesson."""
    return in_lesson.small(figure, lesson=lesson.slug)
