"""A word of the source in a sense it has not there: none of its renderings stands in the target, a wrong one does"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipeline.checks._renderings import forward
from pipeline.checks._tables import rows
from pipeline.checks._words import Word, fold
from pipeline.checks.base import Check, View
from pipeline.errors import DataError
from pipeline.languages import dictionary
from pipeline.model import Finding, Lang, Severity

_CLOSE = 0.7  # share of rendered words under which a translation is too free to say
_SHOWN = 3  # renderings that a message suggests


class Senses(Check):
    name = "senses"
    category = "accuracy/mistranslation"
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
            if wrong is None or entry is None or entry.optional or not entry.ru:
                continue
            families = dictionary.begun(wrong)
            if families.isdisjoint(view.starts) or view.rendering(han):
                continue
            for word, begun in zip(view.words, view.begun, strict=True):
                if families.isdisjoint(begun) or not _listed(word, wrong) or _named(view, word):
                    continue
                if _explained(view, word, han, source):
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
    return any(dictionary.kin(lemma, other) for other in wrong for lemma in word.lemmas)


def _renders(lang: Lang, han: str, word: Word) -> bool:
    return any(dictionary.renders(lang, han, form) for form in (word.low, *word.lemmas))


def _named(view: View, word: Word) -> bool:
    """Is the word a name: a capital that no sentence begins with?"""
    before = view.target[: word.start].rstrip(' «“"(—–-')
    return word.text[0].isupper() and bool(before) and before[-1] not in ".!?…:\n"


def _explained(view: View, word: Word, han: str, source: list[tuple[str, dictionary.Entry | None]]) -> bool:
    """May the word render something else of the source?"""
    for other, entry in source:
        if other != han and (
            _renders(view.target_lang, other, word) if entry is not None else word.lemmas & forward("ru", other)
        ):
            return True
    return False


PLUGIN = Senses()
