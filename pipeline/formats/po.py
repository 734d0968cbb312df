"""Gettext PO and POT: only msgstr strings are written; machine output is fuzzy, what was confirmed is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _inline, _plain
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Code, Document, Lang, Segment, State

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s*(".*")\s*$')
_MORE = re.compile(r'\s*(".*")\s*$')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CODES = re.compile(
    r"(?P<close></[a-zA-Z][\w-]*>)|(?P<empty><[a-zA-Z][^<>]*/>|<br>|%\([\w.]+\)[#0 +-]?[\d.]*[a-zA-Z]"
    r"|%(?:\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:hh|ll|[hlzjt])?[sdiufFeEgGxXcp@](?!\w)|%%|\$?\{[\w.:!-]*\})"
)


@dataclass(slots=True)
class _Entry:
    start: int  # where its first msg line starts
    line: int
    flags: tuple[int, int] | None = None  # the "#," line without its end
    fuzzy: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


class Po(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".po", ".pot")
    bilingual: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        text = files.decode(data, name)
        bom = data.startswith(b"\xef\xbb\xbf")
        segments: list[Segment] = []
        language = ""
        for entry in _entries(text, name):
            ids = entry.texts.get("msgid", "")
            if not ids:
                head = entry.texts.get("msgstr", "")
                charset = re.search(r"charset=([\w-]+)", head)
                if charset and charset.group(1).lower() not in ("utf-8", "utf8", "us-ascii", "ascii", "charset"):
                    raise InputError(
                        f"is declared as {charset.group(1)}", where=name, hint="convert it: msgconv -t UTF-8"
                    )
                found = re.search(r"^Language:\s*(\S+)", head, re.MULTILINE)
                language = found.group(1) if found else ""
                continue
            segments += _segments(entry, name)
        if not segments:
            raise InputError("holds no message", where=name)
        return Document(name, "po", tuple(segments), source, target or _inline.language(language), skeleton=(bom, text))

    def write(self, document: Document) -> bytes:
        bom, text = document.skeleton
        edits: dict[tuple[int, int], str] = {}
        left = {s.meta["entry"].start for s in document.segments if s.state is not State.CONFIRMED}
        for segment in document.segments:
            entry: _Entry = segment.meta["entry"]
            if entry.fuzzy and entry.flags is not None and entry.start not in left:
                edits.update([_sure(text, entry.flags)])
            if segment.target is None or (segment.target, segment.target_codes) == segment.meta["given"]:
                continue
            start, end = segment.meta["span"]
            edits[start, end] = _quoted(_plain.rendered(segment), "\r\n" if "\r\n" in text[:2000] else "\n")
            if segment.state is State.TRANSLATED and not entry.fuzzy:
                if entry.flags is not None:
                    edits[entry.flags[1], entry.flags[1]] = ", fuzzy"
                else:
                    edits[entry.start, entry.start] = "#, fuzzy" + ("\r\n" if "\r\n" in text[:2000] else "\n")
        out, at = ["\ufeff" if bom else ""], 0
        for (start, end), new in sorted(edits.items()):
            out += (text[at:start], new)
            at = end
        return "".join([*out, text[at:]]).encode("utf-8")


def _sure(text: str, flags: tuple[int, int]) -> tuple[tuple[int, int], str]:
    """The edit that takes "fuzzy" from a line of flags, and the line where nothing else is on it."""
    start, end = flags
    kept = [word for part in text[start + 2 : end].split(",") if (word := part.strip()) and word != "fuzzy"]
    if kept:
        return (start, end), "#, " + ", ".join(kept)
    newline = text.find("\n", end)
    return (start, len(text) if newline < 0 else newline + 1), ""


def _entries(text: str, name: str) -> list[_Entry]:
    found: list[_Entry] = []
    entry: _Entry | None = None
    key = ""
    flags: tuple[int, int] | None = None
    fuzzy = False
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match.group().rstrip("\r\n")
        start, body = match.start(), line.strip()
        if not body or body.startswith("#"):
            key = ""
            if body.startswith("#,"):
                flags, fuzzy = (start, start + len(line.rstrip())), "fuzzy" in body
            elif not body:
                flags, fuzzy = None, False
            continue
        where = f"{name}:{number}"
        head = _KEY.match(line)
        if head is not None:
            word = head.group(1)
            if entry is None or word == "msgctxt" or (word == "msgid" and "msgid" in entry.texts):
                entry = _Entry(start, number, flags, fuzzy)
                flags, fuzzy = None, False
                found.append(entry)
            key, begin, raw = word, start + head.start(3), head.group(3)
            if key in entry.texts:
                raise InputError(f"a second {key}", where=where)
            entry.texts[key], entry.spans[key] = _value(raw, where), (begin, begin + len(raw))
            continue
        more = _MORE.match(line)
        if more is None or entry is None or not key:
            raise InputError("is no line of a PO file", where=where, hint='msgid "...", msgstr "..." or a comment')
        entry.texts[key] += _value(more.group(1), where)
        entry.spans[key] = (entry.spans[key][0], start + more.end(1))
    return found


def _value(raw: str, where: str) -> str:
    match = _STRING.fullmatch(raw)
    if match is None:
        raise InputError("a quotation mark is missing or not escaped", where=where)

    def plain(found: re.Match[str]) -> str:
        octal, hexadecimal, letter = found.groups()
        if octal or hexadecimal:
            return chr(int(octal, 8) if octal else int(hexadecimal, 16))
        return _NAMED.get(letter, letter)

    return _ESCAPE.sub(plain, match.group(1))


def _segments(entry: _Entry, name: str) -> list[Segment]:
    made = []
    for key, span in entry.spans.items():
        if not key.startswith("msgstr"):
            continue
        number = key[7:-1]
        origin = "msgid_plural" if number not in ("", "0") and "msgid_plural" in entry.texts else "msgid"
        whole = entry.texts[origin]
        if len(whole) > MAX_UNIT:
            raise InputError(f"a message of {len(whole):,} characters", where=f"{name}:{entry.line}")
        text, codes = _lifted(whole)
        given, placed = _lifted(entry.texts[key])
        meta = {
            "span": span,
            "entry": entry,
            "given": (given or None, placed),
            "context": entry.texts.get("msgctxt", ""),
        }
        ident = f"{entry.line}" + (f".{number}" if number else "")
        made.append(Segment(ident, text, given or None, codes=codes, target_codes=placed, meta=meta))
    return made


def _lifted(text: str) -> tuple[str, tuple[Code, ...]]:
    """HTML tags and placeholders as codes."""
    tags = "|".join(_pairs(text)) or "(?!)"
    paired = re.compile(rf"(?P<open><(?:{tags})(?:\s[^<>]*)?>)|" + _CODES.pattern)
    return _inline.lifted(text, (), paired, str, _tag)


def _pairs(text: str) -> list[str]:
    return sorted({re.escape(name) for name in re.findall(r"</([a-zA-Z][\w-]*)>", text)})


def _tag(raw: str) -> str:
    found = re.match(r"</?([\w-]+)", raw)
    return found.group(1) if found else raw


def _quoted(text: str, newline: str) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    strings = []
    for line in lines or [""]:
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        strings.append('"' + escaped.replace("\r", "\\r") + '"')
    return strings[0] if len(strings) == 1 else newline.join(['""', *strings])


PLUGIN = Po()
