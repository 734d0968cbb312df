"""The opposite of what the source says: export for import, a rise for a fall, promoting for preventing"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.checks._cues import Cues
from pipeline.checks._tables import rows
from pipeline.checks._words import Word, parses
from pipeline.checks.base import Check, View
from pipeline.languages import dictionary
from pipeline.model import Finding, Lang, Severity

_DENIED = re.compile(
    r"不(?![断仅但])|[未无非勿莫]|没(?!收)|免(?![费税疫签])|反(?![映应复馈思之而响])|抗(?![旱震洪战疫灾日议])|禁(?![渔毒])|"
    r"没有|停止|防止|避免|遏制|杜绝|打击|制止$"
)
_CLAUSE = re.compile("[，。；：！？,;]")
_DENYING = re.compile(r"(?:не|ни|нет|без|not|no|never|without)$|.*n't$")


@dataclass(frozen=True)
class _Pair:
    """A line of the table: what speaks for one side in the source and for either in the target."""

    zh: re.Pattern[str]
    other_zh: re.Pattern[str]
    ours: re.Pattern[str]
    other: re.Pattern[str]


class Opposites(Check):
    name = "opposites"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        words, lang = view.words, view.target_lang
        if not words:
            return
        marked: set[int] = set()
        pairs = _pairs(lang)
        for number in _cues().among(view.source):
            pair = pairs[number]
            match = pair.zh.search(view.source)
            if match is None:
                continue
            said = [n for n, word in enumerate(words) if n not in marked and pair.other.match(word.low)]
            if not said or any(pair.ours.match(word.low) and not _apart(view, word, pair) for word in words):
                continue
            spared: frozenset[str] = frozenset()
            if pair.other_zh.search(view.source):
                rendered = _elsewhere(view, pair, frozenset(said))
                if rendered is None:
                    continue
                spared = rendered
            near, far = _denied(view.source, match.start())
            for n in said:
                denied = any(_DENYING.match(word.low) for word in words[max(0, n - 3) : n])
                if denied != far or (near and not denied) or _explained(view, words[n], spared, match.span()):
                    continue
                marked.add(n)
                yield self.finding(words[n].span, f"the opposite of the source: {match[0]} is not «{words[n].text}»")


def _apart(view: View, word: Word, pair: _Pair) -> bool:
    """Does the word render something else of the source and nothing of the pair: «отрицать» (否定) beside 减少?"""
    rendered = [
        span.of(view.source) for span, entry in dictionary.segment(view.source)
        if entry is not None and len(span) > 1
        and any(dictionary.renders(view.target_lang, entry.zh, form) for form in (word.low, *word.lemmas))
    ]  # fmt: skip
    return bool(rendered) and not any(pair.zh.search(han) or pair.zh.match(han[:1]) for han in rendered)


def _denied(source: str, at: int) -> tuple[bool, bool]:
    """Is there a denial right before place `at` of the source, and is there one anywhere before it in its clause?"""
    clause = _CLAUSE.split(source[:at])[-1]
    return bool(_DENIED.search(clause[-3:])), bool(_DENIED.search(clause))


def _elsewhere(view: View, pair: _Pair, said: frozenset[int]) -> frozenset[str] | None:
    """Words of the source that speak for the other side, if each has a rendering of its own apart from words `said`."""
    lang, used, found = view.target_lang, set(said), []
    for span, entry in dictionary.segment(view.source):
        han = span.of(view.source)
        if not pair.other_zh.search(han):
            continue
        own = [n for n in _renderings(view, han, entry) if n not in used and not _adverb(view.words[n], lang)]
        if not own:
            return None
        used.add(own[0])
        found.append(han)
    return frozenset(found) if found else None


def _renderings(view: View, han: str, entry: dictionary.Entry | None) -> Iterator[int]:
    """Places of the words of the target that alone render a word of the source."""
    from pipeline.checks._renderings import surely

    lang = view.target_lang
    single = {item[0] for item in entry.renderings(lang) if len(item) == 1} if entry else set(surely(lang, han))
    for n, word in enumerate(view.words):
        if word.low in single or any(lemma in single or lemma.removesuffix("ся") in single for lemma in word.lemmas):
            yield n


def _adverb(word: Word, lang: Lang) -> bool:
    return lang == "ru" and all(str(reading.tag.POS) == "ADVB" for reading in parses(word.low)[:1])


def _explained(view: View, word: Word, spared: frozenset[str], said: tuple[int, int]) -> bool:
    """Does any word of the source render as this one, other than one that is rendered elsewhere, and than those of what
    is `said` there (落下帷幕, of a curtain that opens, too)?"""
    from pipeline.checks._renderings import surely

    for span, entry in dictionary.segment(view.source):
        han = span.of(view.source)
        if han in spared or (said[0] <= span.start and span.end <= said[1] and len(han) < said[1] - said[0]):
            continue
        if entry is None:
            if len(han) > 1 and word.lemmas & surely(view.target_lang, han):
                return True
        elif any(dictionary.renders(view.target_lang, han, lemma) for lemma in (*word.lemmas, word.low)) and all(
            view.words[n] is word for n in _renderings(view, han, entry)
        ):
            return True
    return False


@cache
def _cues() -> Cues:
    return Cues(row["zh"] for row in rows("contrasts", "opposites"))


@cache
def _pairs(lang: Lang) -> tuple[_Pair, ...]:
    """Every line of assets/contrasts/opposites.tsv for one target language."""
    return tuple(
        _Pair(
            re.compile(row["zh"]), re.compile(row["zh_other"]), re.compile(row[lang]), re.compile(row[f"{lang}_other"])
        )
        for row in rows("contrasts", "opposites")
    )


PLUGIN = Opposites()
