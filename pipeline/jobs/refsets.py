"""Reference sets: bitexts, folders of them, or a TOML manifest; several references, documents, domains."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline import files
from pipeline.errors import InputError, UsageError
from pipeline.formats import _sniff
from pipeline.formats import base as formats
from pipeline.jobs import inputs
from pipeline.languages.detect import language
from pipeline.model import Document, Lang, Segment
from pipeline.reports.base import counted


@dataclass(frozen=True, slots=True)
class Refset:
    """Sources with references. documents[i] and domains[i] belong to segment i; every list has the same length.

    outputs: what is judged instead of an engine's work; enforce: they go through the enforcer first. tolerance: losses
    of single metrics that are no regression in this set. file: where it was read from.
    """

    name: str
    source_lang: Lang
    target_lang: Lang
    sources: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    documents: tuple[str, ...]
    domains: tuple[str, ...]
    ids: tuple[str, ...]
    outputs: tuple[str, ...] | None = None
    enforce: bool = False
    tolerance: Mapping[str, float] = field(default_factory=dict)
    file: str = ""

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


class _Entry(BaseModel):
    """A [[set]] of a manifest."""

    model_config = ConfigDict(extra="forbid")

    file: str
    source: Lang | None = Field(default=None, alias="from")
    target: Lang | None = Field(default=None, alias="to")
    name: str = ""
    domain: str = ""
    references: list[str] = Field(default_factory=list)  # more columns (TSV) or keys (JSONL) with references
    every: int = Field(default=1, ge=1)  # take every n-th segment
    outputs: str = ""  # a file of outputs to judge; "reference": the first reference, which must come through unharmed
    enforce: bool = False
    tolerance: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)


def _manifest(path: Path, source: Lang | None, target: Lang | None) -> list[Refset]:
    """[[set]] tables as in _Entry. Raises InputError for what is none."""
    hint = "[[set]] tables with file, from, to"
    try:
        tables = tomllib.loads(files.decode(files.read_bytes(path), str(path)))["set"]
        entries = [_Entry.model_validate(table) for table in tables]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(f"is no manifest: {error}", where=str(path), hint=hint) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise InputError(f"is no manifest: {key}: {first['msg']}", where=str(path), hint=hint) from error
    return [_entry(entry, path.parent, entry.source or source, entry.target or target) for entry in entries]


def _entry(entry: _Entry, folder: Path, source: Lang | None, target: Lang | None) -> Refset:
    made = _bitext(folder / entry.file, source, target, entry.references)
    domains = (entry.domain,) * len(made) if entry.domain else made.domains
    made = replace(made, name=entry.name or made.name, domains=domains)
    made = replace(made, enforce=entry.enforce, tolerance=entry.tolerance)
    if entry.outputs == "reference":
        made = replace(made, outputs=tuple(row[0] for row in made.references))
    elif entry.outputs:
        made = replace(made, outputs=outputs(folder / entry.outputs, made))
    return _thinned(made, entry.every) if entry.every > 1 else made


def _thinned(refset: Refset, every: int) -> Refset:
    return replace(
        refset,
        sources=refset.sources[::every],
        references=refset.references[::every],
        documents=refset.documents[::every],
        domains=refset.domains[::every],
        ids=refset.ids[::every],
        outputs=None if refset.outputs is None else refset.outputs[::every],
    )


def outputs(path: Path, refset: Refset) -> tuple[str, ...]:
    """One output for each segment: a bitext's targets, or the lines of a text. Raises UsageError for another number."""
    data = files.read_bytes(path)
    if path.suffix in ("", ".txt"):
        lines = files.decode(data, str(path)).split("\n")
        lines = lines[:-1] if lines and lines[-1] == "" else lines
    else:
        plugin = formats.plugin(inputs.named(str(path)))
        document = plugin.read(data, str(path), refset.source_lang, refset.target_lang)
        lines = [segment.target or "" for segment in document.segments]
    if len(lines) != len(refset):
        raise UsageError(
            f"{path}: {counted(len(lines), 'output')} for the {counted(len(refset), 'segment')} of {refset.key}"
        )
    return tuple(lines)


def _bitext(path: Path, source: Lang | None, target: Lang | None, more: tuple[str, ...] | list[str] = ()) -> Refset:
    document = _document(path, source, target)
    file = document.name
    left = source or document.source_lang or language("\n".join(s.source for s in document.segments[:200]))
    right = target or document.target_lang or language("\n".join(s.target or "" for s in document.segments[:200]))
    if left is None or right is None or left == right:
        raise UsageError(f"{file}: the direction cannot be told", hint="name it with --from and --to")
    rows: list[tuple[Segment, dict[str, Any], tuple[str, ...]]] = []
    for segment in document.segments:
        extra = _extra(segment)
        given = extra.get("references")
        references = [segment.target or "", *(given if isinstance(given, list) else [])]
        references += [str(extra.get(column, "")) for column in more]
        references = [text for text in references if isinstance(text, str) and text.strip()]
        if not references:
            raise InputError(f"segment {segment.id} has no reference", where=file)
        rows.append((segment, extra, tuple(references)))
    return Refset(
        file if str(path) == "-" else path.stem,
        left,
        right,
        tuple(s.source for s, _, _ in rows),
        tuple(r for _, _, r in rows),
        tuple(str(x.get("doc") or x.get("document") or s.id) for s, x, _ in rows),
        tuple(str(x.get("domain") or x.get("topic") or "") for _, x, _ in rows),
        tuple(s.id for s, _, _ in rows),
        file=file,
    )


def _document(path: Path, source: Lang | None, target: Lang | None) -> Document:
    """A bitext, or what standard input holds where the path is "-". Raises UsageError for what is no bitext."""
    data: bytes | None = None
    if str(path) == "-":
        file, data = "standard input", files.read_bytes("-")
        plugin = formats.plugin(_sniff.told(data, "jsonl"))
    else:
        file = str(path)
        plugin = formats.plugin(inputs.named(file, bilingual=True))
    if not plugin.bilingual:
        raise UsageError(f"{file}: is no bitext", hint="a reference set has source and reference side by side")
    return plugin.read(files.read_bytes(path) if data is None else data, file, source, target)


def _extra(segment: Segment) -> dict[str, Any]:
    """Other keys of a JSON line, other columns of a TSV row."""
    return dict(segment.meta.get("record") or segment.meta.get("columns") or {})
