"""A span of text seen in its sentence: the sentence it lies in and the word it hangs on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.languages.russian.analyse import analyses
from pipeline.languages.russian.reading import NOMINAL
from pipeline.languages.russian.syntax import Sentence, Token, parse
from pipeline.model import Span

Bounds = tuple[int, int]


def sentence_of(text: str | Sentence, span: Bounds) -> Sentence | None:
    if isinstance(text, Sentence):
        return text
    return next((sentence for sentence in parse(text) if sentence.end > span[0] and sentence.start < span[1]), None)


def inside_of(text: str, span: Span) -> tuple[Sentence | None, list[int]]:
    """The sentence that holds the span, and the indices of its words there; (None, []) where there are none."""
    sentence = sentence_of(text, (span.start, span.end))
    tokens = sentence.tokens if sentence is not None else ()
    inside = [n for n, token in enumerate(tokens) if token.end > span.start and token.start < span.end]
    return (sentence, inside) if inside else (None, [])


def head_of(sentence: Sentence, inside: list[int]) -> int:
    """The word of the span on which the rest depends: the first noun whose tree head lies outside."""
    tokens = sentence.tokens
    outward = [at for at in inside if tokens[at].head not in inside and tokens[at].text[:1].isalnum()]
    if stands_alone(tokens[inside[0]].text) and not any(tokens[inside[0]].head == at for at in inside):
        return inside[0]
    nominal = [at for at in outward if _may_be_noun(tokens[at])]
    if nominal:
        return _first_noun(tokens, inside, nominal[0])
    anywhere = [at for at in inside if _may_be_noun(tokens[at])]
    return (anywhere or outward or inside)[0]


def _first_noun(tokens: Sequence[Token], inside: list[int], found: int) -> int:
    """The noun before the one found, where that is in the genitive alone and the tree took the other for an adjective
    («[инспекторат] клеймения»), which does not agree with it («военные [машины]»)."""
    readings = [a for a in analyses(tokens[found].text) if a.pos == "NOUN"]
    if any(a.case != "gen" for a in readings if a.number == "sg") or not readings:
        return found
    cells = {(a.case, a.number) for a in readings}
    before = [at for at in inside if at < found and analyses(tokens[at].text)[0].pos == "NOUN"]
    before = [at for at in before if not any(
        a.pos == "ADJF" and (a.case, a.number) in cells for a in analyses(tokens[at].text)
    )]  # fmt: skip
    return before[0] if before and tokens[before[0]].pos not in ("NOUN", "PROPN") else found


def stands_alone(word: str) -> bool:
    """A participle that is a title by itself: заведующий, управляющий, командующий."""
    return any(a.pos == "PRTF" and "Subx" in a.grammemes for a in analyses(word))


def _may_be_noun(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN", "PRON") or any(
        a.pos in NOMINAL for a in analyses(token.text) if token.text[:1].isalpha()
    )
