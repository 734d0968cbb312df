"""Figures and the nouns that they count: «25 проекта», «построено 32 заводов», «5318 гражданские дела»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.languages.russian.analyse import Analysis, Token, fold, inflect_word, lemmas
from pipeline.languages.russian.disagreement import Disagreement
from pipeline.languages.russian.near import TIMES, noun, read
from pipeline.languages.russian.reading import nouns
from pipeline.languages.russian.requirements import every, report
from pipeline.languages.russian.tables import table

_MONTHS: Final = frozenset(
    ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
     "число", "век", "созыв", "съезд", "пленум", "сессия", "класс", "курс", "пункт", "статья", "год", "час", "минута",
     "утро", "вечер", "ночь", "день")
)  # fmt: skip


_ORDERED: Final = frozenset(
    ("глава", "раздел", "группа", "школа", "номер", "маршрут", "дом", "квартира", "палата", "корпус", "поезд", "рейс",
     "цех", "участок", "том", "страница", "часть", "этап", "категория", "уровень", "выпуск", "больница", "линия",
     "таблица", "приложение", "рисунок", "схема", "график", "графа", "строка", "форма", "№")
)  # fmt: skip


def _many_attributes(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """5318 гражданские дела: an adjective in the nominative behind figures that ask for the genitive plural."""
    number, behind = tokens[at].text, tokens[at + 1]
    many = number[-1] in "056789" or number[-2:-1] == "1"
    if not many or re.fullmatch(r"(?:1\d|20)\d\d|0\d*", number) or tokens[at].end + 1 != behind.start:
        return None
    before = {fold(lemma) for lemma in lemmas(tokens[at - 1].text)} | {tokens[at - 1].text}
    led = any(a.pos == "PREP" for a in read(tokens[at - 1].text)[:1])
    if before & (_ORDERED | _MONTHS) or led or not tokens[at - 1].is_word:
        return None
    readings = read(behind.text)
    mine = [a for a in readings if a.pos in ("ADJF", "PRTF")]
    if not mine or len(mine) < len(readings) or any(a.number != "pl" or a.case not in ("nom", "acc") for a in mine):
        return None
    if not any(n.number == "pl" and n.case == "nom" for n in noun(tokens, at + 2)):
        return None
    right = inflect_word(behind.text, "gen", "pl", pos=mine[0].pos)
    return report(behind, tokens[at], f"“{behind.text}” does not fit the numeral “{number}”", right or "")


_COUNTING: Final = frozenset(("через", "около", "свыше", "более", "менее", "почти", "еще", "всего", "лишь"))


def counted(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """31 новых машин, 25 проекта, построено 32 заводов: figures and a noun in a form that they do not count."""
    number = tokens[at].text
    if not number.isdigit() or at + 2 >= len(tokens) or not at:
        return None
    if (attribute := _many_attributes(tokens, at)) is not None:
        return attribute
    if len(number) > 3 and (
        len(number) > 7 or not any(a.pos == "ADJF" and a.number == "pl" for a in read(tokens[at + 1].text))
    ):
        return None  # a year, a telephone number
    place = at + 1
    while place < len(tokens) - 1 and place < at + 3 and any(a.pos == "ADJF" for a in read(tokens[place].text)):
        place += 1
    found = noun(tokens, place)
    if not found or not tokens[place].text.islower() or any("Fixd" in n.grammemes for n in found):
        return None
    if fold(found[0].lemma) in _MONTHS or fold(found[0].lemma) in ("человек", "ребенок", "люди", "лицо"):
        return None
    before = tokens[at - 1]
    kinds = frozenset(("VERB", "PRTS", "INFN", "GRND", "ADVB", "ADJS"))
    verb = tuple(a for a in every(before.text, kinds) if a.pos != "ADVB")
    counts = bool(verb) or fold(before.text) in _COUNTING
    if fold(before.text) == "и" and at > 1:
        counts = bool(nouns(tokens[at - 2].text)) and any(t.text.isdigit() for t in tokens[max(0, at - 6) : at - 2])
    if not counts or (number[0] == "0"):
        return None
    one = number[-1] == "1" and number[-2:] != "11"
    few = number[-1] in "234" and number[-2:-1] != "1"
    if one:
        wrong = all(n.number == "pl" for n in found) and not any("Pltm" in n.grammemes for n in found)
        want = ("nom", "sg")
    elif few:
        direct = bool(verb) and all(a.pos in ("PRTS", "ADJS") for a in verb) and any(a.gender == "n" for a in verb)
        direct = direct or takes(tokens, at - 1, verb)
        wrong = (
            direct
            and all(n.number == "pl" and n.case in ("gen", "nom") for n in found if "Surn" not in n.grammemes)
            and not any(n.animate or "Pltm" in n.grammemes for n in found)
        )
        want = ("gen", "sg")
    else:
        wrong = not any(n.number == "pl" and n.case in ("gen", "dat", "ins", "prp") for n in found)
        wrong = wrong and fold(found[0].lemma) not in TIMES
        wrong = wrong and fold(tokens[place].text) not in table("words", "bare")  # 50 люкс
        want = ("gen", "pl")
    if not wrong:
        return None
    suggestion = inflect_word(tokens[place].text, *want, pos="NOUN") if place == at + 1 else ""
    return report(
        tokens[place], tokens[at], f"“{tokens[place].text}” does not fit the numeral “{number}”", suggestion or ""
    )


_OF_WHAT: Final = frozenset(
    ("требовать", "потребовать", "ждать", "ожидать", "дождаться", "просить", "попросить", "хотеть", "искать", "стоить",
     "желать", "заслуживать", "набрать", "набирать", "достигать", "достичь", "достигнуть")
)  # fmt: skip


def takes(tokens: Sequence[Token], at: int, verb: Sequence[Analysis]) -> bool:
    """Is it a verb that takes the accusative, with nothing that denies it: «принял [3 документов]»?"""
    takes = bool(verb) and all("tran" in a.grammemes and fold(a.lemma) not in _OF_WHAT for a in verb)
    return takes and not any(fold(token.text) == "не" for token in tokens[max(0, at - 3) : at])
