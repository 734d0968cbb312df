"""What stands between the words of a Word paragraph: breaks, fields and ranges as text, single codes or pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# <w:bookmarkStart/> ... <w:bookmarkEnd/>
RANGES = {"bookmark", "commentRange", "perm", "moveFromRange", "moveToRange"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_DEEPEST = 60  # fields in fields, ranges over ranges
_SPOKEN = re.compile(r"\s*(?:HYPERLINK|TOC|$)")  # fields whose result is text to translate


@dataclass(slots=True)
class Piece:
    """Something in a paragraph. kind: text, open, close, raw, or number: a field whose result (`text`) is a number.

    `look` is the run's <w:rPr> as written.
    """

    kind: str
    text: str = ""
    look: str = ""
    start: int = 0
    end: int = 0
    before: str = ""  # what a raw piece is wrapped in
    after: str = ""
    parts: tuple[Piece, ...] = ()  # of a field: its own pieces, in place of all the above


def grouped(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a paragraph with neighbours of one look merged, and pairs where things belong together."""
    return _ranges(_merged(_spoken(_fields(pieces))))


def _spoken(pieces: list[Piece]) -> list[Piece]:
    """Tabs and line breaks between words are text, so that what they part is translated apart; others are codes."""
    words = [i for i, piece in enumerate(pieces) if piece.kind in ("text", "number") and piece.text.strip()]
    out = []
    for i, piece in enumerate(pieces):
        if piece.kind == "raw" and piece.text.startswith("sign:"):
            sign = piece.text.removeprefix("sign:")
            between = bool(words) and words[0] < i < words[-1] and not _underlined(piece)
            if sign == "noBreakHyphen" or between:
                out.append(Piece("text", SIGNS[sign], piece.look))
                continue
            piece = Piece("raw", sign, piece.look, piece.start, piece.end, piece.before, piece.after)
        elif piece.kind == "text" and not piece.text.strip() and _underlined(piece):
            piece = Piece("raw", "blank", parts=(piece,))
        out.append(piece)
    return out


def _underlined(piece: Piece) -> bool:
    """Is it a blank to be filled in by hand?"""
    return re.search(r"<\w*:?u [^>]*val=\"(?!none)", piece.look) is not None


def _merged(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if (
            piece.kind == "text"
            and out
            and out[-1].kind == "text"
            and (out[-1].look == piece.look or not piece.text.strip())
        ):
            out[-1] = Piece("text", out[-1].text + piece.text, out[-1].look)
        else:
            out.append(piece)
    return out


def _fields(pieces: list[Piece]) -> list[Piece]:
    """A field is one code with its result (a page number, a date), or a pair of codes around text (a hyperlink).

    A field that begins or ends in another paragraph is the code of what stands of it here.
    """
    out: list[Piece] = []
    begun: list[int] = []  # where in `out` the fields begin that have not ended
    for piece in pieces:
        out.append(piece)
        if piece.kind != "raw":
            continue
        if piece.text == "field-begin" and len(begun) < _DEEPEST:
            begun.append(len(out) - 1)
        elif piece.text == "field-separate" and begun and _heads(out[begun[-1] :]):
            at = begun[-1]
            out[at:] = [Piece("raw", "field-head", parts=tuple(out[at:]))]
        elif piece.text == "field-end" and begun:
            at = begun.pop()
            head, inside = out[at], out[at + 1 : -1]
            if head.text == "field-head" and _whole(inside):
                out[at:] = [
                    Piece("open", f"<{_name(head)}>", parts=head.parts),
                    *inside,
                    Piece("close", f"</{_name(head)}>", parts=(piece,)),
                ]
            else:
                whole = tuple(out[at:])
                number = re.fullmatch(r"\s*(\d{1,5})\s*", _result(whole))
                out[at:] = [
                    Piece("number", number.group(1), parts=whole) if number else Piece("raw", "field", parts=whole)
                ]
    if begun and out[begun[0]].text != "field-head":
        at = begun[0]
        out[at:] = [Piece("raw", "field", parts=tuple(out[at:]))] if _whole(out[at:]) else out[at:]
    return out


def _result(pieces: Sequence[Piece]) -> str:
    start = next((i for i, piece in enumerate(pieces) if piece.text == "field-separate"), len(pieces))
    return "".join(piece.text for piece in pieces[start:] if piece.kind == "text")


def _name(head: Piece) -> str:
    return "hyperlink" if "HYPERLINK" in _instruction(head.parts) else "field"


def _heads(pieces: Sequence[Piece]) -> bool:
    """Do they begin a field whose result is text to translate?"""
    return not pieces[0].parts and _SPOKEN.match(_instruction(pieces)) is not None


def _instruction(pieces: Sequence[Piece]) -> str:
    said = (piece.text for piece in pieces if piece.text.startswith("instruction:"))
    return "".join(text.removeprefix("instruction:") for text in said)


def _whole(pieces: Sequence[Piece]) -> bool:
    """Do the pairs among the pieces close inside them?"""
    depth = 0
    for piece in pieces:
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        if depth < 0:
            return False
    return depth == 0


def _ranges(pieces: list[Piece]) -> list[Piece]:
    """Starts and ends of bookmarks, comments and the like as pairs, where they do not cross other pairs."""
    out = list(pieces)
    stack: list[tuple[str, int]] = []  # name and id of a range, or "" for any other pair
    for i, piece in enumerate(pieces):
        if piece.kind == "open":
            stack.append(("", i))
        elif piece.kind == "close":
            while stack.pop()[0]:
                pass
        elif piece.kind == "raw" and " " in piece.text and not piece.parts:
            tag, _, key = piece.text.partition(" ")
            if tag.endswith("Start"):
                stack.append((f"{tag.removesuffix('Start')} {key}", i))
                continue
            wanted, above = f"{tag.removesuffix('End')} {key}", 0
            while above < min(len(stack), _DEEPEST) and stack[-1 - above][0] not in ("", wanted):
                above += 1
            if above < min(len(stack), _DEEPEST) and stack[-1 - above][0] == wanted:
                start = stack[-1 - above][1]
                del stack[len(stack) - 1 - above :]
                for at, kind in ((start, "open"), (i, "close")):
                    out[at] = Piece(kind, f"<{pieces[at].text}/>", parts=(pieces[at],))
    return out
