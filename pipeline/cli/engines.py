"""Engines: what is there, what it can do, what is missing; fetch and convert models."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import registry
from pipeline.cli import _common as common
from pipeline.errors import EngineError, MissingExtra, UsageError

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


@app.command()
def pull(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Hub id, for example Helsinki-NLP/opus-mt-zh-en.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FOLDER", help="Folder; left out: the hub's own cache.")
    ] = "",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Fetches a model from the hub: configuration, tokenizer and safetensors, nothing that can run code."""
    if common.settings(profile, assign, offline=offline).offline:
        raise UsageError("engines pull needs a network", hint="leave out --offline")
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise MissingExtra("engines pull", "huggingface_hub", "hub") from error
    wanted = ["*.json", "*.safetensors", "*.spm", "*.model", "*.txt"]
    try:
        place = snapshot_download(model, allow_patterns=wanted, local_dir=output or None)
    except Exception as error:  # the library raises many kinds for one thing: it could not be fetched
        hint = "is the id right, and the hub reachable from here?"
        raise EngineError(f"{model} could not be fetched: {type(error).__name__}", hint=hint) from error
    if not list(Path(place).glob("*.safetensors")):
        raise EngineError(
            f"{model} offers no safetensors",
            hint="Palladius reads no pickled weights; choose another model or revision",
        )
    common.note(f"fetched to {place}", quiet=quiet)
    common.files.write_text("-", json.dumps({"model": model, "folder": str(place)}) + "\n" if as_json else f"{place}\n")


@app.command()
def convert(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Directory of a Hugging Face model.")],
    output: Annotated[str, typer.Option("-o", "--output", metavar="FOLDER", help="Folder of the converted model.")],
    quantization: Annotated[str, typer.Option("--quantization", help="int8, int8_float32, float16 ...")] = "int8",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Converts a model for the engine ctranslate2, with its vocabulary files beside it."""
    from pipeline.engines import base

    source = base.make("transformers", {"model": model}).folder  # type: ignore[attr-defined]
    if source is None:
        raise EngineError(f"{model} is not on this machine", hint=f"palladius engines pull {model}")
    if not list(source.glob("*.safetensors")):
        raise EngineError(
            "holds no *.safetensors", where=str(source), hint="other weights can run code and are not read"
        )
    if Path(output).exists() and any(Path(output).iterdir()):
        raise UsageError("is not empty", where=output, hint="choose a new folder")
    if find_spec("transformers") is None:
        raise MissingExtra("engines convert", "transformers", "hub")
    from pipeline.engines import _convert

    try:
        _convert.convert(source, output, quantization)
    except Exception as error:  # whatever a broken directory makes the converter raise
        raise EngineError(f"could not be converted: {type(error).__name__}: {error}", where=str(source)) from error
    common.note(f"converted; use it with --engine ctranslate2 --set engines.ctranslate2.model={output}", quiet=quiet)
