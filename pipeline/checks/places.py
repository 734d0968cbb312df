"""One place put for another: a place in the target that the source has not, while one of the source is missing"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Lang, Severity, Span

# The source names China in ways that no list holds: 我国, 全国, 国内, 华.
_HOME = frozenset(("中国", "中华人民共和国"))


class Places(Check):
    name = "places"
    category = "accuracy/addition"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if not any(word.text[:1].isupper() for word in view.words[1:]):
            return
        glossary = view.tools.get("glossary")
        if glossary is None:
            from pipeline.glossary import store

            glossary = store.builtin()
        characters = set(view.source) | {
            mark for mark, name in _short().items() if mark in view.source for mark in name
        }
        strange: list[tuple[Span, str, str]] = []
        here: set[str] = set()
        for occurrence in _matcher(glossary, view.target_lang).find(view.target):
            names = [form.text for form in occurrence.term.forms.get("zh", ())]
            here.update(names)
            written = occurrence.span.of(view.target)
            known = any(name in _HOME or name in _list("capitals") or characters & set(_core(name)) for name in names)
            if names and not known and len(written) > 3 and written[0].isupper():
                strange.append((occurrence.span, written, names[0]))
        if not strange:
            return
        lost = _lost(glossary, view.source, here)
        if lost:
            for span, written, name in strange:
                yield self.finding(span, f"{written} ({name}) is not in the source, which speaks of {', '.join(lost)}")


@cache
def _list(name: str) -> tuple[str, ...]:
    """`capitals`, which stand for their governments; `kinds`, the words for kinds of places."""
    return next((tuple(row["words"].split()) for row in rows("words", "places-zh") if row["name"] == name), ())


@cache
def _short() -> dict[str, str]:
    """One character that stands for a place in 中俄, 京沪, 俄、朝, and the characters of its full name."""
    return {row["name"]: row["words"] for row in rows("words", "places-zh") if len(row["name"]) == 1}


_PAIRED = "中俄朝韩美日英法德印欧"


def _lost(glossary: Any, source: str, here: set[str]) -> list[str]:
    """Places of the source that the target does not name."""
    from pipeline.languages import chinese

    found = []
    for occurrence in _matcher(glossary, "zh").find(source):
        names = {form.text for form in occurrence.term.forms.get("zh", ())}
        if not names & (here | _HOME):
            found.append(occurrence.span.of(source))
    for at, mark in enumerate(source):
        around = source[max(0, at - 2) : at] + source[at + 1 : at + 3]
        if mark not in _PAIRED[1:] or not any(other in _PAIRED for other in around):
            continue
        if chinese.frequency(source[at : at + 2]) < 100 and not any(set(_short()[mark]) & set(name) for name in here):
            found.append(mark)
    return list(dict.fromkeys(found))


def _core(name: str) -> str:
    """The name without the word for its kind."""
    for kind in _list("kinds"):
        if name.endswith(kind) and len(name) > len(kind) + 1:
            return name.removesuffix(kind)
    return name


@lru_cache(maxsize=4)
def _matcher(glossary: Any, lang: Lang) -> Any:
    from pipeline.glossary.match import Matcher

    return Matcher([term for term in glossary if term.kind == "place" and term.forms.get("zh")], lang)


PLUGIN = Places()
