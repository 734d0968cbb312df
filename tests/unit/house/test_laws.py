"""The laws of the house, held by reading the code."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "pipeline"

# A stage may import what stands to its right in this table, and nothing else of the package.
GROUND = {"model", "errors", "registry", "files", "heap", "languages", "settings"}
ALLOWED = {
    "model": set(),
    "errors": set(),
    "files": {"errors"},
    "heap": set(),
    "registry": {"errors"},
    "settings": {"errors"},
    "languages": {"model", "errors"},
    "segment": GROUND,
    "formats": GROUND,
    "memory": GROUND,
    "engines": GROUND,
    "glossary": GROUND,
    "enforce": GROUND | {"glossary"},
    "checks": GROUND | {"glossary"},
    "quality": GROUND | {"glossary"},
    "reports": GROUND,
    "jobs": GROUND | {"flow", "formats", "engines", "reports", "segment", "quality", "glossary", "enforce", "memory"},
    "asking": GROUND | {"formats", "engines", "enforce"},
    "limits": {"model", "reports"},
    "offers": {"model"},
    "flow": GROUND
    | {
        "limits",
        "offers",
        "asking",
        "formats",
        "segment",
        "memory",
        "engines",
        "glossary",
        "enforce",
        "checks",
        "quality",
        "reports",
    },
}
# The estimator asks the engine for forced-decoding probabilities through engines.base.
EXCEPTIONS = {("quality", "engines"), ("jobs", "checks")}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "training" not in path.relative_to(PACKAGE).parts[:1])


def imported(path: Path) -> set[str]:
    """Modules of the package that a file imports anywhere, as dotted names below `pipeline`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "pipeline":
                found.update(alias.name for alias in node.names)
            elif node.module.startswith("pipeline."):
                found.add(node.module.removeprefix("pipeline."))
        elif isinstance(node, ast.Import):
            found.update(a.name.removeprefix("pipeline.") for a in node.names if a.name.startswith("pipeline."))
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    stage = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if stage in ("cli", "__init__", "assets"):
        return
    for name in imported(path):
        other = name.split(".")[0]
        if other == stage or other == "__version__":
            continue
        assert other in ALLOWED[stage] or (stage, other) in EXCEPTIONS, f"{path.name} imports {name}"


@pytest.mark.parametrize("group", ["checks", "engines", "formats", "reports"])
def test_plugins_do_not_import_each_other(group: str) -> None:
    from pipeline import registry

    names = {name.replace("-", "_") for name in registry.names(group)}
    for path in (PACKAGE / group).glob("*.py"):
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == group and len(parts) > 1:
                assert parts[1] not in names, f"{path.name} imports its sibling {parts[1]}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)), "no docstring"


@pytest.mark.parametrize("group", ["checks", "engines", "formats", "reports"])
def test_every_plugin_has_a_title_that_is_a_sentence(group: str) -> None:
    from pipeline import registry

    for name in registry.names(group):
        title = registry.title(group, name)
        assert title[0].isupper() and 10 < len(title) < 140, f"{group}/{name}: {title}"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


HEAVY = ("torch", "transformers", "slovnet", "ctranslate2", "sklearn", "jieba", "lxml")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom pipeline.cli.main import run\n"
        "try:\n    run(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [m for m in {(*HEAVY, 'pydantic', 'numpy')!r} if m in sys.modules])"
    )
    assert "LOADED []" in run(code)


def test_commands_without_a_model_load_no_torch() -> None:
    code = (
        "import sys\nfrom pipeline.cli.main import run\n"
        "for args in (['name', '王君正'], ['engines', 'list'], ['glossary', '--help'], ['translate', '--help']):\n"
        "    try:\n        run(args)\n    except SystemExit as left:\n        assert not left.code, args\n"
        "print('LOADED', [m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    assert "LOADED []" in run(code)


def test_the_top_level_is_the_house() -> None:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a git checkout")
    house = {"pipeline", "glossaries", "tests", "configs", "Makefile", "pyproject.toml", "README.md", "CHANGELOG.md"}
    house |= {"CONTRIBUTING.md", "LICENSE", ".ci", ".gitignore", ".pre-commit-hooks.yaml", ".github"}
    assert {line.split("/")[0] for line in listed.stdout.splitlines()} <= house
