"""Reference sets: bitexts, folders of them, or a TOML manifest; several references, documents, domains."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import InputError, UsageError
from pipeline.formats import base as formats
from pipeline.languages.detect import language
from pipeline.model import Lang, Segment


@dataclass(frozen=True, slots=True)
class Refset:
    """Sources with references. documents[i] and domains[i] belong to segment i; every list has the same length."""

    name: str
    source_lang: Lang
    target_lang: Lang
    sources: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    documents: tuple[str, ...]
    domains: tuple[str, ...]
    ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sources)

    @property
    def key(self) -> str:
        return f"{self.name}:{self.source_lang}-{self.target_lang}"


def load(paths: list[str], source: Lang | None, target: Lang | None) -> list[Refset]:
    """All sets that the paths name.

    Raises InputError where a reference is missing, UsageError where the direction is.
    """
    sets: list[Refset] = []
    for path in paths:
        sets += _path(Path(path), source, target)
    if not sets:
        raise UsageError("no reference set found", hint="bitext files, folders of them, or a manifest.toml")
    return sets


def _path(path: Path, source: Lang | None, target: Lang | None) -> list[Refset]:
    if path.is_dir():
        manifest = path / "manifest.toml"
        if manifest.is_file():
            return _manifest(manifest, source, target)
        known = tuple(s for _, fmt in formats.known() if fmt.bilingual for s in fmt.suffixes)
        return [_bitext(p, source, target) for p in sorted(path.iterdir()) if p.name.endswith(known)]
    if path.suffix == ".toml":
        return _manifest(path, source, target)
    return [_bitext(path, source, target)]


def _manifest(path: Path, source: Lang | None, target: Lang | None) -> list[Refset]:
    """[[set]] file = "...", from = "zh", to = "ru", name = "...", domain = "...", references = ["column", ...]."""
    try:
        entries = tomllib.loads(files.decode(files.read_bytes(path), str(path)))["set"]
        assert isinstance(entries, list)
    except (tomllib.TOMLDecodeError, KeyError, AssertionError) as error:
        raise InputError(
            f"is no manifest: {error}", where=str(path), hint="[[set]] tables with file, from, to"
        ) from error
    out = []
    for entry in entries:
        if not isinstance(entry, dict) or "file" not in entry:
            raise InputError("a [[set]] without file", where=str(path))
        made = _bitext(
            path.parent / entry["file"], entry.get("from", source), entry.get("to", target), entry.get("references", ())
        )
        domain = entry.get("domain")
        made = replace(made, name=entry.get("name", made.name))
        out.append(replace(made, domains=(domain,) * len(made)) if domain else made)
    return out


def _bitext(path: Path, source: Lang | None, target: Lang | None, more: tuple[str, ...] | list[str] = ()) -> Refset:
    name = formats.by_name(str(path))
    plugin = formats.plugin(name)
    if not plugin.bilingual:
        raise UsageError(f"{path}: is no bitext", hint="a reference set has source and reference side by side")
    document = plugin.read(files.read_bytes(path), str(path), source, target)
    left = source or document.source_lang or language("\n".join(s.source for s in document.segments[:200]))
    right = target or document.target_lang or language("\n".join(s.target or "" for s in document.segments[:200]))
    if left is None or right is None or left == right:
        raise UsageError(f"{path}: the direction cannot be told", hint="name it with --from and --to")
    rows: list[tuple[Segment, dict[str, Any], tuple[str, ...]]] = []
    for segment in document.segments:
        extra = _extra(segment)
        given = extra.get("references")
        references = [segment.target or "", *(given if isinstance(given, list) else [])]
        references += [str(extra.get(column, "")) for column in more]
        references = [text for text in references if isinstance(text, str) and text.strip()]
        if not references:
            raise InputError(f"segment {segment.id} has no reference", where=str(path))
        rows.append((segment, extra, tuple(references)))
    return Refset(
        path.stem,
        left,
        right,
        tuple(s.source for s, _, _ in rows),
        tuple(r for _, _, r in rows),
        tuple(str(x.get("doc") or x.get("document") or s.id) for s, x, _ in rows),
        tuple(str(x.get("domain") or x.get("topic") or "") for _, x, _ in rows),
        tuple(s.id for s, _, _ in rows),
    )


def _extra(segment: Segment) -> dict[str, Any]:
    """Other keys of a JSON line, other columns of a TSV row."""
    return dict(segment.meta.get("record") or segment.meta.get("columns") or {})
