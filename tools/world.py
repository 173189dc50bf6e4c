"""Makes courses/figures/world.json, the outlines that maps are drawn with, from the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.world package/countries-110m.json

Natural Earth's data at 1:110 million, public domain. Coordinates become hundredths of a degree, which is finer than a
pixel of any map here: longitude before latitude, in one flat list for each ring. Land without inner borders is a shape
of its own. Antarctica is left out.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "courses" / "figures" / "world.json"
SOUTHERN_LIMIT = -60

Arc = list[tuple[float, float]]


def main(source: str) -> None:
    topology = json.loads(Path(source).read_text())
    arcs = decoded(topology)
    countries = topology["objects"]["countries"]["geometries"]
    world = {
        "land": rings_of(topology["objects"]["land"]["geometries"], arcs),
        "countries": {
            country["properties"]["name"]: rings_of([country], arcs)
            for country in sorted(countries, key=lambda country: country["properties"]["name"])
        },
    }
    TARGET.write_text(json.dumps(world, separators=(",", ":"), ensure_ascii=False) + "\n")
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB, {len(world['countries'])} countries")


def decoded(topology: dict[str, Any]) -> list[Arc]:
    """TopoJSON stores arcs as steps on a grid."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def rings_of(geometries: list[dict[str, Any]], arcs: list[Arc]) -> list[list[int]]:
    found = []
    for geometry in geometries:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [ring(numbers, arcs) for polygon in polygons for numbers in polygon]
    return [flat(unwound(points)) for points in found if max(y for _, y in points) > SOUTHERN_LIMIT]


def ring(numbers: list[int], arcs: list[Arc]) -> Arc:
    """A negative number is an arc walked backwards."""
    points: Arc = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unwound(points: Arc) -> Arc:
    """Without jumps from 180 to -180: a ring that crosses that line goes on beyond it."""
    found, turns = points[:1], 0
    for (before, _), (x, y) in pairwise(points):
        turns += round((before - x) / 360)
        found.append((x + 360 * turns, y))
    return found


def flat(points: Arc) -> list[int]:
    rounded = [(round(x * 100), round(y * 100)) for x, y in points]
    kept = rounded[:1] + [after for before, after in pairwise(rounded) if after != before]
    return [number for point in kept for number in point]


if __name__ == "__main__":
    main(*sys.argv[1:])
