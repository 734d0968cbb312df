"""Words: tokens, dictionary analyses, inflection of one word.

Ordinary words are served by pymorphy3 (Korobov 2015, OpenCorpora dictionary); names have rules of their own in
`names` and `places`, because the dictionary's first guess is wrong for most names in the Palladius system.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.languages.russian.tables import table

CASES: Final = ("nom", "gen", "dat", "acc", "ins", "prp")
_CASE_IN: Final = {
    "nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "prp",
    "gen2": "gen", "acc2": "acc", "loc2": "loc", "voct": "voc", "gen1": "gen", "loc1": "prp",
}  # fmt: skip
_CASE_OUT: Final = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "prp": "loct"}
_GENDER_IN: Final = {"masc": "m", "femn": "f", "neut": "n", "ms-f": "c"}
_GENDER_OUT: Final = {"m": "masc", "f": "femn", "n": "neut", "c": "masc"}  # common gender agrees as the masculine
_NUMBER_IN: Final = {"sing": "sg", "plur": "pl"}
_NUMBER_OUT: Final = {"sg": "sing", "pl": "plur"}

_RARE: Final = frozenset(
    {"V-oy", "V-ey", "Infr", "V-be", "Arch", "Supr", "Cmp2", "V-ie", "V-en", "Litr"}
)  # never offered

_ADJECTIVE: Final = re.compile(r"(ск|н|цк)(ий|ый|ой|ая|ое|ие|ые)$", re.IGNORECASE)
_PLACED: Final = re.compile(r"[а-я](?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")
_PRODUCTIVE: Final = re.compile(r"(изм|изма|ость|ация|яция|ение|ание|навт|ство|логия|ец|цы|(ск|н)(ий|ый|ая|ое|ие|ые))$")
_CYRILLIC: Final = re.compile("[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_TOKEN: Final = re.compile(
    r"[^\W_]+(?:\u0301[^\W_]*)*(?:[-\u2010\u2011'’.](?=[^\W\d_])[^\W_]+|(?<=\d)[.,](?=\d)\d+|(?<=\d)-?[^\W\d_]+|-\d+)*"
    r"|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or one mark of punctuation; `start` and `end` are code points of the text."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalnum()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a word form. Empty strings where a feature does not apply.

    pos is pymorphy3's part of speech (NOUN ADJF ADJS PRTF PRTS VERB INFN NUMR NPRO ADVB PREP CONJ PRCL ...);
    case is one of CASES or "loc", "voc"; gender is m f n or c (common); number is sg or pl; animate is None where the
    word does not say; grammemes are the dictionary's own, for what is rare.
    """

    word: str
    lemma: str
    pos: str
    case: str
    number: str
    gender: str
    animate: bool | None
    tense: str
    person: str
    grammemes: frozenset[str]
    known: bool
    score: float


_lock = threading.Lock()


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    import pymorphy3

    from pipeline.languages.russian.automaton import quicken

    return quicken(pymorphy3.MorphAnalyzer(lang="ru"))


_known: dict[str, bool] = {}  # of the words that `parses` looked up: `is_known` need not do so again


def _remember(word: str, found: Sequence[Any]) -> None:
    """Did the dictionary itself give a reading, rather than a guess by a part of the word?"""
    if len(_known) >= 1 << 16:
        _known.clear()
    if word.isalpha() and word.islower():
        _known[word] = any(
            len(parse.methods_stack) == 1 and type(parse.methods_stack[0][0]).__name__ == "DictionaryAnalyzer"
            for parse in found
        )


def _surname_alone(word: str, found: Sequence[Any]) -> bool:
    """Is a surname all that the dictionary has for the word (or for what follows its hyphen)?"""
    surnames = ["Surn" in parse.tag.grammemes for parse in found]
    known = is_known(word)
    return any(surnames) and (all(surnames) or not known) and not any(parse.tag.POS == "ADJF" for parse in found)


def _as_adjective(word: str) -> list[Any]:
    """Readings as an adjective of a word that the dictionary has as a surname: «[Каменский] округ»."""
    analyzer = _analyzer()
    units = (step.analyzer for step in analyzer._units)
    suffixes = next(unit for unit in units if type(unit).__name__ == "KnownSuffixAnalyzer")
    with _lock:
        found = [analyzer._result_type(*parse) for parse in suffixes.parse(word, word, set())]
    return [parse for parse in found if parse.tag.POS == "ADJF"]


