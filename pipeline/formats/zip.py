"""ZIP of files in known formats: each is translated, everything else in it stays identical."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import ClassVar

from pipeline.errors import InputError, UsageError
from pipeline.formats import _zip, base
from pipeline.formats.base import Format
from pipeline.model import Document, Lang, Segment


class Zip(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".zip",)
    sentences: ClassVar[bool] = True
    encoded: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        if not data:
            raise InputError("is empty", where=name)
        return self._read(data, name, source, target, None)

    def read_each(
        self, data: bytes, name: str, source: Lang | None, target: Lang | None, failed: list[tuple[str, str]]
    ) -> Document:
        """As `read`, but a member that cannot be read does not stop the others: its path and its error go to `failed`.
        Raises InputError where there is no other."""
        return self._read(data, name, source, target, failed)

    def _read(
        self,
        data: bytes,
        name: str,
        source: Lang | None,
        target: Lang | None,
        failed: list[tuple[str, str]] | None,
    ) -> Document:
        members: list[tuple[str, Document]] = []
        segments: list[Segment] = []
        skipped: list[str] = []  # members that stay as they are
        for path, content in _zip.parts(data, name).items():
            kind = _kind(path)
            if kind is None or not content.strip():
                if content.strip() and not _hidden(path):
                    skipped.append(path)
                continue
            try:
                document = base.plugin(kind).read(content, f"{name}/{path}", source, target)
            except InputError as error:
                if failed is None:
                    raise
                failed.append((path, str(error)))
                continue
            source, target = source or document.source_lang, target or document.target_lang
            for segment in document.segments:
                meta = {**segment.meta, "member": len(members), "file": path}
                segments.append(replace(segment, id=f"{path}:{segment.id}", meta=meta))
            members.append((path, document))
        if not segments:
            raise InputError(
                "holds no file of a known format with text" + (" that can be read" if failed else ""), where=name
            )
        bilingual = all(base.plugin(inner.format).bilingual for _, inner in members)
        meta = {"bilingual": bilingual, "skipped": tuple(skipped)}
        return Document(name, "zip", tuple(segments), source, target, skeleton=(data, tuple(members)), meta=meta)

    def write(self, document: Document) -> bytes:
        data, members = document.skeleton
        groups: dict[int, list[Segment]] = defaultdict(list)
        for segment in document.segments:
            groups[segment.meta["member"]].append(segment)
        changed = {}
        for index, (path, inner) in enumerate(members):
            inner = replace(inner, meta=document.meta)
            made = base.plugin(_kind(path) or "").write(inner.with_segments(groups[index]))
            if made != base.plugin(_kind(path) or "").write(inner):
                changed[path] = made
        return _zip.rewritten(data, changed) if changed else bytes(data)


def _kind(path: str) -> str | None:
    """The format of a member; None for what stays as it is: hidden files, other kinds, packages in the package."""
    file = PurePosixPath(path)
    if _hidden(path) or not file.suffix:
        return None
    try:
        found = base.by_name(file.name)
    except UsageError:
        return None
    return found if found != "zip" and base.plugin(found).wanted(path) else None


def _hidden(path: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(path).parts)


PLUGIN = Zip()
