"""The learning curves of a run as one SVG: training loss and development chrF over the minutes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 380, 56, 56, 28, 44
COLOURS = {
    "zh-ru": "#c0392b",
    "ru-zh": "#e67e22",
    "zh-en": "#2980b9",
    "en-zh": "#16a085",
    "en-ru": "#8e44ad",
    "ru-en": "#2c3e50",
}


def read(path: Path) -> tuple[list[tuple[float, float]], dict[str, list[tuple[float, float]]]]:
    """(minutes, loss) points, and (minutes, chrF) points by direction, of a log.jsonl."""
    loss: list[tuple[float, float]] = []
    scores: dict[str, list[tuple[float, float]]] = {}
    for line in path.read_text("utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        if "loss" in record:
            loss.append((record["minutes"], record["loss"]))
        for name, values in record.get("development", {}).items():
            if name in COLOURS:
                scores.setdefault(name, []).append((record["minutes"], values[1]))
    return loss, scores


def draw(loss: list[tuple[float, float]], scores: dict[str, list[tuple[float, float]]]) -> str:
    """The SVG text; loss on the left axis, chrF on the right one."""
    last = max([x for x, _ in loss] + [x for points in scores.values() for x, _ in points], default=1.0) or 1.0
    high = max((y for _, y in loss), default=1.0)
    top = max((y for points in scores.values() for _, y in points), default=1.0)
    top = 10 * (int(top / 10) + 1)
    inner, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def path(points: list[tuple[float, float]], most: float, colour: str, width: float) -> str:
        placed = " ".join(
            f"{LEFT + x / last * inner:.1f},{TOP + tall - min(1.0, y / most) * tall:.1f}" for x, y in points
        )
        return f'<polyline points="{placed}" fill="none" stroke="{colour}" stroke-width="{width}"/>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="16">'
        "training loss, nats a piece (grey, left); chrF on the development slice (right)</text>",
    ]
    for n in range(6):
        y = TOP + tall - n / 5 * tall
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{LEFT + inner}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{high * n / 5:.1f}</text>')
        parts.append(f'<text x="{LEFT + inner + 6}" y="{y + 4:.1f}">{top * n / 5:.0f}</text>')
        x = LEFT + n / 5 * inner
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 24}" text-anchor="middle">{last * n / 5:.0f}</text>')
    parts.append(f'<text x="{LEFT + inner}" y="{HEIGHT - 8}" text-anchor="end">minutes of training</text>')
    parts.append(path(loss, high, "#999999", 1.5))
    for n, (name, points) in enumerate(sorted(scores.items())):
        colour = COLOURS[name]
        parts.append(path(points, top, colour, 2))
        parts.append(f'<text x="{LEFT + 60 * n}" y="{HEIGHT - 8}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
