"""MQXLIFF of memoQ: locked and confirmed rows stay; machine output is mq:status="MachineTranslated"."""

from __future__ import annotations

from typing import ClassVar

from pipeline.formats import _xml
from pipeline.formats._xliff import Edit, XliffBase, remembered
from pipeline.formats._xml import Node
from pipeline.model import Segment, State

_STATUS = {
    State.TRANSLATED: "MachineTranslated",
    State.CONFIRMED: "ManuallyConfirmed",
    State.NEW: "PartiallyEdited",
}


class Mqxliff(XliffBase):
    suffixes: ClassVar[tuple[str, ...]] = (".mqxliff", ".mqxlf")
    named: ClassVar[str] = "mqxliff"
    space: ClassVar[str] = "MQXliff"

    def state(self, unit: Node, key: str) -> State:
        if unit.get("locked") not in ("", "false", "no", "0"):
            return State.LOCKED
        status = unit.get("status")
        return State.CONFIRMED if status.endswith("Confirmed") or status == "Proofread" else State.NEW

    def marks(self, data: bytes, segment: Segment, prefix: str) -> list[Edit]:
        said = {"status": _STATUS[segment.state]}
        match = remembered(segment) if segment.state is State.TRANSLATED else 0.0
        if match:
            said = {"status": "Pretranslated", "percent": f"{100 * match:.0f}"}
        unit = segment.meta["unit"]
        return [_xml.set_attribute(data, unit, f"{prefix}{key}", said[key]) for key in said] if prefix else []


PLUGIN = Mqxliff()
