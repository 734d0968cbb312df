"""How far a rendering of a Chinese name is from the official one, and what a wrong one was meant to be.

People who do not know the Palladius system read pinyin letter by letter («Гуоюэ», «Жао», «Бейдзин», «Кси»): such
confusions are cheap in the distance, so that a wrongly spelt name is found in a target and a different name is not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.languages import palladius
from pipeline.languages.chinese import has_han
from pipeline.languages.palladius_table import TABLE

# One sound, several letters: matched longest first, so that «чж» is not «ч» and «ж».
_UNITS = re.compile("дз|цз|дж|чж|тс|кс|ц|ч|[а-яё]")
_HUSHING = frozenset(("чж", "ж", "дж", "ч", "ш", "щ", "дз", "цз", "ц", "з", "тс", "с", "кс"))
_SIBILANTS = (
    frozenset(("чж", "ж", "дж")),
    frozenset(("цз", "дз", "з", "дж", "тс", "ц")),
    frozenset(("ц", "ч", "тс")),
    frozenset(("с", "ш", "щ", "кс", "х")),
    frozenset(("ч", "чж")),
    frozenset(("ц", "к")),
)
_VOWELS = (frozenset("аяэ"), frozenset("эеиыё"), frozenset("оуюё"), frozenset("ий"), frozenset("уюв"))
_STOPS = (frozenset("бп"), frozenset("дт"), frozenset("гкх"), frozenset("жр"), frozenset("вуф"))
_SIGNS = frozenset("ьъй")
# Case endings a rendering may carry where the official form is in the nominative.
_ENDINGS = ("ом", "ем", "ём", "ой", "ей", "а", "у", "е", "я", "ю", "ы", "и")


def _units(word: str) -> list[str]:
    return _UNITS.findall(word)


@cache
def _swap(left: str, right: str) -> float:
    """Cost of one sound for another, 0..1."""
    if left == right:
        return 0.0
    if {left, right} in ({"е", "э"}, {"ё", "е"}, {"и", "ы"}):
        return 0.15
    for group in _SIBILANTS + _VOWELS + _STOPS:
        if left in group and right in group:
            return 0.35
    if left in _HUSHING and right in _HUSHING:
        return 0.6
    return 1.0


@cache
def _drop(unit: str, before: str, after: str) -> float:
    """Cost of a sound that one side lacks, with its neighbours on the side that has it."""
    if unit in _SIGNS:
        return 0.15
    if (unit == "г" and before == "н") or (unit == before):  # -ng written out; a doubled letter
        return 0.25
    if unit in "иуюйе" and (after in "аеёиоуыэюя" or before in "аеёиоуыэюя") and (before or after):  # guo -> «гуо»
        return 0.35
    return 1.0


@lru_cache(maxsize=65536)
def _edit(left: str, right: str) -> float:
    """Weighted edit distance over sounds, divided by the longer number of sounds; 0..1."""
    one, two = _units(left), _units(right)
    if not one or not two:
        return 0.0 if one == two else 1.0
    near = [*one, ""], [*two, ""]
    cost_two = [_drop(unit, two[at - 1] if at else "", near[1][at + 1]) for at, unit in enumerate(two)]
    row = [0.0]
    for cost in cost_two:
        row.append(row[-1] + cost)
    for at, unit in enumerate(one):
        dropped = _drop(unit, one[at - 1] if at else "", near[0][at + 1])
        fresh = [row[0] + dropped]
        for other, cost in enumerate(cost_two):
            fresh.append(min(row[other] + _swap(unit, two[other]), row[other + 1] + dropped, fresh[other] + cost))
        row = fresh
    return min(1.0, row[-1] / max(len(one), len(two)))


def _stems(word: str) -> list[str]:
    """The word, and what is left of it without a case ending, also with ь or й put back."""
    found = [word]
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 2 and word.endswith(ending):
            stem = word[: -len(ending)]
            found += [stem, stem + "ь", stem + "й"] if ending[0] in "еёяюи" else [stem]
    return found


def _cyrillic(text: str) -> str:
    if re.search("[A-Za-z]", text):
        return palladius.from_pinyin(text) or text
    return text


def distance(rendering: str, official: str, inflected: bool = True) -> float:
    """0.0 for the same name, 1.0 for nothing in common; under 0.25 is very likely the same name misspelt.

    Case, spaces, hyphens and the order of surname and given name do not count; with `inflected` a case ending on the
    last letters of `rendering` does not either. `rendering` may be Latin; pinyin in it is put into Cyrillic first.
    Two right names can be near too (Шэньси and Шаньси, Хань Чжэн and Хань Чжэнь): ask first whether the rendering
    is itself the right name of somebody else in the text.
    """
    left = re.split(r"[\s\-]+", _cyrillic(rendering).lower().strip())
    right = re.split(r"[\s\-]+", _cyrillic(official).lower().strip())
    best = _aligned(left, right, inflected)
    if len(left) > 1 and best:
        best = min(best, 0.05 + _aligned(left[1:] + left[:1], right, inflected))
    return min(1.0, best)


def _aligned(left: list[str], right: list[str], inflected: bool) -> float:
    """Distance with the words in this order; where they stand in pairs, the worse pair weighs most."""
    whole, goal = "".join(left), "".join(right)
    if whole == goal:
        return 0.0
    joined = min(_edit(form, goal) for form in (_stems(whole) if inflected else [whole]))
    if len(left) != len(right) or len(left) == 1:
        return joined
    pairs = [
        min(_edit(form, two) for form in (_stems(one) if inflected and one != two else [one]))
        for one, two in zip(left, right, strict=True)
    ]
    mean = sum(cost * len(word) for cost, word in zip(pairs, right, strict=True)) / len(goal)
    mixed = (max(pairs) + mean) / 2
    return mixed if max(pairs) == 0 else max(mixed, min(joined, mean))


def _pseudo(latin: str) -> set[str]:
    """How a pinyin syllable is misread letter by letter: guo -> «гуо», zhen -> «жень», «джен», «чжень»..."""
    initial = re.match("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?", latin)
    assert initial is not None
    head, tail = initial.group(), latin[initial.end() :]
    heads = {
        "zh": ("чж", "ж", "дж"),
        "ch": ("ч",),
        "sh": ("ш",),
        "j": ("дж", "дз", "ж", "цз"),
        "q": ("ч", "к", "ц"),
        "x": ("кс", "ш", "с", "х"),
        "r": ("р", "ж"),
        "z": ("з", "дз", "цз"),
        "c": ("с", "к", "ц"),
        "h": ("х", "г"),
        "y": ("й", ""),
        "w": ("в", "у"),
        "": ("",),
    }
    first = heads.get(head) or (TABLE[head + "a"][0] if head + "a" in TABLE else "",)
    plain = tail.replace("ng", "N").replace("ü", "u")
    tails = [plain]
    for letter, written in (
        *(("a", "а"), ("o", "о"), ("i", "и"), ("u", "у"), ("r", "р")),
        *(("e", "е|э"), ("N", "нг|н"), ("n", "н|нь")),
    ):
        tails = [piece.replace(letter, choice) for piece in tails for choice in written.split("|")]
    tails += [piece[:-1] + "й" for piece in tails if len(piece) > 1 and piece.endswith("и")]
    for pair, letter in (("иа", "я"), ("иу", "ю"), ("ие", "е"), ("юа", "юа"), ("уо", "о")):
        tails += [piece.replace(pair, letter) for piece in tails if piece.startswith(pair)]
    return {one + two for one in first for two in tails} - {""}


@lru_cache(maxsize=1)
def _misreadings() -> dict[str, tuple[str, ...]]:
    """Wrong Cyrillic syllable -> the right ones it may stand for."""
    found: dict[str, set[str]] = {}
    for latin, right in TABLE.items():
        if latin in ("ê", "m", "n", "ng", "hm", "hng"):
            continue
        for wrong in _pseudo(latin) | {right, right.replace("э", "е"), right.replace("ь", "")}:
            found.setdefault(wrong, set()).add(right)
    return {wrong: tuple(sorted(right)) for wrong, right in found.items()}


def _meant(word: str) -> set[str]:
    """Right spellings that a word of wrong syllables may be meant for, those of the fewest syllables."""
    table = _misreadings()
    longest = max(map(len, table))
    found: dict[int, set[str]] = {}

    def walk(at: int, done: list[str]) -> None:
        if at == len(word):
            text = done[0]
            for part in done[1:]:
                text += ("ъ" if text.endswith("н") and part[0] in "аоуэыиеёюя" else "") + part
            found.setdefault(len(done), set()).add(text)
        elif len(done) < 4 and sum(map(len, found.values())) < 256:
            for size in range(min(longest, len(word) - at), 0, -1):
                for right in table.get(word[at : at + size], ()):
                    walk(at + size, [*done, right])

    walk(0, [])
    return found[min(found)] if found else set()


@lru_cache(maxsize=8192)
def reads(word: str) -> bool:
    """Is the word (small letters) a row of syllables, right ones or ones misread letter by letter?"""
    return re.fullmatch("[а-яёъ'-]+", word) is not None and bool(_meant(word.replace("-", "")))


def mistakes(rendering: str, source: str = "") -> str | None:
    """The right spelling of a misspelt Chinese name, or None where nothing is wrong or nothing can be told.

    With `source` (Han, or the official Cyrillic or pinyin form) the answer is that name whenever `rendering` is close
    to it and not the same: «Ши Гуоюэ», 石国岳 -> «Ши Гоюэ». Without it only what cannot be Palladius is called wrong,
    and only where a single reading explains it: «Гуоюэ» -> «Гоюэ», «Бейдзин» -> «Бэйцзин».
    """
    if source:
        right = palladius.name(source) if has_han(source) else _cyrillic(source)
        return right if rendering != right and distance(rendering, right, inflected=False) <= 0.4 else None
    words = [_one(word) for word in rendering.split()]
    if any(word is None for word in words):
        return None
    spelt = " ".join(word for word in words if word)
    return spelt if spelt != rendering else None


def _one(word: str) -> str | None:
    text = word.lower()
    if not re.fullmatch("[а-яёъ'-]+", text):
        return None
    if palladius.is_palladius(text):
        return word
    bare = text.replace("-", "")
    meant = _meant(bare) if bare else set()
    if not meant:
        return None
    ranked = sorted((_edit(text, right), right) for right in meant)
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 0.005:
        return None
    return ranked[0][1].capitalize() if word[:1].isupper() else ranked[0][1]


def official(han: str, rendering: str) -> tuple[str, float]:
    """The official Cyrillic of a Han name and how far `rendering` is from it."""
    right = palladius.name(han)
    return right, distance(rendering, right)
