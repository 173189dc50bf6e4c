"""Pieces of SVG paths, with coordinates short enough to send."""

from collections.abc import Iterable
from itertools import pairwise

XY = tuple[float, float]


def num(value: float) -> str:
    """At most one decimal: a tenth of a pixel is seen by nobody."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def polyline(points: Iterable[XY], *, closed: bool = False) -> str:
    """One absolute start, then relative steps: half as long as absolute ones. Steps are taken between rounded points,
    so that errors do not add up."""
    rounded = [(round(x, 1), round(y, 1)) for x, y in points]
    steps = (num(after - before) for a, b in pairwise(rounded) for before, after in zip(a, b, strict=True))
    start = f"M{num(rounded[0][0])} {num(rounded[0][1])}"
    return f"{start}l{' '.join(steps)}".replace(" -", "-") + ("z" if closed else "")


def straight(start: XY, end: XY) -> str:
    """Level."""
    return f"M{num(start[0])} {num(start[1])}H{num(end[0])}"


def bracket(start: XY, end: XY, x: float, radius: float) -> str:
    """From a point sideways to `x`, along it and back: round a column's side."""
    (x1, y1), (x2, y2) = start, end
    side = radius if x > x1 else -radius
    down = radius if y2 > y1 else -radius
    return (
        f"M{num(x1)} {num(y1)}H{num(x - side)}Q{num(x)} {num(y1)} {num(x)} {num(y1 + down)}"
        f"V{num(y2 - down)}Q{num(x)} {num(y2)} {num(x - side)} {num(y2)}H{num(x2)}"
    )


def zigzag(start: XY, end: XY, *, tooth: float) -> list[XY]:
    """Along a line that is level or upright."""
    (x1, y1), (x2, y2) = start, end
    level = y1 == y2
    count = max(2, int((abs(x2 - x1) + abs(y2 - y1)) // (2 * tooth)) // 2 * 2)
    points = [start]
    for number in range(count):
        share, aside = (number + 0.5) / count, tooth if number % 2 else -tooth
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        points.append((x, y + aside) if level else (x + aside, y))
    return [*points, end]


def arrow_head(tip: XY, *, to_right: bool, size: float) -> str:
    x, y = tip
    back = -size if to_right else size
    return f"M{num(x)} {num(y)}l{num(back)} {num(-size * 0.6)}v{num(size * 1.2)}z"


def cross(middle: XY, size: float) -> str:
    x, y = middle
    there, back = num(2 * size), num(-2 * size)
    return f"M{num(x - size)} {num(y - size)}l{there} {there}m0 {back}l{back} {there}"
