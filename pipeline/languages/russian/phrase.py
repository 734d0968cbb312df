"""Phrases: which words of a title, term, body or slogan decline together, and their forms in each case.

A phrase is a row of nominal groups joined by coordination («два рынка и два ресурса»); each group has a head noun, the
words that agree with it, and perhaps a numeral. Complements (genitives, prepositional groups, quoted names) stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.languages.russian import endings, names, places, sayings
from pipeline.languages.russian.analyse import (
    CASES,
    Token,
    analyses,
    fold,
    inflect_word,
    inflected,
    is_known,
    like,
    parses,
    tokenise,
    unyo,
)
from pipeline.languages.russian.endings import Cells
from pipeline.languages.russian.groups import (
    OPENING,
    Group,
    agrees_first,
    head_noun,
    listed_place,
    nominal_group,
    place_group,
    quoted_apposition,
    substantive,
)
from pipeline.languages.russian.hyphens import hyphen_form
from pipeline.languages.russian.tables import table


@dataclass(frozen=True, slots=True)
class Plan:
    """A phrase's tokens and the groups in it that decline; `clause` is True where it is a sentence and stays whole."""

    text: str
    tokens: tuple[Token, ...]
    groups: tuple[Group, ...]
    clause: bool = False
    extra: tuple[tuple[int, int, Cells], ...] = ()  # first and last token, cells: a name that follows the head


def plan(text: str, kind: str, number: str = "", gender: str = "", only: frozenset[int] | None = None) -> Plan:
    """Read `text`. `number`, `gender`: of the head, where the entry tells them; `only`: token indices that decline."""
    tokens = tokenise(text)
    if only is not None:
        return _told(text, tokens, kind, number, gender, only)
    if sayings.is_clause(tokens):
        return Plan(text, tokens, (), clause=True)
    first, at = nominal_group(tokens, 0, kind, number, gender)
    if first is None:
        return Plan(text, tokens, ())
    groups = [first]
    extra: list[tuple[int, int, Cells]] = []
    before: list[tuple[int, frozenset[str]]] = [(first.head, frozenset({"nom"}))]  # nouns a coordinate may join
    while at < len(tokens):
        word = tokens[at].text
        if word in OPENING:
            at = _close(tokens, at)
            continue
        if word == "-" and (quoted := quoted_apposition(tokens, at, groups[-1])) is not None:
            groups, at = [*groups, quoted[0]], quoted[1]
            continue
        if (
            word in ("—", "–")
            and kind == "slogan"
            and not _range(tokens, at)
            and nominal_group(tokens, at + 1, kind, "", "")[0] is not None
        ):
            return Plan(text, tokens, (), clause=True)
        if word == "," and at + 1 < len(tokens):
            joined = _postposed(tokens, at + 1, groups[-1])
            if joined is not None:
                groups[-1] = replace(groups[-1], agreeing=(*groups[-1].agreeing, joined))
                at = joined + 1
                continue
        if fold(word) in table("words", "subordinate") or fold(word).startswith("котор"):
            break
        if (
            at == max((groups[-1].head, *groups[-1].agreeing)) + 1
            and kind != "slogan"
            and _behind(tokens, at, groups[-1])
        ):
            groups[-1] = replace(groups[-1], agreeing=(*groups[-1].agreeing, at))
            at += 1
            continue
        if word in (",", "/") or fold(word) in ("и", "или"):
            found, after = nominal_group(tokens, at + 1, kind, "", "")
            if found is not None and _joins_head(found, tokens, at + 1, before, word):
                groups.append(found)
                before = [(found.head, frozenset({"nom"}))]
                at = after
                continue
        name = _name(tokens, at, groups[-1], kind)
        if name is not None:
            extra.append(name)
            at = name[1] + 1
            continue
        if tokens[at].is_word:
            cases = frozenset(a.case for a in analyses(word) if a.pos == "NOUN" and a.case not in ("", "voc"))
            if cases:
                before.append((at, cases if _led(tokens, at) else cases - {"acc"}))
        at += 1
    return Plan(text, tokens, tuple(groups), extra=tuple(extra))


def _led(tokens: Sequence[Token], at: int) -> bool:
    """Does a preposition stand before the noun, its adjectives aside, or an adjective that may have it for a
    complement? Else it is no accusative («признание [вины] и согласие с наказанием»)."""
    at -= 1
    while at >= 0 and analyses(tokens[at].text)[0].pos in ("ADJF", "NUMR"):
        at -= 1
    return at >= 0 and analyses(tokens[at].text)[0].pos != "NOUN"


