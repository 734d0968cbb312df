"""What every model engine owes its caller: no over-long input cut silently, no loop, nothing empty, nothing missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.engines.base import Request, Translation, Wish
from pipeline.errors import EngineError
from pipeline.languages.loops import looped, repeats
from pipeline.model import Lang, Span

Decode = Callable[[Sequence[Request], bool], list[Translation]]
_BREAKS = (re.compile(r"[。！？；!?;\n]+"), re.compile(r"[，、,:：—–]+"), re.compile(r"\s+"))


def careful(
    decode: Decode, length: Callable[[str], int], limit: int, requests: Sequence[Request], target: Lang
) -> list[Translation]:
    """Translations in order. `decode(requests, strict)` is called once for all, and once more, strictly, for bad ones.

    `length` counts the model's tokens and `limit` is the most it takes; longer requests are cut at punctuation,
    translated in parts, and say so.
    """
    parts: list[Request] = []
    shares: list[list[tuple[int, int]]] = []  # for each request: (index of the part, its offset in the source)
    for request in requests:
        pieces = _split(request, length, limit) if length(request.text) > limit else [(request, 0)]
        shares.append([(len(parts) + i, offset) for i, (_, offset) in enumerate(pieces)])
        parts += [piece for piece, _ in pieces]
    done = _decode(decode, parts, strict=False)
    bad = [i for i, part in enumerate(parts) if _bad(done[i], part)]
    if bad:
        again = _decode(decode, [parts[i] for i in bad], strict=True)
        for i, second in zip(bad, again, strict=True):
            done[i] = _better(done[i], second, parts[i])
    return [_joined([(done[i], offset) for i, offset in share], target) for share in shares]


def _decode(decode: Decode, parts: Sequence[Request], *, strict: bool) -> list[Translation]:
    todo = [i for i, part in enumerate(parts) if part.text.strip()]
    answers = decode([parts[i] for i in todo], strict) if todo else []
    if len(answers) != len(todo):
        raise EngineError(f"the engine answered {len(answers)} of {len(todo)} sentences")
    out = [Translation("") for _ in parts]
    for i, answer in zip(todo, answers, strict=True):
        out[i] = answer
    return out


def _bad(answer: Translation, request: Request) -> bool:
    return bool(request.text.strip()) and (not answer.text.strip() or looped(answer.text, request.text))


def _better(first: Translation, second: Translation, request: Request) -> Translation:
    if not _bad(second, request):
        return replace(second, notes=(*second.notes, "decoded again after a loop or an empty answer"))
    candidates = [answer for answer in (first, second) if answer.text.strip()]
    if not candidates:
        return replace(second, text=request.text, notes=(*second.notes, "the engine gave nothing: source copied"))
    best = min(candidates, key=lambda answer: (repeats(answer.text), len(answer.text)))
    return replace(best, notes=(*best.notes, "repeats itself"))


def _split(request: Request, length: Callable[[str], int], limit: int) -> list[tuple[Request, int]]:
    """Parts of at most `limit` tokens with their offsets; cut at sentence, clause, word, and only then anywhere."""
    spans = [Span(0, len(request.text))]
    for pattern in _BREAKS:
        spans = [piece for span in spans for piece in _cut(request.text, span, pattern, length, limit)]
    final: list[Span] = []
    for span in spans:
        start = span.start
        while length(request.text[start : span.end]) > limit:
            size = span.end - start
            while size > 1 and length(request.text[start : start + size]) > limit:
                size = max(1, size * 2 // 3)
            final.append(Span(start, start + size))
            start += size
        final.append(Span(start, span.end))
    parts = []
    for span in final:
        wishes = tuple(
            Wish(Span(w.span.start - span.start, w.span.end - span.start), w.lemma, w.forms)
            for w in request.wishes
            if span.start <= w.span.start and w.span.end <= span.end
        )
        parts.append((Request(span.of(request.text), wishes, request.context), span.start))
    return parts


def _cut(text: str, span: Span, pattern: re.Pattern[str], length: Callable[[str], int], limit: int) -> list[Span]:
    """Greedy pieces that end after a match of `pattern` and hold at most `limit` tokens where they can."""
    if length(span.of(text)) <= limit:
        return [span]
    marks = [match.end() for match in pattern.finditer(text, span.start, span.end)]
    if not marks or marks[-1] != span.end:
        marks.append(span.end)
    sizes = []
    last = span.start
    for mark in marks:
        sizes.append(length(text[last:mark]))
        last = mark
    pieces: list[Span] = []
    start, size, last = span.start, 0, span.start
    for mark, cost in zip(marks, sizes, strict=True):
        if size and size + cost > limit:
            pieces.append(Span(start, last))
            start, size = last, 0
        size += cost
        last = mark
    pieces.append(Span(start, span.end))
    return [piece for piece in pieces if len(piece)]


def _joined(parts: list[tuple[Translation, int]], target: Lang) -> Translation:
    if len(parts) == 1:
        return parts[0][0]
    glue = "" if target == "zh" else " "
    text = ""
    links: list[tuple[Span, Span, float]] = []
    scores: list[float] = []
    notes: list[str] = [f"split into {len(parts)} parts: too long for one pass"]
    for part, offset in parts:
        if not part.text:
            continue
        text += glue if text else ""
        at = len(text)
        for source, link, weight in part.links:
            moved = Span(source.start + offset, source.end + offset), Span(link.start + at, link.end + at)
            links.append((*moved, weight))
        text += part.text
        notes += [note for note in part.notes if note not in notes]
        scores += [part.score] if part.score is not None else []
    score = sum(scores) / len(scores) if scores else None
    return Translation(text, score, (), tuple(links), parts[0][0].provenance, tuple(notes))
