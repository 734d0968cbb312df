"""Where the words of a source term went: stretches of a Russian target that they translate to, by the word tables.

A target word speaks for the term when a word of the term is likelier to give it (IBM model 2, Brown et al. 1993, see
`languages.lexicon`) than any other word of the source, or when it resembles a word of the official wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.enforce import likeness
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, by_tables
from pipeline.enforce.view import STOPS, View, closed
from pipeline.errors import PalladiusError
from pipeline.languages import chinese, lexicon
from pipeline.languages.russian.analyse import Token, analyses, tokenise
from pipeline.model import Form, Lang, Occurrence, Span

_LIKELY = 0.02  # a probability under this says nothing
_LONGEST = 12


@lru_cache(maxsize=8)
def table(source: Lang, target: Lang) -> lexicon.Lexicon | None:
    """The word table of a direction, None where it is not installed."""
    try:
        return lexicon.load(f"{source}-{target}")
    except PalladiusError:
        return None


def tokens(text: str, lang: Lang) -> tuple[Token, ...]:
    """Words and marks with their spans; Chinese as segmented."""
    if lang != "zh":
        return tokenise(text)
    return tuple(Token(span.start, span.end, span.of(text)) for span in chinese.words(text) if span.of(text).strip())


@dataclass(frozen=True, slots=True)
class _Word:
    """A target word: how much it speaks for the term, and which words of the term and of the wording it answers."""

    token: Token
    value: float
    term: frozenset[int]
    form: frozenset[int]
    empty: bool
    other: bool = False  # another word of the source gives it


def candidates(
    occurrence: Occurrence, source: str, langs: tuple[Lang, Lang], view: View, forms: Sequence[Form]
) -> Iterator[Candidate]:
    """The stretch that answers the term best, if any answers most of it."""
    words = table(*langs)
    if words is None or view.lang != "ru" or occurrence.term.kind != "slogan":
        return
    all_source = tokens(source, langs[0])
    own = [
        token.text for token in all_source if token.start < occurrence.span.end and occurrence.span.start < token.end
    ]
    own = [part for text in own for part in _parts(text, words, langs[0])]
    rest = [
        token.text for token in all_source if token.end <= occurrence.span.start or token.start >= occurrence.span.end
    ]
    heard: list[_Heard] = []
    for rank, form in enumerate(forms[:3]):
        heard = heard or [_heard(token, words, own, rest, view.lang) for token in tokens(view.text, view.lang)]
        wording = [token.text for token in tokens(form.text, view.lang) if likeness.content(token, view.lang)]
        marked = [_mark(each, wording, view.lang) for each in heard]
        best = max(_stretches(marked, len(own), len(wording)), default=None)
        if best is None:
            continue
        score, first, last = _widened(marked, best, len(own))
        span = closed(view.text, Span(marked[first].token.start, marked[last].token.end))
        if score >= 0.62 and view.free(span) and likeness.balanced(span.of(view.text)):
            inside = [word for word in marked[first : last + 1] if not word.empty]
            whole = _answers(inside, len(own), len(wording), widened=last > best[2])
            sound = whole and _nominal(inside)
            why = by_tables(span.of(view.text))
            repair = sound and score >= 0.74
            yield Candidate(
                span, 0.72 * score - 0.01 * rank, why, (), True, "", 0, repair=repair, ground=Ground.TRANSLATED
            )


def _answers(inside: Sequence[_Word], size: int, wording: int, *, widened: bool) -> bool:
    """Does the stretch answer every word of the term, with no word that answers none?"""
    covered = {index for word in inside for index in word.term}
    plenty = len(inside) >= 2 or (size == 1 and wording == 1)
    return plenty and len(covered) + widened >= size and sum(word.value < 0.5 for word in inside) <= widened


def _nominal(inside: Sequence[_Word]) -> bool:
    """Adjectives, numerals and nouns only, the last a noun, at least one word of the official wording among them."""
    poses = [analyses(word.token.text)[0].pos for word in inside]
    return set(poses) <= {"NOUN", "ADJF", "NUMR"} and poses[-1] == "NOUN" and any(word.form for word in inside)


def _parts(word: str, words: lexicon.Lexicon, lang: Lang) -> tuple[str, ...]:
    """The word, or the listed words a Chinese compound falls into where the table lacks it."""
    if word in words or lang != "zh" or len(word) < 3:
        return (word,)
    cuts = [(word[:at], word[at:]) for at in range(1, len(word)) if word[:at] in words and word[at:] in words]
    return max(cuts, key=lambda cut: min(map(len, cut)), default=(word,))


def _widened(marked: Sequence[_Word], best: tuple[float, int, int], size: int) -> tuple[float, int, int]:
    """The stretch and the one word after it that nothing in the source accounts for, where one word of the term found
    no answer and the group ends there: «business surroundings» for 营商环境."""
    score, first, last = best
    covered: set[int] = set()
    for word in marked[first : last + 1]:
        covered |= word.term
    at = last + 1
    if size - len(covered) != 1 or at >= len(marked):
        return best
    word = marked[at]
    ends = at + 1 == len(marked) or marked[at + 1].empty or not marked[at + 1].token.text[:1].isalnum()
    if word.empty or word.other or word.value or not ends or not word.token.text[:1].isalnum():
        return best
    return score + 0.06, first, at


@dataclass(frozen=True, slots=True)
class _Heard:
    """A target word with the probability that each word of the term gives it, and the most that any other word does."""

    token: Token
    mine: tuple[float, ...]
    others: float
    empty: bool


def _heard(token: Token, words: lexicon.Lexicon, own: Sequence[str], rest: Sequence[str], lang: Lang) -> _Heard:
    if not likeness.content(token, lang):
        return _Heard(token, (), 0.0, True)
    mine = tuple(words.prob(word, token.text) for word in own)
    return _Heard(token, mine, max((words.prob(word, token.text) for word in rest), default=0.0), False)


def _mark(heard: _Heard, wording: Sequence[str], lang: Lang) -> _Word:
    token, mine, others = heard.token, heard.mine, heard.others
    if heard.empty:
        return _Word(token, 0.0, frozenset(), frozenset(), True)
    term = frozenset(n for n, p in enumerate(mine) if p >= _LIKELY and p >= others)
    top = max(mine, default=0.0)
    value = top / (top + others) if term else 0.0
    alike = [likeness.words(token.text, word, lang) for word in wording]
    form = frozenset(n for n, each in enumerate(alike) if each >= 0.6)
    if form and others < 0.2:
        value = max(value, max(alike))
    return _Word(token, value, term, form, False, others >= 0.05)


def _stretches(marked: Sequence[_Word], size: int, wording: int) -> Iterator[tuple[float, int, int]]:
    """(score, first, last) of every stretch that begins and ends with a word that speaks for the term."""
    for first, word in enumerate(marked):
        if word.value < 0.5:
            continue
        values: list[float] = []
        term: set[int] = set()
        form: set[int] = set()
        for last in range(first, min(len(marked), first + _LONGEST)):
            here = marked[last]
            if here.token.text in STOPS or here.token.text in ",，、:：":
                break
            if here.empty:
                continue
            values.append(here.value)
            if values.count(0.0) > max(0, len(values) // 4):
                break
            term |= here.term
            form |= here.form
            if here.value >= 0.5:
                reach = max(len(term) / max(1, size), len(form) / max(1, wording))
                both = (len(term) / max(1, size) + len(form) / max(1, wording)) / 2
                longer = 0.02 * sum(value >= 0.5 for value in values)
                yield 0.5 * sum(values) / len(values) + 0.4 * reach + 0.1 * both + longer, first, last
