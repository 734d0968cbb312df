"""Rows of Chinese words that a model takes for a term, without what belongs to other words of the source or to the verb
behind, and without another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.enforce import bridge
from pipeline.enforce.chinese import COUNT, pieces, tag
from pipeline.enforce.chinese_names import PLACES, SOUNDS
from pipeline.enforce.heard import Word
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.languages.chinese import frequency, is_han
from pipeline.languages.names_official import official
from pipeline.languages.pinyin import reading
from pipeline.languages.russian.analyse import lemmas
from pipeline.model import Form, Occurrence, Span

RENDERS, SURE = 0.6, 0.85  # of the word tables
_NAME = 3  # characters from which a row of signs used for sounds is a name
_SOUNDS_LIKE, _MORE = 0.5, 0.2  # the likeness of another name, and by how much it is above that of the term
_PREDICATE = re.compile("[发提做作传露看认得买卖打赶遇碰感拿送跑走飞][出到进起走]")
"""Verbs with their complement (发出, 打进), which a thing stands before or behind: no part of a name."""
_WHERE = frozenset("在从向把被")
_HAVING = re.compile("[患设建配装载附印写刻]有|患上?|罹患|染上")
"""Verbs with what is there or what somebody has behind them."""
_PERSONS = frozenset("人员者")
_CAPITAL = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")


def signs(occurrence: Occurrence, source: str) -> tuple[str, ...]:
    """The words of the source outside of the term."""
    before, after = source[: occurrence.span.start], source[occurrence.span.end :]
    return (*bridge.source_words(before), *bridge.source_words(after))


def trimmed(
    span: Span, words: Sequence[Word], occurrence: Occurrence, source: str, view: View, wording: Sequence[Form]
) -> Span:
    """The span without words at an end that another word of the source says («[矿床]平衡库存», «曲棍球[队]»), a verb
    with what stands behind («信号设施[发出警报]»), and what makes a word with the next one («基金清单[列]有», «药单
    [向]居民»)."""
    taken = [word for word in words if span.start <= word.start and word.end <= span.end]
    official = "".join(form.text for form in wording)
    row = _without_predicate(_led(_without_others(taken, words, occurrence, source, official), official), official)
    row = _without_others(row[::-1], words, occurrence, source, official)[::-1]
    row = _before_aspect(_without_head(row, wording, occurrence.term.kind), words, wording)
    row = _without_count(row, official)
    row = _without_rank(row, signs(occurrence, source), wording)
    if not row:
        return span
    if view.text[row[0].start : row[0].start + 1] in _DATED and view.text[: row[0].start][-1:].isdigit():
        size = len(view.text[: row[0].start]) - len(view.text[: row[0].start].rstrip("0123456789"))
        return Span(row[0].start - size, row[-1].end)  # [7月1号奖牌]
    if occurrence.term.kind == "title":
        start = row[0].start + _of_place(view.text, row[0].start, wording)
        end = _before_bearer(view.text, Span(start, row[-1].end), occurrence, source)
        if (start, end) != (row[0].start, row[-1].end):
            return Span(start, end)
    end = row[-1].end - _unit(row[-1].text, occurrence, source, official)
    after = next((word for word in words if word.start == end), None)
    if len(row) > 1 and after is not None and not any(form.text.endswith(row[-1].text[-1]) for form in wording):
        end -= _lent(row[-2].text, row[-1].text, after.text)
    return span if row == taken and end == row[-1].end else Span(row[0].start, end)


_SINGLE = 0.5  # attention of a single character from which it is taken for the term's


def begun(row: list[Word], words: Sequence[Word]) -> list[Word]:
    """The row with single characters right before it that the model takes for the term's («[自]煮壶»)."""
    while row:
        before = next((word for word in words if word.end == row[0].start), None)
        if before is None or len(before.text) > 1 or not is_han(before.text) or not _free(before):
            break
        row = [before, *row]
    return row


