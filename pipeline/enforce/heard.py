"""What each word of a target says of a term: by the word tables, and by where a translation model looks.

The model is made to read the given target; its attention says which words of the source each word answers (forced
decoding as an aligner: Luong et al. 2015; Garg et al. 2019). The tables are heard with it: a word that another word of
the source accounts for is no part of the term, one that renders a word of it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.enforce import bridge, likeness, rendering, residual
from pipeline.enforce.candidates import Links
from pipeline.enforce.chinese import tag
from pipeline.enforce.marked import Says
from pipeline.enforce.view import View
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.names_context import TITLES
from pipeline.languages.russian.analyse import analyses, lemma, lemmas, tokenise
from pipeline.model import Form, Lang, Occurrence, Span, Term

_LINKS = residual.LINKS | frozenset(
    ("in", "on", "to", "with", "by", "from", "a", "an", "的", "和", "与", "及", "-", "—", "–")
)
SET = frozenset(
    ("качестве", "отношении", "рамках", "целях", "ходе", "результате", "течение", "связи", "счет", "счёт", "мере",
     "защиту", "поддержку", "честь", "адрес", "случае", "соответствии", "сторону", "пользу", "время", "области",
     "сфере", "вопросам", "вопросу", "поводу", "причине", "итогам", "пределах", "начале", "конце", "середине",
     "окончании", "помощью", "размере", "объеме", "ставке", "цене", "сумме", "количестве")
)  # fmt: skip
BEFORE_SET = frozenset(("в", "во", "с", "за", "по"))
NEGATIONS = frozenset("不无非未")
_RANKS = frozenset("次副总首代前")
_STOPS_ZH = frozenset("经由按据向至给让使于用会仍已曾地得着过类些起止后时内间该本其此各每") | {
    "方式",
    "问题",
    "情况",
    "方面",
    "过程",
}
_FIGURES = "一二三四五六七八九十两"
_ONE_OF = re.compile("[一二三四五六七八九十百千万两几数多每各]?[根颗名座艘台件种项架辆位张块株只枚栋幢届份艇场次批]")
# verbs that a thing stands behind, modal words and times, which hardly ever are a part of its name
_GOVERNING = frozenset(
    re.findall(
        r"\w+",
        "实行 实施 进行 开展 发生 出现 迎接 接受 获得 取得 给予 予以 加以 提高 加强 推进 "
        "推动 促进 举行 举办 成立 设立 采用 采取 开始 完成 参加 参与 前往 进入 离开 收到 "
        "得到 受到 遭受 造成 引起 导致 属于 成为 作为 称为 具有 拥有 缺乏 包括 需要 要求 "
        "允许 禁止 宣布 授予 担任 出任 当选 出席 参观 抵达 到达 返回 发现 看到 听取 签署 "
        "缴纳 支付 领取 购买 违反 遵守 符合 方可 才能 可以 必须 应当 当天 当日 当晚 当年 "
        "期间 以来 送入 送往 投入 纳入 横渡 穿越 跨越 经过 重新 更换 安装 印制 收购",
    )
)
STRONG = 0.35  # share of a word's attention from which it answers the term
_STRONG_ZH = 0.5  # the same of a Chinese word, whose borders are a guess, and of an English one that is no noun
SOME = 0.1  # from which such a word leaves a doubt
_HEARD = 0.04  # from which a word that the tables give for the term does
_FREE = 0.35  # from which it may be freed from the word of the source that accounts for it
_OWN = 0.25  # what such a word counts besides its attention, and its least worth
SURE = 0.6  # from which a word is sure
_NUMERALS = frozenset(("тысяча", "миллион", "миллиард", "триллион", "десяток", "сотня"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the target, the share of its attention that the term has, and what the tables say of it."""

    text: str
    start: int
    end: int
    share: float
    own: bool
    other: bool  # another word of the source accounts for it
    link: bool  # a preposition, article or conjunction: inside a stretch only
    stop: bool  # no stretch goes on over it
    noun: bool
    like: tuple[float, ...]  # to the words of the official form
    says: frozenset[int] = frozenset()  # which words of the term in the source it renders
    away: tuple[tuple[int, float], ...] = ()  # (place in the source outside of the term, attention that it has)

    @property
    def inside(self) -> bool:
        russian = "а" <= self.text[:1].lower() <= "ё"
        least = _HEARD if self.own else STRONG if russian or (self.noun and self.text[:1] < "\u2e80") else _STRONG_ZH
        return not (self.link or self.stop or self.other) and self.share >= least

    @property
    def open(self) -> bool:
        """Does nothing account for it?"""
        return not (self.link or self.stop or self.other or self.inside)

    @property
    def worth(self) -> float:
        return max(0.4, self.share + _OWN) if self.own else self.share


