"""What stands left of a place in a Russian sentence, and which case it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.enforce import handed
from pipeline.enforce.ahead import cases as ahead_of
from pipeline.enforce.ahead import object_of, shares
from pipeline.enforce.tree import ADJECTIVAL, NAMES, cases_of, governed, governors, tagged, token_at, words
from pipeline.enforce.view import CLOSERS, OPENERS
from pipeline.languages.russian.analyse import Token, analyses, fold, is_known, lemmas, tokenise
from pipeline.languages.russian.reading import stands_as_noun
from pipeline.languages.russian.tables import table
from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Demand:
    """What the context asks for: cases, how strongly (3 preposition, 2 governor or apposition, 1 guess), why."""

    cases: tuple[str, ...]
    strength: int
    reason: str


@lru_cache(maxsize=1 << 12)
def demand(text: str, span: Span, kind: str, depth: int = 0) -> Demand:
    """What stands left of the span, modifiers aside, and what it asks for."""
    tokens = tokenise(text)
    index = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end <= span.start), -1)
    inside = [token.text for token in tokens if span.start <= token.start < span.end and token.is_word]
    agreeing: frozenset[str] = frozenset()
    if text[max(0, span.start - 1) : span.start] == "(" and text[span.end : span.end + 1] in (")", ","):
        return Demand(("nom",), 2, "alone in brackets")
    if index >= 0 and _after_participle(text, tokens, index, span):
        known = next(
            (governed("verb")[word] for word in handed.verb_lemmas(tokens[index]) if word in governed("verb")),
            object_of(tokens, index) or ("ins",),
        )
        return Demand(known, 2, f"after «{tokens[index].text}»")
    following = next((token for token in tokens if token.start >= span.end and token.is_word), None)
    bare = index < 0 or fold(tokens[index].text) not in governed("prep")
    if following is not None and bare and fold(following.text) in words("needed"):
        between = text[span.end : following.start]
        if not between.strip(' »”"\u00a0'):
            return Demand(("dat",), 2, f"with «{following.text}»")
    while index >= 0:
        token = tokens[index]
        word = fold(token.text)
        if token.text in OPENERS or token.text == "№":
            index -= 1
            continue
        if kind == "person" and token.text in CLOSERS:  # «директор завода „Заря“ [Петров]»
            index = next((n for n in range(index - 1, -1, -1) if tokens[n].text in OPENERS), 0) - 1
            continue
        if index > 1 and (start := handed.time_phrase(tokens, index)):
            index = start - 1  # «опубликована в понедельник [канцелярией]»
            continue
        if index > 0 and f"{fold(tokens[index - 1].text)}_{word}" in table("words", "aside"):
            index -= 2  # «и в частности [Ближний Восток]»
            continue
        if not token.is_word:
            break
        if word in governed("prep"):
            break
        readings = analyses(token.text)
        if "который" in lemmas(token.text):
            return Demand(("nom",), 2, f"after «{token.text}»")  # «по которым Совет Безопасности принял …»
        if token.text.isdigit():
            index -= 1
            continue
        if handed.takes(readings, inside):
            return Demand(("acc",), 2, f"object of «{token.text}»")
        adjective = readings[0].pos in ADJECTIVAL and not stands_as_noun(token.text, inside)
        if adjective or word in ("этот", "весь", "свой", "сам"):
            here = cases_of(token, ADJECTIVAL)
            agreeing = here if not agreeing else (agreeing & here or agreeing)
            index -= 1
            continue
        break
    modifiers = tuple(case for case in NAMES if case in agreeing)
    if index < 0:
        return Demand(("nom",) if "nom" in modifiers else modifiers or ("nom",), 2, "at the start")
    token = tokens[index]
    word = fold(token.text)
    if word in governed("prep"):
        cases = governed("prep")[word]
        if cases == ("prp", "acc") and _moves(text, span, tokens, index):
            cases = ("acc", "prp")
        if agreeing:
            cases = tuple(case for case in cases if case in agreeing) or cases
        return Demand(cases, 3, f"after «{token.text}»")
    if modifiers and len(modifiers) <= 2 and not (set(modifiers) == {"nom", "acc"} and index >= 0):
        return Demand(modifiers, 2, "agrees with the word before it")
    first = analyses(token.text)[0]
    if word == "числе" and index > 1 and fold(tokens[index - 2].text) == "в":
        return Demand(modifiers or ("nom",), 1, "after «в том числе»")
    if word in ("и", "или", "а", "также", "как") or token.text == ",":
        if word == "и" and _between(tokens, index):
            return Demand(("ins",), 3, "after «между»")
        if depth < 2 and index > 0:
            joined = _coordinate(text, tokens, index, kind, depth)
            if joined is not None:
                return joined
        return Demand(modifiers or ("nom",), 1, "begins a clause")
    verbal = any(a.pos in ("VERB", "INFN", "GRND") for a in analyses(token.text))
    if verbal and any(a.pos == "NOUN" for a in analyses(token.text)):
        parsed = token_at(text, token.start)
        verbal = parsed is not None and parsed.pos in ("VERB", "AUX")
    if verbal:
        return _verb(token, kind, modifiers)
    if kind in ("person", "body") and first.pos == "PRTS" and set(handed.verb_lemmas(token)) & words("handing"):
        return Demand(("dat",), 2, f"to whom, after «{token.text}»")
    if first.pos == "PRTS" and handed.paired(tokens, index):
        return Demand(("dat",), 2, f"after «{token.text}»")
    if first.pos == "PRTS" and handed.has_subject(tokens, index):
        return Demand(("ins",), 2, f"after «{token.text}»")
    if first.pos == "PRTF" or first.pos == "PRTS":
        return Demand(modifiers or ("ins",), 1, f"after «{token.text}»")
    if any(a.pos == "NOUN" for a in analyses(token.text)):
        ahead = ahead_of(tokens, index, span)
        if ahead:
            return Demand(ahead, 3, "with the participle before it")
        if kind == "person" and (verb := handed.verb_of(tokens, index)):
            return Demand(("dat",), 2, f"to whom, after «{verb}»")
        return _noun(text, span, tokens, index, kind, modifiers)
    return Demand(modifiers or ("nom",), 1, "no governor found")


def _between(tokens: Sequence[Token], index: int) -> bool:
    """Does «между» stand before the first of two that «и» joins, no verb or mark between?"""
    for token in reversed(tokens[max(0, index - 6) : index]):
        if fold(token.text) == "между":
            return True
        if not token.is_word or analyses(token.text)[0].pos in ("VERB", "INFN", "PREP", "CONJ"):
            return False
    return False


def _after_participle(text: str, tokens: tuple[Token, ...], index: int, span: Span) -> bool:
    """Is the span the complement of the participle before it, not a noun that the participle belongs to?

    So it is when the participle belongs to another noun: one after the span («оккупированных … территориях»), or one
    before a comma («документа, представленного …»).
    """
    participles = [a for a in analyses(tokens[index].text) if a.pos == "PRTF"]
    if not participles or analyses(tokens[index].text)[0].pos != "PRTF":
        return False
    verbs = set(handed.verb_lemmas(tokens[index]))
    taking = bool(object_of(tokens, index)) and not verbs & set(governed("verb"))
    if not taking and any("pssv" not in a.grammemes and not verbs & set(governed("verb")) for a in participles):
        return False
    after = next((token for token in tokens if token.start >= span.end), None)
    if not taking and after is not None and after.is_word and shares(after, participles):
        return True
    for at in range(index - 1, max(-1, index - 4), -1):
        if tokens[at].text == ",":
            return any(shares(token, participles) for token in tokens[max(0, at - 3) : at] if token.is_word)
        if analyses(tokens[at].text)[0].pos not in ("ADVB", "PRCL"):
            return False
    return False


def _verb(token: Token, kind: str, modifiers: tuple[str, ...]) -> Demand:
    known = lemmas(token.text)
    if kind == "person" and known & words("handing"):
        return Demand(("dat",), 2, f"to whom, after «{token.text}»")
    if kind in ("person", "title") and known & words("report") and any(a.pos == "VERB" for a in analyses(token.text)):
        return Demand(("nom",), 2, f"subject of «{token.text}»")
    for lemma in sorted(known):
        if lemma in governed("verb"):
            return Demand(governed("verb")[lemma], 2, f"after «{token.text}»")
    grammemes = analyses(token.text)[0].grammemes
    if "tran" in grammemes:
        return Demand(("acc",), 2, f"object of «{token.text}»")
    return Demand(modifiers or ("nom",), 1, f"after «{token.text}»")


def _noun(
    text: str, span: Span, tokens: tuple[Token, ...], index: int, kind: str, modifiers: tuple[str, ...]
) -> Demand:
    token = tokens[index]
    known = lemmas(token.text)
    animate = any(a.pos == "NOUN" and a.animate for a in analyses(token.text))
    titles = _title_before(tokens, index) if kind == "person" else ()
    if titles:
        options: tuple[str, ...] = ()
        for title in titles:
            parts = ("NOUN", *ADJECTIVAL) if _officer(title) else ("NOUN",)
            here = tuple(case for case in NAMES if case in cases_of(title, parts))
            read_as = tagged(text, title.start)
            options += (read_as,) if read_as in here else here
        options = tuple(dict.fromkeys(options))
        return Demand(options or ("nom",), 2 if len(options) == 1 else 1, f"stands with «{titles[0].text}»")
    opens = index == 0 or tokens[index - 1].text in ".!?…;"
    thing = opens and not animate and is_known(token.text) and analyses(token.text)[0].pos == "NOUN"  # «Речь …»
    if kind == "person" and token.text.isupper() and len(token.text) > 1:
        head = _office_holder(tokens, index)  # «заместитель начальника управления … КНР [Пэн Шуминь]»
        cases = tuple(case for case in NAMES if head is not None and case in cases_of(head, ("NOUN",)))
        return Demand(cases or ("nom",), 2 if len(cases) == 1 else 1, f"stands with «{(head or token).text}»")
    if kind == "person" and (animate or (token.text[:1].isupper() and not thing) or "." in token.text):
        cases = tuple(case for case in NAMES if case in cases_of(token, ("NOUN",)))
        if len(cases) > 1 or not is_known(token.text):
            read_as = tagged(text, token.start)
            cases = (read_as,) if read_as in cases or (read_as in NAMES and not is_known(token.text)) else cases
        return Demand(cases or ("nom",), 2 if len(cases) == 1 else 1, f"stands with «{token.text}»")
    if _subject(text, span, token):
        return Demand(("nom", "gen"), 2, "subject of the verb after it")
    if kind == "place" and known & words("generic") and any(a.number == "sg" for a in analyses(token.text)):
        return Demand(("nom",), 1, f"name after «{token.text}»")
    for lemma in sorted(known):
        listed = table("government", "noun").get(lemma)
        due = tuple(listed.split()) if listed else governed("noun").get(lemma)
        if due:
            return Demand(due, 2, f"after «{token.text}»")
    return Demand(("gen",), 2, f"after «{token.text}»")


def _office_holder(tokens: tuple[Token, ...], index: int) -> Token | None:
    """The first word for a person in the row of nouns and adjectives that ends at `index`."""
    found = None
    for token in reversed(tokens[: index + 1]):
        pos = analyses(token.text)[0].pos if token.is_word else ""
        if pos not in ("NOUN", "ADJF", "CONJ", "PREP", "PRTF"):
            break
        if _person_noun(token):
            found = token
    return found


_OFFICERS = ("управляющ", "заведующ", "командующ", "исполняющ")  # participles that name an office


def _officer(token: Token) -> bool:
    """Is the word a participle that names who holds an office («управляющий делами»)? Asked of no attribute."""
    return fold(token.text).startswith(_OFFICERS) and any(
        a.pos in ("PRTF", "ADJF", "NOUN") for a in analyses(token.text)
    )


def _person_noun(token: Token) -> bool:
    return token.is_word and any(
        a.pos == "NOUN" and a.animate and not {"Name", "Surn", "Patr"} & a.grammemes for a in analyses(token.text)
    )


def _attribute(tokens: tuple[Token, ...], at: int, last: int) -> bool:
    """Is the word an adjective that belongs to the noun behind it («[городского] правительства»), no noun of its own?

    `last`: the last word that the noun may be.
    """
    mine = [a for a in analyses(tokens[at].text) if a.pos in ADJECTIVAL] if tokens[at].is_word else []
    for follower in tokens[at + 1 : last + 1] if mine else ():
        if not follower.is_word:
            return False
        readings = analyses(follower.text)
        if any(
            a.case == n.case and a.number == n.number and (a.number == "pl" or a.gender == n.gender)
            for a in mine
            for n in readings
            if n.pos == "NOUN"
        ):
            return True
        if readings[0].pos not in ADJECTIVAL:
            return False
    return False


def _title_before(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The titles that a name may stand with: «секретарь горкома партии …», «президенту США …»; the nearest person's
    noun to the left with nothing but nouns, adjectives and prepositions between, and before it the head that it depends
    on, if a person too («[помощник] министра», «[начальник] канцелярии губернатора»)."""
    for at in range(index, max(-1, index - 12), -1):
        token = tokens[at]
        if token.text in '«»“”"-–':
            continue
        if not token.is_word:
            return ()
        readings = analyses(token.text)
        if _attribute(tokens, at, index) or _joint(tokens, at):
            continue
        if any(
            a.pos == "NOUN" and a.animate and "Name" not in a.grammemes and "Surn" not in a.grammemes for a in readings
        ) or _officer(token):
            while at > 0 and _person_noun(tokens[at - 1]) and "gen" in cases_of(tokens[at], ("NOUN",)):
                at -= 1  # заместитель премьера
            token = tokens[at]
            if not (token.text[:1].islower() or at == 0 or readings[0].known):
                return ()
            head = _head_of(tokens, at)
            return (token,) if head is None else (head, token)
        if readings[0].pos in ("VERB", "INFN", "GRND", "CONJ", "PRTS"):
            return ()
    return ()