def _range(tokens: Sequence[Token], at: int) -> bool:
    """A dash between two names (регион Пекин — Тяньцзинь), not between two halves of a sentence."""
    return 0 < at < len(tokens) - 1 and all(tokens[index].text[:1].isupper() for index in (at - 1, at + 1))


def _close(tokens: Sequence[Token], at: int) -> int:
    """Index after the quotation or bracket that opens at `at`."""
    depth = 0
    for index in range(at, len(tokens)):
        mark = tokens[index].text
        if mark in ("«", "„", "(", "["):
            depth += 1
        elif mark in ("»", "”", ")", "]") or (mark in ("“", '"') and index > at):
            depth -= 1
            if depth <= 0:
                return index + 1
    return len(tokens)


def _postposed(tokens: Sequence[Token], at: int, group: Group) -> int | None:
    """Index of a participle after a comma that agrees with the head: «общество, основанное на знаниях»."""
    for a in analyses(tokens[at].text):
        if a.pos == "PRTF" and a.case == "nom" and a.number == group.base and a.gender in ("", group.gender):
            return at
    return None


def _behind(tokens: Sequence[Token], at: int, group: Group) -> bool:
    """Is it an adjective of the head right before it («женьшень обыкновенный»), with no other noun to belong to?"""
    if group.fixed is not None or not any(
        a.pos in ("ADJF", "PRTF") and a.case == "nom" and a.number == group.base and a.gender in ("", group.gender)
        for a in analyses(tokens[at].text)
    ):
        return False
    if tokens[at].text[:1].isupper() and fold(tokens[group.head].text) in table("words", "calling"):
        return False  # на космодроме Восточный
    if (
        tokens[at].text[:1].isupper()
        and all(token.text[:1].isupper() for token in tokens[at + 1 : at + 2])
        and tokens[at + 1 :]
    ):
        return False  # реки [Малой] Шексны
    if any(a.pos == "ADJF" and a.case == "gen" and a.number == n.number and a.gender in ("", n.gender)
           for a in analyses(tokens[at].text) for token in tokens[at + 1 : at + 2]
           for n in analyses(token.text) if n.pos == "NOUN" and n.case == "gen"):  # fmt: skip
        return False  # гид [золотой] категории
    return not any(
        a.pos == "NOUN" and a.case == "nom" and a.number == group.base and a.gender == group.gender
        for token in tokens[at + 1 : at + 2]
        for a in analyses(token.text)
    )


def _joins_head(
    found: Group, tokens: Sequence[Token], at: int, before: Sequence[tuple[int, frozenset[str]]], mark: str
) -> bool:
    """Is the group after «и» coordinated with the head, not with a nearer complement in the same case?"""
    words = [tokens[index] for index in (*found.agreeing, found.head)]
    possible: frozenset[str] | None = None
    for word in words:
        cases = frozenset(a.case for a in analyses(word.text) if a.pos in ("NOUN", "ADJF", "PRTF")) or frozenset(
            {"nom"}
        )
        possible = cases if possible is None else possible & cases
    unlisted = not is_known(tokens[found.head].text)
    if unlisted and len(before) > 1 and (found.fixed is None or not listed_place(tokens[found.head].text)):
        return False  # an unlisted word is taken with the complement before it: «Совет Сянгана и Аомэня»
    if found.numeral:
        possible = frozenset(a.case for a in analyses(tokens[found.number_word].text)) or frozenset({"nom"})
    if found.parse is None and found.fixed is None:
        possible = frozenset(CASES)
    for index, cases in reversed(before):
        if index == before[0][0]:
            return "nom" in (possible or set())
        if cases & (possible or set()) - {"nom"}:
            return False
    return True


def _name(tokens: Sequence[Token], at: int, group: Group, kind: str) -> tuple[int, int, Cells] | None:
    """A city after «город», a river's name of the first declension after «река» (реки Шексны, but реки Дон, реки
    Миссисипи), a person after a title: they decline with the head."""
    token = tokens[at]
    if not (token.is_word and token.text[:1].isupper()):
        return None
    previous = fold(tokens[at - 1].text) if at else ""
    if previous == "." and at > 1:
        previous = fold(tokens[at - 2].text)
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].is_word and tokens[last + 1].text[:1].isupper():
        last += 1
    text = " ".join(item.text for item in tokens[at : last + 1])
    if previous in table("words", "settlement"):
        return at, last, places.settlement(text.split()) or places.decline(text).cells
    if previous in table("words", "river") and (cells := places.river(text.split())) is not None:
        return at, last, cells
    if group.animate and (kind == "person" or (names.looks_chinese(tuple(text.split())) and last > at)):
        return at, last, names.decline(text).cells
    return None


