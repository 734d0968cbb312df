"""Matching with 100,000 entries against pyahocorasick's bare iteration, and the enforcer against translation."""

from __future__ import annotations

import importlib
import random

import ahocorasick

from pipeline import settings
from pipeline.flow import Flow
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import Glossary
from pipeline.model import Document, Form, Segment, Term
from tests.bench.base import Row, genre, seconds


def run() -> list[Row]:
    return [_matching(), *_flashtext(), *_enforcer()]


def _matching() -> Row:
    rng = random.Random(1)
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    names = {"".join(rng.choices(signs, k=rng.randint(3, 7))) for _ in range(100_000)}
    terms = [Term(str(i), {"zh": (Form(name),), "ru": (Form("слово"),)}) for i, name in enumerate(sorted(names))]
    matcher = Matcher(Glossary(tuple(terms)), "zh")
    automaton = ahocorasick.Automaton()
    for i, name in enumerate(names):
        automaton.add_word(name, i)
    automaton.make_automaton()
    sentences = genre(4000)
    for i in range(0, 4000, 7):
        sentences[i] += rng.choice(terms).forms["zh"][0].text
    matcher.find(sentences[0])
    ours = seconds(lambda: [matcher.find(text) for text in sentences], cpu=True)
    peer = seconds(lambda: [list(automaton.iter(text)) for text in sentences], cpu=True)
    return Row("characters a second, matcher / bare pyahocorasick", 1 / ours, 1 / peer, "", "at least 0.67")


def _flashtext() -> list[Row]:
    """The same list of 100,000 English phrases given to FlashText (Singh 2017); no row where it is not installed.

    FlashText finds the phrases as listed; the matcher finds plurals and other spellings of dashes and apostrophes too,
    and looks at capitals.
    """
    try:
        flashtext = importlib.import_module("flashtext")
    except ImportError:
        return []
    rng = random.Random(2)
    sentences = genre(2000, "en")
    words = sorted({word.strip(".,;:").lower() for text in sentences for word in text.split()} - {""})
    phrases = sorted({" ".join(rng.choices(words, k=rng.randint(2, 4))) for _ in range(100_000)})
    for i in range(0, len(sentences), 7):
        sentences[i] += " " + rng.choice(phrases)
    terms = [Term(str(i), {"en": (Form(text),), "ru": (Form("слово"),)}, "slogan") for i, text in enumerate(phrases)]
    matcher = Matcher(Glossary(tuple(terms)), "en")
    processor = flashtext.KeywordProcessor()
    processor.add_keywords_from_list(phrases)
    matcher.find(sentences[0])
    ours = seconds(lambda: [matcher.find(text) for text in sentences], cpu=True)
    peer = seconds(lambda: [processor.extract_keywords(text, span_info=True) for text in sentences], cpu=True)
    return [Row("sentences a second, matcher / FlashText, English", 2000 / ours, 2000 / peer, "", "at least 1")]


def _enforcer() -> list[Row]:
    """Two pages of 40 sentences of the genre: enforcing their translations, over translating them.

    The words of other pages are known, as in a job, the sentences are new; the second row has the same page again.
    """
    texts = genre(480)
    flow = Flow(settings.load("draft"), "zh", "ru")
    plain = Flow(settings.load("draft", ["enforce.enabled=false"]), "zh", "ru")

    def document(part: list[str]) -> Document:
        return Document("b", "jsonl", tuple(Segment(str(i), t) for i, t in enumerate(part)), "zh", "ru")

    flow.enforce(plain.translate(document(texts[80:])))
    page = document(texts[:80])
    done = plain.translate(page)
    peer = seconds(lambda: plain.translate(page), cpu=True)
    new = seconds(lambda: flow.enforce(done), 1, cpu=True)
    again = seconds(lambda: flow.enforce(done), cpu=True)
    return [
        Row("enforcing new pages / translating them, processor time", new, peer, "s", "under 0.10"),
        Row("enforcing the same pages again / translating them", again, peer, "s", "under 0.10"),
    ]
