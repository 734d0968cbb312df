"""XLIFF 1.2 and 2.x: only targets and their state are written, every other byte stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pipeline.formats import _xml
from pipeline.formats._xliff import Edit, XliffBase
from pipeline.model import Segment, State


class Xliff(XliffBase):
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff")
    messages: ClassVar[bool] = True
    made: ClassVar[Mapping[str, str]] = {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"}
    done: ClassVar[Mapping[str, str]] = {"state": "final"}
    draft: ClassVar[Mapping[str, str]] = {"state": "needs-review-translation"}

    def marks(self, data: bytes, segment: Segment, prefix: str) -> list[Edit]:
        """`approved` follows the state where a unit has it."""
        unit = segment.meta["unit"]
        if segment.state is State.TRANSLATED or not unit.get("approved"):
            return []
        return [_xml.set_attribute(data, unit, "approved", "yes" if segment.state is State.CONFIRMED else "no")]


PLUGIN = Xliff()
