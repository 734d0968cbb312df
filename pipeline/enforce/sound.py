"""How alike two names sound, across scripts and systems of transcription.

A name becomes a row of sound classes (all affricates are one class, voiced and voiceless stops another pair, vowels
five); the distance is Levenshtein's over classes, vowels at a lower price. Thus «Ван Юньчженом», «Ванг Джунженг» and
Wang Junzheng come close to Ван Цзюньчжэн in its case forms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _table(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of letters and class from "чж цз:J нг:N", longest letters first; "ь:" stands for nothing."""
    pairs = [
        (letters, group.partition(":")[2]) for group in text.split() for letters in group.partition(":")[0].split(",")
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_RU = _table(
    "чж,цз,дж,дз,тч,тц,тс,чь,ч,ц,ж,з:J кс,сь,ш,щ,с:S нг,нъ,нь,н:N м:M г,к:K х:H б,п:P д,т:T л:L р:R ф:F в:W "
    "ю:Yu я:Ya у:u о,ё:o а:a э,е:e и,ы,й:i ь,ъ:"
)
_EN = _table(
    "chzh,tsz,tch,zh,ch,ts,q,j,z,c:J sh,x,s:S ng,n:N ph,f:F th,d,t:T kh,h:H m:M g,k:K b,p:P l:L r:R w,v:W y,i:i u:u "
    "o:o a:a e:e"
)
_VOWELS = frozenset("aeiou")


def _codes(word: str) -> str:
    cyrillic = any("а" <= char <= "я" or char == "ё" for char in word)
    table = _RU if cyrillic else _EN
    out = []
    at = 0
    while at < len(word):
        for text, code in table:
            if word.startswith(text, at):
                out.append(code)
                at += len(text)
                break
        else:
            at += 1
    joined = "".join(out).replace("Y", "i")
    return re.sub(r"(.)\1+", r"\1", joined)


@lru_cache(maxsize=1 << 15)
def sound(text: str) -> str:
    """Sound classes of a name, words joined: the border between syllables is written in many ways."""
    plain = unicodedata.normalize("NFD", text.lower().replace("й", "\uffff").replace("ё", "\ufffe"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = plain.replace("\uffff", "й").replace("\ufffe", "ё")
    return "".join(_codes(word) for word in re.findall(r"[a-zа-яё]+", plain))


def _price(char: str) -> float:
    return 0.5 if char in _VOWELS else 1.0


def _change(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a in _VOWELS and b in _VOWELS:
        return 0.35
    if (
        {a, b} <= {"J", "S", "R"}
        or {a, b} <= {"N", "M"}
        or {a, b} <= {"H", "K"}
        or {a, b} <= {"W", "u"}
        or {a, b} <= {"J", "T"}
    ):
        return 0.5
    if {a, b} <= {"J", "i"} or {a, b} <= {"W", "F"} or {a, b} <= {"K", "J"}:
        return 0.7
    return 1.2 if (a in _VOWELS) != (b in _VOWELS) else 1.0


@lru_cache(maxsize=1 << 15)
def likeness(left: str, right: str) -> float:
    """0..1, 1 for names that sound the same. Both as written, in Cyrillic or Latin letters."""
    a, b = sound(left), sound(right)
    if not a or not b:
        return 0.0
    row = [0.0]
    for char in b:
        row.append(row[-1] + _price(char))
    for x in a:
        previous, row = row, [row[0] + _price(x)]
        for index, y in enumerate(b, start=1):
            row.append(min(previous[index] + _price(x), row[-1] + _price(y), previous[index - 1] + _change(x, y)))
    whole = max(sum(map(_price, a)), sum(map(_price, b)))
    return max(0.0, 1.0 - row[-1] / whole)
