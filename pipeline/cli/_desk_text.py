"""What the desk shows of a segment: marked spans, flags, terms and memory matches as styled text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from pipeline.jobs.advice import Advice
from pipeline.model import Finding, Segment, Severity

COLOURS = {
    Severity.CRITICAL: "white on #a3122a",
    Severity.MAJOR: "black on #f0a35e",
    Severity.MINOR: "black on #e6d36a",
    Severity.NEUTRAL: "black on #a9bccd",
}
_HIDDEN = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def one_line(text: str) -> str:
    """For a line of the list: no control characters, no line ends."""
    return _HIDDEN.sub("·", text[:400])


def plain(text: str) -> str:
    """Marks that cannot be seen or that turn the writing direction by their code point; line ends stay."""
    return _HIDDEN.sub(lambda m: m.group() if m.group() == "\n" else f"‹U+{ord(m.group()):04X}›", text)


def marked(text: str, findings: Sequence[Finding], chosen: Finding | None = None) -> Text:
    """The text with each flagged stretch in the colour of its gravest flag, the chosen one underlined."""
    grave: list[Finding | None] = [None] * len(text)
    for finding in sorted(findings, key=lambda f: (f.severity.rank, f is chosen)):
        for at in range(max(0, finding.start), min(len(text), finding.end)):
            grave[at] = finding
    here = range(chosen.start, chosen.end) if chosen is not None else range(0)
    out = Text()
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and grave[end] is grave[at] and (end in here) == (at in here):
            end += 1
        found = grave[at]
        style = COLOURS[found.severity] if found is not None else ""
        out.append(plain(text[at:end]), f"{style} underline bold".strip() if at in here else style)
        at = end
    return out


def flags(segment: Segment, chosen: int, *, checked: bool) -> list[Text]:
    """One paragraph a flag: severity, check, cause, suggestion; then the notes of the segment."""
    out = []
    for number, finding in enumerate(segment.findings):
        one = Text("▸ " if number == chosen else "  ", end="")
        one.append(f" {finding.severity} ", COLOURS[finding.severity])
        words = (segment.target or "")[finding.start : finding.end]
        one.append(f" {finding.check}: ", "bold" if number == chosen else "")
        if words and words.casefold() not in finding.message.casefold():
            one.append(f"«{plain(words[:60])}{'…' if len(words) > 60 else ''}» ")
        said, quoted = finding.message, f"«{finding.suggestion}»"
        if finding.suggestion and quoted in said:  # named there already: once is enough in a narrow place
            before, _, after = said.rpartition(quoted)
            one.append(plain(before)).append(plain(quoted), "bold").append(plain(after))
        else:
            one.append(plain(said))
        if finding.suggestion and quoted not in said:
            one.append(" → ")
            one.append(plain(finding.suggestion), "bold")
        out.append(one)
    if not checked:
        out.append(Text("checking ...", "dim"))
    elif not out:
        out.append(Text("no flags", "dim"))
    return [*out, *(Text(f"  {plain(note)}", "dim") for note in segment.notes)]


def hit(place: str, source: str, target: str, words: str) -> Text:
    """A line of the concordance: where, source and target with the words marked."""
    out = Text(f"{one_line(place)}  ", "dim")
    out.append(f"{one_line(source)}\n  {one_line(target)}", "not dim")
    out.highlight_regex(re.compile(re.escape(words), re.IGNORECASE), "bold underline not dim")
    return out


def terms(advice: Advice | None, matches: Sequence[tuple[float, str, str]]) -> Text:
    """Glossary terms of the source with their admitted forms, and matches of the memory and of this file."""
    out = Text()
    if advice is not None and advice.terms:
        out.append("terms\n", "dim")
    for source, forms in advice.terms if advice is not None else ():
        out.append(f"  {plain(source)} = ")
        out.append(" | ".join(plain(form) for form in forms[:4]), "bold")
        out.append("\n")
    for number, (similarity, source, target) in enumerate(matches):
        out.append(f"match {100 * similarity:.0f} %{'  (m takes it)' if number == 0 else ''}\n", "dim")
        out.append(f"  {plain(source)}\n  ")
        out.append(f"{plain(target)}\n", "bold")
    return out
