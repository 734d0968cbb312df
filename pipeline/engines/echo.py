"""Gives every source back as its target: for tests of jobs and formats, without a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pipeline.engines.base import Ability, Engine, Request, Translation
from pipeline.model import Lang


class Echo(Engine):
    options: ClassVar[dict[str, str]] = {"prefix": "put before every target"}

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix

    def ability(self) -> Ability:
        return Ability(batch_size=4096)

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        return [Translation(self.prefix + request.text, provenance="engine:echo") for request in requests]


PLUGIN = Echo