def spelt_out(row: list[Word], words: Sequence[Word]) -> list[Word]:
    """A transcribed name with the characters behind it that are spelt with, too («埃勒沃[特]»), without a word of
    another kind that is said elsewhere («埃勒沃特[清点]»)."""
    if len(row) > 2 and row[-1].other and all(set(word.text) <= SOUNDS for word in row[:-1]):
        row = row[:-1] if set(row[-1].text) - SOUNDS else row
    while row and all(set(word.text) <= SOUNDS for word in row):
        after = next((word for word in words if word.start == row[-1].end), None)
        if after is None or len(after.text) > 1 or after.text not in SOUNDS or not _free(after):
            break
        row = [*row, after]
    return row


def _free(word: Word) -> bool:
    return word.share >= _SINGLE and not (word.other or word.link or word.stop)


def _without_others(
    row: list[Word], words: Sequence[Word], occurrence: Occurrence, source: str, official: str
) -> list[Word]:
    """The words without those at the beginning that a word of the source outside of the term says, which no other word
    of the target renders; of words in the other order those at the end."""
    spoken = bridge.language_of(source)
    own, rest = bridge.source_words(occurrence.form.text), signs(occurrence, source)

    def says(word: Word, sign: str) -> float:
        return bridge.strength(word.text, sign, "zh", spoken)

    while len(row) > 1 and row[0].other and row[0].text not in official and not row[1].link:
        first = row[0]
        said = [sign for sign in rest if says(first, sign) >= SURE]
        others = [word for word in words if word is not first and not word.link]
        if not said or max((says(first, sign) for sign in own), default=0.0) >= RENDERS:
            break
        if all(any(says(word, sign) >= RENDERS for word in others) for sign in said):
            break
        row = row[1:]
    return row


def _led(row: list[Word], official: str) -> list[Word]:
    """The words behind a preposition inside («工厂在[旋转丝线]»), and behind a verb of having («患有[折射异常]»)."""
    inside = (n for n, word in enumerate(row[:-1]) if n and row[n - 1].noun and word.text in _WHERE)
    at = max((n for n in inside if row[n].text not in official), default=-1)
    row = row[at + 1 :]
    return row[1:] if len(row) > 1 and _HAVING.fullmatch(row[0].text) and row[0].text not in official else row


def _without_predicate(row: list[Word], official: str) -> list[Word]:
    """The words before a verb with its complement inside, and before a verb at the end, behind a person whom the form
    names, too («[送信人]负责», 投递员)."""
    found = (n for n, word in enumerate(row) if n and _PREDICATE.fullmatch(word.text) and word.text not in official)
    row = row[: next(found, len(row))]
    person = len(row) > 1 and official[-1:] in _PERSONS and row[-2].text[-1] in _PERSONS
    acts = person and len(row[-1].text) > 1 and tag(row[-1].text) == "v" and row[-1].text not in official
    return row[:-1] if acts else row


_SUFFIXES = frozenset("品物体剂器机件料液具仪")
"""Characters that end the name of a thing and are hardly ever words."""
_SOME, _USUAL = 0.2, 5000  # attention of a character before a row; occurrences of one that is a verb by itself


def suffix(word: Word, words: Sequence[Word]) -> bool:
    """Is it the end of a thing's name right behind a row, with nothing behind it to belong to («保险补偿[品]。»)?"""
    after = next((each for each in words if each.start == word.end), None)
    alone = after is None or after.link or after.stop or not is_han(after.text)
    return word.text in _SUFFIXES and word.open and not word.own and alone


def stands_alone(word: Word, words: Sequence[Word]) -> bool:
    """Is it a single character before a row, of some attention, with nothing before it to belong to, and no usual verb
    or word of grammar («管网中[载]热体»)?"""
    before = next((each for each in words if each.end == word.start), None)
    alone = before is None or before.link or before.stop or not is_han(before.text)
    bare = len(word.text) == 1 and is_han(word.text) and word.open and not word.own and word.share >= _SOME
    return bare and alone and tag(word.text)[:1] in ("n", "v", "a", "") and frequency(word.text) <= _USUAL


