"""Where a translation model looks when it reads the target: the words that stand for a term, however they are put.

The model is made to read the given target; its attention says which words of the source each word answers (forced
decoding as an aligner: Luong et al. 2015; Garg et al. 2019). What the word tables say is heard with it: a word that
another word of the source accounts for is no part of the term, one that renders a word of it is. Only for a glossary of
one's own, which has made its choice of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.enforce import bridge, likeness, rendering, residual
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.english import balanced, number, with_prefix
from pipeline.enforce.result import Ground
from pipeline.enforce.synonyms import bundled as bundled
from pipeline.enforce.view import View, closed
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.russian.analyse import analyses, lemma, lemmas, tokenise
from pipeline.languages.russian.paradigm import paradigm
from pipeline.model import Form, Lang, Occurrence, Span

Reader = Callable[[str, str], Links]
"""Source and target text -> which span of the source each span of the target answers, and how surely (0..1)."""
_LINKS = residual.LINKS | frozenset(("in", "on", "to", "的", "和", "与", "及", "-", "—", "–"))
_NOT = frozenset("不无非未")
_STOPS_ZH = frozenset("经由按据向至给让使于") | {"方式", "问题", "情况", "方面", "过程"}
_NAMED = ("place", "body")
_KINDS = ("term", "title", "body", "slogan", "place")
_STRONG = 0.35  # share of a word's attention from which it answers the term
_STRONG_ZH = 0.5  # the same of a Chinese word: the cutting of a sentence into words is another's guess
_WEAK = 0.15  # from which it does beside such a word, where nothing else accounts for it
_SOME = 0.1  # from which such a word leaves a doubt
_HEARD = 0.04  # from which a word that the tables give for the term does
_FREE = 0.35  # from which it may be freed from the word of the source that accounts for it
_OWN = 0.25  # what such a word counts besides its attention, and its least worth
_LEAST = 0.4  # attention that a stretch must have in all
_QUOTE = 0.5  # mean attention of the words of a quotation that is the term as a whole
_RIVAL = 0.6  # as much as this of it elsewhere, and nothing is sure; and what makes a word sure
_NUMERALS = frozenset(("тысяча", "миллион", "миллиард", "триллион", "десяток", "сотня"))
_QUOTED = re.compile(r"«[^«»]+»|“[^“”]+”|\"[^\"]+\"")


@dataclass(frozen=True, slots=True)
class _Word:
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

    @property
    def inside(self) -> bool:
        least = _HEARD if self.own else _STRONG if self.text[:1] < "\u2e80" else _STRONG_ZH
        return not (self.link or self.stop or self.other) and self.share >= least

    @property
    def open(self) -> bool:
        """Does nothing account for it?"""
        return not (self.link or self.stop or self.other or self.inside)

    @property
    def worth(self) -> float:
        return max(0.4, self.share + _OWN) if self.own else self.share


def candidates(
    occurrence: Occurrence, source: str, view: View, wording: Sequence[Form], read: Reader
) -> Iterator[Candidate]:
    """The stretch that the model takes for the term; none where it is not sure. Only to be shown where it says more
    than the term, or only a part of its official name."""
    term = occurrence.term
    if term.kind not in _KINDS or not wording or bundled(term.origin):
        return
    links = read(source, view.text)
    if not links:
        return
    words = list((_russian if view.lang == "ru" else _plain)(occurrence, source, view, wording[0], links))
    words = _freed(words, occurrence, source, view.lang)
    if term.kind in ("slogan", "term") and (span := _quoted(words, view)) is not None:
        yield _made(span, 0.75, view, repair=True)
        return
    found = sorted(_stretches(words, view, named=term.kind in _NAMED), key=lambda item: (-item[0], item[1]))
    if not found or found[0][0] < _LEAST:
        return
    mass, first, last = found[0]
    if len(found) > 1 and found[1][0] >= _RIVAL * mass:
        return
    official = max(_size(form.text, view.lang) for form in wording)
    row = _cut([word for word in words[first : last + 1] if not word.link], official, view.lang)
    heard = [word.worth for word in row if word.inside]
    score = sum(heard) / max(1, len(heard))
    start = with_prefix(view.text, row[0].start) if view.lang == "en" else row[0].start
    span = closed(view.text, Span(start, row[-1].end))
    if score < _STRONG or not view.free(span) or not balanced(span.of(view.text)):
        return
    size = max([official, *map(len, residual.asked(occurrence, view.lang))])
    size += 2 if all(word.own or word.share >= _RIVAL for word in row) else 1
    whole = len(row) <= size and not _torn(words, words.index(row[0]), words.index(row[-1]), view)
    repair = whole and not _partial(row, official) and _phrase(row, view)
    yield _made(span, 0.72 + 0.08 * min(1.0, score), view, repair=repair)


def _cut(row: list[_Word], official: int, lang: Lang) -> list[_Word]:
    """The words without those at an end that answer almost nothing, where there are more than the official ones; of one
    official word that one which is like it."""
    if official == 1 and len(row) > 1 and lang != "zh":
        alike = [word for word in row if max(word.like, default=0.0) >= 0.75]
        if len(alike) == 1:
            return alike
        if len(row) == 2 and row[1].text[:1].isupper() and row[0].text.lower() in _generic():
            return row[1:]
    while len(row) > official:
        end = min(row[0], row[-1], key=lambda word: word.share)
        if end.share >= _SOME or end.own or end.text[:1].isupper():
            break
        row = [word for word in row if word is not end]
    return row


@cache
def _generic() -> frozenset[str]:
    """Forms of the Russian words for kinds of places, which may stand before a name («в [реке] Янцзы»)."""
    kinds = "река озеро море залив гора остров город провинция уезд район посёлок деревня пустыня канал"
    return frozenset(form.lower() for kind in kinds.split() for form in paradigm(kind, "", "term").cells.values())


def _made(span: Span, score: float, view: View, *, repair: bool) -> Candidate:
    cells = number(view.text, span) if view.lang == "en" else ()
    why = f"«{span.of(view.text).strip('«»“”')}» is read as its rendering"
    inflects = view.lang != "zh"
    return Candidate(span, score, why, cells, inflects, "", 0, repair=repair, ground=Ground.TRANSLATED)


def _quoted(words: Sequence[_Word], view: View) -> Span | None:
    """The words in quotation marks that answer the term as a whole, the marks aside; None where no such quote is."""
    found = []
    for match in _QUOTED.finditer(view.text):
        row = [word for word in words if match.start() < word.start and word.end < match.end() and not word.link]
        row = [word for word in row if word.text[:1].isalnum()]
        span = Span(match.start() + 1, match.end() - 1)
        if len(row) > 1 and sum(word.worth for word in row) / len(row) >= _QUOTE and view.free(span):
            found.append(span)
    return found[0] if len(found) == 1 else None


def _partial(row: Sequence[_Word], official: int) -> bool:
    """Is it a shortened mention: some of the official words, in their order?"""
    if len(row) >= official:
        return False
    at = -1
    for word in row:
        at = next((n for n, value in enumerate(word.like) if n > at and value >= 0.99), -1)
        if at < 0:
            return False
    return True


def _freed(words: Sequence[_Word], occurrence: Occurrence, source: str, lang: Lang) -> list[_Word]:
    """The words, those of much attention for the term no longer accounted for by words of the source that other words
    of the target render as well («funeral objects in the tomb» for 墓葬中的随葬品)."""
    span, spoken = occurrence.span, bridge.language_of(source)
    rest = (*bridge.source_words(source[: span.start]), *bridge.source_words(source[span.end :]))

    def base(word: _Word) -> str:
        return lemma(word.text) if lang == "ru" else word.text.lower()

    def says(word: _Word, sign: str) -> float:
        return bridge.strength(base(word), sign, lang, spoken)

    made = []
    for word in words:
        if word.other and not word.stop and word.share >= _FREE:
            signs = [sign for sign in rest if says(word, sign) >= 0.6]
            free = [each for each in words if each is not word and not (each.link or each.stop) and each.share < _SOME]
            again = any(base(each) == base(word) for each in free)
            if again or all(any(says(each, sign) >= 0.85 for each in free) for sign in signs):
                word = replace(word, other=False)
        made.append(word)
    return made


def _ends(word: str, *, counted: bool) -> bool:
    """Does no name of a thing go on over the Chinese word: a preposition, a word for any matter, a verb with a count?"""
    return word in _STOPS_ZH or word[0] == "在" or (not counted and len(word) > 2 and word[0] in "一二三四五六七八九十两")


def _speaks(word: str, lang: Lang, *, counted: bool) -> bool:
    """May a word that says little elsewhere be one of the term's: a numeral, a negation, Latin letters in Chinese?"""
    if counted and _COUNTS.search(word):
        return True
    return lang == "zh" and (word in _NOT or (word.isascii() and word.isalnum()))


