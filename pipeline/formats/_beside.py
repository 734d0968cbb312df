"""White space beside inline codes: kept where the text stays as it is, and found anew where a code has a new place.

The plain text of a segment has one space where a file has one on both sides of a code: "see <x/> here" is "see here"
for an engine. The other one stays with the code (`Code.before`, `Code.after`), so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise

from pipeline.model import Code

_QUOTED = re.compile(  # shown as words are; formulas and pictures of Markdown too: $x_1$, :smile:
    r"`|<(?:code|kbd|samp|var|tt)\b[^<>]*>.|<?(?:https?|mailto):|!\[|\$[^\s{][\s\S]*\$\Z|:[a-z+-][\w+:-]*:\Z"
)
_SAID = re.compile(
    r"<(?:x|ph)\b[^>]*\b(?:equiv-text|equiv|disp)=[\"'](?:%|\$|\{)|<ph\b[^>]*>(?:%\w|\$?\{+\s*\w|\[\w+\])"
)
_LETTER = re.compile(r"[^\W\u3000-\u9fff]")
_BEFORE = re.compile(r"[^\W\u3000-\u9fff]|[,.:;!?»)%]")
_CLOSING = ",.:;!?…»”’)]}」』》）】，。、：；！？"  # no space before them, whatever the source has there
_OPENING = "«„“‘([{「『《（【"
_SPACES = re.compile(r"[^\S\n\r\t]+")


def is_word(code: Code) -> bool:
    """Does a code stand for a word, so that it has spaces around it among words: {name}, %s, `code`? Tags do not,
    nor signs that are written twice (%%), unless they say that they are placeholders."""
    if code.kind != "empty":
        return False
    literal = code.id == code.text and not code.text.startswith(("<", "&lt;")) and code.text not in ("$$", "%%")
    return literal or _QUOTED.match(code.text) is not None or says_a_placeholder(code)


def says_a_placeholder(code: Code) -> bool:
    """Is it a tag of a bitext that says that it stands for a placeholder: <ph>%s</ph>, <x equiv-text="{{ name }}"/>?"""
    return _SAID.match(code.text) is not None


def trimmed(text: str, codes: Sequence[Code], lead: int, end: int) -> tuple[str, tuple[Code, ...]]:
    """`text[lead:end]`, without white space at its ends. What of it stood between two codes, or between a code and the
    words, stays with the code: the number of a footnote, a space, and its text."""
    made: list[Code] = []
    at = end
    for index, code in enumerate(codes):
        here = code.position
        there = codes[index + 1].position if index + 1 < len(codes) else lead
        before = text[at:here] if here > at else ""
        after = text[here : min(there, lead)] if here < lead else ""
        at = max(at, here)
        place = min(max(0, here - lead), end - lead)
        made.append(replace(code, position=place, before=before + code.before, after=code.after + after))
    return text[lead:end], tuple(made)


def absorbed(text: str, codes: Sequence[Code]) -> tuple[str, list[Code]]:
    """One space in the text for one on either side of a code; the other stays with the code."""
    pieces: list[str] = []
    made: list[Code] = []
    at = gone = 0
    for index, code in enumerate(codes):
        here = code.position
        roof = codes[index + 1].position if index + 1 < len(codes) else len(text)
        end = here
        if text[here - 1 : here] == " " and here:
            while end < roof and text[end] == " ":
                end += 1
        made.append(replace(code, position=here - gone, after=code.after + text[here:end]))
        if end > here:
            pieces.append(text[at:here])
            at, gone = end, gone + end - here
    return "".join([*pieces, text[at:]]), made


def wanted(source: str, codes: Sequence[Code]) -> list[Code]:
    """The codes with the white space that stands on either side of them in the source, be it theirs or the text's.

    Pairs have only what is inside of them, "<b> two </b>", where there is some outside too or the text ends there: one
    space between two words goes outside.
    """
    return [
        _inside(code, _left(source, codes, i), _right(source, codes, i), len(source)) for i, code in enumerate(codes)
    ]


def _inside(code: Code, left: str, right: str, size: int) -> Code:
    if code.kind == "open" and right and (left or not code.position):
        return replace(code, before="", after=right)
    if code.kind == "close" and left and (right or code.position == size):
        return replace(code, before=left, after="")
    return code if code.kind != "empty" else replace(code, before=left, after=right)


def _left(source: str, codes: Sequence[Code], index: int) -> str:
    """White space before a code, looking through what opens there."""
    at = codes[index].position
    while not codes[index].before and index and codes[index - 1].position == at:
        index -= 1
        if codes[index].after or codes[index].kind != "open":
            return codes[index].after
    floor = codes[index - 1].position if index else 0
    start = at
    while start > floor and source[start - 1].isspace():
        start -= 1
    return codes[index].before or _only(source[start:at])


def _right(source: str, codes: Sequence[Code], index: int) -> str:
    """White space behind a code, looking through what closes there."""
    at = codes[index].position
    while not codes[index].after and index + 1 < len(codes) and codes[index + 1].position == at:
        index += 1
        if codes[index].before or codes[index].kind != "close":
            return codes[index].before
    roof = codes[index + 1].position if index + 1 < len(codes) else len(source)
    end = at
    while end < roof and source[end].isspace():
        end += 1
    return codes[index].after or _only(source[at:end])


def _only(space: str) -> str:
    """Line breaks and tabs are signs of the text, and are not doubled."""
    return space if _SPACES.fullmatch(space) else ""


def settled(source: str, target: str, codes: Sequence[Code], placed: Sequence[Code]) -> list[Code]:
    """Codes with a new place (`codes` are those of the source, as `wanted`), and white space beside them where they had
    it in the source and the target has none there itself.

    None is put before a full stop, nor at the ends of the text, unless it stood there. A code that stands for a word
    gets spaces between it and letters, also where the source, being Chinese, has none: 有%d个计划, "есть %d планов".
    """
    tight = {(one.id, two.id) for one, two in pairwise(codes) if one.position == two.position and not two.before}
    first = {(code.id, code.kind) for code in codes if code.position == 0}
    last = {(code.id, code.kind) for code in codes if code.position == len(source)}
    out: list[Code] = []
    for position, several in groupby(placed, key=lambda code: code.position):
        group = list(several)
        left, right = target[max(0, position - 1) : position], target[position : position + 1]
        gaps = [""] * (len(group) + 1)
        single = list(accumulate((code.kind == "empty" for code in group), initial=0))
        for i, code in enumerate(group):
            here, there = i, i + 1
            if code.kind == "empty":
                while here and group[here - 1].kind == "open":
                    here -= 1
                while there < len(group) and group[there].kind == "close":
                    there += 1
            for front in (True, False):
                gap, space, beside = (here, code.before, left) if front else (there, code.after, right)
                if code.kind != "empty" and _apart(code, right if front else left, last if front else first):
                    space = ""
                others = 0 < gap < len(group)
                if others and (single[gap] if front else single[-1] - single[gap]):
                    one, two = group[gap - 1], group[gap]
                    parted = is_word(one) and is_word(two) and (one.id, two.id) not in tight
                elif beside:
                    parted = not beside.isspace() and _parted(code, beside, front)
                    if not others:
                        space = "" if beside.isspace() or beside in (_OPENING if front else _CLOSING) else space
                else:
                    parted = False
                    space = space if others or (code.id, code.kind) in (first if front else last) else ""
                gaps[gap] = gaps[gap] or space or (" " if parted else "")
        out += [replace(code, before=gaps[i], after="") for i, code in enumerate(group)]
        out[-1] = replace(out[-1], after=gaps[-1])
    return out


def _apart(code: Code, outside: str, edge: Container[tuple[str, str]]) -> bool:
    """Is there no space outside of a pair, so that it needs none inside: does a full stop follow, or the text end?"""
    if not outside:
        return (code.id, code.kind) not in edge
    return outside in (_CLOSING if code.kind == "close" else _OPENING)


def _parted(code: Code, beside: str, before: bool) -> bool:
    """Is there a space between a code that stands for a word and this character?"""
    if not is_word(code):
        return False
    wide = before and _QUOTED.match(code.text) is not None
    return (_BEFORE if wide else _LETTER).match(beside) is not None
