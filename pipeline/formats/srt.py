"""SubRip subtitles (SRT): the text of each cue; numbers and times stay."""

from __future__ import annotations

import re
from typing import ClassVar

from pipeline.formats._cues import Cues


class Srt(Cues):
    suffixes: ClassVar[tuple[str, ...]] = (".srt",)
    named: ClassVar[str] = "srt"
    codes: ClassVar[re.Pattern[str]] = re.compile(
        r"(?P<open><(?:[bius]|font)(?:\s[^<>]*)?>|\{[bius]\})|(?P<close></(?:[bius]|font)>|\{/[bius]\})|(?P<empty>\{\\[^{}]*\})",
        re.IGNORECASE,
    )


PLUGIN = Srt()
