"""The given name of a foreigner in Chinese, before the surname: «[迪米特里]·巴卡诺夫» for 德米特里·巴卡诺夫."""

from __future__ import annotations

from pipeline.enforce.result import Repair
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.glossary.forms import Found
from pipeline.languages.chinese import is_han
from pipeline.languages.pinyin import reading
from pipeline.model import Edit, Occurrence, Span

_DOT = "·"
_ALIKE = 0.55
_NEARLY = 0.1  # a name of as many characters as the official one may sound that much less like it


def before(text: str, start: int, form: str) -> tuple[int, str]:
    """Where the whole name begins whose surname begins at `start`, and what to put there: the full form with its given
    name where one like it stands before the dot, the surname alone where another does; the two unchanged elsewhere."""
    name, _, surname = form.rpartition(_DOT)
    if not name or text[:start][-1:] != _DOT:
        return start, form
    size = _size(text[: start - 1], name, ())
    return (start - 1 - size, form) if size else (start, surname)


def repair(occurrence: Occurrence, found: Found, view: View) -> Repair | None:
    """The official given name for another spelling of it before the surname, where the source has the full name."""
    term, text, span = occurrence.term, view.text, found.span
    if view.lang != "zh" or term.kind != "person" or found.inserted or text[: span.start][-1:] != _DOT:
        return None
    surname = span.of(text)
    full = next((form.text for form in term.forms["zh"] if form.text.endswith(_DOT + surname)), "")
    if not full or not (_DOT in occurrence.form.text or " " in occurrence.form.text):
        return None
    name = full.removesuffix(_DOT + surname)
    at = span.start - 1
    spoken = tuple(form.text.rpartition(" ")[0] for lang in ("en", "ru") for form in term.forms.get(lang, ()))
    size = _size(text[:at], name, spoken)
    was = text[at - size : at]
    if not size or was == name or not view.free(Span(at - size, at)):
        return None
    why = f"«{was}» is another transcription"
    edit = Edit(at - size, at, was, name, term.id, why)
    return Repair((edit,), was + _DOT + surname, full, "", why)


def _size(left: str, name: str, spoken: tuple[str, ...]) -> int:
    """How many characters at the end of `left` spell the given name, in the official characters or others; 0 for none.

    `spoken`: the given name in letters.
    """
    said = [" ".join(map(reading, name)), *(each for each in spoken if each)]
    best, found = _ALIKE, 0
    for size in range(1, len(name) + 3):
        window = left[-size:]
        if len(window) < size or not is_han(window):
            break
        heard = " ".join(map(reading, window))
        score = max(sounds(way, each) for each in said for way in (heard, heard.replace("l", "r")))
        if window == name:
            return size
        if score > best or (size == len(name) and score >= best - _NEARLY and found):
            best, found = score, size
    return found
