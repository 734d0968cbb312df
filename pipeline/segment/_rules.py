"""Where a border that the library found is none: one function a language, `left` goes back to the last border."""

from __future__ import annotations

import re

from pipeline.languages.abbreviations import (
    AFTER_AMOUNT,
    MAY_BE_LAST,
    NEEDS_NUMBER,
    NEVER_LAST,
    PREPOSITIONS_RU,
    SAYING_ZH,
    STARTERS,
    UNITS,
)
from pipeline.model import Lang

_WINDOW = 400  # how far back a rule looks
_LAST_WORD = re.compile(r"(?<![\w·])([\w·-]+(?:\.\s?\w+)*)\.$")
_FIRST_WORD = re.compile(r"[\s«“\"(]*([\w-]+)")
_INITIAL = re.compile(r"(?:^|[\s(«“\".])[A-ZА-ЯЁ]\.$")
_NUMBERING = re.compile(
    r"(?:[(\[«“\"]?(?:раздел|глава|статья|часть|пункт|приложение|п\.|ст\.|гл\.|ч\.|chapter|section|article|part|annex|art\.|"
    r"sec\.)\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-zА-Яа-яЁё])[.)．]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d\s?(?:г|гг|в|вв)\.$|[IVX]\s(?:в|вв)\.$|(?<!\w)[ст]\.\s?г\.$")
_AMOUNT = re.compile(r"(?:\d|\b(?:тыс|млн|млрд|трлн)\.?)\s?(?:[\w·]+[./]?\s?)?[\w·]+\.$")
_VERB = re.compile(r"(?:[аеиоуыяё]л|[аеиыуяё]л[аои]|[еиуюая]т|[её]н|[её]н[аоы]|ся|сь|ть)\Z")
_SAID = re.compile(r"[,!?…»”]\s*[—–]\s+[а-яё]")
_FIRM = re.compile(r"(?:Inc|Corp|Ltd|Co)\b")
_CLOSERS = "”’」』）》〉】〕»)]\"'"
_FOLLOWERS = "，。、；：！？,;:.!?…%‰"
_CJK = re.compile(r"[\u3400-\u9fff]")
_SAYING = re.compile("|".join(sorted(SAYING_ZH)))
_OPENING = {"”": "“", "’": "‘", "」": "「", "』": "『"}


def tied(left: str, right: str, lang: Lang) -> bool:
    """Does `right` go on with the sentence of `left`?"""
    rest = right.lstrip()
    body = left.rstrip()
    if not body or not body.strip() or not rest:
        return True
    if {"\n", "\t"} & {*left[len(body) :], *right[: len(right) - len(rest)]}:
        return rest[0] in _CLOSERS
    if lang == "zh":
        return _tied_zh(body, rest)
    if (rest[0] in _CLOSERS and rest[0] not in "\"'") or rest[0] in _FOLLOWERS:
        return True
    if rest[0] in "\"'" and (len(rest) == 1 or not rest[1].isalnum()) and len(rest) == len(right):
        return True
    if rest[0] in "—–-/" and len(rest) == len(right):
        return True
    if len(body) < 40 and _NUMBERING.fullmatch(body.lstrip()):
        return True
    first = _FIRST_WORD.match(rest)
    word = first.group(1) if first is not None else ""
    if rest[0].islower() or (rest[0] in '«“"(' and word[:1].islower()):
        return True
    return (_tied_ru if lang == "ru" else _tied_en)(body[-_WINDOW:], rest, word)


def _abbreviation(body: str) -> tuple[str, str]:
    """The last word without its full stop, in small letters: whole («т.д») and its last part («д»)."""
    found = _LAST_WORD.search(body)
    if found is None:
        return "", ""
    word = re.sub(r"\s", "", found.group(1)).lower()
    return word, word.rpartition(".")[2]