_ASPECTS = frozenset("了着过")


def _before_aspect(row: list[Word], words: Sequence[Word], wording: Sequence[Form]) -> list[Word]:
    """The words without a verb at their end that a particle of aspect follows («在[岔路口]停留了»), unless the official
    form ends in a verb."""
    after = next((word for word in words if row and word.start == row[-1].end), None)
    if len(row) < 2 or after is None or after.text not in _ASPECTS or row[-1].own or tag(row[-1].text) != "v":
        return row
    ends = (pieces(form.text)[-1].text for form in wording)
    return row if any(len(word) > 1 and tag(word).startswith("v") for word in ends) else row[:-1]


_SAID_OF = frozenset(("精神", "理念", "方针", "原则", "口号", "思想", "态度", "作风", "勇气", "要求", "目标"))
"""What a slogan is said to be."""


def _without_head(row: list[Word], wording: Sequence[Form], kind: str) -> list[Word]:
    """The words before 的 and a noun at the end, where nothing gives that noun to the term, the official form has no 的
    and the words before it are as many as the form's («[认罪出席]的情节» for 投案自首)."""
    if len(row) < 3 or row[-2].text != "的" or any("的" in form.text for form in wording):
        return row
    said = kind == "slogan" and row[-1].text in _SAID_OF and not (row[-1].own or row[-1].other)
    if not (row[-1].open or said):
        return row
    enough = len(row) - 2 >= max(len(pieces(form.text)) for form in wording)
    return row[:-2] if enough else row


def _without_count(row: list[Word], official: str) -> list[Word]:
    """The words behind a number with its measure word («一股[寒冷前线]»), unless a form begins with the number."""
    counts = len(row) > 1 and COUNT.fullmatch(row[0].text) and row[0].text[0] not in official
    return row[1:] if counts else row


_RANKS = frozenset(("职衔", "官衔", "军衔", "警衔", "头衔", "称号", "职称", "官职"))
_RANK = re.compile(r"(?i)чин|звани|должност|титул|rank|title|grade|office")


def _without_rank(row: list[Word], others: Sequence[str], wording: Sequence[Form]) -> list[Word]:
    """The words of an office without one for rank or title, which the source says beside it («被授予[国家顾问]职衔» for
    чин советника)."""
    if len(row) < 2 or row[-1].text not in _RANKS or row[-1].own or any(row[-1].text in f.text for f in wording):
        return row
    return row[:-1] if any(_RANK.match(word) for word in others) else row


_UNITS = frozenset("部室局处科队馆")


def _unit(last: str, occurrence: Occurrence, source: str, official: str) -> int:
    """How many characters at the end of the last word say a unit that is another word of the source («稀有书籍[部]» for
    отдел редких книг)."""
    char, spoken = last[-1:], bridge.language_of(source)
    if len(last) < 3 or char not in _UNITS or char in official or frequency(last) > 0:
        return 0
    own = any(
        bridge.strength(char, sign, "zh", spoken) >= RENDERS for sign in bridge.source_words(occurrence.form.text)
    )
    said = any(bridge.strength(char, sign, "zh", spoken) >= SURE for sign in signs(occurrence, source))
    return 1 if said and not own and frequency(last[:-1]) > 0 else 0


def _lent(before: str, last: str, after: str) -> int:
    """How many characters at the end of the row are another word's: a verb that makes one with what follows (列|有), a
    preposition that was cut together with the last character (药|单向|居民)."""
    if not is_han(after):
        return 0
    if len(last) == 1:
        return 1 if makes_verb(last, after) else 0
    apart = len(last) == 2 and tag(last[1]) == "p" and frequency(before + last[0]) > 0
    return 1 if apart and tag(after)[:1] in ("n", "r") else 0


def makes_verb(char: str, after: str) -> bool:
    """Does the character make a verb with the word behind it («列|有», «打|进»)?"""
    return tag(char) == "v" and frequency(char + after) > 0 and tag(char + after) == "v"