@lru_cache(maxsize=1 << 16)
def parses(word: str) -> tuple[Any, ...]:
    """pymorphy3's own parses of `word`, best first."""
    small = word.lower()
    if small != word and len(word) > 1 and len(small) == len(word) and _CYRILLIC.fullmatch(word):
        return parses(small)  # the dictionary does not tell capitals from small letters
    with _lock:
        try:
            found = _analyzer().parse(word)
        except ValueError:  # pymorphy3 asks for the Unicode name of letters that have none
            found = _analyzer().parse("".join(char if unicodedata.name(char, "") else "_" for char in word))
    _remember(word, found)
    if _PLACED.search(word) and _surname_alone(word, found):
        found = [*found, *_as_adjective(word)]
    if len(word) == 1:  # «и», «с» are listed as initials, too
        found = [parse for parse in found if parse.tag.POS != "NOUN"] or found
    elif _ADJECTIVE.search(word) and not is_known(word):
        found = [parse for parse in found if parse.tag.POS == "ADJF"] or found
    return tuple(sorted(found, key=lambda parse: parse.normal_form == "больший"))  # «большая панда»: of «большой»


def tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        yield Token(match.start(), match.end(), match.group())


@lru_cache(maxsize=4096)
def tokenise(text: str) -> tuple[Token, ...]:
    """Words (with inner hyphens and apostrophes), numbers and single marks of `text`, in order, with offsets."""
    return tuple(tokens(text))


@lru_cache(maxsize=1 << 16)
def analyses(word: str) -> tuple[Analysis, ...]:
    """Every reading of `word` the dictionary (or, for unknown words, its guesser) gives, best first."""
    plain = word.replace("\u0301", "")
    known = is_known(plain)
    return tuple(_analysis(parse, known) for parse in parses(plain))


def _analysis(parse: Any, known: bool) -> Analysis:
    return Analysis(parse.word, parse.normal_form, *_features(parse.tag), known, float(parse.score))


Features = tuple[str, str, str, str, bool | None, str, str, frozenset[str]]


@lru_cache(maxsize=1 << 14)
def _features(tag: Any) -> Features:
    """pos, case, number, gender, animate, tense, person, grammemes: what a tag of pymorphy3 says (see Analysis)."""
    grammemes = frozenset(tag.grammemes)
    animate = True if "anim" in grammemes else False if "inan" in grammemes else None
    gender = "c" if grammemes & {"GNdr", "ms-f"} else _GENDER_IN.get(str(tag.gender), "")
    return (
        str(tag.POS or next(iter(grammemes), "")), _CASE_IN.get(str(tag.case), ""),
        _NUMBER_IN.get(str(tag.number), ""), gender, animate, str(tag.tense or ""), str(tag.person or ""), grammemes,
    )  # fmt: skip


def lemma(word: str) -> str:
    """Dictionary form of the likeliest reading, lower case, ё folded to е."""
    return str(parses(word)[0].normal_form).replace("ё", "е")


@lru_cache(maxsize=1 << 16)
def lemmas(word: str) -> frozenset[str]:
    """Dictionary forms of all readings, lower case, ё folded to е."""
    return frozenset(str(parse.normal_form).replace("ё", "е") for parse in parses(word)) | {fold(word)}


@lru_cache(maxsize=1 << 16)
def is_known(word: str) -> bool:
    """Does the dictionary list the word (any form of it)?"""
    if (small := word.lower()) != word:
        return is_known(small)
    if (known := _known.get(word)) is not None:
        return known
    with _lock:
        return bool(_analyzer().word_is_known(word))


