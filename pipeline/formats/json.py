"""JSON message catalogues: flat or nested keys, ARB, messages.json of browsers; only the messages are written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _json, _labels, _placeholders, _plain
from pipeline.formats._json import Leaf
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Document, Lang, Segment, State

_ASIDE = frozenset(("$schema", "$id", "$comment", "_comment", "__comment", "//"))  # keys of no message
_LOCALE = "@@locale"  # of ARB: the language of the file
_CHROME = frozenset(("message", "description", "placeholders"))
_MORE = r"@(?:\.\w+)?:(?:[\w.]+|\([\w.]+\))"  # links of Vue: @:key, @.lower:(key)
_DOLLARS = r"\$[A-Za-z_@][\w@]*\$|\$[1-9](?!\d)|\$\$"  # of Chrome: $NAME$, $1, and $$ for a dollar
_FOLDERS = re.compile(r"_?locales?|i18n|l10n|intl|lang|langs|languages?|translations?|messages|strings", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:.*[._-])?(?:zh|ru|en)(?:[-_][A-Za-z]{2,4}){0,2}", re.IGNORECASE)
_BY_HAND = "its forms to choose from (ICU plural, select) are left as they are"


class Json(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".json", ".arb")

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        return self._read(data, name, source, target, bare=False)

    def read_paired(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        return self._read(data, name, source, target, bare=True)

    def _read(self, data: bytes, name: str, source: Lang | None, target: Lang | None, *, bare: bool) -> Document:
        text = files.decode(data, name)
        leaves = _json.leaves(text, name)
        chrome = _of_chrome(leaves)
        segments = []
        line, at = 1, 0
        for leaf in leaves:
            if leaf.text is None or not _is_message(leaf, chrome):
                continue
            line, at = line + text.count("\n", at, leaf.start), leaf.start
            if len(leaf.text) > MAX_UNIT:
                raise InputError(f"a message of {len(leaf.text):,} characters", where=f"{name}:{line}")
            if bare or any(map(str.isalpha, leaf.text)):
                segments.append(_segment(leaf, line, _MORE + "|" + _DOLLARS if chrome else _MORE))
        if not segments:
            raise InputError("holds no message", where=name, hint='a catalogue is {"key": "text"}, nested or not')
        if {leaf.path for leaf in leaves if leaf.text is not None} >= {("source",), ("target",)}:
            raise InputError("is a line of a bitext, no catalogue", where=name, hint="name it .jsonl")
        bom = data.startswith(b"\xef\xbb\xbf")
        label = next((leaf for leaf in leaves if leaf.path == (_LOCALE,) and leaf.text is not None), None)
        return Document(name, "json", tuple(segments), source, target, skeleton=(bom, text, label))

    def write(self, document: Document) -> bytes:
        bom, text, label = document.skeleton
        ascii_only = text.isascii() and "\\u" in text
        edits: list[tuple[int, int, str]] = []
        if label is not None and (said := _labels.renamed(label.text, document)) is not None:
            edits.append((label.start, label.end, f'"{said}"'))
        for segment in document.segments:
            if segment.target is None:
                continue
            start, end = segment.meta["span"]
            new = _plain.rendered(segment)
            if new == segment.meta["text"]:
                continue
            raw = json.dumps(new, ensure_ascii=ascii_only)
            edits.append((start, end, raw.replace("/", "\\/") if "\\/" in text[start:end] else raw))
        out, at = ["\ufeff" if bom else ""], 0
        for start, end, new in sorted(edits):
            out += (text[at:start], new)
            at = end
        return "".join([*out, text[at:]]).encode("utf-8")

    def wanted(self, path: str) -> bool:
        """In a folder: catalogues lie in one named for locales or a language, or have such a name themselves."""
        file = PurePosixPath(path.replace("\\", "/"))
        if file.suffix.lower() == ".arb" or _LANGUAGE.fullmatch(file.stem) or _FOLDERS.fullmatch(file.stem):
            return True
        return any(_FOLDERS.fullmatch(part) or _LANGUAGE.fullmatch(part) for part in file.parts[:-1])


def _of_chrome(leaves: Sequence[Leaf]) -> bool:
    """Is every entry an object with a "message" and nothing that messages.json does not know?"""
    entries = {leaf.path[0] for leaf in leaves if leaf.path[0] not in _ASIDE}
    said = {leaf.path[0] for leaf in leaves if leaf.path[1:] == ("message",) and leaf.text is not None}
    known = all(len(leaf.path) > 1 and leaf.path[1] in _CHROME for leaf in leaves if leaf.path[0] not in _ASIDE)
    return bool(entries) and entries == said and known


def _is_message(leaf: Leaf, chrome: bool) -> bool:
    first = str(leaf.path[0])
    if chrome:
        return leaf.path[1:] == ("message",)
    if first.startswith("@"):  # of ARB: what is known of a message, or of the file
        return False
    return not any(part in _ASIDE for part in leaf.path)


def _segment(leaf: Leaf, line: int, more: str) -> Segment:
    assert leaf.text is not None
    text, codes = _placeholders.lifted(leaf.text, more=more)
    forms = bool(_placeholders.choices(leaf.text))
    meta = {"span": (leaf.start, leaf.end), "line": line, "text": leaf.text, "by_hand": forms}
    return Segment(
        _json.key(leaf.path),
        text,
        state=State.LOCKED if forms and _placeholders.is_choice(leaf.text) else State.NEW,
        codes=codes,
        notes=(_BY_HAND,) if forms else (),
        meta=meta,
    )


PLUGIN = Json()
