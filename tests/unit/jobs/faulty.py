"""An engine that fails in every way an engine can, for tests of what becomes of a job."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pipeline.engines.base import Ability, Engine, Request, Translation
from pipeline.errors import EngineError
from pipeline.model import Lang


class Faulty(Engine):
    options: ClassVar[dict[str, str]] = {
        "how": "what happens",
        "on": "where the text holds this; empty: always",
        "until": "no longer once this file is there",
        "once": "only until it has happened once: this file then notes it",
        "delay": "seconds for each call",
    }

    def __init__(self, how: str = "", on: str = "", until: str = "", once: str = "", delay: float = 0.0) -> None:
        self.how, self.on, self.until, self.once, self.delay = how, on, until, once, delay

    def ability(self) -> Ability:
        return Ability()

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        time.sleep(self.delay)
        answers = [Translation("Ж" + request.text) for request in requests]
        mended = any(path and Path(path).exists() for path in (self.until, self.once))
        if mended or not any(self.on in request.text for request in requests):
            return answers
        if self.once:
            Path(self.once).touch()
        return self._fault(answers)

    def _fault(self, answers: list[Any]) -> list[Any]:
        if self.how == "hang":
            time.sleep(3600)
        elif self.how == "raise":
            raise EngineError("cannot translate that")
        elif self.how == "crash":
            raise ZeroDivisionError("a bug")
        elif self.how == "exit":
            os._exit(7)
        elif self.how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.how == "memory":
            bytearray(1 << 40)
        elif self.how == "few":
            answers.pop()
        elif self.how == "many":
            answers.append(Translation("лишнее"))
        elif self.how == "none":
            answers[0] = None
        elif self.how == "no text":
            answers[0] = Translation(None)  # type: ignore[arg-type]
        elif self.how == "half a character":
            answers[0] = Translation("\ud83d")
        return answers


PLUGIN = Faulty
