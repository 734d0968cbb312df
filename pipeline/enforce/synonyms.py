"""A mere term in other words that the dictionary of the genre lists for it too: sound, and shown rather than replaced.

Names of people, places, bodies, offices and slogans have one official form; «lawsuit» for litigation is a choice of
words. Whoever lays down a glossary of his own has made that choice, so only the bundled terms are so treated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path

from pipeline.enforce import bridge
from pipeline.errors import PalladiusError
from pipeline.glossary.store import builtin_folder
from pipeline.languages import dictionary
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.english import lemma as english_lemma
from pipeline.languages.russian.analyse import analyses, tokenise
from pipeline.languages.russian.analyse import lemma as russian_lemma
from pipeline.model import Lang, Term


def ordinary(term: Term, words: str, lang: Lang) -> bool:
    """Is one word of `words` no word of the official wording, but a listed rendering of a part of the Chinese form?

    `words`: what stands in the target, in `lang`. False for other kinds than terms, for a glossary of one's own, and
    where the entry has no Chinese.
    """
    zh = term.forms.get("zh", ())
    if term.kind != "term" or not zh or not bundled(term.origin):
        return False
    try:
        return _chinese(term, words) if lang == "zh" else _other(term, words, lang)
    except PalladiusError:
        return False  # the dictionary is not installed


def admissible(term: Term, words: str, lang: Lang) -> bool:
    """Do `words` (Russian or English) say the whole of a bundled entry in renderings that the dictionary lists for its
    Chinese words, or in the official ones, in any order («отношения двух стран», «village committee»)?

    False for names of people, places and what has a capital of its own: those have one official form.
    """
    zh = term.forms.get("zh", ())
    first = term.forms[lang][0].text
    if lang == "zh" or term.kind not in ("term", "title", "body", "slogan") or not zh or not bundled(term.origin):
        return False
    if term.kind in ("body", "slogan") and _NAMED.match(first):
        return False
    if term.kind == "slogan" and lang == "ru":
        same = _spelt_out(_lemmas(words, lang)) == _spelt_out(_lemmas(first, lang))
        return same and _leads(words) == _leads(first)
    said = _lemmas(words, lang)
    own = [_lemmas(form.text, lang) for form in term.forms[lang]]
    if len(said) > 1 and any(set(said) == set(each) for each in own):
        return lang == "en" or _leads(first) == _leads(words)
    if term.kind == "slogan":
        return False
    if len(said) > 1 and any(set(said) < set(each) or set(each) < set(said) for each in own):
        return True
    if lang == "ru" and (term.kind == "term" or any(_HEADS.search(form.text) for form in zh)):
        return False
    known = {word for each in own for word in each}
    try:
        return any(_says_all(form.text, said, known, lang) for form in zh)
    except PalladiusError:
        return False  # the dictionary is not installed


_SHORT = {"генассамблея": ("генеральный", "ассамблея"), "совбез": ("совет", "безопасность")}


def _spelt_out(words: Sequence[str]) -> list[str]:
    """The words, compounds of officialese as what they are short for."""
    return [part for word in words for part in _SHORT.get(word, (word,))]


_HEADS = re.compile("主席|总统|总理|书记|首相")  # one office has one name
_NAMED = re.compile(r"(?:the )?[A-ZА-ЯЁ][a-zа-яё]")


def _leads(text: str) -> set[str]:
    """The prepositions inside a Russian phrase."""
    return {token.text.lower() for token in tokenise(text)[1:] if analyses(token.text)[0].pos == "PREP"}


def _says_all(zh: str, said: Sequence[str], known: Collection[str], lang: Lang) -> bool:
    pieces = _pieces(zh)
    if not all(word in known or any(dictionary.renders(lang, piece, word) for piece in pieces) for word in said):
        return False
    return all(dictionary.covered(lang, piece, said) or not dictionary.beginnings(piece, lang) for piece in pieces)


_folder = cache(builtin_folder)  # links are followed: an entry need not ask the disk again


@lru_cache(maxsize=1 << 10)
def bundled(origin: str) -> bool:
    """Does the entry come from the glossaries that the program brings along?"""
    folder = _folder()
    return folder is not None and bool(origin) and folder in Path(origin).parents


def _other(term: Term, words: str, lang: Lang) -> bool:
    own = {word for form in term.forms[lang] for word in _lemmas(form.text, lang)}
    rest = [word for word in _lemmas(words, lang) if word not in own]
    parts = [piece for form in term.forms["zh"] for piece in _pieces(form.text)]
    return len(rest) == 1 and any(_lists(piece, rest[0], lang) for piece in parts)


def _chinese(term: Term, words: str) -> bool:
    """Into Chinese: is the one word that is not the form's own rendered by words of the entry's other forms?"""
    own = {piece for form in term.forms["zh"] for piece in _pieces(form.text)}
    rest = [piece for piece in _pieces(words) if piece not in own]
    langs: tuple[Lang, ...] = ("ru", "en")
    said = {lang: {w for form in term.forms.get(lang, ()) for w in _lemmas(form.text, lang)} for lang in langs}
    return len(rest) == 1 and any(_lists(rest[0], word, lang) for lang, known in said.items() for word in known)


def _lists(piece: str, word: str, lang: Lang) -> bool:
    """Is the word by itself a rendering that the dictionary lists for the Chinese word?"""
    if lang == "en" and bridge.strength(word, piece, lang, "zh") >= 0.85:
        return True
    entry = dictionary.load().get(piece)
    return entry is not None and (word,) in entry.renderings(lang)


@lru_cache(maxsize=1 << 12)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(span.of(text) for span, _ in dictionary.segment(text))


@lru_cache(maxsize=1 << 12)
def _lemmas(text: str, lang: Lang) -> tuple[str, ...]:
    """Dictionary forms of the words that carry meaning, ё as е."""
    if lang == "en":
        found = re.findall(r"[^\W\d_]+", text.lower())
        return tuple(english_lemma(word) for word in found if word not in FUNCTION_WORDS and word != "s")
    return tuple(
        russian_lemma(token.text).replace("ё", "е")
        for token in tokenise(text)
        if token.is_word and analyses(token.text)[0].pos not in ("PREP", "CONJ", "PRCL")
    )
