"""Who holds an office and who held it: 原副省长 is a former vice-governor, 时任 the one of that time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model import Lang

Differing = tuple[tuple[int, int], str]  # span in the target, message

# Titles that end what 原 or 前 is said of, with the word of the target that they stand for
_TITLES: Final[dict[str, dict[Lang, str]]] = {
    "书记": {"ru": r"секретар\w+", "en": r"secretar\w+"},
    "省长": {"ru": r"(?:вице-)?губернатор\w*|замгубернатор\w*", "en": r"(?:vice[- ])?governor"},
    "市长|区长|县长": {
        "ru": r"(?:вице-)?мэр\w*|градоначальник\w*|глав[аыуе]|заместител\w+", "en": r"mayor|head|magistrate",
    },
    "主席": {"ru": r"(?:зам)?председател\w+|заместител\w+", "en": r"(?:vice[- ])?chair\w+|president"},
    "主任|局长|厅长|处长|司长|科长|所长|署长": {
        "ru": r"(?:зам)?(?:начальник\w*|директор\w*|заведующ\w+|председател\w+|руководител\w+)|глав[аыуе]|"
        r"заместител\w+",
        "en": r"director|head|chief|chair\w+",
    },
    "部长": {"ru": r"(?:зам)?министр\w*|заведующ\w+|начальник\w*|заместител\w+", "en": r"minister|head"},
    "总统|总理|首相|总裁": {
        "ru": r"(?:вице-)?президент\w*|премьер\w*|канцлер\w*|"
        r"глав[аыуе]", "en": r"(?:vice[- ])?president|premier|prime minister|chancellor",
    },
    "董事长|总经理|行长|院长|校长": {
        "ru": r"председател\w+|(?:гендиректор|директор|ректор|проректор|президент|управляющ|глав|начальник|"
        r"руководител|заместител)\w*",
        "en": r"chair\w+|manager|president|director|governor|dean|headmaster|principal",
    },
}  # fmt: skip
_FORMER: Final = re.compile(
    rf"(?<![中还平高草起复还资])原(?![因则来本先告价计地有为油材料形型发定])[^，。；、：原]{{0,14}}?({'|'.join(_TITLES)})"
    r"|(?<![之以目当此提空跟面从年日月天点分届会战赛间事期])前副?(总统|总理|首相|部长|主席|董事长|总裁)"
)
_FORMERLY: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(r"бывш|экс-|прежн|в прошлом|ранее|раньше|тогдашн|занимавш|быв\.|прошл|первоначальн|"
    r"отставн|в отставк[уе]|уволил(?:ся|ась|ись)|уволивш\w+с[ья]|покойн|когда-то|некогда|оригинальн|исходн|изначальн|"
    r"\b(?:уш[её]?[лд]|покинул|покида)\w*[^.;]{0,40}?\b(?:с поста|пост\b|должност)", re.I),
    "en": re.compile(r"former|\bex-|then-|previous|once|late\b|retired|resigned|"
    r"step(?:ped|ping)? down|erstwhile|original", re.I),
}  # fmt: skip
# 原副总经理辞职, «ушел по личным причинам»: the source itself says what is left
_LEAVES: Final = re.compile("辞[职去任]|离[职任]|卸任|免职|退休")
_LEFT: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(r"\bуш[её]?л|покинул|отставк|уволил(?:ся|ась|ись)|уволен", re.I),
    "en": re.compile(r"resign|step(?:ped|ping)? down|\bleft\b|quit", re.I),
}


def differing(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """原副省长, «вице-губернатор»: the office is held no longer, the target does not say so."""
    if not re.search("[原前]", source) or _FORMERLY[lang].search(target):
        return
    match = _FORMER.search(source)
    if match is None or (_LEAVES.search(source) and _LEFT[lang].search(target)):
        return
    words = _TITLES[next(titles for titles in _TITLES if (match[1] or match[2]) in titles.split("|"))][lang]
    said = re.search(rf"(?<!\w)(?:{words})(?!\w)", target, re.IGNORECASE)
    if said:
        yield said.span(), f"{match[0]} held the office before, the target says nothing of it: «{said[0]}»"
