"""Gettext PO and POT: only msgstr strings are written; machine output is fuzzy, what was confirmed is not."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _inline, _labels, _placeholders, _plain
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.formats.plurals import Way, uncounted
from pipeline.model import Document, Lang, Segment, State

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s*(".*")\s*$')
_MORE = re.compile(r'\s*(".*")\s*$')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))", re.DOTALL)
_CHARSET = re.compile(r"charset=([\w-]+)")
_COUNT = re.compile(r"%(?:\(\w+\)|\d+\$)?(?:hh|ll|[hlqjzt])?[diu](?!\w)|\{(?:0|n|num|count|number)\}")
_WAYS = 3  # numbers that stand for one plural form
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


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
    encoded: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        text, encoding = _decoded(data, name)
        bom = data.startswith(b"\xef\xbb\xbf")
        segments: list[Segment] = []
        language, label = "", (0, 0)
        samples: list[tuple[str, ...]] = []
        seen: dict[tuple[str, str], int] = {}
        meta: dict[str, str] = {}
        for entry in _entries(text, name):
            ids = entry.texts.get("msgid", "")
            if not ids:
                head = entry.texts.get("msgstr", "")
                found = re.search(r"^Language:[ \t]*(\S+)", head, re.MULTILINE)
                if found is not None:
                    label = entry.spans["msgstr"]
                language = found.group(1) if found else ""
                samples = _samples(head)
                continue
            segments += _segments(entry, name, samples)
            first = seen.setdefault((entry.texts.get("msgctxt", ""), ids), entry.line)
            if first != entry.line and not meta:
                said = f"the message {ids[:40]!r} stands in line {first} already (msgfmt refuses such a file)"
                meta = {"warning": f"{name}:{entry.line}: warning: {said}"}
        if not segments:
            raise InputError("holds no message", where=name)
        return Document(
            name,
            "po",
            tuple(segments),
            source,
            target or _inline.language(language),
            skeleton=(bom, text, encoding, language, label),
            meta=meta,
        )

    def write(self, document: Document) -> bytes:
        bom, text, encoding, language, label = document.skeleton
        edits: dict[tuple[int, int], str] = {}
        left = {s.meta["entry"].start for s in document.segments if s.state is not State.CONFIRMED}
        for segment in document.segments:
            entry: _Entry = segment.meta["entry"]
            if entry.fuzzy and entry.flags is not None and entry.start not in left:
                edits.update([_sure(text, entry.flags)])
            if segment.target is None or (segment.target, segment.target_codes) == segment.meta["given"]:
                continue
            start, end = segment.meta["span"]
            edits[start, end] = _quoted(_written(segment), "\r\n" if "\r\n" in text[:2000] else "\n")
            if segment.state is State.TRANSLATED and not entry.fuzzy:
                if entry.flags is not None:
                    edits[entry.flags[1], entry.flags[1]] = ", fuzzy"
                else:
                    edits[entry.start, entry.start] = "#, fuzzy" + ("\r\n" if "\r\n" in text[:2000] else "\n")
        if edits and (said := _labels.renamed(language, document)) is not None:
            head = text[slice(*label)]
            edits[label] = re.sub(rf"(?<![^\"n])(Language:[ \t]*){re.escape(language)}", rf"\g<1>{said}", head, count=1)
        out, at = ["\ufeff" if bom else ""], 0
        for (start, end), new in sorted(edits.items()):
            out += (text[at:start], new)
            at = end
        made = "".join([*out, text[at:]])
        try:
            return made.encode(encoding)
        except UnicodeEncodeError:  # a character that the old encoding does not have
            return _CHARSET.sub("charset=UTF-8", made, count=1).encode("utf-8")


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text, and the encoding that its header declares: kept on writing, where it has all the characters."""
    said = _CHARSET.search(data[:8000].decode("latin-1"))
    declared = said.group(1) if said is not None else ""
    if declared.lower() in ("", "utf-8", "utf8", "us-ascii", "ascii", "charset"):
        return files.decode(data, name), "utf-8"
    hint = f"convert it: msgconv -t UTF-8 -o NEW.po {shlex.quote(name)}"
    if not (encoding := files.known(declared)) or encoding.startswith("utf-16"):
        raise InputError(f"is declared as {declared}, which is not known here", where=name, hint=hint)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"is not the {declared} that it is declared as", where=f"{name}:{line}") from error
    return text, encoding


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
                _whole(entry, name)
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
    _whole(entry, name)
    return found


