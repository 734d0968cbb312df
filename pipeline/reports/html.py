"""HTML page: charts, segments with marked spans, what the enforcer changed; one file, no network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import ClassVar

from pipeline.model import Document, Edit, Finding, Report, Segment, Severity
from pipeline.reports._page import SCRIPT, STYLE
from pipeline.reports.base import Reporter

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LANG = {"zh": "zh-Hans", "ru": "ru", "en": "en"}


class Html(Reporter):
    suffix: ClassVar[str] = ".html"

    def render(self, report: Report) -> str:
        title = ", ".join(document.name for document in report.documents[:3]) or "report"
        parts = [
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>Palladius: {_text(title)}</title><style>{STYLE}</style></head><body><main>",
            f"<h1>Palladius: {_text(title)}</h1>",
            f'<p class="soft">{_text(_headline(report))}</p>',
            _charts(report),
            _filters(report),
        ]
        many = len(report.documents) > 1
        for document in report.documents:
            parts += _document(document, report, named=many)
        parts.append(f"</main><script>{SCRIPT}</script></body></html>\n")
        return "".join(parts)


def _text(text: str) -> str:
    """Escaped; marks that cannot be seen or turn the writing direction are shown by their code point."""
    return escape(_HIDDEN.sub(lambda m: f"‹U+{ord(m.group()):04X}›", text))


def _headline(report: Report) -> str:
    figures = report.figures
    line = f"{len(report.segments)} segments, {sum(len(s.edits) for s in report.segments)} edits"
    if "mean_risk" in figures:
        line += f", mean quality {figures['mean_quality']:.2f}, mean post-edit risk {figures['mean_risk']:.2f}"
    return f"{line}; Palladius {figures.get('version', '')}, {figures.get('seconds', 0)} s"


def _charts(report: Report) -> str:
    cards = []
    risks = [segment.score.post_edit_risk for segment in report.segments if segment.score is not None]
    if risks:
        bins = Counter(min(4, int(risk * 5)) for risk in risks)
        cards.append(_bars("Post-edit risk", [(f"{b / 5:.1f}–{(b + 1) / 5:.1f}", bins[b]) for b in range(5)]))
    findings = [finding for segment in report.segments for finding in segment.findings]
    severities = Counter(finding.severity for finding in findings)
    cards.append(_bars("Flags by severity", [(str(s), severities[s]) for s in reversed(Severity)]))
    categories = Counter(finding.category for finding in findings)
    if categories:
        cards.append(_bars("Flags by category", categories.most_common(8)))
    terms = Counter(str(term.get("status", "")) for segment in report.segments for term in segment.terms)
    if terms:
        cards.append(_bars("Terms", sorted(terms.items())))
    return f'<div class="charts">{"".join(cards)}</div>'


def _bars(title: str, rows: Iterable[tuple[str, int]]) -> str:
    rows = list(rows)
    top = max((count for _, count in rows), default=0) or 1
    body = "".join(
        f'<div class="row"><span>{_text(name)}</span><span class="bar" style="width:{100 * count / top:.0f}%"></span>'
        f"<span>{count}</span></div>"
        for name, count in rows
    )
    return f'<section class="card"><h3>{_text(title)}</h3>{body}</section>'


def _filters(report: Report) -> str:
    checks = sorted({finding.check for segment in report.segments for finding in segment.findings})
    severities = "".join(f'<option value="{s}">{s}</option>' for s in reversed(Severity))
    names = "".join(f'<option value="{_text(name)}">{_text(name)}</option>' for name in checks)
    return (
        '<form hidden><label>Severity <select name="severity"><option value="">any</option>'
        f'{severities}</select></label><label>Check <select name="check"><option value="">any</option>{names}</select></label>'
        '<label>Words <input name="words" type="search" size="16"></label><span class="soft" id="shown" role="status"></span></form>'
    )


def _document(document: Document, report: Report, *, named: bool) -> list[str]:
    out = [f"<h2>{_text(document.name)}</h2>"] if named else []
    source = document.source_lang or report.figures.get("source_lang")
    target = document.target_lang or report.figures.get("target_lang")
    for segment in document.segments:
        out.append(_segment(segment, _LANG.get(str(source), ""), _LANG.get(str(target), "")))
    return out


def _segment(segment: Segment, source: str, target: str) -> str:
    severities = " ".join(sorted({str(f.severity) for f in segment.findings}))
    checks = " ".join(sorted({f.check for f in segment.findings}))
    risk = f"<span>risk {segment.score.post_edit_risk:.2f}</span>" if segment.score else ""
    made = f"<span>{_text(segment.provenance)}</span>" if segment.provenance else ""
    notes = "".join(f"<span>{_text(note)}</span>" for note in segment.notes)
    parts = [
        f'<article data-severities="{severities}" data-checks="{_text(checks)}">',
        f'<div class="head"><span>{_text(segment.id)}</span>{risk}{made}{notes}</div>',
    ]
    if segment.source:
        parts.append(f'<p class="text source"{_lang(source)}>{_text(segment.source)}</p>')
    parts.append(f'<p class="text"{_lang(target)}>{_marked(segment.target or "", segment.findings)}</p>')
    if segment.findings:
        parts.append(f'<ul class="findings">{"".join(map(_finding, segment.findings))}</ul>')
    if segment.edits:
        parts.append(
            f"<details><summary>{len(segment.edits)} put right by the enforcer</summary>{_edits(segment.edits)}</details>"
        )
    return "".join(parts) + "</article>"


def _lang(code: str) -> str:
    return f' lang="{code}"' if code else ""


def _finding(finding: Finding) -> str:
    fix = f" → <strong>{_text(finding.suggestion)}</strong>" if finding.suggestion else ""
    return (
        f'<li><span class="tag {finding.severity}">{finding.severity}</span> {_text(finding.check)}: '
        f"{_text(finding.message)}{fix}</li>"
    )


def _edits(edits: Iterable[Edit]) -> str:
    rows = "".join(
        f"<li><del>{_text(edit.before)}</del> <ins>{_text(edit.after)}</ins> <span class='soft'>{_text(edit.reason)}</span></li>"
        for edit in edits
    )
    return f'<ul class="findings">{rows}</ul>'


def _marked(text: str, findings: Iterable[Finding]) -> str:
    """The text with each marked stretch once, in the colour of its gravest finding."""
    grave: list[Finding | None] = [None] * len(text)
    for finding in sorted(findings, key=lambda f: f.severity.rank):
        for at in range(max(0, finding.start), min(len(text), finding.end)):
            grave[at] = finding
    out: list[str] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and grave[end] is grave[at]:
            end += 1
        piece, found = _text(text[at:end]), grave[at]
        out.append(f'<mark class="{found.severity}" title="{_text(found.message)}">{piece}</mark>' if found else piece)
        at = end
    return "".join(out)


PLUGIN = Html()
