"""A figure inside a lesson: small, one point, and a link to its page."""

from dataclasses import dataclass

from courses.figures import comparison, map, moments, timeline
from courses.figures.data import Comparison, Event, Map, Network, Timeline
from courses.figures.showing import data_of, layout_of
from courses.models import Figure

FEW = 3


@dataclass(frozen=True)
class SmallFigure:
    """For `courses/figures/_in_lesson.html`. What the figure's kind does not have is None or empty."""

    network: moments.NetworkAt | None = None
    events: tuple[Event, ...] = ()
    """With their texts where they are the lesson's own; else only their names."""
    are_own: bool = False
    panel: map.Panel | None = None
    plan: map.Plan | None = None
    compared: comparison.Drawing | None = None


def small(row: Figure, *, lesson: str) -> SmallFigure:
    """The network as it is first shown, the closest map with an outline, all of a comparison, drawn for narrow screens;
    or of a time line the events of this lesson, or those of the last strip where it has hardly any."""
    figure, layout = data_of(row), layout_of(row)
    if isinstance(figure, Network):
        return SmallFigure(network=moments.show(figure, layout, {}))
    if isinstance(figure, Timeline):
        return _of_timeline(figure, lesson)
    if isinstance(figure, Map):
        return SmallFigure(panel=map.closest_outlined(layout.narrow.panels), plan=layout.narrow)
    assert isinstance(figure, Comparison)
    return SmallFigure(compared=comparison.show(figure, layout, {}).drawings[1])


def _of_timeline(figure: Timeline, lesson: str) -> SmallFigure:
    events = timeline.in_order(figure.events)
    own = tuple(event for event in events if event.lesson == lesson)
    if len(own) >= FEW:
        return SmallFigure(events=own, are_own=True)
    return SmallFigure(events=tuple(event for event in events if timeline.is_inside(event, figure.spans[-1])))
