"""A target text with what every step asks of it: folded, cut into words, with what is already claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.glossary.fold import Folded, fold
from pipeline.languages.russian.analyse import Token, tokenise
from pipeline.model import Lang, Span

STOPS = frozenset(".!?…;。！？；\n")
OPENERS = frozenset('«„“‘"(（《「『[')
CLOSERS = frozenset('»”’")）》」』]“')


@dataclass(frozen=True)
class View:
    """The text, its language, and the spans that hold right renderings and must stay.

    `cue`: how many times likelier than usual each case is for the term that is asked of, as the source tells.
    """

    text: str
    lang: Lang
    kept: tuple[Span, ...] = field(default=())
    cue: Mapping[str, float] = field(default_factory=dict, compare=False)

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text, self.lang)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokenise(self.text)

    def free(self, span: Span) -> bool:
        """Does the span touch nothing that must stay?"""
        return not any(span.overlaps(other) for other in self.kept)

    def keep(self, spans: Iterable[Span]) -> View:
        return self._like(View(self.text, self.lang, (*self.kept, *spans), self.cue))

    def cued(self, cue: Mapping[str, float]) -> View:
        """The same view, asked of another term."""
        return self._like(View(self.text, self.lang, self.kept, cue)) if cue else self

    def _like(self, made: View) -> View:
        made.__dict__.update({name: value for name, value in self.__dict__.items() if name in ("folded", "tokens")})
        return made

    def before(self, at: int) -> Token | None:
        """The last token that ends at or before `at`."""
        return next((token for token in reversed(self.tokens) if token.end <= at), None)

    def after(self, at: int) -> Token | None:
        """The first token that starts at or after `at`."""
        return next((token for token in self.tokens if token.start >= at), None)

    def sentence_start(self, at: int) -> bool:
        """Does a sentence begin at `at`, quotes and dashes before it aside?"""
        index = at - 1
        while index >= 0 and (self.text[index].isspace() or self.text[index] in OPENERS or self.text[index] in "—–-•*"):
            index -= 1
        if index < 0:
            return True
        if self.text[index] == "." and self.text[at : at + 1].islower():
            return False  # более 3 тыс. [грузовых поездов]
        return self.text[index] in STOPS and self.text[index] != ";"


_PAIRS = {"«": "»", "„": "“", "“": "”", "《": "》", "「": "」"}


def closed(text: str, span: Span) -> Span:
    """The span with a quotation mark beside it whose partner stands inside."""
    inner = span.of(text)
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    for left, right in _PAIRS.items():
        if inner.count(left) > inner.count(right) and after == right:
            return Span(span.start, span.end + 1)
        if inner.count(right) > inner.count(left) and before == left and left != right:
            return Span(span.start - 1, span.end)
    if inner.count('"') % 2:
        if after == '"':
            return Span(span.start, span.end + 1)
        if before == '"':
            return Span(span.start - 1, span.end)
    return span
