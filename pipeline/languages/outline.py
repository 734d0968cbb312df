"""Numbers of an outline that stand alone: 一、 （二） 3． as other languages write them (after GB/T 9704)."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_NUMBER = r"(?:十[一二三四五六七八九]?|[一二三四五六七八九]十?[一二三四五六七八九]?|\d{1,3})"
_ALONE = re.compile(rf"(?:(?P<open>[（(])(?P<inner>{_NUMBER})[）)]|(?P<plain>{_NUMBER})[、．.])")


def western(text: str) -> str | None:
    """ "一、" -> "1.", "（二）" -> "(2)"; None for what is no such number."""
    found = _ALONE.fullmatch(text.strip())
    if found is None:
        return None
    if found.group("open"):
        return f"({_value(found.group('inner'))})"
    return f"{_value(found.group('plain'))}."


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十") if "十" in number else ("", "", number)
    if not ten:
        return _DIGITS.index(ones[-1])
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)
