"""The kinds of figure. A new one is a schema, a module, a template and a line here (and in courses.models)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from courses.figures import comparison, map, moments, network, timeline
from courses.figures.data import Comparison, Figure, Map, Network, Timeline
from courses.figures.viewing import View


@dataclass(frozen=True)
class Kind:
    """`lay_out` makes the layout of a figure; `show` picks from both what the parameters of an address ask for."""

    schema: type[Figure]
    layout: type[msgspec.Struct]
    lay_out: Callable[[Any], msgspec.Struct]
    show: Callable[[Any, Any, Mapping[str, str]], View]
    template: str


KINDS = {
    "network": Kind(Network, network.Layout, network.lay_out, moments.show, "courses/figures/network.html"),
    "timeline": Kind(Timeline, timeline.Layout, timeline.lay_out, timeline.show, "courses/figures/timeline.html"),
    "map": Kind(Map, map.Layout, map.lay_out, map.show, "courses/figures/map.html"),
    "comparison": Kind(
        Comparison, comparison.Layout, comparison.lay_out, comparison.show, "courses/figures/comparison.html"
    ),
}


def layout(figure: Figure) -> str:
    """As JSON. The same figure has the same layout, to the byte."""
    return msgspec.json.encode(KINDS[figure.kind].lay_out(figure)).decode()


def decode(kind: str, *, key: str, title: str, description: str, caption: str, data: str) -> Figure:
    """The figure that a stored row stands for. Raises ValidationError where the data are not of its kind."""
    common = {"key": key, "kind": kind, "title": title, "description": description, "caption": caption}
    return msgspec.convert(msgspec.json.decode(data) | common, KINDS[kind].schema)
