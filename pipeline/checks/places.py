"""One place put for another, or a name of a minority language spelt by the characters"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from pipeline.checks._tables import rows
from pipeline.checks._words import fold
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Lang, Severity, Span

# The source names China in ways that no list holds: 我国, 全国, 国内, 华.
_CLOSE = 0.2
_HOME = frozenset(("中国", "中华人民共和国"))


class Places(Check):
    name = "places"
    category = "accuracy/addition"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if not any(word.text[:1].isupper() for word in view.words):
            return
        glossary = view.tools.get("glossary")
        if glossary is None:
            from pipeline.glossary import store

            glossary = store.builtin()
        characters = set(view.source) | {
            mark for mark, name in _short().items() if mark in view.source for mark in name
        }
        if view.target_lang == "ru":
            yield from _by_sound(self, view, glossary)
        strange: list[tuple[Span, str, str]] = []
        here: set[str] = set()
        for occurrence in _matcher(glossary, view.target_lang).find(view.target):
            names = [form.text for form in occurrence.term.forms.get("zh", ())]
            here.update(names)
            written = occurrence.span.of(view.target)
            names += [other for name in names for other in _same().get(name, ())]
            here.update(names)
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


@cache
def _same() -> dict[str, tuple[str, ...]]:
    """Places with two names in Chinese (黑龙江 and 阿穆尔河): the other names of each."""
    groups = [group.split("/") for group in _list("same")]
    return {name: tuple(one for one in group if one != name) for group in groups for name in group}


def _by_sound(check: Places, view: View, glossary: Any) -> Iterator[Finding]:
    """Places with a name of their own language (Кашгар, Чамдо) that stand spelt by the characters («Каши», «Чанду»)."""
    from pipeline.languages import names_windows

    wanted = {
        form.text: occurrence.term
        for occurrence in _matcher(glossary, "zh").find(view.source)
        for form in occurrence.term.forms["zh"]
        if form.text in view.source
    }
    own = {row["zh"]: row["ru"].split("|") for row in rows("official", "minority-zh") if row["zh"] in view.source}
    found = list(own.items())
    for name, term in wanted.items():
        if (han := _core(name)) not in own and (forms := _single(term)):
            found.append((han, forms))
    taken: set[int] = set()
    for han, forms in found:
        parts = [fold(part) for form in forms for part in re.split("[ -]", form)]
        beginnings = tuple(part[:-1] if part[-1] in "аеийоуьюяэ" and len(part) > 3 else part for part in parts if part)
        if len(han) < 2 or any(word.low.startswith(beginnings) for word in view.words):
            continue
        for word in view.words:
            if not word.text[:1].isupper() or word.start in taken or len(word.text) < 3:
                continue
            spelt = [base for base in names_windows.bases(word.low) if names_windows.spells(base, han)]
            if any(part.startswith(base[:4]) for part in parts for base in spelt):
                continue
            if spelt or (len(han) > 2 and _close(word.low, han)):
                taken.add(word.start)
                message = f"{han} is {forms[0]}: its name is not transcribed from the characters"
                severity = Severity.MINOR if word.text in forms else check.severity
                yield check.finding(word.span, message, forms[0], severity=severity, category="terminology/wrong-term")


def _single(term: Any) -> list[str]:
    """Russian names of a place, where the first is one word (not Южно-Китайское море, which translates)."""
    forms = [form.text for form in term.forms.get("ru", ())]
    return forms if forms and " " not in forms[0] else []


def _close(low: str, han: str) -> bool:
    from pipeline.languages import palladius, palladius_distance

    right = fold(palladius.place(han)).replace(" ", "")
    return low[:2] == right[:2] and palladius_distance.distance(low, right) < _CLOSE


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
