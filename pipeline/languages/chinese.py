"""Chinese script and words: folding to one comparable form with offsets kept, and segmentation."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import DataError
from pipeline.model import Span

# Zero-width marks, direction marks, soft hyphen, byte order mark, variation selectors: never part of a name.
_DROPPED = re.compile("[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_COMBINING = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_CLUSTER = re.compile(f"(?s:.)[{_COMBINING}]*")
_MARKS = re.compile(f"{_DROPPED.pattern}|[{_COMBINING}]")
_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_ALL_HAN = re.compile(f"{_HAN.pattern}+")
_BLOCKS = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&\._%\-]+)")  # jieba's own
# 乾 stays in names and in 乾坤; everywhere else it is 干 (乾淨 -> 干净).
_QIAN = re.compile("乾(?![隆坤县縣元清卦安])")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form; character i of it came from original[offsets[i]:ends[i]].

    `offsets` has one member more than `text` (the length of the original).
    """

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The span of the original that text[start:end] came from; dropped marks at its borders are left out."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.ends[end - 1])


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Traditional to simplified by character, from OpenCC's TSCharacters (one to one, so that offsets stay).

    A character that is its own first candidate is left (瞭, 藉). 著 and 於 are used in simplified text only as
    themselves in names; 於 folds to 于 since both sides of a comparison fold alike. 範 folds to 范: it is the
    opposite direction that ruins the surname.
    """
    import importlib.util

    found = importlib.util.find_spec("opencc")
    table: dict[int, str] = {}
    if found is None or not found.submodule_search_locations:
        raise DataError("OpenCC's tables are missing", hint="pip install opencc-python-reimplemented")
    file = Path(next(iter(found.submodule_search_locations))) / "dictionary" / "TSCharacters.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        traditional, _, candidates = line.partition("\t")
        first = candidates.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1 and first != traditional:
            table[ord(traditional)] = first
    table.pop(ord("乾"), None)
    # Variants that official texts of Hong Kong, Macao and Taiwan use and the list lacks.
    table.update({ord(old): new for old, new in ("囯国", "淸清", "靑青", "啓启", "衞卫", "裡里", "綫线", "爲为")})
    return table


def simplified(text: str) -> str:
    """Traditional characters to simplified, one for one; the length never changes."""
    if "乾" in text:
        text = _QIAN.sub("干", text)
    return text.translate(_table())


class _Folding(dict[int, str]):
    """Code point -> its NFKC form in simplified characters, worked out when first met."""

    def __missing__(self, code: int) -> str:
        kept = "…" if code == 0x2026 else unicodedata.normalize("NFKC", chr(code)).translate(_table())
        self[code] = kept
        return kept


_FOLDING = _Folding()


@lru_cache(maxsize=512)
def fold(text: str) -> Folded:
    """NFKC, simplified characters, no zero-width marks; case and spaces are kept. Every index maps back.

    Text without marks and without characters that fold to several (㎞) costs one search and one `translate`; the
    ellipsis … stays one character.
    """
    if not _MARKS.search(text):
        folded = (_QIAN.sub("干", text) if "乾" in text else text).translate(_FOLDING)
        if len(folded) == len(text):  # nothing was dropped, so nothing was added
            return Folded(folded, range(len(text) + 1), range(1, len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        cluster = match.group()
        kept = cluster if cluster == "…" else _DROPPED.sub("", unicodedata.normalize("NFKC", cluster))
        pieces.append(kept)
        offsets += [match.start()] * len(kept)
        ends += [match.end()] * len(kept)
    offsets.append(len(text))
    return Folded(simplified("".join(pieces)), tuple(offsets), tuple(ends))


def is_han(text: str) -> bool:
    """Is `text` non-empty and made of Han characters only?"""
    return _ALL_HAN.fullmatch(text) is not None


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[Span, ...]:
    """Words of a Chinese text as spans that cover it without gaps (jieba, with its model for unknown words)."""
    found, start = [], 0
    for block in _BLOCKS.split(text):
        for size in _sizes(block):
            found.append(Span(start, start + size))
            start += size
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _sizes(block: str) -> tuple[int, ...]:
    """Lengths of the words of what jieba cuts at once: a row of characters, letters and figures, or what parts two."""
    return tuple(len(word) for word in segmenter().cut(block))


def frequency(word: str) -> int:
    """How often jieba's corpus has `word` as a word; 0 where it has not."""
    return frequencies()[0].get(word, 0)


def dictionary_file() -> str:
    """Path of jieba's bundled dictionary: lines of word, count and part of speech."""
    import importlib.util

    spec = importlib.util.find_spec("jieba")
    return str(Path(next(iter(spec.submodule_search_locations or ()))) / "dict.txt") if spec else ""


@lru_cache(maxsize=1)
def frequencies() -> tuple[dict[str, int], int]:
    """The words of jieba's dictionary with their counts, and the sum of these; a fifth of a second, once.

    Beginnings of words may stand there too, with a count of 0. Raises DataError where jieba is missing.
    """
    try:
        fields = Path(dictionary_file()).read_text(encoding="utf-8").split()
    except OSError as error:
        raise DataError("jieba's dictionary is missing", hint="pip install jieba") from error
    counts = dict(zip(fields[::3], map(int, fields[1::3]), strict=True))
    return counts, sum(map(int, fields[1::3]))


@lru_cache(maxsize=1)
def segmenter():  # type: ignore[no-untyped-def]
    """jieba's default tokenizer, silent, built from its bundled dictionary and never cached on disk.

    jieba writes a cache file into the temporary directory on `initialize`; several processes then race for it and a
    read-only system warns. Filling the prefix dictionary directly avoids the file, and is twice as fast.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = frequencies()
    _add_beginnings(tokenizer.FREQ)
    tokenizer.initialized = True
    return tokenizer


def _add_beginnings(counts: dict[str, int]) -> None:
    """What jieba walks along: every beginning of a word, with the count 0 where it is no word itself."""
    for word in tuple(counts):
        for size in range(len(word) - 1, 0, -1):
            if word[:size] in counts:
                break  # its own beginnings are or will be there
            counts[word[:size]] = 0
