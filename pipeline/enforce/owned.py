"""Whose a body is: the country in its name, which the official form may lack or a variant may have.

«президент Верховного народного суда [КНР]» keeps КНР where the form has none; «Prosecutor General's Office» is no
«Генеральная прокуратура Российской Федерации» in a text that does not speak of Russia; «[Национальное] аудиторское
бюро» is replaced with its first word where the official name begins with another of the kind. What kind of place a name
is goes with it the same way («к [проходу] Дикого Волка» for перевал Елан).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.enforce import place
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Form, Lang, Span

_BEHIND = re.compile(r"[ \u00a0]+(?:КНР|РФ|НОАК|ООН|СССР|России|Китая|Российской Федерации)$")
_RUSSIA, _CHINA = re.compile("РФ|России|Российской"), re.compile("КНР|Кита")
_ONE = {
    **dict.fromkeys(("РФ", "России", "Российской"), _RUSSIA),
    **dict.fromkeys(("КНР", "Китая"), _CHINA),
    **{name: re.compile(name) for name in ("НОАК", "ООН", "СССР")},
}
_AHEAD = re.compile(r"^(?:China|Russia|Beijing|Moscow)['’]s ")
_MARKS: dict[Lang, re.Pattern[str]] = {
    "ru": re.compile(r"\b(?:РФ|Росси[ийюея]\w*|российск\w+|Российск\w+)"),
    "en": re.compile(r"\bRussia"),
    "zh": re.compile("俄"),
}
_RANK = "(?:Национальн|Государственн|Главн|Генеральн|Центральн|Всекитайск|Федеральн|Верховн|Народн)"
_FIRST = re.compile(_RANK)
_PLACES = tuple(
    frozenset(kinds.split())
    for kinds in (
        "перевал проход седловина", "река речка ручей поток протока", "озеро пруд водоем водохранилище",
        "гора сопка холм пик", "хребет кряж гряда", "остров островок", "залив бухта губа лиман",
        "ущелье долина каньон лощина распадок", "село деревня поселок хутор станица", "мыс коса",
        "степь равнина луг", "пустыня пески", "пролив проток канал", "пещера грот", "болото топь трясина",
        "родник источник ключ", "архипелаг остров", "регион агломерация зона",
        "район округ уезд улус дистрикт", "область провинция губерния",
    )
)  # fmt: skip
"""Russian words for kinds of places, those that stand for one another together."""
_OF_SEVERAL = ("архипелаг",)
_ADJECTIVE = re.compile("[А-ЯЁ][а-яё-]+(?:ий|ый|ой|ая|ое)")
_WIDE = re.compile(rf"\b{_RANK}(?:ый|ого|ому|ым|ом|ая|ой|ую|ое)[ \u00a0]$")


def bounded(candidate: Candidate, form: Form, kind: str, view: View) -> Candidate:
    """The candidate without the country that the form does not name, with the adjective before it that the form's first
    word stands for."""
    if kind == "place" and view.lang == "ru" and not candidate.same:
        return _of_its_kind(candidate, form, view)
    if kind not in ("body", "title") or candidate.same:
        return candidate
    span, words = candidate.span, candidate.span.of(view.text)
    if view.lang == "ru":
        found = _BEHIND.search(words)
        if found and found.start() > 3 and not _ONE[found.group().split()[0]].search(form.text):
            span = Span(span.start, span.start + found.start())
        wide = _WIDE.search(view.text[: span.start]) if kind == "body" and _FIRST.match(form.text) else None
        if wide is not None and not _FIRST.match(words) and _agree(wide.group().strip(), words):
            span = Span(wide.start(), span.end)
    elif view.lang == "en" and (found := _AHEAD.match(words)) and found.group()[:-3] not in form.text:
        span = Span(span.start + found.end(), span.end)
    return replace(candidate, span=span) if span != candidate.span and view.free(span) else candidate


def _of_its_kind(candidate: Candidate, form: Form, view: View) -> Candidate:
    """The name of a place with the word right before it for what it is, where the form begins with one of the same
    sort, or ends in one behind an adjective («[округе] Улаган» for Улаганский район)."""
    span = candidate.span
    first, _, name = form.text.partition(" ")
    adjective, _, last = form.text.rpartition(" ")
    kind, behind = (first, False) if name[:1].isupper() else (last, _ADJECTIVE.fullmatch(adjective) is not None)
    same = next((kinds for kinds in _PLACES if kind in kinds), frozenset[str]())
    before, words = view.before(span.start), span.of(view.text)
    if not same or not (name[:1].isupper() or behind) or before is None or not words[:1].isupper():
        return candidate
    wide = Span(before.start, span.end)
    if view.text[before.end : span.start] not in (" ", "\u00a0") or not view.free(wide):
        return candidate
    if behind and (" " in words or not any(a.case == "nom" for a in analyses(words))):
        return candidate  # «в округе Читы»
    number = "pl" if kind in _OF_SEVERAL else "sg"
    one = any(a.lemma in same and a.pos == "NOUN" and a.number == number for a in analyses(before.text))
    if one and number == "pl" and any(a.number == "sg" for a in analyses(before.text)):
        one = place.has_predicate(view.text, wide)  # «[острова] … приняли», but «к берегам острова …»
    cells = place.own(before.text)  # those of what it is, whatever the name stands in
    return replace(candidate, span=wide, cells=cells, inflects=bool(cells)) if one else candidate


def _agree(left: str, words: str) -> bool:
    first = words.split()[0]
    return any(
        a.case == b.case and a.number == b.number and a.gender == b.gender
        for a in analyses(left)
        for b in analyses(first)
        if b.pos in ("ADJF", "NOUN", "PRTF")
    )


def of_the_text(chosen: Form, several: Sequence[Form], words: str, source: str, langs: tuple[Lang, Lang]) -> Form:
    """The variant that does not name Russia where neither what stands there nor the source does."""
    lang = langs[0]
    mark = _MARKS[lang]
    if not mark.search(chosen.text) or mark.search(words) or _MARKS[langs[1]].search(source):
        return chosen
    long = (
        form
        for form in several
        if not mark.search(form.text) and (len(form.text) > 3 if lang == "zh" else " " in form.text)
    )
    return next(long, chosen)
