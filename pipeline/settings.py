"""Settings: defaults < profile (TOML) < environment (PALLADIUS_*) < flags and --set. A misspelt key is an error."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from pipeline.errors import UsageError

SeverityName = Literal["neutral", "minor", "major", "critical"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EnforceSettings(Part):
    """The glossary enforcer."""

    enabled: bool = Field(default=True, title="Enforce the glossaries")
    ask_engine: bool = Field(default=True, title="Hand the terms to engines that take them")
    read: bool = Field(default=True, title="Let the bundled model tell which words stand for a term of one's own")
    max_length: int = Field(
        default=2_000, title="Segments longer than this many characters are not enforced, and say so", gt=0
    )
    insist: bool = Field(default=True, title="Ask the engine again for a sentence that holds a term it left out")


class CheckSettings(Part):
    """Checks and flags."""

    enabled: bool = Field(default=True, title="Run the checks")
    disable: list[str] = Field(default_factory=list, title="Checks that are switched off")
    max_length: int = Field(
        default=20_000, title="Segments longer than this many characters are not checked, and say so"
    )


class QualitySettings(Part):
    """The estimator."""

    enabled: bool = Field(default=True, title="Estimate quality and post-edit risk")
    estimator: str = Field(default="bundled", title="Estimator")
    options: dict[str, dict[str, Any]] = Field(default_factory=dict, title="Options of each estimator")


class MemorySettings(Part):
    """Translation memory."""

    path: str = Field(default="", title="SQLite file of the translation memory; empty for none")
    threshold: float = Field(default=0.85, ge=0.5, le=1.0, title="Fuzzy matches under this similarity are not used")
    penalties: dict[str, float] = Field(
        default_factory=dict, title="Taken off the similarity of matches, by the name of the file they came from"
    )


class Settings(BaseSettings):
    """Everything a profile may say."""

    model_config = SettingsConfigDict(extra="forbid", env_prefix="PALLADIUS_", env_nested_delimiter="__")

    engine: str = Field(default="compact", title="Engine")
    engines: dict[str, dict[str, Any]] = Field(default_factory=dict, title="Options of each engine")
    glossaries: list[str] = Field(
        default_factory=lambda: ["builtin"], title="Glossary files; builtin is the bundled set"
    )
    fail_on: SeverityName | Literal["never"] | None = Field(default=None, title="Exit with 1 at findings this grave")
    offline: bool = Field(default=False, title="Never touch a network")
    notes: bool = Field(default=False, title="Write scores and findings as notes into formats that have them (XLIFF)")
    names: bool = Field(default=True, title="Render Chinese personal names that no glossary has by rule")
    enforce: EnforceSettings = Field(default_factory=lambda: EnforceSettings())
    checks: CheckSettings = Field(default_factory=lambda: CheckSettings())
    quality: QualitySettings = Field(default_factory=lambda: QualitySettings())
    memory: MemorySettings = Field(default_factory=lambda: MemorySettings())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


# Variables that share the prefix but are not settings.
_OTHER_VARIABLES = {"PALLADIUS_DATA", "PALLADIUS_PROFILE", "PALLADIUS_API_KEYS"}


def folders() -> tuple[Path, ...]:
    """Where profiles live: beside the checkout, else inside the wheel."""
    package = Path(__file__).parent
    return tuple(folder for folder in (package.parent / "configs", package / "data" / "configs") if folder.is_dir())


def profile_path(name: str) -> Path:
    """Raises UsageError where no such profile exists."""
    given = Path(name)
    if given.suffix == ".toml" or given.parent != Path():
        if not given.is_file():
            raise UsageError("no such profile", where=name, hint="--profile takes a name or a TOML file")
        return given
    known: list[str] = []
    for folder in folders():
        if (folder / f"{name}.toml").is_file():
            return folder / f"{name}.toml"
        known += sorted(path.stem for path in folder.glob("*.toml") if not path.stem.startswith("training"))
    raise UsageError(f"unknown profile {name!r}", hint=f"known: {', '.join(dict.fromkeys(known))}")


def _read_profile(name: str) -> dict[str, Any]:
    path = profile_path(name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r" \(at line (\d+)", str(error))
        raise UsageError(f"is not valid TOML: {error}", where=f"{path}:{line[1]}" if line else str(path)) from error


def _line_of(path: Path, keys: Sequence[str]) -> int:
    """The line of a profile in which a setting stands, by its table and key; 0 where it is not found."""
    table: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if head := re.match(r"\s*\[{1,2}\s*([\w.\-\"' ]+?)\s*\]", line):
            table = _parts(head[1])
            if table == keys:
                return number
        elif (key := re.match(r"\s*([\w.\-\"' ]+?)\s*=", line)) and [*table, *_parts(key[1])] == keys:
            return number
    return 0


def _parts(key: str) -> list[str]:
    return [part.strip(" \"'") for part in key.split(".")]


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _assignment(text: str) -> dict[str, Any]:
    """ "a.b=value" as a nested mapping; the value is TOML, or a plain string where it is not."""
    key, equals, raw = text.partition("=")
    if not equals or not key.strip():
        raise UsageError(f"--set {text}: needs key=value", hint="for example --set checks.enabled=false")
    try:
        value: Any = tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        value = raw
    nested: Any = value
    for part in reversed(key.strip().split(".")):
        nested = {part: nested}
    assert isinstance(nested, dict)
    return nested


def _environment() -> dict[str, Any]:
    environ = {k: v for k, v in os.environ.items() if k.startswith("PALLADIUS_") and k not in _OTHER_VARIABLES}
    if not environ:
        return {}
    known = {f"PALLADIUS_{name.upper()}" for name in Settings.model_fields}
    for variable in environ:
        if variable.split("__")[0] not in known:
            raise UsageError(f"unknown setting in the environment: {variable}")
    return dict(EnvSettingsSource(Settings, env_prefix="PALLADIUS_", env_nested_delimiter="__")())


def load(profile: str | None = None, assignments: list[str] | None = None, **flags: Any) -> Settings:
    """The settings of a run. `flags` that are None are left out; nested ones as checks__enabled.

    Raises UsageError with the key that is wrong.
    """
    named = profile or os.environ.get("PALLADIUS_PROFILE") or "news"
    read = _read_profile(named)
    values = _merge(read, _environment())
    for assignment in assignments or []:
        values = _merge(values, _assignment(assignment))
    for key, value in flags.items():
        if value is not None:
            nested: Any = value
            for part in reversed(key.split("__")):
                nested = {part: nested}
            values = _merge(values, nested)
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        keys = [str(part) for part in first["loc"]]
        message = "is no setting" if first["type"] == "extra_forbidden" else first["msg"]
        said = f"setting {'.'.join(keys)}: {message}"
        where = _place(named, keys) if _at(values, keys) is _at(read, keys) else ""
        raise UsageError(said, where=where, hint="see configs/news.toml for all settings") from error


def _at(values: Any, keys: Sequence[str]) -> Any:
    """The value that stands under nested keys, None where there is none."""
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def _place(profile: str, keys: Sequence[str]) -> str:
    """file:line of a setting in a profile; keys within a list are left out until one is found."""
    path = profile_path(profile)
    for end in range(len(keys), 0, -1):
        if line := _line_of(path, list(keys[:end])):
            return f"{path}:{line}"
    return str(path)
