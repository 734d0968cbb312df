"""What may stand in the target for a term that is missing there: spans, each with how sure it is and why.

Sure ones first: forms the glossary forbids, in any case form; the source word left as it was; a name that sounds
the same in another transcription. Then what resembles the official wording word by word, and what the engine's
attention points at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.enforce import likeness
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.glossary import english_forms, forms
from pipeline.glossary.fold import key
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Lang, Occurrence, Span, Term

Links = Sequence[tuple[Span, Span, float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the target that may be the wrong rendering of a term.

    cells: the cases the replaced words stand in, as far as their own form tells; `inflects` is False for words that have no
    cases (another script, an indeclinable), where only the place can tell. base: the replaced phrase's dictionary form.
    """

    span: Span
    score: float
    why: str
    cells: tuple[str, ...] = ()
    inflects: bool = True
    base: str = ""
    form: int = 0  # which admitted variant it resembles
    same: bool = False  # the same name in another transcription


NAMES = frozenset(("person", "place"))


def forbidden(term: Term, view: View) -> Iterator[Candidate]:
    """Forms the entry forbids, in all their cases."""
    for form in term.forbidden.get(view.lang, ()):
        made = forms.surfaces(form.text, form.notes, view.lang, term.kind, term.gender)
        stiff = len({surface.key for surface in made}) == 1
        for surface in made:
            for span in forms.places(surface.key, view.folded, view.lang):
                if (
                    view.lang == "ru"
                    and not forms.capitals_fit(surface.text, span.of(view.text))
                    and term.kind in NAMES
                ):
                    continue
                if view.free(span):
                    yield Candidate(
                        span,
                        1.0 + 0.001 * len(span),
                        f"«{form.text}» is forbidden",
                        surface.cells,
                        not stiff,
                        form.text,
                    )


def leftover(term: Term, view: View) -> Iterator[Candidate]:
    """The term in another language's form, left standing in the target."""
    other: Lang
    for other in ("zh", "en", "ru"):
        if other == view.lang:
            continue
        for form in term.forms.get(other, ()):
            wanted = key(english_forms.bare(form.text), other)
            if len(wanted) < 2 or (view.lang == "en" and other == "ru" and len(wanted) < 3):
                continue
            spans = forms.places(wanted, View(view.text, other).folded, other)
            for span in spans:
                if view.free(span):
                    yield Candidate(
                        span, 0.98 + 0.001 * len(span), f"left as {span.of(view.text)}", (), False, form.text
                    )


def alike_names(term: Term, view: View) -> Iterator[Candidate]:
    """Names in another transcription: every row of capitalised words about as long as the official name."""
    if term.kind not in NAMES:
        return
    admitted = [
        (rank, surface)
        for rank, _, surface in forms.of(term, view.lang)
        if all(word[:1].isupper() for word in surface.text.replace("-", " ").split())
    ]
    other = [form.text for lang in ("en", "ru") for form in term.forms.get(lang, ()) if lang != view.lang]  # type: ignore[call-overload]
    if not admitted:
        return
    longest = max(len(surface.text.split()) for _, surface in admitted) + 1
    for span in capitalised(view, longest):
        text = span.of(view.text)
        if not view.free(span) or (view.lang == "ru" and _common(text)):
            continue
        rank, surface, score = max(
            ((r, s, likeness.names(text, s.text)) for r, s in admitted), key=lambda item: item[2]
        )
        if score < 0.6:
            latin = max((sounds(text, form) for form in other), default=0.0)
            score = max(score, latin if not _cyrillic(text) and view.lang == "ru" else 0.0)
        if score >= 0.6:
            inflects = view.lang == "ru" and _cyrillic(text)
            cells = (
                tuple(c for r, s in admitted if likeness.names(text, s.text) >= score - 1e-6 for c in s.cells)
                if inflects
                else ()
            )
            yield Candidate(span, 0.9 * score, f"«{text}» is another transcription", cells, inflects, text, rank, True)


def _common(text: str) -> bool:
    """Is it an ordinary Russian word that only begins with a capital, or does it hold an adjective («Европейской»)?"""
    words = text.replace("-", " ").split()
    for word in words:
        readings = analyses(word)
        name = any({"Name", "Surn", "Patr", "Geox"} & a.grammemes for a in readings)
        if readings[0].known and not name and (readings[0].pos in ("ADJF", "PRTF") or (len(words) == 1 and len(word) > 4)):
            return True
    return False


def _cyrillic(text: str) -> bool:
    return any("а" <= char <= "я" or char == "ё" for char in text.lower())


def capitalised(view: View, longest: int) -> Iterator[Span]:
    """Rows of one to `longest` neighbouring words that begin with a capital."""
    tokens = view.tokens
    for first, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        last = token
        yield Span(token.start, token.end)
        for follower in tokens[first + 1 : first + longest + 1]:
            gap = view.text[last.end : follower.start]
            if follower.text in "-‐‑" and not gap:
                last = follower
                continue
            if not (follower.text[:1].isupper() or last.text in "-‐‑") or gap.strip() or len(gap) > 1:
                break
            last = follower
            yield Span(token.start, follower.end)


def attended(occurrence: Occurrence, view: View, links: Links) -> Iterator[Candidate]:
    """The words that the engine's attention ties to the term's source span."""
    weights: dict[tuple[int, int], float] = {}
    for source, target, weight in links:
        if source.overlaps(occurrence.span):
            weights[(target.start, target.end)] = weights.get((target.start, target.end), 0.0) + weight
    strong = sorted(span for span, weight in weights.items() if weight >= 0.4)
    if not strong:
        return
    start, end = strong[0][0], strong[0][1]
    for next_start, next_end in strong[1:]:
        if next_start - end <= 2:
            end = next_end
        else:
            break
    span = likeness.whole_words(view, Span(start, end))
    if len(span) and view.free(span):
        yield Candidate(span, 0.7, "the engine's attention", (), True, span.of(view.text))


def of(occurrence: Occurrence, view: View, links: Links = (), terms: Iterable[Term] = ()) -> list[Candidate]:
    """All candidates for a missing occurrence, the surest first."""
    term = occurrence.term
    found = [*forbidden(term, view), *leftover(term, view), *alike_names(term, view)]
    if not any(candidate.score >= 0.95 for candidate in found) and term.kind != "person":
        found += likeness.phrases(term, view)
    if links:
        found += attended(occurrence, view, links)
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.span.start))
