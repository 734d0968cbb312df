"""Plugins: a module in a folder of `pipeline`, or an entry point `palladius.<group>`; imported only when used."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.errors import UsageError

ROOT = Path(__file__).parent


def _folder(group: str) -> Path:
    return ROOT.joinpath(*group.split("."))


@cache
def names(group: str) -> tuple[str, ...]:
    """Names of the plugins of a group ("engines", "formats", "quality.metrics"), sorted, without importing any."""
    found = {
        path.stem
        for path in _folder(group).glob("*.py")
        if not path.stem.startswith("_") and path.stem != "base" and _is_plugin(path)
    }
    found.update(point.name for point in importlib.metadata.entry_points(group=f"palladius.{group}"))
    return tuple(sorted(name.replace("_", "-") for name in found))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _is_plugin(path: Path) -> bool:
    """A plugin module assigns PLUGIN at its top level; helpers in the same folder do not."""
    for node in _tree(path).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == "PLUGIN" for target in targets):
            return True
    return False


def module(group: str, name: str) -> ModuleType:
    """The plugin's module. Raises UsageError for an unknown name, with the known ones."""
    stem = name.replace("-", "_")
    if (_folder(group) / f"{stem}.py").is_file() and name in names(group):
        return importlib.import_module(f"pipeline.{group}.{stem}")
    for point in importlib.metadata.entry_points(group=f"palladius.{group}"):
        if point.name == name:
            loaded = point.load()
            if isinstance(loaded, ModuleType):
                return loaded
    known = ", ".join(names(group))
    raise UsageError(f"unknown {group.rpartition('.')[2].removesuffix('s')} {name!r}", hint=f"known: {known}")


def load(group: str, name: str) -> Any:
    """What a plugin module offers: its module-level PLUGIN (an instance or a class, as the group's base says)."""
    return module(group, name).PLUGIN


def title(group: str, name: str) -> str:
    """First line of the module's docstring, read without importing it."""
    path = _folder(group) / f"{name.replace('-', '_')}.py"
    text = ast.get_docstring(_tree(path)) if path.is_file() else module(group, name).__doc__
    return (text or name).strip().splitlines()[0]
