"""What XLIFF 1.2, 2.x and the dialects of CAT tools share: only targets and their marks are written, other bytes stay.

A dialect says which segments are locked or confirmed and how machine output is marked (`state`, `marks`). Scores and
findings go into notes where `Document.meta["notes"]` asks for them. What a person confirmed since the file was read is
marked as the dialect marks it (`done`), what is no longer confirmed as a draft (`draft`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from pipeline.errors import InputError
from pipeline.formats import _inline, _placeholders, _xliff_files, _xml, base
from pipeline.formats._xml import Node
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Document, Lang, Segment, State

_FINAL = {"final", "signed-off"}
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
Edit = tuple[int, int, bytes]


class XliffBase(Format):
    bilingual: ClassVar[bool] = True
    encoded: ClassVar[bool] = True
    named: ClassVar[str] = "xliff"
    space: ClassVar[str] = ""  # namespace of the dialect's own attributes
    codes_in_text: ClassVar[re.Pattern[str] | None] = None  # codes that the dialect writes as plain text
    remarks: ClassVar[frozenset[str]] = frozenset()  # kinds of <mrk> of a source that are not for the target
    messages: ClassVar[bool] = False  # do placeholders and escaped tags stand in its text?
    made: ClassVar[Mapping[str, str]] = {}  # attributes of a <target> of XLIFF 1.2 that a machine made
    done: ClassVar[Mapping[str, str]] = {}  # of one that a person confirmed
    by_unit: ClassVar[bool] = True  # do `marks` stand on the unit, not on each of its segments?
    draft: ClassVar[Mapping[str, str]] = {}  # of one that was confirmed and has been changed since

    def state(self, unit: Node, key: str) -> State:
        """The dialect's own word on a segment (`key` is the mid of its mark, or empty); NEW where it has none."""
        return State.NEW

    def marks(self, data: bytes, segment: Segment, prefix: str) -> list[Edit]:
        """Edits that say what became of a segment: TRANSLATED is machine output, CONFIRMED a person's last word, NEW a
        draft of what was confirmed. `prefix` is the dialect's, with its colon."""
        return []

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        raw, encoding = _xml.to_utf8(data, name)
        root = _xml.parse(raw, name)
        if root.tag != "xliff":
            raise InputError(f"is <{root.tag}>, no XLIFF", where=f"{name}:{root.line}")
        version = "2" if root.get("version", "1.2").startswith("2") else "1"
        said = _xliff_files.said(root, version, name)
        told = _inline.language(said[0]), _inline.language(said[1])
        source = source or told[0]
        target = target or told[1]
        prefixes = _xliff_files.prefixes(root)
        segments = [
            replace(s, id=prefixes.get(_xliff_files.of(unit), "") + s.id) if prefixes else s
            for unit in root.all("unit", "trans-unit")
            for s in self._unit(raw, unit, version, name)
        ]
        if not segments:
            raise InputError("holds no unit to translate", where=name)
        found = re.search(rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(self.space.encode()), raw[: root.inner])
        prefix = found.group(1).decode() + ":" if found and self.space else ""
        language = said[1] if told[1] in (None, target) else ""
        bare = _xliff_files.unlabelled(root, version)
        skeleton = (raw, encoding, version, language or target or "", prefix, bare)
        files = root.all("file")
        units = ([(u.get("id"), u.line) for u in file.all("unit", "trans-unit") if u.get("id")] for file in files)
        twice = next(filter(None, (base.doubled(ids, name) for ids in units)), {})  # the ids of one <file>
        meta = {"said": told, **twice}
        return Document(name, self.named, tuple(segments), source, target, skeleton=skeleton, meta=meta)

    def write(self, document: Document) -> bytes:
        raw, encoding, version, language, prefix, bare = document.skeleton
        edits: list[Edit] = []
        matches: dict[int, bytes] = {}
        notes: dict[int, list[tuple[Node, str]]] = {}
        fresh: dict[int, list[Segment]] = {}  # units of XLIFF 1.2 whose segments have no target yet
        open_units = {s.meta["unit"].start for s in document.segments if s.state not in (State.CONFIRMED, State.LOCKED)}
        for segment in document.segments:
            meta = segment.meta
            said = _said(segment) if document.meta.get("notes") else ""
            if said:
                notes.setdefault(meta["unit"].start, []).append((meta["unit"], said))
            same = (segment.target, segment.target_codes) == meta["given"]
            if segment.target is None or (same and not _turned(segment)):
                continue
            inside = _inline.rendered(segment)
            # A mark on a unit of several segments says that all are confirmed.
            early = segment.state is State.CONFIRMED and meta["unit"].start in open_units
            if segment.state is State.TRANSLATED or (_turned(segment) and not (early and self.by_unit)):
                edits += self.marks(raw, segment, prefix)
                if version == "2" and segment.state is State.TRANSLATED:
                    at, match = _match(raw, segment, inside)
                    matches[at] = matches.get(at, b"") + match
            node: Node | None = meta["target"]
            if node is not None:
                if not same:
                    edits.append(_inline.replaced(raw, node, inside))
                if version == "2" or not early:
                    edits += self._state(raw, meta["holder"] or node, version, segment)
            elif meta["parent"] is not None:
                fresh.setdefault(meta["parent"].start, []).append(segment)
            else:
                edits += self._new_target(raw, segment, version, language, inside)
        for group in fresh.values():
            edits += self._new_segmented(raw, group, language, group[0].meta["unit"].start in open_units)
        if edits:
            ours = _inline.language(language) == document.target_lang  # "ru-RU", as the rest of the file says
            edits += _xliff_files.labels(raw, bare, language if ours else document.target_lang or language)
        opening = f'<mtc:matches xmlns:mtc="{_MATCHES}">'.encode()
        first = [(at, at, opening + found + b"</mtc:matches>") for at, found in matches.items() if found]
        edits += [_notes(raw, group, version) for group in notes.values()]
        return _xml.from_utf8(_xml.edited(raw, list(dict.fromkeys([*first, *edits]))), encoding)

    def _unit(self, data: bytes, unit: Node, version: str, name: str) -> list[Segment]:
        key = unit.get("id") or str(unit.line)
        locked = unit.inherited("translate") == "no" or unit.get("locked") in ("yes", "true")
        locked = locked or unit.get("restype") == "x-gettext-domain-header"
        if version == "2":
            parts = [node for node in unit.children if node.tag == "segment"]
            out = []
            for index, part in enumerate(parts):
                source, target = part.first("source"), part.first("target")
                if source is not None:
                    state = self._read_state(locked, unit, part.get("id"), part.get("state"), False)
                    out.append(
                        self._segment(
                            data,
                            unit,
                            f"{key}" if len(parts) == 1 else f"{key}.{part.get('id') or index + 1}",
                            source,
                            target,
                            state,
                            part,
                            None,
                        )
                    )
            return _checked(out, name, unit)
        source, target = unit.first("source"), unit.first("target")
        if source is None:
            return []
        approved = unit.get("approved") == "yes"
        said = target.get("state") if target is not None else ""
        cut = unit.first("seg-source")
        marks = [m for m in cut.all("mrk") if m.get("mtype") == "seg"] if cut is not None else []
        if cut is None or not marks:
            return _checked(
                [
                    self._segment(
                        data, unit, key, source, target, self._read_state(locked, unit, "", said, approved), None, None
                    )
                ],
                name,
                unit,
            )
        there = {m.get("mid"): m for m in target.all("mrk") if m.get("mtype") == "seg"} if target is not None else {}
        mids = [mark.get("mid") for mark in marks]
        double = next((mid for mid in mids if mids.count(mid) > 1), None)
        if double is not None:
            raise InputError(f"two segments of the unit {key} have the mid {double!r}", where=f"{name}:{unit.line}")
        return _checked(
            [
                self._segment(
                    data,
                    unit,
                    f"{key}.{mark.get('mid')}",
                    mark,
                    there.get(mark.get("mid")),
                    self._read_state(locked, unit, mark.get("mid"), said, approved),
                    target,
                    None if there else cut,
                )
                for mark in marks
            ],
            name,
            unit,
        )

    def _read_state(self, locked: bool, unit: Node, key: str, state: str, approved: bool) -> State:
        own = self.state(unit, key)
        if locked or own is State.LOCKED:
            return State.LOCKED
        return State.CONFIRMED if approved or state in _FINAL or own is State.CONFIRMED else State.NEW

    def _segment(
        self,
        data: bytes,
        unit: Node,
        key: str,
        source: Node,
        target: Node | None,
        state: State,
        holder: Node | None,
        parent: Node | None,
    ) -> Segment:
        keep = unit.inherited("xml:space") == "preserve" or source.get("xml:space") == "preserve"
        text, codes = _inline.content(data, source, keep_space=keep, through=self.remarks)
        given, placed = _inline.content(data, target, keep_space=keep) if target is not None else ("", ())
        if self.codes_in_text is not None:
            text, codes = _inline.lifted(text, codes, self.codes_in_text)
            given, placed = _inline.lifted(given, placed, self.codes_in_text)
        elif self.messages:
            state = State.LOCKED if _placeholders.MESSAGE.fullmatch(text) else state
            text, codes = _placeholders.lifted(text, codes, _xml.escape)
            given, placed = _placeholders.lifted(given, placed, _xml.escape)
        meta = {
            "target": target,
            "holder": holder,
            "parent": parent,
            "source": source,
            "unit": unit,
            "line": unit.line,
            "given": (given or None, placed),
            "state": state,
        }
        return Segment(key, text, given or None, state, codes, placed, meta=meta)

    def _state(self, data: bytes, node: Node, version: str, segment: Segment) -> list[tuple[int, int, bytes]]:
        """Machine output and what was confirmed is marked; a target that was only put right keeps its state."""
        return [_xml.set_attribute(data, node, key, value) for key, value in self._said(version, segment).items()]

    def _said(self, version: str, segment: Segment) -> Mapping[str, str]:
        """Attributes of a <target> (2.x: <segment>) that say how far it has come; none where that did not change."""
        if segment.state is State.TRANSLATED:
            match = remembered(segment)
            said = {"state-qualifier": "fuzzy-match" if match < 1 else "exact-match"} if match and self.made else {}
            return {**self.made, **said} if version == "1" else {"state": "translated"}
        if not _turned(segment):
            return {}
        if version == "2":
            return {"state": "final" if segment.state is State.CONFIRMED else "translated"}
        return self.done if segment.state is State.CONFIRMED else self.draft

    def _new_target(
        self, data: bytes, segment: Segment, version: str, language: str, inside: bytes
    ) -> list[tuple[int, int, bytes]]:
        source: Node = segment.meta["source"]
        unit: Node = segment.meta["unit"]
        name = _inline.tag_name(data, source).replace("source", "target")
        attributes = ""
        edits: list[tuple[int, int, bytes]] = []
        after = source
        if version == "1":
            after = unit.first("seg-source") or source
            attributes = f' xml:lang="{_xml.quote(language)}"' if language else ""
            attributes += "".join(f' {key}="{value}"' for key, value in self._said(version, segment).items())
        elif segment.meta["holder"] is not None:
            edits += self._state(data, segment.meta["holder"], version, segment)
        made = _inline.indent_before(data, source) + f"<{name}{attributes}>".encode() + inside + f"</{name}>".encode()
        return [*edits, (after.end, after.end, made)]

    def _new_segmented(self, data: bytes, group: list[Segment], language: str, early: bool) -> list[Edit]:
        """A <target> for a unit cut into <mrk mtype="seg">: the seg-source with each segment's target in place."""
        cut: Node = group[0].meta["parent"]
        unit: Node = group[0].meta["unit"]
        inner = _xml.edited(
            data, [(s.meta["source"].inner, s.meta["source"].inner_end, _inline.rendered(s)) for s in group]
        )
        grown = len(inner) - len(data)
        content = inner[cut.inner : cut.inner_end + grown]
        target = unit.first("target")
        head = next((s for s in group if s.state is not State.CONFIRMED), group[0])
        said = {} if early and head.state is State.CONFIRMED else self._said("1", head)
        if target is not None:
            marked = [_xml.set_attribute(data, target, key, value) for key, value in said.items()]
            return [_inline.replaced(data, target, content), *marked]
        name = _inline.tag_name(data, cut).replace("seg-source", "target")
        marks = "".join(f' {k}="{v}"' for k, v in said.items())
        lang = f' xml:lang="{_xml.quote(language)}"' if language else ""
        made = _inline.indent_before(data, cut) + f"<{name}{lang}{marks}>".encode() + content + f"</{name}>".encode()
        return [(cut.end, cut.end, made)]


