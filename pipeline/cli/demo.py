"""The main job on the sample article: translate, enforce, check, report. Run by `make demo`."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from pipeline import files
from pipeline import settings as profiles
from pipeline.cli import _common as common
from pipeline.cli.main import guarded
from pipeline.flow import Flow, report
from pipeline.model import Document
from pipeline.reports import base as reports

SAMPLE = Path(__file__).parent.parent / "assets" / "demo"


def demo(folder: Path) -> None:
    """Writes the translations and the report under `folder`, and a summary to standard output."""
    settings = profiles.load("news", offline=True)
    folder.mkdir(parents=True, exist_ok=True)
    article, weak = SAMPLE / "article.zh.txt", SAMPLE / "weak.zh-ru.jsonl"
    documents: list[Document] = []
    started = time.monotonic()
    for target in ("ru", "en"):
        document = common.read(str(article), None, "zh", target)
        flow = Flow(settings, "zh", target)
        done = flow.check(flow.translate(flow.cut(document), common.Progress(f"zh-{target}", quiet=False)))
        place = folder / f"article.{target}.txt"
        common.write(str(place), flow.join(done))
        documents.append(replace(done, name=f"bundled engine, zh-{target}"))
        files.write_text("-", f"translated into {target}: {place}\n")
    given = common.read(str(weak), None, "zh", "ru")
    flow = Flow(settings, "zh", "ru")
    checked = flow.check(given)
    documents.append(replace(checked, name="weak rendering, checked as it stands"))
    put_right = flow.check(flow.enforce(given))
    documents.append(replace(put_right, name="weak rendering after the enforcer"))
    made = report(documents, settings, started, command="demo")
    page = folder / "demo.html"
    common.save_report(str(page), None, made)
    for document in documents:
        one = report([document], settings, started)
        files.write_text("-", f"\n== {document.name}\n")
        figures = {**one.figures, "limit": 4}
        files.write_text("-", reports.plugin("text").render(replace(one, figures=figures)))
    files.write_text("-", f"\n== what the enforcer put right in the weak rendering\n{_edits(put_right)}")
    files.write_text("-", f"\nreport: {page}\n")


def _edits(document: Document) -> str:
    lines = [
        f"  [{segment.id}] {edit.before or '(nothing)'} -> {edit.after}   {edit.reason}"
        for segment in document.segments
        for edit in segment.edits
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(guarded(lambda: demo(Path(sys.argv[1] if len(sys.argv) > 1 else "out")), debug="--debug" in sys.argv))
