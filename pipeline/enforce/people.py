"""Chinese personal names that no entry has: found in the source by context, rendered by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from pipeline.enforce.view import View
from pipeline.model import Form, Lang, Occurrence, Span, Term

PREFIX = "name:"


_NEAR = 30  # characters behind a name where a pronoun may speak of the person


def unlisted(text: str, source: Lang, target: Lang, taken: Iterable[Span]) -> tuple[Occurrence, ...]:
    """Occurrences of surely recognised Chinese names outside the spans `taken`, each with an entry made by rule.

    Nothing for other sources than Chinese: there the way back to the characters, or the tradition, is not certain.
    """
    if source != "zh" or target not in ("ru", "en"):
        return ()
    from pipeline.languages import names

    covered = tuple(taken)
    made = []
    found = names.people(text)
    for person in found:
        if not person.sure or any(person.span.overlaps(span) for span in covered):
            continue
        rendered = names.resolve(person.name, target)
        if not rendered:
            continue
        form = Form(person.name)
        forms: dict[Lang, tuple[Form, ...]] = {"zh": (form,), target: (Form(rendered),)}
        told = _told(text, person.span) if len(found) == 1 else ""
        sex: Literal["", "m", "f"] = told or "m"
        if target == "ru" and not told:  # whether the name declines depends on the sex, which the name does not tell
            forms["ru"] = (Form(rendered), Form(rendered, "inv"))
            if names.may_be_woman(person.name):
                forms["ru"], sex = forms["ru"][::-1], ""
        term = Term(f"{PREFIX}{person.name}", forms, "person", sex, source="by rule")
        made.append(Occurrence(term, person.span, form))
    return tuple(made)


_MADAM = {"zh": re.compile("女士"), "en": re.compile(r"\b(?:Ms|Mrs|Miss|Madame?)\.?\s+$"),
          "ru": re.compile(r"\b[Гг](?:оспож[аиеу]й?|оспожой|-ж[аиеу]) $")}  # fmt: skip
_KIN = frozenset(
    ("жена", "супруга", "вдова", "дочь", "дочка", "мать", "мама", "сестра", "бабушка", "внучка", "тетя", "тетка",
     "теща", "свекровь", "невестка", "племянница", "подруга", "невеста", "помощница", "секретарша", "ученица",
     "соседка",
     "поклонница", "сиделка", "няня", "учительница", "наставница")
)  # fmt: skip
"""Women of somebody, whose name may stand behind them in the genitive."""
_AS_NAMED = 0.6  # in sound, of a name put in other letters


def as_women(occurrences: tuple[Occurrence, ...], source: str, lang: Lang, view: View) -> tuple[Occurrence, ...]:
    """The occurrences, listed persons of whom the entry tells no sex as women where the source says so (孙春兰女士), or
    the target in the word before the name («чемпионке [Дэн Явэнь]»); where only the characters point at a woman, the
    name may decline or not, and is put in undeclined."""
    if view.lang != "ru":
        return occurrences
    made = []
    for occurrence in occurrences:
        term, span = occurrence.term, occurrence.span
        if term.kind == "person" and not term.gender:
            said = (
                _MADAM["zh"].match(source, span.end) if lang == "zh" else _MADAM[lang].search(source[: span.start])
            ) is not None
            if said or _woman_named(term.forms["ru"][0].text, view):
                occurrence = replace(occurrence, term=replace(term, gender="f"))
            elif _may_be_woman(term):
                first, *more = term.forms["ru"]
                both = {**term.forms, "ru": (replace(first, notes="inv"), first, *more)}
                occurrence = replace(occurrence, term=replace(term, forms=both))
        made.append(occurrence)
    return tuple(made)


def _may_be_woman(term: Term) -> bool:
    """Does the last character of a Chinese given name point at a woman, and the entry not say how it declines?"""
    from pipeline.languages import names

    han = term.forms.get("zh", ())
    return bool(han) and not term.forms["ru"][0].notes and names.is_woman(han[0].text, last=True)


def _woman_named(name: str, view: View) -> bool:
    """Does a word for a woman stand right before what sounds like the name?"""
    from pipeline.enforce.sound import likeness
    from pipeline.languages.russian.analyse import analyses, lemmas

    for at, token in enumerate(view.tokens[:-1]):
        first = view.tokens[at + 1]
        readings = analyses(token.text) if token.is_word and token.text.islower() else ()
        if not readings or not first.text[:1].isupper() or view.text[token.end : first.start] != " ":
            continue
        if not lemmas(token.text).isdisjoint(_KIN):
            continue  # «жена [Ван Цзяньцзюня]»
        if all(a.pos == "NOUN" and a.known and a.animate and a.gender == "f" and a.number == "sg" for a in readings):
            row = [each.text for each in view.tokens[at + 1 : at + 2 + name.count(" ")]]
            if likeness(" ".join(row), name) >= _AS_NAMED:
                return True
    return False


def inside(occurrence: Occurrence, text: str) -> bool:
    """Does a listed name of a person begin a longer one that is surely a name: 罗文 in 科学家罗文涛说?"""
    from pipeline.languages import names

    span = occurrence.span
    if occurrence.term.kind != "person" or text[span.end : span.end + 1] in _AFTER:
        return False
    return any(p.sure and p.span.start == span.start and p.span.end > span.end for p in names.people(text))


_AFTER = frozenset(("", *"与和同及在对向就将会是为说称等从到由于把被给让并也还曾已来去率任当"))  # 韩正同何立峰


def _told(text: str, span: Span) -> Literal["", "m", "f"]:
    """The sex that pronouns behind a name tell («呼延彤还嫌不够，她列出了…»); "" for none or both."""
    stop = next((at for at in range(span.end, len(text)) if text[at] in "。！？!?\n"), len(text))
    behind = (
        text[span.end : min(stop, span.end + _NEAR)]
        .partition("·")[0]
        .replace("其他", "")
        .replace("他们", "")
        .replace("她们", "")
    )
    he, she = "他" in behind, "她" in behind
    return "" if he == she else "m" if he else "f"


def is_unlisted(term: Term) -> bool:
    return term.id.startswith(PREFIX)


def longer(occurrence: Occurrence, source: str, name: str, target: Lang) -> bool:
    """Does `name` in the target render a longer Chinese name that begins with the occurrence: 镇江关, not 镇江?"""
    from pipeline.enforce.sound import likeness
    from pipeline.languages import palladius, pinyin
    from pipeline.languages.chinese import is_han

    spoken = palladius.name if target == "ru" else pinyin.name
    span = occurrence.span
    own = likeness(name, spoken(span.of(source)))
    for more in (1, 2):
        han = source[span.start : span.end + more]
        if len(han) == len(span) + more and is_han(han) and likeness(name, spoken(han)) > max(own, 0.9):
            return True
    return False
