"""What is said of a noun by the order of words: its predicate where the tree hangs the subject elsewhere."""

from __future__ import annotations

from itertools import zip_longest

from pipeline.languages.russian.analyse import Analysis, analyses, fold
from pipeline.languages.russian.reading import ADJECTIVAL, agree
from pipeline.languages.russian.syntax import Sentence, Token

_OPENERS, _CLOSERS = '«„“"', '»“”"'
_BUT = frozenset(("но", "а", "зато", "однако"))
_SAYS = ("VERB", "PRTS", "ADJS")


def predicates_behind(sentence: Sentence, first: int, last: int, head: int) -> list[int]:
    """Indices of the past tenses and short forms that agree with the noun at `head`, of the group from `first` to
    `last`: the first one behind it in its clause and those joined to it by «и» («оцифрована и открыта»).

    Empty where the group is governed, where another noun may be the subject, or where the clause has a verb before it.
    """
    tokens = sentence.tokens
    own = [a for a in analyses(tokens[head].text) if a.pos == "NOUN" and a.case == "nom"]
    if not own or _led(tokens, first):
        return []
    at = last + 1
    while at < len(tokens):
        token = tokens[at]
        if at == last + 1 and token.text in _OPENERS:
            at = _past_name(tokens, at)  # «часть „Северная“ направила …»
            continue
        if token.text == ",":
            at = _past_insertion(tokens, at)
            if at < 0:
                return []
            continue
        if token.text in ".;:!?—–(…" or (fold(token.text) == "и" and _nominative(tokens[at + 1 : at + 3])):
            return []
        forms = _forms(token)
        if forms and forms[0].lemma == "быть" and not forms[0].gender:
            at += 1
            continue  # «будет открыта»
        if forms:
            fits = _agree(forms, own) or _present(forms, own)
            return joined(tokens, at, own) if fits and not _served(tokens, at) else []
        if _nominative((token,)):
            return []
        at += 1
    return []


def is_subject(sentence: Sentence, first: int, last: int, head: int) -> bool:
    """Does a past tense or short form behind the group or before it agree with it and with no other subject?

    Of two nouns that both may be subject or object («мост построил завод») the tree tells.
    """
    tokens = sentence.tokens
    behind = predicates_behind(sentence, first, last, head)
    if not behind:
        return bool(predicates_ahead(sentence, first, head))
    other = behind[0] + 1
    while other < len(tokens) and analyses(tokens[other].text)[0].pos in ("ADJF", "PRTF", "ADVB", "PRCL"):
        other += 1
    rival = tokens[other] if other < len(tokens) else None
    named = [a for a in analyses(rival.text) if a.pos == "NOUN" and a.case == "nom"] if rival is not None else []
    if rival is None or not _agree(_forms(tokens[behind[0]]), named):
        return True
    return tokens[head].feats.get("case") == "nom" != rival.feats.get("case")


def predicates_ahead(sentence: Sentence, first: int, head: int) -> list[int]:
    """Index of the past tense or short form before the group that can have no other subject («вышла из порта [минная
    шлюпка]»): it agrees with the noun, which is nothing but a nominative, and all between hang on prepositions. A short
    passive participle has no object, so that the noun may look like an accusative («предусмотрен [минимум]»)."""
    tokens = sentence.tokens
    every = [a for a in analyses(tokens[head].text) if a.pos == "NOUN"]
    own = [a for a in every if a.case == "nom"]
    alone = len(own) == len(every)
    if not own or (not alone and _governed(tokens, first)):
        return []
    for at in range(first - 1, -1, -1):
        forms = _forms(tokens[at])
        if forms:
            if not alone and any(a.pos != "PRTS" for a in forms):
                return []
            others = [tokens[n] for n in range(first) if n != at and not _governed(tokens, n)]
            named = [n for t in others for n in analyses(t.text) if n.pos == "NOUN" and n.case == "nom"]
            return [at] if _agree(forms, own) and not _agree(forms, named) else []
        if not tokens[at].text[:1].isalnum() or (not alone and analyses(tokens[at].text)[0].pos == "INFN"):
            return []  # «поручено прививать [ядро ценностей]»: the object of the infinitive
    return []


def _led(tokens: tuple[Token, ...], first: int) -> bool:
    """Does a preposition govern the group, or has the clause a nominative or a verb before it?"""
    if _governed(tokens, first):
        return True
    for token in reversed(tokens[: _left_of(tokens, first) + 1]):
        if token.text in ".;:!?,—–(":
            return False
        if _forms(token) or analyses(token.text)[0].pos in ("INFN", "GRND") or _nominative((token,)):
            return True
    return False


