"""Word-for-word renderings of a term in a Russian target: «умеренно процветающее общество» for moderately prosperous
society, where the official form has words of its own.

Each word of the stretch renders one word of the source term by the bundled tables, each word of the term is rendered,
and the head noun is that of the official form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.enforce import bridge, likeness, meaning, synonyms
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, by_tables
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.languages.chinese import is_han
from pipeline.languages.russian.analyse import Token, analyses, lemma, lemmas, tokenise
from pipeline.model import Form, Lang, Occurrence, Span, Term

_KINDS = ("slogan", "term", "body")


def candidates(occurrence: Occurrence, view: View, admitted: Sequence[Form]) -> Iterator[Candidate]:
    """The first stretch that renders the term word for word, if there is one."""
    term = occurrence.term
    words = bridge.source_words(occurrence.form.text)
    if term.kind not in _KINDS or view.lang != "ru" or not 2 <= len(words) <= 5:
        return
    lang = bridge.language_of(occurrence.form.text)
    for rank, form in enumerate(admitted):
        official = [token for token in tokenise(form.text) if likeness.content(token, "ru")]
        if len(official) < 2:
            continue
        head: frozenset[str] | None = None
        own = {word for token in official for word in lemmas(token.text)}
        for group in _groups(view, len(words)):
            if not _one_to_one(group, words, lang, own):
                continue
            head = _head(term, form) if head is None else head
            if not any(lemmas(token.text) & head for token in group):
                continue
            if any(_short(group, other) for other in admitted):
                continue
            span = Span(group[0].start, group[-1].end)
            if view.free(span):
                why = by_tables(span.of(view.text))
                chosen = not synonyms.bundled(term.origin)  # a glossary of one's own has made its choice
                sure = chosen or term.kind != "term" or lang != "zh"  # word for word from Chinese may be sound
                yield Candidate(
                    span, 0.75 - 0.01 * rank, why, (), True, "", rank, repair=sure, ground=Ground.TRANSLATED
                )
                return


def _head(term: Term, form: Form) -> frozenset[str]:
    """Lemmas of the word of the form that its paradigm declines by."""
    whole = tokenise(form.text)
    at = forms.russian(form, term.kind, term.gender).head
    return lemmas(whole[at].text) if at < len(whole) and whole[at].is_word else frozenset()


def _short(group: Sequence[Token], form: Form) -> bool:
    """Is the group the form without some of its words?"""
    own = {word for token in tokenise(form.text) if token.is_word for word in lemmas(token.text)}
    return all(lemmas(token.text) & own for token in group)


def _groups(view: View, size: int) -> Iterator[list[Token]]:
    """Rows of `size` neighbouring adjectives, adverbs and nouns that no further adjective touches, the last a noun."""
    tokens = view.tokens
    for first in range(len(tokens) - size + 1):
        group = list(tokens[first : first + size])
        inner = view.text[group[0].start : group[-1].end]
        if len(inner) != sum(len(token.text) for token in group) + size - 1:
            continue
        parts = [analyses(token.text)[0].pos if token.is_word else "" for token in group]
        if parts[-1] != "NOUN" or not set(parts) <= {"NOUN", "ADJF", "PRTF", "ADVB"}:
            continue
        before = view.before(group[0].start)
        if before is not None and analyses(before.text)[0].pos in ("ADJF", "PRTF"):
            continue
        yield group


def _one_to_one(group: Sequence[Token], words: Sequence[str], lang: Lang, own: Collection[str]) -> bool:
    """Does each word of the group render a word of the term, and each word of the term stand in the group?

    A word also renders what a word of the official form (`own`) renders that it is often put for.
    """
    free = list(words)
    for token in group:
        said = {lemma(token.text), *(word for word in own if meaning.near(lemma(token.text), word) >= 0.7)}
        likely = [(max(bridge.strength(each, word, "ru", lang) for each in said), at) for at, word in enumerate(free)]
        best, at = max(likely, default=(0.0, 0))
        if best < 0.6:
            return False
        free.pop(at)
    return not free


def names(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """A Chinese name put into words character by character: «Long Spring» for 长春."""
    signs = occurrence.form.text
    if occurrence.term.kind not in ("place", "person") or view.lang == "zh" or not 2 <= len(signs) <= 3:
        return
    if not is_han(signs):
        return
    tokens = view.tokens
    for first in range(len(tokens) - len(signs) + 1):
        group = tokens[first : first + len(signs)]
        span = Span(group[0].start, group[-1].end)
        if not all(token.is_word and token.text[:1].isupper() for token in group) or not view.free(span):
            continue
        if view.lang == "ru" and group[0].text.isascii():
            continue
        said = [lemma(token.text) if view.lang == "ru" else token.text.lower() for token in group]
        if all(bridge.strength(word, sign, view.lang, "zh") >= 0.6 for word, sign in zip(said, signs, strict=True)):
            yield Candidate(span, 0.9, f"«{span.of(view.text)}» is the name word for word", (), False)


def surnames(occurrence: Occurrence, source: str, view: View, admitted: Sequence[Form]) -> Iterator[Candidate]:
    """A surname put into the common noun that it looks like: «Wolf» for Волков, «Белый» for White.

    Nothing else in the source accounts for the word, which stands alone and has a capital.
    """
    word = occurrence.form.text.rpartition(" ")[2]
    lang = bridge.language_of(word)
    if occurrence.term.kind != "person" or lang == "zh" or view.lang == "zh":
        return
    signs = bridge.source_words(word)
    rest = (*bridge.source_words(source[: occurrence.span.start]), *bridge.source_words(source[occurrence.span.end :]))
    rank = next((at for at, form in enumerate(admitted) if " " not in form.text), 0)
    for token in view.tokens:
        span = Span(token.start, token.end)
        if not token.is_word or not token.text[:1].isupper() or token.text.isupper() or not view.free(span):
            continue
        if len(token.text) < 3 or (view.lang == "ru") == token.text.isascii():
            continue
        low = lemma(token.text) if view.lang == "ru" else token.text.lower()
        own = max((bridge.strength(low, each, view.lang, lang) for each in signs), default=0.0)
        if own >= 0.85 and all(bridge.strength(low, each, view.lang, lang) < 0.45 for each in rest):
            yield Candidate(span, 0.9, f"«{token.text}» is the name word for word", (), False, "", rank, same=True)
