"""What a translation engine does: requests in, translations out, in order, none missing."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.model import LANGS, Lang, Span
from pipeline.model import Wish as Wish

Direction = tuple[Lang, Lang]
Link = tuple[Span, Span, float]
ALL: frozenset[Direction] = frozenset((a, b) for a in LANGS for b in LANGS if a != b)


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence to translate; `context` is what stands before it in the source."""

    text: str
    wishes: tuple[Wish, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """What an engine answers. score: mean log-probability a token (nats), None where the engine has none."""

    text: str
    score: float | None = None
    alternatives: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()  # source span, target span, attention weight 0..1
    provenance: str = ""
    notes: tuple[str, ...] = ()  # "loop", "empty", "split into 3 parts" ...


def granted(request: Request, text: str) -> list[bool]:
    """For each wish of the request: does one of its forms stand in `text`? Whole words, but for Chinese."""
    low = text.lower()
    return [any(_stands(form.lower(), low) for form in wish.forms or (wish.lemma,)) for wish in request.wishes]


def _stands(form: str, text: str) -> bool:
    if form >= "\u2e80":
        return form in text
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(form, at + 1)
    return False


@dataclass(frozen=True, slots=True)
class Ability:
    """What `engines list` shows."""

    directions: frozenset[Direction] = ALL
    batch_size: int = 32
    terms: bool = False
    alternatives: bool = False
    attention: bool = False
    scores: bool = False
    network: bool = False
    missing: str = ""  # what is missing, and the command that brings it; empty when ready
    notes: str = ""


class Engine(ABC):
    """An engine is one module whose `PLUGIN` is a subclass; it is made with the options of the profile.

    Construction is cheap; the model loads on first use. Raises EngineError where the model is missing.
    """

    options: ClassVar[dict[str, str]] = {}  # option -> help
    profile: Mapping[str, Mapping[str, Any]] = {}  # options of all engines, for those that compose others

    @abstractmethod
    def ability(self) -> Ability: ...

    @abstractmethod
    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        """One Translation for each request, in order. Raises EngineError for an unsupported direction or a failure."""

    def insist(
        self, request: Request, answer: Translation, wishes: Sequence[Wish], source: Lang, target: Lang
    ) -> Translation | None:
        """Another answer in which `wishes`, of the request and missing in `answer`, stand in one of their forms.

        None where the engine finds none or cannot be made to.
        """
        return None

    def forced(
        self, pairs: Sequence[tuple[Request | str, str]], source: Lang, target: Lang
    ) -> list[list[float]] | None:
        """Token log-probabilities (nats) of given targets, or None where the engine cannot score. Of a request its
        wishes are heard by an engine that takes terms."""
        return None

    def read(self, source_text: str, target_text: str, source: Lang, target: Lang) -> tuple[Link, ...]:
        """(span of the source, span of the target, share of attention) as the engine reads a given translation; nothing
        where it cannot."""
        return ()

    def close(self) -> None:
        """Frees what the engine holds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Indexes into a list of requests that are decoded together."""

    indexes: tuple[int, ...] = field(default=())


def by_length(lengths: Sequence[int], size: int, tokens: int) -> list[Batch]:
    """Batches of similar length: at most `size` items and `tokens` padded units each; longest first.

    The order depends on the lengths alone, so that results do not depend on how callers slice their input.
    """
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    batches: list[Batch] = []
    current: list[int] = []
    for index in order:
        widest = lengths[current[0]] if current else lengths[index]
        if current and (len(current) >= size or widest * (len(current) + 1) > tokens):
            batches.append(Batch(tuple(current)))
            current = []
        current.append(index)
    if current:
        batches.append(Batch(tuple(current)))
    return batches


def make(
    name: str, options: Mapping[str, Any] | None = None, profile: Mapping[str, Mapping[str, Any]] | None = None
) -> Engine:
    """The engine of that name with its options. `profile` holds the options of all engines, for those that compose.

    Raises UsageError for an unknown engine or option, and for a value of the wrong kind.
    """
    kind = registry.load("engines", name)
    given = dict((profile or {}).get(name, {})) | dict(options or {})
    for key in given:
        if key not in kind.options:
            known = ", ".join(kind.options) or "none"
            raise UsageError(f"engine {name} has no option {key!r}", hint=f"known: {known}")
        given[key] = _fitted(name, key, given[key], inspect.signature(kind).parameters)
    try:
        engine = kind(**given)
    except TypeError as error:
        raise UsageError(f"engine {name}: {error}") from error
    assert isinstance(engine, Engine)
    engine.profile = profile or {}
    return engine


def _fitted(engine: str, key: str, value: Any, taken: Mapping[str, inspect.Parameter]) -> Any:
    """The value, read where it is text (from the environment). Raises UsageError where it is not of the kind of the
    option's default, or a beam has no width."""
    usual = taken[key].default if key in taken else inspect.Parameter.empty
    if isinstance(usual, int) and isinstance(value, str):
        value = {"true": True, "false": False}.get(value.lower(), int(value) if value.isdecimal() else value)
    if isinstance(usual, bool):
        right, wanted = isinstance(value, bool), "true or false"
    elif isinstance(usual, int):
        right, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
    else:
        right, wanted = True, ""
    if right and key == "beam":
        right, wanted = isinstance(value, int) and value >= 1, "1 or more"
    if not right:
        raise UsageError(f"engine {engine}: {key} is {value!r}, and must be {wanted}")
    return value
