"""Two engines in a row, through a third language; every segment says so."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import ClassVar

from pipeline.engines.base import ALL, Ability, Engine, Request, Translation, make
from pipeline.model import LANGS, Lang


class Pivot(Engine):
    options: ClassVar[dict[str, str]] = {
        "first": "engine from the source to the pivot language",
        "second": "engine from the pivot to the target language",
        "through": "pivot language; left out: en, or what is left of the three",
    }

    def __init__(self, first: str = "compact", second: str = "compact", through: str = "en") -> None:
        self.names, self.through = (first, second), through

    @functools.cached_property
    def _engines(self) -> tuple[Engine, Engine]:
        return make(self.names[0], profile=self.profile), make(self.names[1], profile=self.profile)

    def ability(self) -> Ability:
        first, second = (engine.ability() for engine in self._engines)
        missing = "; ".join(filter(None, (first.missing, second.missing)))
        return Ability(
            directions=ALL,
            batch_size=min(first.batch_size, second.batch_size),
            network=first.network or second.network,
            missing=missing,
            notes=f"{self.names[0]} -> {self.through} -> {self.names[1]}",
        )

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        middle = (
            self.through
            if self.through not in (source, target)
            else next(x for x in LANGS if x not in (source, target))
        )
        first, second = self._engines
        halfway = first.translate([Request(r.text, (), r.context) for r in requests], source, middle)  # type: ignore[arg-type]
        done = second.translate([Request(half.text) for half in halfway], middle, target)  # type: ignore[arg-type]
        said = f"pivot:{self.names[0]}({source}-{middle})+{self.names[1]}({middle}-{target})"
        return [
            Translation(full.text, None, (), (), said, tuple(dict.fromkeys((*half.notes, *full.notes))))
            for half, full in zip(halfway, done, strict=True)
        ]

    def close(self) -> None:
        for engine in self._engines:
            engine.close()


PLUGIN = Pivot
