"""Words whose form does not fit their place, where the dictionary tells why and the network agrees.

The tree of a broken sentence is as broken as the sentence, so these rules look at neighbours only. Each names a
contradiction that the dictionary sees (a noun in the nominative behind a noun, a case that the preposition does not
take); that it is none in this sentence is what `fitness` says. Without such a contradiction a word is
reported only where the network is all but sure and another form of it fits much better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pipeline.languages.russian import fitness
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, is_known
from pipeline.languages.russian.attributes import QUANTITY
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement
from pipeline.languages.russian.near import (
    TIMES,
    adverbial,
    beyond,
    framed,
    opens,
    second_genitive,
    set_adverb,
    several,
)
from pipeline.languages.russian.predicates import behind_infinitive, subjectless
from pipeline.languages.russian.reading import ADJECTIVAL, adjectives, agree, cases_of, goes_on, nouns, woman
from pipeline.languages.russian.refit import better
from pipeline.languages.russian.room import addressed, elliptic, fits, governs, later, room, ruled, takes
from pipeline.languages.russian.tables import table

_DOUBT: Final = 0.25  # below this the network sees nothing wrong
_LIKELY: Final = 0.5  # from this a contradiction of the dictionary is one
_SURE: Final = 0.985  # from this it is believed alone
_BETTER: Final = 0.15  # at most this much is left of the misfit where the other form is put
_DIRECT: Final = frozenset(("nom", "acc"))
Rule = Callable[[Sequence[Token], Sequence[float], int], tuple[int, str] | None]


def misfits(tokens: Sequence[Token], chances: Sequence[float]) -> Iterator[Disagreement]:
    """Reports on one sentence; chances: what `fitness.Network.misfit` says of each token. One report a word."""
    taken: set[int] = set()
    for at, chance in enumerate(chances):
        if chance < _DOUBT or at in taken or not tokens[at].text[:1].islower() or not is_known(tokens[at].text):
            continue
        found = next((told for rule in _RULES if (told := rule(tokens, chances, at)) is not None), None)
        if found is not None:
            taken |= {at, found[0]}
            yield _report(tokens, at, *found)
        elif chance >= _SURE and (alone := _alone(tokens, at)) is not None:
            taken |= {at - 1, at, at + 1}
            word = tokens[at]
            yield Disagreement(word.start, word.end, word.start, word.end, "misfit", alone[1], alone[0], False)


def _report(tokens: Sequence[Token], at: int, other: int, message: str) -> Disagreement:
    word, head = tokens[at], tokens[other]
    best = better(tokens, at, other if "does not agree with “" in message and "subject" not in message else -1)
    return Disagreement(word.start, word.end, head.start, head.end, "misfit", message, best[0] if best else "", True)


def _case_of(readings: Sequence[Analysis]) -> str:
    return " or ".join(dict.fromkeys(CASE_NAMES[a.case] for a in readings if a.case in CASE_NAMES))


def _chain(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """развитие экономика, развития экономике: a noun right behind a noun, in no case that an attribute has."""
    if not at or chances[at] < _LIKELY:
        return None
    first, second = nouns(tokens[at - 1].text), nouns(tokens[at].text)
    if not first or not second or any(n.animate for n in first) or fold(first[0].lemma) in table("words", "generic"):
        return None
    if fold(first[0].lemma) == fold(second[0].lemma):
        return None  # с точки зрения структуры доходов доходы от собственности
    cases = cases_of(second)
    if "gen" in cases or "ins" in cases or any("Fixd" in n.grammemes for n in second):
        return None
    if fold(tokens[at - 1].text) in table("words", "predicative") or opens(tokens, at):
        return None  # в разгаре уборка, на первом этаже аптека: what is behind it is the subject
    if fold(second[0].lemma) in QUANTITY:
        return None  # по каналу множество судов
    if framed(tokens, at - 1, at) or framed(tokens, at - 2, at - 1) or fold(tokens[at].text) in _APPOSED:
        return None
    if fold(first[0].lemma) in TIMES and at > 1 and adjectives(tokens[at - 2].text):
        return None  # круглый год весна
    if at + 1 < len(tokens) and len(tokens[at + 1].text) == 1 and tokens[at + 1].text.isupper():
        return None  # сторона А
    if "acc" in cases and cases_of(first) in _ASIDE and (ruled(tokens, at - 1) or later(tokens, at)):
        return None  # описывал левой ногой круг; косякам путь преграждали плотины
    if goes_on([token.text for token in tokens[at : at + 9]]):
        return None  # в ходе заседания обвинение и защита спорили
    if len(cases) == 1 and cases == cases_of(first) and not takes(tokens, at, next(iter(cases))):
        pass  # по изучению углублению
    elif "dat" in cases:
        if (
            chances[at] < 0.95
            or any(n.animate for n in second)
            or takes(tokens, at, "dat")
            or addressed(tokens, at + 1)
        ):
            return None
        if "acc" in cases_of(first) and any(governs(token.text) for token in tokens[max(0, at - 12) : at]):
            return None  # приносящей силу уездам
    elif "prp" in cases:
        if chances[at] < 0.7 or any(fold(token.text) in _LOCAL for token in tokens[max(0, at - 12) : at]):
            return None
    elif any(n.animate for n in second) or chances[at] < 0.6 or room(tokens, at, second):
        return None
    return at - 1, f"“{tokens[at].text}” after “{tokens[at - 1].text}” should be in the genitive"


_APPOSED: Final = frozenset(table("words", "apposed"))


_ASIDE: Final = (frozenset(("ins",)), frozenset(("dat",)))


_LOCAL: Final = frozenset(("в", "во", "на", "о", "об", "обо", "при", "по"))


def _attribute(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """An adjective or participle and the next noun, which do not agree by any reading."""
    own = adjectives(tokens[at].text)
    if chances[at] < _LIKELY:
        return None
    if own:
        place = at + 1
        while place < len(tokens) - 1 and place < at + 3 and adjectives(tokens[place].text):
            place += 1
        found = nouns(tokens[place].text) if place < len(tokens) else ()
        if (
            at
            and any(a.case == "ins" for a in own)
            and any(a.pos in ("PRTF", "VERB", "INFN") for a in analyses(tokens[at - 1].text))
        ):
            return None  # ставшую вирусной валюту
        if not found or any(agree(a, n) for a in own for n in found) or _apart(own, found):
            return None
        if fold(tokens[at].text) in ("лишним", "небольшим") and at and fold(tokens[at - 1].text) == "с":
            return None  # сорок с лишним лет
        if several(tokens, at, place) or beyond(tokens, at, place) or woman(own, found) or set_adverb(tokens, at):
            return None
        if _numbered(tokens, at) or (_listed(tokens, at, place) and chances[at] < 0.9):
            return None
        return place, f"“{tokens[at].text}” does not agree with “{tokens[place].text}”"
    found = nouns(tokens[at].text)
    if found and at and (before := adjectives(tokens[at - 1].text)):
        if any(agree(a, n) for a in before for n in found) or _apart(before, found) or _numbered(tokens, at - 1):
            return None
        if several(tokens, at - 1, at) or beyond(tokens, at - 1, at) or woman(before, found):
            return None
        if set_adverb(tokens, at - 1):
            return None
        said = at - 2
        while said > 0 and fold(tokens[said].text) in ("ли", "бы", "не", "же"):
            said -= 1
        verb = analyses(tokens[said].text) if said >= 0 and tokens[said].text[:1].isalpha() else ()
        if any(a.case == "ins" for a in before) and any(a.pos in ("PRTF", "VERB", "INFN", "GRND") for a in verb):
            return None  # признал незаконным увольнение
        if _listed(tokens, at - 1, at) and chances[at] < 0.9:
            return None
        return at - 1, f"“{tokens[at].text}” does not agree with “{tokens[at - 1].text}”"
    return None


def _apart(own: Sequence[Analysis], found: Sequence[Analysis]) -> bool:
    """May the noun be a complement of the participle or adjective: принятый правительством, полный сил?"""
    cases = cases_of(found)
    if "dat" in cases and not any(a.pos == "PRTF" for a in own) and any("Qual" in a.grammemes for a in own):
        return True  # родственный штамму
    if any(a.pos == "PRTF" for a in own):
        return "ins" in cases or any("actv" in a.grammemes and cases - {"nom"} for a in own) or "dat" in cases
    lemma = fold(own[0].lemma)
    return lemma in table("words", "takes") or (lemma.endswith("мый") and "ins" in cases)


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    """два новых завода: the attribute is plural, the noun is not."""
    return any(
        token.text[-1:].isdigit() or any(a.pos == "NUMR" for a in analyses(token.text))
        for token in tokens[max(0, at - 4) : at]
        if token.text[:1].isalnum()
    )


def _listed(tokens: Sequence[Token], at: int, place: int) -> bool:
    """внутренний и внешний рынки: another attribute beside this one."""
    around = (*tokens[max(0, at - 3) : at], *tokens[place + 1 : place + 3])
    return any(fold(token.text) in ("и", "или", ",", "а") for token in around)


def _preposition(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """The noun or attribute right behind a preposition that does not take its case."""
    if not at or chances[at] < _LIKELY:
        return None
    admits = table("government", "prep").get(fold(tokens[at - 1].text))
    readings = nouns(tokens[at].text) or adjectives(tokens[at].text)
    if at + 1 < len(tokens) and tokens[at + 1].text == "-":
        return None  # гамма- и дельта-
    if at > 1 and fold(tokens[at - 2].text) in ("что", "еще", "это"):
        return None  # что за человек
    if second_genitive(tokens[at].text, fold(tokens[at - 1].text)):
        return None
    if adverbial(tokens, at - 1, readings) or (at + 1 < len(tokens) and framed(tokens, at, at + 1)):
        return None
    if not admits or not readings or cases_of(readings) & frozenset(admits.split()):
        return None
    told = " or ".join(sorted({CASE_NAMES[case] for case in admits.split() if case in CASE_NAMES}))
    return at - 1, f"“{tokens[at - 1].text}” takes the {told}, not “{tokens[at].text}”"


def _governed(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """содействовать развитие: a noun right behind a verb or noun of fixed government, in no case that it takes."""
    found = nouns(tokens[at].text)
    if not at or not found or chances[at] < 0.6 or not tokens[at - 1].text[:1].isalpha():
        return None
    readings = analyses(tokens[at - 1].text)
    told = set()
    for a in readings:
        group = "noun" if a.pos == "NOUN" else "verb" if a.pos in ("VERB", "INFN", "GRND") else ""
        told.add(table("government", group).get(fold(a.lemma), "") if group else "")
    cases = frozenset(" ".join(told).split())
    if "" in told or not cases or cases_of(found) & (cases | {"ins"}):
        return None
    if any(a.pos == "VERB" and any(n.case == "nom" and fits(a, n) for n in found) for a in readings):
        return None
    plural = "nom" in cases_of(found) and any(a.pos == "VERB" and a.number == "pl" for a in readings)
    if plural and at + 1 < len(tokens) and fold(tokens[at + 1].text) in (",", "и"):
        return None
    named = " or ".join(sorted({CASE_NAMES[case] for case in cases if case in CASE_NAMES}))
    return at - 1, f"“{tokens[at - 1].text}” takes the {named}, not “{tokens[at].text}”"


def _count(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """31 проект, 32 проекта, 35 проектов: a noun behind figures or a scale word in none of the cases they take."""
    found = nouns(tokens[at].text) or adjectives(tokens[at].text)
    if not at or not found or chances[at] < 0.8:
        return None
    number = tokens[at - 1].text
    if fold(tokens[at].text) in table("words", "bare") or (at > 1 and tokens[at - 2].text == "№"):
        return None  # 50 люкс; школе № 15 инвентарь
    if fold(number) in ("столько", "сколько"):
        return None  # не столько истину, сколько
    ahead = tokens[at - 2].text if at > 1 else ""
    if (number.isdigit() and len(number) == 4 and found[0].lemma == "год") or fold(ahead) in ("минус", "плюс"):
        return None
    if fold(ahead) in _CLOCK and "nom" in cases_of(found):
        return None  # до шести водоснабжение восстановили
    if not number[:1].isdigit() and any(a.number == "pl" for a in adjectives(ahead)) and "nom" in cases_of(found):
        return None  # первые десять лет…, следующие пятнадцать цена снижается
    scale = fold(number) in ("тыс", "млн", "млрд", "трлн", "тысяч", "миллионов", "миллиардов", "миллиона", "миллиарда")
    many = any(a.pos == "NUMR" for a in analyses(number)) if number[:1].isalpha() else number[:1].isdigit()
    if not scale and not many:
        return None
    if number[:1].isdigit() and fitness.reading_class(number) in ("#1", "#year", "#-"):
        return None
    if any(n.case == "gen" or n.case in ("dat", "ins", "prp") for n in found):
        return None
    return at - 1, f"“{tokens[at].text}” does not fit the numeral “{number}”"


_CLOCK: Final = frozenset(("до", "к", "ко", "с", "со", "после", "около", "от"))  # шести (часов)


def _object(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """обеспечить реализация: a noun that is only nominative (or prepositional) right behind an infinitive or gerund."""
    found = nouns(tokens[at].text)
    if not at or not found or chances[at] < 0.6:
        return None
    place = at - 1
    while place > 0 and place > at - 3 and adjectives(tokens[place].text):
        place -= 1
    verbs = analyses(tokens[place].text) if tokens[place].text[:1].isalpha() else ()
    if not verbs or any(a.pos not in ("INFN", "GRND") for a in verbs):
        return None
    cases = cases_of(found)
    finite = [a for token in tokens[max(0, place - 2) : place] for a in analyses(token.text) if a.pos == "VERB"]
    if all("intr" in a.grammemes for a in verbs) and any(fits(a, n) for a in finite for n in found if n.case == "nom"):
        return None  # начала сказываться продажа
    if not cases <= {"nom", "prp"} or (tokens[at + 1].text in ("и", "или") if at + 1 < len(tokens) else False):
        return None
    return place, f"“{tokens[at].text}” ({_case_of(found)}) cannot be the object of “{tokens[place].text}”"


def _predicate(tokens: Sequence[Token], chances: Sequence[float], at: int) -> tuple[int, str] | None:
    """A finite verb or short form with no nominative in its clause that fits it, and one before it that does not."""
    own = analyses(tokens[at].text)
    if any(a.pos not in ("VERB", "PRTS") or a.person not in ("", "3per") or "impr" in a.grammemes for a in own):
        return None
    if fold(own[0].lemma) in table("words", "impersonal"):
        return None
    subject, certain, parted = -1, False, False
    for place in (*range(at - 1, max(-1, at - 13), -1), *range(at + 1, min(len(tokens), at + 9))):
        word = tokens[place].text
        if word in ",;:()—–" and (place < at or word == ","):
            parted = parted or place < at
            continue
        if parted and place < at:
            continue
        if not word[:1].isalpha():
            if word[:1].isdigit():
                return None
            continue
        readings = analyses(word)
        if not is_known(word) or fold(word) in ("и", "или", "с", "со", "это", "что", "кто", "как"):
            return None
        if any(a.pos == "NUMR" or "Fixd" in a.grammemes or a.grammemes & {"Apro", "Subx"} for a in readings):
            return None
        nominative = [a for a in readings if a.case == "nom" and (a.pos in ("NOUN", "NPRO") or a.pos in ADJECTIVAL)]
        if any(fits(verb, a) for verb in own for a in nominative):
            return None
        if any(a.animate and a.gender == "m" for a in nominative) and all(a.gender == "f" for a in own):
            return None  # возглавила председатель суда, бортпроводник вздохнула
        if place < at and subject < 0 and any(a.pos == "NOUN" for a in nominative) and nouns(word):
            start = place - 1
            while start > 0 and adjectives(tokens[start].text):
                start -= 1
            before = fold(tokens[start].text) if start >= 0 else ""
            if before not in table("government", "prep"):
                subject, certain = place, all(n.case == "nom" for n in nouns(word))
    if subject >= 0 and not certain and all(a.number == "pl" and "tran" in a.grammemes for a in own):
        return None  # дело передадут полиции: an object, and nobody is named
    words = [token.text for token in tokens]
    if subject >= 0 and (subjectless(words, at, subject) or behind_infinitive(words, subject)):
        return None
    if subject >= 0 and not certain and all("tran" in a.grammemes and a.tense != "past" for a in own):
        return None  # решения принимает без проволочек; убытки возместит страховка
    if subject > 0 and not certain and words[subject - 1] == "а" and all("tran" in a.grammemes for a in own):
        return None  # копии отдаёт покупателю, а оригиналы представляет в банк
    if subject < 0 or chances[at] < (0.25 if certain else 0.35) or fold(nouns(tokens[subject].text)[0].lemma) in _MANY:
        return None
    return subject, f"“{tokens[at].text}” does not agree with its subject “{tokens[subject].text}”"


_MANY: Final = frozenset(
    ("ряд", "большинство", "меньшинство", "часть", "множество", "половина", "треть", "число", "год")
)


def _apt(tokens: Sequence[Token], at: int, readings: Sequence[Analysis]) -> bool:
    """Does an adjective agree with the noun right behind it, or as a predicate with a nominative before it («течение
    быстрое», «связь в горах слабая»)?"""
    behind = nouns(tokens[at + 1].text) if at + 1 < len(tokens) else ()
    if any(agree(a, n) for a in readings for n in behind):
        return True
    for place in range(at - 1, max(-1, at - 4), -1):
        if not tokens[place].text[:1].isalpha():
            return False
        if any(agree(a, n) for a in readings for n in nouns(tokens[place].text) if n.case == "nom"):
            return True
    return False


def _alone(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    """(better form, message) where the network alone tells, and another form fits much better."""
    readings = analyses(tokens[at].text)
    kinds = {a.pos for a in readings if a.score > 0.02}
    if not kinds <= {"NOUN", "ADJF", "PRTF", "PRTS"} or len(tokens) < 7 or len(readings) > 8:
        return None
    if kinds == {"NOUN"} and any(a.case == "dat" or a.animate for a in readings):
        return None  # a free dative; people are subjects in more ways than things
    if any(a.grammemes & {"Apro", "Subx", "Anum", "Fixd", "Name", "Surn", "Geox"} for a in readings):
        return None
    if any(a.case == "ins" for a in readings):
        return None  # an adjunct or a predicate
    if framed(tokens, at - 1, at) or (kinds == {"NOUN"} and readings[0].lemma in TIMES) or several(tokens, at, at + 1):
        return None
    denied = any(fold(token.text) in ("не", "ни") for token in tokens[max(0, at - 5) : at])
    if denied and kinds == {"NOUN"} and "gen" in cases_of(readings):
        return None  # не стал читать наставлений
    if kinds == {"ADJF"} and (_apt(tokens, at, readings) or elliptic(tokens, at, readings)):
        return None
    after = [token.text for token in tokens[at + 1 : at + 3]]
    if (
        len(after) == 2
        and fold(after[0]) in table("government", "prep")
        and any(a.pos == "NUMR" for a in (analyses(after[1]) if after[1][:1].isalpha() else ()))
    ):
        return None  # дней на десять
    if kinds == {"NOUN"} and cases_of(readings) & _DIRECT and room(tokens, at, readings):
        return None
    around = tokens[max(0, at - 4) : at + 5]
    if sum(token.text[:1].isupper() or not token.text[:1].isalnum() for token in around) > 3:
        return None
    found = better(tokens, at)
    if found is None or found[1] > _BETTER:
        return None
    said = _case_of(readings) if kinds <= {"NOUN", "ADJF", "PRTF"} else ""
    return found[0], f"“{tokens[at].text}”{f' ({said})' if said else ''} does not fit here; “{found[0]}” would"


_RULES: Final[tuple[Rule, ...]] = (_preposition, _attribute, _governed, _count, _chain, _object, _predicate)
