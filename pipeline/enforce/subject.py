"""A term that is the subject of its clause past doubt: its case is right, whatever noun stands right before it."""

from __future__ import annotations

from pipeline.enforce.view import View
from pipeline.languages.russian import participles
from pipeline.languages.russian.analyse import analyses
from pipeline.languages.russian.reading import ADJECTIVAL, agree
from pipeline.languages.russian.spans import head_of, sentence_of
from pipeline.languages.russian.word_order import is_subject
from pipeline.model import Span


def surely(span: Span, view: View) -> bool:
    """Does a predicate agree with the nominative at the span and with no other («В рощах [оранжерея] открылась»), or a
    participle before it that can be nothing but a nominative («Построенная на склонах [оранжерея] приносит …»)?"""
    sentence = sentence_of(view.text, (span.start, span.end))
    inside = [n for n, t in enumerate(sentence.tokens) if t.end > span.start and t.start < span.end] if sentence else []
    if sentence is None or not inside:
        return False
    head = head_of(sentence, inside)
    if is_subject(sentence, inside[0], inside[-1], head):
        return True
    tokens = sentence.tokens
    own = [a for a in analyses(tokens[head].text) if a.pos == "NOUN" and a.case == "nom"]
    for at in participles.ahead(sentence, inside[0], own):
        readings = [a for a in analyses(tokens[at].text) if a.pos in ADJECTIVAL]
        if own and all(a.case == "nom" for a in readings) and any(agree(a, n) for a in readings for n in own):
            return True
    return False
