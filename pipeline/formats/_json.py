"""JSON (RFC 8259) as it is written: every string with its place and its keys, and one clear error for what is none."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.formats.base import unseen

MAX_DEPTH = 100
Path = tuple[str | int, ...]
_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"')
_OTHER = re.compile(r"(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])")
_NO_NUMBER = re.compile(r"[+-]?(?:NaN|Infinity)\b")
_WORD = re.compile(r"[\w.+-]+")
_PLAIN = re.compile(r"[\w$-][^.\[\]\"]*")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A string, or any other value that holds no others (`text` is None); start and end with its quotation marks."""

    path: Path
    text: str | None
    start: int
    end: int


@dataclass(slots=True)
class _Frame:
    """An object or list that is not closed yet."""

    listed: bool
    key: str | int
    known: dict[str, int]  # keys, and where they stand
    start: int


def key(path: Path) -> str:
    """The keys as one name: menu.open, list[0], ["a.b"]."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            name += f".{part}" if name else part
        else:
            name += f"[{json.dumps(part, ensure_ascii=False)}]"
    return name


def leaves(text: str, name: str) -> list[Leaf]:
    """All values that hold no others, in order. Raises InputError (file:line) for what is no JSON object with keys that
    stand once, is nested over MAX_DEPTH, or holds NaN or half a surrogate pair."""
    reader = _Reader(text, name)
    at = reader.space(0)
    if at == len(text):
        raise InputError("is empty", where=name)
    if text[at] == "[":
        hint = 'a catalogue is one object, {"key": "text"}; a bitext of JSON lines is named .jsonl'
        raise reader.error(at, "is a list", hint)
    if text[at] != "{":
        raise reader.error(at, "is no JSON object", 'a catalogue is one object, {"key": "text"}')
    return reader.read(at)


class _Reader:
    """Reads without recursion, so that no nesting is too deep for it."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.stack: list[_Frame] = []
        self.found: list[Leaf] = []

    def line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def error(self, at: int, message: str, hint: str = "") -> InputError:
        return InputError(message, where=f"{self.name}:{self.line(at)}", hint=hint)

    def space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        assert match is not None
        return match.end()

    def read(self, at: int) -> list[Leaf]:
        """From the opening brace at `at` to the end of the text."""
        at = self.opened(at)
        while self.stack:
            frame = self.stack[-1]
            closing = "]" if frame.listed else "}"
            at = self.space(at)
            if self.text[at : at + 1] == closing:
                self.stack.pop()
                at = self.space(at + 1)
                if not self.stack:
                    break
                at = self.followed(at)
                continue
            at = self.value(at) if frame.listed else self.value(self.member(at, frame))
        if at < len(self.text):
            raise self.error(at, "goes on behind its last brace", "JSON lines are named .jsonl")
        return self.found

    def opened(self, at: int) -> int:
        if len(self.stack) >= MAX_DEPTH:
            raise self.error(at, f"is nested too deep (over {MAX_DEPTH} levels)")
        listed = self.text[at] == "["
        self.stack.append(_Frame(listed, 0 if listed else "", {}, at))
        return at + 1

    def member(self, at: int, frame: _Frame) -> int:
        """Past a key and its colon."""
        match = _STRING.match(self.text, at)
        if match is None:
            raise self.bad(at, "a key in double quotation marks")
        frame.key = name = self.string(match)
        if name in frame.known:
            first = self.line(frame.known[name])
            raise self.error(at, f'the key "{name[:80]}" stands twice (first in line {first})', "take one of them away")
        frame.known[name] = at
        at = self.space(match.end())
        if self.text[at : at + 1] != ":":
            raise self.bad(at, "a colon")
        return self.space(at + 1)

    def value(self, at: int) -> int:
        """Past a value, or into it where it holds others."""
        if self.text[at : at + 1] in ("{", "["):
            return self.opened(at)
        match = _STRING.match(self.text, at)
        path = tuple(frame.key for frame in self.stack)
        if match is not None:
            self.found.append(Leaf(path, self.string(match), at, match.end()))
        elif (match := _OTHER.match(self.text, at)) is not None:
            self.found.append(Leaf(path, None, at, match.end()))
        elif (match := _NO_NUMBER.match(self.text, at)) is not None:
            raise self.error(at, f"{match.group()} is no JSON", "write null, or a number")
        else:
            raise self.bad(at, "a value")
        return self.followed(self.space(match.end()))

    def followed(self, at: int) -> int:
        """Past the comma behind a value, or to the brace that closes what it is in."""
        frame = self.stack[-1]
        closing = "]" if frame.listed else "}"
        if self.text[at : at + 1] == closing:
            return at
        if self.text[at : at + 1] != ",":
            raise self.bad(at, f"a comma or {closing}")
        if isinstance(frame.key, int):
            frame.key += 1
        behind = self.space(at + 1)
        if self.text[behind : behind + 1] == closing:
            raise self.error(at, f"a comma before {closing}", "take it away")
        return behind

    def string(self, match: re.Match[str]) -> str:
        raw = match.group()
        if "\\" not in raw:
            return raw[1:-1]
        try:
            value = json.loads(raw)
            assert isinstance(value, str)
            value.encode("utf-8")
        except json.JSONDecodeError as error:
            raise self.error(
                match.start() + error.pos, "a backslash that means nothing", "write \\\\ for it"
            ) from error
        except UnicodeEncodeError as error:
            raise self.error(match.start(), "holds half a surrogate pair") from error
        return value

    def bad(self, at: int, wanted: str) -> InputError:
        """What stands where something else is needed."""
        rest = self.text[at : at + 2]
        if not rest:
            frame = self.stack[-1]
            inside = f"the {'list' if frame.listed else 'object'} opened in line {self.line(frame.start)} is not closed"
            return self.error(len(self.text.rstrip()), f"ends too early: {wanted} is missing", inside)
        if rest in ("//", "/*") or rest[0] == "#":
            return self.error(at, "a comment", "JSON has none: take it away")
        if rest[0] == "'":
            return self.error(at, "single quotation marks", 'JSON has double ones: "..."')
        if rest[0] == '"':
            end = re.compile(r"[\x00-\x1f]|\Z").search(self.text, at)
            if _STRING.match(self.text, at) is None and end is not None and end.end() > end.start():
                if (sign := unseen(end.group())) is not None:
                    return self.error(at, f"a string with {sign} in it", "take it away")
                return self.error(at, "a string that is not closed in its line", "write \\n for a line break")
        word = _WORD.match(self.text, at)
        if word is not None and wanted == "a value":
            return self.error(at, f"{word.group()[:40]} is no value of JSON", "true, false, null, a number or a string")
        return self.error(at, f"{wanted} is missing before {rest[0]!r}")
