"""Sentences: part of speech, features and dependency tree of every word.

slovnet (Kukushkin 2020, trained on the Nerus corpus in Universal Dependencies) with navec embeddings; both models are
small numpy networks whose weights lie in the natasha wheel. That package itself is never imported: it wants the
unmaintained pymorphy2.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pipeline.errors import PalladiusError
from pipeline.languages.russian import vectors
from pipeline.languages.russian.analyse import Analysis, analyses, fold, tokenise
from pipeline.languages.russian.analyse import Token as PlainToken
from pipeline.languages.russian.networks import Networks

_CASE: Final = {
    "Nom": "nom",
    "Gen": "gen",
    "Dat": "dat",
    "Acc": "acc",
    "Ins": "ins",
    "Loc": "prp",
    "Par": "gen",
    "Voc": "voc",
}
_GENDER: Final = {"Masc": "m", "Fem": "f", "Neut": "n"}
_NUMBER: Final = {"Sing": "sg", "Plur": "pl"}
_POS: Final = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN",),
    "ADJ": ("ADJF", "ADJS", "PRTF", "COMP"),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN", "GRND"),
    "DET": ("ADJF",),
    "PRON": ("NPRO", "ADJF"),
    "NUM": ("NUMR", "ADJF"),
    "ADV": ("ADVB", "COMP", "PRED"),
    "ADP": ("PREP",),
    "CCONJ": ("CONJ",),
    "SCONJ": ("CONJ",),
    "PART": ("PRCL",),
    "INTJ": ("INTJ",),
}
_STOP: Final = frozenset(".!?…")
_SHORT: Final = re.compile(
    r"(?i:г|гг|в|вв|т|е|д|п|др|пр|им|ул|д|стр|с|см|ст|рис|табл|тыс|млн|млрд|трлн|руб|долл|коп|чел|экз|обл|р|о|оз|проф|акад|ген|"
    r"янв|фев|февр|апр|авг|сент|окт|нояб|дек|ок|напр|ред|изд|тел|зам|гл|пос|пр|шт|кв|куб)|[А-ЯЁA-Z]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence. `start`, `end`: code points of the text; pos, feats, rel: Universal Dependencies v2, but
    feats has the values of this package under case, number, gender (nom gen dat acc ins prp; sg pl; m f n) and
    animate ("yes", "no"); head: index in the sentence, -1 for the root.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    feats: Mapping[str, str]
    head: int
    rel: str


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    tokens: tuple[Token, ...]

    def children(self, index: int) -> tuple[int, ...]:
        return tuple(at for at, token in enumerate(self.tokens) if token.head == index)

    def at(self, offset: int) -> int:
        """Index of the token that covers or follows the code point `offset`; the number of tokens after the last."""
        return next((index for index, token in enumerate(self.tokens) if token.end > offset), len(self.tokens))


_lock = threading.Lock()


def _weights() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        raise PalladiusError("the Russian syntax weights are missing", hint="pip install natasha")
    return Path(spec.origin).parent / "data"


@lru_cache(maxsize=1)
def _networks() -> Networks:
    return Networks.load(_weights() / "model", vectors.table())


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[PlainToken, ...], ...]:
    """Tokens of `text` by sentence: a stop ends one unless an abbreviation, initial or small letter speaks against."""
    found: list[tuple[PlainToken, ...]] = []
    current: list[PlainToken] = []
    tokens = tokenise(text)
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        gap = text[token.end : following.start] if following else "\n"
        ended = "\n" in gap
        if token.text in _STOP or (token.text in "»”)" and len(current) > 1 and current[-2].text in _STOP):
            before = current[-2].text if len(current) > 1 else ""
            capital = following is not None and not following.text[:1].islower() and following.text not in ",;:—)»"
            ended = ended or (bool(gap) and capital and not (token.text == "." and _SHORT.fullmatch(before)))
        if ended or len(current) >= 400:
            found.append(tuple(current))
            current = []
    if current:
        found.append(tuple(current))
    return tuple(found)


_ahead: dict[str, tuple[Sentence, ...]] = {}  # what `parse_all` made and `parse` was not asked for yet
_MOST: Final = 2048


@lru_cache(maxsize=_MOST)
def parse(text: str) -> tuple[Sentence, ...]:
    """Sentences of `text` with their trees. Loads the models once; safe to call from several threads."""
    made = _ahead.pop(text, None)
    return _parsed((text,))[0] if made is None else made


def parse_all(texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
    """`parse` for several texts at once, in batches of sentences of like length (about twice as fast); kept for it."""
    made = _parsed(texts)
    if len(_ahead) > _MOST:
        _ahead.clear()
    _ahead.update(zip(texts, made, strict=True))
    return made


def _parsed(texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
    cut = [sentences(text) for text in texts]
    flat = [(place, sentence) for place, found in enumerate(cut) for sentence in found]
    order = sorted(range(len(flat)), key=lambda index: len(flat[index][1]))
    words = [[token.text for token in flat[index][1]] for index in order]
    with _lock:
        read = list(_networks().read(words))
    made = {index: _sentence(flat[index][1], *told) for index, told in zip(order, read, strict=True)}
    out: list[list[Sentence]] = [[] for _ in texts]
    for index, (place, _) in enumerate(flat):
        out[place].append(made[index])
    return [tuple(found) for found in out]


def _sentence(
    words: tuple[PlainToken, ...], tags: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> Sentence:
    tokens = []
    for index, (word, tag, head, relation) in enumerate(zip(words, tags, heads, relations, strict=True)):
        pos, feats = _told(tag)
        lemma = _lemma(word.text, pos, feats.get("case", ""), feats.get("number", ""))
        tokens.append(
            Token(word.start, word.end, word.text, lemma, pos, feats, -1 if head == index + 1 else head - 1, relation)
        )
    return Sentence(words[0].start, words[-1].end, tuple(tokens))


@lru_cache(maxsize=4096)
def _told(tag: str) -> tuple[str, Mapping[str, str]]:
    """Part of speech and features of a tag, "ADJ|Case=Gen|Number=Plur"."""
    pos, *listed = tag.split("|")
    feats = {name: value for name, _, value in (item.partition("=") for item in sorted(listed))}
    named = {
        "case": _CASE.get(feats.pop("Case", ""), ""),
        "number": _NUMBER.get(feats.pop("Number", ""), ""),
        "gender": _GENDER.get(feats.pop("Gender", ""), ""),
        "animate": {"Anim": "yes", "Inan": "no"}.get(feats.pop("Animacy", ""), ""),
    }
    return pos, MappingProxyType({**{name: value for name, value in named.items() if value}, **feats})


@lru_cache(maxsize=1 << 16)
def _lemma(word: str, pos: str, case: str, number: str) -> str:
    readings = analyses(word) if word[:1].isalpha() else ()
    if not readings:
        return fold(word)
    wanted = _POS.get(pos, ())

    def fit(a: Analysis) -> int:
        return (
            4 * (len(wanted) - wanted.index(a.pos) if a.pos in wanted else 0)
            + 2 * (a.case == case)
            + (a.number == number)
        )

    return fold(max(readings, key=fit).lemma)
