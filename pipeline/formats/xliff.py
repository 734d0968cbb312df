"""XLIFF 1.2 and 2.x: only targets and their state are written, every other byte stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pipeline.formats._xliff import XliffBase


class Xliff(XliffBase):
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff")
    made: ClassVar[Mapping[str, str]] = {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"}


PLUGIN = Xliff()
