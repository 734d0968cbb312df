"""A word of the source in a sense it has not there: none of its renderings stands in the target, a wrong one does"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.checks._renderings import forward
from pipeline.checks._tables import rows
from pipeline.checks._words import Word, fold, parses
from pipeline.checks.base import Check, View
from pipeline.errors import DataError
from pipeline.languages import chinese, dictionary
from pipeline.model import Finding, Lang, Severity

_CLOSE = 0.7  # share of rendered words under which a translation is too free to say
_SHOWN = 3  # renderings that a message suggests
_APART = 0.25  # share of the text by which a word may stand away from where the Chinese one does
_NAMING = frozenset(("NOUN", "ADJF", "INFN", "VERB", "PRTF", "GRND"))  # what the first rendering may be


class Senses(Check):
    name = "senses"
    category = "accuracy/mistranslation"
    doubtful = True
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru",)
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        try:
            entries = dictionary.segment(view.source)
        except DataError:
            return  # the dictionary is not installed
        source = [(span.of(view.source), entry) for span, entry in entries]
        for han, entry in dict(source).items():
            wrong = _wrong().get(han)
            if wrong is None or entry is None or entry.optional or not entry.ru or len(han) == 1 or not _names(entry):
                continue
            families = dictionary.begun(wrong)
            if families.isdisjoint(view.starts) or view.rendering(han):
                continue
            for word, begun in zip(view.words, view.begun, strict=True):
                if families.isdisjoint(begun) or not _listed(word, wrong) or _named(view, word):
                    continue
                if not _near(view, word, han) or _explained(view, word, han, source):
                    continue
                if _rendered(view, source) >= _CLOSE:
                    shown = "; ".join(" ".join(item) for item in entry.ru[:_SHOWN])
                    yield self.finding(word.span, f"{han} has not the sense of «{word.text}»", shown)
                    break


def _rendered(view: View, source: list[tuple[str, dictionary.Entry | None]]) -> float:
    """Share of the words of the source that ought to be rendered and are; a free translation has a low one."""
    due = [han for han, entry in source if entry is not None and not entry.optional and len(han) > 1]
    done = sum(bool(view.rendering(han)) for han in due)
    return done / max(1, len(due))


@cache
def _wrong() -> dict[str, frozenset[str]]:
    """Wrong renderings by Chinese word (assets/dictionary/wrong.tsv): other senses of the word, of its characters or of
    its English equivalents."""
    return {row["zh"]: frozenset(map(fold, row["ru"].split("; "))) for row in rows("dictionary", "wrong")}


def _listed(word: Word, wrong: frozenset[str]) -> bool:
    """Is every reading of the word a wrong rendering? «жгут» is no «жечь», «волость» no «волос»."""
    return all(any(_same(lemma, other) for other in wrong) for lemma in word.lemmas)


def _same(lemma: str, other: str) -> bool:
    return dictionary.kin(lemma, other) and lemma != other + "ть"


@lru_cache(maxsize=4096)
def _names(entry: dictionary.Entry) -> bool:
    """Is the word rendered by a noun, an adjective or a verb, and not by «должен», «своевременно», «напрямую»?"""
    return any(str(reading.tag.POS) in _NAMING for reading in parses(entry.ru[0][-1])[:1])


def _near(view: View, word: Word, han: str) -> bool:
    """Does the word stand about where the Chinese one does?"""
    where = word.start / len(view.target)
    return any(
        abs(match.start() / len(view.source) - where) <= _APART for match in re.finditer(re.escape(han), view.source)
    )


def _renders(lang: Lang, han: str, word: Word) -> bool:
    return any(dictionary.renders(lang, han, form) for form in (word.low, *word.lemmas))


def _named(view: View, word: Word) -> bool:
    """Is the word a name: a capital that no sentence begins with?"""
    before = view.target[: word.start].rstrip(' «“"(—–-')
    return word.text[0].isupper() and bool(before) and before[-1] not in ".!?…:\n"


def _explained(view: View, word: Word, han: str, source: list[tuple[str, dictionary.Entry | None]]) -> bool:
    """May the word render something else of the source, a word or a part of one?"""
    others = {other for other, _ in source if other != han}
    rest = view.source.replace(han, "\n")
    parts = {rest[at : at + size] for size in (1, 2) for at in range(len(rest) - size + 1)}
    return any(_renders(view.target_lang, one, word) for one in others | parts) or any(
        word.lemmas & forward("ru", one) for one in others | parts if chinese.is_han(one)
    )


PLUGIN = Senses()
