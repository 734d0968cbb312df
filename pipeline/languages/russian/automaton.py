"""The automata in which pymorphy3 keeps its dictionary, walked with fewer calls: the same answers, about four times
as fast.

dawg-python follows dawgdic (Yata, Aoe et al. 2007, double arrays) with three calls for every byte of a word. Where the
compiled library is installed instead, pymorphy3 has no need of this, and nothing is replaced.
"""

from __future__ import annotations

from array import array
from binascii import a2b_base64
from collections.abc import Mapping
from functools import lru_cache
from struct import Struct
from typing import Any, Final

_LEAF: Final = 1 << 8  # of a unit: a key ends here
_EXTENSION: Final = 1 << 9
_LABEL: Final = 1 << 31 | 0xFF
_VALUE: Final = (1 << 31) - 1

Record = tuple[Any, ...]
Replaces = Mapping[bytes, list[tuple[bytes, str]]]  # a letter -> what may be meant by it, as bytes and as a letter


class Automaton:
    """Stands in for `dawg_python.wrapper.Dictionary`; a state is an index into the units, of 32 bits each."""

    ROOT: Final = 0

    def __init__(self, units: array[int]) -> None:
        self.units = units

    def has_value(self, index: int) -> bool:
        return bool(self.units[index] & _LEAF)

    def value(self, index: int) -> int:
        unit = self.units[index]
        return self.units[index ^ ((unit >> 10) << ((unit & _EXTENSION) >> 6))] & _VALUE

    def contains(self, key: bytes) -> bool:
        index = self.follow_bytes(key, self.ROOT)
        return index is not None and self.has_value(index)

    def find(self, key: bytes) -> int:
        """The number kept under `key`, -1 where there is none."""
        index = self.follow_bytes(key, self.ROOT)
        return -1 if index is None or not self.has_value(index) else self.value(index)

    def follow_char(self, label: int, index: int) -> int | None:
        unit = self.units[index]
        index ^= (unit >> 10) << ((unit & _EXTENSION) >> 6) ^ label
        return index if self.units[index] & _LABEL == label else None

    def follow_bytes(self, key: bytes, index: int) -> int | None:
        units = self.units
        unit = units[index]
        for label in key:
            index ^= (unit >> 10) << ((unit & _EXTENSION) >> 6) ^ label
            unit = units[index]
            if unit & _LABEL != label:
                return None
        return index


class Records:
    """Stands in for the look-ups of `dawg_python.RecordDAWG`, of which `dawg` is one whose automaton is replaced."""

    def __init__(self, dawg: Any) -> None:
        self._automaton: Automaton = dawg.dct
        self._units = self._automaton.units
        self._guide: array[int] = dawg.guide._units  # for each state the labels of its first child and next sibling
        self._struct: Struct = dawg._struct
        self._parting: bytes = dawg._payload_separator
        self.under = lru_cache(maxsize=1 << 14)(self._under)  # words of one paradigm end in one state

    def similar_items(self, key: str, replaces: Replaces) -> list[tuple[str, tuple[Record, ...]]]:
        """`key` with its records, and all that becomes of it by putting ё for е (whatever `replaces` says)."""
        return self._similar("", key, Automaton.ROOT, replaces)

    def _similar(self, done: str, key: str, index: int, replaces: Replaces) -> list[tuple[str, tuple[Record, ...]]]:
        units = self._units
        unit = units[index]
        found: list[tuple[str, tuple[Record, ...]]] = []
        start = len(done)
        for at in range(start, len(key)):
            step = key[at].encode()
            for other, char in replaces.get(step, ()):
                aside = self._automaton.follow_bytes(other, index)
                if aside is not None:
                    found += self._similar(done + key[start:at] + char, key, aside, replaces)
            for label in step:
                index ^= (unit >> 10) << ((unit & _EXTENSION) >> 6) ^ label
                unit = units[index]
                if unit & _LABEL != label:
                    return found
        end = self._automaton.follow_bytes(self._parting, index)
        return found if end is None else [(done + key[start:], self.under(end)), *found]

    def _under(self, index: int) -> tuple[Record, ...]:
        """The records under a state: every way from there to the end of a key, in order, is one in base64."""
        units, guide, unpack = self._units, self._guide, self._struct.unpack
        found: list[Record] = []
        key, path = bytearray(), [index]
        while True:
            unit = units[index]
            if unit & _LEAF:
                found.append(unpack(a2b_base64(key)))
            label = guide[2 * index]
            while not label:
                label = guide[2 * path.pop() + 1]
                if not path:
                    return tuple(found)
                key.pop()
            index = path[-1]
            unit = units[index]
            index ^= (unit >> 10) << ((unit & _EXTENSION) >> 6) ^ label
            key.append(label)
            path.append(index)


class Estimator:
    """Stands in for pymorphy3's estimator of the chances of readings, which looks every reading up by word and tag:
    here a word is looked up once, and of most there is nothing to know."""

    def __init__(self, estimator: Any) -> None:
        from pymorphy3.analyzer import _Parse

        self._whole = estimator
        self._automaton: Automaton = estimator.p_t_given_w.dct
        self._unit = estimator.p_t_given_w.MULTIPLIER
        self._made = _Parse

    def apply_to_parses(self, word: str, low: str, parses: list[Any]) -> list[Any]:
        if not parses:
            return []
        at = self._automaton.follow_bytes(f"{low}:".encode(), Automaton.ROOT)
        chances = [0.0 if at is None else self._chance(at, str(parse[1])) for parse in parses]
        made = self._made
        if sum(chances) == 0:
            share = 1.0 / sum(parse[3] for parse in parses)
            return [made(word, tag, normal, score * share, how) for word, tag, normal, score, how in parses]
        both = zip(parses, chances, strict=True)
        told = [made(word, tag, normal, chance, how) for (word, tag, normal, _, how), chance in both]
        return sorted(told, key=lambda parse: parse[3], reverse=True)

    def _chance(self, at: int, tag: str) -> float:
        end = self._automaton.follow_bytes(tag.encode(), at)
        if end is None or not self._automaton.has_value(end):
            return 0.0
        return float(self._automaton.value(end) / self._unit)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


def quicken(analyzer: Any) -> Any:
    """`analyzer` (a pymorphy3.MorphAnalyzer) with its automata replaced, where they are dawg-python's."""
    dictionary, estimator = analyzer.dictionary, analyzer.prob_estimator
    records = [dictionary.words, *dictionary.prediction_suffixes_dawgs]
    for dawg in [*records, *([estimator.p_t_given_w] if estimator is not None else [])]:
        if type(dawg.dct).__module__ != "dawg_python.wrapper":
            return analyzer
        dawg.dct = Automaton(dawg.dct._units)
    for dawg in records:
        dawg.similar_items = Records(dawg).similar_items
    if estimator is not None:
        analyzer.prob_estimator = Estimator(estimator)
    return analyzer
