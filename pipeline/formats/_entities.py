"""Character references in pages and Markdown: &nbsp; and &copy; as codes, the others as what they mean, spelt again.

An engine loses both signs of "&copy;&nbsp;2025". Spaces by name and pictures (&copy;, &reg;) are therefore codes;
where one is a space, the text has a plain one beside it, which gives way when the text is written. Marks of punctuation
are translated, and spelt as the source spells them: "甲&mdash;乙" becomes «А&mdash;Б».
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.formats import _placeholders, codes
from pipeline.formats.references import PATTERN, REFERENCE
from pipeline.model import Code, Lang, Segment

_SPACE = r"&(?:nbsp|ensp|emsp|thinsp|\#160|\#8194|\#8195|\#8201|\#12288|\#[xX](?:[aA]0|200[239]|3000));"
_WHITE = r"[ \t\n\r\f]"
SPACES = rf"(?<!{_WHITE}){_WHITE}*{_SPACE}(?:{_WHITE}*{_SPACE})*{_WHITE}*"  # spaces by name, with those around them
_FOUND = re.compile(rf"(?P<space>{SPACES})|{PATTERN}")
_FRONT = re.compile(rf"(?:\s|{_SPACE})*")
_LAST = re.compile(rf"{_SPACE}\Z")
_ONE = re.compile(rf"\s*{_SPACE}\s*")
_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_UNITS = "%‰°€$₽£¥№§"  # what a space keeps together with a number, words apart
_ARROWS = "←↑→↓↔⇐⇒⇔•"


def is_picture(reference: str) -> bool:
    """Does it stand for a sign that is no part of the language: &copy;, &reg;, &rarr;? Degrees belong to numbers."""
    char = html.unescape(reference)
    return len(char) == 1 and char != "°" and (unicodedata.category(char) == "So" or char in _ARROWS)


def is_code(raw: str, before: str, after: str, target: Lang | None) -> bool:
    """Does a reference, or a run of spaces by name, between these characters stay as it is? Not the one space that
    keeps a number and its word together («5&nbsp;млн»), nor any between letters where Chinese is written, which has
    none."""
    if not _FOUND.fullmatch(raw) or not _placeholders.is_space(raw.strip()):
        return is_picture(raw)
    if _ONE.fullmatch(raw) is None:
        return True
    if not before or not after or _HAN.match(before) or _HAN.match(after):
        return True
    number = before.isdigit() or after.isdigit()
    return target != "zh" and not (number and all(char.isalnum() or char in _UNITS for char in (before, after)))


def cut(raw: str, target: Lang | None) -> Iterator[tuple[str, int, bool]]:
    """The pieces of a text, where they begin, and which of them are codes."""
    at = 0
    for match in _FOUND.finditer(raw) if "&" in raw else ():
        start, end = match.span()
        if is_code(match.group(), raw[start - 1 : start], raw[end : end + 1], target):
            if start > at:
                yield raw[at:start], at, False
            yield match.group(), start, True
            at = end
    if at < len(raw):
        yield raw[at:], at, False


def edges(raw: str) -> tuple[int, int]:
    """Where a text begins and ends without white space, by name or not."""
    front = _FRONT.match(raw)
    start = front.end() if front is not None else 0
    end = len(raw)
    while end > start:
        if raw[end - 1].isspace():
            end -= 1
        elif (last := _LAST.search(raw, max(start, end - 10), end)) is not None:
            end = last.start()
        else:
            break
    return start, max(start, end)


def spelt(raw: str) -> dict[str, str]:
    """Signs that the source spells as references, letters apart: "—" to "&mdash;"."""
    pairs = ((html.unescape(one), one) for one in REFERENCE.findall(raw)) if "&" in raw else ()
    return {char: one for char, one in pairs if len(char) == 1 and not char.isalnum()}


def respelt(text: str, signs: Mapping[str, str]) -> str:
    """The text with such signs as references, and nothing within a reference touched."""
    return "".join(signs.get(char, char) for char in text) if signs else text


def tightened(segment: Segment) -> Segment:
    """The segment with its codes placed, and without the plain spaces beside each space by name. One that stood between
    two words goes where there is but one: «План» for "A&nbsp;plan"."""
    text = segment.target or ""
    placed: Sequence[Code] = segment.target_codes
    if segment.codes and not placed:
        placed = codes.place(segment.source, text, segment.codes)
    if not any(map(_is_space, placed)):
        return replace(segment, codes=(), target_codes=tuple(placed))
    between = {code.id for code in segment.codes if 0 < code.position < len(segment.source)}
    front, end = len(text) - len(text.lstrip()), len(text.rstrip())
    made = [c for c in placed if not (_is_space(c) and c.id in between and not front < c.position < end)]
    gone: set[int] = set()  # characters
    for index, code in enumerate(made):
        if not _is_space(code):
            continue
        made[index] = replace(code, before="", after="")
        before, after = made[index - 1] if index else None, made[index + 1] if index + 1 < len(made) else None
        if before is not None and before.position == code.position:
            made[index - 1] = replace(before, after=before.after.rstrip(" "))
        else:
            floor = before.position if before is not None else 0
            start = floor + len(text[floor : code.position].rstrip(" "))
            gone.update(range(start, code.position))
        if after is not None and after.position == code.position:
            made[index + 1] = replace(after, before=after.before.lstrip(" "))
        else:
            rest = text[code.position : after.position if after is not None else len(text)]
            gone.update(range(code.position, code.position + len(rest) - len(rest.lstrip(" "))))
    kept = list(accumulate((at not in gone for at in range(len(text))), initial=0))
    moved = tuple(replace(code, position=kept[min(code.position, len(text))]) for code in made)
    bare = "".join(char for at, char in enumerate(text) if at not in gone)
    return replace(segment, target=bare, codes=(), target_codes=moved)


def _is_space(code: Code) -> bool:
    return _placeholders.is_space(code.text.strip())
