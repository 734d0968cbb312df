"""SDLXLIFF of Trados Studio: locked and confirmed segments stay; machine output is conf="Draft" origin="mt"."""

from __future__ import annotations

from typing import ClassVar

from pipeline.formats import _xml
from pipeline.formats._xliff import Edit, XliffBase, remembered
from pipeline.formats._xml import Node
from pipeline.model import Segment, State

_DONE = {"Translated", "ApprovedTranslation", "ApprovedSignOff"}


class Sdlxliff(XliffBase):
    suffixes: ClassVar[tuple[str, ...]] = (".sdlxliff", ".sdlxlf")
    named: ClassVar[str] = "sdlxliff"
    by_unit: ClassVar[bool] = False
    remarks: ClassVar[frozenset[str]] = frozenset({"x-sdl-comment", "x-sdl-location", "x-sdl-feedback-comment"})
    space: ClassVar[str] = "http://sdl.com/FileTypes/SdlXliff"

    def state(self, unit: Node, key: str) -> State:
        definition = _definition(unit, key)
        if definition is None:
            return State.NEW
        if definition.get("locked") in ("true", "1"):
            return State.LOCKED
        return State.CONFIRMED if definition.get("conf") in _DONE else State.NEW

    def marks(self, data: bytes, segment: Segment, prefix: str) -> list[Edit]:
        definition = _definition(segment.meta["unit"], segment.meta["source"].get("mid"))
        if definition is None:
            return []
        said = {"conf": "Translated" if segment.state is State.CONFIRMED else "Draft"}
        if segment.state is State.TRANSLATED:
            match = remembered(segment)
            said |= {"origin": "tm", "percent": f"{100 * min(1.0, match):.0f}"} if match else {"origin": "mt"}
        elif (segment.target, segment.target_codes) != segment.meta["given"]:
            said["origin"] = "interactive"
        return [_xml.set_attribute(data, definition, key, value) for key, value in said.items()]


def _definition(unit: Node, mid: str) -> Node | None:
    """The <sdl:seg> that tells the state of a segment."""
    table = unit.first("seg-defs")
    return next((node for node in table.children if node.get("id") == mid), None) if table is not None else None


PLUGIN = Sdlxliff()