def with_river(made: Plan) -> Plan | None:
    """The plan with the river's name declined, too, where it stays by default («на реке Оби» beside «на реке Обь»), or
    an island's of adjectives («на острове Большом Уссурийском»); None for others."""
    at = made.groups[0].head + 1 if made.groups else 0
    if made.extra or not at or at >= len(made.tokens) or not made.tokens[at].text[:1].isupper():
        return None
    group, rest = made.groups[0], range(at, len(made.tokens))
    if len(made.groups) == 1 and all(_adjective_of(made.tokens[n], group) for n in rest):
        return replace(made, groups=(replace(group, agreeing=(*group.agreeing, *rest)),))
    if at != len(made.tokens) - 1:
        return None
    if fold(made.tokens[at - 1].text) not in table("words", "river"):
        return None
    return replace(made, extra=((at, at, places.decline(made.tokens[at].text).cells),))


def _adjective_of(token: Token, group: Group) -> bool:
    return token.text[:1].isupper() and any(
        a.pos == "ADJF" and a.case == "nom" and a.number == group.base and a.gender in ("", group.gender)
        for a in analyses(token.text)
    )


def _told(text: str, tokens: tuple[Token, ...], kind: str, number: str, gender: str, only: Iterable[int]) -> Plan:
    """Groups from the word numbers an entry gives: agreeing words wait for the next noun among them."""
    groups: list[Group] = []
    waiting: list[int] = []
    numeral, number_word = "", -1
    chosen = frozenset(only)
    for index in sorted(chosen):
        token = tokens[index]
        word = fold(token.text)
        few = word in table("words", "few")
        if few or (any(a.pos == "NUMR" for a in analyses(token.text)) and word not in ("один", "одна", "одно")):
            numeral, number_word = ("few" if few else "many"), index
            continue
        if agrees_first(token, numeral) and any(
            at > index and not agrees_first(tokens[at], numeral) and tokens[at].is_word for at in chosen
        ):
            waiting.append(index)  # малый is a noun too, but not before бизнес
            continue
        head = head_noun(
            token, tokens, waiting, numeral, kind, number if not groups else "", gender if not groups else ""
        )
        if head is None and number and not groups:  # the entry's number is that of the whole row
            head = head_noun(token, tokens, waiting, numeral, kind, "", gender)
        if listed_place(token.text):
            head = place_group(token, index)
        elif token.text[:1].isupper() and not is_known(token.text) and names.is_palladius(token.text):
            head = None  # a name: by its own rules, below
        if head is not None:
            doubt = _misplaced(tokens, index, chosen)
            groups.append(replace(head, head=index, numeral=numeral, number_word=number_word,
                                  guessed=(*head.guessed, *doubt)))  # fmt: skip
            waiting, numeral, number_word = [], "", -1
        elif agrees_first(token, numeral):
            waiting.append(index)
        else:
            cells = (places.decline(token.text, gender) if kind == "place" else _surnamed(tokens, index, gender)).cells
            named = token.text[:1].isupper() and not is_known(token.text)
            doubt = () if named else (f"«{token.text}» is no nominative, but is told to decline",)
            groups.append(
                Group(index, "sg", gender or "m", kind in ("person", "title"), None, fixed=cells, guessed=doubt)
            )
    if waiting and groups and groups[-1].parse is not None:
        groups[-1] = replace(groups[-1], agreeing=(*groups[-1].agreeing, *waiting))
    elif waiting:
        group = substantive(tokens, waiting, kind)
        groups += [group] if group is not None else []
    return Plan(text, tokens, tuple(groups))


def _surnamed(tokens: tuple[Token, ...], index: int, gender: str) -> names.Declined:
    """A name told to decline, by the rules for the whole where a Chinese surname stands before it: «Си [Цзиньпином]»,
    not «Цзиньпиным»."""
    before = tokens[index - 1].text if index else ""
    if before[:1].isupper() and names.looks_chinese((before, tokens[index].text)):
        whole = names.decline(f"{before} {tokens[index].text}", gender)
        return replace(whole, cells={case: form.rpartition(" ")[2] for case, form in whole.cells.items()})
    return names.decline(tokens[index].text, gender)