def words(occurrence: Occurrence, source: str, view: View, form: Form, links: Links) -> list[Word]:
    """All words of the target."""
    found = list((_russian if view.lang == "ru" else _plain)(occurrence, source, view, form, links))
    others = _away([Span(word.start, word.end) for word in found], occurrence.span, links)
    found = [replace(word, away=tuple(each.items())) for word, each in zip(found, others, strict=True)]
    return _freed(found, occurrence, source, view.lang)


def _freed(words: Sequence[Word], occurrence: Occurrence, source: str, lang: Lang) -> list[Word]:
    """The words, those of much attention for the term no longer accounted for by words of the source that other words
    of the target render as well («funeral objects in the tomb» for 墓葬中的随葬品)."""
    span, spoken = occurrence.span, bridge.language_of(source)
    rest = (*bridge.source_words(source[: span.start]), *bridge.source_words(source[span.end :]))

    def base(word: Word) -> str:
        return lemma(word.text) if lang == "ru" else word.text.lower()

    def says(word: Word, sign: str) -> float:
        return bridge.strength(base(word), sign, lang, spoken)

    made = []
    for word in words:
        if word.other and not word.stop and word.share >= _FREE:
            signs = [sign for sign in rest if says(word, sign) >= 0.6]
            free = [each for each in words if each is not word and not each.link and each.share < SOME]
            again = any(base(each) == base(word) for each in free)
            if again or all(any(says(each, sign) >= 0.85 for each in free) for sign in signs):
                word = replace(word, other=False)
        made.append(word)
    return made


def _ends(word: str, term: Term, *, counted: bool) -> bool:
    """Does no name of a thing go on over the Chinese word: a preposition, a word for any matter, a verb that governs
    it, a count with its verb or measure word?"""
    if word in _GOVERNING or (not counted and _ONE_OF.fullmatch(word) and tag(word)[:1] in ("m", "q")):
        return not any(word in form.text for form in term.forms["zh"])
    return word in _STOPS_ZH or "在" in (word[0], word[-1]) or (not counted and len(word) > 2 and word[0] in _FIGURES)


def _speaks(word: str, lang: Lang, *, counted: bool) -> bool:
    """May a word that says little elsewhere be one of the term's: a numeral, a negation, Latin letters in Chinese?"""
    if counted and _COUNTS.search(word):
        return True
    return lang == "zh" and (
        word in NEGATIONS or word in _RANKS or (word.isascii() and word.isalnum() and not word.isdigit())
    )


@lru_cache(maxsize=1 << 10)
def _national(word: str) -> bool:
    """Is it an adjective of a country («китайское министерство»)? That is said of a body, and no part of its name."""
    return bool(_NATIONAL.fullmatch(word)) and analyses(word)[0].pos == "ADJF"


_NATIONAL = re.compile(
    r"(?:(?:китай|россий|американ|япон|европей|корей|индий|британ|француз|герман)ск|немецк)\w+", re.IGNORECASE
)


def shares(spans: Sequence[Span], term: Span, links: Links) -> list[float]:
    """For each span of the target how much of its attention goes to the term's words in the source."""
    own, every = [0.0] * len(spans), [0.0] * len(spans)
    for here, there, weight in links:
        for at, span in enumerate(spans):
            if there.overlaps(span):
                every[at] += weight
                own[at] += weight if here.overlaps(term) else 0.0
    return [mine / total if total else 0.0 for mine, total in zip(own, every, strict=True)]


