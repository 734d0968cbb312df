"""What a text of any of the three languages denies, and where something stands in it that may answer a denial."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.checks._tables import rows
from pipeline.checks._words import Word, fold, parses
from pipeline.languages import dictionary
from pipeline.model import Lang

_MARK = re.compile(r"[,;:.!?…—–()，。；：！？、]")


@dataclass(frozen=True, slots=True)
class Denial:
    """A denied word (index among the side's words) and the stretch of text that denies it.

    `strong`: a ban or an impossibility («нельзя», 不得, must not), which a translation can hardly turn into an
    affirmation.
    """

    at: int
    start: int
    end: int
    strong: bool = False


@dataclass(frozen=True)
class Side:
    """One text of a pair: its words, what it plainly denies, and the places of all signs that may answer a denial."""

    text: str
    lang: Lang
    words: tuple[Word, ...]
    denials: tuple[Denial, ...]

    @cached_property
    def signs(self) -> tuple[int, ...]:
        return tuple(match.start() for match in pattern(self.lang, "sign").finditer(fold(self.text)))

    def clause(self, at: int) -> tuple[int, int]:
        """Code points of the stretch between marks that word `at` stands in."""
        words, text = self.words, self.text
        first = last = at
        while first and not _MARK.search(text, words[first - 1].end, words[first].start):
            first -= 1
        while last + 1 < len(words) and not _MARK.search(text, words[last].end, words[last + 1].start):
            last += 1
        return words[first].start, words[last].end


def side(text: str, lang: Lang, words: Sequence[Word]) -> Side:
    """A text as the check looks at it; `words` are its words, for Chinese those of `chinese_words`."""
    made = {"zh": _chinese, "ru": _russian, "en": _english}[lang](text, words)
    return Side(text, lang, tuple(words), tuple(made))


def may_deny(text: str, lang: Lang) -> bool:
    """Is there anything in the text by which `side` could find a denial, or `unpaired` a word?"""
    return _CUES[lang].search(text) is not None


def chinese_words(text: str) -> tuple[Word, ...]:
    """The words of a Chinese text as the dictionary cuts them."""
    return tuple(
        Word(han := span.of(text), span.start, span.end, han, frozenset((han,)))
        for span, _ in dictionary.segment(text)
    )  # fmt: skip


@cache
def pattern(lang: Lang, kind: str) -> re.Pattern[str]:
    """The signs or the idle turns of a language, of assets/contrasts/denials.tsv."""
    listed = [row["pattern"] for row in rows("contrasts", "denials") if (row["lang"], row["kind"]) == (lang, kind)]
    joined = "|".join(listed)
    if lang == "en" and kind == "sign":
        return re.compile(rf"\b(?:{joined})|n't\b|\w(?:less|-free)\b")
    return re.compile(joined if lang == "zh" else rf"\b(?:{joined})")


@cache
def listed(lang: Lang, kind: str) -> frozenset[str]:
    """A list of words of the same table."""
    return frozenset(
        word
        for row in rows("contrasts", "denials")
        if (row["lang"], row["kind"]) == (lang, kind)
        for word in row["pattern"].split()
    )


# Russian

_VERBAL = ("VERB", "INFN", "PRTF", "PRTS", "GRND", "ADJS", "PRED")


def _russian(text: str, words: Sequence[Word]) -> Iterator[Denial]:
    for at, word in enumerate(words[:-1]):
        following = words[at + 1]
        if word.low == "не":
            if text[word.end : following.start].strip() or pattern("ru", "idle").match(following.low):
                continue
            before = [one.low for one in words[max(0, at - 4) : at]]
            if (before and before[-1] in listed("ru", "before")) or not listed("ru", "until").isdisjoint(before):
                continue
            if any(one.low in ("ли", "бы") for one in words[at + 2 : at + 3]) or _asked(text, word.end):
                continue  # не нужны ли, не могли бы
            if any(one.low in ("без", "не") for one in words[at + 2 : at + 6]):
                continue  # не обходится без
            what = _acted(text, words, at + 1)
            if what is not None:
                yield Denial(what, word.start, following.end)
        elif word.low in listed("ru", "forbidding"):
            for other in range(at + 1, min(at + 6, len(words))):
                if words[other].low in ("не", "ли"):
                    break
                if _is(words[other], "INFN"):
                    yield Denial(other, word.start, word.end, strong=True)
                    break


def _asked(text: str, at: int) -> bool:
    """Is the sentence that goes on behind `at` a question?"""
    end = _END.search(text, at)
    return end is not None and end[0] in "?？"


_END = re.compile(r"[.!?。！？](?=\W|$)|[。！？]")


def _acted(text: str, words: Sequence[Word], at: int) -> int | None:
    """What «не» before word `at` denies: that verb or short form, or the one that a modal verb rules; else None."""
    if not _is(words[at], *_VERBAL):
        return None
    if not words[at].lemmas & listed("ru", "modal"):
        return at
    for other in range(at + 1, min(at + 4, len(words))):
        if _MARK.search(text, words[other - 1].end, words[other].start):
            break
        if _is(words[other], "INFN", "PRTS") and not words[other].lemmas & listed("ru", "modal"):
            return other
    return None


def _is(word: Word, *parts: str) -> bool:
    return any(str(reading.tag.POS) in parts for reading in parses(word.low)[:1])


_DENYING_WORD = re.compile(r"не|ни|без|бес|запре|отказ|вряд|кроме|лиш")


def unpaired(one: Side) -> Iterator[Word]:
    """«Никто», «никогда», «ни разу» beside a verb of a Russian sentence that nothing denies: «никто пришел»."""
    words = one.words
    for at, word in enumerate(words[:-1]):
        if not (
            word.low in listed("ru", "nobody")
            or (word.low == "ни" and words[at + 1].low in ("один", "одна", "одно", "разу"))
        ):
            continue
        if at and words[at - 1].low in ("как", "что"):
            continue  # как никогда щедро, как ни один другой
        end = one.clause(at)[1]
        if any(each.start < end and _is(each, "VERB", "PRTS") for each in words[at + 1 : at + 5]):
            nearby = [each for each in words[max(0, at - 8) : at + 9] if each is not word]
            if not any(_DENYING_WORD.match(each.low) for each in nearby):
                yield word


# English

_NOT = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|shall|should|must|may|might|need)"
    r"(?:n['’]t| not)|cannot|can['’]t|won['’]t|never|not)\b",
    re.I,
)
_MUST_NOT = re.compile(r"(?:must|shall|may|can) not|cannot|can['’]t|mustn['’]t", re.I)


def _english(text: str, words: Sequence[Word]) -> Iterator[Denial]:
    ends = {word.end: at for at, word in enumerate(words)}
    for match in _NOT.finditer(text):
        last = ends.get(match.end())
        if last is None or last + 1 >= len(words) or pattern("en", "idle").match(words[last + 1].low):
            continue
        for other in range(last + 1, min(last + 5, len(words))):
            word = words[other]
            if _MARK.search(text, words[other - 1].end, word.start):
                break
            if _asked(text, word.end) or any(one.low == "without" for one in words[other : other + 8]):
                break
            if word.low not in listed("en", "between") and not word.low.endswith("ly"):
                yield Denial(other, match.start(), word.end, _MUST_NOT.fullmatch(match[0]) is not None)
                break


# Chinese

_DENYING = re.compile(
    r"(?<![不没无未非])(?:[绝决]不(?:能|允许|可)?|不(?:得|能|可以?|准|许|允许|应该?|该|要|宜|会|愿意?|肯|再|曾|予)?|尚未|从未|并未|"
    r"未(?:能|曾|获得?|予以?|再)?|没(?:有|能)?|严禁|禁止|无(?:法|需|须)|切勿|请勿)"
)
_BAN = re.compile("不(?:得|能|可以|准|许|允许|应该?)$|严禁|禁止|勿")


def _chinese(text: str, words: Sequence[Word]) -> Iterator[Denial]:
    plain = pattern("zh", "idle").sub(lambda match: "＊" * len(match[0]), text)
    borders = {word.start: at for at, word in enumerate(words)}
    for match in _DENYING.finditer(plain):
        whole = borders.get(match.start())
        if whole is None or _asked(text, match.end()):
            continue  # within a word: 雷克雅未克
        strong, first = _BAN.search(match[0]) is not None, borders.get(match.end())
        if first is None:
            if words[whole].end - match.end() > 1 and words[whole].low[len(match[0]) :] in dictionary.load():
                yield Denial(whole, match.start(), words[whole].end, strong)  # 不符合 as one word
            continue
        for at in range(first, min(first + 3, len(words))):
            if _MARK.search(text, match.end(), words[at].start) or "＊" in plain[words[at].start : words[at].end]:
                break
            if words[at].low == "由":
                break  # 不再由单位转交: not the doer is denied
            named = words[at].low in listed("zh", "name") and at + 1 < len(words)
            if named and not _MARK.search(text, words[at].end, words[at + 1].start):
                continue  # 没有中国公民: not the country is denied
            if words[at].low not in listed("zh", "between"):
                yield Denial(at, match.start(), words[at].end, strong)
                break


_CUES: dict[Lang, re.Pattern[str]] = {
    "zh": _DENYING,
    "ru": re.compile(r"\b(?:не|ни\w*|нельзя|запре\w+)\b", re.I),
    "en": _NOT,
}