def _turned(segment: Segment) -> bool:
    """Has it been confirmed, or taken up again, since the file was read?"""
    return (segment.state is State.CONFIRMED) != (segment.meta["state"] is State.CONFIRMED) and (
        segment.state in (State.CONFIRMED, State.NEW)
    )


def _checked(segments: list[Segment], name: str, unit: Node) -> list[Segment]:
    for segment in segments:
        if len(segment.source) > MAX_UNIT:
            raise InputError(f"a unit of {len(segment.source):,} characters", where=f"{name}:{unit.line}")
    return [segment for segment in segments if segment.source.strip()]


def remembered(segment: Segment) -> float:
    """Similarity (1.01 with the same context) of the match of a translation memory that a target is; 0.0 for others."""
    found = re.fullmatch(r"memory:\w+:(\d+(?:\.\d+)?)", segment.provenance)
    return float(found.group(1)) if found is not None else 0.0


def _match(data: bytes, segment: Segment, inside: bytes) -> tuple[int, bytes]:
    """Origin and kind of a translation in the Translation Candidates module of XLIFF 2, and where it goes.

    Empty where the segment has no id to refer to, codes whose data lie in the unit, or matches already.
    """
    part: Node | None = segment.meta["holder"]
    unit: Node = segment.meta["unit"]
    source: Node = segment.meta["source"]
    content = data[source.inner : source.inner_end]
    if part is None or not part.get("id") or b"dataRef" in content or unit.first("matches") is not None:
        return unit.inner, b""
    left = _inline.tag_name(data, source)
    right = left.replace("source", "target")
    origin = _xml.quote(segment.provenance or "palladius")
    match = remembered(segment)
    kind = f'type="tm" similarity="{100 * min(1.0, match):.0f}"' if match else 'type="mt"'
    head = f'<mtc:match ref="#{_xml.quote(part.get("id"))}" {kind} origin="{origin}"><{left}>'
    return unit.inner, b"".join(
        [head.encode(), content, f"</{left}><{right}>".encode(), inside, f"</{right}></mtc:match>".encode()]
    )


