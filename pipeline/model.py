"""The values that every stage speaks: all frozen, all comparable, all in code points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal

Lang = Literal["zh", "ru", "en"]
LANGS: tuple[Lang, ...] = ("zh", "ru", "en")
Kind = Literal["person", "place", "body", "title", "slogan", "term"]
KINDS: tuple[Kind, ...] = ("person", "place", "body", "title", "slogan", "term")


class Severity(StrEnum):
    """MQM severity (Lommel et al. 2014), in rising order."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)

    def reaches(self, floor: Severity) -> bool:
        return self.rank >= floor.rank


class State(StrEnum):
    """How far a segment has come; LOCKED and CONFIRMED targets are never touched."""

    NEW = "new"
    TRANSLATED = "translated"
    CONFIRMED = "confirmed"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range [start, end) of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code of the file format: stands before the code point `position` of the plain text.

    kind is open, close or empty; `pair` is shared by an opening code and its closing one. before, after: white space of
    the file on either side of the code that the plain text does not have: "see <x/> here" is "see here" and " " behind.
    """

    id: str
    kind: Literal["open", "close", "empty"]
    text: str
    position: int
    pair: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One admitted rendering in one language: dictionary form plus what the cell says of its paradigm.

    `notes` holds the braces of a glossary cell, without the braces: "m", "inv", "decl: 1 3", "gen: ...; dat: ...".
    """

    text: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: admitted forms by language (the first is preferred) and forms that are always wrong."""

    id: str
    forms: Mapping[Lang, tuple[Form, ...]]
    kind: Kind = "term"
    gender: Literal["", "m", "f"] = ""
    forbidden: Mapping[Lang, tuple[Form, ...]] = field(default_factory=dict)
    note: str = ""
    source: str = ""
    origin: str = ""  # file:line the entry was read from

    def preferred(self, lang: Lang) -> Form | None:
        forms = self.forms.get(lang, ())
        return forms[0] if forms else None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term found in a text."""

    term: Term
    span: Span
    form: Form
    cell: str = ""  # the paradigm cell that matched, e.g. "gen.sg", "" for the dictionary form


@dataclass(frozen=True, slots=True)
class Wish:
    """A term an engine is asked to use: where it stands in the source, and its dictionary form in the target."""

    span: Span
    lemma: str
    forms: tuple[str, ...] = ()  # every form of the paradigm, the dictionary form first


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the target; offsets refer to the target as it came in."""

    start: int
    end: int
    before: str
    after: str
    term: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a post-editor should look at; offsets refer to the target as it goes out.

    category is an MQM name (https://themqm.org), e.g. "accuracy/mistranslation", "terminology/wrong-term".
    """

    check: str
    category: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """quality: expected quality, 0..1, higher is better; post_edit_risk: calibrated probability of an edit, 0..1."""

    quality: float
    post_edit_risk: float
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit of translation. `source` and `target` are plain text; codes stand beside them."""

    id: str
    source: str
    target: str | None = None
    state: State = State.NEW
    codes: tuple[Code, ...] = ()
    target_codes: tuple[Code, ...] = ()
    provenance: str = ""  # "engine:compact", "pivot:a+b", "memory:exact", "given" ...
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    score: Score | None = None
    terms: tuple[Mapping[str, Any], ...] = ()  # the enforcer's report of each term occurrence
    unit: str = ""  # id of the file's unit this sentence was cut from
    lead: str = ""  # white space of the unit before the sentence
    tail: str = ""  # white space of the unit after its last sentence
    notes: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)  # what the format needs to write it back; context for memory

    @property
    def open(self) -> bool:
        """May a stage set or change the target?"""
        return self.state not in (State.LOCKED, State.CONFIRMED)

    def answer(self) -> dict[str, Any]:
        """The JSON line of the command line contract; an id that was no string comes back as it was (meta: id)."""
        line: dict[str, Any] = {"id": self.meta.get("id", self.id), "source": self.source, "target": self.target or ""}
        line["edits"] = [asdict(edit) for edit in self.edits]
        line["findings"] = [{**asdict(finding), "severity": str(finding.severity)} for finding in self.findings]
        line["score"] = (
            None
            if self.score is None
            else {
                "quality": round(self.score.quality, 4),
                "post_edit_risk": round(self.score.post_edit_risk, 4),
            }
        )
        if self.provenance:
            line["provenance"] = self.provenance
        if self.terms:
            line["terms"] = [dict(term) for term in self.terms]
        if self.notes:
            line["notes"] = list(self.notes)
        return line


@dataclass(frozen=True, slots=True)
class Document:
    """What a format read: segments in order, and a skeleton that only that format understands."""

    name: str
    format: str
    segments: tuple[Segment, ...]
    source_lang: Lang | None = None
    target_lang: Lang | None = None
    skeleton: Any = None
    meta: Mapping[str, Any] = field(default_factory=dict)

    def with_segments(self, segments: Iterable[Segment]) -> Document:
        return replace(self, segments=tuple(segments))


@dataclass(frozen=True, slots=True)
class Report:
    """A finished run: what reports show."""

    documents: tuple[Document, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)  # totals, speed, versions, metrics

    @property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for document in self.documents for segment in document.segments)

    def worst(self) -> Severity | None:
        found = [finding.severity for segment in self.segments for finding in segment.findings]
        return max(found, key=lambda severity: severity.rank) if found else None

    def exit_code(self, fail_on: Severity | None) -> int:
        worst = self.worst()
        return 1 if fail_on is not None and worst is not None and worst.reaches(fail_on) else 0


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """`text` with all `edits` made. Raises ValueError where they overlap or do not fit."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at or edit.end > len(text) or text[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit {edit.start}:{edit.end} does not fit the text")
        pieces += (text[at : edit.start], edit.after)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def shifted(position: int, edits: Sequence[Edit]) -> int:
    """Where a place of the text stands after the edits; a place inside an edit goes to the edit's end."""
    moved = position
    for edit in edits:
        if edit.end <= position:
            moved += len(edit.after) - (edit.end - edit.start)
        elif edit.start < position:
            moved += edit.start + len(edit.after) - position
    return moved