def _tied_ru(body: str, rest: str, first: str) -> bool:
    if rest[0] in "—–":
        after = rest[1:].lstrip()[:1]
        return (after.islower() and body[-1] in "»”!?…") or _SAID.search(body) is not None
    if body[-1] != ".":
        return False
    word, tail = _abbreviation(body)
    if not word:
        return False
    if _year(body):
        return first in AFTER_AMOUNT or _adverbial(body)
    if _INITIAL.search(body):
        return first not in STARTERS["ru"] or rest[1:2] == "."
    if any(w in MAY_BE_LAST["ru"] and w not in UNITS and w != "г" for w in (word, tail)):
        return first in AFTER_AMOUNT or rest[0].isdigit() or _adverbial(body)
    if tail in UNITS and _AMOUNT.search(body):
        return first in AFTER_AMOUNT or rest[0].isdigit()
    if tail == "г":  # «г. Чанчунь» is a town; years are above
        return True
    return word in NEVER_LAST["ru"] or tail in NEVER_LAST["ru"]


def _year(body: str) -> bool:
    return _YEAR.search(body) is not None


def _adverbial(body: str) -> bool:
    """Is the clause only «В 2025 г.», «По итогам 2024 г.», «В Амурской обл.»: a preposition first and no verb?"""
    words = re.split(r"[,;:—–(]\s", body)[-1].lower().split()
    while words and words[0] in ("и", "а", "но", "так", "однако", "уже", "ещё", "только", "лишь", "именно"):
        words = words[1:]
    if not words or len(words) > 7 or words[0] not in PREPOSITIONS_RU:
        return False
    return not any(len(word) > 3 and _VERB.search(word) for word in words[1:])


def _tied_en(body: str, rest: str, first: str) -> bool:
    if body[-1] == "!":
        return _FIRM.match(rest) is not None
    if body[-1] != ".":
        return False
    word, tail = _abbreviation(body)
    if not word:
        return False
    if word in NEEDS_NUMBER:
        return rest[0].isdigit() or re.match(r"[IVX]+\b", rest) is not None
    if first in STARTERS["en"] and word not in NEVER_LAST["en"]:
        return False
    if word in MAY_BE_LAST["en"]:
        if word in ("u.s", "u.k", "u.n", "e.u"):
            return first not in STARTERS["en"]
        if word in ("inc", "ltd", "co", "corp", "plc", "etc", "a.m", "p.m", "d.c", "b.c", "a.d"):
            return False
        return word in ("jr", "sr")
    if _INITIAL.search(body):
        return True
    return word in NEVER_LAST["en"] or tail in NEVER_LAST["en"] - {"no", "art", "ch", "p"}


def _tied_zh(body: str, rest: str) -> bool:
    if (rest[0] in _CLOSERS and rest[0] not in "\"'") or rest[0] in _FOLLOWERS:
        return True
    if rest[0] == '"' and body.count('"') % 2:
        return True
    last = body[-1]
    if last == "…" or last == ";" or last == "；":
        return True
    if last in ".．":
        return not (len(body) > 3 and _CJK.match(body[-2]) and _CJK.match(rest[0]))
    if _open_quote(body, rest):
        return True
    if last == "》" or last == "〉":
        return True
    if last in _OPENING:
        return _quotation(body, rest, last)
    if last in "\"'" and rest[0] not in "\"'“「":
        clause = re.split(r"[，。！？；：]", rest, maxsplit=1)[0]
        return len(clause) <= 12 and _SAYING.search(clause) is not None
    return False


def _open_quote(body: str, rest: str) -> bool:
    """Inside a short quotation: an opening mark is not closed yet and closes soon."""
    for close, opening in _OPENING.items():
        at = body.rfind(opening)
        if at > body.rfind(close):
            end = rest.find(close, 0, 100)
            if end >= 0 and len(body) - at + end <= 120:
                return True
    return False


def _quotation(body: str, rest: str, close: str) -> bool:
    """After “……。” : is it the object of what follows (“……。”市长说) or a sentence introduced (他说：“……。”)?"""
    at = body.rfind(_OPENING[close])
    before = body[:at].rstrip()[-1:] if at > 0 else ""
    clause = re.split(r"[，。！？；：,]", rest, maxsplit=1)[0]
    if before and before in "：:，,":
        return False
    if rest[0] in "“「『" and not before:
        return True
    if _SAYING.search(clause) and len(clause) <= 20:
        return True
    return body[-2:-1] not in ("。", ".") and at >= 0
