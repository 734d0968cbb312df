"""MXLIFF of Phrase (Memsource): confirmed and locked segments stay; machine output is m:trans-origin="mt"."""

from __future__ import annotations

import re
from typing import ClassVar

from pipeline.formats import _xml
from pipeline.formats._xliff import Edit, XliffBase, remembered
from pipeline.formats._xml import Node
from pipeline.model import Segment, State


class Mxliff(XliffBase):
    suffixes: ClassVar[tuple[str, ...]] = (".mxliff",)
    named: ClassVar[str] = "mxliff"
    space: ClassVar[str] = "http://www.memsource.com/mxlf/"
    # Tags of Phrase stand in the text: {1} alone, {b> ... <b} and {2> ... <2} around something.
    codes_in_text: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(?P<open>\{[\w-]+>)|(?P<close><[\w-]+\})|(?P<empty>\{[0-9]+\})"
    )

    def state(self, unit: Node, key: str) -> State:
        if unit.get("locked") in ("true", "1", "yes"):
            return State.LOCKED
        return State.CONFIRMED if unit.get("confirmed") in ("1", "true") else State.NEW

    def marks(self, data: bytes, segment: Segment, prefix: str) -> list[Edit]:
        unit = segment.meta["unit"]
        if not prefix:
            return []
        if segment.state is State.TRANSLATED:
            match = remembered(segment)
            said = {"trans-origin": "tm", "score": f"{match:.2f}"} if match else {"trans-origin": "mt"}
            return [_xml.set_attribute(data, unit, f"{prefix}{key}", value) for key, value in said.items()]
        return [_xml.set_attribute(data, unit, f"{prefix}confirmed", "1" if segment.state is State.CONFIRMED else "0")]


PLUGIN = Mxliff()
