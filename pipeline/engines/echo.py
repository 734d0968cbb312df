"""Gives every source back as its target: for tests of jobs and formats, without a model."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from typing import ClassVar

from pipeline.engines.base import Ability, Engine, Request, Translation
from pipeline.errors import EngineError
from pipeline.model import Lang


class Echo(Engine):
    options: ClassVar[dict[str, str]] = {
        "prefix": "put before every target",
        "fail_on": "a text that holds this makes the engine fail",
        "die_on": "a text that holds this kills the process",
        "delay": "seconds for each call",
    }

    def __init__(self, prefix: str = "", fail_on: str = "", die_on: str = "", delay: float = 0.0) -> None:
        self.prefix, self.fail_on, self.die_on, self.delay = prefix, fail_on, die_on, delay

    def ability(self) -> Ability:
        return Ability(batch_size=4096)

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        time.sleep(self.delay)
        for request in requests:
            if self.die_on and self.die_on in request.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if self.fail_on and self.fail_on in request.text:
                raise EngineError(f"cannot translate {self.fail_on!r}")
        return [Translation(self.prefix + request.text, provenance="engine:echo") for request in requests]


PLUGIN = Echo
