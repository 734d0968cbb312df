"""Is a word of the target a rendering of a word of the term? By the bundled word translation tables, both ways.

The strength is 0..1: 1 for a likely translation, less for a rare one or for one that shares only a part of the word
(复兴 for 振兴, замещение in импортозамещение).
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.errors import DataError, PalladiusError
from pipeline.languages import dictionary, lexicon
from pipeline.languages.palladius_table import listed
from pipeline.languages.russian.analyse import lemma as russian_lemma
from pipeline.languages.russian.analyse import tokenise
from pipeline.languages.russian.tables import lines
from pipeline.model import Lang

_UNLISTED = 0.75  # what the statistics are worth for a part that is listed, but not with this word
_ALL = 24  # translations of a source word that are looked at
_TOP = 10  # translations of a target word
_EMPTY_RU = frozenset(listed("и в на с со к о об от по для из за у при не"))


def language_of(text: str) -> Lang:
    """The language a term's form is written in, by its letters."""
    if any("\u3400" <= char <= "\u9fff" for char in text):
        return "zh"
    return "ru" if any("а" <= char <= "я" or char == "ё" for char in text.lower()) else "en"


@lru_cache(maxsize=1 << 12)
def source_words(text: str) -> tuple[str, ...]:
    """The words of a term's form that carry meaning, as the tables list them."""
    lang = language_of(text)
    if lang == "zh":
        from pipeline.languages import chinese
        from pipeline.languages.pinyin import reading

        found = [part for span in chinese.words(text) for part in split(span.of(text))]
        return tuple(word for word in found if all(reading(char) for char in word) and chinese.is_han(word))
    tokens = [token.text for token in tokenise(text) if token.is_word]
    if lang == "ru":
        return tuple(word for word in map(russian_lemma, tokens) if word not in _EMPTY_RU)
    from pipeline.languages.english import FUNCTION_WORDS

    return tuple(word.lower() for word in tokens if word.lower() not in FUNCTION_WORDS)


@lru_cache(maxsize=1)
def name_parts() -> dict[str, dict[Lang, frozenset[str]]]:
    """Parts of official Chinese names and the words that translations put for them, right or wrong."""
    made: dict[str, dict[Lang, frozenset[str]]] = {}
    for line in lines("parts"):
        zh, ru, en = line.split("\t")
        made[zh] = {"ru": frozenset(ru.split()), "en": frozenset(en.split())}
    return made


@lru_cache(maxsize=1 << 13)
def split(word: str) -> tuple[str, ...]:
    """A Chinese compound as the parts that are listed, as few as can be; the word itself where that does not come out.

    A word that only the statistical tables list is cut where listed parts make it up: 国有企业 as 国有, 企业.
    """
    if word in name_parts() or len(word) < 3:
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            before, piece = best[start], word[start:end]
            if before is None or piece == word or not _known(piece):
                continue
            held = best[end]
            if held is None or len(before) + 1 < len(held):
                best[end] = (*before, piece)
    return best[-1] or (word,)


def _known(piece: str) -> bool:
    return piece in name_parts() or (len(piece) > 1 and bool(_best("zh-en", piece) or _best("zh-ru", piece)))


def _listed(zh: str, word: str, lang: Lang) -> bool:
    """Do the parts of names or the dictionary give the word for the Chinese one?"""
    parts, words = _renderings(zh, lang)
    if not parts and not words:
        return False
    if lang != "en":
        return word in parts or word.replace("ё", "е") in words
    variants = _variants(word, lang)
    return not parts.isdisjoint(variants) or not words.isdisjoint(each.replace("ё", "е") for each in variants)


@lru_cache(maxsize=1 << 13)
def _renderings(zh: str, lang: Lang) -> tuple[frozenset[str], frozenset[str]]:
    """What the parts of names give for a Chinese word, and the renderings of one word that the dictionary gives."""
    parts = name_parts()[zh][lang] if zh in name_parts() else frozenset[str]()
    try:
        entry = dictionary.load().get(zh) if len(zh) > 1 else None
    except PalladiusError:
        entry = None
    several = entry.renderings(lang) if entry is not None else ()
    return parts, frozenset(item[0] for item in several if len(item) == 1)


