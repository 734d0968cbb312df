"""Bodies of the Chinese state composed of a level, a field and a kind: 市|生态环境|局, 省|卫生健康|委员会.

The fields and kinds are tables in assets/official; whoever composes a name need not have it in a glossary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from pipeline.errors import DataError
from pipeline.model import Span

_LEVELS = {
    "省": "провинциальный", "市": "городской", "区": "районный", "县": "уездный", "州": "окружной",
    "国家": "государственный", "镇": "поселковый",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """`need`: groups of beginnings of Russian words, one of each group in every admitted name; `right`: an official
    name in the nominative; `heads`: the words with which a rendering may begin."""

    span: Span
    need: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]
    right: str


def _rows(name: str, width: int) -> list[list[str]]:
    try:
        text = (resources.files("pipeline.assets") / "official" / f"{name}.tsv").read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"the table of bodies cannot be read: {error}", hint="reinstall the package") from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [line.split("\t") for line in lines[1:]]
    for cells in found:
        if len(cells) != width:
            raise DataError(f"{len(cells)} cells where there should be {width}", where=f"official/{name}.tsv")
    return found


def groups(text: str) -> tuple[tuple[str, ...], ...]:
    """«эколог|природ сред» as (("эколог", "природ"), ("сред",))."""
    return tuple(tuple(group.split("|")) for group in text.split())


@cache
def _tables() -> tuple[re.Pattern[str], dict[str, tuple[str, str]], list[tuple[re.Pattern[str], str, str]]]:
    fields = {zh: (need, ru) for names, need, ru in _rows("fields-zh", 3) for zh in names.split("|")}
    kinds = [(re.compile(zh), ru, head) for zh, ru, head in _rows("kinds-zh", 3)]
    field = "|".join(sorted(fields, key=len, reverse=True))
    kind = "|".join(pattern.pattern for pattern, _, _ in kinds)
    return re.compile(f"(?P<level>国家|[省市区县州镇])?(?P<field>{field})(?P<kind>{kind})"), fields, kinds


@lru_cache(maxsize=1024)
def find(text: str) -> tuple[Body, ...]:
    """Bodies in a Chinese text, in order. Raises DataError where a table is missing or broken."""
    pattern, fields, kinds = _tables()
    found = []
    for match in pattern.finditer(text):
        need, field = fields[match["field"]]
        ru, heads = next((ru, heads) for kind, ru, heads in kinds if kind.match(text, match.start("kind")))
        if match["kind"] == "部" and match["level"]:
            continue  # 市教育部|门 and the like; a city has no ministries
        right = _compose(match["level"] or "", field, ru)
        found.append(Body(Span(*match.span()), groups(need), tuple(heads.split("|")), right))
    return tuple(found)


def _compose(level: str, field: str, kind: str) -> str:
    """«городское управление образования», «городское ревизионное управление»."""
    head = kind.split()[-1]
    ending = "ая" if head.endswith("я") else "ое" if head.endswith("е") else "ий"
    words = []
    if level:
        stem = _LEVELS[level].removesuffix("ый").removesuffix("ой")
        words.append(stem + {"ий": "ой" if stem == "городск" else "ый", "ая": "ая", "ое": "ое"}[ending])
    if field.endswith("ое") and " " not in field:
        words += [field.removesuffix("ое") + ending if ending == "ая" else field, kind]
        if head in ("комитет", "департамент"):
            words[-2] = field.removesuffix("ое") + ("ый" if field.endswith("ное") else "ий")
    else:
        words += [kind, field]
    return " ".join(words)
