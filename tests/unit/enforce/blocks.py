"""Reader of the case files of the enforcer; the format stands at the head of each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.model import Lang


@dataclass(frozen=True)
class Block:
    name: str
    glossary: str
    source_lang: Lang
    target_lang: Lang
    source: str
    target: str
    expected: tuple[str, ...]
    flags: tuple[str, ...]


def blocks(file: Path) -> Iterator[Block]:
    glossary: list[str] = []
    langs: tuple[str, ...] = ()
    inside = False
    source = target = ""
    expected: list[str] = []
    flags: list[str] = []
    start = 0

    def block() -> Block:
        assert langs, f"{file.name}:{start}: no direction"
        assert expected or flags, f"{file.name}:{start}: nothing expected"
        source_lang, target_lang = (cast(Lang, lang) for lang in langs)
        wanted = tuple(target if text == "same" else text for text in expected) or (target,)
        return Block(
            f"{file.stem}:{start}", "\n".join(glossary), source_lang, target_lang, source, target, wanted, tuple(flags)
        )

    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        if inside:
            if line.strip():
                glossary.append(line)
            else:
                inside = False
            continue
        word, _, rest = line.partition(":")
        rest = rest.strip()
        if word == "glossary":
            glossary, inside = [], True
        elif word == "from":
            langs = tuple(rest.replace("to:", " ").split())
        elif word == "source":
            if source:
                yield block()
            source, target, expected, flags, start = rest, "", [], [], number
        elif word == "target":
            target = rest
        elif word == "expect":
            expected.append(rest)
        elif line.strip() == "same":
            expected.append("same")
        elif word == "flag":
            flags += rest.split()
        elif line.strip():
            raise AssertionError(f"{file.name}:{number}: {line!r} is no field")
        elif source and not line.strip() and (expected or flags):
            yield block()
            source = ""
    if source:
        yield block()
