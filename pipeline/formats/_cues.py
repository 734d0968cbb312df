"""Subtitles as cues: a time line and the text lines under it; everything else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _inline, _plain
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Code, Document, Lang, Segment

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TIME = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_SPEECH = re.compile(r"\s*(?:<[^>]*>)*(?P<dash>[-–—]{1,2})(?:[ \u00a0\u3000]|(?![\d-]))\s?(?P<first>\S)")  # not -5
_HAN = "[\u3000-\u9fff\uff00-\uffef]"
_SEAM = re.compile(rf"(?<={_HAN})\s*[\r\n]\s*(?={_HAN}|[—…])|(?<=[—…])\s*[\r\n]\s*(?={_HAN})")
_VOICE = re.compile(r"\s*<v[.\s]")
_DASH = re.compile(r"\s*[-–—]{1,2}\s?")
_ENDED = re.compile(r"[.!?…。！？；;:：][\s\"'»”’」』)）]*(?:<[^>]*>)*\s*\Z")
_TAG = re.compile(r"<[^>]*>|\{[^}]*\}")


class Cues(Format):
    named: ClassVar[str]
    codes: ClassVar[re.Pattern[str]]  # groups open, close, empty

    def escape(self, text: str) -> str:
        return text

    def unescape(self, text: str) -> str:
        return text

    def skipped(self, block: str) -> bool:
        """Is a block without a time line allowed?"""
        return False

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        text = files.decode(data, name)
        kept: list[str] = []
        segments: list[Segment] = []
        start = 0
        for number, begin, lines in _blocks(text):
            at = next((i for i, line in enumerate(lines[:2]) if _TIME.match(line)), None)
            if at is None:
                if not self.skipped(lines[0]) and not (segments and number > 1 and self.skipped("")):
                    raise InputError(
                        "no time line", where=f"{name}:{number}", hint="a cue is 00:00:01,000 --> 00:00:02,000"
                    )
                continue
            place = begin + sum(map(len, lines[: at + 1]))
            for index, group in enumerate(_spoken(lines[at + 1 :])):
                whole = "".join(group)
                dash = _DASH.match(whole) if _SPEECH.match(whole) else None
                place += dash.end() if dash is not None else 0
                whole = whole[dash.end() :] if dash is not None else whole
                raw = whole.rstrip("\r\n")
                if raw.strip():
                    plain, codes = self._parsed(raw)
                    if len(plain) > MAX_UNIT:
                        raise InputError(f"a cue of {len(plain):,} characters", where=f"{name}:{number}")
                    if plain.strip():
                        kept.append(text[start:place])
                        start = place + len(raw)
                        key = f"{number}" if index == 0 else f"{number}.{index + 1}"
                        segments.append(Segment(key, plain, codes=codes, meta={"raw": raw, "line": number}))
                place += len(whole)
        if not segments:
            raise InputError("holds no cue with text", where=name)
        kept.append(text[start:])
        bom = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        return Document(name, self.named, tuple(segments), source, target, skeleton=(bom, tuple(kept)))

    def write(self, document: Document) -> bytes:
        bom, kept = document.skeleton
        out = [bom]
        for before, segment in zip(kept, document.segments, strict=False):
            raw = segment.meta["raw"]
            out += (before, raw if segment.target is None else self._wrapped(segment, raw))
        return "".join([*out, kept[-1]]).encode("utf-8")

    def _parsed(self, raw: str) -> tuple[str, tuple[Code, ...]]:
        joined = _SEAM.sub("", raw)
        joined = re.sub(r"\s*(?:\r\n|\r|\n)\s*", " ", joined)
        # Entities become text only after the codes are out, so that "&lt;i&gt;" stays words.
        plain, codes = _inline.lifted(joined, (), self.codes, str, _name)
        return _unescaped(plain, codes, self.unescape)

    def _wrapped(self, segment: Segment, raw: str) -> str:
        """The target on as many lines as the source had."""
        made = _plain.rendered(segment, self.escape)
        lines = len(re.findall(r"\r\n|\r|\n", raw)) + 1
        newline = next(iter(re.findall(r"\r\n|\r|\n", raw)), "\n")
        made = re.sub(r"\s*[\r\n]\s*", newline, made)  # a blank line would end the cue
        return made if lines == 1 or "\n" in made else newline.join(p for p in _folded(made, lines) if p.strip())


def _name(raw: str) -> str:
    found = re.match(r"[<{]/?([a-zA-Z]+)", raw)
    return found.group(1).lower() if found else raw


def _unescaped(plain: str, codes: tuple[Code, ...], unescape: Callable[[str], str]) -> tuple[str, tuple[Code, ...]]:
    text, at, moved = "", 0, []
    for code in codes:
        text += unescape(plain[at : code.position])
        at = code.position
        moved.append(Code(code.id, code.kind, code.text, len(text), code.pair))
    return text + unescape(plain[at:]), tuple(moved)


def _blocks(text: str) -> list[tuple[int, int, list[str]]]:
    """(line number, offset, lines) of each run of lines that are not blank."""
    found: list[tuple[int, int, list[str]]] = []
    fresh = True
    for number, match in enumerate(_LINE.finditer(text), 1):
        if not match.group().strip():
            fresh = True
            continue
        if fresh:
            found.append((number, match.start(), []))
            fresh = False
        lines = found[-1][2]
        if _TIME.match(match.group()) and any(_TIME.match(line) for line in lines):  # no blank line before this cue
            moved = [lines.pop()] if len(lines) > 1 and lines[-1].strip().isdigit() else []
            found.append((number - len(moved), match.start() - sum(map(len, moved)), moved))
        found[-1][2].append(match.group())
    return found


def _spoken(lines: list[str]) -> list[list[str]]:
    """Lines that belong together: each speaker's, whose first line starts with a dash, or with a voice of WebVTT.

    In «Москва / — столица» the dash is one of the sentence: where the first line of the cue has none, a small letter
    behind it goes on with what has not ended, and so does what follows a dash of two.
    """
    found: list[list[str]] = []
    for line in lines:
        speech = _SPEECH.match(line)
        fresh = not found or _VOICE.match(line) is not None
        if speech is not None and not fresh:
            goes_on = speech["first"].islower() or len(speech["dash"]) > 1
            fresh = not goes_on or _SPEECH.match(lines[0]) is not None or _ENDED.search(found[-1][-1]) is not None
        if fresh:
            found.append([])
        found[-1].append(line)
    return found


def _folded(text: str, lines: int) -> list[str]:
    """Text in `lines` lines of about the same length, broken at spaces, in Chinese behind marks; never in a tag."""
    inside = {i for match in _TAG.finditer(text) for i in range(match.start(), match.end())}
    wide = bool(_WIDE.search(text))
    places = [
        i
        for i, c in enumerate(text)
        if i not in inside and (c == " " or (wide and i and text[i - 1] in "，。、；：！？")) and 0 < i < len(text) - 1
    ]
    out, at = [], 0
    for left in range(lines, 1, -1):
        wanted = at + (len(text) - at) / left
        fitting = [i for i in places if i > at]
        if not fitting or len(text) - at < 12:
            break
        cut = min(fitting, key=lambda i: abs(i - wanted))
        out.append(text[at:cut].rstrip())
        at = cut + (text[cut] == " ")
    return [*out, text[at:]]
