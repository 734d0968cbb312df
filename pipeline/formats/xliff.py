"""XLIFF 1.2 and 2.x: only targets and their state are written, every other byte stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pipeline.formats import _inline, _xml
from pipeline.formats._xliff import Edit, XliffBase
from pipeline.model import Document, Segment, State


class Xliff(XliffBase):
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff")
    messages: ClassVar[bool] = True
    made: ClassVar[Mapping[str, str]] = {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"}
    done: ClassVar[Mapping[str, str]] = {"state": "final"}
    draft: ClassVar[Mapping[str, str]] = {"state": "needs-review-translation"}

    def fresh(self, document: Document) -> bytes:
        """XLIFF 1.2, which every tool reads."""
        right = f' target-language="{document.target_lang}"' if document.target_lang else ""
        out = [
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
            f'  <file original="{_xml.quote(document.name)}" source-language="{document.source_lang or "zh"}"{right} '
            'datatype="plaintext" xml:space="preserve">\n    <body>\n'
        ]
        for segment in document.segments:
            state = {State.LOCKED: ' translate="no"', State.CONFIRMED: ' approved="yes"'}.get(segment.state, "")
            source = _inline.made(segment.source, segment.codes)
            out.append(f'      <trans-unit id="{_xml.quote(segment.id)}"{state}>\n        <source>{source}</source>\n')
            if segment.target is not None:
                final = ' state="final"' if segment.state is State.CONFIRMED else ""
                target = _inline.made(segment.target, segment.target_codes)
                out.append(f"        <target{final}>{target}</target>\n")
            out.append("      </trans-unit>\n")
        return "".join([*out, "    </body>\n  </file>\n</xliff>\n"]).encode("utf-8")

    def marks(self, data: bytes, segment: Segment, prefix: str) -> list[Edit]:
        """`approved` follows the state where a unit has it."""
        unit = segment.meta["unit"]
        if segment.state is State.TRANSLATED or not unit.get("approved"):
            return []
        return [_xml.set_attribute(data, unit, "approved", "yes" if segment.state is State.CONFIRMED else "no")]


PLUGIN = Xliff()
