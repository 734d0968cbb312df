"""Russian names in Chinese and in English, and names of Chinese people between Russian and English.

To Chinese: 俄汉译音表 (Xinhua), with the characters that women's names take (伊万诺娃, 斯卡娅) and tradition first.
To English: BGN/PCGN 1947, simplified as Russian government pages do it: no apostrophes for ь and ъ, -ий and -ый
written -y, й at the end of a syllable written i, ё written yo but e after ж, ч, ш, щ; names with an English tradition
(Alexander, Moscow) keep it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import palladius, palladius_names, pinyin, pinyin_tables
from pipeline.languages import transcription_tables as tables
from pipeline.languages.names_foreign import russian_people
from pipeline.languages.transcription_tables import SYLLABLES

_VOWELS = "аеёиоуыэюя"
_CONSONANTS = "бвгджзйклмнпрстфхцчшщ"
_SEPARATOR = "·"
_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


def _unyo(word: str) -> str:
    return word.replace("ё", "е").replace("Ё", "Е")


def _lookup(table: object, word: str) -> str | None:
    """The entry for `word`; a word written without ё finds its entry with ё."""
    assert hasattr(table, "items")
    for key, value in table.items():
        if key == word or _unyo(key) == word:
            return str(value)
    return None


def to_english(name: str) -> str:
    """A Russian name in English: «Сергей Викторович Лавров» -> "Sergei Viktorovich Lavrov".

    A Palladius name (surname and given name) goes through pinyin instead: «Ван И» -> "Wang Yi".
    """
    if chinese := chinese_to_english(name):
        return chinese
    known = _lookup(tables.ENGLISH, name)
    return known or re.sub("[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*", lambda match: _english(match.group()), name)


def _english(word: str) -> str:
    known = _lookup(tables.ENGLISH, word)
    if known:
        return known
    if "-" in word:
        return "-".join(_english(part) for part in word.split("-"))
    text = re.sub("(ий|ый)$", "ы", word.lower())
    out = ""
    for at, char in enumerate(text):
        before = text[at - 1] if at else " "
        if char in "её":
            iotated = before in _VOWELS + "ьъй "
            if char == "ё":
                out += "e" if before in "жчшщ" else "yo"
            else:
                out += "ye" if iotated else "e"
        elif char == "й":
            out += _short_i(text, at, before)
        else:
            out += _LATIN[char]
    return out[:1].upper() + out[1:] if word[:1].isupper() else out


def _short_i(text: str, at: int, before: str) -> str:
    """й: Nikolai, Zaitsev; Tolstoy; Ussuriysk; Mayorov; Yens (Йенс), where the е that follows has the y already."""
    after = text[at + 1 : at + 2]
    if after == "е":
        return ""
    closes = before in _VOWELS and after not in tuple(_VOWELS)
    return "i" if closes and before != "и" and text[at - 1 :] != "ой" else "y"


def chinese_to_english(name: str) -> str | None:
    """«Ван Цзюньчжэн» -> "Wang Junzheng"; None for what is not a Chinese surname and given name in Palladius."""
    if name in _traditional():
        return palladius.to_pinyin(name)[0]
    found = russian_people(name, every=True)
    if len(found) == 1 and len(found[0].span) == len(name):
        candidates = palladius.to_pinyin(name)
        return pinyin.official(candidates[0]) if candidates else None
    return None


def chinese_to_russian(name: str) -> str | None:
    """ "Wang Junzheng" -> «Ван Цзюньчжэн»; None for what is not pinyin."""
    return palladius.from_pinyin(name)


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return frozenset(name for han, name in palladius_names.PEOPLE.items() if han in pinyin_tables.PEOPLE)


def gender(name: str) -> str:
    """m or f by the surname's and patronymic's endings, "" where they do not tell (Матвиенко, Новак)."""
    words = name.split()
    for word in reversed(words):
        if re.search("(ович|евич|ьич|[ое]в|ёв|ин|ын|ский|цкий|ской|цкой)$", word):
            return "m"
        if re.search("(овна|евна|ична|[ое]ва|ёва|ина|ына|ская|цкая)$", word):
            return "f"
    return ""


def to_chinese(name: str, woman: bool | None = None) -> str:
    """A Russian name in Chinese: «Иванова» -> 伊万诺娃, «Сергей Лавров» -> 谢尔盖·拉夫罗夫.

    A Chinese name in Palladius has no Chinese spelling that could be told from it: "" unless tradition knows it.
    `woman` chooses the characters of women's names where the ending does not tell.
    """
    known = _lookup(tables.PLACES, name)
    if known:
        return known
    if chinese_to_english(name):
        return next((han for han, russian in palladius_names.PEOPLE.items() if russian == name), "")
    female = woman if woman is not None else gender(name) == "f"
    words = re.split(r"\s+|(?<=\.)(?=[А-ЯЁ])", name.strip())
    return _SEPARATOR.join(_chinese(word.rstrip("."), female) for word in words if word)  # 伊·伊·伊万诺夫


def _chinese(word: str, female: bool) -> str:
    if not re.search("[А-Яа-яЁё]", word):
        return word
    for table in (tables.GIVEN, tables.SURNAMES, tables.PLACES):
        if found := _lookup(table, word):
            return found
    if found := _lookup(tables.PATRONYMICS, re.sub("(ов|ев)на$", "\\1ич", word)):
        return found.removesuffix("维奇") + "夫娜" if word.endswith("на") else found
    if female and (male := _male(word)):
        known = _lookup(tables.SURNAMES, male)
        if known and known.endswith("夫"):
            return known[:-1] + "娃"
        if known and word.endswith(("ская", "цкая")) and known.endswith("基"):
            return known[:-1] + "卡娅"
        if known and word.endswith("на"):
            return known.replace("林", "琳") + "娜" if known.endswith("林") else known + "娜"
    if "-" in word:
        return "-".join(_chinese(part.capitalize(), female) for part in word.split("-"))
    return _spell(word.lower(), female)


def _male(word: str) -> str | None:
    """The man's form of a woman's surname."""
    for ending, instead in (
        ("ская", "ский"),
        ("цкая", "цкий"),
        ("ова", "ов"),
        ("ева", "ев"),
        ("ёва", "ёв"),
        ("ина", "ин"),
    ):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return None


def _prepare(word: str) -> str:
    """Letters to sounds: endings, doubled and silent consonants, signs."""
    word = re.sub("(ий|ый)$", lambda match: "и" if match[1] == "ий" else "ы", word)
    word = re.sub("([тд])ск", "цк", word)
    word = re.sub("([бвгджзклмнпрстфхцчшщ])\\1", "\\1", word)
    word = word.replace("ъ", "")
    word = re.sub("ь(?=[яеёюи])", "иЬ", word)  # Васильев: ли + е; Ильин: ли + ин
    word = word.replace("иЬи", "и").replace("Ь", "")
    word = re.sub("нь(?=[" + _CONSONANTS + "]|$)", "н", word)
    return re.sub("м(?=[бп])", "н", word)


_LAST = {"на": "娜", "ва": "娃", "я": "娅", "ля": "莉亚", "ка": "卡", "са": "莎", "ма": "玛", "ша": "莎", "ня": "尼娅"}


def _spell(word: str, female: bool) -> str:
    if female:
        for ending, han in (("ская", "斯卡娅"), ("цкая", "茨卡娅")):
            if word.endswith(ending):
                return _spell(word[: -len(ending)], False) + han if len(word) > 4 else han
        if word.endswith("ина") and len(word) > 4:
            stem = _spell(word[:-1], False)
            return (stem[:-1] + "琳" if stem.endswith("林") else stem) + "娜"
    if word.endswith("град") and len(word) > 6:
        return _spell(word[:-4], False) + "格勒"
    text = _prepare(word)
    out = ""
    at = 0
    while at < len(text):
        size, han = _syllable(text, at)
        if female and at + size == len(text) and text[at:] in _LAST:
            han = _LAST[text[at:]]
        out += han
        at += size
    return out


def _syllable(text: str, at: int) -> tuple[int, str]:
    """The longest entry of the table at `at`: consonant, vowel, and н or й where they close the syllable."""
    start = at
    consonant = ""
    if text[at : at + 2] in ("дж", "дз") and text[at + 2 : at + 3] in _VOWELS:
        consonant = text[at : at + 2]
    elif text[at] in _CONSONANTS:
        consonant = text[at]
    elif text[at] not in _VOWELS:
        return 1, "" if text[at] == "ь" else text[at]
    at += len(consonant)
    vowel = text[at : at + 1] if text[at : at + 1] in _VOWELS and text[at : at + 1] else ""
    if not vowel:
        return _bare(text, start, consonant)
    at += 1
    if consonant == "" and vowel == "е" and start == 0:
        closed = _closing(text, at)
        return (2, SYLLABLES["", "ен"]) if closed == "н" else (1, "叶")
    if start == 0 and vowel == "я" and not consonant and _closing(text, at) != "н":
        return 1, "雅"
    closing = _closing(text, at)
    if closing and (found := SYLLABLES.get((consonant, vowel + closing))):
        return at + 1 - start, found
    if closing == "й" and at + 1 == len(text) and vowel in "еи":
        return at + 1 - start, SYLLABLES[consonant, vowel]
    return at - start, _cell(consonant, vowel)


def _closing(text: str, at: int) -> str:
    """н or й at `at` that belongs to the syllable before it: no vowel follows."""
    char = text[at : at + 1]
    return char if char in ("н", "й") and text[at + 1 : at + 2] not in tuple(_VOWELS) else ""


def _cell(consonant: str, vowel: str) -> str:
    found = SYLLABLES.get((consonant, vowel))
    if found:
        return found
    near = {"я": "а", "ё": "о", "ю": "у", "э": "е", "ы": "и"}[vowel]
    return SYLLABLES[consonant, near]


def _bare(text: str, start: int, consonant: str) -> tuple[int, str]:
    """A consonant without a vowel, perhaps with a soft sign."""
    soft = text[start + len(consonant) : start + len(consonant) + 1] == "ь"
    last = start + len(consonant) + soft == len(text)
    if start == 0 and consonant in "вф":
        return 1 + soft, "弗"
    if start == 0 and consonant in "лр":
        return 1 + soft, "利" if soft else "勒"
    if soft and not last and consonant in "лрвбмпсф":
        return 2, SYLLABLES[consonant, "и"]
    if soft and consonant in "тд":
        return 2, "季"
    return 1 + soft, SYLLABLES[consonant, ""]


def is_place(name: str) -> bool:
    """Is the Russian name one of the places of the table?"""
    return _lookup(tables.PLACES, name) is not None
