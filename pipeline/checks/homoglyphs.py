"""Letters of another alphabet that look alike"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_TO_CYRILLIC = str.maketrans("AaBCcEeHKMOoPpTXxyYk", "АаВСсЕеНКМОоРрТХхуУк")
_TO_LATIN = str.maketrans("АаВСсЕеНКМОоРрТХхуУкІі", "AaBCcEeHKMOoPpTXxyYkIi")
_RUN = re.compile(r"[A-Za-zА-Яа-яЁёІі]+")
_FULL = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")


class Homoglyphs(Check):
    name = "homoglyphs"
    category = "linguistic-conventions/spelling"
    severity = Severity.MINOR

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        for match in _RUN.finditer(text):
            word = match[0]
            latin = [letter for letter in word if letter.isascii()]
            cyrillic = len(word) - len(latin)
            if not latin or not cyrillic or word in view.source:
                continue
            to_cyrillic, to_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
            if not any(letter.isascii() for letter in to_cyrillic) and cyrillic >= len(latin):
                yield self.finding(
                    match.span(), f"Latin letters ({''.join(latin)}) inside a Cyrillic word", to_cyrillic
                )
            elif to_latin.isascii() and cyrillic < len(latin):
                yield self.finding(match.span(), "Cyrillic letters inside a Latin word", to_latin)
        if view.target_lang == "ru":
            for match in re.finditer(r"(?<=[а-яё] )[acoykACOBK](?= [а-яё]{2})", text):
                if match[0] in view.source:  # a grade, a category
                    continue
                right = match[0].translate(_TO_CYRILLIC)
                yield self.finding(match.span(), f"the word «{right}» is written with a Latin letter", right)
        if view.target_lang != "zh":
            for match in _FULL.finditer(text):
                yield self.finding(
                    match.span(), "full-width letters or digits", unicodedata.normalize("NFKC", match[0])
                )


PLUGIN = Homoglyphs()