def _misplaced(tokens: tuple[Token, ...], index: int, chosen: frozenset[int]) -> tuple[str, ...]:
    """A doubt where the word right before, which is not told to decline, agrees with this one in an oblique case."""
    if not index or index - 1 in chosen or not tokens[index - 1].is_word:
        return ()
    before = [a for a in analyses(tokens[index - 1].text) if a.pos in ("ADJF", "PRTF") and "Fixd" not in a.grammemes]
    if before and all(a.case != "nom" for a in before):
        return (f"«{tokens[index].text}» is told to decline, but «{tokens[index - 1].text}» before it is not",)
    return ()


def form(plan: Plan, case: str, number: str = "") -> tuple[str, tuple[str, ...]]:
    """The phrase in `case` (and plural, for number "pl"), and what could not be formed."""
    words: dict[int, str] = {}
    missing: list[str] = []
    for group in plan.groups:
        _decline_group(plan, group, case, number or group.base, words, missing)
    for first, last, cells in plan.extra:
        pieces = cells[case].split(" ")
        for index in range(first, last + 1):
            words[index] = pieces[index - first] if len(pieces) == last - first + 1 else plan.tokens[index].text
    out: list[str] = []
    at = 0
    for index, token in enumerate(plan.tokens):
        out += (plan.text[at : token.start], words.get(index, token.text))
        at = token.end
    return "".join(out) + plan.text[at:], tuple(missing)


def _decline_group(plan: Plan, group: Group, case: str, number: str, words: dict[int, str], missing: list[str]) -> None:
    head = plan.tokens[group.head].text
    yo = plan.text
    if group.fixed is not None:
        words[group.head] = group.fixed[case]
        for index in group.agreeing if case != "acc" or group.gender == "f" else ():
            word = plan.tokens[index].text
            words[index] = unyo(yo, _agreed(word, case, "sg", group.gender, False) or word)
        return
    as_written = number == group.base and (case == "nom" or (case == "acc" and group.numeral and not (
        group.animate and group.numeral == "few")))  # fmt: skip
    if group.parse is None or as_written:
        return
    noun_case = case
    if group.numeral == "few" and case == "acc":
        noun_case = "gen"
    elif group.apposed and case == "acc" and (number == "pl" or group.gender == "m"):
        noun_case = "gen" if group.animate else "nom"
    elif case == "acc" and (number == "pl" or group.gender == "m") and not group.animate and not is_known(head):
        noun_case = "nom"  # whatever the guesser takes an unlisted thing for
    if group.numeral:
        spelled = plan.tokens[group.number_word].text
        if not spelled[0].isdigit():
            made = inflect_word(spelled, case, "", group.gender, group.animate, "NUMR")
            if made is None:
                missing.append(f"«{spelled}» {case}")
            words[group.number_word] = unyo(yo, made or spelled)
    made = (
        _numbered(group, head, noun_case, number)
        or hyphen_form(head, case, number, group.animate)
        or inflected(group.parse, noun_case, number, group.gender, group.animate)
    )
    if made is None:
        missing.append(f"«{head}» {case}.{number}")
        made = head
    words[group.head] = like(head, unyo(yo, made))
    for index in (*group.agreeing, *group.single):
        word = plan.tokens[index].text
        still = noun_case == "acc" and number == group.base and not group.animate and not group.numeral
        if still and (number == "pl" or group.gender in ("m", "n")) and index not in group.single:
            continue  # as it is written: «подвижной состав», and not «подвижный»
        agreed = _agreed(word, noun_case, "sg" if index in group.single else number, group.gender, group.animate)
        if agreed is None:
            missing.append(f"«{word}» {case}.{number}")
        words[index] = unyo(word, agreed or word)  # «шликерное литьё»: the glossary may write both


def _numbered(group: Group, head: str, case: str, number: str) -> str | None:
    """консенсуса-1992, «Экспо-2020»: the word before the figures declines."""
    _, hyphen, figures = head.rpartition("-")
    if not hyphen or not figures.isdigit():
        return None
    made = inflected(group.parse, case, number)
    return None if made is None else f"{made}-{figures}"


def _agreed(word: str, case: str, number: str, gender: str, animate: bool) -> str | None:
    for a, parse in zip(analyses(word), parses(word), strict=True):
        if a.pos in ("ADJF", "PRTF"):
            made = inflected(parse, case, number, gender if gender in ("m", "f", "n") else "m", animate)
            if made is not None:
                return like(word, made)
    cells = endings.possessive(word) if gender == "n" and number == "sg" else None
    return None if cells is None else cells[case]
