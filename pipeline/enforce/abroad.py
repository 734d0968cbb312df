"""Offices and bodies of China in a text that speaks of another country: 央行 of France is no People's Bank of China."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.enforce import synonyms
from pipeline.languages.names_tables import COUNTRIES
from pipeline.model import Occurrence

_OTHERS = re.compile(r"(?:foreign|international|russia)\.tsv")  # entries of bodies that are not China's
_CHINA = re.compile("中国|我国|我省|我市|全国|国务院|中央|中方|中[俄美日韩朝法德英欧印哈蒙]|驻华|人民银行|中共|新华社")
_LOCAL = re.compile("[省市县区](?:外办|委|人大|政协|政府|商务|文旅|教育局|公安局|[发工财]|长)")


def another(occurrence: Occurrence, source: str) -> bool:
    """Is the entry one of the bundled bodies or titles of China, and the source about another country alone?"""
    term = occurrence.term
    if term.kind not in ("body", "title") or not synonyms.bundled(term.origin) or _OTHERS.search(term.origin):
        return False
    words = occurrence.span.of(source)
    return _foreign(source) and not _CHINA.search(words) and not (_LOCAL.match(words) and term.kind == "body")


@lru_cache(maxsize=256)
def _foreign(source: str) -> bool:
    return any(country in source for country in COUNTRIES) and not _CHINA.search(source)
