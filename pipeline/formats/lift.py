"""Addresses, placeholders and tags taken out of a sentence before an engine sees it, and put back behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.formats import _placeholders, codes
from pipeline.languages import verbatim
from pipeline.model import Code, Lang, Span

Links = Iterable[tuple[Span, Span, float]]
_AROUND = {"(": ")", "（": "）", "[": "]", "【": "】", "«": "»", "“": "”", "„": "“", "「": "」", "『": "』", '"': '"'}
_MARKS = {  # brackets and quotation marks that go with what they are around, as the target language writes them
    "zh": {"(": "（", ")": "）", "«": "“", "»": "”", "„": "“"},
    "ru": {"（": "(", "）": ")", "【": "[", "】": "]", "“": "«", "”": "»", "「": "«", "」": "»", "『": "«", "』": "»"},
    "en": {"（": "(", "）": ")", "【": "[", "】": "]", "«": "“", "»": "”", "「": "“", "」": "”", "『": "“", "』": "”"},
}
_FINAL = " .!?。！？…;；"
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|&lt;/?[a-zA-Z](?:(?!&[lg]t;)[^<>]){0,2000}&gt;")
_LETTER = re.compile(r"[^\W\u3000-\u9fff]")
_BEFORE = re.compile(r"[^\W\u3000-\u9fff]|[,.:;!?»”)%]")


@dataclass(frozen=True, slots=True)
class Lifted:
    """A sentence without what must stay as it is; the codes say what stood where."""

    text: str
    codes: tuple[Code, ...]

    def restored(
        self, target: str, links: Links, language: Lang, source: Lang | None = None
    ) -> tuple[str, tuple[tuple[Span, Span, float], ...]]:
        """The translation with everything in its place, and the links between the whole texts.

        source: the language that was translated from; with it, tags go around words by the word tables too.
        """
        links = list(links)
        out: list[str] = []
        holes: list[tuple[int, int]] = []  # place in `target`, characters put in there
        at, last, owed = 0, "", False  # `owed`: a space, if a word comes next

        def put(piece: str, place: int, size: int) -> None:
            nonlocal last, owed
            if owed and _LETTER.match(piece):
                out.append(" ")
                size += 1
            owed = owed and (not piece or piece.startswith(("</", "&lt;/")))
            out.append(piece)
            last = piece[-1:] or last
            if size:
                holes.append((place, size))

        for code in self._placed(target, self._linked(target, links, source, language)):
            position = max(at, min(code.position, len(target)))
            if _placeholders.is_space(code.text):  # in place of the space of the translation
                if target[position : position + 1] != " " and position > at and target[position - 1] == " ":
                    position -= 1
                put(target[at:position], at, 0)
                at = position + (target[position : position + 1] == " ")
                put(code.text, position, len(code.text) - (at - position))
                continue
            put(target[at:position], at, 0)
            at = position
            word = code.kind == "empty" and not code.text.startswith(("<", "&"))
            made = _marked(code.text.rstrip(" "), language) if word else code.text
            made = f" {made}" if word and (owed or _BEFORE.match(last)) else made
            put(made, position, len(made))
            owed = owed or word
        put(target[at:], at, 0)
        text = "".join(out)
        were = [(code.position, len(code.text) - _placeholders.is_space(code.text)) for code in self.codes]
        moved = tuple((_moved(left, were), _moved(right, holes), weight) for left, right, weight in links)
        return text, moved

    def _linked(self, target: str, links: Links, source: Lang | None, language: Lang) -> Links:
        if source is None or all(code.kind == "empty" for code in self.codes):
            return links
        from pipeline.languages import align

        given = tuple(links)
        return [*given, *align.links(self.text, target, source, language, given)]

    def _placed(self, target: str, links: Links) -> list[Code]:
        """The codes in target order; what ended the sentence does so in the target."""
        tail = 0
        while tail < len(self.codes) and self.codes[-1 - tail].kind == "empty":
            tail += 1
        at = len(self.text.rstrip(_FINAL))
        ending = {code.id for code in self.codes[len(self.codes) - tail :] if code.position >= at}
        end = len(target.rstrip(_FINAL))
        placed = codes.place(self.text, target, self.codes, tuple(links))
        moved = [replace(code, position=end) for code in placed if code.id in ending and code.kind == "empty"]
        return [code for code in placed if code.id not in ending or code.kind != "empty"] + moved if end else placed


def lifted(text: str) -> Lifted | None:
    """None where the sentence holds nothing of the kind."""
    found: list[Code] = []
    pieces, at, size = [], 0, 0
    tags = [Span(*match.span()) for match in _TAG.finditer(text)] if "<" in text or "&lt;" in text else []
    for span in verbatim.find(text):
        if any(tag.start <= span.start < tag.end for tag in tags):  # stays in its tag
            continue
        start, end = span.start, span.end
        if start > at and _AROUND.get(text[start - 1]) == text[end : end + 1]:
            start, end = start - 1, end + 1
        if text[end : end + 1] == " " and (start == 0 or text[start - 1] == " "):  # one space is enough for the rest
            end += 1
        pieces.append(text[at:start])
        size += start - at
        at = end
        found.append(Code(f"{len(found) + 1}", "empty", text[start:end], size))
    bare, made = _placeholders.lifted("".join([*pieces, text[at:]]), found, entities=True)
    return Lifted(bare, tuple(replace(code, id=str(i)) for i, code in enumerate(made))) if made else None


def broken(sources: Sequence[str], targets: Sequence[str]) -> dict[int, Lifted]:
    """The sentences whose translation lacks something that must stay as it is, by their index."""
    found = {}
    for i, (source, target) in enumerate(zip(sources, targets, strict=True)):
        made = lifted(source)
        if made is not None and not verbatim.stand([_inside(code.text.rstrip(" ")) for code in made.codes], target):
            found[i] = made
    return found


def _inside(text: str) -> str:
    return text[1:-1] if _AROUND.get(text[0], "") == text[-1] and len(text) > 2 else text


def _marked(text: str, language: Lang) -> str:
    marks = _MARKS[language]
    inside = _inside(text)
    if inside == text:
        return text
    return marks.get(text[0], text[0]) + inside + marks.get(text[-1], text[-1])


def _moved(span: Span, holes: Sequence[tuple[int, int]]) -> Span:
    start = span.start + sum(size for place, size in holes if place <= span.start)
    return Span(start, max(start, span.end + sum(size for place, size in holes if place < span.end)))
