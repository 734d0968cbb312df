"""Stretches of a target that may stand for a term: neighbours that the word tables or a model's attention give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.enforce.chinese_names import SOUNDS
from pipeline.enforce.heard import NEGATIONS, SOME, STRONG, SURE, Word
from pipeline.enforce.view import View
from pipeline.languages.chinese import frequency
from pipeline.languages.russian.analyse import analyses

_WEAK = 0.15  # from which it does beside such a word, where nothing else accounts for it
_LED = 0.2  # that of a word before its preposition that leaves a doubt
_CLAUSE = 0.5  # the same of «不把» and the like before a slogan
_HEARD = 0.04  # a word behind it that has so much leaves a doubt


@dataclass(frozen=True, slots=True)
class Ways:
    """How far a stretch goes: `named`: a word in capitals right behind belongs to it («на развалинах [Санксингдуи]»);
    `said`: it may be a clause; `size`: words of the official form; `parts`: words of the term in the source."""

    named: bool
    said: bool
    size: int
    parts: int
    joined: bool = True  # the term has a conjunction of its own

    def missing(self, row: Sequence[Word]) -> int:
        """How many words of the term neither a word of the row renders nor one that nothing accounts for may."""
        said = frozenset[int]().union(*(word.says for word in row))
        return self.parts - len(said) - sum(not (word.says or word.link) for word in row)


def stretches(words: Sequence[Word], view: View, ways: Ways) -> Iterator[tuple[float, int, int]]:
    """(attention, first, last) of each stretch that begins and ends with a word of the term; a word that nothing
    accounts for may stand between two of them, and beside them where it has some attention."""
    at = 0
    while at < len(words):
        if not words[at].inside:
            at += 1
            continue
        last = _last(words, at, view, ways)
        first = at
        if first < last and words[first + 1].link and _loose(words[first], words[first + 1 : last + 1]):
            first = next(n for n in range(first + 1, last + 1) if not words[n].link)
        first = _widened_left(words, first, last, view, ways)
        last = _widened_right(words, first, last, view, ways)
        at = last + 1
        while last > first and words[last].text in NEGATIONS:
            last -= 1
        if words[last].text not in NEGATIONS:
            yield sum(word.worth for word in words[first : last + 1] if word.inside), first, last


def _last(words: Sequence[Word], at: int, view: View, ways: Ways) -> int:
    """The last word of the term in the stretch that begins at `at`."""
    last = look = at
    loose, led = 0, False
    while look + 1 < len(words) and _beside(words[look], words[look + 1], view):
        look += 1
        word = words[look]
        if word.stop or (word.other and not word.link):
            break
        if not ways.joined and word.text.lower() in _CONJUNCTIONS:
            break
        if word.inside or (word.own and not (view.lang == "en" and words[look - 1].link)):
            if view.lang == "zh" and words[look - 1].link and word.share < _LED:
                break
            if led and not any(each.own or each.share >= SURE for each in words[look : look + 2]):
                break
            last, loose, led = look, 0, False
        elif not word.link:
            loose += 1
            if loose > 1 or (view.lang == "zh" and not word.noun):
                break
        else:
            led = led or word.text.lower() in _LEADS
    return last


def _weak(words: Sequence[Word], first: int, last: int, ways: Ways) -> float:
    """The attention that makes a word beside the stretch a part of it: less where it is shorter than the official
    form."""
    row = words[first : last + 1]
    if ways.missing(row) <= 0:
        return STRONG
    return _HEARD if sum(not word.link for word in row) < ways.size else _WEAK


def _widened_left(words: Sequence[Word], first: int, last: int, view: View, ways: Ways) -> int:
    while first and _adjoins(words, first - 1, view):
        word = words[first - 1]
        if ways.said and word.stop and view.lang == "zh" and word.share >= _CLAUSE:
            first -= 1
            continue
        if not (word.open or (view.lang == "ru" and word.own)) or (not ways.named and _named(word, view)):
            break
        if view.lang == "zh" and not (word.noun or word.own):
            break
        official = word.own and (view.lang == "ru" or max(word.like, default=0.0) >= 0.75)
        sound = ways.named and view.lang == "zh" and set(word.text) <= SOUNDS
        before = words[first - 2] if first > 1 and _adjoins(words, first - 2, view) else None
        bridges = view.lang == "ru" and not word.noun and before is not None and before.own
        if not (official or sound or bridges or word.share >= _weak(words, first, last, ways)):
            break
        first -= 1
    lead = first - 2
    if first > 1 and view.lang != "zh" and words[first - 1].link and words[lead].open and words[lead].noun:
        near = _adjoins(words, lead, view) and _beside(words[first - 1], words[first], view)
        if near and ways.missing(words[first : last + 1]) > 0:  # «[ban on] checks»
            return _widened_left(words, lead, last, view, ways)
    return first


def _widened_right(words: Sequence[Word], first: int, last: int, view: View, ways: Ways) -> int:
    while last + 1 < len(words) and words[last + 1].open and _adjoins(words, last, view):
        word = words[last + 1]
        bare = not words[last].noun and word.noun  # an adjective takes the noun that follows
        bare = bare or (view.lang == "en" and _PLURAL.search(word.text) is not None)
        capital = ways.named and word.text[:1].isupper()
        if not (word.own or bare or capital or word.share >= _weak(words, first, last, ways)):
            break
        if (not ways.named and _named(word, view)) or (view.lang == "zh" and not (word.noun or word.own)):
            break
        last += 1
    return last


_USUAL = 500  # occurrences of a Chinese word in the segmenter's corpus: a word as usual is what its tag says
_CONJUNCTIONS = frozenset(("и", "или", "and", "or", "和", "与", "及"))
_PLURAL = re.compile("[^s]s$")
_LEADS = frozenset(
    (
        "в",
        "во",
        "на",
        "по",
        "с",
        "со",
        "к",
        "о",
        "об",
        "из",
        "за",
        "от",
        "при",
        "для",
        "между",
        "in",
        "on",
        "to",
        "with",
        "by",
        "from",
    )
)


def _loose(word: Word, rest: Sequence[Word]) -> bool:
    """Does the word before «of» answer much less than what follows: «[wages of] peasant workers»? Before another
    preposition it must render a word of the term."""
    shares = [each.share for each in rest if each.inside]
    if rest[0].text.lower() in ("for", "in", "on", "to", "with") and not word.own:
        return True
    return word.share < SOME or (not word.own and word.share < 0.7 * sum(shares) / max(1, len(shares)))


def _named(word: Word, view: View) -> bool:
    """Is it a proper name inside of a Russian sentence?"""
    return view.lang == "ru" and word.text[:1].isupper() and not word.own and not view.sentence_start(word.start)


_BETWEEN = " \u00a0-«»“”\"'’s"


def _beside(one: Word, two: Word, view: View) -> bool:
    """Do the words follow one another, with nothing between them but blanks and quotation marks, or a dash between two
    words of the term («China — Europe»)?"""
    dash = "—–" if one.own and two.own else ""
    return view.text[one.end : two.start].strip(_BETWEEN + dash) == ""


def _adjoins(words: Sequence[Word], at: int, view: View) -> bool:
    """Does a blank at most part the word and the next?"""
    return view.text[words[at].end : words[at + 1].start] in ("", " ", "\u00a0")


def torn(words: Sequence[Word], first: int, last: int, view: View) -> bool:
    """Does a word right beside the stretch belong to it, for all that the tables and the attention leave open?"""
    if first and _adjoins(words, first - 1, view):
        word = words[first - 1]
        if word.inside or (word.open and word.share >= SOME and (word.noun or view.lang == "ru")):
            return True
        before = words[first - 2] if first > 1 else word
        if word.link and before.open and before.share >= _LED and _adjoins(words, first - 2, view):
            return True
    if last + 1 == len(words) or not _adjoins(words, last, view):
        return False
    word = words[last + 1]
    readings = analyses(word.text) if view.lang == "ru" else ()
    genitive = any(a.case == "gen" for a in readings) and not any(a.pos == "VERB" for a in readings)
    if view.lang == "en":
        return word.inside or (word.open and word.noun and word.share >= _HEARD)
    if view.lang == "zh":
        return word.inside or (word.open and word.noun and word.share >= SOME)
    return word.inside or (word.open and (genitive or word.share >= _HEARD))


def phrase(row: Sequence[Word], view: View) -> bool:
    """Is it a nominal group: its last word a noun; in Russian a noun is followed by nothing but what depends on it?"""
    if not row[-1].noun and (
        view.lang != "zh" or (len(row) == 1 and not row[0].own) or frequency(row[-1].text) > _USUAL
    ):
        return False
    if view.lang != "ru":
        return True
    for one, two in pairwise(row):
        if view.text[one.end : two.start] not in (" ", "\u00a0"):
            continue
        left, right = analyses(one.text)[0], analyses(two.text)
        if left.pos in ("ADJF", "PRTF") and left.known and right[0].pos == "NOUN" and not _agree(one.text, two.text):
            return False  # «заболевших простудой»
        if two.text.isupper() and len(two.text) > 1:
            continue
        if left.pos == "NOUN" and left.known and not any(a.case in ("gen", "ins", "dat") or not a.known for a in right):
            return False
    return True


def _agree(left: str, right: str) -> bool:
    """Do an adjective and a noun share a case and number?"""
    adjectives = {(a.case, a.number) for a in analyses(left) if a.pos in ("ADJF", "PRTF")}
    return any((a.case, a.number) in adjectives for a in analyses(right) if a.pos == "NOUN")
