"""What a check does: a View of one segment in, Findings out. One parse and one analysis a segment, shared by all."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from pipeline import registry
from pipeline.checks._words import Word, forms, sentences, words
from pipeline.errors import DataError
from pipeline.heap import uncollected
from pipeline.languages import dictionary
from pipeline.model import LANGS, Finding, Lang, Occurrence, Segment, Severity, Span

T = TypeVar("T")
Fitness = tuple[tuple[tuple[Any, ...], Sequence[float]], ...]  # (tokens, chances) of each sentence


@dataclass(frozen=True)
class View:
    """A segment as checks see it. Heavy analyses are computed once and shared; `source` is "" where there is none.

    `terms` are the glossary occurrences of the source with the enforcer's verdicts (see Segment.terms).
    """

    segment: Segment
    source_lang: Lang | None
    target_lang: Lang
    terms: tuple[Occurrence, ...] = ()
    tools: Mapping[str, Any] = field(default_factory=dict)  # "matcher": glossary matcher, "lexicon": word tables

    @cached_property
    def source(self) -> str:
        return self.segment.source if self.source_lang is not None else ""

    @cached_property
    def target(self) -> str:
        return self.segment.target or ""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words of the target with their dictionary readings."""
        return words(self.target, self.target_lang)

    @cached_property
    def forms(self) -> frozenset[str]:
        """All lemmas of the target, and its forms as "=form"."""
        return forms(self.words)

    @cached_property
    def begun(self) -> tuple[frozenset[str], ...]:
        """For every word of the target the beginnings of it and of its lemmas (`dictionary.begun`)."""
        return tuple(dictionary.begun(word.lemmas | {word.low}) for word in self.words)

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """Words of the target (indices, in order) by the beginnings that `begun` gives."""
        found: dict[str, list[int]] = {}
        for at, beginnings in enumerate(self.begun):
            for beginning in beginnings:
                found.setdefault(beginning, []).append(at)
        return found

    @cached_property
    def by_lemma(self) -> dict[str, list[int]]:
        """Words of the target (indices, in order) by their lemmas."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            for lemma in word.lemmas:
                found.setdefault(lemma, []).append(at)
        return found

    def once(self, make: Callable[[View], T]) -> T:
        """What `make` makes of the view, worked out once, so that a check can do so ahead."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _renderings(self) -> dict[str, tuple[int, ...]]:
        return {}

    def rendering(self, han: str) -> tuple[int, ...]:
        """Words of the target (indices, in order) that render the Chinese word by the dictionary, worked out once."""
        found = self._renderings.get(han)
        if found is None:
            renders = dictionary.renders
            lang, words = self.target_lang, self.words
            found = self._renderings[han] = tuple(
                at
                for at in self.near(han)
                if renders(lang, han, words[at].low) or any(renders(lang, han, lemma) for lemma in words[at].lemmas)
            )
        return found

    def near(self, han: str) -> list[int]:
        """Words of the target (indices, in order) that begin like one of the dictionary's renderings."""
        starts = self.starts
        shared = starts.keys() & dictionary.beginnings(han, self.target_lang)
        if len(shared) < 2:
            return starts[shared.pop()] if shared else []
        return sorted({at for beginning in shared for at in starts[beginning]})

    @cached_property
    def source_words(self) -> tuple[Word, ...]:
        """Words of the source; () where there is no source."""
        return words(self.source, self.source_lang) if self.source_lang is not None else ()

    @cached_property
    def keyed(self) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
        """What every word of the target may be found by (`anchors.keys`), and all of it together."""
        from pipeline.languages import anchors

        each = tuple(anchors.keys(word.low) for word in self.words)
        return each, frozenset[str]().union(*each)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Spans of the target's sentences."""
        return sentences(self.target)

    @cached_property
    def suspect(self) -> bool:
        """May a Russian target hold a disagreement, as far as the dictionary can tell? Then it is worth a parse."""
        from pipeline.checks._suspect import suspect

        return self.target_lang == "ru" and suspect(self.words)

    @cached_property
    def syntax(self) -> Any:
        """Sentences of the Russian target (languages.russian.syntax.parse); () for other languages."""
        if self.target_lang != "ru":
            return ()
        from pipeline.languages.russian import syntax

        return syntax.parse(self.target)

    @cached_property
    def fitness(self) -> Fitness:
        """For every sentence of the Russian target its words and marks, and how likely the form of each is wrong."""
        return _fitness([self.target])[0] if self.target_lang == "ru" else ()


class Check(ABC):
    """A check is one module with a module-level `PLUGIN` instance; its docstring's first line is its title."""

    name: ClassVar[str]
    category: ClassVar[str]  # MQM name
    severity: ClassVar[Severity] = Severity.MINOR
    sources: ClassVar[tuple[Lang, ...]] = LANGS
    targets: ClassVar[tuple[Lang, ...]] = LANGS
    needs_source: ClassVar[bool] = False
    longest: ClassVar[int] = 0  # characters of a text above which it does not look, as its work grows with the square
    doubtful: ClassVar[bool] = False  # free renderings by a person mislead it: heard only where the whole reads weak
    parses: ClassVar[bool] = False  # looks at `View.syntax` of targets for which `tree` says so

    def applies(self, view: View) -> bool:
        if view.target_lang not in self.targets:
            return False
        if view.source_lang is None or not view.source:
            return not self.needs_source
        return view.source_lang in self.sources

    def look(self, view: View) -> Iterable[Finding]:
        """Findings of one segment; for one that is too long only why there are none."""
        if not 0 < self.longest < (size := max(len(view.source), len(view.target))):
            return self.segment(view)
        reason = f"not looked at: {size:,} characters in one segment, more than {self.longest:,}; cut it into sentences"
        return (self.finding((0, 0), reason, severity=Severity.NEUTRAL),)

    def tree(self, view: View) -> bool:
        """Will the check look at the trees of this target? Then they are made ahead, many at once."""
        return self.parses and view.suspect

    def ahead(self, views: Sequence[View]) -> None:
        """What `segment` will ask for of these segments and what costs less for many at once."""

    def segment(self, view: View) -> Iterable[Finding]:
        """Findings of one segment."""
        return ()

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """Findings that need the whole document: (index of the segment, finding)."""
        return ()

    def finding(
        self,
        span: Span | tuple[int, int],
        message: str,
        suggestion: str = "",
        *,
        severity: Severity | None = None,
        category: str = "",
    ) -> Finding:
        start, end = (span.start, span.end) if isinstance(span, Span) else span
        return Finding(self.name, category or self.category, severity or self.severity, start, end, message, suggestion)


