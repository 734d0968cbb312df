"""A text and its translation in two files, laid side by side."""

from __future__ import annotations

from dataclasses import replace

from pipeline.cli import _common as common
from pipeline.errors import InputError, UsageError
from pipeline.model import Document, Segment
from pipeline.reports.base import counted

_HINT = "both must have the same lines in the same order"


def beside(
    file: str,
    translation: str,
    format_name: str | None,
    source: str | None,
    target: str | None,
    encoding: str | None = None,
) -> Document:
    """Two plain texts line by line, two documents of one format paragraph by paragraph, cut into sentences where these
    match one to one. Raises UsageError for two files of different kinds, InputError where what they hold is no pair,
    with the numbers of lines or paragraphs."""
    first = common.read(file, format_name, source, target, paired=True, encoding=encoding)
    second = common.read(translation, format_name, source, target, paired=True, encoding=encoding)
    for one in (first, second):
        if common.bilingual(one):
            raise UsageError(f"{one.name}: holds source and translation itself", hint="give it alone")
    if first.format != second.format or "zip" in (first.format, second.format):
        hint = "two texts line by line, or two documents of one format"
        raise UsageError(f"{first.name} is {first.format}, {second.name} {second.format}", hint=hint)
    if first.format == "text":
        first, second = _lines(first, second)
    elif first.format == "json":
        first, second = _keys(first, second)
    rows = zip(first.segments, second.segments, strict=False)
    shown = second.with_segments(replace(right, source=left.source, target=right.source) for left, right in rows)
    from_lang, to_lang = common.languages(shown, source, target)
    from pipeline.jobs.pair import pair

    bitext = pair(first, second, from_lang, to_lang).bitext
    return replace(bitext, meta={**bitext.meta, "bilingual": True})


def _lines(first: Document, second: Document) -> tuple[Document, Document]:
    """Lines with text pair off in order where there are as many; else by their numbers, where the files are as long."""
    a, b = len(first.segments), len(second.segments)
    if a == b:
        return first, second
    long, other = _length(first), _length(second)
    lines = counted(a, "line")
    if long != other:
        raise InputError(f"{first.name} has {lines} of text, {second.name} {b}", hint=_HINT)
    left = {segment.id: segment for segment in first.segments}
    right = {segment.id: segment for segment in second.segments}
    extra = next((key for key in right if key not in left), None)
    if extra is not None:
        raise InputError(
            f"{first.name} has {lines} of text, {second.name} {b}: line {extra} of {first.name} is empty", hint=_HINT
        )
    return first, second.with_segments(right.get(key, Segment(key, "")) for key in left)


def _keys(first: Document, second: Document) -> tuple[Document, Document]:
    """Messages pair off by their keys, whatever their order; keys that only one of the two has are told."""
    left = {segment.id: segment for segment in first.segments}
    right = {segment.id: segment for segment in second.segments}
    shared = [key for key in left if key in right]
    if not shared:
        raise InputError(f"{first.name} and {second.name} have no key in common", hint="two languages of one catalogue")
    for name, mine, other in ((second.name, right, left), (first.name, left, right)):
        if missing := [key for key in other if key not in mine]:
            some = ", ".join(missing[:5]) + (" ..." if len(missing) > 5 else "")
            common.warn(f"palladius: warning: {name}: lacks {len(missing)} of {counted(len(other), 'key')}: {some}")
    return first.with_segments(left[key] for key in shared), second.with_segments(right[key] for key in shared)


def _length(document: Document) -> int:
    """Lines of a plain text, empty ones included."""
    from pipeline.formats import base

    return len(base.plugin("text").write(document).decode("utf-8").splitlines())