def _joint(tokens: tuple[Token, ...], at: int) -> bool:
    """Does «и» join two attributes, or two genitives: «пограничных и морских дел»?"""
    if tokens[at].text.lower() != "и" or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if any(a.pos in ADJECTIVAL for a in analyses(before.text)[:1]):
        return any(a.pos in ADJECTIVAL for a in analyses(after.text)[:1])
    return all("gen" in cases_of(token, ("NOUN",)) and not _person_noun(token) for token in (before, after))


def _head_of(tokens: tuple[Token, ...], at: int) -> Token | None:
    """The person's noun on which the one at `at` depends over nouns in the genitive and their adjectives."""
    last = at
    while at > 0 and "gen" in cases_of(tokens[at]):
        at -= 1
        if not tokens[at].is_word or analyses(tokens[at].text)[0].pos == "PREP":
            return None
        if not _attribute(tokens, at, last) and (_person_noun(tokens[at]) or _officer(tokens[at])):
            return tokens[at]
    return None


def _subject(text: str, span: Span, left: Token) -> bool:
    """Does a finite verb follow the span at once, with no subject of its own before it?"""
    from pipeline.languages.russian.syntax import parse

    if not _verb_may_follow(text, span):
        return False
    for sentence in parse(text):
        if not sentence.start <= span.start < sentence.end:
            continue
        after = [token for token in sentence.tokens if token.start >= span.end]
        while after and (after[0].text in '»”"' or after[0].pos in ("ADV", "PART")):
            after = after[1:]
        if not after or after[0].pos not in ("VERB", "AUX") or "VERB" not in {a.pos for a in analyses(after[0].text)}:
            return False
        within = [at for at, t in enumerate(sentence.tokens) if t.end > span.start and t.start < span.end]
        before = [token for token in sentence.tokens if token.end <= span.start]
        clause = before[max((n + 1 for n, token in enumerate(before) if token.text in ",;:"), default=0) :]
        rest = [t for t in clause if t.rel not in ("amod", "acl") or t.head not in within]
        return not any(t.rel.startswith("nsubj") or t.feats.get("case") == "nom" for t in rest)
    return False


