"""HTML page: charts, segments with marked spans, what the enforcer changed; one file, no network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import ClassVar

from pipeline.model import Document, Edit, Finding, Report, Segment, Severity
from pipeline.reports._page import SCRIPT, STYLE
from pipeline.reports.base import Reporter, counted

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_STATUS = {
    "already": "right as they came",
    "repaired": "put right",
    "flagged": "to look at",
    "variant": "another admitted form",
}
_LANG = {"zh": "zh-Hans", "ru": "ru", "en": "en"}


class Html(Reporter):
    suffix: ClassVar[str] = ".html"

    def render(self, report: Report) -> str:
        title = _title([document.name for document in report.documents])
        parts = [
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>Palladius: {_text(title)}</title><style>{STYLE}</style></head><body><main>",
            f"<h1>Palladius: {_text(title)}</h1>",
            f'<p class="soft">{_text(_headline(report))}</p>',
            _charts(report),
            _weakest(report),
            _filters(report),
        ]
        number = 0
        for document in report.documents:
            parts += _document(document, report, number)
            number += len(document.segments)
        parts.append(f"</main><script>{SCRIPT}</script></body></html>\n")
        return "".join(parts)


def _title(names: Sequence[str]) -> str:
    """One name as it is; of several the first, and how many there are besides."""
    if not names:
        return "report"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _text(text: str) -> str:
    """Escaped; marks that cannot be seen or turn the writing direction are shown by their code point."""
    return escape(_HIDDEN.sub(lambda m: f"‹U+{ord(m.group()):04X}›", text))


def _headline(report: Report) -> str:
    figures = report.figures
    flagged = sum(1 for segment in report.segments if segment.findings)
    edits = sum(len(segment.edits) for segment in report.segments)
    line = f"{counted(len(report.segments), 'segment')}, {flagged} with flags, {counted(edits, 'edit')}"
    if "mean_risk" in figures:
        line += f"; mean quality {figures['mean_quality']:.2f}, mean post-edit risk {figures['mean_risk']:.2f}"
    return f"{line}. Palladius {figures.get('version', '')}"  # no time: equal runs give equal pages


def _charts(report: Report) -> str:
    cards = []
    risks = [segment.score.post_edit_risk for segment in report.segments if segment.score is not None]
    if risks:
        bins = Counter(min(4, int(risk * 5)) for risk in risks)
        rows = [(f"{b / 5:.1f}–{(b + 1) / 5:.1f}", bins[b]) for b in range(5)]
        cards.append(_bars("Post-edit risk, segments", rows))
    findings = [finding for segment in report.segments for finding in segment.findings]
    severities = Counter(finding.severity for finding in findings)
    cards.append(_bars("Flags by severity", [(str(s), severities[s]) for s in reversed(Severity)]))
    categories = Counter(finding.category for finding in findings)
    if categories:
        cards.append(_bars("Flags by category", categories.most_common(8)))
    terms = Counter(str(term.get("status", "")) for segment in report.segments for term in segment.terms)
    if terms:
        cards.append(
            _bars("Glossary terms", [(_STATUS.get(name, name), count) for name, count in sorted(terms.items())])
        )
    return f'<div class="charts">{"".join(cards)}</div>'


def _bars(title: str, rows: Iterable[tuple[str, int]]) -> str:
    """A table whose middle column is the bar, so that it can be read without seeing it."""
    rows = list(rows)
    top = max((count for _, count in rows), default=0) or 1
    body = "".join(
        f'<tr><th scope="row">{_text(name).replace("/", "/<wbr>")}</th><td><span class="bar{"" if count else " none"}" '
        f'style="width:{100 * count / top:.0f}%"></span></td><td class="n">{count}</td></tr>'
        for name, count in rows
    )
    return f'<section class="card"><h2>{_text(title)}</h2><table>{body}</table></section>'


def _weakest(report: Report) -> str:
    """The ten segments that a person looks at first, each a link to its place; nothing where the page is short."""
    scored = [(s.score.post_edit_risk, n, s) for n, s in enumerate(report.segments) if s.score is not None]
    if len(report.segments) <= 10 or not scored:
        return ""
    many = len(report.documents) > 1
    names = [f" {d.name}:" if many else "" for d in report.documents for _ in d.segments]
    rows = "".join(
        f'<li><a href="#s{n}">{_text(s.id)}</a> <span class="soft">{risk:.2f}{_text(names[n])}</span> '
        f"<span>{_text(_start(s.source or s.target or ''))}</span></li>"
        for risk, n, s in sorted(scored, key=lambda row: (-row[0], row[1]))[:10]
    )
    heading = '<h2 id="weakest">Look at these first</h2>'
    return f'<nav class="card weakest" aria-labelledby="weakest">{heading}<ol>{rows}</ol></nav>'


def _start(text: str, size: int = 36) -> str:
    return text if len(text) <= size else f"{text[:size].rstrip()}…"


def _filters(report: Report) -> str:
    """Shown by the script that it needs; the page reads the same without."""
    checks = Counter(finding.check for segment in report.segments for finding in segment.findings)
    severities = "".join(f'<option value="{s}">{s}</option>' for s in reversed(Severity))
    names = "".join(
        f'<option value="{_text(name)}">{_text(name)} ({count})</option>' for name, count in sorted(checks.items())
    )
    return (
        '<form hidden aria-label="Filter"><label>Severity <select name="severity"><option value="">any</option>'
        f"{severities}</select></label> "
        f'<label>Check <select name="check"><option value="">any</option>{names}</select></label> '
        '<label>Order <select name="order"><option value="">as in the file</option><option value="risk">weakest first'
        '</option></select></label> <label>Words <input name="words" type="search" size="16"></label> '
        '<span class="soft" id="shown" role="status"></span></form>'
    )


def _document(document: Document, report: Report, first: int) -> list[str]:
    many = len(report.documents) > 1
    source = _LANG.get(str(document.source_lang or report.figures.get("source_lang")), "")
    target = _LANG.get(str(document.target_lang or report.figures.get("target_lang")), "")
    out = [f'<section class="document"><h2>{_text(document.name) if many else "Segments"}</h2>']
    out += [_segment(segment, source, target, number) for number, segment in enumerate(document.segments, first)]
    return [*out, "</section>"]


def _segment(segment: Segment, source: str, target: str, number: int) -> str:
    severities = " ".join(sorted({str(f.severity) for f in segment.findings}))
    checks = " ".join(sorted({f.check for f in segment.findings}))
    risk = f"<span>risk {segment.score.post_edit_risk:.2f}</span>" if segment.score else ""
    made = f"<span>{_text(segment.provenance)}</span>" if segment.provenance else ""
    notes = "".join(f"<span>{_text(note)}</span>" for note in segment.notes)
    grade = f"{segment.score.post_edit_risk:.4f}" if segment.score else "-1"
    worst = max((f.severity for f in segment.findings), key=lambda severity: severity.rank, default=None)
    worse = f' class="worst-{worst}"' if worst is not None else ""
    parts = [
        f'<article id="s{number}"{worse} data-severities="{severities}" data-checks="{_text(checks)}" ',
        f'data-risk="{grade}">',
        f'<div class="head"><h3>{_text(segment.id)}</h3>{risk}{made}{notes}</div>',
    ]
    if segment.source:
        parts.append(f'<p class="text source"{_lang(source)}>{_text(segment.source)}</p>')
    parts.append(f'<p class="text"{_lang(target)}>{_marked(segment.target or "", segment.findings)}</p>')
    if segment.findings:
        flags = "".join(_finding(number, finding) for number, finding in enumerate(segment.findings, 1))
        parts.append(f'<ol class="findings">{flags}</ol>')
    if segment.edits:
        made = _changes(segment.target or "", segment.edits)
        shown = f'<p class="text"{_lang(target)}>{made}</p>' if made else ""
        said = f"{counted(len(segment.edits), 'place')} put right by the enforcer"
        parts.append(f"<details><summary>{said}</summary>{shown}{_edits(segment.edits)}</details>")
    return "".join(parts) + "</article>"


def _lang(code: str) -> str:
    return f' lang="{code}"' if code else ""


def _finding(number: int, finding: Finding) -> str:
    said, fix = _text(finding.message), f"<strong>{_text(finding.suggestion)}</strong>" if finding.suggestion else ""
    quoted = f"«{_text(finding.suggestion)}»"
    if fix and quoted in said:  # the message names it already: once is enough
        before, _, after = said.rpartition(quoted)
        said = f"{before}{fix}{after}"
    elif fix:
        said += f" → {fix}"
    return (
        f'<li data-n="{number}"><span class="tag {finding.severity}">{finding.severity}</span> '
        f"{_text(finding.check)}: {said}</li>"
    )


def _changes(target: str, edits: Iterable[Edit]) -> str:
    """The target with what the enforcer took out and put in, in place; "" where the edits are of another text."""
    out, at, grown = [], 0, 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = edit.start + grown
        end = start + len(edit.after)
        if start < at or target[start:end] != edit.after:
            return ""
        gone = f"<del>{_text(edit.before)}</del>" if edit.before else ""
        out += [_text(target[at:start]), gone, f"<ins>{_text(edit.after)}</ins>" if edit.after else ""]
        at, grown = end, grown + len(edit.after) - len(edit.before)
    return "".join(out) + _text(target[at:])


def _edits(edits: Iterable[Edit]) -> str:
    rows = "".join(
        f"<li><del>{_text(edit.before)}</del> <ins>{_text(edit.after)}</ins> "
        f'<span class="soft">{_text(edit.reason)}</span></li>'
        for edit in edits
    )
    return f'<ul class="findings">{rows}</ul>'


def _marked(text: str, findings: Sequence[Finding]) -> str:
    """The text with each flagged stretch in the colour of its gravest flag, numbered where flags end."""
    grave: list[Finding | None] = [None] * len(text)
    ends: dict[int, list[str]] = {}
    for number, finding in enumerate(findings, 1):
        if finding.start < finding.end:
            ends.setdefault(min(len(text), finding.end), []).append(str(number))
    for finding in sorted(findings, key=lambda f: f.severity.rank):
        for at in range(max(0, finding.start), min(len(text), finding.end)):
            grave[at] = finding
    out: list[str] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and grave[end] is grave[at] and end not in ends:
            end += 1
        piece, found = _text(text[at:end]), grave[at]
        numbers = f' data-n="{" ".join(ends[end])}"' if end in ends else ""
        title = f' title="{_text(found.message)}"' if found else ""
        out.append(f'<mark class="{found.severity}"{title}{numbers}>{piece}</mark>' if found else piece)
        at = end
    return "".join(out)


PLUGIN = Html()
