"""Words of a text as the word tables list them, and the links between the words of a source and its target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.model import Lang

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
FLOOR: Final = 1e-4  # probability of a word that nothing explains
ADMITTED: Final = 0.2  # probability of a rendering that only the dictionary lists
_CYRILLIC: Final = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        ("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sh . y . e yu ya").replace(".", "").split(" "),
        strict=True)
)  # fmt: skip
# Sounds that Latin spellings write in several ways; both sides are brought to one of them.
_SOUNDS: Final = (("kh", "h"), ("ts", "c"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("zh", "j"), ("sh", "s"),
                  ("ch", "c"), ("w", "v"), ("q", "k"), ("x", "ks"), ("y", "i"), ("j", "i"), ("z", "s"), ("g", "k"),
                  ("h", ""))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the form of the tables (Chinese as segmented, else lower case), and whether it began with a capital."""

    low: str
    capital: bool


def tokens(text: str, language: Lang) -> list[Token]:
    """Words in order, without numbers and punctuation."""
    if language == "zh":
        from pipeline.languages import dictionary

        found = [text[span.start : span.end] for span, _ in dictionary.segment(text)]
        return [Token(word.lower(), word[0].isupper()) for word in found if _WORD.fullmatch(word)]
    return [Token(word.lower(), word[0].isupper()) for word in _WORD.findall(text)]


@lru_cache(maxsize=60_000)
def translations(pair: str, word: str) -> dict[str, float]:
    """Translations of a word with their probabilities; empty for a word that the table lacks."""
    from pipeline.languages import lexicon

    return dict(lexicon.load(pair).best(word, 10))


@lru_cache(maxsize=60_000)
def key(word: str, language: str) -> str:
    from pipeline.languages import lexicon

    return lexicon.key(word, language)


@lru_cache(maxsize=60_000)
def sound(word: str, language: str) -> str:
    """Rough consonants of a name, alike for Ivanov and Иванов; "" for Chinese."""
    if language == "zh":
        return word if word.isascii() else ""
    low = "".join(_CYRILLIC.get(c, c) for c in word.lower())
    for old, new in _SOUNDS:
        low = low.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou'’-]", "", low))[:6]


@dataclass(frozen=True, slots=True)
class Cover:
    """How one text explains the words of another: for each word its probability (FLOOR: not explained), the index of
    the word that explains it best (-1: none), and whether the table knows the word at all."""

    probs: list[float]
    links: list[int]
    known: list[bool]


def cover(given: list[Token], words: list[Token], source: Lang, target: Lang) -> Cover:
    """IBM model 1 (Brown et al. 1993) of `words` in `target`, from `given` in `source`, with what the dictionary of the
    genre admits; names by sound."""
    from pipeline.languages.dictionary import renders

    pair = f"{source}-{target}"
    keys = [key(word.low, target) for word in words]
    spelt = {form: form.replace("ё", "е") for form in keys} if "zh" in (source, target) else {}
    best: dict[str, float] = dict.fromkeys(keys, 0.0)
    total: dict[str, float] = dict.fromkeys(keys, 0.0)
    link: dict[str, int] = dict.fromkeys(keys, -1)
    for at, word in enumerate(given):
        for other, p in translations(pair, word.low).items():
            if other in best:
                total[other] += p
                if p > best[other]:
                    best[other], link[other] = p, at
        ours = key(word.low, source).replace("ё", "е") if target == "zh" else ""
        for form, theirs in spelt.items():
            if best[form] >= ADMITTED:
                continue
            # one of the two is Chinese: do they stand as renderings of one another?
            if renders(source, form, ours) if target == "zh" else renders(target, word.low, theirs):
                total[form] += ADMITTED
                best[form], link[form] = ADMITTED, at
    sounds: dict[str, int] | None = None
    probs, links, known = [], [], []
    for word, form in zip(words, keys, strict=True):
        in_table = bool(translations(f"{target}-{source}", word.low))
        p, at = total[form], link[form]
        if at < 0 and (word.capital or not in_table):
            if sounds is None:
                sounds = {}
                for n, heard_in in enumerate(given):
                    if heard_in.capital or source == "zh":
                        sounds.setdefault(sound(heard_in.low, source), n)
            heard = sound(word.low, target)
            at = sounds.get(heard, -1) if len(heard) > 1 else -1
            if at < 0 and len(heard) > 3:
                at = next((n for s, n in sounds.items() if len(s) > 2 and s[:3] == heard[:3]), -1)
            p = 0.3 if at >= 0 else 0.0
        probs.append(max(FLOOR, min(1.0, p)))
        links.append(at)
        known.append(in_table)
    return Cover(probs, links, known)
