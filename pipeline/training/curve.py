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


Points = list[tuple[float, float]]
MOST = 300


def read(path: Path) -> tuple[Points, dict[str, Points]]:
    """(minutes, loss) points, and (minutes, chrF) points by direction, of a log.jsonl."""
    loss: Points = []
    scores: dict[str, Points] = {}
    for line in path.read_text("utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        if "loss" in record:
            loss.append((record["minutes"], record["loss"]))
        for name, values in record.get("development", {}).items():
            if name in COLOURS:
                scores.setdefault(name, []).append((record["minutes"], values[1]))
    return loss, scores


def write(path: Path, loss: Points, scores: dict[str, Points]) -> None:
    """A file that `load` reads back: at most MOST points of the loss, each the mean of its neighbours."""
    step = max(1, len(loss) // MOST)
    parts = [loss[at : at + step] for at in range(0, len(loss), step)]
    few = [(round(part[-1][0], 2), round(sum(y for _, y in part) / len(part), 4)) for part in parts]
    path.write_text(json.dumps({"loss": few, "scores": scores}) + "\n", "utf-8")


def load(path: Path) -> tuple[Points, dict[str, Points]]:
    """What `write` wrote; nothing where there is no such file."""
    if not path.exists():
        return [], {}
    held = json.loads(path.read_text("utf-8"))
    return [(x, y) for x, y in held["loss"]], {
        name: [(x, y) for x, y in held["scores"][name]] for name in held["scores"]
    }


def behind(
    before: tuple[Points, dict[str, Points]], minutes: float, after: tuple[Points, dict[str, Points]]
) -> tuple[Points, dict[str, Points]]:
    """The points of a run, then those of the run that went on from it after so many minutes."""
    loss = before[0] + [(x + minutes, y) for x, y in after[0]]
    names = before[1].keys() | after[1].keys()
    later = {name: [(x + minutes, y) for x, y in after[1].get(name, [])] for name in names}
    return loss, {name: before[1].get(name, []) + later[name] for name in sorted(names)}


def draw(loss: Points, scores: dict[str, Points]) -> str:
    """The SVG text; loss on the left axis, chrF on the right one."""
    last = max([x for x, _ in loss] + [x for points in scores.values() for x, _ in points], default=1.0) or 1.0
    high = max((y for _, y in loss), default=1.0)
    top = max((y for points in scores.values() for _, y in points), default=1.0)
    top = 10 * (int(top / 10) + 1)
    inner, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def path(points: Points, most: float, colour: str, width: float) -> str:
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
