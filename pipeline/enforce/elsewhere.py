"""A form of the glossary that means something else in this source: a body of another country («Госсовет Татарстана»
beside 国务院), a part of a longer official name («Дальний Восток»), a piece of a person's name (Michael Jordan)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.enforce import synonyms, within
from pipeline.glossary import forms, store
from pipeline.glossary.fold import fold
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import Glossary
from pipeline.languages.palladius_table import listed
from pipeline.languages.russian.analyse import analyses
from pipeline.model import LANGS, Lang, Occurrence, Span, Term

_OWNERS = re.compile(r"places/(?:countries|russia)\.tsv")
_HIGH = re.compile(r"bodies/international\.tsv")
_UNIONS = frozenset(("联合国", "欧盟", "欧洲联盟", "东盟", "上海合作组织", "欧亚经济联盟", "独联体"))
_CHINA = re.compile("国务院|国家|全国|中共|中央|中华|我国")
_COUNCIL = re.compile("Госсовет|State Council")
_BETWEEN = {
    "zh": (re.compile(r"$|的$"), re.compile(r"(?!)")),
    "ru": (re.compile(r" $"), re.compile(r" (?:Республики )?$")),
    "en": (re.compile(r"(?:['’]s?)? $"), re.compile(r" of (?:the )?(?:Republic of )?$")),
}
_TOWARDS = re.compile("(?:[驻对赴访与和同、及]|前往|出访)$")  # 驻俄罗斯 [大使]


def another(occurrence: Occurrence, source: str, target: str, lang: Lang, other: Lang) -> bool:
    """Is something else meant at the occurrence? `lang` is the source's language, `other` the target's."""
    term = occurrence.term
    if term.kind in ("body", "title") and _of_another(occurrence, source, lang):
        return True
    if lang != "zh" and re.match(r"-\d", source[occurrence.span.end :]):
        return True  # a Long March-7 rocket
    if term.kind not in ("place", "person", "body"):
        return False
    if within.of_nature(occurrence, source, target, lang):
        return True
    if _named(occurrence, source, lang) or (term.kind == "place" and _common(occurrence, source, lang)):
        return True
    return not synonyms.bundled(term.origin) and _in_a_longer(occurrence, source, target, lang, other)


def _common(occurrence: Occurrence, source: str, lang: Lang) -> bool:
    """Are they common words that the name of a place is written like, but for its capitals: «[минеральные] воды» beside
    Минеральные Воды? Not in a text without capitals."""
    form, said = occurrence.form.text.split(), occurrence.span.of(source).split()
    if lang == "zh" or len(form) < 2 or len(form) != len(said):
        return False
    names = sum(word[0].isupper() for word in _WORD.findall(source)[1:])
    return names > 0 and any(
        one[:1].isupper() and other[:1].islower() for one, other in zip(form[1:], said[1:], strict=True)
    )


@cache
def _owners() -> Glossary:
    """Countries, parts of Russia, unions of states."""
    known = store.builtin()
    return Glossary(
        tuple(
            term
            for term in known
            if _OWNERS.search(term.origin)
            or (_HIGH.search(term.origin) and any(form.text in _UNIONS for form in term.forms.get("zh", ())))
        )
    )


@cache
def _names() -> Glossary:
    return Glossary(tuple(term for term in store.builtin() if term.kind in ("place", "body")))


@cache
def _matcher(which: str, lang: Lang) -> Matcher:
    return Matcher(_owners() if which == "owners" else _names(), lang)


@lru_cache(maxsize=256)
def _found(which: str, text: str, lang: Lang) -> tuple[Occurrence, ...]:
    return _matcher(which, lang).find(text)


@lru_cache(maxsize=4096)
def _owned_by(said: tuple[tuple[Lang, str], ...]) -> frozenset[str]:
    """The countries that the forms of a body or an office name: empty where none does."""
    found = {_same(hit.term.id) for lang, text in said for hit in _found("owners", text, lang)}
    if any((lang == "zh" and _CHINA.match(text)) or _COUNCIL.search(text) for lang, text in said):
        found.add("place-china")
    return frozenset(found)


_ALIASES = {
    "place-the-peoples-republic-of-china": "place-china",
    "place-the-russian-federation": "place-russia",
}


def _same(country: str) -> str:
    return _ALIASES.get(country, country)


def _of_another(occurrence: Occurrence, source: str, lang: Lang) -> bool:
    """Does the source give the body or office to a country that none of its forms names: 美国[国务院]?"""
    forms_ = occurrence.term.forms
    owners = _owned_by(tuple((each, form.text) for each in LANGS for form in forms_.get(each, ())[:2]))
    return bool(owners) and any(_same(each) not in owners for each in _beside(occurrence.span, source, lang))


def _beside(span: Span, source: str, lang: Lang) -> Iterator[str]:
    """The countries that stand right before or behind the span as the owners of what stands there."""
    before, behind = _BETWEEN[lang]
    for hit in _found("owners", source, lang):
        if hit.span.end <= span.start and before.match(source[hit.span.end : span.start]):
            if not (lang == "zh" and _TOWARDS.search(source[: hit.span.start])):
                yield hit.term.id
        elif hit.span.start >= span.end and behind.match(source[span.end : hit.span.start]):
            last = hit.span.of(source).split()[-1]
            if lang == "en" or last.isupper() or any(a.case == "gen" for a in analyses(last)):
                yield hit.term.id


_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|ск(?:ий|ой)|цкий|енко|ян|дзе|швили)(?:а|у|ым|ом|е|ой|ого|ому|ую|ая)?$")
_SIDES = frozenset(
    listed("""North South East West Northern Southern Eastern Western New Old Great Greater Upper Lower Central Inner
    Outer Far Middle Near Port Fort Lake Mount Cape San Santa Saint St World""")
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _named(occurrence: Occurrence, source: str, lang: Lang) -> bool:
    """Is a word that names a place, or a body, but a part of a longer name: [Владимир] Колокольцев, Крайний [Север],
    Michael [Jordan], World [Congress]?"""
    span, kind = occurrence.span, occurrence.term.kind
    words = span.of(source)
    if lang == "zh" or kind == "person" or not _WORD.fullmatch(words) or not words[0].isupper():
        return False
    left = re.search(r"(\S*[^\W\d_]) $", source[: span.start])
    right = re.match(r" ([^\W\d_]\S*)", source[span.end :])
    before, behind = left.group(1) if left else "", right.group(1).rstrip(".,;:!?»”") if right else ""
    first = left is None or not source[: left.start()].strip() or source[: left.start()].rstrip()[-1:] in ".!?«“"
    if lang == "ru":
        if (
            source[: span.start].endswith(("«", "„", '"'))
            and kind == "place"
            and source[span.end : span.end + 1] in '»“"'
        ):
            return True  # мотоциклы «[Урал]»
        return kind == "place" and (
            _person(words, behind) or _ruler(before, words) or (before[:1].isupper() and _side(before, words, first))
        )
    if words == "Lao" and behind in _surnames():
        return True  # Lao Xie is a person
    if not before[:1].isupper() or before.isupper():
        return False
    if before in _SIDES:
        return True
    return kind == "place" and not first and _given(before)


@cache
def _surnames() -> frozenset[str]:
    """The Chinese surnames in pinyin."""
    from pipeline.languages import pinyin

    return frozenset(pinyin.name(han) for han in pinyin.SURNAMES)


def _person(word: str, behind: str) -> bool:
    """Is it a given name before a surname?"""
    if not behind[:1].isupper() or behind.isupper() or not any("Name" in a.grammemes for a in analyses(word)):
        return False
    return bool(_SURNAME.search(behind)) or any("Surn" in a.grammemes for a in analyses(behind))


def _ruler(before: str, word: str) -> bool:
    """Is it the byname of a person: Иван [Грозный]?"""
    given = any("Name" in a.grammemes for a in analyses(before)[:1]) and before[:1].isupper()
    return given and analyses(word.lower())[0].pos == "ADJF"


def _side(before: str, word: str, first: bool) -> bool:
    """Is the word before an adjective that agrees with the name and is a part of it? One that begins the sentence is
    only where it is of the kind that names hold."""
    found = [a for a in analyses(before) if a.pos == "ADJF"]
    if not found or (first and found[0].lemma not in _HELD):
        return False
    own = {a.case for a in analyses(word) if a.pos == "NOUN"}
    return any(a.case in own for a in found)


_HELD = frozenset(
    listed("""северный южный восточный западный дальний ближний средний крайний верхний нижний великий новый старый
    большой малый""")
)


def _given(word: str) -> bool:
    """Is it an English given name, by its Chinese or Russian renderings in the dictionary of words?"""
    from pipeline.languages import lexicon

    found = lexicon.load("en-ru").best(word.lower(), 2)
    return any("Name" in a.grammemes for said, _ in found for a in analyses(said.capitalize())[:1])


def _in_a_longer(occurrence: Occurrence, source: str, target: str, lang: Lang, other: Lang) -> bool:
    """Is it a part of a longer name of the bundled glossaries whose official form, which the target has, does not
    hold the term's: 东方站 in «Дальний Восток», 格鲁吉亚 in "the US state of Georgia"?"""
    span = occurrence.span
    for hit in _found("names", source, lang):
        whole = hit.span
        if not (whole.start <= span.start and span.end <= whole.end and len(whole) > len(span)):
            continue
        official = hit.term.forms.get(other, ())
        if any(_holds(occurrence.term, form.text, other) for form in official):
            continue
        if forms.find(hit.term, other, fold(target, other), target):
            return True
    return lang == "en" and occurrence.term.kind == "place" and _namesake(occurrence, source, target, other)


_NAMESAKES = "the state of {}", "{} River", "the {} River"


def _namesake(occurrence: Occurrence, source: str, target: str, other: Lang) -> bool:
    """Has the target the official form of another bundled place of the same English name, and not the term's: Джорджия
    for Savannah, Georgia; Иордан for the flow of the Jordan?"""
    words = occurrence.span.of(source)
    if _holds(occurrence.term, target, other):
        return False
    for name in _NAMESAKES:
        whole = name.format(words)
        for hit in _found("names", whole, "en"):
            more = words in hit.span.of(whole) and len(hit.span) > len(words)
            if more and forms.find(hit.term, other, fold(target, other), target):
                return True
    return False


def _holds(term: Term, text: str, lang: Lang) -> bool:
    return bool(forms.find(term, lang, fold(text, lang), text))