_BATCH = 256  # segments parsed together: batches of like length are twice as fast as single sentences


def _parse_ahead(views: Sequence[View], active: Sequence[Check]) -> None:
    """Trees of the targets among `views` that need one, all at once."""
    russian = [view for view in views if view.target_lang == "ru" and "syntax" not in view.__dict__]
    worthy = [view for view in russian if any(check.tree(view) for check in active)]
    if worthy:
        from pipeline.languages.russian import syntax

        for view, parsed in zip(worthy, syntax.parse_all([view.target for view in worthy]), strict=True):
            view.__dict__["syntax"] = parsed  # fills the cached property
    russian = [view for view in views if view.target_lang == "ru" and "fitness" not in view.__dict__]
    for view, fitness in zip(russian, _fitness([view.target for view in russian]), strict=True):
        view.__dict__["fitness"] = fitness


def _fitness(texts: Sequence[str]) -> list[Fitness]:
    """`View.fitness` of several texts at once; () for all where the network is not installed."""
    from pipeline.languages.russian import fitness, syntax

    cut = [syntax.sentences(text) for text in texts]
    try:
        network = fitness.network()
    except DataError:
        return [()] * len(texts)
    chances = iter(network.misfit([[token.text for token in one] for sentences in cut for one in sentences]))
    return [tuple((one, next(chances).tolist()) for one in sentences) for sentences in cut]


def checks(disabled: Iterable[str] = ()) -> Iterator[Check]:
    """All checks that are not disabled, by name. Raises UsageError for an unknown name among `disabled`.

    "terms" is what the enforcer says under that name: no check of this package.
    """
    off = set(disabled) - {"terms"}
    for name in off - set(registry.names("checks")):
        registry.module("checks", name)
    for name in registry.names("checks"):
        if name not in off:
            yield registry.load("checks", name)


def doubtful() -> frozenset[str]:
    """Names of the checks whose flags are only remarks where a segment reads as a sound translation otherwise."""
    return frozenset(check.name for check in checks() if check.doubtful)


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By place, the gravest first; of findings that say the same of the same words only the gravest is kept.

    Where the glossary has the right form for some words, what other checks find missing in them says no more.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.severity.rank, f.start, f.end, f.check, f.message)):
        if not any(_same(finding, other) for other in kept):
            kept.append(finding)
    listed = [one for one in kept if one.check == "terms" and one.suggestion and one.severity is not Severity.NEUTRAL]
    kept = [one for one in kept if not any(_echoes(one, term) for term in listed)]
    return tuple(sorted(kept, key=lambda f: (f.start, f.end, -f.severity.rank, f.check, f.message)))


_TERMS = frozenset(("official", "senses", "transcription", "unrendered"))  # that speak of a term of the source


def _echoes(one: Finding, term: Finding) -> bool:
    """Does it tell of words within those that a finding of the glossary tells of, and is no graver?"""
    within = term.start <= one.start < one.end <= term.end
    return one.check in _TERMS and within and one.severity.rank <= term.severity.rank


def _same(one: Finding, other: Finding) -> bool:
    """Do both mark mostly the same words and suggest the same?"""
    if one == other:
        return True
    shared = min(one.end, other.end) - max(one.start, other.start)
    longest = max(one.end - one.start, other.end - other.start)
    alike = one.suggestion.casefold() == other.suggestion.casefold()
    return bool(one.suggestion) and alike and shared > 0 and shared >= 0.5 * longest


def run(
    views: Sequence[View], disabled: Iterable[str] = (), tick: Callable[[int, int], None] = lambda done, total: None
) -> list[tuple[Finding, ...]]:
    """Findings of every segment of one document, sorted by place, repeated ones dropped."""
    active = list(checks(disabled))
    found: list[list[Finding]] = [[] for _ in views]
    parsing = [check for check in active if check.parses]
    early = [check for check in active if type(check).ahead is not Check.ahead]
    usable: dict[tuple[Lang | None, Lang], list[Check]] = {}  # by the languages, which is what `applies` asks for
    for start in range(0, len(views), _BATCH):
        with uncollected():
            if parsing:
                _parse_ahead(views[start : start + _BATCH], parsing)
            for check in early:
                check.ahead([view for view in views[start : start + _BATCH] if check.applies(view)])
            for index in range(start, min(start + _BATCH, len(views))):
                view = views[index]
                kind = view.source_lang if view.source else None, view.target_lang
                if kind not in usable:
                    usable[kind] = [check for check in active if check.applies(view)]
                for check in usable[kind]:
                    found[index] += check.look(view)
                tick(index + 1, len(views))
    for check in active:
        places = [index for index, view in enumerate(views) if check.applies(view)]
        for at, finding in check.document([views[index] for index in places]):
            found[places[at]].append(finding)
    return [tuple(dict.fromkeys(sorted(items, key=lambda f: (f.start, f.end, f.check, f.message)))) for items in found]
