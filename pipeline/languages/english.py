"""English: words, dictionary forms, number, articles, titles. Rules of its own; no model, no network."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import english_tables as tables
from pipeline.languages.english_tables import FUNCTION_WORDS
from pipeline.languages.numbers_words import MONTH_NAMES_EN
from pipeline.model import Span

__all__ = [
    "FUNCTION_WORDS",
    "MONTHS",
    "adjective_of",
    "article",
    "is_plural",
    "lemma",
    "plural",
    "plurals",
    "singular",
    "title",
    "words",
]

MONTHS: tuple[str, ...] = MONTH_NAMES_EN[1:]
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-&][^\W\d_]+)*(?:\.(?=[^\W\d_]))?|\d+(?:[.,:]\d+)*")
_SINGULARS = {form: word for table in (tables.LATIN_PLURALS, tables.IRREGULAR_PLURALS) for word, form in table.items()}
_VOWELS = "aeiou"


def words(text: str) -> tuple[Span, ...]:
    """Words and numbers as spans; a hyphenated word is one, the possessive 's belongs to its word."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


def _like(pattern: str, word: str) -> str:
    """`word` with the capitals of `pattern`."""
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


_ENDS = ("wife", "knife", "shelf", "leaf", "loaf", "wolf", "child", "tooth")
"""Last parts of compounds that form the plural as they do alone."""


def plural(noun: str) -> str:
    """The plural of a noun phrase, by its head: "city" -> "cities", "hall of fame" -> "halls of fame"."""
    match = re.match(r"(.+?)(\s+(?:of|for|in|to|at|on|with|from|between|against|by|and)\s.+)$", noun, re.S)
    if match:
        return plural(match[1]) + match[2]
    head, space, last = noun.rpartition(" ")
    low = last.lower()
    if low in tables.UNCHANGED or not last:
        return noun
    if low in tables.IRREGULAR_PLURALS:
        return head + space + _like(last, tables.IRREGULAR_PLURALS[low])
    if last.isupper() and len(last) > 1:
        return noun + "s"
    for end in _ENDS:
        if low.endswith(end) and len(low) > len(end) + 1:
            return noun[: -len(end)] + tables.IRREGULAR_PLURALS[end]  # midwives, grandchildren
    if low.endswith("sis"):
        return noun[:-2] + "es"
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if low.endswith("man") and len(low) > 4 and low not in _NO_MEN:
        return noun[:-2] + "en"  # policemen, craftswomen
    if low.endswith("y") and low[-2:-1] not in tuple(_VOWELS) and len(low) > 1:
        return noun[:-1] + "ies"
    return noun + "s"


def plurals(noun: str) -> tuple[str, ...]:
    """All plurals of a noun, the usual one first: "consortium" -> "consortia", "consortiums"."""
    latin = tables.LATIN_PLURALS.get(noun.lower())
    if noun.lower() == "person":
        return plural(noun), noun + "s"
    if not latin:
        return (plural(noun),)
    regular = noun + ("es" if noun.endswith(("s", "x")) else "s")
    return tuple(dict.fromkeys((plural(noun), _like(noun, latin), regular)))


def singular(noun: str) -> str:
    """The singular of a noun's last word; the word itself where it is none or has no plural."""
    head, space, last = noun.rpartition(" ")
    low = last.lower()
    if low in tables.UNCHANGED or low in tables.IRREGULAR_PLURALS:
        return noun
    if low in _SINGULARS:
        return head + space + _like(last, _SINGULARS[low])
    return head + space + _like(last, _singular(low))


def _singular(low: str) -> str:
    if len(low) < 4 or not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    return low[:-1]


_NO_MEN = frozenset(
    ("german", "roman", "human", "ottoman", "talisman", "shaman", "norman", "caiman", "brahman", "ataman", "hetman",
     "dragoman", "turkoman", "mussulman")
)  # fmt: skip
_ONE = frozenset(("summons", "lens", "canvas", "atlas", "pancreas", "bias", "gallows", "chaos", "cosmos", "pathos"))
_ALWAYS_MANY = frozenset(("goods", "arms", "clothes", "earnings", "proceeds", "police"))


