"""XLIFF 1.2 and 2.x: only targets and their state are written, every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pipeline.errors import InputError
from pipeline.formats import _inline, _xml
from pipeline.formats._xml import Node
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Document, Lang, Segment, State

_FINAL = {"final", "signed-off"}
_MADE = {"1": {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"}, "2": {"state": "translated"}}


class Xliff(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff")
    bilingual: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        raw, encoding = _xml.to_utf8(data, name)
        root = _xml.parse(raw, name)
        if root.tag != "xliff":
            raise InputError(f"is <{root.tag}>, no XLIFF", where=f"{name}:{root.line}")
        version = "2" if root.get("version", "1.2").startswith("2") else "1"
        files = list(root.all("file"))
        if version == "2":
            said = root.get("srcLang"), root.get("trgLang")
        else:
            said = (files[0].get("source-language"), files[0].get("target-language")) if files else ("", "")
        source = source or _inline.language(said[0])
        target = target or _inline.language(said[1])
        segments = [s for unit in root.all("unit", "trans-unit") for s in _unit(raw, unit, version, name)]
        if not segments:
            raise InputError("holds no unit to translate", where=name)
        skeleton = (raw, encoding, version, said[1] or target or "")
        return Document(name, "xliff", tuple(segments), source, target, skeleton=skeleton)

    def write(self, document: Document) -> bytes:
        raw, encoding, version, language = document.skeleton
        edits: list[tuple[int, int, bytes]] = []
        fresh: dict[int, list[Segment]] = {}  # units of XLIFF 1.2 whose segments have no target yet
        for segment in document.segments:
            meta = segment.meta
            if segment.target is None or (segment.target, segment.target_codes) == meta["given"]:
                continue
            inside = _inline.rendered(segment)
            node: Node | None = meta["target"]
            if node is not None:
                edits.append(_inline.replaced(raw, node, inside))
                edits += _state(raw, meta["holder"] or node, version, segment)
            elif meta["parent"] is not None:
                fresh.setdefault(meta["parent"].start, []).append(segment)
            else:
                edits += _new_target(raw, segment, version, language, inside)
        for group in fresh.values():
            edits += _new_segmented(raw, group, language)
        return _xml.from_utf8(_xml.edited(raw, edits), encoding)


def _unit(data: bytes, unit: Node, version: str, name: str) -> list[Segment]:
    key = unit.get("id") or str(unit.line)
    original = next((n.get("original") or n.get("id") for n in _up(unit) if n.tag == "file"), "")
    locked = unit.inherited("translate") == "no" or unit.get("locked") in ("yes", "true")
    if version == "2":
        parts = [node for node in unit.children if node.tag == "segment"]
        out = []
        for index, part in enumerate(parts):
            source, target = part.first("source"), part.first("target")
            if source is not None:
                state = _read_state(locked, part.get("state"), False)
                out.append(
                    _segment(
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
    state = _read_state(locked, target.get("state") if target is not None else "", approved)
    cut = unit.first("seg-source")
    marks = [m for m in cut.all("mrk") if m.get("mtype") == "seg"] if cut is not None else []
    if cut is None or not marks:
        return _checked([_segment(data, unit, key, source, target, state, None, None)], name, unit)
    there = {m.get("mid"): m for m in target.all("mrk") if m.get("mtype") == "seg"} if target is not None else {}
    del original
    return _checked(
        [
            _segment(
                data,
                unit,
                f"{key}.{mark.get('mid')}",
                mark,
                there.get(mark.get("mid")),
                state,
                target,
                None if there else cut,
            )
            for mark in marks
        ],
        name,
        unit,
    )


def _up(node: Node) -> list[Node]:
    chain: list[Node] = []
    at: Node | None = node
    while at is not None:
        chain.append(at)
        at = at.parent
    return chain


def _checked(segments: list[Segment], name: str, unit: Node) -> list[Segment]:
    for segment in segments:
        if len(segment.source) > MAX_UNIT:
            raise InputError(f"a unit of {len(segment.source):,} characters", where=f"{name}:{unit.line}")
    return [segment for segment in segments if segment.source.strip()]


def _read_state(locked: bool, state: str, approved: bool) -> State:
    if locked:
        return State.LOCKED
    return State.CONFIRMED if approved or state in _FINAL else State.NEW


def _segment(
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
    text, codes = _inline.content(data, source, keep_space=keep)
    given, placed = _inline.content(data, target, keep_space=keep) if target is not None else ("", ())
    meta = {
        "target": target,
        "holder": holder,
        "parent": parent,
        "source": source,
        "unit": unit,
        "given": (given or None, placed),
    }
    return Segment(key, text, given or None, state, codes, placed, meta=meta)


def _state(data: bytes, node: Node, version: str, segment: Segment) -> list[tuple[int, int, bytes]]:
    """Machine output is marked as such; a person's target that was only put right keeps its state."""
    if segment.state is not State.TRANSLATED or (node.tag == "target" and node.empty):
        return []
    return [_xml.set_attribute(data, node, key, value) for key, value in _MADE[version].items()]


def _new_target(
    data: bytes, segment: Segment, version: str, language: str, inside: bytes
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
        if segment.state is State.TRANSLATED:
            attributes += "".join(f' {key}="{value}"' for key, value in _MADE["1"].items())
    elif segment.state is State.TRANSLATED and segment.meta["holder"] is not None:
        edits.append(_xml.set_attribute(data, segment.meta["holder"], "state", "translated"))
    made = _inline.indent_before(data, source) + f"<{name}{attributes}>".encode() + inside + f"</{name}>".encode()
    return [*edits, (after.end, after.end, made)]


def _new_segmented(data: bytes, group: list[Segment], language: str) -> list[tuple[int, int, bytes]]:
    """A <target> for a unit cut into <mrk mtype="seg">: the seg-source with each segment's target in place."""
    cut: Node = group[0].meta["parent"]
    unit: Node = group[0].meta["unit"]
    inner = _xml.edited(
        data, [(s.meta["source"].inner, s.meta["source"].inner_end, _inline.rendered(s)) for s in group]
    )
    grown = len(inner) - len(data)
    content = inner[cut.inner : cut.inner_end + grown]
    target = unit.first("target")
    if target is not None:
        return [_inline.replaced(data, target, content), *_state(data, target, "1", group[0])]
    name = _inline.tag_name(data, cut).replace("seg-source", "target")
    head = replace(group[0], codes=(), target_codes=())
    marks = "".join(f' {k}="{v}"' for k, v in _MADE["1"].items()) if head.state is State.TRANSLATED else ""
    lang = f' xml:lang="{_xml.quote(language)}"' if language else ""
    made = _inline.indent_before(data, cut) + f"<{name}{lang}{marks}>".encode() + content + f"</{name}>".encode()
    return [(cut.end, cut.end, made)]


PLUGIN = Xliff()
