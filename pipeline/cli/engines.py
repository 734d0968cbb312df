"""Engines: what is there, what it can do, what is missing; fetch and convert models."""

from __future__ import annotations

import json
from typing import Any

import typer

from pipeline import registry
from pipeline.cli import _common as common

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def engines() -> None:
    """Engines: what is there, what it can do, what is missing; fetch and convert models."""


def rows(settings: Any) -> list[dict[str, Any]]:
    """One row for each engine, without loading a model."""
    from pipeline.engines import base
    from pipeline.errors import PalladiusError

    table = []
    for name in registry.names("engines"):
        row: dict[str, Any] = {"name": name, "title": registry.title("engines", name)}
        try:
            ability = base.make(name, profile=settings.engines).ability()
        except PalladiusError as error:
            table.append({**row, "ready": False, "missing": str(error)})
            continue
        can = [key for key in ("terms", "alternatives", "attention", "scores") if getattr(ability, key)]
        directions = sorted(f"{a}-{b}" for a, b in ability.directions)
        row |= {"ready": not ability.missing, "missing": ability.missing, "can": can, "directions": directions}
        table.append({**row, "network": ability.network, "notes": ability.notes})
    return table


@app.command("list")
def list_(
    profile: common.Profile = None,
    assign: common.Assign = None,
    output: common.Output = "-",
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Lists the engines."""
    table = rows(common.settings(profile, assign))
    if as_json:
        common.files.write_text(output, json.dumps(table, ensure_ascii=False, indent=1) + "\n")
        return
    lines = []
    for row in table:
        state = "ready" if row["ready"] else f"missing: {row['missing']}"
        lines.append(f"{row['name']:13} {row['title']}")
        able = ", ".join(row.get("can", [])) or "plain translation"
        net = "; needs a network" if row.get("network") else ""
        lines.append(f"{'':13} {state}; {able}{net}")
    common.files.write_text(output, "\n".join(lines) + "\n")