@lru_cache(maxsize=1 << 10)
def _national(word: str) -> bool:
    """Is it an adjective of a country («китайское министерство»)? That is said of a body, and no part of its name."""
    return bool(_NATIONAL.fullmatch(word)) and analyses(word)[0].pos == "ADJF"


_NATIONAL = re.compile(
    r"(?i)(?:китай|россий|американ|япон|европей|корей|индий|британ|француз|немец|герман)ск\w+|немецк\w+"
)


def _size(text: str, lang: Lang) -> int:
    """How many words with a meaning of their own a wording has."""
    if lang == "zh":
        return len(bridge.source_words(text))
    if lang == "ru":
        return sum(likeness.content(token, lang) for token in tokenise(text))
    return sum(word.lower() not in FUNCTION_WORDS for word in re.findall(r"[^\W\d_]+", text))


def shares(spans: Sequence[Span], term: Span, links: Links) -> list[float]:
    """For each span of the target how much of its attention goes to the term's words in the source."""
    own, every = [0.0] * len(spans), [0.0] * len(spans)
    for here, there, weight in links:
        for at, span in enumerate(spans):
            if there.overlaps(span):
                every[at] += weight
                own[at] += weight if here.overlaps(term) else 0.0
    return [mine / total if total else 0.0 for mine, total in zip(own, every, strict=True)]


