"""What the flow asks of an engine: sentences with their terms, again what came out broken or without a term, and which
words of a translation stand for which of its source."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.engines.base import Engine, Link, Request, Translation, Wish, granted, make
from pipeline.errors import EngineError
from pipeline.model import Lang, Span

if TYPE_CHECKING:
    from pipeline.enforce import Enforced, Enforcer
    from pipeline.enforce.channel import Weigher
    from pipeline.enforce.pointed import Reader
    from pipeline.settings import Settings

Tick = Callable[[int, int], None]
_READER = "compact"
_CHUNK = 512  # sentences handed to an engine at a time: enough to batch by length, few enough to show progress


_READ = 1 << 12  # translations whose reading is kept


def ears(
    settings: Settings, source: Lang, target: Lang, engine: Callable[[], Engine]
) -> tuple[Reader | None, Weigher | None]:
    """How the bundled model reads a translation, whoever made it, and weighs several; None where the profile does
    without. `engine` is the profile's own, which is taken where it is that model. Nothing where the model is not
    installed."""
    if not settings.enforce.read:
        return None, None

    @cache
    def model() -> Engine | None:
        made = make(_READER, profile=settings.engines)
        if made.ability().missing:
            return None
        return engine() if settings.engine == _READER else made

    @lru_cache(maxsize=_READ)
    def read(source_text: str, target_text: str) -> Sequence[Link]:
        made = model()
        return () if made is None else made.read(source_text, target_text, source, target)

    def weigh(text: str, term: Span, lemma: str, options: Sequence[tuple[str, Span]]) -> Sequence[tuple[float, float]]:
        made = model()
        if made is None:
            return ()
        there = [(Request(text, (Wish(term, lemma),)), option) for option, _ in options]
        back = [(Request(option, (Wish(span, term.of(text)),)), text) for option, span in options]
        likely, again = made.forced(there, source, target), made.forced(back, target, source)
        if likely is None or again is None:
            return ()
        return [(sum(one) / max(1, len(one)), sum(other)) for one, other in zip(likely, again, strict=True)]

    return read, weigh


def silent(_done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class Asking:
    """An engine, and the enforcer whose terms it is asked to use."""

    engine: Engine
    enforcer: Enforcer | None
    settings: Settings
    source: Lang
    target: Lang
    done: dict[tuple[str, str, tuple[Link, ...]], Enforced] = field(default_factory=dict)

    def answers(self, requests: Sequence[Request], tick: Tick) -> list[Translation]:
        """A translation for each request, in order. Chunks are of similar length: batches hold little padding."""
        kept = {i: copy for i, request in enumerate(requests) if (copy := self._as_it_is(request.text)) is not None}
        answers = {i: Translation(text, provenance="copied") for i, text in kept.items()}
        order = sorted(set(range(len(requests))) - set(kept), key=lambda i: (len(requests[i].text), i))
        for start in range(0, len(order), _CHUNK):
            chunk = order[start : start + _CHUNK]
            asked = [self._read(requests[i]) for i in chunk]
            made = self._insisted(asked, self._whole(asked, self._translated(asked)))
            told = (_escaped(answer, requests[i], one) for i, one, answer in zip(chunk, asked, made, strict=True))
            answers.update(zip(chunk, told, strict=True))
            tick(len(answers), len(requests))
        return [answers[i] for i in range(len(requests))]

    def known(self, source: str, target: str, links: Sequence[Link]) -> Enforced | None:
        """What the enforcer said of an answer when it was asked about missing terms; once."""
        return self.done.pop((source, target, tuple(links)), None)

    def request(self, text: str) -> Request:
        if self.enforcer is None or not self.settings.enforce.ask_engine or not self.engine.ability().terms:
            return Request(text)
        return Request(text, self.enforcer.wishes(text))

    def _read(self, request: Request) -> Request:
        """The request with the letters that stand there as references (R&amp;D)."""
        from pipeline.formats import references

        text = references.read(request.text)
        return request if text == request.text else self.request(text)

    def _translated(self, requests: Sequence[Request]) -> list[Translation]:
        made = self.engine.translate(requests, self.source, self.target)
        if len(made) != len(requests) or not all(isinstance(answer, Translation) for answer in made):
            raise EngineError(f"engine {self.settings.engine} gave {len(made)} answers for {len(requests)} sentences")
        return made

    def _whole(self, requests: Sequence[Request], answers: list[Translation]) -> list[Translation]:
        """Where an address, a file name or a placeholder came out changed, the rest is translated without it."""
        from pipeline.formats import lift

        broken = lift.broken([request.text for request in requests], [answer.text for answer in answers])
        again = self._translated([self.request(made.text) for made in broken.values()]) if broken else []
        for (i, made), answer in zip(broken.items(), again, strict=True):
            text, links = made.restored(answer.text, answer.links, self.target, self.source)
            answers[i] = replace(answer, text=text, links=links, alternatives=())
        return answers

    def _as_it_is(self, text: str) -> str | None:
        """What needs no engine: a sentence without a letter of the source language (a code, a date, a name in another
        script), and the number of an outline; None for all else."""
        from pipeline.languages import detect, outline

        if self.source == "zh" and (number := outline.western(text)) is not None:
            return number
        letters = {"zh": "han", "ru": "cyrillic", "en": "latin"}[self.source]
        if not text.strip() or any(detect.script(char) == letters for char in text):
            return None
        return text if self.target == "zh" else unicodedata.normalize("NFKC", text)

    def _insisted(self, requests: Sequence[Request], answers: list[Translation]) -> list[Translation]:
        """Where a term is missing and no repair finds its place, the engine is asked for a sentence that holds it."""
        if self.enforcer is None or not self.settings.enforce.insist:
            return answers
        from pipeline.formats import lift

        for i, (request, answer) in enumerate(zip(requests, answers, strict=True)):
            there = granted(request, answer.text)
            if all(there):
                continue
            flagged = self._flagged(request, answer)
            spans = [(wish.span.start, wish.span.end) for wish in request.wishes]
            missing = [
                wish
                for wish, stands, span in zip(request.wishes, there, spans, strict=True)
                if not stands and span in flagged
            ]
            made = self.engine.insist(request, answer, missing, self.source, self.target) if missing else None
            if made is None or lift.broken([request.text], [made.text]):
                continue
            if len(self._flagged(request, made)) < len(flagged):
                answers[i] = made
        return answers

    def _flagged(self, request: Request, answer: Translation) -> set[tuple[int, int]]:
        """Source spans of the terms that the enforcer could not put right."""
        assert self.enforcer is not None
        done = self.enforcer.enforce(request.text, answer.text, answer.links)
        self.done[request.text, answer.text, answer.links] = done
        return {(line["source_span"][0], line["source_span"][1]) for line in done.terms if line["status"] == "flagged"}


def _escaped(answer: Translation, request: Request, asked: Request) -> Translation:
    """The answer escaped as the source is, where an engine was `asked` for the text without its references."""
    from pipeline.formats import references

    if asked is request:
        return answer
    return replace(answer, text=references.written(answer.text, request.text), links=(), alternatives=())
