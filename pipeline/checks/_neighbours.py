"""Disagreement of words that stand side by side, where no reading of either and no other neighbour explains it.

A tree is of little use in a sentence that is broken; two neighbours often are enough. Only what the
dictionary knows is judged.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks._idiomatic import masculine
from pipeline.checks._suspect import _agree, _has, _kinds, _readings
from pipeline.checks._tables import words as listed
from pipeline.checks._words import Word

_SOFT = listed("not-attributes")
_FULL = frozenset(("ADJF", "PRTF"))
_GOVERNING = frozenset(("VERB", "INFN", "GRND"))


def _known(word: Word) -> bool:
    return _listed(word.low)


@lru_cache(maxsize=100_000)
def _listed(low: str) -> bool:
    from pipeline.languages.russian import analyse

    return analyse.is_known(low.rpartition("-")[2])


def adjective(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """An adjective just before a noun that it does not agree with, nor with any noun near it."""
    from pipeline.languages.russian.tables import table

    for at, (word, noun) in enumerate(itertools.pairwise(words)):
        kinds = _kinds(word.low)
        if not kinds <= _FULL or text[word.end : noun.start] != " ":
            continue
        if word.low in _SOFT or not word.text.islower() or not noun.text.islower():
            continue
        if not _adjectival(word, kinds) or _kinds(noun.low) != {"NOUN"}:
            continue
        first = at - 1 if at and words[at - 1].low in ("не", "столь", "уже", "еще") else at
        if first and set(text[words[first - 1].end : words[first].start]) & set(",(—"):
            continue  # a phrase of its own: приверженных делу, не слышные человеку
        if word.lemmas & table("words", "takes").keys() or word.lemmas & table("words", "alone").keys():
            continue  # недовольный ответом
        if word.lemmas & table("words", "substantive").keys() and _attribute_of(word.low, noun.low):
            continue  # ответственный комитета
        cases = {case for _, g in _readings(noun.low) for case in ("datv", "ablt") if case in g}
        if "datv" in cases and word.low.rstrip("йяеихмогу")[-1:] == "щ":
            continue  # угрожающую жизни
        if _woman(word.low, noun.low) or masculine(word.low, noun.low):
            continue
        if "ablt" in cases and any(w.lemmas & _MAKES for w in words[max(0, at - 4) : at]):
            continue  # делает незнакомых друзьями
        if any("ablt" in g for _, g in _readings(word.low)) and not _attributive(words, at):
            continue  # a predicate: делает возможным усиление
        if at and f"{words[at - 1].low}_{word.low}" in table("words", "set-adverb"):
            continue  # в дальнейшем банк
        if "PRTF" in kinds and any("ablt" in g for _, g in _readings(noun.low)):
            continue  # принятых правительством
        if any("Apro" in g or "Anum" in g or "Subx" in g for _, g in _readings(word.low)) or not (
            _known(word) and _known(noun)
        ):
            continue
        if _agree(word.low, noun.low) or any("Fixd" in g for _, g in _readings(noun.low)):
            continue
        around = [
            other
            for other in (*words[max(0, at - 4) : at], *words[at + 2 : at + 5])
            if not set(text[min(other.start, word.start) : max(other.end, noun.end)]) & set(",.;:()—")
        ]
        if any(_agree(word.low, other.low) or not _known(other) or _has(other.low, "NPRO") for other in around):
            continue
        plural = any("plur" in g for _, g in _readings(word.low))
        if _joined(words, at) or (plural and at + 2 < len(words) and words[at + 2].low in ("и", "или")):
            continue
        yield word, noun


def _woman(adjective: str, noun: str) -> bool:
    """бывшая председатель: a title in the masculine, of a woman."""
    woman = any({"femn", "nomn"} <= g for _, g in _readings(adjective))
    return woman and any({"anim", "masc", "sing", "nomn"} <= g for _, g in _readings(noun))


def _adjectival(word: Word, kinds: frozenset[str]) -> bool:
    """An adjective, or a passive participle of the past that governs no case of its own."""
    if not kinds <= _FULL:
        return False
    if "ADJF" in kinds:
        return True
    passive = all("pssv" in g and "past" in g for _, g in _readings(word.low))
    return passive and not word.lemmas & _GOVERNS


_GOVERNS = listed("participles-that-govern")
_MAKES = listed("takes-instrumental-predicate")


def _attributive(words: Sequence[Word], at: int) -> bool:
    """A feminine form in -ой, -ей with no verb near it that takes a predicate in the instrumental."""
    if not words[at].low.endswith(("ой", "ей")):
        return False
    return not any(word.lemmas & _MAKES for word in words[max(0, at - 6) : at + 6])


def _joined(words: Sequence[Word], at: int) -> bool:
    """внутренний и внешний рынки, два новых рынка: number differs with good reason."""
    before = words[max(0, at - 3) : at]
    return any(
        word.low in ("и", "или", "как", "так", "либо") or word.text[-1].isdigit() or _has(word.low, "NUMR")
        for word in before
    )


def obj(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """сопровождал инспекция, углублять энергия: a feminine nominative just after a verb whose subject it cannot be."""
    for at, (verb, noun) in enumerate(itertools.pairwise(words)):
        if not _kinds(verb.low) <= _GOVERNING or text[verb.end : noun.start] != " ":
            continue
        if not noun.text.islower() or not _known(noun):
            continue
        nouns = _readings(noun.low)
        if not nouns or any(pos != "NOUN" or not {"nomn", "sing", "femn"} <= g or "Fixd" in g for pos, g in nouns):
            continue
        verbs = _readings(verb.low)
        if at + 2 < len(words) and words[at + 2].low in ("и", "или"):
            continue  # мучают гипертония и диабет
        if any("plur" in g for _, g in _readings(verb.low)) and any(w.low == "и" for w in words[at + 2 : at + 14]):
            continue  # увидели крестьянка, сажавшая картошку, и её внучка
        if not verbs or any(pos not in ("VERB", "INFN", "GRND") or "tran" not in g for pos, g in verbs):
            continue
        if any(pos == "VERB" and (not g & {"masc", "femn", "neut", "plur"} or "femn" in g) for pos, g in verbs):
            continue
        if any(pos == "INFN" for pos, _ in verbs) and any(other.lemmas & _LETS for other in words[max(0, at - 4) : at]):
            continue  # может помочь реформа
        yield noun, verb


_LETS = listed("lets")
_PLACES = frozenset(("в", "во", "на", "о", "об", "обо", "при", "по"))


def locative(text: str, words: Sequence[Word]) -> Iterator[Word]:
    """развитии города: a prepositional case without any preposition before it in the sentence."""
    for at, word in enumerate(words):
        if not word.text.islower() or len(word.text) < 5:
            continue
        readings = _readings(word.low)
        if not readings or any(pos != "NOUN" or "loct" not in g for pos, g in readings) or not _known(word):
            continue
        if at and not _PLACES & {other.low for other in words[max(0, at - 15) : at]}:
            yield word


def about(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """о сотрудничество: «о» in the sense of “about” takes the prepositional; the accusative is for blows (о стену)."""
    for at, (word, noun) in enumerate(itertools.pairwise(words)):
        if at and words[at - 1].low in ("рука", "бок"):
            continue  # рука об руку
        if word.low not in ("о", "об") or text[word.end : noun.start] != " " or not noun.text.islower():
            continue
        readings = _readings(noun.low)
        if not readings or any(pos != "NOUN" or "loct" in g or "Fixd" in g for pos, g in readings):
            continue
        striking = any(other.lemmas & _BLOWS for other in words[max(0, at - 5) : at])
        if _known(noun) and not striking:
            yield noun, word


_BLOWS = listed("blows")


_CLOCK = frozenset(("до", "к", "ко", "с", "со", "после", "около", "от"))  # шести (часов)


def counted(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """двух государство: a spelled numeral in an oblique case before a noun in the nominative singular."""
    for at, (word, noun) in enumerate(itertools.pairwise(words)):
        if not _has(word.low, "NUMR") or text[word.end : noun.start] != " " or not noun.text.islower():
            continue
        if at and words[at - 1].low in _CLOCK and any("nomn" in g for _, g in _readings(noun.low)):
            continue  # до шести водоснабжение восстановили
        if _kinds(word.low) != {"NUMR"} or any("nomn" in g for _, g in _readings(word.low)):
            continue
        readings = _readings(noun.low)
        if (
            readings
            and all(pos == "NOUN" and "sing" in g and not g & {"gent", "gen2", "Fixd"} for pos, g in readings)
            and _known(noun)
        ):
            yield noun, word


def passive(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """было выставлена: a form of быть beside a short participle of another gender or number."""
    for word, short in itertools.pairwise(words):
        if word.low not in ("был", "была", "было", "были") or text[word.end : short.start] != " ":
            continue
        readings = _readings(short.low)
        if not readings or any(pos != "PRTS" for pos, _ in readings):
            continue
        own = [g for pos, g in _readings(word.low) if pos == "VERB"]
        if not any(_same(verb, form) for verb in own for _, form in readings):
            yield short, word


def _same(verb: frozenset[str], form: frozenset[str]) -> bool:
    if ("plur" in verb) != ("plur" in form):
        return False
    return "plur" in verb or bool(verb & form & {"masc", "femn", "neut"})


_PRONOUNS = frozenset(("он", "она", "оно", "они", "мы"))
_COUNTED = listed("quantity-nouns")
_OWN = frozenset(("Fixd", "Name", "Surn", "Geox", "anim", "ms-f"))  # судья провёл, кассир сказала


def subject(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """сторона вновь подтвердило: a noun that is only nominative, or a pronoun, just before a verb it cannot be with."""
    from pipeline.languages.russian.predicates import subjectless

    plain = [word.text for word in words]
    for at, noun in enumerate(words[:-1]):
        place = at + 1
        if _kinds(words[place].low) == {"ADVB"} and place + 1 < len(words):
            place += 1
        verb = words[place]
        if not _has(verb.low, "VERB", "PRTS"):
            continue
        if set(text[noun.end : verb.start]) - set(" абвгдеёжзийклмнопрстуфхцчшщъыьэюя"):
            continue
        forms = _readings(verb.low)
        if not forms or any(pos not in ("VERB", "PRTS") or g & {"1per", "2per", "impr", "Impx"} for pos, g in forms):
            continue
        if not _known(verb) or not verb.text.islower():
            continue
        own = _readings(noun.low)
        if noun.low in _PRONOUNS:
            own = tuple((pos, g) for pos, g in own if pos == "NPRO" and "nomn" in g)
            if noun.low == "мы" or any("3per" not in g and "past" not in g for _, g in forms):
                continue
        elif (
            any(pos != "NOUN" or "nomn" not in g or g & _OWN for pos, g in own)
            or not _known(noun)
            or noun.lemmas & _COUNTED
            or (not noun.text.islower() and noun.start)
        ):
            continue
        if not own or any(_same(form, g) if "past" in form or pos == "PRTS" else ("plur" in form) == ("plur" in g)
                          for pos, form in forms for _, g in own):  # fmt: skip
            continue
        if subjectless(plain, place, at):
            continue
        before = words[max(0, at - 8) : at]
        if any(
            w.low in ("и", "или", "с", "со", "как", "чем", "ни", "либо", "а")
            or _has(w.low, "NUMR")
            or w.text[-1].isdigit()
            for w in before
        ):
            continue
        if place + 1 < len(words) and words[place + 1].low in ("и", "или"):
            continue
        if before and "," in text[before[-1].end : noun.start]:
            continue
        yield noun, verb


def _attribute_of(word: str, noun: str) -> bool:
    """Is the first in the nominative and the second in the genitive?"""
    return any("nomn" in g for _, g in _readings(word)) and any("gent" in g for _, g in _readings(noun))


def errors(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """(start, end, message) of everything that these rules find."""
    for word, noun in adjective(text, words):
        yield word.start, noun.end, f"“{word.text}” does not agree with “{noun.text}”"
    for noun, verb in obj(text, words):
        yield noun.start, noun.end, f"“{verb.text}” takes the accusative, not “{noun.text}”"
    for word in locative(text, words):
        yield word.start, word.end, f"“{word.text}” is in the prepositional case, but no preposition stands before it"
    for noun, word in about(text, words):
        yield noun.start, noun.end, f"“{word.text}” takes the prepositional, not “{noun.text}”"
    for noun, word in counted(text, words):
        yield noun.start, noun.end, f"“{noun.text}” does not fit the numeral “{word.text}”"
    for noun, verb in subject(text, words):
        yield verb.start, verb.end, f"“{verb.text}” does not agree with its subject “{noun.text}”"
    for short, word in passive(text, words):
        yield word.start, short.end, f"“{word.text} {short.text}” do not agree"