_NOMINAL_ONLY = frozenset(("NOUN", "ADJF", "PREP"))


def _verb_may_follow(text: str, span: Span) -> bool:
    """Is there a verb behind the span with nothing before it that is surely no adverb or particle? Spares the tree."""
    for token in tokenise(text):
        if token.start < span.end or token.text in '»”"':
            continue
        if not token.is_word:
            return False
        parts = {a.pos for a in analyses(token.text)}
        if "VERB" in parts:
            return True
        if parts <= _NOMINAL_ONLY:
            return False
    return False


def _coordinate(text: str, tokens: tuple[Token, ...], index: int, kind: str, depth: int) -> Demand | None:
    """The case of the conjunct before «и» or a comma: that of the nearest noun, as the sentence reads it."""
    for at in range(index - 1, max(-1, index - 6), -1):
        token = tokens[at]
        if token.text in CLOSERS:
            continue
        if not token.is_word:
            return None
        nouns = cases_of(token, ("NOUN",))
        if not nouns:
            continue
        read_as = tagged(text, token.start)
        if read_as in NAMES and (read_as in nouns or not is_known(token.text)):
            return Demand((read_as,), 2 if tokens[index].text != "," else 1, f"joined to «{token.text}»")
        return Demand(tuple(case for case in NAMES if case in nouns), 1, f"joined to «{token.text}»")
    return None


def _moves(text: str, span: Span, tokens: tuple[Token, ...], index: int) -> bool:
    """Does a word of motion or direction govern the preposition at `index`? The nearest verb or noun before it, or the
    tree, tells."""
    ahead = [token.text for token in tokens[max(0, index - 3) : index]]
    for at, word in enumerate(ahead[:-1]):
        if word.lower() in ("из", "от") and all(name[:1].isupper() for name in ahead[at + 1 :]):
            return True  # «из Фуцзиня в Далянь»
    wanted = words("motion") | words("onto" if fold(tokens[index].text) == "на" else "into")
    for token in reversed(tokens[max(0, index - 6) : index]):
        if not token.is_word:
            break
        if lemmas(token.text) & wanted:
            return True
        if any(a.pos in ("VERB", "INFN", "GRND", "PRTF", "PRTS") for a in analyses(token.text)):
            break
    if not any(lemmas(token.text) & wanted for token in tokens if token.is_word):
        return False
    return not governors(text, span.start).isdisjoint(wanted)