@lru_cache(maxsize=8)
def _table(pair: str) -> lexicon.Lexicon | None:
    try:
        return lexicon.load(pair)
    except DataError:
        return None


@lru_cache(maxsize=1 << 15)
def _best(pair: str, word: str) -> tuple[tuple[str, float], ...]:
    table = _table(pair)
    return tuple(table.best(word, _ALL)) if table is not None else ()


def _grade(likely: float, top: float) -> float:
    """A probability beside that of the likeliest translation: the tables' tails are noisy."""
    share = likely / top
    return 1.0 if share >= 0.25 else 0.85 if share >= 0.1 else 0.7 if share >= 0.04 else 0.45


@lru_cache(maxsize=1 << 14)
def _graded(pair: str, word: str, size: int) -> tuple[tuple[str, float, float], ...]:
    """The likeliest translations of a word: (translation, probability, grade), `size` at most."""
    row = _best(pair, word)[:size]
    return tuple((other, likely, _grade(likely, row[0][1])) for other, likely in row)


@lru_cache(maxsize=1 << 14)
def _grades(pair: str, word: str) -> dict[str, float]:
    return {other: grade for other, _, grade in reversed(_graded(pair, word, _ALL))}


@lru_cache(maxsize=1 << 14)
def _characters(pair: str, word: str) -> frozenset[str]:
    """The characters of the likeliest Chinese translations of a word."""
    return frozenset(char for other, _, _ in _graded(pair, word, _TOP) for char in other)


@lru_cache(maxsize=1 << 14)
def _variants(word: str, lang: Lang) -> tuple[str, ...]:
    if lang != "en":
        return (word,)
    from pipeline.languages.english import lemma, plural

    base = lemma(word)
    return tuple(dict.fromkeys((word.lower(), base, plural(base), f"{base}'s")))  # the tables list people's, too


@lru_cache(maxsize=1 << 16)
def strength(target: str, source: str, target_lang: Lang, source_lang: Lang) -> float:
    """How surely `target` renders `source`, a word as `source_words` gives it."""
    forward, backward = f"{source_lang}-{target_lang}", f"{target_lang}-{source_lang}"
    if source_lang == "zh" and _listed(source, target, target_lang):
        return 1.0
    if target_lang == "zh" and _listed(target, source, source_lang):
        return 1.0
    wanted = _variants(target, target_lang)
    found = 0.0
    for original in _variants(source, source_lang):
        grades = _grades(forward, original)
        found = max([found, *(grades.get(word, 0.0) for word in wanted)])
    if "-" in source and source_lang == "ru":
        parts = [part for part in source.split("-") if len(part) > 3]
        found = max([found, *(0.9 * strength(target, part, target_lang, source_lang) for part in parts)])
    for word in wanted:
        if source_lang == "zh" and _characters(backward, word).isdisjoint(source):
            continue  # `_same` is 0 for all of them
        for other, likely, grade in _graded(backward, word, _TOP):
            if grade > found:
                found = max(found, grade * _same(other, source, source_lang, likely))
    chinese = source if source_lang == "zh" else target if target_lang == "zh" else ""
    return _UNLISTED * found if chinese in name_parts() else found


def _same(found: str, source: str, lang: Lang, likely: float) -> float:
    """1 for the same word, less for one that shares a part with it."""
    if found == source:
        return 1.0
    if lang == "zh":
        if len(found) >= 2 and (found in source or source in found):
            return 0.9
        if found in source and likely >= 0.1:
            return 0.8
        return 0.65 if likely >= 0.1 and (found[-1] in source or source[-1] in found) else 0.0
    if lang == "en":
        return 1.0 if set(_variants(found, "en")) & set(_variants(source, "en")) else 0.0
    one, two = sorted((found, source), key=len)
    if len(one) >= 5 and one in two and not two.startswith(one):
        return 0.8
    return 0.55 if len(one) >= 5 and one[:5] == two[:5] and len(two) - len(one) <= 3 else 0.0


def unknown(source: str, target_lang: Lang, source_lang: Lang) -> bool:
    """Has the table nothing for the word?"""
    if source_lang == "zh" and source in name_parts():
        return False
    return not any(_best(f"{source_lang}-{target_lang}", word) for word in _variants(source, source_lang))
