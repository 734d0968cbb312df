"""How Markdown writes what stands in its text: patterns for the reader, and the texts inside of images and links.

Besides the marks of CommonMark there are signs that no engine may see: attributes of a heading ({#plan .wide}, as
Pandoc and kramdown have them), pictures by name (:smile:) and formulas ($x_1$, $$ ... $$).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape

from pipeline.formats import _entities
from pipeline.model import Code, Segment

_DESTINATION = r"(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
_TITLE = r"""(?:\s+(?:"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'))?\s*"""
_TO = rf"\({_DESTINATION}{_TITLE}\)"
_ATTRIBUTE = r"""(?:[\#.][\w:.-]+|[\w-]+=(?:"[^"{}]*"|[^\s{}"]+))"""
_ATTRIBUTES = rf":?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE}){{0,20}}[ ]*\}}"
_NAMED = r"(?:[a-z][a-z0-9_+-]{1,40}|[+-]1):"
_PICTURE = rf"{_NAMED}(?::{_NAMED}){{0,20}}(?![A-Za-z0-9:])"
_ADDRESS = r"https?://[^\s<>()\[\]\\*`，。；）]+"
_FORMULA = (
    r"\$\$[^$]{1,2000}\$\$"
    r"|(?<![A-Za-z0-9$])\$(?![\s{$])(?:[^$\\\u3400-\u9fffА-яЁё]|\\text\{[^{}$]{0,200}\}|\\.){1,200}"
    r"(?<=\S)\$(?![A-Za-z0-9{$])"  # no dollars: "$5 and $6", "${a} ${b}"
)
INLINE = re.compile(
    rf"""(?P<empty>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)      # code span
        |!\[(?:[^\]\\]++|\\.)*+\](?:{_TO}|\[[^\]]*\])               # image
        |<(?:https?|mailto):[^>\s]+>|{_ADDRESS}
        |<!--.*?-->|<(?P<skip>code|kbd|samp|var|tt)\b[^>]*>.{{0,500}}?</(?P=skip)>  # HTML that is no text
        |\[\^[^\]]+\]                                            # footnote mark
        |(?:(?<![ ])[ ]+)?\{{{_ATTRIBUTES}|(?<![A-Za-z0-9:]):{_PICTURE}|{_FORMULA})
      |(?P<space>{_entities.SPACES})
      |(?P<escape>\\[!-/:-@\[-`{{-~]|&\#?\w{{1,31}};)
      |(?P<tag></?[a-zA-Z][^>]*>)
      |(?P<link>\[)(?=[^\]]*\](?:\([^)]*\)|\[[^\]]*\]))
      |(?P<unlink>\](?:{_TO}|\([^)]*\)|\[[^\]]*\]))
      |(?P<mark>(?!\*{{1,3}}(?:\s|\Z))\*{{1,3}}|(?<=[^\s*])\*{{1,3}}|___|__|~~|(?<![\w])_(?=\S)|(?<=\S)_(?![\w]))""",
    re.VERBOSE | re.DOTALL,
)
# What would be a mark inside a paragraph, and what would be one at the start of a block or at the end of a heading.
_MARKS = re.compile(
    rf"""(?P<address>{_ADDRESS})|(?P<dollar>\$(?!\{{))
    |\\(?=[!-/:-@\[-`{{-~]|\Z)|\*|`|(?<!\w)_|_(?!\w)|(?<=_)_|~(?=~|\Z)|(?<=~)~
    |\[(?=\^|[ xX]\]|[^\]]*(?:\Z|\][(\[:]|\]\Z))|\](?=[(\[]|\Z)|<(?=[^\W\d_]|[/!?]|\Z)|&(?=\#?\w{{1,31}};)
    |\{{(?={_ATTRIBUTES})|(?<![A-Za-z0-9:]):(?={_PICTURE})""",
    re.VERBOSE,
)
BLOCK = re.compile(r"\#{1,6}(?=\s|\Z)|>|[-+](?=\s|\Z)|-(?=[ \t]*-[ \t-]*\Z)|\+(?=\+\+)|=(?==*\s*\Z)|:(?=[ \t])")
_ALT = re.compile(r"!\[((?:[^\]\\]++|\\.)*+)\]", re.DOTALL)
_TITLED = re.compile(r"""\s("(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+')\s*\)\Z""", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&\#?\w{1,31};")
_BRACKET = re.compile(r"(\\.)|([\[\]])", re.DOTALL)


def escaped(text: str, cell: bool, signs: Mapping[str, str], dollars: bool) -> str:
    """Text that is read as the same text: what would be a mark there gets a backslash. Addresses stay as they are.

    cell: in a table. signs: those that are spelt as references (`_entities.spelt`). dollars: would two of the paragraph
    be read as a formula?
    """

    def mark(found: re.Match[str]) -> str:
        raw = found.group()
        kept = found.lastgroup == "address" or raw in signs or (found.lastgroup == "dollar" and not dollars)
        return raw if kept else f"\\{raw}"

    made = _MARKS.sub(mark, re.sub(r"\s*[\r\n]\s*", " ", text))
    if signs:
        made = "".join(
            piece if _MARKS.match(piece) and piece.startswith("http") else _entities.respelt(piece, signs)
            for piece in re.split(rf"({_ADDRESS})", made)
        )
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", made) if cell else made


def inner(code: str) -> list[tuple[int, int, str]]:
    """Where in the raw text of a code words stand, and in which quotes: the alt text of an image ("" as quotes), the
    title of an image or a link. An alt text that is the label of a reference, too (`![图][]`), stays."""
    if code.endswith("][]"):
        return []
    alt = _ALT.match(code)
    found = [(*alt.span(1), "")] if alt is not None else []
    titled = _TITLED.search(code) if alt is not None or code.startswith("](") else None
    if titled is not None:
        start, end = titled.span(1)
        found.append((start + 1, end - 1, code[start]))
    return found


def title(raw: str) -> str:
    """What a title says."""
    return _ESCAPE.sub(lambda found: found.group(1) or unescape(found.group()), re.sub(r"\s*[\r\n]\s*", " ", raw))


def as_title(text: str, quote: str, cell: bool) -> str:
    """A title in such quotes."""
    text = re.sub(r"\s*[\r\n]\s*", " ", text)
    return re.sub(rf"\\(?=[!-/:-@\[-`{{-~]|\Z)|{quote}|&(?=\#?\w{{1,31}};){'|[|]' if cell else ''}", r"\\\g<0>", text)


def as_alt(written: str) -> str:
    """Inline text between the brackets of an image."""
    return _BRACKET.sub(lambda found: found.group(1) or f"\\{found.group(2)}", written)


def patched(code: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The raw text of a code with other words in it."""
    for start, end, new in sorted(edits, reverse=True):
        code = code[:start] + new + code[end:]
    return code


def without(code: Code, spans: Sequence[tuple[int, int]]) -> Code:
    """A code without the words at these places (see `inner`), a title with its quotes: ![图](a.png "标") is ![](a.png).
    They are segments of their own, and no part of the text that the code stands in."""
    text = code.text
    for start, end in sorted(spans, reverse=True):
        quoted = text[start - 1] in "\"'"
        text = text[: start - 1].rstrip() + text[end + 1 :] if quoted else text[:start] + text[end:]
    return replace(code, text=text)


def with_inner(segment: Segment, edits: Mapping[str, Sequence[tuple[int, int, str]]]) -> Segment:
    """A segment whose codes have their words again (see `without`), or those of `edits`, by the ids of the codes; one
    that has no target of its own keeps its raw text but for these."""
    whole: Mapping[str, str] = segment.meta.get("whole", {})
    if segment.target is None:
        raw = segment.meta["raw"]
        for key, text in whole.items():
            raw = raw.replace(text, patched(text, edits.get(key, ())), 1)
        return replace(segment, meta={**segment.meta, "raw": raw})

    def new(code: Code) -> Code:
        return replace(code, text=patched(whole[code.id], edits.get(code.id, ()))) if code.id in whole else code

    return replace(segment, codes=tuple(map(new, segment.codes)), target_codes=tuple(map(new, segment.target_codes)))
