"""Which case a place in a Russian sentence asks for: what the replaced words were in, and what governs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.enforce.view import CLOSERS, OPENERS
from pipeline.languages.russian.analyse import Token, analyses, fold, is_known, lemmas, tokenise
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.model import Span

NAMES = {
    "nom": "nominative",
    "gen": "genitive",
    "dat": "dative",
    "acc": "accusative",
    "ins": "instrumental",
    "prp": "prepositional",
}


@cache
def words(group: str) -> frozenset[str]:
    """A group of words.tsv."""
    return frozenset(word for name, row in _rows() if name == group for word in row)


@cache
def governed(group: str) -> dict[str, tuple[str, ...]]:
    """word -> cases, of the prepositions ("prep") or verbs ("verb") of words.tsv."""
    return {
        word: tuple(name.split()[1:]) for name, row in _rows() if name.split()[0] == group for word in row
    }


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = []
    for line in files(__package__).joinpath("words.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, row = line.partition("\t")
            rows.append((name, tuple(row.split())))
    return tuple(rows)


_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR", "NPRO"))
_ADJECTIVAL = frozenset(("ADJF", "PRTF"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The cell chosen, whether that is certain, and why, in a few words."""

    cell: str
    sure: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What the context asks for: cases, how strongly (3 preposition, 2 governor or apposition, 1 guess), why."""

    cases: tuple[str, ...]
    strength: int
    reason: str


def cases_of(token: Token, pos: Iterable[str] = _NOMINAL) -> frozenset[str]:
    wanted = frozenset(pos)
    return frozenset(a.case for a in analyses(token.text) if a.pos in wanted and a.case)


def own(text: str) -> tuple[str, ...]:
    """The cells ("gen", "acc.pl" ...) a Russian phrase can stand in, by its first noun and what agrees with it before it."""
    allowed: frozenset[tuple[str, str]] | None = None
    for token in tokenise(text):
        if not token.is_word:
            continue
        readings = [a for a in analyses(token.text) if a.pos in _NOMINAL and a.case not in ("", "voc", "loc")]
        if not readings:
            continue
        noun = any(a.pos in ("NOUN", "NPRO") for a in readings)
        here = frozenset(
            (a.case, a.number) for a in readings if not noun or a.pos in ("NOUN", "NPRO") or allowed is None
        )
        numeral = any(a.pos == "NUMR" for a in readings)
        if numeral:
            here = frozenset((case, "pl") for case, _ in here)
        joined = here if allowed is None else frozenset(
            (c, n or m) for c, n in allowed for d, m in here if c == d and (not n or not m or n == m)
        )  # fmt: skip
        if joined:
            allowed = joined
        if noun:
            break
        if numeral and allowed and all(case not in ("nom", "acc") for case, _ in allowed):
            continue
        if numeral:
            break
    if allowed is None:
        return ()
    return tuple(sorted({case + (".pl" if number == "pl" else "") for case, number in allowed}))


def demand(text: str, span: Span, kind: str, depth: int = 0) -> Demand:
    """What stands left of the span, modifiers aside, and what it asks for."""
    tokens = tokenise(text)
    index = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end <= span.start), -1)
    agreeing: frozenset[str] = frozenset()
    if text[max(0, span.start - 1) : span.start] == "(" and text[span.end : span.end + 1] in (")", ","):
        return Demand(("nom",), 2, "alone in brackets")
    if index >= 0 and _after_participle(text, tokens, index, span):
        known = next((governed("verb")[word] for word in _verb_lemmas(tokens[index]) if word in governed("verb")), ("ins",))
        return Demand(known, 2, f"after «{tokens[index].text}»")
    following = next((token for token in tokens if token.start >= span.end and token.is_word), None)
    if following is not None and not text[span.end : following.start].strip(" »”\"\u00a0"):
        if fold(following.text) in words("needed") and (index < 0 or fold(tokens[index].text) not in governed("prep")):
            return Demand(("dat",), 2, f"with «{following.text}»")
    while index >= 0:
        token = tokens[index]
        word = fold(token.text)
        if token.text in OPENERS:
            index -= 1
            continue
        if token.text == "№":
            index -= 1
            continue
        if not token.is_word:
            break
        if word in governed("prep"):
            break
        readings = analyses(token.text)
        if token.text.isdigit():
            index -= 1
            continue
        if readings[0].pos in _ADJECTIVAL or word in ("этот", "весь", "свой", "сам"):
            here = cases_of(token, _ADJECTIVAL)
            agreeing = here if not agreeing else (agreeing & here or agreeing)
            index -= 1
            continue
        break
    modifiers = tuple(case for case in NAMES if case in agreeing)
    if index < 0:
        return Demand(modifiers or ("nom",), 2, "at the start")
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
    if word in ("и", "или", "а", "также", "как") or token.text == ",":
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
    if first.pos == "PRTF" or first.pos == "PRTS":
        return Demand(modifiers or ("ins",), 1, f"after «{token.text}»")
    if any(a.pos == "NOUN" for a in analyses(token.text)):
        return _noun(text, span, tokens, index, kind, modifiers)
    return Demand(modifiers or ("nom",), 1, "no governor found")


def _verb_lemmas(token: Token) -> list[str]:
    """Infinitives of the verbs that a participle can come from."""
    return [a.lemma.replace("ё", "е") for a in analyses(token.text) if a.pos in ("PRTF", "PRTS")]


def _after_participle(text: str, tokens: tuple[Token, ...], index: int, span: Span) -> bool:
    """Is the span the complement of the participle before it, not a noun that the participle belongs to?

    So it is when the participle belongs to another noun: one after the span («оккупированных … территориях»), or one
    before a comma («документа, представленного …»).
    """
    participles = [a for a in analyses(tokens[index].text) if a.pos == "PRTF"]
    if not participles or analyses(tokens[index].text)[0].pos != "PRTF":
        return False
    if any("pssv" not in a.grammemes and not set(_verb_lemmas(tokens[index])) & set(governed("verb")) for a in participles):
        return False
    after = next((token for token in tokens if token.start >= span.end), None)
    if after is not None and after.is_word and _shares(after, participles):
        return True
    for at in range(index - 1, max(-1, index - 4), -1):
        if tokens[at].text == ",":
            return any(_shares(token, participles) for token in tokens[max(0, at - 3) : at] if token.is_word)
        if analyses(tokens[at].text)[0].pos not in ("ADVB", "PRCL"):
            return False
    return False


def _shares(noun: Token, participles: list[Any]) -> bool:
    return any(
        a.pos in ("NOUN", "ADJF") and a.case == p.case and a.number == p.number
        for a in analyses(noun.text)
        for p in participles
    )


def _verb(token: Token, kind: str, modifiers: tuple[str, ...]) -> Demand:
    known = lemmas(token.text)
    if kind in ("person", "title") and known & words("report") and any(a.pos == "VERB" for a in analyses(token.text)):
        return Demand(("nom",), 2, f"subject of «{token.text}»")
    for lemma in known:
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
    title = _title_before(tokens, index) if kind == "person" and not animate else None
    if title is not None:
        read_as = tagged(text, title.start)
        options = tuple(case for case in NAMES if case in cases_of(title, ("NOUN",)))
        if read_as in options:
            options = (read_as,)
        return Demand(options or ("nom",), 2 if len(options) == 1 else 1, f"stands with «{title.text}»")
    if kind == "person" and (animate or token.text[:1].isupper() or "." in token.text):
        cases = tuple(case for case in NAMES if case in cases_of(token, ("NOUN",)))
        if len(cases) > 1 or not is_known(token.text):
            read_as = tagged(text, token.start)
            cases = (read_as,) if read_as in cases or (read_as in NAMES and not is_known(token.text)) else cases
        return Demand(cases or ("nom",), 2 if len(cases) == 1 else 1, f"stands with «{token.text}»")
    if _subject(text, span, token):
        return Demand(("nom", "gen"), 2, "subject of the verb after it")
    if kind == "place" and known & words("generic") and any(a.number == "sg" for a in analyses(token.text)):
        return Demand(("nom",), 1, f"name after «{token.text}»")
    return Demand(("gen",), 2, f"after «{token.text}»")


def token_at(text: str, at: int) -> Any:
    """The parsed word that starts at `at` (see languages.russian.syntax.Token), or None."""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if sentence.start <= at < sentence.end:
            return next((token for token in sentence.tokens if token.start == at), None)
    return None


def tagged(text: str, at: int) -> str:
    """The case in which the sentence as a whole reads the word that starts at `at`; "" where it tells none."""
    token = token_at(text, at)
    return str(token.feats.get("case", "")) if token is not None else ""


def _title_before(tokens: tuple[Token, ...], index: int) -> Token | None:
    """The title that a name stands with: «секретарь горкома партии …», «президенту США …»; the nearest person's noun
    to the left with nothing but nouns, adjectives and prepositions between."""
    for at in range(index, max(-1, index - 12), -1):
        token = tokens[at]
        if token.text in "«»“”\"-–":
            continue
        if not token.is_word:
            return None
        readings = analyses(token.text)
        if any(a.pos == "NOUN" and a.animate and "Name" not in a.grammemes and "Surn" not in a.grammemes for a in readings):
            return token if token.text[:1].islower() or at == 0 or readings[0].known else None
        if readings[0].pos in ("VERB", "INFN", "GRND", "CONJ", "PRTS"):
            return None
    return None


def _subject(text: str, span: Span, left: Token) -> bool:
    """Does a finite verb follow the span at once, with no subject of its own before it?"""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if not sentence.start <= span.start < sentence.end:
            continue
        after = [token for token in sentence.tokens if token.start >= span.end]
        while after and (after[0].text in "»”\"" or after[0].pos in ("ADV", "PART")):
            after = after[1:]
        if not after or after[0].pos not in ("VERB", "AUX") or "VERB" not in {a.pos for a in analyses(after[0].text)}:
            return False
        before = [token for token in sentence.tokens if token.end <= span.start]
        clause = before[max((n + 1 for n, token in enumerate(before) if token.text in ",;:"), default=0) :]
        return not any(token.rel.startswith("nsubj") or token.feats.get("case") == "nom" for token in clause)
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


def _governors(text: str, at: int) -> frozenset[str]:
    """Lemmas of the words above the one at `at` in the tree, up to the first verb."""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if sentence.start <= at < sentence.end:
            index = sentence.at(at)
            found: set[str] = set()
            for _ in range(3):
                index = sentence.tokens[index].head if index < len(sentence.tokens) else -1
                if index < 0:
                    break
                found |= lemmas(sentence.tokens[index].text)
                if sentence.tokens[index].pos == "VERB":
                    break
            return frozenset(found)
    return frozenset()


def _moves(text: str, span: Span, tokens: tuple[Token, ...], index: int) -> bool:
    """Does a word of motion or direction govern the preposition at `index`? The nearest verb or noun before it, or the
    tree, tells."""
    wanted = words("motion") | words("onto" if fold(tokens[index].text) == "на" else "into")
    if _governors(text, span.start) & wanted:
        return True
    for token in reversed(tokens[max(0, index - 6) : index]):
        if not token.is_word:
            return False
        if lemmas(token.text) & wanted:
            return True
        if any(a.pos in ("VERB", "INFN", "GRND", "PRTF", "PRTS") for a in analyses(token.text)):
            return False
    return False


def _plural_before(text: str, span: Span) -> bool:
    """Does a plural adjective or quantity word stand right before?"""
    left = next((token for token in reversed(tokenise(text)) if token.end <= span.start), None)
    if left is None or not left.is_word:
        return False
    found = [a for a in analyses(left.text) if a.pos in ("ADJF", "PRTF", "NUMR")]
    return bool(found) and all(a.number == "pl" for a in found)


def _consistent(text: str, span: Span, made: Paradigm, choice: list[str], suffix: str) -> list[str]:
    """The cases in an order such that those come first whose form, put in its place, the sentence reads as that case."""
    tried: dict[str, bool] = {}
    for case in choice:
        form = made.cells[case + suffix]
        if form not in tried:
            whole = text[: span.start] + form + text[span.end :]
            head = tokenise(form)
            at = span.start + head[min(made.head, len(head) - 1)].start
            read_as = tagged(whole, at)
            tried[form] = read_as in NAMES and made.cells.get(read_as + suffix) == form
    return sorted(choice, key=lambda case: not tried[made.cells[case + suffix]])


def read(text: str, span: Span, made: Paradigm, kind: str, cells: tuple[str, ...], inflects: bool) -> tuple[Reading, ...]:
    """The cells that the words at `span` may be put in, the likeliest first. `cells`: what the replaced words can be."""
    from pipeline.languages.russian.government import demanded

    plural = bool(cells) and all(cell.endswith(".pl") for cell in cells) and "gen.pl" in made.cells
    suffix = ".pl" if plural else ""
    had = tuple(dict.fromkeys(cell.removesuffix(".pl") for cell in cells)) if inflects else ()
    near = demand(text, span, kind)
    if len({made.cells[case + suffix] for case in (had or tuple(NAMES))}) == 1:
        case = next((case for case in near.cases if case in (had or NAMES)), had[0] if had else near.cases[0])
        if len(had) > 1 and near.strength < 2:
            far = demanded(text, (span.start, span.end), kind)
            case = next((case for case in far.ranked if case in had), case)
        return (Reading(case + suffix, True, f"{NAMES[case]}, the only form that fits"),)
    far = demanded(text, (span.start, span.end), kind)
    ranked = list(far.ranked or (far.case,))
    if had:
        choice = [case for case in ranked if case in had] or list(had)
        narrow = [case for case in choice if case in near.cases]
        if near.strength >= 2 and narrow:
            choice = narrow
        elif near.strength >= 3 and set(had) <= {"nom", "acc"}:
            choice = list(near.cases)
    elif near.strength >= 2:
        choice = list(near.cases)
    else:
        choice = ranked
    if not had:
        if not suffix and "gen.pl" in made.cells and _plural_before(text, span):
            suffix = ".pl"
        if len(choice) > 1 and near.strength < 3:
            choice = _consistent(text, span, made, choice, suffix)
    sure = len(choice) == 1 or far.sure or len({made.cells[case] for case in choice}) == 1
    rest = [case for case in (*near.cases, *ranked) if case not in choice and (not had or case in had)]
    cause = {case: near.reason for case in near.cases} if near.strength >= 2 else {far.case: far.cause}
    return tuple(
        Reading(case + suffix, sure and at == 0, f"{NAMES[case]}: {cause.get(case, 'as what stood there')}")
        for at, case in enumerate([*choice, *rest][:4])
    )
