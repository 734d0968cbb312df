"""Words left in the source language or in a third one"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_HAN = re.compile(r"[\u3400-\u9fff]+(?:[，、·][\u3400-\u9fff]+)*")
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]+(?:[ -][а-яёА-ЯЁ]+)*")
_LATIN = re.compile(r"(?<![\w/.@&#])[A-Za-z][A-Za-z'’-]*(?:,? [A-Za-z][A-Za-z'’-]*)*(?![\w/@]|\.\w)")
_ENGLISH = {
    "the", "of", "and", "to", "in", "for", "with", "on", "is", "are", "was", "be", "by", "from", "that", "this", "as",
    "at", "will", "has", "have", "we", "our", "its", "new",
    "development", "cooperation", "party", "committee", "secretary",
    "government", "province", "city", "work", "construction", "national", "economic", "china",
}  # fmt: skip
_UNITS = {
    "km",
    "kg",
    "mm",
    "cm",
    "m",
    "ha",
    "kw",
    "mw",
    "gw",
    "kwh",
    "gb",
    "mb",
    "usd",
    "eur",
    "cny",
    "rmb",
    "pm",
    "am",
    "etc",
}

_LATIN_PHRASES = frozenset(
    ("in situ", "ex situ", "in vitro", "in vivo", "in silico", "de facto", "de jure", "ad hoc", "a priori",
     "a posteriori", "per se", "per capita", "status quo", "persona non grata", "pro forma", "sui generis",
     "alma mater", "homo sapiens", "ex officio", "modus operandi", "modus vivendi", "post factum", "post mortem",
     "bona fide", "casus belli", "vice versa", "terra incognita", "pro bono", "perpetuum mobile", "nota bene",
     "et cetera", "sic")
)  # fmt: skip


class Script(Check):
    name = "script"
    category = "accuracy/untranslated"
    severity = Severity.MAJOR

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        if text.strip() and text.strip() == view.source.strip():
            return  # the check of lengths says so
        letters = sum(letter.isalpha() for letter in text)
        if view.target_lang != "zh":
            for match in _HAN.finditer(text):
                if _near_file_name(text, match.end()):
                    continue
                severity = self.severity
                if _bracketed(text, match.start(), match.end()):
                    severity = Severity.NEUTRAL
                elif letters and sum(map(len, _HAN.findall(text))) > letters * 0.5:
                    severity = Severity.CRITICAL
                yield self.finding(match.span(), f"“{match[0]}” is left in Chinese", severity=severity)
        if view.target_lang != "ru":
            for match in _CYRILLIC.finditer(text):
                if len(match[0]) > 1 and not _bracketed(text, match.start(), match.end()):
                    yield self.finding(match.span(), f"«{match[0]}» is left in Cyrillic")
        if view.target_lang != "en":
            yield from self._latin(view)

    def _latin(self, view: View) -> Iterator[Finding]:
        text, source = view.target, view.source.lower()
        for match in _LATIN.finditer(text):
            words = re.findall(r"[A-Za-z'’-]+", match[0])
            common = [word for word in words if word.lower() in _ENGLISH and not word.isupper()]
            small = [word for word in words if word.islower() and len(word) > 3 and word not in _UNITS]
            if (match[0].lower() in source and view.source_lang != "en") or match[0].lower() in _LATIN_PHRASES:
                continue
            title = len(words) > 1 and all(word[0].isupper() or word in _ENGLISH for word in words)
            if _bracketed(text, match.start(), match.end()) or (title and _quoted(text, match.start())):
                continue
            if view.source_lang == "en" and source:
                # a phrase of the source that was copied: names stay, running text does not
                if match[0].lower() in source and len(words) >= 3 and len(small) >= 2 and common:
                    yield self.finding(match.span(), f"“{match[0]}” is left in English")
                continue
            if len(words) >= 2 and common and small:
                yield self.finding(match.span(), f"“{match[0]}” is left in English")
            elif source and len(words) == 1 and small and (view.target_lang == "ru" or len(small[0]) > 4):
                yield self.finding(
                    match.span(), f"“{match[0]}”: a Latin word that the source has not", severity=Severity.MINOR
                )


def _bracketed(text: str, start: int, end: int) -> bool:
    """Stands in brackets, as an original name after its rendering does."""
    opening = max(text.rfind("(", 0, start), text.rfind("（", 0, start))
    closing = max(text.rfind(")", 0, start), text.rfind("）", 0, start))
    return opening > closing and bool(re.search("[)）]", text[end:]))


def _quoted(text: str, start: int) -> bool:
    return text[max(0, start - 1) : start] in ("«", "“", '"', "„", "《")


def _near_file_name(text: str, at: int) -> bool:
    return bool(re.match(r"[\w.-]{0,80}\.\w{2,4}\b", text[at:]))


PLUGIN = Script()
