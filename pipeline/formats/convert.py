"""One format into another: a new bitext with the sources and targets of a document of any format."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pipeline.errors import UsageError
from pipeline.formats import base, woven
from pipeline.formats.woven import Woven
from pipeline.model import Code, Document, Segment, State

_NAME = re.compile(r"</?[\w:-]+|\][(\[]")
_RUN = frozenset(("<run>", "</run>"))
MADE = ("jsonl", "tsv", "tmx", "xliff")  # formats that can be made from nothing


def converted(document: Document, name: str) -> bytes:
    """The document as a file of the format `name` (one of MADE), with states, scores and notes where it has room.

    Placeholders of the text stay in it. Markup goes into codes of XLIFF and TMX, and is left out of tables. Raises
    UsageError where nothing can be written.
    """
    plugin = base.plugin(name)
    markup = name in ("tmx", "xliff")
    segments = [portable(s, document.format, markup=markup) for s in document.segments if s.source.strip()]
    whole = document.with_segments(segments)
    bare = whole.with_segments(replace(s, target=None) if s.state is State.TRANSLATED else s for s in segments)
    made, full = plugin.fresh(bare), plugin.fresh(whole)
    if made is None or full is None or not segments:
        raise UsageError(f"{document.name}: cannot be written as {name}", hint=f"possible: {', '.join(MADE)}")
    start = plugin.read(made, document.name, document.source_lang, document.target_lang)
    end = plugin.read(full, document.name, document.source_lang, document.target_lang)
    out = [
        replace(
            new,
            target=there.target,
            target_codes=there.target_codes,
            state=State.TRANSLATED if old.state is State.TRANSLATED else new.state,
            provenance=old.provenance,
            findings=old.findings,
            score=old.score,
        )
        for old, new, there in zip(segments, start.segments, end.segments, strict=True)
    ]
    return plugin.write(replace(start, segments=tuple(out), meta=document.meta))


def has_markup(document: Document) -> bool:
    """Is there a code that a table cannot hold?"""
    codes = (code for s in document.segments for code in (*s.codes, *s.target_codes))
    return any(woven.is_markup(code, document.format) for code in codes)


def portable(segment: Segment, format_name: str, *, markup: bool) -> Segment:
    """The segment with its placeholders in the text and, beside it, numbered codes whose text is the native markup,
    or what it stands for in a bitext.

    A code of the target has the number of the same code of the source. Without `markup`, markup is dropped.
    """
    segment = _alike(segment, format_name)
    numbers: dict[tuple[str, str, int], int] = {}
    source, codes = _told(segment.source, segment.codes, format_name, numbers)
    target, placed = segment.target, tuple[Code, ...]()
    if target is not None:
        there = segment.target_codes
        if not there and not _made(segment):
            pass  # a person left the codes out
        elif segment.codes and not there and target != segment.source:
            from pipeline.formats.codes import place

            there = tuple(place(segment.source, target, segment.codes))
        elif not there:
            there = segment.codes
        target, placed = _told(target, there, format_name, numbers)
    if not markup:
        codes, placed = (), ()
    return replace(segment, source=source, target=target, codes=codes, target_codes=placed)


def spoken(segment: Segment, format_name: str) -> tuple[Segment, Woven]:
    """The segment with its placeholders in the text as a reader sees them, and where they stand in its target. Codes
    that the target lacks are lacking."""
    kind = "marked" if format_name == "markdown" else format_name
    segment = _alike(segment, kind)
    words = [[c for c in side if not woven.is_markup(c, kind)] for side in (segment.codes, segment.target_codes)]
    places = Woven.of(segment.target or "", words[1], lambda code: woven.display(code, kind))
    if not any(words):
        return segment, places
    numbers: dict[tuple[str, str, int], int] = {}
    source, codes = _told(segment.source, segment.codes, kind, numbers)
    target, placed = _told(segment.target or "", segment.target_codes, kind, numbers)
    made = replace(segment, source=source, codes=codes, target_codes=placed)
    return made if segment.target is None and not words[1] else replace(made, target=target), places


def _alike(segment: Segment, format_name: str) -> Segment:
    """Of a text and its translation in two files ("apart"): tags of the source as the translation has them, where it
    has one of that name. A link there goes to a page in the other language: <a href="/zh/a"> is <a href="/ru/a">. The
    runs of Word, which fonts and corrections cut as they like, are those of the translation.
    """
    if not segment.meta.get("apart") or segment.codes == segment.target_codes:
        return segment
    waiting: dict[tuple[str, str], list[Code]] = defaultdict(list)
    for code in segment.target_codes:
        if woven.is_markup(code, format_name):
            waiting[code.kind, _name(code)].append(code)
    codes: list[Code] = []
    for code in segment.codes:
        if code.text in _RUN:
            continue
        found = waiting[code.kind, _name(code)] if woven.is_markup(code, format_name) else []
        if found:
            same = found.pop(next((i for i, one in enumerate(found) if one.text == code.text), 0))
            code = replace(same, position=code.position, before=code.before, after=code.after)
        codes.append(code)
    end = len(segment.source)
    codes += (replace(c, position=min(c.position, end)) for c in segment.target_codes if c.text in _RUN)
    return replace(segment, codes=tuple(sorted(codes, key=lambda code: code.position)))


def _name(code: Code) -> str:
    """What a tag is, whatever its attributes say: <a, </a; the end of a link of Markdown, ](; else as it is written."""
    return found.group() if (found := _NAME.match(code.text)) is not None else code.text


def _made(segment: Segment) -> bool:
    """Is the target new since the file was read?"""
    given = segment.meta.get("given")
    return segment.state is State.TRANSLATED or not isinstance(given, tuple) or given[0] is None


def _told(
    text: str, codes: Iterable[Code], format_name: str, numbers: dict[tuple[str, str, int], int]
) -> tuple[str, tuple[Code, ...]]:
    out: list[Code] = []
    seen: dict[tuple[str, str], int] = {}
    pieces: list[str] = []
    at = grown = 0
    for code in sorted(codes, key=lambda one: one.position):
        if woven.is_markup(code, format_name):
            nth = seen.get((code.id, code.text), 0)
            seen[code.id, code.text] = nth + 1
            number = numbers.setdefault((code.id, code.text, nth), len(numbers) + 1)
            text_there = woven.display(code, format_name)
            out.append(replace(code, id=str(number), text=text_there, position=code.position + grown))
            continue
        literal = code.before + woven.display(code, format_name) + code.after
        pieces += (text[at : code.position], literal)
        at, grown = code.position, grown + len(literal)
    return "".join([*pieces, text[at:]]), tuple(out)


def numbers(segment: Segment, format_name: str) -> dict[str, Code]:
    """The codes of the segment's source that `portable` numbers, by their number."""
    found: dict[tuple[str, str, int], int] = {}
    _told(segment.source, segment.codes, format_name, found)
    seen: dict[tuple[str, str], int] = {}
    out: dict[str, Code] = {}
    for code in sorted(segment.codes, key=lambda one: one.position):
        if woven.is_markup(code, format_name):
            nth = seen.get((code.id, code.text), 0)
            seen[code.id, code.text] = nth + 1
            out[str(found[code.id, code.text, nth])] = code
    return out