def _away(spans: Sequence[Span], term: Span, links: Links) -> list[dict[int, float]]:
    """For each span of the target which places of the source outside of the term it answers, and how much."""
    made: list[dict[int, float]] = [{} for _ in spans]
    for here, there, weight in links:
        if not here.overlaps(term):
            for at, span in enumerate(spans):
                if there.overlaps(span):
                    made[at][here.start] = made[at].get(here.start, 0.0) + weight
    return made


_COUNTS = re.compile(
    "[一二三四五六七八九十百千万亿两双第]|\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|double|dual|first|second|third)\\b|"
    "\\b(?:од[ин]|дв[аеу]|тр[её]|четыр|пят[ьи]|шест|сем[ьи]|восем|девят|десят)",
    re.IGNORECASE,
)


def _rendered(strengths: Sequence[float]) -> frozenset[int]:
    return frozenset(n for n, strength in enumerate(strengths) if strength >= SURE)


_VERBAL = re.compile("(?:ed|ly)$")
_VERB = 0.3  # attention of such a word from which it may be the term's


def _counted(occurrence: Occurrence, lang: Lang) -> bool:
    """Has the term a numeral?"""
    several = (occurrence.form, *occurrence.term.forms[lang])
    return any(_COUNTS.search(form.text) for form in several)


def _russian(occurrence: Occurrence, source: str, view: View, form: Form, links: Links) -> Iterator[Word]:
    marks = rendering.marks(occurrence, source, view, form)
    heard = shares([Span(mark.token.start, mark.token.end) for mark in marks], occurrence.span, links)
    counted = _counted(occurrence, view.lang)
    known = {word for each in form.text.split() for word in lemmas(each)}
    for mark, share in zip(marks, heard, strict=True):
        says, token = mark.says, mark.token
        pos = {a.pos for a in analyses(token.text)} if token.is_word else set()
        count = (pos & {"NUMR"} or lemma(token.text) in _NUMERALS) and not (counted and share >= SURE)
        led = (
            token.text.lower() in SET and view.text[max(0, token.start - 3) : token.start].lower().strip() in BEFORE_SET
        )
        stop = led or says is Says.BREAK or (bool(count) and says is not Says.OWN)
        stop = stop or (says is Says.NOTHING and _national(token.text) and not lemmas(token.text) & known)
        yield Word(
            token.text,
            token.start,
            token.end,
            share,
            says is Says.OWN and not mark.shared,
            says is Says.OTHER,
            says is Says.EMPTY,
            stop,
            bool(pos & {"NOUN", "UNKN", "LATN"}),
            mark.like,
            _rendered(mark.own),
        )


def _plain(occurrence: Occurrence, source: str, view: View, _: Form, links: Links) -> Iterator[Word]:
    words = residual.words(occurrence, source, view)
    heard = shares([Span(word.start, word.end) for word in words], occurrence.span, links)
    counted = _counted(occurrence, view.lang)
    for word, share in zip(words, heard, strict=True):
        own = word.says is residual.Account.OWN and not (
            view.lang == "en" and _VERBAL.search(word.text) and share < _VERB
        )
        other = word.says is residual.Account.OTHER
        link = word.text.lower() in _LINKS
        noun = residual.noun(word.text, view.lang)
        stop = (word.empty and not link) or (view.lang == "zh" and _ends(word.text, occurrence.term, counted=counted))
        title = occurrence.term.kind == "body" and view.lang == "zh" and word.text in TITLES
        capital = view.lang == "en" and word.text[:1].isupper() and not view.sentence_start(word.start)
        if title:
            stop = True
        elif share >= SURE and ((stop and _speaks(word.text, view.lang, counted=counted)) or capital):
            stop = other = False
        yield Word(
            word.text,
            word.start,
            word.end,
            share,
            own,
            other,
            link,
            stop,
            noun,
            (word.like,),
            _rendered(word.own[0] if word.own else ()),
        )


def size(text: str, lang: Lang) -> int:
    """How many words with a meaning of their own a wording has."""
    if lang == "zh":
        return len(bridge.source_words(text))
    if lang == "ru":
        return sum(likeness.content(token, lang) for token in tokenise(text))
    return sum(word.lower() not in FUNCTION_WORDS for word in re.findall(r"[^\W\d_]+", text))
