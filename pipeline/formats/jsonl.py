"""Bitext as JSON lines: {"id", "source", "target", "state"}; other keys are kept."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any, ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import LANGS, Document, Lang, Segment, State

_STATES = {"locked": State.LOCKED, "confirmed": State.CONFIRMED, "approved": State.CONFIRMED}


class Jsonl(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")
    bilingual: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        text = files.decode(data, name)
        segments: list[Segment] = []
        said: dict[str, str] = {}
        bom = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{name}:{number}"
            record = line_of(line, where)
            for key in ("source_lang", "target_lang"):
                if record.get(key) in LANGS:
                    said.setdefault(key, record[key])
            given = record.get("id")
            meta = {"record": record, "line": number}
            if given is not None and not isinstance(given, str):
                meta["id"] = given  # 7 stays 7
            key = "" if given is None else str(given)
            segments.append(Segment(key, record["source"], record.get("target"), _state(record), meta=meta))
        if not segments:
            raise InputError("is empty: no line to work on", where=name)
        rows = ((s.source, _lang(s.meta["record"]), s.meta["line"]) for s in segments)
        mixed = base.mixed(rows, name) if source is None else {}
        source = source or said.get("source_lang")  # type: ignore[assignment]
        target = target or said.get("target_lang")  # type: ignore[assignment]
        given = {segment.id for segment in segments}
        segments = [s if s.id else replace(s, id=base.key(s.meta["line"], given)) for s in segments]
        warned = mixed or base.doubled(((s.id, s.meta["line"]) for s in segments), name)
        return Document(name, "jsonl", tuple(segments), source, target, skeleton=(bom, lines), meta=warned)

    def fresh(self, document: Document) -> bytes:
        out: list[str] = []
        for segment in document.segments:
            record: dict[str, Any] = {"id": segment.id, "source": segment.source, "target": segment.target or ""}
            if segment.state in (State.CONFIRMED, State.LOCKED):
                record["state"] = str(segment.state)
            out.append(json.dumps(record, ensure_ascii=False) + "\n")
        return "".join(out).encode("utf-8")

    def write(self, document: Document) -> bytes:
        bom, lines = document.skeleton
        out = list(lines)
        for segment in document.segments:
            record = segment.meta["record"]
            new: dict[str, Any] = {}
            if segment.target is not None and segment.target != record.get("target"):
                new["target"] = segment.target
            if (segment.state is State.CONFIRMED) != (_state(record) is State.CONFIRMED):
                new["state"] = "confirmed" if segment.state is State.CONFIRMED else str(segment.state)
                if "confirmed" in record:
                    new["confirmed"] = segment.state is State.CONFIRMED
            if new:
                at = segment.meta["line"] - 1
                ending = "\r" if lines[at].endswith("\r") else ""
                out[at] = json.dumps({**record, **new}, ensure_ascii=False) + ending
        return f"{bom}{chr(10).join(out)}".encode()


def _lang(record: dict[str, Any]) -> str:
    """The language that a line says its source is in; "" where it says none that is known here."""
    said = record.get("source_lang")
    return said if isinstance(said, str) and said in LANGS else ""


def _state(record: dict[str, Any]) -> State:
    """By "state" ("confirmed", "approved", "locked"), or "confirmed": true."""
    return State.CONFIRMED if record.get("confirmed") is True else _STATES.get(str(record.get("state", "")), State.NEW)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'the key "{twice[:80]}" stands twice')
    return made


def _number(text: str) -> float:
    """NaN, Infinity, 1e999: Python knows them, JSON does not."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is no number of JSON")
    return value


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_number)


def line_of(line: str, where: str) -> dict[str, Any]:
    """The object of a line. Raises InputError where it is none, or its texts are none."""
    try:
        record = _DECODER.decode(line)
    except (ValueError, RecursionError) as error:  # a ValueError of its own: a number of thousands of digits
        at = getattr(error, "pos", len(line))
        if (sign := base.unseen(line[at : at + 1])) is not None:
            raise InputError(f"holds {sign}", where=where, hint="take it away") from error
        detail = getattr(error, "msg", "nested too deep" if isinstance(error, RecursionError) else str(error))
        raise InputError(f"is not a JSON object: {detail}", where=where, hint="one object a line") from error
    if not isinstance(record, dict):
        raise InputError("is not a JSON object", where=where, hint='one {"id", "source", "target"} a line')
    for key, needed in (("source", True), ("target", False)):
        value = record.get(key)
        if value is None and needed and key in record and isinstance(record.get("target"), str):
            value = record[key] = ""  # a translation whose source is not at hand
        if value is None and not needed:
            continue
        if not isinstance(value, str):
            hint = 'write "source": "" where there is none' if needed else "write a text or null"
            raise InputError(f'"{key}" is missing or no string', where=where, hint=hint)
        if len(value) > MAX_UNIT:
            raise InputError(f'"{key}" has {len(value):,} characters', where=where, hint="cut it into segments")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(f'"{key}" holds half a surrogate pair', where=where) from error
    return record


PLUGIN = Jsonl()