@lru_cache(maxsize=4096)
def _one_of(men: str) -> str:
    """The singular of a word in -men that a dictionary knows as a plural; other words (ramen, specimen) as they are."""
    import simplemma

    found = str(simplemma.lemmatize(men, lang="en"))
    return found if found.endswith("man") else men


def is_plural(noun: str) -> bool:
    """Does the last word look like a plural?"""
    last = noun.rpartition(" ")[2].lower()
    if last in _ONE or (last.endswith("men") and noun[-len(last) :].islower() and _one_of(last) != last):
        return last not in _ONE  # policemen, craftswomen; but a summons, Xiamen
    if last.endswith("children"):
        return True
    return last in _SINGULARS or last in _ALWAYS_MANY or (last not in tables.UNCHANGED and _singular(last) != last)


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """Dictionary form in lower case: "cities" -> "city", "held" -> "hold", "China's" -> "china".

    Tables of our own first (they know what the genre means by "headquarters" or "held"), then simplemma's dictionary.
    """
    low = re.sub("['’]s?$", "", word.lower())
    if low in FUNCTION_WORDS or low in tables.UNCHANGED:
        return low
    if known := tables.IRREGULAR_VERBS.get(low) or _SINGULARS.get(low):
        return known
    import simplemma

    return str(simplemma.lemmatize(low, lang="en")).lower()


_ADJECTIVES = re.compile(r"(?:al|ary|ian|ic|ese|ous|ive|ized|ised)$")


def adjective_of(word: str, noun: str) -> bool:
    """Is `word` an adjective made of the one-word `noun`, by its ending: "theatrical", "oncological", "Mongolian"?"""
    left, right = word.lower(), lemma(noun)
    if " " in noun or left in (right, noun.lower()) or not _ADJECTIVES.search(left):
        return False
    shared = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return shared >= 5 and shared >= 0.6 * len(right)


def article(word: str) -> str:
    """a or an before `word`, by its sound as far as spelling tells: an hour, a university, an SCO member."""
    first = re.split(r"[\s\-]", word.strip().lstrip("\"'“‘«("))[0].rstrip(".,")
    if not first:
        return "a"
    if first[0].isdigit():
        return "an" if re.match(r"8|11(?!\d)|18(?!\d)|11[,\d]{4}(?!\d)|18[,\d]{4}(?!\d)", first) else "a"
    if first.isupper() and first not in tables.SPOKEN:
        return "an" if first[0] in tables.LETTERS_WITH_VOWEL else "a"
    low = first.lower()
    if low.startswith(tables.SILENT_H):
        return "an"
    if low.startswith(tables.CONSONANT_SOUND) and not low.startswith(tables.VOWEL_AFTER_UNI):
        return "an" if low.startswith(("oner", "usher", "ush")) else "a"
    return "an" if low[0] in _VOWELS else "a"


def title(text: str) -> str:
    """Title case after the Chicago Manual: small words small inside, words with capitals of their own untouched."""
    pieces = re.split(r"(\s+)", text)
    last = max((at for at, piece in enumerate(pieces) if piece.strip()), default=0)
    out = []
    for at, piece in enumerate(pieces):
        small = piece.lower() in tables.MINOR_IN_TITLES and 0 < at < last and not pieces[at - 2].endswith((":", "—"))
        if any(char.isupper() for char in piece[1:]):
            out.append(piece)
        elif small:
            out.append(piece.lower())
        else:
            parts = piece.split("-")
            small_parts = [at > 0 and part in tables.MINOR_IN_TITLES for at, part in enumerate(parts)]
            named = [part if low else part[:1].upper() + part[1:] for part, low in zip(parts, small_parts, strict=True)]
            out.append("-".join(named))
    return "".join(out)