_COUNTS = re.compile(
    "[一二三四五六七八九十百千万亿两双]|\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|double|dual)\\b|"
    "\\b(?:од[ин]|дв[аеу]|тр[её]|четыр|пят[ьи]|шест|сем[ьи]|восем|девят|десят)",
    re.IGNORECASE,
)


def _counted(occurrence: Occurrence, lang: Lang) -> bool:
    """Has the term a numeral?"""
    several = (occurrence.form, *occurrence.term.forms[lang])
    return any(_COUNTS.search(form.text) for form in several)


def _russian(occurrence: Occurrence, source: str, view: View, form: Form, links: Links) -> Iterator[_Word]:
    marks = rendering.marks(occurrence, source, view, form)
    heard = shares([Span(mark.token.start, mark.token.end) for mark in marks], occurrence.span, links)
    counted = _counted(occurrence, view.lang)
    known = {word for each in form.text.split() for word in lemmas(each)}
    for mark, share in zip(marks, heard, strict=True):
        says, token = mark.says, mark.token
        pos = {a.pos for a in analyses(token.text)} if token.is_word else set()
        count = (pos & {"NUMR"} or lemma(token.text) in _NUMERALS) and not (counted and share >= _RIVAL)
        stop = says is rendering.Says.BREAK or (bool(count) and says is not rendering.Says.OWN)
        stop = stop or (says is rendering.Says.NOTHING and _national(token.text) and not lemmas(token.text) & known)
        yield _Word(
            token.text,
            token.start,
            token.end,
            share,
            says is rendering.Says.OWN and not mark.shared,
            says is rendering.Says.OTHER,
            says is rendering.Says.EMPTY,
            stop,
            bool(pos & {"NOUN", "UNKN", "LATN"}),
            mark.like,
        )


def _plain(occurrence: Occurrence, source: str, view: View, _: Form, links: Links) -> Iterator[_Word]:
    words = residual.words(occurrence, source, view)
    heard = shares([Span(word.start, word.end) for word in words], occurrence.span, links)
    counted = _counted(occurrence, view.lang)
    for word, share in zip(words, heard, strict=True):
        own, other = word.says is residual.Account.OWN, word.says is residual.Account.OTHER
        link = word.text.lower() in _LINKS
        noun = residual.noun(word.text, view.lang)
        stop = (word.empty and not link) or (view.lang == "zh" and _ends(word.text, counted=counted))
        if stop and share >= _RIVAL and _speaks(word.text, view.lang, counted=counted):
            stop = other = False
        yield _Word(word.text, word.start, word.end, share, own, other, link, stop, noun, (word.like,))