def _said(segment: Segment) -> str:
    """Score and findings of a segment in one line."""
    said = [f"post-edit risk {segment.score.post_edit_risk:.2f}"] if segment.score is not None else []
    for found in segment.findings:
        said.append(
            f"{found.severity} {found.check}: {found.message}" + (f" ({found.suggestion})" if found.suggestion else "")
        )
    return f"{segment.id}: " + "; ".join(said) if said else ""


def _notes(data: bytes, group: list[tuple[Node, str]], version: str) -> Edit:
    """Notes on the segments of a unit."""
    unit = group[0][0]
    prefix = _inline.tag_name(data, unit).rpartition(":")[0]
    tag = f"{prefix}:note" if prefix else "note"
    how = 'category="palladius" appliesTo="target"' if version == "2" else 'from="palladius" annotates="target"'
    made = "".join(f"<{tag} {how}>{_xml.escape(said)}</{tag}>" for _, said in group).encode()
    if version == "2":
        notes = unit.first("notes")
        if notes is not None:
            return _inline.replaced(data, notes, made) if notes.empty else (notes.inner_end, notes.inner_end, made)
        first = unit.first("originalData", "segment", "ignorable")
        assert first is not None
        return first.start, first.start, f"<{tag}s>".encode() + made + f"</{tag}s>".encode()
    last = unit.first("target") or unit.first("seg-source") or unit.first("source")
    assert last is not None
    return last.end, last.end, made