def of_another(text: str, occurrence: Occurrence, source: str) -> bool:
    """Is the row of characters used for sounds another name of the source («谢苗诺夫» beside Семенов)?"""
    if bridge.language_of(source) == "zh" or len(text) < _NAME or not set(text) <= SOUNDS:
        return False
    heard = " ".join(map(reading, text))
    other = max((sounds(heard, name) for name in _names(source, occurrence.span)), default=0.0)
    own = max((sounds(heard, word) for word in _CAPITAL.findall(occurrence.span.of(source))), default=0.0)
    return other >= _SOUNDS_LIKE and other >= own + _MORE


_LEADING = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:用于|致力于)|关于|对于|有关|产自|来自|源自|位于|持有|凭(?![证据空])|如何|怎样|持(?=电子)"
)
"""What stands before the name of a thing and is none of it («[关于]东北振兴的座谈会»)."""
_DATED = tuple("月日年号届周")


def behind_leading(span: Span, view: View, wording: Sequence[Form]) -> Span:
    """The span without what stands before the term's words and is said by no form."""
    match = _LEADING.match(span.of(view.text))
    said = match is not None and len(match[0]) < len(span) and not any(match[0] in form.text for form in wording)
    return Span(span.start + len(match[0]), span.end) if match is not None and said else span


_AREAS = frozenset("州省市县区镇乡")


def _of_place(text: str, start: int, wording: Sequence[Form]) -> int:
    """1 where a title begins with the last character of the place before it («阿穆尔[州]临时省长»), else 0."""
    own = any(form.text[0] == text[start] for form in wording)
    return int(not own and text[start] in _AREAS and is_han(text[max(0, start - 1) : start]))


def _before_bearer(text: str, span: Span, occurrence: Occurrence, source: str) -> int:
    """The end of a title without the name behind it of who has it, which stands behind it in the source, too («牧首
    [基里尔]»)."""
    spoken = bridge.language_of(source)
    behind = re.match(r"\s+([A-ZА-ЯЁ][^\W\d_]+)", source[occurrence.span.end :])
    if behind is None or spoken == "zh":
        return span.end
    names = {behind.group(1), *(word.capitalize() for word in lemmas(behind.group(1)) if spoken == "ru")}
    written = (official(name, spoken, "", ()).zh for name in names)
    name = next((each for each in written if len(each) > 1 and text.endswith(each, span.start + 1, span.end)), "")
    return span.end - len(name)


def _names(source: str, term: Span) -> Iterator[str]:
    """Words with a capital inside a sentence, outside of the term."""
    for match in _CAPITAL.finditer(source):
        span = Span(match.start(), match.end())
        if match.group()[0].isupper() and not span.overlaps(term) and re.search(r"[^\s.!?]\s+$", source[: span.start]):
            yield match.group()


_MEASURES = frozenset("量率额数值度")


def measured(form: str, after: str) -> bool:
    """Do the form and the noun behind it both tell a measure, so that they make no sense together («产奶量[次数]»)?"""
    return form[-1:] in _MEASURES and len(after) > 1 and after[-1] in _MEASURES and tag(after) == "n"


def without_outer(row: list[Word], wording: Sequence[Form]) -> list[Word]:
    """A place's Chinese name without the larger one before it that its form has not («马萨诸塞州[剑桥]»)."""
    last = {form.text[-1] for form in wording}
    last |= {kind for kinds in PLACES for kind in kinds if last & set(kinds)}  # 灰溪[两岸] for 阿什贝克河
    row = next((row[: n + 1] for n, word in enumerate(row) if word.text[-1] in last), row)  # 拜卡尔湖[湖底]
    ends = [n for n, word in enumerate(row[:-1]) if word.text[-1] in "州省市县国"]
    inside = any(each in form.text[:-1] for form in wording for each in "州省市县国")
    return row[ends[-1] + 1 :] if ends and not inside else row
