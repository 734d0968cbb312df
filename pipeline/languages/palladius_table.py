"""The Palladius system, syllable by syllable: toneless pinyin and the Cyrillic that stands for it.

Source: the table of Archimandrite Palladius (Kafarov) as fixed in the Chinese-Russian dictionary edited by
I. M. Oshanin and followed by Russian official practice. The system is regular: a Cyrillic initial and a Cyrillic
final; what is written out here is which of the combinations exist, the zero-initial row, and the one exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def pairs(text: str) -> Mapping[str, str]:
    """A table written as "key=value; key=value", on as many lines as it takes. ValueError for a key given twice."""
    table: dict[str, str] = {}
    for item in text.replace("\n", ";").split(";"):
        key, equals, value = item.strip().partition("=")
        if equals and key in table:
            raise ValueError(f"{key} stands twice in a table")
        if equals:
            table[key] = value
    return MappingProxyType(table)


def listed(text: str) -> tuple[str, ...]:
    """Words written with spaces between them, on as many lines as it takes."""
    return tuple(text.split())


INITIALS = pairs(
    """
    b=б; p=п; m=м; f=ф; d=д; t=т; n=н; l=л; g=г; k=к; h=х; j=цз; q=ц; x=с; zh=чж; ch=ч; sh=ш; r=ж; z=цз; c=ц
    s=с
    """
)

FINALS = pairs(
    """
    a=а; o=о; e=э; i=и; u=у; ü=юй; y=ы; ai=ай; ei=эй; ao=ао; ou=оу; an=ань; en=энь; ang=ан; eng=эн; ong=ун
    ia=я; ie=е; iao=яо; iu=ю; ian=янь; in=инь; iang=ян; ing=ин; iong=юн; ua=уа; uo=о; uai=уай; ui=уй
    uan=уань; un=унь; uang=уан; üe=юэ; üan=юань; ün=юнь
    """
)

# Which finals an initial takes. After j, q, x the letter u is ü; after z, c, s the letter i is written ы.
ROWS: Mapping[str, str] = MappingProxyType(
    {
        "b": "a o i u ai ei ao an en ang eng ie iao ian in ing",
        "p": "a o i u ai ei ao ou an en ang eng ie iao ian in ing",
        "m": "a o e i u ai ei ao ou an en ang eng ie iao iu ian in ing",
        "f": "a o u ei ou an en ang eng",
        "d": "a e i u ai ei ao ou an en ang eng ong ia ie iao iu ian ing uo ui uan un",
        "t": "a e i u ai ei ao ou an ang eng ong ie iao ian ing uo ui uan un",
        "n": "a e i u ü ai ei ao ou an en ang eng ong ie iao iu ian in iang ing uo uan un üe",
        "l": "a o e i u ü ai ei ao ou an ang eng ong ia ie iao iu ian in iang ing uo uan un üe üan",
        "g": "a e u ai ei ao ou an en ang eng ong ua uo uai ui uan un uang",
        "k": "a e u ai ei ao ou an en ang eng ong ua uo uai ui uan un uang",
        "h": "a e u ai ei ao ou an en ang eng ong ua uo uai ui uan un uang",
        "j": "i ia ie iao iu ian in iang ing iong ü üe üan ün",
        "q": "i ia ie iao iu ian in iang ing iong ü üe üan ün",
        "x": "i ia ie iao iu ian in iang ing iong ü üe üan ün",
        "zh": "a e i u ai ei ao ou an en ang eng ong ua uo uai ui uan un uang",
        "ch": "a e i u ai ao ou an en ang eng ong ua uo uai ui uan un uang",
        "sh": "a e i u ai ei ao ou an en ang eng ua uo uai ui uan un uang",
        "r": "e i u ao ou an en ang eng ong ua uo ui uan un",
        "z": "a e y u ai ei ao ou an en ang eng ong uo ui uan un",
        "c": "a e y u ai ao ou an en ang eng ong uo ui uan un",
        "s": "a e y u ai ao ou an en ang eng ong uo ui uan un",
    }
)

ZERO = (
    "a а|o о|e э|ê э|ai ай|ei эй|ao ао|ou оу|an ань|en энь|ang ан|eng эн|er эр|"
    "yi и|ya я|yo йо|ye е|yai яй|yao яо|you ю|yan янь|yin инь|yang ян|ying ин|yong юн|"
    "wu у|wa ва|wo во|wai вай|wei вэй|wan вань|wen вэнь|wang ван|weng вэн|"
    "yu юй|yue юэ|yuan юань|yun юнь|m м|n н|ng н|hm хм|hng хн"
)


def _build() -> dict[str, str]:
    table = dict(pair.split(" ") for pair in ZERO.split("|"))
    for initial, row in ROWS.items():
        for final in row.split(" "):
            spelt = final.replace("y", "i")
            if initial in "jqx":
                spelt = spelt.replace("ü", "u")
            table[initial + spelt] = INITIALS[initial] + FINALS[final]
    table["hui"] = "хуэй"  # the regular spelling is an obscene word
    return table


TABLE: Mapping[str, str] = MappingProxyType(_build())
"""Toneless pinyin with ü -> Cyrillic, 413 syllables with the interjections."""


def _inverse() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for syllable, cyrillic in TABLE.items():
        if syllable not in ("ê", "m", "n", "ng", "hm", "hng"):  # interjections
            found.setdefault(cyrillic, []).append(syllable)
    found["хой"] = ["hui"]  # place names: Аньхой, Хойчжоу
    for cyrillic, syllables in found.items():  # го is guo; ло is luo far oftener than lo
        syllables.sort(key=lambda syllable: (not syllable.endswith("uo"), syllable))
        found[cyrillic] = syllables
    return {cyrillic: tuple(syllables) for cyrillic, syllables in found.items()}


INVERSE: Mapping[str, tuple[str, ...]] = MappingProxyType(_inverse())
"""Cyrillic syllable -> the pinyin syllables it stands for, likeliest first."""