def _stretches(words: Sequence[_Word], view: View, *, named: bool) -> Iterator[tuple[float, int, int]]:
    """(attention, first, last) of each stretch that begins and ends with a word of the term; a word that nothing
    accounts for may stand between two of them, and beside them where it has some attention.

    `named`: a word in capitals right behind belongs to it («на развалинах [Санксингдуи]»).
    """
    at = 0
    while at < len(words):
        if not words[at].inside:
            at += 1
            continue
        last = look = at
        loose, led = 0, False
        while look + 1 < len(words) and _beside(words[look], words[look + 1], view):
            look += 1
            word = words[look]
            if word.stop or (word.other and not word.link):
                break
            if word.inside or word.own:
                if led and not any(each.own or each.share >= _RIVAL for each in words[look : look + 2]):
                    break
                last, loose, led = look, 0, False
            elif not word.link:
                loose += 1
                if loose > 1:
                    break
            else:
                led = led or word.text.lower() in _LEADS
        first, after = at, last + 1
        if first < last and words[first].share < _SOME and words[first + 1].link:  # «[wages of] peasant workers»
            first = next(n for n in range(first + 1, last + 1) if not words[n].link)
        while first and words[first - 1].open and words[first - 1].share >= _WEAK and _adjoins(words, first - 1, view):
            first -= 1
        while after < len(words) and words[after].open and _adjoins(words, after - 1, view):
            word = words[after]
            bare = not words[last].noun and word.noun  # an adjective takes the noun that follows
            bare = bare or (view.lang == "en" and _PLURAL.search(word.text) is not None)
            if not (word.own or bare or word.share >= _WEAK or (named and word.text[:1].isupper())):
                break
            last, after = after, after + 1
        while last > first and words[last].text in _NOT:
            last -= 1
        yield sum(word.worth for word in words[first : last + 1] if word.inside), first, last
        at = after


_PLURAL = re.compile("[^s]s$")
_LEADS = frozenset(("в", "во", "на", "по", "с", "со", "к", "о", "об", "из", "за", "от", "при", "для", "in", "on", "to"))
_BETWEEN = " \u00a0-«»“”\"'’s"


def _beside(one: _Word, two: _Word, view: View) -> bool:
    """Do the words follow one another, with nothing between them but blanks and quotation marks, or a dash between two
    words of the term («China — Europe»)?"""
    dash = "—–" if one.own and two.own else ""
    return view.text[one.end : two.start].strip(_BETWEEN + dash) == ""


def _adjoins(words: Sequence[_Word], at: int, view: View) -> bool:
    """Does a blank at most part the word and the next?"""
    return view.text[words[at].end : words[at + 1].start] in ("", " ", "\u00a0")


def _torn(words: Sequence[_Word], first: int, last: int, view: View) -> bool:
    """Does a word right beside the stretch belong to it, for all that the tables and the attention leave open?"""
    if first and _adjoins(words, first - 1, view):
        word = words[first - 1]
        if word.inside or (word.open and word.share >= _SOME and (word.noun or view.lang == "ru")):
            return True
    if last + 1 == len(words) or not _adjoins(words, last, view):
        return False
    word = words[last + 1]
    genitive = view.lang == "ru" and any(a.case == "gen" for a in analyses(word.text))
    if view.lang == "zh":
        return word.inside or (word.open and word.noun and word.share >= _SOME)
    return word.inside or (word.open and (genitive or word.share >= _HEARD))


def _phrase(row: Sequence[_Word], view: View) -> bool:
    """Is it a nominal group: its last word a noun; in Russian a noun is followed by nothing but what depends on it?"""
    if not row[-1].noun and view.lang != "zh":
        return False
    if view.lang != "ru":
        return True
    for one, two in pairwise(row):
        if view.text[one.end : two.start] not in (" ", "\u00a0"):
            continue
        left, right = analyses(one.text)[0], analyses(two.text)
        if left.pos == "NOUN" and left.known and not any(a.case in ("gen", "ins", "dat") or not a.known for a in right):
            return False
    return True