def _left_of(tokens: tuple[Token, ...], first: int) -> int:
    """The index of the word before the group, its adjectives and numerals aside; -1 at the beginning."""
    at = first - 1
    while at >= 0 and (tokens[at].text in _OPENERS or analyses(tokens[at].text)[0].pos in ("ADJF", "PRTF", "NUMR")):
        at -= 1
    return at


def _governed(tokens: tuple[Token, ...], first: int) -> bool:
    """Does a preposition stand before the group?"""
    at = _left_of(tokens, first)
    return at >= 0 and (tokens[at].pos == "ADP" or analyses(tokens[at].text)[0].pos == "PREP")


def _forms(token: Token) -> list[Analysis]:
    """Readings as a finite verb or short form, where that is the likeliest."""
    readings = analyses(token.text) if token.text[:1].isalpha() else ()
    if not readings or readings[0].pos not in _SAYS:
        return []
    return [a for a in readings if a.pos in _SAYS and "impr" not in a.grammemes]


def _agree(forms: list[Analysis], own: list[Analysis]) -> bool:
    return any(
        a.gender and a.number == "sg" and n.number == "sg" and a.gender == n.gender for a in forms for n in own
    ) or any(a.number == "pl" and n.number == "pl" and not a.person for a in forms for n in own)


def _present(forms: list[Analysis], own: list[Analysis]) -> bool:
    """Does a third person without a gender («может», «помогает») agree with the noun in its number?"""
    return any(a.person == "3per" and a.number == n.number for a in forms for n in own)


def _nominative(row: tuple[Token, ...]) -> bool:
    """Is a noun or pronoun of the row read as a nominative, so that it may be the subject too?"""
    return any(t.pos in ("NOUN", "PROPN", "PRON") and t.feats.get("case") == "nom" for t in row)


def _served(tokens: tuple[Token, ...], verb: int) -> bool:
    """Does a noun that can be nothing but a nominative follow right behind the verb: «кабинет открыл губернатор»?"""
    row = tokens[verb + 1 : verb + 4]
    for token, following in zip_longest(row, row[1:]):
        readings = [a for a in analyses(token.text) if token.text[:1].isalpha()]
        if not readings or readings[0].pos == "PREP":
            return False
        if following is not None and _attribute(readings, following):
            continue  # «повредил [левый] двигатель»
        nouns = [a for a in readings if a.pos in ("NOUN", "NPRO")]
        if nouns:
            return any(a.case == "nom" for a in nouns) and not any(a.case in ("acc", "gen") for a in nouns)
    return False


def _attribute(readings: list[Analysis], following: Token) -> bool:
    """Is a word, with its readings, rather an adjective than a noun, and agrees it with the noun right behind it?"""
    mine = [a for a in readings if a.pos in ADJECTIVAL] if readings[0].pos in ADJECTIVAL else []
    return any(agree(a, n) for a in mine for n in analyses(following.text) if n.pos == "NOUN")


def _past_name(tokens: tuple[Token, ...], opens: int) -> int:
    """The index behind the quotation mark that closes a name; that of the next word where none does."""
    close = next((n for n in range(opens + 1, len(tokens)) if tokens[n].text in _CLOSERS), opens)
    return close + 1


def _past_insertion(tokens: tuple[Token, ...], comma: int) -> int:
    """The index behind a participle's or relative clause between commas; -1 where the comma begins something else."""
    row = tokens[comma + 1 : comma + 3]
    participle = bool(row) and any(a.pos == "PRTF" for a in analyses(row[0].text))
    if not participle and not any(fold(token.text).startswith("котор") for token in row):
        return -1
    close = next((n for n in range(comma + 1, len(tokens)) if tokens[n].text == ","), -1)
    return close + 1 if close >= 0 else -1


def joined(tokens: tuple[Token, ...], verb: int, own: list[Analysis]) -> list[int]:
    """The verb and those that «и» or «, но» joins to it, of the same subject (its readings)."""
    found = [verb]
    if fold(" ".join(token.text for token in tokens[verb + 1 : verb + 2])) == "быть" and verb + 2 < len(tokens):
        found += [verb + 2] if _agree(_forms(tokens[verb + 2]), own) else []  # должно быть [переведено]
    for at in range(verb + 1, len(tokens) - 1):
        mark = not tokens[at].text[:1].isalnum()
        if mark and not (tokens[at].text == "," and fold(tokens[at + 1].text) in _BUT):
            break
        said = at + 2 if mark else at + 1
        forms = _forms(tokens[said]) if said < len(tokens) and (mark or fold(tokens[at].text) == "и") else []
        if forms and _agree(forms, own) and not _served(tokens, said):
            found.append(said)
    return found
