"""WebVTT subtitles: the text of each cue; times, settings, notes and styles stay."""

from __future__ import annotations

import html
import re
from typing import ClassVar

from pipeline.errors import InputError
from pipeline.formats._cues import Cues
from pipeline.formats.references import REFERENCE
from pipeline.model import Document, Lang


class Vtt(Cues):
    suffixes: ClassVar[tuple[str, ...]] = (".vtt",)
    named: ClassVar[str] = "vtt"
    codes: ClassVar[re.Pattern[str]] = re.compile(
        r"(?P<open><(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s][^<>]*)?>)|(?P<close></(?:c|i|b|u|v|ruby|rt|lang)>)|(?P<empty><[\d:.]+>)"
    )

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        if not data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
            raise InputError("does not start with WEBVTT", where=f"{name}:1")
        return super().read(data, name, source, target)

    def skipped(self, block: str) -> bool:
        return True

    def escape(self, text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def unescape(self, text: str) -> str:
        return REFERENCE.sub(lambda found: html.unescape(found.group()), text)  # any of HTML (W3C WebVTT, 6.4)


PLUGIN = Vtt()
