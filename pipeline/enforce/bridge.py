"""Is a word of the target a rendering of a word of the term? By the bundled word translation tables, both ways.

The strength is 0..1: 1 for a likely translation, less for a rare one or for one that shares only a part of the word
(复兴 for 振兴, замещение in импортозамещение).
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.errors import DataError
from pipeline.languages import lexicon
from pipeline.languages.russian.analyse import lemma as russian_lemma
from pipeline.languages.russian.analyse import tokenise
from pipeline.model import Lang

_TOP = 10  # translations of a target word that are looked at
_EMPTY_RU = frozenset("и в на с со к о об от по для из за у при не".split())


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

        found = [span.of(text) for span in chinese.words(text)]
        return tuple(word for word in found if all(reading(char) for char in word) and chinese.is_han(word))
    tokens = [token.text for token in tokenise(text) if token.is_word]
    if lang == "ru":
        return tuple(word for word in map(russian_lemma, tokens) if word not in _EMPTY_RU)
    from pipeline.languages.english import FUNCTION_WORDS

    return tuple(word.lower() for word in tokens if word.lower() not in FUNCTION_WORDS)


@lru_cache(maxsize=8)
def _table(pair: str) -> lexicon.Lexicon | None:
    try:
        return lexicon.load(pair)
    except DataError:
        return None


@lru_cache(maxsize=1 << 15)
def _best(pair: str, word: str) -> tuple[tuple[str, float], ...]:
    table = _table(pair)
    return tuple(table.best(word, 24)) if table is not None else ()


def _grade(likely: float) -> float:
    return 1.0 if likely >= 0.08 else 0.85 if likely >= 0.03 else 0.7 if likely > 0 else 0.0


def _variants(word: str, lang: Lang) -> tuple[str, ...]:
    if lang != "en":
        return (word,)
    from pipeline.languages.english import lemma, plural

    base = lemma(word)
    return tuple(dict.fromkeys((word.lower(), base, plural(base))))


@lru_cache(maxsize=1 << 16)
def strength(target: str, source: str, target_lang: Lang, source_lang: Lang) -> float:
    """How surely `target` renders `source`, a word as `source_words` gives it."""
    forward, backward = f"{source_lang}-{target_lang}", f"{target_lang}-{source_lang}"
    wanted = set(_variants(target, target_lang))
    found = 0.0
    for original in _variants(source, source_lang):
        found = max([found, *(_grade(p) for word, p in _best(forward, original) if word in wanted)])
    for word in _variants(target, target_lang):
        for other, likely in _best(backward, word)[:_TOP]:
            found = max(found, _grade(likely) * _same(other, source, source_lang, likely))
    return found


def _same(found: str, source: str, lang: Lang, likely: float) -> float:
    """1 for the same word, less for one that shares a part with it."""
    if found == source:
        return 1.0
    if lang == "zh":
        if len(found) >= 2 and (found in source or source in found):
            return 0.9
        return 0.65 if likely >= 0.1 and set(found) & set(source) else 0.8 if found in source and likely >= 0.1 else 0.0
    if lang == "en":
        return 1.0 if set(_variants(found, "en")) & set(_variants(source, "en")) else 0.0
    one, two = sorted((found, source), key=len)
    if len(one) >= 5 and one in two:
        return 0.8
    return 0.75 if len(one) >= 5 and one[:5] == two[:5] and len(two) - len(one) <= 3 else 0.0


def unknown(source: str, target_lang: Lang, source_lang: Lang) -> bool:
    """Has the table nothing for the word?"""
    return not any(_best(f"{source_lang}-{target_lang}", word) for word in _variants(source, source_lang))
