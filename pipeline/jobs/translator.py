"""What the server does with segments: one engine and one glossary for all directions, loaded on first use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.errors import UsageError
from pipeline.flow import Flow
from pipeline.languages.detect import scripts
from pipeline.model import LANGS, Document, Lang, Segment
from pipeline.settings import Settings

NAMES: dict[Lang, str] = {"zh": "Chinese", "ru": "Russian", "en": "English"}
_CODES: dict[str, Lang] = {
    **dict.fromkeys(("zh", "zh-hans", "zh-cn", "zh-sg", "zh-hans-cn", "zho", "chi", "cmn", "cn"), "zh"),
    **dict.fromkeys(("ru", "ru-ru", "rus"), "ru"),
    **dict.fromkeys(("en", "en-us", "en-gb", "eng"), "en"),
}  # fmt: skip


def language(code: str) -> Lang:
    """zh, ru or en for the codes that clients use. Raises UsageError for any other."""
    found = _CODES.get(code.strip().lower().replace("_", "-"))
    if found is None:
        raise UsageError(f"{code} is not supported", hint=f"languages: {' '.join(LANGS)}")
    return found


def detect(text: str) -> tuple[Lang, float]:
    """The likeliest language and 0..100, as sure as its share of the letters; English with 0 where there are none."""
    from pipeline.languages.detect import language as told

    found = scripts(text[:20_000])
    lang = told(text[:20_000])
    total = sum(found.values())
    if lang is None or not total:
        return "en", 0.0
    script = {"zh": "han", "ru": "cyrillic", "en": "latin"}[lang]
    return lang, round(100 * found.get(script, 0) / total, 1)  # type: ignore[call-overload]


class Translator:
    """Raises EngineError or DataError at once where the engine or a glossary is missing."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        first = Flow(settings, None, "ru")
        self.engine, self.glossary = first.engine, first.glossary
        self.directions = self.engine.ability().directions
        self._flows: dict[tuple[Lang, Lang], Flow] = {}

    def need(self, source: Lang, target: Lang) -> None:
        """Raises UsageError for a direction that the engine has not."""
        if (source, target) not in self.directions:
            raise UsageError(f"{source} to {target} is not supported by engine {self.settings.engine}")

    def _flow(self, source: Lang, target: Lang) -> Flow:
        made = self._flows.get((source, target))
        if made is None:
            made = Flow(self.settings, source, target)
            made.__dict__.update(engine=self.engine, glossary=self.glossary)  # fills the cached properties
            self._flows[source, target] = made
        return made

    def work(self, key: Any, segments: Sequence[Segment]) -> Sequence[Segment]:
        """key: what to do (translate, check or enforce), source, target, and anything that keeps jobs apart."""
        what, source, target = key[:3]
        flow = self._flow(source, target)
        document = Document("request", "jsonl", tuple(segments), source, target)
        if what == "check":
            return flow.check(document).segments
        if what == "enforce":
            return flow.scored(flow.enforce(document)).segments
        return flow.translate(document).segments
