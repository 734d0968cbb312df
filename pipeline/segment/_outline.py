"""The number of an outline in front of a heading (一、 （二） 3. （1）), apart from the words that it numbers."""

from __future__ import annotations

import re

from pipeline.languages import outline
from pipeline.model import Lang, Span

_FRONT = re.compile(
    r"\s*(?P<number>[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.．、](?![\d.．]))\s*(?=[^\s、，。；：,.;:])"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十百\d](?!四?五[”规]|五[”规])")  # «一、二级», «三、四线»: no heading


def peeled(text: str, spans: tuple[Span, ...], lang: Lang) -> tuple[Span, ...]:
    """The spans of `text`, the number before the first words of a Chinese sentence a span of its own."""
    if lang != "zh":
        return spans
    out: list[Span] = []
    for span in spans:
        sentence = span.of(text)
        found = _FRONT.match(sentence)
        rest = sentence[found.end() :] if found is not None else ""
        if found is None or outline.western(found.group("number")) is None or _NUMERAL.match(rest):
            out.append(span)
            continue
        start, end = span.start + found.start("number"), span.start + found.end("number")
        out += [Span(start, end), Span(span.start + found.end(), span.end)]
    return tuple(out)