def _whole(entry: _Entry | None, name: str) -> None:
    """Raises InputError where an entry that is at its end has no msgid or no msgstr: two msgid in a row."""
    if entry is None:
        return
    for part in ("msgid", "msgstr"):
        if not any(key == part or key.startswith(f"{part}[") for key in entry.texts):
            hint = 'msgid "...", then msgstr "..."'
            raise InputError(f"a message without {part}", where=f"{name}:{entry.line}", hint=hint)


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


def _segments(entry: _Entry, name: str, samples: Sequence[tuple[str, ...]]) -> list[Segment]:
    made = []
    for key, span in entry.spans.items():
        if not key.startswith("msgstr"):
            continue
        number = key[7:-1]
        if number and "msgid_plural" not in entry.texts:
            raise InputError(f"{key} without a msgid_plural", where=f"{name}:{entry.line}")
        origin = "msgid_plural" if number not in ("", "0") else "msgid"
        whole, said = entry.texts[origin], entry.texts[key]
        if len(whole) > MAX_UNIT:
            raise InputError(f"a message of {len(whole):,} characters", where=f"{name}:{entry.line}")
        ways: list[Way] = []
        if number and int(number) < len(samples):
            ways = _ways(entry.texts["msgid"], entry.texts["msgid_plural"], said, samples[int(number)])
        if ways:
            said = said.replace(ways[0].placeholder, ways[0].number)
        text, codes = (ways[0].source, ways[0].codes) if ways else _placeholders.lifted(whole)
        given, placed = _placeholders.lifted(said)
        meta = {
            "span": span,
            "entry": entry,
            "line": entry.line,
            "given": (given or None, placed),
            "context": entry.texts.get("msgctxt", ""),
            "way": ways[0] if ways else None,
            "ways": tuple(ways[1:]),
        }
        ident = f"{entry.line}" + (f".{number}" if number else "")
        state = State.LOCKED if _placeholders.MESSAGE.fullmatch(whole) else State.NEW
        made.append(Segment(ident, text, given or None, state, codes=codes, target_codes=placed, meta=meta))
    return made


def _samples(head: str) -> list[tuple[str, ...]]:
    """Numbers that stand for each plural form of the file's language, from the Plural-Forms line of its header."""
    import gettext

    said = re.search(r"^Plural-Forms:.*?\bplural\s*=\s*([^;\n]+)", head, re.MULTILINE)
    try:
        form = gettext.c2py(said.group(1)) if said is not None else None
        forms = [form(n) for n in range(1, 130)] if form is not None else []
    except (ValueError, RecursionError, ZeroDivisionError, OverflowError):
        return []
    found = [
        tuple(str(n) for n, k in enumerate(forms, 1) if k == number) for number in range(max(forms, default=0) + 1)
    ]
    return found if all(found) else []


def _ways(single: str, plural: str, said: str, numbers: tuple[str, ...]) -> list[Way]:
    """What to ask for a plural form with: "21 cities", "31 cities"; the singular for 1, where it holds the placeholder
    or stands for 1 alone. None where it is not clear which placeholder counts."""
    found = _COUNT.findall(plural)
    if len(found) != 1 or said.count(found[0]) > 1:
        return []
    made: list[Way] = []
    for number in numbers:
        whole = single if number == "1" else plural
        if whole.count(found[0]) == 1 and not re.search(rf"(?<!\d){number}(?!\d)", whole + said):
            made.append(Way(*_placeholders.lifted(whole.replace(found[0], number)), number, found[0]))
        elif numbers == ("1",):
            return []
        if len(made) == _WAYS:
            break
    return made


def _written(segment: Segment) -> str:
    """The msgstr; line breaks at its ends as in the msgid, which msgfmt insists on."""
    text, source = uncounted(_plain.rendered(segment), segment.meta["way"]), segment.source
    if not text:
        return text
    start = "\n" if source.startswith("\n") and not text.startswith("\n") else ""
    return start + text + ("\n" if source.endswith("\n") and not text.endswith("\n") else "")


def _quoted(text: str, newline: str) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    strings = []
    for line in lines or [""]:
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        strings.append('"' + escaped.replace("\r", "\\r") + '"')
    return strings[0] if len(strings) == 1 else newline.join(['""', *strings])


PLUGIN = Po()
