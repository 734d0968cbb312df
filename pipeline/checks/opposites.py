"""The opposite of what the source says: export for import, a rise for a fall, promoting for preventing"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.checks._tables import rows
from pipeline.checks._words import Word
from pipeline.checks.base import Check, View
from pipeline.languages import dictionary
from pipeline.model import Finding, Lang, Severity

_DENIED = re.compile(r"不(?![断仅但])|[未没无非勿莫免反抗禁]|没有|停止|防止|避免|遏制|杜绝|打击|制止$")
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
        pairs = [
            (pair, match) for pair in _pairs(lang)
            if (match := pair.zh.search(view.source)) and not pair.other_zh.search(view.source)
        ]  # fmt: skip
        marked: set[int] = set()
        for pair, match in pairs:
            if _DENIED.search(view.source[max(0, match.start() - 3) : match.start()]):
                continue
            said = [n for n, word in enumerate(words) if pair.other.match(word.low)]
            if not said or any(pair.ours.match(word.low) for word in words):
                continue
            for n in said:
                before = words[max(0, n - 3) : n]
                if n in marked or any(_DENYING.match(word.low) for word in before):
                    continue
                if not _explained(view, words[n]):
                    marked.add(n)
                    yield self.finding(
                        words[n].span, f"the opposite of the source: {match[0]} is not «{words[n].text}»"
                    )


def _explained(view: View, word: Word) -> bool:
    """Does any word of the source render as this one?"""
    from pipeline.checks._renderings import surely

    for span, entry in dictionary.segment(view.source):
        han = span.of(view.source)
        if entry is None:
            if len(han) > 1 and word.lemmas & surely(view.target_lang, han):
                return True
        elif any(dictionary.renders(view.target_lang, han, lemma) for lemma in (*word.lemmas, word.low)):
            return True
    return False


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
