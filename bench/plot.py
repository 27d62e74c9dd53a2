"""A log-log plot as SVG, without any library: the same points give the same bytes."""

import math
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 420, 70, 50, 20
COLOURS = ("#1b6ca8", "#c8553d", "#588b8b", "#8d6a9f", "#3d3d3d", "#b8860b")


class Curve(NamedTuple):
    name: str
    points: list[tuple[float, float]]


def decades(values: list[float]) -> tuple[int, int]:
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


def log_log_plot(file: Path, x_name: str, y_name: str, curves: list[Curve]) -> None:
    x_low, x_high = decades([x for curve in curves for x, _ in curve.points])
    y_low, y_high = decades([y for curve in curves for _, y in curve.points])

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - x_low) / max(1, x_high - x_low)
        up = (math.log10(y) - y_low) / max(1, y_high - y_low)
        return LEFT + across * (WIDTH - LEFT - 20), HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)

    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for k in range(x_low, x_high + 1):
        x, y = place(10.0**k, 10.0**y_low)
        svg += [f'<path d="M{x:.1f} {TOP}V{y:.1f}" stroke="#ddd"/>',
                f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle">1e{k}</text>']
    for k in range(y_low, y_high + 1):
        x, y = place(10.0**x_low, 10.0**k)
        svg += [f'<path d="M{x:.1f} {y:.1f}H{WIDTH - 20}" stroke="#ddd"/>',
                f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">1e{k}</text>']
    svg += [f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">{x_name}</text>',
            f'<text x="16" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 {HEIGHT / 2})">{y_name}</text>']
    names_from = HEIGHT - BOTTOM - 10 - 16 * (len(curves) - 1)  # below all that grows and beside all that falls
    for k, (curve, colour) in enumerate(zip(curves, COLOURS)):
        path = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in curve.points)
        svg += [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
                f'<text x="{WIDTH - 30}" y="{names_from + 16 * k}" text-anchor="end" fill="{colour}">{curve.name}</text>']
    file.write_text("\n".join([*svg, "</svg>", ""]), encoding="utf-8")
