"""What a file says its language is ("@@locale", "Language:", <html lang>), when the file is translated."""

from __future__ import annotations

from pipeline.formats import _inline
from pipeline.model import Document


def renamed(label: str, document: Document) -> str | None:
    """The label of the translated file: "zh-CN" of a document that goes from Chinese into Russian becomes "ru".

    None where it stays: nothing is translated, or it does not name the language of the source (a Chinese page that says
    "en", as templates do). A region goes, as it is that of the source.
    """
    if document.target_lang is None or all(s.target is None or s.target == s.source for s in document.segments):
        return None
    if document.source_lang is None:
        from pipeline.languages.detect import language

        source = language("\n".join(segment.source[:2000] for segment in document.segments[:1000]))
    else:
        source = document.source_lang
    said = _inline.language(label)
    return document.target_lang if said is not None and said == source != document.target_lang else None
