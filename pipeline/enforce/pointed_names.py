"""Where a translation model looks when it reads the name of a person: names put by guess («Malone» for 马龙)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.enforce import bridge, heard, pointed
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.chinese import is_noun, pieces
from pipeline.enforce.chinese_names import SOUNDS, round_dot
from pipeline.enforce.result import Ground
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.languages.chinese import frequency, is_han
from pipeline.languages.names_context import TITLES
from pipeline.languages.pinyin import reading
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Form, Occurrence, Span

_SURE = 0.6  # share of a word's attention from which it is taken for the name
_MUST = 0.85  # and where the sentence begins with it
_BESIDE = 0.2  # for a character right before such words
_PARTICLES = frozenset(
    ("von", "van", "der", "de", "da", "di", "bin", "ibn", "al", "el", "фон", "ван", "дер", "де", "да", "ди", "бен",
     "ибн", "аль", "эль", "оглы", "кызы")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*")
_STOPS = frozenset("的了在是和与及将把被对为以由向从同跟给让使经说称表示等因已还也又都就则，。")
_ALIKE = 0.5  # in sound, for a surname by itself
_LONGEST = 14


def candidates(
    occurrence: Occurrence, source: str, view: View, wording: Sequence[Form], read: pointed.Reader
) -> Iterator[Candidate]:
    """The name that answers that of the source, where it is no form of it; only for a glossary of one's own."""
    term = occurrence.term
    if term.kind != "person" or not wording or pointed.bundled(term.origin):
        return
    links = read(source, view.text)
    if not links:
        return
    rest = source[: occurrence.span.start], source[occurrence.span.end :]
    found = (_chinese if view.lang == "zh" else _lettered)(occurrence, view, wording, links, rest)
    best = sorted(found, key=lambda item: -item[0])
    if best and (len(best) == 1 or best[1][0] < _SURE * best[0][0]):
        span, repair = best[0][1:]
        if view.free(span):
            why = f"«{span.of(view.text)}» is read as the name"
            gap = "·" if view.lang == "zh" else " "
            size = span.of(view.text).count(gap)
            form = min(range(len(wording)), key=lambda n: (abs(wording[n].text.count(gap) - size), n))
            yield Candidate(span, 0.9, why, (), False, "", form, same=True, repair=repair, ground=Ground.WRONG)


Found = Iterator[tuple[float, Span, bool]]


def _lettered(
    occurrence: Occurrence, view: View, wording: Sequence[Form], links: Links, rest: tuple[str, str]
) -> Found:
    """(attention, span, sure) of rows of words in capitals."""
    words = list(_WORD.finditer(view.text))
    shares = heard.shares([Span(*word.span()) for word in words], occurrence.span, links)
    official = {part.lower() for form in wording for part in _WORD.findall(form.text)}
    at = 0
    while at < len(words):
        if shares[at] < _SURE or not words[at].group()[0].isupper():
            at += 1
            continue
        last = at
        for look in range(at + 1, len(words)):
            if view.text[words[look - 1].end() : words[look].start()] not in (" ", "\u00a0"):
                break
            if words[look].group()[0].isupper() and shares[look] >= _BESIDE:
                last = look
            elif words[look].group() not in _PARTICLES:
                break
        here = at
        while here and words[here - 1].group().lower() in official & _PARTICLES:  # «[Von der] Lein»
            if view.text[words[here - 1].end() : words[here].start()] not in (" ", "\u00a0"):
                break
            here -= 1
        at = here
        row = [word.group() for word in words[at : last + 1]]
        span = Span(words[at].start(), words[last].end())
        single = len(row) == 1 and view.sentence_start(span.start) and _ordinary(row[0], view, rest)
        partial = all(word.lower() in official for word in row)
        if not partial and not any(_accounted(word, view, rest) for word in row):
            yield sum(shares[at : last + 1]), span, not single or shares[at] >= _MUST
        at = last + 1


def _ordinary(word: str, view: View, rest: tuple[str, str]) -> bool:
    """May a word that begins the sentence be no name?"""
    if view.lang == "ru":
        readings = analyses(word)
        return readings[0].known and not {"Name", "Surn", "Patr", "Geox"} & set(readings[0].grammemes)
    return not bridge.unknown(word.lower(), bridge.language_of("".join(rest)), "en")


def _accounted(word: str, view: View, rest: tuple[str, str]) -> bool:
    """Does another word of the source surely say it?"""
    signs = (*bridge.source_words(rest[0]), *bridge.source_words(rest[1]))
    spoken = bridge.language_of("".join(rest))
    return any(bridge.strength(word.lower(), sign, view.lang, spoken) >= 0.85 for sign in signs)


def _chinese(occurrence: Occurrence, view: View, wording: Sequence[Form], links: Links, rest: tuple[str, str]) -> Found:
    """(attention, span, sure) of rows of characters that are no words of the dictionary."""
    text = view.folded.text
    row = list(pieces(text))
    spans = [view.folded.span(part.start, part.end) for part in row]
    shares = heard.shares(spans, occurrence.span, links)
    official = {form.text for form in wording}
    at = 0

    def named(n: int) -> bool:
        word = row[n].text
        if word == "·":
            return True
        return (
            is_han(word)
            and word not in _STOPS
            and word not in TITLES
            and (len(word) == 1 or not frequency(word) or is_noun(word))
        )

    while at < len(row):
        if shares[at] < _SURE or not named(at) or row[at].text == "·":
            at += 1
            continue
        last = at
        while last + 1 < len(row) and named(last + 1) and (shares[last + 1] >= _SURE or row[last + 1].text == "·"):
            last += 1
        while last + 1 < len(row) and row[last].text != "·" and set(row[last + 1].text) <= SOUNDS:
            last += 1  # 彼得罗|夫
        while row[last].text == "·":
            last -= 1
        first = at
        while first and named(first - 1) and len(row[first - 1].text) == 1 and shares[first - 1] >= _BESIDE:
            first -= 1
        span = Span(spans[first].start, spans[last].end)
        span = round_dot(span, view) if any("·" in each for each in official) else span
        name = "".join(char for char in span.of(view.text) if is_han(char) or char == "·")
        partial = any(name in each or each in name for each in official)
        mass = sum(shares[first : last + 1])
        known = frequency(name) > 0 and mass < _MUST * (last + 1 - first)
        if 2 <= len(name) <= _LONGEST and not partial and not known:
            yield mass, _surname(name, span, official), True
        at = last + 1


def _surname(name: str, span: Span, official: Iterable[str]) -> Span:
    """The last part of a foreign name, where that is what the official form, without a given name, sounds like."""
    _given, dot, last = name.rpartition("·")
    if not dot or any("·" in each for each in official):
        return span

    def heard(text: str) -> float:
        said = " ".join(map(reading, text.replace("·", "")))
        return max(sounds(said, " ".join(map(reading, each))) for each in official)

    alike = heard(last)
    return Span(span.end - len(last), span.end) if alike >= _ALIKE and alike > heard(name) else span
