"""Is a Russian term but a piece of something longer: «Пекин — Шанхай», «Лондон 2012»?"""

from __future__ import annotations

import re

from pipeline.enforce.view import CLOSERS, OPENERS, View
from pipeline.languages import names
from pipeline.languages.palladius import is_palladius
from pipeline.model import Span

_AFTER = re.compile(r"[-‑–—/]|\s[-–—]+\s[А-ЯЁA-Z]")
_NAMED_PLACE = re.compile(r"\s[А-ЯЁA-Z][а-яёa-z]|\s\d+[»”]")


def goes_on(text: str, span: Span, kind: str) -> bool:
    """Is the term a piece of something longer: «Пекин — Шанхай», «Лос-Анджелес Лейкерс», «Лондон 2012»?"""
    if text[max(0, span.start - 1) : span.start] in tuple("-‑–/") or _AFTER.match(text, span.end):
        return True
    quoted = text[max(0, span.start - 1) : span.start] in OPENERS and text[span.end : span.end + 1] in CLOSERS
    named = _NAMED_PLACE.match(text, span.end) is not None and not _person_behind(text[span.end + 1 :])
    return kind == "place" and (quoted or named)


def _person_behind(text: str) -> bool:
    """Do a Chinese surname and a given name follow («гостья из Сямэня [Линь Сяовэнь]»)?"""
    match = re.match(r"([А-ЯЁ][а-яё]+) ([А-ЯЁ][а-яё]+)", text)
    return match is not None and bool(names.family(match[1], "ru")) and is_palladius(match[2].lower())


def again(after: str, span: Span, view: View) -> int:
    """How many characters behind the span are the last words of the form, and would stand there twice."""
    text = view.text
    for at in (n for n, char in enumerate(after) if n and char == " "):
        size = len(after) - at
        ends = text.startswith(after[at:], span.end) and not text[span.end + size : span.end + size + 1].isalnum()
        if ends and view.free(Span(span.end, span.end + size)):
            return size
    short = re.match(r" ([А-ЯЁ]{2,6})\b", text[span.end :])
    last = "".join(word[:1].upper() for word in after.split())
    return short.end() if short and last.endswith(short[1]) else 0  # «при Организации … Наций [ООН]»