@lru_cache(maxsize=1 << 14)
def is_regular(word: str) -> bool:
    """Is the declension of the word certain: listed, or a listed word with a prefix, or a productive suffix?"""
    if is_known(word):
        return True
    best = parses(word)[0]
    steps = [type(step[0]).__name__ for step in best.methods_stack]
    if "KnownPrefixAnalyzer" in steps and steps[0] == "DictionaryAnalyzer":
        return True
    if "UnknownPrefixAnalyzer" in steps and steps[0] == "DictionaryAnalyzer" and word[:1].islower():
        return len(str(best.methods_stack[0][1])) >= 5
    return _PRODUCTIVE.search(word.lower()) is not None


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Lower case, without stress marks, ё as е: the form in which words are compared."""
    return word.lower().replace("\u0301", "").replace("ё", "е")


def like(model: str, word: str) -> str:
    """`word` with the capitals of `model`: all, first of each hyphenated part, or none."""
    letters = [character for character in model if character.isalpha()]
    if len(letters) > 1 and all(character.isupper() for character in letters):
        return word.upper()
    parts, models = word.split("-"), model.split("-")
    made = "-".join(
        part[:1].upper() + part[1:] if index < len(models) and models[index][:1].isupper() else part
        for index, part in enumerate(parts)
    )
    same = _alike([*map(str.lower, made)], [*map(str.lower, model)])
    return model[:same] + made[same:]  # capitals inside: Кот-д’Ивуар


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters two words have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def unyo(model: str, word: str) -> str:
    """`word` without ё where `model` does without it: official texts mostly write е."""
    return word if "ё" in model.lower() else word.replace("ё", "е").replace("Ё", "Е")


@lru_cache(maxsize=1 << 10)
def lexeme(parse: Any) -> tuple[Any, ...]:
    """All forms of the word of a pymorphy3 parse, which builds them anew each time it is asked."""
    return tuple(parse.lexeme)


@lru_cache(maxsize=1 << 10)
def _told(parse: Any) -> tuple[tuple[Any, str, frozenset[str]], ...]:
    """The forms of `lexeme`, with their letters and grammemes, for which pymorphy3 has calls."""
    return tuple((form, str(form.word), frozenset(form.tag.grammemes)) for form in lexeme(parse))


def inflected(parse: Any, case: str, number: str = "", gender: str = "", animate: bool | None = None) -> str | None:
    """The form of a pymorphy3 parse in a cell, lower case with ё; None where the lexeme lacks it."""
    want = {_CASE_OUT[case]}
    pos = str(parse.tag.POS)
    if number:
        want.add(_NUMBER_OUT[number])
    if pos == "PRTF":  # the lexeme holds all participles of the verb
        want |= {str(grammeme) for grammeme in (pos, parse.tag.voice, parse.tag.tense, parse.tag.aspect) if grammeme}
    if "Surn" in parse.tag.grammemes and number != "pl" and parse.tag.gender:  # «на Покровской», not «Покровском»
        want.add(str(parse.tag.gender))
    if pos in ("ADJF", "PRTF"):
        want |= {"Supr"} & parse.tag.grammemes  # старейшей, and not «старой»
        if gender and number != "pl":
            want.add(_GENDER_OUT[gender])
        if case == "acc" and (number == "pl" or gender in ("m", "c")) and animate is not None:
            want.add("anim" if animate else "inan")
    if pos == "NUMR":
        if gender and any(want | {_GENDER_OUT[gender]} <= form.tag.grammemes for form in lexeme(parse)):
            want.add(_GENDER_OUT[gender])
        if case == "acc" and animate is not None and any("anim" in form.tag.grammemes for form in lexeme(parse)):
            want = {"accs", "anim"} if animate else want | {"inan"}
    stem = str(parse.word)[: str(parse.word).rfind("ш") + 1] if "Supr" in want else ""  # высшей, not «высочайшей»
    many = table("words", "plural").get(fold(str(parse.normal_form))) if number == "pl" else None  # корпуса
    best: Any = None
    told = _told(parse)
    if pos == "PRTF":  # «возникшая»: «возникший», not «возникнувший»
        told = tuple(sorted(told, key=lambda each: -_alike(each[1], str(parse.word))))
    short = want | {"V-be"}  # «сиденье»: «сиденья», not «сидения»
    if "V-be" in parse.tag.grammemes and any(short <= grammemes for _, _, grammemes in told):
        want = short
    rare = _RARE - parse.tag.grammemes
    same = next((g & rare for _, word, g in told if word == many), frozenset[str]())  # marks of «куры», «кур», «курам»
    for form, word, grammemes in told:
        if want <= grammemes and word.startswith(stem) and (word == many or same & grammemes or not rare & grammemes):
            best = best or form
            if many is None or word == many or same & grammemes:
                best = form
                break
    if best is None:
        best = parse.inflect(want)
    return None if best is None else str(best.word)


@lru_cache(maxsize=1 << 14)
def inflect_word(
    word: str, case: str, number: str = "", gender: str = "", animate: bool | None = None, pos: str = ""
) -> str | None:
    """`word` (any form of it) put in `case`, and in `number`, `gender` where given; capitals and ё as in `word`.

    `pos` picks the reading where the word has several ("NOUN", "ADJF", ...). None where the word has no such form.
    """
    for parse in parses(word):
        if pos and str(parse.tag.POS) != pos:
            continue
        if not pos and str(parse.tag.POS) not in ("NOUN", "ADJF", "PRTF", "NUMR", "NPRO"):
            continue
        form = inflected(parse, case, number or _NUMBER_IN.get(str(parse.tag.number), ""), gender, animate)
        if form is not None:
            return like(word, unyo(word, form))
    return None
