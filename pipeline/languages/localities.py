"""Places of a Chinese text by the word for their kind (清河|县, 石桥|水库), and what is translated behind a surname."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from pipeline.errors import DataError
from pipeline.languages import chinese, pinyin
from pipeline.model import Span

# What stands before 市, 区, 村 and the like and is no name.
_NOT_NAMES = frozenset(
    "全我本该各每某此这那两几多一二三四五六七八九十百千万亿老城乡镇县省州国家社会农民居住园功能治开发示范试验"
    "的了在是和与及到为个地上下中内外第市区村路最所新旧小大主次干支公铁道电水山灾景牧矿林游牌校厂营距界联没有不也都还"
)


@dataclass(frozen=True, slots=True)
class Locality:
    """`span` is that of the name without the word for its kind; `heads`: how the Russian words for the kind begin."""

    span: Span
    name: str
    kind: str
    heads: tuple[str, ...]


@cache
def _pairs(name: str) -> dict[str, str]:
    try:
        text = (resources.files("pipeline.assets") / "official" / f"{name}.tsv").read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"the table of places cannot be read: {error}", hint="reinstall the package") from error
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("\t") for line in lines[1:])


@cache
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(sorted(_pairs("localities-zh"), key=len, reverse=True))
    return re.compile(f"(?=([\u3400-\u9fff]{{2}})({kinds}))")


@lru_cache(maxsize=1024)
def find(text: str) -> tuple[Locality, ...]:
    """Places named by two characters that begin a word of the segmentation and are none of the common words."""
    starts: set[int] | None = None
    found = []
    for match in _pattern().finditer(text):
        core, kind = match[1], match[2]
        if not _NOT_NAMES.isdisjoint(core):
            continue
        if starts is None:
            starts = {span.start for span in chinese.words(text)}
        if match.start() in starts and not _general(text, match.start(), match.end()):
            span = Span(match.start(), match.start() + len(core))
            found.append(Locality(span, core, kind, tuple(_pairs("localities-zh")[kind].split("|"))))
    return tuple(found)


def _general(text: str, start: int, end: int) -> bool:
    """河流湖泊: does the sign for the kind begin a word of its own, or are the two characters such a word?"""
    return text[start : start + 2] in _GENERAL or text[end - 1 : end + 1] in _GENERAL


_GENERAL = frozenset(
    ("河流", "湖泊", "江河", "河湖", "山林", "山川", "山区", "路段", "路网", "路面", "村民", "村庄", "镇域")
)


def addressed(text: str) -> tuple[tuple[str, str, str], ...]:
    """(surname, form of address, its Russian) where a surname has a form of address behind it: 张大爷."""
    forms = _pairs("address-zh")
    found = []
    for match in re.finditer(f"(?<![老小])([\u3400-\u9fff])({'|'.join(sorted(forms, key=len, reverse=True))})", text):
        if match[1] in pinyin.SURNAMES:
            found.append((match[1], match[2], forms[match[2]]))
    return tuple(dict.fromkeys(found))
