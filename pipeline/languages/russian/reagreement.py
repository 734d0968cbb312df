"""What must change around a term that is replaced: attributes, predicate, «который», the form of a preposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipeline.languages.russian import participles
from pipeline.languages.russian.analyse import analyses, fold, like
from pipeline.languages.russian.attributes import put
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import acting, predicate
from pipeline.languages.russian.reading import ADJECTIVAL, agree, stands_as_noun
from pipeline.languages.russian.said_of import copulas, held_to_be, row_of
from pipeline.languages.russian.spans import Bounds, head_of, sentence_of
from pipeline.languages.russian.syntax import Sentence, Token
from pipeline.languages.russian.tables import table
from pipeline.languages.russian.word_order import joined, predicates_ahead, predicates_behind


def reagree(text: str, span: Bounds, new: Paradigm, cell: str) -> list[tuple[int, int, str]]:
    """Changes outside `span` that are due when the words there become `new` in `cell`: (start, end, new text).

    Attributes before the span, participles apart from it («перечисленные из бюджета», «, полученные по программе»), the
    predicate whose subject it is, a following «который», and the form of the preposition (о/об, с/со, в/во). Only words
    that agreed with the old head are touched; offsets refer to `text`.
    """
    sentence = sentence_of(text, span)
    if sentence is None:
        return []
    inside = [at for at, token in enumerate(sentence.tokens) if token.end > span[0] and token.start < span[1]]
    if not inside:
        return []
    case = cell.split(".")[0]
    number = "pl" if cell.endswith(".pl") else new.number
    gender = new.gender or "m"
    head = head_of(sentence, inside)
    old = sentence.tokens[head]
    changes: list[tuple[int, int, str]] = []
    own = _own_attributes(sentence, inside, head)
    form = new.cells.get(cell, new.text)
    apart = [*_apart(sentence, inside, head, case), *_gone(sentence, inside, head, case, form)]
    if number == "pl" and gender == "f":
        apart += _counted(sentence, inside[-1], head)
    for at in own + [at for at in dict.fromkeys(apart) if at not in own]:
        token = sentence.tokens[at]
        made = put(token.text, case, number, gender, new.animate)
        if made and made != token.text and not _fits(token.text, case, number, gender, new.animate):
            changes.append((token.start, token.end, made))
    same = case == "acc" and new.cells.get("nom" + cell[3:]) == new.cells.get(cell)  # сообщил городской Центр
    if case == "nom" or same:
        woman = new.animate and gender == "f" and old.rel == "appos" and old.head >= 0
        lead = old.head if woman and _subject(sentence.tokens[old.head]) else head  # директор [Оуян Сюэмэй]
        found = _predicate_change(sentence, lead, number, gender, inside)
        if not found and lead == head:
            said = predicates_behind(sentence, inside[0], inside[-1], head)
            ahead = [] if said else predicates_ahead(sentence, inside[0], head)
            changes += [change for at in ahead for change in _ranked(sentence, at, gender, number)]
            said = said or ahead
            found = [change for at in said for change in _verb_change(sentence.tokens[at], old, number, gender)]
            found += [change for at in said for change in _one_of(sentence.tokens, at, old, number, gender)]
        changes += found
    if case in ("nom", "acc"):
        changes += held_to_be(sentence, inside, head, case, number, gender)
    changes += copulas(sentence, changes, number, gender)
    changes += _relative_change(sentence, head, number, gender)
    changes += _preposition_change(sentence, inside[0], form)
    old_bounds = (old.start, old.end)
    return sorted(
        {change for change in changes if not (change[0] < span[1] and span[0] < change[1]) and change[:2] != old_bounds}
    )


def _subject(token: Token) -> bool:
    """Is it a subject, by the tree and by its form?"""
    return token.rel == "nsubj" and any(a.case == "nom" for a in analyses(token.text))


def _own_attributes(sentence: Sentence, inside: list[int], head: int) -> list[int]:
    """Adjectives and participles just before the span that depend on it."""
    found = []
    at = inside[0] - 1
    while at >= 0:
        token = sentence.tokens[at]
        if token.text in '«„“"' or token.text == "же":  # на той же [платформе]
            at -= 1
            continue
        depends = token.head in inside and token.rel in ("amod", "det", "acl")
        if not depends or not any(a.pos in ADJECTIVAL and "Fixd" not in a.grammemes for a in analyses(token.text)):
            break
        if stands_as_noun(token.text, [sentence.tokens[head].text]):  # перед дойкой [вымя]
            break
        found.append(at)
        at -= 1
    return found


def _apart(sentence: Sentence, inside: list[int], head: int, case: str) -> list[int]:
    """Adjectives and participles that hang on the old head and agreed with it, with words or a comma between."""
    tokens = sentence.tokens
    old = [a for a in analyses(tokens[head].text) if a.pos == "NOUN"]
    told = tokens[head].feats
    named = case == "nom" and any(a.case == "nom" for a in old)  # whatever the tree says
    same = "nom" if named else told.get("case", case)
    old = [a for a in old if a.case == same and a.number == told.get("number", a.number)] or old
    if any(tokens[at].rel in ("nummod", "nummod:gov", "nummod:entity") for at in sentence.children(head)):
        return participles.ahead(sentence, inside[0], old)  # две установки, построенных (построенные): both are said
    found = []
    for at in sentence.children(head):
        before = at < inside[0] - 1 and tokens[at].rel in ("amod", "acl")
        after = at > inside[-1] and tokens[inside[-1] + 1].text == "," and at == inside[-1] + 2
        if before or (after and tokens[at].rel in ("acl", "amod")):
            mine = [a for a in analyses(tokens[at].text) if a.pos in ADJECTIVAL and "Fixd" not in a.grammemes]
            if any(agree(a, b) for a in mine for b in old):
                found.append(at)
    behind = participles.behind(sentence, inside[-1], old)
    if behind is not None and behind not in found:
        found.append(behind)
    for at in [at for at in found if at > inside[-1]]:
        found += [one for one in participles.rowed(sentence, at, old) if one not in found]
    return found + [at for at in participles.ahead(sentence, inside[0], old) if at not in found]


def _gone(sentence: Sentence, inside: list[int], head: int, case: str, form: str) -> list[int]:
    """The participle right behind that agreed with a word of the span which the new form has not, so that its head is
    left («[полномочия адвоката], подписанного», now «доверенности, подписанной»), or with the head in the new case."""
    tokens, at = sentence.tokens, inside[-1] + 2
    if at >= len(tokens) or tokens[at - 1].text != "," or tokens[at].head not in inside:
        return []
    mine = [a for a in analyses(tokens[at].text) if a.pos == "PRTF"]

    def agrees(words: Sequence[str], own: Sequence[Any]) -> bool:
        return any(agree(a, n) for word in words for n in analyses(word) if n.pos == "NOUN" for a in own)

    others = [tokens[n].text for n in inside if n != head and tokens[n].text[:1].isalpha()]
    by_head = agrees([tokens[head].text], [a for a in mine if a.case == case])
    return [at] if (by_head or agrees(others, mine)) and not agrees(form.split()[1:], mine) else []


def _counted(sentence: Sentence, last: int, head: int) -> list[int]:
    """The participle in the genitive plural right behind a noun that «два», «три», «четыре» count: with a feminine it
    stands in the nominative («две башни, [построенные] …»)."""
    tokens, at = sentence.tokens, last + 2
    counts = [tokens[n] for n in sentence.children(head) if tokens[n].rel.startswith("nummod")]
    if not any(fold(t.text) in table("words", "few") or _FEW.fullmatch(t.text) for t in counts):
        return []
    if at >= len(tokens) or tokens[at - 1].text != ",":
        return []
    genitive = any(a.pos == "PRTF" and a.case == "gen" and a.number == "pl" for a in analyses(tokens[at].text))
    return [at] if genitive else []


_FEW = re.compile(r"(?:\d*[02-9])?[2-4]")


def _fits(word: str, case: str, number: str, gender: str, animate: bool) -> bool:
    for a in analyses(word):
        same = a.pos in ADJECTIVAL and a.case == case and a.number == number and (number == "pl" or a.gender == gender)
        if same and (case != "acc" or a.animate is None or a.animate == animate):
            return True
    return False


def _predicate_change(
    sentence: Sentence, head: int, number: str, gender: str, inside: Sequence[int] = ()
) -> list[tuple[int, int, str]]:
    tokens = sentence.tokens
    subject = tokens[head]
    if subject.rel not in ("nsubj", "nsubj:pass") or subject.head < 0:
        return []
    others = [at for at in sentence.children(head) if tokens[at].rel == "conj"]
    if any(at not in inside for at in others):
        return []
    out = []
    verbs = [
        subject.head,
        *(at for at in sentence.children(subject.head) if tokens[at].rel in ("cop", "aux", "aux:pass")),
    ]
    verbs += [
        at for at in sentence.children(subject.head) if tokens[at].rel == "conj" and not _has_subject(sentence, at)
    ]
    verbs += [
        at for at in sentence.children(subject.head)
        if tokens[at].rel == "xcomp" and analyses(tokens[at].text)[0].pos in ("PRTS", "ADJS")
    ]  # должна быть [подключена]  # fmt: skip
    own = [a for a in analyses(subject.text) if a.pos == "NOUN" and a.case == "nom"]
    verbs += [at for at in joined(tokens, subject.head, own) if at not in verbs]  # вышел и [затопил]
    for at in verbs:
        if not _of_main_clause(sentence, subject.head, at):
            out += _verb_change(tokens[at], subject, number, gender, several=bool(others))
    return out + _nominal_change(sentence, subject, number, gender)


def _of_main_clause(sentence: Sentence, verb: int, at: int) -> bool:
    """Is the word at `at`, behind the comma that closes the clause of `verb`, and «и», said of the subject of the main
    clause («Суд указал, что срок истек, и [отклонил] иск»)?"""
    tokens, main = sentence.tokens, verb
    marks = [n for n in range(verb + 1, at) if not tokens[n].text[:1].isalnum()]
    closed = len(marks) == 1 and tokens[marks[0]].text == "," and fold(tokens[marks[0] + 1].text) == "и"
    if not closed or tokens[verb].rel not in ("ccomp", "advcl", "acl", "acl:relcl", "csubj", "parataxis"):
        return False
    while tokens[main].head >= 0 and tokens[main].rel != "root" and main != tokens[main].head:
        main = tokens[main].head
        if main < verb and tokens[main].pos in ("VERB", "ADJ"):
            break
    mine, theirs = (
        {(a.number, a.gender, a.tense == "past") for a in analyses(tokens[n].text) if a.pos in ("VERB", "PRTS")}
        for n in (at, main)
    )
    return main < verb and bool(mine & theirs)


def _verb_change(
    verb: Token, subject: Token, number: str, gender: str, *, several: bool = False
) -> list[tuple[int, int, str]]:
    """The finite verb or short form, which agreed with the subject, in another number and gender; `several`: the
    subject was one of several that are joined and were replaced as a whole («нагрев и мощность [позволят]»)."""
    forms = [a for a in analyses(verb.text) if a.pos in ("VERB", "PRTS", "ADJS") and "impr" not in a.grammemes]
    if not forms or forms[0].pos not in ("VERB", "PRTS", "ADJS") or forms[0].person in ("1per", "2per"):
        return []
    own = {a.number for a in analyses(subject.text) if a.case == "nom"} | {subject.feats.get("number", "")}
    own |= {"pl"} if several else set()
    old_fits = any(a.number in ("", *own) for a in forms)
    new_fits = any(a.number == number and (not a.gender or number == "pl" or a.gender == gender) for a in forms)
    made = predicate(verb.text, number, gender)
    return [(verb.start, verb.end, made)] if old_fits and not new_fits and made and made != verb.text else []


# Verbs behind which an adjective in the instrumental is said of the subject.
_LINKS = frozenset(
    ("стать", "становиться", "быть", "бывать", "являться", "оказаться", "оказываться", "остаться", "оставаться",
     "считаться", "казаться", "показаться", "сделаться", "делаться", "выглядеть", "называться")
)  # fmt: skip


def _nominal_change(sentence: Sentence, subject: Token, number: str, gender: str) -> list[tuple[int, int, str]]:
    """«станет обязательным» said of the old subject: «станет обязательной»."""
    tokens = sentence.tokens
    verb = tokens[subject.head]
    if one := _one_of(tokens, subject.head, subject, number, gender):
        return one
    adjective = verb if verb.pos == "ADJ" else None
    if adjective is None and verb.lemma in _LINKS:
        adjective = next((tokens[at] for at in sentence.children(subject.head) if tokens[at].pos == "ADJ"), None)
        adjective = adjective or _said_ahead(tokens, subject.head)
    if adjective is None:
        return []
    mine = [a for a in analyses(adjective.text) if a.pos in ADJECTIVAL and a.case == "ins"]
    old = {a.gender for a in analyses(subject.text) if a.pos == "NOUN"}
    agreed = any(
        a.number == subject.feats.get("number", a.number) and (a.number == "pl" or a.gender in old) for a in mine
    )
    if not agreed or any(a.number == number and (number == "pl" or a.gender == gender) for a in mine):
        return []
    row = row_of(tokens, tokens.index(adjective), mine)
    changed = [(token, put(token.text, "ins", number, gender, False)) for token in row]
    return [(token.start, token.end, made) for token, made in changed if made and made != token.text]


def _one_of(
    tokens: tuple[Token, ...], verb: int, subject: Token, number: str, gender: str
) -> list[tuple[int, int, str]]:
    """«стал [одним] из лучших в стране», said of the old subject: «одной». A noun behind «из» has a gender of its own
    («одним из старейших заводов»)."""
    one = next((at for at in range(verb + 1, min(verb + 4, len(tokens))) if tokens[at].lemma == "один"), -1)
    if (
        tokens[verb].lemma not in _LINKS
        or one < 0
        or [fold(token.text) for token in tokens[one + 1 : one + 2]] != ["из"]
    ):
        return []
    at = one + 2
    while at < len(tokens) and analyses(tokens[at].text)[0].pos in (*ADJECTIVAL, "ADVB"):
        at += 1
    if at < len(tokens) and any(a.pos == "NOUN" and a.case == "gen" for a in analyses(tokens[at].text)):
        return []
    mine = [a for a in analyses(tokens[one].text) if a.case == "ins" and a.number == "sg"]
    own = {a.gender for a in analyses(subject.text) if a.pos == "NOUN"}
    if not any(a.gender in own for a in mine) or (number == "sg" and any(a.gender == gender for a in mine)):
        return []
    made = put(tokens[one].text, "ins", number, gender, False)
    return [(tokens[one].start, tokens[one].end, made)] if made and made != tokens[one].text else []


def _said_ahead(tokens: tuple[Token, ...], verb: int) -> Token | None:
    """The adjective in the instrumental before a linking verb in its clause, no attribute of a noun: «самым [зрелищным]
    у публики был …»."""
    for at in range(verb - 1, max(-1, verb - participles.AHEAD - 1), -1):
        if not tokens[at].text[:1].isalnum():
            return None
        mine = [a for a in analyses(tokens[at].text) if a.pos == "ADJF" and a.case == "ins"]
        if mine and not any(a.case == "ins" for a in analyses(tokens[at + 1].text)):
            first = at
            while first and (analyses(tokens[first - 1].text)[0].pos == "ADJF" or fold(tokens[first - 1].text) == "и"):
                first -= 1
            led = first > 0 and analyses(tokens[first - 1].text)[0].pos == "PREP"  # «между старым и новым … был спор»
            return None if led else tokens[at]
    return None


def _ranked(sentence: Sentence, verb: int, gender: str, number: str) -> list[tuple[int, int, str]]:
    """«Первой вышла [шлюпка]»: the word for the place in a row right before the verb, said of its subject."""
    word = sentence.tokens[verb - 1] if verb else None
    if word is None or word.lemma not in ("первый", "последний", "второй", "третий"):
        return []
    made = put(word.text, "ins", number, gender, False)
    instrumental = any(a.case == "ins" and a.number == "sg" for a in analyses(word.text))
    return [(word.start, word.end, made)] if instrumental and made and made != word.text else []


def _has_subject(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[at].rel.startswith("nsubj") for at in sentence.children(verb))


def _relative_change(sentence: Sentence, head: int, number: str, gender: str) -> list[tuple[int, int, str]]:
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if at <= head or token.lemma != "который":
            continue
        clause = token.head if token.rel not in ("acl:relcl",) else at
        for _ in tokens:  # the parser does not promise a tree without circles
            if clause < 0 or tokens[clause].rel in ("acl:relcl", "acl", "root"):
                break
            clause = tokens[clause].head
        if clause < 0 or (tokens[clause].head != head and not _parted(tokens, head, tokens[clause].head, token)):
            continue
        case = token.feats.get("case", "")
        forms = [a for a in analyses(token.text) if a.pos == "ADJF"]
        case = (
            "nom"
            if case == "acc"
            and any(a.case == "nom" for a in forms)
            and acting([behind.text for behind in tokens[at + 1 :]])
            else case
        )
        if not case or any(a.case == case and a.number == number and a.gender in ("", gender) for a in forms):
            return []
        made = put(token.text, case, number, gender, False)
        changes = [(token.start, token.end, made)] if made and made != token.text else []
        if changes and token.rel.startswith("nsubj"):
            changes += _predicate_change(sentence, at, number, gender)
        return changes
    return []


def _parted(tokens: tuple[Token, ...], head: int, other: int, which: Token) -> bool:
    """Does «который» agree with the noun at `head`, and not with the noun that the tree gives it or any between
    («пошлину на стальные трубы, [которая] …»)?"""
    mine = [a for a in analyses(which.text) if a.pos == "ADJF"]

    def fits(noun: Token) -> bool:
        return any(
            a.number == n.number and (a.number == "pl" or a.gender == n.gender)
            for a in mine
            for n in analyses(noun.text)
            if n.pos == "NOUN"
        )

    between = [token for token in tokens[head + 1 :] if token.start < which.start and token.pos in ("NOUN", "PROPN")]
    marks = [token for token in tokens[head + 1 :] if token.start < which.start and token.text in ",;:—"]
    return other > head and len(marks) == 1 and fits(tokens[head]) and not any(fits(token) for token in between)


def _preposition_change(sentence: Sentence, first: int, form: str) -> list[tuple[int, int, str]]:
    at = first - 1
    while at >= 0 and sentence.tokens[at].text in '«„“"':
        at -= 1
    if at < 0:
        return []
    token = sentence.tokens[at]
    made = preposition(fold(token.text), form)
    return [] if made is None or made == fold(token.text) else [(token.start, token.end, like(token.text, made))]


def preposition(word: str, following: str) -> str | None:
    """The form of о/об, в/во, с/со before `following`; None for any other word."""
    first = re.match(r"[^\W\d_]*", following.lstrip('«„“"('))
    spelled = first is not None and len(first.group()) > 1 and first.group().isupper()
    if spelled and (word not in ("о", "об") or following.lstrip('«„“"(')[0] in "МНРСФЛ"):
        return None  # letters are read by their names: в ВСНП, о МВФ
    low = following.lower().lstrip('«„“"(')
    if word in ("о", "об", "обо"):
        if re.match(r"(мне|всём|всем|всей|всех)\b", low):
            return "обо"
        return "об" if low[:1] in "аоуиэ" and low else "о"
    if word in ("в", "во"):
        return (
            "во"
            if re.match(r"[вф][ьбвгджзклмнпрстфхцчшщ]|(льв|льд)|(мне|мной|мною|многом|многих|многим|многими)\b", low)
            else "в"
        )
    if word in ("с", "со"):
        return "со" if re.match(r"[сзшж][бвгджзклмнпрстфхцчшщ]|щ|(льв|вс)|(мной|мною)\b", low) else "с"
    return None
